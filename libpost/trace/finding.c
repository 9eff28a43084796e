/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "../base/mem.h"
#include "finding.h"

struct post_finding *
post_findings_add(struct post_findings *f, enum post_finding_id id, enum post_severity severity)
{
	struct post_finding *one;

	f->v = post_room(f->v, f->n, &f->cap, sizeof *f->v);
	one = &f->v[f->n++];
	*one = (struct post_finding){ .id = id, .severity = severity, .stacks = -1, .weight = -1 };
	return one;
}

/* Two of one kind keep the order of what they name. */
static int
compare(const void *va, const void *vb)
{
	const struct post_finding *a = va, *b = vb;

	if (a->severity != b->severity)
		return a->severity > b->severity ? -1 : 1;
	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	if (a->id != b->id)
		return a->id < b->id ? -1 : 1;
	if (a->n != b->n)
		return a->n > b->n ? -1 : 1;
	return strcmp(a->subject != NULL ? a->subject : "", b->subject != NULL ? b->subject : "");
}

void
post_findings_sort(struct post_findings *f)
{
	if (f->n > 0)
		qsort(f->v, f->n, sizeof *f->v, compare);
}

const struct post_finding *
post_findings_get(const struct post_findings *f, enum post_finding_id id)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].id == id)
			return &f->v[i];
	return NULL;
}

enum post_severity
post_findings_worst(const struct post_findings *f)
{
	enum post_severity worst = POST_INFO;

	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].severity > worst)
			worst = f->v[i].severity;
	return worst;
}

void
post_findings_free(struct post_findings *f)
{
	for (size_t i = 0; i < f->n; i++)
		free(f->v[i].subject);
	free(f->v);
	*f = (struct post_findings){ 0 };
}
