/* SPDX-License-Identifier: BSD-2-Clause */
/* Building the tree: find where a stack leaves what is known, add the rest as one edge. */
#include <assert.h>
#include <stdlib.h>
#include <sys/mman.h>
#include "tree.h"

enum {
	NARROW = 4,		/* children beyond which an edge is wide */
	WAITING = 32,		/* stacks walked at once, to wait for memory together */
	LONG = 1 << 12,		/* frames beyond which a stack does not wait */
	HUGE = 2 << 20		/* bytes of a huge page */
};

struct post_tree_slot {
	uint32_t	wide, edge;	/* edge 0: free */
};

struct post_tree_path {
	uint32_t	edge, end;	/* the stack's frames up to END end inside or with EDGE */
};

struct post_tree_wait {
	uint32_t		*frame;
	size_t			 nframe, cap, from[WAITING + 1];
	struct post_count	 count[WAITING];
	size_t			 n, shared;
};

/* One of the stacks that are walked at once: an edge to look at next. */
struct walker {
	const uint32_t	*frame;
	size_t		 n, at;
	size_t		 slot;
	uint32_t	 edge, wide;	/* edge 0: look at the slot; wide 0 too: done */
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

/* Room for MORE more things beside the N that P has. */
static void *
room(void *p, size_t n, size_t more, size_t *cap, size_t size)
{
	if (*cap - n >= more)
		return p;
	if (*cap == 0)
		*cap = 64;
	while (*cap - n < more)
		*cap *= 2;
	return n > 0 && *cap >= 2 * HUGE / size ? resize_huge(p, n * size, *cap * size) : post_resize(p, *cap, size);
}

static uint64_t
hash(const struct post_tree *t, uint32_t wide, uint32_t name)
{
	uint64_t h = ((uint64_t)wide << 32 | name) ^ t->seed;

	h = (h ^ h >> 32) * 0x9e3779b97f4a7c15;
	h = (h ^ h >> 29) * 0xbf58476d1ce4e5b9;
	return h ^ h >> 32;
}

static void
put_slot(struct post_tree *t, uint32_t wide, uint32_t edge)
{
	size_t at = hash(t, wide, t->edge[edge].name) & (t->slots - 1);

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

static uint32_t
find_wide(const struct post_tree *t, uint32_t wide, uint32_t name)
{
	size_t at = hash(t, wide, name) & (t->slots - 1);

	for (; t->slot[at].edge != 0; at = (at + 1) & (t->slots - 1))
		if (t->slot[at].wide == wide && t->edge[t->slot[at].edge].name == name)
			return t->slot[at].edge;
	return 0;
}

/* The child of EDGE that begins with NAME, or 0. */
static uint32_t
find_child(const struct post_tree *t, uint32_t edge, uint32_t name)
{
	uint32_t e;

	if (t->edge[edge].wide != 0)
		return find_wide(t, t->edge[edge].wide, name);
	for (e = t->edge[edge].child; e != 0; e = t->edge[e].next)
		if (t->edge[e].name == name)
			return e;
	return 0;
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

/* A new edge without relatives, for N frames of which REST holds all but the first. */
static uint32_t
new_edge(struct post_tree *t, uint32_t name, size_t n, size_t rest)
{
	size_t cap = t->cap;

	t->edge = room(t->edge, t->n, 1, &t->cap, sizeof *t->edge);
	if (t->frac != NULL && cap != t->cap) {
		t->frac = post_resize(t->frac, t->cap, sizeof *t->frac);
		memset(t->frac + cap, 0, (t->cap - cap) * sizeof *t->frac);
	}
	t->edge[t->n] = (struct post_edge){ .name = name, .len = (uint32_t)n & 0x1fffffff, .rest = (uint32_t)rest };
	return (uint32_t)t->n++;
}

/* FRAME's N frames, N > 0, become an edge that hangs from PARENT. */
static uint32_t
hang(struct post_tree *t, uint32_t parent, const uint32_t *frame, size_t n)
{
	uint32_t e = new_edge(t, *frame, n, t->nrest), first;

	if (t->nrest + n > UINT32_MAX || t->n > UINT32_MAX)
		(void)post_resize(NULL, SIZE_MAX, SIZE_MAX);	/* 16 GB: as good as no memory */
	t->rest = room(t->rest, t->nrest, n - 1, &t->caprest, sizeof *t->rest);
	if (n > 1)
		memcpy(t->rest + t->nrest, frame + 1, (n - 1) * sizeof *frame);
	t->nrest += n - 1;
	first = t->edge[parent].child;	/* the oldest child stays first: it is the one most looked for */
	t->edge[e].next = first == 0 ? 0 : t->edge[first].next;
	*(first == 0 ? &t->edge[parent].child : &t->edge[first].next) = e;
	t->edge[parent].sorted = 0;
	if (t->edge[parent].wide != 0)
		remember(t, t->edge[parent].wide, e);
	else
		widen(t, parent);
	return e;
}

/*
 * Cut EDGE after K of its frames, 0 < K < len.  The upper part keeps the
 * number, so that its parent need not know; the lower part takes the children,
 * whose hash is keyed by a number that it takes along.
 */
static void
split(struct post_tree *t, uint32_t edge, size_t k)
{
	size_t rest = t->edge[edge].rest + k;
	uint32_t e = new_edge(t, t->rest[rest - 1], t->edge[edge].len - k, rest);
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
	upper->wide = 0;
	if (t->frac != NULL)
		t->frac[e] = t->frac[edge];
}

/* The total has been checked, and no edge has more. */
static void
add_count(struct post_tree *t, uint32_t edge, struct post_count count)
{
	struct post_count c = { t->edge[edge].count, t->frac != NULL ? t->frac[edge] : 0 };

	(void)post_count_add(&c, count);
	t->edge[edge].count = c.whole;
	if (t->frac != NULL)
		t->frac[edge] = c.frac;
}

static size_t
common(const uint32_t *a, const uint32_t *b, size_t n)
{
	size_t i = 0;

	while (i < n && a[i] == b[i])
		i++;
	return i;
}

static void
step(struct post_tree *t, uint32_t edge, size_t end)
{
	t->path = room(t->path, t->npath, 1, &t->cappath, sizeof *t->path);
	t->path[t->npath++] = (struct post_tree_path){ edge, (uint32_t)end };
}

/* Keep what the stack added last shares with this one: returns how many frames that is. */
static size_t
keep_path(struct post_tree *t, const uint32_t *frame, size_t n)
{
	size_t same = common(frame, t->prev, n < t->nprev ? n : t->nprev);

	while (t->npath > 1 && t->path[t->npath - 2].end >= same)
		t->npath--;
	t->prev = room(t->prev, same, n - same, &t->capprev, sizeof *t->prev);
	if (n > same)
		memcpy(t->prev + same, frame + same, (n - same) * sizeof *frame);
	t->nprev = n;
	return same;
}

/* How many of EDGE's frames, from its INSIDE'th on, are the next of these N. */
static size_t
follow(const struct post_tree *t, uint32_t edge, size_t inside, const uint32_t *frame, size_t n)
{
	size_t left = t->edge[edge].len - inside;

	return left == 0 ? 0 : common(frame, t->rest + t->edge[edge].rest + inside - 1, n < left ? n : left);
}

/* Add a stack now: down from where it leaves the one before. */
static void
add(struct post_tree *t, const uint32_t *frame, size_t n, struct post_count count)
{
	size_t at = keep_path(t, frame, n), i;
	size_t inside = t->npath > 1 ? at - t->path[t->npath - 2].end : 0;
	uint32_t edge = t->path[t->npath - 1].edge, child;

	t->wait->shared += at;
	for (;; inside = 1) {
		size_t more = follow(t, edge, inside, frame + at, n - at);

		at += more;
		if (inside + more < t->edge[edge].len)
			split(t, edge, inside + more);
		t->path[t->npath - 1].end = (uint32_t)at;
		if (at == n)
			break;
		child = find_child(t, edge, frame[at]);
		if (child == 0) {
			edge = hang(t, edge, frame + at, n - at);
			step(t, edge, n);
			break;
		}
		edge = child;
		step(t, edge, ++at);
	}
	if (!t->edge[edge].ends && t->npath > 1)	/* its place among its siblings may be another now */
		t->edge[t->path[t->npath - 2].edge].sorted = 0;
	t->edge[edge].ends = 1;
	for (i = 0; i < t->npath; i++)
		add_count(t, t->path[i].edge, count);
}

/* W looks for the next of its frames among the children of EDGE. */
static void
look_below(const struct post_tree *t, struct walker *w, uint32_t edge)
{
	w->wide = t->edge[edge].wide;
	w->edge = 0;
	if (w->at >= w->n) {
		w->wide = 0;
	} else if (w->wide != 0) {
		w->slot = hash(t, w->wide, w->frame[w->at]) & (t->slots - 1);
		__builtin_prefetch(&t->slot[w->slot]);
	} else if ((w->edge = t->edge[edge].child) != 0)
		__builtin_prefetch(&t->edge[w->edge]);
}

/* One memory access of the way down; returns 0 at its end. */
static int
walk_on(const struct post_tree *t, struct walker *w)
{
	const struct post_edge *e = &t->edge[w->edge];

	if (w->edge == 0 && w->wide == 0)
		return 0;
	if (w->edge == 0) {		/* a child as it should be, most of the time */
		while (t->slot[w->slot].edge != 0 && t->slot[w->slot].wide != w->wide)
			w->slot = (w->slot + 1) & (t->slots - 1);
		w->wide = 0;
		w->edge = t->slot[w->slot].edge;
		__builtin_prefetch(&t->edge[w->edge]);
	} else if (e->name == w->frame[w->at]) {
		if (e->len > 1)
			__builtin_prefetch(&t->rest[e->rest]);
		w->at += e->len;
		look_below(t, w, w->edge);
	} else if ((w->edge = e->next) != 0)
		__builtin_prefetch(&t->edge[w->edge]);
	return 1;
}

/*
 * The waiting stacks all go down at once, reading only, so that the waits
 * for memory overlap; then each is added and finds its way in the cache.
 * The walk takes an edge's other frames on trust: it is a guess.
 */
static void
warm(struct post_tree *t, const struct post_tree_wait *wait)
{
	struct walker w[WAITING];
	size_t i, n = wait->n;

	for (i = 0; i < n; i++) {
		w[i] = (struct walker){ .frame = wait->frame + wait->from[i], .n = wait->from[i + 1] - wait->from[i] };
		look_below(t, &w[i], 0);
	}
	while (n > 0)
		for (i = 0; i < n; )
			if (walk_on(t, &w[i]))
				i++;
			else
				w[i] = w[--n];
}

/* Stacks that come in order share most of their frames: no need to warm up then. */
static void
add_waiting(struct post_tree *t)
{
	struct post_tree_wait *wait = t->wait;
	size_t i;

	if (2 * wait->shared < wait->nframe)
		warm(t, wait);
	wait->shared = 0;
	for (i = 0; i < wait->n; i++)
		add(t, wait->frame + wait->from[i], wait->from[i + 1] - wait->from[i], wait->count[i]);
	wait->n = wait->nframe = 0;
}

static void
begin(struct post_tree *t)
{
	t->seed = post_seed();
	t->wait = post_resize(NULL, 1, sizeof *t->wait);
	*t->wait = (struct post_tree_wait){ 0 };
	new_edge(t, POST_ROOT, 0, 0);
	step(t, 0, 0);
}

/* From now on counts have fractions. */
static void
begin_fractions(struct post_tree *t)
{
	add_waiting(t);
	t->frac = post_resize(NULL, t->cap, sizeof *t->frac);
	memset(t->frac, 0, t->cap * sizeof *t->frac);
}

int
post_tree_add(struct post_tree *t, const uint32_t *frame, size_t n, struct post_count count)
{
	struct post_tree_wait *wait;

	assert(n < 1 << 29);
	if (post_count_add(&t->total, count) == -1)
		return -1;
	if (t->wait == NULL)
		begin(t);
	if (count.frac != 0 && t->frac == NULL)
		begin_fractions(t);
	t->stacks++;
	wait = t->wait;
	wait->frame = room(wait->frame, wait->nframe, n, &wait->cap, sizeof *frame);
	if (n > 0)
		memcpy(wait->frame + wait->nframe, frame, n * sizeof *frame);
	wait->nframe += n;
	wait->count[wait->n++] = count;
	wait->from[wait->n] = wait->nframe;
	if (wait->n == WAITING || n > LONG)
		add_waiting(t);
	return 0;
}

void
post_tree_settle(struct post_tree *t)
{
	if (t->wait == NULL)
		begin(t);
	add_waiting(t);
}

void
post_tree_free(struct post_tree *t)
{
	if (t->wait != NULL)
		free(t->wait->frame);
	free(t->wait);
	free(t->edge);
	free(t->frac);
	free(t->rest);
	free(t->slot);
	free(t->path);
	free(t->prev);
	*t = (struct post_tree){ .names = t->names };
}
