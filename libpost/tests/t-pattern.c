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

static void
replaced(const char *pattern, struct post_str to, struct post_str name, int want, struct post_str text)
{
	struct post_patterns p = { 0 };
	struct post_matcher m = { 0 };
	struct post_buf out = { 0 };
	struct post_err err = { 0 };

	post_puts(&out, "before ");
	assert_int_equal(post_patterns_add(&p, "never used", &err), 0);
	assert_int_equal(post_patterns_add(&p, pattern, &err), 0);
	if (post_patterns_replace(&p, 1, &m, name, to, &out, &err) != want)
		fail_msg("/%s/ in \"%.*s\"", pattern, (int)name.n, name.p);
	assert_true(post_str_starts(post_buf_str(&out), POST_STR("before ")));
	same_str(post_str_from(post_buf_str(&out), 7), text);
	post_matcher_free(&m);
	post_patterns_free(&p);
	post_buf_free(&out);
}

static void
what_is_replaced(void **state)
{
	static const struct {
		const char	*pattern;
		struct post_str	 to, name, text;
	} rows[] = {
		{ "b", BYTES("x"), BYTES("abcb"), BYTES("axcx") }, { "b", BYTES(""), BYTES("abcb"), BYTES("ac") },
		{ "(a)(b)?", BYTES("<$2$1>"), BYTES("aab"), BYTES("<a><ba>") }, { "b+", BYTES("[$0]"), BYTES("abbc"), BYTES("a[bb]c") },
		{ "b", BYTES("$$1"), BYTES("b"), BYTES("$1") }, { "b", BYTES("$x$"), BYTES("b"), BYTES("$x$") },
		{ "b", BYTES("$9"), BYTES("abc"), BYTES("ac") }, { "^a", BYTES("x"), BYTES("aaa"), BYTES("xaa") },
		{ "(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)", BYTES("$9$10"), BYTES("abcdefghij"), BYTES("ia0") },
		{ "x*", BYTES("-"), BYTES("axb"), BYTES("-a--b-") }, { "", BYTES("-"), BYTES(""), BYTES("-") },
		{ "(?<=a)", BYTES("-"), BYTES("aa"), BYTES("a-a-") }, { "\\x00", BYTES("0"), BYTES("a\0b"), BYTES("a0b") },
		{ "a\\Kb", BYTES("-"), BYTES("abab"), BYTES("a-a-") }, { "$", BYTES("!"), BYTES("a"), BYTES("a!") },
		{ "", BYTES("-"), BYTES("\xc3\xa4"), BYTES("-\xc3-\xa4-") }, { "(*UTF)", BYTES("-"), BYTES("\xc3\xa4"), BYTES("-\xc3\xa4-") },
		{ "(*UTF)b|", BYTES("-"), BYTES("\xff" "b\xc3"), BYTES("-\xff--\xc3-") },
		{ "(*UTF)b", BYTES("-"), BYTES("\xff" "b\x80"), BYTES("\xff-\x80") },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++)
		replaced(rows[i].pattern, rows[i].to, rows[i].name, 1, rows[i].text);
	replaced("b", BYTES("x"), BYTES("ac"), 0, BYTES(""));
	replaced("b", BYTES("x"), BYTES(""), 0, BYTES(""));
}

/* All or nothing, and in no long time. */
static void
what_is_not_replaced(void **state)
{
	struct post_buf b = { 0 }, twice = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < POST_PATTERN_NAME_MAX; i++)
		post_putc(&b, 'a');
	for (i = 0; i < 2 * b.n; i++)
		post_putc(&twice, 'b');
	replaced("a", BYTES("bb"), post_buf_str(&b), 1, post_buf_str(&twice));
	replaced("(?=(.*))", BYTES("$1"), post_buf_str(&b), -1, BYTES(""));
	replaced("a*", BYTES("$0$0$0$0$0$0$0$0$0$0"), post_buf_str(&b), -1, BYTES(""));
	post_putc(&b, 'a');
	replaced("a", BYTES("b"), post_buf_str(&b), -1, BYTES(""));
	replaced("b|(a+)+c", BYTES("x"), BYTES("b aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), -1, BYTES(""));
	post_buf_free(&b);
	post_buf_free(&twice);
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
		cmocka_unit_test(what_is_replaced),
		cmocka_unit_test(what_is_not_replaced),
		cmocka_unit_test(threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
