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
	uint32_t	wide;		/* what the children's hash is keyed by, or 0; in a chart: the last child, or 0 */
};

/* { .names = N } is an empty tree; N is borrowed, and outlives the tree. */
struct post_tree {
	const struct post_names	*names;
	struct post_count	 total;		/* the sum of all counts */
	uint64_t		 stacks;	/* how many were added */
	struct post_count	 total_before;	/* in a differential: the sum of the counts before */
	struct post_count	 total_after;	/* the sum of the counts after: in all but comparisons the total */
	bool			 both;		/* a differential */
	bool			 compared;	/* a differential whose frames are wide of a count of their own */
	bool			 chart;		/* set before the first stack: as they come, only neighbours merge */
	bool			 chain;		/* a "--" that ends a stack was not in its line (shape.h): the line ended before it */

	/* Private to tree.c, edges.c, walk.c and prune.c. */
	struct post_edge	*edge;		/* edge[0] is the root */
	uint64_t		*frac;		/* by edge, in 10^-18; NULL while all counts are whole */
	struct post_count	*before;	/* by edge, in a differential */
	struct post_count	*after;		/* by edge, in a comparison */
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

/*
 * The same with two counts: AFTER is what the frames are wide of.  The first
 * stack added decides whether the tree is a differential.  If so, a stack of
 * post_tree_add did not change; if not, BEFORE is left out.
 */
int	post_tree_add_change(struct post_tree *, const uint32_t *frame, size_t n, struct post_count before, struct post_count after);

/*
 * The same with three counts, for a comparison: frames are as wide as WIDE,
 * which may be of another unit than the two others.  In a comparison stacks of
 * the other calls are as wide as what is after; in another tree, and in a
 * chart, which is never a comparison, WIDE is what is after.  Returns -1 also
 * when the sum of BEFORE or AFTER would pass 2^64-1.
 * Cost: memory, 32 bytes an edge more than of a plain tree.
 */
int	post_tree_add_compared(struct post_tree *, const uint32_t *frame, size_t n, struct post_count wide,
	    struct post_count before, struct post_count after);

/* What post_tree_add has put off is done now; a walk begins with this. */
void	post_tree_settle(struct post_tree *);

/* Frames of a settled tree, without its root and gaps.  Cost: a look at each edge. */
uint64_t	post_tree_frames(const struct post_tree *);

void	post_tree_free(struct post_tree *);

/* One frame of the picture.  It covers the samples start .. start + count. */
struct post_frame {
	uint32_t		name;	/* an id, POST_ROOT or POST_GAP */
	uint32_t		depth;	/* 0 is the root */
	struct post_count	start, count;
	struct post_count	self;			/* of stacks that end here; in a chart only gaps have */
	struct post_count	before, self_before;	/* in a differential */
	struct post_count	after, self_after;	/* in all but comparisons count and self */
	bool			ends;			/* a stack ends here, be its count 0 */
};

/*
 * As uint32_t: the name of the root frame, and in a chart of what a frame's
 * own samples cover, which lie where they came between its children.
 */
enum { POST_ROOT = -1, POST_GAP = -2 };

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
 * ends and else ";".  A frame's own samples stand left of its children.  In a
 * chart they are in the order in which they came, gaps among them.
 */
void	post_walk_begin(struct post_walk *, struct post_tree *);

/*
 * The next frame: returns 1 with *frame, or 0 at the end.  With SKIP, what
 * stands on the frame given last is left out (and costs nothing).
 * Cost: self and self_before, an access to each child of the frame.
 */
int	post_walk_next(struct post_walk *, int skip, struct post_frame *);

/*
 * What ends at the frame given last: its self and self_before, in a chart
 * the sums of its gaps'.  Cost: in a chart, an access to each child.
 */
void	post_walk_own(const struct post_walk *, struct post_count *own, struct post_count *own_before);

void	post_walk_end(struct post_walk *);

#endif
