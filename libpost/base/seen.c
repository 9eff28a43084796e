/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "seen.h"

uint32_t
post_seen_look_up(struct post_seen *s, struct post_str text, bool *new)
{
	uint32_t n = s->names.n, at;

	at = post_intern(&s->names, text);
	*new = at == n;
	if (*new) {
		s->entry = post_room(s->entry, at, &s->cap, sizeof *s->entry);
		s->entry[at] = (struct post_seen_entry){ 0 };
	}
	s->entry[s->last].next = at;
	return s->last = at;
}

void
post_seen_free(struct post_seen *s)
{
	post_names_free(&s->names);
	free(s->entry);
	*s = (struct post_seen){ 0 };
}
