/* SPDX-License-Identifier: BSD-2-Clause */
/* How often the gate is wrong, and how often it finds what is there: runs by chance, with noise as it was measured. */
#include "comparing.h"

enum { SAMPLES = 5000 };

static struct rng r;

/* The runs of a comparison: what is not changed has a factor of NULL. */
static void
compare(const struct sim *s, size_t base, size_t new, const double *factor, struct post_runs *runs, struct post_diff *d)
{
	struct post_diff_conf conf;
	size_t i;

	*runs = (struct post_runs){ 0 };
	sim_names(runs);
	for (i = 0; i < base; i++)
		sim_run(s, &r, runs, POST_BEFORE, SAMPLES, NULL);
	for (i = 0; i < new; i++)
		sim_run(s, &r, runs, POST_AFTER, SAMPLES, factor);
	post_diff_defaults(&conf);
	post_diff(d, runs, &conf, NULL, 0);
}

static void
done(struct post_runs *runs, struct post_diff *d)
{
	post_diff_free(d);
	post_runs_free(runs);
}

/* Nothing changed: gates that fail, culprits that are named. */
static void
no_change(void **state)
{
	static const size_t runs_a_side[][2] = { { 1, 1 }, { 2, 2 }, { 3, 3 }, { 5, 5 }, { 10, 10 }, { 10, 1 } };
	const double n = 200;

	(void)state;
	for (size_t k = 0; k < ROWS(runs_a_side); k++) {
		size_t gates = 0, culprits = 0;

		for (int i = 0; i < (int)n; i++) {
			struct post_runs runs;
			struct post_diff d;
			struct sim s;

			sim_make(&s, &r);
			compare(&s, runs_a_side[k][0], runs_a_side[k][1], NULL, &runs, &d);
			assert_int_equal(d.advisory, runs_a_side[k][0] == 1);
			assert_int_equal(d.verdict == POST_FAIL, d.gated > 0 && !d.advisory);
			gates += d.gated > 0;
			culprits += d.culprits > 0;
			done(&runs, &d);
		}
		print_message("# no change, %zu v %zu: gate %.3f, a culprit %.3f\n", runs_a_side[k][0], runs_a_side[k][1], (double)gates / n,
		    (double)culprits / n);
		if (runs_a_side[k][0] > 1)
			assert_true((double)gates / n <= 0.05 + 3 * sqrt(0.05 * 0.95 / n));
	}
}

static double
self_share(const struct sim *s, uint32_t func)
{
	double self = 0, all = 0;

	for (size_t i = 0; i < SIM_STACKS; i++) {
		all += s->weight[i];
		self += sim_leaf(s, i) == func ? s->weight[i] : 0;
	}
	return self / all;
}

/* A function with 2 to 10 % of the samples, of those that vary as most do; SIM_FUNCS: there is none. */
static uint32_t
middling(const struct sim *s)
{
	uint32_t from = 1 + (uint32_t)below(&r, SIM_FUNCS - 1), i, f;

	for (i = 0; i < SIM_FUNCS; i++) {
		f = (from + i) % SIM_FUNCS;
		if (f != 0 && s->sigma[f] < 0.1 && self_share(s, f) >= 0.02 && self_share(s, f) <= 0.10)
			return f;
	}
	return SIM_FUNCS;
}

/* The own cost of a function is half as large again. */
static void
one_function(void **state)
{
	static const struct { size_t runs; double least; } rows[] = { { 1, 0 }, { 3, 0 }, { 5, 0.7 }, { 10, 0.7 } };

	(void)state;
	for (size_t k = 0; k < ROWS(rows); k++) {
		size_t hits = 0, first = 0, n = 0;

		while (n < 80) {
			double factor[SIM_STACKS];
			struct post_runs runs;
			struct post_diff d;
			struct sim s;
			uint32_t f;

			sim_make(&s, &r);
			if ((f = middling(&s)) == SIM_FUNCS)
				continue;
			for (size_t i = 0; i < SIM_STACKS; i++)
				factor[i] = sim_leaf(&s, i) == f ? 1.5 : 1;
			compare(&s, rows[k].runs, rows[k].runs, factor, &runs, &d);
			for (size_t i = 0; i < d.funcs; i++)
				hits += d.func[i].name == f && d.func[i].gated;
			first += d.culprits > 0 && d.culprit[0].name == f;
			n++;
			done(&runs, &d);
		}
		print_message("# own cost x 1.5, %zu v %zu: gate %.2f, first culprit %.2f\n", rows[k].runs, rows[k].runs, (double)hits / (double)n,
		    (double)first / (double)n);
		assert_true((double)hits / (double)n >= rows[k].least);
	}
}

/* Does stack I of S begin with PATH? */
static bool
is_below(const struct sim *s, size_t i, const uint32_t *path, size_t n)
{
	return s->depth[i] >= n && memcmp(s->frame[i], path, n * sizeof *path) == 0;
}

/* A path that 5 to 30 % of the samples begin with: how many frames of stack *AT it is, or 0. */
static size_t
middling_path(const struct sim *s, size_t *at)
{
	for (int tries = 0; tries < 200; tries++) {
		size_t stack = below(&r, SIM_STACKS), n = 2 + below(&r, s->depth[stack] - 1), i, stacks = 0;
		double part = 0, all = 0;

		for (i = 0; i < SIM_STACKS; i++) {
			bool in = is_below(s, i, s->frame[stack], n);

			all += s->weight[i];
			part += in ? s->weight[i] : 0;
			stacks += in;
		}
		*at = stack;
		if (n <= s->depth[stack] && stacks >= 3 && part >= 0.05 * all && part <= 0.3 * all)
			return n;
	}
	return 0;
}

/* How much the first culprit and what changed have in common: samples of both, of either. */
static double
jaccard(const struct post_runs *runs, const struct post_diff *d, const uint32_t *path, size_t n)
{
	double both = 0, either = 0;

	for (uint32_t c = 0; c < runs->cells; c++) {
		const struct post_cell *k = &runs->cell[c];
		bool in = k->n >= n && memcmp(k->frame, path, n * sizeof *path) == 0, named = d->culprits > 0 && d->sets->owner[c] == 1;
		double samples = post_count_real(post_runs_sum(runs, c, POST_BEFORE)) + post_count_real(post_runs_sum(runs, c, POST_AFTER));

		both += in && named ? samples : 0;
		either += in || named ? samples : 0;
	}
	return either > 0 ? both / either : 0;
}

/* Is one culprit a path above another one? */
static size_t
nested(const struct post_diff *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->culprits; i++)
		for (size_t j = 0; j < d->culprits; j++) {
			const struct post_path *a = &d->culprit[i].path, *b = &d->culprit[j].path;

			n += i != j && a->n > 0 && b->n > a->n && memcmp(a->frame, b->frame, a->n * sizeof *a->frame) == 0;
		}
	return n;
}

/* All that stands on a path costs half as much again. */
static void
one_subtree(void **state)
{
	size_t near = 0, n = 0, pairs = 0;

	(void)state;
	while (n < 80) {
		double factor[SIM_STACKS];
		struct post_runs runs;
		struct post_diff d;
		struct sim s;
		size_t at, depth;

		sim_make(&s, &r);
		if ((depth = middling_path(&s, &at)) == 0)
			continue;
		for (size_t i = 0; i < SIM_STACKS; i++)
			factor[i] = is_below(&s, i, s.frame[at], depth) ? 1.5 : 1;
		compare(&s, 5, 5, factor, &runs, &d);
		near += jaccard(&runs, &d, s.frame[at], depth) > 0.8;
		pairs += nested(&d);
		n++;
		done(&runs, &d);
	}
	print_message("# a subtree x 1.5, 5 v 5: the first culprit is that %.2f, one above the other %zu\n", (double)near / (double)n, pairs);
	assert_true((double)near / (double)n >= 0.8);
	assert_true(pairs <= 8);	/* of 80: a part that varies more may stand out of what changed */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_change), cmocka_unit_test(one_function), cmocka_unit_test(one_subtree),
	};

	r = rng_start("diff-rates");
	return cmocka_run_group_tests_name("diff-rates", tests, NULL, NULL);
}
