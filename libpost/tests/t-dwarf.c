/* SPDX-License-Identifier: BSD-2-Clause */
/* Chains out of debug information of every version and shape. */
#include "dwarf-tree.h"

static void
formats(void **state)
{
	(void)state;
	for (unsigned v = 2; v <= 5; v++)
		for (unsigned k = 0; k < 4; k++) {
			struct dw d = program(v, v > 2 && (k & 1) != 0 ? 8 : 4, (k & 2) != 0 ? 8 : 4);
			struct post_dwarf all = only(&d);

			chain_is(&all, 0x1144, IN_H);
			chain_is(&all, 0x1148, "g@a.c:4 < f@a.c:10");
			chain_is(&all, 0x115f, "g@a.c:4 < f@a.c:10");
			chain_is(&all, 0x1160, "f@a.c:4");
			chain_is(&all, 0x11ff, "f@a.c:4");
			chain_is(&all, 0x1200, "@a.c:4");
			chain_is(&all, 0x1300, "k@a.c:5");
			chain_is(&all, 0xfff, "");
			chain_is(&all, 0x2000, "");
			dw_free(&d);
		}
}

/* A method of a class inside g: its entry is in a subtree that is passed over at first. */
static void
nested(void **state)
{
	struct dw d = { .version = 4, .wide = 4, .address = 8 };
	struct post_dwarf all;
	size_t field;

	(void)state;
	abbrevs(&d);
	unit(&d, dw_lines(&d, rows), 0x1000, 0x2000);
	function(&d, "f", 0x1100, 0x1200);
	field = jumped(&d, STRUCT, NULL);
	function(&d, "method", 0x1300, 0x1310);
	null(&d);
	null(&d);
	sibling_here(&d, field);
	null(&d);
	end_unit(&d);
	all = only(&d);
	chain_is(&all, 0x1308, "method@a.c:5");
	chain_is(&all, 0x1110, "f@a.c:2");
	dw_free(&d);
}

/* Code that was thrown away begins at 0, or at the end of all addresses. */
static void
tombstones(void **state)
{
	struct dw d = { .version = 4, .wide = 4, .address = 8 };
	struct post_dwarf all;
	uint64_t lines;

	(void)state;
	abbrevs(&d);
	lines = dw_lines(&d, rows);
	unit(&d, lines, 0, 0x5000);
	function(&d, "gone", 0, 0x5000);
	null(&d);
	end_unit(&d);
	unit(&d, lines, 0x1000, 0x2000);
	function(&d, "last", UINT64_MAX, UINT64_MAX);
	null(&d);
	function(&d, "gone", 0, 0x5000);
	null(&d);
	tree(&d, 0);
	end_unit(&d);
	all = only(&d);
	chain_is(&all, 0x1144, IN_H);
	chain_is(&all, 0x1250, "gone@a.c:4");	/* none but code at 0 has it: perhaps it is real */
	chain_is(&all, 0x10, "gone@:0");
	chain_is(&all, UINT64_MAX - 1, "");
	dw_free(&d);
}

/* The first unit whose entries have it; else the first with a line. */
static void
overlaps(void **state)
{
	struct dw d = { .version = 5, .wide = 4, .address = 8 };
	struct post_dwarf all;
	uint64_t lines;

	(void)state;
	abbrevs(&d);
	lines = dw_lines(&d, rows);
	unit(&d, lines, 0x1000, 0x2000);
	end_unit(&d);
	unit(&d, lines, 0x1000, 0x2000);
	function(&d, "first", 0x1100, 0x1200);
	null(&d);
	function(&d, "again", 0x1100, 0x1200);
	null(&d);
	end_unit(&d);
	unit(&d, lines, 0x1000, 0x2000);
	function(&d, "second", 0x1100, 0x1300);
	null(&d);
	end_unit(&d);
	all = only(&d);
	chain_is(&all, 0x1144, "first@a.c:3");
	chain_is(&all, 0x1204, "second@a.c:4");
	chain_is(&all, 0x1304, "@a.c:5");
	dw_free(&d);
}

/* A unit that does not say where its code is has what no other claims. */
static void
open_units(void **state)
{
	struct dw d = { .version = 5, .wide = 4, .address = 8 };
	struct post_dwarf all;

	(void)state;
	abbrevs(&d);
	dw_unit(&d, DW_UT_compile, 0, 0);
	dw_uleb(&d, CODE_LESS);
	dw_n(&d, dw_lines(&d, rows), 4);
	dw_str(&d, "/d");
	tree(&d, 0);
	end_unit(&d);
	unit(&d, 0, 0x1300, 0x1400);
	end_unit(&d);
	all = only(&d);
	chain_is(&all, 0x1144, IN_H);
	chain_is(&all, 0x1304, "@a.c:5");
	chain_is(&all, 0x1800, "@a.c:6");
	chain_is(&all, 0x3000, "");
	dw_free(&d);
}

/* Without ranges only the first part of what has several is told, and only the first section of a unit. */
static void
no_ranges(void **state)
{
	(void)state;
	for (unsigned v = 2; v <= 4; v++) {
		struct dw d = { .version = v, .wide = 4, .address = 8 };
		struct post_dwarf all;
		uint64_t g, h;

		abbrevs(&d);
		unit(&d, dw_lines(&d, rows), 0x1100, 0x1200);
		abstracts(&d, &g, &h);
		function(&d, "f", 0x1100, 0x1200);
		inlined(&d, g, 0x1120, 0x1128, 1, 10);
		block(&d, 0x1120, 0x1124);
		inlined(&d, h, 0x1140, 0x1148, 2, 20);
		null(&d);
		inlined(&d, h, 0x1300, 0x1304, 2, 21);
		for (int i = 0; i < 4; i++)
			null(&d);
		function(&d, "f.cold", 0x1300, 0x1308);
		null(&d);
		end_unit(&d);
		all = only(&d);
		chain_is(&all, 0x1122, "g@a.c:2 < f@a.c:10");
		chain_is(&all, 0x1144, v == 2 ? IN_H : "f@a.c:3");
		chain_is(&all, 0x1148, "f@a.c:4");
		chain_is(&all, 0x1302, v == 2 ? "_h@a.c:5 < g@b.c:21 < f@a.c:10" : "");
		chain_is(&all, 0x1304, v == 2 ? "f.cold@a.c:5" : "");
		chain_is(&all, 0x1308, v == 2 ? "@a.c:5" : "");
		dw_free(&d);
	}
}

/* What was inlined, and does not say where, hides nothing inside of it. */
static void
nowhere(void **state)
{
	(void)state;
	for (unsigned v = 2; v <= 5; v++) {
		struct dw d = { .version = v, .wide = 4, .address = 8 };
		struct post_dwarf all;
		uint64_t g, h;

		abbrevs(&d);
		unit(&d, dw_lines(&d, rows), 0x1000, 0x2000);
		abstracts(&d, &g, &h);
		function(&d, "f", 0x1100, 0x1200);
		dw_uleb(&d, NOWHERE);
		dw_n(&d, g, 4);
		inlined(&d, h, 0x1140, 0x1148, 2, 20);
		for (int i = 0; i < 3; i++)
			null(&d);
		end_unit(&d);
		all = only(&d);
		chain_is(&all, 0x1144, "_h@a.c:3 < f@b.c:20");
		chain_is(&all, 0x1148, "f@a.c:4");
		dw_free(&d);
	}
}

static void
list_of(struct dw *d, unsigned version)
{
	if (version < 5) {
		dw_addr(d, 0x1100);		/* from the unit's base, which is 0x1000 */
		dw_addr(d, 0x1110);
		dw_addr(d, UINT64_MAX);
		dw_addr(d, 0x5000);
		dw_addr(d, 0x10);
		dw_addr(d, 0x20);
		dw_addr(d, UINT64_MAX);
		dw_addr(d, UINT64_MAX - 1);	/* thrown away */
		dw_addr(d, 0x6000);
		dw_addr(d, 0x7000);
		dw_addr(d, 0);
		dw_addr(d, 0);
		return;
	}
	dw_n(d, DW_RLE_offset_pair, 1), dw_uleb(d, 0x1100), dw_uleb(d, 0x1110);
	dw_n(d, DW_RLE_base_address, 1), dw_addr(d, 0x5000);
	dw_n(d, DW_RLE_offset_pair, 1), dw_uleb(d, 0x10), dw_uleb(d, 0x20);
	dw_n(d, DW_RLE_start_end, 1), dw_addr(d, 0x6000), dw_addr(d, 0x6008);
	dw_n(d, DW_RLE_start_length, 1), dw_addr(d, 0x6010), dw_uleb(d, 8);
	dw_n(d, DW_RLE_startx_length, 1), dw_uleb(d, 1), dw_uleb(d, 8);
	dw_n(d, DW_RLE_startx_endx, 1), dw_uleb(d, 1), dw_uleb(d, 2);
	dw_n(d, DW_RLE_base_addressx, 1), dw_uleb(d, 2);
	dw_n(d, DW_RLE_offset_pair, 1), dw_uleb(d, 0x80), dw_uleb(d, 0x90);
	dw_n(d, DW_RLE_end_of_list, 1);
}

static void
lists(void **state)
{
	(void)state;
	for (unsigned v = 3; v <= 5; v++) {
		struct dw d = { .version = v, .wide = 4, .address = 8 };
		struct post_dwarf all;

		abbrevs(&d);
		unit(&d, dw_lines(&d, rows), 0x1000, 0x9000);
		dw_uleb(&d, LISTED);
		dw_str(&d, "r");
		dw_n(&d, 16, 4);
		end_unit(&d);
		d.now = v < 5 ? POST_DEBUG_RANGES : POST_DEBUG_RNGLISTS;
		dw_n(&d, 0, 8), dw_n(&d, 0, 8);
		list_of(&d, v);
		d.now = POST_DEBUG_ADDR;
		dw_n(&d, 0, 8), dw_addr(&d, 0), dw_addr(&d, 0x7000), dw_addr(&d, 0x7020);
		all = only(&d);
		chain_is(&all, 0x2108, "r@:0");
		chain_is(&all, 0x5010, "r@:0");
		chain_is(&all, 0x5020, "");
		chain_is(&all, 0x6004, v < 5 ? "" : "r@:0");
		chain_is(&all, 0x6017, v < 5 ? "" : "r@:0");
		chain_is(&all, 0x7010, v < 5 ? "" : "r@:0");
		chain_is(&all, 0x70a8, v < 5 ? "" : "r@:0");
		chain_is(&all, 0x70b0, "");
		dw_free(&d);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(formats), cmocka_unit_test(nested), cmocka_unit_test(tombstones),
		cmocka_unit_test(overlaps), cmocka_unit_test(open_units), cmocka_unit_test(no_ranges),
		cmocka_unit_test(nowhere), cmocka_unit_test(lists),
	};

	return cmocka_run_group_tests_name("dwarf", tests, NULL, NULL);
}
