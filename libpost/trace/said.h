/* SPDX-License-Identifier: BSD-2-Clause */
/* What stap said, each message once with how often and of whom. */
#ifndef POST_SAID_H
#define POST_SAID_H

#include "../base/names.h"
#include "message.h"

enum { POST_SAID_MAX = 1024 };	/* messages with a subject; what comes later is counted without it */

/* { 0 } is empty. */
struct post_said {
	struct post_names	 names;		/* private */
	struct post_said_one {
		uint64_t	 n, sum;	/* times, and their values; at most 2^64-1 */
		struct post_place first;
		bool		 aside;		/* the place is in a file of messages */
	}			*one;		/* by id */
	size_t			 cap;		/* private */
	bool			 begun, ended;	/* a sampler said that it began; that its time is up */
	bool			 named;		/* and whom it traces: */
	uint64_t		 pid;		/* 0: not said */
	struct post_str		 program;	/* view into this */

	/* Private to said.c. */
	struct post_arena	 mem;
	struct post_place	 named_at;
};

/* Take a line; ASIDE: it is of a file of messages. */
void	post_said_add(struct post_said *, struct post_str line, struct post_buf *scratch, const struct post_place *at, bool aside);

enum post_finding_id	post_said_id(const struct post_said *, uint32_t i);
struct post_str		post_said_subject(const struct post_said *, uint32_t i);

void	post_said_merge(struct post_said *into, const struct post_said *from);
void	post_said_free(struct post_said *);

#endif
