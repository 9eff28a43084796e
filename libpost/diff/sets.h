/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Candidate sets of stacks: what may have changed as one.  Their sums are
 * kept by run, and found in one pass over the frames of all stacks; no table
 * says which stack is in which set.
 */
#ifndef POST_SETS_H
#define POST_SETS_H

#include "diff.h"

enum { POST_SET_MIN = 16 };	/* samples of all runs: rarer sets are not looked at */
#define POST_SET_MIN_SHARE	0.001	/* nor those of a smaller part of all */
#define POST_NO_SET		SIZE_MAX

struct post_set {
	enum post_set_kind	 kind;
	uint32_t		 name;		/* of a path its last frame */
	struct post_path	 path;		/* of a path; borrowed from the runs */
	size_t			 row;
};

/* A path that enough stacks begin with, to where they part or one ends. */
struct post_set_node {
	struct post_path	 path;
	uint32_t		 parent, child, next;	/* nodes; 0 is the root, and none */
	uint32_t		 from, to;		/* its stacks in order[] */
	size_t			 set;			/* the index of the set that has the same stacks */
};

struct post_sets {
	const struct post_runs	*runs;
	struct post_set		*set;		/* functions, paths, frames anywhere; no two have the same stacks */
	size_t			 n, funcs;
	struct post_count	*sum;		/* by row and run: the live samples */
	struct post_count	*live;		/* by run: all live samples */
	uint32_t		*owner;		/* by cell: which removal took it, from 1; 0: it is live */
	uint32_t		 removals;

	/* Private to sets.c and set-paths.c. */
	double			 least;		/* samples of a set */
	struct post_set_node	*node;
	size_t			 nodes, cap_node, cap, rows, names;
	uint32_t		*order;		/* cells: those below a node together */
	uint32_t		*home;		/* by cell: the deepest node above it */
	size_t			*of_func, *of_incl;	/* by name: a row, or POST_NO_SET */
	uint32_t		*stamp;		/* by name: the cell that was seen to have it last, + 1 */
};

/* Find the sets of all of RUNS, which outlives them.  Their order follows their names alone. */
void		post_sets_make(struct post_sets *, const struct post_runs *runs);
void		post_sets_free(struct post_sets *);

/* The samples of a set in a run. */
static inline struct post_count
post_set_sum(const struct post_sets *s, size_t set, size_t run)
{
	return s->sum[s->set[set].row * s->runs->n + run];
}

/* Has CELL what makes a stack one of SET? */
bool		post_set_has(const struct post_set *, const struct post_cell *);

/* Where the set's frame stands in a stack that is in the set, from 0: the one next to the root, of a path its last. */
size_t		post_set_entry(const struct post_set *, const struct post_cell *);

/* Take the stacks of SET away from all sets.  Cost: a look at each stack. */
void		post_sets_remove(struct post_sets *, size_t set);

/* The node with just the stacks that begin with PATH; NULL: they are too few, or PATH is empty. */
const struct post_set_node	*post_sets_node(const struct post_sets *, const uint32_t *path, size_t n);

/* set-paths.c: the nodes, their order and homes. */
void		post_set_paths(struct post_sets *, const uint32_t *rank);

#endif
