/* SPDX-License-Identifier: BSD-2-Clause */
/* Views: bytes that someone else owns. */
#ifndef POST_STR_H
#define POST_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Not NUL-terminated; may hold NUL bytes; p may be NULL when n is 0. */
struct post_str {
	const char	*p;
	size_t		 n;
};

#define POST_STR(lit)	((struct post_str){ "" lit, sizeof(lit) - 1 })

/* The view of a C string; S outlives it. */
static inline struct post_str
post_str_of(const char *s)
{
	return (struct post_str){ s, strlen(s) };
}

/* S without its first N bytes; N is at most s.n. */
static inline struct post_str
post_str_from(struct post_str s, size_t n)
{
	return n == 0 ? s : (struct post_str){ s.p + n, s.n - n };
}

/* Are N bytes at A and at B the same?  Made for names: quicker than a call for so few. */
static inline bool
post_same_bytes(const char *a, const char *b, size_t n)
{
	uint64_t x, y;
	size_t i;

	if (n < sizeof x)
		return n == 0 || memcmp(a, b, n) == 0;
	for (i = 0; i < n - sizeof x; i += sizeof x) {
		memcpy(&x, a + i, sizeof x);
		memcpy(&y, b + i, sizeof y);
		if (x != y)
			return false;
	}
	memcpy(&x, a + n - sizeof x, sizeof x);
	memcpy(&y, b + n - sizeof y, sizeof y);
	return x == y;
}

static inline bool
post_str_eq(struct post_str a, struct post_str b)
{
	return a.n == b.n && post_same_bytes(a.p, b.p, a.n);
}

/* Take the first line of *REST, without its "\n", which the last may lack; false: nothing is left. */
static inline bool
post_next_line(struct post_str *rest, struct post_str *line)
{
	const char *end = rest->n > 0 ? memchr(rest->p, '\n', rest->n) : NULL;

	if (rest->n == 0)
		return false;
	*line = (struct post_str){ rest->p, end != NULL ? (size_t)(end - rest->p) : rest->n };
	*rest = post_str_from(*rest, line->n + (end != NULL));
	return true;
}

static inline bool
post_str_starts(struct post_str s, struct post_str prefix)
{
	return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

static inline bool
post_str_ends(struct post_str s, struct post_str tail)
{
	return s.n >= tail.n && (tail.n == 0 || memcmp(s.p + s.n - tail.n, tail.p, tail.n) == 0);
}

/* Does WHAT stand anywhere in S? */
bool	post_str_has(struct post_str s, struct post_str what);

/* Order by bytes, as LC_ALL=C sort(1) does: under 0, 0 or over 0. */
static inline int
post_str_cmp(struct post_str a, struct post_str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int d = n > 0 ? memcmp(a.p, b.p, n) : 0;

	return d != 0 ? d : (a.n > b.n) - (a.n < b.n);
}

#endif
