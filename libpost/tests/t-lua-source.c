/* SPDX-License-Identifier: BSD-2-Clause */
/* Where sources are looked for: tails, maps, roots, links, and files that are none. */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include "../io/beneath.h"
#include "../lua/source.h"

static char base[] = "/tmp/t-lua-source.XXXXXX";
static char paths[8][512];

/* BASE/NAME, in one of a few buffers. */
static const char *
in(const char *name)
{
	static int turn;
	char *p = paths[turn++ % 8];

	snprintf(p, sizeof paths[0], "%s/%s", base, name);
	return p;
}

static void
make_file(const char *name, const char *text)
{
	int fd = open(in(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_true(fd != -1);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

/* outside.lua and root/{a.lua,lib/b.lua,lib/c.lua,other/b.lua}, and links of each kind. */
static int
make_tree(void **state)
{
	static const char *const dirs[] = { "root", "root/lib", "root/lib/deep", "root/other", "away" };
	size_t i;

	(void)state;
	assert_non_null(mkdtemp(base));
	for (i = 0; i < sizeof dirs / sizeof *dirs; i++)
		assert_int_equal(mkdir(in(dirs[i]), 0700), 0);
	make_file("outside.lua", "outside");
	make_file("away/secret.lua", "secret");
	make_file("root/a.lua", "a");
	make_file("root/lib/b.lua", "lib/b");
	make_file("root/lib/c.lua", "c");
	make_file("root/lib/deep/d.lua", "d");
	make_file("root/other/b.lua", "other/b");
	make_file("root/empty.lua", "");
	assert_int_equal(symlink("lib/b.lua", in("root/inside-link.lua")), 0);
	assert_int_equal(symlink("../outside.lua", in("root/link.lua")), 0);
	assert_int_equal(symlink(in("outside.lua"), in("root/absolute.lua")), 0);
	assert_int_equal(symlink("../away", in("root/away")), 0);
	assert_int_equal(symlink("../other", in("root/lib/inside-dir")), 0);
	assert_int_equal(symlink("loop.lua", in("root/loop.lua")), 0);
	assert_int_equal(mkfifo(in("root/fifo.lua"), 0600), 0);
	return 0;
}

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *f)
{
	(void)st;
	(void)kind;
	(void)f;
	return remove(path);
}

static int
remove_tree(void **state)
{
	(void)state;
	return nftw(base, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* PATH reads as WANT; or, when WANT is NULL, fails with TROUBLE. */
static void
reads(const struct post_lua_conf *conf, const char *path, const char *want, enum post_lua_trouble trouble)
{
	struct post_lua_sources s;
	struct post_err err;
	struct post_str text;
	int error;

	assert_int_equal(post_lua_sources_open(&s, conf, &err), 0);
	assert_int_equal(post_lua_sources_read(&s, post_str_of(path), &text, &error), want != NULL ? POST_LUA_FINE : trouble);
	if (want != NULL)
		assert_true(post_str_eq(text, post_str_of(want)));
	assert_int_equal(error != 0, want == NULL && trouble == POST_LUA_UNREADABLE);
	post_lua_sources_close(&s);
}

static void
refused(const struct post_lua_conf *conf, const char *word)
{
	struct post_lua_sources s;
	struct post_err err;

	assert_int_equal(post_lua_sources_open(&s, conf, &err), -1);
	assert_int_equal(err.code, POST_EUSAGE);
	assert_non_null(strstr(err.msg, word));
}

static void
as_it_is(void **state)
{
	struct post_lua_conf c = { 0 };

	(void)state;
	reads(&c, in("root/a.lua"), "a", 0);
	reads(&c, in("root/empty.lua"), "", 0);
	reads(&c, in("root/link.lua"), "outside", 0);
	reads(&c, in("root/lib/../a.lua"), "a", 0);
	reads(&c, in("root/none.lua"), NULL, POST_LUA_MISSING);
	reads(&c, in("root/a.lua/b.lua"), NULL, POST_LUA_MISSING);
	reads(&c, in("root/lib"), NULL, POST_LUA_NOT_REGULAR);
	reads(&c, in("root/fifo.lua"), NULL, POST_LUA_NOT_REGULAR);
	reads(&c, "/dev/null", NULL, POST_LUA_NOT_REGULAR);
	reads(&c, in("root/loop.lua"), NULL, POST_LUA_UNREADABLE);
	reads(&c, "testdata/lua/cr.lua", "local M = {}\rfunction M.cr()\rend\rreturn M\r", 0);
}

static void
too_large(void **state)
{
	struct post_lua_conf c = { 0 };

	(void)state;
	make_file("large.lua", "x");
	assert_int_equal(truncate(in("large.lua"), POST_LUA_FILE_MAX + 1), 0);
	reads(&c, in("large.lua"), NULL, POST_LUA_TOO_LARGE);
	assert_int_equal(unlink(in("large.lua")), 0);
}

static void
unreadable(void **state)
{
	struct post_lua_conf c = { 0 };

	(void)state;
	assert_int_equal(chmod(in("root/a.lua"), 0), 0);
	if (geteuid() != 0)
		reads(&c, in("root/a.lua"), NULL, POST_LUA_UNREADABLE);
	assert_int_equal(chmod(in("root/a.lua"), 0600), 0);
}

static void
tails(void **state)
{
	const char *dirs[] = { in("root/other"), in("root/lib"), in("root") };
	struct post_lua_conf c = { .lua_path = dirs, .n_lua_path = 3 };

	(void)state;
	reads(&c, "/gone/x/b.lua", "other/b", 0);
	reads(&c, "/gone/lib/b.lua", "lib/b", 0);	/* the longer tail before the earlier directory */
	reads(&c, "/gone//lib//./b.lua", "lib/b", 0);
	reads(&c, "gone/deep/d.lua", "d", 0);
	reads(&c, "c.lua", "c", 0);
	reads(&c, "/gone/../b.lua", "other/b", 0);
	reads(&c, "/gone/../../outside.lua", NULL, POST_LUA_MISSING);
	reads(&c, "/gone/..", NULL, POST_LUA_MISSING);
	reads(&c, "/gone/fifo.lua", NULL, POST_LUA_NOT_REGULAR);
	reads(&c, "/gone/none.lua", NULL, POST_LUA_MISSING);
	reads(&c, in("outside.lua"), "outside", 0);
	dirs[1] = in("none");
	refused(&c, "--lua-path");
	dirs[1] = in("root/a.lua");
	refused(&c, "directory");
}

static void
maps(void **state)
{
	char longer[600], shorter[600], strip[600];
	const char *map[] = { shorter, longer, strip };
	struct post_lua_conf c = { .map = map, .n_map = 3 };

	(void)state;
	snprintf(shorter, sizeof shorter, "/srv=%s/", in("root/other"));
	snprintf(longer, sizeof longer, "/srv/app/=%s", in("root/lib"));
	snprintf(strip, sizeof strip, "/strip=");
	reads(&c, "/srv/b.lua", "other/b", 0);
	reads(&c, "/srv/app/b.lua", "lib/b", 0);
	reads(&c, "/srv/app/deep/d.lua", "d", 0);
	reads(&c, "/srv/application/b.lua", NULL, POST_LUA_MISSING);
	reads(&c, "/srvx/b.lua", NULL, POST_LUA_MISSING);
	reads(&c, "/strip/testdata/lua/cr.lua", "local M = {}\rfunction M.cr()\rend\rreturn M\r", 0);
	map[0] = "no-equals";
	refused(&c, "OLD=NEW");
	map[0] = "=/x";
	refused(&c, "OLD=NEW");
}

static void
roots(void **state)
{
	struct post_lua_conf c = { .root = in("root") };

	(void)state;
	reads(&c, "/a.lua", "a", 0);
	reads(&c, "a.lua", "a", 0);
	reads(&c, "//lib//b.lua", "lib/b", 0);
	reads(&c, "/lib/../a.lua", "a", 0);
	reads(&c, "/inside-link.lua", "lib/b", 0);
	reads(&c, "/lib/inside-dir/b.lua", "other/b", 0);
	reads(&c, "/../outside.lua", NULL, POST_LUA_OUTSIDE);
	reads(&c, "/lib/../../outside.lua", NULL, POST_LUA_OUTSIDE);
	reads(&c, "/link.lua", NULL, POST_LUA_OUTSIDE);
	reads(&c, "/absolute.lua", NULL, POST_LUA_OUTSIDE);
	reads(&c, "/away/secret.lua", NULL, POST_LUA_OUTSIDE);
	reads(&c, in("root/a.lua"), NULL, POST_LUA_MISSING);
	reads(&c, "/fifo.lua", NULL, POST_LUA_NOT_REGULAR);
	reads(&c, "/", NULL, POST_LUA_MISSING);
	c.root = in("none");
	refused(&c, "--root");
	c.root = in("outside.lua");
	refused(&c, "--root");
}

static void
roots_and_places(void **state)
{
	char inside[600], outside[600];
	const char *dirs[] = { in("root/lib"), in("root") };
	const char *const away[] = { in("root/away") };
	const char *map[] = { inside, "/empty=" };
	struct post_lua_conf c = { .root = in("root"), .lua_path = dirs, .n_lua_path = 2, .map = map, .n_map = 2 };

	(void)state;
	snprintf(inside, sizeof inside, "/srv=%s", in("root/other"));
	snprintf(outside, sizeof outside, "/srv=%s", in("away"));
	reads(&c, "/gone/deep/d.lua", "d", 0);
	reads(&c, "/gone/a.lua", "a", 0);
	reads(&c, "/srv/b.lua", "other/b", 0);
	reads(&c, "/srv/../../../outside.lua", NULL, POST_LUA_OUTSIDE);
	reads(&c, "/empty/lib/b.lua", "lib/b", 0);
	reads(&c, "/gone/link.lua", NULL, POST_LUA_OUTSIDE);
	map[0] = outside;
	refused(&c, "outside");
	map[0] = "/srv=/nowhere/at/all";
	refused(&c, "--map");
	c.n_map = 0;
	c.lua_path = away;
	c.n_lua_path = 1;
	refused(&c, "outside");
}

/* Returns 0, or the errno of the failure. */
static int
walk(const char *path)
{
	int root = open(in("root"), O_PATH | O_DIRECTORY | O_CLOEXEC), fd, error;

	fd = post_open_beneath_walk(root, path);
	error = fd == -1 ? errno : 0;
	close(root);
	if (fd != -1)
		close(fd);
	return error;
}

static void
without_openat2(void **state)
{
	static char long_name[1000];

	(void)state;
	assert_int_equal(walk("a.lua"), 0);
	assert_int_equal(walk("/lib/deep/d.lua"), 0);
	assert_int_equal(walk("lib//./deep//d.lua"), 0);
	assert_int_equal(walk("."), 0);
	assert_int_equal(walk("lib/../a.lua"), 0);
	assert_int_equal(walk("lib/deep/../../a.lua"), 0);
	assert_int_equal(walk("lib/.."), ENOENT);
	assert_int_equal(walk("lib/../../outside.lua"), EXDEV);
	assert_int_equal(walk("../outside.lua"), EXDEV);
	assert_int_equal(walk("link.lua"), EXDEV);
	assert_int_equal(walk("absolute.lua"), EXDEV);
	assert_int_equal(walk("away/secret.lua"), EXDEV);
	assert_int_equal(walk("loop.lua"), ELOOP);
	assert_int_equal(walk("inside-link.lua"), 0);
	assert_int_equal(walk("lib/inside-dir/b.lua"), 0);
	assert_int_equal(walk("none/a.lua"), ENOENT);
	assert_int_equal(walk("a.lua/b"), ENOTDIR);
	assert_int_equal(walk(""), ENOENT);
	assert_int_equal(walk("fifo.lua"), ENXIO);
	memset(long_name, 'x', sizeof long_name - 1);
	assert_int_equal(walk(long_name), ENAMETOOLONG);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_it_is),
		cmocka_unit_test(too_large),
		cmocka_unit_test(unreadable),
		cmocka_unit_test(tails),
		cmocka_unit_test(maps),
		cmocka_unit_test(roots),
		cmocka_unit_test(roots_and_places),
		cmocka_unit_test(without_openat2),
	};

	return cmocka_run_group_tests_name("lua-source", tests, make_tree, remove_tree);
}
