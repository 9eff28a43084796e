/* SPDX-License-Identifier: BSD-2-Clause */
#include <limits.h>
#include "unit.h"

/* Sections begin with a header where DWARF 5 has offsets in them; bases point behind it. */
static uint64_t
header_of(const struct post_unit *u, unsigned short_one)
{
	return u->format.version < 5 ? 0 : u->format.offset_size == 8 ? short_one + 8 : short_one;
}

struct post_cursor
post_unit_cursor(const struct post_unit *u, uint64_t at)
{
	struct post_str s = u->in->s[POST_DEBUG_INFO];

	s.n = u->end < s.n ? (size_t)u->end : s.n;
	return post_cursor_at(s, at);
}

static enum post_reading
read_header5(struct post_cursor *c, struct post_unit *u)
{
	u->type = post_read_u8(c);
	u->format.address_size = post_read_u8(c);
	u->abbrev = post_read_size(c, u->format.offset_size);
	switch (u->type) {
	case DW_UT_compile:
	case DW_UT_partial:
		return POST_READ;
	case DW_UT_skeleton:
	case DW_UT_split_compile:
		u->id = post_read_u64(c);
		return POST_READ;
	case DW_UT_type:
	case DW_UT_split_type:
		u->id = post_read_u64(c);
		post_skip(c, u->format.offset_size);
		return POST_READ;
	default:
		return POST_UNREAD;
	}
}

/* Behind the length. */
static enum post_reading
read_header(struct post_cursor *c, struct post_unit *u)
{
	uint16_t version = post_read_u16(c);
	enum post_reading got = POST_READ;

	u->format.version = (uint8_t)version;
	if (c->bad)
		return POST_CORRUPT;
	if (version < 2 || version > 5)
		return POST_UNREAD;
	if (version == 5) {
		got = read_header5(c, u);
	} else {
		u->type = DW_UT_compile;
		u->abbrev = post_read_size(c, u->format.offset_size);
		u->format.address_size = post_read_u8(c);
	}
	if (c->bad)
		return POST_CORRUPT;
	return u->format.address_size == 4 || u->format.address_size == 8 ? got : POST_UNREAD;
}

enum post_reading
post_unit_header(const struct post_dwarf *d, const struct post_sections *in, uint64_t at, struct post_unit *u)
{
	struct post_str s = in->s[POST_DEBUG_INFO];
	struct post_cursor c = post_cursor_at(s, at);
	unsigned width;
	uint64_t length = post_read_length(&c, &width), behind = at + (width == 8 ? 12 : 4);
	enum post_reading got;

	*u = (struct post_unit){ .dwarf = d, .in = in, .at = at, .format.offset_size = (uint8_t)width };
	if (c.bad || length > post_left(&c)) {
		u->end = 0;
		return POST_CORRUPT;
	}
	u->end = behind + length;
	c.end = c.p + length;
	got = read_header(&c, u);
	u->top = u->end - post_left(&c);
	return got;
}

static enum post_attribute
attribute_of(uint64_t name)
{
	switch (name) {
	case DW_AT_name: return POST_AT_NAME;
	case DW_AT_linkage_name:
	case DW_AT_MIPS_linkage_name: return POST_AT_LINKAGE_NAME;
	case DW_AT_abstract_origin: return POST_AT_ORIGIN;
	case DW_AT_specification: return POST_AT_SPECIFICATION;
	case DW_AT_call_file: return POST_AT_CALL_FILE;
	case DW_AT_call_line: return POST_AT_CALL_LINE;
	case DW_AT_low_pc: return POST_AT_LOW;
	case DW_AT_high_pc: return POST_AT_HIGH;
	case DW_AT_ranges: return POST_AT_RANGES;
	case DW_AT_stmt_list: return POST_AT_LINES;
	case DW_AT_comp_dir: return POST_AT_COMP_DIR;
	case DW_AT_dwo_name:
	case DW_AT_GNU_dwo_name: return POST_AT_DWO_NAME;
	case DW_AT_GNU_dwo_id: return POST_AT_DWO_ID;
	case DW_AT_str_offsets_base: return POST_AT_STR_OFFSETS_BASE;
	case DW_AT_addr_base:
	case DW_AT_GNU_addr_base: return POST_AT_ADDR_BASE;
	case DW_AT_rnglists_base: return POST_AT_RNGLISTS_BASE;
	case DW_AT_GNU_ranges_base: return POST_AT_RANGES_BASE;
	default: return POST_ATTRIBUTES;
	}
}

enum post_reading
post_unit_values(const struct post_unit *u, const struct post_abbrev *a, struct post_cursor *c,
    struct post_value *value)
{
	struct post_cursor spec = post_cursor_of(u->in->s[POST_DEBUG_ABBREV]);
	struct post_value v;

	memset(value, 0, POST_ATTRIBUTES * sizeof *value);
	for (spec.p = a->spec;;) {
		uint64_t name = post_read_uleb(&spec), number = post_read_uleb(&spec);
		int64_t constant = number == DW_FORM_implicit_const ? post_read_sleb(&spec) : 0;
		enum post_attribute i = attribute_of(name);
		uint8_t form = post_form_of(number);
		enum post_reading got;

		if ((name == 0 && number == 0) || spec.bad)
			return POST_READ;
		if (form == 0)
			return POST_UNREAD;
		got = post_value_read(c, form, u->format, constant, &v);
		if (got != POST_READ)
			return got;
		if (i != POST_ATTRIBUTES && value[i].form == 0)
			value[i] = v;
	}
}

enum post_reading
post_unit_entry(const struct post_unit *u, struct post_cursor *c, struct post_value *value)
{
	uint64_t code = post_read_uleb(c);
	const struct post_abbrev *a;

	memset(value, 0, POST_ATTRIBUTES * sizeof *value);
	if (code == 0)
		return c->bad ? POST_CORRUPT : POST_READ;
	if ((a = post_abbrev(u->abbrevs, code)) == NULL)
		return post_abbrev_why(u->abbrevs);
	return post_unit_values(u, a, c, value);
}

/* Bases first: strings and addresses of the same entry are found by them. */
static void
take_top(struct post_unit *u, const struct post_value *v)
{
	u->str_offsets = v[POST_AT_STR_OFFSETS_BASE].form != 0 ? v[POST_AT_STR_OFFSETS_BASE].u : header_of(u, 8);
	u->addr = v[POST_AT_ADDR_BASE].form != 0 ? v[POST_AT_ADDR_BASE].u : header_of(u, 8);
	u->rnglists = v[POST_AT_RNGLISTS_BASE].form != 0 ? v[POST_AT_RNGLISTS_BASE].u : header_of(u, 12);
	u->ranges_base_of_split = v[POST_AT_RANGES_BASE].u;
	u->low = v[POST_AT_LOW];
	u->high = v[POST_AT_HIGH];
	u->ranges = v[POST_AT_RANGES];
	if (!post_unit_address(u, &u->low, &u->base))
		u->base = 0;
	u->has_lines = v[POST_AT_LINES].form != 0;
	u->lines = v[POST_AT_LINES].u;
	u->comp_dir = post_unit_string(u, &v[POST_AT_COMP_DIR], PATH_MAX);
	u->dwo_name = post_unit_string(u, &v[POST_AT_DWO_NAME], PATH_MAX);
	if (v[POST_AT_DWO_ID].form != 0)
		u->id = v[POST_AT_DWO_ID].u;
}

enum post_reading
post_unit_open(struct post_unit *u, struct post_abbrevs *abbrevs)
{
	struct post_cursor c = post_unit_cursor(u, u->top);
	struct post_value v[POST_ATTRIBUTES];
	const struct post_abbrev *a;
	enum post_reading got;
	uint64_t code;

	u->abbrevs = abbrevs;
	u->first = u->end;
	post_abbrevs_turn(abbrevs, u->in->s[POST_DEBUG_ABBREV], u->abbrev, u->format);
	code = post_read_uleb(&c);
	if (code == 0)
		return c.bad ? POST_CORRUPT : POST_READ;
	if ((a = post_abbrev(abbrevs, code)) == NULL)
		return post_abbrev_why(abbrevs);
	u->tag = a->tag;
	if ((got = post_unit_values(u, a, &c, v)) != POST_READ)
		return got;
	if (a->children)
		u->first = u->end - post_left(&c);
	take_top(u, v);
	return POST_READ;
}

void
post_unit_join(struct post_unit *split, const struct post_unit *skeleton)
{
	split->addr = skeleton->addr;
	split->ranges_base = skeleton->ranges_base_of_split;
	split->base = skeleton->base;
}

bool
post_unit_indexed(const struct post_unit *u, uint64_t index, uint64_t *addr)
{
	struct post_str s = u->dwarf->main.s[POST_DEBUG_ADDR];
	struct post_cursor c;

	if (index > s.n)
		return false;
	c = post_cursor_at(s, u->addr);
	post_skip(&c, index * u->format.address_size);
	*addr = post_read_size(&c, u->format.address_size);
	return !c.bad;
}

bool
post_unit_address(const struct post_unit *u, const struct post_value *v, uint64_t *addr)
{
	*addr = v->u;
	if (post_form_is_addrx(v->form))
		return post_unit_indexed(u, v->u, addr);
	return v->form == DW_FORM_addr;
}

/* What has no end within MAX bytes is none. */
static struct post_str
text_at(struct post_str section, uint64_t at, size_t max)
{
	if (at >= section.n)
		return (struct post_str){ 0 };
	section = post_str_from(section, (size_t)at);
	if (section.n > max)
		section.n = max;
	return post_cstr_at(section, 0);
}

static struct post_str
indexed_string(const struct post_unit *u, uint64_t index, size_t max)
{
	struct post_str s = u->in->s[POST_DEBUG_STR_OFFSETS];
	struct post_cursor c;
	uint64_t at;

	if (index > s.n)
		return (struct post_str){ 0 };
	c = post_cursor_at(s, u->str_offsets);
	post_skip(&c, index * u->format.offset_size);
	at = post_read_size(&c, u->format.offset_size);
	return c.bad ? (struct post_str){ 0 } : text_at(u->in->s[POST_DEBUG_STR], at, max);
}

struct post_str
post_unit_string(const struct post_unit *u, const struct post_value *v, size_t max)
{
	switch (v->form) {
	case DW_FORM_string: return (struct post_str){ (const char *)v->p, v->u < max ? (size_t)v->u : 0 };
	case DW_FORM_strp: return text_at(u->in->s[POST_DEBUG_STR], v->u, max);
	case DW_FORM_line_strp: return text_at(u->in->s[POST_DEBUG_LINE_STR], v->u, max);
	case DW_FORM_strp_sup: return text_at(u->dwarf->alt.s[POST_DEBUG_STR], v->u, max);
	default: return post_form_is_strx(v->form) ? indexed_string(u, v->u, max) : (struct post_str){ 0 };
	}
}
