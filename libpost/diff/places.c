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

static int
by_path(const void *pa, const void *pb, void *arg)
{
	const struct post_place_seen *a = pa, *b = pb;

	return post_order_cmp(arg, a->path.frame, a->path.n, b->path.frame, b->path.n);
}

static bool
same_path(struct post_path a, struct post_path b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.frame, b.frame, a.n * sizeof *a.frame) == 0);
}

/* Places that are the same become one; how many are left. */
static size_t
join(struct post_place_seen *v, size_t n)
{
	size_t i, to = 0;

	for (i = 0; i < n; i++) {
		if (to > 0 && same_path(v[to - 1].path, v[i].path))
			for (int side = 0; side < POST_BOTH_SIDES; side++)
				(void)post_count_add(&v[to - 1].both.v[side], v[i].both.v[side]);
		else
			v[to++] = v[i];
	}
	return to;
}

size_t
post_places(const struct post_comparison *c, const struct post_set *set, uint32_t owner,
    size_t (*depth)(const struct post_set *, const struct post_cell *), struct post_place_seen **v)
{
	size_t n = 0, cap = 0;

	*v = post_room(NULL, 0, &cap, sizeof **v);
	for (uint32_t cell = 0; cell < c->runs->cells; cell++) {
		const struct post_cell *k = &c->runs->cell[cell];

		if ((owner != POST_ANY_OWNER && c->sets->owner[cell] != owner) || !post_set_has(set, k))
			continue;
		*v = post_room(*v, n, &cap, sizeof **v);
		(*v)[n] = (struct post_place_seen){ .path = { k->frame, depth(set, k) } };
		post_both_add(&(*v)[n++].both, c, cell);
	}
	qsort_r(*v, n, sizeof **v, by_path, (void *)(uintptr_t)&c->order);
	return join(*v, n);
}
