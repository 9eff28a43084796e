/* SPDX-License-Identifier: BSD-2-Clause */
/* Folded files merged: what sort(1) and awk(1) make of them, however many they are and in whatever order. */
#include "support.h"
#include <dirent.h>
#include "../batch/merge.h"

enum { FILES_MAX = 5000 };

static const char *path[FILES_MAX];
static struct post_buf got, want;
static struct post_merged merged;
static struct post_err err;
static size_t bad;

static int
stop(void **state)
{
	post_buf_free(&got);
	post_buf_free(&want);
	return scratch_remove(state);
}

static size_t
open_files(void)
{
	DIR *dir = opendir("/proc/self/fd");
	size_t n = 0;

	while (readdir(dir) != NULL)
		n++;
	closedir(dir);
	return n;
}

/* Merge path[0 .. N) into GOT. */
static int
merge(size_t n)
{
	char *to = scratch("merged");
	struct post_out out;
	struct post_err none;
	size_t files = open_files();
	int status;

	bad = SIZE_MAX;
	err = (struct post_err){ 0 };
	assert_int_equal(post_out_open(&out, to, &none), 0);
	status = post_merge(path, n, &out, &merged, &bad, &err);
	if (status == -1)
		post_out_discard(&out);
	else {
		assert_int_equal(post_out_close(&out, &none), 0);
		get_file(to, &got);
	}
	assert_int_equal(open_files(), files);
	return status;
}

static void
gives(size_t n, const char *text)
{
	if (merge(n) == -1)
		fail_msg("%s: line %llu: %s", path[bad], (unsigned long long)err.line, err.msg);
	same(post_buf_str(&got), text);
}

static void
fails(size_t n, enum post_code code, size_t file, uint64_t line)
{
	assert_int_equal(merge(n), -1);
	assert_int_equal(err.code, code);
	assert_int_equal(bad, file);
	assert_int_equal(err.line, line);
	assert_true(err.msg[0] != '\0');
}

static void
put_part(size_t i, struct post_str s)
{
	char name[32];

	snprintf(name, sizeof name, "%06zu.folded", i);
	path[i] = put_file(name, s);
}

static void
put_parts(size_t n, const char *const *texts)
{
	for (size_t i = 0; i < n; i++)
		put_part(i, post_str_of(texts[i]));
}

#define PARTS(...) put_parts(sizeof (const char *[]){ __VA_ARGS__ } / sizeof(char *), (const char *[]){ __VA_ARGS__ })

static void
few(void **state)
{
	(void)state;
	gives(0, "");
	assert_int_equal(merged.stacks, 0);
	PARTS("a 1\na;b 2\n", "", "a 3\nb 1\n", " 7\na;b 0.5");
	gives(1, "a 1\na;b 2\n");
	gives(2, "a 1\na;b 2\n");
	gives(4, " 7\na 4\na;b 2.5\nb 1\n");
	assert_int_equal(merged.stacks, 4);
	assert_true(merged.samples.whole == 14 && merged.samples.frac == POST_COUNT_ONE / 2);
	PARTS("a 1\na 2\na 3\n", "a 4\n");	/* a stack again in one file: it is summed */
	gives(2, "a 10\n");
	PARTS("a 1\r\na;b 2 \r\n", "a\t5\n");
	gives(2, "a 6\na;b 2\n");
	PARTS("\xef\xbb\xbf" "a 1\n", "a 1\n");
	gives(2, "a 2\n");
}

/* The order is that of the stacks, not of the lines: "Thread 1" stands behind "Thread". */
static void
order_of_stacks(void **state)
{
	(void)state;
	PARTS("Thread 5\nThread 1 2\nThread!x 1\nThread;a 1\n", "Thread 9\nThread 1 3\nThread 1;b 1\n\xff 1\n");
	gives(2, "Thread 14\nThread 1 5\nThread 1;b 1\nThread!x 1\nThread;a 1\n\xff 1\n");
}

static void
comments(void **state)
{
	(void)state;
	PARTS("# note: [bad] x\n# zz 5\n\na 1\n \t\r\n#x\nb 1\n", "# a 1\n# b\n", "a 2\n");
	gives(3, "a 3\nb 1\n");
	assert_int_equal(merged.comments, 5);
}

static void
exact(void **state)
{
	(void)state;
	PARTS("a 18446744073709551614\n", "a 0.999999999999999999\n", "a 0.000000000000000001\n");
	gives(3, "a 18446744073709551615\n");
	PARTS("a 0.1\nb 0.25\n", "a 0.2\nb 0.750\n");
	gives(2, "a 0.3\nb 1\n");
}

static void
refused(void **state)
{
	(void)state;
	PARTS("a 1\nb 1\n", "a 1\nc 1\nb 1\n");
	fails(2, POST_EFORMAT, 1, 3);
	PARTS("a 1\n", "# x\n\na 1\nno count\n");
	fails(2, POST_EFORMAT, 1, 4);
	PARTS("a 1\nb x\n");
	fails(1, POST_EFORMAT, 0, 2);
	PARTS("no count\n", "a 1\n");
	fails(2, POST_EFORMAT, 0, 1);
	PARTS("a 1\n", "a 18446744073709551616\n");
	fails(2, POST_ELIMIT, 1, 1);
	PARTS("a 1\na 0.0000000000000000001\n");
	fails(1, POST_ELIMIT, 0, 2);
	PARTS("a 18446744073709551615\n", "a 1\n");
	assert_int_equal(merge(2), -1);
	assert_int_equal(err.code, POST_ELIMIT);
	assert_true(bad < 2 && err.line == 1);
	PARTS("a 18446744073709551615\nb 1\n");
	fails(1, POST_ELIMIT, 0, 0);
	PARTS("a 1\n", "b 1\n");
	path[1] = scratch("missing");
	fails(2, POST_EIO, 1, 0);
	path[1] = scratch_dir;
	fails(2, POST_EIO, 1, 0);
}

static void
packed(void **state)
{
	struct post_buf b = { 0 };

	(void)state;
	PARTS("a 1\nz 1\n");
	put_gzip(&b, BYTES("a 1\nb 2\n"), 6);
	put_part(1, post_buf_str(&b));
	b.n = 0;
	put_zstd(&b, BYTES("b 1\nc 2"));
	put_part(2, post_buf_str(&b));
	gives(3, "a 2\nb 3\nc 2\nz 1\n");
	put_part(3, (struct post_str){ b.s, b.n - 3 });
	fails(4, POST_ECUT, 3, 0);
	post_puts(&b, "garbage");
	put_part(3, post_buf_str(&b));
	fails(4, POST_EFORMAT, 3, 0);
	post_buf_free(&b);
}

/* Lines longer than a block, and one that is too long. */
static void
long_lines(void **state)
{
	struct post_buf b = { 0 };
	size_t n;

	(void)state;
	for (n = 30000; n < 140000; n += 1 + n / 7) {
		b.n = 0;
		while (b.n < n)
			post_puts(&b, "x;yy;zzz;");
		post_puts(&b, "end 2\n");
		put_part(0, post_buf_str(&b));
		put_part(1, post_buf_str(&b));
		assert_int_equal(merge(2), 0);
		b.s[b.n - 2] = '4';
		same_str(post_buf_str(&got), post_buf_str(&b));
	}
	b.n = 0;
	post_buf_grow(&b, 65 << 20);
	memset(b.s, 'x', 65 << 20);
	b.n = 65 << 20;
	post_puts(&b, " 1\n");
	put_part(1, post_buf_str(&b));
	fails(2, POST_ELIMIT, 1, 0);
	unlink(path[1]);
	post_buf_free(&b);
}

static int
cmp_lines(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* N parts of up to LINES stacks each, in order, each once; counts are quarters, which awk sums exactly. */
static void
random_parts(struct rng *r, size_t n, size_t lines)
{
	static const char *const names[] = { "main", "a b", "f 17", "read", "~T()", "\xc3\xa9", "x\\x3by", "[unknown]" };
	struct post_buf b = { 0 };
	size_t i, k, depth;

	for (i = 0; i < n; i++) {
		size_t have = below(r, lines + 1);
		char **stack = calloc(have + 1, sizeof *stack);

		for (k = 0; k < have; k++) {
			b.n = 0;
			for (depth = below(r, 5); depth > 0; depth--)
				post_putf(&b, "%s%s", b.n > 0 ? ";" : "", names[below(r, ROWS(names))]);
			post_puts(&b, "");
			stack[k] = strdup(b.s);
		}
		qsort(stack, have, sizeof *stack, cmp_lines);
		b.n = 0;
		for (k = 0; k < have; k++)
			if (k == 0 || strcmp(stack[k], stack[k - 1]) != 0)
				post_putf(&b, "%s %zu%s\n", stack[k], below(r, 1 << 30), below(r, 4) == 0 ? ".25" : "");
		put_part(i, post_buf_str(&b));
		for (k = 0; k < have; k++)
			free(stack[k]);
		free(stack);
	}
	post_buf_free(&b);
}

/* The same by other means: the count behind a tab, sort -m by what is before it, and a sum.  The parts are gone then. */
static void
by_sort(size_t n)
{
	struct post_buf command = { 0 };
	char *list = scratch("list"), *to = scratch("by-sort");
	FILE *f = fopen(list, "w");

	for (size_t i = 0; i < n; i++) {
		assert_true(fprintf(f, "%s.tab", path[i]) > 0);
		fputc('\0', f);
	}
	assert_int_equal(fclose(f), 0);
	post_putf(&command, "cd '%s' && for p in [0-9]*.folded; do sed 's/ \\([0-9.]*\\)$/\\t\\1/' $p > $p.tab; done && "
	    "LC_ALL=C sort -m -s -t '\t' -k 1,1 --files0-from='%s' | LC_ALL=C awk -F '\t' '"
	    "function put() { if (NR > 1) printf \"%%s %%.20g\\n\", key, sum } "
	    "$1 \"\" != key \"\" || NR == 1 { put(); key = $1; sum = 0 } { sum += $2 } END { if (NR) { NR = 2; put() } }' > '%s'",
	    scratch_dir, list, to);
	assert_int_equal(system(command.s), 0);
	get_file(to, &want);
	post_buf_free(&command);
	for (size_t i = 0; i < n; i++)
		unlink(path[i]);
}

static void
as_sort_and_awk(void **state)
{
	static const size_t files[] = { 1, 2, 3, 17, 63, 64, 65, 66, 127, 128, 130, 200 };
	struct rng r = rng_start("as_sort_and_awk");
	size_t i, k;

	(void)state;
	for (i = 0; i < ROWS(files); i++) {
		size_t n = files[i];

		random_parts(&r, n, 40);
		assert_int_equal(merge(n), 0);
		for (k = n; k > 1; k--) {	/* in any order */
			size_t other = below(&r, k);
			const char *p = path[k - 1];

			path[k - 1] = path[other];
			path[other] = p;
		}
		want.n = 0;
		post_put(&want, post_buf_str(&got));
		assert_int_equal(merge(n), 0);
		same_str(post_buf_str(&got), post_buf_str(&want));
		by_sort(n);
		same_str(post_buf_str(&got), post_buf_str(&want));
	}
}

/* Merged in any groups, and these merged, it is the same. */
static void
associative(void **state)
{
	struct rng r = rng_start("associative");
	int round;

	(void)state;
	for (round = 0; round < 20; round++) {
		const char *all[30];
		size_t n = 1 + below(&r, ROWS(all)), groups = 0, i, k;
		char name[16];

		random_parts(&r, n, 30);
		memcpy(all, path, n * sizeof *all);
		assert_int_equal(merge(n), 0);
		want.n = 0;
		post_put(&want, post_buf_str(&got));
		for (i = 0; i < n; i += k) {
			k = 1 + below(&r, n - i);
			memcpy(path, all + i, k * sizeof *path);
			assert_int_equal(merge(k), 0);
			snprintf(name, sizeof name, "group%zu", groups);
			all[groups++] = put_file(name, post_buf_str(&got));	/* groups is at most i */
		}
		memcpy(path, all, groups * sizeof *path);
		assert_int_equal(merge(groups), 0);
		same_str(post_buf_str(&got), post_buf_str(&want));
	}
}

/* So many that runs are merged to runs. */
static void
thousands(void **state)
{
	struct post_buf b = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < FILES_MAX; i++) {
		b.n = 0;
		post_putf(&b, "all 1\nmod;%03zu 2\n", i % 1000);
		put_part(i, post_buf_str(&b));
	}
	assert_int_equal(merge(FILES_MAX), 0);
	b.n = 0;
	post_putf(&b, "all %d\n", FILES_MAX);
	for (i = 0; i < 1000; i++)
		post_putf(&b, "mod;%03zu 10\n", i);
	same_str(post_buf_str(&got), post_buf_str(&b));
	assert_int_equal(merged.stacks, 1001);
	assert_int_equal(merged.samples.whole, 3 * FILES_MAX);
	put_part(4500, BYTES("all 1\nall\n"));
	fails(FILES_MAX, POST_EFORMAT, 4500, 2);
	post_buf_free(&b);
}

/* Where there is no room for temporary files: that is told, whatever the file. */
static void
no_temporary_file(void **state)
{
	struct post_out out = { .fd = memfd_create("out", 0) };
	const char *saved = getenv("TMPDIR");
	char *copy = saved != NULL ? strdup(saved) : NULL;

	(void)state;
	for (size_t i = 0; i < 70; i++)
		put_part(i, BYTES("a 1\n"));
	setenv("TMPDIR", scratch("missing"), 1);
	assert_int_equal(post_merge(path, 70, &out, &merged, &bad, &err), -1);
	assert_int_equal(err.code, POST_EIO);
	assert_true(bad < 70);
	if (copy != NULL)
		setenv("TMPDIR", copy, 1);
	else
		unsetenv("TMPDIR");
	assert_int_equal(post_merge(path, 70, &out, &merged, &bad, &err), 0);
	same(post_buf_str(&out.buf), "a 70\n");
	post_buf_free(&out.buf);
	close(out.fd);
	free(copy);
}

/* What is merged is what was folded at once. */
static void
as_folded_at_once(void **state)
{
	static const char *const texts[] = {
		" 0x1 : a;b+0x1/0x2\n 0x2 : main+0x1/0x2\n\t3\n\t5\n", "@x.lua:1\n\t2\n 0x1 : # x+0x1/0x2\n\t1\n", "b;c 1.5\nb;c 2\n# y\n", "Thread 1 5\nThread 2\n\\x41 3\n",
	};
	static const struct post_stacks_conf usual;
	struct folding one = { 0 }, all = { 0 };
	char *raw[ROWS(texts)], name[16];
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(texts); i++) {
		snprintf(name, sizeof name, "raw%zu", i);
		raw[i] = put_file(name, post_str_of(texts[i]));
		fold_files(&raw[i], 1, &usual, 0, 1, &one);
		put_part(i, post_buf_str(&one.text));
	}
	fold_files(raw, ROWS(texts), &usual, 0, 1, &all);
	gives(ROWS(texts), all.text.s);
	assert_true(merged.samples.whole == all.total.whole && merged.samples.frac == all.total.frac);
	post_buf_free(&one.text);
	post_buf_free(&all.text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(few), cmocka_unit_test(order_of_stacks), cmocka_unit_test(comments), cmocka_unit_test(exact),
		cmocka_unit_test(refused), cmocka_unit_test(packed), cmocka_unit_test(long_lines), cmocka_unit_test(as_sort_and_awk),
		cmocka_unit_test(associative), cmocka_unit_test(thousands), cmocka_unit_test(no_temporary_file),
		cmocka_unit_test(as_folded_at_once),
	};

	return cmocka_run_group_tests_name("merge", tests, scratch_make, stop);
}
