/* SPDX-License-Identifier: BSD-2-Clause */
/* The chains of the addresses of one unit: its scopes, their names, and its lines. */
#ifndef POST_ANSWER_H
#define POST_ANSWER_H

#include "claims.h"
#include "namer.h"
#include "inlines.h"

/* What a thread works with; used again for each unit. */
struct post_answerer {
	const struct post_dwarf	*dwarf;
	struct post_arena	*mem;		/* the chains */
	struct post_bad_units	 bad;

	/* Private. */
	struct post_abbrevs	 abbrevs;
	uint64_t		 abbrev_budget;
	struct post_inlines	 inlines;
	struct post_namer	 namer;
	struct post_arena	 scratch;	/* of one unit */
};

void	post_answerer_begin(struct post_answerer *, const struct post_dwarf *, struct post_arena *mem,
	    const struct post_units *main, const struct post_units *alt);
void	post_answerer_free(struct post_answerer *);

/* From now on no more than BUDGET bytes of abbreviation tables, for units in no order by tables. */
void	post_answerer_limit(struct post_answerer *, uint64_t budget);

/*
 * Answer for the N > 0 addresses PC, sorted, each once, from the unit at AT, or from the
 * rest of it, SPLIT.  ANSWER is zeroed by the caller.  *counted: the unit is
 * a bad one already.
 */
void	post_answer(struct post_answerer *, uint64_t at, struct post_split split, const uint64_t *pc, size_t n,
	    bool *counted, struct post_answer *answer);

#endif
