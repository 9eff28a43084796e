/* SPDX-License-Identifier: BSD-2-Clause */
/* Which frames are kept when not all of them can be: those of at least so many samples. */
#ifndef POST_PRUNE_H
#define POST_PRUNE_H

#include "tree.h"

/* To be read: frames, floor.  A floor of { 0 } keeps all. */
struct post_prune {
	uint64_t		 frames;	/* of the whole tree, without its root and gaps */
	struct post_count	 floor;		/* frames of fewer samples, before and after, are not kept */

	/* Private to prune.c. */
	const struct post_tree	*tree;
	uint64_t		*sized;		/* how many frames are about so large */
	uint64_t		*below;		/* by edge: frames that stand on its last */
};

/* Count the frames of TREE, which is settled, and borrowed. */
void		 post_prune_begin(struct post_prune *, const struct post_tree *);

/*
 * Set the floor: of frames of fewer than DRAWN samples the larger ones stay,
 * so that there are about MOST in all.  Returns how many there are.
 */
uint64_t	 post_prune_to(struct post_prune *, uint64_t most, struct post_count drawn);

/* Is FRAME, or a gap, at the floor or over it? */
static inline bool
post_prune_keeps(const struct post_prune *p, const struct post_frame *f)
{
	return post_count_cmp(f->count, p->floor) >= 0 || post_count_cmp(f->before, p->floor) >= 0;
}

/* How many frames are in the subtree of the frame that W gave last, it too; gaps are none. */
uint64_t	 post_prune_subtree(const struct post_prune *, const struct post_walk *w);

void		 post_prune_free(struct post_prune *);

#endif
