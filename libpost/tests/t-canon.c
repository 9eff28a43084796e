/* SPDX-License-Identifier: BSD-2-Clause */
/* Names as they are compared: each rule and what it leaves alone, the user's rules, the hash, and any bytes. */
#include <time.h>
#include "support.h"
#include "../diff/canon.h"

static void
compared(struct post_canon *c, struct post_str name, struct post_str want)
{
	struct post_buf b = { 0 };

	post_puts(&b, "before ");
	if (!post_canon_put(c, name, &b))
		fail_msg("\"%.*s\" is left out", (int)name.n, name.p);
	assert_true(post_str_starts(post_buf_str(&b), POST_STR("before ")));
	same_str(post_str_from(post_buf_str(&b), 7), want);
	b.n = 0;
	assert_true(post_canon_put(c, want, &b));
	same_str(post_buf_str(&b), want);
	post_buf_free(&b);
}

struct row {
	struct post_str	name, want;
};

static void
all(struct post_canon c, const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		compared(&c, rows[i].name, rows[i].want);
	post_canon_free(&c);
}

#define ALL(rows, ...) all((struct post_canon){ __VA_ARGS__ }, rows, ROWS(rows))

static void
offsets_and_modules(void **state)
{
	static const struct row rows[] = {
		{ BYTES("f+0x12/0x34"), BYTES("f") }, { BYTES("f+0x12"), BYTES("f") }, { BYTES("f+0x.../0x..."), BYTES("f") },
		{ BYTES("operator++(A&, int)+0x4/0x30 [/x/a.out]"), BYTES("operator++(A&, int)") },
		{ BYTES("f+0x12345678901234567"), BYTES("f+0x12345678901234567") }, { BYTES("f+12"), BYTES("f+12") },
		{ BYTES("f+0x/0x1"), BYTES("f+0x/0x1") }, { BYTES("+0x12"), BYTES("+0x12") }, { BYTES("a/0x12"), BYTES("a/0x12") },
		{ BYTES("poll [libc-2.17.so]"), BYTES("poll") }, { BYTES("poll+0x53/0x90 [/lib64/libc-2.12.so (deleted)]"), BYTES("poll") },
		{ BYTES("f [/opt/a b/c]"), BYTES("f") }, { BYTES("[a] [b]"), BYTES("[a]") }, { BYTES("f []"), BYTES("f []") },
		{ BYTES(" [m]"), BYTES(" [m]") }, { BYTES("f (inexact)"), BYTES("f") },
		{ BYTES("0x7f0a11223344"), BYTES("[unknown]") }, { BYTES("0xffffffff8103ce3b"), BYTES("[kernel]") },
		{ BYTES("0x7f12 [/usr/lib/libc.so.6+0x12/0x34]"), BYTES("[libc.so.6]") }, { BYTES("0x7f12 [libc.so.6+0x12]"), BYTES("[libc.so.6]") },
		{ BYTES("[libc.so.6+0x12/0x34]"), BYTES("[libc.so.6]") }, { BYTES("[/usr/lib/libc.so.6]"), BYTES("[libc.so.6]") },
		{ BYTES("[/lib64/libpthread-2.12.so.#prelink#.FHp24m (deleted)+0xdb1a/0x17000]"), BYTES("[libpthread-2.12.so]") },
		{ BYTES("<unknown>"), BYTES("[unknown]") }, { BYTES("<unknown> [libc.so.6]"), BYTES("[libc.so.6]") },
		{ BYTES("[unknown] [libc.so.6]"), BYTES("[libc.so.6]") }, { BYTES("C:0xbcafff0"), BYTES("C:[unknown]") },
		{ BYTES("0x"), BYTES("[unknown]") }, { BYTES("0x... [m]"), BYTES("[m]") }, { BYTES("0x12z"), BYTES("0x12z") },
		{ BYTES("[kernel]"), BYTES("[kernel]") }, { BYTES("[truncated]"), BYTES("[truncated]") }, { BYTES("[tail]"), BYTES("[tail]") },
		{ BYTES("-"), BYTES("-") }, { BYTES("--"), BYTES("--") }, { BYTES(""), BYTES("") }, { BYTES("[ (deleted)]"), BYTES("[ (deleted)]") },
		{ BYTES("f [/tmp/perf-1234.map]"), BYTES("f") }, { BYTES("[/tmp/perf-1234.map]"), BYTES("[perf-N.map]") },
		{ BYTES("perf-12.map"), BYTES("perf-N.map") }, { BYTES("perf-x.map"), BYTES("perf-x.map") }, { BYTES("perf-1.maps"), BYTES("perf-1.maps") },
		{ BYTES("[jitted-4711-12.so]"), BYTES("[jitted-N.so]") }, { BYTES("[jitted-4711-.so]"), BYTES("[jitted-4711-.so]") },
		{ BYTES("[stap_0123456789abcdef0123456789abcdef_4711]"), BYTES("[stap_N]") }, { BYTES("[JIT] tid 4711"), BYTES("[JIT] tid N") },
	};

	(void)state;
	ALL(rows, .off = false);
}

static void
modules_kept(void **state)
{
	static const struct row rows[] = {
		{ BYTES("poll+0x53/0x90 [/lib64/libc-2.12.so (deleted)]"), BYTES("poll [libc-2.12.so]") }, { BYTES("f [a] [b]"), BYTES("f [a] [b]") },
		{ BYTES("sys_read [kernel]_[k]"), BYTES("sys_read [kernel]_[k]") }, { BYTES("f_[k] [m]"), BYTES("f [m]_[k]") },
		{ BYTES("0x12 [/a/m+0x1]"), BYTES("[m]") }, { BYTES("f.cold [/tmp/perf-12.map]"), BYTES("f [perf-N.map]") },
		{ BYTES("f() [clone .isra.0] [m]"), BYTES("f() [m]") }, { BYTES("f [/clone .isra.0]"), BYTES("f") }, { BYTES("f(a.c:7) [m]"), BYTES("f [m]") },
	};

	(void)state;
	ALL(rows, .modules = true);
}

static void
what_compilers_add(void **state)
{
	static const struct row rows[] = {
		{ BYTES("f.isra.0"), BYTES("f") }, { BYTES("f.constprop.12.isra.3"), BYTES("f") }, { BYTES("f.part.1.cold"), BYTES("f") },
		{ BYTES("f.cold.5"), BYTES("f") }, { BYTES("f.lto_priv.0.lto_priv.1"), BYTES("f") }, { BYTES("f.llvm.12345678901234567890"), BYTES("f") },
		{ BYTES("f.clone.0"), BYTES("f") }, { BYTES("f.localalias"), BYTES("f") }, { BYTES("f.__uniq.123456789.llvm.1"), BYTES("f") },
		{ BYTES("f.specialized.2"), BYTES("f") }, { BYTES("f.__part.3"), BYTES("f") }, { BYTES("f.part.0+0x12/0x34 [m]"), BYTES("f") },
		{ BYTES("f.isra"), BYTES("f.isra") }, { BYTES("f.isra."), BYTES("f.isra.") }, { BYTES("fpart.0"), BYTES("fpart.0") },
		{ BYTES("f.resume"), BYTES("f.resume") }, { BYTES("f._omp_fn.0"), BYTES("f._omp_fn.0") }, { BYTES(".cold"), BYTES(".cold") },
		{ BYTES("f.avx2"), BYTES("f.avx2") }, { BYTES("a::f() [clone .isra.0] [clone .cold]"), BYTES("a::f()") },
		{ BYTES("a::f() [clone .isra.0.cold]"), BYTES("a::f()") }, { BYTES("f() [clone .resume]"), BYTES("f() [clone .resume]") },
		{ BYTES("f() (.isra.0)"), BYTES("f()") }, { BYTES("f() (.resume)"), BYTES("f() (.resume)") }, { BYTES("f() (.)"), BYTES("f() (.)") },
		{ BYTES("malloc@plt"), BYTES("malloc") }, { BYTES("*ABS*+0x1234@plt"), BYTES("*ABS*") }, { BYTES("memcpy@@GLIBC_2.14"), BYTES("memcpy") },
		{ BYTES("memcpy@GLIBC_2.2.5+0x3/0x4"), BYTES("memcpy") }, { BYTES("f@@Base"), BYTES("f") }, { BYTES("f@GLIBC_PRIVATE"), BYTES("f") },
		{ BYTES("user@host"), BYTES("user@host") }, { BYTES("_f@12"), BYTES("_f@12") }, { BYTES("f@HOST"), BYTES("f@HOST") },
		{ BYTES("f@"), BYTES("f@") }, { BYTES("f@@"), BYTES("f@@") }, { BYTES("x@@V_1"), BYTES("x") }, { BYTES("f@plt.got"), BYTES("f@plt.got") },
		{ BYTES("core::fmt::write::h0123456789abcdef"), BYTES("core::fmt::write") }, { BYTES("a::h0123456789abcdeF"), BYTES("a::h0123456789abcdeF") },
		{ BYTES("a::h0123456789abcde"), BYTES("a::h0123456789abcde") }, { BYTES("::h0123456789abcdef"), BYTES("::h0123456789abcdef") },
		{ BYTES("_ZN4core3fmt5write17h0123456789abcdefE"), BYTES("_ZN4core3fmt5writeE") },
		{ BYTES("_ZN1a1b17h0123456789abcdefE.llvm.123.cold+0x1/0x2"), BYTES("_ZN1a1bE") },
		{ BYTES("_ZN1a18h0123456789abcdefgE"), BYTES("_ZN1a18h0123456789abcdefgE") }, { BYTES("_Z1a17h0123456789abcdefE"), BYTES("_Z1a17h0123456789abcdefE") },
	};

	(void)state;
	ALL(rows, .off = false);
}

/* Names that look like it and are not touched. */
static void
whole_names(void **state)
{
	static const char *const names[] = {
		"operator()(int)", "foo<bar [3]>", "std::function<void (int)>::operator()(int) const", "operator new [](unsigned long)",
		"f(int (&) [3])", "a::b<(a::c)3>::d()", "-[NSString length]", "+[Foo(Bar) baz:]", "main.(*T).F", "type:.eq.struct { a int; b int }",
		"<alloc::vec::Vec<T> as core::ops::Drop>::drop", "<impl [T]>::into_vec", "core::ops::function::FnOnce::call_once{{vtable.shim}}",
		"std::vector<int, std::allocator<int> >::operator[](unsigned long)", "a : b : c", "std::foo:12", "f(a::b:3:)", "void f<':'>(char)",
		"foo(a;b)", "=", "@", "T:", "swapper/3", "java-1234", "_[k]", "x_[q]", "foo [", "foo ]", "f(", ")", "(a.c:7)", "f(:7)", "f(a::7)", "12:34",
		"f(int, x.c)", "f (a.c)", "builtin#21", "builtin:string.byte", "C:pmain", "resty.core.re:match", "names.lua:M[\"x y\"]", "api.lua:<main>",
		"Thread (12:34", "[string \"a\"...\"]", "lj_str_new", "a%20b", "a\\x3b", "\"quoted\"",
	};
	struct post_canon c = { 0 };

	(void)state;
	for (size_t i = 0; i < ROWS(names); i++)
		compared(&c, post_str_of(names[i]), post_str_of(names[i]));
	post_canon_free(&c);
}

static void
lines_dropped(void **state)
{
	static const struct row rows[] = {
		{ BYTES("f(a.c:7)"), BYTES("f") }, { BYTES("f(a.c)"), BYTES("f") }, { BYTES("f(/src/c++ (1)/a.cc:12) [m]"), BYTES("f") },
		{ BYTES("operator()(int)(a.cc:7)"), BYTES("operator()(int)") }, { BYTES("f.isra.0(a.c:7)"), BYTES("f") }, { BYTES("f(??:0)"), BYTES("f") },
		{ BYTES("f (a.py:7)"), BYTES("f (a.py)") }, { BYTES("f (a.js:7:12)"), BYTES("f (a.js)") }, { BYTES("f (inlined:7)"), BYTES("f") },
		{ BYTES("@/a/b.lua:12"), BYTES("@/a/b.lua") }, { BYTES("T:@/a/b.lua:12"), BYTES("T:@/a/b.lua") }, { BYTES("@/a/b.lua:0"), BYTES("@/a/b.lua:0") },
		{ BYTES("@/a+0x1/b [m]:12"), BYTES("@/a+0x1/b [m]") }, { BYTES("@/a/b.lu"), BYTES("@/a/b.lu") }, { BYTES("=stdin:1"), BYTES("=stdin") },
		{ BYTES("=content_by_lua(nginx.conf:90):3"), BYTES("=content_by_lua(nginx.conf:90)") },
		{ BYTES("content_by_lua(nginx.conf:90):3"), BYTES("content_by_lua(nginx.conf:90)") }, { BYTES("access_by_lua:1"), BYTES("access_by_lua") },
		{ BYTES("/waf/x.lua:38"), BYTES("/waf/x.lua") }, { BYTES("print(x)\n42\n:1"), BYTES("print(x)\n42\n") }, { BYTES(":7"), BYTES(":7") },
		{ BYTES("[string \"first [line]...\"]:1"), BYTES("[string \"first [line]...\"]") }, { BYTES("T:[string \"a\"]:1"), BYTES("T:[string \"a\"]") },
		{ BYTES("api.lua:30"), BYTES("api.lua") }, { BYTES("T:api.lua:30"), BYTES("T:api.lua") }, { BYTES("api.lua:0"), BYTES("api.lua:0") },
		{ BYTES("resty.core.re:match:12"), BYTES("resty.core.re:match") }, { BYTES("names.lua:M[\"x y\"]:12"), BYTES("names.lua:M[\"x y\"]") },
		{ BYTES("names.lua:p|q:3"), BYTES("names.lua:p|q") }, { BYTES("main.lua:<main>:0"), BYTES("main.lua:<main>:0") },
		{ BYTES("api.lua:<anon in get>:29"), BYTES("api.lua:<anon in get>:29") }, { BYTES("api.lua:<anon>:102"), BYTES("api.lua:<anon>:102") },
		{ BYTES("a:5:0:7:8"), BYTES("a:5:0") }, { BYTES("a.cold:1.cold:1"), BYTES("a") },
	};

	(void)state;
	ALL(rows, .lines = POST_LINES_DROP);
}

static void
lines_kept_and_bucketed(void **state)
{
	static const struct row kept[] = {
		{ BYTES("f.cold(a.c:7) [m]_[k]"), BYTES("f(a.c:7)_[k]") }, { BYTES("f(a.c)"), BYTES("f(a.c)") }, { BYTES("f(a.c:1)(b.c:2)"), BYTES("f(a.c:1)(b.c:2)") },
		{ BYTES("f (a.py:7)"), BYTES("f (a.py:7)") }, { BYTES("@/a/b.lua:12"), BYTES("@/a/b.lua:12") }, { BYTES("api.lua:30"), BYTES("api.lua:30") },
		{ BYTES("0x12(a.c:7) [m]"), BYTES("[m](a.c:7)") },
	};
	static const struct row bucketed[] = {
		{ BYTES("f.cold(a.c:7) [m]_[k]"), BYTES("f(a.c:0-49)_[k]") }, { BYTES("f(a.c:50)"), BYTES("f(a.c:50-99)") }, { BYTES("f(a.c)"), BYTES("f(a.c)") },
		{ BYTES("f (a.js:123:12)"), BYTES("f (a.js:100-149)") }, { BYTES("@/a/b.lua:123"), BYTES("@/a/b.lua:100-149") },
		{ BYTES("@/a/b.lua:0"), BYTES("@/a/b.lua:0") }, { BYTES("api.lua:<anon>:102"), BYTES("api.lua:<anon>:100-149") },
		{ BYTES("f(a.c:18446744073709551615)"), BYTES("f(a.c:18446744073709551600-18446744073709551615)") },
		{ BYTES("f(a.c:18446744073709551616)"), BYTES("f(a.c:18446744073709551616)") }, { BYTES("f.cold(a.c:1)(b.c:2)"), BYTES("f.cold(a.c:1)(b.c:0-49)") },
	};

	(void)state;
	ALL(kept, .lines = POST_LINES_KEEP);
	ALL(bucketed, .lines = POST_LINES_BUCKET, .bucket = 50);
}

static void
marks_and_inlined_calls(void **state)
{
	static const struct row rows[] = {
		{ BYTES("f_[k]"), BYTES("f_[k]") }, { BYTES("f_[w]_[k]_[k]"), BYTES("f_[k]_[w]") }, { BYTES("f+0x1/0x2_[j]"), BYTES("f_[j]") },
		{ BYTES("0x12_[k]"), BYTES("[unknown]_[k]") }, { BYTES("f.cold [m]_[k]"), BYTES("f_[k]") },
		{ BYTES("f_[i]"), BYTES("f") }, { BYTES("f_[i](a.c:7) [m]"), BYTES("f") }, { BYTES("f(a.c:7)_[i]"), BYTES("f") }, { BYTES("f (inlined)"), BYTES("f") },
	};
	static const char *const out[] = { "f_[i]", "f_[i](a.c:7) [m]", "f(a.c:7)_[i]+0x0/0x0", "f (inlined)", "f_[i]_[k]" };
	struct post_canon c = { .no_inlines = true };
	struct post_buf b = { 0 };

	(void)state;
	ALL(rows, .off = false);
	for (size_t i = 0; i < ROWS(out); i++)
		assert_false(post_canon_put(&c, post_str_of(out[i]), &b));
	assert_int_equal(b.n, 0);
	compared(&c, BYTES("f_[k]"), BYTES("f_[k]"));
	compared(&c, BYTES("_[i]"), BYTES("_[i]"));
	c.off = true;
	compared(&c, BYTES("f_[i]"), BYTES("f_[i]"));
	post_canon_free(&c);
	post_buf_free(&b);
}

static void
hex(void **state)
{
	static const struct row off[] = {
		{ BYTES("f+0x12/0x34 [m+0xAbg]"), BYTES("f+0x.../0x... [m+0x...g]") }, { BYTES("0x"), BYTES("0x") }, { BYTES("0X12"), BYTES("0X12") },
		{ BYTES("0x0x12"), BYTES("0x...x12") }, { BYTES("0x..."), BYTES("0x...") }, { BYTES("0"), BYTES("0") }, { BYTES(""), BYTES("") },
	};
	static const struct row rows[] = {
		{ BYTES("f+0x12/0x34"), BYTES("f") }, { BYTES("0x12 [m]"), BYTES("[m]") }, { BYTES("f+0x12345678901234567"), BYTES("f") },
		{ BYTES("L$$1/0x0000000800066840.run"), BYTES("L$$1/0x....run") }, { BYTES("_ZN0x17h0123456789abcdefE"), BYTES("_ZN0x...h0123456789abcdefE") },
		{ BYTES("0x12:@a:5"), BYTES("0x...:@a:5") },
	};

	(void)state;
	ALL(off, .off = true, .hex = true);
	ALL(rows, .hex = true);
}

static void
maps(void **state)
{
	static const char *const bad[] = { "", "a", "=a", "a=", "=", "a\\=b" };
	struct post_canon c = { 0 };
	struct post_err err = { 0 };

	(void)state;
	for (size_t i = 0; i < ROWS(bad); i++) {
		assert_int_equal(post_canon_map(&c, bad[i], &err), -1);
		assert_int_equal(err.code, POST_EUSAGE);
	}
	assert_int_equal(post_canon_map(&c, "f=g", &err), 0);
	assert_int_equal(post_canon_map(&c, "g=h=i\\=", &err), 0);
	assert_int_equal(post_canon_map(&c, "operator\\===eq", &err), 0);
	assert_int_equal(post_canon_map(&c, "a\\b=c", &err), 0);
	assert_int_equal(post_canon_map_file(&c, BYTES("# a comment\n\n^ngx_(\\w+)_handler$\thandler of $1\r\nx+\t$$$0\n^h$\t\n^q$\t"), &err), 0);
	compared(&c, BYTES("h"), BYTES("h"));		/* nothing would be left */
	for (size_t i = 0; i < 2; i++) {
		struct row rows[] = {
			{ BYTES("f"), BYTES("h=i\\=") }, { BYTES("operator="), BYTES("=eq") }, { BYTES("a\\b"), BYTES("c") },
			{ BYTES("ngx_http_handler"), BYTES("handler of http") }, { BYTES("q"), BYTES("q") },
		};

		for (size_t k = 0; k < ROWS(rows); k++)
			compared(&c, rows[k].name, rows[k].want);
		c.off = true;
	}
	post_canon_free(&c);
}

static void
maps_come_last(void **state)
{
	struct post_canon c = { 0 };
	struct post_err err = { 0 };
	struct post_buf b = { 0 };

	(void)state;
	assert_int_equal(post_canon_map_file(&c, BYTES("a\tb.cold\nz\t0x12"), &err), 0);
	assert_int_equal(post_canon_map(&c, "bb.cold=c", &err), 0);
	c.hex = true;
	assert_true(post_canon_put(&c, BYTES("ba.isra.0"), &b));
	same(post_buf_str(&b), "c");
	b.n = 0;
	assert_true(post_canon_put(&c, BYTES("yz"), &b));
	same(post_buf_str(&b), "y0x12");
	post_buf_free(&b);
	post_canon_free(&c);
}

static void
maps_of_files_that_are_wrong(void **state)
{
	static const struct {
		struct post_str	text;
		uint64_t	line;
	} rows[] = {
		{ BYTES("a\tb\nno tab"), 2 }, { BYTES("\tb"), 1 }, { BYTES("\n#\n(\tb\n"), 3 }, { BYTES("a\0b\tc"), 1 }, { BYTES("a\tb\0c"), 1 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct post_canon c = { 0 };
		struct post_err err = { 0 };

		assert_int_equal(post_canon_map_file(&c, rows[i].text, &err), -1);
		assert_int_equal(err.code, POST_EUSAGE);
		assert_int_equal(err.line, rows[i].line);
		post_canon_free(&c);
	}
}

/* A pattern that is given up leaves the name as the rules before left it. */
static void
patterns_given_up(void **state)
{
	struct post_canon c = { 0 };
	struct post_err err = { 0 };

	(void)state;
	assert_int_equal(post_canon_map_file(&c, BYTES("(a+)+c\tx\nq\tr\n"), &err), 0);
	compared(&c, BYTES("qaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"), BYTES("raaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"));
	post_canon_free(&c);
}

static void
hash_is(struct post_canon c, const char *map, const char *file, char *hash)
{
	struct post_err err = { 0 };

	if (map != NULL)
		assert_int_equal(post_canon_map(&c, map, &err), 0);
	if (file != NULL)
		assert_int_equal(post_canon_map_file(&c, post_str_of(file), &err), 0);
	post_canon_hash(&c, hash);
	assert_int_equal(strlen(hash), POST_CANON_HASH);
	assert_int_equal(strspn(hash, "0123456789abcdef"), POST_CANON_HASH);
	post_canon_free(&c);
}

static void
hashes(void **state)
{
	static const struct {
		struct post_canon	 c;
		const char		*map, *file;
	} rows[] = {
		{ { 0 }, NULL, NULL }, { { .modules = true }, NULL, NULL }, { { .hex = true }, NULL, NULL }, { { .no_inlines = true }, NULL, NULL },
		{ { .off = true }, NULL, NULL }, { { .off = true, .hex = true }, NULL, NULL }, { { .lines = POST_LINES_KEEP }, NULL, NULL },
		{ { .lines = POST_LINES_BUCKET, .bucket = 50 }, NULL, NULL }, { { .lines = POST_LINES_BUCKET, .bucket = 5 }, NULL, NULL },
		{ { 0 }, "a=b", NULL }, { { 0 }, "a=c", NULL }, { { 0 }, "ab=b", NULL }, { { 0 }, NULL, "a\tb" }, { { 0 }, NULL, "a\tb\na\tb" },
		{ { 0 }, "a=b", "a\tb" },
	};
	char hash[ROWS(rows)][POST_CANON_HASH + 1], other[POST_CANON_HASH + 1];
	size_t i, k;

	(void)state;
	for (i = 0; i < ROWS(rows); i++)
		for (hash_is(rows[i].c, rows[i].map, rows[i].file, hash[i]), k = 0; k < i; k++)
			if (strcmp(hash[i], hash[k]) == 0)
				fail_msg("rows %zu and %zu have one hash", i, k);
	/* Options that decide nothing are no part of it. */
	hash_is((struct post_canon){ .bucket = 7 }, NULL, "# a comment\n", other);
	assert_string_equal(other, hash[0]);
	hash_is((struct post_canon){ .off = true, .modules = true, .lines = POST_LINES_KEEP }, NULL, NULL, other);
	assert_string_equal(other, hash[4]);
	/* Baselines hold it: who changes this line changes POST_CANON_RULES. */
	assert_string_equal(hash[0], "85f7bc49d7fbb36fe45c989d4c7f5070521864e684d4dfe52433c852909e99f0");
}

/* Names put together of all that the rules look for, and of any bytes. */
static void
random_name(struct rng *r, struct post_buf *b)
{
	static const struct post_str parts[] = {
		BYTES("+0x1"), BYTES("/0x2"), BYTES("0x"), BYTES("0x..."), BYTES("..."), BYTES(" [m]"), BYTES(" ["), BYTES("]"), BYTES("["), BYTES("/"),
		BYTES(" [clone .isra.0]"), BYTES(" (.cold)"), BYTES(".part.1"), BYTES(".cold"), BYTES("@plt"), BYTES("@@V_1"), BYTES("@V_1"), BYTES("@"),
		BYTES("::h0123456789abcdef"), BYTES("_ZN"), BYTES("17h0123456789abcdefE"), BYTES("(a.c:7)"), BYTES("(a.c)"), BYTES(" (a.py:7)"), BYTES(" ("),
		BYTES("("), BYTES(")"), BYTES(":12"), BYTES(":0"), BYTES(":"), BYTES("_[k]"), BYTES("_[i]"), BYTES("_[w]"), BYTES(" (inlined)"), BYTES(" (inexact)"),
		BYTES("C:"), BYTES("T:"), BYTES("="), BYTES("[string \""), BYTES("_by_lua("), BYTES("<anon"), BYTES(">"), BYTES(":<main>"), BYTES("perf-1.map"),
		BYTES("jitted-1-2.so"), BYTES("stap_a_1"), BYTES("[JIT] tid 1"), BYTES(" (deleted)"), BYTES(".#prelink#"), BYTES("<unknown>"), BYTES("[unknown]"),
		BYTES("\n"), BYTES("\0"), BYTES(" "), BYTES("."), BYTES("E"), BYTES("h"), BYTES("a"), BYTES("1"), BYTES("clone ."), BYTES("0xffffffff81000000"),
		BYTES(".lua"), BYTES("[\""), BYTES("\"]"), BYTES("|"), BYTES("-"), BYTES("18446744073709551616"),
	};
	size_t n = 1 + below(r, 9);

	for (b->n = 0; n > 0; n--)
		if (below(r, 20) == 0)
			post_putc(b, (char)rng(r));
		else
			post_put(b, parts[below(r, ROWS(parts))]);
}

static void
once_is_enough(void **state)
{
	struct rng r = rng_start("once_is_enough");
	struct post_buf name = { 0 }, once = { 0 }, twice = { 0 };
	struct post_canon c = { 0 };
	int i;

	(void)state;
	for (i = 0; i < 150000; i++) {
		c.modules = below(&r, 2);
		c.hex = below(&r, 4) == 0;
		c.lines = (enum post_canon_lines)below(&r, 3);
		c.bucket = 1 + below(&r, 50);
		random_name(&r, &name);
		once.n = twice.n = 0;
		assert_true(post_canon_put(&c, post_buf_str(&name), &once));
		assert_true(once.n > 0);
		assert_true(post_canon_put(&c, post_buf_str(&once), &twice));
		if (!post_str_eq(post_buf_str(&once), post_buf_str(&twice)))
			fail_msg("\"%s\" is \"%s\" and then \"%s\" (modules %d, hex %d, lines %d)", name.s, once.s, twice.s, c.modules, c.hex,
			    c.lines);
	}
	post_buf_free(&name);
	post_buf_free(&once);
	post_buf_free(&twice);
	post_canon_free(&c);
}

/* Names of a megabyte: what fits again and again, and what nearly fits, in time that grows with the name. */
static void
long_names(void **state)
{
	static const char *const parts[] = {
		"a", "1", "+0x1", "+0x1/0x2", " [m]", " [clone .isra.0]", " (.cold)", ".cold", ".part.1", "@@V_1", "@plt", "::h0123456789abcdef",
		"17h0123456789abcdefE", "(a.c:7)", "(a.c)", " (a.py:7)", "(", ")", "]", "[", ":1", ":0", "a.cold:1", "_[k]", "]_[k]", " (inlined)",
		" (deleted)", ".#prelink#", " (deleted)+0x1]", "0x1", "/", "\n:1", "<anon", "::", "[\"", "0", "perf-1.map", "a.py:7) (", ".1", "@", "[m]+0x1",
	};
	struct post_buf b = { 0 }, out = { 0 };
	clock_t begin = clock();

	(void)state;
	for (size_t i = 0; i < ROWS(parts); i++)
		for (int k = 0; k < 4; k++) {
			struct post_canon c = { .modules = k & 1, .hex = k == 3, .lines = (enum post_canon_lines)(k % 3), .bucket = 10 };

			b.n = out.n = 0;
			post_puts(&b, k == 0 ? "_ZN" : k == 1 ? "[" : "f");
			while (b.n < 1 << 20)
				post_puts(&b, parts[i]);
			assert_true(post_canon_put(&c, post_buf_str(&b), &out));
			assert_true(out.n > 0 && out.n <= 3 * b.n);
			post_canon_free(&c);
		}
	assert_true(clock() - begin < 60 * CLOCKS_PER_SEC);	/* a square of the length would be hours */
	post_buf_free(&b);
	post_buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(offsets_and_modules),
		cmocka_unit_test(modules_kept),
		cmocka_unit_test(what_compilers_add),
		cmocka_unit_test(whole_names),
		cmocka_unit_test(lines_dropped),
		cmocka_unit_test(lines_kept_and_bucketed),
		cmocka_unit_test(marks_and_inlined_calls),
		cmocka_unit_test(hex),
		cmocka_unit_test(maps),
		cmocka_unit_test(maps_come_last),
		cmocka_unit_test(maps_of_files_that_are_wrong),
		cmocka_unit_test(patterns_given_up),
		cmocka_unit_test(hashes),
		cmocka_unit_test(once_is_enough),
		cmocka_unit_test(long_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
