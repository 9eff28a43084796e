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

/* By id of FROM's names: the id that INTO has for the name, or for what RENAME makes of it. */
static uint32_t *
ids_in(struct post_fold *into, const struct post_fold *from, post_fold_rename_fn *rename, void *arg)
{
	uint32_t *id = post_resize(NULL, from->names.n, sizeof *id);
	struct post_buf other = { 0 };

	for (uint32_t i = 0; i < from->names.n; i++) {
		struct post_str name = post_name(&from->names, i);

		other.n = 0;
		id[i] = post_intern(&into->names, rename != NULL && rename(arg, name, &other) ? post_buf_str(&other) : name);
	}
	post_buf_free(&other);
	return id;
}

int
post_fold_merge_named(struct post_fold *into, const struct post_fold *from, post_fold_rename_fn *rename, void *arg, struct post_err *err)
{
	uint32_t *id = ids_in(into, from, rename, arg), *frame = NULL;
	size_t i, j, cap = 0;
	int status = 0;

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

int
post_fold_merge(struct post_fold *into, const struct post_fold *from, struct post_err *err)
{
	return post_fold_merge_named(into, from, NULL, NULL, err);
}

static int
cmp_stacks(const void *pa, const void *pb, void *arg)
{
	const struct post_fold_stack *a = pa, *b = pb;

	return post_order_cmp(arg, a->frame, a->n, b->frame, b->n);
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
	size_t i, n = 0;

	for (i = 0; i < f->n; i++)
		if (f->stack[i].count.whole >= min)
			f->stack[n++] = f->stack[i];
	f->n = n;
	post_order_make(&f->order, &f->names);
	if (top != 0 && top < n) {
		qsort_r(f->stack, n, sizeof *f->stack, cmp_heavier, &f->order);
		f->n = top;
	}
	if (f->n > 0)
		qsort_r(f->stack, f->n, sizeof *f->stack, cmp_stacks, &f->order);
	free(f->slot);	/* the stacks moved: made anew when one is added */
	f->slot = NULL;
}

void
post_fold_write(const struct post_fold *f, struct post_out *out)
{
	size_t i;

	for (i = 0; i < f->n && !post_out_failed(out); i++) {
		const struct post_fold_stack *k = &f->stack[i];

		post_order_put(&f->order, k->frame, k->n, &out->buf);
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
	post_order_free(&f->order);
	free(f->stack);
	free(f->slot);
	*f = (struct post_fold){ 0 };
}
