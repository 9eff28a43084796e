/* SPDX-License-Identifier: BSD-2-Clause */
#include "cursor.h"

enum { LEB_MAX = 16 };	/* bytes; ten hold 64 bits, the rest is padding */

/* How many bits are in *X: 7 a byte; 0: it is bad. */
static unsigned
read_leb(struct post_cursor *c, uint64_t *x)
{
	unsigned bits = 0;

	*x = 0;
	while (bits < 7 * LEB_MAX && c->p < c->end) {
		unsigned char b = *c->p++;

		if (bits < 64)
			*x |= (uint64_t)(b & 0x7f) << bits;
		bits += 7;
		if (b < 0x80)
			return bits;
	}
	*x = post_read_over(c);
	return 0;
}

uint64_t
post_read_uleb_slow(struct post_cursor *c)
{
	uint64_t x;

	read_leb(c, &x);
	return x;
}

int64_t
post_read_sleb_slow(struct post_cursor *c)
{
	uint64_t x;
	unsigned bits = read_leb(c, &x);

	if (bits > 0 && bits < 64 && x >> (bits - 1) != 0)
		x |= UINT64_MAX << bits;
	return (int64_t)x;
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
