/* SPDX-License-Identifier: BSD-2-Clause */
/* Line number programs, built byte by byte: headers of each version, opcodes, sequences, and what is wrong with them. */
#include <dwarf.h>
#include "../sym/lines.h"
#include "support.h"

/* A unit of .debug_line being made. */
struct unit {
	unsigned	version;
	bool		wide;		/* 64-bit DWARF */
	unsigned	min_inst, max_ops, line_range, opcode_base;
	int		line_base;
	struct post_buf	tables, program;
};

#define UNIT(v)	{ .version = (v), .min_inst = 1, .max_ops = 1, .line_base = -5, .line_range = 14, .opcode_base = 13 }

static struct post_sections sections;
static struct post_arena mem;
static struct post_buf line_section, unit_bytes;
static struct post_lines lines;

static void
put_number(struct post_buf *b, uint64_t x, unsigned size)
{
	while (size-- > 0) {
		post_putc(b, (char)x);
		x >>= 8;
	}
}

static void
put_uleb(struct post_buf *b, uint64_t x)
{
	for (; x >= 0x80; x >>= 7)
		post_putc(b, (char)(x | 0x80));
	post_putc(b, (char)x);
}

static void
put_sleb(struct post_buf *b, int64_t x)
{
	for (; x < -64 || x > 63; x >>= 7)
		post_putc(b, (char)(x | 0x80));
	post_putc(b, (char)(x & 0x7f));
}

static void
put_string(struct post_buf *b, const char *s)
{
	post_puts(b, s);
	post_putc(b, '\0');
}

/* Opcodes, appended to the program of U. */
static void
op(struct unit *u, unsigned opcode)
{
	post_putc(&u->program, (char)opcode);
}

static void
op_uleb(struct unit *u, unsigned opcode, uint64_t x)
{
	op(u, opcode);
	put_uleb(&u->program, x);
}

static void
advance_line(struct unit *u, int64_t by)
{
	op(u, DW_LNS_advance_line);
	put_sleb(&u->program, by);
}

static void
set_address(struct unit *u, uint64_t addr)
{
	post_put(&u->program, BYTES("\0\x09\x02"));
	put_number(&u->program, addr, 8);
}

static void
end_sequence(struct unit *u)
{
	post_put(&u->program, BYTES("\0\x01\x01"));
}

/* A row at ADDR of a sequence that is at *now in line *line. */
static void
row_at(struct unit *u, uint64_t *now, int64_t *line, uint64_t addr, int64_t to)
{
	op_uleb(u, DW_LNS_advance_pc, addr - *now);
	advance_line(u, to - *line);
	op(u, DW_LNS_copy);
	*now = addr;
	*line = to;
}

/* A sequence with rows every 16 bytes, the first in line LINE, the next ones in those behind it. */
static void
sequence(struct unit *u, uint64_t start, unsigned rows, int64_t line)
{
	int64_t now_line = 1;
	uint64_t now = start;

	set_address(u, start);
	for (unsigned i = 0; i < rows; i++)
		row_at(u, &now, &now_line, start + 16 * i, line + i);
	op_uleb(u, DW_LNS_advance_pc, 16);
	end_sequence(u);
}

static void
put_old_tables(struct unit *u)
{
	put_string(&u->tables, "inc");
	put_string(&u->tables, "/usr/include");
	put_string(&u->tables, "");
	put_string(&u->tables, "a.c");
	post_put(&u->tables, BYTES("\0\0\0"));
	put_string(&u->tables, "a.h");
	post_put(&u->tables, BYTES("\1\0\0"));
	put_string(&u->tables, "stdio.h");
	post_put(&u->tables, BYTES("\2\0\0"));
	put_string(&u->tables, "/abs/b.c");
	post_put(&u->tables, BYTES("\1\0\0"));
	put_string(&u->tables, "");
}

static void
put_new_tables(struct unit *u)
{
	post_put(&u->tables, BYTES("\1\1\x08\3/cd\0inc\0/usr/include\0"));
	post_put(&u->tables, BYTES("\2\1\x08\2\x0b\4a.c\0\0a.h\0\1stdio.h\0\2/abs/b.c\0\1"));
}

/* The bytes of U, its length and that of its header filled in. */
static struct post_str
finish(struct unit *u)
{
	struct post_buf rest = { 0 };

	put_number(&rest, u->min_inst, 1);
	if (u->version >= 4)
		put_number(&rest, u->max_ops, 1);
	put_number(&rest, 1, 1);
	put_number(&rest, (uint64_t)u->line_base, 1);
	put_number(&rest, u->line_range, 1);
	put_number(&rest, u->opcode_base, 1);
	for (unsigned i = 1; i < u->opcode_base; i++)
		put_number(&rest, (uint64_t)"\0\1\1\1\1\0\0\0\1\0\0\1\0\2\3"[(i - 1) % 15], 1);
	if (u->tables.n == 0) {
		if (u->version >= 5)
			put_new_tables(u);
		else
			put_old_tables(u);
	}
	post_put(&rest, post_buf_str(&u->tables));
	unit_bytes.n = 0;
	if (u->wide)
		put_number(&unit_bytes, UINT32_MAX, 4);
	put_number(&unit_bytes, 2 + (u->version >= 5 ? 2 : 0) + (u->wide ? 8 : 4) + rest.n + u->program.n, u->wide ? 8 : 4);
	put_number(&unit_bytes, u->version, 2);
	if (u->version >= 5)
		post_put(&unit_bytes, BYTES("\x08\0"));
	put_number(&unit_bytes, rest.n, u->wide ? 8 : 4);
	post_put(&unit_bytes, post_buf_str(&rest));
	post_put(&unit_bytes, post_buf_str(&u->program));
	post_buf_free(&rest);
	post_buf_free(&u->tables);
	post_buf_free(&u->program);
	return post_buf_str(&unit_bytes);
}

static int
open_bytes(struct post_str s)
{
	post_drop(&mem);
	line_section.n = 0;
	post_put(&line_section, BYTES("junk before"));
	post_put(&line_section, s);
	sections.s[POST_DEBUG_LINE] = post_buf_str(&line_section);
	return post_lines_open(&lines, &sections, 11, 8, POST_STR("/cd"), &mem);
}

static int
open_unit(struct unit *u)
{
	return open_bytes(finish(u));
}

static struct post_row
row_of(uint64_t pc)
{
	struct post_row row = { 0 };

	(void)post_lines_find(&lines, &pc, 1, &row);
	return row;
}

/* Is PC in line LINE?  -1: it is in none. */
static void
line_is(uint64_t pc, int64_t line)
{
	struct post_row row = row_of(pc);

	if (row.found != (line >= 0) || (line >= 0 && row.line != (uint32_t)line))
		print_error("%#llx: line %lld, want %lld\n", (unsigned long long)pc, row.found ? (long long)row.line : -1, (long long)line);
	assert_int_equal(row.found, line >= 0);
	assert_true(line < 0 || row.line == (uint32_t)line);
}

static void
file_is(uint64_t number, const char *want)
{
	struct post_site site = { 0 };
	struct post_buf b = { 0 };

	post_lines_file(&lines, number, &site);
	post_put_file(&b, &site, true);
	same(b.n > 0 ? post_buf_str(&b) : POST_STR(""), want);
	post_buf_free(&b);
}

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
	sections.s[POST_DEBUG_LINE_STR] = POST_STR("x\0/src\0main.c\0");
	sections.s[POST_DEBUG_STR] = POST_STR("lib\0util.c\0open");
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
	file_is(0, "");		/* strings by index have no text here */
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
		{ 4, 0, 4, 0xfffff, -1 }, { 4, 0, 4, 3, -1 }, { 4, 0, 4, 0, -1 }, { 4, 0, 4, 0xfffffff0, -1 }, { 4, 0, 4, UINT32_MAX, -1 },
		{ 4, 4, 2, 6, 1 }, { 4, 4, 2, 1, 1 }, { 4, 4, 2, 0xffff, 1 }, { 5, 7, 1, 1, 1 }, { 4, 6, 4, 0xffff, -1 }, { 4, 6, 4, 4, -1 },
		{ 4, 6, 4, 30, -1 }, { 4, 11, 1, 0, -1 }, { 4, 14, 1, 0, -1 }, { 4, 15, 1, 0, -1 }, { 4, 15, 1, 255, -1 },
		{ 5, 30, 1, 200, -1 }, { 5, 33, 1, 0xff, -1 }, { 5, 12, 1, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		int got = open_with(cases[i].version, cases[i].offset, cases[i].size, cases[i].x);

		if (got != cases[i].want)
			print_error("case %zu: %d\n", i, got);
		assert_int_equal(got, cases[i].want);
	}
	assert_int_equal(post_lines_open(&lines, &sections, UINT64_MAX, 8, POST_STR(""), &mem), -1);
	assert_int_equal(post_lines_open(&lines, &(struct post_sections){ 0 }, 0, 8, POST_STR(""), &mem), -1);
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
		POST_STR("\2"), POST_STR("\2\x80"), POST_STR("\3"), POST_STR("\4"), POST_STR("\5\xff"), POST_STR("\x09\1"), POST_STR("\x0c"),
		POST_STR("\0"), POST_STR("\0\5"), POST_STR("\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\1"), POST_STR("\0\3\2\1\2\1"),
		POST_STR("\0\4\2\1\2\3\4\1"), POST_STR("\0\x0b\2" "0123456789\1"), POST_STR("\0\1\2"), POST_STR("\0\3\3ab"), POST_STR("\0\3\3a\0"),
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

static int
finish_all(void **state)
{
	(void)state;
	post_drop(&mem);
	post_buf_free(&line_section);
	post_buf_free(&unit_bytes);
	return 0;
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
		cmocka_unit_test(directories),
		cmocka_unit_test(corrupt_headers),
		cmocka_unit_test(damaged),
		cmocka_unit_test(corrupt_programs),
		cmocka_unit_test(many_sequences),
		cmocka_unit_test(random_programs),
	};

	return cmocka_run_group_tests(tests, NULL, finish_all);
}
