/* SPDX-License-Identifier: BSD-2-Clause */
/* Kinds of code: marks first, then the forms that names have. */
#include "kind.h"

static const char *const texts[POST_KINDS] = { "user", "kernel", "inlined", "Lua", "JIT", "waker", "unknown" };

const char *
post_kind_text(enum post_kind k)
{
	return texts[k];
}

static bool
starts(struct post_str s, const char *what)
{
	return post_str_starts(s, post_str_of(what));
}

static bool
ends(struct post_str s, const char *what)
{
	return post_str_ends(s, post_str_of(what));
}

static bool
has(struct post_str s, const char *what)
{
	return memmem(s.p, s.n, what, strlen(what)) != NULL;
}

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
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

	while (n > 0 && digit(s.p[n - 1]))
		n--;
	return n < s.n && n > 0 && s.p[n - 1] == ':';
}

/* How many bytes of S are a Lua name, as a.b, a:b, a|b or a["b"] are. */
static size_t
lua_name_length(struct post_str s)
{
	size_t n = 0;

	for (;;) {
		while (n < s.n && (letter(s.p[n]) || digit(s.p[n]) || s.p[n] == '.' || s.p[n] == ':' || s.p[n] == '|'))
			n++;
		if (!starts(post_str_from(s, n), "[\""))
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

	if (starts(s, "T:"))
		s = post_str_from(s, 2);
	while (n < s.n && (letter(s.p[n]) || digit(s.p[n]) || s.p[n] == '.' || s.p[n] == '-'))
		n++;
	if (n == 0 || n + 1 >= s.n || s.p[n] != ':')
		return false;
	f = post_str_from(s, n + 1);
	if (starts(f, "<anon") || starts(f, "<main>") || starts(f, "["))
		return true;
	return lua_name_length(f) == f.n && f.p[0] != ':' && !has(f, "::");
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
	if (starts(s, "T:@") || starts(s, "T:=") || starts(s, "T:["))
		return true;
	if ((s.n > 1 && *s.p == '@') || starts(s, "[string \"") || starts(s, "builtin#") || post_str_eq(s, POST_STR("[tail]")))
		return true;
	if (ends_in_line(s) && (*s.p == '=' || *s.p == ':' || memchr(s.p, '\n', s.n) != NULL || has(s, "_by_lua")))
		return true;
	return in_lua_file(s) || lua_name(s);
}

/* An address, whatever stands behind it, a name in brackets, or what only parts a stack. */
static bool
is_unknown(struct post_str s)
{
	size_t n = 2;

	if (s.n == 0 || post_str_eq(s, POST_STR("-")) || post_str_eq(s, POST_STR("--")) || starts(s, "<unknown>") ||
	    (*s.p == '[' && s.p[s.n - 1] == ']'))
		return true;
	if (!starts(s, "0x"))
		return false;
	while (n < s.n && (digit(s.p[n]) || (s.p[n] >= 'a' && s.p[n] <= 'f')))
		n++;
	return n == s.n || s.p[n] == ' ';
}

enum post_kind
post_kind(struct post_str s)
{
	enum post_kind k = marked(s);

	if (k != POST_KINDS)
		return k;
	if (ends(s, "[kernel]") || ends(s, "[kernel.kallsyms]"))
		return POST_KIND_KERNEL;
	if (starts(s, "[JIT]") || (has(s, "/perf-") && ends(s, ".map]")))
		return POST_KIND_JIT;
	if (s.n > 0 && is_lua(s))
		return POST_KIND_LUA;
	return is_unknown(s) ? POST_KIND_UNKNOWN : POST_KIND_USER;
}
