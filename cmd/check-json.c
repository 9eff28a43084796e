/* SPDX-License-Identifier: BSD-2-Clause */
#include <inttypes.h>
#include <math.h>
#include "../libpost/base/json.h"
#include "../libpost/trace/rerun.h"
#include "check-files.h"
#include "check-report.h"

/* A share with six decimals, whatever the locale; null for none. */
static void
put_share(struct post_buf *b, const char *key, double share)
{
	uint64_t millionths = share < 0 ? 0 : (uint64_t)llround(share * 1e6);

	post_put_json_key(b, key);
	if (share < 0)
		post_puts(b, "null");
	else
		post_putf(b, "%" PRIu64 ".%06" PRIu64, millionths / 1000000, millionths % 1000000);
}

static void
put_place(struct post_buf *b, const struct check *c, const struct post_finding *f)
{
	if (!f->has_place)
		return;
	post_put_json_text(b, "file", f->aside ? c->messages[f->first.file] : post_input_name(c->in, f->first.file));
	if (f->first.line > 0)
		post_put_json_number(b, "line", f->first.line);
	post_put_json_number(b, "byte", f->first.byte);
}

static void
put_finding(struct post_buf *b, const struct check *c, const struct post_finding *f, enum post_lang lang)
{
	struct post_buf text = { 0 };

	post_finding_put(&text, f, lang);
	post_putc(b, '{');
	post_put_json_text(b, "id", post_finding_name(f->id));
	post_put_json_text(b, "severity", post_severity_name(f->severity, POST_ENGLISH));
	post_put_json_number(b, "n", f->n);
	post_put_json_number(b, "value", f->value);
	put_share(b, "share_of_stacks", f->stacks);
	put_share(b, "share_of_weight", f->weight);
	post_put_json_text(b, "subject", f->subject);
	put_place(b, c, f);
	post_put_json_text(b, "text", text.s);
	post_put_json_text(b, "meaning", post_finding_meaning(f->id, lang));
	post_put_json_text(b, "remedy", post_finding_remedy(f->id, lang));
	post_putc(b, '}');
	post_buf_free(&text);
}

static void
put_findings(struct post_buf *b, const struct check *c, enum post_lang lang)
{
	post_put_json_key(b, "findings");
	post_putc(b, '[');
	for (size_t i = 0; i < c->findings.n; i++) {
		if (i > 0)
			post_putc(b, ',');
		put_finding(b, c, &c->findings.v[i], lang);
	}
	post_putc(b, ']');
}

static void
put_sums(struct post_buf *b, const struct post_account *a)
{
	static const char *const weights[] = { [POST_WEIGHT_SAMPLES] = "samples", [POST_WEIGHT_SUMS] = "sums", [POST_WEIGHT_UNKNOWN] = "unknown" };

	post_put_json_key(b, "total");
	post_put_count(b, a->total);
	post_put_json_text(b, "weight", weights[post_weight_of(a)]);
	post_put_json_number(b, "stacks", a->stacks);
	post_put_json_number(b, "folded_stacks", a->folded);
	post_put_json_number(b, "kernel_stacks", a->notes.kind[POST_NOTE_KERNEL].n);
	post_put_json_number(b, "user_stacks", a->notes.kind[POST_NOTE_USER].n);
	post_put_json_number(b, "lua_stacks", a->notes.kind[POST_NOTE_LUA].n);
	post_put_json_number(b, "frames", a->frames);
	post_put_json_number(b, "deepest", a->deepest);
	post_put_json_key(b, "pid");
	if (a->said.pid > 0)
		post_putu(b, a->said.pid);
	else
		post_puts(b, "null");
	post_put_json_key(b, "program");
	if (a->said.program.n > 0)
		post_put_json(b, a->said.program);
	else
		post_puts(b, "null");
}

static void
put_command(struct post_buf *b, const char *key, enum post_rerun_form form, const struct check *c)
{
	struct post_buf line = { 0 };
	bool any = post_rerun_put(&line, form, &c->run.account, &c->findings);

	post_put_json_text(b, key, any ? line.s : NULL);
	post_buf_free(&line);
}

static void
put_rerun(struct post_buf *b, const struct check *c, enum post_lang lang)
{
	struct post_str module;
	enum post_dash_d why;
	uint32_t at = 0;

	post_put_json_key(b, "rerun");
	post_putc(b, '{');
	put_command(b, "sample_bt", POST_RERUN_TOOLKIT, c);
	put_command(b, "stapxx", POST_RERUN_STAPXX, c);
	post_put_json_key(b, "not_given");
	post_putc(b, '[');
	while (post_rerun_left_out(&c->run.account, &at, &module, &why)) {
		post_puts(b, b->s[b->n - 1] == '[' ? "{\"module\":" : ",{\"module\":");
		post_put_json(b, module);
		post_put_json_text(b, "why", check_word(check_why(why), lang));
		post_putc(b, '}');
	}
	post_puts(b, "]}");
}

static void
put_remarks(struct post_buf *b, const struct post_account *a)
{
	post_put_json_key(b, "remarks");
	post_putc(b, '[');
	for (size_t i = 0; i < a->n_remark; i++) {
		if (i > 0)
			post_putc(b, ',');
		post_put_json(b, a->remark[i].text);
	}
	post_putc(b, ']');
}

void
check_put_json(struct post_buf *b, const struct check *c, enum post_lang lang)
{
	static const char *const worth[] = { [POST_USABLE] = "usable", [POST_WITH_CARE] = "usable with care", [POST_NO_PROFILE] = "not a profile" };

	post_putc(b, '{');
	post_put_json_text(b, "trace", c->name);
	post_put_json_text(b, "verdict", c->unreadable ? "unreadable" : worth[post_worth_of(c->worst)]);
	post_put_json_number(b, "status", (uint64_t)c->status);
	if (!c->unreadable) {
		put_sums(b, &c->run.account);
		put_findings(b, c, lang);
		put_remarks(b, &c->run.account);
		put_rerun(b, c, lang);
		if (c->inspected)
			check_files_put_json(b, &c->files);
	}
	post_putc(b, '}');
}
