/* SPDX-License-Identifier: BSD-2-Clause */
/* The tree, and the chart, against a plain model of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "../flame/tree.h"

enum { STACKS = 400, DEEPEST = 12, NAMES = 5 };

struct stack {
	uint32_t	frame[DEEPEST];
	size_t		n;
	struct post_count before, count;
};

/* What all stacks that begin with a path come to, and those that are it. */
struct sums {
	struct post_count	count, before, self, self_before;
	bool			ends;
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
		s[i].before = (struct post_count){ rnd() % 4, fractions && rnd() % 2 ? rnd() % 1000000000000000000 : 0 };
	}
}

static void
sum(struct post_count *to, struct post_count count)
{
	assert_int_equal(post_count_add(to, count), 0);
}

static struct sums
model(const struct stack *s, size_t n, const uint32_t *path, size_t depth)
{
	struct sums m = { 0 };
	size_t i;

	for (i = 0; i < n; i++) {
		if (s[i].n < depth || (depth > 0 && memcmp(s[i].frame, path, depth * sizeof *path) != 0))
			continue;
		sum(&m.count, s[i].count);
		sum(&m.before, s[i].before);
		if (s[i].n > depth)
			continue;
		sum(&m.self, s[i].count);
		sum(&m.self_before, s[i].before);
		m.ends = true;
	}
	return m;
}

static void
same_count(struct post_count got, struct post_count want)
{
	assert_int_equal(got.whole, want.whole);
	assert_int_equal(got.frac, want.frac);
}

static void
same_sums(const struct post_frame *f, const struct sums *m, bool both)
{
	struct post_count none = { 0 };

	same_count(f->count, m->count);
	same_count(f->self, m->self);
	same_count(f->before, both ? m->before : none);
	same_count(f->self_before, both ? m->self_before : none);
	assert_int_equal(f->ends, m->ends);
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
	struct post_count end[DEEPEST + 1], all = { 0 }, all_before = { 0 };	/* end by depth: where the last frame ends */
	uint32_t path[DEEPEST];
	struct post_walk w;
	struct post_frame f;
	struct sums m;
	size_t seen = 0;

	post_walk_begin(&w, t);
	for (; post_walk_next(&w, 0, &f); seen++) {
		if (f.depth > 0)
			path[f.depth - 1] = f.name;
		m = model(s, n, path, f.depth);
		same_sums(&f, &m, t->both);
		sum(&all, f.self);
		sum(&all_before, f.self_before);
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
	same_count(all, t->total);
	same_count(all_before, t->total_before);
}

static void
add(struct post_tree *t, const struct stack *s, bool both)
{
	if (both)
		assert_int_equal(post_tree_add_change(t, s->frame, s->n, s->before, s->count), 0);
	else
		assert_int_equal(post_tree_add(t, s->frame, s->n, s->count), 0);
}

static void
as_the_model(void **state)
{
	static struct stack s[STACKS];
	struct post_names names = { 0 };
	size_t round, i, n;

	(void)state;
	five_names(&names);
	for (round = 0; round < 120; round++) {
		struct post_tree t = { .names = &names };
		bool both = round % 2;

		seed = round;
		n = 1 + rnd() % (round < 80 ? 20 : STACKS);
		random_stacks(s, n, round % 3 == 2);
		for (i = 0; i < n; i++) {
			add(&t, &s[i], both);
			if (round % 5 == 0 && rnd() % 8 == 0)
				check(&t, s, i + 1);	/* a walk in between does no harm */
		}
		check(&t, s, n);
		assert_int_equal(t.stacks, n);
		assert_int_equal(t.both, both);
		post_tree_free(&t);
	}
	post_names_free(&names);
}

/* The same frames but for those on a frame that was skipped. */
static void
skipping(void **state)
{
	static struct stack s[STACKS];
	struct post_names names = { 0 };
	size_t round, i;

	(void)state;
	five_names(&names);
	for (round = 0; round < 60; round++) {
		struct post_tree t = { .names = &names, .chart = round % 3 == 0 };
		struct post_frame all, f;
		struct post_walk w, some;
		uint32_t above = UINT32_MAX;	/* the depth of the frame skipped last */
		int skip = 0;

		seed = round;
		random_stacks(s, STACKS, 0);
		for (i = 0; i < STACKS; i++)
			add(&t, &s[i], round % 2);
		post_walk_begin(&w, &t);
		post_walk_begin(&some, &t);
		while (post_walk_next(&w, 0, &all)) {
			if (all.depth > above)
				continue;
			assert_int_equal(post_walk_next(&some, skip, &f), 1);
			assert_memory_equal(&f, &all, offsetof(struct post_frame, ends));
			skip = all.depth > 0 && rnd() % 3 == 0;
			above = skip ? all.depth : UINT32_MAX;
		}
		assert_int_equal(post_walk_next(&some, skip, &f), 0);
		post_walk_end(&w);
		post_walk_end(&some);
		post_tree_free(&t);
	}
	post_names_free(&names);
}

/* The first stack decides what the tree is. */
static void
the_first_decides(void **state)
{
	struct post_count five = { 5, 0 }, seven = { 7, 0 };
	struct post_names names = { 0 };
	uint32_t frame[] = { 0, 1 };
	int both;

	(void)state;
	five_names(&names);
	for (both = 0; both < 2; both++) {
		struct post_tree t = { .names = &names };
		struct stack s[2] = { { { 0, 1 }, 2, five, seven }, { { 0 }, 1, seven, seven } };

		post_tree_settle(&t);
		assert_int_equal(both ? post_tree_add_change(&t, frame, 2, five, seven) : post_tree_add(&t, frame, 2, seven), 0);
		assert_int_equal(both ? post_tree_add(&t, frame, 1, seven) : post_tree_add_change(&t, frame, 1, five, seven), 0);
		assert_int_equal(t.both, both);
		check(&t, s, 2);
		post_tree_free(&t);
	}
	post_names_free(&names);
}

/* What a chart shows: runs of neighbours with a common beginning. */
struct run {
	uint32_t		name, depth;
	struct post_count	start, count, before, own, own_before;
};

/* How many frames A and B begin with alike; each ends with a gap. */
static size_t
alike(const struct stack *a, const struct stack *b)
{
	size_t i = 0;

	while (i < a->n && i < b->n && a->frame[i] == b->frame[i])
		i++;
	return i == a->n && i == b->n ? i + 1 : i;
}

static size_t
chart_model(const struct stack *s, size_t n, struct run *r)
{
	size_t open[DEEPEST + 2] = { 0 }, runs = 1, i, d;
	struct post_count at = { 0 };

	r[0] = (struct run){ .name = (uint32_t)POST_ROOT };
	for (i = 0; i < n; i++) {
		for (d = 1 + (i > 0 ? alike(&s[i - 1], &s[i]) : 0); d <= s[i].n + 1; d++) {
			r[runs] = (struct run){ d <= s[i].n ? s[i].frame[d - 1] : (uint32_t)POST_GAP, (uint32_t)d, .start = at };
			open[d] = runs++;
		}
		for (d = 0; d <= s[i].n + 1; d++) {
			sum(&r[open[d]].count, s[i].count);
			sum(&r[open[d]].before, s[i].before);
		}
		for (d = s[i].n; d <= s[i].n + 1; d++) {	/* the frame and its gap */
			sum(&r[open[d]].own, s[i].count);
			sum(&r[open[d]].own_before, s[i].before);
		}
		sum(&at, s[i].count);
	}
	return runs;
}

static void
check_chart(struct post_tree *t, const struct stack *s, size_t n)
{
	static struct run r[STACKS * (DEEPEST + 1) + 1];
	struct post_count none = { 0 }, own, before;
	size_t runs = chart_model(s, n, r), i = 0;
	struct post_walk w;
	struct post_frame f;

	post_walk_begin(&w, t);
	for (; post_walk_next(&w, 0, &f); i++) {
		bool gap = f.name == (uint32_t)POST_GAP;

		assert_true(i < runs);
		assert_int_equal(f.name, r[i].name);
		assert_int_equal(f.depth, r[i].depth);
		same_count(f.start, r[i].start);
		same_count(f.count, r[i].count);
		same_count(f.self, gap ? r[i].count : none);
		same_count(f.before, t->both ? r[i].before : none);
		same_count(f.self_before, gap && t->both ? r[i].before : none);
		assert_int_equal(f.ends, gap);
		post_walk_own(&w, &own, &before);
		same_count(own, r[i].own);
		same_count(before, t->both ? r[i].own_before : none);
	}
	assert_int_equal(i, runs);
	post_walk_end(&w);
}

static void
charts(void **state)
{
	static struct stack s[STACKS];
	struct post_names names = { 0 };
	size_t round, i, n;

	(void)state;
	five_names(&names);
	for (round = 0; round < 200; round++) {
		struct post_tree t = { .names = &names, .chart = true };

		seed = round;
		n = 1 + rnd() % (round < 150 ? 20 : STACKS);
		random_stacks(s, n, round % 3 == 2);
		for (i = 1; i < n; i++)		/* neighbours that share something */
			if (rnd() % 2)
				memcpy(s[i].frame, s[i - 1].frame, rnd() % DEEPEST * sizeof *s->frame);
		for (i = 0; i < n; i++) {
			add(&t, &s[i], round % 2);
			if (round % 5 == 0 && rnd() % 8 == 0)
				check_chart(&t, s, i + 1);
		}
		check_chart(&t, s, n);
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
	assert_int_equal(post_tree_add_change(&t, frame, 2, (struct post_count){ UINT64_MAX, 0 }, (struct post_count){ 1, 0 }), 0);
	assert_int_equal(post_tree_add_change(&t, frame, 1, (struct post_count){ 1, 0 }, (struct post_count){ 1, 0 }), -1);
	assert_int_equal(post_tree_add_change(&t, frame, 1, (struct post_count){ 0 }, (struct post_count){ UINT64_MAX, 0 }), -1);
	assert_int_equal(t.total.whole, 1);
	assert_int_equal(t.total_before.whole, UINT64_MAX);
	assert_int_equal(t.stacks, 1);
	post_tree_free(&t);
	post_names_free(&names);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_the_model),
		cmocka_unit_test(skipping),
		cmocka_unit_test(the_first_decides),
		cmocka_unit_test(charts),
		cmocka_unit_test(wide_and_split),
		cmocka_unit_test(a_million_deep),
		cmocka_unit_test(too_much),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
