/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "account.h"

enum { ROOT_BYTES = 24 };	/* of the end of a Lua frame, that tell it from others */
enum { GARBAGE_MIN = 3 };	/* addresses of nothing in a row: one is where the unwinder ends, in code without a file */

static void
note(struct post_account *a, enum post_note kind, uint64_t weight, const struct post_place *at)
{
	post_notes_add(&a->notes, kind, weight, at);
}

static void
reset(struct post_open_stack *o)
{
	*o = (struct post_open_stack){ .same = o->same, .cap = o->cap };
}

/* One frame more; false: there are too many. */
static bool
push(struct post_open_stack *o, const struct post_place *at)
{
	if (o->closed)
		reset(o);
	if (o->n == 0)
		o->place = *at;
	if (o->n > POST_STACK_MAX)
		return false;
	return o->n++ < POST_STACK_MAX;
}

/* What is left of a kernel's address, "0xffffffff81", where the frames of the kernel end. */
static bool
is_kernel_stub(const struct post_open_stack *o, struct post_str addr)
{
	static const char digits[] = "0xffff";
	size_t n = addr.n < sizeof digits - 1 ? addr.n : sizeof digits - 1;

	return o->side[POST_SIDE_KERNEL].n > 0 && o->side[POST_SIDE_USER].n == 0 && addr.n < 18 && memcmp(addr.p, digits, n) == 0;
}

static void
add_fact(struct post_open_stack *o, uint32_t fact)
{
	if (o->n_same > 0 && o->same[o->n_same - 1].fact == fact) {
		o->same[o->n_same - 1].n++;
		return;
	}
	o->same = post_room(o->same, o->n_same, &o->cap, sizeof *o->same);
	o->same[o->n_same++] = (struct post_same){ fact, 1 };
}

/* The frames that follow are of another part: where did this one end? */
static void
leave_part(struct post_open_stack *o)
{
	if (o->part != NULL)
		o->part->last = o->n - 1;
	o->part = NULL;
}

/*
 * Can it be what MAXSTRINGLEN left of an address?  Not when it is whole: 12
 * digits of user space, 16 of the kernel.
 */
static bool
is_stub(struct post_str addr)
{
	enum { USER = 2 + 12, KERNEL = 2 + 16 };

	if (addr.n == KERNEL || post_str_eq(addr, POST_STR("0x0")))
		return false;
	return addr.n != USER || post_str_starts(addr, POST_STR("0xffff"));
}

bool
post_account_any_native(struct post_account *a, const struct post_event *e, const struct post_trait *t)
{
	struct post_open_stack *o = &a->open;
	struct post_str addr = e->line->addr;
	bool kernel = post_addr_in_kernel(addr), bare = (a->facts.fact[t->fact].flags & POST_FACT_BARE) != 0;
	struct post_part *part;

	if (bare && o->part == &o->side[POST_SIDE_KERNEL] && post_str_eq(addr, POST_STR("0x0")) && e->line->count.n == 0) {
		o->part->bytes += addr.n + 1;
		return false;
	}
	if (o->cfunc && !o->closed) {	/* it was no C function on a Lua stack: a word of the target's output */
		note(a, POST_NOTE_TEXT, 0, &o->place);
		reset(o);
	}
	leave_part(o);
	if (!push(o, e->at))
		return true;
	part = &o->side[kernel || (bare && is_kernel_stub(o, addr)) ? POST_SIDE_KERNEL : POST_SIDE_USER];
	part->kernel = kernel;
	part->n++;
	part->bytes += addr.n + 1;
	part->last_bytes = addr.n;
	part->last_fact = t->fact;
	part->root = t->root;
	part->bare = bare && is_stub(addr);
	o->part = part;
	o->bare = bare ? o->bare + 1 : 0;
	add_fact(o, t->fact);
	if (e->line->count.n > 0)
		note(a, POST_NOTE_SPLICED, 0, e->at);
	return true;
}

static void
add_lua(struct post_account *a, const struct post_line *line, const struct post_place *at)
{
	struct post_open_stack *o = &a->open;
	struct post_part *part;

	leave_part(o);
	if (!push(o, at))
		return;
	o->cfunc = false;
	part = &o->side[POST_SIDE_LUA];
	part->n++;
	part->bytes += line->text.n + 1;
	part->root = post_trait_hash(line->text.n > ROOT_BYTES ? post_str_from(line->text, line->text.n - ROOT_BYTES) : line->text);
	o->unnamed |= line->text.n > 0 && line->text.p[0] == ':';
	a->lua_tail |= post_str_eq(line->text, POST_STR("[tail]"));
}

/* A word or an address on top of a Lua stack. */
static void
add_cfunc(struct post_account *a, const struct post_line *line, const struct post_place *at)
{
	leave_part(&a->open);
	if (!push(&a->open, at))
		return;
	a->open.cfunc = a->open.n == 1;
	a->open.top += line->text.n + 1;
}

static void
add_simple(struct post_account *a, uint32_t fact, const struct post_place *at)
{
	leave_part(&a->open);
	if (push(&a->open, at))
		add_fact(&a->open, fact);
}

static void
add_noise(struct post_account *a, const struct post_event *e)
{
	enum post_note kind = e->line->noise;

	if (kind == POST_NOTE_NONE)
		return;
	note(a, kind, 0, e->at);
	if (kind >= POST_NOTE_WARNING && kind <= POST_NOTE_REPORT)
		post_said_add(&a->said, e->line->text, &a->scratch, e->at, false);
}

static struct post_trait
remembered_trait(struct post_account *a, const struct post_line *line)
{
	struct post_seen_entry *seen;
	struct post_trait t;
	bool new;
	uint32_t id = post_seen_id(&a->seen, line->rest, &new);

	seen = &a->seen.entry[id];
	if (new) {
		t = post_account_trait(a, line);
		seen->value[0] = t.fact;
		seen->value[1] = t.root;
		seen->value[2] = post_trait_variant(line);
	} else if (seen->value[2] != post_trait_variant(line))
		return post_account_trait(a, line);
	t = (struct post_trait){ seen->value[0], seen->value[1] };
	if (a->seen.names.n >= POST_SEEN_LINES || a->seen.names.mem.used >= POST_SEEN_BYTES)
		post_seen_free(&a->seen);
	return t;
}

static struct post_trait
own_trait(struct post_account *a, const struct post_line *line)
{
	return a->light ? post_facts_light(&a->facts, line) : remembered_trait(a, line);
}

void
post_account_event(struct post_account *a, const struct post_event *e, const struct post_trait *t)
{
	struct post_trait own;
	struct post_count count;

	switch (e->kind) {
	case POST_EVENT_NATIVE:
	case POST_EVENT_SIMPLE:
		if (t == NULL) {
			own = own_trait(a, e->line);
			t = &own;
		}
		if (e->kind == POST_EVENT_NATIVE)
			post_account_native(a, e, t);
		else
			add_simple(a, t->fact, e->at);
		break;
	case POST_EVENT_CUT:
		add_lua(a, e->line, e->at);
		a->open.side[POST_SIDE_LUA].cut = true;
		break;
	case POST_EVENT_LUA:
		add_lua(a, e->line, e->at);
		break;
	case POST_EVENT_CFUNC:
		add_cfunc(a, e->line, e->at);
		break;
	case POST_EVENT_COUNT:
		(void)post_account_close(a, e, &count);
		break;
	case POST_EVENT_NOISE:
		add_noise(a, e);
		break;
	}
}

/*
 * Is the last frame of this part the stub that MAXSTRINGLEN left of an
 * address?  The addresses with blanks between them then fill one byte less
 * than a buffer (bt(5)), and people choose round numbers for those.
 */
static bool
is_truncated(const struct post_part *p)
{
	return p->n > 0 && p->bare && (p->last_bytes < 3 || post_is_buffer_size(p->bytes));
}

/* The strings that the stack came in: which were full?  END is where its count is. */
static void
close_parts(struct post_account *a, uint64_t weight, const struct post_place *end)
{
	for (int i = 0; i < POST_SIDES; i++) {
		struct post_part *p = &a->open.side[i];

		if (p->n == 0)
			continue;
		if (i != POST_SIDE_LUA && is_truncated(p)) {
			p->cut = true;
			note(a, POST_NOTE_TRUNCATED, weight, &a->open.place);
			post_fill_add(&a->cut[i], p->bytes, 1, weight);
		} else if (p->cut)
			note(a, POST_NOTE_CUT, weight, end);
		post_fill_add(&a->fill[i], p->bytes, 1, weight);
		if (!p->cut)
			post_depths_add(&a->depth[i], p->n, weight, p->root);
	}
	if (a->open.side[POST_SIDE_LUA].n > 0)
		post_fill_add(&a->fill_whole, a->open.side[POST_SIDE_LUA].bytes + a->open.top, 1, weight);
}

/* What MAXSTRINGLEN left of a frame is none: it is taken out. */
static void
take_out_stubs(struct post_open_stack *o)
{
	for (int side = POST_SIDE_USER; side <= POST_SIDE_KERNEL; side++) {
		const struct post_part *p = &o->side[side];
		size_t i = o->n_same;

		while (p->cut && i-- > 0)
			if (o->same[i].fact == p->last_fact && o->same[i].n > 0) {
				o->same[i].n--;
				break;
			}
	}
}

/* The frames get the weight of their stack; what facts are there, of how many frames? */
static unsigned
close_facts(struct post_account *a, uint64_t weight)
{
	const struct post_open_stack *o = &a->open;
	unsigned flags = 0;

	for (size_t i = 0; i < o->n_same; i++) {
		struct post_fact *f = &a->facts.fact[o->same[i].fact];
		uint64_t n = o->same[i].n, inner = n - (i == 0), w;

		if (n == 0)
			continue;
		f->n += n;
		f->weight = __builtin_mul_overflow(n, weight, &w) ? UINT64_MAX : post_sum(f->weight, w);
		if ((f->flags & POST_FACT_START) != 0)
			f->inner += inner;
		flags |= f->flags & (inner > 0 ? ~0u : ~(unsigned)POST_FACT_START);
	}
	return flags;
}

static void
note_stack(struct post_account *a, unsigned flags, uint64_t weight)
{
	const struct post_open_stack *o = &a->open;
	const struct {
		enum post_note	kind;
		bool		is;
	} seen[] = {
		{ POST_NOTE_UNRESOLVED, (flags & POST_FACT_UNRESOLVED) != 0 },
		{ POST_NOTE_TRACER, (flags & POST_FACT_TRACER) != 0 },
		{ POST_NOTE_START, (flags & POST_FACT_START) != 0 },
		{ POST_NOTE_KERNEL, o->side[POST_SIDE_KERNEL].n > 0 },
		{ POST_NOTE_USER, o->side[POST_SIDE_USER].n > 0 },
		{ POST_NOTE_LUA, o->side[POST_SIDE_LUA].n > 0 },
		{ POST_NOTE_UNNAMED, o->unnamed },
		{ POST_NOTE_GARBAGE, o->bare >= GARBAGE_MIN && o->bare < o->side[POST_SIDE_USER].n },
		{ POST_NOTE_SPLICED, (flags & POST_FACT_SPLICED) != 0 },
	};

	for (size_t i = 0; i < sizeof seen / sizeof *seen; i++)
		if (seen[i].is)
			note(a, seen[i].kind, weight, &o->place);
}

/* Is the count one, and the stack one that can have it?  What is wrong is noted. */
static bool
is_good(struct post_account *a, const struct post_event *e, struct post_count *count)
{
	if (e->line->count.p[0] == '-')
		note(a, POST_NOTE_NEGATIVE, 0, e->at);
	else if (post_count_parse(e->line->count, count) != 0)
		note(a, POST_NOTE_OVERFLOW, 0, e->at);
	else if (a->open.n > POST_STACK_MAX)
		note(a, POST_NOTE_TOO_DEEP, count->whole, &a->open.place);
	else
		return true;
	return false;
}

bool
post_account_close(struct post_account *a, const struct post_event *e, struct post_count *count)
{
	struct post_open_stack *o = &a->open;
	bool good;

	if (o->closed)
		reset(o);
	leave_part(o);
	good = is_good(a, e, count);
	if (good) {
		if (o->n == 0)
			note(a, POST_NOTE_EMPTY, count->whole, e->at);
		close_parts(a, count->whole, e->at);
		take_out_stubs(o);
		note_stack(a, close_facts(a, count->whole), count->whole);
		post_counts_add(&a->counts, count->whole, e->at);
		post_account_total(a, *count);
		a->stacks++;
		a->frames += o->n;
		if (o->n > a->deepest)
			a->deepest = o->n;
	}
	o->closed = true;
	return good;
}

void
post_account_end(struct post_account *a)
{
	if (!a->open.closed && a->open.n > 0)
		note(a, POST_NOTE_PARTIAL, 0, &a->open.place);
	reset(&a->open);
}

void
post_account_folded(struct post_account *a, size_t n, struct post_count count)
{
	a->stacks++;
	a->folded++;
	a->frames += n;
	if (n > a->deepest)
		a->deepest = n;
	post_account_total(a, count);
}
