/* SPDX-License-Identifier: BSD-2-Clause */
#include "cursor.h"

enum { LEB_MAX = 16 };	/* bytes; ten hold 64 bits, the rest is padding */

uint64_t
post_read_uleb_slow(struct post_cursor *c)
{
	uint64_t x = 0;
	unsigned i;

	for (i = 0; i < LEB_MAX && c->p < c->end; i++) {
		unsigned char b = *c->p++;

		if (7 * i < 64)
			x |= (uint64_t)(b & 0x7f) << 7 * i;
		if (b < 0x80)
			return x;
	}
	return post_read_over(c);
}

int64_t
post_read_sleb_slow(struct post_cursor *c)
{
	uint64_t x = 0;
	unsigned i;

	for (i = 0; i < LEB_MAX && c->p < c->end; i++) {
		unsigned char b = *c->p++;

		if (7 * i < 64)
			x |= (uint64_t)(b & 0x7f) << 7 * i;
		if (b >= 0x80)
			continue;
		if ((b & 0x40) != 0 && 7 * (i + 1) < 64)
			x |= UINT64_MAX << 7 * (i + 1);
		return (int64_t)x;
	}
	return (int64_t)post_read_over(c);
}

struct post_str
post_read_cstr(struct post_cursor *c)
{
	const unsigned char *nul = post_left(c) > 0 ? memchr(c->p, '\0', post_left(c)) : NULL;
	struct post_str s = { (const char *)c->p, 0 };

	if (nul == NULL) {
		post_read_over(c);
		return s;
	}
	s.n = (size_t)(nul - c->p);
	c->p = nul + 1;
	return s;
}

struct post_str
post_cstr_at(struct post_str s, uint64_t from)
{
	struct post_cursor c = post_cursor_at(s, from);

	return post_read_cstr(&c);
}
