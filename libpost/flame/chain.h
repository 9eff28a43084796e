/* SPDX-License-Identifier: BSD-2-Clause */
/* Chain graphs: who woke whom, with "--" between the stacks of a chain. */
#ifndef POST_CHAIN_H
#define POST_CHAIN_H

#include "../base/buf.h"
#include "../base/names.h"

/* { .names = N } is ready; N is borrowed. */
struct post_chain {
	struct post_names	*names;

	/* Private to chain.c. */
	uint32_t		*frame;
	size_t			 cap;
	struct post_buf		 name;
};

/*
 * FRAME as flamegraph.pl draws it with --colors chain (bt-svg(1)):
 * the frames behind the first "--" are wakers, "_[w]" by name, and a stack
 * without a "--" gets one at its end.  Returns the frames, *n of them, which
 * are C's own until the next call.
 */
const uint32_t	*post_chain_stack(struct post_chain *c, const uint32_t *frame, size_t *n);

void		 post_chain_free(struct post_chain *);

#endif
