/* SPDX-License-Identifier: BSD-2-Clause */
/* Comparing: a worked example, what must not matter, and what each kind of change is called. */
#include "comparing.h"

static const char *const base[] = {
	"main;a;x 200\nmain;a;y 300\nmain;b 100\nmain;b;z 150\nmain;c 250\n",
	"main;a;x 210\nmain;a;y 290\nmain;b 110\nmain;b;z 140\nmain;c 255\n",
	"main;a;x 190\nmain;a;y 310\nmain;b 95\nmain;b;z 155\nmain;c 245\n",
}, *const new[] = {
	"main;a;x 205\nmain;a;y 300\nmain;b 100\nmain;b;z 215\nmain;c 250\n",
	"main;a;x 200\nmain;a;y 310\nmain;b 105\nmain;b;z 220\nmain;c 255\n",
	"main;a;x 195\nmain;a;y 295\nmain;b 98\nmain;b;z 210\nmain;c 240\n",
};

static struct post_runs runs;
static struct post_diff d;
static struct post_diff_conf conf;

static int
fresh(void **state)
{
	(void)state;
	post_diff_free(&d);
	post_runs_free(&runs);
	post_diff_defaults(&conf);
	return 0;
}

static void
near(double got, double want, double relative)
{
	if (fabs(got - want) > relative * fabs(want))
		print_error("got %.17g, want %.17g\n", got, want);
	assert_true(fabs(got - want) <= relative * fabs(want));
}

/* The example's runs, in this order. */
static void
compare_example(const int *order)
{
	for (int i = 0; i < 3; i++)
		add_run(&runs, POST_BEFORE, base[order[i]]);
	for (int i = 0; i < 3; i++)
		add_run(&runs, POST_AFTER, new[order[i]]);
	post_diff(&d, &runs, &conf, NULL, 0);
}

/* Numbers of an independent program (NumPy and SciPy). */
static void
example(void **state)
{
	const struct post_function *z;

	(void)state;
	compare_example((const int []){ 0, 1, 2 });
	near(d.noise.sigma, 0, 0);
	near(d.noise.d0, 10, 0);
	near(d.noise.s0, 0.24012427727183602, 1e-12);
	z = function(&d, &runs, "z");
	near(z->seen.t, 5.513963426044806, 1e-12);
	near(z->seen.p, 7.6301747339204315e-05, 1e-10);
	near(z->seen.q, 0.00038150873669602159, 1e-10);
	near(z->seen.df, 14, 0);
	near(z->seen.before, 445.0 / 3000, 1e-15);
	assert_true(z->gated);
	assert_int_equal(d.gated, 1);
	assert_int_equal(d.verdict, POST_FAIL);
	assert_int_equal(d.culprits, 1);
	assert_int_equal(d.culprit[0].kind, POST_SET_FUNC);
	same(post_name(&runs.names, d.culprit[0].name), "z");
	assert_int_equal(d.culprit[0].label, POST_LABEL_SELF);
	near(d.culprit[0].explains, 1, 0);
	assert_int_equal(d.culprit[0].contexts, 1);
	assert_int_equal(d.culprit[0].context[0].callers.n, 2);
}

/* The order of runs does not matter, nor do lines that repeat a stack, nor their order, to the last bit. */
static void
order(void **state)
{
	double p;

	(void)state;
	compare_example((const int []){ 0, 1, 2 });
	p = function(&d, &runs, "z")->seen.p;
	fresh(NULL);
	compare_example((const int []){ 2, 0, 1 });
	near(function(&d, &runs, "z")->seen.p, p, 1e-14);
	fresh(NULL);
	add_run(&runs, POST_BEFORE, "main;b 60\nmain;c 250\nmain;a;x 100\nmain;a;y 300\nmain;a;x 100\nmain;b 40\nmain;b;z 150\n");
	for (int i = 1; i < 3; i++)
		add_run(&runs, POST_BEFORE, base[i]);
	for (int i = 0; i < 3; i++)
		add_run(&runs, POST_AFTER, new[i]);
	post_diff(&d, &runs, &conf, NULL, 0);
	assert_true(function(&d, &runs, "z")->seen.p == p);
}

/* The other way round the changes have other signs, and are as sure. */
static void
swap(void **state)
{
	double delta, p;

	(void)state;
	compare_example((const int []){ 0, 1, 2 });
	delta = function(&d, &runs, "z")->seen.delta;
	p = function(&d, &runs, "z")->seen.p;
	fresh(NULL);
	for (int i = 0; i < 3; i++)
		add_run(&runs, POST_BEFORE, new[i]);
	for (int i = 0; i < 3; i++)
		add_run(&runs, POST_AFTER, base[i]);
	post_diff(&d, &runs, &conf, NULL, 0);
	near(function(&d, &runs, "z")->seen.delta, -delta, 1e-12);
	near(function(&d, &runs, "z")->seen.p, p, 1e-9);
	assert_int_equal(d.gated, 0);
	assert_int_equal(d.verdict, POST_PASS);
}

/* The same names changed on both sides, all to others. */
static void
names(void **state)
{
	double p;
	char text[2][256];

	(void)state;
	compare_example((const int []){ 0, 1, 2 });
	p = function(&d, &runs, "z")->seen.p;
	fresh(NULL);
	for (int i = 0; i < 6; i++) {
		const char *s = i < 3 ? base[i] : new[i - 3];
		size_t j, n = strlen(s);

		for (j = 0; j <= n; j++)
			text[0][j] = strchr("abcxyz", s[j]) != NULL && s[j] != '\0' ? (char)('z' - (s[j] - 'a')) : s[j];
		add_run(&runs, i < 3 ? POST_BEFORE : POST_AFTER, text[0]);
	}
	post_diff(&d, &runs, &conf, NULL, 0);
	near(function(&d, &runs, "a")->seen.p, p, 1e-12);
	assert_int_equal(d.gated, 1);
}

/* A run of a program whose work is fixed but for some noise: stacks with {} in the place of a count. */
static void
noisy_run(struct rng *r, enum post_diff_side side, const char *const *stack, const double *count, size_t n)
{
	char text[2048];
	size_t at = 0;

	for (size_t i = 0; i < n; i++)
		at += (size_t)snprintf(text + at, sizeof text - at, "%s %d\n", stack[i], (int)(count[i] * (1 + 0.01 * normal(r)) + sqrt(count[i]) * normal(r)));
	add_run(&runs, side, text);
}

struct profile {
	const char	*stack[10];
	double		 count[10];
	size_t		 n;
};

static void
compare_profiles(const struct profile *before, const struct profile *after)
{
	struct rng r = { 7 };

	for (int i = 0; i < 5; i++)
		noisy_run(&r, POST_BEFORE, before->stack, before->count, before->n);
	for (int i = 0; i < 5; i++)
		noisy_run(&r, POST_AFTER, after->stack, after->count, after->n);
	post_diff(&d, &runs, &conf, NULL, 0);
}

static const struct profile plain = {
	{ "main;work;copy", "main;work;copy;memcpy", "main;work;hash", "main;work", "main;log;hash", "main;log" },
	{ 400, 600, 500, 3000, 200, 800 }, 6,
};

static void
renamed(void **state)
{
	static const struct profile after = {
		{ "main;work;clone", "main;work;clone;memcpy", "main;work;hash", "main;work", "main;log;hash", "main;log" },
		{ 400, 600, 500, 3000, 200, 800 }, 6,
	};

	(void)state;
	compare_profiles(&plain, &after);
	assert_int_equal(d.verdict, POST_PASS);
	assert_int_equal(d.gated, 0);
	assert_true(d.moved > 0);
	assert_true(function(&d, &runs, "clone")->moved);
	assert_true(d.culprits >= 2);
	for (size_t i = 0; i < d.culprits; i++)
		assert_int_equal(d.culprit[i].label, POST_LABEL_MOVED);
	assert_int_equal(d.renames, 1);
	same(post_name(&runs.names, d.renamed[0].from), "copy");
	same(post_name(&runs.names, d.renamed[0].to), "clone");
	fresh(NULL);
	conf.gate_moved = true;
	compare_profiles(&plain, &after);
	assert_int_equal(d.verdict, POST_FAIL);
}

/* What the compiler inlined is its callers' own. */
static void
inlined(void **state)
{
	static const struct profile one = {
		{ "main;work", "main;work;memcpy", "main;work;hash", "main;log;hash", "main;log" },
		{ 3400, 600, 500, 200, 800 }, 5,
	}, two = {
		{ "main;work;copy", "main;work;copy;memcpy", "main;work", "main;log" },
		{ 400, 600, 3500, 1000 }, 4,
	};

	(void)state;
	compare_profiles(&plain, &one);
	assert_int_equal(d.verdict, POST_PASS);
	assert_true(function(&d, &runs, "work")->moved);
	fresh(NULL);
	compare_profiles(&plain, &two);
	assert_int_equal(d.verdict, POST_PASS);
	assert_int_equal(d.gated, 0);
	fresh(NULL);
	compare_profiles(&two, &plain);
	assert_int_equal(d.verdict, POST_PASS);
	assert_int_equal(d.gated, 0);
}

/* One that grew is no move, even where shares of others shrink by as much, and neither is one that a rename hides. */
static void
grown(void **state)
{
	static const struct profile more = {
		{ "main;work;copy", "main;work;copy;memcpy", "main;work;hash", "main;work", "main;log;hash", "main;log" },
		{ 400, 600, 1000, 3000, 200, 800 }, 6,
	}, both = {
		{ "main;work;clone", "main;work;clone;memcpy", "main;work;hash", "main;work", "main;log;hash", "main;log" },
		{ 400, 600, 1000, 3000, 200, 800 }, 6,
	}, beside = {	/* a growth that is small beside what was renamed */
		{ "main;work;copy", "main;work;copy;memcpy", "main;work;hash", "main;work", "main;note;hash", "main;note", "main" },
		{ 400, 600, 500, 3000, 200, 800, 500 }, 7,
	}, renamed_and_grown = {
		{ "main;work;clone", "main;work;clone;memcpy", "main;work;hash", "main;work", "main;log;hash", "main;log" },
		{ 900, 600, 500, 3000, 200, 800 }, 6,
	};

	(void)state;
	compare_profiles(&plain, &more);
	assert_int_equal(d.verdict, POST_FAIL);
	assert_int_equal(d.gated, 1);
	assert_true(function(&d, &runs, "hash")->gated);
	fresh(NULL);
	compare_profiles(&plain, &both);
	assert_int_equal(d.verdict, POST_FAIL);
	assert_true(function(&d, &runs, "hash")->gated);
	assert_false(function(&d, &runs, "clone")->gated);
	fresh(NULL);
	compare_profiles(&plain, &beside);
	assert_int_equal(d.verdict, POST_FAIL);
	assert_true(function(&d, &runs, "main")->gated);
	assert_false(function(&d, &runs, "note")->gated);
	fresh(NULL);
	compare_profiles(&plain, &renamed_and_grown);
	assert_int_equal(d.verdict, POST_FAIL);
	assert_true(function(&d, &runs, "clone")->gated);
}

/* A class has another name, and so have all its methods. */
static void
renamed_together(void **state)
{
	static const struct profile before = {
		{ "main;Cart::show", "main;Cart::show;Cart::sum", "main;Cart::show;Cart::sum;price", "main;Cart::show;Cart::draw", "main;work" },
		{ 500, 600, 400, 700, 3000 }, 5,
	}, after = {
		{ "main;Bag::show", "main;Bag::show;Bag::sum", "main;Bag::show;Bag::sum;price", "main;Bag::show;Bag::draw", "main;work" },
		{ 500, 600, 400, 700, 3000 }, 5,
	}, slower = {
		{ "main;Bag::show", "main;Bag::show;Bag::sum", "main;Bag::show;Bag::sum;price", "main;Bag::show;Bag::draw", "main;work" },
		{ 500, 900, 400, 700, 3000 }, 5,
	};

	(void)state;
	compare_profiles(&before, &after);
	assert_int_equal(d.verdict, POST_PASS);
	assert_int_equal(d.renames, 3);
	fresh(NULL);
	compare_profiles(&before, &slower);
	assert_int_equal(d.verdict, POST_FAIL);
	assert_int_equal(d.gated, 1);
	assert_true(function(&d, &runs, "Bag::sum")->gated);
	assert_true(function(&d, &runs, "Bag::sum")->told.before > 0.1);
}

/* Two calls, one in the other, were inlined; a caller with another callee that grew below it alone is no such thing. */
static void
inlined_twice(void **state)
{
	static const struct profile before = {
		{ "main;a", "main;a;b", "main;a;b;c", "main;work" }, { 600, 600, 600, 3000 }, 4,
	}, after = {
		{ "main;a", "main;work" }, { 1800, 3000 }, 2,
	}, calls = {
		{ "main;v", "main;v;c", "main;w;c", "main;w" }, { 500, 500, 2000, 1400 }, 4,
	}, calls_more = {
		{ "main;v", "main;v;c", "main;w;c", "main;w" }, { 1000, 1000, 1000, 1400 }, 4,
	};

	(void)state;
	compare_profiles(&before, &after);
	assert_int_equal(d.verdict, POST_PASS);
	fresh(NULL);
	compare_profiles(&calls, &calls_more);
	assert_int_equal(d.verdict, POST_FAIL);
	assert_true(function(&d, &runs, "v")->gated);
}

/* Where one got quicker all others have larger shares. */
static void
others_shrank(void **state)
{
	static const struct profile before = {
		{ "main;a", "main;b", "main;c", "main;d", "main;e" }, { 3000, 1500, 1200, 900, 1800 }, 5,
	}, after = {
		{ "main;a", "main;b", "main;c", "main;d", "main;e" }, { 1000, 1500, 1200, 900, 1800 }, 5,
	};

	(void)state;
	compare_profiles(&before, &after);
	assert_int_equal(d.verdict, POST_PASS);
	assert_true(function(&d, &runs, "e")->significant);
	assert_true(function(&d, &runs, "e")->diluted);
}

/* A run of a few samples, and runs that have nothing in common, are no basis. */
static void
broken_runs(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		add_run(&runs, POST_BEFORE, "main;a 2000\nmain;b 2000\n");
		add_run(&runs, POST_AFTER, i == 0 ? "main;a 2000\nmain;b 4000\n" : "main;a 20\nmain;b 40\n");
	}
	post_diff(&d, &runs, &conf, NULL, 0);
	assert_int_equal(d.verdict, POST_INSUFFICIENT);
	fresh(NULL);
	for (int i = 0; i < 4; i++)
		add_run(&runs, i < 2 ? POST_BEFORE : POST_AFTER, i % 2 == 0 ? "main;a 2000\nmain;b 300\nmain;c 1000\n" : "main;a 200\nmain;b 3000\nmain;c 100\n");
	post_diff(&d, &runs, &conf, NULL, 0);
	assert_int_equal(d.verdict, POST_INSUFFICIENT);
	fresh(NULL);
	add_run(&runs, POST_BEFORE, "main;a 0\n");
	add_run(&runs, POST_AFTER, "main;a 0\n");
	post_diff(&d, &runs, &conf, NULL, 0);
	assert_int_equal(d.verdict, POST_INSUFFICIENT);
}

/* By work, what got slower as a whole is seen although no function did so by itself. */
static void
whole_program(void **state)
{
	(void)state;
	conf.work = true;
	conf.min_relative = 0.05;
	for (int i = 0; i < 6; i++) {
		add_run(&runs, i < 3 ? POST_BEFORE : POST_AFTER, i < 3 ? "main;a 2000\nmain;b 2100\nmain;c 1900\n" : "main;a 2400\nmain;b 2500\nmain;c 2300\n");
		runs.run[runs.n - 1].exposure = 100;
	}
	post_diff(&d, &runs, &conf, NULL, 0);
	near(d.total.before, 60, 1e-12);
	near(d.total.after, 72, 1e-12);
	assert_true(d.total_grew);
	assert_int_equal(d.verdict, POST_FAIL);
}

static void
labels(void **state)
{
	static const struct profile called = {
		{ "main;work;copy", "main;work;copy;memcpy", "main;work;hash", "main;work", "main;log;hash", "main;log" },
		{ 1200, 1800, 500, 3000, 200, 800 }, 6,
	}, callee = {
		{ "main;work;copy", "main;work;copy;memcpy", "main;work;copy;check", "main;work;hash", "main;work", "main;log;hash", "main;log" },
		{ 400, 600, 900, 500, 3000, 200, 800 }, 7,
	}, gone = {
		{ "main;work;copy", "main;work;copy;memcpy", "main;work;hash", "main;work", "main;log" },
		{ 400, 600, 500, 3000, 800 }, 5,
	};

	(void)state;
	compare_profiles(&plain, &called);
	assert_true(d.culprits >= 1);
	assert_int_equal(d.culprit[0].label, POST_LABEL_CALLED_MORE);
	same(post_name(&runs.names, d.culprit[0].name), "copy");
	fresh(NULL);
	compare_profiles(&plain, &callee);
	assert_int_equal(d.culprit[0].label, POST_LABEL_NEW);
	same(post_name(&runs.names, d.culprit[0].name), "check");
	fresh(NULL);
	compare_profiles(&plain, &gone);
	assert_int_equal(d.culprit[0].label, POST_LABEL_GONE);
	assert_int_equal(d.culprit[0].kind, POST_SET_PATH);
	assert_int_equal(d.all_elided, 1);
	same(post_name(&runs.names, runs.cell[d.elided[0].cell].frame[2]), "hash");
}

static void
little_data(void **state)
{
	(void)state;
	add_run(&runs, POST_BEFORE, "main;a 400\n");
	add_run(&runs, POST_AFTER, "main;a 4000\n");
	post_diff(&d, &runs, &conf, NULL, 0);
	assert_int_equal(d.verdict, POST_INSUFFICIENT);
	assert_non_null(d.why);
	fresh(NULL);
	add_run(&runs, POST_BEFORE, "main;a 0\n");
	add_run(&runs, POST_AFTER, "main;a 4000\n");
	post_diff(&d, &runs, &conf, NULL, 0);
	assert_int_equal(d.verdict, POST_INSUFFICIENT);
}

/* One run a side: the noise is assumed, and the gate is asked only with gate_single. */
static void
single(void **state)
{
	for (int gate = 0; gate < 2; gate++) {
		fresh(state);
		conf.gate_single = gate;
		add_run(&runs, POST_BEFORE, "main;a 2000\nmain;b 2000\n");
		add_run(&runs, POST_AFTER, "main;a 2000\nmain;b 2000\nmain;c 2000\n");
		post_diff(&d, &runs, &conf, NULL, 0);
		assert_true(d.advisory);
		assert_int_equal(d.noise.source, POST_NOISE_ASSUMED);
		assert_int_equal(d.gated, 1);
		assert_int_equal(d.verdict, gate ? POST_FAIL : POST_PASS);
	}
	fresh(state);
	conf.noise = 5;
	add_run(&runs, POST_BEFORE, "main;a 2000\nmain;b 2000\n");
	add_run(&runs, POST_AFTER, "main;a 2000\nmain;b 2000\nmain;c 2000\n");
	post_diff(&d, &runs, &conf, NULL, 0);
	assert_int_equal(d.noise.source, POST_NOISE_BASELINE);
	assert_int_equal(d.gated, 0);
}

static void
budgets(void **state)
{
	static const struct { const char *text; bool good, exceeded; double share; } rows[] = {
		{ "a<=40%", true, false, 0.4 }, { "a<=39.9%", true, true, 0.4 }, { "incl:main<=99%", true, true, 1 }, { "main<=0%", true, false, 0 },
		{ "nobody<=1%", true, false, 0 }, { "a<=40", false, 0, 0 }, { "<=40%", false, 0, 0 }, { "a<40%", false, 0, 0 }, { "a<=%", false, 0, 0 },
		{ "a<=101%", false, 0, 0 }, { "", false, 0, 0 }, { "<=", false, 0, 0 },
	};
	struct post_budget b;
	struct post_err err;

	for (size_t i = 0; i < ROWS(rows); i++) {
		fresh(state);
		assert_int_equal(post_budget_parse(&b, rows[i].text, &err), rows[i].good ? 0 : -1);
		if (!rows[i].good)
			continue;
		add_run(&runs, POST_BEFORE, "main;a 2000\nmain;b 3000\n");
		add_run(&runs, POST_AFTER, "main;a 2000\nmain;b 3000\n");
		post_diff(&d, &runs, &conf, &b, 1);
		near(b.share, rows[i].share, 1e-12);
		assert_int_equal(b.exceeded, rows[i].exceeded);
		assert_int_equal(d.verdict, rows[i].exceeded ? POST_FAIL : POST_PASS);
	}
}

/* With twice the work, twice the samples are no change; as shares it would be none either way. */
static void
work(void **state)
{
	(void)state;
	conf.work = true;
	for (int i = 0; i < 3; i++) {
		add_run(&runs, POST_BEFORE, "main;a 2000\nmain;b 3000\n");
		runs.run[runs.n - 1].exposure = 100;
	}
	for (int i = 0; i < 3; i++) {
		add_run(&runs, POST_AFTER, "main;a 4000\nmain;b 9000\n");
		runs.run[runs.n - 1].exposure = 200;
	}
	post_diff(&d, &runs, &conf, NULL, 0);
	near(function(&d, &runs, "a")->seen.delta, 0, 0);
	near(function(&d, &runs, "b")->seen.before, 30, 1e-12);
	near(function(&d, &runs, "b")->seen.after, 45, 1e-12);
	assert_true(function(&d, &runs, "b")->gated);
	assert_false(function(&d, &runs, "a")->gated);
}

/* The interval must be over min_change as a whole, not only its middle. */
static void
interval(void **state)
{
	(void)state;
	conf.min_change = 0.05;
	compare_example((const int []){ 0, 1, 2 });
	assert_int_equal(d.gated, 1);
	fresh(NULL);
	conf.min_change = 0.05;
	conf.gate = POST_GATE_INTERVAL;
	compare_example((const int []){ 0, 1, 2 });
	assert_true(function(&d, &runs, "z")->significant);
	assert_int_equal(d.gated, 0);
	fresh(NULL);
	conf.gate = POST_GATE_NONE;
	compare_example((const int []){ 0, 1, 2 });
	assert_int_equal(d.verdict, POST_PASS);
}

static bool
path_changed(const char *path)
{
	struct post_unfolder u = { .names = &runs.names };
	bool changed;

	post_unfold(&u, post_str_of(path));
	changed = post_diff_path(&d, u.frame, u.n);
	post_unfolder_free(&u);
	return changed;
}

static void
paths(void **state)
{
	(void)state;
	compare_example((const int []){ 0, 1, 2 });
	assert_true(path_changed("main;b;z"));
	assert_true(path_changed("main;b"));
	assert_false(path_changed("main;a"));
	assert_false(path_changed("main"));
	assert_false(path_changed(""));
	assert_false(path_changed("z"));
	assert_false(path_changed("main;b;z;nobody"));
}

static void
detectable(void **state)
{
	(void)state;
	compare_example((const int []){ 0, 1, 2 });
	near(post_diff_detectable(&d, &runs, 0.1), 4.3 * sqrt(1 / (6198.0 / 6 * 0.1) * 2 / 3), 1e-12);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(example, fresh), cmocka_unit_test_setup(order, fresh), cmocka_unit_test_setup(swap, fresh),
		cmocka_unit_test_setup(names, fresh), cmocka_unit_test_setup(renamed, fresh), cmocka_unit_test_setup(inlined, fresh),
		cmocka_unit_test_setup(grown, fresh), cmocka_unit_test_setup(labels, fresh),
		cmocka_unit_test_setup(renamed_together, fresh), cmocka_unit_test_setup(inlined_twice, fresh),
		cmocka_unit_test_setup(others_shrank, fresh), cmocka_unit_test_setup(broken_runs, fresh),
		cmocka_unit_test_setup(whole_program, fresh), cmocka_unit_test_setup(little_data, fresh),
		cmocka_unit_test_setup(single, fresh), cmocka_unit_test_setup(budgets, fresh), cmocka_unit_test_setup(work, fresh),
		cmocka_unit_test_setup(interval, fresh), cmocka_unit_test_setup(paths, fresh), cmocka_unit_test_setup(detectable, fresh),
	};

	return cmocka_run_group_tests_name("diff", tests, NULL, fresh);
}
