/* SPDX-License-Identifier: BSD-2-Clause */
/* Units of debug information for tests, and the chains that they give. */
#ifndef DWARF_TREE_H
#define DWARF_TREE_H

#include "dwarf-make.h"
#include "support.h"

enum {
	CU = 1, ABSTRACT, FUNCTION, INLINED, BLOCK, STRUCT, LINKED, LISTED, CODE_LESS, STRANGE, NOWHERE,
	NONE = 0
};

/* The same tree in all formats: f, with g inlined at line 10, with h inlined into that at line 20; and k. */
static const struct dw_row rows[] = {
	{ 0x1000, 1 }, { 0x1100, 2 }, { 0x1140, 3 }, { 0x1148, 4 }, { 0x1300, 5 }, { 0x1310, 6 }, { 0x2000, 0 },
};
#define IN_H	"_h@a.c:3 < g@b.c:20 < f@a.c:10"

static inline struct post_dwarf
only(const struct dw *d)
{
	return (struct post_dwarf){ .main = dw_sections(d) };
}

static inline void
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

static inline void
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

static inline void
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
	dw_abbrev(d, NOWHERE, DW_TAG_inlined_subroutine, true, DW_AT_abstract_origin, DW_FORM_ref4, NONE);
	d->now = POST_DEBUG_ABBREV;
	dw_n(d, 0, 1);
}

static inline void
put_range(struct dw *d, uint64_t low, uint64_t high)
{
	dw_addr(d, low);
	if (d->version < 4)
		dw_addr(d, high);
	else
		dw_n(d, high - low, 4);
}

static inline void
unit(struct dw *d, uint64_t lines, uint64_t low, uint64_t high)
{
	dw_unit(d, DW_UT_compile, 0, 0);
	dw_uleb(d, CU);
	dw_n(d, lines, 4);
	dw_str(d, "/d");
	put_range(d, low, high);
}

static inline void
function(struct dw *d, const char *name, uint64_t low, uint64_t high)
{
	dw_uleb(d, FUNCTION);
	dw_str(d, name);
	put_range(d, low, high);
	dw_n(d, 0x9c01, 2);
}

static inline void
inlined(struct dw *d, uint64_t origin, uint64_t low, uint64_t high, unsigned file, unsigned line)
{
	dw_uleb(d, INLINED);
	dw_n(d, origin, 4);
	put_range(d, low, high);
	dw_n(d, file, 1);
	dw_uleb(d, line);
}

static inline void
block(struct dw *d, uint64_t low, uint64_t high)
{
	dw_uleb(d, BLOCK);
	put_range(d, low, high);
}

/* An entry whose first value is NAME, if not NULL, and that tells its sibling; returns where that has to be put. */
static inline size_t
jumped(struct dw *d, unsigned code, const char *name)
{
	dw_uleb(d, code);
	if (name != NULL)
		dw_str(d, name);
	dw_n(d, 0, 4);
	return dw_at(d) - 4;
}

static inline void
null(struct dw *d)
{
	dw_n(d, 0, 1);
}

static inline void
sibling_here(struct dw *d, size_t field)
{
	dw_patch(d, field, dw_at(d) - d->unit, 4);
}

/* The abstract instances; their offsets in the unit. */
static inline void
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

static inline void
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

static inline void
end_unit(struct dw *d)
{
	null(d);
	d->now = POST_DEBUG_INFO;
	dw_end(d, d->unit);
}

static inline struct dw
program(unsigned version, unsigned wide, unsigned address)
{
	struct dw d = { .version = version, .wide = wide, .address = address };

	abbrevs(&d);
	unit(&d, dw_lines(&d, rows), 0x1000, 0x2000);
	tree(&d, 0);
	end_unit(&d);
	return d;
}

#endif
