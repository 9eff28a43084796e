/* SPDX-License-Identifier: BSD-2-Clause */
/* How deep stacks are and what they end in: was there a limit? */
#ifndef POST_DEPTHS_H
#define POST_DEPTHS_H

#include "../base/str.h"

enum {
	POST_DEPTHS = 1024,	/* frames; deeper stacks are counted as that deep */
	POST_ROOTS = 4096	/* that are told apart */
};

/* { 0 } is of no stacks. */
struct post_depths {
	struct post_depth {
		uint64_t	stacks, weight;
	}			*at;		/* by frames, POST_DEPTHS + 1; NULL: no stacks */
	uint64_t		 stacks;

	/* Private to depths.c. */
	struct post_ending {
		uint32_t	name;		/* its hash; least of 0: an empty slot */
		uint32_t	least, most;	/* frames of the stacks with that root */
		uint64_t	stacks;		/* of most frames */
	}			*root;
	size_t			 n_roots;
};

/* A stack of so many frames, not none, that ends in ROOT, the hash of a name. */
void	post_depths_add(struct post_depths *, size_t frames, uint64_t weight, uint32_t root);
void	post_depths_merge(struct post_depths *into, const struct post_depths *from);
void	post_depths_free(struct post_depths *);

/* The depth of the deepest; 0: there are none. */
size_t	post_depths_deepest(const struct post_depths *);

/*
 * The depth at which a limit cut these stacks, or 0: the deepest are many
 * more than those of a frame less, and end where no shorter one does, nor
 * where programs, threads and system calls begin.
 */
size_t	post_depths_limit(const struct post_depths *);

#endif
