/* SPDX-License-Identifier: BSD-2-Clause */
/* Counts: read, added, compared and written exactly, or refused. */
#include <math.h>
#include "support.h"
#include "../base/count.h"

#define FRAC_MAX UINT64_C(999999999999999999)

static void
parses(void **state)
{
	static const struct {
		const char	*in;
		uint64_t	 whole, frac;
		const char	*out;
	} rows[] = {
		{ "0", 0, 0, "0" }, { "7", 7, 0, "7" }, { "007", 7, 0, "7" }, { "12.", 12, 0, "12" },
		{ "12.5", 12, UINT64_C(500000000000000000), "12.5" },
		{ "12.500", 12, UINT64_C(500000000000000000), "12.5" },
		{ "0.000000000000000001", 0, 1, "0.000000000000000001" },
		{ "0.999999999999999999", 0, FRAC_MAX, "0.999999999999999999" },
		{ "1.0000000000000000000000", 1, 0, "1" },
		{ "1.0000000000000000010", 1, 1, "1.000000000000000001" },
		{ "18446744073709551615", UINT64_MAX, 0, "18446744073709551615" },
		{ "00018446744073709551615.1", UINT64_MAX, UINT64_C(100000000000000000), "18446744073709551615.1" },
	};
	struct post_buf b = { 0 };
	struct post_count c;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		c = (struct post_count){ 99, 99 };
		assert_int_equal(post_count_parse(post_str_of(rows[i].in), &c), 0);
		assert_true(c.whole == rows[i].whole && c.frac == rows[i].frac);
		b.n = 0;
		post_put_count(&b, c);
		assert_string_equal(b.s, rows[i].out);
	}
	post_buf_free(&b);
}

static void
refuses(void **state)
{
	static const struct post_str rows[] = {
		{ NULL, 0 }, POST_STR(""), POST_STR("."), POST_STR(".5"), POST_STR("-1"), POST_STR("+1"), POST_STR(" 1"),
		POST_STR("1 "), POST_STR("1\n"), POST_STR("1.2.3"), POST_STR("1e3"), POST_STR("0x10"), POST_STR("1,5"),
		POST_STR("1.5x"), POST_STR("1\0"), POST_STR("18446744073709551616"), POST_STR("28446744073709551615"),
		POST_STR("99999999999999999999999999"), POST_STR("0.0000000000000000001"), POST_STR("nan"), POST_STR("inf"),
		POST_STR("\xd9\xa1"),
	};
	struct post_count c;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++)
		if (post_count_parse(rows[i], &c) == 0)
			fail_msg("row %zu was taken", i);
}

static void
adds(void **state)
{
	static const struct {
		struct post_count	a, b, sum;
		int			status;
	} rows[] = {
		{ { 0, 0 }, { 0, 0 }, { 0, 0 }, 0 },
		{ { 1, FRAC_MAX }, { 2, 1 }, { 4, 0 }, 0 },
		{ { 1, FRAC_MAX }, { 2, FRAC_MAX }, { 4, FRAC_MAX - 1 }, 0 },
		{ { UINT64_MAX, 0 }, { 0, FRAC_MAX }, { UINT64_MAX, FRAC_MAX }, 0 },
		{ { UINT64_MAX - 1, FRAC_MAX }, { 0, 1 }, { UINT64_MAX, 0 }, 0 },
		{ { UINT64_MAX, 0 }, { 1, 0 }, { UINT64_MAX, 0 }, -1 },
		{ { UINT64_MAX, FRAC_MAX }, { 0, 1 }, { UINT64_MAX, FRAC_MAX }, -1 },
		{ { UINT64_MAX, 5 }, { UINT64_MAX, 7 }, { UINT64_MAX, 5 }, -1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		struct post_count a = rows[i].a;

		assert_int_equal(post_count_add(&a, rows[i].b), rows[i].status);
		assert_true(a.whole == rows[i].sum.whole && a.frac == rows[i].sum.frac);
	}
}

static void
compares(void **state)
{
	static const struct post_count up[] = {
		{ 0, 0 }, { 0, 1 }, { 0, FRAC_MAX }, { 1, 0 }, { 1, 1 }, { UINT64_MAX, 0 }, { UINT64_MAX, FRAC_MAX },
	};
	size_t i, j;

	(void)state;
	for (i = 0; i < ROWS(up); i++)
		for (j = 0; j < ROWS(up); j++) {
			int d = post_count_cmp(up[i], up[j]);

			assert_int_equal((d > 0) - (d < 0), (i > j) - (i < j));
		}
}

/* Against strtod(3), which rounds right: at most one step away. */
static void
reals(void **state)
{
	static const char *const rows[] = {
		"0", "0.5", "0.1", "3.25", "123456789.000000001", "9007199254740993", "9007199254740993.9", "18446744073709551615",
		"0.000000000000000001", "0.123456789012345678", "4503599627370497.5",
	};
	struct post_count c;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		double want = strtod(rows[i], NULL), got;

		assert_int_equal(post_count_parse(post_str_of(rows[i]), &c), 0);
		got = post_count_real(c);
		if (got < nextafter(want, -1) || got > nextafter(want, INFINITY))
			fail_msg("%s: %.17g", rows[i], got);
	}
}

static void
reals_at_random(void **state)
{
	struct rng r = rng_start("reals_at_random");
	struct post_buf b = { 0 };
	int i;

	(void)state;
	for (i = 0; i < 20000; i++) {
		struct post_count c = { rng(&r) >> below(&r, 64), rng(&r) % (FRAC_MAX + 1) };

		b.n = 0;
		post_put_count(&b, c);
		if (fabs(post_count_real(c) - strtod(b.s, NULL)) > nextafter(strtod(b.s, NULL), INFINITY) - strtod(b.s, NULL))
			fail_msg("%s: %.17g, not %.17g", b.s, post_count_real(c), strtod(b.s, NULL));
	}
	post_buf_free(&b);
}

static void
written_and_read_again(void **state)
{
	struct rng r = rng_start("written_and_read_again");
	struct post_buf b = { 0 };
	int i;

	(void)state;
	for (i = 0; i < 20000; i++) {
		struct post_count c = { rng(&r) >> below(&r, 64), rng(&r) % (FRAC_MAX + 1) >> below(&r, 60) }, again;

		b.n = 0;
		post_put_count(&b, c);
		assert_int_equal(post_count_parse(post_buf_str(&b), &again), 0);
		assert_int_equal(post_count_cmp(c, again), 0);
	}
	post_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parses), cmocka_unit_test(refuses), cmocka_unit_test(adds), cmocka_unit_test(compares),
		cmocka_unit_test(reals), cmocka_unit_test(reals_at_random), cmocka_unit_test(written_and_read_again),
	};

	return cmocka_run_group_tests_name("base-count", tests, NULL, NULL);
}
