/* SPDX-License-Identifier: BSD-2-Clause */
/* The sums of an account: over blocks, threads and operands. */
#include <stdlib.h>
#include "account.h"

void
post_fill_add(struct post_fill *f, size_t bytes, uint64_t stacks, uint64_t weight)
{
	size_t off;

	if (bytes > f->max) {
		f->at[1] = f->at[0];
		if (bytes != (size_t)f->max + 1)
			memset(&f->at[1], 0, sizeof f->at[1]);
		memset(&f->at[0], 0, sizeof f->at[0]);
		f->max = bytes < UINT32_MAX ? (uint32_t)bytes : UINT32_MAX;
	}
	off = f->max - bytes;
	if (off > 1)
		return;
	f->at[off].stacks += stacks;
	f->at[off].weight = post_sum(f->at[off].weight, weight);
}

void
post_account_total(struct post_account *a, struct post_count count)
{
	if (post_count_add(&a->total, count) == 0)
		return;
	a->total = (struct post_count){ .whole = UINT64_MAX };
	a->total_full = true;
}

static uint32_t
number_at(const char *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof v);
	return v;
}

/*
 * Does S begin as a file of stap -b does?  Since 5.0 with four bytes and a
 * sequence number and a length; before, with these alone, and the next such
 * pair stands behind as many bytes (bt(5)).
 */
static bool
is_bulk(struct post_str s)
{
	enum { HEADER = 8, CHUNK_MAX = 65536 };
	uint32_t length;

	if (post_str_starts(s, POST_STR("\xf0\x9f\xa9\xba")))
		return true;
	if (s.n < HEADER || memchr(s.p, '\0', HEADER) == NULL)
		return false;
	length = number_at(s.p + 4);
	if (length == 0 || length > CHUNK_MAX || s.n < HEADER + (size_t)length)
		return false;
	s = post_str_from(s, HEADER + length);
	return s.n == 0 || (s.n >= HEADER && number_at(s.p + 4) - 1 < CHUNK_MAX);
}

void
post_account_block(struct post_account *a, const struct post_block *b)
{
	struct post_place at = { .seq = b->seq, .line = 1, .byte = b->byte, .file = b->file };

	post_counts_block(&a->counts, b->file, b->seq);
	if (b->first && is_bulk((struct post_str){ b->p, b->n }))
		post_notes_add(&a->notes, POST_NOTE_BULK, 0, &at);
}

static void
take_remark(struct post_account *a, struct post_str line, const struct post_place *at)
{
	if (!post_str_starts(line, POST_STR(POST_REMARK)) || a->n_remark == POST_REMARKS)
		return;
	line = post_trim_end(post_str_from(line, sizeof POST_REMARK - 1));
	line.n = line.n < POST_REMARK_BYTES ? line.n : POST_REMARK_BYTES;
	a->remark[a->n_remark++] = (struct post_remark){ *at, post_keep(&a->texts, line) };
}

static bool
is_blank(struct post_str s)
{
	size_t i = 0;

	while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '\r'))
		i++;
	return i == s.n;
}

bool
post_account_line(struct post_account *a, struct post_str line, const struct post_place *at, struct post_str *stack,
    struct post_count *count)
{
	int got;

	if (post_str_starts(line, POST_STR("# "))) {
		take_remark(a, line, at);
		return false;
	}
	got = post_folded_split(line, stack, count);
	if (got == 0)
		return true;
	if (!is_blank(line) && line.p[0] != '#')
		post_notes_add(&a->notes, got == POST_COUNT_RANGE ? POST_NOTE_OVERFLOW : POST_NOTE_MALFORMED, 0, at);
	return false;
}

void
post_account_messages(struct post_account *a, const struct post_block *b, uint64_t *line)
{
	struct post_place at = { .seq = b->seq, .byte = b->byte, .file = b->file };
	const char *p = b->p, *end = b->p + b->n;

	while (p < end) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));
		struct post_str s = { p, (size_t)((nl != NULL ? nl : end) - p) };

		at.line = ++*line;
		p += s.n + 1;
		if (s.n > 0 && s.p[s.n - 1] == '\r')
			s.n--;
		post_said_add(&a->said, s, &a->scratch, &at, true);
		at.byte = b->byte + (uint64_t)(p - b->p);
	}
}

static int
by_place(const void *a, const void *b)
{
	const struct post_remark *x = a, *y = b;

	return post_place_before(&y->at, &x->at) - post_place_before(&x->at, &y->at);
}

static void
merge_remarks(struct post_account *into, const struct post_account *from)
{
	struct post_remark all[2 * POST_REMARKS];
	size_t i, n = 0;

	for (i = 0; i < into->n_remark; i++)
		all[n++] = into->remark[i];
	for (i = 0; i < from->n_remark; i++)
		all[n++] = (struct post_remark){ from->remark[i].at, post_keep(&into->texts, from->remark[i].text) };
	if (n > 1)
		qsort(all, n, sizeof *all, by_place);
	into->n_remark = n < POST_REMARKS ? n : POST_REMARKS;
	if (n > 0)
		memcpy(into->remark, all, into->n_remark * sizeof *all);
}

static void
merge_fill(struct post_fill *into, const struct post_fill *from)
{
	for (size_t off = 0; off < 2 && off < from->max; off++)
		if (from->at[off].stacks > 0)
			post_fill_add(into, from->max - off, from->at[off].stacks, from->at[off].weight);
}

static void
merge_sides(struct post_account *into, const struct post_account *from)
{
	merge_fill(&into->fill_whole, &from->fill_whole);
	for (int side = 0; side < POST_SIDES; side++) {
		merge_fill(&into->fill[side], &from->fill[side]);
		merge_fill(&into->cut[side], &from->cut[side]);
		post_depths_merge(&into->depth[side], &from->depth[side]);
	}
}

void
post_account_merge(struct post_account *into, const struct post_account *from)
{
	post_notes_merge(&into->notes, &from->notes);
	post_facts_merge(&into->facts, &from->facts);
	post_counts_merge(&into->counts, &from->counts);
	post_said_merge(&into->said, &from->said);
	merge_sides(into, from);
	merge_remarks(into, from);
	post_account_total(into, from->total);
	into->total_full |= from->total_full;
	into->lua_tail |= from->lua_tail;
	into->stacks += from->stacks;
	into->frames += from->frames;
	into->folded += from->folded;
	if (from->deepest > into->deepest)
		into->deepest = from->deepest;
}

void
post_account_places(struct post_account *a, void (*fn)(void *arg, struct post_place *), void *arg)
{
	size_t i;

	for (i = 0; i < POST_NOTES; i++)
		if (a->notes.kind[i].n > 0)
			fn(arg, &a->notes.kind[i].first);
	for (i = 0; i < a->said.names.n; i++)
		if (!a->said.one[i].aside)
			fn(arg, &a->said.one[i].first);
	for (i = 0; i < a->counts.n; i++)
		if (a->counts.run[i].rises > 0)
			fn(arg, &a->counts.run[i].first_rise);
}

void
post_account_free(struct post_account *a)
{
	post_facts_free(&a->facts);
	post_counts_free(&a->counts);
	post_said_free(&a->said);
	for (int side = 0; side < POST_SIDES; side++)
		post_depths_free(&a->depth[side]);
	post_drop(&a->texts);
	post_seen_free(&a->seen);
	post_buf_free(&a->scratch);
	free(a->open.same);
	*a = (struct post_account){ 0 };
}
