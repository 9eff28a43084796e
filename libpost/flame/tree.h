/* SPDX-License-Identifier: BSD-2-Clause */
/* The flame tree: stacks summed by their common beginnings. */
#ifndef POST_TREE_H
#define POST_TREE_H

#include "../base/count.h"
#include "../base/names.h"

/*
 * The tree is path-compressed.  An edge is one struct post_edge: it stands
 * for a run of frames of which only the last one branches or ends a stack.
 *
 *	a;b;c 2		(root) 5
 *	a;b;d;e 3	   `- a b 5
 *			       |- c 2
 *			       `- d e 3
 *
 * A million stacks of thirty frames share so much that they are two million
 * edges, not thirty million frames.  An edge with few children keeps them in
 * a list; one with many has them in a hash table besides ("wide").
 */
struct post_edge {
	uint64_t	count;		/* of all stacks through here: the whole part */
	uint32_t	name;		/* the first frame */
	uint32_t	rest;		/* where the len - 1 others stand in post_tree.rest */
	uint32_t	len : 29;	/* frames; 0 for the root */
	uint32_t	ends : 1;	/* a stack ends at the last frame */
	uint32_t	sorted : 1;	/* the list of children is in order */
	uint32_t	child, next;	/* edges; 0 is none, as the root is nobody's child */
	uint32_t	wide;		/* what the children's hash is keyed by, or 0 */
};

/* { .names = N } is an empty tree; N is borrowed, and outlives the tree. */
struct post_tree {
	const struct post_names	*names;
	struct post_count	 total;		/* the sum of all counts */
	uint64_t		 stacks;	/* how many were added */

	/* Private to tree.c and walk.c. */
	struct post_edge	*edge;		/* edge[0] is the root */
	uint64_t		*frac;		/* by edge, in 10^-18; NULL while all counts are whole */
	uint32_t		*rest;		/* frames of edges, but for the first of each */
	size_t			 n, cap, nrest, caprest;
	struct post_tree_slot	*slot;		/* children of wide edges, open addressing */
	size_t			 used, slots;
	uint32_t		 nwide;
	uint64_t		 seed;
	struct post_tree_path	*path;		/* the edges of the stack added last */
	size_t			 npath, cappath;
	uint32_t		*prev;		/* and its frames */
	size_t			 nprev, capprev;
	struct post_tree_wait	*wait;		/* stacks not yet in the tree */
};

/*
 * Add a stack: N ids of tree->names, root first, seen COUNT times.  N is under
 * 2^29; 0 is fine: the samples then belong to the root alone.  FRAME is copied.
 *
 * Returns 0, or -1: the total would pass 2^64-1; the tree is as it was.
 * Cost: input in sorted order, an integer compare for each frame that is as
 * it was in the stack before; other input, a few cache misses a stack.
 */
int	post_tree_add(struct post_tree *, const uint32_t *frame, size_t n, struct post_count);

/* What post_tree_add has put off is done now; a walk begins with this. */
void	post_tree_settle(struct post_tree *);

void	post_tree_free(struct post_tree *);

/* One frame of the picture.  It covers the samples start .. start + count. */
struct post_frame {
	uint32_t		name;	/* an id, or POST_ROOT */
	uint32_t		depth;	/* 0 is the root */
	struct post_count	start, count;
};

enum { POST_ROOT = -1 };	/* as a uint32_t: the name of the root frame */

/* A walk over all frames, parents before children, children in order. */
struct post_walk {
	struct post_tree	*tree;
	struct post_walk_level	*level;
	size_t			 n, cap;
	uint32_t		 edge, at;	/* the frame given last: its edge, and which of it */
	struct post_frame	 frame;
	int			 begun;
};

/*
 * Begin to walk TREE.  Stacks may be added again once the walk has ended.
 * Children are in the order that flamegraph.pl's sort of whole lines gives:
 * by the bytes of the name and of what follows it, a blank where a stack
 * ends and else ";".  A frame's own samples stand left of its children.
 */
void	post_walk_begin(struct post_walk *, struct post_tree *);

/*
 * The next frame: returns 1 with *frame, or 0 at the end.  With SKIP, what
 * stands on the frame given last is left out (and costs nothing).
 */
int	post_walk_next(struct post_walk *, int skip, struct post_frame *);

void	post_walk_end(struct post_walk *);

#endif
