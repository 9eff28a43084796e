/* SPDX-License-Identifier: BSD-2-Clause */
/* Which stacks are kept, and what of them, against a second reading of the rules. */
#include "support.h"
#include "../trace/choice.h"

static struct post_names names;

static struct post_choice
choice(const char *until, const char *only, const char *except)
{
	struct post_choice c = { 0 };
	struct post_err err;

	if (until != NULL)
		assert_int_equal(post_patterns_add(&c.until, until, &err), 0);
	if (only != NULL)
		assert_int_equal(post_patterns_add(&c.only, only, &err), 0);
	if (except != NULL)
		assert_int_equal(post_patterns_add(&c.except, except, &err), 0);
	return c;
}

/* "a;b;c" as ids. */
static size_t
ids(const char *folded, uint32_t *id)
{
	size_t n = 0;

	for (; *folded != '\0'; folded += *folded == ';') {
		size_t len = strcspn(folded, ";");

		id[n++] = post_intern(&names, (struct post_str){ folded, len });
		folded += len;
	}
	return n;
}

static void
put_ids(struct post_buf *b, const uint32_t *id, size_t n)
{
	size_t i;

	b->n = 0;
	post_puts(b, "");
	for (i = 0; i < n; i++) {
		post_puts(b, i > 0 ? ";" : "");
		post_put(b, post_name(&names, id[i]));
	}
}

static void
reverse(uint32_t *id, size_t n)
{
	size_t i;

	for (i = 0; i < n / 2; i++) {
		uint32_t t = id[i];

		id[i] = id[n - 1 - i];
		id[n - 1 - i] = t;
	}
}

/* WANT, root first, is what is left of STACK; NULL: nothing is.  From either end. */
static void
chosen(struct post_chooser *c, const char *stack, const char *want)
{
	uint32_t id[16];
	struct post_buf b = { 0 };
	struct post_err err;
	int end;

	for (end = 0; end < 2; end++) {
		size_t n = ids(stack, id), was = n;
		const uint32_t *frame = id;

		if (end == 1)
			reverse(id, n);
		if (post_choose(c, &names, &frame, &n, end == 1, &err) != (want != NULL))
			fail_msg("\"%s\" from end %d", stack, end);
		assert_true(want != NULL || (frame == id && n == was));
		if (end == 1)
			reverse(id + (frame - id), n);
		put_ids(&b, frame, n);
		if (want != NULL)
			same(post_buf_str(&b), want);
	}
	post_buf_free(&b);
}

static void
rules(void **state)
{
	static const struct {
		const char	*until, *only, *except, *stack, *want;
	} rows[] = {
		{ NULL, NULL, NULL, "a;b", "a;b" }, { NULL, NULL, NULL, "", "" },
		{ "^b$", NULL, NULL, "a;b;c", "b;c" }, { "^b$", NULL, NULL, "a;b;c;b;d", "b;d" }, { "^b$", NULL, NULL, "a;b", "b" },
		{ "^b$", NULL, NULL, "b;a", "b;a" }, { "^b$", NULL, NULL, "a;c", NULL }, { "^b$", NULL, NULL, "", NULL },
		{ NULL, "b", NULL, "a;b;c", "a;b;c" }, { NULL, "b", NULL, "a;c", NULL }, { NULL, "b", NULL, "", NULL },
		{ NULL, NULL, "b", "a;b;c", NULL }, { NULL, NULL, "b", "a;c", "a;c" }, { NULL, NULL, "b", "", "" },
		{ "b", "a", NULL, "a;b;c", "b;c" }, { "b", NULL, "a", "a;b;c", NULL },	/* only and except look below the cut, too */
		{ "b", "c", "d", "a;b;c", "b;c" }, { "b", "c", "d", "a;b;c;d", NULL }, { "b", "c", "d", "a;b", NULL },
		{ "_\\[k\\]$", NULL, NULL, "main;read_[k];x_[k]", "x_[k]" }, { NULL, "\\[libc", NULL, "main;poll [libc.so.6]", "main;poll [libc.so.6]" },
		{ "", NULL, NULL, "a;b", "b" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		struct post_choice made = choice(rows[i].until, rows[i].only, rows[i].except);
		struct post_chooser c = { .choice = &made };

		assert_int_equal(post_choice_made(&made), i >= 2);
		chosen(&c, rows[i].stack, rows[i].want);
		chosen(&c, rows[i].stack, rows[i].want);	/* from what it knows now */
		post_chooser_free(&c);
		post_choice_free(&made);
	}
}

static void
no_choice(void **state)
{
	struct post_chooser c = { 0 };

	(void)state;
	chosen(&c, "a;b", "a;b");
	post_chooser_free(&c);
}

/* Stacks of letters, new names all the time, against strings. */
static void
random_stacks(void **state)
{
	struct rng r = rng_start("choice");
	struct post_choice made = choice("[bB]", "[cC]", "[dD]");
	struct post_chooser c = { .choice = &made };
	size_t i, k;

	(void)state;
	for (i = 0; i < 20000; i++) {
		struct post_buf b = { 0 };
		size_t n = below(&r, 8), at = 0;
		bool until = false, only = false, except = false;

		post_puts(&b, "");
		for (k = 0; k < n; k++) {
			char letter = "aefgbBcCdDhijklmnopq"[below(&r, 20)];

			post_puts(&b, k > 0 ? ";" : "");
			if (strchr("bB", letter) != NULL)
				at = b.n, until = true;
			only = only || strchr("cC", letter) != NULL;
			except = except || strchr("dD", letter) != NULL;
			post_putc(&b, letter);
			post_putu(&b, below(&r, 1 + i / 10));
		}
		chosen(&c, b.s, until && only && !except ? b.s + at : NULL);
		post_buf_free(&b);
	}
	post_chooser_free(&c);
	post_choice_free(&made);
}

static void
given_up(void **state)
{
	struct post_choice made = choice(NULL, "^(a+)+$", NULL);
	struct post_chooser c = { .choice = &made };
	struct post_err err = { 0 };
	uint32_t id[2];
	const uint32_t *frame = id;
	size_t n = ids("x;aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", id);

	(void)state;
	assert_int_equal(post_choose(&c, &names, &frame, &n, false, &err), -1);
	assert_int_equal(err.code, POST_ELIMIT);
	n = 1;	/* "x" alone */
	err = (struct post_err){ 0 };
	assert_int_equal(post_choose(&c, &names, &frame, &n, false, &err), -1);
	assert_int_equal(err.code, POST_OK);
	post_chooser_free(&c);
	post_choice_free(&made);
}

static int
forget(void **state)
{
	(void)state;
	post_names_free(&names);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules),
		cmocka_unit_test(no_choice),
		cmocka_unit_test(random_stacks),
		cmocka_unit_test(given_up),
	};

	return cmocka_run_group_tests(tests, NULL, forget);
}
