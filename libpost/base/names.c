/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <sys/random.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "names.h"

enum { FIRST_CAP = 256 };

uint64_t
post_seed(void)
{
	uint64_t seed = 0;

	if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) != (ssize_t)sizeof seed || seed == 0)
		seed = (uint64_t)(uintptr_t)&seed;	/* the address space is random, too */
	return seed;
}

static uint64_t
hash(const struct post_names *t, struct post_str s)
{
	return XXH3_64bits_withSeed(s.p, s.n, t->seed);
}

/* Twice as many names, and as many slots again: the table stays half empty. */
static void
grow(struct post_names *t)
{
	uint32_t i, cap = t->cap == 0 ? FIRST_CAP : 2 * t->cap, mask = 2 * cap - 1;

	if (t->cap == 0)
		t->seed = post_seed();
	t->name = post_resize(t->name, cap, sizeof *t->name);
	t->slot = post_resize(t->slot, mask + 1, sizeof *t->slot);
	t->tag = post_resize(t->tag, mask + 1, sizeof *t->tag);
	memset(t->slot, 0, ((size_t)mask + 1) * sizeof *t->slot);
	t->cap = cap;
	t->mask = mask;
	for (i = 0; i < t->n; i++) {
		uint64_t h = hash(t, t->name[i]);
		uint32_t at = (uint32_t)h & mask;

		while (t->slot[at] != 0)
			at = (at + 1) & mask;
		t->slot[at] = i + 1;
		t->tag[at] = (uint32_t)(h >> 32);
	}
}

uint32_t
post_intern(struct post_names *t, struct post_str s)
{
	uint64_t h;
	uint32_t at, id;

	if (t->n == t->cap)
		grow(t);
	h = hash(t, s);
	for (at = (uint32_t)h & t->mask; (id = t->slot[at]) != 0; at = (at + 1) & t->mask)
		if (t->tag[at] == (uint32_t)(h >> 32) && post_str_eq(t->name[id - 1], s))
			return id - 1;
	t->name[t->n] = post_keep(&t->mem, s);
	t->slot[at] = ++t->n;
	t->tag[at] = (uint32_t)(h >> 32);
	return t->n - 1;
}

void
post_names_free(struct post_names *t)
{
	post_drop(&t->mem);
	free(t->name);
	free(t->slot);
	free(t->tag);
	*t = (struct post_names){ 0 };
}
