/* SPDX-License-Identifier: BSD-2-Clause */
/* The edges of a tree, as tree.c makes them. */
#ifndef POST_EDGES_H
#define POST_EDGES_H

#include "tree.h"

/* The children of wide edges. */
struct post_tree_slot {
	uint32_t	wide, edge;	/* edge 0: free */
};

/* What a stack brings to each edge that it goes through. */
struct post_edge_counts {
	struct post_count	wide, before, after;
};

/* Where a child is looked for: the slot of that number, modulo tree->slots, or one behind it. */
static inline uint64_t
post_edge_hash(const struct post_tree *t, uint32_t wide, uint32_t name)
{
	uint64_t h = ((uint64_t)wide << 32 | name) ^ t->seed;

	h = (h ^ h >> 32) * 0x9e3779b97f4a7c15;
	h = (h ^ h >> 29) * 0xbf58476d1ce4e5b9;
	return h ^ h >> 32;
}

/* Room for MORE more things of SIZE bytes beside the N that P has; returns P, perhaps moved. */
void		*post_edge_grow(void *p, size_t n, size_t more, size_t *cap, size_t size);

static inline void *
post_edge_room(void *p, size_t n, size_t more, size_t *cap, size_t size)
{
	return *cap - n >= more ? p : post_edge_grow(p, n, more, cap, size);
}

/* A new edge without relatives, for N frames of which tree->rest holds all but the first from REST on. */
uint32_t	 post_edge_new(struct post_tree *, uint32_t name, size_t n, size_t rest);

/* FRAME's N frames, N > 0, become an edge that hangs from PARENT. */
uint32_t	 post_edge_hang(struct post_tree *, uint32_t parent, const uint32_t *frame, size_t n);

/*
 * Cut EDGE after K of its frames, 0 < K < len.  The upper part keeps the
 * number, so that its parent need not know; the lower part takes the children,
 * whose hash is keyed by a number that it takes along.
 */
void		 post_edge_split(struct post_tree *, uint32_t edge, size_t k);

/* Frames of an edge; a gap, which is the last one if any, is none. */
static inline uint64_t
post_edge_frames(const struct post_tree *t, uint32_t edge)
{
	const struct post_edge *e = &t->edge[edge];

	if (!t->chart || e->len == 0)
		return e->len;
	return e->len - ((e->len == 1 ? e->name : t->rest[e->rest + e->len - 2]) == (uint32_t)POST_GAP);
}

/* One more stack through EDGE; the totals have been checked, and no edge has more. */
static inline void
post_edge_add(struct post_tree *t, uint32_t edge, const struct post_edge_counts *more)
{
	struct post_count c = { t->edge[edge].count, t->frac != NULL ? t->frac[edge] : 0 };

	(void)post_count_add(&c, more->wide);
	t->edge[edge].count = c.whole;
	if (t->frac != NULL)
		t->frac[edge] = c.frac;
	if (t->before != NULL)
		(void)post_count_add(&t->before[edge], more->before);
	if (t->after != NULL)
		(void)post_count_add(&t->after[edge], more->after);
}

#endif
