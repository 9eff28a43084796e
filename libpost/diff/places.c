/* SPDX-License-Identifier: BSD-2-Clause */
/* Where a set stands: its stacks by what they begin with. */
#include <stdlib.h>
#include "pursuit.h"

void
post_both_add(struct post_both *b, const struct post_comparison *c, uint32_t cell)
{
	const struct post_runs *r = c->runs;

	for (uint32_t i = r->cell[cell].counts; i != 0; i = r->count[i - 1].next)
		(void)post_count_add(&b->v[r->run[r->count[i - 1].run].side], r->count[i - 1].count);	/* the runs' sum has room */
}

/* A stack and how much of it is looked at. */
struct begun {
	uint32_t	cell, depth;
};

static struct post_path
path_of(const struct post_comparison *c, const struct begun *b)
{
	return (struct post_path){ c->runs->cell[b->cell].frame, b->depth };
}

static int
by_path(const void *pa, const void *pb, void *arg)
{
	const struct post_comparison *c = arg;
	struct post_path a = path_of(c, pa), b = path_of(c, pb);

	return post_order_cmp(&c->order, a.frame, a.n, b.frame, b.n);
}

static bool
same_path(struct post_path a, struct post_path b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.frame, b.frame, a.n * sizeof *a.frame) == 0);
}

/* The places of N stacks in the order of their paths. */
static size_t
join(const struct post_comparison *c, const struct begun *b, size_t n, struct post_place_seen **v)
{
	size_t i, to = 0, cap = 0;

	*v = post_room(NULL, 0, &cap, sizeof **v);
	for (i = 0; i < n; i++) {
		struct post_path path = path_of(c, &b[i]);

		if (to == 0 || !same_path((*v)[to - 1].path, path)) {
			*v = post_room(*v, to, &cap, sizeof **v);
			(*v)[to++] = (struct post_place_seen){ .path = path };
		}
		post_both_add(&(*v)[to - 1].both, c, b[i].cell);
	}
	return to;
}

size_t
post_places(const struct post_comparison *c, const struct post_set *set, uint32_t owner,
    size_t (*depth)(const struct post_set *, const struct post_cell *), struct post_place_seen **v)
{
	struct begun *b = NULL;
	size_t n = 0, cap = 0;

	for (uint32_t cell = 0; cell < c->runs->cells; cell++) {
		const struct post_cell *k = &c->runs->cell[cell];

		if ((owner != POST_ANY_OWNER && c->sets->owner[cell] != owner) || !post_set_has(set, k))
			continue;
		b = post_room(b, n, &cap, sizeof *b);
		b[n++] = (struct begun){ cell, (uint32_t)depth(set, k) };
	}
	if (n > 0)
		qsort_r(b, n, sizeof *b, by_path, (void *)(uintptr_t)c);
	n = join(c, b, n, v);
	free(b);
	return n;
}
