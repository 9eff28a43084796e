/* SPDX-License-Identifier: BSD-2-Clause */
/* What a reader of tables does, for a test and a fuzz target: base64, zlib and columns become nodes. */
#ifndef TABLE_READ_H
#define TABLE_READ_H

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include "../flame/table.h"

struct node {
	uint64_t	depth, what, own, before, after, merged;
	char		mark;
};

struct read_table {
	struct post_buf		 bytes;
	struct post_str		 column[11];
	struct node		*node;
	size_t			 n;
	struct post_str		*name;
	size_t			 names;
};

static inline void
undo_base64(struct post_str s, struct post_buf *to)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	uint32_t v = 0;
	size_t i;

	assert(s.n % 4 == 0);
	for (i = 0; i < s.n; i++) {
		const char *d = strchr(digits, s.p[i]);

		assert(s.p[i] != '\0' && (d != NULL || (s.p[i] == '=' && i + 2 >= s.n)));
		v = v << 6 | (d != NULL ? (uint32_t)(d - digits) : 0);
		if (i % 4 == 3)
			post_put(to, (struct post_str){ (char [3]){ (char)(v >> 16), (char)(v >> 8), (char)v }, 3 });
	}
	for (i = s.n; i > 0 && s.p[i - 1] == '='; i--)
		to->n--;
}

static inline void
inflate_all(struct post_str s, struct post_buf *to)
{
	z_stream z = { .next_in = (unsigned char *)(uintptr_t)s.p, .avail_in = (uInt)s.n };
	int status = inflateInit(&z);

	while (status == Z_OK) {
		post_buf_grow(to, 1 << 16);
		z.next_out = (unsigned char *)to->s + to->n;
		z.avail_out = 1 << 16;
		status = inflate(&z, Z_NO_FLUSH);
		to->n = z.total_out;
	}
	assert(status == Z_STREAM_END && z.avail_in == 0);
	inflateEnd(&z);
}

static inline uint64_t
take_leb(struct post_str *s)
{
	unsigned char c;
	uint64_t v = 0;
	int shift = 0;

	do {
		assert(s->n > 0 && shift < 64);
		c = (unsigned char)*s->p;
		v |= (uint64_t)(c & 0x7f) << shift;
		*s = post_str_from(*s, 1);
		shift += 7;
	} while (c & 0x80);
	return v;
}

static inline void
cut_columns(struct read_table *t)
{
	struct post_str s = post_buf_str(&t->bytes);
	size_t i;

	for (i = 0; s.n > 0; i++) {
		const unsigned char *p = (const unsigned char *)s.p;
		size_t n;

		assert(i < 11 && s.n >= 4);
		n = p[0] | (size_t)p[1] << 8 | (size_t)p[2] << 16 | (size_t)p[3] << 24;
		assert(n <= s.n - 4);
		t->column[i] = (struct post_str){ s.p + 4, n };
		s = post_str_from(s, 4 + n);
	}
	assert(i == 8 || i == 9 || i == 11);
}

static inline void
cut_names(struct read_table *t)
{
	struct post_str s = t->column[1];

	t->name = calloc(s.n + 1, sizeof *t->name);
	while (s.n > 0) {
		const char *end = memchr(s.p, '\n', s.n);

		assert(end != NULL);
		t->name[t->names++] = (struct post_str){ s.p, (size_t)(end - s.p) };
		s = post_str_from(s, (size_t)(end - s.p) + 1);
	}
	assert(t->column[2].n == 3 * t->names && t->column[3].n == t->names);
}

/* All columns end together, or the table is wrong. */
static inline void
read_nodes(struct read_table *t)
{
	struct post_str level = t->column[4], what = t->column[5], own = t->column[6], merged = t->column[7], before = t->column[8], after = t->column[9];
	uint64_t depth = 0;

	t->node = calloc(own.n, sizeof *t->node);
	while (own.n > 0) {
		struct node *d = &t->node[t->n];

		d->own = take_leb(&own);
		if (before.p != NULL)
			d->before = take_leb(&before);
		if (after.p != NULL)
			d->after = take_leb(&after);
		if (t->column[10].p != NULL)
			d->mark = t->column[10].p[t->n];
		if (t->n++ > 0) {
			uint64_t up = take_leb(&level);

			assert(up <= depth);
			d->depth = depth + 1 - up;
			d->what = take_leb(&what);
			assert(d->depth > 0 && d->what < POST_NODE_NAMED + t->names);
			if (d->what == POST_NODE_MORE)
				d->merged = take_leb(&merged);
		}
		depth = d->depth;
	}
	assert(t->n > 0 && level.n + what.n + merged.n + before.n + after.n == 0);
	assert(t->column[10].p == NULL || t->column[10].n == t->n);
}

static inline void
read_table(struct post_str text, struct read_table *t)
{
	struct post_buf packed = { 0 };

	*t = (struct read_table){ 0 };
	undo_base64(text, &packed);
	inflate_all(post_buf_str(&packed), &t->bytes);
	post_buf_free(&packed);
	cut_columns(t);
	cut_names(t);
	read_nodes(t);
}

static inline void
read_table_free(struct read_table *t)
{
	post_buf_free(&t->bytes);
	free(t->node);
	free(t->name);
}

#endif
