/* SPDX-License-Identifier: BSD-2-Clause */
#include <inttypes.h>
#include "symbols-report.h"

static bool
has_names(const struct post_module *m)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->seen[i].name.n > 0)
			return true;
	return false;
}

/* Why frames of a module stay as they are; NULL: they do not. */
static const char *
why(const struct post_module *m)
{
	if (m->state == POST_MODULE_SKIPPED)
		return "not looked for";
	if (m->name.n == 0 && m->file.n == 0)
		return "no module";
	if (m->state == POST_MODULE_NO_FILE)
		return "no file";
	if (m->state == POST_MODULE_UNSURE)
		return m->placement.named == 0 && has_names(m) ? "none of its names is a symbol of the file" : "load address not certain";
	if (m->state == POST_MODULE_OTHER)
		return "not the traced binary";
	if (m->debug.n == 0)
		return "no debug information";
	return m->differ > 0 ? "name and address differ" : m->outside > 0 ? "outside its code" : NULL;
}

static uint64_t
left(const struct post_module *m)
{
	return m->frames - m->with_lines - m->by_symbol;
}

static void
put_biases(struct post_buf *b, const struct post_placement *p)
{
	for (size_t i = 0; i < p->n_bias; i++) {
		post_puts(b, i > 0 ? ",0x" : "0x");
		post_putx(b, p->bias[i].bias, 1);
	}
	if (p->n_bias == 0)
		post_putc(b, '-');
}

static void
put_field(struct post_buf *b, struct post_str s)
{
	post_putc(b, '\t');
	post_put_shown(b, s.n > 0 ? s : POST_STR("-"));
}

static void
put_module(struct post_buf *b, const struct post_module *m)
{
	const uint64_t counts[] = { m->frames, m->with_lines, m->inlined, m->by_symbol, left(m), m->placement.agree, m->placement.against };
	const char *reason = why(m);

	post_put_shown(b, m->name.n > 0 ? m->name : POST_STR("-"));
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		post_putc(b, '\t');
		post_putu(b, counts[i]);
	}
	post_putc(b, '\t');
	put_biases(b, &m->placement);
	put_field(b, post_buf_str(&m->file));
	put_field(b, post_buf_str(&m->debug));
	put_field(b, post_str_of(reason != NULL ? reason : ""));
	put_field(b, post_buf_str(&m->message));
	post_putc(b, '\n');
}

static void
write_report(const struct post_tool *t, const char *path, const struct post_modules *m)
{
	struct post_out out;
	struct post_err err;

	if (post_out_open(&out, path, &err) == -1)
		tool_fail(t, &err);
	post_puts(&out.buf, "# module\tframes\twith lines\tinlined\tby symbol\tleft\tagree\tagainst\tload bias\tfile\tdebug information\twhy\tmessage\n");
	for (size_t i = 0; i < m->n; i++) {
		if (m->module[i].frames > 0)	/* else it gave all of them to the modules that they are in */
			put_module(&out.buf, &m->module[i]);
		post_out_tick(&out);
	}
	if (post_out_close(&out, &err) == -1)
		tool_fail(t, &err);
}

static void
tell_other(const struct post_tool *t, const struct post_module *m)
{
	struct post_err err;

	post_fail(&err, POST_EFORMAT, "warning: %s is not the traced binary (%" PRIu64 " of %" PRIu64 " frames agree); its frames stay as they are",
	    m->file.s, m->placement.agree, m->placement.agree + m->placement.against);
	tool_warn(t, NULL, &err);
}

static void
tell_bad_units(const struct post_tool *t, const struct post_module *m)
{
	struct post_err err;

	post_fail(&err, POST_EFORMAT, "%" PRIu64 " unit%s of the debug information left out: %s", m->bad_units, m->bad_units == 1 ? "" : "s", m->message.s);
	err.has_byte = m->has_bad_byte;
	err.byte = m->bad_byte;
	tool_warn(t, m->debug.s, &err);
}

/* Of debug information that is there and not whole. */
static void
tell_message(const struct post_tool *t, const struct post_module *m)
{
	struct post_err err;

	post_fail(&err, POST_EIO, "%s", m->message.s);
	tool_warn(t, m->debug.s, &err);
}

/* One line for all the modules that share a reason. */
static void
tell_reason(const struct post_tool *t, const struct post_modules *m, const char *reason)
{
	enum { NAMED = 4 };
	struct post_buf names = { 0 };
	struct post_err err;
	uint64_t frames = 0;
	unsigned n = 0;

	for (size_t i = 0; i < m->n; i++) {
		const struct post_module *one = &m->module[i];
		const char *is = why(one);

		if (is == NULL || strcmp(is, reason) != 0 || one->frames == 0)
			continue;
		frames += one->frames;
		if (++n <= NAMED) {
			post_puts(&names, n > 1 ? ", " : "");
			post_put(&names, post_module_short(one->name));
		}
	}
	if (n > NAMED)
		post_putf(&names, " and %u more", n - NAMED);
	if (n > 0) {
		post_fail(&err, POST_EFORMAT, "%s: %" PRIu64 " frame%s of %s", reason, frames, frames == 1 ? "" : "s", names.s);
		tool_warn(t, NULL, &err);
	}
	post_buf_free(&names);
}

static void
tell_unused(const struct post_tool *t, const struct post_exe *exe)
{
	struct post_err err;

	post_fail(&err, POST_EFORMAT, "no module of the trace is that file");
	tool_warn(t, exe->path, &err);
}

static void
tell_only(const struct post_tool *t, const struct post_modules *m, const char *only)
{
	struct post_err err;

	for (size_t i = 0; i < m->n; i++)
		if (post_module_goes_by(m->module[i].name, post_str_of(only)))
			return;
	post_fail(&err, POST_EFORMAT, "no module of the trace goes by that name");
	tool_warn(t, only, &err);
}

static int
tell_module(const struct post_tool *t, const struct post_module *m, bool quiet)
{
	if (m->state == POST_MODULE_OTHER)
		tell_other(t, m);
	if (m->bad_units > 0)
		tell_bad_units(t, m);
	else if (!quiet && m->debug.n > 0 && m->message.n > 0)
		tell_message(t, m);
	return m->state == POST_MODULE_OTHER || m->bad_units > 0 ? TOOL_PARTLY : TOOL_DONE;
}

int
symbols_tell(const struct post_tool *t, const struct symbols_conf *c, const struct post_modules *m, const struct post_exe *exe, size_t n_exe)
{
	static const char *const reasons[] = { "no file", "no debug information", "load address not certain",
		"none of its names is a symbol of the file" };
	int status = TOOL_DONE;

	for (size_t i = 0; i < m->n; i++)
		if (tell_module(t, &m->module[i], c->common.quiet) == TOOL_PARTLY)
			status = TOOL_PARTLY;
	for (size_t i = 0; i < n_exe; i++)
		if (!exe[i].used)
			tell_unused(t, &exe[i]);
	for (size_t i = 0; i < c->only.n; i++)
		tell_only(t, m, c->only.v[i]);
	for (size_t i = 0; !c->common.quiet && i < sizeof reasons / sizeof *reasons; i++)
		tell_reason(t, m, reasons[i]);
	if (c->report != NULL)
		write_report(t, c->report, m);
	return status;
}
