/* SPDX-License-Identifier: BSD-2-Clause */
/* Line number programs, run and matched with addresses (lines.h). */
#include <dwarf.h>
#include <stdlib.h>
#include "lines.h"
#include "addresses.h"

#define NOWHERE	UINT64_MAX	/* above every address that a row can hold */

/* The registers of the state machine (DWARF 5, 6.2.2) that an answer needs. */
struct registers {
	uint64_t	addr, file;
	uint32_t	line, op_index;
};

static const struct registers initial = { .file = 1, .line = 1 };

/* What an opcode adds, when it is one that gives a row. */
struct step {
	int16_t		line;
	uint16_t	addr;
	bool		row;
};

struct search {
	struct post_lines	*l;
	const uint64_t		*pc;
	struct post_row		*row;
	struct post_pending	 pending;		/* addresses without a row */
	size_t			 at;		/* the first of them that the next rows can be of */
	bool			 dead;		/* the linker threw the code away that the next rows are of */
	bool			 at_zero;	/* only sequences that begin at 0 count; else those do not */
	bool			 passed_zero;	/* there was one that did not count */
	int16_t			 special_line[UINT8_MAX + 1];	/* what special opcodes do (6.2.5.1) */
	uint8_t			 special_ops[UINT8_MAX + 1];
	struct step		 step[UINT8_MAX + 1];
	bool			 usual;		/* opcodes mean what run_rows takes them for */
};

/*
 * A program on its way.  The last row holds the addresses up to the next one;
 * as long as rows stay below LIMIT, no address that is wanted lies between.
 */
struct machine {
	struct post_cursor	c;
	struct registers	r;
	struct post_row		last;
	uint64_t		limit;		/* one above a wanted address; NOWHERE: none is ahead; 0: no row yet */
};

static uint64_t
next_limit(const struct search *s)
{
	return s->at < s->pending.n && s->pc[s->at] < NOWHERE ? s->pc[s->at] + 1 : NOWHERE;
}

/* A sequence begins at ADDR. */
static uint64_t
begin(struct search *s, uint64_t addr)
{
	if (s->dead || s->at_zero != (addr == 0)) {
		s->passed_zero |= !s->dead && addr == 0;
		s->at = s->pending.n;
		return NOWHERE;
	}
	s->at = post_pending_from(&s->pending, post_first_from(s->pc, 0, s->pending.n, addr));
	return next_limit(s);
}

/* LAST holds the wanted addresses that are below END. */
static uint64_t
fill(struct search *s, struct post_row last, uint64_t end)
{
	while (s->at < s->pending.n && s->pc[s->at] < end) {
		s->row[s->at] = last;
		s->at = post_pending_done(&s->pending, s->at);
	}
	return next_limit(s);
}

/* A row at ADDR, which is not below the limit.  Returns the next limit. */
static uint64_t
pass_limit(struct search *s, struct post_row last, uint64_t addr, uint64_t limit)
{
	return limit == 0 ? begin(s, addr) : fill(s, last, addr);
}

/* The next bytes of a program: where they are, and eight of them. */
struct ahead {
	const unsigned char	*p;
	uint64_t		 bytes;
};

static inline void
pass(struct ahead *a, unsigned n)
{
	a->p += n;
	a->bytes >>= 8 * n;
}

static inline unsigned
opcode(const struct ahead *a)
{
	return a->bytes & 0xff;
}

/* An advance_line with a number of up to two bytes, which are nearly all; false for others. */
static inline bool
pass_line(struct ahead *a, uint32_t *line)
{
	uint32_t low = a->bytes >> 8 & 0x7f, high = a->bytes >> 16 & 0x7f;

	if ((a->bytes & 0x8000) == 0) {
		*line += (low ^ 0x40) - 0x40;
		pass(a, 2);
		return true;
	}
	if ((a->bytes & 0x800000) != 0)
		return false;
	*line += ((high << 7 | low) ^ 0x2000) - 0x2000;
	pass(a, 3);
	return true;
}

/* What stands often enough where a row was expected; false: it is something else, or not as short. */
static inline bool
pass_other(struct ahead *a, const unsigned char *end)
{
	unsigned length = a->bytes >> 8 & 0xff;

	if (opcode(a) == DW_LNS_negate_stmt)
		return true;	/* run_rows takes it, as the next two, the next time round */
	if (opcode(a) == DW_LNS_set_column || opcode(a) == DW_LNS_advance_line)
		return length < 0x80;
	if (opcode(a) != 0 || (a->bytes >> 16 & 0xff) != DW_LNE_set_discriminator)
		return false;
	if (length == 0 || length >= 8 || end - a->p < 10)
		return false;
	a->p += 2 + length;
	return true;
}

/*
 * Rows as compilers write them: a column, a change of is_stmt, a line, each
 * or none, and the opcode that gives the row.  No processor foresees whether the
 * first two are there, so that no branch depends on it.  Stops at anything else.
 */
static void
run_rows(struct search *s, struct machine *m)
{
	const unsigned char *end = m->c.end;
	struct ahead a = { .p = m->c.p };
	uint64_t addr = m->r.addr, limit = m->limit;
	uint32_t line = m->r.line;

	while (end - a.p >= (ptrdiff_t)sizeof a.bytes) {
		struct step step;

		memcpy(&a.bytes, a.p, sizeof a.bytes);
		pass(&a, ((a.bytes & 0x80ff) == DW_LNS_set_column) << 1);
		pass(&a, opcode(&a) == DW_LNS_negate_stmt);
		if (opcode(&a) == DW_LNS_advance_line && !pass_line(&a, &line))
			break;
		step = s->step[opcode(&a)];
		if (!step.row) {
			if (!pass_other(&a, end))
				break;
			continue;
		}
		a.p++;
		line += (uint32_t)step.line;
		addr += step.addr;
		if (addr >= limit)
			limit = pass_limit(s, m->last, addr, limit);
		m->last.file = m->r.file;
		m->last.line = line;
	}
	m->c.p = a.p;
	m->r.addr = addr;
	m->r.line = line;
	m->limit = limit;
}

static void
put_row(struct search *s, struct machine *m)
{
	if (m->r.addr >= m->limit)
		m->limit = pass_limit(s, m->last, m->r.addr, m->limit);
	m->last.file = m->r.file;
	m->last.line = m->r.line;
}

/* Linkers write the highest addresses, or 0, over those of code that they threw away. */
static bool
is_dead(uint64_t addr, size_t size)
{
	return size == 4 ? addr == UINT32_MAX || addr == UINT32_MAX - 1 : addr >= UINT64_MAX - 1;
}

/* The address becomes ADDR; rows that go backwards are matched as if a sequence began. */
static void
move(struct machine *m, uint64_t addr)
{
	if (addr < m->r.addr)
		m->limit = 0;
	m->r.addr = addr;
}

static void
advance(const struct post_lines *l, struct machine *m, uint64_t ops)
{
	uint64_t all = m->r.op_index + ops;

	if (l->max_ops > 1) {
		m->r.op_index = (uint32_t)(all % l->max_ops);
		ops = all / l->max_ops;
	}
	move(m, m->r.addr + l->min_inst_length * ops);
}

static void
set_address(struct search *s, struct machine *m, struct post_cursor *operand)
{
	size_t size = post_left(operand);
	uint64_t addr = post_read_size(operand, size <= sizeof addr ? (unsigned)size : 0);
	bool dead = is_dead(addr, size);

	if (dead || s->dead)
		m->limit = 0;
	s->dead = dead;
	move(m, addr);
	m->r.op_index = 0;
}

static void
end_sequence(struct search *s, struct machine *m)
{
	if (m->limit != 0 && m->r.addr >= m->limit)
		fill(s, m->last, m->r.addr);
	m->limit = 0;
	m->r = initial;
	s->dead = false;
}

/* An extended opcode (6.2.5.3).  Those that are not known have no effect, as discriminators have none here. */
static void
run_extended(struct search *s, struct machine *m)
{
	uint64_t length = post_read_uleb(&m->c);
	struct post_cursor operand = m->c;

	post_skip(&m->c, length);
	if (length == 0 || m->c.bad)
		return;
	operand.end = m->c.p;
	switch (post_read_u8(&operand)) {
	case DW_LNE_end_sequence: end_sequence(s, m); break;
	case DW_LNE_set_address: set_address(s, m, &operand); break;
	case DW_LNE_define_file:
		if (!s->at_zero)
			post_lines_define(s->l, &operand);
		break;
	}
	if (operand.bad)
		post_read_over(&m->c);
}

static void
run_standard(struct search *s, struct machine *m, unsigned op)
{
	unsigned n;

	switch (op) {
	case DW_LNS_copy: put_row(s, m); break;
	case DW_LNS_advance_pc: advance(s->l, m, post_read_uleb(&m->c)); break;
	case DW_LNS_advance_line: m->r.line += (uint32_t)post_read_sleb(&m->c); break;
	case DW_LNS_set_file: m->r.file = post_read_uleb(&m->c); break;
	case DW_LNS_set_column: case DW_LNS_set_isa: (void)post_read_uleb(&m->c); break;
	case DW_LNS_negate_stmt: case DW_LNS_set_basic_block: break;
	case DW_LNS_set_prologue_end: case DW_LNS_set_epilogue_begin: break;
	case DW_LNS_const_add_pc: advance(s->l, m, s->special_ops[UINT8_MAX]); break;
	case DW_LNS_fixed_advance_pc:
		move(m, m->r.addr + post_read_u16(&m->c));
		m->r.op_index = 0;
		break;
	default:
		for (n = s->l->opcode_length[op - 1]; n > 0; n--)
			(void)post_read_uleb(&m->c);
	}
}

/* Any opcode. */
static void
run_one(struct search *s, struct machine *m)
{
	unsigned op = post_read_u8(&m->c);

	if (op >= s->l->opcode_base) {
		m->r.line += (uint32_t)s->special_line[op];
		advance(s->l, m, s->special_ops[op]);
		put_row(s, m);
	} else if (op == 0) {
		run_extended(s, m);
	} else {
		run_standard(s, m, op);
	}
}

static int
run(struct search *s)
{
	struct machine m = { .c = s->l->program, .r = initial, .last.found = true };

	s->dead = false;
	while (post_left(&m.c) > 0) {
		if (s->usual)
			run_rows(s, &m);
		if (post_left(&m.c) > 0)
			run_one(s, &m);
	}
	return m.c.bad || m.limit != 0 ? -1 : 0;	/* end_sequence is the last */
}

static void
set_steps(struct search *s)
{
	const struct post_lines *l = s->l;
	unsigned line = 0, ops = 0;

	for (unsigned op = l->opcode_base; op <= UINT8_MAX; op++) {
		s->special_line[op] = (int16_t)(l->line_base + (int)line);
		s->special_ops[op] = (uint8_t)ops;
		s->step[op] = (struct step){ s->special_line[op], (uint16_t)(ops * l->min_inst_length), true };
		if (++line == l->line_range)
			line = 0, ops++;
	}
	s->step[DW_LNS_copy].row = true;
	s->usual = l->max_ops == 1 && l->opcode_base > DW_LNS_fixed_advance_pc;
}

int
post_lines_find(struct post_lines *l, const uint64_t *pc, size_t n, struct post_row *row)
{
	struct search s = { .l = l, .pc = pc, .row = row };
	int status;

	l->n_file = l->n_header_file;
	set_steps(&s);
	post_pending_init(&s.pending, n);
	status = run(&s);
	if (s.passed_zero && post_pending_from(&s.pending, 0) < n) {
		s.at_zero = true;
		(void)run(&s);
	}
	free(s.pending.next);
	return status;
}
