/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "../dwarf/libdw.h"
#include "resolve.h"

/* The addresses of one module that are looked up, sorted, and what is there. */
struct lookup {
	struct post_module		*module;
	struct post_object		*object;	/* the module's */
	const struct post_frames	*frames;
	uint64_t			*pc;		/* as DWARF has them */
	size_t				 n;
	struct post_chains		 chains;
	struct post_chains		 more;		/* of those that chains left unread */
};

/* The address to look up for a frame of KIND at LINK: the call lies before the address that it returns to. */
static uint64_t
lookup_address(uint64_t link, enum post_frame_kind kind)
{
	return kind == POST_FRAME_RETURN && link > 0 ? link - 1 : link;
}

static int
by_address(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static void
collect(struct lookup *l)
{
	const struct post_module *m = l->module;
	size_t i, n = 0;

	l->pc = post_resize(NULL, 2 * m->n, sizeof *l->pc);
	for (i = 0; i < m->n; i++)
		for (int kind = 0; kind < POST_FRAME_KINDS; kind++)
			if (m->placed[i].how == POST_PLACED && l->frames->frame[m->frame[i]].n[kind] > 0)
				l->pc[n++] = lookup_address(m->placed[i].link, (enum post_frame_kind)kind) - l->object->debug_bias;
	if (n > 0)
		qsort(l->pc, n, sizeof *l->pc, by_address);
	for (i = 0; i < n; i++)
		if (i == 0 || l->pc[i] != l->pc[i - 1])
			l->pc[l->n++] = l->pc[i];
}

/* What is left to libdw: units that our own reader does not read, and files whose bytes are in the other order. */
static bool
is_unread(const struct lookup *l, size_t i)
{
	return l->chains.chain[i].unread || l->object->dwarf.main.s[POST_DEBUG_INFO].n == 0;
}

static void
look_up_unread(struct lookup *l)
{
	uint64_t *pc = post_resize(NULL, l->n, sizeof *pc);
	size_t i, n = 0;
	Dwarf *dwarf;

	for (i = 0; i < l->n; i++)
		if (is_unread(l, i))
			pc[n++] = l->pc[i];
	if (n > 0 && (dwarf = post_object_libdw(l->object)) != NULL) {
		post_libdw_chains(dwarf, pc, n, &l->more);
		for (i = n = 0; i < l->n; i++)
			if (is_unread(l, i))
				l->chains.chain[i] = l->more.chain[n++];
	}
	free(pc);
}

static void
take_bad_units(struct lookup *l)
{
	const struct post_err *first = l->chains.bad_units > 0 ? &l->chains.first_bad : &l->more.first_bad;
	struct post_module *m = l->module;

	m->bad_units = l->chains.bad_units + l->more.bad_units;
	m->bad_byte = first->byte;
	m->has_bad_byte = first->has_byte;
	post_puts(&m->message, first->msg);
}

static void
look_up(struct lookup *l, unsigned jobs)
{
	struct post_module *m = l->module;

	struct post_err err;

	if (post_object_debug(l->object, jobs, &err) == -1) {
		post_puts(&m->message, err.msg);
		return;
	}
	collect(l);
	post_puts(&m->debug, l->object->debug_path);
	post_dwarf_chains(&l->object->dwarf, l->pc, l->n, jobs, &l->chains);
	look_up_unread(l);
	if (l->chains.bad_units + l->more.bad_units > 0)
		take_bad_units(l);
	else if (l->object->note != NULL)
		post_puts(&m->message, l->object->note);
}

static const struct post_call_chain *
chain_of(const struct lookup *l, uint64_t pc)
{
	const uint64_t *at = l->chains.n > 0 ? bsearch(&pc, l->pc, l->n, sizeof pc, by_address) : NULL;

	return at != NULL ? &l->chains.chain[at - l->pc] : NULL;
}

/* Is there a symbol NAME at the link address AT, while the code in question belongs to the symbol S? */
static bool
is_beside(const struct post_symtab *t, struct post_str name, uint64_t at, const struct post_symbol *s)
{
	const struct post_symbol *one = NULL;

	if (s == NULL || s->addr == at)
		return false;
	while ((one = post_symtab_named(t, name, one)) != NULL)
		if (one->addr == at)
			return true;
	return false;
}

/* What is known of frame I of the module as one of KIND; false when nothing is. */
static bool
resolve(const struct lookup *l, size_t i, enum post_frame_kind kind, struct post_resolved *out)
{
	const struct post_module *m = l->module;
	const struct post_sighting *seen = &m->seen[i];
	const struct post_placed *placed = &m->placed[i];
	uint64_t pc = lookup_address(placed->link, kind);
	const struct post_call_chain *chain = chain_of(l, pc - l->object->debug_bias);
	const struct post_symbol *s = post_symtab_at(&l->object->symtab, pc, placed->span);

	*out = (struct post_resolved){ .module = m->name.n > 0 ? m->name : post_str_of(l->object->path) };
	if (chain != NULL && chain->n > 0) {
		out->site = chain->site;
		out->n = chain->n;
	}
	if (s != NULL) {
		out->symbol = s->name;
		out->offset = placed->link - s->addr;
		out->gap = s->gap;
	}
	out->misnamed = seen->name.n == 0 || is_beside(&l->object->symtab, seen->name, placed->link - seen->offset, s);
	return out->n > 0 || s != NULL;
}

static void
count(struct post_module *m, const struct post_resolved *r, uint64_t lines)
{
	if (r->n > 0) {
		m->with_lines += lines;
		m->inlined += r->n > 1 ? lines : 0;
	} else
		m->by_symbol += lines;
}

static void
give(struct lookup *l, post_resolved_fn *fn, void *arg)
{
	struct post_module *m = l->module;

	for (size_t i = 0; i < m->n; i++)
		for (int kind = 0; kind < POST_FRAME_KINDS; kind++) {
			uint64_t lines = l->frames->frame[m->frame[i]].n[kind];
			struct post_resolved r;

			m->outside += m->placed[i].how == POST_UNPLACED_OUTSIDE ? lines : 0;
			m->differ += m->placed[i].how == POST_UNPLACED_DIFFERS ? lines : 0;
			if (lines == 0 || m->placed[i].how != POST_PLACED || !resolve(l, i, (enum post_frame_kind)kind, &r))
				continue;
			count(m, &r, lines);
			fn(arg, m->frame[i], (enum post_frame_kind)kind, &r);
		}
}

void
post_resolve(struct post_modules *m, const struct post_frames *frames, unsigned jobs, post_resolved_fn *fn, void *arg)
{
	for (size_t i = 0; i < m->n; i++) {
		struct lookup l = { .module = &m->module[i], .frames = frames };

		if (l.module->state != POST_MODULE_TRACED || (l.object = post_module_object(m, l.module)) == NULL)
			continue;
		look_up(&l, jobs);
		give(&l, fn, arg);
		post_chains_free(&l.chains);
		post_chains_free(&l.more);
		free(l.pc);
		post_module_close(m, l.module);
	}
}
