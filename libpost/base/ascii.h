/* SPDX-License-Identifier: BSD-2-Clause */
/* Classes of bytes, whatever the locale. */
#ifndef POST_ASCII_H
#define POST_ASCII_H

#include "str.h"

enum {
	POST_DIGIT = 1,		/* 0-9 */
	POST_HEX = 2,		/* 0-9 a-f A-F */
	POST_WORD = 4,		/* 0-9 a-z A-Z _ */
	POST_SYMBOL = 8,	/* words, and . $ @: what names of symbols are made of */
	POST_SPACE = 16		/* blank, tab, CR, VT, FF; not a line end */
};

extern const unsigned char post_class[256];

static inline bool
post_is(char c, int what)
{
	return post_class[(unsigned char)c] & what;
}

/* How many bytes S begins with, or ends in, that are of a class in WHAT. */
static inline size_t
post_span(struct post_str s, int what)
{
	size_t i = 0;

	while (i < s.n && post_is(s.p[i], what))
		i++;
	return i;
}

static inline size_t
post_span_back(struct post_str s, int what)
{
	size_t i = s.n;

	while (i > 0 && post_is(s.p[i - 1], what))
		i--;
	return s.n - i;
}

/* The first N bytes of S; N is at most s.n. */
static inline struct post_str
post_head(struct post_str s, size_t n)
{
	return (struct post_str){ s.p, n };
}

static inline struct post_str
post_trim_end(struct post_str s)
{
	return post_head(s, s.n - post_span_back(s, POST_SPACE));
}

#endif
