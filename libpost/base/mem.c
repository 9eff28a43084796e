/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include "mem.h"

struct post_block_of_arena {
	struct post_block_of_arena	*prev;
	size_t				 used, cap;
	max_align_t			 space[];
};

enum { FIRST_BLOCK = 4 << 10, LARGEST_BLOCK = 1 << 20 };

static void (*nomem)(size_t);

void
post_on_nomem(void (*handler)(size_t))
{
	nomem = handler;
}

static _Noreturn void
out_of_memory(size_t bytes)
{
	if (nomem != NULL)
		nomem(bytes);
	abort();
}

void *
post_resize(void *p, size_t n, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes))
		out_of_memory(SIZE_MAX);
	if (bytes == 0)
		bytes = 1;
	if ((p = realloc(p, bytes)) == NULL)
		out_of_memory(bytes);
	return p;
}

/* Blocks double, so that a small job stays small and a large one takes few. */
static struct post_block_of_arena *
new_block(struct post_block_of_arena *prev, size_t n)
{
	size_t cap = prev == NULL ? FIRST_BLOCK : prev->cap < LARGEST_BLOCK ? 2 * prev->cap : LARGEST_BLOCK;
	struct post_block_of_arena *b;

	if (cap < n)
		cap = n;
	b = post_resize(NULL, 1, sizeof *b + cap);
	*b = (struct post_block_of_arena){ .prev = prev, .cap = cap };
	return b;
}

/* N bytes at a multiple of STEP, a power of two. */
static void *
bump(struct post_arena *a, size_t n, size_t step)
{
	struct post_block_of_arena *b = a->last;
	size_t at = b == NULL ? 0 : (b->used + step - 1) & ~(step - 1);

	if (n > SIZE_MAX / 2)
		out_of_memory(n);
	if (b == NULL || at > b->cap || b->cap - at < n) {
		b = a->last = new_block(b, n);
		at = 0;
	}
	b->used = at + n;
	a->used += n;
	return (char *)b->space + at;
}

void *
post_take(struct post_arena *a, size_t n)
{
	return bump(a, n, alignof(max_align_t));
}

struct post_str
post_keep(struct post_arena *a, struct post_str s)
{
	char *p = bump(a, s.n + 1, 1);

	if (s.n > 0)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return (struct post_str){ p, s.n };
}

void
post_drop(struct post_arena *a)
{
	while (a->last != NULL) {
		struct post_block_of_arena *b = a->last;

		a->last = b->prev;
		free(b);
	}
	a->used = 0;
}
