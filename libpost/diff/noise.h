/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How much counts vary from run to run, learnt from all sets of a family at
 * once, and what a difference is worth against that.
 *
 * A set's variance is its binomial one (of a rate: Poisson's) times a
 * dispersion.  A common variation of shares, sigma, makes the trend: the
 * dispersion grows with the count.  What is left of each set is drawn to the
 * prior that all of them give together, as limma and edgeR do for genes
 * (G. K. Smyth, 2004, doi:10.2202/1544-6115.1027), and is never under 1.
 */
#ifndef POST_NOISE_H
#define POST_NOISE_H

#include "diff.h"

#define POST_NOISE_ASSUMED_SIGMA	0.10	/* of a pair of runs, when nobody knows */
#define POST_NOISE_D0_MAX		10.0	/* the prior's weight, in degrees of freedom: without a limit too many false alarms */

/* The runs that counts are of.  Borrowed. */
struct post_design {
	const uint8_t	*side;		/* by run */
	size_t		 n;
	size_t		 runs[POST_BOTH_SIDES];
	bool		 work;		/* counts have Poisson's variance, not the binomial one */
};

struct post_noise {
	double	sigma2;		/* the square of the variation from run to run */
	double	d0, s0;		/* the prior; 0 with one run a side */
	double	exposure;	/* the mean of the runs that it was learnt from */
	double	df;		/* of a set's own variance: runs - sides */
	double	t95;		/* how far off 95 % of all differences are, in standard errors */
};

/*
 * Learn from the counts Y of N sets, those of a set together (one a run), and
 * the runs' exposures.  With one run a side SIGMA is all that is known.
 */
void	post_noise_learn(struct post_noise *, const struct post_design *, const double *y, size_t n, const double *exposure, double sigma);

/*
 * Test the counts Y of one set, one a run.  q is 1 until post_fdr.
 * An exposure of a side is over 0.
 */
void	post_noise_test(const struct post_noise *, const struct post_design *, const double *y, const double *exposure,
	    struct post_change_seen *);

/*
 * Make q of the p of N tests: the part of wrong ones among all that are called
 * by Benjamini and Hochberg (1995), or for dependent tests by Benjamini and
 * Yekutieli (2001).  Cost: a sort.
 */
void	post_fdr(struct post_change_seen **seen, size_t n, bool dependent);

#endif
