/* SPDX-License-Identifier: BSD-2-Clause */
/* In which order the counts of a trace come: what the sampler sorted by, where it stopped, how many dumps there are. */
#ifndef POST_COUNTS_H
#define POST_COUNTS_H

#include "notes.h"

/* The counts of neighbouring blocks of one operand, in the order that they have there. */
struct post_counts_run {
	struct post_place	 at;		/* its first block: file and seq */
	uint64_t		 end;		/* the seq behind its last block */
	uint64_t		 n;		/* counts; without any the rest means nothing */
	uint64_t		 first, last, least;
	uint64_t		 most;
	uint64_t		 rises;		/* counts larger than the one before */
	uint64_t		 restarts;	/* of these: from a small count to one of the largest, as another dump begins */
	uint64_t		 head, tail;	/* counts before the first rise, and from the last one on */
	uint64_t		 full;		/* a descending part in between of just as many counts as samplers print at most; 0: none */
	struct post_place	 first_at, first_rise;
};

/* Is that what sample-bt (1024) and stap++ (1000) print at most? */
static inline bool
post_counts_full(uint64_t n)
{
	return n == 1024 || n == 1000;
}

/* { 0 } is empty. */
struct post_counts {
	struct post_counts_run	*run;
	size_t			 n;

	size_t			 cap;		/* private */
};

void	post_counts_block(struct post_counts *, uint32_t file, uint64_t seq);	/* what follows is of that block */
void	post_counts_add(struct post_counts *, uint64_t count, const struct post_place *at);
void	post_counts_merge(struct post_counts *into, const struct post_counts *from);

/* One run for each operand that has counts, in their order; after the last merge. */
void	post_counts_join(struct post_counts *);
void	post_counts_free(struct post_counts *);

#endif
