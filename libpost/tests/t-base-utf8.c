/* SPDX-License-Identifier: BSD-2-Clause */
/* UTF-8 against a second reading of Unicode's table 3-7, and what a terminal is shown. */
#include "support.h"
#include "../base/utf8.h"

/* The bytes of a code point; 0 for a surrogate. */
static size_t
encode(uint32_t c, unsigned char *p)
{
	if (c < 0x80)
		return p[0] = (unsigned char)c, 1;
	if (c < 0x800)
		return p[0] = (unsigned char)(0xc0 | c >> 6), p[1] = 0x80 | (c & 63), 2;
	if (c >= 0xd800 && c < 0xe000)
		return 0;
	if (c < 0x10000)
		return p[0] = (unsigned char)(0xe0 | c >> 12), p[1] = 0x80 | (c >> 6 & 63), p[2] = 0x80 | (c & 63), 3;
	return p[0] = (unsigned char)(0xf0 | c >> 18), p[1] = 0x80 | (c >> 12 & 63), p[2] = 0x80 | (c >> 6 & 63),
	    p[3] = 0x80 | (c & 63), 4;
}

static void
every_code_point(void **state)
{
	unsigned char p[8];
	uint32_t c;
	size_t n, k;

	(void)state;
	for (c = 0; c < 0x110000; c++) {
		if ((n = encode(c, p)) == 0)
			continue;
		memset(p + n, 0x80, 4);
		if (post_utf8((struct post_str){ (char *)p, n + 4 }) != n || post_utf8_code((char *)p, n) != c)
			fail_msg("U+%04X", c);
		for (k = 0; k < n; k++)
			if (post_utf8((struct post_str){ (char *)p, k }) != 0)
				fail_msg("U+%04X cut to %zu bytes", c, k);
	}
}

/* Every sequence of three bytes: what is well-formed is what encode() makes of its code point. */
static void
every_three_bytes(void **state)
{
	uint32_t u;

	(void)state;
	for (u = 0; u < 1 << 24; u++) {
		unsigned char p[3] = { (unsigned char)(u >> 16), (unsigned char)(u >> 8), (unsigned char)u }, q[4];
		size_t n = post_utf8((struct post_str){ (char *)p, 3 }), want = 0;

		if (p[0] < 0x80)
			want = 1;
		else if (p[0] >= 0xc0 && p[0] < 0xe0)
			want = encode((p[0] & 31u) << 6 | (p[1] & 63u), q) == 2 && q[1] == p[1] ? 2 : 0;
		else if (p[0] >= 0xe0 && p[0] < 0xf0)
			want = encode((p[0] & 15u) << 12 | (p[1] & 63u) << 6 | (p[2] & 63u), q) == 3 && q[1] == p[1] && q[2] == p[2]
			    ? 3 : 0;
		if (n != want)
			fail_msg("%02x %02x %02x: %zu, not %zu", p[0], p[1], p[2], n, want);
	}
}

static void
malformed(void **state)
{
	static const struct post_str rows[] = {
		{ NULL, 0 }, POST_STR("\x80"), POST_STR("\xbf\x80"), POST_STR("\xc0\x80"), POST_STR("\xc1\xbf"),
		POST_STR("\xe0\x9f\xbf"), POST_STR("\xed\xa0\x80"), POST_STR("\xed\xbf\xbf"),
		POST_STR("\xf0\x8f\xbf\xbf"), POST_STR("\xf4\x90\x80\x80"), POST_STR("\xf5\x80\x80\x80"),
		POST_STR("\xf8\x88\x80\x80\x80"), POST_STR("\xfe"), POST_STR("\xff"), POST_STR("\xf0\x90\x80"),
		POST_STR("\xf0\x90\x80" "a"), POST_STR("\xf0\x90" "a\x80"), POST_STR("\xf0" "a\x80\x80"), POST_STR("\xe2\x82"),
		POST_STR("\xc3" "a"), POST_STR("\xc3\xc3"), POST_STR("\xf1\x80\x80\xc0"),
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++)
		if (post_utf8(rows[i]) != 0)
			fail_msg("row %zu", i);
}

static void
shown(void **state)
{
	static const struct {
		struct post_str	 in;
		const char	*out;
	} rows[] = {
		{ { NULL, 0 }, "" },
		{ POST_STR("plain ~ text"), "plain ~ text" },
		{ POST_STR("a\0b"), "a\\x00b" },
		{ POST_STR("\x1b[31m\n\t\r"), "\\x1b[31m\\x0a\\x09\\x0d" },
		{ POST_STR("\x1f \x7f"), "\\x1f \\x7f" },
		{ POST_STR("\xc2\x80\xc2\x9b\xc2\x9f\xc2\xa0"), "\\xc2\\x80\\xc2\\x9b\\xc2\\x9f\xc2\xa0" },
		{ POST_STR("\xe4\xb8\xad\xf0\x9f\x94\xa5"), "\xe4\xb8\xad\xf0\x9f\x94\xa5" },
		{ POST_STR("\xff\x80"), "\\xff\\x80" },
		{ POST_STR("\xed\xa0\x80"), "\\xed\\xa0\\x80" },
		{ POST_STR("x\xe2\x82"), "x\\xe2\\x82" },
		{ POST_STR("\xe2\x80\xa9\xe2\x80\xaa\xe2\x80\xae\xe2\x80\xaf"), "\xe2\x80\xa9\\xe2\\x80\\xaa\\xe2\\x80\\xae\xe2\x80\xaf" },
		{ POST_STR("\xe2\x81\xa5\xe2\x81\xa6\xe2\x81\xa9\xe2\x81\xaa"), "\xe2\x81\xa5\\xe2\\x81\\xa6\\xe2\\x81\\xa9\xe2\x81\xaa" },
	};
	struct post_buf b = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		b.n = 0;
		post_puts(&b, "> ");
		post_put_shown(&b, rows[i].in);
		assert_string_equal(b.s + 2, rows[i].out);
	}
	post_buf_free(&b);
}

/* Whatever goes in, what comes out is well-formed and has no control in it. */
static void
shown_is_harmless(void **state)
{
	struct rng r = rng_start("shown_is_harmless");
	struct post_buf b = { 0 };
	char in[24];
	size_t i, round;

	(void)state;
	for (round = 0; round < 20000; round++) {
		struct post_str s = { in, below(&r, sizeof in) };

		for (i = 0; i < s.n; i++)
			in[i] = (char)(rng(&r) & 1 ? rng(&r) : (uint64_t)"\xc2\xe2\x82\xf0\x9f\x1b\x80\x81\xa8"[below(&r, 9)]);
		b.n = 0;
		post_put_shown(&b, s);
		for (s = post_buf_str(&b); s.n > 0;) {
			size_t n = post_utf8(s);
			uint32_t c = n > 0 ? post_utf8_code(s.p, n) : 0;

			assert_true(n > 0 && c >= 0x20 && c != 0x7f && (c < 0x80 || c >= 0xa0) &&
			    (c < 0x202a || c > 0x202e) && (c < 0x2066 || c > 0x2069));
			s = post_str_from(s, n);
		}
	}
	post_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_point), cmocka_unit_test(every_three_bytes), cmocka_unit_test(malformed),
		cmocka_unit_test(shown), cmocka_unit_test(shown_is_harmless),
	};

	return cmocka_run_group_tests_name("base-utf8", tests, NULL, NULL);
}
