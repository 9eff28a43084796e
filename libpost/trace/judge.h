/* SPDX-License-Identifier: BSD-2-Clause */
/* From the account of a trace to findings. */
#ifndef POST_JUDGE_H
#define POST_JUDGE_H

#include "worth.h"

/* Add what the account of a finished run tells, unsorted (post_findings_sort). */
void	post_judge(struct post_findings *, const struct post_account *);

/* judge-noted.c: a finding about what was noted: how often, where first, and the shares of stacks that have a weight. */
struct post_finding	*post_judge_noted(struct post_findings *, const struct post_account *, enum post_finding_id,
			    enum post_severity, enum post_note);

/* judge-cuts.c: where limits cut stacks. */
void	post_judge_cuts(struct post_findings *, const struct post_account *);

/* judge-messages.c: what stap said. */
void	post_judge_messages(struct post_findings *, const struct post_account *);

/* judge-frames.c: what the frames say of themselves. */
void	post_judge_frames(struct post_findings *, const struct post_account *);

#endif
