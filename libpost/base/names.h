/* SPDX-License-Identifier: BSD-2-Clause */
/* Interning: names become small numbers at the door, all later work compares numbers. */
#ifndef POST_NAMES_H
#define POST_NAMES_H

#include <stdint.h>
#include "mem.h"

/* { 0 } is an empty table. */
struct post_names {
	uint32_t		 n;	/* names so far; ids are under it */

	/* Private to names.c. */
	struct post_arena	 mem;
	struct post_str		*name;	/* by id */
	struct post_name_slot	*slot;	/* open addressing */
	uint32_t		 cap, mask;
	uint64_t		 seed;
};

/*
 * The id of S: equal bytes, equal id; ids count from 0 in order of first
 * sight.  The hash is seeded from getrandom(2), and no output follows it.
 * Cost: one hash of S and, but for the first time, no memory.
 */
uint32_t	post_intern(struct post_names *, struct post_str);

/*
 * The same in three steps, for many names at once: each of the first two
 * fetches the memory that the next one needs, so that the waits for it
 * overlap.  The second may be left out, and other names may be interned
 * between them.
 */
uint64_t	post_intern_begin(struct post_names *, struct post_str);
void		post_intern_fetch(const struct post_names *, uint64_t begun);
uint32_t	post_intern_end(struct post_names *, struct post_str, uint64_t begun);

/* The name of an id; valid until post_names_free. */
static inline struct post_str
post_name(const struct post_names *t, uint32_t id)
{
	return t->name[id];
}

/* All ids in the order of their names' bytes, to be free(3)d. */
uint32_t	*post_names_sorted(const struct post_names *);

void		post_names_free(struct post_names *);

/* A seed for a hash table, from getrandom(2); never 0. */
uint64_t	post_seed(void);

#endif
