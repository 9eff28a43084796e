/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "../base/names.h"
#include "namer.h"

enum {
	HOPS_MAX = 16,
	SLOTS_KEPT = 1 << 13,
	BYTES_MIN = 1 << 20, BYTES_PER_NAME = 1 << 16,
	HEADER = 16		/* bytes, about */
};

struct post_named {
	const char	*entry;		/* its place in memory; NULL: the slot is free */
	struct post_str	 name;
	bool		 linkage;
	uint8_t		 hops;		/* from there to where the name stands */
};

void
post_namer_begin(struct post_namer *nm, const struct post_dwarf *d, const struct post_units *main,
    const struct post_units *alt)
{
	*nm = (struct post_namer){ .dwarf = d, .main = main, .alt = alt, .seed = post_seed() };
}

void
post_namer_free(struct post_namer *nm)
{
	for (size_t i = 0; i < POST_FOREIGN; i++)
		post_abbrevs_free(&nm->foreign[i].abbrevs);
	free(nm->slot);
	*nm = (struct post_namer){ 0 };
}

void
post_namer_turn(struct post_namer *nm, size_t n)
{
	for (size_t i = 0; i < POST_FOREIGN; i++) {
		nm->foreign[i].used = 0;
		nm->foreign[i].abbrevs.from = NULL;
	}
	nm->budget = BYTES_MIN + BYTES_PER_NAME * (uint64_t)n;
	if (nm->mask >= SLOTS_KEPT) {
		free(nm->slot);
		nm->slot = NULL;
		nm->mask = 0;
	}
	if (nm->slot != NULL && nm->n > 0)
		memset(nm->slot, 0, (nm->mask + 1) * sizeof *nm->slot);
	nm->n = 0;
}

static struct post_named *
slot_of(const struct post_namer *nm, const char *entry)
{
	uint64_t h = ((uint64_t)(uintptr_t)entry ^ nm->seed) * UINT64_C(0x9e3779b97f4a7c15);
	size_t i = (size_t)(h >> 32) & nm->mask;

	while (nm->slot[i].entry != NULL && nm->slot[i].entry != entry)
		i = (i + 1) & nm->mask;
	return &nm->slot[i];
}

static void
grow(struct post_namer *nm)
{
	struct post_named *old = nm->slot;
	size_t n = old == NULL ? 0 : nm->mask + 1, cap = n == 0 ? 1024 : 2 * n;

	nm->slot = post_resize(NULL, cap, sizeof *nm->slot);
	memset(nm->slot, 0, cap * sizeof *nm->slot);
	nm->mask = cap - 1;
	for (size_t i = 0; i < n; i++)
		if (old[i].entry != NULL)
			*slot_of(nm, old[i].entry) = old[i];
	free(old);
}

static void
remember(struct post_namer *nm, const struct post_named *named)
{
	struct post_named *slot;

	if (nm->slot == NULL || 4 * nm->n > 3 * nm->mask)
		grow(nm);
	slot = slot_of(nm, named->entry);
	nm->n += slot->entry == NULL;
	*slot = *named;
}

static const struct post_named *
known(const struct post_namer *nm, const char *entry)
{
	const struct post_named *slot = nm->slot != NULL ? slot_of(nm, entry) : NULL;

	return slot != NULL && slot->entry != NULL ? slot : NULL;
}

static bool
holds(const struct post_unit *u, const struct post_sections *in, uint64_t at)
{
	return u->in == in && at >= u->top && at < u->end;
}

static void
spend(struct post_namer *nm, uint64_t n)
{
	nm->budget -= n < nm->budget ? n : nm->budget;
}

/* The unit of the .dwo IN that holds AT, or UINT64_MAX; it has few units, one as a rule. */
static uint64_t
find_in_dwo(struct post_namer *nm, const struct post_sections *in, uint64_t at)
{
	struct post_unit u = { .end = 0 };
	uint64_t from = 0;

	for (; nm->budget > 0 && from <= at; from = u.end) {
		spend(nm, HEADER);
		(void)post_unit_header(nm->dwarf, in, from, &u);
		if (u.end > at)
			return from;
		if (u.end <= from)
			break;
	}
	return UINT64_MAX;
}

static uint64_t
find_unit(struct post_namer *nm, const struct post_sections *in, uint64_t at)
{
	if (in == &nm->dwarf->main)
		return post_units_find(nm->main, at);
	return in == &nm->dwarf->alt ? post_units_find(nm->alt, at) : find_in_dwo(nm, in, at);
}

/* The unit of IN that holds AT, opened; NULL: none, or it cannot be read. */
static const struct post_unit *
open_foreign(struct post_namer *nm, const struct post_sections *in, uint64_t at)
{
	struct post_foreign *f, *oldest = &nm->foreign[0];
	uint64_t from;

	for (f = nm->foreign; f < nm->foreign + POST_FOREIGN; f++) {
		if (f->used > 0 && holds(&f->unit, in, at)) {
			f->used = ++nm->clock;
			return &f->unit;
		}
		if (f->used < oldest->used)
			oldest = f;
	}
	from = find_unit(nm, in, at);
	if (from == UINT64_MAX)
		return NULL;
	f = oldest;
	f->used = 0;
	f->abbrevs.budget = &nm->budget;
	if (post_unit_header(nm->dwarf, in, from, &f->unit) != POST_READ || !holds(&f->unit, in, at) ||
	    post_unit_open(&f->unit, &f->abbrevs) != POST_READ)
		return NULL;
	f->used = ++nm->clock;
	return &f->unit;
}

/* Where the reference V of U leads: *at in the unit that is returned, or NULL. */
static const struct post_unit *
follow(struct post_namer *nm, const struct post_unit *u, const struct post_value *v, uint64_t *at)
{
	const struct post_sections *in = u->in;

	*at = v->u;
	switch (v->form) {
	case DW_FORM_ref1:
	case DW_FORM_ref2:
	case DW_FORM_ref4:
	case DW_FORM_ref8:
	case DW_FORM_ref_udata:
		*at += u->at;
		return holds(u, in, *at) ? u : NULL;
	case DW_FORM_ref_addr:
		return holds(u, in, *at) ? u : open_foreign(nm, in, *at);
	case DW_FORM_ref_sup4:
	case DW_FORM_ref_sup8:
	case POST_FORM_REF_ALT:
		return open_foreign(nm, &nm->dwarf->alt, *at);
	default:
		return NULL;
	}
}

/* Read the values of the entry at AT of U, within the budget. */
static bool
read_entry(struct post_namer *nm, const struct post_unit *u, uint64_t at, struct post_value *v)
{
	struct post_cursor c = post_unit_cursor(u, at);
	size_t left = post_left(&c);
	bool ok = nm->budget > 0 && post_unit_entry(u, &c, v) == POST_READ;

	spend(nm, left - post_left(&c));
	return ok;
}

/* A way from entry to entry.  The name that is nearest counts, unless there is a linkage name behind it. */
struct way {
	const char	*entry[HOPS_MAX];
	unsigned	 n;		/* entries so far, the first one set aside */
	unsigned	 at;		/* the name stands at entry[at - 1], or at the first one */
	struct post_str	 name;
	bool		 linkage;
};

static void
take_name(struct way *w, const struct post_unit *u, const struct post_value *v)
{
	struct post_str name = post_unit_string(u, &v[POST_AT_LINKAGE_NAME], POST_NAME_MAX);

	w->linkage = name.n > 0;	/* it may be in an alt file that was not found */
	if (!w->linkage && w->name.n > 0)
		return;
	w->name = w->linkage ? name : post_unit_string(u, &v[POST_AT_NAME], POST_NAME_MAX);
	w->at = w->n;
}

/* The last entry of the way is known from another one. */
static void
take_known(struct way *w, const struct post_named *k)
{
	if (w->n + k->hops > HOPS_MAX || (!k->linkage && w->name.n > 0))
		return;
	w->name = k->name;
	w->linkage = k->linkage;
	w->at = w->n + k->hops;
}

static void
remember_way(struct post_namer *nm, const struct way *w)
{
	for (unsigned i = 0; i < w->n && i < w->at; i++)
		remember(nm, &(struct post_named){ w->entry[i], w->name, w->linkage, (uint8_t)(w->at - i - 1) });
}

struct post_str
post_namer_find(struct post_namer *nm, const struct post_unit *u, const struct post_value *v)
{
	struct post_value of[POST_ATTRIBUTES];
	struct way w = { .n = 0 };

	for (;;) {
		const struct post_named *k;
		const struct post_value *to;
		uint64_t at;

		take_name(&w, u, v);
		to = &v[v[POST_AT_ORIGIN].form != 0 ? POST_AT_ORIGIN : POST_AT_SPECIFICATION];
		if (w.linkage || to->form == 0 || w.n == HOPS_MAX || (u = follow(nm, u, to, &at)) == NULL)
			break;
		w.entry[w.n++] = u->in->s[POST_DEBUG_INFO].p + at;
		if ((k = known(nm, w.entry[w.n - 1])) != NULL) {
			take_known(&w, k);
			break;
		}
		if (!read_entry(nm, u, at, of))
			break;
		v = of;
	}
	remember_way(nm, &w);
	return w.name;
}
