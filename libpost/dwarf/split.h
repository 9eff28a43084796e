/* SPDX-License-Identifier: BSD-2-Clause */
/* Split DWARF: where the rest of a skeleton unit is (DWARF 5, 7.3.5, and GNU's form before it). */
#ifndef POST_SPLIT_H
#define POST_SPLIT_H

#include "unit.h"

/* A unit elsewhere. */
struct post_split {
	const struct post_sections	*in;	/* NULL: it was not found */
	uint64_t			 at;
};

/* Is the unit, which is open, only a skeleton? */
static inline bool
post_unit_is_skeleton(const struct post_unit *u)
{
	return u->type == DW_UT_skeleton || u->dwo_name.n > 0;
}

/*
 * Find the rest of SKELETON, which is open: in the package, or else by the callback,
 * so this is for the thread that may call it.  What is made of a package is taken from MEM.
 * Units of a .dwo are opened with ABBREVS.
 */
struct post_split	post_split_find(const struct post_unit *skeleton, struct post_abbrevs *, struct post_arena *mem);

#endif
