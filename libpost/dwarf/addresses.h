/* SPDX-License-Identifier: BSD-2-Clause */
/* Addresses that are looked up, sorted: where a range of them begins, and which are still to be found. */
#ifndef POST_ADDRESSES_H
#define POST_ADDRESSES_H

#include "../base/mem.h"

/* The first of the addresses PC[LO] to PC[HI - 1] that is not under AT, or HI. */
static inline size_t
post_first_from(const uint64_t *pc, size_t lo, size_t hi, uint64_t at)
{
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (pc[mid] < at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* Which of a row of things are left, passing over any number that are done at once. */
struct post_pending {
	size_t	 n;
	size_t	*next;	/* [i] is i when i is left; else it is behind i, and what lies between is done */
};

static inline void
post_pending_init(struct post_pending *t, size_t n)
{
	t->n = n;
	t->next = post_resize(NULL, n + 1, sizeof *t->next);
	for (size_t i = 0; i <= n; i++)
		t->next[i] = i;
}

/* The first from I on that is left; n: none.  Each step halves the way for the next time. */
static inline size_t
post_pending_from(struct post_pending *t, size_t i)
{
	size_t *next = t->next;

	while (next[i] != i)
		i = next[i] = next[next[i]];
	return i;
}

/* I is done.  Returns the first behind it that is left. */
static inline size_t
post_pending_done(struct post_pending *t, size_t i)
{
	return t->next[i] = post_pending_from(t, i + 1);
}

#endif
