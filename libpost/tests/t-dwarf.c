/* SPDX-License-Identifier: BSD-2-Clause */
/* Chains out of debug information of every version and shape, and of damaged one. */
#include "support.h"
#include "dwarf-make.h"

enum {
	CU = 1, ABSTRACT, FUNCTION, INLINED, BLOCK, STRUCT, LINKED, LISTED, CODE_LESS, STRANGE,
	NONE = 0
};

/* The same tree in all formats: f, with g inlined at line 10, with h inlined into that at line 20; and k. */
static const struct dw_row rows[] = {
	{ 0x1000, 1 }, { 0x1100, 2 }, { 0x1140, 3 }, { 0x1148, 4 }, { 0x1300, 5 }, { 0x1310, 6 }, { 0x2000, 0 },
};
#define IN_H	"_h@a.c:3 < g@b.c:20 < f@a.c:10"

static struct post_dwarf
only(const struct dw *d)
{
	return (struct post_dwarf){ .main = dw_sections(d) };
}

static void
put_chain(struct post_buf *b, const struct post_call_chain *c)
{
	b->n = 0;
	for (uint32_t i = 0; i < c->n; i++) {
		const struct post_site *s = &c->site[i];

		post_puts(b, i > 0 ? " < " : "");
		post_put(b, s->function);
		post_putc(b, '@');
		post_put_file(b, s, false);
		post_putf(b, ":%u", s->line);
	}
}

static void
chain_is(const struct post_dwarf *d, uint64_t pc, const char *want)
{
	struct post_buf b = { 0 };
	struct post_chains c;

	post_dwarf_chains(d, &pc, 1, 1, &c);
	put_chain(&b, &c.chain[0]);
	same(post_buf_str(&b), want);
	post_buf_free(&b);
	post_chains_free(&c);
}

static void
abbrevs(struct dw *d)
{
	unsigned high = d->version < 4 ? DW_FORM_addr : DW_FORM_data4;

	dw_abbrev(d, CU, DW_TAG_compile_unit, true, DW_AT_stmt_list, DW_FORM_data4, DW_AT_comp_dir, DW_FORM_string,
	    DW_AT_low_pc, DW_FORM_addr, DW_AT_high_pc, high, NONE);
	dw_abbrev(d, ABSTRACT, DW_TAG_subprogram, true, DW_AT_name, DW_FORM_string, DW_AT_sibling, DW_FORM_ref4, NONE);
	dw_abbrev(d, FUNCTION, DW_TAG_subprogram, true, DW_AT_name, DW_FORM_string, DW_AT_low_pc, DW_FORM_addr,
	    DW_AT_high_pc, high, DW_AT_frame_base, DW_FORM_block1, NONE);
	dw_abbrev(d, INLINED, DW_TAG_inlined_subroutine, true, DW_AT_abstract_origin, DW_FORM_ref4,
	    DW_AT_low_pc, DW_FORM_addr, DW_AT_high_pc, high, DW_AT_call_file, DW_FORM_data1,
	    DW_AT_call_line, DW_FORM_udata, NONE);
	dw_abbrev(d, BLOCK, DW_TAG_lexical_block, true, DW_AT_low_pc, DW_FORM_addr, DW_AT_high_pc, high, NONE);
	dw_abbrev(d, STRUCT, DW_TAG_structure_type, true, DW_AT_sibling, DW_FORM_ref4, NONE);
	dw_abbrev(d, LINKED, DW_TAG_subprogram, false, DW_AT_name, DW_FORM_string,
	    DW_AT_MIPS_linkage_name, DW_FORM_string, NONE);
	dw_abbrev(d, LISTED, DW_TAG_subprogram, false, DW_AT_name, DW_FORM_string,
	    DW_AT_ranges, d->version < 4 ? DW_FORM_data4 : DW_FORM_sec_offset, NONE);
	dw_abbrev(d, CODE_LESS, DW_TAG_compile_unit, true, DW_AT_stmt_list, DW_FORM_data4,
	    DW_AT_comp_dir, DW_FORM_string, NONE);
	dw_abbrev(d, STRANGE, DW_TAG_variable, false, DW_AT_name, 0x7f, NONE);
	d->now = POST_DEBUG_ABBREV;
	dw_n(d, 0, 1);
}

static void
put_range(struct dw *d, uint64_t low, uint64_t high)
{
	dw_addr(d, low);
	if (d->version < 4)
		dw_addr(d, high);
	else
		dw_n(d, high - low, 4);
}

static void
unit(struct dw *d, uint64_t lines, uint64_t low, uint64_t high)
{
	dw_unit(d, DW_UT_compile, 0, 0);
	dw_uleb(d, CU);
	dw_n(d, lines, 4);
	dw_str(d, "/d");
	put_range(d, low, high);
}

static void
function(struct dw *d, const char *name, uint64_t low, uint64_t high)
{
	dw_uleb(d, FUNCTION);
	dw_str(d, name);
	put_range(d, low, high);
	dw_n(d, 0x9c01, 2);
}

static void
inlined(struct dw *d, uint64_t origin, uint64_t low, uint64_t high, unsigned file, unsigned line)
{
	dw_uleb(d, INLINED);
	dw_n(d, origin, 4);
	put_range(d, low, high);
	dw_n(d, file, 1);
	dw_uleb(d, line);
}

static void
block(struct dw *d, uint64_t low, uint64_t high)
{
	dw_uleb(d, BLOCK);
	put_range(d, low, high);
}

/* An entry whose first value is NAME, if not NULL, and that tells its sibling; returns where that has to be put. */
static size_t
jumped(struct dw *d, unsigned code, const char *name)
{
	dw_uleb(d, code);
	if (name != NULL)
		dw_str(d, name);
	dw_n(d, 0, 4);
	return dw_at(d) - 4;
}

static void
null(struct dw *d)
{
	dw_n(d, 0, 1);
}

static void
sibling_here(struct dw *d, size_t field)
{
	dw_patch(d, field, dw_at(d) - d->unit, 4);
}

/* The abstract instances; their offsets in the unit. */
static void
abstracts(struct dw *d, uint64_t *g, uint64_t *h)
{
	size_t field;

	*h = dw_at(d) - d->unit;
	dw_uleb(d, LINKED);
	dw_str(d, "h");
	dw_str(d, "_h");
	*g = dw_at(d) - d->unit;
	field = jumped(d, ABSTRACT, "g");
	block(d, 0x1000, 0x2000);	/* never looked at */
	null(d);
	null(d);
	sibling_here(d, field);
}

static void
tree(struct dw *d, uint64_t move)
{
	uint64_t g, h;

	abstracts(d, &g, &h);
	function(d, "f", move + 0x1100, move + 0x1200);
	inlined(d, g, move + 0x1120, move + 0x1160, 1, 10);
	block(d, move + 0x1130, move + 0x1150);
	inlined(d, h, move + 0x1140, move + 0x1148, 2, 20);
	for (int i = 0; i < 4; i++)
		null(d);
	function(d, "k", move + 0x1300, move + 0x1310);
	null(d);
}

static void
end_unit(struct dw *d)
{
	null(d);
	d->now = POST_DEBUG_INFO;
	dw_end(d, d->unit);
}

static struct dw
program(unsigned version, unsigned wide, unsigned address)
{
	struct dw d = { .version = version, .wide = wide, .address = address };

	abbrevs(&d);
	unit(&d, dw_lines(&d, rows), 0x1000, 0x2000);
	tree(&d, 0);
	end_unit(&d);
	return d;
}

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

/* Names by index, by offset, and in dwz's file; through other units, and in a circle. */
static void
names(void **state)
{
	struct dw d = { .version = 5, .wide = 4, .address = 8 }, alt = d;
	struct post_dwarf all;
	uint64_t partial, circle;

	(void)state;
	dw_abbrev(&d, 1, DW_TAG_compile_unit, true, DW_AT_low_pc, DW_FORM_addr, DW_AT_high_pc, DW_FORM_udata,
	    DW_AT_str_offsets_base, DW_FORM_sec_offset, NONE);
	dw_abbrev(&d, 2, DW_TAG_partial_unit, true, NONE);
	dw_abbrev(&d, 3, DW_TAG_subprogram, false, DW_AT_name, DW_FORM_strx1, NONE);
	dw_abbrev(&d, 4, DW_TAG_subprogram, false, DW_AT_specification, DW_FORM_ref_addr,
	    DW_AT_low_pc, DW_FORM_addr, DW_AT_high_pc, DW_FORM_data1, NONE);
	dw_abbrev(&d, 5, DW_TAG_subprogram, false, DW_AT_abstract_origin, DW_FORM_GNU_ref_alt,
	    DW_AT_low_pc, DW_FORM_addr, DW_AT_high_pc, DW_FORM_data1, NONE);
	dw_abbrev(&d, 6, DW_TAG_subprogram, false, DW_AT_linkage_name, DW_FORM_GNU_strp_alt,
	    DW_AT_low_pc, DW_FORM_addr, DW_AT_high_pc, DW_FORM_data1, NONE);
	dw_abbrev(&d, 7, DW_TAG_subprogram, false, DW_AT_name, DW_FORM_strp, NONE);
	dw_abbrev(&d, 300, DW_TAG_subprogram, false, DW_AT_name, DW_FORM_strx3,
	    DW_AT_low_pc, DW_FORM_addr, DW_AT_high_pc, DW_FORM_indirect, NONE);
	d.now = POST_DEBUG_ABBREV;
	null(&d);
	post_put(&alt.s[POST_DEBUG_ABBREV], post_buf_str(&d.s[POST_DEBUG_ABBREV]));

	dw_unit(&d, DW_UT_partial, 0, 0);
	dw_uleb(&d, 2);
	partial = dw_at(&d);
	dw_uleb(&d, 7), dw_n(&d, 4, 4);
	end_unit(&d);

	dw_unit(&d, DW_UT_compile, 0, 0);
	dw_uleb(&d, 1), dw_addr(&d, 0x1000), dw_uleb(&d, 0x1000), dw_offset(&d, 8);
	dw_uleb(&d, 4), dw_offset(&d, partial), dw_addr(&d, 0x1000), dw_n(&d, 8, 1);
	circle = dw_at(&d);
	dw_uleb(&d, 4), dw_offset(&d, circle), dw_addr(&d, 0x1010), dw_n(&d, 8, 1);
	dw_uleb(&d, 5), dw_offset(&d, 13), dw_addr(&d, 0x1020), dw_n(&d, 8, 1);
	dw_uleb(&d, 6), dw_offset(&d, 3), dw_addr(&d, 0x1030), dw_n(&d, 8, 1);
	dw_uleb(&d, 300), dw_n(&d, 1, 3), dw_addr(&d, 0x1040), dw_uleb(&d, DW_FORM_data2), dw_n(&d, 8, 2);
	dw_uleb(&d, 4), dw_offset(&d, 1u << 30), dw_addr(&d, 0x1050), dw_n(&d, 8, 1);
	end_unit(&d);

	d.now = POST_DEBUG_STR;
	dw_str(&d, "abc"), dw_str(&d, "other"), dw_str(&d, "indexed");
	d.now = POST_DEBUG_STR_OFFSETS;
	dw_n(&d, 0, 8), dw_offset(&d, 4), dw_offset(&d, 10);
	dw_unit(&alt, DW_UT_partial, 0, 0);
	dw_uleb(&alt, 2);
	assert_int_equal(dw_at(&alt), 13);
	dw_uleb(&alt, 7), dw_n(&alt, 3, 4);
	end_unit(&alt);
	alt.now = POST_DEBUG_STR;
	dw_str(&alt, "xx"), dw_str(&alt, "of_alt");

	all = only(&d);
	chain_is(&all, 0x1020, "@:0");
	all.alt = dw_sections(&alt);
	chain_is(&all, 0x1000, "other@:0");
	chain_is(&all, 0x1010, "@:0");
	chain_is(&all, 0x1020, "of_alt@:0");
	chain_is(&all, 0x1030, "of_alt@:0");
	chain_is(&all, 0x1040, "indexed@:0");
	chain_is(&all, 0x1050, "@:0");
	dw_free(&d);
	dw_free(&alt);
}

static const uint64_t id = UINT64_C(0x1122334455667788);

/* A skeleton with lines and addresses, and the rest of it. */
static void
split(unsigned version, struct dw *d, struct dw *dwo)
{
	unsigned addrx = version < 5 ? DW_FORM_GNU_addr_index : DW_FORM_addrx;

	*d = *dwo = (struct dw){ .version = version, .wide = 4, .address = 8 };
	dw_abbrev(d, 1, version < 5 ? DW_TAG_compile_unit : DW_TAG_skeleton_unit, false, DW_AT_stmt_list, DW_FORM_sec_offset,
	    DW_AT_low_pc, DW_FORM_addr, DW_AT_high_pc, DW_FORM_data4, DW_AT_comp_dir, DW_FORM_string,
	    version < 5 ? DW_AT_GNU_dwo_name : DW_AT_dwo_name, DW_FORM_string,
	    version < 5 ? DW_AT_GNU_addr_base : DW_AT_addr_base, DW_FORM_sec_offset,
	    version < 5 ? DW_AT_GNU_dwo_id : 0, DW_FORM_data8, NONE);
	d->now = POST_DEBUG_ABBREV;
	null(d);
	dw_unit(d, DW_UT_skeleton, 0, id);
	dw_uleb(d, 1);
	dw_n(d, dw_lines(d, rows), 4);
	dw_addr(d, 0x1000), dw_n(d, 0x1000, 4);
	dw_str(d, "/d"), dw_str(d, "a.dwo"), dw_offset(d, 8);
	if (version < 5)
		dw_n(d, id, 8);
	dw_end(d, d->unit);
	d->now = POST_DEBUG_ADDR;
	dw_n(d, 0, 8), dw_addr(d, 0x1100), dw_addr(d, 0x1140);

	dw_abbrev(dwo, 1, DW_TAG_compile_unit, true, version < 5 ? DW_AT_GNU_dwo_id : 0, DW_FORM_data8, NONE);
	dw_abbrev(dwo, 2, DW_TAG_subprogram, true, DW_AT_name, version < 5 ? DW_FORM_GNU_str_index : DW_FORM_strx,
	    DW_AT_low_pc, addrx, DW_AT_high_pc, DW_FORM_data4, NONE);
	dw_abbrev(dwo, 3, DW_TAG_inlined_subroutine, false, DW_AT_abstract_origin, DW_FORM_ref_udata,
	    DW_AT_low_pc, addrx, DW_AT_high_pc, DW_FORM_data1, DW_AT_call_line, DW_FORM_implicit_const, 33, NONE);
	dwo->now = POST_DEBUG_ABBREV;
	null(dwo);
	dw_unit(dwo, DW_UT_split_compile, 0, id);
	dw_uleb(dwo, 1);
	if (version < 5)
		dw_n(dwo, id, 8);
	dw_uleb(dwo, 2), dw_uleb(dwo, 1), dw_uleb(dwo, 0), dw_n(dwo, 0x100, 4);
	dw_uleb(dwo, 3), dw_uleb(dwo, dw_at(dwo) - 8 - dwo->unit), dw_uleb(dwo, 1), dw_n(dwo, 8, 1);
	null(dwo);
	end_unit(dwo);
	dwo->now = POST_DEBUG_STR;
	dw_str(dwo, "x"), dw_str(dwo, "split");
	dwo->now = POST_DEBUG_STR_OFFSETS;
	dw_n(dwo, 0, version < 5 ? 0 : 8), dw_offset(dwo, 0), dw_offset(dwo, 2);
}

static const struct post_sections *
give_dwo(void *arg, struct post_str dir, struct post_str name, uint64_t asked)
{
	same(dir, "/d");
	same(name, "a.dwo");
	assert_true(asked == id);
	return arg;
}

/* A package of one unit, with bytes before each of its parts. */
static void
package(unsigned version, const struct dw *dwo, struct dw *dwp)
{
	static const unsigned parts[] = { POST_DEBUG_INFO, POST_DEBUG_ABBREV, POST_DEBUG_STR_OFFSETS };
	static const unsigned number[] = { DW_SECT_INFO, DW_SECT_ABBREV, DW_SECT_STR_OFFSETS };
	unsigned i;

	*dwp = (struct dw){ .version = version, .wide = 4, .address = 8 };
	for (i = 0; i < POST_SECTIONS; i++)
		post_put(&dwp->s[i], post_buf_str(&dwo->s[i]));
	for (i = 0; i < 3; i++) {
		dwp->s[parts[i]].n = 0;
		dwp->now = parts[i];
		dw_n(dwp, 0xffff, 2);
		post_put(&dwp->s[parts[i]], post_buf_str(&dwo->s[parts[i]]));
		dw_n(dwp, 0xffff, 2);
	}
	dwp->now = POST_DEBUG_CU_INDEX;
	dw_n(dwp, version < 5 ? 2 : 5, 4), dw_n(dwp, 3, 4), dw_n(dwp, 1, 4), dw_n(dwp, 4, 4);
	for (i = 0; i < 4; i++)
		dw_n(dwp, i == (id & 3) ? id : 0, 8);
	for (i = 0; i < 4; i++)
		dw_n(dwp, i == (id & 3), 4);
	for (i = 0; i < 3; i++)
		dw_n(dwp, number[i], 4);
	for (i = 0; i < 3; i++)
		dw_n(dwp, 2, 4);
	for (i = 0; i < 3; i++)
		dw_n(dwp, dwo->s[parts[i]].n, 4);
}

static void
splits(void **state)
{
	(void)state;
	for (unsigned v = 4; v <= 5; v++) {
		struct dw d, dwo, dwp;
		struct post_sections of_dwo;
		struct post_dwarf all;

		split(v, &d, &dwo);
		of_dwo = dw_sections(&dwo);
		all = only(&d);
		chain_is(&all, 0x1144, "@a.c:3");
		all.dwo = give_dwo;
		all.arg = &of_dwo;
		chain_is(&all, 0x1144, "split@a.c:3 < split@:33");
		chain_is(&all, 0x11ff, "split@a.c:4");
		all.dwo = NULL;
		package(v, &dwo, &dwp);
		all.dwp = dw_sections(&dwp);
		chain_is(&all, 0x1144, "split@a.c:3 < split@:33");
		dw_free(&d);
		dw_free(&dwo);
		dw_free(&dwp);
	}
}

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(formats), cmocka_unit_test(nested), cmocka_unit_test(tombstones), cmocka_unit_test(overlaps),
		cmocka_unit_test(open_units), cmocka_unit_test(lists), cmocka_unit_test(names), cmocka_unit_test(splits),
		cmocka_unit_test(threads), cmocka_unit_test(unread), cmocka_unit_test(damaged), cmocka_unit_test(mangled),
	};

	return cmocka_run_group_tests_name("dwarf", tests, NULL, NULL);
}
