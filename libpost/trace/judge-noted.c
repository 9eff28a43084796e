/* SPDX-License-Identifier: BSD-2-Clause */
#include "judge.h"

struct post_finding *
post_judge_noted(struct post_findings *to, const struct post_account *a, enum post_finding_id id, enum post_severity severity,
    enum post_note kind)
{
	const struct post_noted *k = &a->notes.kind[kind];
	struct post_finding *f = post_findings_add(to, id, severity);

	f->n = k->n;
	f->first = k->first;
	f->has_place = true;
	if (k->weight > 0) {
		f->stacks = post_share(k->n, a->stacks);
		f->weight = post_share(k->weight, a->total.whole);
	}
	return f;
}
