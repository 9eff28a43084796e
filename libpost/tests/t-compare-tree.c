/* SPDX-License-Identifier: BSD-2-Clause */
/* The tree of a comparison: three counts a stack, summed as three trees would, and told to other programs. */
#include "picture.h"
#include "../flame/export.h"

enum { STACKS = 300, DEEPEST = 9 };

static uint64_t seed;

static uint64_t
rnd(void)
{
	uint64_t z = seed += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static struct post_count
random_count(int fractions)
{
	return (struct post_count){ rnd() % 4, fractions && rnd() % 2 ? rnd() % POST_COUNT_ONE : 0 };
}

static void
same_count(struct post_count got, struct post_count want)
{
	assert_int_equal(got.whole, want.whole);
	assert_int_equal(got.frac, want.frac);
}

enum { WIDE, PAST, NEXT, ALL, TREES };	/* three plain trees, and the one of all three counts */

/* In a walk over all of them each frame has in one what three have in three. */
static void
same_trees(struct post_tree t[TREES])
{
	struct post_walk w[TREES];
	struct post_frame f[TREES];
	int i, more;

	for (i = 0; i < TREES; i++)
		post_walk_begin(&w[i], &t[i]);
	do {
		for (more = i = 0; i < TREES; i++)
			more += post_walk_next(&w[i], 0, &f[i]);
		assert_true(more == 0 || more == TREES);
		if (more == 0)
			break;
		assert_true(f[ALL].name == f[WIDE].name && f[ALL].depth == f[WIDE].depth && f[ALL].ends == f[WIDE].ends);
		same_count(f[ALL].start, f[WIDE].start);
		same_count(f[ALL].count, f[WIDE].count);
		same_count(f[ALL].before, f[PAST].count);
		same_count(f[ALL].after, f[NEXT].count);
		same_count(f[ALL].self, f[WIDE].self);
		same_count(f[ALL].self_before, f[PAST].self);
		same_count(f[ALL].self_after, f[NEXT].self);
		same_count(f[PAST].after, f[PAST].count);
		same_count(f[PAST].self_after, f[PAST].self);
	} while (more);
	for (i = 0; i < TREES; i++)
		post_walk_end(&w[i]);
	same_count(t[ALL].total_before, t[PAST].total);
	same_count(t[ALL].total_after, t[NEXT].total);
	same_count(t[PAST].total_after, t[PAST].total);
}

static void
sums_of_three_counts(void **state)
{
	struct post_names names = { 0 };
	int round, i, k;

	(void)state;
	for (i = 0; i < 5; i++)
		(void)post_intern(&names, (struct post_str){ &"abcde"[i], 1 });
	for (round = 0; round < 20; round++) {
		struct post_tree t[TREES];

		for (i = 0; i < TREES; i++)
			t[i] = (struct post_tree){ .names = &names };
		for (i = 0; i < STACKS; i++) {
			struct post_count c[3] = { random_count(round % 2), random_count(round % 2), random_count(round % 3 == 0) };
			uint32_t frame[DEEPEST];
			size_t n = rnd() % (DEEPEST + 1), at;

			for (at = 0; at < n; at++)
				frame[at] = (uint32_t)(rnd() % (1 + rnd() % 5));
			for (k = 0; k < 3; k++)
				assert_int_equal(post_tree_add(&t[k], frame, n, c[k]), 0);
			assert_int_equal(post_tree_add_compared(&t[ALL], frame, n, c[0], c[1], c[2]), 0);
		}
		assert_true(t[ALL].compared && t[ALL].both && !t[PAST].compared && t[PAST].after == NULL);
		same_trees(t);
		for (i = 0; i < TREES; i++)
			post_tree_free(&t[i]);
		assert_false(t[ALL].compared);
	}
	post_names_free(&names);
}

static struct post_count
whole(uint64_t n)
{
	return (struct post_count){ n, 0 };
}

static void
the_first_stack_decides(void **state)
{
	struct post_names names = { 0 };
	uint32_t f[] = { post_intern(&names, POST_STR("f")) };
	struct post_tree t = { .names = &names };

	(void)state;
	assert_int_equal(post_tree_add_compared(&t, f, 1, whole(9), whole(1), whole(2)), 0);
	assert_int_equal(post_tree_add_change(&t, f, 1, whole(3), whole(4)), 0);
	assert_int_equal(post_tree_add(&t, f, 1, whole(5)), 0);
	same_count(t.total, whole(18));
	same_count(t.total_before, whole(9));
	same_count(t.total_after, whole(11));
	assert_int_equal(post_tree_add_compared(&t, f, 1, whole(1), whole(UINT64_MAX), whole(0)), -1);
	assert_int_equal(post_tree_add_compared(&t, f, 1, whole(1), whole(0), whole(UINT64_MAX)), -1);
	assert_int_equal(post_tree_add_compared(&t, f, 1, whole(UINT64_MAX), whole(0), whole(0)), -1);
	same_count(t.total, whole(18));
	same_count(t.total_before, whole(9));
	same_count(t.total_after, whole(11));
	post_tree_free(&t);
	assert_int_equal(post_tree_add_change(&t, f, 1, whole(3), whole(4)), 0);
	assert_int_equal(post_tree_add_compared(&t, f, 1, whole(9), whole(1), whole(2)), 0);
	assert_true(t.both && !t.compared && t.after == NULL);
	same_count(t.total_after, whole(13));
	post_tree_free(&t);
	t.chart = true;
	assert_int_equal(post_tree_add_compared(&t, f, 1, whole(9), whole(1), whole(2)), 0);
	assert_true(!t.both && !t.compared);
	post_tree_free(&t);
	post_names_free(&names);
}

static void
exports(void **state)
{
	struct post_names names = { 0 };
	struct post_out out = memory();
	struct post_tree t = { .names = &names };
	char *doc;
	uint32_t f[] = { post_intern(&names, POST_STR("a")) };

	(void)state;
	assert_int_equal(post_tree_add_compared(&t, f, 1, whole(9), whole(2), whole(5)), 0);
	post_export_json(&t, &out);
	doc = written(&out);
	has(doc, "{\"name\":\"a\",\"value\":9,\"delta\":3}");
	free(doc);
	out = memory();
	post_export_speedscope(&t, "x", "samples", &out);
	doc = written(&out);
	has(doc, "\"endValue\":2,");
	has(doc, "\"endValue\":5,");
	free(doc);
	post_tree_free(&t);
	post_names_free(&names);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_of_three_counts),
		cmocka_unit_test(the_first_stack_decides),
		cmocka_unit_test(exports),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
