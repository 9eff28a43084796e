/* SPDX-License-Identifier: BSD-2-Clause */
/* The paths that enough stacks share: the stacks are parted by their next frame, as long as the parts are large enough. */
#include <stdlib.h>
#include "sets.h"

/* Stacks whose first frames are the same. */
struct part {
	uint32_t	from, to, parent;
	size_t		depth;
};

/* Of the stacks that go on with a name. */
struct branch {
	double		sum;
	uint32_t	n, at;		/* how many, and where the next one is put */
};

struct parting {
	struct post_sets	*s;
	const uint32_t		*rank;
	double			*weight;	/* by cell */
	uint32_t		*moved;		/* room to put a part in order */
	struct branch		*branch;	/* by name; all zero between parts */
	uint32_t		*name, *kept;	/* that a part goes on with; those of them that are kept */
	size_t			 names, nkept;
	struct part		*todo;
	size_t			 n, cap;
};

static const struct post_cell *
cell_at(const struct post_sets *s, uint32_t i)
{
	return &s->runs->cell[s->order[i]];
}

/* How many frames do all the stacks of P share? */
static size_t
shared_depth(const struct post_sets *s, const struct part *p)
{
	const struct post_cell *first = cell_at(s, p->from);
	size_t depth = p->depth;

	for (; depth < first->n; depth++)
		for (uint32_t i = p->from + 1; i < p->to; i++)
			if (cell_at(s, i)->n <= depth || cell_at(s, i)->frame[depth] != first->frame[depth])
				return depth;
	return depth;
}

static uint32_t
add_node(struct post_sets *s, const struct part *p, size_t depth)
{
	uint32_t id = (uint32_t)s->nodes++;
	struct post_set_node *n;

	s->node = post_room(s->node, id, &s->cap_node, sizeof *s->node);
	n = &s->node[id];
	*n = (struct post_set_node){ .path = { depth > 0 ? cell_at(s, p->from)->frame : NULL, depth }, .parent = p->parent, .from = p->from, .to = p->to };
	n->set = POST_NO_SET;
	if (id > 0) {
		n->next = s->node[p->parent].child;
		s->node[p->parent].child = id;
	}
	for (uint32_t i = p->from; i < p->to; i++)
		s->home[s->order[i]] = id;
	return id;
}

static int
by_rank(const void *a, const void *b, void *arg)
{
	const uint32_t *rank = arg, x = rank[*(const uint32_t *)a], y = rank[*(const uint32_t *)b];

	return (x > y) - (x < y);
}

/* How do the stacks of P go on behind DEPTH frames? */
static void
count_branches(struct parting *t, const struct part *p, size_t depth)
{
	t->names = t->nkept = 0;
	for (uint32_t i = p->from; i < p->to; i++) {
		const struct post_cell *c = cell_at(t->s, i);

		if (c->n <= depth)
			continue;
		if (t->branch[c->frame[depth]].n++ == 0)
			t->name[t->names++] = c->frame[depth];
		t->branch[c->frame[depth]].sum += t->weight[t->s->order[i]];
	}
	for (size_t i = 0; i < t->names; i++)
		if (t->branch[t->name[i]].sum >= t->s->least)
			t->kept[t->nkept++] = t->name[i];
	qsort_r(t->kept, t->nkept, sizeof *t->kept, by_rank, (void *)(uintptr_t)t->rank);
}

/* Put the stacks of P in the order of the branches that are kept, the others behind them. */
static void
put_in_order(struct parting *t, const struct part *p, size_t depth)
{
	uint32_t *order = t->s->order, at = p->from, i;

	for (i = 0; i < t->nkept; i++) {
		t->branch[t->kept[i]].at = at + 1;	/* from 1: 0 is not kept */
		at += t->branch[t->kept[i]].n;
	}
	for (i = p->from; i < p->to; i++) {
		const struct post_cell *c = cell_at(t->s, i);
		struct branch *b = c->n > depth ? &t->branch[c->frame[depth]] : NULL;

		t->moved[b != NULL && b->at > 0 ? b->at++ - 1 : at++] = order[i];
	}
	memcpy(order + p->from, t->moved + p->from, (p->to - p->from) * sizeof *order);
}

static void
push(struct parting *t, struct part p)
{
	t->todo = post_room(t->todo, t->n, &t->cap, sizeof *t->todo);
	t->todo[t->n++] = p;
}

/* The branches of NODE, which stands for the stacks of P, are to be parted too. */
static void
branch_out(struct parting *t, const struct part *p, uint32_t node, size_t depth)
{
	uint32_t at = p->from;
	size_t i;

	count_branches(t, p, depth);
	put_in_order(t, p, depth);
	for (i = 0; i < t->nkept; i++)
		at += t->branch[t->kept[i]].n;
	while (i-- > 0) {
		uint32_t n = t->branch[t->kept[i]].n;

		push(t, (struct part){ at - n, at, node, depth + 1 });
		at -= n;
	}
	for (i = 0; i < t->names; i++)
		t->branch[t->name[i]] = (struct branch){ 0 };
}

static double
weight_of(const struct post_runs *r, uint32_t cell)
{
	double sum = 0;

	for (uint32_t c = r->cell[cell].counts; c != 0; c = r->count[c - 1].next)
		sum += post_count_real(r->count[c - 1].count);
	return sum;
}

static void
begin(struct parting *t, struct post_sets *s, const uint32_t *rank)
{
	size_t cells = s->runs->cells, names = s->runs->names.n;

	*t = (struct parting){ .s = s, .rank = rank };
	t->weight = post_resize(NULL, cells, sizeof *t->weight);
	t->moved = post_resize(NULL, cells, sizeof *t->moved);
	t->branch = post_resize(NULL, names, sizeof *t->branch);
	memset(t->branch, 0, names * sizeof *t->branch);
	t->name = post_resize(NULL, names, sizeof *t->name);
	t->kept = post_resize(NULL, names, sizeof *t->kept);
}

/* All stacks but those that nobody saw. */
static struct part
all_cells(struct parting *t)
{
	struct post_sets *s = t->s;
	struct part all = { 0 };

	for (uint32_t i = 0; i < s->runs->cells; i++) {
		s->home[i] = 0;
		t->weight[i] = weight_of(s->runs, i);
		if (t->weight[i] > 0)
			s->order[all.to++] = i;
	}
	return all;
}

void
post_set_paths(struct post_sets *s, const uint32_t *rank)
{
	struct part all, p;
	struct parting t;
	size_t depth;

	begin(&t, s, rank);
	all = all_cells(&t);
	branch_out(&t, &all, add_node(s, &all, 0), 0);
	while (t.n > 0) {
		p = t.todo[--t.n];
		depth = shared_depth(s, &p);
		branch_out(&t, &p, add_node(s, &p, depth), depth);
	}
	free(t.weight);
	free(t.moved);
	free(t.branch);
	free(t.name);
	free(t.kept);
	free(t.todo);
}
