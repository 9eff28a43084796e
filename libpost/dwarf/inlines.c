/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "../base/mem.h"
#include "addresses.h"
#include "inlines.h"
#include "ranges.h"

enum {
	DEPTH_MAX = 1024,
	LOOKS_PER_BYTE = 16, LOOKS_PER_ADDRESS = 512, LOOKS_MIN = 1 << 12,	/* at addresses, and at ranges */
	TAKES_PER_ADDRESS = 64, TAKES_MIN = DEPTH_MAX				/* each takes memory */
};

/* What holds for the children of an entry. */
struct post_level {
	uint64_t	entry;		/* if not 0: it makes a scope in this one as soon as one in it is made */
	uint32_t	scope;
	bool		function;	/* the scope is not one of the level below */
	size_t		lo, hi;		/* only addresses of these can lie inside */
};

struct search {
	struct post_inlines	*in;
	const struct post_unit	*u;
	const unsigned char	*section, *p, *end;
	const uint64_t		*pc;
	size_t			 n, left;	/* addresses; those without a scope */
	uint32_t		 depth;
	uint32_t		 waiting;	/* the lowest level with an entry to be made a scope; from depth on: none */
	bool			 whole;		/* pass nothing over, believe in code at 0 */
	bool			 loose;		/* there are no ranges: entries lie outside of those around them */
	enum post_reading	 how;
};

struct wanted {
	uint64_t	u[POST_WANTS + 1];
	uint8_t		form[POST_WANTS + 1];
};

static const unsigned char *
stop(struct search *s, enum post_reading how)
{
	s->how = how;
	return NULL;
}

/* Over a value that tells its own length. */
static const unsigned char *
pass_long(struct search *s, const struct post_step *step, const unsigned char *p, struct wanted *w)
{
	struct post_cursor c = { p, s->end, false };
	struct post_value v;
	enum post_reading got;

	if (p < s->end && *p < 0x80) {
		switch (step->form) {
		case DW_FORM_exprloc:
		case DW_FORM_block1:
			return (size_t)(s->end - p) > *p ? p + 1 + *p : stop(s, POST_CORRUPT);
		case DW_FORM_udata:
		case DW_FORM_addrx:
		case DW_FORM_strx:
		case DW_FORM_rnglistx:
			w->u[step->want] = *p;
			w->form[step->want] = step->form;
			return p + 1;
		}
	}
	got = post_value_read(&c, step->form, s->u->format, step->constant, &v);
	if (got != POST_READ)
		return stop(s, got);
	w->u[step->want] = v.u;
	w->form[step->want] = v.form;
	return c.p;
}

static inline uint64_t
load(const unsigned char *p, unsigned size)
{
	uint64_t u8 = 0;
	uint32_t u4;

	switch (size) {
	case 4:
		memcpy(&u4, p, 4);
		return u4;
	case 8:
		memcpy(&u8, p, 8);
		return u8;
	default:
		for (unsigned i = 0; i < size; i++)
			u8 |= (uint64_t)p[i] << 8 * i;
		return u8;
	}
}

/* Over the values of an entry at P, with W filled.  Returns what is behind it, or NULL. */
static inline const unsigned char *
pass(struct search *s, const struct post_abbrev *a, const unsigned char *p, struct wanted *w)
{
	const struct post_step *step = s->u->abbrevs->step + a->step, *stop_at = step + a->n_step;

	memset(w->form, 0, sizeof w->form);
	for (; step < stop_at; step++) {
		if ((size_t)(s->end - p) < (size_t)step->skip + (step->size == POST_STEP_LONG ? 0 : step->size))
			return stop(s, POST_CORRUPT);
		p += step->skip;
		if (step->size == POST_STEP_LONG) {
			if ((p = pass_long(s, step, p, w)) == NULL)
				return NULL;
			continue;
		}
		w->u[step->want] = step->size > 0 ? load(p, step->size) : (uint64_t)step->constant;
		w->form[step->want] = step->form;
		p += step->size;
	}
	if ((size_t)(s->end - p) < a->tail)
		return stop(s, POST_CORRUPT);
	return p + a->tail;
}

/* The abbreviation of the entry at s->p, which is moved behind its code; NULL for a null entry, or when how is set. */
static inline const struct post_abbrev *
next_abbrev(struct search *s)
{
	const struct post_abbrev *a;
	uint64_t code;

	if (*s->p < 0x80) {
		code = *s->p++;
	} else {
		struct post_cursor c = { s->p, s->end, false };

		code = post_read_uleb_slow(&c);
		s->p = c.p;
		if (c.bad)
			s->how = POST_CORRUPT;
	}
	if (code == 0)
		return NULL;
	a = post_abbrev(s->u->abbrevs, code);
	if (a == NULL || a->unread) {
		s->how = a == NULL ? post_abbrev_why(s->u->abbrevs) : POST_UNREAD;
		return NULL;
	}
	return a;
}

/* To the sibling of the entry before s->p; false when it tells none.  Siblings lie ahead, so that this ends. */
static inline bool
jump(struct search *s, const struct wanted *w)
{
	uint8_t form = w->form[POST_WANT_SIBLING];
	uint64_t at = w->u[POST_WANT_SIBLING];

	if (form == 0)
		return false;
	if (form != DW_FORM_ref_addr)
		at += s->u->at;
	if (at < (uint64_t)(s->p - s->section) || at > (uint64_t)(s->end - s->section))
		s->how = POST_CORRUPT;
	else
		s->p = s->section + at;
	return true;
}

/* Over the children that begin at s->p. */
static void
skip_children(struct search *s, const struct wanted *of)
{
	struct wanted w;
	uint64_t depth = 1;

	if (jump(s, of))
		return;
	while (depth > 0 && s->p < s->end) {
		const struct post_abbrev *a = next_abbrev(s);
		bool children;

		if (s->how != POST_READ)
			return;
		if (a == NULL) {
			depth--;
			continue;
		}
		children = a->children;
		if ((s->p = pass(s, a, s->p, &w)) == NULL)
			return;
		if (children && !jump(s, &w))
			depth++;
	}
}

/* What an entry covers, while its ranges are gone through. */
struct cover {
	const struct post_level	*level;	/* that it is on */
	struct post_level	 inside;	/* hi == 0: it holds no address so far */
	uint64_t		 at;
	uint32_t		 parent;	/* of the scope that it makes */
	bool			 scope;		/* it makes one */
};

static bool
spend_take(struct search *s)
{
	if (s->in->takes == 0)
		s->how = POST_BEYOND;
	else
		s->in->takes--;
	return s->how == POST_READ;
}

static uint32_t
new_scope(struct post_inlines *in, uint64_t at, uint32_t parent)
{
	in->scope = post_room(in->scope, in->n_scope, &in->cap_scope, sizeof *in->scope);
	in->scope[in->n_scope] = (struct post_scope){ at, parent };
	return (uint32_t)in->n_scope++;
}

/* Make scopes of the entries that wait for it. */
static void
make_scopes(struct search *s)
{
	struct post_level *level = s->in->level;

	for (uint32_t d = s->waiting; d < s->depth; d++) {
		if (!level[d].function)
			level[d].scope = level[d - 1].scope;
		if (level[d].entry == 0)
			continue;
		if (!spend_take(s))
			return;
		level[d].scope = new_scope(s->in, level[d].entry, level[d].scope);
		level[d].entry = 0;
	}
	s->waiting = UINT32_MAX;
}

/* Is the scope OUTER around INNER?  Each step is one more site of a chain. */
static bool
is_around(struct search *s, uint32_t outer, uint32_t inner)
{
	while (inner != outer && inner != POST_NO_SCOPE && spend_take(s))
		inner = s->in->scope[inner].parent;
	return inner == outer;
}

static void
take_address(struct search *s, struct cover *k, size_t i)
{
	struct post_inlines *in = s->in;

	if (in->of[i] != k->parent && !(s->loose && is_around(s, in->of[i], k->parent)))
		return;
	if (k->inside.scope == POST_NO_SCOPE) {
		if (s->waiting < s->depth && !k->inside.function) {
			make_scopes(s);
			k->parent = k->level->scope;
		}
		k->inside.scope = new_scope(in, k->at, k->parent);
	}
	if (!spend_take(s))
		return;
	s->left -= in->of[i] == POST_NO_SCOPE;
	in->of[i] = k->inside.scope;
}

static inline void
take_range(struct search *s, struct cover *k, uint64_t from, uint64_t to)
{
	const struct post_level *l = k->level;
	size_t lo, hi, i;

	if (to <= s->pc[l->lo] || from > s->pc[l->hi - 1] || from >= to || (from == 0 && !s->whole))
		return;
	lo = post_first_from(s->pc, l->lo, l->hi, from);
	hi = post_first_from(s->pc, lo, l->hi, to);
	if (lo == hi)
		return;
	if (k->scope) {
		if (s->in->looks < hi - lo || s->in->takes < hi - lo) {
			s->how = POST_BEYOND;
			return;
		}
		s->in->looks -= hi - lo;
		for (i = lo; i < hi && s->how == POST_READ; i++)
			take_address(s, k, i);
	}
	k->inside.lo = lo < k->inside.lo ? lo : k->inside.lo;
	k->inside.hi = hi > k->inside.hi ? hi : k->inside.hi;
}

static void
take_list(struct search *s, struct cover *k, const struct wanted *w)
{
	struct post_value v[POST_WANTS];
	struct post_ranges r;
	enum post_reading got;
	uint64_t lo, hi;

	for (unsigned i = 0; i < POST_WANTS; i++)
		v[i] = (struct post_value){ .u = w->u[i], .form = w->form[i] };
	got = post_ranges_begin(&r, s->u, &v[POST_WANT_LOW], &v[POST_WANT_HIGH], &v[POST_WANT_RANGES], &s->in->looks);
	if (got == POST_READ)
		while (post_ranges_next(&r, &lo, &hi, &got) && s->how == POST_READ)
			take_range(s, k, lo, hi);
	if (got != POST_READ)
		s->how = got;
}

/* Does the entry hold addresses of its level?  Of a function: that no other one took before. */
static bool
covers(struct search *s, struct cover *k, const struct wanted *w)
{
	if (w->form[POST_WANT_RANGES] == 0 && w->form[POST_WANT_LOW] == DW_FORM_addr &&
	    (w->form[POST_WANT_HIGH] == DW_FORM_data8 || w->form[POST_WANT_HIGH] == DW_FORM_data4)) {
		uint64_t low = w->u[POST_WANT_LOW];

		take_range(s, k, low, low + w->u[POST_WANT_HIGH]);
	} else {
		take_list(s, k, w);
	}
	return k->inside.hi > 0 && (!k->scope || k->inside.scope != POST_NO_SCOPE);
}

static void
enter(struct search *s, struct post_level inside)
{
	if (s->depth == DEPTH_MAX) {
		s->how = POST_BEYOND;
		return;
	}
	if (s->waiting >= s->depth)
		s->waiting = inside.entry != 0 ? s->depth : UINT32_MAX;
	s->in->level[s->depth++] = inside;
}

/* An entry with code: of a block the children belong to the scope around it. */
static void
visit_code(struct search *s, enum post_entry_kind kind, bool children, uint64_t at, const struct wanted *w)
{
	const struct post_level *level = &s->in->level[s->depth - 1];
	bool block = kind == POST_ENTRY_BLOCK;
	struct cover k = {
		.level = level, .at = at, .scope = !block,
		.inside = { 0, block ? level->scope : POST_NO_SCOPE, kind == POST_ENTRY_FUNCTION, SIZE_MAX, 0 },
		.parent = kind == POST_ENTRY_FUNCTION ? POST_NO_SCOPE : level->scope,
	};
	bool hit = covers(s, &k, w);

	if (!children || s->how != POST_READ)
		return;
	if (s->whole || s->loose) {
		k.inside.entry = s->loose && !block && !hit ? at : 0;
		k.inside.scope = hit ? k.inside.scope : k.parent;
		k.inside.lo = level->lo;
		k.inside.hi = level->hi;
	}
	if (s->whole || s->loose || hit)
		enter(s, k.inside);
	else
		skip_children(s, w);
}

static void
visit(struct search *s, const struct post_abbrev *a, uint64_t at)
{
	const struct post_level *level = &s->in->level[s->depth - 1];
	enum post_entry_kind kind = a->kind;
	bool children = a->children, code = a->code_here;
	struct post_level inside = *level;
	struct wanted w;

	if ((s->p = pass(s, a, s->p, &w)) == NULL)
		return;
	if (code) {
		visit_code(s, kind, children, at, &w);
		return;
	}
	if (!children)
		return;
	inside.entry = 0;
	inside.function = kind == POST_ENTRY_FUNCTION;
	if (inside.function)
		inside.scope = POST_NO_SCOPE;
	if (s->whole || kind == POST_ENTRY_CONTAINER || kind == POST_ENTRY_BLOCK || kind == POST_ENTRY_INLINED)
		enter(s, inside);
	else
		skip_children(s, &w);
}

/* The children of the top entry.  It ends early where no address without a scope can come. */
static void
walk(struct search *s)
{
	s->p = s->section + s->u->first;
	s->depth = 1;
	s->waiting = UINT32_MAX;
	s->in->level[0] = (struct post_level){ .scope = POST_NO_SCOPE, .hi = s->n };
	while (s->depth > 0 && s->p != NULL && s->p < s->end && s->how == POST_READ) {
		uint64_t at = (uint64_t)(s->p - s->section);
		const struct post_abbrev *a;

		if (s->left == 0 && s->in->level[s->depth - 1].scope == POST_NO_SCOPE)
			return;
		if ((a = next_abbrev(s)) != NULL)
			visit(s, a, at);
		else
			s->depth--;
	}
}

static void
prepare(struct post_inlines *in, const struct post_unit *u, size_t n)
{
	if (n > in->cap_of) {
		in->cap_of = n;
		in->of = post_resize(in->of, n, sizeof *in->of);
	}
	if (in->level == NULL)
		in->level = post_resize(NULL, DEPTH_MAX, sizeof *in->level);
	for (size_t i = 0; i < n; i++)
		in->of[i] = POST_NO_SCOPE;
	in->n_scope = 0;
	in->looks = LOOKS_MIN + LOOKS_PER_BYTE * (u->end - u->at) + LOOKS_PER_ADDRESS * (uint64_t)n;
	in->takes = TAKES_MIN + TAKES_PER_ADDRESS * (uint64_t)n;
}

enum post_reading
post_inlines_find(struct post_inlines *in, const struct post_unit *u, const uint64_t *pc, size_t n)
{
	const unsigned char *section = (const unsigned char *)u->in->s[POST_DEBUG_INFO].p;
	struct search s = {
		.in = in, .u = u, .section = section, .end = section + u->end, .pc = pc, .n = n, .left = n, .how = POST_READ,
		.loose = !post_unit_knows_ranges(u),
	};

	prepare(in, u, n);
	walk(&s);
	if (s.left > 0 && s.how == POST_READ && post_abbrevs_code(u->abbrevs)) {
		s.whole = true;
		walk(&s);
	}
	return s.how;
}

void
post_inlines_free(struct post_inlines *in)
{
	free(in->scope);
	free(in->of);
	free(in->level);
	*in = (struct post_inlines){ 0 };
}
