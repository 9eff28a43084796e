/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <sys/mman.h>
#include "edges.h"

enum {
	NARROW = 4,		/* children beyond which an edge is wide */
	HUGE = 2 << 20		/* bytes of a huge page */
};

/* As post_resize, but at the start of a huge page: large arrays are read at random here. */
static void *
resize_huge(void *old, size_t used, size_t bytes)
{
	void *p;

	if (posix_memalign(&p, HUGE, bytes) != 0)
		return post_resize(old, bytes, 1);
	(void)madvise(p, bytes & ~((size_t)HUGE - 1), MADV_HUGEPAGE);
	memcpy(p, old, used);
	free(old);
	return p;
}

void *
post_edge_grow(void *p, size_t n, size_t more, size_t *cap, size_t size)
{
	if (*cap == 0)
		*cap = 64;
	while (*cap - n < more)
		*cap *= 2;
	return n > 0 && *cap >= 2 * HUGE / size ? resize_huge(p, n * size, *cap * size) : post_resize(p, *cap, size);
}

static void
put_slot(struct post_tree *t, uint32_t wide, uint32_t edge)
{
	size_t at = post_edge_hash(t, wide, t->edge[edge].name) & (t->slots - 1);

	while (t->slot[at].edge != 0)
		at = (at + 1) & (t->slots - 1);
	t->slot[at] = (struct post_tree_slot){ wide, edge };
	t->used++;
}

/* The table stays less than half full. */
static void
more_slots(struct post_tree *t)
{
	struct post_tree_slot *old = t->slot;
	size_t i, n = t->slots;

	if (2 * (t->used + 1) <= t->slots)
		return;
	t->slots = n == 0 ? 256 : 2 * n;
	t->slot = post_resize(NULL, t->slots, sizeof *t->slot);
	memset(t->slot, 0, t->slots * sizeof *t->slot);
	t->used = 0;
	for (i = 0; i < n; i++)
		if (old[i].edge != 0)
			put_slot(t, old[i].wide, old[i].edge);
	free(old);
}

static void
remember(struct post_tree *t, uint32_t wide, uint32_t edge)
{
	more_slots(t);
	put_slot(t, wide, edge);
}

/* PARENT has a new child: its list of children is perhaps too long now. */
static void
widen(struct post_tree *t, uint32_t parent)
{
	uint32_t e, n = 0;

	for (e = t->edge[parent].child; e != 0 && n <= NARROW; e = t->edge[e].next)
		n++;
	if (n <= NARROW)
		return;
	t->edge[parent].wide = ++t->nwide;
	for (e = t->edge[parent].child; e != 0; e = t->edge[e].next)
		remember(t, t->nwide, e);
}

/* What an edge has beside itself grows with the array of edges, and begins with zero. */
static void *
grow_beside(void *p, size_t old, size_t cap, size_t size)
{
	char *grown = post_resize(p, cap, size);

	memset(grown + old * size, 0, (cap - old) * size);
	return grown;
}

uint32_t
post_edge_new(struct post_tree *t, uint32_t name, size_t n, size_t rest)
{
	size_t cap = t->cap;

	t->edge = post_edge_room(t->edge, t->n, 1, &t->cap, sizeof *t->edge);
	if (t->frac != NULL && cap != t->cap)
		t->frac = grow_beside(t->frac, cap, t->cap, sizeof *t->frac);
	if (t->before != NULL && cap != t->cap)
		t->before = grow_beside(t->before, cap, t->cap, sizeof *t->before);
	if (t->after != NULL && cap != t->cap)
		t->after = grow_beside(t->after, cap, t->cap, sizeof *t->after);
	t->edge[t->n] = (struct post_edge){ .name = name, .len = (uint32_t)n & 0x1fffffff, .rest = (uint32_t)rest };
	return (uint32_t)t->n++;
}

/* The list of PARENT's children gets E.  The oldest stays first: it is the one most looked for. */
static void
link_child(struct post_tree *t, uint32_t parent, uint32_t e)
{
	uint32_t first = t->edge[parent].child;

	t->edge[e].next = first == 0 ? 0 : t->edge[first].next;
	*(first == 0 ? &t->edge[parent].child : &t->edge[first].next) = e;
	t->edge[parent].sorted = 0;
	if (t->edge[parent].wide != 0)
		remember(t, t->edge[parent].wide, e);
	else
		widen(t, parent);
}

/* The same in a chart. */
static void
append_child(struct post_tree *t, uint32_t parent, uint32_t e)
{
	struct post_edge *p = &t->edge[parent];

	*(p->child == 0 ? &p->child : &t->edge[p->wide].next) = e;
	p->wide = e;
}

uint32_t
post_edge_hang(struct post_tree *t, uint32_t parent, const uint32_t *frame, size_t n)
{
	uint32_t e = post_edge_new(t, *frame, n, t->nrest);

	if (t->nrest + n > UINT32_MAX || t->n > UINT32_MAX)
		(void)post_resize(NULL, SIZE_MAX, SIZE_MAX);	/* 16 GB: as good as no memory */
	t->rest = post_edge_room(t->rest, t->nrest, n - 1, &t->caprest, sizeof *t->rest);
	if (n > 1)
		memcpy(t->rest + t->nrest, frame + 1, (n - 1) * sizeof *frame);
	t->nrest += n - 1;
	if (t->chart)
		append_child(t, parent, e);
	else
		link_child(t, parent, e);
	return e;
}

void
post_edge_split(struct post_tree *t, uint32_t edge, size_t k)
{
	size_t rest = t->edge[edge].rest + k;
	uint32_t e = post_edge_new(t, t->rest[rest - 1], t->edge[edge].len - k, rest);
	struct post_edge *upper = &t->edge[edge], *lower = &t->edge[e];

	lower->count = upper->count;
	lower->ends = upper->ends;
	lower->sorted = upper->sorted;
	lower->child = upper->child;
	lower->wide = upper->wide;
	upper->len = (uint32_t)k & 0x1fffffff;
	upper->ends = 0;
	upper->sorted = 1;
	upper->child = e;
	upper->wide = t->chart ? e : 0;
	if (t->frac != NULL)
		t->frac[e] = t->frac[edge];
	if (t->before != NULL)
		t->before[e] = t->before[edge];
	if (t->after != NULL)
		t->after[e] = t->after[edge];
}

uint64_t
post_tree_frames(const struct post_tree *t)
{
	uint64_t n = 0;
	uint32_t i;

	for (i = 1; i < t->n; i++)
		n += post_edge_frames(t, i);
	return n;
}
