/* SPDX-License-Identifier: BSD-2-Clause */
/* What functions are called, in this unit, in others, and in other files. */
#include "../dwarf/unit.h"
#include "dwarf-tree.h"

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

/* Two units of a .dwo; the first has what the second one inlines. */
static void
units_of_dwo(void **state)
{
	struct dw d, dwo, first;
	struct post_sections of_dwo;
	struct post_dwarf all;
	uint64_t origin;

	(void)state;
	split(5, &d, &dwo);
	first = (struct dw){ .version = 5, .wide = 4, .address = 8 };
	dw_abbrev(&first, 1, DW_TAG_compile_unit, true, NONE);
	dw_abbrev(&first, 2, DW_TAG_subprogram, false, DW_AT_name, DW_FORM_string, NONE);
	dw_abbrev(&first, 3, DW_TAG_subprogram, true, DW_AT_low_pc, DW_FORM_addrx, DW_AT_high_pc, DW_FORM_data4, NONE);
	dw_abbrev(&first, 4, DW_TAG_inlined_subroutine, false, DW_AT_abstract_origin, DW_FORM_ref_addr,
	    DW_AT_low_pc, DW_FORM_addrx, DW_AT_high_pc, DW_FORM_data1, NONE);
	first.now = POST_DEBUG_ABBREV;
	null(&first);
	dw_unit(&first, DW_UT_split_compile, 0, id + 1);
	dw_uleb(&first, 1);
	origin = dw_at(&first);
	dw_uleb(&first, 2), dw_str(&first, "far");
	end_unit(&first);
	dw_unit(&first, DW_UT_split_compile, 0, id);
	dw_uleb(&first, 1);
	dw_uleb(&first, 3), dw_uleb(&first, 0), dw_n(&first, 0x100, 4);
	dw_uleb(&first, 4), dw_offset(&first, origin), dw_uleb(&first, 1), dw_n(&first, 8, 1);
	dw_uleb(&first, 4), dw_offset(&first, 1u << 20), dw_uleb(&first, 0), dw_n(&first, 8, 1);
	null(&first);
	end_unit(&first);
	of_dwo = dw_sections(&first);
	all = only(&d);
	all.dwo = give_dwo;
	all.arg = &of_dwo;
	chain_is(&all, 0x1144, "far@a.c:3 < @:0");
	chain_is(&all, 0x1104, "??@a.c:2 < @:0");
	dw_free(&d);
	dw_free(&dwo);
	dw_free(&first);
}

/* What is inlined always has a name to show; that of the function around it is perhaps told by a symbol. */
static void
unnamed(void **state)
{
	struct dw d = { .version = 4, .wide = 4, .address = 8 };
	struct post_buf name = { 0 };
	struct post_dwarf all;

	(void)state;
	dw_abbrev(&d, 1, DW_TAG_compile_unit, true, DW_AT_low_pc, DW_FORM_addr, DW_AT_high_pc, DW_FORM_data4, NONE);
	dw_abbrev(&d, 2, DW_TAG_subprogram, true, DW_AT_name, DW_FORM_string, DW_AT_linkage_name, DW_FORM_GNU_strp_alt,
	    DW_AT_low_pc, DW_FORM_addr, DW_AT_high_pc, DW_FORM_data4, NONE);
	dw_abbrev(&d, 3, DW_TAG_inlined_subroutine, true, DW_AT_abstract_origin, DW_FORM_ref_sig8,
	    DW_AT_low_pc, DW_FORM_addr, DW_AT_high_pc, DW_FORM_data4, DW_AT_call_line, DW_FORM_data1, NONE);
	d.now = POST_DEBUG_ABBREV;
	null(&d);
	dw_unit(&d, DW_UT_compile, 0, 0);
	dw_uleb(&d, 1), dw_addr(&d, 0x1000), dw_n(&d, 0x1000, 4);
	dw_uleb(&d, 2), dw_str(&d, "f"), dw_offset(&d, 7), dw_addr(&d, 0x1000), dw_n(&d, 0x100, 4);
	dw_uleb(&d, 3), dw_n(&d, id, 8), dw_addr(&d, 0x1010), dw_n(&d, 0x10, 4), dw_n(&d, 9, 1);
	null(&d);
	null(&d);
	for (unsigned i = 0; i < POST_NAME_MAX; i++)
		post_putc(&name, 'n');
	dw_uleb(&d, 2), dw_str(&d, name.s), dw_offset(&d, 7), dw_addr(&d, 0x1200), dw_n(&d, 0x100, 4);
	null(&d);
	end_unit(&d);
	all = only(&d);
	chain_is(&all, 0x1004, "f@:0");		/* its linkage name is in a file that there is not */
	chain_is(&all, 0x1018, "??@:0 < f@:9");
	chain_is(&all, 0x1200, "@:0");		/* too long */
	post_buf_free(&name);
	dw_free(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names), cmocka_unit_test(splits), cmocka_unit_test(units_of_dwo),
		cmocka_unit_test(unnamed),
	};

	return cmocka_run_group_tests_name("dwarf names", tests, NULL, NULL);
}
