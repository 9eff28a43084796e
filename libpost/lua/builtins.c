/* SPDX-License-Identifier: BSD-2-Clause */
/* The numbers of LuaJIT's fast functions. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include "../io/beneath.h"
#include "builtins.h"
#include "lex.h"
#include "source.h"

/* Pass "ffnames = {". */
static bool
find_table(struct post_lex *lx)
{
	static const int want[] = { LEX_NAME, '=', '{' };
	struct post_token t;
	size_t seen = 0;

	while (seen < 3 && post_lex_next(lx, &t) != LEX_END)
		if (t.kind == want[seen] && (seen > 0 || post_str_eq(t.text, POST_STR("ffnames"))))
			seen++;
		else
			seen = t.kind == LEX_NAME && post_str_eq(t.text, POST_STR("ffnames"));
	return seen == 3;
}

/* What a quoted string says, when it says it plainly. */
static struct post_str
plain(struct post_str s)
{
	size_t i;

	if (s.n < 2 || (s.p[0] != '"' && s.p[0] != '\'') || s.p[s.n - 1] != s.p[0])
		return (struct post_str){ NULL, 0 };
	s = (struct post_str){ s.p + 1, s.n - 2 };
	for (i = 0; i < s.n; i++)
		if (s.p[i] == '\\' || (unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return (struct post_str){ NULL, 0 };
	return s;
}

/* A decimal number; 2^32-1 stands for all that are no number or too large. */
static uint32_t
decimal(struct post_str s)
{
	uint64_t n = 0;
	size_t i;

	for (i = 0; i < s.n && s.p[i] >= '0' && s.p[i] <= '9' && n < UINT32_MAX; i++)
		n = 10 * n + (uint64_t)(s.p[i] - '0');
	return i == 0 || i < s.n || n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
}

static void
set(struct post_lua_builtins *b, uint32_t at, struct post_str name)
{
	if (at >= POST_LUA_BUILTINS_MAX || name.n == 0)
		return;
	while (b->n <= at) {
		b->name = post_room(b->name, b->n, &b->cap, sizeof *b->name);
		b->name[b->n++] = (struct post_str){ NULL, 0 };
	}
	b->name[at] = post_keep(&b->mem, name);
}

/* A field of the table: the tokens that tell its number and its name. */
struct field {
	uint32_t	 number;	/* of "[N] = " */
	struct post_str	 text;		/* the value, when it is one string */
	bool		 keyed;
	size_t		 in_key;	/* tokens within its brackets */
	size_t		 tokens;	/* of the value */
};

static void
end_field(struct post_lua_builtins *b, const struct field *f, uint32_t *next)
{
	if (f->tokens > 0 || f->keyed)
		set(b, f->keyed ? f->number : *next, f->tokens == 1 ? plain(f->text) : (struct post_str){ NULL, 0 });
	if (f->tokens > 0 && !f->keyed && *next < UINT32_MAX)
		++*next;
}

/* A token of a field, outside inner brackets. */
static void
in_field(struct field *f, const struct post_token *t)
{
	if (t->kind == '=') {
		f->keyed = true;
		f->tokens = 0;
	} else if (f->tokens++ == 0)
		f->text = t->kind == LEX_STRING ? t->text : (struct post_str){ NULL, 0 };
}

/* From after "{" to its "}". */
static void
read_table(struct post_lua_builtins *b, struct post_lex *lx)
{
	struct field f = { .number = UINT32_MAX };
	struct post_token t;
	size_t depth = 0;
	uint32_t next = 1;	/* Lua counts from 1; number 0 is written [0]= */

	while (post_lex_next(lx, &t) != LEX_END && (depth > 0 || t.kind != '}')) {
		if (depth == 0 && (t.kind == ',' || t.kind == ';')) {
			end_field(b, &f, &next);
			f = (struct field){ .number = UINT32_MAX };
			continue;
		}
		if (t.kind == '}' || t.kind == ']' || t.kind == ')')
			depth -= depth > 0;
		else if (depth == 0)
			in_field(&f, &t);
		else if (!f.keyed)
			f.number = f.in_key++ == 0 && t.kind == LEX_NUMBER ? decimal(t.text) : UINT32_MAX;
		if (t.kind == '{' || t.kind == '[' || t.kind == '(')
			depth++;
	}
	end_field(b, &f, &next);
}

int
post_lua_builtins_read(struct post_lua_builtins *b, struct post_str src, struct post_err *err)
{
	struct post_lex lx;

	post_lex_file(&lx, src);
	if (find_table(&lx))
		read_table(b, &lx);
	return b->n > 0 ? 0 : post_fail(err, POST_EFORMAT, "no names in a table \"ffnames = { ... }\"");
}

int
post_lua_builtins_open(struct post_lua_builtins *b, const char *path, struct post_err *err)
{
	struct post_buf text = { 0 };
	struct post_err e;
	int error, status;
	enum post_lua_trouble trouble = post_lua_read_file(open(path, POST_OPEN_FLAGS), &text, &error);

	if (trouble != POST_LUA_FINE)
		status = post_fail(err, POST_EIO, "%s: %s", path, error != 0 ? strerror(error) : post_lua_trouble_text(trouble));
	else if ((status = post_lua_builtins_read(b, post_buf_str(&text), &e)) == -1)
		post_fail(err, e.code, "%s: %s", path, e.msg);
	post_buf_free(&text);
	return status;
}

void
post_lua_builtins_free(struct post_lua_builtins *b)
{
	post_drop(&b->mem);
	free(b->name);
	*b = (struct post_lua_builtins){ 0 };
}
