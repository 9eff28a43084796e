/* SPDX-License-Identifier: BSD-2-Clause */
/* What happens to a stack before it is drawn: another base, reversed, made a chain. */
#ifndef POST_SHAPE_H
#define POST_SHAPE_H

#include "../base/buf.h"
#include "../base/names.h"

/* Set the public members of { 0 }; names and base are borrowed. */
struct post_shape {
	struct post_names	*names;
	const char *const	*base;		/* of these functions the one next to the leaf becomes the base */
	size_t			 nbase;		/* 0: stacks stay whole */
	bool			 reverse;	/* leaf first; empty frames that come last then are dropped */
	bool			 chain;		/* --colors chain (bt-svg(1)) */

	/* Private to shape.c. */
	uint32_t		*frame, *base_id;
	size_t			 cap;
	struct post_buf		 name;
};

/*
 * FRAME, *N ids of names, in its shape, in that order: base, reverse, chain.
 * Returns frames, *n of them, that are part of FRAME or S's own until the next
 * call; NULL: the stack has none of the bases and is not to be drawn.
 */
const uint32_t	*post_shape_stack(struct post_shape *s, const uint32_t *frame, size_t *n);

void		 post_shape_free(struct post_shape *);

#endif
