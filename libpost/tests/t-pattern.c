/* SPDX-License-Identifier: BSD-2-Clause */
/* Patterns over names that are bytes: what matches, what is refused, and what is given up. */
#include <pthread.h>
#include <time.h>
#include "support.h"
#include "../base/pattern.h"

/* -1, 0 or 1 of one pattern. */
static int
try(const char *pattern, struct post_str name, struct post_err *err)
{
	struct post_patterns p = { 0 };
	struct post_matcher m = { 0 };
	int got;

	assert_int_equal(post_patterns_add(&p, pattern, err), 0);
	got = post_patterns_match(&p, &m, name, err);
	post_matcher_free(&m);
	post_patterns_free(&p);
	return got;
}

static void
what_matches(void **state)
{
	static const struct {
		const char	*pattern;
		struct post_str	 name;
		int		 want;
	} rows[] = {
		{ "foo", BYTES("foo"), 1 }, { "foo", BYTES("a foo b"), 1 }, { "^foo$", BYTES("a foo"), 0 }, { "foo", BYTES("FOO"), 0 },
		{ "(?i)foo", BYTES("FOO"), 1 }, { "", BYTES("x"), 1 }, { "", BYTES(""), 1 }, { "x", BYTES(""), 0 },
		{ "\\bngx_(?:http|stream)_\\w+_handler\\b", BYTES("ngx_http_core_run_handler"), 1 },
		{ "\\bngx_(?:http|stream)_\\w+_handler\\b", BYTES("ngx_http_core_handlers"), 0 },
		{ "^(a+)\\1$", BYTES("aaaa"), 1 }, { "(?<!un)lock", BYTES("unlock"), 0 }, { "\\[libc-.*\\]$", BYTES("[libc-2.17.so]"), 1 },
		{ "b", BYTES("a\0b"), 1 }, { "a\\x00b", BYTES("a\0b"), 1 }, { "\\xff", BYTES("\xff"), 1 },
		{ "^.$", BYTES("\xe4\xb8\xad"), 0 }, { "^...$", BYTES("\xe4\xb8\xad"), 1 },
		{ "(*UTF)^.$", BYTES("\xe4\xb8\xad"), 1 }, { "(*UTF)b", BYTES("\xff" "b"), 1 }, { "(*UTF)^.b", BYTES("\xff" "b"), 0 },
		{ "(*NO_JIT)^(a|b)+$", BYTES("abab"), 1 },
	};
	struct post_err err = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++)
		if (try(rows[i].pattern, rows[i].name, &err) != rows[i].want)
			fail_msg("/%s/ and row %zu", rows[i].pattern, i);
}

static void
any_of_several(void **state)
{
	struct post_patterns p = { 0 };
	struct post_matcher m = { 0 };
	struct post_err err = { 0 };

	(void)state;
	assert_int_equal(post_patterns_match(&p, &m, BYTES("none"), &err), 0);
	assert_int_equal(post_patterns_add(&p, "^a", &err), 0);
	assert_int_equal(post_patterns_add(&p, "b$", &err), 0);
	assert_int_equal(p.n, 2);
	assert_int_equal(post_patterns_match(&p, &m, BYTES("ax"), &err), 1);
	assert_int_equal(post_patterns_match(&p, &m, BYTES("xb"), &err), 1);
	assert_int_equal(post_patterns_match(&p, &m, BYTES("xa"), &err), 0);
	post_matcher_free(&m);
	post_patterns_free(&p);
}

static void
what_is_refused(void **state)
{
	static const char *const rows[][2] = {
		{ "foo(", "the pattern \"foo(\" is wrong behind its byte 4: missing closing parenthesis" },
		{ "a[b", "the pattern \"a[b\" is wrong behind its byte 3: missing terminating ] for character class" },
		{ "*a", "the pattern \"*a\" is wrong behind its byte 0: quantifier does not follow a repeatable item" },
		{ "\x1b(", "the pattern \"?(\" is wrong behind its byte 2: missing closing parenthesis" },
	};
	struct post_patterns p = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		struct post_err err = { 0 };

		assert_int_equal(post_patterns_add(&p, rows[i][0], &err), -1);
		assert_int_equal(err.code, POST_EUSAGE);
		same(post_str_of(err.msg), rows[i][1]);
	}
	assert_int_equal(p.n, 0);
	assert_int_equal(post_patterns_add(&p, "(*UTF)\xff", &(struct post_err){ 0 }), -1);
	assert_int_equal(post_patterns_add(&p, "\\C", &(struct post_err){ 0 }), -1);
	post_patterns_free(&p);
}

/* Work that would take ages is given up, and not taken for "no". */
static void
what_is_given_up(void **state)
{
	static const char *const patterns[] = { "(a+)+$", "(*NO_JIT)(a+)+$", "^(a|a?)+$", "^(?:a|aa)+$" };
	char name[64];
	size_t i;

	(void)state;
	memset(name, 'a', sizeof name);
	name[sizeof name - 1] = 'c';
	for (i = 0; i < ROWS(patterns); i++) {
		struct post_err err = { 0 };
		clock_t begin = clock();

		if (try(patterns[i], (struct post_str){ name, sizeof name }, &err) != -1)
			fail_msg("/%s/ was found out", patterns[i]);
		assert_int_equal(err.code, POST_ELIMIT);
		assert_non_null(strstr(err.msg, "too many steps"));
		assert_non_null(strstr(err.msg, "aaaaaaaa"));
		assert_true(clock() - begin < 5 * CLOCKS_PER_SEC);
	}
}

static void
long_names(void **state)
{
	struct post_buf b = { 0 };
	struct post_err err = { 0 };

	(void)state;
	post_buf_grow(&b, POST_PATTERN_NAME_MAX + 1);
	memset(b.s, 'a', POST_PATTERN_NAME_MAX + 1);
	assert_int_equal(try("^(a|b)+$", (struct post_str){ b.s, POST_PATTERN_NAME_MAX }, &err), 1);
	assert_int_equal(try("b", (struct post_str){ b.s, POST_PATTERN_NAME_MAX }, &err), 0);
	assert_int_equal(try("a", (struct post_str){ b.s, POST_PATTERN_NAME_MAX + 1 }, &err), -1);
	assert_int_equal(err.code, POST_ELIMIT);
	assert_non_null(strstr(err.msg, "too long"));
	assert_non_null(strstr(err.msg, "aaa...\""));
	post_buf_free(&b);
}

static struct post_patterns shared;

static void *
many(void *arg)
{
	struct post_matcher m = { 0 };
	struct post_err err = { 0 };
	size_t i, *found = arg;

	for (i = 0; i < 20000; i++) {
		char name[16];
		int n = snprintf(name, sizeof name, "f%zu", i);

		*found += post_patterns_match(&shared, &m, (struct post_str){ name, (size_t)n }, &err) == 1;
	}
	post_matcher_free(&m);
	return NULL;
}

static void
threads(void **state)
{
	pthread_t t[4];
	size_t found[4] = { 0 }, i;

	(void)state;
	assert_int_equal(post_patterns_add(&shared, "^f(\\d)\\1+$", &(struct post_err){ 0 }), 0);
	for (i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&t[i], NULL, many, &found[i]), 0);
	for (i = 0; i < 4; i++) {
		pthread_join(t[i], NULL);
		assert_int_equal(found[i], 9 + 9 + 9 + 1);	/* 11..99, 111..999, 1111..9999, 11111 */
	}
	post_patterns_free(&shared);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_matches),
		cmocka_unit_test(any_of_several),
		cmocka_unit_test(what_is_refused),
		cmocka_unit_test(what_is_given_up),
		cmocka_unit_test(long_names),
		cmocka_unit_test(threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
