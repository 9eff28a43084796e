/* SPDX-License-Identifier: BSD-2-Clause */
/* The files of a trace's modules, and of their debug information, below copies of a machine's root. */
#include <sys/inotify.h>
#include "support.h"
#include "../io/beneath.h"
#include "../elf/find.h"

/* Make the file NAME, with the directories above it; its text is its name. */
static void
make(const char *name)
{
	char *path = scratch(name), *slash;

	for (slash = path + strlen(scratch_dir) + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
		*slash = '\0';
		assert_true(mkdir(path, 0755) == 0 || errno == EEXIST);
		*slash = '/';
	}
	put_file(name, post_str_of(name));
}

static void
make_link(const char *target, const char *name)
{
	assert_int_equal(symlink(target, scratch(name)), 0);
}

static int
make_world(void **state)
{
	static const char *const files[] = {
		"root/opt/app/bin/server", "root/usr/lib/libfoo.so.1", "root/usr/lib64/libbar.so", "root/lib32/libold.so", "root/opt/x (deleted)",
		"root/srv/a/very/long/directory/libtail.so", "root/srv/b/libtwice.so", "root/srv/c/libtwice.so", "second/srv/b/libtwice.so",
		"second/opt/only", "second/srv/a/very/long/directory/libtail.so",
		"root/lib/modules/6.1.0/kernel/net/nf_conntrack.ko.xz", "root/lib/modules/6.1.0/kernel/snd-pcm.ko", "root/lib/modules/6.1.0/a/two.ko",
		"root/lib/modules/6.1.0/b/two.ko.zst", "other-modules/zfs.ko.gz", "outside/secret", "root/etc/passwd", "vmlinux",
		"root/opt/app/bin/server.debug", "root/opt/app/bin/.debug/link.dbg", "debug/.build-id/ab/cdef01.debug", "debug/ab/cdef01.debug",
		"debug/opt/app/bin/server.debug", "debug/server.debug", "root/usr/lib/debug/.build-id/ab/cdef01.debug",
		"root/usr/lib/debug/lib/libfoo.so.1.debug", "root/usr/lib/debug/.dwz/app.debug", "root/opt/app/dwz/relative", "debug/.dwz/app.debug",
		"root/build/obj/unit.dwo", "root/opt/app/bin/near.dwo", "root/opt/app/bin/server.dwp", "debug/usr/lib/libfoo.so.1.dwp",
		"debug/build/obj/only.dwo", "debug/flat.dwo", "debug/build/obj/unit.dwo", "root/usr/lib/debug/usr.dwo", "debug/lib64/libbar.so.dwp",
		"root/lib/modules/6.1.0/kernel/snd-pcm.ko.debug", "debug/nf_conntrack.ko.debug",
	};
	size_t i;

	if (scratch_make(state) != 0)
		return -1;
	for (i = 0; i < ROWS(files); i++)
		make(files[i]);
	make_link("../../outside", "root/opt/out");
	make_link("/etc/passwd", "root/opt/inside");
	make_link("../../../../../../../../etc/passwd", "root/opt/clamped");
	make_link("loop", "root/opt/loop");
	make_link("/opt/app", "root/srv/app");
	return mkfifo(scratch("root/opt/pipe"), 0600);
}

static struct post_finder *
finder(bool both)
{
	const char *roots[2], *debug[1];
	const struct post_find_conf conf = { .sysroot = roots, .n_sysroot = both ? 2 : 1, .debug_dir = debug, .n_debug_dir = 1 };
	struct post_err err;
	struct post_finder *f;

	roots[0] = scratch("root");
	roots[1] = scratch("second/");
	debug[0] = scratch("debug");
	f = post_finder_new(&conf, &err);
	assert_non_null(f);
	return f;
}

/* FD is of the file WANT, by its text and by its path, where no absolute link is in that. */
static void
is_file(int fd, const struct post_buf *path, const char *want)
{
	struct post_buf text = { 0 }, full = { 0 };
	bool plain = strstr(path->s, "/opt/inside") == NULL && strstr(path->s, "/opt/clamped") == NULL && strstr(path->s, "/srv/app") == NULL;

	if (fd == -1)
		print_error("not found: %s\n", want);
	assert_true(fd >= 0);
	get_fd(fd, &text);
	close(fd);
	same(post_buf_str(&text), want);
	if (plain) {
		get_file(path->s, &full);
		same(post_buf_str(&full), want);
	}
	post_buf_free(&text);
	post_buf_free(&full);
}

static void
is_module(struct post_finder *f, const char *module, const char *want)
{
	struct post_buf path = { 0 };
	struct post_err err = { 0 };
	int fd = post_find_module(f, post_str_of(module), &path, &err);

	if (want != NULL)
		is_file(fd, &path, want);
	else {
		if (fd != -1)
			print_error("%s was found: %s\n", module, path.s);
		assert_int_equal(fd, -1);
		assert_true(err.code != POST_OK && err.msg[0] != '\0');
	}
	post_buf_free(&path);
}

static void
modules_by_path(void **state)
{
	static const char *const rows[][2] = {
		{ "/opt/app/bin/server", "root/opt/app/bin/server" }, { "/opt/app/bin/server (deleted)", "root/opt/app/bin/server" },
		{ "/usr/lib/libfoo.so.1.#prelink#.FHp24m", "root/usr/lib/libfoo.so.1" },
		{ "/usr/lib/libfoo.so.1.#prelink#.FHp24m (deleted)", "root/usr/lib/libfoo.so.1" }, { "/lib/libfoo.so.1", "root/usr/lib/libfoo.so.1" },
		{ "/lib64/libbar.so", "root/usr/lib64/libbar.so" }, { "/usr/lib32/libold.so", "root/lib32/libold.so" }, { "/opt/only", "second/opt/only" },
		{ "//opt/./app//bin/server", "root/opt/app/bin/server" }, { "/opt/app/bin/missing", NULL }, { "/opt/app/bin", NULL }, { "/", NULL },
		{ "", NULL }, { " (deleted)", NULL }, { "/opt/pipe", NULL }, { "/opt/loop", NULL }, { "vdso", NULL }, { "heap", NULL },
		{ "stap_0123456789abcdef0123456789abcdef_123", NULL }, { "kernel", NULL }, { "libfoo.so.1", NULL }, { "...", NULL },
	};
	struct post_finder *f = finder(true);
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++)
		is_module(f, rows[i][0], rows[i][1]);
	post_finder_free(f);
}

static void
nothing_leads_out(void **state)
{
	struct post_finder *f = finder(false);
	struct post_buf path = { 0 };
	struct post_err err;
	char *huge;

	(void)state;
	is_module(f, "/opt/out/secret", NULL);
	is_module(f, "/../outside/secret", NULL);
	is_module(f, "/opt/../../outside/secret", NULL);
	is_module(f, "/opt/inside", "root/etc/passwd");
	is_module(f, "/opt/clamped", "root/etc/passwd");
	is_module(f, "/../../etc/passwd", "root/etc/passwd");
	is_module(f, "/srv/app/bin/server", "root/opt/app/bin/server");
	is_module(f, "../outside/secret", NULL);
	assert_int_equal(post_find_module(f, BYTES("/etc/passwd\0x"), &path, &err), -1);
	huge = malloc(1 << 20);
	assert_non_null(huge);
	memset(huge, '/', 1 << 20);
	assert_int_equal(post_find_module(f, (struct post_str){ huge, 1 << 20 }, &path, &err), -1);
	memset(huge + 1, 'a', 3000);
	assert_int_equal(post_find_module(f, (struct post_str){ huge, 3001 }, &path, &err), -1);
	free(huge);
	post_buf_free(&path);
	post_finder_free(f);
}

static void
modules_by_their_end(void **state)
{
	struct post_finder *one = finder(false), *both = finder(true);
	struct post_buf path = { 0 };
	struct post_err err;

	(void)state;
	is_module(one, "...very/long/directory/libtail.so", "root/srv/a/very/long/directory/libtail.so");
	is_module(one, "...y/long/directory/libtail.so (deleted)", "root/srv/a/very/long/directory/libtail.so");
	is_module(one, "...tail.so", "root/srv/a/very/long/directory/libtail.so");
	is_module(both, "...directory/libtail.so", "root/srv/a/very/long/directory/libtail.so");
	is_module(both, ".../opt/only", "second/opt/only");
	is_module(one, "...b/libtwice.so", "root/srv/b/libtwice.so");
	is_module(one, ".../x/libtail.so", NULL);
	is_module(one, "...bin/pipe", NULL);
	assert_int_equal(post_find_module(one, POST_STR(".../libtwice.so"), &path, &err), -1);
	assert_non_null(strstr(err.msg, "several files"));
	post_buf_free(&path);
	post_finder_free(one);
	post_finder_free(both);
}

static void
kernel_modules(void **state)
{
	struct post_finder *f = finder(false);
	struct post_find_conf conf = { 0 };
	struct post_buf path = { 0 };
	struct post_err err;

	(void)state;
	is_module(f, "nf_conntrack", "root/lib/modules/6.1.0/kernel/net/nf_conntrack.ko.xz");
	is_module(f, "snd_pcm", "root/lib/modules/6.1.0/kernel/snd-pcm.ko");
	is_module(f, "snd-pcm", "root/lib/modules/6.1.0/kernel/snd-pcm.ko");
	is_module(f, "zfs", NULL);
	assert_int_equal(post_find_module(f, POST_STR("two"), &path, &err), -1);
	assert_non_null(strstr(err.msg, "several files"));
	post_finder_free(f);
	conf.modules = scratch("other-modules");
	conf.kernel = scratch("vmlinux");
	f = post_finder_new(&conf, &err);
	is_module(f, "zfs", "other-modules/zfs.ko.gz");
	is_module(f, "nf_conntrack", NULL);
	is_module(f, "kernel", "vmlinux");
	post_finder_free(f);
	conf.kernel = scratch("root");
	f = post_finder_new(&conf, &err);
	is_module(f, "kernel", NULL);
	post_finder_free(f);
	post_buf_free(&path);
}

static void
this_machine(void **state)
{
	struct post_find_conf conf = { 0 };
	struct post_err err;
	struct post_finder *f = post_finder_new(&conf, &err);

	(void)state;
	assert_non_null(f);
	is_module(f, scratch("root/opt/app/bin/server"), "root/opt/app/bin/server");
	is_module(f, ".../opt/app/bin/server", NULL);
	is_module(f, "nf_conntrack", NULL);
	post_finder_free(f);
}

static void
bad_directories(void **state)
{
	const char *bad[1];
	struct post_find_conf conf = { .sysroot = bad, .n_sysroot = 1 };
	struct post_err err = { 0 };

	(void)state;
	bad[0] = scratch("missing");
	assert_null(post_finder_new(&conf, &err));
	assert_non_null(strstr(err.msg, "missing"));
	conf = (struct post_find_conf){ .debug_dir = bad, .n_debug_dir = 1 };
	bad[0] = scratch("vmlinux");
	assert_null(post_finder_new(&conf, &err));
	conf = (struct post_find_conf){ .modules = scratch("vmlinux") };
	assert_null(post_finder_new(&conf, &err));
}

/* All that is found for P, in order. */
static void
finds(struct post_finder *f, const struct post_parted *p, const char *const *want)
{
	struct post_buf path = { 0 };
	unsigned step = 0;
	int fd;

	for (; *want != NULL; want++) {
		fd = post_find_debug(f, p, &step, &path);
		is_file(fd, &path, *want);
	}
	fd = post_find_debug(f, p, &step, &path);
	if (fd != -1)
		print_error("found besides: %s\n", path.s);
	assert_int_equal(fd, -1);
	assert_int_equal(post_find_debug(f, p, &step, &path), -1);
	post_buf_free(&path);
}

#define LIST(...) (const char *const[]){ __VA_ARGS__, NULL }

static void
debug_files(void **state)
{
	struct post_finder *f = finder(false);
	struct post_parted p = { .of = scratch("root/opt/app/bin/server"), .build_id = BYTES("\xab\xcd\xef\x01") };

	(void)state;
	finds(f, &p, LIST("debug/.build-id/ab/cdef01.debug", "debug/ab/cdef01.debug", "root/usr/lib/debug/.build-id/ab/cdef01.debug",
	    "root/opt/app/bin/server.debug", "debug/opt/app/bin/server.debug", "debug/server.debug"));
	p.build_id.n = 0;
	p.name = POST_STR("link.dbg");
	finds(f, &p, LIST("root/opt/app/bin/.debug/link.dbg", "root/opt/app/bin/server.debug", "debug/opt/app/bin/server.debug", "debug/server.debug"));
	p = (struct post_parted){ .of = scratch("root/usr/lib/libfoo.so.1") };
	finds(f, &p, LIST("root/usr/lib/debug/lib/libfoo.so.1.debug"));
	p = (struct post_parted){ .of = scratch("root/lib/modules/6.1.0/kernel/snd-pcm.ko") };
	finds(f, &p, LIST("root/lib/modules/6.1.0/kernel/snd-pcm.ko.debug"));
	p = (struct post_parted){ .of = scratch("root/lib/modules/6.1.0/kernel/net/nf_conntrack.ko.xz") };
	finds(f, &p, LIST("debug/nf_conntrack.ko.debug"));
	p = (struct post_parted){ .of = scratch("root/opt/app/bin/x"), .name = POST_STR("../../../../outside/secret") };
	finds(f, &p, (const char *const[]){ NULL });
	p.name = BYTES("link.dbg\0");
	finds(f, &p, (const char *const[]){ NULL });
	p = (struct post_parted){ .of = scratch("outside/x"), .name = POST_STR("secret") };
	finds(f, &p, LIST("outside/secret"));
	post_finder_free(f);
}

static void
files_of_dwz(void **state)
{
	struct post_finder *f = finder(false);
	struct post_parted p = { .of = scratch("root/opt/app/bin/server"), .name = POST_STR("/usr/lib/debug/.dwz/app.debug"), .alt = true };

	(void)state;
	finds(f, &p, LIST("root/usr/lib/debug/.dwz/app.debug", "debug/.dwz/app.debug"));
	p.name = POST_STR("../dwz/relative");
	finds(f, &p, LIST("root/opt/app/dwz/relative"));
	p.of = scratch("debug/ab/cdef01.debug");
	p.name = POST_STR("../.dwz/app.debug");
	finds(f, &p, LIST("debug/.dwz/app.debug", "root/usr/lib/debug/.dwz/app.debug"));
	p.name = POST_STR("../../../../../../outside/secret");
	finds(f, &p, (const char *const[]){ NULL });
	p = (struct post_parted){ .of = scratch("outside/x"), .build_id = BYTES("\xab\xcd\xef\x01"), .alt = true };
	finds(f, &p, LIST("debug/.build-id/ab/cdef01.debug", "debug/ab/cdef01.debug", "root/usr/lib/debug/.build-id/ab/cdef01.debug"));
	post_finder_free(f);
}

static void
is_dwo(struct post_finder *f, const char *dir, const char *name, const char *want)
{
	struct post_buf path = { 0 };
	unsigned step = 0;
	int fd = post_find_dwo(f, scratch("root/opt/app/bin/server"), post_str_of(dir), post_str_of(name), &step, &path);

	if (want != NULL)
		is_file(fd, &path, want);
	else
		assert_int_equal(fd, -1);
	post_buf_free(&path);
}

static void
split_units(void **state)
{
	struct post_finder *f = finder(false);
	struct post_buf path = { 0 };
	unsigned step = 0;

	(void)state;
	is_dwo(f, "/build", "obj/unit.dwo", "root/build/obj/unit.dwo");
	is_dwo(f, "/build/x", "../obj/unit.dwo", "root/build/obj/unit.dwo");
	is_dwo(f, "/elsewhere", "/build/obj/unit.dwo", "root/build/obj/unit.dwo");
	is_dwo(f, "/gone", "obj/near.dwo", "root/opt/app/bin/near.dwo");
	is_dwo(f, ".", "near.dwo", "root/opt/app/bin/near.dwo");
	is_dwo(f, "/../../..", "outside/secret", NULL);
	is_dwo(f, "", "", NULL);
	is_dwo(f, "/build", "obj/only.dwo", "debug/build/obj/only.dwo");
	is_dwo(f, "/elsewhere", "/build/obj/only.dwo", "debug/build/obj/only.dwo");
	is_dwo(f, "/gone", "obj/flat.dwo", "debug/flat.dwo");
	is_dwo(f, "/gone", "obj/usr.dwo", "root/usr/lib/debug/usr.dwo");
	is_file(post_find_dwo(f, scratch("outside/x"), POST_STR("/build"), POST_STR("obj/unit.dwo"), &step, &path), &path, "root/build/obj/unit.dwo");
	is_file(post_find_dwo(f, scratch("outside/x"), POST_STR("/build"), POST_STR("obj/unit.dwo"), &step, &path), &path, "debug/build/obj/unit.dwo");
	assert_int_equal(post_find_dwo(f, scratch("outside/x"), POST_STR("/build"), POST_STR("obj/unit.dwo"), &step, &path), -1);
	path.n = 0;
	is_file(post_find_dwp(f, scratch("root/opt/app/bin/server"), &path), &path, "root/opt/app/bin/server.dwp");
	path.n = 0;
	is_file(post_find_dwp(f, scratch("root/usr/lib/libfoo.so.1"), &path), &path, "debug/usr/lib/libfoo.so.1.dwp");
	path.n = 0;
	is_file(post_find_dwp(f, scratch("root/usr/lib64/libbar.so"), &path), &path, "debug/lib64/libbar.so.dwp");
	assert_int_equal(post_find_dwp(f, scratch("root/lib32/libold.so"), &path), -1);
	post_buf_free(&path);
	post_finder_free(f);
}

/* Both ways to open a file in a root say the same. */
static void
in_root(void **state)
{
	static const char *const rows[][2] = {
		{ "etc/passwd", "root/etc/passwd" }, { "/etc/passwd", "root/etc/passwd" }, { "opt/inside", "root/etc/passwd" },
		{ "opt/clamped", "root/etc/passwd" }, { "../../etc/passwd", "root/etc/passwd" }, { "srv/app/bin/server", "root/opt/app/bin/server" },
		{ "srv/app/../../etc/passwd", "root/etc/passwd" }, { "opt/out/secret", NULL }, { "opt/loop", NULL }, { "", NULL }, { "/", NULL },
		{ "missing", NULL }, { "opt/pipe", NULL },
	};
	struct post_buf text = { 0 };
	int root = open(scratch("root"), O_RDONLY | O_DIRECTORY);
	size_t i, way;

	(void)state;
	for (i = 0; i < 2 * ROWS(rows); i++) {
		const char *const *row = rows[i / 2];
		int fd;

		way = i % 2;
		fd = way == 0 ? post_open_in_root(root, row[0]) : post_open_in_root_walk(root, row[0]);
		if ((fd == -1) != (row[1] == NULL))
			print_error("\"%s\", way %zu\n", row[0], way);
		assert_int_equal(fd == -1, row[1] == NULL);
		if (fd == -1)
			continue;
		text.n = 0;
		get_fd(fd, &text);
		same(post_buf_str(&text), row[1]);
		close(fd);
	}
	post_buf_free(&text);
	close(root);
}

/* A device of a module's name would feel it. */
static void
pipes_are_not_opened(void **state)
{
	int watch = inotify_init1(IN_NONBLOCK), root = open(scratch("root"), O_RDONLY | O_DIRECTORY);
	struct inotify_event seen;

	(void)state;
	assert_true(inotify_add_watch(watch, scratch("root/opt/pipe"), IN_OPEN) >= 0);
	assert_int_equal(post_open_in_root(root, "opt/pipe"), -1);
	assert_int_equal(errno, ENXIO);
	assert_int_equal(post_open_in_root_walk(root, "opt/pipe"), -1);
	assert_int_equal(errno, ENXIO);
	assert_int_equal(read(watch, &seen, sizeof seen), -1);
	close(root);
	close(watch);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(modules_by_path), cmocka_unit_test(nothing_leads_out), cmocka_unit_test(modules_by_their_end),
		cmocka_unit_test(kernel_modules), cmocka_unit_test(this_machine), cmocka_unit_test(bad_directories), cmocka_unit_test(debug_files),
		cmocka_unit_test(files_of_dwz), cmocka_unit_test(split_units), cmocka_unit_test(in_root),
		cmocka_unit_test(pipes_are_not_opened),
	};

	return cmocka_run_group_tests_name("find", tests, make_world, scratch_remove);
}
