/* SPDX-License-Identifier: BSD-2-Clause */
#include <dwarf.h>
#include <limits.h>
#include "lines.h"

enum {
	NOT_READ = 1,			/* what post_lines_open returns for a version or form that it does not know */
	FORMATS_MAX = UINT8_MAX		/* their number is a byte */
};

/* What it takes to read a header. */
struct reader {
	const struct post_unit	*unit;
	struct post_lines	*l;
	struct post_cursor	 c;	/* ends where the program begins */
	struct post_format	 format;
};

/* How the entries of a table are written (DWARF 5, 6.2.4.1). */
struct formats {
	uint64_t	content[FORMATS_MAX];
	uint8_t		form[FORMATS_MAX];
	unsigned	n;
};

static void
read_formats(struct post_cursor *c, struct formats *f)
{
	f->n = post_read_u8(c);
	for (unsigned i = 0; i < f->n; i++) {
		f->content[i] = post_read_uleb(c);
		f->form[i] = post_form_of(post_read_uleb(c));
	}
}

static int
read_entry(struct reader *r, const struct formats *f, struct post_line_file *e)
{
	struct post_value v;

	*e = (struct post_line_file){ { NULL, 0 }, 0 };
	for (unsigned i = 0; i < f->n; i++) {
		enum post_reading got = f->form[i] == 0 ? POST_UNREAD : post_value_read(&r->c, f->form[i], r->format, 0, &v);

		if (got != POST_READ)
			return got == POST_UNREAD ? NOT_READ : -1;
		if (f->content[i] == DW_LNCT_path)
			e->name = post_unit_string(r->unit, &v, PATH_MAX);
		if (f->content[i] == DW_LNCT_directory_index)
			e->dir = v.u;
	}
	return 0;
}

/* A table of DWARF 5.  Every value of an entry fills a byte or more, so that a count is no promise. */
static int
read_entries(struct reader *r, struct post_line_file **table, size_t *n)
{
	struct formats f;
	uint64_t count;
	int status;

	read_formats(&r->c, &f);
	count = post_read_uleb(&r->c);
	if (r->c.bad || (count > 0 && (f.n == 0 || count > post_left(&r->c) / f.n)))
		return -1;
	*table = post_take(r->l->mem, count * sizeof **table);
	for (*n = 0; *n < count; ++*n)
		if ((status = read_entry(r, &f, &(*table)[*n])) != 0)
			return status;
	return 0;
}

static int
read_tables(struct reader *r)
{
	struct post_lines *l = r->l;
	struct post_line_file *dir;
	int status = read_entries(r, &dir, &l->n_dir);

	if (status != 0)
		return status;
	l->dir = post_take(l->mem, l->n_dir * sizeof *l->dir);
	for (size_t i = 0; i < l->n_dir; i++)
		l->dir[i] = dir[i].name;
	return read_entries(r, &l->file, &l->n_file);
}

/* No path is longer, and many rows may have the same. */
static struct post_str
read_path(struct post_cursor *c)
{
	struct post_str path = post_read_cstr(c);

	return path.n < PATH_MAX ? path : (struct post_str){ NULL, 0 };
}

static void
read_file(struct post_cursor *c, struct post_line_file *f)
{
	f->name = read_path(c);
	f->dir = post_read_uleb(c);
	(void)post_read_uleb(c);	/* time */
	(void)post_read_uleb(c);	/* size */
}

/* An empty name ends a table before DWARF 5. */
static bool
at_end(const struct post_cursor *c)
{
	return post_left(c) == 0 || *c->p == '\0';
}

/* The tables of DWARF 2 to 4: what has number 0 is not written. */
static int
read_old_tables(struct reader *r)
{
	struct post_lines *l = r->l;
	struct post_cursor c = r->c;
	struct post_line_file skipped;

	for (l->n_dir = 1; !at_end(&c); l->n_dir++)
		(void)post_read_cstr(&c);
	(void)post_read_u8(&c);
	for (l->n_file = 1; !at_end(&c); l->n_file++)
		read_file(&c, &skipped);
	(void)post_read_u8(&c);
	if (c.bad)
		return -1;
	l->dir = post_take(l->mem, l->n_dir * sizeof *l->dir);
	l->file = post_take(l->mem, l->n_file * sizeof *l->file);
	l->dir[0] = (struct post_str){ NULL, 0 };
	l->file[0] = (struct post_line_file){ { NULL, 0 }, 0 };
	for (size_t i = 1; i < l->n_dir; i++)
		l->dir[i] = read_path(&r->c);
	(void)post_read_u8(&r->c);
	for (size_t i = 1; i < l->n_file; i++)
		read_file(&r->c, &l->file[i]);
	return 0;
}

/* The length of a unit, by which *C is cut, and what offsets in it fill. */
static unsigned
read_unit_length(struct post_cursor *c)
{
	unsigned width;
	uint64_t n = post_read_length(c, &width);

	if (width == 4 && n >= 0xfffffff0)	/* reserved (7.2.2) */
		post_read_over(c);
	if (n > post_left(c))
		post_read_over(c);
	else if (!c->bad)
		c->end = c->p + n;
	return width;
}

static int
read_numbers(struct reader *r)
{
	struct post_lines *l = r->l;
	struct post_cursor *c = &r->c;

	l->min_inst_length = post_read_u8(c);
	l->max_ops = l->version >= 4 ? post_read_u8(c) : 1;
	(void)post_read_u8(c);		/* default_is_stmt */
	l->line_base = (int8_t)post_read_u8(c);
	l->line_range = post_read_u8(c);
	l->opcode_base = post_read_u8(c);
	l->opcode_length = c->p;
	if (l->opcode_base > 0)
		post_skip(c, l->opcode_base - 1u);
	return c->bad || l->opcode_base == 0 || l->line_range == 0 || l->max_ops == 0 ? -1 : 0;
}

void
post_lines_define(struct post_lines *l, struct post_cursor *c)
{
	struct post_line_file *more;

	if (l->n_file == l->cap_file) {
		l->cap_file = 2 * l->cap_file + 8;
		more = post_take(l->mem, l->cap_file * sizeof *more);
		if (l->n_file > 0)
			memcpy(more, l->file, l->n_file * sizeof *more);
		l->file = more;
	}
	read_file(c, &l->file[l->n_file++]);
}

uint64_t
post_lines_size(const struct post_unit *u)
{
	struct post_cursor c = post_cursor_at(u->in->s[POST_DEBUG_LINE], u->lines);

	(void)read_unit_length(&c);
	return u->has_lines ? post_left(&c) : 0;
}

int
post_lines_open(struct post_lines *l, const struct post_unit *u, struct post_str comp_dir, struct post_arena *mem)
{
	struct reader r = { .unit = u, .l = l, .c = post_cursor_at(u->in->s[POST_DEBUG_LINE], u->lines) };
	uint64_t header;
	int status;

	*l = (struct post_lines){ .comp_dir = comp_dir, .mem = mem };
	r.format.offset_size = (uint8_t)read_unit_length(&r.c);
	l->version = post_read_u16(&r.c);
	if (r.c.bad)
		return -1;
	if (l->version < 2 || l->version > 5)
		return NOT_READ;
	if (l->version == 5) {
		r.format.address_size = post_read_u8(&r.c);
		if (post_read_u8(&r.c) != 0)	/* addresses in segments */
			return NOT_READ;
	}
	r.format.version = (uint8_t)l->version;
	header = post_read_size(&r.c, r.format.offset_size);
	l->program = r.c;
	post_skip(&l->program, header);
	r.c.end = l->program.p;
	if (l->program.bad || r.c.bad || read_numbers(&r) == -1)
		return -1;
	status = l->version == 5 ? read_tables(&r) : read_old_tables(&r);
	if (status == 0)
		l->n_header_file = l->cap_file = l->n_file;
	return status;
}

/* Number 0 is the unit's own directory, and the others are relative to it. */
static void
set_dir(const struct post_lines *l, uint64_t dir, struct post_site *site)
{
	bool named = l->version >= 5 && l->n_dir > 0;

	site->comp_dir = l->comp_dir.n == 0 && named ? l->dir[0] : l->comp_dir;
	site->dir = dir > 0 || (named && l->dir[0].n > 0 && l->dir[0].p[0] == '/') ? l->dir[dir] : (struct post_str){ NULL, 0 };
}

void
post_lines_file(const struct post_lines *l, uint64_t file, struct post_site *site)
{
	site->comp_dir = site->dir = site->file = (struct post_str){ NULL, 0 };
	if (file >= l->n_file || l->file[file].name.n == 0)
		return;
	site->file = l->file[file].name;
	if (l->file[file].dir < l->n_dir)
		set_dir(l, l->file[file].dir, site);
}
