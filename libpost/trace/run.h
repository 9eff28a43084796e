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
	struct post_account	 account;	/* its places are lines of the operands when the run is over */

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

/*
 * Read all blocks of IN, made with the cutter post_stacks_cut, for the account
 * alone, with up to JOBS threads.
 * Cost: that of reading; memory does not follow the length of the trace.
 */
void	post_audit(struct post_run *, struct post_input *in, unsigned jobs);

/*
 * What reads a block of stacks; ARG is of one thread.  Blocks of one operand
 * come to a thread in order, from one that is first or follows a whole one.
 * Returns the lines in it, or -1 with *err: the reading stops.
 */
typedef int64_t post_block_fn(void *arg, const struct post_block *, struct post_err *err);

/*
 * Read all blocks of IN with up to N threads, each with its own of ARGS; the
 * first is the caller's.  Returns 0, or -1 with *err of one that failed.
 */
int	post_run_blocks(struct post_run *, struct post_input *in, post_block_fn *block, void *const *args, unsigned n,
	    struct post_err *err);

/*
 * The run is over, and all accounts are merged into that of RUN: lines
 * counted in blocks become lines counted in operands.
 */
void	post_run_resolve(struct post_run *);

/* How many threads a run has that was asked for WANTED: 1 to 256. */
unsigned post_run_jobs(uint64_t wanted);

void	post_run_free(struct post_run *);

#endif
