/* SPDX-License-Identifier: BSD-2-Clause */
/* From an account to findings in the stacks: where each begins. */
#include "support.h"
#include <math.h>
#include "judging.h"

static void
totals(void **state)
{
	(void)state;
	good(1000);
	assert_null(get(F(LOW_TOTAL)));
	assert_int_equal(found.n, 0);
	assert_int_equal(post_worth_of(post_findings_worst(&found)), POST_USABLE);
	good(999);
	has(F(LOW_TOTAL), POST_INFO);
	assert_int_equal(found.v[0].value, 999);
	good(100);
	has(F(LOW_TOTAL), POST_INFO);
	good(99);
	has(F(LOW_TOTAL), POST_BIASED);
	assert_int_equal(post_worth_of(post_findings_worst(&found)), POST_WITH_CARE);
	good(0);
	has(F(NO_STACKS), POST_FATAL);
	assert_null(post_findings_get(&found, F(LOW_TOTAL)));
	assert_int_equal(post_worth_of(post_findings_worst(&found)), POST_NO_PROFILE);
	has(F(NO_STACKS), POST_FATAL);	/* of no text at all */
}

static void
empty_stacks(void **state)
{
	(void)state;
	good(1000);
	stack("", 10);
	has_not(F(NO_STACKS));
	assert_int_equal(post_findings_get(&found, F(EMPTY_STACKS))->severity, POST_INFO);	/* 10 of 1010 */
	good(990);
	stack("", 10);
	has(F(EMPTY_STACKS), POST_BIASED);
	stack("", 2000);
	stack("", 3);
	has(F(EMPTY_STACKS), POST_FATAL);
	good(3000);
	say("<no user backtrace at timer.profile>");
	has(F(EMPTY_STACKS), POST_INFO);
}

static void
debug_output(void **state)
{
	static const char line[] = "unwind:1490: pc=7f0a11223343, 7f0a11223344";

	(void)state;
	say(line);
	has(F(DEBUG_UNWIND), POST_FATAL);
	assert_int_equal(found.n, 1);
	say(line);
	good(1000);
	stack("", 1000);
	has(F(DEBUG_UNWIND), POST_FATAL);
	assert_int_equal(found.n, 1);
	say(line);
	good(1001);
	stack("", 1000);
	has(F(DEBUG_LINES), POST_INFO);
	assert_non_null(post_findings_get(&found, F(EMPTY_STACKS)));
}

/* N stacks, counted downwards to LEAST. */
static void
stacks(size_t n, uint64_t least)
{
	while (n-- > 0)
		good(least + n);
}

static void
limits(void **state)
{
	static const struct {
		size_t		n;
		uint64_t	least;
		bool		is;
	} rows[] = {
		{ 1024, 1, true }, { 1024, 2, true }, { 1000, 1, true }, { 1023, 2, false }, { 1025, 2, false }, { 999, 2, false },
		{ 500, 2, true }, { 500, 1, false }, { 512, 2, true }, { 512, 1, false }, { 400, 2, false }, { 256, 2, false },
		{ 1500, 2, true }, { 1500, 1, false }, { 1501, 2, false }, { 2048, 2, true }, { 2048, 1, false },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		const struct post_finding *f;

		stacks(rows[i].n, rows[i].least);
		f = get(F(LIMIT_REACHED));
		if ((f != NULL) != rows[i].is)
			fail_msg("%zu stacks from %llu on", rows[i].n, (unsigned long long)rows[i].least);
		assert_true(f == NULL || (f->n == rows[i].n && f->value == rows[i].n && f->severity == POST_BIASED));
	}
}

static void
lua(uint64_t count)
{
	stack("@a.lua:7\n@main.lua:1\n", count);
}

static void
small_stacks(void **state)
{
	(void)state;
	for (uint64_t i = 0; i < 5; i++)
		lua(7 - i);
	has(F(SMALL_DROPPED), POST_INFO);
	assert_int_equal(post_findings_get(&found, F(SMALL_DROPPED))->value, 3);
	for (uint64_t i = 0; i < 5; i++)
		lua(6 - i);
	has_not(F(SMALL_DROPPED));	/* one of 2 */
	for (uint64_t i = 0; i < 4; i++)
		lua(7 - i);
	has_not(F(SMALL_DROPPED));	/* too few to tell */
	for (uint64_t i = 0; i < 5; i++)
		lua(3 + i);
	has_not(F(SMALL_DROPPED));	/* not sorted */
	for (uint64_t i = 0; i < 5; i++)
		good(7 - i);
	has_not(F(SMALL_DROPPED));	/* not of Lua */
}

/* Counts as given, 0 ends. */
static void
counts(const uint64_t *count)
{
	for (; *count > 0; count++)
		good(*count);
}

static void
order(void **state)
{
	/* A dump begins again from a small count with one of the largest; all other rises are those of sums. */
	static const uint64_t sorted[] = { 9, 8, 8, 7, 6, 5, 4, 3, 2, 1, 0 }, two[] = { 9, 8, 7, 6, 5, 4, 9, 4, 3, 0 },
	    few[] = { 9, 8, 7, 6, 4, 9, 4, 0 }, sums[] = { 9, 8, 7, 9, 6, 5, 9, 4, 3, 2, 0 }, rising[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 0 },
	    three[] = { 9, 4, 1, 8, 5, 2, 9, 4, 3, 2, 1, 0 }, large[] = { 90, 80, 70, 60, 50, 40, 30, 20, 0 };

	(void)state;
	counts(sorted);
	has_not(F(CONCATENATED));
	assert_null(post_findings_get(&found, F(SUMMED_WEIGHTS)));
	assert_int_equal(post_weight_of(&a), POST_WEIGHT_SAMPLES);
	counts(two);
	has(F(CONCATENATED), POST_INFO);
	assert_int_equal(post_findings_get(&found, F(CONCATENATED))->value, 2);
	assert_int_equal(post_findings_get(&found, F(CONCATENATED))->first.line, 21);
	counts(few);
	has_not(F(CONCATENATED));
	assert_int_equal(post_weight_of(&a), POST_WEIGHT_UNKNOWN);
	counts(sums);
	has(F(SUMMED_WEIGHTS), POST_INFO);
	assert_int_equal(post_weight_of(&a), POST_WEIGHT_SUMS);
	assert_null(post_findings_get(&found, F(LOW_TOTAL)));	/* 62, but of what? */
	counts(rising);
	has(F(SUMMED_WEIGHTS), POST_INFO);
	counts(three);
	has(F(CONCATENATED), POST_INFO);
	assert_int_equal(post_findings_get(&found, F(CONCATENATED))->value, 3);
	counts(large);
	has_not(F(SUMMED_WEIGHTS));
	assert_int_equal(post_weight_of(&a), POST_WEIGHT_UNKNOWN);	/* sums that were sorted, perhaps */
}

/* N stacks of DEPTH frames with ROOTS different roots. */
static void
deep(size_t n, size_t depth, size_t roots, const char *root)
{
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 1; k < depth; k++)
			post_putf(&text, " 0x%zx : f%zu+0x1/0x9 [/bin/a]\n", 0x401000 + k % (i + 2), k % (i + 2));
		post_putf(&text, " 0x402000 : %s%zu+0x1/0x9 [/bin/a]\n\t100\n", root, i % roots);
	}
}

static void
depths(void **state)
{
	static const struct {
		size_t	depth, n, less, roots;
		bool	is;
	} rows[] = {
		{ 8, 5, 0, 3, true }, { 8, 4, 0, 3, false }, { 7, 9, 0, 3, false },
		{ 8, 9, 0, 2, false },					/* all of one depth, and few roots: they may be whole */
		{ 20, 9, 4, 1, true }, { 23, 20, 4, 2, false },		/* recursion into a limit that is one */
		{ 20, 6, 4, 3, false }, { 20, 7, 4, 3, true },		/* over half as many again as one frame less */
		{ 23, 12, 4, 3, false }, { 23, 13, 4, 3, true },	/* a number that nobody sets: over three times */
		{ 64, 7, 4, 3, true },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		const struct post_finding *f;

		deep(rows[i].less, rows[i].depth - 1, 3, "end");
		deep(rows[i].n, rows[i].depth, rows[i].roots, "root");
		f = get(F(MAX_BACKTRACE));
		if ((f != NULL) != rows[i].is)
			fail_msg("%zu of %zu frames", rows[i].n, rows[i].depth);
		assert_true(f == NULL || (f->n == rows[i].n && f->value == rows[i].depth && f->severity == POST_SHALLOW));
	}
}

/* Where other stacks end, and where programs and threads begin, nothing was cut. */
static void
whole_depths(void **state)
{
	static const char *const entries[] = { "_start", "clone3", "__libc_start_main@@GLIBC_2.34", "entry_SYSCALL_64_after_hwframe" };

	(void)state;
	deep(20, 20, 3, "root");
	deep(9, 9, 3, "root");
	has_not(F(MAX_BACKTRACE));
	for (size_t i = 0; i < 20; i++) {
		for (size_t k = 1; k < 20; k++)
			post_putf(&text, " 0x%zx : f%zu+0x1/0x9 [/bin/a]\n", 0x401000 + k, k + i);
		post_putf(&text, " 0x402000 : %s+0x1/0x9 [/bin/a]\n\t100\n", entries[i % ROWS(entries)]);
	}
	has_not(F(MAX_BACKTRACE));
}

/* N stacks, each of addresses that fill SIZE bytes with a blank behind each; all have roots of their own. */
static void
full(size_t n, size_t size, size_t address)
{
	for (size_t i = 0; i < n; i++) {
		size_t left = size, k = 0;

		for (; left >= address + 1; left -= address + 1, k++)
			post_putf(&text, " 0x%0*zx : f%zu+0x1/0x9 [/bin/a]\n", (int)address - 2, 0x40000 + i * 0x1000 + k, (i + k) % 7);
		if (left > 1)
			post_putf(&text, " %.*s : 0x55\n", (int)left - 1, "0x55d0c0a00340ff");
		post_puts(&text, "\t100\n");
	}
}

static void
truncation(void **state)
{
	const struct post_finding *f;

	(void)state;
	full(3, 512, 14);
	full(2, 511, 10);		/* 46 addresses of 11 bytes and a stub */
	f = get(F(TRUNCATED_STACKS));
	assert_true(f != NULL && f->value == 512 && f->n >= 3 && f->severity == POST_SHALLOW);
	full(2, 300, 14);		/* no size that anyone sets, and not often enough to be one */
	assert_null(get(F(TRUNCATED_STACKS)));
	full(8, 4095, 14);		/* 273 addresses and no stub */
	f = get(F(TRUNCATED_STACKS));
	assert_true(f != NULL && f->value == 4096 && f->n == 8);
	assert_null(post_findings_get(&found, F(MAX_BACKTRACE)));
	full(4, 4095, 14);		/* too few to be sure */
	assert_null(get(F(TRUNCATED_STACKS)));
	full(8, 15 * 200, 14);		/* a limit of frames */
	f = get(F(MAX_BACKTRACE));
	assert_true(f != NULL && f->value == 200 && f->n == 8);
	assert_null(post_findings_get(&found, F(TRUNCATED_STACKS)));
}

static void
unresolved(void **state)
{
	static const char bare[] = " 0x7f0000000100 : 0x7f0000000100 [/lib/b.so+0x100/0x1000]\n", named[] = " 0x401000 : f+0x1/0x9 [/bin/a]\n";
	struct post_buf frames = { 0 };

	(void)state;
	good(900);
	stack(bare, 100);
	has(F(UNRESOLVED), POST_SHALLOW);
	assert_string_equal(post_findings_get(&found, F(UNRESOLVED))->subject, "b.so 1/1");
	assert_string_equal(post_findings_get(&found, F(BARE_MODULES))->subject, "b.so");
	good(901);
	stack(bare, 100);
	has(F(UNRESOLVED), POST_INFO);
	good(900);
	post_puts(&frames, bare);
	for (int i = 0; i < 3; i++)
		post_puts(&frames, named);
	stack(frames.s, 150);		/* 150 of 2400 frames by weight: 6.3 % */
	has(F(UNRESOLVED), POST_SHALLOW);
	good(900);
	for (int i = 0; i < 20; i++)
		post_puts(&frames, named);
	stack(frames.s, 150);		/* 150 of 5400: 2.8 % */
	has(F(UNRESOLVED), POST_INFO);
	post_buf_free(&frames);
}

static void
garbage(void **state)
{
	static const char three[] = " 0x401000 : f+0x1/0x9 [/bin/a]\n 0x77 : 0x77\n 0x9c40021 : 0x9c40021\n 0x120 : 0x120\n",
	    two[] = " 0x401000 : f+0x1/0x9 [/bin/a]\n 0x77 : 0x77\n 0x9c40021 : 0x9c40021\n",
	    alone[] = " 0x77 : 0x77\n 0x9c40021 : 0x9c40021\n 0x120 : 0x120\n",
	    inside[] = " 0x77 : 0x77\n 0x9c40021 : 0x9c40021\n 0x120 : 0x120\n 0x401000 : f+0x1/0x9 [/bin/a]\n";

	(void)state;
	good(999);
	stack(three, 1);
	has(F(GARBAGE_FRAMES), POST_SHALLOW);
	good(1000);
	stack(three, 1);
	has(F(GARBAGE_FRAMES), POST_INFO);
	good(1000);
	stack(two, 500);
	stack(alone, 400);		/* JIT code that the unwinder did not get out of */
	stack(inside, 300);
	has_not(F(GARBAGE_FRAMES));
}

static void
unnamed_lua(void **state)
{
	(void)state;
	for (int i = 0; i < 19; i++)
		lua(100);
	stack(":28\n@main.lua:1\n", 100);
	has(F(UNNAMED_LUA), POST_BIASED);
	for (int i = 0; i < 20; i++)
		lua(100);
	stack(":28\n@main.lua:1\n", 100);
	has(F(UNNAMED_LUA), POST_INFO);
}

/* E. B. Wilson's intervals, as tables have them. */
static void
intervals(void **state)
{
	static const struct {
		double	share, total, low, high;
	} rows[] = {
		{ 0, 10, 0, 0.2775 }, { 0.1, 10, 0.0179, 0.4042 }, { 0.5, 10, 0.2366, 0.7634 }, { 1, 10, 0.7225, 1 },
		{ 0.01, 100, 0.0018, 0.0545 }, { 0.1, 100, 0.0552, 0.1744 }, { 0.1, 1000, 0.0829, 0.1202 }, { 0.5, 1e12, 0.5, 0.5 },
	};
	double low, high;

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		post_share_interval(rows[i].share, rows[i].total, &low, &high);
		if (fabs(low - rows[i].low) > 0.00005 || fabs(high - rows[i].high) > 0.00005)
			fail_msg("%g of %g: %g to %g", rows[i].share, rows[i].total, low, high);
		assert_true(low >= 0 && high <= 1 && low <= rows[i].share + 1e-9 && high >= rows[i].share - 1e-9);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(totals, begin, forget),
		cmocka_unit_test_setup_teardown(empty_stacks, begin, forget),
		cmocka_unit_test_setup_teardown(debug_output, begin, forget),
		cmocka_unit_test_setup_teardown(limits, begin, forget),
		cmocka_unit_test_setup_teardown(small_stacks, begin, forget),
		cmocka_unit_test_setup_teardown(order, begin, forget),
		cmocka_unit_test_setup_teardown(depths, begin, forget),
		cmocka_unit_test_setup_teardown(whole_depths, begin, forget),
		cmocka_unit_test_setup_teardown(truncation, begin, forget),
		cmocka_unit_test_setup_teardown(unresolved, begin, forget),
		cmocka_unit_test_setup_teardown(garbage, begin, forget),
		cmocka_unit_test_setup_teardown(unnamed_lua, begin, forget),
		cmocka_unit_test(intervals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
