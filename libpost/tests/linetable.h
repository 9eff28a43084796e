/* SPDX-License-Identifier: BSD-2-Clause */
/* Line number programs for tests, built byte by byte. */
#ifndef LINETABLE_H
#define LINETABLE_H

#include <dwarf.h>
#include "../dwarf/lines.h"
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

static struct post_dwarf files;
static struct post_unit of_lines = { .dwarf = &files, .in = &files.main, .has_lines = true };
static struct post_arena mem;
static struct post_buf line_section, unit_bytes;
static struct post_lines lines;

static inline void
put_number(struct post_buf *b, uint64_t x, unsigned size)
{
	while (size-- > 0) {
		post_putc(b, (char)x);
		x >>= 8;
	}
}

static inline void
put_uleb(struct post_buf *b, uint64_t x)
{
	for (; x >= 0x80; x >>= 7)
		post_putc(b, (char)(x | 0x80));
	post_putc(b, (char)x);
}

static inline void
put_sleb(struct post_buf *b, int64_t x)
{
	for (; x < -64 || x > 63; x >>= 7)
		post_putc(b, (char)(x | 0x80));
	post_putc(b, (char)(x & 0x7f));
}

static inline void
put_string(struct post_buf *b, const char *s)
{
	post_puts(b, s);
	post_putc(b, '\0');
}

/* Opcodes, appended to the program of U. */
static inline void
op(struct unit *u, unsigned opcode)
{
	post_putc(&u->program, (char)opcode);
}

static inline void
op_uleb(struct unit *u, unsigned opcode, uint64_t x)
{
	op(u, opcode);
	put_uleb(&u->program, x);
}

static inline void
advance_line(struct unit *u, int64_t by)
{
	op(u, DW_LNS_advance_line);
	put_sleb(&u->program, by);
}

static inline void
set_address(struct unit *u, uint64_t addr)
{
	post_put(&u->program, BYTES("\0\x09\x02"));
	put_number(&u->program, addr, 8);
}

static inline void
end_sequence(struct unit *u)
{
	post_put(&u->program, BYTES("\0\x01\x01"));
}

/* A row at ADDR of a sequence that is at *now in line *line. */
static inline void
row_at(struct unit *u, uint64_t *now, int64_t *line, uint64_t addr, int64_t to)
{
	op_uleb(u, DW_LNS_advance_pc, addr - *now);
	advance_line(u, to - *line);
	op(u, DW_LNS_copy);
	*now = addr;
	*line = to;
}

/* A sequence with rows every 16 bytes, the first in line LINE, the next ones in those behind it. */
static inline void
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

static inline void
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

static inline void
put_new_tables(struct unit *u)
{
	post_put(&u->tables, BYTES("\1\1\x08\3/cd\0inc\0/usr/include\0"));
	post_put(&u->tables, BYTES("\2\1\x08\2\x0b\4a.c\0\0a.h\0\1stdio.h\0\2/abs/b.c\0\1"));
}

/* The bytes of U, its length and that of its header filled in. */
static inline struct post_str
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

static inline int
open_bytes(struct post_str s)
{
	post_drop(&mem);
	line_section.n = 0;
	post_put(&line_section, BYTES("junk before"));
	post_put(&line_section, s);
	files.main.s[POST_DEBUG_LINE] = post_buf_str(&line_section);
	of_lines.lines = 11;
	return post_lines_open(&lines, &of_lines, POST_STR("/cd"), &mem);
}

static inline int
open_unit(struct unit *u)
{
	return open_bytes(finish(u));
}

static inline struct post_row
row_of(uint64_t pc)
{
	struct post_row row = { 0 };

	(void)post_lines_find(&lines, &pc, 1, &row);
	return row;
}

/* Is PC in line LINE?  -1: it is in none. */
static inline void
line_is(uint64_t pc, int64_t line)
{
	struct post_row row = row_of(pc);

	if (row.found != (line >= 0) || (line >= 0 && row.line != (uint32_t)line))
		print_error("%#llx: line %lld, want %lld\n", (unsigned long long)pc, row.found ? (long long)row.line : -1,
		    (long long)line);
	assert_int_equal(row.found, line >= 0);
	assert_true(line < 0 || row.line == (uint32_t)line);
}

static inline void
file_is(uint64_t number, const char *want)
{
	struct post_site site = { 0 };
	struct post_buf b = { 0 };

	post_lines_file(&lines, number, &site);
	post_put_file(&b, &site, true);
	same(b.n > 0 ? post_buf_str(&b) : POST_STR(""), want);
	post_buf_free(&b);
}

static inline int
finish_all(void **state)
{
	(void)state;
	post_drop(&mem);
	post_buf_free(&line_section);
	post_buf_free(&unit_bytes);
	return 0;
}

#endif
