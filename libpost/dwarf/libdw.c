/* SPDX-License-Identifier: BSD-2-Clause */
#include <dwarf.h>
#include <stdlib.h>
#include "libdw-scopes.h"
#include "libdw.h"
#include "addresses.h"

enum {
	CLAIMS_MAX = 4,			/* units that an address is looked for in */
	RANGES_MAX = 1 << 24,		/* of all units, as often as they name them */
	OPEN_WORK_MAX = 1 << 26		/* addresses looked for in units that do not say what they have */
};

/* Which ranges of a unit count: those that begin at 0 may be of code that the linker threw away. */
enum pass { STRONG, WEAK, OPEN };

/* Addresses [lo, hi) that a unit says it has. */
struct span {
	size_t	lo, hi;
	bool	weak;
};

struct unit {
	Dwarf_Die	 die;
	size_t		 first, n;	/* of the spans */
	bool		 open;		/* it has code, and does not say where all of it is */
	bool		 bad;
};

/* What is known of an address so far. */
struct state {
	bool	scope, line;	/* a function; a line */
	uint8_t	claims;
};

struct search {
	const uint64_t		*pc;
	struct post_chains	*out;
	struct state		*state;		/* by address */
	struct post_pending	 pending;		/* addresses that this pass still looks for */
	struct unit		*unit;
	size_t			 n_unit, cap_unit;
	struct span		*span;
	size_t			 n_span, cap_span;
	uint64_t		 n_range, open_work;

	/* Of the unit that is asked. */
	size_t			*held;		/* addresses that it may have, ascending */
	uint64_t		*held_pc;
	size_t			 n_held;
	struct post_dw_scopes	 scopes;
	Dwarf_Files		*files;		/* NULL: it has none */
	struct post_str		 comp_dir;
};

static void
tell_bad(struct search *s, uint64_t at)
{
	if (s->out->bad_units++ > 0)
		return;
	post_fail(&s->out->first_bad, POST_EFORMAT, "a unit of .debug_info cannot be read");
	s->out->first_bad.byte = at;
	s->out->first_bad.has_byte = 1;
}

static void
mark_bad(struct search *s, struct unit *u)
{
	if (!u->bad)
		tell_bad(s, dwarf_dieoffset(&u->die));
	u->bad = true;
}

static int
by_place(const void *x, const void *y)
{
	const struct span *a = x, *b = y;

	if (a->weak != b->weak)
		return a->weak - b->weak;
	return a->lo != b->lo ? (a->lo < b->lo ? -1 : 1) : (a->hi > b->hi) - (a->hi < b->hi);
}

/* Join the N spans of a unit that overlap; they get in order.  Returns how many are left. */
static size_t
join(struct span *span, size_t n)
{
	size_t last = 0;

	if (n < 2)
		return n;
	qsort(span, n, sizeof *span, by_place);
	for (size_t i = 1; i < n; i++) {
		if (span[i].weak != span[last].weak || span[i].lo > span[last].hi)
			span[++last] = span[i];
		else if (span[i].hi > span[last].hi)
			span[last].hi = span[i].hi;
	}
	return last + 1;
}

static void
claim(struct search *s, struct unit *u)
{
	ptrdiff_t at = 0;
	Dwarf_Addr base = 0;
	uint64_t lo, hi;

	u->first = s->n_span;
	while ((at = post_dw_ranges(&u->die, at, &base, &lo, &hi)) > 0 && s->n_range++ < RANGES_MAX) {
		struct span p = { post_first_from(s->pc, 0, s->out->n, lo), 0, lo == 0 };

		if (lo >= hi || p.lo == s->out->n || s->pc[p.lo] >= hi)
			continue;
		p.hi = post_first_from(s->pc, 0, s->out->n, hi);
		s->span = post_room(s->span, s->n_span, &s->cap_span, sizeof *s->span);
		s->span[s->n_span++] = p;
	}
	u->n = join(s->span + u->first, s->n_span - u->first);
	s->n_span = u->first + u->n;
	if (at != 0)
		mark_bad(s, u);
}

static void
add_unit(struct search *s, Dwarf_Die *die, unsigned version)
{
	bool ranges = dwarf_hasattr(die, DW_AT_ranges);
	struct unit *u;

	if (dwarf_tag(die) != DW_TAG_compile_unit && dwarf_tag(die) != DW_TAG_skeleton_unit)
		return;
	s->unit = post_room(s->unit, s->n_unit, &s->cap_unit, sizeof *s->unit);
	u = &s->unit[s->n_unit++];
	*u = (struct unit){ .die = *die };
	if (ranges || (dwarf_hasattr(die, DW_AT_low_pc) && dwarf_hasattr(die, DW_AT_high_pc))) {
		claim(s, u);
		if (ranges || version > 2)	/* in DWARF 2 nothing but low and high says where code is */
			return;
	}
	u->open = !u->bad && (dwarf_hasattr(die, DW_AT_stmt_list) || dwarf_haschildren(die) == 1);
}

static void
add_units(struct search *s, Dwarf *dwarf)
{
	Dwarf_CU *cu = NULL;
	Dwarf_Die die = { 0 };
	Dwarf_Half version = 0;
	uint8_t type = 0;
	uint64_t at = 0;
	int got;

	while ((got = dwarf_get_units(dwarf, cu, &cu, &version, &type, &die, NULL)) == 0) {
		at = dwarf_dieoffset(&die);
		if (type == DW_UT_compile || type == DW_UT_skeleton)
			add_unit(s, &die, version);
	}
	if (got == -1)
		tell_bad(s, at);
}

static void
hold(struct search *s, size_t lo, size_t hi)
{
	for (size_t i = post_pending_from(&s->pending, lo); i < hi; i = post_pending_from(&s->pending, i + 1)) {
		s->held_pc[s->n_held] = s->pc[i];
		s->held[s->n_held++] = i;
	}
}

/* Hold the addresses that unit U may have and that are still looked for. */
static void
hold_of(struct search *s, const struct unit *u, enum pass pass)
{
	s->n_held = 0;
	if (pass == OPEN && u->open && s->open_work < OPEN_WORK_MAX) {
		hold(s, 0, s->out->n);
		s->open_work += s->n_held;
	}
	for (size_t i = 0; i < u->n && pass != OPEN; i++) {
		const struct span *p = &s->span[u->first + i];

		if (p->weak == (pass == WEAK))
			hold(s, p->lo, p->hi);
	}
}

static struct post_str
view(const char *p)
{
	return p != NULL ? post_str_of(p) : (struct post_str){ NULL, 0 };
}

static struct post_str
string(Dwarf_Die *die, unsigned attribute)
{
	Dwarf_Attribute a;

	return view(dwarf_attr_integrate(die, attribute, &a) != NULL ? dwarf_formstring(&a) : NULL);
}

static struct post_str
function_name(Dwarf_Die *die)
{
	static const unsigned by_rank[] = { DW_AT_linkage_name, DW_AT_MIPS_linkage_name, DW_AT_name };
	struct post_str name = { NULL, 0 };

	for (size_t i = 0; i < sizeof by_rank / sizeof *by_rank && name.n == 0; i++)
		name = string(die, by_rank[i]);
	return name;
}

/* libdw joins the directory and the name; of a table before DWARF 5 it makes a file number 0. */
static void
set_file(const struct search *s, Dwarf_Files *files, size_t i, struct post_site *site)
{
	struct post_str name = view(files != NULL ? dwarf_filesrc(files, i, NULL, NULL) : NULL);

	if (name.n == 0 || (i == 0 && post_str_eq(name, POST_STR("???"))))
		return;
	site->file = name;
	if (name.p[0] != '/')
		site->comp_dir = s->comp_dir;
}

/* A number that the entry itself has. */
static bool
number(Dwarf_Die *die, unsigned attribute, Dwarf_Word *x)
{
	Dwarf_Attribute a;

	*x = 0;
	return dwarf_attr(die, attribute, &a) != NULL && dwarf_formudata(&a, x) == 0;
}

/* Where a scope was inlined. */
static void
set_call(const struct search *s, Dwarf_Die *die, struct post_site *site)
{
	Dwarf_Word file, line;

	if (number(die, DW_AT_call_file, &file))
		set_file(s, s->files, file, site);
	if (number(die, DW_AT_call_line, &line))
		site->line = (uint32_t)line;
}

/* The last row at or below PC of LINES, which are sorted; NULL: none holds it. */
static Dwarf_Line *
find_line(Dwarf_Lines *lines, size_t n, uint64_t pc)
{
	size_t lo = 0, hi = n;
	bool end = true;
	Dwarf_Line *line;
	Dwarf_Addr addr;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (dwarf_lineaddr(dwarf_onesrcline(lines, mid), &addr) == 0 && addr <= pc)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == 0)
		return NULL;
	line = dwarf_onesrcline(lines, lo - 1);
	return dwarf_lineendsequence(line, &end) == 0 && !end ? line : NULL;
}

static void
set_line(const struct search *s, struct post_site *site, Dwarf_Line *line)
{
	Dwarf_Files *files;
	size_t file;
	int number_of_line = 0;

	if (dwarf_line_file(line, &files, &file) == 0)
		set_file(s, files, file, site);
	if (dwarf_lineno(line, &number_of_line) == 0)
		site->line = (uint32_t)number_of_line;
}

/* The chain of the held address K; LINE may be NULL. */
static struct post_call_chain
chain_of(const struct search *s, size_t k, Dwarf_Line *line)
{
	struct post_dw_scope *scope = s->scopes.scope;
	size_t n = 0, i;
	struct post_site *site;

	for (i = s->scopes.of[k]; i != POST_DW_NO_SCOPE; i = scope[i].parent)
		n++;
	site = post_take(s->out->mem, (n + 1) * sizeof *site);
	memset(site, 0, (n + 1) * sizeof *site);
	if (line != NULL)
		set_line(s, &site[0], line);
	n = 0;
	for (i = s->scopes.of[k]; i != POST_DW_NO_SCOPE; i = scope[i].parent) {
		site[n++].function = function_name(&scope[i].die);
		if (scope[i].parent == POST_DW_NO_SCOPE)
			continue;
		if (site[n - 1].function.n == 0)
			site[n - 1].function = POST_UNNAMED;
		set_call(s, &scope[i].die, &site[n]);
	}
	return (struct post_call_chain){ .site = site, .n = (uint32_t)(n > 0 ? n : line != NULL) };
}

/* What the unit says of the held address K counts when it is better than what is known. */
static void
answer(struct search *s, size_t k, Dwarf_Line *line, enum pass pass)
{
	size_t i = s->held[k];
	struct state *state = &s->state[i];
	bool scope = s->scopes.of[k] != POST_DW_NO_SCOPE;

	state->claims++;
	if (scope || (line != NULL && !state->line))
		s->out->chain[i] = chain_of(s, k, line);
	state->scope |= scope;
	state->line |= line != NULL;
	if (scope || (state->claims == CLAIMS_MAX && pass != OPEN))
		post_pending_done(&s->pending, i);
}

static void
ask(struct search *s, struct unit *u, enum pass pass)
{
	Dwarf_Lines *lines;
	Dwarf_Attribute a;
	size_t n_lines = 0, n_files;

	s->comp_dir = view(dwarf_formstring(dwarf_attr(&u->die, DW_AT_comp_dir, &a)));
	if (post_dw_scopes_find(&s->scopes, &u->die, s->held_pc, s->n_held) == -1)
		mark_bad(s, u);
	if (dwarf_getsrcfiles(&u->die, &s->files, &n_files) != 0)
		s->files = NULL;
	if (s->files == NULL || dwarf_getsrclines(&u->die, &lines, &n_lines) != 0) {
		n_lines = 0;
		if (dwarf_hasattr(&u->die, DW_AT_stmt_list))
			mark_bad(s, u);
	}
	for (size_t k = 0; k < s->n_held; k++)
		answer(s, k, n_lines > 0 ? find_line(lines, n_lines, s->held_pc[k]) : NULL, pass);
}

/* The addresses that PASS looks for are those that nothing is known of. */
static void
run(struct search *s, enum pass pass)
{
	post_pending_init(&s->pending, s->out->n);
	for (size_t i = 0; i < s->out->n; i++) {
		const struct state *state = &s->state[i];

		if (state->scope || state->line || state->claims >= (pass == OPEN ? 1 : CLAIMS_MAX))
			post_pending_done(&s->pending, i);
	}
	for (size_t i = 0; i < s->n_unit && post_pending_from(&s->pending, 0) < s->out->n; i++) {
		hold_of(s, &s->unit[i], pass);
		if (s->n_held > 0)
			ask(s, &s->unit[i], pass);
	}
	free(s->pending.next);
}

void
post_libdw_chains(Dwarf *dwarf, const uint64_t *pc, size_t n, struct post_chains *out)
{
	struct search s = { .pc = pc, .out = out };

	*out = (struct post_chains){ .n = n, .n_mem = 1 };
	out->chain = post_resize(NULL, n + 1, sizeof *out->chain);
	memset(out->chain, 0, (n + 1) * sizeof *out->chain);
	out->mem = post_resize(NULL, 1, sizeof *out->mem);
	*out->mem = (struct post_arena){ 0 };
	s.state = post_resize(NULL, n + 1, sizeof *s.state);
	memset(s.state, 0, (n + 1) * sizeof *s.state);
	s.held = post_resize(NULL, n + 1, sizeof *s.held);
	s.held_pc = post_resize(NULL, n + 1, sizeof *s.held_pc);
	add_units(&s, dwarf);
	run(&s, STRONG);
	run(&s, WEAK);
	run(&s, OPEN);
	post_dw_scopes_free(&s.scopes);
	free(s.held);
	free(s.held_pc);
	free(s.state);
	free(s.unit);
	free(s.span);
}
