/* SPDX-License-Identifier: BSD-2-Clause */
/* Running the reader over all the input, in one thread or in several. */
#ifndef POST_RUN_H
#define POST_RUN_H

#include "fold.h"

/*
 * What was read, gathered as it is read: { 0 } at first, and freed by
 * post_run_free.
 */
struct post_run {
	struct post_notes	 notes;		/* lines resolved when the run is over */

	/* Private to run.c: the lines of each block, to number lines by. */
	struct {
		uint32_t	file;
		uint64_t	lines;
	}			*block;
	size_t			 cap;
};

/*
 * Read all blocks of IN, made with the cutter post_stacks_cut, in order and
 * in this thread; each stack goes to conf->stack(ARG).
 * Returns 0, or -1 with *err of conf->stack.
 */
int	post_run_stacks(struct post_run *, struct post_input *in, const struct post_stacks_conf *conf,
	    struct post_names *names, void *arg, struct post_err *err);

/*
 * Fold all blocks of IN into FOLD with up to JOBS threads; conf->stack is not
 * used.  The result is the same for every JOBS, but for the order of ids.
 * Returns 0, or -1 with *err: a sum passed 2^64-1.
 * Cost: each thread keeps a table of its own until the end.
 */
int	post_run_fold(struct post_run *, struct post_input *in, const struct post_stacks_conf *conf,
	    unsigned jobs, struct post_fold *fold, struct post_err *err);

void	post_run_free(struct post_run *);

#endif
