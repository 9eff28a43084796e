/* SPDX-License-Identifier: BSD-2-Clause */
#include <inttypes.h>
#include <stdlib.h>
#include "judge.h"
#include "native.h"

/* Shares that are enough to spoil the picture: of the weight of stacks, and of frames. */
#define UNRESOLVED_STACKS	0.1
#define UNRESOLVED_FRAMES	0.05
#define GARBAGE			0.001
enum { NAMED = 5 };	/* modules that a finding names */

/* The frames of a module, whatever else the facts say of them. */
struct module {
	struct post_str	name;
	uint64_t	n, unresolved;	/* frames */
	uint64_t	weight, unresolved_weight;
};

struct modules {
	struct module	*v;
	size_t		 n;
	struct module	 all;
	unsigned	 flags;		/* of any frame */
	uint64_t	 start, tracer;	/* frames */
	bool		 colon;		/* " : 0xA [M+o/z]", the layout of stap 2 for what is unresolved */
	bool		 short_address;	/* one without zeros before it */
};

static void
add(struct module *to, const struct module *from)
{
	to->n += from->n;
	to->unresolved += from->unresolved;
	to->weight = post_sum(to->weight, from->weight);
	to->unresolved_weight = post_sum(to->unresolved_weight, from->unresolved_weight);
}

static struct module
module_of(const struct post_facts *facts, uint32_t id)
{
	const struct post_fact *f = &facts->fact[id];
	bool unresolved = (f->flags & POST_FACT_UNRESOLVED) != 0;

	return (struct module){ .name = post_fact_module(facts, id), .n = f->n, .weight = f->weight,
	    .unresolved = unresolved ? f->n : 0, .unresolved_weight = unresolved ? f->weight : 0 };
}

static int
by_name(const void *a, const void *b)
{
	return post_str_cmp(((const struct module *)a)->name, ((const struct module *)b)->name);
}

static int
by_unresolved(const void *a, const void *b)
{
	const struct module *x = a, *y = b;

	if (x->unresolved_weight != y->unresolved_weight)
		return x->unresolved_weight < y->unresolved_weight ? 1 : -1;
	return by_name(a, b);
}

/* One entry for each module. */
static void
join(struct modules *m)
{
	size_t i, n = 0;

	if (m->n > 1)
		qsort(m->v, m->n, sizeof *m->v, by_name);
	for (i = 0; i < m->n; i++) {
		if (n == 0 || !post_str_eq(m->v[n - 1].name, m->v[i].name)) {
			m->v[n++] = m->v[i];
			continue;
		}
		add(&m->v[n - 1], &m->v[i]);
	}
	m->n = n;
	if (n > 1)
		qsort(m->v, n, sizeof *m->v, by_unresolved);
}

static void
note_layout(struct modules *m, unsigned flags)
{
	unsigned colon = POST_FACT_UNRESOLVED | POST_FACT_BARE | POST_FACT_NO_COLON | POST_FACT_SIMPLE;

	m->flags |= flags;
	m->colon |= (flags & colon) == POST_FACT_UNRESOLVED;
	m->short_address |= (flags & (POST_FACT_PADDED | POST_FACT_KERNEL | POST_FACT_SIMPLE)) == 0;
}

static void
gather(struct modules *m, const struct post_facts *facts)
{
	m->v = post_resize(NULL, facts->names.n, sizeof *m->v);
	for (uint32_t id = 0; id < facts->names.n; id++) {
		const struct post_fact *f = &facts->fact[id];

		if (f->n == 0)
			continue;
		note_layout(m, f->flags);
		if ((f->flags & POST_FACT_START) != 0)
			m->start += f->inner;
		if ((f->flags & POST_FACT_TRACER) != 0)
			m->tracer += f->n;
		m->v[m->n] = module_of(facts, id);
		add(&m->all, &m->v[m->n++]);
	}
	join(m);
}

/* Of so many frames; their stacks have shares, of no weight too. */
static struct post_finding *
found(struct post_findings *to, const struct post_account *a, enum post_finding_id id, enum post_severity severity,
    enum post_note kind, uint64_t n)
{
	const struct post_noted *k = &a->notes.kind[kind];
	struct post_finding *f = post_judge_noted(to, a, id, severity, kind);

	f->n = n;
	f->stacks = post_share(k->n, a->stacks);
	f->weight = post_share(k->weight, a->total.whole);
	return f;
}

static void
put_module(struct post_buf *b, const struct module *m, bool with_share)
{
	if (b->n > 0)
		post_puts(b, ", ");
	if (m->name.n > 0)
		post_put(b, post_module_short(m->name));
	else
		post_puts(b, "no module");
	if (!with_share)
		return;
	post_putf(b, " %" PRIu64 "/%" PRIu64, m->unresolved, m->n);
}

/* The modules with the most unresolved weight; ALL: those that have nothing else, of which *n are counted. */
static char *
name_modules(const struct modules *m, bool all, uint64_t *n)
{
	struct post_buf b = { 0 };
	size_t named = 0;

	*n = 0;
	for (size_t i = 0; i < m->n; i++) {
		const struct module *one = &m->v[i];

		if (one->unresolved == 0 || (all && (one->unresolved < one->n || one->name.n == 0)))
			continue;
		++*n;
		if (named++ < NAMED)
			put_module(&b, one, !all);
	}
	if (named > NAMED)
		post_puts(&b, ", ...");
	return b.s;
}

static void
judge_unresolved(struct post_findings *to, const struct post_account *a, const struct modules *m)
{
	struct post_finding *f;
	uint64_t n;
	char *bare;

	if (m->all.unresolved == 0)
		return;
	f = found(to, a, POST_FOUND_UNRESOLVED, POST_INFO, POST_NOTE_UNRESOLVED, m->all.unresolved);
	if (f->weight >= UNRESOLVED_STACKS && (double)m->all.unresolved_weight >= UNRESOLVED_FRAMES * (double)m->all.weight)
		f->severity = POST_SHALLOW;
	f->subject = name_modules(m, false, &n);
	bare = name_modules(m, true, &n);
	if (n == 0)
		return;
	f = post_findings_add(to, POST_FOUND_BARE_MODULES, POST_INFO);
	f->n = n;
	f->subject = bare;
}

static const char *
layouts_of(const struct modules *m)
{
	if ((m->flags & POST_FACT_SIMPLE) != 0 && (m->flags & (POST_FACT_SYMBOL | POST_FACT_NO_COLON)) != 0)
		return "sprint_backtrace, print_stack";
	if ((m->flags & POST_FACT_PADDED) != 0 && m->short_address)
		return "stap 1.0 to 1.2, 1.3 and later";
	if ((m->flags & POST_FACT_NO_COLON) != 0 && m->colon)
		return "stap 1, stap 2 and later";
	return NULL;
}

static void
judge_rest(struct post_findings *to, const struct post_account *a, const struct modules *m)
{
	const char *layouts = layouts_of(m);

	if (m->start > 0)
		found(to, a, POST_FOUND_NORETURN_CALLERS, POST_INFO, POST_NOTE_START, m->start);
	if (m->tracer > 0)
		found(to, a, POST_FOUND_TRACER_FRAMES, POST_INFO, POST_NOTE_TRACER, m->tracer);
	if (layouts != NULL && a->notes.kind[POST_NOTE_BULK].n == 0)	/* its headers spoil lines */
		post_findings_add(to, POST_FOUND_MIXED_LAYOUTS, POST_INFO)->subject = strdup(layouts);
}

static void
judge_sides(struct post_findings *to, const struct post_account *a)
{
	const struct post_noted *k = a->notes.kind;
	struct post_finding *f;

	if (k[POST_NOTE_GARBAGE].n > 0) {
		f = found(to, a, POST_FOUND_GARBAGE_FRAMES, POST_INFO, POST_NOTE_GARBAGE, k[POST_NOTE_GARBAGE].n);
		if (f->weight >= GARBAGE)
			f->severity = POST_SHALLOW;
	}
	if (k[POST_NOTE_KERNEL].n > 0 && k[POST_NOTE_USER].n > 0)
		found(to, a, POST_FOUND_KERNEL_AND_USER, POST_INFO, POST_NOTE_KERNEL, k[POST_NOTE_KERNEL].n);
	if (k[POST_NOTE_UNNAMED].n > 0)
		found(to, a, POST_FOUND_UNNAMED_LUA, k[POST_NOTE_UNNAMED].n * 20 < a->stacks ? POST_INFO : POST_BIASED,
		    POST_NOTE_UNNAMED, k[POST_NOTE_UNNAMED].n);
}

void
post_judge_frames(struct post_findings *to, const struct post_account *a)
{
	struct modules m = { 0 };

	if (a->stacks == 0)
		return;
	gather(&m, &a->facts);
	judge_unresolved(to, a, &m);
	judge_rest(to, a, &m);
	judge_sides(to, a);
	free(m.v);
}
