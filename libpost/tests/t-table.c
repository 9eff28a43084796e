/* SPDX-License-Identifier: BSD-2-Clause */
/* The table: read back, it is the tree, whatever the names, counts and limits. */
#include "support.h"
#include "../flame/pack.h"
#include "../flame/prune.h"
#include "table-check.h"

enum { NAMES = 40, DEEP = 12 };

static uint32_t
color(void *arg, uint32_t id)
{
	return (uint32_t)(uintptr_t)arg ^ (id * 0x9e3779b1 >> 8);
}

/* The table of T, checked; to be freed. */
static struct post_buf
table_of(struct post_tree *t, struct post_count drawn, uint64_t limit, struct post_table *table)
{
	struct post_table_conf conf = {
		.drawn = drawn, .limit = limit, .meta = POST_STR("\"unit\":\"samples\""), .color = color, .arg = (void *)0x1234
	};
	struct post_buf text = { 0 };

	post_puts(&text, "before");
	post_table_write(t, &conf, &text, table);
	assert_memory_equal(text.s, "before", 6);
	check_table(t, &conf, post_str_from(post_buf_str(&text), 6), table);
	return text;
}

static void
check(struct post_tree *t, struct post_count drawn, uint64_t limit)
{
	struct post_table table;
	struct post_buf text = table_of(t, drawn, limit, &table);

	post_buf_free(&text);
	post_table_free(&table);
}

enum counts { SMALL, FRACTIONS, FINE, HUGE, ZEROS, KINDS_OF_COUNTS };

static struct post_count
some_count(struct rng *r, enum counts kind)
{
	switch (kind) {
	case FRACTIONS:	return (struct post_count){ below(r, 5), below(r, 1000) * (POST_COUNT_ONE / 1000) };
	case FINE:	return (struct post_count){ below(r, 100), below(r, POST_COUNT_ONE) };
	case HUGE:	return (struct post_count){ rng(r) >> (8 + below(r, 56)), 0 };
	case ZEROS:	return (struct post_count){ below(r, 4) / 3, 0 };
	default:	return (struct post_count){ 1 + below(r, 20) * below(r, 20), 0 };
	}
}

static void
name_all(struct rng *r, struct post_names *names)
{
	char name[24];
	size_t i, k;

	while (names->n < NAMES) {
		size_t n = below(r, sizeof name);

		for (i = 0; i < n; i++)
			name[i] = (char)(names->n % 2 ? rng(r) : 'a' + below(r, 26));
		k = names->n;
		(void)post_intern(names, (struct post_str){ name, n });
		assert_true(names->n <= k + 1);
	}
}

/* Stacks that share their beginnings, in no order. */
static void
grow(struct rng *r, struct post_tree *t, size_t stacks, enum counts kind, bool both)
{
	uint32_t frame[DEEP];
	size_t n = 0, keep;

	while (stacks-- > 0) {
		keep = n > 0 ? below(r, n + 1) : 0;
		for (n = keep; n < DEEP && below(r, 4) > 0; n++)
			frame[n] = (uint32_t)below(r, below(r, 2) ? NAMES : 4);
		if (both)
			assert_int_equal(post_tree_add_change(t, frame, n, some_count(r, kind), some_count(r, kind)), 0);
		else
			assert_int_equal(post_tree_add(t, frame, n, some_count(r, kind)), 0);
	}
}

static void
any_tree(void **state)
{
	struct rng r = rng_start("any_tree");
	int i;

	(void)state;
	for (i = 0; i < 400; i++) {
		struct post_names names = { 0 };
		struct post_tree t = { .names = &names, .chart = below(&r, 2) };
		struct post_count drawn;

		name_all(&r, &names);
		grow(&r, &t, below(&r, 300), (enum counts)below(&r, KINDS_OF_COUNTS), below(&r, 2));
		drawn = (struct post_count){ t.total.whole / (1 + below(&r, 50)), 0 };
		check(&t, drawn, UINT64_MAX);
		check(&t, drawn, 0);
		check(&t, (struct post_count){ 0 }, 0);
		check(&t, drawn, below(&r, 6000));
		check(&t, (struct post_count){ UINT64_MAX, 0 }, below(&r, 6000));
		post_tree_free(&t);
		post_names_free(&names);
	}
}

static void
limit_is_used(void **state)
{
	static const uint64_t limits[] = { 5000, 20000, 60000, 1000000 };
	struct post_count drawn = { UINT64_MAX, 0 };
	struct rng r = rng_start("limit_is_used");
	struct post_names names = { 0 };
	struct post_tree t = { .names = &names };
	size_t i;

	(void)state;
	name_all(&r, &names);
	grow(&r, &t, 20000, SMALL, false);
	for (i = 0; i < ROWS(limits); i++) {
		struct post_table table;
		struct post_buf text = table_of(&t, drawn, limits[i], &table);
		uint64_t bytes = text.n - 6;

		assert_true(bytes <= limits[i] && (bytes >= limits[i] / 10 * 7 || table.merged == 0));
		assert_true((table.merged == 0) == (limits[i] == 1000000));
		post_buf_free(&text);
		post_table_free(&table);
	}
	post_tree_free(&t);
	post_names_free(&names);
}

/* Plants "NAME;NAME COUNT" lines, in which each name is a byte. */
static void
plant(struct post_tree *t, struct post_names *names, const char *lines)
{
	*t = (struct post_tree){ .names = names };
	while (*lines != '\0') {
		size_t n = strcspn(lines, " "), end = strcspn(lines, "\n"), i;
		uint32_t frame[DEEP];
		struct post_count count;

		assert_int_equal(post_count_parse((struct post_str){ lines + n + 1, end - n - 1 }, &count), 0);
		for (i = 0; i < n; i++)
			frame[i] = post_intern(names, (struct post_str){ lines + i, 1 });
		assert_int_equal(post_tree_add(t, frame, n, count), 0);
		lines += end + (lines[end] != '\0');
	}
}

static void
has_columns(const char *lines, struct post_count drawn, uint64_t limit, const char *meta, const struct post_str want[5])
{
	struct post_names names = { 0 };
	struct post_table table;
	struct read_table read;
	struct post_tree t;
	struct post_buf text;
	size_t i;

	plant(&t, &names, lines);
	text = table_of(&t, drawn, limit, &table);
	read_table(post_str_from(post_buf_str(&text), 6), &read);
	same(read.column[0], meta);
	same_str(read.column[1], want[0]);
	for (i = 4; i < 8; i++)
		same_str(read.column[i], want[i - 3]);
	read_table_free(&read);
	post_buf_free(&text);
	post_table_free(&table);
	post_tree_free(&t);
	post_names_free(&names);
}

static void
columns(void **state)
{
	static const char lines[] = "mab 3\nmac 200\nm 1\nx 0.5\n";

	(void)state;
	has_columns(lines, (struct post_count){ 1, 0 }, UINT64_MAX,
	    "{\"v\":1,\"nodes\":6,\"names\":5,\"scale\":1,\"total\":2045,\"frames\":5,\"diff\":false,\"unit\":\"samples\"}",
	    (const struct post_str[5]){ BYTES("m\na\nb\nc\nx\n"), BYTES("\0\0\0\1\3"), BYTES("\2\3\4\5\6"),
	    BYTES("\0\12\0\36\xd0\17\5"), BYTES("") });
	/* A single leaf is kept, as it takes no more room. */
	has_columns("mab 1\nmac 1\nmd 1\nn 60\no 2\npq 2", (struct post_count){ 50, 0 }, 0,
	    "{\"v\":1,\"nodes\":4,\"names\":1,\"scale\":0,\"total\":67,\"frames\":9,\"diff\":false,\"unit\":\"samples\"}",
	    (const struct post_str[5]){ BYTES("n\n"), BYTES("\0\1\1"), BYTES("\0\2\0"), BYTES("\0\3\74\4"), BYTES("\5\3") });
	has_columns("a 60\nb 1\nc 60", (struct post_count){ 50, 0 }, 0,
	    "{\"v\":1,\"nodes\":4,\"names\":3,\"scale\":0,\"total\":121,\"frames\":3,\"diff\":false,\"unit\":\"samples\"}",
	    (const struct post_str[5]){ BYTES("a\nb\nc\n"), BYTES("\0\1\1"), BYTES("\2\3\4"), BYTES("\0\74\1\74"), BYTES("") });
}

static void
scales(void **state)
{
	(void)state;
	has_columns("a 18446744073709551615", (struct post_count){ 0 }, 0,
	    "{\"v\":1,\"nodes\":2,\"names\":1,\"scale\":0,\"total\":18446744073709551615,\"frames\":1,\"diff\":false,\"unit\":\"samples\"}",
	    (const struct post_str[5]){ BYTES("a\n"), BYTES("\0"), BYTES("\2"),
	    BYTES("\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\1"), BYTES("") });
	has_columns("a 9007199254740.9919", (struct post_count){ 0 }, 0,	/* 2^53 - 1, and a tenth */
	    "{\"v\":1,\"nodes\":2,\"names\":1,\"scale\":3,\"total\":9007199254740991,\"frames\":1,\"diff\":false,\"unit\":\"samples\"}",
	    (const struct post_str[5]){ BYTES("a\n"), BYTES("\0"), BYTES("\2"), BYTES("\0\xff\xff\xff\xff\xff\xff\xff\17"), BYTES("") });
	has_columns("a 0.000000000000000001", (struct post_count){ 0 }, 0,
	    "{\"v\":1,\"nodes\":2,\"names\":1,\"scale\":18,\"total\":1,\"frames\":1,\"diff\":false,\"unit\":\"samples\"}",
	    (const struct post_str[5]){ BYTES("a\n"), BYTES("\0"), BYTES("\2"), BYTES("\0\1"), BYTES("") });
}

/* What is wide enough to be drawn though none of its parts is. */
static void
more_is_drawn(void **state)
{
	struct post_names names = { 0 };
	struct post_table table;
	struct post_tree t;
	struct post_buf text;

	(void)state;
	plant(&t, &names, "ma 3\nmb 3\nmcd 3\nmx 50\nmy 1\nmz 1\n");
	text = table_of(&t, (struct post_count){ 5, 0 }, 0, &table);
	assert_int_equal(table.nmore, 1);
	assert_int_equal(table.more[0].start.whole, 0);
	assert_int_equal(table.more[0].count.whole, 9);
	assert_int_equal(table.more[0].depth, 2);
	assert_int_equal(table.more[0].frames, 4);
	assert_int_equal(table.nodes, 5);
	assert_int_equal(table.merged, 6);
	post_buf_free(&text);
	post_table_free(&table);
	post_tree_free(&t);
	post_names_free(&names);
}

static void
deep(void **state)
{
	enum { FRAMES = 100000 };
	struct post_names names = { 0 };
	struct post_tree t = { .names = &names };
	uint32_t *frame = calloc(FRAMES, sizeof *frame);

	(void)state;
	(void)post_intern(&names, POST_STR("f"));
	assert_int_equal(post_tree_add(&t, frame, FRAMES, (struct post_count){ 1, 0 }), 0);
	assert_int_equal(post_tree_add(&t, frame, FRAMES / 2, (struct post_count){ 1, 0 }), 0);
	check(&t, (struct post_count){ 1, 0 }, UINT64_MAX);
	check(&t, (struct post_count){ 2, 0 }, 0);
	free(frame);
	post_tree_free(&t);
	post_names_free(&names);
}

static void
base64(void **state)
{
	static const char *const pairs[][2] = {	/* RFC 4648, section 10 */
		{ "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" }, { "\xfb\xff\xfe", "+//+" }
	};
	struct post_buf b = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(pairs); i++) {
		b.n = 0;
		post_put_base64(&b, post_str_of(pairs[i][0]));
		same(post_buf_str(&b), pairs[i][1]);
	}
	post_buf_free(&b);
}

/* Columns of every kind, over the size where another way is taken. */
static void
packing(void **state)
{
	struct rng r = rng_start("packing");
	struct post_buf column[6] = { 0 }, text = { 0 }, packed = { 0 }, bytes = { 0 };
	size_t i, at = 0;

	(void)state;
	for (i = 0; i < 600000; i++) {
		post_put_leb(&column[1], rng(&r) >> 44);
		post_put_leb(&column[2], below(&r, 8) == 0);
		post_put_leb(&column[3], i % 1000);
		post_put_leb(&column[4], i / 10000);
		if (i < 3)
			post_put_leb(&column[5], UINT64_MAX);
	}
	post_pack_columns(column, ROWS(column), &text);
	undo_base64(post_buf_str(&text), &packed);
	inflate_all(post_buf_str(&packed), &bytes);
	for (i = 0; i < ROWS(column); i++) {
		assert_true(at + 4 + column[i].n <= bytes.n);
		same_str((struct post_str){ bytes.s + at + 4, column[i].n }, post_buf_str(&column[i]));
		at += 4 + column[i].n;
		post_buf_free(&column[i]);
	}
	assert_int_equal(at, bytes.n);
	post_buf_free(&text);
	post_buf_free(&packed);
	post_buf_free(&bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns), cmocka_unit_test(scales), cmocka_unit_test(more_is_drawn),
		cmocka_unit_test(deep), cmocka_unit_test(base64), cmocka_unit_test(packing),
		cmocka_unit_test(any_tree), cmocka_unit_test(limit_is_used)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
