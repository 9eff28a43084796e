/* SPDX-License-Identifier: BSD-2-Clause */
/* The account of a trace: what is counted of each stack. */
#include "support.h"
#include "audit.h"

static struct post_account a;

static void
read_text(const char *s)
{
	post_account_free(&a);
	audit(&a, post_str_of(s));
}

static int
forget(void **state)
{
	(void)state;
	post_account_free(&a);
	return 0;
}

static uint64_t
n_noted(enum post_note kind)
{
	return a.notes.kind[kind].n;
}

/* Frames with all of FLAGS. */
static uint64_t
n_frames(unsigned flags)
{
	uint64_t n = 0;

	for (uint32_t i = 0; i < a.facts.names.n; i++)
		if ((a.facts.fact[i].flags & flags) == flags)
			n += a.facts.fact[i].n;
	return n;
}

/* A stack of MAXSTRINGLEN SIZE: N addresses of 14 bytes, and a stub of what is left; 0: none. */
static void
put_cut(struct post_buf *b, size_t size, size_t n, size_t stub, bool kernel)
{
	static const char digits[] = "0x55d0c0a00340", high[] = "0xffffffff81000130";
	const char *address = kernel ? high : digits;

	for (size_t i = 0; i < n; i++)
		post_putf(b, " %s : f+0x1/0x9 [%s]\n", address, kernel ? "kernel" : "/bin/a");
	if (stub > 0)
		post_putf(b, " %.*s : %.*s\n", (int)stub, address, stub < 3 ? 3 : (int)stub, stub < 3 ? "0x0" : address);
	assert_true(n * (strlen(address) + 1) + (stub > 0 ? stub + 1 : 0) <= size);
}

static void
cut_by_maxstringlen(void **state)
{
	static const struct {
		size_t	size, n, stub;
		bool	kernel;
	} rows[] = {
		{ 512, 34, 1, false }, { 2048, 136, 7, false }, { 256, 16, 15, false }, { 1024, 68, 3, false },
		{ 512, 26, 17, true }, { 2048, 107, 14, true }, { 4096, 215, 10, true },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct post_buf b = { 0 };
		const struct post_fill *fill = &a.fill[rows[i].kernel ? POST_SIDE_KERNEL : POST_SIDE_USER];

		put_cut(&b, rows[i].size, rows[i].n, rows[i].stub == 15 ? 14 : rows[i].stub, rows[i].kernel);
		post_puts(&b, "\t7\n");
		read_text(b.s);
		if (rows[i].stub == 15) {	/* the last address is whole: nothing shows that it was cut */
			assert_int_equal(n_noted(POST_NOTE_TRUNCATED), 0);
			assert_int_equal(fill->max, 255);
		} else {
			assert_int_equal(n_noted(POST_NOTE_TRUNCATED), 1);
			assert_int_equal(a.notes.kind[POST_NOTE_TRUNCATED].weight, 7);
			assert_int_equal(fill->max, rows[i].size);
			assert_int_equal(n_frames(POST_FACT_UNRESOLVED), 0);	/* a stub is no frame without a name */
			assert_int_equal(n_noted(POST_NOTE_UNRESOLVED), 0);
			assert_int_equal(post_depths_deepest(&a.depth[rows[i].kernel ? POST_SIDE_KERNEL : POST_SIDE_USER]), 0);	/* nor a depth that is one */
		}
		post_buf_free(&b);
	}
}

static void
both_sides_cut(void **state)
{
	struct post_buf b = { 0 };

	(void)state;
	put_cut(&b, 512, 26, 17, true);
	put_cut(&b, 512, 34, 1, false);
	post_puts(&b, "\t3\n");
	read_text(b.s);
	assert_int_equal(n_noted(POST_NOTE_TRUNCATED), 2);
	assert_int_equal(a.fill[POST_SIDE_KERNEL].max, 512);
	assert_int_equal(a.fill[POST_SIDE_USER].max, 512);
	assert_int_equal(n_frames(POST_FACT_UNRESOLVED), 0);
	assert_int_equal(a.frames, 62);
	assert_int_equal(a.stacks, 1);
	post_buf_free(&b);
}

/* An address without a name that does not fill a buffer is a frame. */
static void
no_stub(void **state)
{
	(void)state;
	read_text(" 0x55d0c0a00340 : f+0x1/0x9 [/bin/a]\n 0x41f2c3a0 : 0x41f2c3a0\n\t5\n");
	assert_int_equal(n_noted(POST_NOTE_TRUNCATED), 0);
	assert_int_equal(n_noted(POST_NOTE_UNRESOLVED), 1);
	assert_int_equal(n_noted(POST_NOTE_GARBAGE), 0);
	assert_int_equal(n_frames(POST_FACT_UNRESOLVED | POST_FACT_BARE), 1);
	read_text(" 0x55d0c0a00340 : f+0x1/0x9 [/bin/a]\n 0 : 0x0\n\t5\n");	/* "0x" and "0" are no addresses at all */
	assert_int_equal(n_noted(POST_NOTE_TRUNCATED), 1);
	assert_int_equal(n_frames(POST_FACT_UNRESOLVED), 0);
}

static void
fill(void **state)
{
	struct post_fill f = { 0 };

	(void)state;
	post_fill_add(&f, 10, 1, 5);
	post_fill_add(&f, 9, 2, 6);
	post_fill_add(&f, 8, 9, 9);
	assert_true(f.max == 10 && f.at[0].stacks == 1 && f.at[0].weight == 5 && f.at[1].stacks == 2 && f.at[1].weight == 6);
	post_fill_add(&f, 11, 1, 7);	/* the fullest are one less now */
	assert_true(f.max == 11 && f.at[0].stacks == 1 && f.at[1].stacks == 1 && f.at[1].weight == 5);
	post_fill_add(&f, 20, 1, UINT64_MAX);
	assert_true(f.max == 20 && f.at[0].stacks == 1 && f.at[1].stacks == 0);
	post_fill_add(&f, 20, 1, 1);
	assert_true(f.at[0].stacks == 2 && f.at[0].weight == UINT64_MAX);
}

static void
what_has_no_stack(void **state)
{
	(void)state;
	read_text("\t30\n f : 1\n");
	assert_int_equal(n_noted(POST_NOTE_EMPTY), 1);
	assert_int_equal(a.notes.kind[POST_NOTE_EMPTY].weight, 30);
	assert_int_equal(a.stacks, 1);
	assert_int_equal(a.frames, 0);
	read_text(" 0x1 : f+0x1/0x9\n\t2\n 0x2 : g+0x1/0x9\n 0x3 : h+0x1/0x9\n");
	assert_int_equal(n_noted(POST_NOTE_PARTIAL), 1);
	assert_int_equal(a.notes.kind[POST_NOTE_PARTIAL].first.line, 3);	/* where the stack begins */
	assert_int_equal(a.frames, 1);		/* of stacks that count */
	assert_int_equal(n_frames(POST_FACT_SYMBOL), 1);
	read_text(" 0x1 : f+0x1/0x9\n\t-2\n 0x1 : f+0x1/0x9\n\t99999999999999999999\n");
	assert_int_equal(n_noted(POST_NOTE_NEGATIVE), 1);
	assert_int_equal(n_noted(POST_NOTE_OVERFLOW), 1);
	assert_int_equal(a.stacks, 0);
	assert_int_equal(a.counts.n, 0);
	assert_int_equal(n_frames(0), 0);
	read_text("");
	assert_int_equal(a.stacks + n_noted(POST_NOTE_PARTIAL) + n_noted(POST_NOTE_EMPTY), 0);
}

/* A count starts anew, whatever stood before it. */
static void
nothing_is_carried_over(void **state)
{
	(void)state;
	read_text(" 0xffffffff81000130 : k+0x1/0x9 [kernel]\n 0x1 : f+0x1/0x9\n\t1\n 0x1 : f+0x1/0x9\n\t1\n\t4\n@a.lua:1\n\t1\n 0x1 : f+0x1/0x9\n\t1\n");
	assert_int_equal(n_noted(POST_NOTE_KERNEL), 1);
	assert_int_equal(n_noted(POST_NOTE_USER), 3);
	assert_int_equal(n_noted(POST_NOTE_LUA), 1);
	assert_int_equal(n_noted(POST_NOTE_EMPTY), 1);
	assert_int_equal(a.deepest, 2);
	assert_int_equal(a.frames, 5);
}

static void
too_deep(void **state)
{
	struct post_buf b = { 0 };

	(void)state;
	for (int i = 0; i < POST_STACK_MAX; i++)
		post_puts(&b, " 0x1 : f+0x1/0x9\n");
	post_puts(&b, "\t3\n");
	read_text(b.s);
	assert_int_equal(a.deepest, POST_STACK_MAX);
	assert_int_equal(n_noted(POST_NOTE_TOO_DEEP), 0);
	assert_int_equal(a.depth[POST_SIDE_USER].at[POST_DEPTHS].stacks, 1);
	b.n -= sizeof "\t3\n" - 1;
	post_puts(&b, " 0x1 : f+0x1/0x9\n\t3\n 0x1 : f+0x1/0x9\n\t1\n");
	read_text(b.s);
	assert_int_equal(n_noted(POST_NOTE_TOO_DEEP), 1);
	assert_int_equal(a.notes.kind[POST_NOTE_TOO_DEEP].weight, 3);
	assert_int_equal(a.stacks, 1);
	assert_int_equal(a.frames, 1);
	assert_int_equal(a.total.whole, 1);
	post_buf_free(&b);
}

/* A word before native frames was no C function on top of Lua: the target wrote it. */
static void
word_before_native_frames(void **state)
{
	(void)state;
	read_text("ready\n 0x1 : f+0x1/0x9\n\t3\n");
	assert_int_equal(n_noted(POST_NOTE_TEXT), 1);
	assert_int_equal(a.frames, 1);
	assert_int_equal(n_noted(POST_NOTE_LUA), 0);
	read_text("lj_str_new\n@a.lua:7\n\t3\n");
	assert_int_equal(n_noted(POST_NOTE_TEXT), 0);
	assert_int_equal(a.frames, 2);
	assert_int_equal(n_noted(POST_NOTE_LUA), 1);
	assert_int_equal(a.fill[POST_SIDE_LUA].max, sizeof "@a.lua:7");
	assert_int_equal(a.fill_whole.max, sizeof "lj_str_new\n@a.lua:7");
}

static void
facts_of_frames(void **state)
{
	static const struct {
		const char	*frame;
		unsigned	 flags;
	} rows[] = {
		{ " 0x401000 : f+0x1/0x9 [/bin/a]", POST_FACT_SYMBOL },
		{ " 0x401000 : f+0x0/0x9 [/bin/a]", POST_FACT_SYMBOL | POST_FACT_START },
		{ " 0x401000 : 0x401000 [/bin/a+0x1000/0x2000]", POST_FACT_UNRESOLVED },
		{ " 0x401000 : 0x401000", POST_FACT_UNRESOLVED | POST_FACT_BARE },
		{ " 0x401000 [a+0x1000/0x2000]", POST_FACT_UNRESOLVED | POST_FACT_NO_COLON },
		{ " 0x0000000000401000 : f+0x1/0x9 [a]", POST_FACT_SYMBOL | POST_FACT_PADDED },
		{ " 0xffffffff81000130 : g+0x1/0x9 [kernel]", POST_FACT_SYMBOL | POST_FACT_KERNEL },
		{ " 0xffffffffc0a812f4 : h+0x1/0x9 [stap_9c06a36d86727c27ca7267a58004402_4120]", POST_FACT_SYMBOL | POST_FACT_KERNEL | POST_FACT_TRACER },
		{ " 0xffffffffc0a812f4 : _stp_stack_kernel_get+0x1/0x9 [a]", POST_FACT_SYMBOL | POST_FACT_KERNEL | POST_FACT_TRACER },
		{ " 0x401000 : f+0x1/0x9 at /src/a.c:7 [/bin/a]", POST_FACT_SYMBOL | POST_FACT_LINE },
		{ "f+0x1 [a]", POST_FACT_SIMPLE },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct post_buf b = { 0 };

		post_putf(&b, "%s\n%s\n\t6\n", rows[i].frame, rows[i].frame);
		read_text(b.s);
		if (a.facts.names.n != 1 || a.facts.fact[0].flags != rows[i].flags)
			fail_msg("\"%s\" has %x, not %x", rows[i].frame, a.facts.names.n > 0 ? a.facts.fact[0].flags : 0, rows[i].flags);
		assert_int_equal(a.facts.fact[0].n, 2);
		assert_int_equal(a.facts.fact[0].weight, 12);
		assert_int_equal(a.facts.fact[0].inner, (rows[i].flags & POST_FACT_START) != 0);	/* the leaf is where it runs */
		post_buf_free(&b);
	}
}

/* Frames with the same text behind their addresses, in layouts of their own. */
static void
facts_of_layouts(void **state)
{
	(void)state;
	read_text(" 0x401000 : f+0x1/0x9 [a]\n 0x0000000000401000 : f+0x1/0x9 [a]\n 0xffffffff81000130 : f+0x1/0x9 [a]\nf+0x1/0x9 [a]\n\t1\n"
	    " 0x401000 : 0x401000 [a+0x1/0x9]\n 0x401000 [a+0x1/0x9]\n\t1\n");
	assert_int_equal(n_frames(POST_FACT_PADDED), 1);
	assert_int_equal(n_frames(POST_FACT_KERNEL), 1);
	assert_int_equal(n_frames(POST_FACT_NO_COLON), 1);
	assert_int_equal(n_frames(POST_FACT_UNRESOLVED), 2);
	read_text(" 0x401000 : f+0x1/0x9 [a]\n\t1\nf+0x1/0x9 [a]\n\t1\n");
	assert_int_equal(n_frames(POST_FACT_SIMPLE), 1);
	assert_int_equal(n_frames(POST_FACT_SYMBOL), 1);
}

static void
sums_stop_at_their_end(void **state)
{
	struct post_account b = { 0 };

	(void)state;
	read_text(" 0x1 : f+0x1/0x9\n 0x2 : g+0x1/0x9\n\t18446744073709551615\n");
	assert_int_equal(a.facts.fact[0].weight, UINT64_MAX);
	assert_false(a.total_full);
	audit(&b, BYTES(" 0x1 : f+0x1/0x9\n\t18446744073709551615\n"));
	post_account_merge(&a, &b);
	assert_int_equal(a.facts.fact[0].n, 3);
	assert_int_equal(a.facts.fact[0].weight, UINT64_MAX);
	assert_true(a.total_full);
	assert_int_equal(a.total.whole, UINT64_MAX);
	post_account_free(&b);
}

static void
order_of_counts(void **state)
{
	const struct post_counts_run *r;

	(void)state;
	read_text(" 0x1 : f+0x1/0x9\n\t9\n 0x1 : f+0x1/0x9\n\t4\n 0x1 : f+0x1/0x9\n\t4\n 0x1 : f+0x1/0x9\n\t5\n 0x1 : f+0x1/0x9\n\t7\n");
	assert_int_equal(a.counts.n, 1);
	r = a.counts.run;
	assert_true(r->n == 5 && r->first == 9 && r->last == 7 && r->least == 4 && r->rises == 2);
	assert_int_equal(r->first_rise.line, 8);
}

/* Blocks of two operands, read by two threads: each operand has a run of its own. */
static void
counts_of_operands(void **state)
{
	struct post_counts x = { 0 }, y = { 0 };
	struct post_place at = { .line = 1 };

	(void)state;
	post_counts_block(&x, 0, 0);
	post_counts_add(&x, 9, &at);
	post_counts_block(&y, 0, 1);
	post_counts_add(&y, 12, &at);
	post_counts_add(&y, 3, &at);
	post_counts_block(&x, 0, 2);	/* without a count */
	post_counts_block(&x, 1, 3);
	post_counts_add(&x, 8, &at);
	post_counts_block(&y, 0, 5);	/* nothing of operand 1 is joined with it */
	post_counts_merge(&y, &x);
	post_counts_join(&y);
	assert_int_equal(y.n, 2);
	assert_true(y.run[0].n == 3 && y.run[0].rises == 1 && y.run[0].least == 3 && y.run[0].first == 9 && y.run[0].last == 3);
	assert_true(y.run[1].at.file == 1 && y.run[1].n == 1 && y.run[1].rises == 0);
	post_counts_free(&x);
	post_counts_free(&y);
}

static void
bulk_headers(void **state)
{
	(void)state;
	post_account_free(&a);
	audit(&a, BYTES("\xf0\x9f\xa9\xba\1\0\0\0\4\0\0\0\t12\n"));
	assert_int_equal(n_noted(POST_NOTE_BULK), 1);
	post_account_free(&a);
	audit(&a, BYTES("\1\0\0\0\4\0\0\0\t12\n\2\0\0\0\4\0\0\0\t12\n"));
	assert_int_equal(n_noted(POST_NOTE_BULK), 1);
	post_account_free(&a);
	audit(&a, BYTES("\1\0\0\0\4\0\0\0\t12\n 0x401000 : f"));	/* no header behind that chunk */
	assert_int_equal(n_noted(POST_NOTE_BULK), 0);
	post_account_free(&a);
	audit(&a, BYTES("@a\0\0\0.lua:1\n\t3\n"));
	assert_int_equal(n_noted(POST_NOTE_BULK), 0);
}

static void
lines_of_the_folded_form(void **state)
{
	struct post_place at = { .line = 1 };
	struct post_count count;
	struct post_str stack;
	char text[64];

	(void)state;
	post_account_free(&a);
	assert_true(post_account_line(&a, BYTES("a;b 12"), &at, &stack, &count));
	same(stack, "a;b");
	assert_int_equal(count.whole, 12);
	post_account_folded(&a, 2, count);
	assert_false(post_account_line(&a, BYTES("# note: [info] b: x \r"), &at, &stack, &count));
	assert_false(post_account_line(&a, BYTES("# no note 12"), &at, &stack, &count));
	assert_false(post_account_line(&a, BYTES(" \t"), &at, &stack, &count));
	assert_false(post_account_line(&a, BYTES("a;b"), &at, &stack, &count));
	assert_false(post_account_line(&a, BYTES("a 99999999999999999999"), &at, &stack, &count));
	assert_true(a.stacks == 1 && a.folded == 1 && a.frames == 2 && a.deepest == 2 && a.total.whole == 12);
	assert_int_equal(n_noted(POST_NOTE_MALFORMED), 1);
	assert_int_equal(n_noted(POST_NOTE_OVERFLOW), 1);
	assert_int_equal(a.n_remark, 1);
	same(a.remark[0].text, "[info] b: x");
	for (at.line = 2; at.line < 30; at.line++) {
		snprintf(text, sizeof text, "# note: %llu", (unsigned long long)at.line);
		(void)post_account_line(&a, post_str_of(text), &at, &stack, &count);
	}
	assert_int_equal(a.n_remark, POST_REMARKS);
}

/* A file of messages stands beside the trace; its places are its own. */
static void
messages_aside(void **state)
{
	static char text[] = "ERROR: MAXACTION exceeded near x\r\n\nERROR: MAXACTION exceeded near y";
	struct post_block b = { .p = text, .n = sizeof text - 1, .first = true, .last = true };
	uint64_t line = 0;

	(void)state;
	read_text("ERROR: MAXACTION exceeded near z\n");
	post_account_messages(&a, &b, &line);
	assert_int_equal(line, 3);
	assert_int_equal(a.said.names.n, 1);
	assert_int_equal(a.said.one[0].n, 3);
	assert_false(a.said.one[0].aside);	/* the first is in the trace */
	read_text("");
	line = 0;
	post_account_messages(&a, &b, &line);
	assert_true(a.said.one[0].aside);
	assert_int_equal(a.said.one[0].n, 2);
	assert_int_equal(a.said.one[0].first.line, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(cut_by_maxstringlen, forget),
		cmocka_unit_test_teardown(both_sides_cut, forget),
		cmocka_unit_test_teardown(no_stub, forget),
		cmocka_unit_test_teardown(fill, forget),
		cmocka_unit_test_teardown(what_has_no_stack, forget),
		cmocka_unit_test_teardown(nothing_is_carried_over, forget),
		cmocka_unit_test_teardown(too_deep, forget),
		cmocka_unit_test_teardown(word_before_native_frames, forget),
		cmocka_unit_test_teardown(facts_of_frames, forget),
		cmocka_unit_test_teardown(facts_of_layouts, forget),
		cmocka_unit_test_teardown(sums_stop_at_their_end, forget),
		cmocka_unit_test_teardown(order_of_counts, forget),
		cmocka_unit_test_teardown(counts_of_operands, forget),
		cmocka_unit_test_teardown(bulk_headers, forget),
		cmocka_unit_test_teardown(lines_of_the_folded_form, forget),
		cmocka_unit_test_teardown(messages_aside, forget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
