/* SPDX-License-Identifier: BSD-2-Clause */
/* From the account of a trace to findings, and a verdict. */
#ifndef POST_JUDGE_H
#define POST_JUDGE_H

#include "account.h"
#include "finding.h"

enum post_worth {
	POST_USABLE,		/* nothing but what is good to know */
	POST_WITH_CARE,		/* it is a profile, but not of all, or not to the root */
	POST_NO_PROFILE
};

/* What the counts of a trace are. */
enum post_weight {
	POST_WEIGHT_SAMPLES,	/* how often a stack was seen: they come in descending order */
	POST_WEIGHT_SUMS,	/* sums of microseconds or bytes: they do not */
	POST_WEIGHT_UNKNOWN	/* too few to tell, or folded */
};

/* Add what the account of a finished run tells, unsorted (post_findings_sort). */
void			post_judge(struct post_findings *, const struct post_account *);

enum post_worth	post_worth_of(const struct post_findings *);
enum post_weight	post_weight_of(const struct post_account *);

/*
 * The interval that holds the true share of a frame with a probability of
 * 95 %, when SHARE of TOTAL samples had it (E. B. Wilson, 1927).
 */
void			post_share_interval(double share, double total, double *low, double *high);

/* judge-messages.c: what stap said. */
void			post_judge_messages(struct post_findings *, const struct post_account *);

/* judge-frames.c: what the frames say of themselves. */
void			post_judge_frames(struct post_findings *, const struct post_account *);

#endif
