/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "../base/mem.h"
#include "answer.h"
#include "lines.h"

/* A scope as the chains show it. */
struct shown {
	struct post_str	function;
	uint64_t	call_file;
	uint32_t	call_line;
	bool		has_call_file;
};

/* A unit being answered for. */
struct job {
	struct post_answerer	*by;
	struct post_unit	 unit;		/* with the entries: the split one, if there is one */
	struct post_lines	 lines;
	bool			 has_lines;
	const uint64_t		*pc;
	size_t			 n;
	struct post_row		*row;
	struct shown		*shown;		/* by scope */
	bool			 unread;
	enum post_reading	 how;
};

void
post_answerer_begin(struct post_answerer *a, const struct post_dwarf *d, struct post_arena *mem,
    const struct post_units *main, const struct post_units *alt)
{
	*a = (struct post_answerer){ .dwarf = d, .mem = mem, .abbrev_budget = UINT64_MAX };
	a->abbrevs.budget = &a->abbrev_budget;
	post_namer_begin(&a->namer, d, main, alt);
}

void
post_answerer_limit(struct post_answerer *a, uint64_t budget)
{
	a->abbrev_budget = budget;
	a->abbrevs.from = NULL;		/* which table it is turned to depends on the threads */
}

void
post_answerer_free(struct post_answerer *a)
{
	post_abbrevs_free(&a->abbrevs);
	post_inlines_free(&a->inlines);
	post_namer_free(&a->namer);
	post_drop(&a->scratch);
}

static void
note(struct job *j, enum post_reading got)
{
	if (got == POST_UNREAD)
		j->unread = true;
	else if (got != POST_READ && j->how == POST_READ)
		j->how = got;
}

static void
find_lines(struct job *j, const struct post_unit *u)
{
	struct post_arena *scratch = &j->by->scratch;
	struct post_str comp_dir = u->comp_dir.n > 0 ? u->comp_dir : j->unit.comp_dir;
	int got;

	j->row = post_take(scratch, j->n * sizeof *j->row);
	memset(j->row, 0, j->n * sizeof *j->row);
	if (!u->has_lines)
		return;
	got = post_lines_open(&j->lines, u, comp_dir, scratch);
	if (got == 0) {
		j->has_lines = true;
		got = post_lines_find(&j->lines, j->pc, j->n, j->row);
	}
	note(j, got == 0 ? POST_READ : got > 0 ? POST_UNREAD : POST_CORRUPT);
}

/* A scope whose name is in another unit. */
struct far_name {
	uint64_t	at;
	uint32_t	scope;
};

static int
by_place(const void *x, const void *y)
{
	const struct far_name *a = x, *b = y;

	return a->at != b->at ? (a->at < b->at ? -1 : 1) : (a->scope > b->scope) - (a->scope < b->scope);
}

static void
read_scope(struct job *j, size_t i, struct post_value *v)
{
	struct post_cursor c = post_unit_cursor(&j->unit, j->by->inlines.scope[i].at);

	note(j, post_unit_entry(&j->unit, &c, v));
}

/* Names in other units last, in the order of those, so that each is opened once. */
static void
show_scopes(struct job *j)
{
	struct post_namer *namer = &j->by->namer;
	size_t n = j->by->inlines.n_scope, n_far = 0, i;
	struct far_name *far = post_take(&j->by->scratch, n * sizeof *far);
	struct post_value v[POST_ATTRIBUTES];

	j->shown = post_take(&j->by->scratch, n * sizeof *j->shown);
	post_namer_turn(namer, n);
	for (i = 0; i < n; i++) {
		struct shown *s = &j->shown[i];

		read_scope(j, i, v);
		*s = (struct shown){
			.has_call_file = v[POST_AT_CALL_FILE].form != 0, .call_file = v[POST_AT_CALL_FILE].u,
			.call_line = (uint32_t)v[POST_AT_CALL_LINE].u,
		};
		if (v[POST_AT_ORIGIN].form == DW_FORM_ref_addr)
			far[n_far++] = (struct far_name){ v[POST_AT_ORIGIN].u, (uint32_t)i };
		else
			s->function = post_namer_find(namer, &j->unit, v);
	}
	qsort(far, n_far, sizeof *far, by_place);
	for (i = 0; i < n_far; i++) {
		read_scope(j, far[i].scope, v);
		j->shown[far[i].scope].function = post_namer_find(namer, &j->unit, v);
	}
}

static void
set_line(const struct job *j, struct post_site *s, bool has_file, uint64_t file, uint32_t line)
{
	if (j->has_lines && has_file)
		post_lines_file(&j->lines, file, s);
	s->line = line;
}

static struct post_call_chain
chain_of(const struct job *j, size_t i)
{
	const struct post_scope *scope = j->by->inlines.scope;
	const struct post_row *row = &j->row[i];
	uint32_t of = j->by->inlines.of[i], k, n = 0;
	struct post_site *site;

	for (k = of; k != POST_NO_SCOPE; k = scope[k].parent)
		n++;
	if (n == 0 && !row->found)
		return (struct post_call_chain){ .unread = j->unread };
	site = post_take(j->by->mem, (n == 0 ? 1 : n) * sizeof *site);
	memset(site, 0, (n == 0 ? 1 : n) * sizeof *site);
	set_line(j, &site[0], row->found, row->file, row->line);
	for (k = of, n = 0; k != POST_NO_SCOPE; k = scope[k].parent, n++) {
		const struct shown *s = &j->shown[k];

		site[n].function = s->function;
		if (scope[k].parent == POST_NO_SCOPE)
			continue;
		if (s->function.n == 0)
			site[n].function = POST_UNNAMED;
		set_line(j, &site[n + 1], s->has_call_file, s->call_file, s->call_line);
	}
	return (struct post_call_chain){ site, n == 0 ? 1 : n, j->unread };
}

/* The entries of the unit, or of SKELETON itself when the rest of it cannot be read. */
static void
open_entries(struct job *j, struct post_unit *skeleton, struct post_split split)
{
	struct post_answerer *a = j->by;
	enum post_reading got;

	if (split.in != NULL) {
		got = post_unit_header(a->dwarf, split.in, split.at, &j->unit);
		if (got == POST_READ)
			got = post_unit_open(&j->unit, &a->abbrevs);
		note(j, got);
		if (got == POST_READ) {
			post_unit_join(&j->unit, skeleton);
			return;
		}
		note(j, post_unit_open(skeleton, &a->abbrevs));
	}
	j->unit = *skeleton;
}

void
post_answer(struct post_answerer *a, uint64_t at, struct post_split split, const uint64_t *pc, size_t n, bool *counted,
    struct post_answer *answer)
{
	struct job j = { .by = a, .pc = pc, .n = n, .how = POST_READ };
	struct post_unit u;
	enum post_reading got = post_unit_header(a->dwarf, &a->dwarf->main, at, &u);

	if (got == POST_READ)
		got = post_unit_open(&u, &a->abbrevs);
	if (got == POST_READ) {
		open_entries(&j, &u, split);
		note(&j, post_inlines_find(&a->inlines, &j.unit, pc, n));
		find_lines(&j, &u);
		show_scopes(&j);
		for (size_t i = 0; i < n; i++) {
			answer[i].chain = chain_of(&j, i);
			answer[i].rank = a->inlines.of[i] != POST_NO_SCOPE ? POST_RANK_SCOPE :
			    j.row[i].found ? POST_RANK_LINE : POST_RANK_NONE;
		}
	}
	note(&j, got);
	if (j.how != POST_READ && !*counted)
		post_bad_unit(&a->bad, at, j.how);
	*counted |= j.how != POST_READ;
	post_drop(&a->scratch);
}
