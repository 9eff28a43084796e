/* SPDX-License-Identifier: BSD-2-Clause */
/* Building the tree: find where a stack leaves what is known, add the rest as one edge. */
#include <assert.h>
#include <stdlib.h>
#include "edges.h"

enum {
	WAITING = 32,		/* stacks walked at once, to wait for memory together */
	LONG = 1 << 12		/* frames beyond which a stack does not wait */
};

struct post_tree_path {
	uint32_t	edge, end;	/* the stack's frames up to END end inside or with EDGE */
};

struct post_tree_wait {
	uint32_t		*frame;
	size_t			 nframe, cap, from[WAITING + 1];
	struct post_edge_counts	 count[WAITING];
	size_t			 n, shared;
};

/* One of the stacks that are walked at once: an edge to look at next. */
struct walker {
	const uint32_t	*frame;
	size_t		 n, at;
	size_t		 slot;
	uint32_t	 edge, wide;	/* edge 0: look at the slot; wide 0 too: done */
};

static uint32_t
find_wide(const struct post_tree *t, uint32_t wide, uint32_t name)
{
	size_t at = post_edge_hash(t, wide, name) & (t->slots - 1);

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
	t->path = post_edge_room(t->path, t->npath, 1, &t->cappath, sizeof *t->path);
	t->path[t->npath++] = (struct post_tree_path){ edge, (uint32_t)end };
}

/* Keep what the stack added last shares with this one: returns how many frames that is. */
static size_t
keep_path(struct post_tree *t, const uint32_t *frame, size_t n)
{
	size_t same = common(frame, t->prev, n < t->nprev ? n : t->nprev);

	while (t->npath > 1 && t->path[t->npath - 2].end >= same)
		t->npath--;
	t->prev = post_edge_room(t->prev, same, n - same, &t->capprev, sizeof *t->prev);
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
add(struct post_tree *t, const uint32_t *frame, size_t n, const struct post_edge_counts *count)
{
	size_t at = keep_path(t, frame, n), i;
	size_t inside = t->npath > 1 ? at - t->path[t->npath - 2].end : 0;
	uint32_t edge = t->path[t->npath - 1].edge, child;

	t->wait->shared += at;
	for (;; inside = 1) {
		size_t more = follow(t, edge, inside, frame + at, n - at);

		at += more;
		if (inside + more < t->edge[edge].len)
			post_edge_split(t, edge, inside + more);
		t->path[t->npath - 1].end = (uint32_t)at;
		if (at == n)
			break;
		child = t->chart ? 0 : find_child(t, edge, frame[at]);
		if (child == 0) {
			edge = post_edge_hang(t, edge, frame + at, n - at);
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
		post_edge_add(t, t->path[i].edge, count);
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
		w->slot = post_edge_hash(t, w->wide, w->frame[w->at]) & (t->slots - 1);
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

/* Stacks that come in order share most of their frames, and charts look for none: no need to warm up then. */
static void
add_waiting(struct post_tree *t)
{
	struct post_tree_wait *wait = t->wait;
	size_t i;

	if (!t->chart && 2 * wait->shared < wait->nframe)
		warm(t, wait);
	wait->shared = 0;
	for (i = 0; i < wait->n; i++)
		add(t, wait->frame + wait->from[i], wait->from[i + 1] - wait->from[i], &wait->count[i]);
	wait->n = wait->nframe = 0;
}

static void
begin(struct post_tree *t)
{
	t->seed = post_seed();
	t->wait = post_resize(NULL, 1, sizeof *t->wait);
	*t->wait = (struct post_tree_wait){ 0 };
	post_edge_new(t, POST_ROOT, 0, 0);
	step(t, 0, 0);
}

/* Something beside the edges that are there, zero. */
static void *
beside(const struct post_tree *t, size_t size)
{
	return memset(post_resize(NULL, t->cap, size), 0, t->cap * size);
}

/* From now on counts have fractions. */
static void
begin_fractions(struct post_tree *t)
{
	add_waiting(t);
	t->frac = beside(t, sizeof *t->frac);
}

static int
add_totals(struct post_tree *t, const struct post_edge_counts *c)
{
	struct post_count before = t->total_before, after = t->total_after;

	if ((t->both && post_count_add(&before, c->before) == -1) || post_count_add(&after, c->after) == -1 ||
	    post_count_add(&t->total, c->wide) == -1)
		return -1;
	t->total_before = before;
	t->total_after = after;
	return 0;
}

/* Arrays that only some trees have. */
static void
begin_columns(struct post_tree *t)
{
	if (t->both && t->before == NULL)
		t->before = beside(t, sizeof *t->before);
	if (t->compared && t->after == NULL)
		t->after = beside(t, sizeof *t->after);
}

static void
put_waiting(const struct post_tree *t, const uint32_t *frame, size_t n)
{
	struct post_tree_wait *wait = t->wait;

	wait->frame = post_edge_room(wait->frame, wait->nframe, n + 1, &wait->cap, sizeof *frame);
	if (n > 0)
		memcpy(wait->frame + wait->nframe, frame, n * sizeof *frame);
	wait->nframe += n;
	if (t->chart)
		wait->frame[wait->nframe++] = (uint32_t)POST_GAP;
}

static int
add_later(struct post_tree *t, const uint32_t *frame, size_t n, struct post_edge_counts count)
{
	struct post_tree_wait *wait;

	assert(n < 1 << 29);
	if (!t->compared)
		count.after = count.wide;
	if (add_totals(t, &count) == -1)
		return -1;
	if (t->wait == NULL)
		begin(t);
	if (count.wide.frac != 0 && t->frac == NULL)
		begin_fractions(t);
	begin_columns(t);
	t->stacks++;
	wait = t->wait;
	put_waiting(t, frame, n);
	wait->count[wait->n++] = count;
	wait->from[wait->n] = wait->nframe;
	if (wait->n == WAITING || n > LONG)
		add_waiting(t);
	return 0;
}

int
post_tree_add(struct post_tree *t, const uint32_t *frame, size_t n, struct post_count count)
{
	return add_later(t, frame, n, (struct post_edge_counts){ count, count, count });
}

int
post_tree_add_change(struct post_tree *t, const uint32_t *frame, size_t n, struct post_count before, struct post_count after)
{
	t->both |= t->stacks == 0;
	return add_later(t, frame, n, (struct post_edge_counts){ after, before, after });
}

int
post_tree_add_compared(struct post_tree *t, const uint32_t *frame, size_t n, struct post_count wide,
    struct post_count before, struct post_count after)
{
	if (t->stacks == 0 && !t->chart)
		t->both = t->compared = true;
	return add_later(t, frame, n, (struct post_edge_counts){ wide, before, after });
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
	free(t->before);
	free(t->after);
	free(t->rest);
	free(t->slot);
	free(t->path);
	free(t->prev);
	*t = (struct post_tree){ .names = t->names, .chart = t->chart };
}
