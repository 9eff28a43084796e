/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "../base/mem.h"
#include "addresses.h"
#include "claims.h"
#include "lines.h"
#include "ranges.h"

enum { CLAIMS_MAX = 4, BUDGET_MIN = 1 << 20, BUDGET_TIMES = 16 };

/* Addresses [lo, hi) that a unit says it has. */
struct span {
	uint64_t	unit, lines;
	size_t		lo, hi;
	bool		skeleton, bad;
};

struct spans {
	struct span	*span;
	size_t		 n, cap;
};

struct maker {
	struct post_claims	*claims;
	const struct post_dwarf	*dwarf;
	const uint64_t		*pc;
	size_t			 n;
	struct post_abbrevs	 abbrevs;
	uint64_t		 abbrev_budget, range_budget;
	struct spans		 strong, weak;
};

static void
put_span(struct spans *t, struct span s)
{
	t->span = post_room(t->span, t->n, &t->cap, sizeof *t->span);
	t->span[t->n++] = s;
}

static int
by_address(const void *x, const void *y)
{
	const struct span *a = x, *b = y;

	return a->lo != b->lo ? (a->lo < b->lo ? -1 : 1) : (a->hi > b->hi) - (a->hi < b->hi);
}

/* Make the spans of a unit, which are those from FROM on, apart from each other and rising. */
static void
tidy(struct spans *t, size_t from)
{
	size_t i, n = from;

	if (t->n - from < 2)
		return;
	for (i = from + 1; i < t->n && t->span[i - 1].hi <= t->span[i].lo; i++)
		;
	if (i == t->n)
		return;
	qsort(t->span + from, t->n - from, sizeof *t->span, by_address);
	for (i = from + 1; i < t->n; i++) {
		struct span *last = &t->span[n], s = t->span[i];

		if (s.lo > last->hi)
			t->span[++n] = s;
		else if (s.hi > last->hi)
			last->hi = s.hi;
	}
	t->n = n + 1;
}

/* The spans from FROM on are those of the unit U. */
static void
finish(struct spans *t, size_t from, const struct post_unit *u, bool bad)
{
	uint64_t lines = from < t->n ? post_lines_size(u) : 0;

	for (size_t i = from; i < t->n; i++) {
		t->span[i].lines = lines;
		t->span[i].bad = bad;
	}
	tidy(t, from);
}

/* The ranges of a unit that is open. */
static enum post_reading
claim(struct maker *m, const struct post_unit *u)
{
	size_t strong = m->strong.n, weak = m->weak.n;
	struct post_ranges r;
	uint64_t lo, hi;
	enum post_reading got = post_ranges_begin(&r, u, &u->low, &u->high, &u->ranges, &m->range_budget);

	if (got == POST_READ)
		while (post_ranges_next(&r, &lo, &hi, &got)) {
			struct span s = { .unit = u->at, .skeleton = post_unit_is_skeleton(u) };

			s.lo = post_first_from(m->pc, 0, m->n, lo);
			if (s.lo == m->n || m->pc[s.lo] >= hi)
				continue;
			s.hi = post_first_from(m->pc, s.lo, m->n, hi);
			put_span(lo == 0 ? &m->weak : &m->strong, s);
		}
	finish(&m->strong, strong, u, got != POST_READ);
	finish(&m->weak, weak, u, got != POST_READ);
	return got;
}

static enum post_reading
look_at_unit(struct maker *m, struct post_unit *u)
{
	enum post_reading got;

	if (u->type != DW_UT_compile && u->type != DW_UT_skeleton)
		return POST_READ;
	if ((got = post_unit_open(u, &m->abbrevs)) != POST_READ)
		return got;
	if (u->tag != DW_TAG_compile_unit && u->tag != DW_TAG_skeleton_unit)
		return POST_READ;
	if (u->ranges.form != 0 || (u->low.form != 0 && u->high.form != 0)) {
		got = claim(m, u);
		if (u->ranges.form != 0 || post_unit_knows_ranges(u))
			return got;
	}
	if (got == POST_READ && (u->has_lines || u->first < u->end))
		post_units_add(&m->claims->open, u->at);
	return got;
}

static void
look_at_units(struct maker *m)
{
	const struct post_sections *in = &m->dwarf->main;
	struct post_claims *claims = m->claims;
	struct post_unit u;
	uint64_t at;

	for (at = 0; at < in->s[POST_DEBUG_INFO].n; at = u.end) {
		enum post_reading got = post_unit_header(m->dwarf, in, at, &u);
		bool padding = u.end == at + 4;

		if (u.end > at)
			post_units_add(&claims->units, at);
		if (got == POST_READ)
			got = look_at_unit(m, &u);
		if (got == POST_UNREAD)
			claims->unread = true;
		else if (got != POST_READ && !padding)
			post_bad_unit(&claims->bad, at, got);
		if (u.end <= at)
			return;
	}
}

/* COUNT is of claims by address; those that have all are no longer open. */
static void
fill(struct maker *m, const struct spans *t, bool weak, unsigned char *count, struct post_pending *open)
{
	struct post_claims *c = m->claims;

	for (size_t k = 0; k < t->n; k++) {
		const struct span *s = &t->span[k];

		for (size_t i = post_pending_from(open, s->lo); i < s->hi; i = post_pending_from(open, i + 1)) {
			c->claim = post_room(c->claim, c->n, &c->cap, sizeof *c->claim);
			c->claim[c->n++] = (struct post_claim){
				.unit = s->unit, .lines = s->lines, .pc = i, .weak = weak, .skeleton = s->skeleton, .bad = s->bad,
			};
			if (++count[i] == CLAIMS_MAX)
				post_pending_done(open, i);
		}
	}
}

static int
by_unit(const void *x, const void *y)
{
	const struct post_claim *a = x, *b = y;

	if (a->unit != b->unit)
		return a->unit < b->unit ? -1 : 1;
	if (a->pc != b->pc)
		return a->pc < b->pc ? -1 : 1;
	return a->weak - b->weak;
}

/* A unit that claims an address both ways claims it once. */
static void
join(struct post_claims *c)
{
	size_t i, n = 0;

	qsort(c->claim, c->n, sizeof *c->claim, by_unit);
	for (i = 1; i < c->n; i++)
		if (c->claim[i].unit != c->claim[n].unit || c->claim[i].pc != c->claim[n].pc)
			c->claim[++n] = c->claim[i];
	c->n = n + 1;
}

uint64_t
post_claims_budget(const struct post_dwarf *d)
{
	return BUDGET_MIN + BUDGET_TIMES * ((uint64_t)d->main.s[POST_DEBUG_ABBREV].n + d->main.s[POST_DEBUG_INFO].n);
}

void
post_claims_make(struct post_claims *c, const struct post_dwarf *d, const uint64_t *pc, size_t n)
{
	struct maker m = { .claims = c, .dwarf = d, .pc = pc, .n = n };
	unsigned char *count = post_resize(NULL, n + 1, 1);
	struct post_pending open;
	const struct post_str *s = d->main.s;

	*c = (struct post_claims){ 0 };
	memset(count, 0, n + 1);
	post_pending_init(&open, n);
	m.abbrevs.budget = &m.abbrev_budget;
	m.abbrev_budget = post_claims_budget(d);
	m.range_budget = BUDGET_MIN + s[POST_DEBUG_RANGES].n + s[POST_DEBUG_RNGLISTS].n;
	look_at_units(&m);
	fill(&m, &m.strong, false, count, &open);
	fill(&m, &m.weak, true, count, &open);
	if (m.weak.n > 0 && c->n > 0)
		join(c);
	post_abbrevs_free(&m.abbrevs);
	free(m.strong.span);
	free(m.weak.span);
	free(count);
	free(open.next);
}

void
post_claims_free(struct post_claims *c)
{
	free(c->claim);
	post_units_free(&c->units);
	post_units_free(&c->open);
	*c = (struct post_claims){ 0 };
}
