/* SPDX-License-Identifier: BSD-2-Clause */
/* Which functions, inlined into each other, hold the addresses of a unit. */
#ifndef POST_INLINES_H
#define POST_INLINES_H

#include "unit.h"

enum { POST_NO_SCOPE = UINT32_MAX };

/* A function, or one that was inlined there. */
struct post_scope {
	uint64_t	at;	/* its entry in .debug_info */
	uint32_t	parent;	/* what it was inlined into, or POST_NO_SCOPE; always under its own number */
};

/* { 0 } is empty.  The memory is used again for the next unit. */
struct post_inlines {
	struct post_scope	*scope;
	size_t			 n_scope, cap_scope;
	uint32_t		*of;	/* the innermost scope of each address, or POST_NO_SCOPE */
	size_t			 cap_of;
	struct post_level	*level;	/* private */
	uint64_t		 looks, takes;	/* private: how much may still be done */
};

/*
 * Find the scopes of N > 0 addresses PC, sorted, each once, in a unit that is open.  A
 * subtree is passed over when its addresses are none of these; when addresses
 * are left then, the unit is read again as a whole, for functions inside of what was passed.
 * What was found before an error counts.  Where entries cannot tell ranges,
 * one lies in those around it whether these cover it or not.
 */
enum post_reading	post_inlines_find(struct post_inlines *, const struct post_unit *, const uint64_t *pc, size_t n);
void			post_inlines_free(struct post_inlines *);

#endif
