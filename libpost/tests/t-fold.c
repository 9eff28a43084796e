/* SPDX-License-Identifier: BSD-2-Clause */
/* The folded table: sums, order, selection, and growing after it. */
#include "support.h"

static struct post_fold fold;
static struct post_buf text;
static struct post_err err;

static int
fresh(void **state)
{
	(void)state;
	post_fold_free(&fold);
	return 0;
}

static int
stop(void **state)
{
	post_buf_free(&text);
	return fresh(state);
}

static int
add_to(struct post_fold *f, const char *stack, uint64_t whole)
{
	struct post_unfolder u = { .names = &f->names };
	struct post_stack s = { .count = { whole, 0 } };
	int status;

	post_unfold(&u, post_str_of(stack));
	s.frame = u.frame;
	s.n = u.n;
	status = post_fold_add(f, &s, &err);
	post_unfolder_free(&u);
	return status;
}

static void
add(const char *stack, uint64_t whole)
{
	assert_int_equal(add_to(&fold, stack, whole), 0);
}

/* The lines as they stand, without selecting anew. */
static void
holds(const char *want)
{
	struct post_out out = { .fd = -1 };

	post_puts(&out.buf, "");
	post_fold_write(&fold, &out);
	assert_string_equal(out.buf.s, want);
	post_buf_free(&out.buf);
}

static void
sums(void **state)
{
	struct post_count total;

	(void)state;
	add("a;b", 1);
	add("a", 2);
	add("", 3);
	add("a;b", 4);
	add("b;a", 5);
	post_fold_select(&fold, 0, 0);
	holds(" 3\na 2\na;b 5\nb;a 5\n");
	assert_int_equal(post_fold_total(&fold, &total, &err), 0);
	assert_int_equal(total.whole, 15);
	add("a", 7);	/* after the selection as before */
	add("c", 1);
	post_fold_select(&fold, 0, 0);
	holds(" 3\na 9\na;b 5\nb;a 5\nc 1\n");
}

static void
nothing(void **state)
{
	struct post_fold other = { 0 };
	struct post_count total;

	(void)state;
	post_fold_select(&fold, 5, 5);
	holds("");
	assert_int_equal(post_fold_total(&fold, &total, &err), 0);
	assert_int_equal(total.whole, 0);
	assert_int_equal(post_fold_merge(&fold, &other, &err), 0);
	post_fold_free(&other);
}

static void
overflows(void **state)
{
	struct post_count total;

	(void)state;
	add("a", UINT64_MAX);
	assert_int_equal(add_to(&fold, "a", 1), -1);
	assert_int_equal(err.code, POST_ELIMIT);
	assert_int_equal(fold.stack[0].count.whole, UINT64_MAX);
	add("b", 1);
	assert_int_equal(post_fold_total(&fold, &total, &err), -1);
	assert_int_equal(err.code, POST_ELIMIT);
}

static void
selects(void **state)
{
	(void)state;
	add("a", 5);
	add("b", 9);
	add("c", 5);
	add("d", 1);
	add("e;f", 5);
	post_fold_select(&fold, 2, 0);
	holds("a 5\nb 9\nc 5\ne;f 5\n");
	post_fold_select(&fold, 0, 2);		/* among equals the first by bytes */
	holds("a 5\nb 9\n");
	post_fold_select(&fold, 6, 9);
	holds("b 9\n");
	post_fold_select(&fold, 10, 0);
	holds("");
	add("b", 1);
	post_fold_select(&fold, 0, 0);
	holds("b 1\n");
}

/* As LC_ALL=C sort(1) orders the stacks: ";" is a byte among others. */
static void
by_bytes(void **state)
{
	static const char *const up[] = {
		"", ";a", "!", "-", "A", "a", "a !", "a b;c", "a!", "a-b;x", "a:", "a;", "a;!", "a;a", "a;a;a", "a;a<", "a;b", "a;z;z", "a<", "aa", "a\\x3bb",
		"b", "\xc3\xa4", "\xff",
	};
	struct post_buf want = { 0 };
	struct post_str key[ROWS(up)];
	size_t i, j, n = 0;

	(void)state;
	for (i = ROWS(up); i-- > 0;)
		if (strcmp(up[i], "a;") != 0)
			add(up[i], 1);
	for (i = 0; i < ROWS(up); i++)	/* in the order of the bytes, whatever the table above says */
		if (strcmp(up[i], "a;") != 0) {
			for (j = n++; j > 0 && post_str_cmp(key[j - 1], post_str_of(up[i])) > 0; j--)
				key[j] = key[j - 1];
			key[j] = post_str_of(up[i]);
		}
	for (i = 0; i < n; i++) {
		post_put(&want, key[i]);
		post_puts(&want, " 1\n");
	}
	post_fold_select(&fold, 0, 0);
	holds(want.s);
	post_buf_free(&want);
}

static void
merges(void **state)
{
	struct post_fold a = { 0 }, b = { 0 };

	(void)state;
	add_to(&a, "x;y", 1);
	add_to(&a, "", 2);
	add_to(&b, "y;x", 3);
	add_to(&b, "x;y", 4);
	assert_int_equal(post_fold_merge(&fold, &b, &err), 0);
	assert_int_equal(post_fold_merge(&fold, &a, &err), 0);
	assert_int_equal(post_fold_merge(&fold, &a, &err), 0);
	post_fold_select(&fold, 0, 0);
	holds(" 4\nx;y 6\ny;x 3\n");
	add_to(&a, "x;y", UINT64_MAX - 1);
	assert_int_equal(post_fold_merge(&fold, &a, &err), -1);
	post_fold_free(&a);
	post_fold_free(&b);
}

/* Against a plain list, sorted and summed by hand. */
static void
random_tables(void **state)
{
	static const char *const names[] = { "a", "b", "ab", "a;b", "", "-", "a b", "\\x3b", "\xff", "A" };
	struct rng r = rng_start("random_tables");
	int round;

	(void)state;
	for (round = 0; round < 200; round++) {
		struct post_buf in = { 0 }, again = { 0 };
		struct folding once = { 0 }, twice = { 0 };
		uint64_t sum = 0;
		size_t lines = below(&r, 60), depth;

		while (lines-- > 0) {
			uint64_t count = rng(&r) >> (30 + below(&r, 34));

			for (depth = below(&r, 6); depth > 0; depth--)
				post_putf(&in, "%s;", names[below(&r, ROWS(names))]);
			post_putf(&in, "x %llu\n", (unsigned long long)count);
			sum += count;
		}
		fold_block(post_buf_str(&in), POST_FORM_FOLDED, &(struct post_stacks_conf){ 0 }, &once);
		assert_int_equal(once.total.whole, sum);
		post_put(&again, post_buf_str(&once.text));
		fold_block(post_buf_str(&again), POST_FORM_FOLDED, &(struct post_stacks_conf){ 0 }, &twice);
		assert_true(post_str_eq(post_buf_str(&once.text), post_buf_str(&twice.text)));
		post_buf_free(&in);
		post_buf_free(&again);
		post_buf_free(&once.text);
		post_buf_free(&twice.text);
	}
}

static void
many(void **state)
{
	char stack[64];
	struct post_count total;
	unsigned i;

	(void)state;
	for (i = 0; i < 200000; i++) {
		snprintf(stack, sizeof stack, "m%u;n%u", i % 100000, i % 7);
		add(stack, i);
	}
	assert_int_equal(post_fold_total(&fold, &total, &err), 0);
	assert_int_equal(total.whole, UINT64_C(199999) * 100000);
	post_fold_select(&fold, 0, 10);
	assert_int_equal(fold.n, 10);
}

/* Writing stops when the disk is full. */
static void
full_disk(void **state)
{
	struct post_out out;
	char stack[16];
	unsigned i;

	(void)state;
	for (i = 0; i < 20000; i++) {
		snprintf(stack, sizeof stack, "f%u", i);
		add(stack, i);
	}
	post_fold_select(&fold, 0, 0);
	assert_int_equal(post_out_open(&out, "/dev/full", &err), 0);
	post_fold_write(&fold, &out);
	assert_true(post_out_failed(&out));
	assert_int_equal(post_out_close(&out, &err), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(sums, fresh), cmocka_unit_test_setup(nothing, fresh), cmocka_unit_test_setup(overflows, fresh),
		cmocka_unit_test_setup(selects, fresh), cmocka_unit_test_setup(by_bytes, fresh), cmocka_unit_test_setup(merges, fresh),
		cmocka_unit_test_setup(random_tables, fresh), cmocka_unit_test_setup(many, fresh),
		cmocka_unit_test_setup(full_disk, fresh),
	};

	return cmocka_run_group_tests_name("fold", tests, NULL, stop);
}
