/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif
#include "folded.h"

static int
hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "xHH" at the start of S: its value, or -1. */
static int
escape(struct post_str s)
{
	if (s.n < 3 || s.p[0] != 'x' || hex(s.p[1]) < 0 || hex(s.p[2]) < 0)
		return -1;
	return 16 * hex(s.p[1]) + hex(s.p[2]);
}

static bool
is_special(unsigned char c)
{
	return c < 0x20 || c == 0x7f || c == ';';
}

/* At the start of a file or line S would be a comment, or a byte order mark. */
static bool
misleads(struct post_str s)
{
	return (s.n > 0 && s.p[0] == '#' && (s.n == 1 || s.p[1] == ' ')) || post_str_starts(s, POST_STR("\xef\xbb\xbf"));
}

void
post_put_folded(struct post_buf *b, struct post_str s)
{
	size_t i, done = 0;

	for (i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (!is_special(c) && (c != '\\' || escape(post_str_from(s, i + 1)) == -1) && (i > 0 || !misleads(s)))
			continue;
		post_put(b, (struct post_str){ s.p + done, i - done });
		post_puts(b, "\\x");
		post_putx(b, c, 2);
		done = i + 1;
	}
	post_put(b, post_str_from(s, done));
}

void
post_put_unfolded(struct post_buf *b, struct post_str s)
{
	size_t i, done = 0;

	for (i = 0; i < s.n; i++) {
		int c;

		if (s.p[i] != '\\')
			continue;
		c = escape(post_str_from(s, i + 1));
		if (c == -1 || (!is_special((unsigned char)c) && c != '\\' && c != '#' && c != 0xef))
			continue;
		post_put(b, (struct post_str){ s.p + done, i - done });
		post_putc(b, (char)c);
		i += 3;
		done = i + 1;
	}
	post_put(b, post_str_from(s, done));
}

int
post_folded_split(struct post_str line, struct post_str *stack, struct post_count *count)
{
	size_t i;

	while (line.n > 0 && (line.p[line.n - 1] == ' ' || line.p[line.n - 1] == '\t' || line.p[line.n - 1] == '\r'))
		line.n--;
	for (i = line.n; i > 0 && ((line.p[i - 1] >= '0' && line.p[i - 1] <= '9') || line.p[i - 1] == '.'); i--)
		;
	if (i == 0 || (line.p[i - 1] != ' ' && line.p[i - 1] != '\t'))
		return -1;
	*stack = (struct post_str){ line.p, i - 1 };
	return post_count_parse(post_str_from(line, i), count);
}

/* How many bytes A and B begin with alike. */
static size_t
common(struct post_str a, struct post_str b)
{
	size_t n = a.n < b.n ? a.n : b.n, i = 0;

	for (; i + 8 <= n; i += 8) {
		uint64_t x, y;

		memcpy(&x, a.p + i, 8);
		memcpy(&y, b.p + i, 8);
		if (x != y)
			break;
	}
	while (i < n && a.p[i] == b.p[i])
		i++;
	return i;
}

/* Frame I of STACK, as its bytes stand there. */
static struct post_str
frame_at(const struct post_unfolder *u, struct post_str stack, size_t i)
{
	size_t from = i > 0 ? u->at[i - 1].end + 1 : 0;

	return (struct post_str){ stack.p + from, u->at[i].end - from };
}

static void
grow(struct post_unfolder *u)
{
	u->cap = u->cap == 0 ? 64 : 2 * u->cap;
	u->frame = post_resize(u->frame, u->cap, sizeof *u->frame);
	u->at = post_resize(u->at, u->cap, sizeof *u->at);
}

/* The next frame of STACK ends at END. */
static inline void
push(struct post_unfolder *u, struct post_str stack, size_t end)
{
	u->too_deep |= u->n == POST_STACK_MAX;
	if (u->too_deep)
		return;
	if (u->n == u->cap)
		grow(u);
	u->at[u->n].end = end;
	u->at[u->n].begun = post_intern_begin(u->names, frame_at(u, stack, u->n));
	u->n++;
}

/* Push the frames of STACK from AT on; the last may be empty. */
static void
split(struct post_unfolder *u, struct post_str stack, size_t at)
{
#ifdef __SSE2__
	const __m128i semicolons = _mm_set1_epi8(';');

	for (; at + 16 <= stack.n; at += 16) {
		__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(stack.p + at));
		unsigned found = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, semicolons));

		for (; found != 0; found &= found - 1)
			push(u, stack, at + (size_t)__builtin_ctz(found));
	}
#endif
	for (; at < stack.n; at++)
		if (stack.p[at] == ';')
			push(u, stack, at);
	push(u, stack, stack.n);
}

static void
intern_escaped(struct post_unfolder *u, struct post_str stack, size_t from)
{
	for (size_t i = from; i < u->n; i++) {
		u->buf.n = 0;
		post_put_unfolded(&u->buf, frame_at(u, stack, i));
		u->frame[i] = post_intern(u->names, post_buf_str(&u->buf));
	}
}

/* What push began for all, so that the waits for memory overlap. */
static void
intern(struct post_unfolder *u, struct post_str stack, size_t from)
{
	size_t i;

	for (i = from; i < u->n; i++)
		post_intern_fetch(u->names, u->at[i].begun);
	for (i = from; i < u->n; i++)
		u->frame[i] = post_intern_end(u->names, frame_at(u, stack, i), u->at[i].begun);
}

/* Does a frame of STACK end at END, too, where the first SAME bytes are known? */
static bool
ends_at(struct post_str stack, size_t end, size_t same)
{
	return end <= same && (end == stack.n || stack.p[end] == ';');
}

void
post_unfold(struct post_unfolder *u, struct post_str stack)
{
	size_t same = common(u->last, stack), from;

	while (u->n > 0 && !ends_at(stack, u->at[u->n - 1].end, same))
		u->n--;
	from = u->n;
	u->too_deep = false;
	if (from == 0 || u->at[from - 1].end < stack.n)
		split(u, stack, from > 0 ? u->at[from - 1].end + 1 : 0);
	while (!u->too_deep && u->n > 0 && frame_at(u, stack, u->n - 1).n == 0)
		u->n--;
	if (stack.n > 0 && memchr(stack.p, '\\', stack.n) != NULL)
		intern_escaped(u, stack, from);
	else
		intern(u, stack, from);
	u->last = stack;
}

void
post_unfolder_forget(struct post_unfolder *u)
{
	u->n = 0;
	u->last.n = 0;
}

void
post_unfolder_free(struct post_unfolder *u)
{
	free(u->frame);
	free(u->at);
	post_buf_free(&u->buf);
	*u = (struct post_unfolder){ 0 };
}
