/* SPDX-License-Identifier: BSD-2-Clause */
/* Line number programs: which line of which file an address is. */
#ifndef POST_LINES_H
#define POST_LINES_H

#include "unit.h"

/* The header of a line number program (DWARF 5, 6.2.4; versions 2 to 5). */
struct post_lines {
	struct post_str		 comp_dir;	/* of the unit */
	uint16_t		 version;
	uint8_t			 min_inst_length, max_ops, line_range, opcode_base;
	int8_t			 line_base;
	const unsigned char	*opcode_length;	/* opcode_base - 1 of them */
	struct post_cursor	 program;
	struct post_line_file {
		struct post_str	name;
		uint64_t	dir;
	}			*file;		/* by its number in the program; before DWARF 5 number 0 is no file */
	size_t			 n_file;
	struct post_str		*dir;		/* by number */
	size_t			 n_dir;

	/* Private: for files that the program defines. */
	size_t			 n_header_file, cap_file;
	struct post_arena	*mem;
};

/* A row of the table. */
struct post_row {
	uint64_t	file;
	uint32_t	line;
	bool		found;
};

/*
 * Read the header for the unit; its tables are taken from MEM, which outlives
 * them.  COMP_DIR is the unit's directory, of a split one perhaps told by its other half.
 * Returns 0, 1: of a version or form that is not read here, or -1: corrupt.
 */
int	post_lines_open(struct post_lines *, const struct post_unit *, struct post_str comp_dir, struct post_arena *mem);

/* Bytes of the unit's program with its header; 0: it has none. */
uint64_t	post_lines_size(const struct post_unit *);

/*
 * The rows of N addresses PC, sorted, each once: the last row at or below an
 * address in the sequence that holds it.  Where sequences overlap, one that
 * begins at 0 (code that the linker threw away) counts least, and then the
 * first counts; one that begins at the highest address or at that below it
 * (thrown away too) does not count at all.  ROW is zeroed by the caller.
 * Returns 0, or -1: corrupt; what was found before stays.
 * Cost: one run of the program, a second one when addresses are left over and
 * a sequence begins at 0.  Only files that the program defines are kept.
 */
int	post_lines_find(struct post_lines *, const uint64_t *pc, size_t n, struct post_row *row);

/* Set the file of SITE to number FILE; unknown when there is no such number. */
void	post_lines_file(const struct post_lines *, uint64_t file, struct post_site *site);

/* Append a file that the program defines, read from C (DW_LNE_define_file); for lines-run.c. */
void	post_lines_define(struct post_lines *, struct post_cursor *c);

#endif
