/* SPDX-License-Identifier: BSD-2-Clause */
/* A test case a function and a budget, for CI systems that show tests: what Jenkins' junit-10.xsd and its kin allow. */
#include "../base/xml.h"
#include "report-put.h"

static void
put_attribute(struct post_buf *b, const char *name, struct post_str value)
{
	post_putf(b, " %s=\"", name);
	post_xml_text(b, value);
	post_putc(b, '"');
}

static void
put_property(struct post_buf *b, const char *name, struct post_str value)
{
	post_puts(b, "<property");
	put_attribute(b, "name", post_str_of(name));
	put_attribute(b, "value", value);
	post_puts(b, "/>\n");
}

static void
put_properties(const struct post_report *r, struct post_buf *b)
{
	struct post_buf text = { 0 };

	post_puts(b, "<properties>\n");
	put_property(b, "mode", post_str_of(post_report_mode(r)));
	for (size_t i = 0; i < r->runs->n; i++)
		put_property(b, post_report_side(r->runs->run[i].side), post_str_of(r->runs->run[i].name));
	post_report_put_noise(r, &text);
	put_property(b, "noise", post_buf_str(&text));
	text.n = 0;
	post_report_put_limits(r, &text);
	put_property(b, "changed", post_buf_str(&text));
	put_property(b, "rules", post_str_of(r->rules));
	for (size_t i = 0; i < r->remarks; i++)
		put_property(b, "remark", post_str_of(r->remark[i]));
	post_puts(b, "</properties>\n");
	post_buf_free(&text);
}

static void
begin_case(struct post_buf *b, const char *kind, struct post_str name)
{
	post_puts(b, "<testcase");
	put_attribute(b, "classname", post_str_of(kind));
	put_attribute(b, "name", name);
	post_puts(b, " time=\"0\">");
}

/* What is to be said, as a failure or aside. */
static void
put_said(struct post_buf *b, const char *failure, const struct post_buf *text)
{
	if (failure != NULL) {
		post_puts(b, "<failure");
		put_attribute(b, "type", post_str_of(failure));
		put_attribute(b, "message", post_buf_str(text));
		post_puts(b, "/>");
	} else {
		post_puts(b, "<system-out>");
		post_xml_text(b, post_buf_str(text));
		post_puts(b, "</system-out>");
	}
}

static void
put_function(const struct post_report *r, struct post_buf *b, const struct post_function *f)
{
	static const char *const aside[] = { [POST_SAID_FAILS] = "grew, not enforced: ", [POST_SAID_GREW] = "grew: ", [POST_SAID_MOVED] = "moved: " };
	enum post_report_said said = post_report_said(r, f);
	bool fails = said == POST_SAID_FAILS && post_report_enforced(r);
	struct post_buf text = { 0 };

	begin_case(b, "bt-diff.func", post_report_name(r, f->name));
	if (said != POST_SAID_NOTHING) {
		post_puts(&text, fails ? "" : aside[said]);
		post_report_put_seen(r, &text, &f->told);
		put_said(b, fails ? "regression" : NULL, &text);
	}
	post_puts(b, "</testcase>\n");
	post_buf_free(&text);
}

static void
put_budget(const struct post_report *r, struct post_buf *b, const struct post_budget *u)
{
	struct post_buf text = { 0 };

	begin_case(b, "bt-diff.budget", post_str_of(u->text));
	if (u->exceeded) {
		post_putf(&text, "%.2f%%, over %g%%", 100 * u->share, 100 * u->limit);
		put_said(b, post_report_enforced(r) ? "budget" : NULL, &text);
	}
	post_puts(b, "</testcase>\n");
	post_buf_free(&text);
}

static void
put_skipped(const struct post_report *r, struct post_buf *b)
{
	begin_case(b, "bt-diff.func", POST_STR("all functions"));
	post_puts(b, "<skipped");
	put_attribute(b, "message", post_str_of(r->diff->why));
	post_puts(b, "/></testcase>\n");
}

static size_t
count_failures(const struct post_report *r)
{
	size_t n = r->diff->exceeded;

	if (!post_report_enforced(r))
		return 0;
	for (size_t i = 0; i < r->diff->funcs; i++)
		n += post_report_said(r, &r->diff->func[i]) == POST_SAID_FAILS;
	return n;
}

static void
put_counts(const struct post_report *r, struct post_buf *b)
{
	bool skipped = r->diff->verdict == POST_INSUFFICIENT;

	post_putf(b, " name=\"bt-diff\" tests=\"%zu\" failures=\"%zu\" errors=\"0\"", (skipped ? 1 : r->diff->funcs) + r->diff->budgets, count_failures(r));
}

void
post_report_junit(const struct post_report *r, struct post_buf *b)
{
	bool skipped = r->diff->verdict == POST_INSUFFICIENT;

	post_puts(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
	put_counts(r, b);
	post_puts(b, " time=\"0\">\n<testsuite");
	put_counts(r, b);
	post_putf(b, " skipped=\"%d\" time=\"0\">\n", skipped);
	put_properties(r, b);
	if (skipped)
		put_skipped(r, b);
	for (size_t i = 0; !skipped && i < r->diff->funcs; i++)
		put_function(r, b, &r->diff->func[i]);
	for (size_t i = 0; i < r->diff->budgets; i++)
		put_budget(r, b, &r->diff->budget[i]);
	post_puts(b, "</testsuite>\n</testsuites>\n");
}
