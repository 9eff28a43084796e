/* SPDX-License-Identifier: BSD-2-Clause */
/* Stacks that MAXSTRINGLEN, MAXBACKTRACE or a tool's own limit cut. */
#include "judge.h"

/*
 * The size of the buffer that cut the strings of a side, or 0: what is left of
 * an address ends the fullest of them, and none is longer (bt(5)).
 */
static uint64_t
buffer_of(const struct post_account *a, int side)
{
	return a->cut[side].max == a->fill[side].max ? a->cut[side].max : 0;
}

/* Stacks of a side that fill a buffer of SIZE bytes; some were cut where an address ends, and lack its blank. */
static struct post_depth
full_of(const struct post_fill *f, uint64_t size, bool whole)
{
	struct post_depth sum = { 0 };

	for (unsigned i = 0; i < 2; i++) {
		if (f->max - i + 1 != size && (whole || f->max - i != size))
			continue;
		sum.stacks += f->at[i].stacks;
		sum.weight = post_sum(sum.weight, f->at[i].weight);
	}
	return sum;
}

/*
 * Addresses of one length may fill a buffer to the last byte but one: no stack
 * has a stub then, and all that were cut have one depth, the greatest.  Small
 * buffers are filled by chance, too.  The size of the buffer, or 0.
 */
static uint64_t
whole_buffer_of(const struct post_account *a, int side)
{
	enum { CHANCE = 1024, MANY = 5 };
	const struct post_fill *f = &a->fill[side];
	uint64_t size = (uint64_t)f->max + 1, stacks = full_of(f, size, true).stacks;
	size_t n = size < CHANCE ? post_depths_limit(&a->depth[side]) : post_depths_deepest(&a->depth[side]);

	return n > 0 && size >= 256 && post_is_buffer_size(size) && stacks >= MANY && a->depth[side].at[n].stacks <= stacks ? size : 0;
}

static uint64_t
larger(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

static void
add_full(struct post_depth *to, const struct post_account *a, int side, uint64_t size)
{
	struct post_depth one = full_of(&a->fill[side], size, false);

	to->stacks += one.stacks;
	to->weight = post_sum(to->weight, one.weight);
}

/* Returns the size of the buffers of both sides, or 0. */
static uint64_t
judge_truncated(struct post_findings *to, const struct post_account *a)
{
	const struct post_noted *noted = &a->notes.kind[POST_NOTE_TRUNCATED];
	uint64_t stubs = larger(buffer_of(a, POST_SIDE_USER), buffer_of(a, POST_SIDE_KERNEL));
	uint64_t size = stubs != 0 ? stubs : larger(whole_buffer_of(a, POST_SIDE_USER), whole_buffer_of(a, POST_SIDE_KERNEL));
	struct post_depth full = { 0 };
	struct post_finding *f;

	if (size == 0)
		return 0;
	add_full(&full, a, POST_SIDE_USER, size);
	add_full(&full, a, POST_SIDE_KERNEL, size);
	f = post_findings_add(to, POST_FOUND_TRUNCATED_STACKS, POST_SHALLOW);
	f->n = full.stacks;
	f->value = post_is_buffer_size(size) || full.stacks > 2 ? size : 0;
	f->stacks = post_share(full.stacks, a->stacks);
	f->weight = post_share(full.weight, a->total.whole);
	f->first = noted->first;
	f->has_place = noted->n > 0;
	return size;
}

/*
 * The C function on top is in the string of some tools, and printed before it
 * by others.  A string that was cut behind a line has nothing to show it.
 */
static bool
judge_truncated_lua(struct post_findings *to, const struct post_account *a)
{
	const struct post_fill *lua = &a->fill[POST_SIDE_LUA], *whole = &a->fill_whole;
	const struct post_noted *noted = &a->notes.kind[POST_NOTE_CUT];
	const struct post_fill *round = post_is_buffer_size(whole->max) ? whole : post_is_buffer_size(lua->max) ? lua : NULL;
	struct post_depth full = { .stacks = noted->n, .weight = noted->weight };
	struct post_finding *f;

	if (noted->n == 0)
		return false;
	if (round != NULL && full_of(round, round->max, false).stacks > full.stacks)
		full = full_of(round, round->max, false);
	f = post_findings_add(to, POST_FOUND_TRUNCATED_LUA, POST_SHALLOW);
	f->n = full.stacks;
	f->value = round != NULL ? round->max : 0;
	f->stacks = post_share(full.stacks, a->stacks);
	f->weight = post_share(full.weight, a->total.whole);
	f->first = noted->first;
	f->has_place = true;
	return true;
}

static void
judge_depth(struct post_findings *to, const struct post_account *a, int side)
{
	size_t n = post_depths_limit(&a->depth[side]);
	const struct post_finding *known = post_findings_get(to, POST_FOUND_MAX_BACKTRACE);
	const struct post_depth *d;
	struct post_finding *f;

	if (n == 0 || (known != NULL && known->value == n))
		return;
	d = &a->depth[side].at[n];
	f = post_findings_add(to, side == POST_SIDE_LUA ? POST_FOUND_LUA_DEPTH : POST_FOUND_MAX_BACKTRACE, POST_SHALLOW);
	f->n = d->stacks;
	f->value = n;
	f->stacks = post_share(d->stacks, a->stacks);
	f->weight = post_share(d->weight, a->total.whole);
}

void
post_judge_cuts(struct post_findings *to, const struct post_account *a)
{
	uint64_t size = judge_truncated(to, a);
	bool lua = judge_truncated_lua(to, a);

	for (int side = POST_SIDE_USER; side <= POST_SIDE_KERNEL; side++)
		if (size == 0 || whole_buffer_of(a, side) != size)
			judge_depth(to, a, side);
	if (!lua)
		judge_depth(to, a, POST_SIDE_LUA);
}
