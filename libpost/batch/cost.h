/* SPDX-License-Identifier: BSD-2-Clause */
/* What functions cost in a trace: their own samples, and those with what they call. */
#ifndef POST_BATCH_COST_H
#define POST_BATCH_COST_H

#include "../trace/fold.h"

enum { POST_COST_WHOLE = 1000000, POST_COST_LEAST = 500 };	/* all of a trace; functions with less are left out */

/*
 * Append lines "SELF TOTAL NAME", SELF and TOTAL in millionths of the trace's
 * samples, NAME as the folded form has it; the largest totals first, then by
 * the bytes of the names.  A function that calls itself counts once a stack.
 */
void	post_put_costs(struct post_buf *, const struct post_fold *);

/* Take a line off *COSTS.  False: there is no more. */
bool	post_next_cost(struct post_str *costs, struct post_str *name, uint32_t *self, uint32_t *total);

#endif
