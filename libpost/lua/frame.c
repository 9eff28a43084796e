/* SPDX-License-Identifier: BSD-2-Clause */
/* Pure functions of a Lua frame's text. */
#include "../base/ascii.h"
#include "../base/path.h"
#include "frame.h"

enum { TEXT_MAX = 45 };		/* LuaJIT's LUA_IDSIZE - 15 */

/* How long "WORD:" at the beginning of S is, or 0. */
static size_t
prefix_of(struct post_str s)
{
	size_t n = post_span(s, POST_WORD);

	return n > 0 && n < s.n && s.p[n] == ':' ? n + 1 : 0;
}

/* Take MARK and a decimal number off the end of S. */
static bool
number_off(struct post_str *s, char mark, uint32_t *number)
{
	uint64_t value = 0;
	size_t i, n = s->n;

	while (n > 0 && post_is(s->p[n - 1], POST_DIGIT))
		n--;
	if (n == s->n || n == 0 || s->p[n - 1] != mark)
		return false;
	for (i = n; i < s->n && value < UINT32_MAX; i++)
		value = 10 * value + (uint64_t)(s->p[i] - '0');
	*number = value < UINT32_MAX ? (uint32_t)value : UINT32_MAX;
	s->n = n - 1;
	return true;
}

static bool
is_printable(struct post_str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return false;
	return true;
}

static enum post_lua_kind
kind_of(struct post_lua_frame *f, struct post_str rest)
{
	if (rest.n == 0 || rest.p[0] == '=')
		return POST_LUA_OTHER;
	if (rest.p[0] == '@') {
		f->path = post_str_from(rest, 1);
		return number_off(&f->path, ':', &f->number) && f->path.n > 0 && is_printable(f->path) ? POST_LUA_FILE : POST_LUA_OTHER;
	}
	f->path = rest;
	if (post_str_starts(rest, POST_STR("builtin#")) && number_off(&f->path, '#', &f->number) &&
	    post_str_eq(f->path, POST_STR("builtin")))
		return POST_LUA_BUILTIN;
	return POST_LUA_OTHER;
}

struct post_lua_frame
post_lua_frame_of(struct post_str text)
{
	struct post_lua_frame f = { .kind = POST_LUA_OTHER };
	struct post_str rest;

	f.prefix = (struct post_str){ text.p, prefix_of(text) };
	f.kind = kind_of(&f, post_str_from(text, f.prefix.n));
	if (f.kind != POST_LUA_OTHER || text.n == 0 || memchr(text.p, '\n', text.n) == NULL)
		return f;
	if (!post_str_eq(f.prefix, POST_STR("T:")))	/* "foo:bar()": source text, not a prefix */
		f.prefix.n = 0;
	rest = post_str_from(text, f.prefix.n);
	if (rest.n > 0 && rest.p[0] != '@' && rest.p[0] != '=' && number_off(&rest, ':', &f.number)) {
		f.path = rest;
		f.kind = POST_LUA_TEXT;
	}
	return f;
}

/* Where in STEM "/a/b" of the rule's lib/a/b begins, or STEM.n. */
static size_t
below_lib(struct post_str stem)
{
	size_t i, from = stem.n;

	while (from > 0 && (post_is(stem.p[from - 1], POST_WORD) || stem.p[from - 1] == '-' || stem.p[from - 1] == '/') &&
	    !(stem.p[from - 1] == '/' && (from == stem.n || stem.p[from] == '/')))
		from--;
	for (i = from; i + 3 < stem.n; i++)
		if (memcmp(stem.p + i, "lib/", 4) == 0)
			return i + 3;
	return stem.n;
}

void
post_lua_put_module(struct post_buf *out, struct post_str path)
{
	struct post_str base, stem = { path.p, path.n - 4 };
	size_t i;

	if (!post_str_ends(path, POST_STR(".lua"))) {
		post_put(out, path);
		return;
	}
	if ((i = below_lib(stem)) < stem.n) {
		for (i++; i < stem.n; i++)
			post_putc(out, (char)(stem.p[i] == '/' ? '.' : stem.p[i] == '-' ? '_' : stem.p[i]));
		return;
	}
	base = post_path_last(path);
	post_put(out, base.n > 4 ? base : path);
}

void
post_lua_put_text(struct post_buf *out, struct post_str text)
{
	size_t n = 0;

	while (n < text.n && n < TEXT_MAX && (unsigned char)text.p[n] >= 0x20)
		n++;
	while (n > 0 && n < text.n && ((unsigned char)text.p[n] & 0xc0) == 0x80)	/* not within a UTF-8 sequence */
		n--;
	post_puts(out, "[string \"");
	post_put(out, (struct post_str){ text.p, n });
	post_puts(out, "...\"]");
}
