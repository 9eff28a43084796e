/* SPDX-License-Identifier: BSD-2-Clause */
/* Input: blocks are the operands' bytes in order, in whole lines, however they are cut, packed or threaded. */
#include "support.h"
#include "../io/input.h"

/* What reading gave. */
static struct {
	struct post_buf	 bytes, reports;
	size_t		 blocks, files;
	int		 status;
} got;

static struct post_buf text;		/* lines of 0 to 300 bytes, the last without its end */

static void
on_report(void *arg, const char *name, const struct post_err *err)
{
	const char *base = strrchr(name, '/');

	(void)arg;
	post_putf(&got.reports, "%s: %s", base != NULL ? base + 1 : name, err->msg);
	if (err->has_byte)
		post_putf(&got.reports, " (%llu)", (unsigned long long)err->byte);
	post_putc(&got.reports, '\n');
}

/* Are all rules of input.h kept from the block before to B? */
static void
check_block(const struct post_block *b, uint64_t byte, bool first)
{
	assert_int_equal(b->seq, got.blocks);
	assert_int_equal(b->first, first);
	assert_int_equal(b->byte, byte);
	if (!b->last)
		assert_true(b->n > 0 && b->p[b->n - 1] == '\n');
}

static void
read_all(char *const *paths, size_t n, const struct post_input_conf *conf)
{
	struct post_input *in = post_input_new(paths, n, conf);
	struct post_block *b, *held = NULL;
	uint64_t byte = 0;
	bool first = true;

	got.bytes.n = got.reports.n = got.blocks = got.files = 0;
	post_puts(&got.reports, "");
	while ((b = post_input_next(in)) != NULL) {
		check_block(b, byte, first);
		byte = b->last ? 0 : byte + b->n;
		first = b->last;
		got.files += b->last;
		got.blocks++;
		post_put(&got.bytes, (struct post_str){ b->p, b->n });
		if (held != NULL)	/* two at a time are the caller's */
			post_input_release(in, held);
		held = b;
	}
	if (held != NULL)
		post_input_release(in, held);
	got.status = post_input_status(in);
	assert_int_equal(post_input_bytes(in), got.bytes.n);
	assert_null(post_input_next(in));
	post_input_free(in);
}

static void
gives(struct post_str want)
{
	assert_int_equal(got.bytes.n, want.n);
	assert_true(post_str_eq(post_buf_str(&got.bytes), want));
}

static int
start(void **state)
{
	struct rng r = rng_start("input");
	size_t n;

	while (text.n < 20000) {
		for (n = below(&r, 8) == 0 ? below(&r, 300) : below(&r, 40); n > 0; n--)
			post_putc(&text, (char)('a' + below(&r, 26)));
		post_putc(&text, '\n');
	}
	post_puts(&text, "the end");
	return scratch_make(state);
}

static int
stop(void **state)
{
	post_buf_free(&text);
	post_buf_free(&got.bytes);
	post_buf_free(&got.reports);
	return scratch_remove(state);
}

/* Whole for the consumer: as many bytes as end behind a line with an "e" last. */
static size_t
behind_e(struct post_block *b)
{
	size_t i;

	b->tag++;
	for (i = b->n; i > 1; i--)
		if (b->p[i - 1] == '\n' && b->p[i - 2] == 'e')
			return i;
	return 0;
}

static void
any_block_size(void **state)
{
	static const size_t sizes[] = { 0, 1, 2, 3, 5, 16, 63, 64, 65, 127, 299, 300, 1000, 4096, 20006, 20007, 20008, 1 << 20 };
	struct post_buf gz = { 0 }, zst = { 0 };
	char *paths[3];
	size_t i, k;

	(void)state;
	put_gzip(&gz, post_buf_str(&text), 6);
	put_zstd(&zst, post_buf_str(&text));
	paths[0] = put_file("plain", post_buf_str(&text));
	paths[1] = put_file("gz", post_buf_str(&gz));
	paths[2] = put_file("zst", post_buf_str(&zst));
	for (i = 0; i < ROWS(sizes); i++)
		for (k = 0; k < 12; k++) {
			struct post_input_conf conf = { .block = sizes[i], .no_thread = k & 1, .cut = k & 2 ? behind_e : NULL };

			read_all(&paths[k / 4], 1, &conf);
			gives(post_buf_str(&text));
			assert_int_equal(got.status, 0);
		}
	post_buf_free(&gz);
	post_buf_free(&zst);
}

static void
many_operands(void **state)
{
	static const char *const parts[] = { "a\nb\n", "", "c", "\n", "d\n\n", "" };
	struct post_buf want = { 0 }, packed = { 0 };
	char *paths[ROWS(parts)], name[16];
	size_t i, block;

	(void)state;
	for (i = 0; i < ROWS(parts); i++) {
		snprintf(name, sizeof name, "part%zu", i);
		packed.n = 0;
		put_gzip(&packed, post_str_of(parts[i]), 6);
		paths[i] = put_file(name, i % 2 == 0 ? post_buf_str(&packed) : post_str_of(parts[i]));
		post_puts(&want, parts[i]);
	}
	for (block = 0; block < 5; block++) {
		read_all(paths, ROWS(parts), &(struct post_input_conf){ .block = block });
		gives(post_buf_str(&want));
		assert_int_equal(got.files, ROWS(parts));
		assert_int_equal(got.status, 0);
	}
	post_buf_free(&want);
	post_buf_free(&packed);
}

/* The cutter's tag begins anew with each operand, and goes from block to block. */
static void
tags(void **state)
{
	char *paths[2];
	struct post_input_conf conf = { .cut = behind_e, .block = 4, .tag = 100 };
	struct post_input *in;
	struct post_block *b;
	int last = 0;

	(void)state;
	paths[0] = put_file("tag0", BYTES("ae\nbe\nce\n"));
	paths[1] = put_file("tag1", BYTES("ae\nx\ny\nz\n"));
	in = post_input_new(paths, 2, &conf);
	while ((b = post_input_next(in)) != NULL) {
		assert_true(b->first ? b->tag >= 100 && b->tag <= 104 : b->tag >= last);
		if (b->last)
			assert_true(b->whole);
		else
			assert_int_equal(b->whole, b->p[b->n - 2] == 'e');
		last = b->tag;
		post_input_release(in, b);
	}
	post_input_free(in);
}

static void
standard_input(void **state)
{
	static char *const dash[] = { (char *)(uintptr_t)"-" };
	struct post_input *in;
	int saved = dup(STDIN_FILENO), i;

	(void)state;
	for (i = 0; i < 2; i++) {
		int fd = open(put_file("stdin", BYTES("from\nstandard input\n")), O_RDONLY);

		dup2(fd, STDIN_FILENO);
		close(fd);
		read_all(dash, (size_t)i, &(struct post_input_conf){ 0 });
		gives(BYTES("from\nstandard input\n"));
		assert_true(fcntl(STDIN_FILENO, F_GETFD) != -1);	/* it stays open */
	}
	dup2(saved, STDIN_FILENO);
	close(saved);
	in = post_input_new(NULL, 0, &(struct post_input_conf){ 0 });
	assert_string_equal(post_input_name(in, 0), "<stdin>");
	post_input_free(in);
}

static void
through_a_pipe(void **state)
{
	static char *const dash[] = { (char *)(uintptr_t)"-" };
	struct post_buf zst = { 0 };
	int saved = dup(STDIN_FILENO), fd[2];
	size_t i;

	(void)state;
	put_zstd(&zst, post_buf_str(&text));
	assert_true(zst.n < 60000);
	assert_int_equal(pipe(fd), 0);
	for (i = 0; i < zst.n; i += 997)	/* in small pieces, all inside the pipe's own buffer */
		assert_true(write(fd[1], zst.s + i, zst.n - i < 997 ? zst.n - i : 997) > 0);
	close(fd[1]);
	dup2(fd[0], STDIN_FILENO);
	close(fd[0]);
	read_all(dash, 1, &(struct post_input_conf){ .block = 100 });
	gives(post_buf_str(&text));
	dup2(saved, STDIN_FILENO);
	close(saved);
	post_buf_free(&zst);
}

static void
unreadable_operands(void **state)
{
	char *paths[4] = { scratch("missing"), put_file("good", BYTES("a\n")), scratch_dir, put_file("good2", BYTES("b")) };
	const struct post_input_conf conf = { .report = on_report };
	struct post_input *in = post_input_new(paths, 4, &conf);

	(void)state;
	assert_string_equal(post_input_name(in, 0), paths[0]);
	post_input_free(in);
	read_all(paths, 4, &conf);
	gives(BYTES("a\nb"));
	assert_int_equal(got.status, 1);
	assert_non_null(strstr(got.reports.s, "missing: No such file or directory\n"));
	assert_non_null(strstr(got.reports.s, ": Is a directory\n"));
	read_all(paths, 1, &conf);
	gives(BYTES(""));
	assert_int_equal(got.status, 2);
	assert_int_equal(got.blocks, 0);
	read_all(&paths[2], 1, &(struct post_input_conf){ 0 });	/* nobody wants to know */
	assert_int_equal(got.status, 2);
}

static void
no_permission(void **state)
{
	char *paths[2] = { put_file("secret", BYTES("x\n")), put_file("open", BYTES("a\n")) };

	(void)state;
	chmod(paths[0], 0);
	if (access(paths[0], R_OK) == 0)	/* root may read all */
		skip();
	read_all(paths, 2, &(struct post_input_conf){ .report = on_report });
	gives(BYTES("a\n"));
	assert_string_equal(got.reports.s, "secret: Permission denied\n");
	assert_int_equal(got.status, 1);
}

static void
broken_archives(void **state)
{
	struct post_buf b = { 0 };
	char *paths[2] = { NULL, put_file("next", BYTES("next\n")) };
	size_t n;

	(void)state;
	put_gzip(&b, post_buf_str(&text), 6);
	for (n = 40; n < b.n; n += 1000) {
		paths[0] = put_file("cut.gz", (struct post_str){ b.s, n });
		for (int k = 0; k < 4; k++) {
			read_all(paths, 2, &(struct post_input_conf){ .report = on_report, .no_thread = k & 1, .block = k & 2 ? 0 : 512 });
			assert_true(got.bytes.n >= 5 && memcmp(got.bytes.s, text.s, got.bytes.n - 5) == 0);
			assert_string_equal(got.bytes.s + got.bytes.n - 5, "next\n");
			assert_non_null(strstr(got.reports.s, "cut.gz: the gzip data ends too early ("));
			assert_int_equal(got.status, 1);
			assert_int_equal(got.files, 2);
		}
	}
	b.n -= 8;
	paths[0] = put_file("cut.gz", post_buf_str(&b));
	read_all(paths, 1, &(struct post_input_conf){ .report = on_report });
	gives(post_buf_str(&text));
	assert_int_equal(got.status, 1);
	paths[0] = put_file("head.gz", BYTES("\x1f\x8b\x08"));
	read_all(paths, 1, &(struct post_input_conf){ .report = on_report });
	assert_int_equal(got.status, 2);	/* nothing of it could be read */
	post_buf_free(&b);
}

static void
trailing_bytes(void **state)
{
	struct post_buf b = { 0 };
	char *path;

	(void)state;
	put_gzip(&b, BYTES("a\n"), 6);
	post_puts(&b, "garbage");
	path = put_file("trailing.gz", post_buf_str(&b));
	read_all(&path, 1, &(struct post_input_conf){ .report = on_report });
	gives(BYTES("a\n"));
	assert_non_null(strstr(got.reports.s, "trailing.gz: bytes behind the end of the archive are left out (22)\n"));
	post_buf_free(&b);
}

static void
window_limit(void **state)
{
	struct post_buf b = { 0 };
	char *path;

	(void)state;
	post_put(&b, BYTES("\x28\xb5\x2f\xfd\x00\x90"));	/* no size, a window of 2^28 */
	post_put(&b, BYTES("\x09\0\0x"));			/* the last block: one stored byte */
	path = put_file("long.zst", post_buf_str(&b));
	read_all(&path, 1, &(struct post_input_conf){ .report = on_report });
	assert_int_equal(got.status, 2);
	assert_non_null(strstr(got.reports.s, "128 MiB"));
	read_all(&path, 1, &(struct post_input_conf){ .report = on_report, .window_log = 28 });
	gives(BYTES("x"));
	assert_int_equal(got.status, 0);
	post_buf_free(&b);
}

/* A reader that stops early leaves no thread behind. */
static void
given_up(void **state)
{
	struct post_buf b = { 0 };
	char *path;
	int i, k;

	(void)state;
	put_gzip(&b, post_buf_str(&text), 6);
	path = put_file("given-up.gz", post_buf_str(&b));
	for (i = 0; i < 40; i++) {
		const struct post_input_conf conf = { .block = 256 };
		struct post_input *in = post_input_new(&path, 1, &conf);

		for (k = 0; k < i; k++)
			post_input_release(in, post_input_next(in));
		post_input_free(in);
	}
	post_buf_free(&b);
}

/* A line of 70 MiB between two others, packed so that the file is small. */
static void
line_too_long(void **state)
{
	const struct post_input_conf conf = { .report = on_report };
	struct post_buf b = { 0 };
	char *path, *mib = calloc(1, 1 << 20);
	gzFile f;
	int i;

	(void)state;
	memset(mib, 'x', 1 << 20);
	path = scratch("long.gz");
	f = gzopen(path, "w1");
	gzputs(f, "first\nsecond\n");
	for (i = 0; i < 70; i++)
		assert_int_equal(gzwrite(f, mib, 1 << 20), 1 << 20);
	gzputs(f, "\nlast\n");
	gzclose(f);
	free(mib);
	{
		struct post_input *in = post_input_new(&path, 1, &conf);
		struct post_block *k;

		while ((k = post_input_next(in)) != NULL) {
			if (b.n > 0 && k->n > 0)
				assert_int_equal(k->byte, 13 + (70 << 20) + 1);
			post_put(&b, (struct post_str){ k->p, k->n });
			post_input_release(in, k);
		}
		got.reports.n = 0;
		assert_int_equal(post_input_status(in), 1);
		post_input_free(in);
	}
	assert_string_equal(b.s, "first\nsecond\nlast\n");
	assert_non_null(strstr(got.reports.s, "64 MiB is left out (13)"));
	post_buf_free(&b);
}

/* The sizes of the blocks of FILE, of those that are read. */
static size_t
sizes_of(char *const *paths, size_t n, uint32_t file, size_t *size)
{
	const struct post_input_conf conf = { .report = on_report };
	struct post_input *in = post_input_new(paths, n, &conf);
	struct post_block *b;
	size_t blocks = 0;

	while ((b = post_input_next(in)) != NULL) {
		if (b->file == file)
			size[blocks++] = b->n;
		post_input_release(in, b);
	}
	post_input_free(in);
	return blocks;
}

/* What a file looks like, its first block, does not depend on the files before it. */
static void
first_blocks(void **state)
{
	struct post_buf lines = { 0 };
	size_t alone[64], third[64], n;
	char *paths[3];

	(void)state;
	while (lines.n < 1 << 20)
		post_puts(&lines, "main;a;b 1\n");
	paths[0] = paths[1] = paths[2] = put_file("large", post_buf_str(&lines));
	n = sizes_of(paths, 1, 0, alone);
	assert_in_range(n, 4, 64);
	assert_int_equal(sizes_of(paths, 3, 2, third), n);
	assert_memory_equal(alone, third, n * sizeof *alone);
	post_buf_free(&lines);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_block_size), cmocka_unit_test(many_operands), cmocka_unit_test(tags),
		cmocka_unit_test(standard_input), cmocka_unit_test(through_a_pipe), cmocka_unit_test(unreadable_operands),
		cmocka_unit_test(no_permission), cmocka_unit_test(broken_archives), cmocka_unit_test(trailing_bytes),
		cmocka_unit_test(window_limit), cmocka_unit_test(given_up), cmocka_unit_test(line_too_long),
		cmocka_unit_test(first_blocks),
	};

	return cmocka_run_group_tests_name("input", tests, start, stop);
}
