/* SPDX-License-Identifier: BSD-2-Clause */
/* Which stacks to keep, and from which frame on, by patterns for the names of frames. */
#ifndef POST_CHOICE_H
#define POST_CHOICE_H

#include "../base/names.h"
#include "../base/pattern.h"

/* { 0 } keeps all.  Threads may share a choice. */
struct post_choice {
	struct post_patterns	until;		/* cut a stack below the first frame from the leaf that matches; without one it goes */
	struct post_patterns	only;		/* without a frame that matches it goes */
	struct post_patterns	except;		/* with one it goes */
};

/* Does it choose at all? */
static inline bool
post_choice_made(const struct post_choice *c)
{
	return c->until.n + c->only.n + c->except.n > 0;
}

void	post_choice_free(struct post_choice *);

/* What one thread chooses with: { .choice = c } at first.  Private but for choice. */
struct post_chooser {
	const struct post_choice	*choice;	/* borrowed; NULL keeps all */
	struct post_matcher		 matcher;
	unsigned char			*known;		/* by id of a name: what matched */
	uint32_t			 n;
	bool				 failed;
};

/*
 * Choose the stack of *N ids of NAMES at *FRAME: a whole one, before it is
 * reversed, before recursion is merged, and without separators.  With
 * LEAF_FIRST its leaf stands at *FRAME, else its root.
 * Returns 1: keep what *FRAME and *N say now, a part of what they said, of
 * which the frame that matched "until" is the root; "only" and "except"
 * looked at all of it.  0: drop the stack, and they are as they were.  -1 with
 * *err: POST_ELIMIT of post_patterns_match; from then on every call is -1 and
 * leaves *err alone.
 * A chooser is for one table of names: each name is matched once.
 * Cost: a byte looked at for each frame and each kind of pattern; a byte for each name.
 */
int	post_choose(struct post_chooser *, const struct post_names *names, const uint32_t **frame, size_t *n, bool leaf_first,
	    struct post_err *err);
void	post_chooser_free(struct post_chooser *);

#endif
