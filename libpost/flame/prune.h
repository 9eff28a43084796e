/* SPDX-License-Identifier: BSD-2-Clause */
/* Which frames are kept when not all of them can be: those of at least so many samples. */
#ifndef POST_PRUNE_H
#define POST_PRUNE_H

#include "tree.h"

/* To be read: frames, floor.  A floor of { 0 } keeps all.  A walk counts LEFT down. */
struct post_prune {
	uint64_t		 frames;	/* of the whole tree, without its root and gaps */
	struct post_count	 floor;		/* frames of so many samples, before or after, are kept; in a comparison, so wide ones */
	struct post_count	 below;		/* and of those down to here the first ones of a walk: */
	uint64_t		 left;		/* so many */

	/* Private to prune.c. */
	const struct post_tree	*tree;
	uint64_t		*sized;		/* how many frames are about so large */
	uint64_t		*standing;	/* by edge: frames that stand on its last */
};

/* Count the frames of TREE, which is settled, and borrowed. */
void		 post_prune_begin(struct post_prune *, const struct post_tree *);

/*
 * Set the floor: of frames of fewer than DRAWN samples the larger ones stay,
 * so that there are about MOST in all.  Returns how many there are.
 */
uint64_t	 post_prune_to(struct post_prune *, uint64_t most, struct post_count drawn);

/* Has FRAME so many samples, before or after?  In a comparison only widths are counted in one unit. */
static inline bool
post_prune_reaches(const struct post_prune *p, const struct post_frame *f, struct post_count least)
{
	return post_count_cmp(f->count, least) >= 0 || (!p->tree->compared && post_count_cmp(f->before, least) >= 0);
}

/* Is FRAME, or a gap, kept?  To be asked once for each frame of a walk that skips those which are not. */
static inline bool
post_prune_keeps(struct post_prune *p, const struct post_frame *f)
{
	if (post_prune_reaches(p, f, p->floor))
		return true;
	if (p->left == 0 || !post_prune_reaches(p, f, p->below))
		return false;
	p->left--;
	return true;
}

/* How many frames are in the subtree of the frame that W gave last, it too; gaps are none. */
uint64_t	 post_prune_subtree(const struct post_prune *, const struct post_walk *w);

void		 post_prune_free(struct post_prune *);

#endif
