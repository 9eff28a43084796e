/* SPDX-License-Identifier: BSD-2-Clause */
#include "ranges.h"

/* Linkers put the last address, or the one below it, where code was thrown away. */
static bool
is_tombstone(const struct post_unit *u, uint64_t addr)
{
	return addr >= post_unit_last(u) - 1;
}

static bool
list_offset(const struct post_unit *u, const struct post_value *v, uint64_t *at)
{
	struct post_cursor c;

	*at = v->u;
	if (v->form != DW_FORM_rnglistx) {
		*at += u->format.version < 5 ? u->ranges_base : 0;
		return true;
	}
	if (v->u > u->in->s[POST_DEBUG_RNGLISTS].n)
		return false;
	c = post_cursor_at(u->in->s[POST_DEBUG_RNGLISTS], u->rnglists);
	post_skip(&c, v->u * u->format.offset_size);
	*at = u->rnglists + post_read_size(&c, u->format.offset_size);
	return !c.bad;
}

static struct post_str
list_section(const struct post_unit *u)
{
	return u->format.version < 5 ? u->dwarf->main.s[POST_DEBUG_RANGES] : u->in->s[POST_DEBUG_RNGLISTS];
}

enum post_reading
post_ranges_begin(struct post_ranges *r, const struct post_unit *u, const struct post_value *low,
    const struct post_value *high, const struct post_value *ranges, uint64_t *budget)
{
	uint64_t at;

	*r = (struct post_ranges){ .unit = u, .base = u->base, .budget = budget };
	if (ranges->form != 0) {
		r->list = true;
		if (!list_offset(u, ranges, &at))
			return POST_CORRUPT;
		r->c = post_cursor_at(list_section(u), at);
		return r->c.bad ? POST_CORRUPT : POST_READ;
	}
	if (low->form == 0 || high->form == 0)
		return POST_READ;
	if (!post_unit_address(u, low, &r->lo))
		return POST_CORRUPT;
	if (!post_unit_address(u, high, &r->hi))
		r->hi = post_form_is_addrx(high->form) ? 0 : r->lo + high->u;
	if (is_tombstone(u, r->lo))
		r->hi = 0;
	return POST_READ;
}

static void
set_from_base(struct post_ranges *r, uint64_t from, uint64_t to, uint64_t *lo, uint64_t *hi)
{
	bool gone = is_tombstone(r->unit, r->base);

	*lo = gone ? 0 : r->base + from;
	*hi = gone ? 0 : r->base + to;
}

/* One pair of .debug_ranges; false at the end of the list. */
static bool
next_pair(struct post_ranges *r, uint64_t *lo, uint64_t *hi)
{
	unsigned size = r->unit->format.address_size;
	uint64_t from = post_read_size(&r->c, size), to = post_read_size(&r->c, size);

	*lo = *hi = 0;
	if (from == post_unit_last(r->unit))
		r->base = to;
	else
		set_from_base(r, from, to, lo, hi);
	return from != 0 || to != 0;
}

/* The address of that index; 0 with a bad cursor when there is none. */
static uint64_t
indexed(struct post_ranges *r)
{
	uint64_t addr;

	if (!post_unit_indexed(r->unit, post_read_uleb(&r->c), &addr))
		return post_read_over(&r->c);
	return addr;
}

/* One entry of .debug_rnglists; false at the end of the list. */
static bool
next_entry(struct post_ranges *r, uint64_t *lo, uint64_t *hi)
{
	unsigned size = r->unit->format.address_size;
	uint64_t from;

	*lo = *hi = 0;
	switch (post_read_u8(&r->c)) {
	case DW_RLE_end_of_list:
		return false;
	case DW_RLE_base_addressx:
		r->base = indexed(r);
		break;
	case DW_RLE_startx_endx:
		*lo = indexed(r);
		*hi = indexed(r);
		break;
	case DW_RLE_startx_length:
		*lo = indexed(r);
		*hi = *lo + post_read_uleb(&r->c);
		break;
	case DW_RLE_offset_pair:
		from = post_read_uleb(&r->c);
		set_from_base(r, from, post_read_uleb(&r->c), lo, hi);
		break;
	case DW_RLE_base_address:
		r->base = post_read_size(&r->c, size);
		break;
	case DW_RLE_start_end:
		*lo = post_read_size(&r->c, size);
		*hi = post_read_size(&r->c, size);
		break;
	case DW_RLE_start_length:
		*lo = post_read_size(&r->c, size);
		*hi = *lo + post_read_uleb(&r->c);
		break;
	default:
		r->c.bad = true;
	}
	return true;
}

static bool
next_of_list(struct post_ranges *r, uint64_t *lo, uint64_t *hi, enum post_reading *how)
{
	for (;;) {
		if (*r->budget == 0) {
			*how = POST_BEYOND;
			return false;
		}
		--*r->budget;
		if (!(r->unit->format.version < 5 ? next_pair(r, lo, hi) : next_entry(r, lo, hi)) || r->c.bad) {
			*how = r->c.bad ? POST_CORRUPT : POST_READ;
			return false;
		}
		if (*lo < *hi && !is_tombstone(r->unit, *lo))
			return true;
	}
}

bool
post_ranges_next(struct post_ranges *r, uint64_t *lo, uint64_t *hi, enum post_reading *how)
{
	*how = POST_READ;
	if (r->list)
		return next_of_list(r, lo, hi, how);
	*lo = r->lo;
	*hi = r->hi;
	r->hi = 0;
	return *lo < *hi;
}
