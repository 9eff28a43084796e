/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "../base/mem.h"
#include "abbrev.h"

enum {
	TABLE_MAX = 1 << 18,	/* bytes: the largest units of real programs have some ten thousand */
	ATTRIBUTES_MAX = 1 << 8,	/* of an entry: it may be read often, and its values may take no bytes */
	DAMAGE = 1 << 12	/* bytes that a table which breaks off is taken to have cost */
};

struct spec {
	uint64_t	name, form;
	int64_t		constant;
};

void
post_abbrevs_turn(struct post_abbrevs *t, struct post_str section, uint64_t offset, struct post_format f)
{
	struct post_cursor c = post_cursor_at(section, offset);

	if (t->from == c.p && t->rest.end == c.end && c.p != NULL && memcmp(&t->format, &f, sizeof f) == 0)
		return;
	t->n = t->n_step = 0;
	t->step = post_room(t->step, 0, &t->cap_step, sizeof *t->step);
	t->rest = c;
	t->from = c.p;
	t->format = f;
	t->all = c.bad;
	t->sorted = t->code = t->beyond = false;
}

void
post_abbrevs_free(struct post_abbrevs *t)
{
	free(t->a);
	free(t->step);
	*t = (struct post_abbrevs){ 0 };
}

static enum post_entry_kind
kind_of(uint64_t tag)
{
	switch (tag) {
	case DW_TAG_subprogram:
		return POST_ENTRY_FUNCTION;
	case DW_TAG_inlined_subroutine:
		return POST_ENTRY_INLINED;
	case DW_TAG_lexical_block:
	case DW_TAG_try_block:
	case DW_TAG_catch_block:
	case DW_TAG_with_stmt:
		return POST_ENTRY_BLOCK;
	case DW_TAG_namespace:
	case DW_TAG_module:
		return POST_ENTRY_CONTAINER;
	default:
		return POST_ENTRY_OTHER;
	}
}

/* The next pair of a specification; false at its end. */
static bool
next_spec(struct post_cursor *c, struct spec *s)
{
	s->name = post_read_uleb(c);
	s->form = post_read_uleb(c);
	s->constant = s->form == DW_FORM_implicit_const ? post_read_sleb(c) : 0;
	return (s->name != 0 || s->form != 0) && !c->bad;
}

static enum post_want
want_of(const struct post_abbrev *a, uint64_t name)
{
	if (name == DW_AT_sibling)
		return a->children ? POST_WANT_SIBLING : POST_WANT_NOTHING;
	if (!a->code_here)
		return POST_WANT_NOTHING;
	switch (name) {
	case DW_AT_low_pc: return POST_WANT_LOW;
	case DW_AT_high_pc: return POST_WANT_HIGH;
	case DW_AT_ranges: return POST_WANT_RANGES;
	default: return POST_WANT_NOTHING;
	}
}

/* To the end of a specification, which may hold code addresses. */
static void
survey(struct post_cursor *c, struct post_abbrev *a)
{
	bool low = false, high = false, ranges = false;
	struct spec s;
	size_t n = 0;

	while (next_spec(c, &s)) {
		low |= s.name == DW_AT_low_pc;
		high |= s.name == DW_AT_high_pc;
		ranges |= s.name == DW_AT_ranges;
		a->unread |= post_form_of(s.form) == 0;
		if (++n > ATTRIBUTES_MAX)
			c->bad = true;
	}
	a->code_here = a->kind >= POST_ENTRY_BLOCK && ((low && high) || ranges);
}

static void
put_step(struct post_abbrevs *t, struct post_abbrev *a, struct post_step step)
{
	t->step = post_room(t->step, t->n_step, &t->cap_step, sizeof *t->step);
	t->step[t->n_step++] = step;
	a->n_step++;
}

static void
make_steps(struct post_abbrevs *t, struct post_abbrev *a, struct post_cursor c)
{
	unsigned seen = 0;
	struct spec s;

	a->step = (uint32_t)t->n_step;
	while (next_spec(&c, &s)) {
		uint8_t form = post_form_of(s.form);
		enum post_want want = want_of(a, s.name);
		int size = post_form_size(form, t->format);

		if ((seen >> want & 1) != 0)
			want = POST_WANT_NOTHING;
		if (want == POST_WANT_NOTHING && size >= 0) {
			a->tail += (uint32_t)size;
			continue;
		}
		seen |= want != POST_WANT_NOTHING ? 1u << want : 0;
		put_step(t, a, (struct post_step){ s.constant, a->tail, form, (uint8_t)want,
		    size < 0 || size > 8 ? POST_STEP_LONG : (uint8_t)size });
		a->tail = 0;
	}
}

/* False, with nothing left, when the budget has not as much. */
static bool
spend(struct post_abbrevs *t, uint64_t n)
{
	bool enough = n <= *t->budget;

	*t->budget -= enough ? n : *t->budget;
	return enough;
}

/* Parse one more abbreviation; false at the end of the table. */
static bool
parse(struct post_abbrevs *t)
{
	struct post_abbrev a = { .code = post_read_uleb(&t->rest) };
	const unsigned char *from = t->rest.p;
	struct post_cursor spec;
	uint64_t tag;

	if (a.code == 0 || t->rest.bad)
		return false;
	t->beyond = *t->budget == 0;
	if (t->beyond)
		return false;
	tag = post_read_uleb(&t->rest);
	a.tag = tag < UINT16_MAX ? (uint16_t)tag : UINT16_MAX;
	a.kind = (uint8_t)kind_of(tag);
	a.children = post_read_u8(&t->rest) != 0;
	a.spec = t->rest.p;
	spec = t->rest;
	survey(&t->rest, &a);
	if (t->rest.bad) {
		(void)spend(t, DAMAGE);
		return false;
	}
	t->beyond = !spend(t, (uint64_t)(t->rest.p - from)) || t->rest.p - t->from > TABLE_MAX;
	if (t->beyond)
		return false;
	if (!a.unread)
		make_steps(t, &a, spec);
	t->a = post_room(t->a, t->n, &t->cap, sizeof *t->a);
	t->a[t->n++] = a;
	t->code |= a.code_here;
	return true;
}

/* Of equal codes the first in the table counts: it has the lower address. */
static int
by_code(const void *x, const void *y)
{
	const struct post_abbrev *a = x, *b = y;

	if (a->code != b->code)
		return a->code < b->code ? -1 : 1;
	return a->spec < b->spec ? -1 : a->spec > b->spec;
}

static void
sort(struct post_abbrevs *t)
{
	size_t i, n = 0;

	qsort(t->a, t->n, sizeof *t->a, by_code);
	for (i = 1; i < t->n; i++)
		if (t->a[i].code != t->a[n].code)
			t->a[++n] = t->a[i];
	t->n = n + 1;
}

static const struct post_abbrev *
search(const struct post_abbrevs *t, uint64_t code)
{
	size_t lo = 0, hi = t->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (t->a[mid].code < code)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < t->n && t->a[lo].code == code ? &t->a[lo] : NULL;
}

const struct post_abbrev *
post_abbrev_find(struct post_abbrevs *t, uint64_t code)
{
	while (!t->all) {
		if (!parse(t)) {
			t->all = true;
			if (t->sorted)
				sort(t);
			break;
		}
		t->sorted |= t->a[t->n - 1].code != t->n;
		if (!t->sorted && t->n == code)
			return &t->a[t->n - 1];
	}
	return t->sorted ? search(t, code) : NULL;
}

bool
post_abbrevs_code(struct post_abbrevs *t)
{
	(void)post_abbrev_find(t, 0);
	return t->code;
}
