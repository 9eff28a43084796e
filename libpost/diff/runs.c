/* SPDX-License-Identifier: BSD-2-Clause */
#include <assert.h>
#include <stdlib.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "runs.h"

enum { FIRST_SLOTS = 1024 };
#define LEFT_OUT	UINT32_MAX	/* of a frame's name: it is not compared */

static void
grow(struct post_runs *r)
{
	size_t slots = r->mask == 0 ? FIRST_SLOTS : 2 * (r->mask + 1), i, at;

	r->slot = post_resize(r->slot, slots, sizeof *r->slot);
	memset(r->slot, 0, slots * sizeof *r->slot);
	r->mask = slots - 1;
	for (i = 0; i < r->cells; i++) {
		for (at = r->hash[i] & r->mask; r->slot[at] != 0; at = (at + 1) & r->mask)
			;
		r->slot[at] = (uint32_t)i + 1;
	}
}

static uint32_t
append_cell(struct post_runs *r, const uint32_t *frame, size_t n, uint32_t hash)
{
	uint32_t *own = post_take(&r->mem, n * sizeof *own);
	size_t cap = r->cap_cell;

	if (n > 0)
		memcpy(own, frame, n * sizeof *own);
	r->cell = post_room(r->cell, r->cells, &r->cap_cell, sizeof *r->cell);
	if (cap != r->cap_cell) {
		r->hash = post_resize(r->hash, r->cap_cell, sizeof *r->hash);
		r->last = post_resize(r->last, r->cap_cell, sizeof *r->last);
	}
	r->cell[r->cells] = (struct post_cell){ .frame = own, .n = (uint32_t)n };
	r->hash[r->cells] = hash;
	r->last[r->cells] = 0;
	return (uint32_t)r->cells++;
}

/* The cell of a stack, made when there is none. */
static uint32_t
cell_of(struct post_runs *r, const uint32_t *frame, size_t n)
{
	uint32_t hash = (uint32_t)XXH3_64bits_withSeed(frame, n * sizeof *frame, r->seed), cell;
	size_t at;

	if (r->slot == NULL || 2 * r->cells > r->mask)
		grow(r);
	for (at = hash & r->mask; r->slot[at] != 0; at = (at + 1) & r->mask) {
		cell = r->slot[at] - 1;
		if (r->hash[cell] == hash && r->cell[cell].n == n &&
		    (n == 0 || memcmp(r->cell[cell].frame, frame, n * sizeof *frame) == 0))
			return cell;
	}
	cell = append_cell(r, frame, n, hash);
	r->slot[at] = cell + 1;
	return cell;
}

bool
post_runs_has(struct post_runs *r, size_t first, const uint32_t *frame, size_t n)
{
	uint32_t cell = cell_of(r, frame, n), last = r->last[cell];

	return last != 0 && r->count[last - 1].run >= first;
}

void
post_runs_begin(struct post_runs *r, const char *name, enum post_diff_side side)
{
	if (r->seed == 0)
		r->seed = post_seed();
	r->run = post_room(r->run, r->n, &r->cap_run, sizeof *r->run);
	r->run[r->n++] = (struct post_one_run){ .name = name, .side = side };
}

int
post_runs_count(struct post_runs *r, size_t run, const uint32_t *frame, size_t n, struct post_count count, struct post_err *err)
{
	uint32_t cell = cell_of(r, frame, n), last = r->last[cell];

	if (post_count_add(&r->samples, count) == -1 || post_count_add(&r->run[run].samples, count) == -1)
		return post_fail(err, POST_ELIMIT, "%s: the sum of all counts passes 18446744073709551615", r->run[run].name);
	assert(last == 0 || r->count[last - 1].run <= run);
	if (last != 0 && r->count[last - 1].run == run)
		return post_count_add(&r->count[last - 1].count, count);	/* two names that are now one; not over the sum */
	r->count = post_room(r->count, r->counts, &r->cap_count, sizeof *r->count);
	r->count[r->counts++] = (struct post_cell_count){ count, (uint32_t)run, 0 };
	if (last != 0)
		r->count[last - 1].next = (uint32_t)r->counts;
	else
		r->cell[cell].counts = (uint32_t)r->counts;
	r->last[cell] = (uint32_t)r->counts;
	return 0;
}

/* By id of FOLD's names: the id of the name that is compared, or LEFT_OUT. */
static uint32_t *
canonical(struct post_runs *r, const struct post_fold *fold, struct post_canon *canon)
{
	uint32_t *id = post_resize(NULL, fold->names.n, sizeof *id), i;
	struct post_buf name = { 0 };

	for (i = 0; i < fold->names.n; i++) {
		name.n = 0;
		id[i] = post_canon_put(canon, post_name(&fold->names, i), &name) ?
		    post_intern(&r->names, post_buf_str(&name)) : LEFT_OUT;
	}
	post_buf_free(&name);
	return id;
}

int
post_runs_add(struct post_runs *r, const char *name, enum post_diff_side side, const struct post_fold *fold, struct post_canon *canon,
    struct post_err *err)
{
	uint32_t *id = canonical(r, fold, canon), *frame = NULL;
	size_t i, j, n, cap = 0;
	int status = 0;

	post_runs_begin(r, name, side);
	for (i = 0; i < fold->n && status == 0; i++) {
		const struct post_fold_stack *k = &fold->stack[i];

		if (cap < k->n)
			frame = post_resize(frame, cap = 2 * (size_t)k->n, sizeof *frame);
		for (j = n = 0; j < k->n; j++)
			if (id[k->frame[j]] != LEFT_OUT)
				frame[n++] = id[k->frame[j]];
		status = post_runs_count(r, r->n - 1, frame, n, k->count, err);
	}
	r->run[r->n - 1].exposure = post_count_real(r->run[r->n - 1].samples);
	free(id);
	free(frame);
	return status;
}

/* Give TO's run what FROM's CELL has in it, under other names. */
static void
count_renamed(struct post_runs *to, const struct post_runs *from, const uint32_t *other, uint32_t cell, const struct post_cell_count *k,
    uint32_t **frame, size_t *cap)
{
	const struct post_cell *c = &from->cell[cell];
	struct post_err err;

	if (*cap < c->n)
		*frame = post_resize(*frame, *cap = 2 * (size_t)c->n, sizeof **frame);
	for (uint32_t i = 0; i < c->n; i++)
		(*frame)[i] = other[c->frame[i]];
	(void)post_runs_count(to, k->run, *frame, c->n, k->count, &err);	/* the sums are those of FROM */
}

void
post_runs_rename(struct post_runs *to, const struct post_runs *from, const uint32_t *other)
{
	uint32_t *next = post_resize(NULL, from->cells, sizeof *next), *frame = NULL;
	size_t cap = 0;

	*to = (struct post_runs){ 0 };
	for (uint32_t i = 0; i < from->names.n; i++)
		(void)post_intern(&to->names, post_name(&from->names, i));
	for (uint32_t i = 0; i < from->cells; i++)
		next[i] = from->cell[i].counts;
	for (size_t r = 0; r < from->n; r++) {
		post_runs_begin(to, from->run[r].name, from->run[r].side);
		for (uint32_t i = 0; i < from->cells; i++) {
			if (next[i] == 0 || from->count[next[i] - 1].run != r)
				continue;
			count_renamed(to, from, other, i, &from->count[next[i] - 1], &frame, &cap);
			next[i] = from->count[next[i] - 1].next;
		}
		to->run[r].exposure = from->run[r].exposure;
	}
	free(next);
	free(frame);
}

size_t
post_runs_of(const struct post_runs *r, enum post_diff_side side)
{
	size_t i, n = 0;

	for (i = 0; i < r->n; i++)
		n += r->run[i].side == side;
	return n;
}

struct post_count
post_runs_sum(const struct post_runs *r, uint32_t cell, enum post_diff_side side)
{
	struct post_count sum = { 0 };

	for (uint32_t c = r->cell[cell].counts; c != 0; c = r->count[c - 1].next)
		if (r->run[r->count[c - 1].run].side == side && post_count_add(&sum, r->count[c - 1].count) == -1)
			return (struct post_count){ UINT64_MAX, 0 };
	return sum;
}

struct sorting {
	const struct post_runs	*runs;
	struct post_order	 order;
};

static int
by_line(const void *pa, const void *pb, void *arg)
{
	const struct sorting *s = arg;
	const struct post_cell *a = &s->runs->cell[*(const uint32_t *)pa], *b = &s->runs->cell[*(const uint32_t *)pb];

	return post_order_cmp(&s->order, a->frame, a->n, b->frame, b->n);
}

uint32_t *
post_runs_sorted(const struct post_runs *r)
{
	uint32_t *cell = post_resize(NULL, r->cells + 1, sizeof *cell), i;
	struct sorting s = { .runs = r };

	for (i = 0; i < r->cells; i++)
		cell[i] = i;
	post_order_make(&s.order, &r->names);
	qsort_r(cell, r->cells, sizeof *cell, by_line, &s);
	post_order_free(&s.order);
	return cell;
}

void
post_runs_free(struct post_runs *r)
{
	post_names_free(&r->names);
	post_drop(&r->mem);
	free(r->run);
	free(r->cell);
	free(r->count);
	free(r->slot);
	free(r->hash);
	free(r->last);
	*r = (struct post_runs){ 0 };
}
