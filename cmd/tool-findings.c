/* SPDX-License-Identifier: BSD-2-Clause */
/* What every filter says of the trace that it read. */
#include <inttypes.h>
#include <stdio.h>
#include "tool.h"

enum { TOLD = 2 };	/* findings, the worst; bt-check tells all */

/* Did the filter leave out a part of the input, which has weight? */
static bool
is_loss(enum post_finding_id id)
{
	return id == POST_FOUND_NEGATIVE_COUNTS || id == POST_FOUND_COUNT_OVERFLOW || id == POST_FOUND_TOO_DEEP ||
	    id == POST_FOUND_MALFORMED_LINES;
}

/* Is it one of the worst to be told?  tool_status tells that there is nothing; how many samples are enough is not known here. */
static bool
is_told(const struct post_finding *f, enum tool_work work)
{
	return f->severity > POST_INFO && f->id != POST_FOUND_NO_STACKS && f->id != POST_FOUND_LOW_TOTAL && !is_loss(f->id) &&
	    !(work != TOOL_TAKES_STACKS && f->id == POST_FOUND_UNRESOLVED);
}

static void
tell(const struct post_tool *t, const struct post_input *in, const struct post_finding *f, const char *more)
{
	struct post_buf text = { 0 };
	struct post_err e;

	post_puts(&text, post_finding_name(f->id));
	post_puts(&text, ": ");
	post_finding_put(&text, f, POST_ENGLISH);
	post_puts(&text, more);
	post_fail(&e, POST_EFORMAT, "%s", text.s);
	if (f->has_place) {
		e.line = f->first.line;
		e.byte = f->first.byte;
		e.has_byte = 1;
	}
	tool_warn(t, f->has_place ? post_input_name(in, f->first.file) : NULL, &e);
	post_buf_free(&text);
}

static void
tell_worst(const struct post_tool *t, const struct post_input *in, const struct post_findings *findings, enum tool_work work)
{
	size_t i, n = 0, told = 0;
	char more[64];

	for (i = 0; i < findings->n; i++)
		n += is_told(&findings->v[i], work);
	snprintf(more, sizeof more, "; bt-check tells %zu more", n - TOLD);
	for (i = 0; i < findings->n && told < TOLD; i++)
		if (is_told(&findings->v[i], work))
			tell(t, in, &findings->v[i], ++told == TOLD && n > TOLD ? more : "");
}

int
tool_findings(const struct post_tool *t, const struct tool_common *c, const struct post_input *in,
    const struct post_account *account, enum tool_work work, struct post_findings *findings)
{
	int status = TOOL_DONE;

	post_judge(findings, account);
	post_findings_sort(findings);
	for (size_t i = 0; work == TOOL_TAKES_STACKS && i < findings->n; i++) {
		const struct post_finding *f = &findings->v[i];

		if (is_loss(f->id))
			status = TOOL_PARTLY;
		if (is_loss(f->id) || (f->id == POST_FOUND_UNKNOWN_LINES && !c->quiet))
			tell(t, in, f, ": left out");
	}
	if (!c->quiet)
		tell_worst(t, in, findings, work);
	return status;
}

void
tool_put_finding_text(struct post_buf *b, const struct post_finding *f)
{
	post_putf(b, "[%s] %s: ", post_severity_name(f->severity, POST_ENGLISH), post_finding_name(f->id));
	post_finding_put(b, f, POST_ENGLISH);
}

void
tool_put_finding(struct post_buf *b, const struct post_input *in, const struct post_finding *f)
{
	tool_put_finding_text(b, f);
	if (!f->has_place) {
		post_puts(b, " (the whole trace)");
		return;
	}
	post_puts(b, " (");
	post_put_shown(b, post_str_of(post_input_name(in, f->first.file)));
	post_putf(b, ":%" PRIu64 ")", f->first.line);
}

/* Has a remark that finding already?  It was made of the same stacks, before. */
static bool
is_remarked(const struct post_account *a, const struct post_finding *f)
{
	struct post_str name = post_str_of(post_finding_name(f->id));

	for (size_t i = 0; i < a->n_remark; i++) {
		const char *at = memmem(a->remark[i].text.p, a->remark[i].text.n, "] ", 2);
		struct post_str rest = at != NULL ? post_str_from(a->remark[i].text, (size_t)(at + 2 - a->remark[i].text.p)) : name;

		if (at != NULL && post_str_starts(rest, name))
			return true;
	}
	return false;
}

void
tool_put_notes(struct post_buf *b, const struct post_input *in, const struct post_account *a, const struct post_findings *findings)
{
	for (size_t i = 0; i < a->n_remark; i++) {
		post_puts(b, POST_REMARK);
		post_put_shown(b, a->remark[i].text);
		post_putc(b, '\n');
	}
	for (size_t i = 0; i < findings->n; i++) {
		if (is_remarked(a, &findings->v[i]))
			continue;
		post_puts(b, POST_REMARK);
		tool_put_finding(b, in, &findings->v[i]);
		post_putc(b, '\n');
	}
}
