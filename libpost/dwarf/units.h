/* SPDX-License-Identifier: BSD-2-Clause */
/* Where the units of a .debug_info lie, of whatever kind, and how many could not be read. */
#ifndef POST_UNITS_H
#define POST_UNITS_H

#include "unit.h"

/* { 0 } is none. */
struct post_units {
	uint64_t	*at;	/* offsets, rising */
	size_t		 n, cap;
};

/* { 0 } is none. */
struct post_bad_units {
	uint64_t		n, first;	/* how many, and the offset of the first */
	enum post_reading	why;		/* of the first */
};

void	post_units_add(struct post_units *, uint64_t at);
void	post_units_free(struct post_units *);

/* The offset of the unit that holds the offset AT, or UINT64_MAX. */
uint64_t	post_units_find(const struct post_units *, uint64_t at);

/* All units of a section; what follows a corrupt header is left out. */
void	post_units_walk(struct post_units *, const struct post_dwarf *, const struct post_sections *in);

void	post_bad_unit(struct post_bad_units *, uint64_t at, enum post_reading why);
void	post_bad_units_join(struct post_bad_units *, const struct post_bad_units *other);

#endif
