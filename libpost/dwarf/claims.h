/* SPDX-License-Identifier: BSD-2-Clause */
/* Which units may hold which addresses, from what their top entries say. */
#ifndef POST_CLAIMS_H
#define POST_CLAIMS_H

#include "split.h"
#include "units.h"

/* What a unit has to say of an address; what is better is higher. */
enum post_rank {
	POST_RANK_NONE,
	POST_RANK_WEAK_LINE,	/* weak: its range begins at 0, as that of code that the linker threw away */
	POST_RANK_WEAK_SCOPE,
	POST_RANK_LINE,
	POST_RANK_SCOPE
};

struct post_answer {
	struct post_call_chain	chain;
	enum post_rank		rank;
};

struct post_claim {
	uint64_t		unit;		/* its offset */
	uint64_t		lines;		/* bytes of its line program */
	size_t			pc;		/* number of the address */
	bool			weak, skeleton;
	bool			bad;		/* the unit was counted as such already */
	struct post_answer	answer;
};

struct post_claims {
	struct post_claim	*claim;		/* by unit, then by address */
	size_t			 n, cap;
	struct post_units	 units;		/* all */
	struct post_units	 open;		/* those that have code and do not say where all of it is */
	bool			 unread;	/* there are units of which not even that could be read */
	struct post_bad_units	 bad;
};

/* Read the top entries of all units.  An address is claimed by no more than four. */
void	post_claims_make(struct post_claims *, const struct post_dwarf *, const uint64_t *pc, size_t n);
void	post_claims_free(struct post_claims *);

/* Bytes of abbreviation tables that are parsed before units in no order by tables: they may share and alternate. */
uint64_t	post_claims_budget(const struct post_dwarf *);

#endif
