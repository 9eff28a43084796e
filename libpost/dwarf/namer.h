/* SPDX-License-Identifier: BSD-2-Clause */
/* What a function is called: its entry may point to others, also of other units, that tell. */
#ifndef POST_NAMER_H
#define POST_NAMER_H

#include "units.h"

enum { POST_FOREIGN = 8 };

/* One for each thread.  What it knows it forgets between units, so that no result depends on the units before. */
struct post_namer {
	const struct post_dwarf	*dwarf;
	const struct post_units	*main, *alt;
	uint64_t		 budget;	/* bytes that may still be read */

	/* Private: names by the place of their entry, and units that are open. */
	struct post_named	*slot;
	size_t			 n, mask;
	uint64_t		 seed;
	struct post_foreign {
		struct post_unit	unit;
		struct post_abbrevs	abbrevs;
		uint64_t		used;	/* a clock; 0: never */
	}			 foreign[POST_FOREIGN];
	uint64_t		 clock;
};

void	post_namer_begin(struct post_namer *, const struct post_dwarf *, const struct post_units *main,
	    const struct post_units *alt);
void	post_namer_free(struct post_namer *);

/* Turn to another unit, of which N names will be asked for. */
void	post_namer_turn(struct post_namer *, size_t n);

/* The name for an entry of U with the values V: its linkage name, or else its name; empty when there is none. */
struct post_str	post_namer_find(struct post_namer *, const struct post_unit *u, const struct post_value *v);

#endif
