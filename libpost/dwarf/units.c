/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "../base/mem.h"
#include "units.h"

void
post_units_add(struct post_units *t, uint64_t at)
{
	t->at = post_room(t->at, t->n, &t->cap, sizeof *t->at);
	t->at[t->n++] = at;
}

void
post_units_free(struct post_units *t)
{
	free(t->at);
	*t = (struct post_units){ 0 };
}

uint64_t
post_units_find(const struct post_units *t, uint64_t at)
{
	size_t lo = 0, hi = t->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (t->at[mid] <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo > 0 ? t->at[lo - 1] : UINT64_MAX;
}

void
post_units_walk(struct post_units *t, const struct post_dwarf *d, const struct post_sections *in)
{
	struct post_unit u;
	uint64_t at;

	for (at = 0; at < in->s[POST_DEBUG_INFO].n; at = u.end) {
		(void)post_unit_header(d, in, at, &u);
		if (u.end <= at)
			return;
		post_units_add(t, at);
	}
}

void
post_bad_unit(struct post_bad_units *b, uint64_t at, enum post_reading why)
{
	post_bad_units_join(b, &(struct post_bad_units){ 1, at, why });
}

void
post_bad_units_join(struct post_bad_units *b, const struct post_bad_units *other)
{
	if (other->n > 0 && (b->n == 0 || other->first < b->first)) {
		b->first = other->first;
		b->why = other->why;
	}
	b->n += other->n;
}
