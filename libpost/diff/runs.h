/* SPDX-License-Identifier: BSD-2-Clause */
/* The runs of both sides: each distinct stack once, with its count in every run that has it. */
#ifndef POST_RUNS_H
#define POST_RUNS_H

#include "../trace/fold.h"
#include "canon.h"

enum post_diff_side { POST_BEFORE, POST_AFTER, POST_BOTH_SIDES };

struct post_one_run {
	const char		*name;		/* of its file, or in the baseline; borrowed from mem or the caller */
	enum post_diff_side	 side;
	struct post_count	 samples;	/* the sum of its counts */
	double			 exposure;	/* the same, or units of work; set by the caller before post_diff */
};

/* A distinct stack: its frames, root first, and where its counts begin. */
struct post_cell {
	const uint32_t	*frame;
	uint32_t	 n;
	uint32_t	 counts;	/* index of its first count + 1; 0: none */
};

/* One count of a cell. */
struct post_cell_count {
	struct post_count	count;
	uint32_t		run;
	uint32_t		next;		/* index + 1 of the cell's next count, in a later run; 0: none */
};

/* { 0 } is empty. */
struct post_runs {
	struct post_names	 names;		/* as they are compared */
	struct post_one_run	*run;
	size_t			 n;
	struct post_cell	*cell;
	size_t			 cells;
	struct post_cell_count	*count;
	size_t			 counts;
	struct post_count	 samples;	/* of all runs */

	/* Private to runs.c. */
	struct post_arena	 mem;
	uint32_t		*slot, *hash, *last;	/* by cell: its hash, its last count */
	size_t			 mask, cap_run, cap_cell, cap_count;
	uint64_t		 seed;
};

/*
 * One more run: FOLD's stacks, their names by CANON (which learns nothing).
 * NAME is borrowed.  Returns 0, or -1 with *err: POST_ELIMIT, a sum passed 2^64-1.
 * Cost: a hash of each stack; memory for the stacks that no run before had.
 */
int	post_runs_add(struct post_runs *, const char *name, enum post_diff_side, const struct post_fold *fold, struct post_canon *canon,
	    struct post_err *err);

/*
 * The same in steps: begin a run without counts, the last one from now on, and
 * give it COUNT more of a stack of N ids of r->names.  Runs of one stack come
 * in their order.  Returns as post_runs_add.
 */
void	post_runs_begin(struct post_runs *, const char *name, enum post_diff_side);
bool	post_runs_has(struct post_runs *, size_t first, const uint32_t *frame, size_t n);	/* a count of it from run FIRST on */
int	post_runs_count(struct post_runs *, size_t run, const uint32_t *frame, size_t n, struct post_count, struct post_err *err);

/* The same runs where the name with the id I is that with the id OTHER[I]; ids stay what they are. */
void	post_runs_rename(struct post_runs *to, const struct post_runs *from, const uint32_t *other);

/* How many runs has a side? */
size_t	post_runs_of(const struct post_runs *, enum post_diff_side);

/* The sum of a cell's counts in the runs of a side. */
struct post_count	post_runs_sum(const struct post_runs *, uint32_t cell, enum post_diff_side);

/* All cells in the order of their folded lines, to be free(3)d. */
uint32_t	*post_runs_sorted(const struct post_runs *);

void	post_runs_free(struct post_runs *);

#endif
