/* SPDX-License-Identifier: BSD-2-Clause */
/* Two counts a line: what is a differential and what only looks like one, and that no sample is lost. */
#include "../flame/changes.h"
#include "../trace/folded.h"
#include "support.h"

/* What comes out: "a;b 5>7" and a newline, "a;b 7" for a stack with one count. */
struct sink {
	struct post_names	*names;
	struct post_buf		 text;
	int			 left;		/* stacks to take before it fails */
};

static int
put_change(void *arg, const struct post_change *c, struct post_err *err)
{
	struct sink *s = arg;

	if (s->left-- == 0)
		return post_fail(err, POST_EIO, "full");
	for (size_t i = 0; i < c->n; i++) {
		post_puts(&s->text, i > 0 ? ";" : "");
		post_put(&s->text, post_name(s->names, c->frame[i]));
	}
	post_putc(&s->text, ' ');
	if (c->both) {
		post_put_count(&s->text, c->before);
		post_putc(&s->text, '>');
	}
	post_put_count(&s->text, c->after);
	post_putc(&s->text, '\n');
	return 0;
}

/* The stacks of folded TEXT, as the reader has them, go into C. */
static int
feed(struct post_changes *c, struct post_str text, struct post_err *err)
{
	struct post_unfolder u = { .names = c->names };
	int status = 0;

	while (text.n > 0 && status == 0) {
		size_t n = (size_t)((const char *)memchr(text.p, '\n', text.n) - text.p);
		struct post_count count;
		struct post_str stack;

		assert_int_equal(post_folded_split((struct post_str){ text.p, n }, &stack, &count), 0);
		post_unfold(&u, stack);
		status = post_changes_add(c, u.frame, u.n, count, err);
		text = post_str_from(text, n + 1);
	}
	post_unfolder_free(&u);
	return status;
}

struct detection {
	enum post_two	 mode;
	bool		 in_order, both;
	const char	*in, *out;
};

static const struct detection detections[] = {
	/* All have two: those with the same first count are summed, in the order of names. */
	{ POST_TWO_DETECT, false, true, "b 1 2\na;b 5 7\na 1 0\na;b 1 2\na;b 5 1\n", "a 1>0\na;b 1>2\na;b 10>8\nb 1>2\n" },
	{ POST_TWO_DETECT, false, true, "a;b 5 7\n", "a;b 5>7\n" },
	{ POST_TWO_DETECT, false, true, "a 0 3\nb 3 0\nc 0 0\na;x;y 0 0\n", "a 0>3\na;x;y 0>0\nb 3>0\nc 0>0\n" },
	{ POST_TWO_DETECT, false, true, "a\t1.5\t2.25\na 0.5 1.\n", "a 1.5>2.25\na 0.5>1\n" },
	{ POST_TWO_DETECT, false, true, "a  5 7\n", "a  5>7\n" },
	{ POST_TWO_DETECT, false, true, "Thread 1 5 7\n", "Thread 1 5>7\n" },
	/* One has not. */
	{ POST_TWO_DETECT, false, false, "a;b 7\nb 1 2\na 5 7\n", "a;b 7\nb 1 2\na 5 7\n" },
	{ POST_TWO_DETECT, false, false, "b 1 2\na;b 7\na 5 7\n", "b 1 2\na;b 7\na 5 7\n" },
	{ POST_TWO_DETECT, false, false, "b 1 2\na 5 7\na;b 7\n", "a 5 7\nb 1 2\na;b 7\n" },
	{ POST_TWO_DETECT, false, false, "java;Thread 1 5\njava;Thread 2 6\njava;main 7\n",
	    "java;Thread 1 5\njava;Thread 2 6\njava;main 7\n" },
	{ POST_TWO_DETECT, false, false, "a 1 2\n 7\n", "a 1 2\n 7\n" },
	{ POST_TWO_DETECT, false, false, "a 1 2\na;5 2\n", "a 1 2\na;5 2\n" },
	{ POST_TWO_DETECT, false, false, "a 1 2\na;v.5 2\n", "a 1 2\na;v.5 2\n" },
	{ POST_TWO_DETECT, false, false, "a 1 2\na -5 2\n", "a 1 2\na -5 2\n" },
	{ POST_TWO_DETECT, false, false, "a 1 2\na 1.2.3 2\n", "a 1 2\na 1.2.3 2\n" },
	{ POST_TWO_DETECT, false, false, "a 1 2\na .5 2\n", "a 1 2\na .5 2\n" },
	{ POST_TWO_DETECT, false, false, "a 1 2\na 18446744073709551616 2\n", "a 1 2\na 18446744073709551616 2\n" },
	{ POST_TWO_DETECT, false, false, "", "" },
	/* Stacks of no frames, and empty frames. */
	{ POST_TWO_DETECT, false, true, " 5 7\na 1 2\n", " 5>7\na 1>2\n" },
	{ POST_TWO_DETECT, false, true, "a 1 2\n5 7\n", " 5>7\na 1>2\n" },
	{ POST_TWO_DETECT, false, false, "5 7\n6 7\n", "5 7\n6 7\n" },
	{ POST_TWO_DETECT, false, true, "a;; 5 7\n;;; 1 2\n;a 3 4\n", " 1>2\n;a 3>4\na 5>7\n" },
	/* As they came. */
	{ POST_TWO_DETECT, true, true, "b 1 2\nb;c 0 0\na;b 5 7\na 1 0\na;b 1 2\na;b 1 2\n",
	    "b 1>2\nb;c 0>0\na;b 5>7\na 1>0\na;b 2>4\n" },
	{ POST_TWO_DETECT, true, false, "b 1 2\na 5 7\nb 1 2\nb 1\n", "b 1 2\na 5 7\nb 1 2\nb 1\n" },
	/* As they are said to be. */
	{ POST_TWO_YES, false, true, "b 1 2\na;b 7\n 5 7\na;b\t1.5 0\n 3\n", "b 1>2\na;b 7>7\n 5>7\na;b 1.5>0\n 3>3\n" },
	{ POST_TWO_YES, false, true, "", "" },
	{ POST_TWO_NO, false, false, "b 1 2\na;b 1 7\n 5 7\n", "b 1 2\na;b 1 7\n 5 7\n" },
};

static void
detection(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(detections); i++) {
		const struct detection *d = &detections[i];
		struct post_names names = { 0 };
		struct sink s = { .names = &names, .left = -1 };
		struct post_changes c = { .names = &names, .mode = d->mode, .in_order = d->in_order, .arg = &s, .stack = put_change };
		struct post_err err;
		bool both;

		assert_int_equal(feed(&c, post_str_of(d->in), &err), 0);
		assert_int_equal(post_changes_end(&c, &both, &err), 0);
		same(post_buf_str(&s.text), d->out);
		assert_int_equal(both, d->both);
		post_changes_free(&c);
		post_buf_free(&s.text);
		post_names_free(&names);
	}
}

/* What stack() says ends it all, whenever it is called. */
static void
failures(void **state)
{
	static const struct { enum post_two mode; const char *in; int left, add, end; } rows[] = {
		{ POST_TWO_DETECT, "a 1\nb 1\n", 1, -1, 0 },
		{ POST_TWO_DETECT, "a 1 2\nb 1 2\nc 1\n", 1, -1, 0 },
		{ POST_TWO_DETECT, "a 1 2\nb 1 2\n", 1, 0, -1 },
		{ POST_TWO_YES, "a 1 2\nb 1 2\n", 1, -1, 0 },
		{ POST_TWO_NO, "a 1 2\nb 1 2\n", 0, -1, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct post_names names = { 0 };
		struct sink s = { .names = &names, .left = rows[i].left };
		struct post_changes c = { .names = &names, .mode = rows[i].mode, .arg = &s, .stack = put_change };
		struct post_err err;
		bool both;

		assert_int_equal(feed(&c, post_str_of(rows[i].in), &err), rows[i].add);
		if (rows[i].add == 0)
			assert_int_equal(post_changes_end(&c, &both, &err), rows[i].end);
		assert_int_equal(err.code, POST_EIO);
		post_changes_free(&c);
		post_buf_free(&s.text);
		post_names_free(&names);
	}
}

static void
too_much(void **state)
{
	static const char *const in[] = { "a 18446744073709551615 1\nb 1 1\n", "a 1 18446744073709551615\nb 1 1\n" };

	(void)state;
	for (size_t i = 0; i < ROWS(in); i++) {
		struct post_names names = { 0 };
		struct sink s = { .names = &names, .left = -1 };
		struct post_changes c = { .names = &names, .arg = &s, .stack = put_change };
		struct post_err err;

		assert_int_equal(feed(&c, post_str_of(in[i]), &err), -1);
		assert_int_equal(err.code, POST_ELIMIT);
		post_changes_free(&c);
		post_buf_free(&s.text);
		post_names_free(&names);
	}
}

enum { STACKS = 300, PATHS = 40 };

/* Sums by path: paths are numbers, "pN" for even and "pM;pN" for odd ones. */
struct sums {
	struct post_names	*names;
	struct post_count	 before[PATHS], after[PATHS];
	size_t			 given;
};

static int
sum_up(void *arg, const struct post_change *c, struct post_err *err)
{
	struct sums *s = arg;
	struct post_str leaf = post_name(s->names, c->frame[c->n - 1]);
	size_t path = strtoul(leaf.p + 1, NULL, 10);

	(void)err;
	assert_true(c->both && path < PATHS);
	assert_int_equal(c->n, 1 + path % 2);
	assert_int_equal(post_count_add(&s->before[path], c->before), 0);
	assert_int_equal(post_count_add(&s->after[path], c->after), 0);
	s->given++;
	return 0;
}

static struct post_count
put_random_count(struct rng *r, struct post_buf *line)
{
	struct post_count c = { below(r, 3) == 0 ? 0 : below(r, 1000), below(r, 2) ? rng(r) % POST_COUNT_ONE : 0 };

	post_put_count(line, c);
	return c;
}

/* A random line, counted in WANT. */
static void
put_random(struct rng *r, struct post_buf *text, struct sums *want)
{
	size_t path = below(r, PATHS);

	if (path % 2)
		post_putf(text, "p%zu;", path - 1);
	post_putf(text, "p%zu ", path);
	assert_int_equal(post_count_add(&want->before[path], put_random_count(r, text)), 0);
	post_putc(text, below(r, 2) ? ' ' : '\t');
	assert_int_equal(post_count_add(&want->after[path], put_random_count(r, text)), 0);
	post_putc(text, '\n');
}

static void
nothing_is_lost(void **state)
{
	struct rng r = rng_start("changes");

	(void)state;
	for (int round = 0; round < 100; round++) {
		struct post_names names = { 0 };
		struct sums want = { 0 }, got = { .names = &names };
		struct post_changes c = { .names = &names, .mode = round % 3 ? POST_TWO_DETECT : POST_TWO_YES, .in_order = round % 2,
		    .arg = &got, .stack = sum_up };
		size_t n = 1 + below(&r, STACKS);
		struct post_buf text = { 0 };
		struct post_err err;
		bool both;

		for (size_t i = 0; i < n; i++)
			put_random(&r, &text, &want);
		assert_int_equal(feed(&c, post_buf_str(&text), &err), 0);
		assert_true(c.mode == POST_TWO_YES || got.given == 0);
		assert_int_equal(post_changes_end(&c, &both, &err), 0);
		assert_true(both && got.given > 0 && got.given <= n);
		assert_memory_equal(want.before, got.before, sizeof want.before);
		assert_memory_equal(want.after, got.after, sizeof want.after);
		post_changes_free(&c);
		post_buf_free(&text);
		post_names_free(&names);
	}
}

/* Only what looks like a differential is kept: all else goes through at once. */
static void
nothing_is_kept(void **state)
{
	struct post_names names = { 0 };
	struct sink s = { .names = &names, .left = -1 };
	struct post_changes c = { .names = &names, .arg = &s, .stack = put_change };
	struct post_err err;

	(void)state;
	assert_int_equal(feed(&c, POST_STR("a 5 7\n"), &err), 0);
	same(post_buf_str(&s.text), "");
	assert_int_equal(feed(&c, POST_STR("a 5\n"), &err), 0);
	same(post_buf_str(&s.text), "a 5 7\na 5\n");
	assert_int_equal(feed(&c, POST_STR("a 6 7\n"), &err), 0);
	same(post_buf_str(&s.text), "a 5 7\na 5\na 6 7\n");
	post_changes_free(&c);
	post_buf_free(&s.text);
	post_names_free(&names);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(detection),
		cmocka_unit_test(failures),
		cmocka_unit_test(too_much),
		cmocka_unit_test(nothing_is_lost),
		cmocka_unit_test(nothing_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
