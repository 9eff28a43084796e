/* SPDX-License-Identifier: BSD-2-Clause */
#include <math.h>
#include <stdlib.h>
#include "noise.h"
#include "special.h"

static const double nothing = 1e-12;	/* keeps a variance of none from being divided by */

static double
kappa(const struct post_design *d, double p)
{
	return d->work ? p : p * (1 - p);
}

/* The sums of the sides, and of both. */
struct sums {
	double	y[POST_BOTH_SIDES + 1], exposure[POST_BOTH_SIDES + 1];
};

static struct sums
sums_of(const struct post_design *d, const double *y, const double *exposure)
{
	struct sums s = { { 0 }, { 0 } };

	for (size_t r = 0; r < d->n; r++) {
		s.y[d->side[r]] += y[r];
		s.exposure[d->side[r]] += exposure[r];
	}
	s.y[POST_BOTH_SIDES] = s.y[POST_BEFORE] + s.y[POST_AFTER];
	s.exposure[POST_BOTH_SIDES] = s.exposure[POST_BEFORE] + s.exposure[POST_AFTER];
	return s;
}

static double
rate(const struct sums *s, int side)
{
	return s->exposure[side] > 0 ? s->y[side] / s->exposure[side] : 0;
}

/* The variance between runs of a side, as a multiple of the binomial one. */
static double
raw_dispersion(const struct post_design *d, const double *y, const double *exposure, const struct sums *s, double df)
{
	double k = kappa(d, rate(s, POST_BOTH_SIDES)), sum = 0;

	for (size_t r = 0; r < d->n; r++) {
		double off = y[r] - exposure[r] * rate(s, d->side[r]);

		sum += off * off / (exposure[r] * k + nothing);
	}
	return sum / df;
}

/* The mean of the dispersions over their trend, less 1: it falls with X. */
static double
excess(const double *dispersion, const double *mean, size_t n, double x)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += dispersion[i] / (1 + mean[i] * x);
	return sum / (double)n - 1;
}

/* The square of sigma that makes that mean 1. */
static double
common_variation(const double *dispersion, const double *mean, size_t n)
{
	double low = 0, high = 1;

	if (excess(dispersion, mean, n, 0) <= 0)
		return 0;
	while (excess(dispersion, mean, n, high) > 0)
		high *= 4;
	for (int i = 0; i < 80; i++) {
		double middle = (low + high) / 2;

		if (excess(dispersion, mean, n, middle) > 0)
			low = middle;
		else
			high = middle;
	}
	return (low + high) / 2;
}

static int
by_value(const void *pa, const void *pb)
{
	double a = *(const double *)pa, b = *(const double *)pb;

	return (a > b) - (a < b);
}

static double
median(const double *v, size_t n)
{
	double *sorted = post_resize(NULL, n, sizeof *sorted), m;

	memcpy(sorted, v, n * sizeof *sorted);
	qsort(sorted, n, sizeof *sorted, by_value);
	m = n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
	free(sorted);
	return m;
}

/* The prior of what is LEFT of the dispersions without the trend, by their logarithms' mean and variance. */
static void
learn_prior(struct post_noise *noise, const double *left, size_t n)
{
	double least = 1e-5 * fmax(median(left, n), 1e-8), half = noise->df / 2, mean = 0, variance = 0, off;
	size_t i;

	for (i = 0; i < n; i++)
		mean += log(fmax(left[i], least)) - post_digamma(half) + log(half);
	mean /= (double)n;
	for (i = 0; i < n; i++) {
		off = log(fmax(left[i], least)) - post_digamma(half) + log(half) - mean;
		variance += off * off;
	}
	variance = n > 1 ? variance / (double)(n - 1) - post_trigamma(half) : 0;
	noise->d0 = variance > 0 ? fmin(2 * post_trigamma_inverse(variance), POST_NOISE_D0_MAX) : POST_NOISE_D0_MAX;
	noise->s0 = exp(variance > 0 ? mean + post_digamma(noise->d0 / 2) - log(noise->d0 / 2) : mean);
}

static double
mean_of(const double *v, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += v[i];
	return sum / (double)n;
}

void
post_noise_learn(struct post_noise *noise, const struct post_design *d, const double *y, size_t n, const double *exposure, double sigma)
{
	size_t sides = (d->runs[POST_BEFORE] > 0) + (d->runs[POST_AFTER] > 0), i;
	double *dispersion, *mean;

	*noise = (struct post_noise){ .sigma2 = sigma * sigma, .exposure = mean_of(exposure, d->n), .df = (double)(d->n - sides) };
	noise->t95 = post_student_quantile(0.95, INFINITY);
	if (noise->df == 0 || n == 0)
		return;
	dispersion = post_resize(NULL, n, sizeof *dispersion);
	mean = post_resize(NULL, n, sizeof *mean);
	for (i = 0; i < n; i++) {
		struct sums s = sums_of(d, y + i * d->n, exposure);

		dispersion[i] = raw_dispersion(d, y + i * d->n, exposure, &s, noise->df);
		mean[i] = noise->exposure * rate(&s, POST_BOTH_SIDES);
	}
	noise->sigma2 = common_variation(dispersion, mean, n);
	for (i = 0; i < n; i++)
		dispersion[i] /= 1 + mean[i] * noise->sigma2;
	learn_prior(noise, dispersion, n);
	noise->t95 = post_student_quantile(0.95, noise->d0 + noise->df);
	free(dispersion);
	free(mean);
}

/* The variance of a difference of rates, and the dispersion in it. */
static double
variance_of(const struct post_noise *noise, const struct post_design *d, const double *y, const double *exposure, const struct sums *s,
    double *phi)
{
	double p = rate(s, POST_BOTH_SIDES), trend = 1 + noise->exposure * p * noise->sigma2;
	double base = kappa(d, p) * (1 / s->exposure[POST_BEFORE] + 1 / s->exposure[POST_AFTER]), variance;

	if (noise->df > 0) {
		*phi = fmax(1, trend * (noise->d0 * noise->s0 + noise->df * raw_dispersion(d, y, exposure, s, noise->df) / trend) /
		    (noise->d0 + noise->df));
		return *phi * base;
	}
	variance = base + noise->sigma2 * p * p * (1 / (double)d->runs[POST_BEFORE] + 1 / (double)d->runs[POST_AFTER]);
	*phi = base > 0 ? variance / base : 1;
	return variance;
}

void
post_noise_test(const struct post_noise *noise, const struct post_design *d, const double *y, const double *exposure,
    struct post_change_seen *seen)
{
	struct sums s = sums_of(d, y, exposure);
	double phi, variance = variance_of(noise, d, y, exposure, &s, &phi), width;

	*seen = (struct post_change_seen){ .before = rate(&s, POST_BEFORE), .after = rate(&s, POST_AFTER),
	    .df = noise->df > 0 ? noise->d0 + noise->df : INFINITY, .phi = phi, .q = 1 };
	seen->delta = seen->after - seen->before;
	seen->t = variance > 0 ? seen->delta / sqrt(variance) : 0;
	seen->p = post_student_both(fabs(seen->t), seen->df);
	width = variance > 0 ? noise->t95 * sqrt(variance) : 0;
	seen->low = seen->delta - width;
	seen->high = seen->delta + width;
}

static int
by_p(const void *pa, const void *pb)
{
	double a = (*(struct post_change_seen *const *)pa)->p, b = (*(struct post_change_seen *const *)pb)->p;

	return (a > b) - (a < b);
}

void
post_fdr(struct post_change_seen **seen, size_t n, bool dependent)
{
	double least = 1, more = 0;
	size_t i;

	for (i = 1; dependent && i <= n; i++)
		more += 1 / (double)i;
	if (n > 0)
		qsort(seen, n, sizeof *seen, by_p);
	for (i = n; i-- > 0;) {
		double q = seen[i]->p * (double)n / (double)(i + 1) * (dependent ? more : 1);

		least = q < least ? q : least;
		seen[i]->q = fmax(least, seen[i]->p);	/* rounding aside they are so */
	}
}
