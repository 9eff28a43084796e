/* SPDX-License-Identifier: BSD-2-Clause */
/* Bytes that grow, and the few ways to write numbers into them. */
#ifndef POST_BUF_H
#define POST_BUF_H

#include <stdint.h>
#include "str.h"

/* { 0 } is empty.  Invariant: s[n] == '\0' once cap > 0. */
struct post_buf {
	char	*s;
	size_t	 n, cap;
};

void	post_buf_grow(struct post_buf *, size_t more);	/* room for MORE bytes and the NUL */
void	post_buf_free(struct post_buf *);

static inline void
post_put(struct post_buf *b, struct post_str s)
{
	if (b->cap - b->n <= s.n)
		post_buf_grow(b, s.n);
	if (s.n > 0)
		memcpy(b->s + b->n, s.p, s.n);
	b->n += s.n;
	b->s[b->n] = '\0';
}

static inline void
post_putc(struct post_buf *b, char c)
{
	post_put(b, (struct post_str){ &c, 1 });
}

static inline void
post_puts(struct post_buf *b, const char *s)
{
	post_put(b, post_str_of(s));
}

static inline struct post_str
post_buf_str(const struct post_buf *b)
{
	return (struct post_str){ b->s, b->n };
}

void	post_putu(struct post_buf *, uint64_t);		/* decimal, whatever the locale */
void	post_putx(struct post_buf *, uint64_t, int digits);	/* lower-case hex, at least DIGITS (up to 16) wide */
void	post_putf(struct post_buf *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));	/* for the cold paths */

/*
 * Append S so that a terminal shows it and does not obey it: control bytes
 * as \xHH; C1 controls, those that turn the direction of text, and malformed
 * UTF-8 as \xHH a byte; all else as it is.
 */
void	post_put_shown(struct post_buf *, struct post_str s);

#endif
