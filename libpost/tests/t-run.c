/* SPDX-License-Identifier: BSD-2-Clause */
/* Random traces: sums are kept, and neither blocks nor threads nor the order of files change a byte. */
#include "support.h"

static const struct post_stacks_conf usual;

static void
put_native(struct post_buf *b, struct rng *r)
{
	static const char *const names[] = { "f", "a : b", "operator+", "x;y", "main", "T<int [2]>::g(char)", "poll", "read" };
	static const char *const modules[] = { "/bin/a", "/usr/lib/libstdc++.so.6", "/a b/c (deleted)", "/x.#prelink#.FHp24m", "...p/q" };
	bool kernel = below(r, 4) == 0;

	post_putf(b, kernel ? " 0xffffffff%08zx : " : " 0x7f0a%08zx : ", below(r, 1 << 20));
	if (below(r, 8) == 0)
		post_putf(b, "0x7f0a [%s+0x1/0x2]\n", modules[below(r, ROWS(modules))]);
	else
		post_putf(b, "%s+0x%zx/0x20 [%s]\n", names[below(r, ROWS(names))], below(r, 32),
		    kernel ? "kernel" : modules[below(r, ROWS(modules))]);
}

static void
put_lua(struct post_buf *b, struct rng *r)
{
	static const char *const frames[] = {
		"T:@a.lua:2\n", "@a.lua:2\n", "@/opt/b c.lua:10\n", "C:f\n", "builtin#85\n", "[tail]\n", "=x(y:1):3\n", "access_by_lua:1\n", ":7\n",
		"local x =\n\t42\n43\nreturn x\n    :1\n", "if x then\nend\n:1\n",
	};

	post_puts(b, frames[below(r, ROWS(frames))]);
}

static void
put_noise(struct post_buf *b, struct rng *r)
{
	static const char *const lines[] = {
		"WARNING: x\n", "Pass 5: starting run.\n", "=== x ===\n", "\n", "min/avg/max: 1/2/3\n", "    1 |@@ 2\n", "ERROR: y at z:1:2\n",
	};

	post_puts(b, lines[below(r, ROWS(lines))]);
}

/* A trace of so many stacks, and the sum of its counts. */
static uint64_t
put_trace(struct post_buf *b, struct rng *r, int stacks)
{
	uint64_t sum = 0;

	while (stacks-- > 0) {
		size_t depth = below(r, 9), count = below(r, 1000);
		bool lua = below(r, 3) == 0, cut = lua && below(r, 4) == 0;

		if (lua)	/* a sure frame first: a count never stands behind a chunk alone */
			post_puts(b, "@top.lua:1\n");
		for (; depth > 0; depth--) {
			if (below(r, 10) == 0)
				put_noise(b, r);
			if (lua)
				put_lua(b, r);
			else
				put_native(b, r);
		}
		if (cut)
			post_puts(b, "@/opt/app/my");
		post_putf(b, "\t%zu%s\n", count, below(r, 20) == 0 ? "\r" : "");
		sum += count;
		if (below(r, 6) == 0)
			put_noise(b, r);
	}
	return sum;
}

/* Long texts: say where they part. */
static void
same_text(const struct folding *a, const struct folding *b)
{
	size_t i = 0, line;

	while (i < a->text.n && i < b->text.n && a->text.s[i] == b->text.s[i])
		i++;
	if (a->text.n == b->text.n && i == a->text.n)
		return;
	for (line = i; line > 0 && a->text.s[line - 1] != '\n'; line--)
		;
	fail_msg("they part at %zu:\n%.200s\n%.200s", i, a->text.s + line, b->text.s + line);
}

static void
sums_are_kept(void **state)
{
	struct rng r = rng_start("sums_are_kept");
	struct folding f = { 0 };
	struct post_buf b = { 0 };
	int round;

	(void)state;
	for (round = 0; round < 300; round++) {
		struct post_stacks_conf conf = { .naming.unknown = (enum post_unknown)below(&r, 3), .naming.kernel = below(&r, 2),
		    .naming.modules = below(&r, 2), .reverse = below(&r, 2), .merge_recursive = below(&r, 2), .separator = below(&r, 2) };
		uint64_t sum;

		b.n = 0;
		sum = put_trace(&b, &r, 1 + (int)below(&r, 60));
		fold_block(post_buf_str(&b), POST_FORM_RAW, &conf, &f);
		if (f.total.whole != sum)
			fail_msg("%llu, not %llu:\n%s", (unsigned long long)f.total.whole, (unsigned long long)sum, b.s);
	}
	post_buf_free(&b);
	post_buf_free(&f.text);
}

static void
blocks_and_jobs(void **state)
{
	struct rng r = rng_start("blocks_and_jobs");
	struct folding whole = { 0 }, f = { 0 };
	struct post_buf b = { 0 }, zst = { 0 };
	char *path[2];
	size_t block;
	int round;

	(void)state;
	for (round = 0; round < 4; round++) {
		b.n = zst.n = 0;
		put_trace(&b, &r, 40);
		put_zstd(&zst, post_buf_str(&b));
		path[0] = put_file("trace", post_buf_str(&b));
		path[1] = put_file("trace.zst", post_buf_str(&zst));
		fold_files(path, 1, &usual, 1 << 20, 1, &whole);
		for (block = 1; block < 300; block += 1 + block / 8) {
			fold_files(&path[block & 1], 1, &usual, block, 1 + (unsigned)below(&r, 4), &f);
			same_text(&f, &whole);
			for (int k = 0; k < POST_NOTES; k++) {
				assert_int_equal(f.notes.kind[k].n, whole.notes.kind[k].n);
				if (f.notes.kind[k].n > 0) {
					assert_int_equal(f.notes.kind[k].first.line, whole.notes.kind[k].first.line);
					assert_int_equal(f.notes.kind[k].first.byte, whole.notes.kind[k].first.byte);
				}
			}
		}
	}
	post_buf_free(&b);
	post_buf_free(&zst);
	post_buf_free(&f.text);
	post_buf_free(&whole.text);
}

/* fold(fold(a), fold(b)) is fold(a b), and fold(b a); what is folded folds to itself. */
static void
associative(void **state)
{
	struct rng r = rng_start("associative");
	struct folding both = { 0 }, f = { 0 };
	char *raw[2], *one[2], *swapped[2], *all;
	struct post_buf b = { 0 };
	int round, i;

	(void)state;
	for (round = 0; round < 60; round++) {
		for (i = 0; i < 2; i++) {
			b.n = 0;
			put_trace(&b, &r, 30);
			raw[i] = put_file(i == 0 ? "a" : "b", post_buf_str(&b));
			fold_files(&raw[i], 1, &usual, 0, 1, &f);
			one[i] = put_file(i == 0 ? "a.folded" : "b.folded", post_buf_str(&f.text));
		}
		swapped[0] = raw[1];
		swapped[1] = one[0];
		fold_files(raw, 2, &usual, 0, 2, &both);
		fold_files(one, 2, &usual, 0, 3, &f);
		same_text(&f, &both);
		fold_files(swapped, 2, &usual, 0, 1, &f);
		same_text(&f, &both);
		all = put_file("all.folded", post_buf_str(&both.text));
		fold_files(&all, 1, &usual, 0, 1, &f);
		same_text(&f, &both);
		assert_true(f.total.whole == both.total.whole);
	}
	post_buf_free(&b);
	post_buf_free(&f.text);
	post_buf_free(&both.text);
}

static void
statuses(void **state)
{
	struct folding f = { 0 };
	struct post_buf gz = { 0 };
	char *paths[3];

	(void)state;
	put_gzip(&gz, BYTES(" 0x1 : a+0x1/0x2\n\t1\n 0x1 : b+0x1/0x2\n\t2\n"), 6);
	gz.n -= 9;
	paths[0] = put_file("cut.gz", post_buf_str(&gz));
	paths[1] = scratch("missing");
	paths[2] = put_file("good", BYTES("a 1\n"));
	fold_files(paths, 3, &usual, 0, 2, &f);
	assert_int_equal(f.status, 1);
	assert_int_equal(f.reports, 2);
	assert_non_null(strstr(f.text.s, "a "));
	fold_files(&paths[1], 1, &usual, 0, 2, &f);
	assert_int_equal(f.status, 2);
	fold_files(&paths[2], 1, &usual, 0, 9, &f);
	assert_int_equal(f.status, 0);
	post_buf_free(&gz);
	post_buf_free(&f.text);
}

/* A sum over the limit stops every thread, with one error. */
static void
overflow_in_threads(void **state)
{
	struct post_input_conf ic = { .cut = post_stacks_cut, .block = 64 };
	struct post_buf b = { 0 };
	char *path;
	unsigned jobs;

	(void)state;
	while (b.n < 20000)
		post_puts(&b, "a;b 9223372036854775807\n");
	path = put_file("overflow", post_buf_str(&b));
	for (jobs = 1; jobs <= 4; jobs++) {
		struct post_input *in = post_input_new(&path, 1, &ic);
		struct post_run run = { 0 };
		struct post_fold fold = { 0 };
		struct post_err err = { 0 };

		assert_int_equal(post_run_fold(&run, in, &usual, jobs, &fold, &err), -1);
		assert_int_equal(err.code, POST_ELIMIT);
		post_fold_free(&fold);
		post_run_free(&run);
		post_input_free(in);
	}
	post_buf_free(&b);
}

static int
count_stacks(void *arg, const struct post_stack *stack, struct post_err *err)
{
	(void)err;
	assert_true(stack->n <= 2);
	++*(int *)arg;
	return *(int *)arg == 5 ? post_fail(err, POST_EIO, "enough") : 0;
}

static void
stacks_in_order(void **state)
{
	const struct post_input_conf ic = { .cut = post_stacks_cut, .block = 16 };
	const struct post_stacks_conf conf = { .stack = count_stacks };
	char *paths[2];
	int round;

	(void)state;
	paths[0] = put_file("first", BYTES("hello world\n 0x1 : a+0x1/0x2\n\t1\n\t2\n"));
	paths[1] = put_file("second", BYTES("a;b 1\nno count\nc 2\nd 3\n"));
	for (round = 1; round <= 2; round++) {
		struct post_input *in = post_input_new(paths, (size_t)round, &ic);
		struct post_run run = { 0 };
		struct post_names names = { 0 };
		struct post_err err = { 0 };
		int calls = 0;

		assert_int_equal(post_run_stacks(&run, in, &conf, &names, &calls, &err), round == 1 ? 0 : -1);
		assert_int_equal(calls, round == 1 ? 2 : 5);
		assert_int_equal(run.account.notes.kind[POST_NOTE_TEXT].n, 1);
		assert_int_equal(run.account.notes.kind[POST_NOTE_TEXT].first.line, 1);
		assert_int_equal(run.account.notes.kind[POST_NOTE_EMPTY].first.line, 4);
		if (round == 2) {
			assert_int_equal(run.account.notes.kind[POST_NOTE_MALFORMED].first.line, 2);
			assert_int_equal(run.account.notes.kind[POST_NOTE_MALFORMED].first.file, 1);
			assert_int_equal(run.account.notes.kind[POST_NOTE_MALFORMED].first.byte, 6);
		}
		post_names_free(&names);
		post_run_free(&run);
		post_input_free(in);
	}
}

/* The demangler takes much of a thread's stack: more than a small one has. */
static void
demangling_in_threads(void **state)
{
	static const struct post_stacks_conf demangled = { .naming.demangle = true };
	struct folding one = { 0 }, many = { 0 };
	struct post_buf b = { 0 };
	char *path;
	int i, k;

	(void)state;
	for (i = 0; i < 4000; i++) {
		post_putf(&b, " 0x%x : _Z1fIiEv", i + 1);
		for (k = 0; k < 95; k++)
			post_puts(&b, "1aIiE");
		for (k = 0; k < 100 + i % 70; k++)
			post_puts(&b, "RT_");
		post_puts(&b, "+0x1/0x2 [/x]\n\t1\n");
	}
	path = put_file("mangled", post_buf_str(&b));
	fold_files(&path, 1, &demangled, 0, 1, &one);
	fold_files(&path, 1, &demangled, 0, 4, &many);
	assert_int_equal(one.total.whole, 4000);
	assert_true(post_str_eq(post_buf_str(&one.text), post_buf_str(&many.text)));
	post_buf_free(&one.text);
	post_buf_free(&many.text);
	post_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_are_kept), cmocka_unit_test(blocks_and_jobs), cmocka_unit_test(associative),
		cmocka_unit_test(statuses), cmocka_unit_test(overflow_in_threads), cmocka_unit_test(stacks_in_order),
		cmocka_unit_test(demangling_in_threads),
	};

	return cmocka_run_group_tests_name("run", tests, scratch_make, scratch_remove);
}
