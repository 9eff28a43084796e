/* SPDX-License-Identifier: BSD-2-Clause */
/* A result as JUnit's XML: what a parser finds in it. */
#include <expat.h>
#include "report.h"
#include "../base/xml.h"

/* The elements that it has, and what it says to have. */
struct seen {
	size_t		cases, failures, skipped, out;
	unsigned	tests, told_failures, told_skipped;
	char		name[64];		/* of the first test case, its beginning */
};

static unsigned
number(const XML_Char **attr, const char *name)
{
	for (; *attr != NULL; attr += 2)
		if (strcmp(attr[0], name) == 0)
			return (unsigned)strtoul(attr[1], NULL, 10);
	fail_msg("no %s", name);
	return 0;
}

static void
begin_element(void *arg, const XML_Char *name, const XML_Char **attr)
{
	struct seen *s = arg;

	s->failures += strcmp(name, "failure") == 0;
	s->skipped += strcmp(name, "skipped") == 0;
	s->out += strcmp(name, "system-out") == 0;
	if (strcmp(name, "testsuite") == 0) {
		s->tests = number(attr, "tests");
		s->told_failures = number(attr, "failures");
		s->told_skipped = number(attr, "skipped");
	}
	if (strcmp(name, "testcase") == 0 && s->cases++ == 0)
		(void)snprintf(s->name, sizeof s->name, "%.60s", attr[3]);
}

static struct seen
parsed(const struct made *m, struct post_buf *b)
{
	XML_Parser p = XML_ParserCreate(NULL);
	struct seen s = { 0 };

	b->n = 0;
	post_report_junit(&m->report, b);
	XML_SetUserData(p, &s);
	XML_SetStartElementHandler(p, begin_element);
	if (XML_Parse(p, b->s, (int)b->n, 1) != XML_STATUS_OK)
		fail_msg("%s in:\n%.4000s", XML_ErrorString(XML_GetErrorCode(p)), b->s);
	XML_ParserFree(p);
	assert_int_equal(s.tests, s.cases);
	assert_int_equal(s.told_failures, s.failures);
	assert_int_equal(s.told_skipped, s.skipped);
	return s;
}

static const char cases[] =
    "<property name=\"remark\" value=\"a.folded\"/>\n</properties>\n"
    "<testcase classname=\"bt-diff.func\" name=\"f\" time=\"0\">"
    "<failure type=\"regression\" message=\"+6.25 points (6.25% -&gt; 12.50%), q=0.00098\"/></testcase>\n"
    "<testcase classname=\"bt-diff.func\" name=\"run\" time=\"0\">"
    "<system-out>moved: +3.12 points (0.00% -&gt; 3.12%), q=0.016</system-out></testcase>\n"
    "<testcase classname=\"bt-diff.func\" name=\"main\" time=\"0\"></testcase>\n"
    "<testcase classname=\"bt-diff.func\" name=\"same\" time=\"0\"></testcase>\n"
    "<testcase classname=\"bt-diff.budget\" name=\"a.folded\" time=\"0\"><failure type=\"budget\" message=\"25.00%, over 12.5%\"/></testcase>\n"
    "<testcase classname=\"bt-diff.budget\" name=\"main&lt;=50%\" time=\"0\"></testcase>\n"
    "</testsuite>\n</testsuites>\n";

static void
junit(void **state)
{
	struct post_buf b = { 0 };
	struct made m;
	struct seen s;

	(void)state;
	make_result(&m, POST_STR("f"), "a.folded");
	s = parsed(&m, &b);
	assert_int_equal(s.failures, 2);
	has_text(&b, cases);
	has_text(&b, "<testsuites name=\"bt-diff\" tests=\"6\" failures=\"2\" errors=\"0\" time=\"0\">\n"
	    "<testsuite name=\"bt-diff\" tests=\"6\" failures=\"2\" errors=\"0\" skipped=\"0\" time=\"0\">\n");
	m.report.no_gate = true;
	s = parsed(&m, &b);
	assert_int_equal(s.failures, 0);
	assert_int_equal(s.out, 3);
	has_text(&b, "<system-out>grew, not enforced: +6.25 points");
	m.diff.verdict = POST_PASS;
	m.diff.advisory = true;
	(void)parsed(&m, &b);
	has_text(&b, "<system-out>grew: +6.25 points");
	free_result(&m);
	make_nothing(&m);
	s = parsed(&m, &b);
	assert_int_equal(s.skipped, 1);
	has_text(&b, "name=\"all functions\" time=\"0\"><skipped message=\"the base has under 500 samples\"/></testcase>\n");
	free_result(&m);
	post_buf_free(&b);
}

static void
junit_of_any_name(void **state)
{
	struct post_buf b = { 0 };

	(void)state;
	for (size_t i = 0; i < ROWS(hostile); i++) {
		struct post_buf shown = { 0 };
		char *s = hostile_text(i);
		struct made m;
		struct seen seen;

		make_result(&m, hostile[i], s);
		seen = parsed(&m, &b);
		is_plain(&b);
		assert_int_equal(seen.cases, 6);
		post_xml_plain(&shown, hostile[i]);
		post_putc(&shown, '\0');
		shown.s[shown.n < 60 ? shown.n : 60] = '\0';
		assert_string_equal(seen.name, shown.s);
		post_buf_free(&shown);
		free_result(&m);
		free(s);
	}
	post_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(junit),
		cmocka_unit_test(junit_of_any_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
