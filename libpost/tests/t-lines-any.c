/* SPDX-License-Identifier: BSD-2-Clause */
/* Line number programs that are damaged, hostile, or random. */
#include "linetable.h"

/* Bytes of a good unit of VERSION, with SIZE bytes at OFFSET replaced by X. */
static int
open_with(unsigned version, size_t offset, unsigned size, uint64_t x)
{
	struct unit u = UNIT(version);
	struct post_buf b = { 0 };
	int got;

	sequence(&u, 0x1000, 3, 10);
	post_put(&b, finish(&u));
	for (unsigned i = 0; i < size; i++)
		b.s[offset + i] = (char)(x >> 8 * i);
	got = open_bytes(post_buf_str(&b));
	post_buf_free(&b);
	return got;
}

static void
corrupt_headers(void **state)
{
	static const struct {
		unsigned	version;
		size_t		offset;
		unsigned	size;
		uint64_t	x;
		int		want;
	} cases[] = {
		{ 4, 0, 4, 0xfffff, -1 }, { 4, 0, 4, 3, -1 }, { 4, 0, 4, 0, -1 }, { 4, 0, 4, 0xfffffff0, -1 },
		{ 4, 0, 4, UINT32_MAX, -1 }, { 4, 4, 2, 6, 1 }, { 4, 4, 2, 1, 1 }, { 4, 4, 2, 0xffff, 1 }, { 5, 7, 1, 1, 1 }, { 4, 6, 4, 0xffff, -1 },
		{ 4, 6, 4, 4, -1 }, { 4, 6, 4, 30, -1 }, { 4, 11, 1, 0, -1 }, { 4, 14, 1, 0, -1 }, { 4, 15, 1, 0, -1 }, { 4, 15, 1, 255, -1 },
		{ 5, 30, 1, 200, -1 }, { 5, 33, 1, 0xff, -1 }, { 5, 12, 1, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		int got = open_with(cases[i].version, cases[i].offset, cases[i].size, cases[i].x);

		if (got != cases[i].want)
			print_error("case %zu: %d\n", i, got);
		assert_int_equal(got, cases[i].want);
	}
	of_lines.lines = UINT64_MAX;
	assert_int_equal(post_lines_open(&lines, &of_lines, POST_STR(""), &mem), -1);
	assert_int_equal(post_lines_size(&of_lines), 0);
	files.main.s[POST_DEBUG_LINE].n = of_lines.lines = 0;
	assert_int_equal(post_lines_open(&lines, &of_lines, POST_STR(""), &mem), -1);
}

/* Each prefix of a unit, its length as it was and made to fit, and each single byte changed: an answer, or -1. */
static void
damaged(void **state)
{
	struct rng r = rng_start("damaged");

	(void)state;
	for (unsigned version = 2; version <= 5; version++) {
		struct unit u = UNIT(version);
		struct post_buf good = { 0 }, bad = { 0 };

		sequence(&u, 0x1000, 4, 10);
		sequence(&u, 0, 4, 10);
		post_put(&good, finish(&u));
		for (size_t n = 0; n < good.n; n++) {
			assert_int_equal(open_bytes((struct post_str){ good.s, n }), -1);
			bad.n = 0;
			put_number(&bad, n, 4);
			post_put(&bad, (struct post_str){ good.s + 4, n < good.n - 4 ? n : good.n - 4 });
			if (open_bytes(post_buf_str(&bad)) == 0)
				(void)row_of(0x1010);
		}
		for (size_t i = 4; i < good.n; i++) {
			char was = good.s[i];

			good.s[i] = (char)rng(&r);
			if (open_bytes(post_buf_str(&good)) == 0) {
				(void)row_of(0x1010);
				for (uint64_t f = 0; f < 8; f++) {
					struct post_site site = { 0 };

					post_lines_file(&lines, f, &site);
				}
			}
			good.s[i] = was;
		}
		post_buf_free(&good);
		post_buf_free(&bad);
	}
}

/* What was found before the damage stays. */
static void
corrupt_programs(void **state)
{
	static const struct post_str tails[] = {
		POST_STR("\2"), POST_STR("\2\x80"), POST_STR("\3"), POST_STR("\4"), POST_STR("\5\xff"), POST_STR("\x09\1"),
		POST_STR("\x0c"), POST_STR("\0"), POST_STR("\0\5"), POST_STR("\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\1"),
		POST_STR("\0\3\2\1\2\1"), POST_STR("\0\4\2\1\2\3\4\1"), POST_STR("\0\x0b\2" "0123456789\1"), POST_STR("\0\1\2"),
		POST_STR("\0\3\3ab"), POST_STR("\0\3\3a\0"),
	};
	uint64_t pc[] = { 0x1000, 0x1010, 0x2000 };

	(void)state;
	for (size_t i = 0; i < ROWS(tails); i++) {
		struct post_row row[3] = { 0 };
		struct unit u = UNIT(4);

		sequence(&u, 0x1000, 2, 10);
		set_address(&u, 0x2000);
		op(&u, DW_LNS_copy);
		post_put(&u.program, tails[i]);
		assert_int_equal(open_unit(&u), 0);
		assert_int_equal(post_lines_find(&lines, pc, 3, row), -1);
		assert_true(row[0].found && row[0].line == 10);
		assert_true(row[1].found && row[1].line == 11);
		assert_false(row[2].found);
	}
}

/* Sequences without end over all addresses: each costs no more than its bytes. */
static void
many_sequences(void **state)
{
	enum { N = 20000, SEQUENCES = 100000 };
	uint64_t *pc = post_resize(NULL, N, sizeof *pc);
	struct post_row *row = post_resize(NULL, N, sizeof *row);
	struct unit u = UNIT(4);

	(void)state;
	for (unsigned i = 0; i < SEQUENCES; i++) {
		set_address(&u, 1 + i % 7);
		op(&u, 13 + 5);
		op_uleb(&u, DW_LNS_advance_pc, 1 << 20);
		end_sequence(&u);
	}
	assert_int_equal(open_unit(&u), 0);
	for (size_t i = 0; i < N; i++)
		pc[i] = 10 + 2 * i;
	memset(row, 0, N * sizeof *row);
	assert_int_equal(post_lines_find(&lines, pc, N, row), 0);
	for (size_t i = 0; i < N; i++)
		assert_true(row[i].found);
	free(pc);
	free(row);
}

/* What the sequences of a program say of an address. */
struct model {
	struct model_row {
		uint64_t	addr;
		uint64_t	file;
		uint32_t	line, sequence;
		bool		end;
	}		row[4096];
	size_t		n;
};

static void
model_put(struct model *m, uint64_t addr, uint64_t file, uint32_t line, uint32_t sequence, bool end)
{
	m->row[m->n++] = (struct model_row){ addr, file, line, sequence, end };
}

/* Steps through the rows one after another, as the standard tells it. */
static struct post_row
model_find(const struct model *m, uint64_t pc)
{
	struct post_row found = { 0 };
	uint64_t start = 0;

	for (int zero = 0; zero < 2 && !found.found; zero++)
		for (size_t i = 0; i + 1 < m->n && !found.found; i++) {
			const struct model_row *a = &m->row[i], *b = a + 1;

			if (i == 0 || m->row[i - 1].end)
				start = a->addr;
			if (!a->end && (start == 0) == zero && a->addr <= pc && pc < b->addr)
				found = (struct post_row){ a->file, a->line, true };
		}
	return found;
}

/* A random sequence whose rows ascend, put down in whatever opcodes can. */
static void
random_sequence(struct rng *r, struct unit *u, struct model *m, uint32_t number)
{
	uint64_t addr = below(r, 5) == 0 ? 0 : 1 + below(r, 3000), file = 1;
	uint32_t line = 1;
	size_t n = 1 + below(r, 12);

	set_address(u, addr);
	for (size_t i = 0; i < n; i++) {
		int64_t by = below(r, 4) == 0 ? (int64_t)below(r, 40000) - 10000 : (int64_t)below(r, 40) - 20;
		uint64_t pc_by = i == 0 ? 0 : below(r, 3) == 0 ? below(r, 300) : below(r, 12);
		int64_t rest = by - (int64_t)below(r, 14) + 5;

		if (below(r, 2) == 0)
			op_uleb(u, DW_LNS_set_column, below(r, 5) == 0 ? below(r, 1000) : below(r, 100));
		if (below(r, 2) == 0)
			op(u, DW_LNS_negate_stmt);
		if (below(r, 8) == 0)
			op_uleb(u, DW_LNS_set_file, file = below(r, 300));
		if (below(r, 6) == 0)
			post_put(&u->program, BYTES("\0\2\4\7"));
		line += (uint32_t)by;
		addr += pc_by;
		if (below(r, 2) == 0 && by - rest >= -5 && by - rest < 9 && pc_by <= 16) {
			advance_line(u, rest);
			op(u, 13 + (unsigned)(by - rest + 5) + 14 * (unsigned)pc_by);
		} else {
			if (pc_by > 0)
				op_uleb(u, DW_LNS_advance_pc, pc_by);
			advance_line(u, by);
			op(u, DW_LNS_copy);
		}
		model_put(m, addr, file, line, number, false);
	}
	op_uleb(u, DW_LNS_advance_pc, n = below(r, 50));
	end_sequence(u);
	model_put(m, addr + n, 0, 0, number, true);
}

static void
random_programs(void **state)
{
	static struct model m;
	struct rng r = rng_start("programs");
	uint64_t pc[300];
	struct post_row row[ROWS(pc)];

	(void)state;
	for (unsigned round = 0; round < 300; round++) {
		struct unit u = UNIT(2 + round % 4);
		size_t n = 0;

		m.n = 0;
		for (uint32_t i = 0; i < 1 + below(&r, 60); i++)
			random_sequence(&r, &u, &m, i);
		assert_int_equal(open_unit(&u), 0);
		for (uint64_t at = 0; n < ROWS(pc); at += 1 + below(&r, 25))
			pc[n++] = at;
		memset(row, 0, sizeof row);
		assert_int_equal(post_lines_find(&lines, pc, n, row), 0);
		for (size_t i = 0; i < n; i++) {
			struct post_row want = model_find(&m, pc[i]);

			assert_int_equal(row[i].found, want.found);
			assert_true(row[i].file == want.file && row[i].line == want.line);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(corrupt_headers),
		cmocka_unit_test(damaged),
		cmocka_unit_test(corrupt_programs),
		cmocka_unit_test(many_sequences),
		cmocka_unit_test(random_programs),
	};

	return cmocka_run_group_tests(tests, NULL, finish_all);
}
