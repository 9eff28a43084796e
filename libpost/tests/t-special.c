/* SPDX-License-Identifier: BSD-2-Clause */
/* Special functions beside values of 20 digits, and at their edges. */
#include <math.h>
#include "support.h"
#include "../diff/special.h"

struct golden {
	double	argument[3], want;
};

#include "special-golden.h"

/* A relative error. */
static void
near(const char *what, const double argument[3], double got, double want, double allowed)
{
	double error = fabs(got - want) / fmax(fabs(want), 1e-300);

	if (!(error <= allowed))
		fail_msg("%s(%.17g, %.17g, %.17g) is %.17g, not %.17g: off by %.3g", what, argument[0], argument[1], argument[2], got, want,
		    error);
}

/* With the functions of one, two and three arguments as one type. */
#define COMPARE(rows, call) do { \
	size_t i_; \
	for (i_ = 0; i_ < ROWS(rows); i_++) { \
		const double *a = rows[i_].argument; \
		near(#call, a, call, rows[i_].want, 1e-12); \
	} \
} while (0)

static void
golden_values(void **state)
{
	(void)state;
	COMPARE(golden_digamma, post_digamma(a[0]));
	COMPARE(golden_trigamma, post_trigamma(a[0]));
	COMPARE(golden_tetragamma, post_tetragamma(a[0]));
	COMPARE(golden_trigamma_inverse, post_trigamma_inverse(a[0]));
	COMPARE(golden_beta, post_beta(a[0], a[1], a[2]));
	COMPARE(golden_gamma_upper, post_gamma_upper(a[0], a[1]));
	COMPARE(golden_student_both, post_student_both(a[0], a[1]));
	COMPARE(golden_student_normal, post_student_both(a[0], a[1]));
	COMPARE(golden_student_quantile, post_student_quantile(a[0], a[1]));
	COMPARE(golden_chi2_upper, post_chi2_upper(a[0], a[1]));
}

/* What the worked example of the method's notes has. */
static void
worked_example(void **state)
{
	(void)state;
	assert_true(fabs(post_student_both(5.51396, 14) / 7.63017e-05 - 1) < 1e-5);
	assert_true(fabs(post_student_quantile(0.95, 10) - 2.228138851986274) < 1e-14);
	assert_true(fabs(post_chi2_upper(3.841458820694124, 1) - 0.05) < 1e-15);
}

static void
edges(void **state)
{
	(void)state;
	assert_true(post_student_both(0, 3) == 1 && post_student_both(0, INFINITY) == 1);
	assert_true(post_student_both(INFINITY, 3) == 0 && post_student_both(INFINITY, INFINITY) == 0);
	assert_true(post_student_both(1e200, 50) == 0);
	assert_true(isnan(post_student_both(NAN, 3)));
	assert_true(post_student_quantile(1, 3) == INFINITY && post_student_quantile(0, 3) == 0);
	assert_true(fabs(post_student_quantile(0.95, INFINITY) - 1.959963984540054) < 1e-14);
	assert_true(post_beta(2, 3, 0) == 0 && post_beta(2, 3, 1) == 1 && isnan(post_beta(2, 3, NAN)));
	assert_true(post_gamma_upper(2, 0) == 1 && post_gamma_upper(2, INFINITY) == 0 && isnan(post_gamma_upper(2, NAN)));
	assert_true(post_chi2_upper(1e9, 1) == 0);
	assert_true(post_trigamma_inverse(4e7) == 1 / sqrt(4e7) && post_trigamma_inverse(5e-7) == 1 / 5e-7);
}

static double
uniform(struct rng *r, double low, double high)
{
	return low + (high - low) * (double)(rng(r) >> 11) * 0x1p-53;
}

/* Functions and their inverses, complements and recurrences. */
static void
identities(void **state)
{
	struct rng r = rng_start("identities");
	int i;

	(void)state;
	for (i = 0; i < 2000; i++) {
		double x = exp(uniform(&r, -6, 6)), a = exp(uniform(&r, -1, 7)), b = exp(uniform(&r, -1, 7)), u = uniform(&r, 0.01, 0.99);
		double df = exp(uniform(&r, -0.6, 13)), t = exp(uniform(&r, -5, 2));
		const double seen[3] = { x, a, b };

		near("digamma's recurrence", seen, post_digamma(x + 1) - post_digamma(x), 1 / x, 1e-11);
		near("trigamma of its inverse", seen, post_trigamma(post_trigamma_inverse(fmin(x, 1e6))), fmin(x, 1e6), 1e-9);
		assert_true(fabs(post_beta(a, b, u) + post_beta(b, a, 1 - u) - 1) < 1e-11);
		assert_true(fabs(post_student_quantile(u, df) / post_student_quantile(u, df * 1.000001) - 1) < 1e-4);
		near("the tail at a quantile", (double[3]){ u, df }, post_student_both(post_student_quantile(u, df), df), 1 - u, 1e-12);
		assert_true(post_student_both(t, df) >= post_student_both(t * 1.001, df));
		near("the exponential", seen, post_chi2_upper(x, 2), exp(-x / 2), 1e-12);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(golden_values),
		cmocka_unit_test(worked_example),
		cmocka_unit_test(edges),
		cmocka_unit_test(identities),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
