/* SPDX-License-Identifier: BSD-2-Clause */
/* Columns of bytes become text that may stand anywhere: zlib, then base64. */
#ifndef POST_PACK_H
#define POST_PACK_H

#include "../base/buf.h"

/*
 * Append the base64 of a zlib stream of N columns, each after its length in
 * four bytes, the lowest first.  A column is under 4 GiB.
 * Cost: what deflate takes in the way that suits each column, found by a sample.
 */
void	post_pack_columns(const struct post_buf *column, size_t n, struct post_buf *out);

/* Append S in base64 (RFC 4648, padded). */
void	post_put_base64(struct post_buf *, struct post_str s);

/* Append V in LEB128: seven bits a byte, the lowest first, a set eighth bit where more come. */
static inline void
post_put_leb(struct post_buf *b, uint64_t v)
{
	if (b->cap - b->n <= 10)
		post_buf_grow(b, 10);
	for (; v > 0x7f; v >>= 7)
		b->s[b->n++] = (char)(v | 0x80);
	b->s[b->n++] = (char)v;
	b->s[b->n] = '\0';
}

#endif
