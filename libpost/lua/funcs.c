/* SPDX-License-Identifier: BSD-2-Clause */
/* Which functions a Lua source defines: one pass over the tokens, the open blocks and brackets on a stack. */
#include <stdlib.h>
#include "defname.h"
#include "funcs.h"
#include "lex.h"

/* Lua itself refuses 200 levels; what is open beyond this is only counted. */
enum { LEVELS_MAX = 1 << 16 };

enum kind { BLOCK, BODY, TABLE, PAREN, PARAMS, INDEX };	/* BODY: a function's block */

/*
 * Where a level stands in "a, b = x, y" or in a field "k = x":
 * at something else, in the list of targets, in the list of values.
 */
enum phase { OTHER, TARGETS, VALUES };

struct open {
	uint32_t	 within;	/* the nearest named function, for functions at this level */
	uint32_t	 base;		/* its targets begin here in the parser's stack of them */
	uint32_t	 which;		/* in VALUES: the target of the value at hand, from base */
	unsigned char	 kind, phase;
};

/* A "function" whose "(" is still to come. */
struct head {
	bool		 seen, named, local;
	size_t		 at;		/* in the source, once named: where the name begins */
	uint32_t	 line;
	bool		 value;		/* it stands where the value of a target stands */
};

struct parser {
	struct post_lua_funcs	*fs;
	struct post_arena	*names;
	struct post_str		 src;
	struct open		*open;
	size_t			 n, cap;
	size_t			 deeper;	/* levels open beyond LEVELS_MAX */
	uint32_t		*target;	/* where each begins in the source */
	size_t			 n_targets, cap_targets;
	int			 last;		/* the kind of the token before */
	struct head		 head;
	struct post_buf		 text;
};

static struct open *
top(struct parser *p)
{
	return &p->open[p->n - 1];
}

static void
push(struct parser *p, enum kind kind, uint32_t within)
{
	if (p->n == LEVELS_MAX) {
		p->deeper++;
		return;
	}
	p->open = post_room(p->open, p->n, &p->cap, sizeof *p->open);
	p->open[p->n++] = (struct open){ .within = within, .base = (uint32_t)p->n_targets, .kind = (unsigned char)kind };
}

static void
pop(struct parser *p)
{
	if (p->deeper > 0)
		p->deeper--;
	else if (p->n > 1)
		p->n_targets = p->open[--p->n].base;
}

/* Begin a statement or a field at the top level; its first target, if it has one, is at AT. */
static void
begin(struct parser *p, enum phase phase, size_t at)
{
	struct open *o = top(p);

	p->n_targets = o->base;
	o->which = 0;
	o->phase = (unsigned char)phase;
	if (phase == TARGETS) {
		p->target = post_room(p->target, p->n_targets, &p->cap_targets, sizeof *p->target);
		p->target[p->n_targets++] = (uint32_t)at;
	}
}

/* After KIND a statement begins, whatever comes: LEX_END stands for the start and for the end of parameters. */
static bool
is_boundary(int kind)
{
	switch (kind) {
	case LEX_END: case ';': case LEX_LABEL: case LEX_BREAK: case LEX_CLOSE: case LEX_DO: case LEX_ELSE:
	case LEX_LOCAL: case LEX_REPEAT: case LEX_THEN:
		return true;
	}
	return false;
}

/* May an expression end with KIND?  Then a name after it begins a statement. */
static bool
ends_value(int kind)
{
	switch (kind) {
	case LEX_NAME: case LEX_NUMBER: case LEX_STRING: case LEX_DOTS: case LEX_NIL: case LEX_TRUE: case LEX_FALSE:
	case ')': case ']': case '}':
		return true;
	}
	return false;
}

/* Does the token stand where "x =", "," or "or" has left the place for a value of a target? */
static bool
is_value(struct parser *p)
{
	return p->deeper == 0 && top(p)->phase == VALUES && top(p)->base + top(p)->which < p->n_targets &&
	    (p->last == '=' || p->last == ',' || p->last == LEX_AND || p->last == LEX_OR);
}

/* A token at the level of a block: where do statements begin? */
static void
in_block(struct parser *p, int kind, size_t at)
{
	switch (kind) {
	case LEX_NAME:
		if (is_boundary(p->last) || ends_value(p->last))
			begin(p, TARGETS, at);
		break;
	case '(':
		if (is_boundary(p->last))
			begin(p, TARGETS, at);
		break;
	case LEX_BREAK: case LEX_DO: case LEX_ELSE: case LEX_ELSEIF: case LEX_FOR: case LEX_IF: case LEX_LOCAL:
	case LEX_REPEAT: case LEX_RETURN: case LEX_THEN: case LEX_UNTIL: case LEX_WHILE: case ';':
		begin(p, OTHER, 0);
	}
}

/* A "," or "=" at the level of a block or constructor; AFTER is what follows it. */
static void
in_list(struct parser *p, int kind, size_t after)
{
	struct open *o = top(p);

	if (kind == '=') {
		if (o->phase == TARGETS)
			o->phase = VALUES;
	} else if (o->kind == TABLE) {
		begin(p, TARGETS, after);
	} else if (o->phase == VALUES) {
		o->which++;
	} else if (o->phase == TARGETS) {
		p->target = post_room(p->target, p->n_targets, &p->cap_targets, sizeof *p->target);
		p->target[p->n_targets++] = (uint32_t)after;
	}
}

static struct post_str
name_of(struct parser *p, size_t paren)
{
	struct post_str whole = { p->src.p, paren };

	p->text.n = 0;
	if (p->head.named)
		post_lua_defname(&p->text, post_str_from(whole, p->head.at));
	else if (p->head.value)
		post_lua_defname(&p->text, post_str_from(whole, p->target[top(p)->base + top(p)->which]));
	return p->text.n == 0 ? (struct post_str){ NULL, 0 } : post_keep(p->names, post_buf_str(&p->text));
}

/* The "(" of a definition: the function is known, its parameters and body are open. */
static void
define(struct parser *p, const struct post_token *paren)
{
	struct post_lua_funcs *fs = p->fs;
	struct post_lua_func f = { .within = top(p)->within, .name = name_of(p, (size_t)(paren->text.p - p->src.p)) };

	f.line = p->head.named && !p->head.local ? p->head.line : paren->line;
	fs->f = post_room(fs->f, fs->n, &fs->cap, sizeof *fs->f);
	fs->f[fs->n++] = f;
	push(p, BODY, f.name.n > 0 ? (uint32_t)(fs->n - 1) : f.within);
	push(p, PARAMS, top(p)->within);
}

/* Between "function" and its "(".  Returns false when T is neither: no definition then, T is as any token. */
static bool
in_head(struct parser *p, const struct post_token *t)
{
	if (t->kind == LEX_NAME || ((t->kind == '.' || t->kind == ':') && p->head.named)) {
		if (!p->head.named)
			p->head.at = (size_t)(t->text.p - p->src.p);
		p->head.named = true;
		return true;
	}
	p->head.seen = false;
	if (t->kind != '(')
		return false;
	define(p, t);
	return true;
}

static void
open_bracket(struct parser *p, int kind, size_t after)
{
	push(p, kind == '{' ? TABLE : kind == '[' ? INDEX : PAREN, top(p)->within);
	if (kind == '{' && p->deeper == 0)
		begin(p, TARGETS, after);
}

/* Returns what the closed bracket is to the token after it: parameters end where a body begins. */
static int
close_bracket(struct parser *p, int kind)
{
	int was = top(p)->kind;

	if (p->deeper > 0)
		pop(p);
	else if (kind == ')' && (was == PAREN || was == PARAMS)) {
		pop(p);
		return was == PARAMS ? LEX_END : kind;
	} else if ((kind == ']' && was == INDEX) || (kind == '}' && was == TABLE))
		pop(p);
	return kind;
}

/* Brackets that are open when a block closes were never closed: not Lua, go on as well as can be. */
static void
close_block(struct parser *p)
{
	while (p->deeper == 0 && top(p)->kind > BODY)
		pop(p);
	pop(p);
}

static void
open_or_close(struct parser *p, const struct post_token *t, size_t after)
{
	switch (t->kind) {
	case '(': case '[': case '{':
		open_bracket(p, t->kind, after);
		break;
	case LEX_DO: case LEX_THEN: case LEX_REPEAT:
		push(p, BLOCK, top(p)->within);
		break;
	case LEX_CLOSE: case LEX_UNTIL: case LEX_ELSEIF:
		close_block(p);
		break;
	case LEX_FUNCTION:
		p->head = (struct head){ .seen = true, .local = p->last == LEX_LOCAL, .line = t->line, .value = is_value(p) };
	}
}

static void
take(struct parser *p, const struct post_token *t, size_t after)
{
	enum kind where = top(p)->kind;
	int kind = t->kind;

	if (p->head.seen && in_head(p, t)) {
		p->last = kind;
		return;
	}
	if (kind == ')' || kind == ']' || kind == '}')
		kind = close_bracket(p, kind);
	else if (p->deeper == 0) {
		if (where <= BODY)
			in_block(p, kind, after - t->text.n);
		if (where <= TABLE && (kind == ',' || kind == '=' || (kind == ';' && where == TABLE)))
			in_list(p, kind, after);
	}
	open_or_close(p, t, after);
	p->last = kind;
}

void
post_lua_funcs_read(struct post_lua_funcs *fs, struct post_str src, struct post_arena *names)
{
	struct parser p = { .fs = fs, .names = names, .src = src, .last = LEX_END };
	struct post_lex lx;
	struct post_token t;

	push(&p, BLOCK, POST_LUA_MAIN);
	post_lex_file(&lx, src);
	while (post_lex_next(&lx, &t) != LEX_END)
		take(&p, &t, lx.at);
	fs->lines = lx.line;
	free(p.open);
	free(p.target);
	post_buf_free(&p.text);
}

const struct post_lua_func *
post_lua_funcs_at(const struct post_lua_funcs *fs, uint32_t line, size_t *n)
{
	size_t low = 0, high = fs->n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (fs->f[mid].line < line)
			low = mid + 1;
		else
			high = mid;
	}
	for (*n = 0; low + *n < fs->n && fs->f[low + *n].line == line; ++*n)
		;
	return *n == 0 ? NULL : &fs->f[low];
}

void
post_lua_funcs_free(struct post_lua_funcs *fs)
{
	free(fs->f);
	*fs = (struct post_lua_funcs){ 0 };
}
