/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A&S is Abramowitz and Stegun's Handbook of Mathematical Functions, DLMF is
 * dlmf.nist.gov.  What would cancel is written so that it does not: tails are
 * computed as tails, and powers over gamma functions by their distance from
 * the mode, because what lgamma(3) gives for 1e6 has lost seven digits.
 */
#include <float.h>
#include <math.h>
#include <stddef.h>
#include "special.h"

#define PI	3.14159265358979323846

enum {
	ASYMPTOTIC = 15,	/* from here on the series of Bernoulli numbers give all digits of a double */
	STEPS = 20000		/* of a continued fraction or a series: a thousand do for parameters of 1e6 */
};

#define NORMAL_FROM	1e6	/* degrees of freedom */
#define SQUARE_MAX	1e150	/* a t beyond it has no square */

/* B_2, B_4, ... B_16: A&S table 23.2. */
static const double bernoulli[] = {
	1 / 6.0, -1 / 30.0, 1 / 42.0, -1 / 30.0, 5 / 66.0, -691 / 2730.0, 7 / 6.0, -3617 / 510.0
};
enum { BERNOULLI = sizeof bernoulli / sizeof *bernoulli };

/* c[0] + c[1] x + ... */
static double
polynomial(const double *c, size_t n, double x)
{
	double sum = 0;

	while (n-- > 0)
		sum = sum * x + c[n];
	return sum;
}

/* The sum of B_2k WEIGHT(k) / z^2k over k from 1, the smallest terms first. */
static double
bernoulli_sum(double z, double (*weight)(int k))
{
	double c[BERNOULLI];
	int k;

	for (k = 1; k <= BERNOULLI; k++)
		c[k - 1] = bernoulli[k - 1] * weight(k);
	return polynomial(c, BERNOULLI, 1 / z / z) / z / z;
}

/*
 * Taylor's series about the one zero over 0, where the sum of the recurrence
 * would be all rounding: psi^(k)(x0) / k!, and x0 as a double and the rest.
 */
static double
digamma_near_zero(double x)
{
	static const double c[] = {
		0, 0.96767224544762117, -0.44276316898359211, 0.25849976095565101, -0.16394270544240653, 0.10782405069126237,
		-0.072199561256454711, 0.048804288164143107, -0.033161126474847359, 0.022597648232218105, -0.015424765904948959,
		0.010538791616612175, -0.0072045345863568682, 0.0049267813957298534, -0.0033698016554393281, 0.0023051263267349278
	};

	return polynomial(c, sizeof c / sizeof *c, x - 1.4616321449683622 - 9.5499954299656977e-17);
}

static double
weight_digamma(int k)
{
	return 1.0 / (2 * k);
}

/* A&S 6.3.5 and 6.3.18. */
double
post_digamma(double x)
{
	double below = 0;

	if (fabs(x - 1.4616321449683622) < 0.1)
		return digamma_near_zero(x);
	for (; x > 0 && x < ASYMPTOTIC; x++)
		below += 1 / x;
	return log(x) - 1 / (2 * x) - bernoulli_sum(x, weight_digamma) - below;
}

static double
weight_trigamma(int k)
{
	(void)k;
	return 1;
}

/* A&S 6.4.6 and 6.4.12. */
double
post_trigamma(double x)
{
	double below = 0;

	for (; x > 0 && x < ASYMPTOTIC; x++)
		below += 1 / x / x;
	return below + (1 + 1 / (2 * x) + bernoulli_sum(x, weight_trigamma)) / x;
}

static double
weight_tetragamma(int k)
{
	return 2 * k + 1;
}

/* A&S 6.4.6 and 6.4.14. */
double
post_tetragamma(double x)
{
	double below = 0;

	for (; x > 0 && x < ASYMPTOTIC; x++)
		below += 2 / x / x / x;
	return -below - (1 + 1 / x + bernoulli_sum(x, weight_tetragamma)) / x / x;
}

/* The function is convex, and the start is left of the zero: the steps go one way and end quickly. */
double
post_trigamma_inverse(double y)
{
	double x = 0.5 + 1 / y, step;
	int i;

	if (y > 1e7)
		return 1 / sqrt(y);
	if (y < 1e-6)
		return 1 / y;
	for (i = 0; i < 50; i++) {
		double got = post_trigamma(x);

		step = got * (1 - got / y) / post_tetragamma(x);
		x += step;
		if (-step / x < 1e-8)
			break;
	}
	return x;
}

/* log(1 + x) - x: A&S 4.1.27 with the first term taken out. */
static double
log1p_less(double x)
{
	double r = x / (2 + x), rr = r * r, power = 1, sum = 0, term = 1;
	int k;

	if (x < -0.5 || x > 1)
		return log1p(x) - x;
	for (k = 3; term > DBL_EPSILON * sum / 4; k += 2, power *= rr)
		sum += term = power / k;
	return r * (2 * rr * sum - x);
}

/* MODE log(VALUE / MODE) - (VALUE - MODE), where AWAY is VALUE - MODE without the rounding of VALUE. */
static double
distance(double mode, double value, double away)
{
	double r = away / mode;

	return r < -0.5 ? mode * (log(value / mode) - r) : mode * log1p_less(r);
}

static double
weight_stirling(int k)
{
	return 1.0 / (2 * k * (2 * k - 1));
}

/* log Gamma(x) less Stirling's formula: A&S 6.1.41. */
static double
stirling_rest(double x)
{
	int sign;

	if (x >= ASYMPTOTIC)
		return bernoulli_sum(x, weight_stirling) * x;
	return lgamma_r(x, &sign) - (x - 0.5) * log(x) + x - log(2 * PI) / 2;
}

/* A continued fraction, b0 + a1/(b1 + a2/(b2 + ...)), by Lentz's method as Thompson and Barnett modified it (1986). */
struct fraction {
	double	value, above, below;
};

static double
not_zero(double x)
{
	return fabs(x) < 1e-300 ? 1e-300 : x;
}

static struct fraction
fraction_begin(double b0)
{
	return (struct fraction){ not_zero(b0), not_zero(b0), 0 };
}

/* Returns by how much the value changed, as a factor. */
static double
fraction_step(struct fraction *f, double a, double b)
{
	double factor;

	f->above = not_zero(b + a / f->above);
	f->below = 1 / not_zero(b + a * f->below);
	factor = f->above * f->below;
	f->value *= factor;
	return factor;
}

/* x^a y^b / B(a, b), y being 1 - x. */
static double
beta_power(double a, double b, double x, double y)
{
	double n = a + b, away = x * b - y * a;
	double rest = stirling_rest(n) - stirling_rest(a) - stirling_rest(b);

	return sqrt(a / n * (b / (2 * PI))) * exp(distance(a, x * n, away) + distance(b, y * n, -away) + rest);
}

/*
 * The even part of DLMF 8.17.22 as DiDonato and Morris write it (1992,
 * doi:10.1145/131766.131776, BFRAC), for x up to the mean, a / (a + b).
 * A&S 26.5.8 itself knows y as 1 - x alone, which is not enough near 1.
 */
static double
beta_fraction(double a, double b, double x, double y)
{
	double beyond = a * y - b * x;
	struct fraction f = fraction_begin(a / (a + 1) * (beyond + 1));
	int n = 0;
	double factor;

	do {
		double m = ++n, odd = a + 2 * m - 1;

		factor = fraction_step(&f, (a + m - 1) / odd * ((a + b + m - 1) / odd) * m * (b - m) * x * x,
		    m + m * (b - m) * x / odd + (a + m) / (odd + 2) * (beyond + 1 + m * (1 + y)));
	} while (fabs(factor - 1) > DBL_EPSILON && n < STEPS);
	return beta_power(a, b, x, y) / f.value;
}

/* Y is 1 - x, which the caller may know better. */
static double
beta_of(double a, double b, double x, double y)
{
	if (!(x > 0))
		return x;
	if (!(y > 0))
		return 1;
	return b * x <= a * y ? beta_fraction(a, b, x, y) : 1 - beta_fraction(b, a, y, x);
}

double
post_beta(double a, double b, double x)
{
	return beta_of(a, b, x, 1 - x);
}

/* x^a e^-x / Gamma(a). */
static double
gamma_power(double a, double x)
{
	return sqrt(a / (2 * PI)) * exp(distance(a, x, x - a) - stirling_rest(a));
}

/* P(a, x): DLMF 8.11.4. */
static double
gamma_series(double a, double x)
{
	double sum = 1, term = 1;
	int k;

	for (k = 1; term > DBL_EPSILON * sum / 4 && k < STEPS; k++)
		sum += term *= x / (a + k);
	return gamma_power(a, x) / a * sum;
}

/* Q(a, x): DLMF 8.9.2 in its even part, A&S 6.5.31. */
static double
gamma_fraction(double a, double x)
{
	struct fraction f = fraction_begin(x + 1 - a);
	int k = 1;

	while (fabs(fraction_step(&f, k * (a - k), x + 2.0 * k + 1 - a) - 1) > DBL_EPSILON && k < STEPS)
		k++;
	return gamma_power(a, x) / f.value;
}

/* lgamma(1 + a), which sees the digits of a small A that 1 + a has lost. */
static double
lgamma_behind_1(double a)
{
	double near = 1 + a;
	int sign;

	return lgamma_r(near, &sign) + post_digamma(near) * (a - (near - 1));
}

/* Q(a, x) for a and x under 1, where P may be nearly 1: DLMF 8.7.1 with its first term taken from 1. */
static double
gamma_small(double a, double x)
{
	double first = a * log(x) - lgamma_behind_1(a), sum = 0, term = 1;
	int k;

	for (k = 1; k < 20; k++) {
		term *= -x / k;
		sum += term / (a + k);
	}
	return -expm1(first) - exp(first) * a * sum;
}

double
post_gamma_upper(double a, double x)
{
	if (!(x > 0))
		return 1 - x;
	if (isinf(x))
		return 0;
	if (a < 1 && x < 1)
		return gamma_small(a, x);
	return a >= 1 && x < a + 1 ? 1 - gamma_series(a, x) : gamma_fraction(a, x);
}

double
post_chi2_upper(double x, double df)
{
	return post_gamma_upper(df / 2, x / 2);
}

/* The first term of P(|T| > t) is all of it when t is so large. */
static double
student_far(double t, double df)
{
	double a = df / 2;

	return exp(a * (log(df) - 2 * log(t)) + log(beta_power(a, 0.5, 0.5, 0.5)) + (a + 0.5) * log(2)) / a;
}

/* P(|T| > t), or what is left of it: A&S 26.7.1 and 26.5.27. */
static double
student(double t, double df, int above)
{
	double x = 1 / (1 + t * t / df), y = 1 / (1 + df / t / t);

	if (df >= NORMAL_FROM)
		return above ? erfc(t / sqrt(2)) : erf(t / sqrt(2));
	if (t > SQUARE_MAX)
		return above ? student_far(t, df) : 1 - student_far(t, df);
	return above ? beta_of(df / 2, 0.5, x, y) : beta_of(0.5, df / 2, y, x);
}

double
post_student_both(double t, double df)
{
	return student(t, df, 1);
}

/* By halving on a scale of logarithms: sixty-odd tails, and nothing that can go astray. */
double
post_student_quantile(double p, double df)
{
	double low = -745, high = 709;
	int i;

	if (!(p > 0) || p >= 1)
		return p >= 1 ? INFINITY : p;
	for (i = 0; i < 64; i++) {
		double middle = (low + high) / 2, t = exp(middle);

		if (p < 0.5 ? student(t, df, 0) < p : student(t, df, 1) > 1 - p)
			low = middle;
		else
			high = middle;
	}
	return exp((low + high) / 2);
}
