/* SPDX-License-Identifier: BSD-2-Clause */
#include "notes.h"

static void
add(struct post_noted *to, uint64_t n, uint64_t weight, const struct post_place *at)
{
	if (to->n == 0 || post_place_before(at, &to->first))
		to->first = *at;
	to->n += n;
	to->weight = post_sum(to->weight, weight);
}

void
post_notes_add(struct post_notes *notes, enum post_note kind, uint64_t weight, const struct post_place *at)
{
	add(&notes->kind[kind], 1, weight, at);
}

void
post_notes_merge(struct post_notes *into, const struct post_notes *from)
{
	for (int k = 0; k < POST_NOTES; k++)
		if (from->kind[k].n > 0)
			add(&into->kind[k], from->kind[k].n, from->kind[k].weight, &from->kind[k].first);
}
