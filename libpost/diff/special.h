/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Special functions that libm lacks, to 1e-12 relative where a test of a
 * profile needs them.  (Debian's libraries that have them are GPL, C++ or
 * bindings of another language.)
 */
#ifndef POST_SPECIAL_H
#define POST_SPECIAL_H

double	post_digamma(double x);		/* of x over 0 (Abramowitz and Stegun 6.3.18) */
double	post_trigamma(double x);	/* its derivative, of x over 0 (6.4.12) */
double	post_tetragamma(double x);	/* and that one's, which is under 0 (6.4.14) */

/* The x over 0 whose trigamma is Y, over 0: Newton's method as G. K. Smyth has it (2004, doi:10.2202/1544-6115.1027, appendix). */
double	post_trigamma_inverse(double y);

/* The regularized incomplete beta function I_x(a, b): a, b over 0, x from 0 to 1. */
double	post_beta(double a, double b, double x);

/* The regularized upper incomplete gamma function Q(a, x): a over 0, x at least 0. */
double	post_gamma_upper(double a, double x);

/* P(|T| > t) of Student's distribution with DF degrees of freedom, t at least 0; from 1e6 on, and for infinity, the normal one. */
double	post_student_both(double t, double df);

/* The t that a |T| stays below with the probability P, 0 to 1: 2.228... of 0.95 and 10.  Cost: some 64 times post_student_both. */
double	post_student_quantile(double p, double df);

/* P(X > x) of chi-squared with DF degrees of freedom. */
double	post_chi2_upper(double x, double df);

#endif
