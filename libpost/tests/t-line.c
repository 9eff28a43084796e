/* SPDX-License-Identifier: BSD-2-Clause */
/* Each line of bt(5): what kind is it, and which parts does it have? */
#include "support.h"

#define K(kind) POST_LINE_ ## kind
#define N(note) POST_NOTE_ ## note

static struct post_line got;
static char scratch_line[1024];

static void
classify(struct post_str s)
{
	memset(&got, 0, sizeof got);
	assert_true(s.n <= sizeof scratch_line);
	post_line_classify(s, scratch_line, &got);
}

static void
is_kind(const char *line, enum post_line_kind kind)
{
	classify(post_str_of(line));
	if (got.kind != kind)
		fail_msg("\"%s\" is %d, not %d", line, (int)got.kind, (int)kind);
}

static void
blanks(void **state)
{
	static const char *const rows[] = { "", " ", "\t", " \t\v\f", "\r", " \r", "\x1b[m", "\x1b[K \x1b[01;31m" };
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++)
		is_kind(rows[i], K(BLANK));
}

static void
counts(void **state)
{
	static const struct {
		const char		*line;
		enum post_line_kind	 kind;
		const char		*count;
	} rows[] = {
		{ "\t17", K(COUNT), "17" }, { "\t0", K(COUNT), "0" }, { "\t-5", K(COUNT), "-5" }, { "\t17\r", K(COUNT), "17" },
		{ "\t99999999999999999999", K(COUNT), "99999999999999999999" },
		{ "\x1b[m\t17", K(COUNT), "17" }, { "\t17\x1b[K", K(COUNT), "17" },
		{ "5", K(LOOSE_COUNT), "5" }, { "   6", K(LOOSE_COUNT), "6" }, { "\t\t7", K(LOOSE_COUNT), "7" },
		{ "\t5 ", K(LOOSE_COUNT), "5" }, { " 0", K(LOOSE_COUNT), "0" }, { "0", K(LOOSE_COUNT), "0" }, { "5\r", K(LOOSE_COUNT), "5" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		is_kind(rows[i].line, rows[i].kind);
		same(got.count, rows[i].count);
	}
	assert_true(post_line_is_count(BYTES("\t17")) && post_line_is_count(BYTES("\t-5\r")));
	assert_false(post_line_is_count(BYTES("")) || post_line_is_count(BYTES("\t")) || post_line_is_count(BYTES("\t-")));
	assert_false(post_line_is_count(BYTES("17")) || post_line_is_count(BYTES("\t17 ")) || post_line_is_count(BYTES(" \t1")));
	assert_false(post_line_is_count(BYTES("\t1\r\r")) || post_line_is_count(BYTES("\r")) || post_line_is_count(BYTES("\t1\0")));
}

/* Native frames of all versions of stap, resolved and not (bt(5)). */
static void
native(void **state)
{
	static const struct {
		const char	*line, *addr, *rest;
	} rows[] = {
		{ " 0x401b3c : f+0x5c/0x8f0 [/opt/nginx]", "0x401b3c", "f+0x5c/0x8f0 [/opt/nginx]" },
		{ " 0x401b3c : f+0x5c/0x8f0", "0x401b3c", "f+0x5c/0x8f0" },
		{ " 0x7f0a : 0x7f0a [/lib64/libc-2.12.so+0x18a45/0x38e000]", "0x7f0a", "0x7f0a [/lib64/libc-2.12.so+0x18a45/0x38e000]" },
		{ " 0x7f0a11223344 : 0x7f0a11223344", "0x7f0a11223344", "0x7f0a11223344" },
		{ " 0xffffffffa0123456 : 0xffffffffa0123456 [ip_tables]", "0xffffffffa0123456", "0xffffffffa0123456 [ip_tables]" },
		{ " 0x0000000000401b3c : f+0x5c/0x8f0 [a]", "0x0000000000401b3c", "f+0x5c/0x8f0 [a]" },
		{ " 0x7f0a11223344 [/lib64/libc-2.12.so+0x18a45/0x38e000]", "0x7f0a11223344",
		    "0x7f0a11223344 [/lib64/libc-2.12.so+0x18a45/0x38e000]" },
		{ " 0x7f0a11223344", "0x7f0a11223344", "0x7f0a11223344" },
		{ " 0x401000 [a+0x1/0x2] at /src/a.c:12", "0x401000", "0x401000 [a+0x1/0x2] at /src/a.c:12" },
		{ " 0x401000 [a+0x1/0x2] (inexact)", "0x401000", "0x401000 [a+0x1/0x2] (inexact)" },
		{ " 0x401000 (inexact)", "0x401000", "0x401000 (inexact)" },
		{ " 0x401000 at /src/a.c:12", "0x401000", "0x401000 at /src/a.c:12" },
		{ " 0x1 : f+0x1/0x2 [kernel] (inexact)", "0x1", "f+0x1/0x2 [kernel] (inexact)" },
		{ " 0x1 : f+0x1/0x2 at /src/a.c:12 [a]", "0x1", "f+0x1/0x2 at /src/a.c:12 [a]" },
		{ " 0x7f  :  <unknown> [/lib64/libc-2.12.so+0x18a45/0x38e000]", "0x7f", "<unknown> [/lib64/libc-2.12.so+0x18a45/0x38e000]" },
		{ " 0x7f  :  <unknown>", "0x7f", "<unknown>" },
		{ " 0x40  :  <unknown>1000", "0x40", "<unknown>1000" },
		{ " 0x0 : 0x0", "0x0", "0x0" }, { " 0x : 0x0", "0x", "0x0" }, { " 0 : 0x0", "0", "0x0" },
		{ " 0x7f12 : 0x7f12", "0x7f12", "0x7f12" }, { " 0xABC : 0xABC", "0xABC", "0xABC" },
		{ " 0x401000 : a : b : c+0x10/0x20 [/x/a.out]", "0x401000", "a : b : c+0x10/0x20 [/x/a.out]" },
		{ " 0x1 : +0x0/0x0 [x]", "0x1", "+0x0/0x0 [x]" },
		{ " 0x1 : f+0x1/0x2\r", "0x1", "f+0x1/0x2" },
		{ "  0x1 : two+0x1/0x2", "0x1", "two+0x1/0x2" }, { "0x1 : none+0x1/0x2", "0x1", "none+0x1/0x2" },
		{ "Returning from:  0xffff : sys_open+0x0/0x20 [kernel]", "0xffff", "sys_open+0x0/0x20 [kernel]" },
		{ "Returning to  :  0xffff : f+0x1/0x20 [kernel]", "0xffff", "f+0x1/0x20 [kernel]" },
		{ "Returning from: 0xffff : f+0x0/0x20", "0xffff", "f+0x0/0x20" },
		{ "Returning to  :  0xffff [a+0x1/0x2]", "0xffff", "0xffff [a+0x1/0x2]" },
		{ " 0x1 : WARNING: f:12+0x1/0x2", "0x1", "WARNING: f:12+0x1/0x2" },
		{ "0x401b3c [libc.so+0x12]", "0x401b3c", "0x401b3c [libc.so+0x12]" },	/* 6.4 row 7: SIMPLE, without a symbol */
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		is_kind(rows[i].line, K(NATIVE));
		same(got.addr, rows[i].addr);
		same(got.rest, rows[i].rest);
		assert_int_equal(got.count.n, 0);
	}
}

static void
spliced(void **state)
{
	(void)state;
	is_kind(" 0x1 : f+0x1/0x2 [a]\t17", K(NATIVE));
	same(got.rest, "f+0x1/0x2 [a]");
	same(got.count, "17");
	is_kind(" 0x1 : f+0x\t17\r", K(NATIVE));
	same(got.rest, "f+0x");
	same(got.count, "17");
	is_kind(" 0x1 : f+0x1/0x20", K(NATIVE));
	assert_int_equal(got.count.n, 0);
}

/* grep --color and 2>&1 of a terminal leave these. */
static void
coloured(void **state)
{
	(void)state;
	is_kind("\x1b[31m 0x1 : f+0x1/0x2 [a]\x1b[m", K(NATIVE));
	same(got.rest, "f+0x1/0x2 [a]");
	is_kind(" 0x1 : \x1b[01;31m\x1b[Kf\x1b[m\x1b[K+0x1/0x2 [a]", K(NATIVE));
	same(got.rest, "f+0x1/0x2 [a]");
	is_kind("@\x1b[31ma.lua\x1b[m:7", K(LUA));
	same(got.text, "@a.lua:7");
	is_kind("\x1b[01;31m\x1b[KERROR:\x1b[m\x1b[K MAXACTION exceeded near x", K(NOISE));
	assert_int_equal(got.noise, POST_NOTE_ERROR);
	is_kind("\x1b[00;33m\x1b[KWARNING:\x1b[m\x1b[K x", K(NOISE));
	assert_int_equal(got.noise, POST_NOTE_WARNING);
	is_kind("a\x1b[9", K(TEXT));	/* no colour: it stays */
	assert_int_equal(got.text.n, 4);
}

/* The forms of Lua frames, whole and cut (bt(5)). */
static void
lua(void **state)
{
	static const struct {
		const char		*line;
		enum post_line_kind	 kind;
	} rows[] = {
		{ "@/opt/app/x.lua:7", K(LUA) }, { "@x.lua:0", K(LUA) }, { "@x.lua:-1", K(LUA) }, { "@:5", K(LUA) },
		{ "@/a b/c:d.lua:12", K(LUA) }, { "=content_by_lua(nginx.conf:90):3", K(LUA) }, { "=stdin:1", K(LUA) },
		{ "T:@a.lua:2", K(LUA) }, { "T:=x:3", K(LUA) }, { "C:pmain", K(LUA) }, { "C:0xbcafff0", K(LUA) },
		{ "C:f@@GLIBC_2.3", K(LUA) }, { "builtin#85", K(LUA) }, { "T:builtin#85", K(LUA) }, { "[tail]", K(LUA) },
		{ "@x.lua:7\r", K(LUA) }, { "@/a/ERROR: b.lua:3", K(LUA) },
		{ "access_by_lua:1", K(LUA_WEAK) }, { "/waf/x.lua:38", K(LUA_WEAK) }, { ":17", K(LUA_WEAK) }, { "    :1", K(LUA_WEAK) },
		{ "T:content_by_lua:2", K(LUA_WEAK) }, { "print(x) return :7", K(LUA_WEAK) }, { "x:-1", K(LUA_WEAK) },
		{ "lj_str_new", K(CFUNC) }, { "0xbcafff0", K(CFUNC) }, { "_Z3foov.part.0", K(CFUNC) }, { "f@@GLIBC_2.3", K(CFUNC) },
		{ "$x", K(CFUNC) }, { ".text", K(CFUNC) },
		{ "@/opt/app/lualib/resty/my\t17", K(CUT) }, { "C:lj_\t5", K(CUT) }, { "T:@x\t5", K(CUT) }, { "b\t5", K(CUT) },
		{ "@a.lua:1\t5", K(CUT) }, { "[tail]\t5", K(CUT) }, { "return 1;\t42", K(CUT) }, { "builtin#85\t3", K(CUT) },
		{ "@a b\t5\r", K(CUT) },
		{ "C:", K(TEXT) }, { "builtin#", K(TEXT) }, { "builtin#8x", K(TEXT) }, { "[tail] ", K(TEXT) }, { "T:", K(TEXT) },
		{ "C:a b", K(LUA_NAMED) }, { "C: a b", K(TEXT) }, { "@x.lua", K(CFUNC) }, { "@a/x.lua", K(TEXT) }, { "local x = 1", K(TEXT) },
		{ "-- a comment", K(TEXT) }, { "1abc", K(TEXT) }, { "a\t-5", K(TEXT) }, { ": 5", K(TEXT) }, { "5:", K(TEXT) },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++)
		is_kind(rows[i].line, rows[i].kind);
	is_kind("  @a.lua:3\r", K(LUA));
	same(got.text, "@a.lua:3");
	is_kind("@/opt/my\t17\r", K(CUT));
	same(got.text, "@/opt/my");
	same(got.count, "17");
}

/* The layouts of sprint_backtrace and print_ubacktrace_brief. */
static void
simple(void **state)
{
	static const char *const rows[] = {
		"f+0x12", "f+0x12 [libc.so]", "f+0x12 [a b]", "_ZN1aD1Ev+0x0 [x] (inexact)", "f+0x12 (inexact)",
		"operator new(unsigned long)+0x12 [libstdc++.so.6]", "f+0x1/0x2 [kernel]", "<unknown> [libc.so+0x12]",
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		is_kind(rows[i], K(SIMPLE));
		same(got.rest, rows[i]);
	}
	is_kind(" f+0x12", K(TEXT));
	is_kind("+0x12", K(TEXT));
	is_kind("x + 0x", K(TEXT));
}

/* What is no frame: messages, reports, histograms, debug lines (bt(5)). */
static void
noise(void **state)
{
	static const struct {
		const char	*line;
		enum post_note	 note;
	} rows[] = {
		{ "WARNING: Tracing 123 (/opt/nginx) in user-space only...", N(WARNING) },
		{ "WARNING: user string copy fault -14 at 000000006369641a [man error::fault]", N(WARNING) },
		{ "WARNING deduplication table full", N(WARNING) }, { "ATTENTION : x", N(WARNING) }, { "UWAGA: x", N(WARNING) },
		{ "VAROV\xc3\x81N\xc3\x8d: x", N(WARNING) }, { "WARNING :x", N(WARNING) },
		{ "ERROR: MAXACTION exceeded near operator '@count' at <input>:17:13", N(ERROR) }, { "CHYBA: x", N(ERROR) },
		{ "ERROR: Skipped too many probes, check MAXSKIPPED or try again with stap -t for more details.", N(ERROR) },
		{ "Pass 1: parsed user script and 110 library scripts", N(PASS) }, { "Pass 3: using cached /home/op/.systemtap/x.ko", N(PASS) },
		{ "Pass 5: starting run.", N(PASS) }, { "Pass 5: run failed.  [man error::pass5]", N(PASS) },
		{ "Pass 5: run completed in 10usr/20sys/30real ms.", N(PASS) }, { "Passe 5 : x", N(PASS) }, { "F\xc3\xa1ze 5: x", N(PASS) },
		{ "semantic error: while resolving probe point: identifier 'process' at x.stp:1:7", N(TRANSLATOR) },
		{ "parse error: expected statement", N(TRANSLATOR) }, { "        source: probe begin", N(TRANSLATOR) },
		{ "\tsaw: operator '}' at <input>:1:3", N(TRANSLATOR) }, { "   thrown from: elaborate.cxx:1", N(TRANSLATOR) },
		{ "                ^", N(TRANSLATOR) }, { "\tin expansion of macro: operator '@x' at y:1:2", N(TRANSLATOR) },
		{ "1 parse error.", N(TRANSLATOR) }, { "2 semantic errors.", N(TRANSLATOR) }, { "2 parse errors", N(TRANSLATOR) },
		{ "Tip: /usr/share/doc/systemtap/README.Debian", N(TRANSLATOR) },
		{ "Missing separate debuginfos, use: debuginfo-install kernel", N(TRANSLATOR) },
		{ "Number of similar error messages suppressed: 3.", N(TRANSLATOR) }, { "Rerun with -v to see them.", N(TRANSLATOR) },
		{ "Checking \"/lib/modules/x/build/.config\" failed with error: No such file", N(TRANSLATOR) },
		{ "make[1]: *** [x.o] Error 1", N(TRANSLATOR) }, { "make: *** [all] Error 2", N(TRANSLATOR) },
		{ "/tmp/stapX/x.c:12:3: error: 'y' undeclared", N(TRANSLATOR) }, { "/tmp/stapX/x.c:1: warning: z", N(TRANSLATOR) },
		{ "stapio:main:12 x", N(BANNER) }, { "staprun:insert_module:183: ERROR: x", N(BANNER) }, { "stap:x:1: y", N(BANNER) },
		{ "Found exact match for libc: /lib64/libc.so", N(BANNER) },
		{ "Ignored ambiguous library /x for \"lua\"", N(BANNER) },
		{ "foo.sxx: line 12: libluajit is not found, assuming it is statically linked.", N(TRANSLATOR) },
		{ "Hit Ctrl-C to end.", N(BANNER) }, { "Sampling for 5 seconds.", N(BANNER) }, { "Please wait for 5 seconds", N(BANNER) },
		{ "Start tracing 123 (/opt/x)", N(BANNER) }, { "Tracing 123 (/opt/x)...", N(BANNER) },
		{ "Exiting...Please wait...", N(BANNER) }, { "Systemtap probe: kernel.function(\"x\")", N(BANNER) },
		{ "No new connections found yet.", N(BANNER) }, { "No queued received packets found yet.", N(BANNER) },
		{ "----- probe hit report: ", N(REPORT) }, { "----- refresh report:", N(REPORT) },
		{ "timer.profile, (<input>:8:1), hits: 4998, cycles: 420min/1034avg/52000max, variance: 77, from: timer.profile, index: 1",
		    N(REPORT) },
		{ "timer.profile, (<input>:8:1), hits: 4998, cycles: 420min/1034avg/52000max, from: timer.profile", N(REPORT) },
		{ "hits: 5, nsecs: 1min/2avg/3max, variance: -1", N(REPORT) }, { "hits: 5, cycles: 1min/2avg/3max", N(REPORT) },
		{ "'__global_s' lock contention occurred 17 times", N(REPORT) },
		{ "=== Off-CPU time distribution (in us) ===", N(REPORT) }, { "min/avg/max: 1/2/3", N(REPORT) },
		{ "SYN queue length limit: 512", N(REPORT) }, { "Accept queue length limit: 511", N(REPORT) },
		{ "[Tue Nov  3 2026 CST] SYN queue is overflown: 10 > 5", N(REPORT) },
		{ "[Tue Nov  3 2026 CST] ACK backlog queue is overflown: 10 > 5", N(REPORT) },
		{ "[1403000000] epoll loop blocked for 20ms", N(REPORT) }, { "[1403000001] epoll loop blocked for 30ms (file IO: 3ms)", N(REPORT) },
		{ "#1: 10 times, 4096 bytes reads/writes in file a b.", N(REPORT) },
		{ "max/avg/min: 3/2/1", N(REPORT) }, { "Distribution of epoll loop blocking latencies (in milliseconds)", N(REPORT) },
		{ "value |-------------------------------------------------- count", N(REPORT) },
		{ "   -1 |                                                     0", N(REPORT) },
		{ "    1 |@@@@@@@                                            7", N(REPORT) },
		{ "1048576 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@ 50", N(REPORT) },
		{ "  <10 |@@ 2", N(REPORT) }, { " >100 | 0", N(REPORT) }, { "    0 |@ 1", N(REPORT) }, { "      ~", N(REPORT) },
		{ "<no user backtrace at process(\"x\")>", N(NO_BACKTRACE) }, { "<no kernel backtrace at x>", N(NO_BACKTRACE) },
		{ "<no user backtrace support on arch>", N(NO_BACKTRACE) }, { " : 0x0", N(NO_BACKTRACE) }, { ": 0x0", N(NO_BACKTRACE) },
		{ "_stp_stack_unwind_one_user:447: STARTING user unwind", N(DEBUG) },
		{ "unwind:1490: pc=7f0a11223343, 7f0a11223344", N(DEBUG) }, { "unwind_frame:1227: startLoc: 401000, endLoc: 401080", N(DEBUG) },
		{ "_stp_umod_lookup:158: found module /lib64/libc.so.6 at 0x7f12", N(DEBUG) },
		{ "0x401b3c _stp_stack_unwind_one_user:447: CONTINUING user unwind to depth 1", N(DEBUG) },
		{ "0x401b3c 0x401b4d processCFI:537: DW_CFA_def_cfa_offset offs=10", N(DEBUG) }, { ", with offset: -16", N(DEBUG) },
		{ " _stp_stack_unwind_one_user:545: : 0x0", N(DEBUG) }, { " STARTING : 0x0", N(DEBUG) },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		is_kind(rows[i].line, K(NOISE));
		if (got.noise != rows[i].note)
			fail_msg("\"%s\" is note %d, not %d", rows[i].line, (int)got.noise, (int)rows[i].note);
		assert_int_equal(post_noise(post_str_of(rows[i].line)), rows[i].note);
	}
}

static void
no_noise(void **state)
{
	static const char *const rows[] = {
		"", "WARNINGS", "Error: x", "Passage 1", "Passing by:3", "=x:1", "=", "value | x", "5 | x", "5 |@@ 3 4", "~x", "hits", "a:b: c",
		"12:3: x", "make", "Tracing", "stapio:", "stapio:main: x", "0x12 a", "x^", "2 errors", ":12: x", "- 5 |@ 3",
		"SYN queue length limit: x", "[1] epoll loop", "SYN queue is overflown: 1 > 2", "#1: 10 times", "# in file x",
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++)
		if (post_noise(post_str_of(rows[i])) != POST_NOTE_NONE)
			fail_msg("\"%s\"", rows[i]);
}

/* Every string of up to three bytes of a few: one kind, and views that lie inside. */
static void
short_lines(void **state)
{
	static const char some[] = "\0\t\r 0x1af:@=TC[]+-/~^|<(\x1b\xff";
	size_t n, i, total;
	char s[3];

	(void)state;
	for (n = 0; n <= 3; n++) {
		for (total = 1, i = 0; i < n; i++)
			total *= sizeof some;
		while (total-- > 0) {
			size_t u = total;

			for (i = 0; i < n; i++, u /= sizeof some)
				s[i] = some[u % sizeof some];
			classify((struct post_str){ s, n });
			assert_true(got.kind <= POST_LINE_TEXT && got.text.n <= n && got.addr.n <= n && got.rest.n <= n && got.count.n <= n);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blanks), cmocka_unit_test(counts), cmocka_unit_test(native), cmocka_unit_test(spliced),
		cmocka_unit_test(coloured), cmocka_unit_test(lua), cmocka_unit_test(simple), cmocka_unit_test(noise),
		cmocka_unit_test(no_noise), cmocka_unit_test(short_lines),
	};

	return cmocka_run_group_tests_name("line", tests, NULL, NULL);
}
