/* SPDX-License-Identifier: BSD-2-Clause */
/* False discovery rates by their definition, and noise that is there or not. */
#include "../diff/noise.h"
#include "comparing.h"

/* q of test I: the least, over all limits that call it, of the wrong ones to be expected by the right part of all that are called. */
static double
defined_q(const double *p, size_t n, size_t i, double more)
{
	double q = 1;

	for (size_t limit = 0; limit < n; limit++) {
		size_t called = 0;

		for (size_t j = 0; j < n; j++)
			called += p[j] <= p[limit];
		if (p[limit] >= p[i] && p[limit] * (double)n * more / (double)called < q)
			q = p[limit] * (double)n * more / (double)called;
	}
	return q;
}

static void
rates(void **state)
{
	struct rng r = rng_start("fdr");

	(void)state;
	for (int round = 0; round < 200; round++) {
		struct post_change_seen seen[20], *all[20];
		double p[20], more = 0;
		size_t n = 1 + below(&r, 20), i;
		bool dependent = round % 2;

		for (i = 0; i < n; i++) {
			p[i] = below(&r, 4) == 0 ? 0.125 : pow(uniform(&r), 3);
			seen[i] = (struct post_change_seen){ .p = p[i] };
			all[i] = &seen[i];
			more += 1 / (double)(i + 1);
		}
		post_fdr(all, n, dependent);
		for (i = 0; i < n; i++)
			assert_true(fabs(seen[i].q - defined_q(p, n, i, dependent ? more : 1)) <= 1e-12);
	}
	post_fdr(NULL, 0, false);
}

/* Counts of N sets in 2 x RUNS runs whose shares vary by SIGMA. */
static double
learnt_sigma(struct rng *r, size_t n, size_t runs, double sigma)
{
	double *y = post_resize(NULL, n * 2 * runs, sizeof *y), *exposure = post_resize(NULL, 2 * runs, sizeof *exposure);
	uint8_t *side = post_resize(NULL, 2 * runs, 1);
	struct post_design design = { .side = side, .n = 2 * runs, .runs = { runs, runs } };
	struct post_noise noise;

	for (size_t i = 0; i < 2 * runs; i++) {
		side[i] = i >= runs;
		exposure[i] = 100000;
		for (size_t k = 0; k < n; k++) {
			double mean = 100000.0 / (double)n * (1 + sigma * normal(r));

			y[k * 2 * runs + i] = floor(mean + sqrt(mean) * normal(r));
		}
	}
	post_noise_learn(&noise, &design, y, n, exposure, 0);
	assert_true(noise.d0 > 0 && noise.d0 <= POST_NOISE_D0_MAX);
	free(y);
	free(exposure);
	free(side);
	return sqrt(noise.sigma2);
}

static void
learns(void **state)
{
	struct rng r = rng_start("noise");

	(void)state;
	assert_true(learnt_sigma(&r, 200, 5, 0) < 0.02);
	assert_true(fabs(learnt_sigma(&r, 200, 5, 0.1) - 0.1) < 0.02);
	assert_true(fabs(learnt_sigma(&r, 200, 5, 0.3) - 0.3) < 0.06);
}

/* Counts without any variance, or all nothing, give numbers. */
static void
still(void **state)
{
	const uint8_t side[] = { 0, 0, 1, 1 };
	const double y[] = { 5, 5, 5, 5, 0, 0, 0, 0, 100, 100, 100, 100, 0, 0, 9, 9 }, exposure[] = { 100, 100, 100, 100 };
	struct post_design design = { .side = side, .n = 4, .runs = { 2, 2 } };
	struct post_noise noise;
	struct post_change_seen seen;

	(void)state;
	for (int work = 0; work < 2; work++) {
		design.work = work;
		post_noise_learn(&noise, &design, y, 4, exposure, 0);
		for (size_t i = 0; i < 4; i++) {
			post_noise_test(&noise, &design, y + 4 * i, exposure, &seen);
			assert_true(isfinite(seen.t) && seen.p >= 0 && seen.p <= 1 && seen.low <= seen.delta && seen.delta <= seen.high && seen.phi >= 1);
		}
		assert_true(seen.delta == 0.09);
	}
	post_noise_learn(&noise, &design, y, 1, exposure, 0);	/* one set alone has no variance of variances */
	assert_true(noise.d0 == POST_NOISE_D0_MAX && isfinite(noise.s0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(rates), cmocka_unit_test(learns), cmocka_unit_test(still) };

	return cmocka_run_group_tests_name("noise", tests, NULL, NULL);
}
