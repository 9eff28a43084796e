/* SPDX-License-Identifier: BSD-2-Clause */
#include "../base/mem.h"
#include "split.h"

enum {
	PARTS_MAX = 16,		/* sections that an index can name; there are eight */
	TRIES_MAX = 1 << 10,	/* at slots of the hash table: a third of them is free */
	UNITS_MAX = 256		/* of a .dwo that are looked at */
};

/* An index of a package: a hash table of units, and of each where its part of each section is. */
struct index {
	unsigned		version;
	uint32_t		parts, units, slots;
	struct post_cursor	ids, rows, sections, offsets, sizes;
};

static struct post_cursor
part(struct post_cursor *c, uint64_t n)
{
	struct post_cursor p = *c;

	post_skip(c, n);
	p.end = c->p;
	p.bad = c->bad;
	return p;
}

static bool
read_index(struct post_str s, struct index *x)
{
	struct post_cursor c = post_cursor_of(s);
	uint64_t cells;

	x->version = post_read_u32(&c) & UINT16_MAX;	/* in DWARF 5 two bytes of padding follow */
	x->parts = post_read_u32(&c);
	x->units = post_read_u32(&c);
	x->slots = post_read_u32(&c);
	cells = 4 * (uint64_t)x->parts * x->units;
	if ((x->version != 2 && x->version != 5) || x->parts > PARTS_MAX || x->slots == 0 || (x->slots & (x->slots - 1)) != 0)
		return false;
	x->ids = part(&c, 8 * (uint64_t)x->slots);
	x->rows = part(&c, 4 * (uint64_t)x->slots);
	x->sections = part(&c, 4 * (uint64_t)x->parts);
	x->offsets = part(&c, cells);
	x->sizes = part(&c, cells);
	return !c.bad;
}

static uint32_t
u32_at(struct post_cursor c, uint64_t i)
{
	post_skip(&c, 4 * i);
	return post_read_u32(&c);
}

/* The row of a unit, counted from 1; 0: it has none. */
static uint32_t
row_of(const struct index *x, uint64_t id)
{
	uint32_t mask = x->slots - 1, i = (uint32_t)id & mask, step = ((uint32_t)(id >> 32) & mask) | 1, tries;

	for (tries = 0; tries < x->slots && tries < TRIES_MAX; tries++) {
		struct post_cursor c = x->ids;
		uint32_t row = u32_at(x->rows, i);
		uint64_t here;

		post_skip(&c, 8 * (uint64_t)i);
		here = post_read_u64(&c);
		if (row == 0)
			return 0;
		if (here == id)
			return row <= x->units ? row : 0;
		i = (i + step) & mask;
	}
	return 0;
}

static int
section_of(unsigned version, uint32_t number)
{
	switch (number) {
	case DW_SECT_INFO: return POST_DEBUG_INFO;
	case DW_SECT_ABBREV: return POST_DEBUG_ABBREV;
	case DW_SECT_STR_OFFSETS: return POST_DEBUG_STR_OFFSETS;
	case DW_SECT_RNGLISTS: return version == 5 ? POST_DEBUG_RNGLISTS : -1;	/* before: .debug_macro */
	default: return -1;
	}
}

static struct post_str
slice(struct post_str s, uint64_t from, uint64_t n)
{
	if (from > s.n || n > s.n - from)
		return (struct post_str){ 0 };
	s = post_str_from(s, (size_t)from);
	s.n = (size_t)n;
	return s;
}

/* The package's sections as the unit ID sees them; NULL: it is not in there. */
static const struct post_sections *
unpack(const struct post_sections *package, uint64_t id, struct post_arena *mem)
{
	struct post_sections *mine;
	struct index x;
	uint32_t row, i;

	if (package->s[POST_DEBUG_CU_INDEX].n == 0 || !read_index(package->s[POST_DEBUG_CU_INDEX], &x) ||
	    (row = row_of(&x, id)) == 0)
		return NULL;
	mine = post_take(mem, sizeof *mine);
	*mine = *package;
	for (i = 0; i < x.parts; i++) {
		uint64_t cell = (uint64_t)(row - 1) * x.parts + i;
		int k = section_of(x.version, u32_at(x.sections, i));

		if (k >= 0)
			mine->s[k] = slice(package->s[k], u32_at(x.offsets, cell), u32_at(x.sizes, cell));
	}
	return mine;
}

/* The unit in IN that has the id of SKELETON. */
static struct post_split
look_in(const struct post_sections *in, const struct post_unit *skeleton, struct post_abbrevs *abbrevs)
{
	struct post_unit u;
	uint64_t at = 0;
	unsigned i;

	for (i = 0; i < UNITS_MAX && at < in->s[POST_DEBUG_INFO].n; i++, at = u.end) {
		enum post_reading got = post_unit_header(skeleton->dwarf, in, at, &u);

		if (u.end <= at)
			break;
		if (got != POST_READ || u.type == DW_UT_type || u.type == DW_UT_split_type)
			continue;
		if (u.format.version < 5 && post_unit_open(&u, abbrevs) != POST_READ)
			continue;
		if (u.id == skeleton->id)
			return (struct post_split){ in, at };
	}
	return (struct post_split){ NULL, 0 };
}

struct post_split
post_split_find(const struct post_unit *skeleton, struct post_abbrevs *abbrevs, struct post_arena *mem)
{
	const struct post_dwarf *d = skeleton->dwarf;
	const struct post_sections *in = unpack(&d->dwp, skeleton->id, mem);

	if (in == NULL && d->dwo != NULL)
		in = d->dwo(d->arg, skeleton->comp_dir, skeleton->dwo_name, skeleton->id);
	return in != NULL ? look_in(in, skeleton, abbrevs) : (struct post_split){ NULL, 0 };
}
