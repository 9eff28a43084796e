/* SPDX-License-Identifier: BSD-2-Clause */
/* Choosing what is kept: from the counts of edges, without a walk. */
#include <math.h>
#include <stdlib.h>
#include "edges.h"
#include "prune.h"

/*
 * A size is the leading bits of a count as a double: 16 steps for each power
 * of 2.  All small whole numbers have one of their own.
 */
enum {
	STEPS = 4,		/* bits of the mantissa */
	LEAST = 1023 - 60,	/* exponent of 10^-18, and less */
	MOST = 1023 + 64,
	SIZES = (MOST - LEAST + 1) << STEPS
};

static size_t
size_of(struct post_count c)
{
	double real = post_count_real(c);
	uint64_t bits;

	memcpy(&bits, &real, sizeof bits);
	bits >>= 52 - STEPS;
	return bits < (uint64_t)LEAST << STEPS ? 0 : (size_t)(bits - ((uint64_t)LEAST << STEPS));
}

/* The smallest count of a size, or a little more. */
static struct post_count
count_of(size_t size)
{
	uint64_t bits = ((uint64_t)size + ((uint64_t)LEAST << STEPS)) << (52 - STEPS);
	double real, whole;

	memcpy(&real, &bits, sizeof real);
	if (size == 0 || real >= 0x1p64)
		return (struct post_count){ size == 0 ? 0 : UINT64_MAX, 0 };
	whole = (double)(uint64_t)real;
	return (struct post_count){ (uint64_t)real, (uint64_t)ceil((real - whole) * 1e18) };
}

void
post_prune_begin(struct post_prune *p, const struct post_tree *t)
{
	*p = (struct post_prune){ .tree = t, .frames = post_tree_frames(t) };
}

static void
count_sizes(struct post_prune *p)
{
	const struct post_tree *t = p->tree;
	uint32_t i;

	p->sized = post_resize(NULL, SIZES, sizeof *p->sized);
	memset(p->sized, 0, SIZES * sizeof *p->sized);
	for (i = 1; i < t->n; i++) {
		struct post_count c = { t->edge[i].count, t->frac != NULL ? t->frac[i] : 0 };

		if (t->before != NULL && !t->compared && post_count_cmp(t->before[i], c) > 0)
			c = t->before[i];
		p->sized[size_of(c)] += post_edge_frames(t, i);
	}
}

/* An edge's children are all summed when the way leads back to it. */
static void
count_standing(struct post_prune *p)
{
	const struct post_tree *t = p->tree;
	uint32_t *way = NULL, e = 0;
	size_t n = 0, cap = 0;

	p->standing = post_resize(NULL, t->n, sizeof *p->standing);
	memset(p->standing, 0, t->n * sizeof *p->standing);
	for (;;) {
		for (; t->edge[e].child != 0; e = t->edge[e].child) {
			way = post_room(way, n, &cap, sizeof *way);
			way[n++] = e;
		}
		while (n > 0) {
			p->standing[way[n - 1]] += post_edge_frames(t, e) + p->standing[e];
			if (t->edge[e].next != 0)
				break;
			e = way[--n];
		}
		if (n == 0)
			break;
		e = t->edge[e].next;
	}
	free(way);
}

uint64_t
post_prune_to(struct post_prune *p, uint64_t most, struct post_count drawn)
{
	uint64_t kept = 0;
	size_t size = SIZES;

	p->floor = p->below = (struct post_count){ 0 };
	p->left = 0;
	if (most >= p->frames)
		return p->frames;
	if (p->sized == NULL) {
		count_sizes(p);
		count_standing(p);
	}
	while (size > 0 && (kept + p->sized[size - 1] <= most || post_count_cmp(count_of(size - 1), drawn) >= 0))
		kept += p->sized[--size];
	p->floor = count_of(size);
	if (post_count_cmp(p->floor, drawn) > 0)
		p->floor = drawn;
	if (size > 0 && kept < most) {
		p->below = count_of(size - 1);
		p->left = most - kept;
		kept = most;
	}
	return kept;
}

uint64_t
post_prune_subtree(const struct post_prune *p, const struct post_walk *w)
{
	return post_edge_frames(p->tree, w->edge) - w->at + p->standing[w->edge];
}

void
post_prune_free(struct post_prune *p)
{
	free(p->sized);
	free(p->standing);
	*p = (struct post_prune){ 0 };
}
