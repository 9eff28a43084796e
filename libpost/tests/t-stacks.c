/* SPDX-License-Identifier: BSD-2-Clause */
/* Stacks out of traces: stubs, separators, shapes, counts that are none, and what is noted. */
#include "support.h"

static const struct post_stacks_conf usual;
static struct folding got;

static int
stop(void **state)
{
	(void)state;
	post_buf_free(&got.text);
	return 0;
}

static void
raw(const char *text, const struct post_stacks_conf *conf, const char *want)
{
	fold_block(post_str_of(text), POST_FORM_RAW, conf, &got);
	assert_string_equal(got.text.s, want);
}

static void
folded(const char *text, const struct post_stacks_conf *conf, const char *want)
{
	fold_block(post_str_of(text), POST_FORM_FOLDED, conf, &got);
	assert_string_equal(got.text.s, want);
}

static void
plain(void **state)
{
	(void)state;
	raw("", &usual, "");
	raw(" 0x1 : leaf+0x1/0x2\n 0x2 : root+0x1/0x2\n\t17\n", &usual, "root;leaf 17\n");
	raw(" 0x1 : a+0x1/0x2\n\t1\n 0x9 : a+0x2/0x2\n\t2\n", &usual, "a 3\n");
	raw("lj_str_new\nT:@a.lua:2\n@a.lua:2\nC:pmain\n\t3\n", &usual, "C:pmain;@a.lua:2;T:@a.lua:2;lj_str_new 3\n");
	raw("0xbcafff0\n@a.lua:2\n\t3\n", &usual, "@a.lua:2;[unknown] 3\n");
	raw("local x\n\t42\n:1\n\t3\n", &usual, "local x\\x0a\\x0942\\x0a:1 3\n");
	raw(" 0x1 : a;b+0x1/0x2\n\t1\n", &usual, "a\\x3bb 1\n");
	raw(" 0x1 : a+0x1/0x2\r\n\t1\r\n", &usual, "a 1\n");
	raw("f+0x12 [a]\ng+0x1\n\t9", &usual, "g;f 9\n");
}

static void
empty_and_partial(void **state)
{
	(void)state;
	raw("\t5\n\t6\n", &usual, " 11\n");
	assert_int_equal(noted(&got, POST_NOTE_EMPTY), 2);
	raw(" 0x1 : a+0x1/0x2\n\t1\n 0x1 : b+0x1/0x2\n", &usual, "a 1\n");
	assert_int_equal(noted(&got, POST_NOTE_PARTIAL), 1);
	assert_int_equal(got.notes.kind[POST_NOTE_PARTIAL].first.line, 3);
	raw(" 0x1 : a+0x1/0x2\n", &usual, "");
	assert_int_equal(noted(&got, POST_NOTE_PARTIAL), 1);
	raw(" \n : 0x0\n\t7\n", &usual, " 7\n");	/* no registers */
	assert_int_equal(noted(&got, POST_NOTE_NO_BACKTRACE), 1);
}

static void
counts_that_are_none(void **state)
{
	(void)state;
	raw(" 0x1 : a+0x1/0x2\n\t-5\n 0x1 : b+0x1/0x2\n\t1\n", &usual, "b 1\n");
	assert_int_equal(noted(&got, POST_NOTE_NEGATIVE), 1);
	raw(" 0x1 : a+0x1/0x2\n\t18446744073709551616\n 0x1 : b+0x1/0x2\n\t18446744073709551615\n", &usual,
	    "b 18446744073709551615\n");
	assert_int_equal(noted(&got, POST_NOTE_OVERFLOW), 1);
	raw(" 0x1 : a+0x1/0x2\n\t0\n", &usual, "a 0\n");
}

static void
sum_overflows(void **state)
{
	static const char text[] = "a 18446744073709551615\na 1\n";
	struct post_stacks_conf conf = { .stack = fold_one };
	struct post_block b = { .p = (char *)(uintptr_t)text, .n = sizeof text - 1, .tag = POST_FORM_FOLDED, .first = true, .last = true };
	struct post_fold fold = { 0 };
	struct post_stacks stacks;
	struct post_err err = { 0 };

	(void)state;
	post_stacks_init(&stacks, &conf, &fold.names, &fold);
	assert_int_equal(post_stacks_block(&stacks, &b, &err), -1);
	assert_int_equal(err.code, POST_ELIMIT);
	assert_int_equal(fold.stack[0].count.whole, UINT64_MAX);
	post_stacks_free(&stacks);
	post_fold_free(&fold);
}

static void
notes_in_order(void **state)
{
	(void)state;
	raw("Pass 1: x\nhello world\n 0x1 : a+0x1/0x2\nWARNING: y\n 0x1 : b+0x\t3\n@a.lua:1\n@b\t4\nWARNING: z\n", &usual, "@b;@a.lua:1 4\nb;a 3\n");
	assert_int_equal(noted(&got, POST_NOTE_PASS), 1);
	assert_int_equal(noted(&got, POST_NOTE_TEXT), 1);
	assert_int_equal(got.notes.kind[POST_NOTE_TEXT].first.line, 2);
	assert_int_equal(noted(&got, POST_NOTE_WARNING), 2);
	assert_int_equal(got.notes.kind[POST_NOTE_WARNING].first.line, 4);
	assert_int_equal(got.notes.kind[POST_NOTE_WARNING].first.byte, 39);
	assert_int_equal(noted(&got, POST_NOTE_SPLICED), 1);
	assert_int_equal(noted(&got, POST_NOTE_CUT), 1);
	assert_int_equal(got.notes.kind[POST_NOTE_CUT].first.line, 7);
}

/* A word in front of native frames is the target's, not a C function on a Lua stack. */
static void
word_before_native(void **state)
{
	(void)state;
	raw("word\n 0x1 : a+0x1/0x2\n\t1\n", &usual, "a 1\n");
	assert_int_equal(noted(&got, POST_NOTE_TEXT), 1);
}

/*
 * A stack of one class whose addresses fill a string of MAX - 1 bytes: N whole
 * addresses like FORMAT, then what is left of one more.
 */
static size_t
stub_stack(struct post_buf *b, const char *format, size_t max)
{
	struct post_buf string = { 0 };
	size_t i, frames = 0;
	unsigned k = 0;

	while (string.n < max + 40)
		post_putf(&string, format, k++);
	string.n = max - 1;
	for (i = 0; i < string.n; frames++) {
		size_t n = 0;

		while (i + n < string.n && string.s[i + n] != ' ')
			n++;
		if (i + n < string.n)
			post_putf(b, " %.*s : f%zu+0x1/0x2 [a]\n", (int)n, string.s + i, frames);
		else
			post_putf(b, " %.*s : 0x%.*s\n", (int)n, string.s + i, n > 2 ? (int)n - 2 : 1, n > 2 ? string.s + i + 2 : "0");
		i += n + 1;
	}
	post_buf_free(&string);
	return frames;
}

static bool
starts_with(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

/* The exact test of length, for each size of buffer in use. */
static void
truncated_user(void **state)
{
	static const size_t sizes[] = { 256, 512, 1024, 2048, 4096 };
	static const char *const formats[] = { "0x7f0a%08x ", "0x40%04x ", "0x5555%08x " };
	struct post_buf b = { 0 };
	size_t i, j;

	(void)state;
	for (i = 0; i < ROWS(sizes); i++)
		for (j = 0; j < ROWS(formats); j++) {
			size_t one = strlen(formats[j]) - 4 + (j == 1 ? 4 : 8);

			if ((sizes[i] - 1) % one == 0)	/* cut at a blank: no stub */
				continue;
			b.n = 0;
			stub_stack(&b, formats[j], sizes[i]);
			post_puts(&b, "\t7\n");
			fold_block(post_buf_str(&b), POST_FORM_RAW, &usual, &got);
			if (!starts_with(got.text.s, "[truncated];f"))
				fail_msg("%zu %s: %.40s", sizes[i], formats[j], got.text.s);
			assert_int_equal(noted(&got, POST_NOTE_TRUNCATED), 1);
		}
	post_buf_free(&b);
}

/* A kernel address that was cut is no longer 18 bytes long, and still belongs to the kernel. */
static void
truncated_kernel(void **state)
{
	static const size_t sizes[] = { 256, 512, 2048, 4096 };
	static const struct post_stacks_conf kernel = { .naming.kernel = true };
	struct post_buf b = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(sizes); i++) {
		b.n = 0;
		stub_stack(&b, "0xffffffff%08x ", sizes[i]);
		post_puts(&b, "\t7\n");
		fold_block(post_buf_str(&b), POST_FORM_RAW, &usual, &got);
		if (!starts_with(got.text.s, "[truncated];f"))
			fail_msg("%zu: %.40s", sizes[i], got.text.s);
		fold_block(post_buf_str(&b), POST_FORM_RAW, &kernel, &got);
		assert_true(starts_with(got.text.s, "[truncated]_[k];f"));
	}
	post_buf_free(&b);
}

/* Kernel and user strings are cut apart from each other. */
static void
truncated_both(void **state)
{
	struct post_buf b = { 0 };

	(void)state;
	stub_stack(&b, "0xffffffff%08x ", 512); 
	stub_stack(&b, "0x7f0a%08x ", 512);
	post_puts(&b, "\t7\n");
	fold_block(post_buf_str(&b), POST_FORM_RAW, &usual, &got);
	assert_true(starts_with(got.text.s, "[truncated];f"));
	assert_non_null(strstr(got.text.s + 10, ";[truncated];f"));
	b.n = 0;
	post_puts(&b, " 0xffffffff8103ce3b : k+0x1/0x2 [kernel]\n");
	stub_stack(&b, "0x7f0a%08x ", 512);
	post_puts(&b, "\t7\n");
	fold_block(post_buf_str(&b), POST_FORM_RAW, &usual, &got);
	assert_true(starts_with(got.text.s, "[truncated];f"));
	post_buf_free(&b);
}

static void
not_truncated(void **state)
{
	struct post_buf b = { 0 };

	(void)state;
	raw(" 0x1 : a+0x1/0x2\n 0x7f12 : 0x7f12\n\t1\n", &usual, "[unknown];a 1\n");
	raw(" 0x1 : a+0x1/0x2\n 0x0 : 0x0\n\t1\n", &usual, "[unknown];a 1\n");
	assert_int_equal(noted(&got, POST_NOTE_TRUNCATED), 0);
	raw(" 0x1 : a+0x1/0x2\n 0x : 0x0\n\t1\n", &usual, "[truncated];a 1\n");
	raw(" 0x1 : a+0x1/0x2\n 0 : 0x0\n\t1\n", &usual, "[truncated];a 1\n");
	stub_stack(&b, "0x7f0a%08x ", 509);	/* no size that a buffer has */
	post_puts(&b, "\t7\n");
	fold_block(post_buf_str(&b), POST_FORM_RAW, &usual, &got);
	assert_true(starts_with(got.text.s, "[unknown];f"));
	post_buf_free(&b);
}

#define K1 " 0xffffffff81000001 : k1+0x1/0x2 [kernel]\n"
#define K2 " 0xffffffff81000002 : k2+0x1/0x2 [kernel]\n"
#define U1 " 0x401 : u1+0x1/0x2 [a]\n"
#define U2 " 0x402 : u2+0x1/0x2 [a]\n"

static void
separator(void **state)
{
	static const struct post_stacks_conf sep = { .separator = true }, back = { .separator = true, .reverse = true },
	    merged = { .separator = true, .merge_recursive = true };

	(void)state;
	raw(K1 K2 U1 U2 "\t1\n", &sep, "u2;u1;-;k2;k1 1\n");
	raw(K1 K2 U1 U2 "\t1\n", &back, "k1;k2;-;u1;u2 1\n");
	raw(K1 U1 "\t1\n", &sep, "u1;-;k1 1\n");
	raw(K1 U1 "\t1\n", &back, "k1;-;u1 1\n");
	raw(K1 "\t1\n", &sep, "k1 1\n");
	raw(U1 U2 "\t1\n", &sep, "u2;u1 1\n");
	raw("\t1\n", &sep, " 1\n");
	raw(K1 K1 U1 U1 U1 "\t1\n", &merged, "u1;-;k1 1\n");
}

static void
shapes(void **state)
{
	static const struct post_stacks_conf rev = { .reverse = true }, rec = { .merge_recursive = true },
	    both = { .reverse = true, .merge_recursive = true };

	(void)state;
	raw(U1 U2 "\t1\n", &rev, "u1;u2 1\n");
	raw(U1 U1 U2 U2 U2 U1 "\t1\n", &rec, "u1;u2;u1 1\n");
	raw(U1 U1 U2 "\t1\n", &both, "u1;u2 1\n");
	folded("a;b;c 1\n", &rev, "c;b;a 1\n");
	folded("a;a;b;b;a 1\n", &rec, "a;b;a 1\n");
	folded("a;a;b 1\na;b 2\n", &both, "b;a 3\n");
	folded(" 3\n", &both, " 3\n");
}

static void
folded_input(void **state)
{
	(void)state;
	folded("a;b 1\na;b 2\na 3\n", &usual, "a 3\na;b 3\n");
	folded("a;b 1.5\na;b 2.25", &usual, "a;b 3.75\n");
	folded("a\\x3bb;c 1\n", &usual, "a\\x3bb;c 1\n");
	folded("# a comment 12\n\na 1\n \t\r\n", &usual, "a 1\n");
	assert_int_equal(noted(&got, POST_NOTE_MALFORMED), 0);
	folded("a 1\nno count\na;b -3\n#x\n", &usual, "a 1\n");
	assert_int_equal(noted(&got, POST_NOTE_MALFORMED), 2);
	assert_int_equal(got.notes.kind[POST_NOTE_MALFORMED].first.line, 2);
	assert_int_equal(got.notes.kind[POST_NOTE_MALFORMED].first.byte, 4);
	folded(" 5\n", &usual, " 5\n");
	folded("a 1\r\nb;c 2\r\n", &usual, "a 1\nb;c 2\n");
}

/* A frame without an address has none, whatever the line before it had. */
static void
simple_behind_kernel(void **state)
{
	static const struct post_stacks_conf kernel = { .naming.kernel = true };

	(void)state;
	raw(K1 "f+0x12 [a]\n\t1\n", &kernel, "f;k1_[k] 1\n");
	raw("f+0x12 [a]\n" K1 "f+0x12 [a]\n\t1\n", &kernel, "f;k1_[k];f 1\n");
}

/* A root that looks like the start of a comment comes back when what was written is read again. */
static void
number_sign(void **state)
{
	struct post_buf first = { 0 };

	(void)state;
	fold_block(BYTES("# text of a chunk:3\n\t5\n"), POST_FORM_RAW, &usual, &got);
	assert_int_equal(got.total.whole, 5);
	post_put(&first, post_buf_str(&got.text));
	fold_block(post_buf_str(&first), POST_FORM_FOLDED, &usual, &got);
	assert_int_equal(got.total.whole, 5);
	assert_string_equal(got.text.s, first.s);
	first.n = 0;
	fold_block(BYTES("#\t5\n"), POST_FORM_FOLDED, &usual, &got);
	post_put(&first, post_buf_str(&got.text));
	fold_block(post_buf_str(&first), POST_FORM_FOLDED, &usual, &got);
	assert_int_equal(got.total.whole, 5);
	post_buf_free(&first);
}

static void
deep(void **state)
{
	struct post_buf b = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < POST_STACK_MAX; i++)
		post_puts(&b, " 0x1 : f+0x1/0x2\n");
	post_puts(&b, "\t1\n");
	fold_block(post_buf_str(&b), POST_FORM_RAW, &(struct post_stacks_conf){ .merge_recursive = true }, &got);
	assert_string_equal(got.text.s, "f 1\n");
	b.n -= 3;
	post_puts(&b, " 0x1 : f+0x1/0x2\n\t1\n 0x1 : g+0x1/0x2\n\t2\n");
	fold_block(post_buf_str(&b), POST_FORM_RAW, &usual, &got);
	assert_string_equal(got.text.s, "g 2\n");
	assert_int_equal(noted(&got, POST_NOTE_TOO_DEEP), 1);
	b.n = 0;
	for (i = 0; i < POST_STACK_MAX; i++)
		post_puts(&b, "f;");
	post_puts(&b, "f 1\ng 2\n");
	fold_block(post_buf_str(&b), POST_FORM_FOLDED, &usual, &got);
	assert_string_equal(got.text.s, "g 2\n");
	assert_int_equal(noted(&got, POST_NOTE_TOO_DEEP), 1);
	post_buf_free(&b);
}

static int
refuse(void *arg, const struct post_stack *stack, struct post_err *err)
{
	(void)stack;
	++*(int *)arg;
	return post_fail(err, POST_EIO, "enough");
}

static void
stopped(void **state)
{
	static const char *const texts[] = { " 0x1 : a+0x1/0x2\n\t1\n 0x1 : a+0x1/0x2\n\t1\n", "a 1\na 1\n" };
	struct post_stacks_conf conf = { .stack = refuse };
	struct post_names names = { 0 };
	int i;

	(void)state;
	for (i = 0; i < 2; i++) {
		struct post_block b = { .p = (char *)(uintptr_t)texts[i], .n = strlen(texts[i]), .tag = POST_FORM_RAW + i, .last = true };
		struct post_stacks stacks;
		struct post_err err = { 0 };
		int calls = 0;

		post_stacks_init(&stacks, &conf, &names, &calls);
		assert_int_equal(post_stacks_block(&stacks, &b, &err), -1);
		assert_string_equal(err.msg, "enough");
		assert_int_equal(calls, 1);
		post_stacks_free(&stacks);
	}
	post_names_free(&names);
}

/* Nor are lines that could be counts inside a chunk. */
static void
pending_is_not_kept(void **state)
{
	struct post_stacks stacks;
	struct post_names names = { 0 };
	struct post_buf b = { 0 };
	struct post_err err;
	int calls = 0;
	struct post_block block = { .tag = POST_FORM_RAW };

	(void)state;
	post_puts(&b, "some text\n");
	while (b.n < 8 << 20)
		post_puts(&b, "\t1\n");
	block.p = b.s;
	block.n = b.n;
	post_stacks_init(&stacks, &usual, &names, &calls);
	assert_true(post_stacks_block(&stacks, &block, &err) > 0);
	assert_true(stacks.parser.chunk.cap <= 4 * (size_t)POST_CHUNK_MAX);
	post_stacks_free(&stacks);
	post_names_free(&names);
	post_buf_free(&b);
}

/* Text without an end is not kept: a wrong file of many gigabytes must not fill the memory. */
static void
text_is_not_kept(void **state)
{
	struct post_stacks stacks;
	struct post_names names = { 0 };
	struct post_buf b = { 0 };
	struct post_err err;
	int calls = 0, i;
	struct post_block block = { .tag = POST_FORM_RAW };

	(void)state;
	while (b.n < 1 << 20)
		post_puts(&b, "some text that is no frame\n");
	block.p = b.s;
	block.n = b.n;
	post_stacks_init(&stacks, &usual, &names, &calls);
	for (i = 0; i < 80; i++)
		assert_true(post_stacks_block(&stacks, &block, &err) > 0);
	if (stacks.parser.chunk.cap > (size_t)POST_LINE_MAX)
		fail_msg("%zu bytes are kept back", stacks.parser.chunk.cap);
	post_stacks_free(&stacks);
	post_names_free(&names);
	post_buf_free(&b);
}

static void
notes_add_up(void **state)
{
	struct post_notes a = { 0 }, b = { 0 };

	(void)state;
	post_notes_add(&a, POST_NOTE_CUT, 5, &(struct post_place){ .seq = 2, .line = 1 });
	post_notes_add(&a, POST_NOTE_CUT, 5, &(struct post_place){ .seq = 1, .line = 9 });
	post_notes_add(&a, POST_NOTE_CUT, 5, &(struct post_place){ .seq = 1, .line = 8 });
	post_notes_add(&b, POST_NOTE_CUT, 5, &(struct post_place){ .seq = 1, .line = 7 });
	post_notes_add(&b, POST_NOTE_TEXT, 5, &(struct post_place){ .seq = 5, .line = 7 });
	post_notes_merge(&a, &b);
	assert_int_equal(a.kind[POST_NOTE_CUT].n, 4);
	assert_int_equal(a.kind[POST_NOTE_CUT].first.line, 7);
	assert_int_equal(a.kind[POST_NOTE_TEXT].first.seq, 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain), cmocka_unit_test(empty_and_partial), cmocka_unit_test(counts_that_are_none),
		cmocka_unit_test(sum_overflows), cmocka_unit_test(notes_in_order), cmocka_unit_test(word_before_native),
		cmocka_unit_test(truncated_user), cmocka_unit_test(truncated_kernel), cmocka_unit_test(truncated_both),
		cmocka_unit_test(not_truncated), cmocka_unit_test(separator), cmocka_unit_test(shapes), cmocka_unit_test(folded_input),
		cmocka_unit_test(simple_behind_kernel), cmocka_unit_test(number_sign), cmocka_unit_test(deep), cmocka_unit_test(stopped), cmocka_unit_test(text_is_not_kept), cmocka_unit_test(pending_is_not_kept),
		cmocka_unit_test(notes_add_up),
	};

	return cmocka_run_group_tests_name("stacks", tests, NULL, stop);
}
