/* SPDX-License-Identifier: BSD-2-Clause */
/* Stacks that are no more. */
#include "pursuit.h"

/* Put CELL, whose samples before are gone, among the largest of its kind. */
static void
keep_elided(struct post_comparison *c, uint32_t cell, double before)
{
	struct post_diff *d = c->diff;
	const struct post_cell *k = &c->runs->cell[cell], *other;
	size_t at = d->n_elided;

	for (; at > 0 && d->elided[at - 1].before <= before; at--) {
		other = &c->runs->cell[d->elided[at - 1].cell];
		if (d->elided[at - 1].before == before && post_order_cmp(&c->order, other->frame, other->n, k->frame, k->n) < 0)
			break;
		if (at < POST_ELIDED_MAX)
			d->elided[at] = d->elided[at - 1];
	}
	if (at < POST_ELIDED_MAX)
		d->elided[at] = (struct post_elided){ cell, before };
	d->n_elided += d->n_elided < POST_ELIDED_MAX;
}

static bool
is_none(struct post_count n)
{
	return n.whole == 0 && n.frac == 0;
}

void
post_find_elided(struct post_comparison *c, double samples)
{
	struct post_diff *d = c->diff;
	struct post_count before, all = { 0 };

	for (uint32_t cell = 0; cell < c->runs->cells; cell++) {
		before = post_runs_sum(c->runs, cell, POST_BEFORE);
		if (is_none(before) || !is_none(post_runs_sum(c->runs, cell, POST_AFTER)))
			continue;
		d->all_elided++;
		(void)post_count_add(&all, before);
		keep_elided(c, cell, post_count_real(before) / samples);
	}
	d->elided_share = samples > 0 ? post_count_real(all) / samples : 0;
}
