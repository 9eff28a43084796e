/* SPDX-License-Identifier: BSD-2-Clause */
/* The text of a name that a definition gives to its function. */
#include "defname.h"
#include "funcs.h"
#include "lex.h"

enum { SEEN_MAX = 4096 };

/* Control bytes as \xHH: a string in an index may hold a line's end. */
static void
put_printable(struct post_buf *out, struct post_str s)
{
	size_t i, from = 0;

	for (i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f) {
			post_put(out, (struct post_str){ s.p + from, i - from });
			post_puts(out, "\\x");
			post_putx(out, (unsigned char)s.p[i], 2);
			from = i + 1;
		}
	post_put(out, post_str_from(s, from));
}

static bool
opens(int kind)
{
	return kind == '(' || kind == '[' || kind == '{';
}

static bool
closes(int kind)
{
	return kind == ')' || kind == ']' || kind == '}';
}

static bool
ends_name(int kind, unsigned depth)
{
	return kind == LEX_END || (depth == 0 && (kind == ',' || kind == '=' || kind == '<'));
}

/* Cut to N bytes of text and "...", not within a UTF-8 sequence. */
static void
cut(struct post_buf *out, size_t from, size_t n)
{
	size_t k = 0;

	while (k < 3 && n > 0 && ((unsigned char)out->s[from + n] & 0xc0) == 0x80) {
		n--;
		k++;
	}
	out->n = from + n;
	post_puts(out, "...");
}

void
post_lua_defname(struct post_buf *out, struct post_str src)
{
	struct post_lex lx = { { src.p, src.n < SEEN_MAX ? src.n : SEEN_MAX }, 0, 1 };
	struct post_token t;
	size_t from = out->n, end = 0;
	unsigned depth = 0;
	int before = '[';

	while (out->n - from <= POST_LUA_NAME_MAX && !ends_name(post_lex_next(&lx, &t), depth)) {
		if (closes(t.kind) && depth > 0)
			depth--;
		if (depth > 0 && !opens(before) && !closes(t.kind) && t.text.p != src.p + end)
			post_putc(out, ' ');
		if (opens(t.kind))
			depth++;
		put_printable(out, t.text);
		before = t.kind;
		end = lx.at;
	}
	if (out->n - from > POST_LUA_NAME_MAX)
		cut(out, from, POST_LUA_NAME_MAX - 3);
	else if (t.kind == LEX_END && src.n > SEEN_MAX && out->n > from)
		cut(out, from, out->n - from < POST_LUA_NAME_MAX - 3 ? out->n - from : POST_LUA_NAME_MAX - 3);
}
