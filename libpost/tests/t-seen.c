/* SPDX-License-Identifier: BSD-2-Clause */
/* The memo of what was seen before: the same id for the same text, whatever was guessed. */
#include "support.h"
#include "../base/seen.h"

static void
ids(void **state)
{
	struct post_seen s = { 0 };
	bool new;

	(void)state;
	assert_int_equal(post_seen_id(&s, BYTES("a"), &new), 0);
	assert_true(new);
	s.entry[0].value[0] = 7;
	assert_int_equal(post_seen_id(&s, BYTES("b"), &new), 1);
	assert_true(new);
	assert_int_equal(s.entry[1].value[0] | s.entry[1].value[1] | s.entry[1].value[2], 0);
	for (int i = 0; i < 3; i++) {	/* first found, then guessed */
		assert_int_equal(post_seen_id(&s, BYTES("a"), &new), 0);
		assert_false(new);
		assert_int_equal(post_seen_id(&s, BYTES("b"), &new), 1);
		assert_false(new);
	}
	assert_int_equal(post_seen_id(&s, BYTES("b"), &new), 1);
	assert_int_equal(post_seen_id(&s, BYTES(""), &new), 2);
	assert_true(new);
	assert_int_equal(s.entry[0].value[0], 7);
	post_seen_free(&s);
	assert_int_equal(s.names.n, 0);
	assert_int_equal(post_seen_id(&s, BYTES("b"), &new), 0);
	assert_true(new);
	post_seen_free(&s);
}

static void
as_a_list_has_it(void **state)
{
	struct rng r = rng_start("as_a_list_has_it");
	struct post_seen s = { 0 };
	struct post_buf list[64] = { 0 };
	size_t n = 0;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct post_buf text = { 0 };
		size_t at = 0;
		bool new;

		post_putf(&text, "%*zu", (int)(1 + below(&r, 3)), below(&r, 16));
		while (at < n && !post_str_eq(post_buf_str(&list[at]), post_buf_str(&text)))
			at++;
		assert_int_equal(post_seen_id(&s, post_buf_str(&text), &new), at);
		assert_int_equal(new, at == n);
		if (at < n) {
			post_buf_free(&text);
			continue;
		}
		assert_true(n < ROWS(list));
		list[n++] = text;
	}
	for (size_t i = 0; i < n; i++)
		post_buf_free(&list[i]);
	post_seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ids),
		cmocka_unit_test(as_a_list_has_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
