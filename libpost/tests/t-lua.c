/* SPDX-License-Identifier: BSD-2-Clause */
/* Lua frames renamed: the rows of fix-lua-bt's table, our own forms, and what is remembered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>
#include "../lua/builtins.h"
#include "../lua/frame.h"
#include "../lua/lua.h"

#define REGEX "testdata/lua/lualib/resty/core/my-regex.lua"

static struct post_lua *lua;

static void
with(const struct post_lua_conf *conf)
{
	struct post_err err;

	post_lua_free(lua);
	lua = post_lua_new(conf, &err);
	assert_non_null(lua);
}

static int
fresh(void **state)
{
	(void)state;
	with(&(struct post_lua_conf){ 0 });
	return 0;
}

static int
done(void **state)
{
	(void)state;
	post_lua_free(lua);
	lua = NULL;
	return 0;
}

static void
becomes_n(struct post_str frame, const char *want)
{
	struct post_buf b = { 0 };

	post_puts(&b, "before ");
	assert_true(post_lua_rename(lua, frame, &b));
	assert_string_equal(b.s + 7, want);
	assert_memory_equal(b.s, "before ", 7);
	post_buf_free(&b);
}

static void
becomes(const char *frame, const char *want)
{
	becomes_n(post_str_of(frame), want);
}

static void
stays(const char *frame)
{
	struct post_buf b = { 0 };

	post_puts(&b, "before");
	assert_false(post_lua_rename(lua, post_str_of(frame), &b));
	assert_string_equal(b.s, "before");
	post_buf_free(&b);
}

static void
module_is(const char *path, const char *want)
{
	struct post_buf b = { 0 };

	post_lua_put_module(&b, post_str_of(path));
	assert_string_equal(b.s, want);
	post_buf_free(&b);
}

static void
modules(void **state)
{
	(void)state;
	module_is("/opt/lualib/resty/core/my-regex.lua", "resty.core.my_regex");
	module_is("/usr/lib/lua/x.lua", "lua.x");
	module_is("lib/a.lua", "a");
	module_is("/opt/lib/app/lualib/resty/x.lua", "app.lualib.resty.x");
	module_is("/opt/lib/my.app/lualib/resty/x.lua", "resty.x");
	module_is("/opt/app/foo.lua", "foo.lua");
	module_is("foo.lua", "foo.lua");
	module_is("/opt/liblib.lua", "liblib.lua");
	module_is("/opt/library/x.lua", "x.lua");
	module_is("/opt/lib//x.lua", "x.lua");
	module_is("/opt/lib/.lua", "/opt/lib/.lua");
	module_is("/opt/app/noext", "/opt/app/noext");
	module_is(".lua", ".lua");
	module_is("lua", "lua");
	module_is("x", "x");
}

/* Where fix-lua-bt cuts a name too short or takes a wrong part of the path. */
static void
modules_that_differ(void **state)
{
	(void)state;
	module_is("/opt/app/a+b.c.lua", "a+b.c.lua");
	module_is("/opt/app/m\xc3\xb3" "d-ule.lua", "m\xc3\xb3" "d-ule.lua");
	module_is("/opt/app/with space.lua", "with space.lua");
	module_is("/opt/app/foo.luac", "/opt/app/foo.luac");
	module_is("/opt/lib/x.lua.d/bar.lua", "bar.lua");
	module_is("/opt/lib/foo.lua/noext", "/opt/lib/foo.lua/noext");
	module_is("/opt/lib/lua/5.1/z.lua", "z.lua");	/* as fix-lua-bt */
	module_is("/opt/lualib/a+b/c.lua", "c.lua");	/* as fix-lua-bt */
}

static void
files(void **state)
{
	(void)state;
	becomes("@" REGEX ":2", "resty.core.my_regex:_M.match");
	becomes("@" REGEX ":5", "resty.core.my_regex:helper");
	becomes("@" REGEX ":10", "resty.core.my_regex:[\"k\"]");
	becomes("@" REGEX ":8", "resty.core.my_regex:_M.each");
	becomes("@" REGEX ":9", "resty.core.my_regex:<anon in _M.each>:9");
	becomes("@" REGEX ":11", "resty.core.my_regex:<anon in _M.each>:11");
	becomes("@" REGEX ":13", "resty.core.my_regex:<anon>:13");
	becomes("@" REGEX ":02", "resty.core.my_regex:_M.match");
	becomes("@" REGEX ":0", "resty.core.my_regex:0");
	becomes("@/nowhere/foo.lua:0", "foo.lua:0");
	becomes("@/nowhere/noext:0", "/nowhere/noext:0");
	becomes("@testdata/lua/crlf.lua:5", "crlf.lua:M.tail");
}

static void
prefixes(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 3; i++) {
		becomes("T:@" REGEX ":2", "T:resty.core.my_regex:_M.match");
		becomes("@" REGEX ":2", "resty.core.my_regex:_M.match");
	}
	becomes("word_1:@" REGEX ":2", "word_1:resty.core.my_regex:_M.match");
	becomes("T:@/nowhere/foo.lua:0", "T:foo.lua:0");
}

static void
others(void **state)
{
	static const char *const same[] = {
		"", " ", "@", "@:", "@:3", "@x", "@x:", "@x.lua:1x", " @" REGEX ":2", "foo@" REGEX ":2", "a-b:@" REGEX ":2",
		":@" REGEX ":2", "@" REGEX, "@" REGEX ":2 ", "@" REGEX ":2\t5", "=x:1", "=content_by_lua(nginx.conf:90):3",
		"C:f", "C:0x7f65", "[tail]", "builtin#85", "content_by_lua:2", "/waf/x.lua:38", ":3", "T:", "T:=x:1",
		"@/opt/openre", "malloc+0x12 [libc.so.6]", "@a\tb.lua:1", "@a\nb.lua:1", "=a\nb:1", "T:@a\nb:1", "a\nb", "a\nb:", "a\n:b",
	};
	size_t i, at = 0;
	struct post_lua_problem p;

	(void)state;
	for (i = 0; i < sizeof same / sizeof *same; i++)
		stays(same[i]);
	assert_false(post_lua_problem(lua, &at, &p));
}

static void
texts(void **state)
{
	(void)state;
	becomes("local t = ...\nreturn t\n:1", "[string \"local t = ......\"]:1");
	becomes("local t\nreturn t:0", "[string \"local t...\"]:0");
	becomes("T:local t\n    :12", "T:[string \"local t...\"]:12");
	becomes("foo:bar()\n:1", "[string \"foo:bar()...\"]:1");
	becomes("\nlocal t\n:1", "[string \"...\"]:1");
	becomes("\tlocal t\n:1", "[string \"...\"]:1");
	becomes("local t\r\n:1", "[string \"local t...\"]:1");
	becomes("12345678901234567890123456789012345678901234567890\n:1",
	    "[string \"123456789012345678901234567890123456789012345...\"]:1");
	becomes("12345678901234567890123456789012345678901234\xc3\xa9 \n:1",
	    "[string \"12345678901234567890123456789012345678901234...\"]:1");
	becomes_n(POST_STR("a\0b\n:1"), "[string \"a...\"]:1");
}

static void
options(void **state)
{
	(void)state;
	with(&(struct post_lua_conf){ .main_name = true });
	becomes("@x.lua:0", "x.lua:<main>");
	with(&(struct post_lua_conf){ .main_name = true, .keep_lines = true });
	becomes("@x.lua:0", "x.lua:<main>:0");
	becomes("T:@" REGEX ":2", "T:resty.core.my_regex:_M.match:2");
	with(&(struct post_lua_conf){ .keep_lines = true });
	becomes("@x.lua:0", "x.lua:0");
	becomes("@" REGEX ":9", "resty.core.my_regex:<anon in _M.each>:9");
	with(&(struct post_lua_conf){ .all_names = true });
	becomes("@testdata/lua/names.lua:19", "names.lua:p|q");
	becomes("@testdata/lua/names.lua:58", "names.lua:run|<anon in run>|inner:58");
	becomes("@" REGEX ":2", "resty.core.my_regex:_M.match");
	with(&(struct post_lua_conf){ .all_names = true, .keep_lines = true });
	becomes("@testdata/lua/names.lua:19", "names.lua:p|q:19");
	with(&(struct post_lua_conf){ 0 });
	becomes("@testdata/lua/names.lua:19", "names.lua:p");
}

static void
places(void **state)
{
	const char *const dir[] = { "testdata/lua/moved" }, *const map[] = { "/srv/app=testdata/lua" };

	(void)state;
	with(&(struct post_lua_conf){ .lua_path = dir, .n_lua_path = 1, .map = map, .n_map = 1 });
	becomes("@/opt/x/lualib/resty/core/moved.lua:5", "resty.core.moved:helper");
	becomes("@/srv/app/crlf.lua:2", "crlf.lua:M.crlf");
	with(&(struct post_lua_conf){ .root = "testdata/lua/lualib" });
	becomes("@/resty/core/my-regex.lua:2", "my-regex.lua:_M.match");
	stays("@/../crlf.lua:2");
	stays("@" REGEX ":2");
}

static void
problem_is(size_t *at, const char *path, enum post_lua_trouble trouble, uint32_t line, uint64_t frames)
{
	struct post_lua_problem p;

	assert_true(post_lua_problem(lua, at, &p));
	assert_true(post_str_eq(p.path, post_str_of(path)));
	assert_int_equal(p.trouble, trouble);
	assert_int_equal(p.line, line);
	assert_int_equal(p.frames, frames);
	assert_true(strlen(post_lua_trouble_text(p.trouble)) > 0);
}

static void
problems(void **state)
{
	struct post_lua_problem p;
	size_t at = 0;
	int i;

	(void)state;
	with(&(struct post_lua_conf){ .builtins = "testdata/lua/vmdef.lua" });
	for (i = 0; i < 3; i++) {
		stays("@/nowhere/foo.lua:3");
		stays("T:@/nowhere/foo.lua:4");
		becomes("@" REGEX ":2", "resty.core.my_regex:_M.match");
		becomes("@testdata/lua/crlf.lua:3", "crlf.lua:3");
		becomes("@testdata/lua/names.lua:2", "names.lua:2");
		stays("@testdata/lua/crlf.lua:99999999999999999999");
		stays("@testdata/lua:1");
		stays("builtin#4");
	}
	becomes("@testdata/lua/crlf.lua:2", "crlf.lua:M.crlf");
	problem_is(&at, "/nowhere/foo.lua", POST_LUA_MISSING, 0, 6);
	problem_is(&at, "testdata/lua/crlf.lua", POST_LUA_STALE, UINT32_MAX, 3);
	problem_is(&at, "testdata/lua/names.lua", POST_LUA_NO_FUNCTION, 2, 3);
	problem_is(&at, "testdata/lua", POST_LUA_NOT_REGULAR, 0, 3);
	problem_is(&at, "testdata/lua/vmdef.lua", POST_LUA_NO_BUILTIN, 4, 3);
	assert_false(post_lua_problem(lua, &at, &p));
	assert_false(post_lua_problem(lua, &at, &p));
}

static void
bytecode(void **state)
{
	char path[] = "/tmp/t-lua.XXXXXX", frame[64];
	size_t at = 0;
	int fd = mkstemp(path);

	(void)state;
	assert_int_equal(write(fd, "\x1bLJ\x02", 4), 4);
	close(fd);
	snprintf(frame, sizeof frame, "@%s:1", path);
	stays(frame);
	problem_is(&at, path, POST_LUA_BYTECODE, 0, 1);
	unlink(path);
}

static void
builtins(void **state)
{
	(void)state;
	with(&(struct post_lua_conf){ .builtins = "testdata/lua/vmdef.lua" });
	becomes("builtin#0", "builtin:Lua");
	becomes("builtin#1", "builtin:C");
	becomes("builtin#3", "builtin:string.byte");
	becomes("T:builtin#3", "T:builtin:string.byte");
	stays("builtin#4");
	becomes("builtin#5", "builtin:math.floor");
}

static void
builtins_are(const char *src, const char *want)
{
	struct post_lua_builtins b = { 0 };
	struct post_buf out = { 0 };
	struct post_err err;
	uint32_t i;
	int status = post_lua_builtins_read(&b, post_str_of(src), &err);

	post_put(&out, POST_STR(""));
	for (i = 0; status == 0 && i < b.n; i++) {
		post_put(&out, post_lua_builtin(&b, i));
		post_putc(&out, ',');
	}
	assert_string_equal(out.s, want);
	assert_int_equal(status, *want == '\0' ? -1 : 0);
	assert_int_equal(post_lua_builtin(&b, 1000000).n, 0);
	post_buf_free(&out);
	post_lua_builtins_free(&b);
}

static void
builtin_tables(void **state)
{
	(void)state;
	builtins_are("ffnames = { [0]='a', 'b', \"c\" }", "a,b,c,");
	builtins_are("return { ffnames = ffnames, ffnames = { 'b' }, x = { 'y' } }", ",b,");
	builtins_are("ffnames={[2]='c';'b',[0]='a'", "a,b,c,");
	builtins_are("ffnames={'a', {'x', 'y'}, f('z', 1), 'd' .. 'e', [[f]], 'g',}", ",a,,,,,g,");
	builtins_are("-- ffnames = { 'a' }", "");
	builtins_are("ffnames = {}", "");
	builtins_are("ffnames = { 'a\\n', '', 'open\n }", "");
	builtins_are("ffnames = { [99999] = 'a', [-1] = 'b', [1e3] = 'c', [4294967296] = 'd', 'e' }", ",e,");
	builtins_are("", "");
}

static void
refusals(void **state)
{
	struct post_err err;

	(void)state;
	assert_null(post_lua_new(&(struct post_lua_conf){ .builtins = "testdata/none" }, &err));
	assert_int_equal(err.code, POST_EIO);
	assert_null(post_lua_new(&(struct post_lua_conf){ .builtins = "testdata" }, &err));
	assert_int_equal(err.code, POST_EIO);
	assert_null(post_lua_new(&(struct post_lua_conf){ .builtins = REGEX }, &err));
	assert_int_equal(err.code, POST_EFORMAT);
	assert_null(post_lua_new(&(struct post_lua_conf){ .root = "testdata/none" }, &err));
	assert_int_equal(err.code, POST_EUSAGE);
	post_lua_free(NULL);
}

/* More distinct frames than are remembered: the answers stay the same. */
static void
many_frames(void **state)
{
	static char frame[70000];
	size_t n = 65000;
	int i;

	(void)state;
	memset(frame, 'x', n);
	for (i = 0; i < 1200; i++) {
		snprintf(frame, sizeof frame, "@/%d", i);
		frame[strlen(frame)] = 'x';
		memcpy(frame + n, ".lua:0", 7);
		becomes(frame, strrchr(frame, '/') + 1);
		becomes("@" REGEX ":2", "resty.core.my_regex:_M.match");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(modules),
		cmocka_unit_test(modules_that_differ),
		cmocka_unit_test_setup_teardown(files, fresh, done),
		cmocka_unit_test_setup_teardown(prefixes, fresh, done),
		cmocka_unit_test_setup_teardown(others, fresh, done),
		cmocka_unit_test_setup_teardown(texts, fresh, done),
		cmocka_unit_test_setup_teardown(options, fresh, done),
		cmocka_unit_test_setup_teardown(places, fresh, done),
		cmocka_unit_test_setup_teardown(problems, fresh, done),
		cmocka_unit_test_setup_teardown(bytecode, fresh, done),
		cmocka_unit_test_setup_teardown(builtins, fresh, done),
		cmocka_unit_test(builtin_tables),
		cmocka_unit_test(refusals),
		cmocka_unit_test_setup_teardown(many_frames, fresh, done),
	};

	return cmocka_run_group_tests_name("lua", tests, NULL, NULL);
}
