/* SPDX-License-Identifier: BSD-2-Clause */
/* The folded form: a name comes back as it went in, a line splits at its count, frames are shared rightly; raw or folded? */
#include "support.h"

static void
escapes(void **state)
{
	static const struct {
		struct post_str	 name;
		const char	*written;
	} rows[] = {
		{ { NULL, 0 }, "" }, { POST_STR("plain name"), "plain name" }, { POST_STR("a;b"), "a\\x3bb" }, { POST_STR(";"), "\\x3b" },
		{ POST_STR("a\nb\r\t"), "a\\x0ab\\x0d\\x09" }, { POST_STR("\0"), "\\x00" }, { POST_STR("\x7f\x1b"), "\\x7f\\x1b" },
		{ POST_STR("\\"), "\\" }, { POST_STR("\\x"), "\\x" }, { POST_STR("\\x3"), "\\x3" }, { POST_STR("\\x3b"), "\\x5cx3b" },
		{ POST_STR("\\x41"), "\\x5cx41" }, { POST_STR("\\x3B"), "\\x3B" }, { POST_STR("\\\\x3b"), "\\\\x5cx3b" },
		{ POST_STR("\\n"), "\\n" }, { POST_STR("\\;"), "\\\\x3b" }, { POST_STR("\xc3\xa4\xff\x80"), "\xc3\xa4\xff\x80" },
	};
	struct post_buf b = { 0 }, back = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		b.n = back.n = 0;
		post_put_folded(&b, rows[i].name);
		same(post_buf_str(&b), rows[i].written);
		post_put_unfolded(&back, post_buf_str(&b));
		same_str(post_buf_str(&back), rows[i].name);
	}
	post_buf_free(&b);
	post_buf_free(&back);
}

/* What other tools wrote comes through: only our own escapes are taken. */
static void
foreign_backslashes(void **state)
{
	static const char *const rows[][2] = {
		{ "C:\\x64\\bin", "C:\\x64\\bin" }, { "\\x41", "\\x41" }, { "\\x3b", ";" }, { "\\x3B", "\\x3B" }, { "\\x", "\\x" },
		{ "\\x5cx3b", "\\x3b" }, { "\\x5c", "\\" }, { "a\\x0", "a\\x0" },
	};
	struct post_buf b = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		b.n = 0;
		post_put_unfolded(&b, post_str_of(rows[i][0]));
		same(post_buf_str(&b), rows[i][1]);
	}
	post_buf_free(&b);
}

static void
random_names(void **state)
{
	struct rng r = rng_start("random_names");
	struct post_buf b = { 0 }, back = { 0 };
	char name[24];
	size_t i, round;

	(void)state;
	for (round = 0; round < 50000; round++) {
		struct post_str s = { name, below(&r, sizeof name + 1) };

		for (i = 0; i < s.n; i++)
			name[i] = below(&r, 3) == 0 ? (char)rng(&r) : "\\x3b5c; 0a\n"[below(&r, 11)];
		b.n = back.n = 0;
		post_put_folded(&b, s);
		for (i = 0; i < b.n; i++)
			assert_true((unsigned char)b.s[i] >= 0x20 && b.s[i] != ';' && b.s[i] != 0x7f);
		post_put_unfolded(&back, post_buf_str(&b));
		assert_true(post_str_eq(post_buf_str(&back), s));
	}
	post_buf_free(&b);
	post_buf_free(&back);
}

static void
splits(void **state)
{
	static const struct {
		const char	*line, *stack;
		uint64_t	 whole, frac;
	} rows[] = {
		{ "a;b 5", "a;b", 5, 0 }, { " 7", "", 7, 0 }, { "a b 5", "a b", 5, 0 }, { "a\t5", "a", 5, 0 }, { "a  5", "a ", 5, 0 },
		{ "a;b 5\r", "a;b", 5, 0 }, { "a;b 5 \t \r", "a;b", 5, 0 }, { "a 1 2", "a 1", 2, 0 }, { "a;;b; 3", "a;;b;", 3, 0 },
		{ "a 12.5", "a", 12, UINT64_C(500000000000000000) }, { "a 12.", "a", 12, 0 }, { "a 0", "a", 0, 0 },
		{ "a 18446744073709551615", "a", UINT64_MAX, 0 }, { "5 5", "5", 5, 0 },
	};
	static const char *const bad[] = {
		"", " ", "5", "a", "a;b", "a -5", "a 5x", "a .5", "a 1.2.3", "a 18446744073709551616", "a5", "a;5", "a 0.0000000000000000001", "a 1e5",
		"\r", "a +5",
	};
	struct post_str stack;
	struct post_count c;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		assert_int_equal(post_folded_split(post_str_of(rows[i].line), &stack, &c), 0);
		same(stack, rows[i].stack);
		assert_true(c.whole == rows[i].whole && c.frac == rows[i].frac);
	}
	for (i = 0; i < ROWS(bad); i++)
		if (post_folded_split(post_str_of(bad[i]), &stack, &c) == 0)
			fail_msg("\"%s\"", bad[i]);
	assert_int_equal(post_folded_split((struct post_str){ NULL, 0 }, &stack, &c), -1);
}

static void
takes_frames(void **state)
{
	struct post_str s = BYTES(";a;;b");

	(void)state;
	same(post_folded_next(&s), "");
	same(post_folded_next(&s), "a");
	same(post_folded_next(&s), "");
	same(post_folded_next(&s), "b");
	assert_int_equal(s.n, 0);
	same(post_folded_next(&s), "");
}

static struct post_names names;

static void
unfolds_to(struct post_unfolder *u, const char *stack, const char *want)
{
	struct post_buf b = { 0 };
	size_t i;

	post_unfold(u, post_str_of(stack));
	post_puts(&b, "");
	for (i = 0; i < u->n; i++) {
		post_put(&b, post_name(&names, u->frame[i]));
		post_putc(&b, '|');
	}
	assert_string_equal(b.s, want);
	post_buf_free(&b);
}

/* Each row behind each other: what is shared is shared at frame borders only. */
static void
unfolds(void **state)
{
	static const char *const rows[][2] = {
		{ "a;b;c", "a|b|c|" }, { "a;b", "a|b|" }, { "a;b;c;d", "a|b|c|d|" }, { "a;bc", "a|bc|" }, { "ab;c", "ab|c|" }, { "", "" },
		{ "a", "a|" }, { "a;", "a|" }, { "a;;", "a|" }, { ";", "" }, { ";;;", "" }, { ";a", "|a|" }, { "a;;b", "a||b|" }, { ";a;b", "|a|b|" },
		{ "a;;b;", "a||b|" }, { "a\\x3bb;c", "a;b|c|" }, { "a\\x3bb;d", "a;b|d|" }, { "a\\x3b", "a;|" },
		{ "aaaaaaaa;bbbbbbbb;cccccccc", "aaaaaaaa|bbbbbbbb|cccccccc|" }, { "aaaaaaaa;bbbbbbbc;cccccccc", "aaaaaaaa|bbbbbbbc|cccccccc|" },
		{ "aaaaaaaa;bbbbbbbb;ccccccccc", "aaaaaaaa|bbbbbbbb|ccccccccc|" }, { "aaaaaaaa;bbbbbbbb", "aaaaaaaa|bbbbbbbb|" },
	};
	struct post_unfolder u = { .names = &names };
	size_t i, j;

	(void)state;
	for (i = 0; i < ROWS(rows); i++)
		for (j = 0; j < ROWS(rows); j++) {
			unfolds_to(&u, rows[i][0], rows[i][1]);
			unfolds_to(&u, rows[j][0], rows[j][1]);
		}
	post_unfolder_free(&u);
	post_names_free(&names);
}

static void
unfolder_forgets(void **state)
{
	struct post_unfolder u = { .names = &names };
	char line[16] = "a;b;c";

	(void)state;
	unfolds_to(&u, line, "a|b|c|");
	post_unfolder_forget(&u);
	memcpy(line, "x;b;c", 6);
	unfolds_to(&u, line, "x|b|c|");
	post_unfolder_free(&u);
	post_names_free(&names);
}

static void
random_stacks(void **state)
{
	struct rng r = rng_start("random_stacks");
	struct post_unfolder u = { .names = &names };
	static char lines[2][40];	/* the line before stays where it was */
	size_t round, i;

	(void)state;
	for (round = 0; round < 50000; round++) {
		char *line = lines[round & 1];
		struct post_str s = { line, below(&r, 40) }, rest;

		memcpy(line, lines[~round & 1], 40);
		for (i = below(&r, 40); i < s.n; i++)
			line[i] = "ab;;\\x3"[below(&r, 7)];
		post_unfold(&u, s);
		while (s.n > 0 && s.p[s.n - 1] == ';')
			s.n--;
		for (i = 0, rest = s; rest.n > 0; i++) {
			struct post_buf plain = { 0 };
			struct post_str frame = post_folded_next(&rest);

			post_put_unfolded(&plain, frame);
			assert_true(i < u.n);
			assert_true(post_str_eq(post_name(&names, u.frame[i]), post_buf_str(&plain)));
			post_buf_free(&plain);
		}
		assert_int_equal(u.n, i);
	}
	post_unfolder_free(&u);
	post_names_free(&names);
}

static void
forms(void **state)
{
	static const struct {
		const char	*text;
		enum post_form	 form;
	} rows[] = {
		{ "", POST_FORM_RAW }, { "\n\n", POST_FORM_RAW }, { " 0x1 : f+0x1/0x2\n\t1\n", POST_FORM_RAW },
		{ "\t5\n", POST_FORM_RAW }, { "5\n", POST_FORM_RAW }, { "@a.lua:3\n@b;c.lua:4\n\t5\n", POST_FORM_RAW },
		{ "WARNING: x\nPass 1: y 5\n 0x1 : f+0x1/0x2\n", POST_FORM_RAW }, { "lj_str_new\n@a.lua:1\n\t5\n", POST_FORM_RAW },
		{ "f+0x12 [a]\n\t5\n", POST_FORM_RAW }, { "C:f\n\t5\n", POST_FORM_RAW }, { "@a.lua:1\t5\n@b.lua:1\n\t6\n", POST_FORM_RAW },
		{ "local x = 1\nreturn x:1\n\t5\n", POST_FORM_RAW },
		{ "a;b 5\n", POST_FORM_FOLDED }, { "a;b 5", POST_FORM_FOLDED }, { "a 5\n", POST_FORM_FOLDED }, { "a;b 5\r\n", POST_FORM_FOLDED },
		{ "a;b 5.5\n", POST_FORM_FOLDED }, { "a 5\nb 6\n", POST_FORM_FOLDED }, { " 7\na;b 5\n", POST_FORM_FOLDED },
		{ "# a comment\na;b 5\n", POST_FORM_FOLDED }, { "\n\na;b 5\n", POST_FORM_FOLDED }, { "a;b\t5\n", POST_FORM_FOLDED },
		{ "@a.lua:3;@b.lua:4 5\n", POST_FORM_FOLDED }, { "0x7f12;main 5\n", POST_FORM_FOLDED }, { "[unknown];main 5\n", POST_FORM_FOLDED },
		{ "@a.lua:3 5\n", POST_FORM_FOLDED }, { "start;f+0x12 5\n", POST_FORM_FOLDED }, { "WARNING: x\na;b 5\n", POST_FORM_FOLDED },
		{ "0x7f12 5\n", POST_FORM_FOLDED }, { "-;a 5\n", POST_FORM_FOLDED },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++)
		if (post_form_detect(post_str_of(rows[i].text)) != rows[i].form)
			fail_msg("\"%s\"", rows[i].text);
}

/* What "bt-collapse --unknown=addr --modules" writes is folded. */
static void
form_of_addresses_with_modules(void **state)
{
	(void)state;
	assert_int_equal(post_form_detect(BYTES("0x7f12 [libc.so];main [a] 5\n")), POST_FORM_FOLDED);
	assert_int_equal(post_form_detect(BYTES("0x7f12 [libc.so] 5\n")), POST_FORM_FOLDED);
	assert_int_equal(post_form_detect(BYTES("0x7f12 [libc.so]_[k];main 5\n")), POST_FORM_FOLDED);
}

/* A first line longer than a block: the form is not known before its end. */
static void
form_of_long_lines(void **state)
{
	static const struct post_stacks_conf conf = { .naming.unknown = POST_UNKNOWN_MODULE };
	struct post_buf b = { 0 };
	struct folding f = { 0 };
	char *path;
	int i;

	(void)state;
	for (i = 0; i < 20000; i++)
		post_putf(&b, "frame%d;", i % 7);
	post_puts(&b, "leaf 5\nmain;x 6\n");
	path = put_file("long.folded", post_buf_str(&b));
	fold_files(&path, 1, &conf, 0, 1, &f);
	assert_int_equal(f.total.whole, 11);
	path = put_file("short.folded", BYTES("main;x 6\nmain;y 7\n"));
	for (i = 1; i < 20; i++) {
		fold_files(&path, 1, &conf, (size_t)i, 1, &f);
		assert_string_equal(f.text.s, "main;x 6\nmain;y 7\n");
	}
	post_buf_free(&b);
	post_buf_free(&f.text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(escapes), cmocka_unit_test(foreign_backslashes), cmocka_unit_test(random_names),
		cmocka_unit_test(splits), cmocka_unit_test(takes_frames), cmocka_unit_test(unfolds), cmocka_unit_test(unfolder_forgets),
		cmocka_unit_test(random_stacks), cmocka_unit_test(forms), cmocka_unit_test(form_of_addresses_with_modules),
		cmocka_unit_test(form_of_long_lines),
	};

	return cmocka_run_group_tests_name("folded", tests, scratch_make, scratch_remove);
}
