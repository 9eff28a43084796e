/* SPDX-License-Identifier: BSD-2-Clause */
/* Walking the tree: frames out of edges, children in order, no recursion. */
#include <stdlib.h>
#include "tree.h"

/* The next child of an edge further down, and where its samples start. */
struct post_walk_level {
	uint32_t		edge, depth;
	struct post_count	start;
};

struct sibling {
	struct post_str	name;
	uint32_t	edge;
	char		after;	/* the byte after the name in the lines that have it; 0: the name is in none */
};

static struct post_count
count_of(const struct post_tree *t, uint32_t edge)
{
	return (struct post_count){ t->edge[edge].count, t->frac != NULL ? t->frac[edge] : 0 };
}

static bool
is_mark(const struct post_tree *t, uint32_t name)
{
	return name < t->names->n && post_str_eq(post_name(t->names, name), POST_STR("--"));
}

/* Is EDGE nothing but the mark that was put behind a line? */
static bool
is_appended(const struct post_tree *t, uint32_t edge)
{
	const struct post_edge *e = &t->edge[edge];

	return t->chain && e->len == 1 && e->ends && e->child == 0 && is_mark(t, e->name);
}

/* Does a line end at the first frame of EDGE? */
static bool
ends_line(const struct post_tree *t, uint32_t edge)
{
	const struct post_edge *e = &t->edge[edge];
	uint32_t c;

	if (e->len == 1 && e->ends)
		return true;
	if (!t->chain || e->len > 2)
		return false;
	if (e->len == 2)
		return e->ends && e->child == 0 && is_mark(t, t->rest[e->rest]);
	for (c = e->child; c != 0 && !is_appended(t, c); )
		c = t->edge[c].next;
	return c != 0;
}

/* As memcmp of name and what follows it would have it. */
static int
by_line(const void *va, const void *vb)
{
	const struct sibling *a = va, *b = vb;
	size_t n = a->name.n < b->name.n ? a->name.n : b->name.n;
	int d = n > 0 ? memcmp(a->name.p, b->name.p, n) : 0;
	unsigned char x, y;

	if (a->after == '\0' || b->after == '\0')
		return (b->after == '\0') - (a->after == '\0');
	if (d != 0)
		return d;
	x = (unsigned char)(a->name.n == n ? a->after : a->name.p[n]);
	y = (unsigned char)(b->name.n == n ? b->after : b->name.p[n]);
	return x != y ? x - y : (a->name.n > n) - (b->name.n > n);
}

/* Put the children of EDGE, which are at least two, in order. */
static void
sort_children(struct post_tree *t, uint32_t edge)
{
	struct sibling *s = NULL;
	size_t n = 0, cap = 0, i;
	uint32_t e, next = 0;

	for (e = t->edge[edge].child; e != 0; e = t->edge[e].next) {
		const struct post_edge *c = &t->edge[e];

		s = post_room(s, n, &cap, sizeof *s);
		s[n++] = (struct sibling){ post_name(t->names, c->name), e, is_appended(t, e) ? '\0' : ends_line(t, e) ? ' ' : ';' };
	}
	qsort(s, n, sizeof *s, by_line);
	for (i = n; i-- > 0; next = s[i].edge)
		t->edge[s[i].edge].next = next;
	t->edge[edge].child = next;
	free(s);
}

/* What ends at the frame given now, the last of its edge: its counts without its children's. */
static void
set_self(struct post_walk *w)
{
	const struct post_tree *t = w->tree;
	struct post_frame *f = &w->frame;
	uint32_t e;

	f->ends = t->edge[w->edge].ends;
	f->self = f->count;
	f->self_before = f->before;
	f->self_after = f->after;
	for (e = t->edge[w->edge].child; e != 0; e = t->edge[e].next) {
		post_count_sub(&f->self, count_of(t, e));
		if (t->both)
			post_count_sub(&f->self_before, t->before[e]);
		if (t->compared)
			post_count_sub(&f->self_after, t->after[e]);
	}
	if (!t->compared)
		f->self_after = f->self;
}

static void
push(struct post_walk *w, uint32_t edge, uint32_t depth, struct post_count start)
{
	w->level = post_room(w->level, w->n, &w->cap, sizeof *w->level);
	w->level[w->n++] = (struct post_walk_level){ edge, depth, start };
}

/* The children of the frame given last, which ends its edge, come next. */
static void
descend(struct post_walk *w)
{
	struct post_tree *t = w->tree;
	struct post_count start = w->frame.start;
	uint32_t child = t->edge[w->edge].child;

	if (child == 0)
		return;
	if (!t->chart && !t->edge[w->edge].sorted && t->edge[child].next != 0)
		sort_children(t, w->edge);
	t->edge[w->edge].sorted = 1;
	(void)post_count_add(&start, w->frame.self);
	push(w, t->edge[w->edge].child, w->frame.depth + 1, start);
}

/* The frame at the beginning of EDGE. */
static struct post_frame
first_frame(const struct post_tree *t, uint32_t edge, uint32_t depth, struct post_count start)
{
	struct post_frame f = { .name = t->edge[edge].name, .depth = depth, .start = start, .count = count_of(t, edge) };

	if (t->both)
		f.before = t->before[edge];
	f.after = t->compared ? t->after[edge] : f.count;
	return f;
}

/* The first frame of the edge whose turn it is; its next sibling waits. */
static int
begin_edge(struct post_walk *w)
{
	struct post_walk_level *l;

	if (w->n == 0)
		return 0;
	l = &w->level[w->n - 1];
	w->edge = l->edge;
	w->at = 0;
	w->frame = first_frame(w->tree, l->edge, l->depth, l->start);
	if ((l->edge = w->tree->edge[w->edge].next) == 0)
		w->n--;
	else
		(void)post_count_add(&l->start, w->frame.count);
	return 1;
}

void
post_walk_begin(struct post_walk *w, struct post_tree *t)
{
	post_tree_settle(t);
	*w = (struct post_walk){ .tree = t };
}

int
post_walk_next(struct post_walk *w, int skip, struct post_frame *frame)
{
	const struct post_edge *e = &w->tree->edge[w->edge];
	int more = 1;

	if (!w->begun) {
		w->begun = 1;
		w->frame = first_frame(w->tree, 0, 0, (struct post_count){ 0 });
	} else if (!skip && w->at + 1 < e->len) {
		w->frame.name = w->tree->rest[e->rest + w->at++];
		w->frame.depth++;
	} else {
		if (!skip)
			descend(w);
		more = begin_edge(w);
	}
	if (!more)
		return 0;
	if (w->at + 1 >= w->tree->edge[w->edge].len)
		set_self(w);
	*frame = w->frame;
	return 1;
}

void
post_walk_own(const struct post_walk *w, struct post_count *own, struct post_count *own_before)
{
	const struct post_tree *t = w->tree;
	const struct post_edge *e = &t->edge[w->edge];
	uint32_t child = w->at + 1 >= e->len ? e->child : 0;

	*own = w->frame.self;
	*own_before = w->frame.self_before;
	if (!t->chart)
		return;
	if (w->at + 1 < e->len && t->rest[e->rest + w->at] == (uint32_t)POST_GAP) {
		*own = w->frame.count;
		*own_before = w->frame.before;
	}
	for (; child != 0; child = t->edge[child].next) {
		if (t->edge[child].name != (uint32_t)POST_GAP)
			continue;
		(void)post_count_add(own, count_of(t, child));
		if (t->both)
			(void)post_count_add(own_before, t->before[child]);
	}
}

void
post_walk_end(struct post_walk *w)
{
	free(w->level);
	*w = (struct post_walk){ 0 };
}
