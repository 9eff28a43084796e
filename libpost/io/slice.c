/* SPDX-License-Identifier: BSD-2-Clause */
#include <assert.h>
#include "slice.h"

void
post_slice_between(struct post_slice *s, uint64_t from, uint64_t to, post_seam_fn *fn, int tag)
{
	s->head = s->tail = (struct post_seam){ .fn = fn, .tag = tag };
	s->in_head = from > 0;
	s->ended = to == 0;
	s->bounded = to > 0 && to < UINT64_MAX;
	if (s->bounded)
		post_decode_mark(s->decode, to);
}

void
post_slice_free(struct post_slice *s)
{
	post_decode_free(s->decode);
	post_seam_free(&s->head);
	post_seam_free(&s->tail);
	*s = (struct post_slice){ 0 };
}

/* How many of BYTES, the next that were unpacked, stand before the part. */
static size_t
before(struct post_slice *s, struct post_str bytes)
{
	size_t n;

	if (!s->in_head)
		return 0;
	n = post_seam_find(&s->head, bytes);
	s->in_head = n == 0;
	n = n > 0 ? n : bytes.n;
	s->before += n;
	return n;
}

/* How many of BYTES stand before the end of the part. */
static size_t
within(struct post_slice *s, struct post_str bytes)
{
	uint64_t mark;
	size_t skip, n;

	if (!s->bounded || !post_decode_marked(s->decode, &mark) || mark >= s->read + bytes.n)
		return bytes.n;
	skip = mark > s->read ? (size_t)(mark - s->read) : 0;
	n = post_seam_find(&s->tail, post_str_from(bytes, skip));
	s->ended = n > 0;
	return s->ended ? skip + n : bytes.n;
}

ptrdiff_t
post_slice_read(struct post_slice *s, char *buf, size_t n, struct post_err *err)
{
	size_t from = 0, to = 0;

	while (from == to && !s->ended) {
		ptrdiff_t got = post_decode_read(s->decode, buf, n, err);
		struct post_str bytes = { buf, got > 0 ? (size_t)got : 0 };

		if (got <= 0)
			return got;
		from = before(s, bytes);
		to = within(s, bytes);
		assert(from <= to);
		s->read += bytes.n;
	}
	if (from > 0)
		memmove(buf, buf + from, to - from);
	return (ptrdiff_t)(to - from);
}
