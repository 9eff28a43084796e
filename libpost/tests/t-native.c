/* SPDX-License-Identifier: BSD-2-Clause */
/* The parts of a native frame, taken from the right, whatever its name and its module hold. */
#include "support.h"

static struct post_native got;

static void
parses(void **state)
{
	static const struct {
		const char	*rest, *name, *module, *offset, *file;
		bool		 unresolved, inexact;
	} rows[] = {
		/* print_usyms of stap 2.0 and later */
		{ "f+0x5c/0x8f0 [/opt/nginx/sbin/nginx]", "f", "/opt/nginx/sbin/nginx", "+0x5c/0x8f0", "", 0, 0 },
		{ "f+0x5c/0x8f0", "f", "", "+0x5c/0x8f0", "", 0, 0 },
		{ "0x7f0a [/lib64/libc-2.12.so+0x18a45/0x38e000]", "", "/lib64/libc-2.12.so", "+0x18a45/0x38e000", "", 1, 0 },
		{ "0x7f0a11223344", "", "", "", "", 1, 0 },
		{ "0xffffffffa0123456 [ip_tables]", "", "ip_tables", "", "", 1, 0 },
		{ "f+0x1/0x2 at /src/a.c:12 [/bin/a]", "f", "/bin/a", "+0x1/0x2", "/src/a.c:12", 0, 0 },
		{ "f+0x1/0x2 at /src/a.c:12", "f", "", "+0x1/0x2", "/src/a.c:12", 0, 0 },
		{ "f+0x1/0x2 at /src/a.c [/bin/a]", "f", "/bin/a", "+0x1/0x2", "/src/a.c", 0, 0 },
		{ "f+0x1/0x2 at /a at b/c++.c:3 [/bin/a]", "f", "/bin/a", "+0x1/0x2", "/a at b/c++.c:3", 0, 0 },
		{ "0x401000 [/bin/a+0x1/0x2] at /src/a.c:12", "", "/bin/a", "+0x1/0x2", "/src/a.c:12", 1, 0 },
		{ "f+0x1/0x2 [kernel] (inexact)", "f", "kernel", "+0x1/0x2", "", 0, 1 },
		{ "f+0x1/0x2 (inexact)", "f", "", "+0x1/0x2", "", 0, 1 },
		{ "0x401000 [/bin/a+0x1/0x2] (inexact)", "", "/bin/a", "+0x1/0x2", "", 1, 1 },
		{ "0x401000 (inexact)", "", "", "", "", 1, 1 },
		{ "f+0x1/0x2 at /src/a.c:12 [/bin/a] (inexact)", "f", "/bin/a", "+0x1/0x2", "/src/a.c:12", 0, 1 },
		{ "f+0x12 [libc.so]", "f", "libc.so", "+0x12", "", 0, 0 },
		{ "f+0x12", "f", "", "+0x12", "", 0, 0 },
		{ "0x401b3c [libc.so+0x12]", "", "libc.so", "+0x12", "", 1, 0 },
		{ "<unknown> [/lib64/libc-2.12.so+0x18a45/0x38e000]", "", "/lib64/libc-2.12.so", "+0x18a45/0x38e000", "", 1, 0 },
		{ "<unknown> [ip_tables]", "", "ip_tables", "", "", 1, 0 },
		{ "<unknown>", "", "", "", "", 1, 0 },
		{ "0x0", "", "", "", "", 1, 0 }, { "0x", "", "", "", "", 1, 0 }, { "0", "", "", "", "", 1, 0 },
		/* 2.6: paths */
		{ "_Znwm+0x1d/0x90 [/usr/lib64/libstdc++.so.6.0.13]", "_Znwm", "/usr/lib64/libstdc++.so.6.0.13", "+0x1d/0x90", "", 0, 0 },
		{ "0x7f01 [/usr/lib64/libstdc++.so.6.0.25+0x12/0x34]", "", "/usr/lib64/libstdc++.so.6.0.25", "+0x12/0x34", "", 1, 0 },
		{ "poll+0x53/0x90 [/lib64/libc-2.12.so (deleted)]", "poll", "/lib64/libc-2.12.so (deleted)", "+0x53/0x90", "", 0, 0 },
		{ "0x7f [/lib64/libpthread-2.12.so.#prelink#.FHp24m (deleted)+0xdb1a/0x17000]", "",
		    "/lib64/libpthread-2.12.so.#prelink#.FHp24m (deleted)", "+0xdb1a/0x17000", "", 1, 0 },
		{ "f+0x1/0x2 [...very/long/path/to/libfoo.so]", "f", "...very/long/path/to/libfoo.so", "+0x1/0x2", "", 0, 0 },
		{ "f+0x1/0x2 [/opt/my app/x y]", "f", "/opt/my app/x y", "+0x1/0x2", "", 0, 0 },
		{ "f+0x1/0x2 [/opt/a [b]/c]", "f", "/opt/a [b]/c", "+0x1/0x2", "", 0, 0 },
		{ "f+0x1/0x2 [/opt/a [b]]", "f", "/opt/a [b]", "+0x1/0x2", "", 0, 0 },
		{ "f+0x1/0x2 [/opt/a[b]", "f", "/opt/a[b", "+0x1/0x2", "", 0, 0 },
		{ "f+0x1/0x2 [/opt/a]b]", "f", "/opt/a]b", "+0x1/0x2", "", 0, 0 },
		{ "f+0x1/0x2 [/opt/a:b at c]", "f", "/opt/a:b at c", "+0x1/0x2", "", 0, 0 },
		{ "f+0x1/0x2 [/opt/x+0x1/y]", "f", "/opt/x+0x1/y", "+0x1/0x2", "", 0, 0 },
		{ "f+0x1/0x2 [stap_0123456789abcdef0123456789abcdef_123]", "f", "stap_0123456789abcdef0123456789abcdef_123", "+0x1/0x2", "",
		    0, 0 },
		{ "__vdso_gettimeofday+0x1/0x2 [vdso]", "__vdso_gettimeofday", "vdso", "+0x1/0x2", "", 0, 0 },
		/* 2.5: names */
		{ "a : b : c+0x10/0x20 [/x/a.out]", "a : b : c", "/x/a.out", "+0x10/0x20", "", 0, 0 },
		{ "operator++(It&, int)+0x4/0x30 [/x]", "operator++(It&, int)", "/x", "+0x4/0x30", "", 0, 0 },
		{ "operator+(A, B)+0x4/0x30 [/x]", "operator+(A, B)", "/x", "+0x4/0x30", "", 0, 0 },
		{ "std::vector<int, std::allocator<int> >::operator[](unsigned long)+0x10/0x20 [/x/a.out]",
		    "std::vector<int, std::allocator<int> >::operator[](unsigned long)", "/x/a.out", "+0x10/0x20", "", 0, 0 },
		{ "f(int [3])+0x1/0x2", "f(int [3])", "", "+0x1/0x2", "", 0, 0 },
		{ "f(int [3])+0x1/0x2 [/x]", "f(int [3])", "/x", "+0x1/0x2", "", 0, 0 },
		{ "type:.eq.struct { a int; b int }+0x1/0x2 [/x]", "type:.eq.struct { a int; b int }", "/x", "+0x1/0x2", "", 0, 0 },
		{ "main.(*T).F+0x1/0x2 [/x]", "main.(*T).F", "/x", "+0x1/0x2", "", 0, 0 },
		{ "foo.part.0+0x1/0x2 [/x]", "foo.part.0", "/x", "+0x1/0x2", "", 0, 0 },
		{ "wait@@GLIBC_2.3.2+0x1/0x2 [/x]", "wait@@GLIBC_2.3.2", "/x", "+0x1/0x2", "", 0, 0 },
		{ "f at g+0x1/0x2 [/x]", "f at g", "/x", "+0x1/0x2", "", 0, 0 },
		{ "f at g+0x1/0x2 at h.c:3 [/x]", "f at g", "/x", "+0x1/0x2", "h.c:3", 0, 0 },
		{ "<unknown>1000", "<unknown>1000", "", "", "", 0, 0 },
		{ "+0x0/0x0 [x]", "", "x", "+0x0/0x0", "", 0, 0 },
		{ "f+0x1/0x2 [/a/b] [c].so] (inexact)", "f", "/a/b] [c].so", "+0x1/0x2", "", 0, 1 },
		/* cut by MAXSTRINGLEN: the tail is missing */
		{ "_ZNlong", "_ZNlong", "", "", "", 0, 0 }, { "f+0x", "f", "", "+0x", "", 0, 0 }, { "f+0x1/0x", "f", "", "+0x1/0x", "", 0, 0 },
		{ "f+", "f+", "", "", "", 0, 0 }, { "", "", "", "", "", 0, 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		post_native_parse(post_str_of(rows[i].rest), &got);
		same(got.name, rows[i].name);
		same(got.module, rows[i].module);
		assert_int_equal(got.unresolved, rows[i].unresolved);
		assert_int_equal(got.inexact, rows[i].inexact);
	}
}

/* line.h: offset is "+0x12/0x34", or "+0x12"; file is "a.c:12". */
static void
offsets_and_files(void **state)
{
	static const struct {
		const char	*rest, *offset, *file;
	} rows[] = {
		{ "f+0x5c/0x8f0 [/x]", "+0x5c/0x8f0", "" }, { "f+0x12", "+0x12", "" }, { "f+0x", "+0x", "" }, { "f+0x1/0x", "+0x1/0x", "" },
		{ "0x7f0a [/lib64/libc.so+0x18a45/0x38e000]", "+0x18a45/0x38e000", "" },
		{ "f+0x1/0x2 at /src/a.c:12 [/x]", "+0x1/0x2", "/src/a.c:12" }, { "0x1", "", "" },
		{ "f+0x1/0x2 at /a at b/c++.c:3", "+0x1/0x2", "/a at b/c++.c:3" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		post_native_parse(post_str_of(rows[i].rest), &got);
		same(got.file, rows[i].file);
		same(got.offset, rows[i].offset);
	}
}

/* print_ubacktrace_fileline of an address without a symbol. */
static void
files_of_addresses(void **state)
{
	(void)state;
	post_native_parse(BYTES("0x401000 at /src/a.c:12"), &got);
	assert_true(got.unresolved);
	same(got.name, "");
	same(got.file, "/src/a.c:12");
	post_native_parse(BYTES("0x401000 [/bin/a+0x1/0x2] at /src/a.c:12"), &got);
	assert_true(got.unresolved);
	same(got.module, "/bin/a");
	same(got.file, "/src/a.c:12");
}

static void
short_modules(void **state)
{
	static const char *const rows[][2] = {
		{ "/lib64/libc-2.12.so", "libc-2.12.so" }, { "kernel", "kernel" }, { "", "" }, { "/", "/" }, { "/opt/", "/opt/" },
		{ "/lib64/libc-2.12.so (deleted)", "libc-2.12.so" }, { "...g/path/libx.so", "libx.so" }, { "a b/c d", "c d" },
		{ "/lib64/libpthread-2.12.so.#prelink#.FHp24m (deleted)", "libpthread-2.12.so" },
		{ "/lib64/libpthread-2.12.so.#prelink#.FHp24m", "libpthread-2.12.so" }, { "/a/b (deleted)/c", "c" },
		{ " (deleted)", "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++)
		same(post_module_short(post_str_of(rows[i][0])), rows[i][1]);
}

static void
kernel_addresses(void **state)
{
	static const char *const yes[] = { "0xffffffff8103ce3b", "0xffff800000000000", "0xffff880012345678", "0xffffffffffffffff" };
	static const char *const no[] = { "0x401000", "0x7f0a11223344", "0x00007fffffffffff", "0x0000000000401b3c", "0x", "0", "", "0x7fffffffffffffff" };
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(yes); i++)
		assert_true(post_addr_in_kernel(post_str_of(yes[i])));
	for (i = 0; i < ROWS(no); i++)
		assert_false(post_addr_in_kernel(post_str_of(no[i])));
}

/* A frame put together from random parts falls apart into them again. */
static void
together_and_apart(void **state)
{
	static const char *const names[] = {
		"f", "a : b", "operator+", "operator[](int)", "x;y", "f at g", "T<int [2]>::f(char)", "a+b", "_ZN1aE", "foo.part.0", "%s",
	};
	static const char *const modules[] = {
		"/bin/a", "/usr/lib64/libstdc++.so.6", "/a b/c", "/a [b]/c", "kernel", "/x (deleted)", "/y.#prelink#.FHp24m (deleted)", "...p/q", "/a:b;c",
	};
	static const char *const files[] = { "a.c:12", "/src/c++/x.cc:3", "/a b/c.h", "unknown:7" };
	struct rng r = rng_start("together_and_apart");
	struct post_buf b = { 0 };
	int i;

	(void)state;
	for (i = 0; i < 20000; i++) {
		const char *name = names[below(&r, ROWS(names))], *module = modules[below(&r, ROWS(modules))];
		const char *file = files[below(&r, ROWS(files))];
		unsigned o = (unsigned)rng(&r) & 0xffff, z = (unsigned)rng(&r) & 0xffff, how = (unsigned)below(&r, 16);

		b.n = 0;
		if (how & 1)
			post_putf(&b, "%s+0x%x/0x%x", name, o, z);
		else
			post_putf(&b, "0x%x", o);
		if (how & 1 && how & 2)
			post_putf(&b, " at %s", file);
		if (how & 4 && how & 1)
			post_putf(&b, " [%s]", module);
		else if (how & 4)
			post_putf(&b, " [%s+0x%x/0x%x]", module, o, z);
		if (how & 8)
			post_puts(&b, " (inexact)");
		post_native_parse(post_buf_str(&b), &got);
		same(got.name, how & 1 ? name : "");
		same(got.module, how & 4 ? module : "");
		same(got.file, (how & 3) == 3 ? file : "");
		assert_int_equal(got.unresolved, !(how & 1));
		assert_int_equal(got.inexact, how >> 3);
	}
	post_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parses), cmocka_unit_test(offsets_and_files), cmocka_unit_test(files_of_addresses),
		cmocka_unit_test(short_modules), cmocka_unit_test(kernel_addresses), cmocka_unit_test(together_and_apart),
	};

	return cmocka_run_group_tests_name("native", tests, NULL, NULL);
}
