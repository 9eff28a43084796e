/* SPDX-License-Identifier: BSD-2-Clause */
/* Debug information that is damaged, made to take long, or not read here; and any number of threads. */
#include "../dwarf/abbrev.h"
#include "dwarf-tree.h"

static void
put_all(struct post_buf *b, const struct post_chains *c)
{
	struct post_buf one = { 0 };

	b->n = 0;
	for (size_t i = 0; i < c->n; i++) {
		put_chain(&one, &c->chain[i]);
		post_putf(b, "%d %s\n", c->chain[i].unread, one.s != NULL ? one.s : "");
	}
	post_putf(b, "%d %d", (int)c->bad_units, (int)c->first_bad.byte);
	post_buf_free(&one);
}

enum { MANY = 300 };

/* The result is the same for any number of threads, in any order. */
static void
threads(void **state)
{
	struct dw d = { .version = 5, .wide = 4, .address = 8 };
	struct post_buf b = { 0 }, first = { 0 };
	uint64_t pc[2 * MANY], lines;
	struct post_dwarf all;
	size_t i;

	(void)state;
	abbrevs(&d);
	lines = dw_lines(&d, rows);
	for (i = 0; i < MANY; i++) {
		unit(&d, lines, 0x10000 * i + 0x1000, 0x10000 * i + 0x2000);
		tree(&d, 0x10000 * i);
		if (i % 7 == 3)
			dw_uleb(&d, 99);	/* an abbreviation that there is not */
		end_unit(&d);
		pc[2 * i] = 0x10000 * i + 0x1144;
		pc[2 * i + 1] = 0x10000 * i + 0x1350;
	}
	all = only(&d);
	for (unsigned jobs = 0; jobs < 9; jobs++) {
		struct post_chains c;

		post_dwarf_chains(&all, pc, 2 * MANY, jobs, &c);
		put_all(&b, &c);
		if (jobs == 0)
			post_put(&first, post_buf_str(&b));
		same_str(post_buf_str(&b), post_buf_str(&first));
		assert_int_equal(c.bad_units, (MANY + 3) / 7);
		assert_true(c.first_bad.has_byte && c.first_bad.byte > 0);
		assert_int_equal(c.chain[2].n, 3);
		post_chains_free(&c);
	}
	post_buf_free(&b);
	post_buf_free(&first);
	dw_free(&d);
}

/* A unit with an entry of an unknown form, or of an unknown version, is left to others. */
static void
unread(void **state)
{
	struct dw d = { .version = 4, .wide = 4, .address = 8 };
	const uint64_t pc[] = { 0x1800, 0x2800, 0x9000 };
	struct post_dwarf all;
	struct post_chains c;
	uint64_t lines;

	(void)state;
	abbrevs(&d);
	lines = dw_lines(&d, rows);
	unit(&d, lines, 0x1000, 0x2000);
	dw_uleb(&d, STRANGE);
	end_unit(&d);
	unit(&d, lines, 0x2000, 0x3000);
	end_unit(&d);
	all = only(&d);
	post_dwarf_chains(&all, pc, 3, 1, &c);
	assert_true(c.chain[0].unread && !c.chain[1].unread && !c.chain[2].unread && c.bad_units == 0);
	post_chains_free(&c);
	d.version = 9;
	unit(&d, lines, 0x9000, 0xa000);
	end_unit(&d);
	all = only(&d);
	post_dwarf_chains(&all, pc, 3, 1, &c);
	assert_true(c.chain[0].unread && !c.chain[1].unread && c.chain[2].unread && c.bad_units == 0);
	post_chains_free(&c);
	dw_free(&d);
}

/* Siblings that lead back, trees that are too deep, and a unit that is longer than its section. */
static void
damaged(void **state)
{
	struct dw d = { .version = 4, .wide = 4, .address = 8 };
	const uint64_t pc[] = { 0x1144, 0x1350 };
	struct post_dwarf all;
	struct post_chains c;
	uint64_t lines;
	size_t at;

	(void)state;
	abbrevs(&d);
	lines = dw_lines(&d, rows);
	unit(&d, lines, 0x1000, 0x2000);
	tree(&d, 0);
	at = jumped(&d, ABSTRACT, "back");
	dw_patch(&d, at, 12, 4);
	null(&d);
	end_unit(&d);
	at = dw_at(&d);
	unit(&d, lines, 0x1300, 0x2000);
	for (unsigned i = 0; i < 5000; i++)
		block(&d, 0x1300, 0x2000);
	end_unit(&d);
	unit(&d, lines, 0x7000, 0x8000);
	dw_patch(&d, d.unit, 0x7fffffff, 4);
	all = only(&d);
	post_dwarf_chains(&all, pc, 2, 1, &c);
	assert_int_equal(c.bad_units, 3);
	assert_int_equal(c.first_bad.byte, 0);
	assert_int_equal(c.first_bad.code, POST_EFORMAT);
	assert_int_equal(c.chain[0].n, 3);	/* what was found before stays */
	post_chains_free(&c);
	post_dwarf_chains(&all, pc, 0, 1, &c);
	assert_int_equal(c.n, 0);
	post_chains_free(&c);
	all.main.s[POST_DEBUG_INFO] = post_str_from(all.main.s[POST_DEBUG_INFO], at);
	post_dwarf_chains(&all, pc + 1, 1, 1, &c);
	assert_int_equal(c.first_bad.code, POST_ELIMIT);
	post_chains_free(&c);
	dw_free(&d);
}

/* Each section cut short, and each byte of them changed: any answer, but an answer. */
static void
mangled(void **state)
{
	const uint64_t pc[] = { 0x10, 0x1144, 0x1150, 0x1204, 0x1308, 0x5000 };
	struct rng r = rng_start("mangled");

	(void)state;
	for (unsigned v = 2; v <= 5; v++) {
		struct dw d = program(v, 4, 8);

		for (unsigned k = 0; k < POST_SECTIONS; k++) {
			for (size_t i = 0; i < d.s[k].n; i++) {
				struct post_dwarf all = only(&d);
				char *copy = post_resize(NULL, i + 1, 1), was = d.s[k].s[i];
				struct post_chains c;

				memcpy(copy, d.s[k].s, i);
				all.main.s[k] = (struct post_str){ copy, i };
				post_dwarf_chains(&all, pc, ROWS(pc), 1, &c);
				post_chains_free(&c);
				all = only(&d);
				d.s[k].s[i] = (char)rng(&r);
				post_dwarf_chains(&all, pc, ROWS(pc), 1, &c);
				post_chains_free(&c);
				d.s[k].s[i] = was;
				free(copy);
			}
		}
		dw_free(&d);
	}
}

/* A unit for each of N addresses; all have the line program at LINES. */
static void
alike(struct dw *d, uint64_t lines, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		unit(d, lines, 0x1000 + 16 * i, 0x1010 + 16 * i);
		end_unit(d);
	}
}

/* Units that share a line program take no more time than they would with their own, up to a limit. */
static void
shared_lines(void **state)
{
	enum { UNITS = 60, LONG = 2 << 20 };
	struct dw d = { .version = 4, .wide = 4, .address = 8 };
	uint64_t pc[UNITS], lines;
	struct post_dwarf all;

	(void)state;
	abbrevs(&d);
	lines = dw_lines(&d, rows);
	alike(&d, lines, UNITS);
	d.now = POST_DEBUG_LINE;
	for (unsigned i = 0; i < LONG; i++)
		dw_n(&d, DW_LNS_set_basic_block, 1);
	dw_n(&d, 0x010100, 3);		/* end_sequence */
	dw_end(&d, lines);
	for (unsigned i = 0; i < UNITS; i++)
		pc[i] = 0x1000 + 16 * i;
	all = only(&d);
	for (unsigned jobs = 1; jobs < 4; jobs++) {
		struct post_chains c;

		post_dwarf_chains(&all, pc, UNITS, jobs, &c);
		assert_int_equal(c.chain[0].n, 1);
		assert_int_equal(c.chain[UNITS - 1].n, 0);
		assert_in_range(c.bad_units, 1, UNITS - 8);
		assert_int_equal(c.first_bad.code, POST_ELIMIT);
		post_chains_free(&c);
	}
	dw_free(&d);
}

static const struct post_sections *
give_dwo(void *arg, struct post_str dir, struct post_str name, uint64_t id)
{
	(void)dir;
	(void)name;
	(void)id;
	return arg;
}

/* Skeletons with the same id lead to the same unit. */
static void
shared_split(void **state)
{
	enum { UNITS = 40 };
	struct dw d = { .version = 5, .wide = 4, .address = 8 }, dwo = d;
	struct post_sections of_dwo;
	struct post_dwarf all;
	struct post_chains c;
	uint64_t pc[UNITS];

	(void)state;
	dw_abbrev(&d, 1, DW_TAG_skeleton_unit, false, DW_AT_low_pc, DW_FORM_addr, DW_AT_high_pc, DW_FORM_data4,
	    DW_AT_dwo_name, DW_FORM_string, NONE);
	dw_abbrev(&dwo, 1, DW_TAG_compile_unit, true, NONE);
	dw_abbrev(&dwo, 2, DW_TAG_subprogram, false, DW_AT_name, DW_FORM_string, DW_AT_low_pc, DW_FORM_addr,
	    DW_AT_high_pc, DW_FORM_data4, NONE);
	for (unsigned i = 0; i < UNITS; i++) {
		pc[i] = 0x1000 + 16 * i;
		dw_unit(&d, DW_UT_skeleton, 0, 77);
		dw_uleb(&d, 1), dw_addr(&d, pc[i]), dw_n(&d, 16, 4), dw_str(&d, "a.dwo");
		dw_end(&d, d.unit);
	}
	dw_unit(&dwo, DW_UT_split_compile, 0, 77);
	dw_uleb(&dwo, 1);
	dw_uleb(&dwo, 2), dw_str(&dwo, "all"), dw_addr(&dwo, 0x1000), dw_n(&dwo, 0x1000, 4);
	end_unit(&dwo);
	of_dwo = dw_sections(&dwo);
	all = only(&d);
	all.dwo = give_dwo;
	all.arg = &of_dwo;
	post_dwarf_chains(&all, pc, UNITS, 2, &c);
	assert_int_equal(c.chain[0].n, 1);
	assert_int_equal(c.bad_units, UNITS - 8);
	assert_int_equal(c.first_bad.code, POST_ELIMIT);
	post_chains_free(&c);
	dw_free(&d);
	dw_free(&dwo);
}

/* Units that do not say what they have, and by turns need one of two large tables as a whole. */
static void
alternating(void **state)
{
	enum { UNITS = 2000, ATTRIBUTES = 100, LAST = 1000 };
	struct dw d = { .version = 4, .wide = 4, .address = 8 };
	const uint64_t pc = 0x5000;
	struct post_dwarf all;
	struct post_chains c;
	size_t table[2];

	(void)state;
	for (unsigned k = 0; k < 2; k++) {
		d.now = POST_DEBUG_ABBREV;
		table[k] = dw_at(&d);
		dw_abbrev(&d, 1, DW_TAG_compile_unit, true, NONE);
		for (unsigned code = 2; code <= LAST; code++) {
			dw_uleb(&d, code), dw_uleb(&d, DW_TAG_variable), dw_n(&d, 0, 1);
			for (unsigned i = 0; i < ATTRIBUTES; i++)
				dw_uleb(&d, DW_AT_name), dw_uleb(&d, DW_FORM_flag_present);
			dw_n(&d, 0, 2);
		}
		dw_n(&d, 0, 1);
	}
	for (unsigned i = 0; i < UNITS; i++) {
		dw_unit(&d, DW_UT_compile, table[i & 1], 0);
		dw_uleb(&d, 1), dw_uleb(&d, LAST);
		end_unit(&d);
	}
	all = only(&d);
	post_dwarf_chains(&all, &pc, 1, 1, &c);
	assert_in_range(c.bad_units, UNITS / 2, UNITS - 10);
	assert_int_equal(c.first_bad.code, POST_ELIMIT);
	post_chains_free(&c);
	dw_free(&d);
}

/* Tables of abbreviations have a budget together; one that is cut off or damaged takes its part too, once. */
static void
abbreviations(void **state)
{
	struct dw d = { .version = 5, .wide = 4, .address = 8 };
	const struct post_format format = { 5, 8, 4 };
	struct post_abbrevs t = { 0 };
	uint64_t budget = 20, left;
	struct post_str s;

	(void)state;
	for (unsigned i = 1; i <= 3; i++)
		dw_abbrev(&d, i, DW_TAG_subprogram, true, DW_AT_name, DW_FORM_string, DW_AT_sibling, DW_FORM_ref4, NONE);
	s = post_buf_str(&d.s[POST_DEBUG_ABBREV]);
	t.budget = &budget;
	post_abbrevs_turn(&t, s, 0, format);
	assert_non_null(post_abbrev(&t, 2));
	assert_null(post_abbrev(&t, 3));
	assert_int_equal(post_abbrev_why(&t), POST_BEYOND);
	assert_int_equal(budget, 0);
	assert_non_null(post_abbrev(&t, 1));
	budget = 1 << 20;
	s.n -= 3;
	post_abbrevs_turn(&t, s, 2, format);
	post_abbrevs_turn(&t, s, 0, format);
	assert_null(post_abbrev(&t, 3));
	assert_int_equal(post_abbrev_why(&t), POST_CORRUPT);
	left = budget;
	assert_true(left < (1 << 20) - s.n);
	post_abbrevs_turn(&t, s, 0, format);
	assert_null(post_abbrev(&t, 3));
	assert_non_null(post_abbrev(&t, 2));
	assert_int_equal(budget, left);
	post_abbrevs_free(&t);
	dw_free(&d);
}

/* A call inlined so deep, in entries that lie elsewhere, for many addresses: chains would take memory without end. */
static void
deep_elsewhere(void **state)
{
	enum { DEEP = 1000 };
	struct dw d = { .version = 2, .wide = 4, .address = 8 };
	uint64_t g, h, pc[DEEP];
	struct post_dwarf all;
	struct post_chains c;

	(void)state;
	abbrevs(&d);
	unit(&d, dw_lines(&d, rows), 0x1000, 0x1100);
	abstracts(&d, &g, &h);
	function(&d, "f", 0x1000, 0x1100);
	for (int i = 0; i < DEEP; i++)
		inlined(&d, g, 0x1000, 0x1001, 1, 10);
	inlined(&d, h, 0x1100, 0x2000, 2, 20);
	for (int i = 0; i < DEEP + 2; i++)
		null(&d);
	end_unit(&d);
	all = only(&d);
	for (int i = 0; i < DEEP; i++)
		pc[i] = 0x1100 + (uint64_t)i;
	post_dwarf_chains(&all, pc, 1, 1, &c);
	assert_int_equal(c.chain[0].n, DEEP + 2);
	assert_int_equal(c.bad_units, 0);
	post_chains_free(&c);
	post_dwarf_chains(&all, pc, DEEP, 1, &c);
	assert_int_equal(c.bad_units, 1);
	assert_int_equal(c.first_bad.code, POST_ELIMIT);
	post_chains_free(&c);
	dw_free(&d);
}

/* A unit that is asked for what it claims, and again for what none claims, is bad once. */
static void
bad_once(void **state)
{
	static const uint64_t pc[] = { 0x1144, 0x3000 };
	struct dw d = { .version = 2, .wide = 4, .address = 8 };
	struct post_dwarf all;
	struct post_chains c;

	(void)state;
	abbrevs(&d);
	unit(&d, dw_lines(&d, rows), 0x1000, 0x2000);
	tree(&d, 0);
	dw_uleb(&d, 99);
	end_unit(&d);
	all = only(&d);
	for (size_t i = 0; i < 2; i++) {
		post_dwarf_chains(&all, &pc[i], 2 - i, 1, &c);
		assert_int_equal(c.bad_units, 1);
		post_chains_free(&c);
	}
	dw_free(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(threads), cmocka_unit_test(unread), cmocka_unit_test(damaged),
		cmocka_unit_test(mangled), cmocka_unit_test(shared_lines), cmocka_unit_test(shared_split),
		cmocka_unit_test(alternating), cmocka_unit_test(abbreviations),
		cmocka_unit_test(deep_elsewhere), cmocka_unit_test(bad_once),
	};

	return cmocka_run_group_tests_name("dwarf limits", tests, NULL, NULL);
}
