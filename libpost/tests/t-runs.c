/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs side by side, and what is found in them: sets, their sums, paths. */
#include "comparing.h"

static struct post_runs runs;
static struct post_sets sets;
static struct post_fold fold;
static struct post_canon canon = { .off = true };
static struct post_err err;

static int
fresh(void **state)
{
	(void)state;
	post_sets_free(&sets);
	post_runs_free(&runs);
	post_fold_free(&fold);
	return 0;
}

static void
add_folded(const char *stack, uint64_t whole)
{
	struct post_unfolder u = { .names = &fold.names };
	struct post_stack s = { .count = { whole, 0 } };

	post_unfold(&u, post_str_of(stack));
	s.frame = u.frame;
	s.n = u.n;
	assert_int_equal(post_fold_add(&fold, &s, &err), 0);
	post_unfolder_free(&u);
}

/* Stacks become one where their names do. */
static void
from_folds(void **state)
{
	uint32_t *order;

	(void)state;
	canon = (struct post_canon){ .off = true };
	assert_int_equal(post_canon_map(&canon, "b=a", &err), 0);
	add_folded("m;a", 1);
	add_folded("m;b", 2);
	add_folded("m;c", 4);
	assert_int_equal(post_runs_add(&runs, "one", POST_BEFORE, &fold, &canon, &err), 0);
	post_fold_free(&fold);
	add_folded("m;b", 8);
	assert_int_equal(post_runs_add(&runs, "two", POST_AFTER, &fold, &canon, &err), 0);
	assert_int_equal(runs.cells, 2);
	assert_int_equal(runs.run[0].samples.whole, 7);
	assert_true(runs.run[1].exposure == 8);
	assert_int_equal(runs.samples.whole, 15);
	order = post_runs_sorted(&runs);
	assert_int_equal(post_runs_sum(&runs, order[0], POST_BEFORE).whole, 3);
	assert_int_equal(post_runs_sum(&runs, order[0], POST_AFTER).whole, 8);
	assert_int_equal(post_runs_sum(&runs, order[1], POST_AFTER).whole, 0);
	assert_int_equal(post_runs_of(&runs, POST_AFTER), 1);
	free(order);
	post_canon_free(&canon);
}

static void
too_much(void **state)
{
	const uint32_t frame = post_intern(&runs.names, POST_STR("a"));

	(void)state;
	post_runs_begin(&runs, "x", POST_BEFORE);
	assert_int_equal(post_runs_count(&runs, 0, &frame, 1, (struct post_count){ UINT64_MAX, 0 }, &err), 0);
	post_runs_begin(&runs, "y", POST_BEFORE);
	assert_int_equal(post_runs_count(&runs, 1, &frame, 1, (struct post_count){ 1, 0 }, &err), -1);
	assert_int_equal(err.code, POST_ELIMIT);
}

static size_t
set_of(enum post_set_kind kind, const char *name)
{
	for (size_t i = 0; i < sets.n; i++)
		if (sets.set[i].kind == kind && sets.set[i].name == name_id(&runs, name))
			return i;
	return POST_NO_SET;
}

static uint64_t
sum(size_t set, size_t run)
{
	return post_set_sum(&sets, set, run).whole;
}

static size_t
node_set(const uint32_t *path, size_t n)
{
	const struct post_set_node *node = post_sets_node(&sets, path, n);

	return node != NULL ? node->set : POST_NO_SET;
}

static size_t
path_set(const char *path)
{
	struct post_unfolder u = { .names = &runs.names };
	size_t set;

	post_unfold(&u, post_str_of(path));
	set = node_set(u.frame, u.n);
	post_unfolder_free(&u);
	return set;
}

static void
candidates(void **state)
{
	size_t incl;

	(void)state;
	add_run(&runs, POST_BEFORE, "main;a;r;b 100\nmain;a;r;r;b 50\nmain;c;b 30\nmain;c 20\nmain;d 5\n");
	add_run(&runs, POST_AFTER, "main;a;r;b 10\nmain;c;b 3\n");
	post_sets_make(&sets, &runs);
	assert_int_equal(sets.funcs, 2);
	assert_int_equal(sum(set_of(POST_SET_FUNC, "b"), 0), 180);
	assert_int_equal(sum(set_of(POST_SET_FUNC, "b"), 1), 13);
	assert_int_equal(sum(set_of(POST_SET_FUNC, "c"), 0), 20);
	assert_int_equal(set_of(POST_SET_FUNC, "d"), POST_NO_SET);	/* too few */
	assert_int_equal(sum(path_set("main"), 0), 205);
	assert_int_equal(sum(path_set("main;a"), 0), 150);
	assert_int_equal(path_set("main;a"), path_set("main;a;r"));	/* a chain is one set, called by its end */
	same(post_name(&runs.names, sets.set[path_set("main;a")].name), "r");
	assert_int_equal(sum(path_set("main;a;r;b"), 0), 100);
	assert_int_equal(path_set("main;a;r;r"), path_set("main;a;r;r;b"));
	assert_int_equal(sum(path_set("main;c"), 1), 3);
	assert_int_equal(path_set("main;d"), POST_NO_SET);
	assert_int_equal(path_set("main;x"), POST_NO_SET);
	assert_int_equal(path_set("main;a;r;x"), POST_NO_SET);
	incl = set_of(POST_SET_INCL, "r");	/* the same stacks as main;a */
	assert_int_equal(incl, POST_NO_SET);
	post_sets_remove(&sets, path_set("main;c"));
	assert_int_equal(sum(set_of(POST_SET_FUNC, "b"), 0), 150);
	assert_int_equal(sum(set_of(POST_SET_FUNC, "c"), 0), 0);
	assert_int_equal(sum(path_set("main"), 0), 155);
	assert_int_equal(sets.live[0].whole, 155);
	assert_int_equal(sets.live[1].whole, 10);
}

static bool
has(const struct post_cell *k, uint32_t name)
{
	for (uint32_t i = 0; i < k->n; i++)
		if (k->frame[i] == name)
			return true;
	return false;
}

/* Against a look at every stack for every set; and no two sets have the same stacks. */
static void
random_sets(void **state)
{
	struct rng r = rng_start("sets");

	for (int round = 0; round < 60; round++) {
		struct sim s;

		fresh(state);
		sim_make(&s, &r);
		sim_names(&runs);
		sim_run(&s, &r, &runs, POST_BEFORE, 200 + below(&r, 3000), NULL);
		sim_run(&s, &r, &runs, POST_AFTER, 200 + below(&r, 3000), NULL);
		post_sets_make(&sets, &runs);
		for (int removed = 0; removed < 3; removed++) {
			for (size_t i = 0; i < sets.n; i++) {
				uint64_t want[2] = { 0 };

				for (uint32_t c = 0; c < runs.cells; c++) {
					const struct post_cell *k = &runs.cell[c];
					bool in = sets.set[i].kind == POST_SET_INCL ? has(k, sets.set[i].name) : post_set_has(&sets.set[i], k);

					for (int side = 0; side < 2 && in && sets.owner[c] == 0; side++)
						want[side] += post_runs_sum(&runs, c, side).whole;
				}
				assert_int_equal(sum(i, 0), want[0]);
				assert_int_equal(sum(i, 1), want[1]);
			}
			post_sets_remove(&sets, below(&r, sets.n));
		}
		for (size_t i = 0; i < sets.n; i++)
			for (size_t j = i + 1; j < sets.n; j++) {
				bool differ = false;

				for (uint32_t c = 0; c < runs.cells; c++)
					differ = differ || post_set_has(&sets.set[i], &runs.cell[c]) != post_set_has(&sets.set[j], &runs.cell[c]);
				assert_true(differ);
			}
	}
}

/* Every path that is frequent enough is a set. */
static void
all_paths(void **state)
{
	struct rng r = rng_start("paths");

	for (int round = 0; round < 30; round++) {
		struct sim s;

		fresh(state);
		sim_make(&s, &r);
		sim_names(&runs);
		sim_run(&s, &r, &runs, POST_BEFORE, 2000, NULL);
		sim_run(&s, &r, &runs, POST_AFTER, 2000, NULL);
		post_sets_make(&sets, &runs);
		for (uint32_t c = 0; c < runs.cells; c++)
			for (size_t n = 1; n <= runs.cell[c].n; n++) {
				struct post_set set = { .kind = POST_SET_PATH, .path = { runs.cell[c].frame, n } };
				size_t found = node_set(set.path.frame, n);
				uint64_t samples = 0;

				for (uint32_t o = 0; o < runs.cells; o++)
					if (post_set_has(&set, &runs.cell[o]))
						samples += post_runs_sum(&runs, o, POST_BEFORE).whole + post_runs_sum(&runs, o, POST_AFTER).whole;
				assert_int_equal(found != POST_NO_SET, samples >= POST_SET_MIN);
				if (found != POST_NO_SET)
					assert_int_equal(sum(found, 0) + sum(found, 1), samples);
			}
	}
}

/* A stack as deep as it may be costs no stack of ours. */
static void
deep(void **state)
{
	uint32_t *frame = post_resize(NULL, 100000, sizeof *frame), name = post_intern(&runs.names, POST_STR("f"));

	(void)state;
	for (size_t i = 0; i < 100000; i++)
		frame[i] = name;
	post_runs_begin(&runs, "x", POST_BEFORE);
	assert_int_equal(post_runs_count(&runs, 0, frame, 100000, (struct post_count){ 50, 0 }, &err), 0);
	assert_int_equal(post_runs_count(&runs, 0, frame, 99999, (struct post_count){ 50, 0 }, &err), 0);
	assert_int_equal(post_runs_count(&runs, 0, frame, 0, (struct post_count){ 50, 0 }, &err), 0);
	post_sets_make(&sets, &runs);
	assert_int_equal(sum(node_set(frame, 100000), 0), 50);
	assert_int_equal(sum(node_set(frame, 1), 0), 100);
	free(frame);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(from_folds, fresh), cmocka_unit_test_setup(too_much, fresh), cmocka_unit_test_setup(candidates, fresh),
		cmocka_unit_test_setup(random_sets, fresh), cmocka_unit_test_setup(all_paths, fresh), cmocka_unit_test_setup(deep, fresh),
	};

	return cmocka_run_group_tests_name("runs", tests, NULL, fresh);
}
