/* SPDX-License-Identifier: BSD-2-Clause */
/* Which functions a Lua source defines; the forms are those of testdata/lua/names.lua. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "../base/buf.h"
#include "../lua/defname.h"
#include "../lua/funcs.h"

static struct post_lua_funcs funcs;
static struct post_arena names;

static void
read_text(struct post_str src)
{
	post_lua_funcs_free(&funcs);
	post_drop(&names);
	post_lua_funcs_read(&funcs, src, &names);
}

static void
read_file(const char *path)
{
	static char text[1 << 16];
	FILE *f = fopen(path, "rb");
	size_t n;

	assert_non_null(f);
	n = fread(text, 1, sizeof text, f);
	assert_int_equal(fclose(f), 0);
	read_text((struct post_str){ text, n });
}

/* The names of LINE as "a|b", "?" for one without; "NAME?" when it stands in NAME. */
static void
line_is(uint32_t line, const char *want)
{
	struct post_buf b = { 0 };
	const struct post_lua_func *f;
	size_t i, n;

	f = post_lua_funcs_at(&funcs, line, &n);
	post_put(&b, POST_STR(""));
	for (i = 0; i < n; i++) {
		post_puts(&b, i > 0 ? "|" : "");
		if (f[i].name.n == 0 && f[i].within != POST_LUA_MAIN)
			post_put(&b, funcs.f[f[i].within].name);
		post_put(&b, f[i].name.n > 0 ? f[i].name : POST_STR("?"));
	}
	assert_string_equal(b.s, want);
	post_buf_free(&b);
}

static void
is(const char *src, const char *want)
{
	read_text(post_str_of(src));
	line_is(1, want);
}

static void
statements(void **state)
{
	(void)state;
	read_file("testdata/lua/names.lua");
	line_is(3, "");
	line_is(4, "first");
	line_is(5, "M.a.b:c");
	line_is(6, "global");
	line_is(22, "M.maker");
	line_is(23, "M.maker?");
	line_is(24, "M.maker?");
	line_is(59, "");
	line_is(0, "");
	line_is(UINT32_MAX, "");
}

static void
assignments(void **state)
{
	(void)state;
	read_file("testdata/lua/names.lua");
	line_is(7, "M.x");
	line_is(8, "M.deep.er.still");
	line_is(9, "f");
	line_is(10, "M[\"x y\"]");
	line_is(11, "M['k'].z");
	line_is(19, "p|q");
	line_is(20, "M[\"two\"]");
	line_is(53, "c");
	line_is(54, "h|i|j");
	line_is(55, "l");
	line_is(56, "?|t[function() end]");
	line_is(57, "t[i + 1]");
}

static void
constructors(void **state)
{
	(void)state;
	read_file("testdata/lua/names.lua");
	line_is(13, "key");
	line_is(14, "[\"quoted\"]|[1]");
	line_is(15, "er");
	line_is(16, "?");
	line_is(17, "fallback");
	line_is(52, "__index");
	line_is(58, "run|run?|inner");
}

static void
no_names(void **state)
{
	(void)state;
	read_file("testdata/lua/names.lua");
	line_is(21, "?");
	line_is(51, "?");
	is("return function() end", "?");
	is("f(function() end, function() end)", "?|?");
	is("x = f(a, function() end)", "?");
	is("x = -function() end", "?");
	is("x = a == function() end", "?");
	is("for i = function() end, function() end do end", "?|?");
	is("for k in function() end do f = function() end end", "?|f");
	is("x = 1 return a, function() end", "?");
	is("a = 1, 2, function() end", "?");
	is("{ function() end, a = 1, function() end }", "?|?");
	is("if x == y, function() end then end", "?");
}

static void
layouts(void **state)
{
	(void)state;
	read_file("testdata/lua/names.lua");
	line_is(28, "");
	line_is(30, "after_long_string");
	line_is(33, "after_string");
	line_is(35, "");
	line_is(37, "broken");		/* "local function": the line of "(" */
	line_is(42, "M.also.broken");	/* "function": its own line */
	line_is(46, "");
	line_is(47, "M.late");		/* an expression: the line of "(" */
	read_file("testdata/lua/crlf.lua");
	line_is(2, "M.crlf");
	line_is(5, "M.tail");
	read_file("testdata/lua/cr.lua");
	line_is(2, "M.cr");
	read_file("testdata/lua/bytes.lua");
	line_is(2, "\xc3\xbcn\xc3\xaf.code");
	line_is(3, "\xe9t\xe9");
}

static void
blocks(void **state)
{
	(void)state;
	read_file("testdata/lua/names.lua");
	line_is(48, "x|x.y|x.z");
	line_is(49, "t[i]|?");
	line_is(50, "u|v");
	is("function a() if x then while y do for z in w do repeat until q end end end b(function() end) end c(function() end)", "a|a?|?");
	is("function a() end x(function() end)", "a|?");
	is("function a(f) goto done ::done:: g = function() end end", "a|g");
	is("function a() local function b() x(function() end) end x(function() end) end", "a|b|b?|a?");
	is("function a() x(function() y(function() end) end) end", "a|a?|a?");
}

static void
odd_names(void **state)
{
	(void)state;
	is("t['a\\\nb'] = function", "");
	is("t['a\\x\x01'] = function() end", "t['a\\x\\x01']");
	is("t[ [[x]] ] = function() end", "t[[[x]]]");
	is("t[--[[c]]1] = function() end", "t[1]");
	is("t[a.b \t.. 'c' ] . d = function() end", "t[a.b .. 'c'].d");
	is("f(x, y):g {z}.h = function() end", "f(x, y):g{z}.h");
	is("a, b.c , d [ 1 ] = function() end, function() end, function() end", "a|b.c|d[1]");
	is("local x <const>, y = function() end, function() end", "x|y");
	is("x = y and function() end or function() end", "x|x");
	is("function --[[ c ]] M --[[ d ]] . a() end", "M.a");
}

static void
long_names(void **state)
{
	struct post_buf b = { 0 };
	int i;

	(void)state;
	for (i = 0; i < 300; i++)
		post_puts(&b, "\xc3\xa9");
	post_puts(&b, " = function() end");
	read_text(post_buf_str(&b));
	assert_int_equal(funcs.n, 1);
	assert_int_equal(funcs.f[0].name.n, 255);
	assert_memory_equal(funcs.f[0].name.p + 250, "\xc3\xa9...", 5);
	b.n = 0;
	post_puts(&b, "function f --[[");
	for (i = 0; i < 9000; i++)
		post_putc(&b, 'x');
	post_puts(&b, "]] () end");
	read_text(post_buf_str(&b));
	assert_true(post_str_eq(funcs.f[0].name, POST_STR("f...")));
	post_buf_free(&b);
}

/* What Lua would refuse gives some list, and the rest of the file its names. */
static void
not_lua(void **state)
{
	(void)state;
	is("function", "");
	is("function function f() end", "f");
	is("function f", "");
	is("function (", "?");
	is("end end ) ] } until elseif function f() end", "f");
	is("f((([[[ {{{ function a() ( { [ end function b() end", "");
	is("f({ function a() ( { end function b() end", "a|b");
	is("= = , , function() end", "?");
	is("x = , function() end", "?");
	is("a, = function() end, function() end", "a|?");
	is("if a != b then c = function() end end", "c");
	is("else else function f() end", "f");
	read_text((struct post_str){ NULL, 0 });
	assert_int_equal(funcs.n, 0);
}

static void
repeated(struct post_buf *b, const char *what, size_t n)
{
	size_t i;

	b->n = 0;
	for (i = 0; i < n; i++)
		post_puts(b, what);
}

/* Depth is only memory, and little of it; time is linear. */
static void
hostile(void **state)
{
	static const char *const what[] = {
		"(", "{", "[ ", "function(", "function f(", "f(function()", "repeat ", "do ", "{f=", "t[function() t=", "a,",
		"a=", "x=function() end,", "[=", "]=", "--[=[", "'\\z\n", "if x then ", "::", "x y", "a,b=function()",
	};
	struct post_buf b = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof what / sizeof *what; i++) {
		repeated(&b, what[i], 200000);
		read_text(post_buf_str(&b));
	}
	repeated(&b, "x(function() ", 100000);
	repeated(&b, "{ f = ", 100000);
	for (i = 0; i < 100000; i++)
		post_puts(&b, "}");
	post_puts(&b, " function after() end");
	read_text(post_buf_str(&b));
	line_is(1, "after");
	post_buf_free(&b);
	read_text((struct post_str){ NULL, 0 });
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(statements),
		cmocka_unit_test(assignments),
		cmocka_unit_test(constructors),
		cmocka_unit_test(no_names),
		cmocka_unit_test(layouts),
		cmocka_unit_test(blocks),
		cmocka_unit_test(odd_names),
		cmocka_unit_test(long_names),
		cmocka_unit_test(not_lua),
		cmocka_unit_test(hostile),
	};

	return cmocka_run_group_tests_name("lua-funcs", tests, NULL, NULL);
}
