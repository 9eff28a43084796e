/* SPDX-License-Identifier: BSD-2-Clause */
/* What is said of a result: the verdict, the text, and commands for GitHub's runner. */
#include <math.h>
#include "report.h"

static void
says(struct made *m, const char *verdict)
{
	struct post_buf b = { 0 };

	post_report_verdict(&m->report, &b);
	assert_string_equal(b.s, verdict);
	post_buf_free(&b);
}

static void
verdicts(void **state)
{
	struct made m;

	(void)state;
	make_result(&m, POST_STR("f"), "f<=12.5%");
	says(&m, "fail: 1 function grew: f +6.25 points (6.25% -> 12.50%), q=0.00098; 1 budget exceeded: f<=12.5% is 25.00%");
	m.report.no_gate = true;
	m.diff.exceeded = 0;
	says(&m, "fail (not enforced): 1 function grew: f +6.25 points (6.25% -> 12.50%), q=0.00098");
	m.diff.verdict = POST_PASS;
	m.func[0].significant = m.func[0].gated = false;
	says(&m, "pass: none of 4 functions grew; 1 took over what others lost (moved)");
	m.func[1].moved = false;
	says(&m, "pass: 1 function grew: run +3.12 points (0.00% -> 3.12%), q=0.016; not surely by 0.78125 points");
	m.diff.conf.gate = POST_GATE_NONE;
	says(&m, "pass: 1 function grew: run +3.12 points (0.00% -> 3.12%), q=0.016; nothing is gated");
	m.diff.funcs = 1;
	says(&m, "pass: the one function did not grow");
	m.diff.verdict = POST_INSUFFICIENT;
	m.diff.why = "a\nb";
	says(&m, "insufficient data: a\nb");
	free_result(&m);
}

static void
one_run_a_side_is_asked_when_wanted(void **state)
{
	struct made m;

	(void)state;
	make_result(&m, POST_STR("f"), "a");
	m.diff.exceeded = 0;
	m.diff.advisory = true;
	m.diff.verdict = POST_PASS;
	says(&m, "pass (advisory): 1 function grew: f +6.25 points (6.25% -> 12.50%), q=0.00098; with one run a side the gate is not asked;"
	    " 1 took over what others lost (moved)");
	m.diff.verdict = POST_FAIL;
	m.diff.exceeded = 1;
	says(&m, "fail: 1 budget exceeded: a is 25.00%");
	m.diff.exceeded = 0;
	m.diff.conf.gate_single = true;
	says(&m, "fail: 1 function grew: f +6.25 points (6.25% -> 12.50%), q=0.00098");
	free_result(&m);
}

static void
work_has_a_unit(void **state)
{
	struct made m;
	struct post_buf b = { 0 };

	(void)state;
	make_result(&m, POST_STR("f"), "a");
	m.diff.conf.work = true;
	m.diff.exceeded = 0;
	m.func[0].told.after = m.func[0].seen.after = 1234.5678;
	m.func[0].told.delta = m.func[0].seen.delta = 1234.5053;
	says(&m, "fail: 1 function grew: f +1235 samples per unit of work (0.0625 -> 1235), q=0.00098");
	m.culprit[0].seen = m.culprit[0].plain = m.func[0].seen;
	m.report.explain = true;
	post_report_text(&m.report, &b);
	has_text(&b, "mode        work: samples per unit of work\n");
	has_text(&b, "base        2 runs, 2001 samples, 2001 units of work: a, b.folded\n");
	has_text(&b, "at least 0.78125% of all that a unit of work took and 6.25% of what it was");
	has_text(&b, "     change relative");
	has_text(&b, "  1 func     0.0625       1235       +1235 x1.98e+04");
	has_text(&b, "could see   a function with 0.5% of the samples: a change of ");
	post_buf_free(&b);
	free_result(&m);
}

static const char whole[] =
    "mode        share: percent of the samples of a side; changes in points\n"
    "base        2 runs, 2001 samples: a.folded, b.folded\n"
    "new         2 runs, 2005 samples: a.folded, n.folded\n"
    "noise       sigma 3.12% from run to run, measured from the runs\n"
    "changed     q under 0.0625 (Benjamini-Hochberg), at least 0.78125 points and 6.25% of what it was; gate: func\n"
    "rules       0123456789ab\n"
    "remark      a.folded\n"
    "\n"
    "  # kind    base     new   points relative       95% interval        q  label        frame\n"
    "  1 func   6.25%  12.50%    +6.25  +100.0%     +5.47 .. +7.03  0.00098  self         f\n"
    "         explains 50% of the change\n"
    "           3.12%   6.25% from main;run\n"
    "  2 path  50.00%   0.00%   -50.00  -100.0%   -50.78 .. -49.22    0.031  gone         f\n"
    "         explains 50% of the change: all below main;run;f\n"
    "          25.00%   0.00% in main;run;f\n"
    "  3 incl   1.56%  25.00%   +23.44      x16   +22.66 .. +24.22    0.031  -            f\n"
    "         explains 50% of the change\n"
    "           0.78%  12.50% at the root\n"
    "\n"
    "moved       +3.12 points (0.00% -> 3.12%), q=0.016: run\n"
    "renamed?    --map 'run=f'\n"
    "budget      25.00%, exceeded: a.folded\n"
    "budget      43.75%, kept: main<=50%\n"
    "gone        7 stacks of the base, 12.50% of its samples\n"
    "gone        6.25% main;run;f\n"
    "\n"
    "fail: 1 function grew: f +6.25 points (6.25% -> 12.50%), q=0.00098; 1 budget exceeded: a.folded is 25.00%\n";

static void
text(void **state)
{
	struct post_buf b = { 0 };
	struct made m;

	(void)state;
	make_result(&m, POST_STR("f"), "a.folded");
	m.diff.elided[1].before = 0.0009765625;
	post_report_text(&m.report, &b);
	assert_string_equal(b.s, whole);
	b.n = 0;
	m.report.color = true;
	m.diff.culprits = 0;
	post_report_text(&m.report, &b);
	has_no_text(&b, "kind");
	has_text(&b, "grew too    +6.25 points (6.25% -> 12.50%), q=0.00098: f\n");
	has_text(&b, "\n\33[1mfail: ");
	has_text(&b, "\33[0m\n");
	b.n = 0;
	m.diff.culprits = 1;
	post_report_text(&m.report, &b);
	has_text(&b, " \33[38;5;208m   +6.25  +100.0% \33[0m");
	has_no_text(&b, "grew too");
	post_buf_free(&b);
	free_result(&m);
}

static void
long_lists_and_paths_are_cut(void **state)
{
	struct post_function *func = post_resize(NULL, 3000, sizeof *func);
	uint32_t deep[1000];
	struct post_buf b = { 0 };
	struct made m;

	(void)state;
	make_result(&m, POST_STR("f"), "a.folded");
	for (size_t i = 0; i < 3000; i++)
		func[i] = m.func[0];
	for (size_t i = 0; i < ROWS(deep); i++)
		deep[i] = m.path[i % 3];
	m.diff.func = func;
	m.diff.funcs = 3000;
	m.diff.culprits = 1;
	m.culprit[0].name = m.path[1];
	m.culprit[0].context[0].callers = (struct post_path){ deep, ROWS(deep) };
	post_report_text(&m.report, &b);
	has_text(&b, "grew too    and 2960 more\n");
	has_text(&b, " from main;run;f;main;run;f;main;run;f;main;run;f;(976 more);run;f;main;");
	has_text(&b, "fail: 3000 functions grew: f +6.25 points (6.25% -> 12.50%), q=0.00098, f +");
	has_text(&b, " and 2997 more; 1 budget");
	post_buf_free(&b);
	free(func);
	free_result(&m);
}

/* NAME is the new name of another frame, or the OLD one. */
static void
options_are_quoted_or_not_shown(void **state)
{
	static const struct { struct post_str name; bool old; const char *line; } rows[] = {
		{ POST_STR("a'b $(c)"), false, "renamed?    --map 'run=a'\\''b $(c)'\n" },
		{ POST_STR("a=b"), false, "renamed?    --map 'run=a=b'\n" },
		{ POST_STR("a\nb"), false, "renamed?    run is now a\\x0ab (no --map can be pasted: it would not be these bytes)\n" },
		{ POST_STR("a##b"), false, "renamed?    run is now a#\\x23b (no --map can be pasted: it would not be these bytes)\n" },
		{ POST_STR("a=b"), true, "renamed?    --map 'a\\=b=run'\n" },
		{ POST_STR("a\\"), true, "renamed?    a\\ is now run (no --map can be pasted: it would not be these bytes)\n" },
	};
	struct post_buf b = { 0 };

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct made m;

		make_result(&m, rows[i].name, "a");
		if (rows[i].old)
			m.renamed[0] = (struct post_renamed){ m.path[2], m.path[1] };
		b.n = 0;
		post_report_text(&m.report, &b);
		has_text(&b, rows[i].line);
		free_result(&m);
	}
	post_buf_free(&b);
}

/* No line of a log may be a command. */
static void
is_no_command(const struct post_buf *b)
{
	is_plain(b);
	has_no_text(b, "##");
	for (const char *line = b->s; line != NULL; line = strchr(line + 1, '\n'))
		assert_int_not_equal(strncmp(line + strspn(line, " \t\n"), "::", 2), 0);
}

static void
texts_obey_nobody(void **state)
{
	(void)state;
	each_hostile(post_report_text, is_no_command);
}

static const char commands[] =
    "::error title=bt-diff::fail: 1 function grew: f +6.25 points (6.25%25 -> 12.50%25), q=0.00098; 1 budget exceeded: f<=12.5%25 is 25.00%25 (by share, rules 0123456789ab)\n"
    "::error title=bt-diff,file=src/f.c,line=12::f grew: +6.25 points (6.25%25 -> 12.50%25), q=0.00098\n"
    "::error title=bt-diff::budget f<=12.5%25 exceeded: 25.00%25\n"
    "::warning title=bt-diff::run took over what others lost: +3.12 points (0.00%25 -> 3.12%25), q=0.016\n"
    "::warning title=bt-diff::f<=12.5%25\n"
    "::notice title=bt-diff::run seems to be f now: --map 'run=f'\n";

static void
github(void **state)
{
	struct post_buf b = { 0 };
	struct made m;

	(void)state;
	make_result(&m, POST_STR("f"), "f<=12.5%");
	post_report_github(&m.report, &b);
	assert_string_equal(b.s, commands);
	b.n = 0;
	m.report.no_gate = true;
	post_report_github(&m.report, &b);
	has_no_text(&b, "::error");
	has_text(&b, "::warning title=bt-diff,file=src/f.c,line=12::f grew: ");
	b.n = 0;
	m.place[m.path[2]] = "odd%name:a,b\n";
	post_report_github(&m.report, &b);
	has_text(&b, "title=bt-diff,file=odd%25name%3Aa%2Cb\\x0a::f grew: ");
	free_result(&m);
	b.n = 0;
	make_nothing(&m);
	post_report_github(&m.report, &b);
	assert_string_equal(b.s, "::warning title=bt-diff::insufficient data: the base has under 500 samples (by share, rules 0123456789ab)\n");
	free_result(&m);
	post_buf_free(&b);
}

static size_t
lines(const struct post_buf *b)
{
	size_t n = 0;

	for (const char *at = b->s; (at = strchr(at, '\n')) != NULL; at++)
		n++;
	return n;
}

static size_t
lines_with(const struct post_buf *b, const char *start)
{
	size_t n = 0;

	for (const char *at = b->s; (at = strstr(at, start)) != NULL; at++)
		n += at == b->s || at[-1] == '\n';
	return n;
}

static void
ten_of_a_kind(void **state)
{
	struct post_function *func = post_resize(NULL, 3000, sizeof *func);
	struct post_buf b = { 0 };
	struct made m;

	(void)state;
	make_result(&m, POST_STR("f"), "a");
	for (size_t i = 0; i < 3000; i++)
		func[i] = m.func[i % 2];
	m.diff.func = func;
	m.diff.funcs = 3000;
	post_report_github(&m.report, &b);
	assert_int_equal(lines_with(&b, "::error "), 10);
	assert_int_equal(lines_with(&b, "::warning "), 10);
	has_text(&b, "::error title=bt-diff::and 1493 more\n");	/* the verdict, 1500 functions and a budget */
	has_text(&b, "::warning title=bt-diff::and 1492 more\n");
	post_buf_free(&b);
	free(func);
	free_result(&m);
}

/* Every line is one of our commands, whatever the names. */
static void
is_ours(const struct post_buf *b)
{
	is_plain(b);
	has_no_text(b, "##");
	assert_int_equal(lines_with(b, "::error title=bt-diff"), 3);
	assert_int_equal(lines_with(b, "::warning title=bt-diff::"), 2);
	assert_int_equal(lines_with(b, "::notice title=bt-diff::"), 1);
	assert_int_equal(lines(b), 6);
}

static void
commands_are_ours(void **state)
{
	(void)state;
	each_hostile(post_report_github, is_ours);
}

static void
long_names(void **state)
{
	struct post_buf name = repeated("ab\xe2\x82\xac%", 20000), b = { 0 };
	struct made m;

	(void)state;
	make_result(&m, post_buf_str(&name), name.s);
	post_report_text(&m.report, &b);
	has_text(&b, name.s);
	b.n = 0;
	post_report_github(&m.report, &b);
	assert_true(b.n < 10000);
	is_plain(&b);
	has_text(&b, "%25...%25ab");
	free_result(&m);
	post_buf_free(&name);
	post_buf_free(&b);
}

static void
nothing_at_all(void **state)
{
	struct post_buf b = { 0 };
	struct made m;

	(void)state;
	make_nothing(&m);
	post_report_text(&m.report, &b);
	has_text(&b, "base        0 runs, 0 samples\n");
	has_text(&b, "\n\ninsufficient data: the base has under 500 samples\n");
	has_no_text(&b, "gone");
	b.n = 0;
	m.diff.verdict = POST_PASS;
	post_report_verdict(&m.report, &b);
	assert_string_equal(b.s, "pass: none of 0 functions grew");
	free_result(&m);
	post_buf_free(&b);
}

/* Numbers that are none. */
static void
no_numbers(void **state)
{
	struct post_buf b = { 0 };
	struct made m;

	(void)state;
	make_result(&m, POST_STR("f"), "a");
	m.culprit[0].seen = m.culprit[0].plain = (struct post_change_seen){ .low = -INFINITY, .high = INFINITY, .p = NAN, .q = NAN, .df = INFINITY };
	post_report_text(&m.report, &b);
	has_text(&b, "  1 func   0.00%   0.00%    +0.00        -             - .. -        -  self         f\n");
	post_buf_free(&b);
	free_result(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verdicts),
		cmocka_unit_test(one_run_a_side_is_asked_when_wanted),
		cmocka_unit_test(work_has_a_unit),
		cmocka_unit_test(text),
		cmocka_unit_test(long_lists_and_paths_are_cut),
		cmocka_unit_test(options_are_quoted_or_not_shown),
		cmocka_unit_test(texts_obey_nobody),
		cmocka_unit_test(github),
		cmocka_unit_test(ten_of_a_kind),
		cmocka_unit_test(commands_are_ours),
		cmocka_unit_test(long_names),
		cmocka_unit_test(nothing_at_all),
		cmocka_unit_test(no_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
