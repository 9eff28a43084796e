/* SPDX-License-Identifier: BSD-2-Clause */
/* What a trace is worth: the verdict, what its counts are, and how sure a share is. */
#ifndef POST_WORTH_H
#define POST_WORTH_H

#include "account.h"
#include "finding.h"

enum post_worth {
	POST_USABLE,		/* nothing but what is good to know */
	POST_WITH_CARE,		/* it is a profile, but not of all, or not to the root */
	POST_NO_PROFILE
};

/* What the counts of a trace are. */
enum post_weight {
	POST_WEIGHT_SAMPLES,	/* how often a stack was seen: they come in descending order, down to the rare ones */
	POST_WEIGHT_SUMS,	/* of microseconds or bytes: they come in any order */
	POST_WEIGHT_UNKNOWN	/* too few to tell, all large, or folded */
};

enum { POST_ORDER_MIN = 8 };	/* counts: fewer have no order */

/* PART of ALL, 0 to 1, also where what is counted twice makes it more; -1: there is nothing. */
static inline double
post_share(uint64_t part, uint64_t all)
{
	return all == 0 ? -1 : part < all ? (double)part / (double)all : 1;
}

/* The verdict on a trace by the worst that was found in it. */
enum post_worth		post_worth_of(enum post_severity worst);

/* The worst severity among the remarks of a folded trace; POST_INFO when there are none. */
enum post_severity	post_remarks_worst(const struct post_account *);

enum post_weight	post_weight_of(const struct post_account *);

/*
 * The interval that holds the true share of a frame with a probability of
 * 95 %, when SHARE of TOTAL samples had it (E. B. Wilson, 1927).
 */
void			post_share_interval(double share, double total, double *low, double *high);

#endif
