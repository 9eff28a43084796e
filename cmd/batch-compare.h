/* SPDX-License-Identifier: BSD-2-Clause */
/* Groups of a batch compared, as bt-diff compares sets of runs when it is given no options. */
#ifndef BATCH_COMPARE_H
#define BATCH_COMPARE_H

#include "../libpost/batch/store.h"

/* One run: a trace that has outputs. */
struct batch_run {
	const struct post_trace_record	*record;
	const char			*folded;	/* the file of its stacks */
};

/* All is borrowed, but for the result. */
struct batch_comparison {
	const char		*name, *baseline;	/* of the groups */
	const struct batch_run	*before, *after;
	size_t			 n_before, n_after;	/* one at the least */
	uint64_t		 hash;		/* of the traces of both, and of how they were read */
	bool			 force;		/* even if it is known what comes of it */
	const char		*path;		/* of what is written: PATH.diff.txt and PATH.diff.svg */

	const char		*verdict, *why;	/* as the page has them */
};

/*
 * Compare AFTER to BEFORE, unless STORE knows what came of the same
 * comparison and its files are there; what comes of it is kept in MEM, and put into STORE.
 * A run of which a part could not be read, or of which its record tells that
 * it is partial or biased, leaves nothing to decide: "insufficient data".
 * Returns 0, or -1 with *err.
 */
int	batch_compare(struct batch_comparison *, struct post_store *, struct post_arena *mem, struct post_err *err);

/* Is what a comparison leaves at PATH there? */
bool	batch_compare_is_there(const char *path);

/* Take it away. */
void	batch_compare_remove(const char *path);

#endif
