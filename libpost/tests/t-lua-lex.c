/* SPDX-License-Identifier: BSD-2-Clause */
/* The Lua lexer: tokens, lines, and bytes that are no Lua. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include "../base/buf.h"
#include "../lua/lex.h"

/* The tokens of SRC as "LINE:TEXT LINE:TEXT". */
static void
lexes_n(struct post_str src, const char *want)
{
	struct post_lex lx;
	struct post_token t;
	struct post_buf b = { 0 };

	post_put(&b, POST_STR(""));
	post_lex_file(&lx, src);
	while (post_lex_next(&lx, &t) != LEX_END) {
		post_puts(&b, b.n > 0 ? " " : "");
		post_putu(&b, t.line);
		post_putc(&b, ':');
		post_put(&b, t.text);
	}
	assert_string_equal(b.s, want);
	post_buf_free(&b);
}

static void
lexes(const char *src, const char *want)
{
	lexes_n(post_str_of(src), want);
}

static void
kind_is(const char *src, int kind)
{
	struct post_lex lx;
	struct post_token t;

	post_lex_file(&lx, post_str_of(src));
	assert_int_equal(post_lex_next(&lx, &t), kind);
	assert_int_equal(t.text.n, strlen(src));
}

static void
kinds(void **state)
{
	static const char *const words[] = {
		"and", "break", "do", "else", "elseif", "end", "false", "for", "function", "if", "in",
		"local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof words / sizeof *words; i++)
		kind_is(words[i], LEX_AND + (int)i);
	kind_is("goto", LEX_NAME);
	kind_is("functions", LEX_NAME);
	kind_is("en", LEX_NAME);
	kind_is("_x9", LEX_NAME);
	kind_is("\xc3\xbcn\xe9", LEX_NAME);
	kind_is("==", LEX_OP);
	kind_is("//", LEX_OP);
	kind_is("::", LEX_LABEL);
	kind_is("...", LEX_DOTS);
	kind_is("..", LEX_OP);
	kind_is("=", '=');
	kind_is("", LEX_END);
}

static void
numbers(void **state)
{
	(void)state;
	kind_is("0x1p-3", LEX_NUMBER);
	kind_is("1e+5", LEX_NUMBER);
	kind_is("42ULL", LEX_NUMBER);
	kind_is(".5", LEX_NUMBER);
	kind_is("1..2", LEX_NUMBER);
	lexes("0xe+1", "1:0xe 1:+ 1:1");
	lexes("1-2 a.b", "1:1 1:- 1:2 1:a 1:. 1:b");
}

static void
strings(void **state)
{
	(void)state;
	lexes("'a\\'b' \"\\\\\" x", "1:'a\\'b' 1:\"\\\\\" 1:x");
	lexes("'a\\\nb' x", "1:'a\\\nb' 2:x");
	lexes("'a\\\r\nb' x", "1:'a\\\r\nb' 2:x");
	lexes("'a\\z \n\t\r\n b' x", "1:'a\\z \n\t\r\n b' 3:x");
	lexes("'open\nx", "1:'open 2:x");
	lexes("'open", "1:'open");
	lexes("'open\\", "1:'open\\");
	lexes("[[a\n]] x", "1:[[a\n]] 2:x");
	lexes("[=[ ]] ]==] ]=] x", "1:[=[ ]] ]==] ]=] 1:x");
	lexes("[==[ ]=]==] x", "1:[==[ ]=]==] 1:x");
	lexes("[[ ]", "1:[[ ]");
	lexes("[[", "1:[[");
	lexes("[= x", "1:[ 1:= 1:x");
	lexes("a[b[1]]", "1:a 1:[ 1:b 1:[ 1:1 1:] 1:]");
}

static void
comments(void **state)
{
	(void)state;
	lexes("a -- b\nc", "1:a 2:c");
	lexes("--[[ a\nb ]] c", "2:c");
	lexes("--[==[ a ]] \n ]==] c", "2:c");
	lexes("--[= a\nc", "2:c");
	lexes("--[[ never closed\n\n", "");
	lexes("--", "");
	lexes("a--[[b]]--c\nd", "1:a 2:d");
}

static void
lines(void **state)
{
	(void)state;
	lexes("a\nb\r\nc\rd\n\re", "1:a 2:b 3:c 4:d 5:e");
	lexes("a\n\nb\r\rc\r\n\r\nd", "1:a 3:b 5:c 7:d");
	lexes("\n\r\n\rx", "3:x");
}

static void
first_line(void **state)
{
	(void)state;
	lexes("#!/usr/bin/lua x\ny", "2:y");
	lexes("\xef\xbb\xbfx", "1:x");
	lexes("\xef\xbb\xbf#!x\ny", "2:y");
	lexes("# no end", "");
	lexes(" # x", "1:# 1:x");
}

static void
not_lua(void **state)
{
	(void)state;
	lexes_n(POST_STR("a\0b ` c\x01"), "1:a 1:");	/* the NUL ends the comparison, not the lexer */
	lexes_n(POST_STR("'\0' \0\0x"), "1:'");
	lexes("a != b += c", "1:a 1:!= 1:b 1:+ 1:= 1:c");
	lexes("a // b >> c << d & e | f ~ g", "1:a 1:// 1:b 1:>> 1:c 1:<< 1:d 1:& 1:e 1:| 1:f 1:~ 1:g");
	lexes("@?$\\`", "1:@ 1:? 1:$ 1:\\ 1:`");
}

/* Whole at any cut: the end comes, and the tokens stay in the input. */
static void
cut_anywhere(void **state)
{
	static const char src[] = "local a = [==[x]==] .. 'b\\z\n c' --[[ d ]] ... 0x1p+1 :: //";
	struct post_lex lx;
	struct post_token t;
	size_t n;

	(void)state;
	for (n = 0; n < sizeof src; n++) {
		char *exact = malloc(n + 1);	/* so that a read past it is seen */

		memcpy(exact + 1, src, n);
		post_lex_file(&lx, (struct post_str){ exact + 1, n });
		while (post_lex_next(&lx, &t) != LEX_END)
			assert_true(t.text.n > 0 && t.text.p + t.text.n <= exact + 1 + n);
		assert_int_equal(post_lex_next(&lx, &t), LEX_END);
		free(exact);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds),
		cmocka_unit_test(numbers),
		cmocka_unit_test(strings),
		cmocka_unit_test(comments),
		cmocka_unit_test(lines),
		cmocka_unit_test(first_line),
		cmocka_unit_test(not_lua),
		cmocka_unit_test(cut_anywhere),
	};

	return cmocka_run_group_tests_name("lua-lex", tests, NULL, NULL);
}
