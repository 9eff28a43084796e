/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <sys/random.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "names.h"

enum { FIRST_CAP = 256 };

struct post_name_slot {
	const char	*p;	/* the name's bytes, behind their length; NULL: empty */
	uint32_t	 id;
	uint32_t	 tag;	/* the upper half of the hash, to compare before the bytes */
};

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
	t->slot = post_resize(t->slot, (size_t)mask + 1, sizeof *t->slot);
	memset(t->slot, 0, ((size_t)mask + 1) * sizeof *t->slot);
	t->cap = cap;
	t->mask = mask;
	for (i = 0; i < t->n; i++) {
		uint64_t h = hash(t, t->name[i]);
		uint32_t at = (uint32_t)h & mask;

		while (t->slot[at].p != NULL)
			at = (at + 1) & mask;
		t->slot[at] = (struct post_name_slot){ t->name[i].p, i, (uint32_t)(h >> 32) };
	}
}

uint64_t
post_intern_begin(struct post_names *t, struct post_str s)
{
	uint64_t h;

	if (t->cap == 0)
		grow(t);
	h = hash(t, s);
	__builtin_prefetch(&t->slot[(uint32_t)h & t->mask]);
	return h;
}

void
post_intern_fetch(const struct post_names *t, uint64_t h)
{
	__builtin_prefetch(t->slot[(uint32_t)h & t->mask].p);
}

/* A length stands before the bytes of a name, so that both come in one fetch. */
static const char *
keep(struct post_names *t, struct post_str s)
{
	size_t n = s.n;
	char *p = post_take(&t->mem, sizeof n + n + 1);

	memcpy(p, &n, sizeof n);
	if (n > 0)
		memcpy(p + sizeof n, s.p, n);
	p[sizeof n + n] = '\0';
	return p + sizeof n;
}

static bool
is_name(const char *p, struct post_str s)
{
	size_t n;

	memcpy(&n, p - sizeof n, sizeof n);
	return n == s.n && post_same_bytes(p, s.p, n);
}

uint32_t
post_intern_end(struct post_names *t, struct post_str s, uint64_t h)
{
	uint32_t at = (uint32_t)h & t->mask, tag = (uint32_t)(h >> 32);
	const char *p;

	for (; (p = t->slot[at].p) != NULL; at = (at + 1) & t->mask)
		if (t->slot[at].tag == tag && is_name(p, s))
			return t->slot[at].id;
	if (t->n == t->cap) {
		grow(t);
		return post_intern_end(t, s, h);
	}
	p = keep(t, s);
	t->name[t->n] = (struct post_str){ p, s.n };
	t->slot[at] = (struct post_name_slot){ p, t->n, tag };
	return t->n++;
}

uint32_t
post_intern(struct post_names *t, struct post_str s)
{
	return post_intern_end(t, s, post_intern_begin(t, s));
}

static int
by_name(const void *a, const void *b, void *names)
{
	return post_str_cmp(post_name(names, *(const uint32_t *)a), post_name(names, *(const uint32_t *)b));
}

uint32_t *
post_names_sorted(const struct post_names *t)
{
	uint32_t *id = post_resize(NULL, (size_t)t->n + 1, sizeof *id), i;

	for (i = 0; i < t->n; i++)
		id[i] = i;
	qsort_r(id, t->n, sizeof *id, by_name, (void *)(uintptr_t)t);
	return id;
}

void
post_names_free(struct post_names *t)
{
	post_drop(&t->mem);
	free(t->name);
	free(t->slot);
	*t = (struct post_names){ 0 };
}
