/* SPDX-License-Identifier: BSD-2-Clause */
/* The tree against a plain model of it; numbers against printf. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "../flame/decimal.h"
#include "../flame/tree.h"

enum { STACKS = 400, DEEPEST = 12, NAMES = 5 };

struct stack {
	uint32_t	frame[DEEPEST];
	size_t		n;
	struct post_count count;
};

static uint64_t seed;

static uint64_t
rnd(void)
{
	uint64_t z = seed += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static void
five_names(struct post_names *names)
{
	static const char *const name[NAMES] = { "c", "a", "a+", "", "a;b" };
	int i;

	for (i = 0; i < NAMES; i++)
		assert_int_equal(post_intern(names, post_str_of(name[i])), i);
}

static void
random_stacks(struct stack *s, size_t n, int fractions)
{
	size_t i, k;

	for (i = 0; i < n; i++) {
		s[i].n = rnd() % (DEEPEST + 1);
		for (k = 0; k < s[i].n; k++)
			s[i].frame[k] = (uint32_t)(rnd() % (1 + rnd() % NAMES));
		s[i].count = (struct post_count){ rnd() % 4, fractions ? rnd() % 1000000000000000000 : 0 };
	}
}

/* The count of all stacks that begin with PATH. */
static struct post_count
model(const struct stack *s, size_t n, const uint32_t *path, size_t depth)
{
	struct post_count sum = { 0 };
	size_t i;

	for (i = 0; i < n; i++)
		if (s[i].n >= depth && (depth == 0 || memcmp(s[i].frame, path, depth * sizeof *path) == 0))
			assert_int_equal(post_count_add(&sum, s[i].count), 0);
	return sum;
}

/* How many different beginnings the stacks have, the empty one included. */
static size_t
beginnings(const struct stack *s, size_t n)
{
	size_t i, k, d, sum = 1;

	for (i = 0; i < n; i++)
		for (d = 1; d <= s[i].n; d++) {
			for (k = 0; k < i; k++)
				if (s[k].n >= d && memcmp(s[k].frame, s[i].frame, d * sizeof *s[i].frame) == 0)
					break;
			sum += k == i;
		}
	return sum;
}

/* Every frame once, with the right count, inside its parent and right of what came before. */
static void
check(struct post_tree *t, const struct stack *s, size_t n)
{
	struct post_count end[DEEPEST + 1], sum;	/* by depth: where the last frame ends */
	uint32_t path[DEEPEST];
	struct post_walk w;
	struct post_frame f;
	size_t seen = 0;

	post_walk_begin(&w, t);
	for (; post_walk_next(&w, 0, &f); seen++) {
		if (f.depth > 0)
			path[f.depth - 1] = f.name;
		sum = model(s, n, path, f.depth);
		assert_int_equal(post_count_cmp(sum, f.count), 0);
		if (f.depth > 0 && seen > 1)
			assert_true(post_count_cmp(f.start, end[f.depth]) >= 0);
		end[f.depth] = f.start;
		assert_int_equal(post_count_add(&end[f.depth], f.count), 0);
		if (f.depth > 0)
			assert_true(post_count_cmp(end[f.depth], end[f.depth - 1]) <= 0);
		if (f.depth < DEEPEST)
			end[f.depth + 1] = f.start;
	}
	post_walk_end(&w);
	assert_int_equal(seen, beginnings(s, n));
}

static void
as_the_model(void **state)
{
	static struct stack s[STACKS];
	struct post_names names = { 0 };
	size_t round, i, n;

	(void)state;
	five_names(&names);
	for (round = 0; round < 60; round++) {
		struct post_tree t = { .names = &names };

		seed = round;
		n = 1 + rnd() % (round < 40 ? 20 : STACKS);
		random_stacks(s, n, round % 3 == 2);
		for (i = 0; i < n; i++) {
			assert_int_equal(post_tree_add(&t, s[i].frame, s[i].n, s[i].count), 0);
			if (round % 5 == 0 && rnd() % 8 == 0)
				check(&t, s, i + 1);	/* a walk in between does no harm */
		}
		check(&t, s, n);
		assert_int_equal(t.stacks, n);
		post_tree_free(&t);
	}
	post_names_free(&names);
}

/* More children than a list holds, found again and in order. */
static void
wide_and_split(void **state)
{
	struct post_names names = { 0 };
	struct post_tree t = { .names = &names };
	struct post_walk w;
	struct post_frame f;
	uint32_t i, id[2000], frame[4], n = 0;
	char s[8];

	(void)state;
	for (i = 0; i < 2000; i++) {
		snprintf(s, sizeof s, "%04u", (i * 7) % 2000);
		id[i] = post_intern(&names, post_str_of(s));
	}
	for (i = 0; i < 6000; i++) {
		frame[0] = id[0], frame[1] = id[1], frame[2] = id[i % 2000], frame[3] = id[2];
		assert_int_equal(post_tree_add(&t, frame, i < 4000 ? 4 : 3, (struct post_count){ 1, 0 }), 0);
	}
	frame[1] = id[3];		/* cuts the edge above the wide one */
	assert_int_equal(post_tree_add(&t, frame, 2, (struct post_count){ 1, 0 }), 0);
	post_walk_begin(&w, &t);
	while (post_walk_next(&w, 0, &f))
		if (f.depth == 3) {
			snprintf(s, sizeof s, "%04u", n++);
			assert_true(post_str_eq(post_name(&names, f.name), post_str_of(s)));
			assert_int_equal(f.count.whole, 3);
			assert_int_equal(f.start.whole, 3 * (n - 1));
		}
	assert_int_equal(n, 2000);
	post_walk_end(&w);
	post_tree_free(&t);
	post_names_free(&names);
}

static void
a_million_deep(void **state)
{
	enum { DEEP = 1048576 };
	struct post_names names = { 0 };
	struct post_tree t = { .names = &names };
	uint32_t *frame = calloc(DEEP, sizeof *frame), i, last = 0;
	struct post_walk w;
	struct post_frame f;

	(void)state;
	five_names(&names);
	for (i = 0; i < 50; i++) {
		frame[DEEP - 1 - 1000 * i] ^= 1;	/* leaves the one before near its top */
		assert_int_equal(post_tree_add(&t, frame, DEEP, (struct post_count){ 1, 0 }), 0);
		assert_int_equal(post_tree_add(&t, frame, DEEP / 2 + i, (struct post_count){ 1, 0 }), 0);
	}
	post_walk_begin(&w, &t);
	while (post_walk_next(&w, 0, &f))
		last = f.depth > last ? f.depth : last;
	assert_int_equal(last, DEEP);
	post_walk_end(&w);
	post_tree_free(&t);
	post_names_free(&names);
	free(frame);
}

static void
too_much(void **state)
{
	struct post_names names = { 0 };
	struct post_tree t = { .names = &names };
	uint32_t frame[] = { 0, 1 };

	(void)state;
	five_names(&names);
	assert_int_equal(post_tree_add(&t, frame, 2, (struct post_count){ UINT64_MAX - 1, 0 }), 0);
	assert_int_equal(post_tree_add(&t, frame, 1, (struct post_count){ 2, 0 }), -1);
	assert_int_equal(t.total.whole, UINT64_MAX - 1);
	assert_int_equal(t.stacks, 1);
	assert_int_equal(post_tree_add(&t, frame, 1, (struct post_count){ 1, 0 }), 0);
	post_tree_free(&t);
	post_names_free(&names);
}

static void
same_as_printf(double v)
{
	struct post_buf b = { 0 };
	char s[400];
	int d;

	for (d = 0; d <= 2; d++) {
		b.n = 0;
		post_put_fixed(&b, v, d);
		snprintf(s, sizeof s, "%.*f", d, v);
		assert_string_equal(b.s, s);
	}
	b.n = 0;
	post_put_real(&b, v);
	snprintf(s, sizeof s, "%.15g", v);
	assert_string_equal(b.s, s);
	post_buf_free(&b);
}

static void
numbers_as_printf(void **state)
{
	static const double odd[] = { 0, -0.0, 0.05, 0.5, 1.5, 2.5, 0.25, 0.75, 0.125, 0.005, 1e-300, 5e-324, 0.04999999999999999,
	    9007199254740991.0, 9007199254740992.0, 4503599627370495.5, 1e22, 1.7976931348623157e308, -1.25, 1e14, 1e15, 99999999999999.5 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof odd / sizeof *odd; i++)
		same_as_printf(odd[i]);
	seed = 1;
	for (i = 0; i < 100000; i++) {
		same_as_printf((double)(rnd() % 12000000) / 10000.0);
		same_as_printf((double)(rnd() >> (rnd() % 64)) / (double)(1 << rnd() % 20));
		same_as_printf((double)(rnd() % 240000) / 200.0);	/* ties, nearly or really */
	}
}

/* Where the locale has a decimal comma, the documents have none. */
static void
numbers_in_a_locale(void **state)
{
	struct post_buf b = { 0 };

	(void)state;
	if (setlocale(LC_NUMERIC, "de_DE.UTF-8") == NULL && setlocale(LC_NUMERIC, "fr_FR.UTF-8") == NULL)
		skip();
	post_put_fixed(&b, -1.25, 1);
	post_put_real(&b, 0.3);
	setlocale(LC_NUMERIC, "C");
	assert_string_equal(b.s, "-1.20.3");
	post_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_the_model),
		cmocka_unit_test(wide_and_split),
		cmocka_unit_test(a_million_deep),
		cmocka_unit_test(too_much),
		cmocka_unit_test(numbers_as_printf),
		cmocka_unit_test(numbers_in_a_locale),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
