/* SPDX-License-Identifier: BSD-2-Clause */
/* What stap said, each message once with how often and of whom. */
#ifndef POST_SAID_H
#define POST_SAID_H

#include "../base/names.h"
#include "message.h"

enum { POST_SAID_MAX = 256 };	/* subjects of one kind of message; those that come later are counted without a name */

/* { 0 } is empty. */
struct post_said {
	struct post_names	 names;		/* private */
	struct post_said_one {
		uint64_t	 n, sum;	/* times, and their values; at most 2^64-1 */
		struct post_place first;
		bool		 aside;		/* the place is in a file of messages */
		struct post_str	 subject;	/* of the first */
	}			*one;		/* by id */
	uint32_t		*order;		/* ids by their first places, those in files of messages last; after post_said_join */
	size_t			 cap;		/* private */
	bool			 begun, ended;	/* a sampler said that it began; that its time is up */
	bool			 named;		/* and whom it traces: */
	uint64_t		 pid;		/* 0: not said */
	struct post_str		 program;	/* view into this */

	/* Private to said.c. */
	struct post_arena	 mem;
	struct post_place	 named_at;
	uint16_t		 subjects[POST_FINDINGS];
};

/* Take a line; ASIDE: it is of a file of messages. */
void	post_said_add(struct post_said *, struct post_str line, struct post_buf *scratch, const struct post_place *at, bool aside);

/* Is a message of ID counted for each subject by itself? */
bool			post_said_by_subject(enum post_finding_id);

enum post_finding_id	post_said_id(const struct post_said *, uint32_t i);

/* All is said: make the order. */
void	post_said_join(struct post_said *);

/* The id that is I-th in the order, or I where there is none. */
static inline uint32_t
post_said_at(const struct post_said *s, uint32_t i)
{
	return s->order != NULL ? s->order[i] : i;
}

void	post_said_merge(struct post_said *into, const struct post_said *from);
void	post_said_free(struct post_said *);

#endif
