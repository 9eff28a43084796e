/* SPDX-License-Identifier: BSD-2-Clause */
#include <assert.h>
#include <stdlib.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "../base/names.h"
#include "symtab.h"

void
post_symtab_add(struct post_symtab *t, struct post_str name, uint64_t addr, uint32_t span)
{
	assert(t->slot == NULL && t->n < UINT32_MAX);
	t->symbol = post_room(t->symbol, t->n, &t->cap, sizeof *t->symbol);
	t->symbol[t->n++] = (struct post_symbol){ .addr = addr, .name = name, .span = span };
}

static bool
is_before(const struct post_symbol *a, const struct post_symbol *b)
{
	return a->span != b->span ? a->span < b->span : a->addr < b->addr;
}

/* Merge two sorted runs; of equals those of the first come first. */
static void
merge(struct post_symbol *to, const struct post_symbol *a, const struct post_symbol *a_end, const struct post_symbol *b,
    const struct post_symbol *b_end)
{
	while (a < a_end && b < b_end)
		*to++ = is_before(b, a) ? *b++ : *a++;
	while (a < a_end)
		*to++ = *a++;
	while (b < b_end)
		*to++ = *b++;
}

static bool
is_sorted(const struct post_symtab *t)
{
	size_t i;

	for (i = 1; i < t->n && !is_before(&t->symbol[i], &t->symbol[i - 1]); i++)
		;
	return i >= t->n;
}

/* By runs of twice the length each time: qsort(3) promises no order among equals. */
static void
sort(struct post_symtab *t)
{
	struct post_symbol *from = t->symbol, *to, *old;
	size_t run, i;

	if (is_sorted(t))
		return;
	to = post_resize(NULL, t->n, sizeof *to);
	for (run = 1; run < t->n; run *= 2) {
		for (i = 0; i < t->n; i += 2 * run) {
			size_t mid = i + run < t->n ? i + run : t->n, end = mid + run < t->n ? mid + run : t->n;

			merge(to + i, from + i, from + mid, from + mid, from + end);
		}
		old = from;
		from = to;
		to = old;
	}
	free(to);
	t->symbol = from;
	t->cap = t->n;
}

/* From the last to the first, so that the next address is known. */
static void
set_gaps(struct post_symtab *t)
{
	struct post_symbol *next = NULL;	/* the first of the next address */
	size_t i, end;

	for (end = t->n; end > 0; end = i) {
		struct post_symbol *last = &t->symbol[end - 1];

		last->shown = true;
		for (i = end; i > 0 && t->symbol[i - 1].addr == last->addr && t->symbol[i - 1].span == last->span; i--)
			t->symbol[i - 1].gap = next != NULL && next->span == last->span ? next->addr - last->addr : 0;
		next = &t->symbol[i];
	}
}

/* "f" of "f@@V1". */
static struct post_str
unversioned(struct post_str name)
{
	const char *at = name.n > 1 ? memchr(name.p + 1, '@', name.n - 1) : NULL;

	if (at != NULL)
		name.n = (size_t)(at - name.p);
	return name;
}

/* The slot of NAME, or the empty one where it belongs. */
static size_t
slot_of(const struct post_symtab *t, struct post_str name)
{
	size_t at = XXH3_64bits_withSeed(name.p, name.n, t->seed) & t->mask;

	while (t->slot[at] != 0 && !post_str_eq(unversioned(t->symbol[t->slot[at] - 1].name), name))
		at = (at + 1) & t->mask;
	return at;
}

void
post_symtab_ready(struct post_symtab *t)
{
	size_t i;

	sort(t);
	set_gaps(t);
	for (t->mask = 15; t->mask < 2 * t->n; t->mask = 2 * t->mask + 1)
		;
	t->seed = post_seed();
	t->slot = post_resize(NULL, t->mask + 1, sizeof *t->slot);
	memset(t->slot, 0, (t->mask + 1) * sizeof *t->slot);
	t->next = post_resize(NULL, t->n, sizeof *t->next);
	for (i = t->n; i > 0; i--) {
		size_t at = slot_of(t, unversioned(t->symbol[i - 1].name));

		t->next[i - 1] = t->slot[at];
		t->slot[at] = (uint32_t)i;
	}
}

void
post_symtab_free(struct post_symtab *t)
{
	free(t->symbol);
	free(t->slot);
	free(t->next);
	*t = (struct post_symtab){ 0 };
}

const struct post_symbol *
post_symtab_named(const struct post_symtab *t, struct post_str name, const struct post_symbol *after)
{
	uint32_t i;

	if (t->n == 0)
		return NULL;
	i = after != NULL ? t->next[after - t->symbol] : t->slot[slot_of(t, unversioned(name))];
	return i != 0 ? &t->symbol[i - 1] : NULL;
}

const struct post_symbol *
post_symtab_at(const struct post_symtab *t, uint64_t addr, uint32_t span)
{
	struct post_symbol key = { .addr = addr, .span = span };
	size_t lo = 0, hi = t->n;

	while (lo < hi) {	/* those below lo are at or before the key, those from hi on behind it */
		size_t mid = lo + (hi - lo) / 2;

		if (is_before(&key, &t->symbol[mid]))
			hi = mid;
		else
			lo = mid + 1;
	}
	return lo > 0 && t->symbol[lo - 1].span == span ? &t->symbol[lo - 1] : NULL;
}
