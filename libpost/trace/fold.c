/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "fold.h"

enum { FIRST_SLOTS = 512 };

static uint32_t
hash(const struct post_fold *f, const uint32_t *frame, size_t n)
{
	return (uint32_t)XXH3_64bits_withSeed(frame, n * sizeof *frame, f->seed);
}

/* Twice the slots; the table stays at most half full. */
static void
grow(struct post_fold *f)
{
	size_t i, slots = f->mask == 0 ? FIRST_SLOTS : 2 * (f->mask + 1);

	f->slot = post_resize(f->slot, slots, sizeof *f->slot);
	memset(f->slot, 0, slots * sizeof *f->slot);
	f->mask = slots - 1;
	for (i = 0; i < f->n; i++) {
		size_t at = f->stack[i].hash & f->mask;

		while (f->slot[at] != 0)
			at = (at + 1) & f->mask;
		f->slot[at] = (uint32_t)i + 1;
	}
}

static bool
is_stack(const struct post_fold_stack *k, uint32_t h, const struct post_stack *s)
{
	return k->hash == h && k->n == s->n && (s->n == 0 || memcmp(k->frame, s->frame, s->n * sizeof *s->frame) == 0);
}

static struct post_fold_stack *
append(struct post_fold *f, const struct post_stack *s, uint32_t h)
{
	uint32_t *frame = post_take(&f->frames, s->n * sizeof *frame);

	if (s->n > 0)
		memcpy(frame, s->frame, s->n * sizeof *frame);
	f->stack = post_room(f->stack, f->n, &f->cap, sizeof *f->stack);
	f->stack[f->n] = (struct post_fold_stack){ .frame = frame, .n = (uint32_t)s->n, .hash = h };
	return &f->stack[f->n++];
}

int
post_fold_add(struct post_fold *f, const struct post_stack *s, struct post_err *err)
{
	struct post_fold_stack *k = NULL;
	uint32_t h;
	size_t at;

	if (f->seed == 0)
		f->seed = post_seed();
	if (f->slot == NULL || 2 * f->n > f->mask)
		grow(f);
	h = hash(f, s->frame, s->n);
	for (at = h & f->mask; f->slot[at] != 0; at = (at + 1) & f->mask)
		if (is_stack(&f->stack[f->slot[at] - 1], h, s)) {
			k = &f->stack[f->slot[at] - 1];
			break;
		}
	if (k == NULL) {
		k = append(f, s, h);
		f->slot[at] = (uint32_t)f->n;
	}
	if (post_count_add(&k->count, s->count) == -1)
		return post_fail(err, POST_ELIMIT, "the sum of a stack's counts passes 18446744073709551615");
	return 0;
}

int
post_fold_merge(struct post_fold *into, const struct post_fold *from, struct post_err *err)
{
	uint32_t *id = post_resize(NULL, from->names.n, sizeof *id), *frame = NULL;
	size_t i, j, cap = 0;
	int status = 0;

	for (i = 0; i < from->names.n; i++)
		id[i] = post_intern(&into->names, post_name(&from->names, (uint32_t)i));
	for (i = 0; i < from->n && status == 0; i++) {
		const struct post_fold_stack *k = &from->stack[i];
		struct post_stack s = { .n = k->n, .count = k->count };

		if (cap < k->n)
			frame = post_resize(frame, cap = 2 * (size_t)k->n, sizeof *frame);
		for (j = 0; j < k->n; j++)
			frame[j] = id[k->frame[j]];
		s.frame = frame;
		status = post_fold_add(into, &s, err);
	}
	free(id);
	free(frame);
	return status;
}

/* What sorting needs: the names as they are written, and their order when ";" follows. */
struct order {
	const struct post_str	*written;
	uint32_t		*rank;
};

/* Compare A and B as if END_A and END_B (";", or -1 for nothing) followed them. */
static int
cmp_ended(struct post_str a, int end_a, struct post_str b, int end_b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int d = n > 0 ? memcmp(a.p, b.p, n) : 0, next_a, next_b;

	if (d != 0)
		return d;
	next_a = a.n > n ? (unsigned char)a.p[n] : end_a;
	next_b = b.n > n ? (unsigned char)b.p[n] : end_b;
	return next_a - next_b;
}

static int
cmp_names(const void *a, const void *b, void *arg)
{
	const struct order *o = arg;

	return cmp_ended(o->written[*(const uint32_t *)a], ';', o->written[*(const uint32_t *)b], ';');
}

/* The order of the lines "a;b;c": where two stacks part, ";" or the end of a stack follows the names. */
static int
cmp_stacks(const void *pa, const void *pb, void *arg)
{
	const struct post_fold_stack *a = pa, *b = pb;
	const struct order *o = arg;
	uint32_t n = a->n < b->n ? a->n : b->n, i = 0;

	while (i < n && a->frame[i] == b->frame[i])
		i++;
	if (i == n)
		return (a->n > n) - (b->n > n);
	if (i + 1 < a->n && i + 1 < b->n)
		return o->rank[a->frame[i]] < o->rank[b->frame[i]] ? -1 : 1;
	return cmp_ended(o->written[a->frame[i]], i + 1 < a->n ? ';' : -1,
	    o->written[b->frame[i]], i + 1 < b->n ? ';' : -1);
}

/* Each name as the folded form has it; most are as they are. */
static void
escape_names(struct post_fold *f)
{
	struct post_buf buf = { 0 };
	uint32_t i;

	f->written = post_resize(f->written, f->names.n, sizeof *f->written);
	for (i = 0; i < f->names.n; i++) {
		struct post_str name = post_name(&f->names, i);

		buf.n = 0;
		post_put_folded(&buf, name);
		f->written[i] = name.n == buf.n ? name : post_keep(&f->escaped, post_buf_str(&buf));
	}
	post_buf_free(&buf);
}

static void
make_order(struct post_fold *f, struct order *o)
{
	uint32_t *by_rank = post_resize(NULL, f->names.n, sizeof *by_rank), i;

	escape_names(f);
	o->written = f->written;
	o->rank = post_resize(NULL, f->names.n, sizeof *o->rank);
	for (i = 0; i < f->names.n; i++)
		by_rank[i] = i;
	qsort_r(by_rank, f->names.n, sizeof *by_rank, cmp_names, o);
	for (i = 0; i < f->names.n; i++)
		o->rank[by_rank[i]] = i;
	free(by_rank);
}

static int
cmp_heavier(const void *pa, const void *pb, void *arg)
{
	const struct post_fold_stack *a = pa, *b = pb;
	int d = post_count_cmp(b->count, a->count);

	return d != 0 ? d : cmp_stacks(pa, pb, arg);
}

void
post_fold_select(struct post_fold *f, uint64_t min, uint64_t top)
{
	struct order o = { 0 };
	size_t i, n = 0;

	for (i = 0; i < f->n; i++)
		if (f->stack[i].count.whole >= min)
			f->stack[n++] = f->stack[i];
	f->n = n;
	make_order(f, &o);
	if (top != 0 && top < n) {
		qsort_r(f->stack, n, sizeof *f->stack, cmp_heavier, &o);
		f->n = top;
	}
	if (f->n > 0)
		qsort_r(f->stack, f->n, sizeof *f->stack, cmp_stacks, &o);
	free(o.rank);
	free(f->slot);	/* the stacks moved: made anew when one is added */
	f->slot = NULL;
}

void
post_fold_write(const struct post_fold *f, struct post_out *out)
{
	size_t i, j;

	for (i = 0; i < f->n && !post_out_failed(out); i++) {
		const struct post_fold_stack *k = &f->stack[i];

		for (j = 0; j < k->n; j++) {
			if (j > 0)
				post_putc(&out->buf, ';');
			post_put(&out->buf, f->written[k->frame[j]]);
		}
		post_putc(&out->buf, ' ');
		post_put_count(&out->buf, k->count);
		post_putc(&out->buf, '\n');
		post_out_tick(out);
	}
}

int
post_fold_total(const struct post_fold *f, struct post_count *total, struct post_err *err)
{
	size_t i;

	*total = (struct post_count){ 0 };
	for (i = 0; i < f->n; i++)
		if (post_count_add(total, f->stack[i].count) == -1)
			return post_fail(err, POST_ELIMIT, "the sum of all counts passes 18446744073709551615");
	return 0;
}

void
post_fold_free(struct post_fold *f)
{
	post_names_free(&f->names);
	post_drop(&f->frames);
	post_drop(&f->escaped);
	free(f->written);
	free(f->stack);
	free(f->slot);
	*f = (struct post_fold){ 0 };
}
