/* SPDX-License-Identifier: BSD-2-Clause */
/* Line number programs: headers of each version, opcodes, sequences, files. */
#include "linetable.h"

static void
versions(void **state)
{
	(void)state;
	for (unsigned version = 2; version <= 5; version++)
		for (int wide = 0; wide < 2; wide++) {
			struct unit u = UNIT(version);
			uint64_t first = version == 5 ? 0 : 1;

			u.wide = wide;
			sequence(&u, 0x1000, 3, 10);
			assert_int_equal(open_unit(&u), 0);
			assert_int_equal(lines.version, version);
			line_is(0xfff, -1);
			line_is(0x1000, 10);
			line_is(0x100f, 10);
			line_is(0x1010, 11);
			line_is(0x102f, 12);
			line_is(0x1030, -1);
			assert_int_equal(row_of(0x1000).file, 1);
			file_is(first, "/cd/a.c");
			file_is(first + 1, "/cd/inc/a.h");
			file_is(first + 2, "/usr/include/stdio.h");
			file_is(first + 3, "/abs/b.c");
			file_is(first + 4, "");
			file_is(UINT64_MAX, "");
			if (version < 5)
				file_is(0, "");
		}
}

/* Every opcode, with what it must not change. */
static void
opcodes(void **state)
{
	struct unit u = UNIT(4);

	(void)state;
	set_address(&u, 0x1000);
	advance_line(&u, 99);		/* 100 */
	op(&u, DW_LNS_copy);
	op(&u, DW_LNS_set_column);
	put_uleb(&u.program, 5);
	op(&u, DW_LNS_negate_stmt);
	op(&u, 13 + 14 * 3 + 6);	/* special: 0x1003, 101 */
	op_uleb(&u, DW_LNS_set_column, 300);
	op_uleb(&u, DW_LNS_set_file, 3);
	op_uleb(&u, DW_LNS_advance_pc, 0x200);
	op(&u, DW_LNS_set_basic_block);
	advance_line(&u, -3);		/* 98 */
	op(&u, DW_LNS_copy);		/* 0x1203 */
	op(&u, DW_LNS_const_add_pc);	/* 17: 0x1214 */
	op(&u, DW_LNS_set_prologue_end);
	op(&u, DW_LNS_set_epilogue_begin);
	op_uleb(&u, DW_LNS_set_isa, 1000);
	advance_line(&u, 1000);		/* 1098 */
	op(&u, DW_LNS_copy);
	op(&u, DW_LNS_fixed_advance_pc);
	put_number(&u.program, 0xffff, 2);	/* 0x11213 */
	post_put(&u.program, BYTES("\0\x03\x04\x80\x01"));	/* discriminator */
	post_put(&u.program, BYTES("\0\x05\x91long"));		/* not known */
	post_put(&u.program, BYTES("\0\0"));			/* without an opcode */
	advance_line(&u, 100000);	/* 101098 */
	op(&u, DW_LNS_copy);
	op(&u, 13 + 5);			/* special: nothing added */
	op(&u, 255);			/* special: 17, -5 + 4 = -1: 0x11224, 101097 */
	op_uleb(&u, DW_LNS_advance_pc, 1);
	end_sequence(&u);
	assert_int_equal(open_unit(&u), 0);
	line_is(0x1000, 100);
	line_is(0x1002, 100);
	line_is(0x1003, 101);
	line_is(0x1202, 101);
	assert_int_equal(row_of(0x1202).file, 1);
	line_is(0x1203, 98);
	assert_int_equal(row_of(0x1203).file, 3);
	line_is(0x1213, 98);
	line_is(0x1214, 1098);
	line_is(0x11212, 1098);
	line_is(0x11213, 101098);
	line_is(0x11223, 101098);
	line_is(0x11224, 101097);
	line_is(0x11225, -1);
}

/* Instructions of four bytes; opcodes that are not known; a small opcode_base, which makes special ones of known numbers. */
static void
parameters(void **state)
{
	struct unit u = UNIT(3), few = UNIT(4), more = UNIT(2);
	uint64_t addr = 0x1000;

	(void)state;
	u.min_inst = 4;
	set_address(&u, 0x1000);
	op(&u, 13 + 5 + 1);		/* line 2 */
	op(&u, 13 + 5 + 1 + 14 * 2);	/* 0x1008, line 3 */
	op_uleb(&u, DW_LNS_advance_pc, 2);
	op(&u, DW_LNS_copy);		/* 0x1010, line 3 */
	op(&u, DW_LNS_const_add_pc);	/* 0x1054 */
	op(&u, DW_LNS_fixed_advance_pc);
	put_number(&u.program, 3, 2);
	end_sequence(&u);		/* 0x1057 */
	assert_int_equal(open_unit(&u), 0);
	line_is(0x1007, 2);
	line_is(0x1008, 3);
	line_is(0x1056, 3);
	line_is(0x1057, -1);

	few.opcode_base = 3;
	set_address(&few, addr);
	op(&few, 3 + 5 + 7);		/* line 8 */
	op(&few, 5 + 14);		/* 0x1001, line 5 */
	op_uleb(&few, DW_LNS_advance_pc, 2);
	end_sequence(&few);
	assert_int_equal(open_unit(&few), 0);
	line_is(0x1000, 8);
	line_is(0x1001, 5);
	line_is(0x1003, -1);

	more.opcode_base = 16;
	set_address(&more, addr);
	op_uleb(&more, 14, 7);
	put_uleb(&more.program, 1000);
	op(&more, 15);
	post_put(&more.program, BYTES("\1\2\3"));
	op(&more, DW_LNS_copy);
	op_uleb(&more, DW_LNS_advance_pc, 2);
	op(&more, 16 + 5 + 3);		/* 0x1002, line 4 */
	end_sequence(&more);
	assert_int_equal(open_unit(&more), 0);
	line_is(0x1001, 1);
	line_is(0x1002, -1);
}

/* Several operations in an instruction: an address moves when they are full. */
static void
operations(void **state)
{
	struct unit u = UNIT(4);

	(void)state;
	u.max_ops = 3;
	u.min_inst = 16;
	set_address(&u, 0x1000);
	op(&u, 13 + 5 + 1);		/* 0x1000 op 0, line 2 */
	op(&u, 13 + 5 + 1 + 14 * 2);	/* 0x1000 op 2, line 3 */
	op(&u, 13 + 5 + 1 + 14 * 2);	/* 0x1010 op 1, line 4 */
	op_uleb(&u, DW_LNS_advance_pc, 5);
	advance_line(&u, 1);
	op(&u, DW_LNS_copy);		/* 0x1030 op 0, line 5 */
	op_uleb(&u, DW_LNS_advance_pc, 2);
	op(&u, DW_LNS_fixed_advance_pc);
	put_number(&u.program, 16, 2);
	op_uleb(&u, DW_LNS_advance_pc, 2);
	advance_line(&u, 1);
	op(&u, DW_LNS_copy);		/* 0x1040 op 2, line 6 */
	op_uleb(&u, DW_LNS_advance_pc, 1);
	end_sequence(&u);
	assert_int_equal(open_unit(&u), 0);
	line_is(0x1000, 3);
	line_is(0x1010, 4);
	line_is(0x102f, 4);
	line_is(0x1030, 5);
	line_is(0x1040, 6);
	line_is(0x104f, 6);
	line_is(0x1050, -1);
}

/* The last of several rows of an address counts, line 0 too; a row without a length holds nothing. */
static void
rows(void **state)
{
	struct unit u = UNIT(5);
	uint64_t now = 0x1000;
	int64_t line = 1;

	(void)state;
	set_address(&u, now);
	row_at(&u, &now, &line, 0x1000, 7);
	row_at(&u, &now, &line, 0x1000, 8);
	row_at(&u, &now, &line, 0x1004, 0);
	row_at(&u, &now, &line, 0x1006, 4);
	row_at(&u, &now, &line, 0x1008, 5);
	end_sequence(&u);
	assert_int_equal(open_unit(&u), 0);
	line_is(0x1000, 8);
	line_is(0x1003, 8);
	line_is(0x1004, 0);
	line_is(0x1007, 4);
	line_is(0x1008, -1);
}

static void
sequences(void **state)
{
	struct unit u = UNIT(4), over = UNIT(4);
	uint64_t now = 0x1000;
	int64_t line = 1;

	(void)state;
	sequence(&u, 0x3000, 2, 300);
	sequence(&u, 0x1000, 2, 100);
	sequence(&u, 0x2000, 2, 200);
	sequence(&u, 0x1020, 2, 150);
	assert_int_equal(open_unit(&u), 0);
	line_is(0x101f, 101);
	line_is(0x1020, 150);
	line_is(0x103f, 151);
	line_is(0x1040, -1);
	line_is(0x2010, 201);
	line_is(0x3000, 300);

	sequence(&over, 0x1010, 3, 10);
	sequence(&over, 0x1000, 5, 20);
	sequence(&over, 0x1000, 6, 30);
	assert_int_equal(open_unit(&over), 0);
	line_is(0x1000, 20);
	line_is(0x1010, 10);
	line_is(0x1030, 12);
	line_is(0x1040, 24);
	line_is(0x1050, 35);

	/* Backwards inside of one: each part counts by itself. */
	set_address(&over, now);
	row_at(&over, &now, &line, 0x1000, 5);
	row_at(&over, &now, &line, 0x1020, 6);
	row_at(&over, &now, &line, 0x1010, 7);
	row_at(&over, &now, &line, 0x1040, 8);
	op_uleb(&over, DW_LNS_advance_pc, 4);
	end_sequence(&over);
	assert_int_equal(open_unit(&over), 0);
	line_is(0x101f, 5);
	line_is(0x103f, 7);
	line_is(0x1043, 8);
	line_is(0x1044, -1);
}

/* What linkers leave of code that they threw away does not hide what is there. */
static void
thrown_away(void **state)
{
	static const uint64_t high[] = { UINT64_MAX, UINT64_MAX - 1 };
	struct unit u = UNIT(4), only = UNIT(4), narrow = UNIT(4);

	(void)state;
	sequence(&u, 0, 8, 10);
	for (size_t i = 0; i < ROWS(high); i++)
		sequence(&u, high[i], 9, 20);
	sequence(&u, 0x20, 2, 30);
	assert_int_equal(open_unit(&u), 0);
	line_is(0, 10);
	line_is(0x1f, 11);
	line_is(0x20, 30);
	line_is(0x30, 31);
	line_is(0x40, 14);
	line_is(0x7f, 17);
	line_is(0x80, -1);
	line_is(UINT64_MAX, -1);

	sequence(&only, 0, 2, 10);
	assert_int_equal(open_unit(&only), 0);
	line_is(0, 10);
	line_is(0x1f, 11);

	post_put(&narrow.program, BYTES("\0\x05\x02\xff\xff\xff\xff"));
	op(&narrow, 13 + 5 + 1);
	post_put(&narrow.program, BYTES("\0\x05\x02\0\x10\0\0"));
	op(&narrow, 13 + 5 + 1);
	op(&narrow, 13 + 5 + 14 * 4);
	end_sequence(&narrow);
	assert_int_equal(open_unit(&narrow), 0);
	line_is(0x1000, 3);
	line_is(0x1003, 3);
	line_is(0xffffffff, -1);
}

static void
defined_files(void **state)
{
	(void)state;
	for (unsigned version = 2; version <= 5; version++) {
		struct unit u = UNIT(version);

		for (unsigned i = 0; i < 40; i++) {
			post_put(&u.program, BYTES("\0\x0a\x03" "d"));
			op(&u, '0' + i);
			post_put(&u.program, BYTES(".c\0\1\0\0\x77"));	/* one byte more than it needs */
		}
		sequence(&u, 0, 2, 10);
		assert_int_equal(open_unit(&u), 0);
		for (int again = 0; again < 2; again++) {
			line_is(0x10, 11);
			file_is(version == 5 ? 4 : 5, "/cd/inc/d0.c");
			file_is(version == 5 ? 13 : 14, "/cd/inc/d9.c");
			file_is(version == 5 ? 44 : 45, "");
			file_is(version == 5 ? 1 : 2, "/cd/inc/a.h");
		}
	}
}

/* DWARF 5 says how its tables are written. */
static void
formats(void **state)
{
	struct unit u = UNIT(5), unknown = UNIT(5), strings = UNIT(5);

	(void)state;
	files.main.s[POST_DEBUG_LINE_STR] = POST_STR("x\0/src\0main.c\0");
	files.main.s[POST_DEBUG_STR] = POST_STR("lib\0util.c\0open");
	/* directories: line_strp */
	post_put(&u.tables, BYTES("\1\1\x1f\2\2\0\0\0\0\0\0\0"));
	/* files: path strp, directory udata, MD5, block, timestamp data4, size data8, vendor's string, sdata, flags */
	post_put(&u.tables, BYTES("\x0a\1\x0e\2\x0f\5\x1e\x20\x09\3\6\4\7\x81\x40\x08\x21\x0d\x22\x0c\x23\x19\3"));
	for (unsigned i = 0; i < 3; i++) {
		put_number(&u.tables, i == 0 ? 4 : i == 1 ? 0 : 11, 4);
		put_uleb(&u.tables, i == 1 ? 200 : i / 2);
		post_put(&u.tables, BYTES("0123456789abcdef" "\3xyz" "abcd" "01234567" "source\0" "\xff\x7f" "\1"));
	}
	sequence(&u, 0x1000, 1, 5);
	assert_int_equal(open_unit(&u), 0);
	line_is(0x1000, 5);
	assert_int_equal(lines.n_dir, 2);
	same(lines.dir[0], "/src");
	same(lines.dir[1], "x");
	file_is(0, "/src/util.c");
	file_is(1, "lib");	/* of no directory that there is */
	file_is(2, "");		/* "open" has no end */

	post_put(&unknown.tables, BYTES("\1\1\x2f\1abcd"));
	assert_int_equal(open_unit(&unknown), 1);

	post_put(&strings.tables, BYTES("\1\1\x08\1/cd\0\3\1\x25\2\x0b\x20\x17\2" "\7\0wide\5\0abcd"));
	assert_int_equal(open_unit(&strings), 0);
	assert_int_equal(lines.n_file, 2);
	file_is(0, "");		/* there are no strings by index */
}

/* Names by index, in dwz's file, and longer than any path. */
static void
strings(void **state)
{
	struct unit u = UNIT(5), old = UNIT(3);
	struct post_buf name = { 0 };

	(void)state;
	files.main.s[POST_DEBUG_STR] = POST_STR("x\0index.c");
	files.main.s[POST_DEBUG_STR].n++;
	files.main.s[POST_DEBUG_STR_OFFSETS] = POST_STR("header..\0\0\0\0\2\0\0\0\77\0\0\0");
	files.alt.s[POST_DEBUG_STR] = POST_STR("xx\0alt.c");
	files.alt.s[POST_DEBUG_STR].n++;
	of_lines.str_offsets = 8;
	of_lines.format.offset_size = 4;
	post_put(&u.tables, BYTES("\1\1\x08\1/cd\0\1\1\x1a\3\1\2\3"));
	assert_int_equal(open_unit(&u), 0);
	file_is(0, "/cd/index.c");
	file_is(1, "");
	file_is(2, "");
	post_put(&u.tables, BYTES("\1\1\x08\1/cd\0\1\1\xa1\x3e\1\3\0\0\0"));	/* GNU_strp_alt */
	assert_int_equal(open_unit(&u), 0);
	file_is(0, "/cd/alt.c");
	post_put(&u.tables, BYTES("\1\1\x08\1/cd\0\1\1\x1d\1\3\0\0\0"));	/* strp_sup */
	assert_int_equal(open_unit(&u), 0);
	file_is(0, "/cd/alt.c");
	for (unsigned i = 0; i < 5000; i++)
		post_putc(&name, 'n');
	put_string(&old.tables, "");
	put_string(&old.tables, name.s);
	post_put(&old.tables, BYTES("\0\0\0b.c\0\0\0\0\0"));
	assert_int_equal(open_unit(&old), 0);
	file_is(1, "");
	file_is(2, "/cd/b.c");
	post_put(&u.tables, BYTES("\1\1\x08\1/cd\0\1\1\x08\1"));
	put_string(&u.tables, name.s);
	assert_int_equal(open_unit(&u), 0);
	file_is(0, "");
	post_buf_free(&name);
}

/* Directory 0 of DWARF 5, and the unit's own. */
static void
directories(void **state)
{
	static const struct {
		const char	*comp_dir, *dir0, *want0, *want1;
	} cases[] = {
		{ "/cd", "/cd", "/cd/a.c", "/cd/inc/b.c" }, { "", "/zero", "/zero/a.c", "/zero/inc/b.c" },
		{ "/cd", "/other", "/other/a.c", "/cd/inc/b.c" }, { ".", ".", "./a.c", "./inc/b.c" },
		{ "", "rel", "rel/a.c", "rel/inc/b.c" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		struct unit u = UNIT(5);

		post_put(&u.tables, BYTES("\1\1\x08\2"));
		put_string(&u.tables, cases[i].dir0);
		put_string(&u.tables, "inc");
		post_put(&u.tables, BYTES("\2\1\x08\2\x0b\2a.c\0\0b.c\0\1"));
		assert_int_equal(open_unit(&u), 0);
		lines.comp_dir = post_str_of(cases[i].comp_dir);
		file_is(0, cases[i].want0);
		file_is(1, cases[i].want1);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(versions),
		cmocka_unit_test(opcodes),
		cmocka_unit_test(parameters),
		cmocka_unit_test(operations),
		cmocka_unit_test(rows),
		cmocka_unit_test(sequences),
		cmocka_unit_test(thrown_away),
		cmocka_unit_test(defined_files),
		cmocka_unit_test(formats),
		cmocka_unit_test(strings),
		cmocka_unit_test(directories),
	};

	return cmocka_run_group_tests(tests, NULL, finish_all);
}
