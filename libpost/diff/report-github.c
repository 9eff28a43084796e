/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Workflow commands of GitHub Actions.  A step shows ten annotations of a
 * kind: nine are told here, then how many more there are.
 */
#include "../base/ascii.h"
#include "report-put.h"

enum kind { ERROR, WARNING, NOTICE, KINDS };
enum { SHOWN = 9, LONGEST = 300 /* characters of a name */ };

static const char *const words[] = { [ERROR] = "error", [WARNING] = "warning", [NOTICE] = "notice" };

struct annotations {
	const struct post_report	*r;
	struct post_buf			*b;
	struct post_buf			 text;	/* of the next one, with no control characters in it */
	size_t				 told[KINDS];
};

/* As the runner takes it back; a property ends at ":" and ",". */
static void
put_escaped(struct post_buf *b, struct post_str s, bool property)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '%' || (property && (s.p[i] == ':' || s.p[i] == ',')))
			post_putf(b, "%%%02X", s.p[i]);
		else
			post_putc(b, s.p[i]);
}

static void
put_name(struct post_buf *b, struct post_str s)
{
	struct post_buf shown = { 0 };

	post_report_put_log(&shown, s);
	post_report_put_cut(b, post_buf_str(&shown), LONGEST);
	post_buf_free(&shown);
}

static void
put_file_property(struct post_buf *b, const char *key, struct post_str s)
{
	struct post_buf shown = { 0 };

	post_putf(b, ",%s=", key);
	post_report_put_log(&shown, s);
	put_escaped(b, post_buf_str(&shown), true);
	post_buf_free(&shown);
}

/* PLACE is "FILE:LINE" or "FILE". */
static void
put_place(struct post_buf *b, struct post_str place)
{
	size_t digits = post_span_back(place, POST_DIGIT), file = place.n - digits;

	if (digits == 0 || file < 2 || place.p[file - 1] != ':') {
		put_file_property(b, "file", place);
		return;
	}
	put_file_property(b, "file", post_head(place, file - 1));
	put_file_property(b, "line", post_str_from(place, file));
}

static void
put_command(struct annotations *a, enum kind kind, const char *place)
{
	post_putf(a->b, "::%s title=bt-diff", words[kind]);
	if (place != NULL)
		put_place(a->b, post_str_of(place));
	post_puts(a->b, "::");
	put_escaped(a->b, post_buf_str(&a->text), false);
	post_putc(a->b, '\n');
}

/* Tell what was made in a->text, unless enough of its kind was told. */
static void
tell(struct annotations *a, enum kind kind, const char *place)
{
	if (a->told[kind]++ < SHOWN)
		put_command(a, kind, place);
	a->text.n = 0;
}

static void
tell_verdict(struct annotations *a)
{
	enum kind kind = a->r->diff->verdict == POST_PASS ? NOTICE : post_report_enforced(a->r) ? ERROR : WARNING;

	post_report_verdict_by(a->r, &a->text, put_name);
	post_putf(&a->text, " (by %s, rules %.12s)", a->r->diff->conf.work ? "work" : "share", a->r->rules);
	tell(a, kind, NULL);
}

static void
tell_functions(struct annotations *a, enum post_report_said said, enum kind kind, const char *verb)
{
	const struct post_report *r = a->r;

	for (size_t i = 0; i < r->diff->funcs; i++) {
		const struct post_function *f = &r->diff->func[i];

		if (post_report_said(r, f) != said)
			continue;
		put_name(&a->text, post_report_name(r, f->name));
		post_puts(&a->text, verb);
		post_report_put_seen(r, &a->text, &f->told);
		tell(a, kind, r->place != NULL ? r->place[f->name] : NULL);
	}
}

static void
tell_budgets(struct annotations *a)
{
	for (size_t i = 0; i < a->r->diff->budgets; i++) {
		const struct post_budget *u = &a->r->diff->budget[i];

		if (!u->exceeded)
			continue;
		post_puts(&a->text, "budget ");
		put_name(&a->text, post_str_of(u->text));
		post_putf(&a->text, " exceeded: %.2f%%", 100 * u->share);
		tell(a, post_report_enforced(a->r) ? ERROR : WARNING, NULL);
	}
}

static void
tell_remarks(struct annotations *a)
{
	for (size_t i = 0; i < a->r->remarks; i++) {
		put_name(&a->text, post_str_of(a->r->remark[i]));
		tell(a, WARNING, NULL);
	}
}

static void
tell_renames(struct annotations *a)
{
	struct post_buf option = { 0 };

	for (size_t i = 0; i < a->r->diff->renames; i++) {
		const struct post_renamed *c = &a->r->diff->renamed[i];

		put_name(&a->text, post_report_name(a->r, c->from));
		post_puts(&a->text, " seems to be ");
		put_name(&a->text, post_report_name(a->r, c->to));
		post_puts(&a->text, " now");
		if (post_report_put_option(a->r, &option, c) && option.n <= LONGEST) {
			post_puts(&a->text, ": ");
			post_put(&a->text, post_buf_str(&option));
		}
		option.n = 0;
		tell(a, NOTICE, NULL);
	}
	post_buf_free(&option);
}

static void
tell_rest(struct annotations *a)
{
	for (enum kind kind = ERROR; kind < KINDS; kind++) {
		if (a->told[kind] <= SHOWN)
			continue;
		post_putf(&a->text, "and %zu more", a->told[kind] - SHOWN);
		put_command(a, kind, NULL);
		a->text.n = 0;
	}
}

void
post_report_github(const struct post_report *r, struct post_buf *b)
{
	struct annotations a = { .r = r, .b = b };

	tell_verdict(&a);
	tell_functions(&a, POST_SAID_FAILS, post_report_enforced(r) ? ERROR : WARNING, " grew: ");
	tell_budgets(&a);
	tell_functions(&a, POST_SAID_GREW, WARNING, " grew: ");
	tell_functions(&a, POST_SAID_MOVED, WARNING, " took over what others lost: ");
	tell_remarks(&a);
	tell_renames(&a);
	tell_rest(&a);
	post_buf_free(&a.text);
}
