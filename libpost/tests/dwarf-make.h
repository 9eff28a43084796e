/* SPDX-License-Identifier: BSD-2-Clause */
/* Small sections of debug information, put together in memory. */
#ifndef DWARF_MAKE_H
#define DWARF_MAKE_H

#include <dwarf.h>
#include <stdarg.h>
#include "../base/buf.h"
#include "../dwarf/dwarf.h"

/* { .version = ..., .wide = 4 or 8, .address = 4 or 8 } is empty.  NOW is the section that bytes go to. */
struct dw {
	unsigned	version, wide, address;
	struct post_buf	s[POST_SECTIONS];
	unsigned	now;
	size_t		unit;	/* where the unit begins, its header's length field */
};

static inline size_t
dw_at(const struct dw *d)
{
	return d->s[d->now].n;
}

static inline void
dw_n(struct dw *d, uint64_t x, unsigned size)
{
	while (size-- > 0) {
		post_putc(&d->s[d->now], (char)(unsigned char)x);
		x >>= 8;
	}
}

static inline void
dw_uleb(struct dw *d, uint64_t x)
{
	for (; x >= 0x80; x >>= 7)
		dw_n(d, (x & 0x7f) | 0x80, 1);
	dw_n(d, x, 1);
}

static inline void
dw_str(struct dw *d, const char *s)
{
	post_put(&d->s[d->now], (struct post_str){ s, strlen(s) + 1 });
}

static inline void
dw_offset(struct dw *d, uint64_t x)
{
	dw_n(d, x, d->wide);
}

static inline void
dw_addr(struct dw *d, uint64_t x)
{
	dw_n(d, x, d->address);
}

/* Put X over the SIZE bytes at AT. */
static inline void
dw_patch(struct dw *d, size_t at, uint64_t x, unsigned size)
{
	for (unsigned i = 0; i < size; i++)
		d->s[d->now].s[at + i] = (char)(unsigned char)(x >> 8 * i);
}

/* A length that dw_end fills; returns where it is. */
static inline size_t
dw_begin(struct dw *d)
{
	size_t at = dw_at(d);

	if (d->wide == 8)
		dw_n(d, UINT32_MAX, 4);
	dw_n(d, 0, d->wide);
	return at;
}

static inline void
dw_end(struct dw *d, size_t at)
{
	size_t field = d->wide == 8 ? at + 4 : at;

	dw_patch(d, field, dw_at(d) - field - d->wide, d->wide);
}

/* The header of a unit; ID of those that have one. */
static inline void
dw_unit(struct dw *d, unsigned type, uint64_t abbrev, uint64_t id)
{
	d->now = POST_DEBUG_INFO;
	d->unit = dw_begin(d);
	dw_n(d, d->version, 2);
	if (d->version >= 5) {
		dw_n(d, type, 1);
		dw_n(d, d->address, 1);
		dw_offset(d, abbrev);
		if (type == DW_UT_skeleton || type == DW_UT_split_compile)
			dw_n(d, id, 8);
		return;
	}
	dw_offset(d, abbrev);
	dw_n(d, d->address, 1);
}

/* An abbreviation: pairs of an attribute and its form, ended by a 0; a constant under 64 behind its form. */
static inline void
dw_abbrev(struct dw *d, unsigned code, unsigned tag, bool children, ...)
{
	unsigned was = d->now, name;
	va_list ap;

	d->now = POST_DEBUG_ABBREV;
	dw_uleb(d, code);
	dw_uleb(d, tag);
	dw_n(d, children, 1);
	va_start(ap, children);
	while ((name = va_arg(ap, unsigned)) != 0) {
		unsigned form = va_arg(ap, unsigned);

		dw_uleb(d, name);
		dw_uleb(d, form);
		if (form == DW_FORM_implicit_const)
			dw_n(d, va_arg(ap, unsigned), 1);
	}
	va_end(ap);
	dw_n(d, 0, 2);
	d->now = was;
}

/* A line program of one sequence: rows are pairs of address and line of file 1, ended by an address and line 0. */
struct dw_row {
	uint64_t	addr;
	unsigned	line;
};

static inline void
dw_line_files(struct dw *d)
{
	if (d->version < 5) {
		dw_str(d, "");
		dw_str(d, "a.c");
		dw_n(d, 0, 3);
		dw_str(d, "b.c");
		dw_n(d, 0, 4);
		return;
	}
	for (int k = 0; k < 2; k++) {
		dw_n(d, 1, 1);
		dw_uleb(d, DW_LNCT_path);
		dw_uleb(d, DW_FORM_string);
		dw_uleb(d, k == 0 ? 1 : 3);
		if (k == 0)
			dw_str(d, "/d");
	}
	dw_str(d, "a.c");
	dw_str(d, "a.c");
	dw_str(d, "b.c");
}

static inline void
dw_line_head(struct dw *d)
{
	static const unsigned char lengths[] = { 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1 };
	size_t field;

	dw_n(d, d->version, 2);
	if (d->version >= 5) {
		dw_n(d, d->address, 1);
		dw_n(d, 0, 1);
	}
	field = dw_at(d);
	dw_offset(d, 0);
	dw_n(d, 1, 1);
	if (d->version >= 4)
		dw_n(d, 1, 1);
	dw_n(d, 1, 1);
	dw_n(d, 0xfb, 1);
	dw_n(d, 14, 1);
	dw_n(d, 13, 1);
	for (size_t i = 0; i < sizeof lengths; i++)
		dw_n(d, lengths[i], 1);
	dw_line_files(d);
	dw_patch(d, field, dw_at(d) - field - d->wide, d->wide);
}

static inline uint64_t
dw_lines(struct dw *d, const struct dw_row *row)
{
	unsigned was = d->now, line = 1;
	size_t at;

	d->now = POST_DEBUG_LINE;
	at = dw_begin(d);
	dw_line_head(d);
	for (;; row++) {
		dw_n(d, 0, 1);
		dw_uleb(d, 1 + d->address);
		dw_n(d, DW_LNE_set_address, 1);
		dw_addr(d, row->addr);
		if (row->line == 0)
			break;
		dw_n(d, DW_LNS_advance_line, 1);
		dw_n(d, (row->line - line) & 0x7f, 1);	/* a step of -64 to 63 */
		dw_n(d, DW_LNS_copy, 1);
		line = row->line;
	}
	dw_n(d, 0, 1);
	dw_n(d, 1, 1);
	dw_n(d, DW_LNE_end_sequence, 1);
	dw_end(d, at);
	d->now = was;
	return at;
}

/* Views of the sections; valid until more is put. */
static inline struct post_sections
dw_sections(const struct dw *d)
{
	struct post_sections s;

	for (unsigned i = 0; i < POST_SECTIONS; i++)
		s.s[i] = post_buf_str(&d->s[i]);
	return s;
}

static inline void
dw_free(struct dw *d)
{
	for (unsigned i = 0; i < POST_SECTIONS; i++)
		post_buf_free(&d->s[i]);
}

#endif
