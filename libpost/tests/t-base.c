/* SPDX-License-Identifier: BSD-2-Clause */
/* Views, buffers, arenas, names and errors: right at their edges? */
#include "support.h"
#include "../base/err.h"
#include "../base/names.h"
#include "../base/path.h"

static void
views(void **state)
{
	struct post_str none = { NULL, 0 }, empty = POST_STR("");

	(void)state;
	assert_int_equal(POST_STR("a\0b").n, 3);
	assert_int_equal(post_str_of("abc").n, 3);
	assert_true(post_str_eq(none, empty) && post_str_eq(none, none));
	assert_false(post_str_eq(POST_STR("a"), POST_STR("b")));
	assert_false(post_str_eq(POST_STR("a"), POST_STR("ab")));
	assert_true(post_str_eq(POST_STR("a\0b"), POST_STR("a\0b")));
	assert_null(post_str_from(none, 0).p);
	same(post_str_from(POST_STR("abc"), 3), "");
	same(post_str_from(POST_STR("abc"), 1), "bc");
	assert_true(post_str_starts(POST_STR("abc"), none) && post_str_starts(none, empty));
	assert_true(post_str_starts(POST_STR("abc"), POST_STR("abc")));
	assert_false(post_str_starts(POST_STR("ab"), POST_STR("abc")));
	assert_true(post_str_ends(POST_STR("abc"), POST_STR("bc")) && post_str_ends(none, none));
	assert_false(post_str_ends(POST_STR("bc"), POST_STR("abc")));
}

static void
views_in_order(void **state)
{
	static const struct post_str up[] = {
		{ NULL, 0 }, POST_STR("\0"), POST_STR("\0\0"), POST_STR("a"), POST_STR("a\0"), POST_STR("a "),
		POST_STR("ab"), POST_STR("b"), POST_STR("\x7f"), POST_STR("\x80"), POST_STR("\xff"),
	};
	size_t i, j;

	(void)state;
	for (i = 0; i < ROWS(up); i++)
		for (j = 0; j < ROWS(up); j++) {
			int d = post_str_cmp(up[i], up[j]);

			assert_int_equal((d > 0) - (d < 0), (i > j) - (i < j));
		}
}

static void
buffers(void **state)
{
	struct post_buf b = { 0 };
	size_t i;

	(void)state;
	assert_int_equal(post_buf_str(&b).n, 0);
	post_put(&b, (struct post_str){ NULL, 0 });
	assert_string_equal(b.s, "");
	for (i = 0; i < 300; i++) {
		assert_int_equal(b.n, i);
		assert_true(b.cap > b.n && b.s[b.n] == '\0');
		post_putc(&b, (char)i);
	}
	for (i = 0; i < 300; i++)
		assert_int_equal((unsigned char)b.s[i], i & 255);
	b.n = 0;
	post_puts(&b, "kept");
	assert_string_equal(b.s, "kept");
	post_buf_grow(&b, 5000);
	assert_true(b.cap > 5004);
	assert_string_equal(b.s, "kept");
	post_buf_free(&b);
	assert_null(b.s);
	post_buf_free(&b);
}

static void
numbers(void **state)
{
	static const struct {
		uint64_t	 u;
		int		 digits;
		const char	*dec, *hex;
	} rows[] = {
		{ 0, 0, "0", "0" }, { 0, 1, "0", "0" }, { 0, 2, "0", "00" }, { 9, 2, "9", "09" }, { 10, 1, "10", "a" },
		{ 255, 0, "255", "ff" }, { 256, 2, "256", "100" }, { 99, -1, "99", "63" },
		{ 1, 16, "1", "0000000000000001" }, { 1000000000, 0, "1000000000", "3b9aca00" },
		{ UINT64_MAX, 0, "18446744073709551615", "ffffffffffffffff" },
		{ UINT64_MAX, 16, "18446744073709551615", "ffffffffffffffff" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		struct post_buf b = { 0 };

		post_putu(&b, rows[i].u);
		assert_string_equal(b.s, rows[i].dec);
		b.n = 0;
		post_putx(&b, rows[i].u, rows[i].digits);
		assert_string_equal(b.s, rows[i].hex);
		post_buf_free(&b);
	}
}

static void
formats(void **state)
{
	struct post_buf b = { 0 };

	(void)state;
	post_putf(&b, "%s", "");
	assert_int_equal(b.n, 0);
	post_putf(&b, "a%db", -7);
	post_putf(&b, "%*s|", 500, "x");
	assert_int_equal(b.n, 4 + 501);
	assert_string_equal(b.s + b.n - 3, " x|");
	post_buf_free(&b);
}

static void
arrays(void **state)
{
	size_t cap = 0, n;
	int *v = NULL;

	(void)state;
	for (n = 0; n < 1000; n++) {
		v = post_room(v, n, &cap, sizeof *v);
		assert_true(cap > n);
		v[n] = (int)n;
	}
	for (n = 0; n < 1000; n++)
		assert_int_equal(v[n], n);
	free(v);
	v = post_resize(NULL, 0, 8);
	assert_non_null(v);
	free(v);
}

static void
arenas(void **state)
{
	static const size_t sizes[] = { 0, 1, 7, 8, 9, 4095, 4096, 4097, 1, 1 << 20, (1 << 20) + 1, 3 << 20, 1, 16 };
	struct post_arena a = { 0 };
	unsigned char *p[ROWS(sizes)];
	size_t i, j, used = 0;

	(void)state;
	for (i = 0; i < ROWS(sizes); i++) {
		p[i] = post_take(&a, sizes[i]);
		assert_non_null(p[i]);
		assert_int_equal((uintptr_t)p[i] % _Alignof(max_align_t), 0);
		memset(p[i], (int)i + 1, sizes[i]);
		used += sizes[i];
		assert_int_equal(a.used, used);
	}
	for (i = 0; i < ROWS(sizes); i++)
		for (j = 0; j < sizes[i]; j++)
			if (p[i][j] != i + 1)
				fail_msg("thing %zu was written over at %zu", i, j);
	post_drop(&a);
	assert_int_equal(a.used, 0);
	post_drop(&a);
}

static void
keeps(void **state)
{
	struct post_arena a = { 0 };
	struct post_str s[1000];
	char text[16];
	size_t i;

	(void)state;
	for (i = 0; i < 1000; i++) {
		snprintf(text, sizeof text, "name %zu", i);
		s[i] = post_keep(&a, post_str_of(text));
		assert_int_equal(s[i].p[s[i].n], '\0');
	}
	for (i = 0; i < 1000; i++) {
		snprintf(text, sizeof text, "name %zu", i);
		same(s[i], text);
	}
	s[0] = post_keep(&a, (struct post_str){ NULL, 0 });
	assert_int_equal(s[0].n, 0);
	assert_string_equal(s[0].p, "");
	assert_int_equal(post_keep(&a, BYTES("a\0b")).p[2], 'b');
	post_drop(&a);
}

static jmp_buf no_memory;
static size_t wanted;

static void
on_nomem(size_t bytes)
{
	wanted = bytes;
	longjmp(no_memory, 1);
}

static void
product(void)
{
	free(post_resize(NULL, SIZE_MAX / 2, 3));
}

static void
sum(void)
{
	struct post_arena a = { 0 };

	post_take(&a, SIZE_MAX - 8);
}

#ifndef __SANITIZE_ADDRESS__
static void
buffer(void)
{
	struct post_buf b = { 0 };

	post_puts(&b, "x");
	post_buf_grow(&b, SIZE_MAX - 1);
}
#endif

static void
no_memory_is_told(void **state)
{
	static const struct {
		void	(*want)(void);
		size_t	least;
	} rows[] = {
		{ product, SIZE_MAX },
		{ sum, SIZE_MAX - 8 },
#ifndef __SANITIZE_ADDRESS__
		{ buffer, SIZE_MAX / 4 },
#endif
	};
	volatile size_t i;

	(void)state;
	post_on_nomem(on_nomem);
	for (i = 0; i < ROWS(rows); i++) {
		wanted = 0;
		if (setjmp(no_memory) == 0) {
			rows[i].want();
			fail_msg("row %zu came back", i);
		}
		assert_true(wanted >= rows[i].least);
	}
	post_on_nomem(NULL);
}

static void
names_are_numbers(void **state)
{
	struct post_names t = { 0 };
	char text[32];
	uint32_t i;

	(void)state;
	for (i = 0; i < 5000; i++) {
		snprintf(text, sizeof text, "f%u", i);
		assert_int_equal(post_intern(&t, post_str_of(text)), i);
		assert_int_equal(post_intern(&t, BYTES("f0")), 0);
	}
	for (i = 0; i < 5000; i++) {
		snprintf(text, sizeof text, "f%u", i);
		assert_int_equal(post_intern(&t, post_str_of(text)), i);
		same(post_name(&t, i), text);
	}
	assert_int_equal(t.n, 5000);
	post_names_free(&t);
	assert_int_equal(t.n, 0);
	post_names_free(&t);
}

static void
names_of_any_bytes(void **state)
{
	static const struct post_str name[] = {
		{ NULL, 0 }, POST_STR("\0"), POST_STR("\0\0"), POST_STR("a"), POST_STR("a\0"), POST_STR("A"), POST_STR("\xff"),
	};
	struct post_names t = { 0 };
	uint32_t i;

	(void)state;
	for (i = 0; i < ROWS(name); i++)
		assert_int_equal(post_intern(&t, name[i]), i);
	assert_int_equal(post_intern(&t, BYTES("")), 0);
	/* A name of the table itself, met again while it grows. */
	for (i = 0; i < ROWS(name); i++)
		assert_int_equal(post_intern(&t, post_name(&t, i)), i);
	post_names_free(&t);
	assert_true(post_seed() != 0);
}

static void
errors(void **state)
{
	struct post_err e;

	(void)state;
	memset(&e, 0xff, sizeof e);
	assert_int_equal(post_fail(&e, POST_ECUT, "a\nb\tc\x1b[31m\x7f %d", 7), -1);
	assert_string_equal(e.msg, "a?b?c?[31m? 7");
	assert_int_equal(e.code, POST_ECUT);
	assert_int_equal(e.line, 0);
	assert_int_equal(e.byte, 0);
	assert_int_equal(e.has_byte, 0);
	post_fail(&e, POST_EIO, "%*s", 10000, "x");
	assert_int_equal(strlen(e.msg), sizeof e.msg - 1);
}

static void
paths(void **state)
{
	char *copy = post_path_copy("/a/b");

	(void)state;
	same(post_path_last(POST_STR("/a/b.c")), "b.c");
	same(post_path_dir(POST_STR("/a/b.c")), "/a/");
	same(post_path_last(POST_STR("b.c")), "b.c");
	same(post_path_dir(POST_STR("b.c")), "");
	same(post_path_last(POST_STR("/a/")), "");
	same(post_path_dir(POST_STR("/a/")), "/a/");
	same(post_path_last((struct post_str){ NULL, 0 }), "");
	assert_string_equal(copy, "/a/b");
	free(copy);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(views), cmocka_unit_test(views_in_order), cmocka_unit_test(buffers), cmocka_unit_test(numbers),
		cmocka_unit_test(formats), cmocka_unit_test(arrays), cmocka_unit_test(arenas), cmocka_unit_test(keeps),
		cmocka_unit_test(no_memory_is_told), cmocka_unit_test(names_are_numbers),
		cmocka_unit_test(names_of_any_bytes), cmocka_unit_test(errors), cmocka_unit_test(paths),
	};

	return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
