/* SPDX-License-Identifier: BSD-2-Clause */
/* What a line means among its neighbours: chunks of Lua text, cuts, splices, noise inside stacks. */
#include "support.h"

/* Events as text, "kind text|", and their raw parts put together. */
static struct post_buf told, raw;
static bool out_of_order;

static void
on_event(void *arg, const struct post_event *e)
{
	static const char kinds[] = "NSLFXC-";
	struct post_str s = e->line->text;

	(void)arg;
	switch (e->kind) {
	case POST_EVENT_NATIVE:
	case POST_EVENT_SIMPLE:	s = e->line->rest; break;
	case POST_EVENT_COUNT:	s = e->line->count; break;
	case POST_EVENT_NOISE:
		if (e->line->noise == POST_NOTE_NONE)
			s = BYTES("");
		out_of_order |= e->line->noise == POST_NOTE_WARNING || e->line->noise == POST_NOTE_ERROR ||
		    e->line->noise == POST_NOTE_DEBUG || e->line->noise == POST_NOTE_NO_BACKTRACE;
		break;
	default:
		break;
	}
	post_putc(&told, kinds[e->kind]);
	for (size_t i = 0; i < s.n; i++)
		post_putc(&told, s.p[i] == '\n' ? '/' : s.p[i]);
	post_putc(&told, '|');
	post_put(&raw, e->raw);
}

static void
parse(struct post_str s)
{
	struct post_parser p = { .event = on_event };

	told.n = raw.n = 0;
	post_puts(&told, "");
	post_puts(&raw, "");
	out_of_order = false;
	post_parse(&p, s);
	post_parse_end(&p);
	post_parse_free(&p);
}

static void
tells_n(struct post_str s, const char *want)
{
	parse(s);
	if (strcmp(told.s, want) != 0)
		print_error("in   \"%.*s\"\ngot  %s\nwant %s\n", (int)s.n, s.p, told.s, want);
	assert_string_equal(told.s, want);
	assert_int_equal(raw.n, s.n);
	if (!out_of_order)
		assert_memory_equal(raw.s, s.p, s.n);
}

static void
tells(const char *s, const char *want)
{
	tells_n(post_str_of(s), want);
}

static int
stop(void **state)
{
	(void)state;
	post_buf_free(&told);
	post_buf_free(&raw);
	return 0;
}

static void
native_stacks(void **state)
{
	(void)state;
	tells("", "");
	tells(" 0x1 : f+0x1/0x2 [a]\n 0x2 : g+0x1/0x2\n\t17\n", "Nf+0x1/0x2 [a]|Ng+0x1/0x2|C17|");
	tells(" 0x1 : f+0x1/0x2\n\t17", "Nf+0x1/0x2|C17|");
	tells("\t3\n\t4\n", "C3|C4|");
	tells(" 0x1 : f+0x1/0x2\n   6\n5\n", "Nf+0x1/0x2|C6|C5|");
	tells(" 0x1 : f+0x1/0x2\r\n\t17\r\n", "Nf+0x1/0x2|C17|");
	tells(" 0x1 : f+0x1/0x2\n", "Nf+0x1/0x2|");
	tells("\n \n 0x1 : f+0x1/0x2\n\n\t1\n\n", "-|-|Nf+0x1/0x2|-|C1|-|");
	tells(" 0x1\n 0x2 [a+0x1/0x2]\n\t1\n", "N0x1|N0x2 [a+0x1/0x2]|C1|");
	tells("f+0x12 [a]\ng+0x1\n\t9\n", "Sf+0x12 [a]|Sg+0x1|C9|");
	tells(" 0x1 : f+0x1/0x2\n\t-5\n", "Nf+0x1/0x2|C-5|");
}

static void
noise_in_stacks(void **state)
{
	(void)state;
	tells(" 0x1 : f+0x1/0x2\nWARNING: x\n 0x2 : g+0x1/0x2\n\t1\n", "Nf+0x1/0x2|-WARNING: x|Ng+0x1/0x2|C1|");
	tells(" 0x1 : f+0x1/0x2\nsome text\n 0x2 : g+0x1/0x2\n\t1\n", "Nf+0x1/0x2|-some text|Ng+0x1/0x2|C1|");
	tells(" 0x1 : f+0x1/0x2\nword\nx:7\n\t1\n", "Nf+0x1/0x2|-word|-x:7|C1|");
	tells("@a.lua:1\nERROR: x at y:7\n@b.lua:2\n\t1\n", "L@a.lua:1|-ERROR: x at y:7|L@b.lua:2|C1|");
	tells("hello world\n 0x1 : f+0x1/0x2\n\t1\n", "-hello world|Nf+0x1/0x2|C1|");
	tells("hello world\nand more\n@a.lua:1\n\t1\n", "-hello world/and more|L@a.lua:1|C1|");
	tells("hello world\n", "-hello world|");
	tells("=== SYN Queue ===\nmin/avg/max: 1/2/3\nvalue |------ count\n    1 |@@ 2\n\n", "-=== SYN Queue ===|-min/avg/max: 1/2/3|"
	    "-value |------ count|-1 |@@ 2|-|");
}

static void
lua_stacks(void **state)
{
	(void)state;
	tells("T:@a.lua:2\n@a.lua:2\nC:f\nbuiltin#85\n[tail]\n=x(y:1):3\n\t7\n",
	    "LT:@a.lua:2|L@a.lua:2|LC:f|Lbuiltin#85|L[tail]|L=x(y:1):3|C7|");
	tells("content_by_lua:2\n:7\n/waf/x.lua:38\n\t1\n", "Lcontent_by_lua:2|L:7|L/waf/x.lua:38|C1|");
	tells("0xbcafff0\nT:@a.lua:2\n@a.lua:0\nC:pmain\n\t1\n", "F0xbcafff0|LT:@a.lua:2|L@a.lua:0|LC:pmain|C1|");
	tells("lj_str_new\n@a.lua:2\n\t1\n", "Flj_str_new|L@a.lua:2|C1|");
	tells("lj_str_new\n\t1\n", "Flj_str_new|C1|");
	tells("@a.lua:2\nword\n@b.lua:2\n\t1\n", "L@a.lua:2|-word|L@b.lua:2|C1|");
	tells("lj_str_new\r\n@a.lua:2\r\n\t1\r\n", "Flj_str_new|L@a.lua:2|C1|");
	tells("word\n 0x1 : f+0x1/0x2\n\t1\n", "Fword|Nf+0x1/0x2|C1|");
}

/* A chunk without a name is its own text, over many lines. */
static void
chunks(void **state)
{
	(void)state;
	tells("local x = 1\nreturn x:1\n@a.lua:2\n\t3\n", "Llocal x = 1/return x:1|L@a.lua:2|C3|");
	tells("local x =\n42\nreturn x\n    :1\n\t3\n", "Llocal x =/42/return x/    :1|C3|");
	tells("local x =\n\t42\nreturn x\n:1\n\t3\n", "Llocal x =/\t42/return x/:1|C3|");
	tells("@a.lua:1\nlocal t = {\n\t42\n\t43\n}\n:1\n\t3\n", "L@a.lua:1|Llocal t = {/\t42/\t43/}/:1|C3|");
	tells("if x then\n\n  y()\nend\n:0\n\t3\n", "Lif x then//  y()/end/:0|C3|");
	tells("return function()\nend\n:1\n\t3\n", "Lreturn function()/end/:1|C3|");
	tells("f(a,\n5\n)\n:1\n\t3\n", "Lf(a,/5/)/:1|C3|");
	tells("local x = 1\r\nreturn x:1\r\n\t3\r\n", "Llocal x = 1/return x:1|C3|");
	tells("x = {\n=== y ===\n}\n:1\n\t3\n", "Lx = {/=== y ===/}/:1|C3|");
	/* a message of stap among them is told first */
	tells("local x = 1\nWARNING: y\nreturn x:1\n\t3\n", "-WARNING: y|Llocal x = 1/return x:1|C3|");
	/* what is surely no chunk */
	tells("local x = 1\n 0x1 : f+0x1/0x2\n\t3\n", "-local x = 1|Nf+0x1/0x2|C3|");
}

/* A Lua stack is cut by MAXSTRINGLEN. */
static void
cuts(void **state)
{
	(void)state;
	tells("@a.lua:12\n@/opt/app/my\t17\n@b.lua:1\n\t6\n", "L@a.lua:12|X@/opt/app/my|C17|L@b.lua:1|C6|");
	tells("@a.lua:12\n@/opt/app/my:1\t17\n", "L@a.lua:12|X@/opt/app/my:1|C17|");
	tells("C:\t17\n", "XC:|C17|");
	tells("T:@x\t17\n", "XT:@x|C17|");
	tells("@\t17\n", "X@|C17|");
	tells("[ta\t17\n@b.lua:1\n\t6\n", "X[ta|C17|L@b.lua:1|C6|");
	tells("@/a b/c\t17\r\n", "X@/a b/c|C17|");
	tells("@/opt/app/my\t17", "X@/opt/app/my|C17|");
	/* inside a chunk: what follows decides */
	tells("@a.lua:1\nlocal x = 1\nlocal y\t17\n@b.lua:1\n\t6\n", "L@a.lua:1|Xlocal x = 1/local y|C17|L@b.lua:1|C6|");
	tells("@a.lua:1\nlocal x = 1\n\t17\n@b.lua:1\n\t6\n", "L@a.lua:1|Xlocal x = 1|C17|L@b.lua:1|C6|");
	tells("@a.lua:1\nlocal x = 1\n\t17\nlj_str_new\n@b.lua:1\n\t6\n", "L@a.lua:1|Xlocal x = 1|C17|Flj_str_new|L@b.lua:1|C6|");
	tells("local x = 1\nlocal y\t17\nend\n:1\n\t6\n", "Llocal x = 1/local y\t17/end/:1|C6|");
	tells("local x = 1\nlocal y\t17\n", "Xlocal x = 1/local y|C17|");
	tells("local x = 1\n\t17\n", "Xlocal x = 1|C17|");
	tells("local y\t17\n", "Xlocal y|C17|");
	tells("local y\t17\n 0x1 : f+0x1/0x2\n\t1\n", "Xlocal y|C17|Nf+0x1/0x2|C1|");
}

/* Transport lost a piece: one line ends as another. */
static void
splices(void **state)
{
	(void)state;
	tells(" 0x1 : f+0x\t17\n 0x2 : g+0x1/0x2\n\t1\n", "Nf+0x|C17|Ng+0x1/0x2|C1|");
	tells(" 0x1 : f+0x1/0x2 [a]\t17", "Nf+0x1/0x2 [a]|C17|");
	tells(" 0x1 : f+0x\t17\r\n", "Nf+0x|C17|");
}

static void
colours(void **state)
{
	(void)state;
	tells("\x1b[31m 0x1 : f+0x1/0x2 [a]\x1b[m\n\t1\x1b[K\n", "Nf+0x1/0x2 [a]|C1|");
	tells("@\x1b[31ma.lua\x1b[m:7\n\t1\n", "L@a.lua:7|C1|");
	tells("\x1b[01;31m\x1b[KERROR:\x1b[m\x1b[K x\n", "-ERROR: x|");
}

/* The raw parts of a line that is told in two are cut by its own bytes, not by those without colour. */
static void
coloured_cuts(void **state)
{
	(void)state;
	tells("@/opt/\x1b[31mmy\x1b[m\t17\n@b.lua:1\n\t6\n", "X@/opt/my|C17|L@b.lua:1|C6|");
	tells("\x1b[31m 0x1 : f+0x\t17\x1b[m\n", "Nf+0x|C17|");
	/* a chunk is what stood there, colour and all */
	tells("local x = 1\nlocal \x1b[31my\x1b[m\t17\n@b.lua:1\n\t6\n",
	    "Xlocal x = 1/local \x1b[31my\x1b[m|C17|L@b.lua:1|C6|");
}

static void
any_bytes(void **state)
{
	(void)state;
	tells_n(BYTES("\0\n\0\0:7\n\t1\n"), "L\0");	/* only the first bytes are compared */
}

/* Lines that can stand in a trace, in any order: the raw parts are the input, and a count is told for each sure count line. */
static void
raw_is_the_input(void **state)
{
	static const char *const lines[] = {
		" 0x1 : f+0x1/0x2 [a]\n", " 0x7f12 : 0x7f12\n", "\t17\n", "\t18\r\n", "17\n", "@a.lua:3\n", "C:f\n", ":7\n", "x:7\n",
		"local x = 1\n", "\t42\n", "@/opt/my\t17\n", "local y\t5\n", "word\n", "end\n", "\n", "  \n", "f+0x12 [a]\n",
		" 0x1 : f+0x\t9\n", "text\r\n", "=== x ===\n", "    1 |@@ 2\n", "[tail]\n", "0x12\n", "\t-3\n",
	};
	struct rng r = rng_start("raw_is_the_input");
	struct post_buf in = { 0 };
	int round, n;

	(void)state;
	for (round = 0; round < 20000; round++) {
		in.n = 0;
		for (n = (int)below(&r, 12); n >= 0; n--)
			post_puts(&in, lines[below(&r, ROWS(lines))]);
		if (below(&r, 4) == 0)
			in.s[--in.n] = '\0';
		parse(post_buf_str(&in));
		if (raw.n != in.n || memcmp(raw.s, in.s, in.n) != 0)
			fail_msg("in  %s\nraw %s", in.s, raw.s);
	}
	post_buf_free(&in);
}

/* The text before a place that post_parse_cut gives, and that behind it, tell the same when read apart. */
static void
cut_places(void **state)
{
	static const char *const lines[] = {
		" 0x1 : f+0x1/0x2 [a]\n", "\t17\n", "\t17\n", "\t18\r\n", "17\n", "@a.lua:3\n", ":7\n", "local x = 1\n", "@/opt/my\t17\n",
		"local y\t5\n", "word\n", "end\n", "\n", " 0x1 : f+0x\t9\n", "WARNING: x\n", "f+0x12 [a]\n", "@\x1b[mb.lua:3\n",
	};
	struct rng r = rng_start("cut_places");
	struct post_buf in = { 0 }, whole = { 0 };
	int round, n, cuts_found = 0;

	(void)state;
	for (round = 0; round < 20000; round++) {
		size_t cut;

		in.n = whole.n = 0;
		for (n = (int)below(&r, 12); n >= 0; n--)
			post_puts(&in, lines[below(&r, ROWS(lines))]);
		cut = post_parse_cut(post_buf_str(&in));
		assert_true(cut <= in.n && (cut == 0 || in.s[cut - 1] == '\n'));
		cuts_found += cut > 0;
		parse((struct post_str){ in.s, cut });
		post_put(&whole, post_buf_str(&told));
		parse(post_str_from(post_buf_str(&in), cut));
		post_put(&whole, post_buf_str(&told));
		parse(post_buf_str(&in));
		if (!post_str_eq(post_buf_str(&whole), post_buf_str(&told)))
			fail_msg("in\n%s\nwhole %s\nparts %s", in.s, told.s, whole.s);
	}
	assert_true(cuts_found > 1000);
	post_buf_free(&in);
	post_buf_free(&whole);
}

static void
cut_rows(void **state)
{
	(void)state;
	assert_int_equal(post_parse_cut(BYTES("")), 0);
	assert_int_equal(post_parse_cut(BYTES("\t1\n")), 0);		/* the frames stand before it, perhaps */
	assert_int_equal(post_parse_cut(BYTES("x\n 0x1 : f\n\t1\n 0x2")), 14);
	assert_int_equal(post_parse_cut(BYTES("x\n 0x1 : f\n\t1")), 0);	/* the count may go on */
	assert_int_equal(post_parse_cut(BYTES("x\nlocal y\n\t1\n")), 0);
	assert_int_equal(post_parse_cut(BYTES("x\n@a.lua:3\n\t1\r\nlocal y\n\t42\n")), 15);
}

/* A line of tabs only costs one pass, not one for each tab. */
static void
cut_is_linear(void **state)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)	/* whose memrchr looks at all that it might */
	size_t n = 64 << 10;
#else
	size_t n = 4 << 20;
#endif
	char *s = malloc(n);

	(void)state;
	memset(s, '\t', n);
	s[0] = '\n';
	s[n - 1] = '\n';
	alarm(60);	/* all tabs times all bytes would take minutes */
	assert_int_equal(post_parse_cut((struct post_str){ s, n }), 0);
	alarm(0);
	free(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(native_stacks), cmocka_unit_test(noise_in_stacks), cmocka_unit_test(lua_stacks),
		cmocka_unit_test(chunks), cmocka_unit_test(cuts), cmocka_unit_test(splices), cmocka_unit_test(colours),
		cmocka_unit_test(coloured_cuts), cmocka_unit_test(any_bytes), cmocka_unit_test(raw_is_the_input),
		cmocka_unit_test(cut_places), cmocka_unit_test(cut_rows), cmocka_unit_test(cut_is_linear),
	};

	return cmocka_run_group_tests_name("parse", tests, NULL, stop);
}
