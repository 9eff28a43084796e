/* SPDX-License-Identifier: BSD-2-Clause */
/* Baselines: what is written is read again, and what is none is refused. */
#include "../diff/baseline.h"
#include "comparing.h"

#define RULES "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define HEAD "# bt-baseline/1\n# rules=" RULES " mode=share\n"

static struct post_runs runs;
static struct post_baseline base;
static struct post_err err;

static int
fresh(void **state)
{
	(void)state;
	post_runs_free(&runs);
	post_baseline_free(&base);
	return 0;
}

/* 0, or -1: a line was refused, or the end. */
static int
read_text(const char *text)
{
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");

		if (post_baseline_line(&base, &runs, (struct post_str){ text, n }, &err) == -1)
			return -1;
		text += n + (text[n] == '\n');
	}
	return post_baseline_end(&base, &runs, &err);
}

static struct post_buf
written(size_t keep, double sigma)
{
	struct post_out out = { .fd = -1 };

	post_baseline_write(&runs, keep, RULES, base.work, sigma, &out);
	return out.buf;
}

static void
round_trip(void **state)
{
	static const char text[] = HEAD "# sigma=0.0625\n# run a.bt 30 30\n# run an\\x20odd\\x0aname;\\x5cx20 25.5 25.5\n# run c 1 1\n"
	    "main 1 0 0\nmain;a b 7 9 0.5 0\nmain;x\\x3by 20 25 1\n";
	struct post_buf got;

	(void)state;
	assert_int_equal(read_text(text), 0);
	assert_string_equal(base.rules, RULES);
	assert_false(base.work);
	assert_true(base.sigma == 0.0625);
	assert_int_equal(base.runs, 3);
	assert_string_equal(runs.run[1].name, "an odd\nname;\\x20");
	assert_true(runs.run[1].exposure == 25.5);
	assert_int_equal(runs.run[1].samples.whole, 25);
	assert_int_equal(runs.cells, 3);
	assert_true(name_id(&runs, "a b 7") != UINT32_MAX);
	assert_true(name_id(&runs, "x;y") != UINT32_MAX);
	got = written(0, base.sigma);
	assert_string_equal(got.s, HEAD "# sigma=0.0625\n# run a.bt 30 30\n# run an\\x20odd\\x0aname\\x3b\\x5cx20 25.5 25.5\n# run c 1 1\n"
	    "main 1 0 0\nmain;a b 7 9 0.5 0\nmain;x\\x3by 20 25 1\n");
	post_buf_free(&got);
	got = written(2, 0);
	assert_string_equal(got.s, HEAD "# run an\\x20odd\\x0aname\\x3b\\x5cx20 25.5 25.5\n# run c 1 1\nmain;a b 7 0.5 0\nmain;x\\x3by 25 1\n");
	post_buf_free(&got);
}

static void
refused(void **state)
{
	static const char *const rows[] = {
		"", "main 1\n", "# bt-baseline/2\n", HEAD, HEAD "main 1\n", "# bt-baseline/1\n# run a 1 1\nmain 1\n",
		"# bt-baseline/1\n# rules=12 mode=share\n", "# bt-baseline/1\n# rules=" RULES " mode=x\n", HEAD "# run a 0 1\n", HEAD "# run a\n",
		HEAD "# run a x 1\n", HEAD "# run a 1 1\n# run b 1 1\nmain 1\n", HEAD "# run a 1 1\nmain\n", HEAD "# run a 1 1\nmain x\n",
		HEAD "# run a 1 1\nmain 1\n# run b 1 1\n", HEAD "# run a 2 2\nmain 1\nmain 1\n", HEAD "# run a 2 2\nmain;b 1\nmain;a 1\n",
		HEAD "# run a 2 2\nmain 1\n", HEAD "# run a 1 2\nmain 2\n", HEAD "# run a 1\nmain 1\n",
		"# bt-baseline/1\n# rules=0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef mode=share\n# run a 1 1\nmain 1\n", HEAD "# sigma=x\n# run a 1 1\n", HEAD "# run a 1 1\nmain -1\n",
	};

	for (size_t i = 0; i < ROWS(rows); i++) {
		fresh(state);
		assert_int_equal(read_text(rows[i]), -1);
		assert_int_equal(err.code, POST_EFORMAT);
		assert_true(strlen(err.msg) > 10);
	}
	fresh(state);
	assert_int_equal(read_text(HEAD "# run a 1 1\nmain 1\nmain y\n"), -1);
	assert_int_equal(err.line, 5);
}

/* Runs of the same program tell how it varies; one tells nothing. */
static void
variation(void **state)
{
	struct rng r = rng_start("baseline");
	struct sim s;
	double sigma;

	(void)state;
	sim_make(&s, &r);
	sim_names(&runs);
	sim_run(&s, &r, &runs, POST_BEFORE, 50000, NULL);
	assert_true(post_baseline_sigma(&runs, false) == 0);
	for (int i = 0; i < 9; i++)
		sim_run(&s, &r, &runs, POST_BEFORE, 50000, NULL);
	sigma = post_baseline_sigma(&runs, false);
	assert_true(sigma > 0.03 && sigma < 0.15);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(round_trip, fresh), cmocka_unit_test_setup(refused, fresh), cmocka_unit_test_setup(variation, fresh),
	};

	return cmocka_run_group_tests_name("baseline", tests, NULL, fresh);
}
