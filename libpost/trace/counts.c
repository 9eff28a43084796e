/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "../base/mem.h"
#include "counts.h"

static struct post_counts_run *
new_run(struct post_counts *c)
{
	c->run = post_room(c->run, c->n, &c->cap, sizeof *c->run);
	return &c->run[c->n++];
}

void
post_counts_block(struct post_counts *c, uint32_t file, uint64_t seq)
{
	struct post_counts_run *last = c->n > 0 ? &c->run[c->n - 1] : NULL;

	if (last != NULL && last->at.file == file && last->end == seq) {
		last->end++;
		return;
	}
	*new_run(c) = (struct post_counts_run){ .at = { .file = file, .seq = seq }, .end = seq + 1 };
}

static bool
is_restart(const struct post_counts_run *r, uint64_t before, uint64_t count)
{
	return count / 2 >= before && before <= r->most / 2 && count >= r->most / 2;
}

/* A part of N counts that come down has ended. */
static void
end_part(struct post_counts_run *r, uint64_t n)
{
	if (post_counts_full(n))
		r->full = n;
}

static void
rise(struct post_counts_run *r, uint64_t count, const struct post_place *at)
{
	if (r->rises++ == 0) {
		r->first_rise = *at;
		r->head = r->tail;
	} else
		end_part(r, r->tail);
	r->restarts += is_restart(r, r->last, count);
	r->tail = 0;
}

void
post_counts_add(struct post_counts *c, uint64_t count, const struct post_place *at)
{
	struct post_counts_run *r = &c->run[c->n - 1];

	if (r->n++ == 0) {
		r->first = r->least = r->most = count;
		r->first_at = *at;
	} else if (count > r->last)
		rise(r, count, at);
	r->tail++;
	if (r->rises == 0)
		r->head = r->tail;
	if (count < r->least)
		r->least = count;
	if (count > r->most)
		r->most = count;
	r->last = count;
}

void
post_counts_merge(struct post_counts *into, const struct post_counts *from)
{
	for (size_t i = 0; i < from->n; i++)
		*new_run(into) = from->run[i];
}

static int
by_place(const void *a, const void *b)
{
	const struct post_counts_run *x = a, *y = b;

	return (x->at.seq > y->at.seq) - (x->at.seq < y->at.seq);
}

/* The parts at the seam of A and B: one, or an end and a beginning. */
static void
join_parts(struct post_counts_run *a, const struct post_counts_run *b, bool rises)
{
	uint64_t part = rises ? b->head : a->tail + b->head;

	if (rises && a->rises > 0)
		end_part(a, a->tail);
	if (b->rises > 0 && (rises || a->rises > 0))
		end_part(a, part);
	if (!rises && a->rises == 0)
		a->head += b->head;
	if (b->full != 0)
		a->full = b->full;
	a->tail = b->rises > 0 ? b->tail : part;
}

/* B, with counts, stands behind A, with counts. */
static void
append(struct post_counts_run *a, const struct post_counts_run *b)
{
	bool rises = b->first > a->last;

	join_parts(a, b, rises);
	if (a->rises == 0 && rises)
		a->first_rise = b->first_at;
	else if (a->rises == 0)
		a->first_rise = b->first_rise;
	a->restarts += b->restarts + (rises && is_restart(a, a->last, b->first));
	a->rises += b->rises + rises;
	a->n += b->n;
	a->last = b->last;
	if (b->least < a->least)
		a->least = b->least;
	if (b->most > a->most)
		a->most = b->most;
}

void
post_counts_join(struct post_counts *c)
{
	size_t i, n = 0;

	if (c->n > 1)
		qsort(c->run, c->n, sizeof *c->run, by_place);
	for (i = 0; i < c->n; i++) {
		if (c->run[i].n == 0)
			continue;
		if (n > 0 && c->run[n - 1].at.file == c->run[i].at.file)
			append(&c->run[n - 1], &c->run[i]);
		else
			c->run[n++] = c->run[i];
	}
	c->n = n;
}

void
post_counts_free(struct post_counts *c)
{
	free(c->run);
	*c = (struct post_counts){ 0 };
}
