/* SPDX-License-Identifier: BSD-2-Clause */
/* Numbers out of bytes, and rows of addresses: right at their edges, and against the plain way. */
#include "support.h"
#include "../dwarf/addresses.h"
#include "../dwarf/cursor.h"

/* X as SLEB128, or as ULEB128, in BYTES; PAD more bytes than it needs. */
static struct post_str
leb(char *bytes, int64_t x, bool sign, unsigned pad)
{
	uint64_t u = (uint64_t)x;
	size_t n = 0;
	bool more;

	do {
		unsigned char b = u & 0x7f;

		u = sign ? (uint64_t)((int64_t)u >> 7) : u >> 7;
		more = sign ? u != ((b & 0x40) != 0 ? UINT64_MAX : 0) : u != 0;
		bytes[n++] = (char)(b | (more || pad > 0 ? 0x80 : 0));
	} while (more);
	for (; pad > 0; pad--)
		bytes[n++] = (char)((sign && x < 0 ? 0x7f : 0) | (pad > 1 ? 0x80 : 0));
	return (struct post_str){ bytes, n };
}

static void
is_leb(int64_t x, bool sign, unsigned pad)
{
	char bytes[32];
	struct post_str s = leb(bytes, x, sign, pad);
	struct post_cursor c = post_cursor_of(s);

	assert_true((sign ? post_read_sleb(&c) : (int64_t)post_read_uleb(&c)) == x);
	assert_false(c.bad);
	assert_int_equal(post_left(&c), 0);
	for (size_t n = 0; n < s.n; n++) {
		c = post_cursor_of((struct post_str){ s.p, n });
		assert_true((sign ? post_read_sleb(&c) : (int64_t)post_read_uleb(&c)) == 0 && c.bad);
	}
}

static void
lebs(void **state)
{
	struct rng r = rng_start("lebs");

	(void)state;
	for (size_t i = 0; i < 20000; i++) {
		int64_t x = (int64_t)(rng(&r) >> below(&r, 64));

		is_leb(i % 2 == 0 ? x : -x, true, (unsigned)below(&r, 6));
		is_leb(x, false, (unsigned)below(&r, 6));
	}
	is_leb(INT64_MIN, true, 0);
	is_leb(INT64_MAX, true, 0);
	is_leb(-1, false, 0);
}

static void
lebs_too_long(void **state)
{
	char bytes[20];
	struct post_cursor c;

	(void)state;
	memset(bytes, 0x80, sizeof bytes);
	bytes[15] = 0;		/* the last that may be there */
	c = post_cursor_of((struct post_str){ bytes, sizeof bytes });
	assert_true(post_read_uleb(&c) == 0 && !c.bad && post_left(&c) == 4);
	c = post_cursor_of((struct post_str){ bytes, sizeof bytes });
	assert_true(post_read_sleb(&c) == 0 && !c.bad && post_left(&c) == 4);
	bytes[15] = (char)0x80;
	c = post_cursor_of((struct post_str){ bytes, sizeof bytes });
	assert_true(post_read_uleb(&c) == 0 && c.bad && post_left(&c) == 0);
	c = post_cursor_of((struct post_str){ bytes, sizeof bytes });
	assert_true(post_read_sleb(&c) == 0 && c.bad && post_left(&c) == 0);
}

static void
lengths(void **state)
{
	struct post_cursor c = post_cursor_of(POST_STR("\x10\0\0\0"));
	unsigned width;

	(void)state;
	assert_true(post_read_length(&c, &width) == 16 && width == 4 && !c.bad);
	c = post_cursor_of(POST_STR("\xff\xff\xff\xff\x20\0\0\0\0\0\0\0"));
	assert_true(post_read_length(&c, &width) == 32 && width == 8 && !c.bad);
	c = post_cursor_of(POST_STR("\xff\xff\xff\xff\x20\0\0"));
	assert_true(post_read_length(&c, &width) == 0 && c.bad);
}

static void
first_from(void **state)
{
	static const uint64_t pc[] = { 2, 3, 5, 8, UINT64_MAX };

	(void)state;
	for (size_t lo = 0; lo <= ROWS(pc); lo++)
		for (size_t hi = lo; hi <= ROWS(pc); hi++)
			for (uint64_t at = 0; at < 10; at++) {
				size_t want = lo;

				while (want < hi && pc[want] < at)
					want++;
				assert_int_equal(post_first_from(pc, lo, hi, at), want);
			}
}

static void
pending(void **state)
{
	struct rng r = rng_start("pending");
	struct post_pending p;
	bool done[200] = { 0 };

	(void)state;
	post_pending_init(&p, ROWS(done));
	for (size_t k = 0; k < 400; k++) {
		size_t i = post_pending_from(&p, below(&r, ROWS(done) + 1)), next;

		if (i == ROWS(done))
			continue;
		assert_false(done[i]);
		done[i] = true;
		for (next = i + 1; next < ROWS(done) && done[next]; next++)
			;
		assert_int_equal(post_pending_done(&p, i), next);
	}
	for (size_t i = 0; i < ROWS(done); i++)
		assert_int_equal(post_pending_from(&p, i) == i, !done[i]);
	free(p.next);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lebs), cmocka_unit_test(lebs_too_long), cmocka_unit_test(lengths),
		cmocka_unit_test(first_from), cmocka_unit_test(pending),
	};

	return cmocka_run_group_tests_name("cursor", tests, NULL, NULL);
}
