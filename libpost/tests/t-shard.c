/* SPDX-License-Identifier: BSD-2-Clause */
/* A trace read in parts: wherever it is divided, and whatever it is packed in, the parts are the whole. */
#include "shards.h"

static struct folding whole, parts;
static struct post_buf text, stored, bytes;
static struct starts starts;

static int
stop(void **state)
{
	post_buf_free(&whole.text);
	post_buf_free(&parts.text);
	post_buf_free(&text);
	post_buf_free(&stored);
	post_buf_free(&bytes);
	return scratch_remove(state);
}

static int
cmp_offsets(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Up to 8 shards that are all of it: cut anywhere when it is plain, else where STARTS say; some are empty. */
static size_t
random_shards(struct rng *r, size_t size, const struct starts *at, struct post_shard *shard)
{
	uint64_t cut[8];
	size_t n = below(r, ROWS(cut)), i;

	for (i = 0; i < n; i++)
		cut[i] = at->n > 0 ? at->v[below(r, at->n)] : below(r, size + 3);
	qsort(cut, n, sizeof *cut, cmp_offsets);
	for (i = 0; i <= n; i++)
		shard[i] = (struct post_shard){ i > 0 ? cut[i - 1] : 0, i < n ? cut[i] : UINT64_MAX };
	return n + 1;
}

static void
put_shards(const struct post_shard *shard, size_t n)
{
	for (size_t i = 0; i < n; i++)
		print_error("[%llu, %llu) ", (unsigned long long)shard[i].from, (unsigned long long)shard[i].to);
	print_error("of\n%.*s\n", (int)text.n, text.s);
}

static void
make_text(struct rng *r)
{
	static const unsigned odds[] = { 0, 5, 30, 60 };

	text.n = stored.n = 0;
	if (below(r, 5) == 0)
		put_hard_folded(&text, r, below(r, 3000));
	else
		put_hard_trace(&text, r, below(r, 4000), odds[below(r, ROWS(odds))]);
}

/* Thousands of divisions of traces that are made to be divided wrongly. */
static void
any_division(void **state)
{
	struct rng r = rng_start("any_division");
	struct post_shard shard[9];
	int round, k;

	(void)state;
	for (round = 0; round < 300; round++) {
		size_t block = below(&r, 2) == 0 ? 0 : 1 + below(&r, 500), n;
		char *path;

		make_text(&r);
		put_archive(&stored, &r, post_buf_str(&text), (enum archive)(round % ARCHIVES), 20 + below(&r, 800), &starts);
		path = put_file("trace", post_buf_str(&stored));
		fold_files(&path, 1, &(struct post_stacks_conf){ 0 }, block, 1, &whole);
		for (k = 0; k < 12; k++) {
			n = random_shards(&r, stored.n, &starts, shard);
			fold_shards(path, shard, n, post_shard_seam, block, 1 + (unsigned)(k % 2), &parts);
			if (!same_fold(&parts, &whole) || parts.reports != 0) {
				put_shards(shard, n);
				fail_msg("round %d: not\n%s\nbut\n%s", round, whole.text.s, parts.text.s);
			}
			for (int i = 0; i < POST_NOTES; i++)
				assert_int_equal(parts.notes.kind[i].n, whole.notes.kind[i].n);
		}
	}
}

/* The end of a count line, by the look of that line alone. */
static bool
any_count_line(int tag, struct post_str lines)
{
	const char *nl = lines.n > 1 ? memrchr(lines.p, '\n', lines.n - 1) : NULL;

	return tag == POST_FORM_FOLDED ||
	    (nl != NULL && post_line_is_count((struct post_str){ nl + 1, (size_t)(lines.p + lines.n - 1 - (nl + 1)) }));
}

/* The traces are hard enough: a rule that takes every count line for the end of a stack is found out. */
static void
plain_rule_is_wrong(void **state)
{
	struct rng r = rng_start("plain_rule_is_wrong");
	struct post_shard shard[9];
	int round, wrong = 0;

	(void)state;
	starts.n = 0;
	for (round = 0; round < 1000; round++) {
		char *path;

		text.n = 0;
		put_hard_trace(&text, &r, 500, 60);
		path = put_file("trace", post_buf_str(&text));
		fold_files(&path, 1, &(struct post_stacks_conf){ 0 }, 0, 1, &whole);
		fold_shards(path, shard, random_shards(&r, text.n, &starts, shard), any_count_line, 0, 1, &parts);
		wrong += !same_fold(&parts, &whole);
	}
	print_message("# %d of 1000 wrong\n", wrong);
	assert_true(wrong > 5);
}

/* Read the shards as they are: the bytes, and where the first of each begins; all bytes of it are BYTES. */
static void
read_shards(char *path, const struct post_shard *shard, size_t n, struct post_input_conf conf, uint64_t *from, uint64_t *to)
{
	char *paths[9] = { path };
	struct post_input *in;
	struct post_block *b;
	size_t i;

	for (i = 1; i < n; i++)
		paths[i] = path;
	conf.shards = shard;
	bytes.n = 0;
	in = post_input_new(paths, n, &conf);
	for (i = 0; i < n; i++)
		from[i] = UINT64_MAX;
	while ((b = post_input_next(in)) != NULL) {
		if (from[b->file] == UINT64_MAX)
			from[b->file] = to[b->file] = b->byte;
		assert_int_equal(b->byte, to[b->file]);
		assert_int_equal(b->first, b->byte == 0 && shard[b->file].from == 0 && from[b->file] == to[b->file]);
		to[b->file] += b->n;
		post_put(&bytes, (struct post_str){ b->p, b->n });
		post_input_release(in, b);
	}
	assert_int_equal(post_input_status(in), 0);
	post_input_free(in);
}

/* The line of TEXT at *AT, which is then behind it; without its line end, which must be there. */
static bool
line_at(size_t *at, struct post_str *line)
{
	const char *p = text.s + *at, *nl = *at < text.n ? memchr(p, '\n', text.n - *at) : NULL;

	if (nl == NULL)
		return false;
	*line = (struct post_str){ p, (size_t)(nl - p) };
	*at += line->n + 1;
	return true;
}

/* The rule, as it is written: the end of the first count line behind a sure frame's, both begun behind X. */
static uint64_t
expected(enum post_form form, uint64_t x)
{
	struct post_str line, frame = { NULL, 0 };
	struct post_line is;
	size_t at = (size_t)x;

	if (x == 0 || x >= text.n || !line_at(&at, &line))
		return x == 0 ? 0 : text.n;
	if (form == POST_FORM_FOLDED)
		return at;
	while (line_at(&at, &line)) {
		if (frame.p != NULL && post_line_is_count(line) && memchr(frame.p, '\x1b', frame.n) == NULL) {
			post_line_classify(frame, NULL, &is);
			if (is.kind == POST_LINE_LUA || (is.kind == POST_LINE_NATIVE && is.count.n == 0))
				return at;
		}
		frame = line;
	}
	return text.n;
}

static void
shards_are_where_the_rule_says(void **state)
{
	struct rng r = rng_start("shards_are_where_the_rule_says");
	struct post_shard shard[9];
	uint64_t from[9], to[9];
	int round;

	(void)state;
	starts.n = 0;
	for (round = 0; round < 1500; round++) {
		struct post_input_conf conf = { .cut = post_stacks_cut, .block = below(&r, 300), .seam = post_shard_seam };
		enum post_form form;
		char *path;
		size_t n, i;

		make_text(&r);
		n = random_shards(&r, text.n, &starts, shard);
		path = put_file("trace", post_buf_str(&text));
		conf.tag = form = below(&r, 2) == 0 ? POST_FORM_RAW : POST_FORM_FOLDED;
		read_shards(path, shard, n, conf, from, to);
		assert_true(post_str_eq(post_buf_str(&bytes), post_buf_str(&text)));
		for (i = 0; i < n; i++) {
			if (to[i] > from[i])
				assert_int_equal(from[i], expected(form, shard[i].from));
			assert_int_equal(to[i], from[i] + (expected(form, shard[i].to) - expected(form, shard[i].from)));
		}
	}
}

/* Without a cutter, and with the seams that lines have. */
static void
shards_of_lines(void **state)
{
	static const struct { struct post_shard shard; const char *gives; } rows[] = {
		{ { 0, 0 }, "" }, { { 0, 1 }, "one\n" }, { { 0, 3 }, "one\n" }, { { 0, 4 }, "one\n\n" }, { { 1, 3 }, "" }, { { 1, 4 }, "\n" },
		{ { 3, 5 }, "\nthree\n" }, { { 3, UINT64_MAX }, "\nthree\nfour" }, { { 10, UINT64_MAX }, "four" }, { { 11, 12 }, "" }, { { 14, 15 }, "" },
		{ { 15, UINT64_MAX }, "" }, { { 900, 1000 }, "" }, { { 0, 900 }, "one\n\nthree\nfour" }, { { 5, 3 }, "" }, { { UINT64_MAX, UINT64_MAX }, "" },
	};
	char *path = put_file("lines", BYTES("one\n\nthree\nfour"));
	uint64_t from[9], to[9];
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		if (rows[i].shard.from == UINT64_MAX)	/* no offset of a file */
			continue;
		read_shards(path, &rows[i].shard, 1, (struct post_input_conf){ .block = i }, from, to);
		same(post_buf_str(&bytes), rows[i].gives);
	}
}

/*
 * The next operand's first block uses the memory of the last one's last: it
 * is not cut as if it were the last, too.
 */
static void
second_operand(void **state)
{
	char *path;

	(void)state;
	text.n = 0;
	while (text.n < 5000)
		post_puts(&text, "main;a;b;c 1\n");
	path = put_file("folded", post_buf_str(&text));
	fold_shards(path, (const struct post_shard[]){ { 0, 1 }, { 1, UINT64_MAX } }, 2, post_shard_seam, 100, 1, &parts);
	assert_int_equal(noted(&parts, POST_NOTE_MALFORMED), 0);
	same(post_buf_str(&parts.text), "main;a;b;c 385\n");
}

/* Fold one shard of PATH that cannot be had. */
static void
refused(char *path, uint64_t from, uint64_t to, int status)
{
	struct post_shard shard = { from, to };

	fold_shards(path, &shard, 1, post_shard_seam, 0, 1, &parts);
	assert_int_equal(parts.status, status);
	assert_int_equal(parts.reports, 1);
}

/* The file is not what it was when it was divided: that is told, and no byte is taken for another. */
static void
not_where_it_was(void **state)
{
	char *path;
	uint64_t second;

	(void)state;
	stored.n = 0;
	put_zstd(&stored, BYTES(" 0x1 : a+0x1/0x2\n\t1\n"));
	second = stored.n;
	put_zstd(&stored, BYTES(" 0x1 : b+0x1/0x2\n\t2\n"));
	path = put_file("moved", post_buf_str(&stored));
	refused(path, second + 1, UINT64_MAX, 2);
	refused(path, stored.n, UINT64_MAX, 2);
	refused(path, 0, second - 1, 1);
	assert_string_equal(parts.text.s, "a 1\n");
	refused(path, 0, stored.n + 1, 1);
	refused(path, INT64_MAX, UINT64_MAX, 2);
	refused(path, UINT64_MAX, UINT64_MAX, 2);
	path = put_file("zip", BYTES("PK\3\4" " 0x1 : a+0x1/0x2\n\t1\n"));	/* nothing that is read here, nor plain bytes */
	refused(path, 5, UINT64_MAX, 2);
	refused(scratch("missing"), 5, UINT64_MAX, 2);
}

static void
no_file(void **state)
{
	char dash[] = "-";
	int saved = dup(STDIN_FILENO), fd[2];

	(void)state;
	assert_int_equal(pipe(fd), 0);
	assert_true(write(fd[1], " 0x1 : a+0x1/0x2\n\t1\n", 20) == 20);
	close(fd[1]);
	dup2(fd[0], STDIN_FILENO);
	close(fd[0]);
	refused(dash, 5, UINT64_MAX, 2);
	dup2(saved, STDIN_FILENO);
	close(saved);
}

/* Lines that are too long for a reader, divided in their midst. */
static void
line_too_long(void **state)
{
	static struct post_shard shard[4];
	char *path, *mib = malloc(1 << 20);
	struct post_err err;
	struct post_shards list = { 0 };
	int i;

	(void)state;
	memset(mib, '7', 1 << 20);
	stored.n = 0;
	put_zstd(&stored, BYTES(" 0x1 : a+0x1/0x2\n\t1\nlocal x\n 0x2 : b"));
	for (i = 0; i < 70; i++)
		put_zstd(&stored, (struct post_str){ mib, 1 << 20 });
	put_zstd(&stored, BYTES("\n\t42\nreturn x\n:1\n\t3\n 0x1 : c+0x1/0x2\n\t4\n"));
	path = put_file("long", post_buf_str(&stored));
	fold_files(&path, 1, &(struct post_stacks_conf){ 0 }, 0, 1, &whole);
	assert_int_equal(whole.reports, 1);
	assert_int_equal(post_shards_plan(&list, path, 20 << 20, &err), 0);
	assert_true(list.n == 4);
	memcpy(shard, list.v, sizeof shard);
	fold_shards(path, shard, 4, post_shard_seam, 0, 1, &parts);
	assert_true(same_fold(&parts, &whole));
	assert_int_equal(parts.reports, 1);
	post_shards_free(&list);
	free(mib);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_division), cmocka_unit_test(plain_rule_is_wrong), cmocka_unit_test(shards_are_where_the_rule_says),
		cmocka_unit_test(shards_of_lines), cmocka_unit_test(second_operand), cmocka_unit_test(not_where_it_was),
		cmocka_unit_test(no_file), cmocka_unit_test(line_too_long),
	};

	return cmocka_run_group_tests_name("shard", tests, scratch_make, stop);
}
