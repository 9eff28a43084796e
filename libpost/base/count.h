/* SPDX-License-Identifier: BSD-2-Clause */
/* Counts: what the sampler counted (samples, microseconds, bytes), exactly. */
#ifndef POST_COUNT_H
#define POST_COUNT_H

#include "buf.h"

/* A decimal number: whole + frac / 10^18.  { 0 } is zero. */
struct post_count {
	uint64_t	whole;
	uint64_t	frac;	/* under 10^18 */
};

/*
 * Read all of S, "12" or "12.5" or "12." (flamegraph.pl's grammar).
 * Returns 0, or -1: not such a number, or POST_COUNT_RANGE: one over 2^64-1
 * or with more than 18 decimals.
 */
enum { POST_COUNT_RANGE = -2 };

int	post_count_parse(struct post_str s, struct post_count *);

/* *a += b.  Returns 0, or -1 when the sum passes 2^64-1: *a is then as it was. */
static inline int
post_count_add(struct post_count *a, struct post_count b)
{
	const uint64_t one = UINT64_C(1000000000000000000);
	uint64_t frac = a->frac + b.frac, whole;

	if (__builtin_add_overflow(a->whole, b.whole, &whole) ||
	    (frac >= one && __builtin_add_overflow(whole, 1, &whole)))
		return -1;
	a->whole = whole;
	a->frac = frac >= one ? frac - one : frac;
	return 0;
}

/* Under 0, 0 or over 0. */
static inline int
post_count_cmp(struct post_count a, struct post_count b)
{
	return a.whole != b.whole ? (a.whole > b.whole) - (a.whole < b.whole) : (a.frac > b.frac) - (a.frac < b.frac);
}

double	post_count_real(struct post_count);			/* as a double, to an ulp */
void	post_put_count(struct post_buf *, struct post_count);	/* "12.5": no trailing zeros, no locale */

#endif
