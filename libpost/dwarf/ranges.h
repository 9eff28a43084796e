/* SPDX-License-Identifier: BSD-2-Clause */
/* Which addresses an entry covers: low and high, or a list (DWARF 5, 2.17). */
#ifndef POST_RANGES_H
#define POST_RANGES_H

#include "unit.h"

/* Steps through ranges; those of code that the linker threw away are left out. */
struct post_ranges {
	const struct post_unit	*unit;
	struct post_cursor	 c;
	uint64_t		 base;
	uint64_t		 lo, hi;	/* the range that the entry itself tells */
	bool			 list;
	uint64_t		*budget;	/* parts of lists that may still be read */
};

/* Begin with the ranges of an entry, from its three values, of which any may be none. */
enum post_reading	post_ranges_begin(struct post_ranges *, const struct post_unit *, const struct post_value *low,
			    const struct post_value *high, const struct post_value *ranges, uint64_t *budget);

/* The next range that is not empty, [*lo, *hi).  False at the end, with *how when it came too early. */
bool	post_ranges_next(struct post_ranges *, uint64_t *lo, uint64_t *hi, enum post_reading *how);

#endif
