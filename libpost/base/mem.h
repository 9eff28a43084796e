/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory: arrays that grow, arenas that die at once. */
#ifndef POST_MEM_H
#define POST_MEM_H

#include <stddef.h>
#include "str.h"

/*
 * The library's functions do not return without the memory that they need.
 * When there is none they call HANDLER with the number of bytes wanted; it
 * must not return (a filter prints a message and exits 2).  With no handler,
 * or one that returns, the process aborts.
 */
void	 post_on_nomem(void (*handler)(size_t bytes));

/* realloc(3) of N things of SIZE bytes; never NULL.  free(3) releases it. */
void	*post_resize(void *p, size_t n, size_t size);

/*
 * Make room for one more thing: P points to *CAP things of SIZE bytes, of
 * which N are in use.  Returns P, perhaps moved, and *CAP, perhaps doubled.
 */
static inline void *
post_room(void *p, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return p;
	*cap = *cap == 0 ? 16 : 2 * *cap;
	return post_resize(p, *cap, size);
}

/* Memory that dies together.  { 0 } is an empty arena. */
struct post_arena {
	struct post_block_of_arena	*last;
	size_t				 used;	/* bytes taken so far */
};

void		*post_take(struct post_arena *, size_t n);	/* aligned for any type; never NULL */
struct post_str	 post_keep(struct post_arena *, struct post_str);	/* a NUL-terminated copy that lives as long as the arena */
void		 post_drop(struct post_arena *);	/* everything taken is gone */

#endif
