/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading numbers out of bytes that may be cut off or hostile. */
#ifndef POST_CURSOR_H
#define POST_CURSOR_H

#include "../base/str.h"

/*
 * Bytes to read, little-endian.  A read beyond the end gives 0, sets bad and
 * leaves nothing to read: a caller may test bad once, behind a row of reads.
 */
struct post_cursor {
	const unsigned char	*p, *end;
	bool			 bad;
};

static inline struct post_cursor
post_cursor_of(struct post_str s)
{
	const unsigned char *p = (const unsigned char *)s.p;

	return (struct post_cursor){ p, s.n > 0 ? p + s.n : p, false };
}

/* The bytes of S from FROM on; bad when FROM is beyond its end. */
static inline struct post_cursor
post_cursor_at(struct post_str s, uint64_t from)
{
	struct post_cursor c = post_cursor_of(s);

	if (from > s.n)
		c.p = c.end, c.bad = true;
	else if (from > 0)
		c.p += from;
	return c;
}

static inline size_t
post_left(const struct post_cursor *c)
{
	return (size_t)(c->end - c->p);
}

static inline uint64_t
post_read_over(struct post_cursor *c)
{
	c->p = c->end;
	c->bad = true;
	return 0;
}

static inline void
post_skip(struct post_cursor *c, uint64_t n)
{
	if (n > post_left(c))
		post_read_over(c);
	else if (n > 0)
		c->p += n;	/* p may be NULL when there is nothing to read */
}

#define POST_READ(name, type)						\
static inline type							\
name(struct post_cursor *c)						\
{									\
	type x;								\
									\
	if (post_left(c) < sizeof x)					\
		return (type)post_read_over(c);				\
	memcpy(&x, c->p, sizeof x);					\
	c->p += sizeof x;						\
	return x;							\
}
POST_READ(post_read_u8, uint8_t)
POST_READ(post_read_u16, uint16_t)
POST_READ(post_read_u32, uint32_t)
POST_READ(post_read_u64, uint64_t)
#undef POST_READ

/* A number of SIZE bytes: 1, 2, 3, 4 or 8; any other is bad. */
static inline uint64_t
post_read_size(struct post_cursor *c, unsigned size)
{
	switch (size) {
	case 1: return post_read_u8(c);
	case 2: return post_read_u16(c);
	case 3: { uint64_t low = post_read_u16(c); return low | (uint64_t)post_read_u8(c) << 16; }
	case 4: return post_read_u32(c);
	case 8: return post_read_u64(c);
	default: return post_read_over(c);
	}
}

/* A unit's length, and how many bytes offsets in it have: 4 or 8 (DWARF 5, 7.4). */
static inline uint64_t
post_read_length(struct post_cursor *c, unsigned *width)
{
	uint64_t n = post_read_u32(c);

	*width = n == UINT32_MAX ? 8 : 4;
	return *width == 8 ? post_read_u64(c) : n;
}

/* LEB128; bits beyond the 64th are dropped, and more than 16 bytes are bad. */
uint64_t	post_read_uleb_slow(struct post_cursor *);
int64_t		post_read_sleb_slow(struct post_cursor *);

/* The slow way gets a copy: a caller's own cursor may then stay in registers. */
static inline uint64_t
post_read_uleb(struct post_cursor *c)
{
	struct post_cursor slow;
	uint64_t x;

	if (c->p < c->end && *c->p < 0x80)
		return *c->p++;
	slow = *c;
	x = post_read_uleb_slow(&slow);
	*c = slow;
	return x;
}

static inline int64_t
post_read_sleb(struct post_cursor *c)
{
	struct post_cursor slow;
	int64_t x;

	if (c->p < c->end && *c->p < 0x80)
		return (*c->p++ ^ 0x40) - 0x40;
	slow = *c;
	x = post_read_sleb_slow(&slow);
	*c = slow;
	return x;
}

/* A string that a NUL ends, without it; bad when there is none. */
struct post_str	post_read_cstr(struct post_cursor *);

/* The string at FROM in the section S; empty when there is none. */
struct post_str	post_cstr_at(struct post_str s, uint64_t from);

#endif
