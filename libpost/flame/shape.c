/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "shape.h"

/* Room for N frames and a separator. */
static void
reserve(struct post_shape *s, size_t n)
{
	if (n < s->cap)
		return;
	s->cap = 2 * (n + 1);
	s->frame = post_resize(s->frame, s->cap, sizeof *s->frame);
}

static void
intern_base(struct post_shape *s)
{
	s->base_id = post_resize(NULL, s->nbase, sizeof *s->base_id);
	for (size_t i = 0; i < s->nbase; i++)
		s->base_id[i] = post_intern(s->names, post_str_of(s->base[i]));
}

static bool
is_base(const struct post_shape *s, uint32_t id)
{
	size_t i = 0;

	while (i < s->nbase && s->base_id[i] != id)
		i++;
	return i < s->nbase;
}

/* Which of the N frames is the base: the last that can be; N: none. */
static size_t
find_base(struct post_shape *s, const uint32_t *frame, size_t n)
{
	size_t i = n;

	if (s->base_id == NULL)
		intern_base(s);
	while (i > 0 && !is_base(s, frame[i - 1]))
		i--;
	return i > 0 ? i - 1 : n;
}

static const uint32_t *
reverse(struct post_shape *s, const uint32_t *frame, size_t *n)
{
	size_t skip = 0, i;

	while (skip < *n && post_name(s->names, frame[skip]).n == 0)
		skip++;
	reserve(s, *n);
	for (i = skip; i < *n; i++)
		s->frame[*n - 1 - i] = frame[i];
	*n -= skip;
	return s->frame;
}

static bool
is_separator(const struct post_shape *s, uint32_t id)
{
	return post_str_eq(post_name(s->names, id), POST_STR("--"));
}

static uint32_t
waker(struct post_shape *s, uint32_t id)
{
	if (is_separator(s, id))
		return id;
	s->name.n = 0;
	post_put(&s->name, post_name(s->names, id));
	post_puts(&s->name, "_[w]");
	return post_intern(s->names, post_buf_str(&s->name));
}

/*
 * As flamegraph.pl draws chains: the frames behind the first "--" are
 * wakers, "_[w]" by name, and a stack without a "--" gets one at its end.
 */
static const uint32_t *
make_chain(struct post_shape *s, const uint32_t *frame, size_t *n)
{
	size_t i, count = *n;
	bool woken = false;

	reserve(s, count);
	for (i = 0; i < count; i++) {
		bool separates = i > 0 && i + 1 < count && is_separator(s, frame[i]);

		s->frame[i] = woken ? waker(s, frame[i]) : frame[i];
		woken |= separates;
	}
	if (!woken)
		s->frame[(*n)++] = post_intern(s->names, POST_STR("--"));
	return s->frame;
}

const uint32_t *
post_shape_stack(struct post_shape *s, const uint32_t *frame, size_t *n)
{
	static const uint32_t none;

	if (frame == NULL)
		frame = &none;		/* an empty stack is one */
	if (s->nbase > 0) {
		size_t base = find_base(s, frame, *n);

		if (base == *n)
			return NULL;
		frame += base;
		*n -= base;
	}
	if (s->reverse)
		frame = reverse(s, frame, n);
	return s->chain ? make_chain(s, frame, n) : frame;
}

void
post_shape_free(struct post_shape *s)
{
	free(s->frame);
	free(s->base_id);
	post_buf_free(&s->name);
	*s = (struct post_shape){ 0 };
}
