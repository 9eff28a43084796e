/* SPDX-License-Identifier: BSD-2-Clause */
/* Packing: the strategy of zlib follows what a column holds. */
#include <assert.h>
#include <limits.h>
#include <zlib.h>
#include "../base/mem.h"
#include "pack.h"

enum {
	ROOM = 64 << 10,
	SAMPLE = 16 << 10	/* bytes of a column to try the ways on */
};

/*
 * Repeated bytes of text need matches; numbers that follow no pattern pack as
 * well without the time that a search for these takes.
 */
static const int ways[] = { Z_DEFAULT_STRATEGY, Z_RLE, Z_HUFFMAN_ONLY };

void
post_put_base64(struct post_buf *b, struct post_str s)
{
	static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *p = (const unsigned char *)s.p;
	size_t n = s.n;
	char *to;

	post_buf_grow(b, (n + 2) / 3 * 4);
	for (to = b->s + b->n; n >= 3; n -= 3, p += 3) {
		uint32_t v = (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];

		*to++ = digit[v >> 18];
		*to++ = digit[v >> 12 & 63];
		*to++ = digit[v >> 6 & 63];
		*to++ = digit[v & 63];
	}
	if (n > 0) {
		uint32_t v = (uint32_t)p[0] << 16 | (n > 1 ? (uint32_t)p[1] << 8 : 0);

		*to++ = digit[v >> 18];
		*to++ = digit[v >> 12 & 63];
		*to++ = n > 1 ? digit[v >> 6 & 63] : '=';
		*to++ = '=';
	}
	*to = '\0';
	b->n = (size_t)(to - b->s);
}

/* There is room for what comes now; how much of it is left says zlib. */
static void
make_room(z_stream *z, struct post_buf *to)
{
	to->n = to->cap > 0 ? (size_t)((char *)z->next_out - to->s) : 0;
	if (to->cap - to->n <= ROOM)
		post_buf_grow(to, ROOM);
	z->next_out = (unsigned char *)to->s + to->n;
	z->avail_out = (uInt)(to->cap - to->n - 1 < UINT_MAX ? to->cap - to->n - 1 : UINT_MAX);
}

static void
squeeze(z_stream *z, struct post_str s, int flush, struct post_buf *to)
{
	int status;

	z->next_in = (unsigned char *)(uintptr_t)s.p;
	z->avail_in = (uInt)s.n;
	do {
		make_room(z, to);
		status = deflate(z, flush);
	} while (z->avail_in > 0 || z->avail_out == 0 || (flush == Z_FINISH && status != Z_STREAM_END));
}

/* What comes next is packed in another way: with matches, harder where that takes no time. */
static void
change_way(z_stream *z, int way, size_t n, struct post_buf *to)
{
	int level = n < 1 << 16 ? 9 : n < 1 << 19 ? 4 : 1;

	do
		make_room(z, to);
	while (deflateParams(z, way == Z_DEFAULT_STRATEGY ? level : 1, way) == Z_BUF_ERROR);
}

static void
begin(z_stream *z)
{
	*z = (z_stream){ 0 };
	if (deflateInit2(z, 1, Z_DEFLATED, 15, 9, Z_DEFAULT_STRATEGY) != Z_OK)
		(void)post_resize(NULL, SIZE_MAX, SIZE_MAX);	/* no memory */
}

/* The way that makes the least of a piece from the middle of a column. */
static int
best_way(z_stream *trial, struct post_str column, struct post_buf *to)
{
	size_t n = column.n < SAMPLE ? column.n : SAMPLE, i;
	struct post_str sample = { post_str_from(column, (column.n - n) / 2).p, n };
	uLong least = ULONG_MAX;
	int best = ways[0];

	for (i = 0; i < sizeof ways / sizeof *ways && n > 0; i++) {
		deflateReset(trial);
		trial->next_out = (unsigned char *)to->s;
		(void)deflateParams(trial, 1, ways[i]);
		squeeze(trial, sample, Z_FINISH, to);
		if (trial->total_out < least)
			best = ways[i];
		if (trial->total_out < least)
			least = trial->total_out;
	}
	return best;
}

struct packer {
	z_stream	z, trial;
	struct post_buf	packed, tried;
};

static void
squeeze_column(struct packer *p, struct post_str c)
{
	const char length[4] = { (char)c.n, (char)(c.n >> 8), (char)(c.n >> 16), (char)(c.n >> 24) };

	assert(c.n <= UINT32_MAX);
	squeeze(&p->z, (struct post_str){ length, sizeof length }, Z_NO_FLUSH, &p->packed);
	change_way(&p->z, best_way(&p->trial, c, &p->tried), c.n, &p->packed);
	squeeze(&p->z, c, Z_NO_FLUSH, &p->packed);
}

void
post_pack_columns(const struct post_buf *column, size_t n, struct post_buf *out)
{
	struct packer p = { 0 };
	size_t i;

	begin(&p.z);
	begin(&p.trial);
	for (i = 0; i < n; i++)
		squeeze_column(&p, post_buf_str(&column[i]));
	squeeze(&p.z, POST_STR(""), Z_FINISH, &p.packed);
	post_put_base64(out, (struct post_str){ p.packed.s, p.z.total_out });
	deflateEnd(&p.z);
	deflateEnd(&p.trial);
	post_buf_free(&p.packed);
	post_buf_free(&p.tried);
}
