/* SPDX-License-Identifier: BSD-2-Clause */
/* Archives, whole and broken: what is given is the plain text or the start of it, and a break is told with its byte. */
#include "support.h"
#include "../io/decode.h"

/* What came out of an archive. */
struct outcome {
	struct post_buf	 plain;
	ptrdiff_t	 last;		/* 0, or -1 with err */
	struct post_err	 err;
	bool		 packed, trailing;
	uint64_t	 trailing_byte;
};

static struct outcome got;
static struct post_buf text;		/* 40,000 bytes that pack by half */

static int
start(void **state)
{
	struct rng r = rng_start("decode");

	while (text.n < 40000)
		post_putf(&text, " 0x%zx : f%zu+0x1/0x20 [/bin/a]\n", below(&r, 1 << 30), below(&r, 50));
	return scratch_make(state);
}

static int
stop(void **state)
{
	post_buf_free(&text);
	post_buf_free(&got.plain);
	return scratch_remove(state);
}

static void
decode(struct post_str stored, size_t n, int window_log)
{
	int fd = memfd_create("stored", 0);
	struct post_decode *d = post_decode_new(fd, window_log);
	struct post_buf plain = got.plain;

	assert_int_equal(write(fd, stored.p, stored.n), stored.n);
	lseek(fd, 0, SEEK_SET);
	plain.n = 0;
	got = (struct outcome){ .plain = plain };
	do {
		if (got.plain.cap - got.plain.n <= n)
			post_buf_grow(&got.plain, n);
		got.last = post_decode_read(d, got.plain.s + got.plain.n, n, &got.err);
		assert_true(got.last <= (ptrdiff_t)n);
		got.plain.n += got.last > 0 ? (size_t)got.last : 0;
	} while (got.last > 0);
	if (got.last == 0)	/* the end stays the end */
		assert_int_equal(post_decode_read(d, got.plain.s, 1, &got.err), 0);
	got.packed = post_decode_is_packed(d);
	got.trailing = post_decode_trailing(d, &got.trailing_byte);
	post_decode_free(d);
	close(fd);
}

/* STORED gives PLAIN and ends well, whatever the size of the reads. */
static void
gives(struct post_buf *stored, struct post_str plain)
{
	static const size_t sizes[] = { 1 << 16, 1000, 7, 1 };
	size_t i;

	for (i = 0; i < ROWS(sizes); i++) {
		decode(post_buf_str(stored), sizes[i], POST_WINDOW_DEFAULT_LOG);
		if (got.last == -1)
			fail_msg("reads of %zu: %s", sizes[i], got.err.msg);
		assert_int_equal(got.plain.n, plain.n);
		assert_true(post_str_eq(post_buf_str(&got.plain), plain));
	}
	stored->n = 0;
}

/* STORED fails with CODE, and what it gave before is the start of TEXT. */
static void
breaks(struct post_str stored, enum post_code code, const char *says)
{
	decode(stored, 5000, POST_WINDOW_DEFAULT_LOG);
	assert_int_equal(got.last, -1);
	assert_int_equal(got.err.code, code);
	assert_non_null(strstr(got.err.msg, says));
	assert_true(got.plain.n <= text.n && memcmp(got.plain.s, text.s, got.plain.n) == 0);
	if (got.err.has_byte)
		assert_true(got.err.byte <= stored.n);
}

static void
plain(void **state)
{
	static const struct post_str rows[] = {
		POST_STR(""), POST_STR("a"), POST_STR("\0\0\0"), POST_STR("\x1f"), POST_STR("\x28\xb5\x2f"), POST_STR("BZ"), POST_STR("P"),
		POST_STR("plain\n"), POST_STR("x"), POST_STR("a\x1f\x8b\x08"), POST_STR("\n\x28\xb5\x2f\xfd"), POST_STR("xyzzy;main 1\n"),
	};
	struct post_buf b = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		post_put(&b, rows[i]);
		gives(&b, rows[i]);
		assert_false(got.packed || got.trailing);
	}
	post_put(&b, post_buf_str(&text));
	gives(&b, post_buf_str(&text));
	post_buf_free(&b);
}

static void
gzip(void **state)
{
	struct post_buf b = { 0 };
	struct post_str s = post_buf_str(&text), half = { s.p, 20001 };

	(void)state;
	put_gzip(&b, s, 6);
	gives(&b, s);
	assert_true(got.packed);
	put_gzip(&b, s, 0);		/* stored blocks */
	gives(&b, s);
	put_gzip(&b, BYTES(""), 6);
	gives(&b, BYTES(""));
	put_gzip(&b, half, 9);		/* members, cut inside a line */
	put_gzip(&b, post_str_from(s, half.n), 1);
	gives(&b, s);
	put_gzip(&b, BYTES(""), 6);	/* empty members first, between and last */
	put_gzip(&b, half, 6);
	put_gzip(&b, BYTES(""), 6);
	put_gzip(&b, BYTES(""), 0);
	put_gzip(&b, post_str_from(s, half.n), 6);
	put_gzip(&b, BYTES(""), 6);
	gives(&b, s);
	post_buf_free(&b);
}

/* A header with all its fields. */
static void
gzip_header(void **state)
{
	struct post_buf b = { 0 }, one = { 0 };
	struct post_str s = BYTES("text\n");
	uint32_t crc;

	(void)state;
	post_put(&b, BYTES("\x1f\x8b\x08\x1f\1\2\3\4\0\x03"));
	post_put(&b, BYTES("\x04\0abcd" "name.bt\0" "a comment\0"));
	crc = (uint32_t)crc32(0, (unsigned char *)b.s, (uInt)b.n);
	post_putc(&b, (char)crc);
	post_putc(&b, (char)(crc >> 8));
	put_gzip(&one, s, 6);
	post_put(&b, post_str_from(post_buf_str(&one), 10));
	gives(&b, s);
	post_buf_free(&one);
	post_buf_free(&b);
}

static void
zstd(void **state)
{
	struct post_buf b = { 0 };
	struct post_str s = post_buf_str(&text), half = { s.p, 20001 };

	(void)state;
	put_zstd(&b, s);
	gives(&b, s);
	assert_true(got.packed);
	put_zstd(&b, BYTES(""));
	gives(&b, BYTES(""));
	put_zstd(&b, half);
	put_zstd(&b, BYTES(""));
	put_zstd(&b, post_str_from(s, half.n));
	gives(&b, s);
	put_skippable(&b, 0);		/* skippable frames first, in the middle and last */
	put_skippable(&b, 300);
	put_zstd(&b, half);
	put_skippable(&b, 7);
	put_zstd(&b, post_str_from(s, half.n));
	put_skippable(&b, 70000 & 0xffff);
	gives(&b, s);
	put_skippable(&b, 5);
	gives(&b, BYTES(""));
	post_buf_free(&b);
}

static void
mixed(void **state)
{
	struct post_buf b = { 0 };
	struct post_str s = post_buf_str(&text), half = { s.p, 20001 };

	(void)state;
	put_gzip(&b, half, 6);
	put_zstd(&b, post_str_from(s, half.n));
	gives(&b, s);
	put_zstd(&b, half);
	put_gzip(&b, post_str_from(s, half.n), 6);
	gives(&b, s);
	put_skippable(&b, 9);
	put_gzip(&b, half, 6);
	put_skippable(&b, 9);
	post_put(&b, BYTES("\0\0\0\0"));
	put_zstd(&b, post_str_from(s, half.n));
	gives(&b, s);
	post_buf_free(&b);
}

/* Zero bytes behind a member are padding, up to many buffers of them. */
static void
padding(void **state)
{
	static const size_t zeros[] = { 1, 7, 8, 9, 512, 65536, 200000 };
	struct post_buf b = { 0 };
	struct post_str s = post_buf_str(&text);
	size_t i, j;

	(void)state;
	for (i = 0; i < ROWS(zeros); i++) {
		if (i % 2 == 0)
			put_gzip(&b, s, 6);
		else
			put_zstd(&b, s);
		for (j = 0; j < zeros[i]; j++)
			post_putc(&b, '\0');
		decode(post_buf_str(&b), 4096, 27);
		assert_int_equal(got.last, 0);
		assert_false(got.trailing);
		put_gzip(&b, BYTES("more"), 6);
		decode(post_buf_str(&b), 4096, 27);
		assert_int_equal(got.last, 0);
		assert_int_equal(got.plain.n, s.n + 4);
		b.n = 0;
	}
	post_buf_free(&b);
}

static void
trailing(void **state)
{
	static const struct post_str rows[] = {
		POST_STR("g"), POST_STR("garbage that is long enough"), POST_STR("\0\0\0x"), POST_STR("\x1f"), POST_STR("\x28\xb5\x2f"),
		POST_STR("BZh91AY&SY"), POST_STR("\xfd" "7zXZ\0"), POST_STR("\n"),
	};
	struct post_buf b = { 0 };
	struct post_str s = post_buf_str(&text);
	size_t i;

	(void)state;
	for (i = 0; i < 2 * ROWS(rows); i++) {
		struct post_str row = rows[i / 2];
		size_t archive, zeros = 0;

		b.n = 0;
		if (i % 2 == 0)
			put_gzip(&b, s, 6);
		else
			put_zstd(&b, s);
		archive = b.n;
		post_put(&b, row);
		while (row.p[zeros] == '\0' && zeros < row.n)
			zeros++;
		decode(post_buf_str(&b), 777, 27);
		assert_int_equal(got.last, 0);
		assert_int_equal(got.plain.n, s.n);
		assert_true(got.trailing);
		assert_int_equal(got.trailing_byte, archive + zeros);
	}
	post_buf_free(&b);
}

static void
damaged_gzip(void **state)
{
	struct post_buf b = { 0 };

	(void)state;
	put_gzip(&b, post_buf_str(&text), 6);
	b.s[b.n - 8] ^= 1;
	breaks(post_buf_str(&b), POST_EFORMAT, "check");
	assert_int_equal(got.plain.n, text.n);
	b.s[b.n - 8] ^= 1;
	b.s[b.n - 1] ^= 1;
	breaks(post_buf_str(&b), POST_EFORMAT, "length");
	assert_int_equal(got.plain.n, text.n);
	b.s[b.n - 1] ^= 1;
	memset(b.s + b.n / 2, 0xff, 20);
	decode(post_buf_str(&b), 5000, 27);
	assert_int_equal(got.last, -1);
	assert_int_equal(got.err.code, POST_EFORMAT);
	assert_true(got.plain.n > 1000 && memcmp(got.plain.s, text.s, got.plain.n < 10000 ? got.plain.n : 10000) == 0);
	b.s[2] = 9;
	breaks(post_buf_str(&b), POST_EFORMAT, "method");
	assert_true(got.err.has_byte);
	post_buf_free(&b);
}

static void
damaged_zstd(void **state)
{
	struct post_buf b = { 0 };

	(void)state;
	put_zstd(&b, post_buf_str(&text));
	b.s[b.n - 1] ^= 1;
	breaks(post_buf_str(&b), POST_EFORMAT, "checksum");
	assert_true(got.err.has_byte);
	b.s[4] = (char)0x08;			/* a reserved bit of the frame header */
	breaks(post_buf_str(&b), POST_EFORMAT, "");
	post_buf_free(&b);
}

/* What stands in the blocks before a damaged one is readable, and is given. */
static void
damaged_last_block(void **state)
{
	struct post_buf b = { 0 }, long_text = { 0 };
	int i;

	(void)state;
	for (i = 0; i < 20; i++)	/* 800 KB: seven blocks of 128 KiB */
		post_put(&long_text, post_buf_str(&text));
	put_zstd(&b, post_buf_str(&long_text));
	b.s[b.n - 5] ^= 0x55;
	b.s[b.n - 6] ^= 0x55;
	b.s[b.n - 7] ^= 0x55;
	decode(post_buf_str(&b), 1 << 20, 27);
	assert_int_equal(got.last, -1);
	assert_true(got.plain.n <= long_text.n && memcmp(got.plain.s, long_text.s, got.plain.n) == 0);
	if (got.plain.n < 512 << 10)
		fail_msg("%zu of %zu bytes were given", got.plain.n, long_text.n);
	post_buf_free(&long_text);
	post_buf_free(&b);
}

/* An archive cut at every byte gives the start of the text, says so, and names the byte. */
static void
cut_everywhere(struct post_buf *b, struct post_str plain_text)
{
	size_t n;

	for (n = 0; n < b->n; n++) {
		decode((struct post_str){ b->s, n }, 64, 27);
		if (!got.packed) {	/* no magic yet: these are bytes like any */
			assert_true(n < 4 && got.plain.n == n);
			continue;
		}
		assert_true(got.plain.n <= plain_text.n && memcmp(got.plain.s, plain_text.p, got.plain.n) == 0);
		if (got.last != -1 || got.err.code != POST_ECUT || !got.err.has_byte || got.err.byte != n)
			fail_msg("cut at %zu of %zu: %td %s", n, b->n, got.last, got.err.msg);
	}
	b->n = 0;
}

static void
cut_archives(void **state)
{
	struct post_str s = { text.s, 600 }, half = { text.s, 300 };
	struct post_buf b = { 0 };
	size_t member, n;

	(void)state;
	put_gzip(&b, s, 6);
	cut_everywhere(&b, s);
	put_gzip(&b, s, 0);
	cut_everywhere(&b, s);
	put_zstd(&b, s);
	cut_everywhere(&b, s);
	put_skippable(&b, 20);
	put_zstd(&b, half);
	member = b.n;
	put_gzip(&b, post_str_from(s, 300), 6);
	for (n = 28 + 4; n < b.n; n++) {	/* behind the next magic */
		decode((struct post_str){ b.s, n }, 64, 27);
		assert_true(got.plain.n <= s.n && memcmp(got.plain.s, s.p, got.plain.n) == 0);
		assert_int_equal(got.last, n == member || n == member + 1 ? 0 : -1);
	}
	post_buf_free(&b);
}

/* Any one byte changed: no crash, and it ends. */
static void
flipped_bytes(void **state)
{
	struct post_str s = { text.s, 600 };
	struct post_buf b = { 0 };
	size_t i, kind;

	(void)state;
	for (kind = 0; kind < 2; kind++) {
		b.n = 0;
		if (kind == 0)
			put_gzip(&b, s, 6);
		else
			put_zstd(&b, s);
		for (i = 0; i < b.n; i++) {
			b.s[i] ^= 0x41;
			decode(post_buf_str(&b), 100, 20);
			b.s[i] ^= 0x41;
			assert_true(got.plain.n < 1 << 20);
		}
	}
	post_buf_free(&b);
}

static void
window(void **state)
{
	struct post_buf b = { 0 };
	ZSTD_CCtx *c = ZSTD_createCCtx();
	ZSTD_inBuffer in = { text.s, text.n, 0 };
	ZSTD_outBuffer out;

	(void)state;
	post_buf_grow(&b, ZSTD_compressBound(text.n));
	out = (ZSTD_outBuffer){ b.s, b.cap, 0 };
	ZSTD_CCtx_setParameter(c, ZSTD_c_windowLog, 24);
	while (in.pos < in.size)	/* without a size in the header the window is what it says */
		ZSTD_compressStream2(c, &out, &in, ZSTD_e_flush);
	ZSTD_compressStream2(c, &out, &in, ZSTD_e_end);
	b.n = out.pos;
	ZSTD_freeCCtx(c);
	decode(post_buf_str(&b), 4096, 24);
	assert_int_equal(got.last, 0);
	assert_int_equal(got.plain.n, text.n);
	decode(post_buf_str(&b), 4096, 23);
	assert_int_equal(got.last, -1);
	assert_int_equal(got.err.code, POST_ELIMIT);
	assert_non_null(strstr(got.err.msg, "8 MiB"));
	assert_int_equal(got.plain.n, 0);
	decode(post_buf_str(&b), 4096, 17);	/* the limit is under a MiB */
	assert_int_equal(got.err.code, POST_ELIMIT);
	assert_non_null(strstr(got.err.msg, "128 KiB"));
	post_buf_free(&b);
}

static void
dictionary(void **state)
{
	struct post_buf b = { 0 }, dict = { 0 };
	size_t n;
	ZSTD_CCtx *c = ZSTD_createCCtx();

	(void)state;
	/* A dictionary of raw content has no number; one in the frame's header is all that a reader sees. */
	post_put(&dict, (struct post_str){ text.s, 2000 });
	post_buf_grow(&b, ZSTD_compressBound(text.n));
	n = ZSTD_compress_usingDict(c, b.s, b.cap, text.s, 3000, dict.s, dict.n, 3);
	assert_false(ZSTD_isError(n));
	b.n = n;
	ZSTD_freeCCtx(c);
	breaks(post_buf_str(&b), POST_EFORMAT, "");
	/* magic, a descriptor with a 4-byte dictionary number and a window, window, number, an empty last block */
	b.n = 0;
	post_put(&b, BYTES("\x28\xb5\x2f\xfd\x03\x50\x01\x02\x03\x04\x01\0\0"));
	breaks(post_buf_str(&b), POST_EFORMAT, "dictionary");
	post_buf_free(&dict);
	post_buf_free(&b);
}

static void
other_formats(void **state)
{
	static const struct {
		struct post_str	 bytes;
		const char	*says;
	} rows[] = {
		{ POST_STR("\xfd" "7zXZ\0\0\4"), "xz -dc" }, { POST_STR("BZh91AY&SY"), "bzip2 -dc" },
		{ POST_STR("BZh9\x17\x72\x45\x38\x50\x90"), "bzip2 -dc" }, { POST_STR("\x04\x22\x4d\x18\x64\x40"), "lz4 -dc" },
		{ POST_STR("PK\x03\x04\x14\0"), "unzip -p" }, { POST_STR("\x78\x9c\x4b\x4c"), "pigz -dc" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		decode(rows[i].bytes, 100, 27);
		assert_int_equal(got.last, -1);
		assert_int_equal(got.err.code, POST_EFORMAT);
		assert_non_null(strstr(got.err.msg, rows[i].says));
		assert_int_equal(got.plain.n, 0);
	}
}

/* Text that only begins like bzip2 is text. */
static void
looks_like_bzip2(void **state)
{
	struct post_buf b = { 0 };

	(void)state;
	post_puts(&b, "BZhash;main 5\n");
	gives(&b, BYTES("BZhash;main 5\n"));
	post_buf_free(&b);
}

static void
cannot_read(void **state)
{
	int fd = open(scratch_dir, O_RDONLY);
	struct post_decode *d = post_decode_new(fd, 27);
	struct post_err err;
	char c;

	(void)state;
	assert_int_equal(post_decode_read(d, &c, 1, &err), -1);
	assert_int_equal(err.code, POST_EIO);
	post_decode_free(d);
	close(fd);
	d = post_decode_new(-1, 27);
	assert_int_equal(post_decode_read(d, &c, 1, &err), -1);
	assert_int_equal(err.code, POST_EIO);
	post_decode_free(d);
	post_decode_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain), cmocka_unit_test(gzip), cmocka_unit_test(gzip_header), cmocka_unit_test(zstd),
		cmocka_unit_test(mixed), cmocka_unit_test(padding), cmocka_unit_test(trailing), cmocka_unit_test(damaged_gzip),
		cmocka_unit_test(damaged_zstd), cmocka_unit_test(damaged_last_block), cmocka_unit_test(cut_archives),
		cmocka_unit_test(flipped_bytes), cmocka_unit_test(window), cmocka_unit_test(dictionary),
		cmocka_unit_test(other_formats), cmocka_unit_test(looks_like_bzip2), cmocka_unit_test(cannot_read),
	};

	return cmocka_run_group_tests_name("decode", tests, start, stop);
}
