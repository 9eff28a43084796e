/* SPDX-License-Identifier: BSD-2-Clause */
/* Kinds of code: marks first, then the forms that names have. */
#include "../base/ascii.h"
#include "kind.h"

static const char *const texts[POST_KINDS] = { "user", "kernel", "inlined", "Lua", "JIT", "waker", "unknown" };

const char *
post_kind_text(enum post_kind k)
{
	return texts[k];
}

bool
post_kind_parts(struct post_str s)
{
	return post_str_eq(s, POST_STR("-")) || post_str_eq(s, POST_STR("--"));
}

/* The kind that a last "_[k]" and the like say, or POST_KINDS. */
static enum post_kind
marked(struct post_str s)
{
	if (s.n < 4 || s.p[s.n - 1] != ']' || s.p[s.n - 3] != '[' || s.p[s.n - 4] != '_')
		return POST_KINDS;
	switch (s.p[s.n - 2]) {
	case 'k': return POST_KIND_KERNEL;
	case 'i': return POST_KIND_INLINED;
	case 'j': return POST_KIND_JIT;
	case 'w': return POST_KIND_WAKER;
	default:  return POST_KINDS;
	}
}

/* Does S end in ":" and digits? */
static bool
ends_in_line(struct post_str s)
{
	size_t n = s.n;

	while (n > 0 && post_is(s.p[n - 1], POST_DIGIT))
		n--;
	return n < s.n && n > 0 && s.p[n - 1] == ':';
}

/* How many bytes of S are a Lua name, as a.b, a:b, a|b or a["b"] are. */
static size_t
lua_name_length(struct post_str s)
{
	size_t n = 0;

	for (;;) {
		while (n < s.n && (post_is(s.p[n], POST_WORD) || s.p[n] == '.' || s.p[n] == ':' || s.p[n] == '|'))
			n++;
		if (!post_str_starts(post_str_from(s, n), POST_STR("[\"")))
			return n;
		for (n += 2; n < s.n && s.p[n - 1] != ']'; )
			n++;
	}
}

/* "module:function", as no C++ name is: one colon between a path with dots and a Lua name.  "T:" may stand before it. */
static bool
lua_name(struct post_str s)
{
	struct post_str f;
	size_t n = 0;

	if (post_str_starts(s, POST_STR("T:")))
		s = post_str_from(s, 2);
	while (n < s.n && (post_is(s.p[n], POST_WORD) || s.p[n] == '.' || s.p[n] == '-'))
		n++;
	if (n == 0 || n + 1 >= s.n || s.p[n] != ':')
		return false;
	f = post_str_from(s, n + 1);
	if (post_str_starts(f, POST_STR("<anon")) || post_str_starts(f, POST_STR("<main>")) || post_str_starts(f, POST_STR("[")))
		return true;
	return lua_name_length(f) == f.n && f.p[0] != ':' && !post_str_has(f, POST_STR("::"));
}

/* "x.lua:", and not "x.lua::". */
static bool
in_lua_file(struct post_str s)
{
	const char *at = memmem(s.p, s.n, ".lua:", 5);
	size_t left = at != NULL ? (size_t)(s.p + s.n - at) : 0;

	return left >= 5 && (left == 5 || at[5] != ':');
}

/* bt-fixlua(1)'s forms and those of bt(5). */
static bool
is_lua(struct post_str s)
{
	if (post_str_starts(s, POST_STR("C:")))
		return false;		/* a C function that Lua called */
	if (post_str_starts(s, POST_STR("T:@")) || post_str_starts(s, POST_STR("T:=")) || post_str_starts(s, POST_STR("T:[")))
		return true;
	if ((s.n > 1 && *s.p == '@') || post_str_starts(s, POST_STR("[string \"")) ||
	    post_str_starts(s, POST_STR("builtin#")) || post_str_eq(s, POST_STR("[tail]")))
		return true;
	if (ends_in_line(s) && (*s.p == '=' || *s.p == ':' || memchr(s.p, '\n', s.n) != NULL ||
	    post_str_has(s, POST_STR("_by_lua"))))
		return true;
	return in_lua_file(s) || lua_name(s);
}

/* An address, whatever stands behind it, a name in brackets, or what only parts a stack. */
static bool
is_unknown(struct post_str s)
{
	size_t n = 2;

	if (s.n == 0 || post_kind_parts(s) || post_str_starts(s, POST_STR("<unknown>")) ||
	    (*s.p == '[' && s.p[s.n - 1] == ']'))
		return true;
	if (post_str_starts(s, POST_STR("C:")))
		s = post_str_from(s, 2);
	if (!post_str_starts(s, POST_STR("0x")))
		return false;
	while (n < s.n && (post_is(s.p[n], POST_DIGIT) || (s.p[n] >= 'a' && s.p[n] <= 'f')))
		n++;
	return n == s.n || s.p[n] == ' ';
}

enum post_kind
post_kind(struct post_str s)
{
	enum post_kind k = marked(s);

	if (k != POST_KINDS)
		return k;
	if (post_str_ends(s, POST_STR("[kernel]")) || post_str_ends(s, POST_STR("[kernel.kallsyms]")))
		return POST_KIND_KERNEL;
	if (post_str_starts(s, POST_STR("[JIT]")) || (post_str_has(s, POST_STR("/perf-")) && post_str_ends(s, POST_STR(".map]"))))
		return POST_KIND_JIT;
	if (s.n > 0 && is_lua(s))
		return POST_KIND_LUA;
	return is_unknown(s) ? POST_KIND_UNKNOWN : POST_KIND_USER;
}
