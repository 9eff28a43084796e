/* SPDX-License-Identifier: BSD-2-Clause */
/* The order of folded lines, by bytes, told from ids of names. */
#ifndef POST_ORDER_H
#define POST_ORDER_H

#include "../base/buf.h"
#include "../base/names.h"

/* Of one table of names.  { 0 } is none. */
struct post_order {
	struct post_str		*written;	/* by id: the name as the folded form has it */

	/* Private to order.c. */
	uint32_t		*rank;		/* by id, where ";" follows */
	struct post_arena	 escaped;
};

/* Cost: a sort of all names.  NAMES outlive the order, which knows those that are there now. */
void	post_order_make(struct post_order *, const struct post_names *names);
void	post_order_free(struct post_order *);

/* As strcmp of "a;b;c" and "a;b;d" would have it: N ids of frames at A, M at B, root first. */
int	post_order_cmp(const struct post_order *, const uint32_t *a, size_t n, const uint32_t *b, size_t m);

/* Append the stack as the folded form has it, without its count. */
void	post_order_put(const struct post_order *, const uint32_t *frame, size_t n, struct post_buf *);

#endif
