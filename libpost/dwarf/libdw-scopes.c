/* SPDX-License-Identifier: BSD-2-Clause */
#include <dwarf.h>
#include <stdlib.h>
#include "../base/mem.h"
#include "addresses.h"
#include "libdw-scopes.h"

enum {
	DEPTH_MAX = 1024,
	WORK_MIN = 1 << 20, WORK_PER_BYTE = 64, WORK_PER_ADDRESS = 512,
	TAKES_MIN = DEPTH_MAX, TAKES_PER_ADDRESS = 64	/* each takes memory */
};

enum kind { OTHER, CONTAINER, BLOCK, FUNCTION, INLINED };

/* An entry whose children are gone through. */
struct post_dw_level {
	Dwarf_Die	die;
	size_t		scope;		/* that its children are in */
	bool		waits;		/* it makes a scope in this one as soon as one in it is made */
	bool		function;	/* the scope is not one of the level below */
};

struct search {
	struct post_dw_scopes	*to;
	const uint64_t		*pc;
	size_t			 n, left;	/* addresses; those without a scope */
	bool			 whole;		/* pass nothing over, believe in code at 0 */
	bool			 loose;		/* there are no ranges: entries lie outside of those around them */
	bool			 bad;
	uint64_t		 top, at;	/* offsets: of the unit's top entry, of the last entry seen */
	uint64_t		 work, takes;	/* bytes gone over again, ranges and addresses looked at; scopes given */
};

ptrdiff_t
post_dw_ranges(Dwarf_Die *die, ptrdiff_t at, Dwarf_Addr *base, uint64_t *lo, uint64_t *hi)
{
	ptrdiff_t next = dwarf_ranges(die, at, base, lo, hi);

	/* Offsets from the base of what was thrown away come out as low addresses; one range alone has no base. */
	if (next > 0 && (*lo >= UINT64_MAX - 1 || (next > 1 && *base >= UINT64_MAX - 1)))
		*hi = 0;
	return next;
}

static enum kind
kind_of(Dwarf_Die *die)
{
	switch (dwarf_tag(die)) {
	case DW_TAG_subprogram:
		return FUNCTION;
	case DW_TAG_inlined_subroutine:
		return INLINED;
	case DW_TAG_lexical_block:
	case DW_TAG_try_block:
	case DW_TAG_catch_block:
	case DW_TAG_with_stmt:
		return BLOCK;
	case DW_TAG_namespace:
	case DW_TAG_module:
		return CONTAINER;
	default:
		return OTHER;
	}
}

/* Work is measured by how far the search has come: entries that lead back and forth do not hold it up. */
static void
spend(struct search *s, uint64_t n)
{
	s->work += n;
	if (s->work > WORK_MIN + WORK_PER_BYTE * (s->at - s->top) + WORK_PER_ADDRESS * (uint64_t)s->n)
		s->bad = true;
}

static void
spend_take(struct search *s)
{
	if (++s->takes > TAKES_MIN + TAKES_PER_ADDRESS * (uint64_t)s->n)
		s->bad = true;
}

static size_t
new_scope(struct post_dw_scopes *to, Dwarf_Die *die, size_t parent)
{
	to->scope = post_room(to->scope, to->n, &to->cap, sizeof *to->scope);
	to->scope[to->n] = (struct post_dw_scope){ *die, parent };
	return to->n++;
}

/* Make scopes of the entries that wait for it. */
static void
make_scopes(struct search *s)
{
	struct post_dw_level *level = s->to->level;
	size_t d = 0;

	while (d < s->to->n_level && !level[d].waits)
		d++;
	for (; d < s->to->n_level && !s->bad; d++) {
		if (!level[d].function)
			level[d].scope = level[d - 1].scope;
		if (!level[d].waits)
			continue;
		spend_take(s);
		level[d].scope = new_scope(s->to, &level[d].die, level[d].scope);
		level[d].waits = false;
	}
}

/* Is the scope OUTER around INNER? */
static bool
is_around(struct search *s, size_t outer, size_t inner)
{
	for (; inner != outer && inner != POST_DW_NO_SCOPE && !s->bad; inner = s->to->scope[inner].parent)
		spend_take(s);
	return inner == outer;
}

/* Address I is in the scope IN, which is made when it is none yet. */
static size_t
take(struct search *s, Dwarf_Die *die, size_t *parent, size_t in, size_t i)
{
	struct post_dw_scopes *to = s->to;

	if (in == POST_DW_NO_SCOPE) {
		if (s->loose && kind_of(die) == INLINED) {
			make_scopes(s);
			*parent = to->level[to->n_level - 1].scope;
		}
		in = new_scope(to, die, *parent);
	}
	spend_take(s);
	s->left -= to->of[i] == POST_DW_NO_SCOPE;
	to->of[i] = in;
	return in;
}

/*
 * Gives the scope that DIE makes of the addresses that it covers and that are
 * in PARENT, or none; of a block it is PARENT.  *hit: it covers any.
 */
static size_t
cover(struct search *s, Dwarf_Die *die, bool block, size_t parent, bool *hit)
{
	size_t in = block ? parent : POST_DW_NO_SCOPE;
	ptrdiff_t at = 0;
	Dwarf_Addr base = 0;
	uint64_t lo, hi;

	*hit = false;
	while (!s->bad && (at = post_dw_ranges(die, at, &base, &lo, &hi)) > 0) {
		spend(s, 16);
		if (lo >= hi || (lo == 0 && !s->whole))
			continue;
		for (size_t i = post_first_from(s->pc, 0, s->n, lo); i < s->n && s->pc[i] < hi && !s->bad; i++) {
			*hit |= block;
			if (block)
				break;
			spend(s, 1);
			if (s->to->of[i] != parent && !(s->loose && is_around(s, s->to->of[i], parent)))
				continue;
			in = take(s, die, &parent, in, i);
			*hit = true;
		}
	}
	s->bad |= at == -1;
	return in;
}

static bool
tells_code(Dwarf_Die *die)
{
	return dwarf_hasattr(die, DW_AT_ranges) || (dwarf_hasattr(die, DW_AT_low_pc) && dwarf_hasattr(die, DW_AT_high_pc));
}

/* Are the children of DIE, which is in SCOPE, to be gone through?  *inside is their level then. */
static bool
visit(struct search *s, Dwarf_Die *die, size_t scope, struct post_dw_level *inside)
{
	enum kind kind = kind_of(die);
	size_t parent = kind == FUNCTION ? POST_DW_NO_SCOPE : scope, in;
	bool hit;

	*inside = (struct post_dw_level){ .die = *die, .scope = parent, .function = kind == FUNCTION };
	if (kind < BLOCK || !tells_code(die))
		return s->whole || kind == CONTAINER || kind == BLOCK || kind == INLINED;
	in = cover(s, die, kind == BLOCK, parent, &hit);
	if (hit)
		inside->scope = in;
	inside->waits = s->loose && kind != BLOCK && !hit;
	return s->whole || s->loose || hit;
}

/* The children of DIE, whose level is INSIDE, are next; false: it has none. */
static bool
descend(struct search *s, Dwarf_Die *die, struct post_dw_level inside)
{
	struct post_dw_scopes *to = s->to;
	Dwarf_Die child;
	int got = dwarf_child(die, &child);

	if (got == -1 || to->n_level == DEPTH_MAX)
		s->bad = true;
	if (got != 0 || s->bad)
		return false;
	to->level = post_room(to->level, to->n_level, &to->cap_level, sizeof *to->level);
	to->level[to->n_level++] = inside;
	*die = child;
	return true;
}

/* The entry behind DIE and its children; false: there is none. */
static bool
next_entry(struct search *s, Dwarf_Die *die)
{
	struct post_dw_scopes *to = s->to;
	Dwarf_Die next;
	int got;

	while ((got = dwarf_siblingof(die, &next)) == 1 && to->n_level > 1)
		*die = to->level[--to->n_level].die;
	if (got != 0) {
		s->bad |= got == -1;
		return false;
	}
	spend(s, dwarf_dieoffset(&next) - dwarf_dieoffset(die));	/* libdw goes over all that is between */
	*die = next;
	return true;
}

static void
walk(struct search *s, Dwarf_Die *top)
{
	struct post_dw_scopes *to = s->to;
	struct post_dw_level inside = { .die = *top, .scope = POST_DW_NO_SCOPE };
	Dwarf_Die die = *top;

	to->n_level = 0;
	s->at = s->top = dwarf_dieoffset(top);
	s->work = 0;
	if (!descend(s, &die, inside))
		return;
	do {
		size_t scope = to->level[to->n_level - 1].scope;

		if (dwarf_dieoffset(&die) <= s->at) {	/* siblings lie ahead: so it ends */
			s->bad = true;
			return;
		}
		s->at = dwarf_dieoffset(&die);
		if (s->left == 0 && scope == POST_DW_NO_SCOPE)
			return;
		if (visit(s, &die, scope, &inside) && !s->bad && descend(s, &die, inside))
			continue;
		if (s->bad || !next_entry(s, &die))
			return;
	} while (!s->bad);
}

int
post_dw_scopes_find(struct post_dw_scopes *to, Dwarf_Die *top, const uint64_t *pc, size_t n)
{
	struct search s = { .to = to, .pc = pc, .n = n, .left = n };
	Dwarf_Half version = 0;

	s.loose = dwarf_cu_info(top->cu, &version, NULL, NULL, NULL, NULL, NULL, NULL) == 0 && version == 2;
	if (n > to->cap_of) {
		to->cap_of = n;
		to->of = post_resize(to->of, n, sizeof *to->of);
	}
	for (size_t i = 0; i < n; i++)
		to->of[i] = POST_DW_NO_SCOPE;
	to->n = 0;
	walk(&s, top);
	if (s.left > 0 && !s.bad) {
		s.whole = true;
		walk(&s, top);
	}
	return s.bad ? -1 : 0;
}

void
post_dw_scopes_free(struct post_dw_scopes *to)
{
	free(to->scope);
	free(to->of);
	free(to->level);
	*to = (struct post_dw_scopes){ 0 };
}
