/* SPDX-License-Identifier: BSD-2-Clause */
/* Traces that are hard to take apart, and archives of them in pieces. */
#ifndef SHARDS_H
#define SHARDS_H

#include "support.h"
#include "../batch/shard.h"
#include "../trace/line.h"

/* Lines that look like others, or that a cut makes look so. */
static const struct post_str odd_lines[] = {
	POST_STR("\t17\n"), POST_STR("\t1\r\n"), POST_STR("\t00123\n"), POST_STR("\t-5\n"), POST_STR("\t3 \n"), POST_STR("17\n"),
	POST_STR("   17 \n"), POST_STR("\t\t17\n"), POST_STR("\t\n"), POST_STR("\n"), POST_STR("\r\n"), POST_STR(" 0x400123 : f+0x1/0x2 [/a]\n"),
	POST_STR(" 0x400123\n"), POST_STR(" 400123 : 0x400123\n"), POST_STR("x.lua:123\n"), POST_STR("@x.lua:123\n"), POST_STR("C:f\n"), POST_STR("[tail]\n"),
	POST_STR("@/opt/app/my\t17\n"), POST_STR("local x =\n\t42\n43\nreturn x\n    :1\n"), POST_STR("local y =\n\t42\n"), POST_STR(":7\n"),
	POST_STR("if x then\n@x.lua:3\n\t8\nend\n:1\n"), POST_STR("end\n"), POST_STR("f+0x12 [a]\n"), POST_STR("\x1b[01;31m 0x1 : g+0x1/0x2\n\x1b[K\t2\n"),
	POST_STR("WARNING: x\n"), POST_STR("\t4\nERROR: y at z:1:2\n\t5\n"), POST_STR("Pass 5: starting run.\n"), POST_STR("=== x ===\n"),
	POST_STR("a;b 17\n"), POST_STR("# note: [bad] x\n"), POST_STR("lj_str_new\n"), POST_STR("\xef\xbb\xbf 0x1 : h+0x1/0x2\n"), POST_STR("\0\0\t9\n"),
	POST_STR("\x28\xb5\x2f\xfd\n"), POST_STR("\x1f\x8b\x08\x04\n"), POST_STR(" 0x7f0a : i+0x3/0x4 [/b]\t6\n"), POST_STR("Returning from:  0x1 : r+0x1/0x2\n"),
};

static inline void
put_frames(struct post_buf *b, struct rng *r, const char *end)
{
	static const char *const names[] = { "f", "a : b", "x;y", "read", "Thread 17", "T<int [2]>::g(char)", "00123" };
	size_t depth = 1 + below(r, 5);

	while (depth-- > 0)
		if (below(r, 3) == 0)
			post_putf(b, "@/opt/%s.lua:%zu%s", names[below(r, ROWS(names))], below(r, 1000), end);
		else
			post_putf(b, " 0x%zx : %s+0x1/0x2 [/bin/a]%s", below(r, 1 << 30), names[below(r, ROWS(names))], end);
}

/* About BYTES of a raw trace: sound stacks, ODD of 100 lines among them, all of it CRLF or not, ended or not. */
static inline void
put_hard_trace(struct post_buf *b, struct rng *r, size_t bytes, unsigned odd)
{
	const char *end = below(r, 4) == 0 ? "\r\n" : "\n";

	while (b->n < bytes) {
		put_frames(b, r, end);
		while (below(r, 100) < odd)
			post_put(b, odd_lines[below(r, ROWS(odd_lines))]);
		if (below(r, 300) == 0)
			for (size_t n = below(r, 3000); n > 0; n--)
				post_putc(b, (char)('0' + below(r, 10)));
		post_putf(b, "\t%zu%s", below(r, 3) == 0 ? below(r, 1 << 20) : below(r, 9), end);
	}
	if (b->n > 0 && below(r, 3) == 0)
		b->n -= below(r, b->n < 4 ? b->n : 4);
}

static inline void
put_hard_folded(struct post_buf *b, struct rng *r, size_t bytes)
{
	static const char *const lines[] = {
		"a;b;c 17\n", "a 17\n", " 17\n", "17 17\n", "a;b 1.5\n", "# note: x\n", "# 5\n", "\n", "no count\n", "a\t17\n", "f(a\\x3bb);g 3\r\n", "a;b;; 4\n", "x;y 7 \n",
	};

	post_puts(b, "main;f 1\n");
	while (b->n < bytes)
		post_puts(b, lines[below(r, ROWS(lines))]);
	if (b->n > 0 && below(r, 3) == 0)
		b->n -= below(r, b->n < 4 ? b->n : 4);
}

/* Where the frames of an archive begin. */
struct starts {
	uint64_t	v[4096];
	size_t		n;
};

/* Append S as a frame of zstd that does not tell its size. */
static inline void
put_zstd_stream(struct post_buf *b, struct post_str s, int window_log)
{
	ZSTD_CCtx *c = ZSTD_createCCtx();
	ZSTD_inBuffer in = { s.p, s.n, 0 };
	ZSTD_outBuffer out;
	size_t left;

	ZSTD_CCtx_setParameter(c, ZSTD_c_windowLog, window_log);
	post_buf_grow(b, ZSTD_compressBound(s.n) + 64);
	out = (ZSTD_outBuffer){ b->s + b->n, b->cap - b->n, 0 };
	assert_false(ZSTD_isError(ZSTD_compressStream2(c, &out, &in, ZSTD_e_continue)));
	left = ZSTD_compressStream2(c, &out, &in, ZSTD_e_end);
	assert_int_equal(left, 0);
	b->n += out.pos;
	ZSTD_freeCCtx(c);
}

/* Append S, of up to 65280 bytes, as a block of BGZF. */
static inline void
put_bgzf(struct post_buf *b, struct post_str s)
{
	size_t from = b->n, size;
	uint32_t crc = (uint32_t)crc32(0, (const unsigned char *)s.p, (uInt)s.n);
	int i;

	post_put(b, BYTES("\x1f\x8b\x08\x04\0\0\0\0\0\xff\6\0BC\2\0\0\0"));
	put_deflated(b, s, 6, -15);
	for (i = 0; i < 8; i++)
		post_putc(b, (char)((i < 4 ? crc : (uint32_t)s.n) >> i % 4 * 8));
	size = b->n - from - 1;
	b->s[from + 16] = (char)size;
	b->s[from + 17] = (char)(size >> 8);
}

enum archive { PLAIN, ZSTD, BGZF, MIXED, ARCHIVES };

static inline void
put_piece(struct post_buf *b, struct rng *r, struct post_str s, enum archive kind)
{
	if (kind == BGZF || (kind == MIXED && below(r, 2) == 0))
		put_bgzf(b, s);
	else if (below(r, 2) == 0)
		put_zstd_stream(b, s, 10 + (int)below(r, 9));
	else
		put_zstd(b, s);
}

/* Append S in pieces of up to PIECE bytes, cut anywhere, some of them empty; where they begin goes to STARTS. */
static inline void
put_archive(struct post_buf *b, struct rng *r, struct post_str s, enum archive kind, size_t piece, struct starts *starts)
{
	starts->n = 0;
	if (kind == PLAIN) {
		post_put(b, s);
		return;
	}
	do {
		size_t n = below(r, 8) == 0 ? 0 : 1 + below(r, piece);
		struct post_str part = { s.p, n < s.n ? n : s.n };

		assert_true(starts->n < ROWS(starts->v));
		starts->v[starts->n++] = b->n;
		if (kind != BGZF && below(r, 8) == 0)
			put_skippable(b, below(r, 300));
		else {
			put_piece(b, r, part, kind);
			s = post_str_from(s, part.n);
		}
	} while (s.n > 0);
	if (kind == BGZF)
		put_bgzf(b, BYTES(""));
}

/* Fold the SHARDS of PATH, N of them, into one. */
static inline void
fold_shards(char *path, const struct post_shard *shards, size_t n, post_seam_fn *seam, size_t block, unsigned jobs, struct folding *to)
{
	static const struct post_stacks_conf usual;
	struct post_input_conf ic = { .cut = post_stacks_cut, .block = block, .report = count_report, .arg = &to->reports,
		.shards = shards, .seam = seam };
	char **paths = post_resize(NULL, n, sizeof *paths);
	size_t i;

	for (i = 0; i < n; i++)
		paths[i] = path;
	to->reports = 0;
	fold_input(post_input_new(paths, n, &ic), &usual, jobs, to);
	free(paths);
}

static inline bool
same_fold(const struct folding *a, const struct folding *b)
{
	return post_str_eq(post_buf_str(&a->text), post_buf_str(&b->text)) && a->total.whole == b->total.whole && a->total.frac == b->total.frac;
}

#endif
