/* SPDX-License-Identifier: BSD-2-Clause */
/* A result as a document: JSON, and Markdown for a comment. */
#include <math.h>
#include "report.h"
#include "../base/utf8.h"

/* A value of RFC 8259 at S; what stands behind it, or NULL. */
static const char *json_value(const char *s);

static const char *
json_string(const char *s)
{
	if (*s++ != '"')
		return NULL;
	while (*s != '"') {
		size_t n = *s == '\\' ? 2 : post_utf8(post_str_of(s));

		if (n == 0 || (unsigned char)*s < 0x20 || (n == 2 && *s == '\\' && strchr("\"\\", s[1]) == NULL))
			return NULL;
		s += n;
	}
	return s + 1;
}

/* The members of an object, or the items of an array, up to END. */
static const char *
json_list(const char *s, char end)
{
	if (*++s == end)
		return s + 1;
	for (;; s++) {
		s += strspn(s, "\n");
		if (end == '}' && ((s = json_string(s)) == NULL || *s++ != ':'))
			return NULL;
		s += strspn(s, "\n");
		if ((s = json_value(s)) == NULL || (*s != ',' && *s != end))
			return NULL;
		if (*s == end)
			return s + 1;
	}
}

static const char *
json_value(const char *s)
{
	static const char *const words[] = { "true", "false", "null" };
	size_t n = strspn(s, "-+.e0123456789");

	if (*s == '"')
		return json_string(s);
	if (*s == '{' || *s == '[')
		return json_list(s, *s == '{' ? '}' : ']');
	for (size_t i = 0; i < ROWS(words); i++)
		if (strncmp(s, words[i], strlen(words[i])) == 0)
			return s + strlen(words[i]);
	return n > 0 ? s + n : NULL;
}

static void
is_json(const struct post_buf *b)
{
	const char *end = json_value(b->s);

	if (end == NULL || strcmp(end, "\n") != 0)
		fail_msg("no JSON at %.100s in:\n%.4000s", end != NULL ? end : "?", b->s);
}

static const char object[] =
    "{\"schema\":\"bt-diff/1\",\"mode\":\"share\",\n"
    "\"runs\":[2,2],\"samples\":[2001,2005],\n"
    "\"sides\":{\"base\":[\n{\"name\":\"a.folded\",\"samples\":1000,\"exposure\":1000},\n{\"name\":\"b.folded\",\"samples\":1001,\"exposure\":1001}],"
    "\"new\":[\n{\"name\":\"a.folded\",\"samples\":1002,\"exposure\":1002},\n{\"name\":\"n.folded\",\"samples\":1003,\"exposure\":1003}]},\n"
    "\"noise\":{\"sigma\":0.03125,\"d0\":8,\"s0\":0.25,\"source\":\"replicates\"},\n"
    "\"thresholds\":{\"q\":0.0625,\"fdr\":\"bh\",\"min_pp\":0.78125,\"min_rel\":6.25,\"gate\":\"func\"},\n"
    "\"verdict\":\"fail\",\"advisory\":false,\"why\":null,\"gated\":[\"f\"],\n"
    "\"budgets\":[\n{\"budget\":\"a.folded\",\"frame\":\"a.folded\",\"inclusive\":false,\"limit\":0.125,\"share\":0.25,\"exceeded\":true},\n"
    "{\"budget\":\"main<=50%\",\"frame\":\"main\",\"inclusive\":false,\"limit\":0.5,\"share\":0.4375,\"exceeded\":false}],\n"
    "\"culprits\":[\n{\"rank\":1,\"kind\":\"func\",\"frame\":\"f\",\"path\":[\"f\"],\"pa\":0.0625,\"pb\":0.125,\"delta\":0.0625,\"ci\":[0.0546875,0.0703125],"
    "\"t\":4,\"p\":0.00048828125,\"q\":0.0009765625,\"df\":12,\"base\":0.0625,\"new\":0.125,\"change\":0.0625,\"told\":true,\"label\":\"self\",\"explains\":0.5,"
    "\"contexts\":[\n{\"stack\":[\"main\",\"run\",\"f\"],\"pa\":0.03125,\"pb\":0.0625}]},\n"
    "{\"rank\":2,\"kind\":\"path\",\"frame\":\"f\",\"path\":[\"main\",\"run\",\"f\"],\"pa\":0.5,\"pb\":0,\"delta\":-0.5,\"ci\":[-0.5078125,-0.4921875],"
    "\"t\":-32,\"p\":0.015625,\"q\":0.03125,\"df\":12,\"base\":0.5,\"new\":0,\"change\":-0.5,\"told\":true,\"label\":\"gone\",\"explains\":0.5,"
    "\"contexts\":[\n{\"stack\":[\"main\",\"run\",\"f\"],\"pa\":0.25,\"pb\":0}]},\n"
    "{\"rank\":3,\"kind\":\"incl\",\"frame\":\"f\",\"path\":[\"f\"],\"pa\":0.015625,\"pb\":0.25,\"delta\":0.234375,\"ci\":[0.2265625,0.2421875],"
    "\"t\":15,\"p\":0.015625,\"q\":0.03125,\"df\":12,\"base\":0.015625,\"new\":0.25,\"change\":0.234375,\"told\":true,\"label\":\"\",\"explains\":0.5,"
    "\"contexts\":[\n{\"stack\":[\"f\"],\"pa\":0.0078125,\"pb\":0.125}]}],\n"
    "\"functions\":[\n{\"frame\":\"f\",\"pa\":0.0625,\"pb\":0.125,\"delta\":0.0625,\"ci\":[0.0546875,0.0703125],\"t\":4,\"p\":0.00048828125,\"q\":0.0009765625,"
    "\"significant\":true,\"moved\":false,\"diluted\":false,\"gated\":true},\n"
    "{\"frame\":\"run\",\"pa\":0,\"pb\":0.03125,\"delta\":0.03125,\"ci\":[0.0234375,0.0390625],\"t\":2,\"p\":0.0078125,\"q\":0.015625,"
    "\"significant\":true,\"moved\":true,\"diluted\":false,\"gated\":false},\n"
    "{\"frame\":\"main\",\"pa\":0.5,\"pb\":0.4375,\"delta\":-0.0625,\"ci\":[-0.0703125,-0.0546875],\"t\":-4,\"p\":0.015625,\"q\":0.03125,"
    "\"significant\":true,\"moved\":false,\"diluted\":false,\"gated\":false},\n"
    "{\"frame\":\"same\",\"pa\":0.25,\"pb\":0.25,\"delta\":0,\"ci\":[-0.0078125,0.0078125],\"t\":0,\"p\":0.5,\"q\":1,"
    "\"significant\":false,\"moved\":false,\"diluted\":false,\"gated\":false}],\n"
    "\"renames\":[\n{\"from\":\"run\",\"to\":\"f\",\"map\":\"run=f\"}],\n"
    "\"elided\":{\"stacks\":7,\"share\":0.125,\"largest\":[\n{\"stack\":[\"main\",\"run\",\"f\"],\"pa\":0.0625},\n{\"stack\":[\"main\"],\"pa\":0.03125}]},\n"
    "\"remarks\":[\n\"a.folded\"],\n"
    "\"rules\":\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"}\n";

static void
json(void **state)
{
	struct post_buf b = { 0 };
	struct made m;

	(void)state;
	make_result(&m, POST_STR("f"), "a.folded");
	post_report_json(&m.report, &b);
	assert_string_equal(b.s, object);
	is_json(&b);
	b.n = 0;
	m.culprit[0].seen = m.culprit[0].plain = (struct post_change_seen){ .low = -INFINITY, .high = INFINITY, .p = NAN, .df = INFINITY };
	m.report.explain = true;
	m.diff.conf.work = m.diff.conf.dependent = true;
	post_report_json(&m.report, &b);
	is_json(&b);
	has_text(&b, "\"mode\":\"work\",");
	has_text(&b, "\"fdr\":\"by\"");
	has_text(&b, "\"ci\":[null,null],\"t\":0,\"p\":null,\"q\":0,\"df\":null,");
	has_text(&b, "\"detectable\":[\n{\"share\":0.0050000000000000001,\"relative\":");
	free_result(&m);
	b.n = 0;
	make_nothing(&m);
	post_report_json(&m.report, &b);
	is_json(&b);
	has_text(&b, "\"runs\":[0,0],\"samples\":[0,0],\n\"sides\":{\"base\":[],\"new\":[]},\n");
	has_text(&b, "\"verdict\":\"insufficient\",\"advisory\":false,\"why\":\"the base has under 500 samples\",\"gated\":[],\n");
	free_result(&m);
	post_buf_free(&b);
}

static void
is_plain_json(const struct post_buf *b)
{
	is_json(b);
	is_plain(b);
}

static void
json_of_any_name(void **state)
{
	(void)state;
	each_hostile(post_report_json, is_plain_json);
}

static void
a_rule_or_none(void **state)
{
	struct post_buf b = { 0 };
	struct made m;

	(void)state;
	make_result(&m, POST_STR("a\\"), "a");
	m.renamed[0] = (struct post_renamed){ m.path[2], m.path[1] };
	post_report_json(&m.report, &b);
	has_text(&b, "{\"from\":\"a\\\\\",\"to\":\"run\",\"map\":null}");
	free_result(&m);
	b.n = 0;
	make_result(&m, POST_STR("a=b"), "a");
	m.renamed[0] = (struct post_renamed){ m.path[2], m.path[1] };
	post_report_json(&m.report, &b);
	has_text(&b, "\"map\":\"a\\\\=b=run\"}");
	free_result(&m);
	post_buf_free(&b);
}

static const char comment[] =
    "<!-- bt-diff:a.b-c -->\n"
    "**fail: 1 function grew: <code>f</code> +6.25 points (6.25% -> 12.50%), q=0.00098; 1 budget exceeded: <code>a.folded</code> is 25.00%**\n"
    "\n"
    "- base: 2 runs, 2001 samples: <code>a.folded</code>, <code>b.folded</code>\n"
    "- new: 2 runs, 2005 samples: <code>a.folded</code>, <code>n.folded</code>\n"
    "- compared: shares of the samples of a side\n"
    "- **1 remark on the traces**, below\n"
    "\n"
    "| rank | kind | frame | base | new | points | relative | 95% interval | q | label |\n"
    "|--:|---|---|--:|--:|--:|--:|--:|--:|---|\n"
    "| 1 | func | <code>f</code> | 6.25% | 12.50% | +6.25 | +100.0% | +5.47 to +7.03 | 0.00098 | self |\n"
    "| 2 | path | <code>f</code> | 50.00% | 0.00% | -50.00 | -100.0% | -50.78 to -49.22 | 0.031 | gone |\n"
    "| 3 | incl | <code>f</code> | 1.56% | 25.00% | +23.44 | x16 | +22.66 to +24.22 | 0.031 |  |\n"
    "\n<details><summary>Remarks on the traces</summary>\n\n"
    "- a.folded\n"
    "\n</details>\n"
    "\n<details><summary>Where the samples are</summary>\n\n"
    "- <code>f</code>, explains 50% of the change\n"
    "  - 3.12% to 6.25% from <code>main;run</code>\n"
    "- <code>f</code>, all below <code>main;run;f</code>, explains 50% of the change\n"
    "  - 25.00% to 0.00% in <code>main;run;f</code>\n"
    "- <code>f</code>, explains 50% of the change\n"
    "  - 0.78% to 12.50% at the root\n"
    "\n</details>\n"
    "\n<details><summary>Renamed? Compare again with</summary>\n\n"
    "- <code>--map &#39;run=f&#39;</code>\n"
    "\n</details>\n"
    "\n<details><summary>Budgets</summary>\n\n"
    "- <code>a.folded</code>: 25.00%, **exceeded**\n"
    "- <code>main&#60;=50%</code>: 43.75%, kept\n"
    "\n</details>\n"
    "\n<details><summary>Functions, the surest changes first</summary>\n\n"
    "| function | base | new | points | relative | 95% interval | q | |\n"
    "|---|--:|--:|--:|--:|--:|--:|---|\n"
    "| <code>f</code> | 6.25% | 12.50% | +6.25 | +100.0% | +5.47 to +7.03 | 0.00098 | fails |\n"
    "| <code>run</code> | 0.00% | 3.12% | +3.12 | new | +2.34 to +3.91 | 0.016 | moved |\n"
    "| <code>main</code> | 50.00% | 43.75% | -6.25 | -12.5% | -7.03 to -5.47 | 0.031 |  |\n"
    "| <code>same</code> | 25.00% | 25.00% | +0.00 | +0.0% | -0.78 to +0.78 | 1 |  |\n"
    "\n</details>\n"
    "\n<details><summary>Stacks of the base that are gone</summary>\n\n"
    "- 6.25% <code>main;run;f</code>\n"
    "- 3.12% <code>main</code>\n"
    "\n... and 5 more\n"
    "\n</details>\n"
    "\n<details><summary>How it was compared</summary>\n\n"
    "- changed: q under 0.0625 (Benjamini-Hochberg), at least 0.78125 points and 6.25% of what it was; gate: func\n"
    "- noise: sigma 3.12% from run to run, measured from the runs\n"
    "- rules for names: <code>0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef</code>\n"
    "\n</details>\n";

static void
md(void **state)
{
	struct post_buf b = { 0 };
	struct made m;

	(void)state;
	make_result(&m, POST_STR("f"), "a.folded");
	post_report_md(&m.report, &b);
	assert_string_equal(b.s, comment);
	b.n = 0;
	m.diff.conf.work = m.report.explain = true;
	post_report_md(&m.report, &b);
	has_text(&b, "| base | new | change | relative |");
	has_text(&b, "- with 0.5% of the samples: of ");
	free_result(&m);
	b.n = 0;
	make_nothing(&m);
	m.diff.why = "@all: *nothing*";
	post_report_md(&m.report, &b);
	has_text(&b, "\n**insufficient data: &#64;<wbr>all&#58;<wbr> &#42;nothing&#42;**\n");
	has_no_text(&b, "| rank");
	free_result(&m);
	post_buf_free(&b);
}

static void
names_are_defused(void **state)
{
	static const struct { const char *name, *text; } rows[] = {
		{ "@a", "&#64;<wbr>a" },
		{ "ngx_http_f", "ngx_http_f" },
		{ "_a_b__c_", "&#95;a_b&#95;&#95;c&#95;" },
		{ "std::f<int>(a&)", "std&#58;&#58;<wbr>f&#60;int&#62;&#40;a&#38;&#41;" },
		{ "http://www.a", "http&#58;<wbr>//www<wbr>.a" },
		{ "GH-1 a-b", "GH-<wbr>1 a-b" },
		{ "deadbeef deadbe", "deadbe<wbr>ef deadbe" },
		{ "a|b`c`", "a&#124;b&#96;c&#96;" },
		{ "\xe7\xba\xbf\n\xff", "\xe7\xba\xbf\xe2\x90\x8a\xef\xbf\xbd" },
	};
	struct post_buf b = { 0 }, cell = { 0 };
	struct made m;

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		make_result(&m, post_str_of(rows[i].name), "a");
		b.n = cell.n = 0;
		post_report_md(&m.report, &b);
		post_putf(&cell, "| <code>%s</code> |", rows[i].text);
		has_text(&b, cell.s);
		free_result(&m);
	}
	post_buf_free(&b);
	post_buf_free(&cell);
}

/* How often does WHAT stand in the line, or in all of S? */
static size_t
times(const char *s, size_t n, const char *what)
{
	size_t count = 0, len = strlen(what);

	for (size_t i = 0; i + len <= n; i++)
		count += memcmp(s + i, what, len) == 0;
	return count;
}

/*
 * All markup is ours: every "<" begins one of our tags, they are closed, no
 * character that a name could mean something by stands outside of them, and
 * every row of a table has as many cells as its head.
 */
static void
is_sound(const struct post_buf *b)
{
	static const char *const tags[] = { "<!-- bt-diff:", "<code>", "</code>", "<wbr>", "<details>", "</details>", "<summary>", "</summary>" };
	size_t known = 0, bars = 0, n;

	assert_true(b->n <= 60000);
	is_plain(b);
	for (size_t i = 0; i < ROWS(tags); i++)
		known += times(b->s, b->n, tags[i]);
	assert_int_equal(times(b->s, b->n, "<"), known);
	for (size_t i = 1; i < ROWS(tags); i += i == 1 ? 3 : 2)
		assert_int_equal(times(b->s, b->n, tags[i]), times(b->s, b->n, tags[i + 1]));
	assert_int_equal(times(b->s, b->n, "*"), 2 * times(b->s, b->n, "**"));
	assert_int_equal(times(b->s, b->n, "#"), times(b->s, b->n, "&#"));
	assert_int_equal(times(b->s, b->n, "&"), times(b->s, b->n, "&#"));
	assert_null(strpbrk(b->s, "@`~[]\\$^{}\"'"));
	assert_int_equal(times(b->s, b->n, "!"), 1);
	for (const char *line = b->s; *line != '\0'; line += n + 1) {
		n = strcspn(line, "\n");
		if (*line != '|')
			bars = 0;
		else if (bars == 0)
			bars = times(line, n, "|");
		else
			assert_int_equal(times(line, n, "|"), bars);
	}
}

static void
md_of_any_name(void **state)
{
	(void)state;
	each_hostile(post_report_md, is_sound);
}

/* More of everything than there is room for. */
struct crowd {
	struct post_function	func[3000];
	struct post_culprit	culprit[200];
	struct post_one_run	run[200];
	const char		*remark[200];
};

static void
make_crowd(struct made *m, struct crowd *c)
{
	for (size_t i = 0; i < ROWS(c->func); i++)
		c->func[i] = m->func[i % 7 == 0];
	for (size_t i = 0; i < ROWS(c->culprit); i++) {
		c->culprit[i] = m->culprit[i % 3];
		c->run[i] = m->run[i % 4];
		c->remark[i] = m->remark[0];
	}
	m->runs.run = c->run;
	m->runs.n = ROWS(c->run);
	m->report.remark = c->remark;
	m->report.remarks = ROWS(c->remark);
	m->diff.func = c->func;
	m->diff.funcs = ROWS(c->func);
	m->diff.culprit = c->culprit;
	m->diff.culprits = ROWS(c->culprit);
}

static void
md_has_room(void **state)
{
	static const char *const bytes[] = { "@", "a", "\xff", "\xf0\x9f\x98\x80", ":", "|", "0", "\n" };
	struct crowd *crowd = post_resize(NULL, 1, sizeof *crowd);

	(void)state;
	for (size_t k = 0; k < ROWS(bytes); k++) {
		struct post_buf name = repeated(bytes[k], 100000), b = { 0 };
		struct made m;

		make_result(&m, post_buf_str(&name), name.s);
		make_crowd(&m, crowd);
		post_report_md(&m.report, &b);
		is_sound(&b);
		has_text(&b, "... and ");
		has_text(&b, "- rules for names: ");
		has_text(&b, "- base: 100 runs, ");
		free_result(&m);
		post_buf_free(&name);
		post_buf_free(&b);
	}
	free(crowd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json),
		cmocka_unit_test(json_of_any_name),
		cmocka_unit_test(a_rule_or_none),
		cmocka_unit_test(md),
		cmocka_unit_test(names_are_defused),
		cmocka_unit_test(md_of_any_name),
		cmocka_unit_test(md_has_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
