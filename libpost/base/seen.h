/* SPDX-License-Identifier: BSD-2-Clause */
/* What was seen before, found without a hash where things come in an order that they came in before. */
#ifndef POST_SEEN_H
#define POST_SEEN_H

#include "names.h"

/* { 0 } has seen nothing. */
struct post_seen {
	struct post_names	 names;
	struct post_seen_entry {
		uint32_t	 value[3];	/* the caller's: 0 at first */
		uint32_t	 next;		/* what came after it the last time: a guess */
	}			*entry;		/* by id */

	/* Private to seen.c. */
	size_t			 cap;
	uint32_t		 last;
};

/*
 * The id of S; *NEW: it was not seen before.
 * Cost: a compare where the guess is right, or a hash.
 */
uint32_t	post_seen_look_up(struct post_seen *, struct post_str s, bool *new);	/* by its hash */

static inline uint32_t
post_seen_id(struct post_seen *s, struct post_str text, bool *new)
{
	uint32_t guess = s->names.n > 0 ? s->entry[s->last].next : UINT32_MAX;

	*new = false;
	if (guess < s->names.n && post_str_eq(post_name(&s->names, guess), text))
		return s->last = guess;
	return post_seen_look_up(s, text, new);
}

void		post_seen_free(struct post_seen *);

#endif
