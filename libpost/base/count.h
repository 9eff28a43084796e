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

#define POST_COUNT_ONE	UINT64_C(1000000000000000000)	/* of frac */

/* *a += b.  Returns 0, or -1 when the sum passes 2^64-1: *a is then as it was. */
static inline int
post_count_add(struct post_count *a, struct post_count b)
{
	uint64_t frac = a->frac + b.frac, whole;

	if (__builtin_add_overflow(a->whole, b.whole, &whole) ||
	    (frac >= POST_COUNT_ONE && __builtin_add_overflow(whole, 1, &whole)))
		return -1;
	a->whole = whole;
	a->frac = frac >= POST_COUNT_ONE ? frac - POST_COUNT_ONE : frac;
	return 0;
}

/* *a -= b, which is not more. */
static inline void
post_count_sub(struct post_count *a, struct post_count b)
{
	bool borrow = a->frac < b.frac;

	a->frac = a->frac + (borrow ? POST_COUNT_ONE : 0) - b.frac;
	a->whole = a->whole - b.whole - borrow;
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
