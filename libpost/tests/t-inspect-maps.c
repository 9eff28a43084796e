/* SPDX-License-Identifier: BSD-2-Clause */
/* The objects that a process has mapped, alive or in saved maps, against the files that are there. */
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include "made.h"
#include "../sym/inspect.h"

static void
reason_is(const struct post_inspected *one, const char *want)
{
	struct post_buf b = { 0 };

	post_inspected_put(&b, one, true, POST_ENGLISH);
	same(post_buf_str(&b), want);
	post_buf_free(&b);
}

static void
put_mapped(const char *name)
{
	struct made m = library();

	m.segment[1].p_offset = 0x1000;
	put_symbols(&m, SHT_DYNSYM, code, ROWS(code));
	make_elf(name, &m);
}

static void
saved_maps(void **state)
{
	static const char text[] =
	    "10000-11000 r-xp 00001000 fe:00 1 /fits.so.6\n"
	    "11000-12000 r-xp 00003000 fe:00 1 /fits.so.6\n"
	    "20000-22000 r-xp 00001000 fe:00 2 /wrong.so\n"
	    "30000-31000 r-xp 00000000 fe:00 3 /locale-archive\n"
	    "40000-41000 r--p 00000000 fe:00 4 /font.ttf\n"
	    "50000-51000 r-xp 00000000 fe:00 5 /none.so (deleted)\n"
	    "51000-52000 r-xp 00001000 fe:00 6 /came.so (deleted)\n"
	    "60000-61000 r-xp 00000000 00:00 0 [vdso]\n"
	    "70000-71000 rwxp 00000000 00:00 0\n"
	    "80000-82000 rwxs 00000000 00:01 7 /memfd:jit (deleted)\n"
	    "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0 [vsyscall]";
	const char *const roots[] = { scratch_dir };
	const struct post_find_conf conf = { .sysroot = roots, .n_sysroot = 1 };
	struct post_inspection in;
	struct post_maps maps = { 0 };

	(void)state;
	put_mapped("fits.so.6");
	put_mapped("wrong.so");
	put_mapped("came.so");
	put_file("locale-archive", BYTES("data"));
	post_maps_read(&maps, (struct post_str){ text, sizeof text - 1 });
	assert_int_equal(post_inspect_maps(&in, &maps, NULL, &conf, 1, &err), 0);
	assert_int_equal(in.n, 5);
	assert_int_equal(in.data, 1);
	assert_int_equal(in.anonymous, 0x3000);
	assert_string_equal(in.v[0].name, "/fits.so.6");
	assert_int_equal(in.v[0].match, POST_MATCH_PROBABLE);
	assert_true(post_inspected_lacks_dwarf(&in.v[0]) && post_inspected_lacks_unwind(&in.v[0]) && post_inspected_lacks_symbols(&in.v[0]));
	reason_is(&in.v[0], "its segments fit the mappings");
	assert_int_equal(in.v[1].match, POST_MATCH_OTHER);
	assert_int_equal(in.v[1].unfit, 1);
	reason_is(&in.v[1], "1 of its mappings fit no segment of the file");
	assert_false(in.v[0].deleted);
	assert_string_equal(in.v[2].name, "/none.so (deleted)");
	assert_true(in.v[2].deleted);
	assert_int_equal(in.v[2].match, POST_MATCH_MISSING);
	assert_int_equal(in.v[3].match, POST_MATCH_UNSURE);
	assert_true(in.v[3].deleted);
	reason_is(&in.v[3], "it came in place of the mapped one, which was deleted; its segments fit the mappings");
	assert_true(in.v[4].vdso);
	assert_int_equal(in.v[4].match, POST_MATCH_NOT_ASKED);
	assert_false(post_inspected_lacks_dwarf(&in.v[4]));
	post_inspection_free(&in);
	post_maps_free(&maps);
}

static void
inspect_own(struct post_inspection *in, const char *maps_text)
{
	const struct post_find_conf conf = { 0 };
	struct post_maps maps = { 0 };
	struct post_buf text = { 0 };
	struct post_process p;
	char pid[24];

	snprintf(pid, sizeof pid, "%ld", (long)getpid());
	assert_int_equal(post_process_open(&p, pid, &err), 0);
	if (maps_text != NULL)
		post_puts(&text, maps_text);
	else
		assert_int_equal(post_process_maps(&p, &text, &err), 0);
	post_maps_read(&maps, post_buf_str(&text));
	assert_int_equal(post_inspect_maps(in, &maps, &p, &conf, 1, &err), 0);
	post_maps_free(&maps);
	post_buf_free(&text);
	post_process_close(&p);
}

/* What is mapped is looked at where we may open it, but its path is another file's, or nobody's. */
static void
replaced(void **state)
{
	const struct post_inspected *one = NULL;
	struct post_inspection in;
	void *at;
	int fd;

	(void)state;
	put_mapped("gone.so");
	put_mapped("new.so");
	assert_true((fd = open(scratch("gone.so"), O_RDONLY)) != -1);
	at = mmap(NULL, 0x1000, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0);
	assert_true(at != MAP_FAILED);
	close(fd);
	assert_int_equal(rename(scratch("new.so"), scratch("gone.so")), 0);
	inspect_own(&in, NULL);
	for (size_t i = 0; i < in.n; i++)
		if (strstr(in.v[i].name, "/gone.so (deleted)") != NULL)
			one = &in.v[i];
		else
			assert_false(in.v[i].deleted);
	assert_non_null(one);
	assert_true(one->deleted);
	assert_true(one->match == POST_MATCH_REPLACED || one->match == POST_MATCH_MISSING);
	if (one->match == POST_MATCH_REPLACED)
		reason_is(one,
		    "the mapped file itself, which was deleted or replaced: its path leads to another file, or to none");
	post_inspection_free(&in);
	munmap(at, 0x1000);
}

/* Where the mapping itself cannot be opened (here: it is none), the file at its path must be the one that the maps say. */
static void
by_path(void **state)
{
	static const struct {
		unsigned		 device, inode, offset;	/* to add to the right ones */
		enum post_match		 match;
		const char		*reason;
	} t[] = {
		{ 0, 0, 0x1000, POST_MATCH_TRACED, "the mapped file itself" },
		{ 1, 0, 0x1000, POST_MATCH_PROBABLE, "its segments fit the mappings" },
		{ 0, 1, 0x1000, POST_MATCH_UNSURE,
		    "it is at the path of the mapped one, but has another inode; its segments fit the mappings" },
		{ 0, 1, 0x5000, POST_MATCH_OTHER, "1 of its mappings fit no segment of the file" },
	};
	struct stat st;
	char *path;

	(void)state;
	put_mapped("by-path.so");
	path = scratch("by-path.so");
	assert_int_equal(stat(path, &st), 0);
	for (size_t i = 0; i < ROWS(t); i++) {
		struct post_inspection in;
		struct post_buf text = { 0 };

		post_putf(&text, "10000-11000 r-xp %x %x:%x %llu %s\n", t[i].offset, major(st.st_dev), minor(st.st_dev) + t[i].device,
		    (unsigned long long)st.st_ino + t[i].inode, path);
		inspect_own(&in, text.s);
		assert_int_equal(in.n, 1);
		assert_int_equal(in.v[0].match, t[i].match);
		reason_is(&in.v[0], t[i].reason);
		post_inspection_free(&in);
		post_buf_free(&text);
	}
}

static void
this_process(void **state)
{
	struct post_inspection in;

	(void)state;
	inspect_own(&in, NULL);
	assert_true(in.n >= 3);
	for (size_t i = 0; i < in.n; i++) {
		assert_true(in.v[i].match == POST_MATCH_TRACED || in.v[i].vdso);
		assert_int_equal(in.v[i].unfit, 0);
		assert_false(post_inspected_lacks_unwind(&in.v[i]));
	}
	post_inspection_free(&in);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(saved_maps), cmocka_unit_test(replaced), cmocka_unit_test(by_path), cmocka_unit_test(this_process),
	};

	return cmocka_run_group_tests(tests, make_world, end_world);
}
