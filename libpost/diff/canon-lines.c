/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lines at the end of names: those of source files, and of Lua, whose forms
 * bt(5) and bt-fixlua(1) have.  Samplers of Lua give the line where a
 * function is defined and the current one alike, "@/a/b.lua:12", so both go.
 */
#include "../base/ascii.h"
#include "canon-name.h"

/* A longer name is none of bt-fixlua's, which puts 256 bytes behind a module. */
enum { LUA_NAME_MAX = 4096 };

/* Where the lines that S ends in begin, ":12" or ":12:34"; s.n when there are none. */
static size_t
lines_at(struct post_str s)
{
	for (;;) {
		size_t digits = post_span_back(s, POST_DIGIT);

		if (digits == 0 || digits == s.n || s.p[s.n - digits - 1] != ':')
			return s.n;
		s.n -= digits + 1;
	}
}

/* The first line of the bucket that ":12", which S begins with, is in; false: it passes 2^64-1. */
static bool
set_bucket(struct post_parts *p, struct post_str s)
{
	uint64_t n = 0;

	for (size_t i = 1; i < s.n && post_is(s.p[i], POST_DIGIT); i++)
		if (__builtin_mul_overflow(n, 10, &n) || __builtin_add_overflow(n, (uint64_t)(s.p[i] - '0'), &n))
			return false;
	p->bucket = n - n % p->c->bucket;
	return p->bucketed = true;
}

void
post_put_bucket(const struct post_parts *p, struct post_buf *out)
{
	uint64_t more = p->c->bucket - 1;

	post_putc(out, ':');
	post_putu(out, p->bucket);
	post_putc(out, '-');
	post_putu(out, p->bucket <= UINT64_MAX - more ? p->bucket + more : UINT64_MAX);
	if (p->closed)
		post_putc(out, ')');
}

static bool
ends_in_zero(struct post_str s)
{
	while (s.n > 0 && s.p[s.n - 1] == '0')
		s.n--;
	return s.n > 0 && s.p[s.n - 1] == ':';
}

/* Takes the lines from AT on; one of 0, a main chunk, stays with all before it. */
static bool
take_lua_lines(struct post_parts *p, size_t at)
{
	struct post_str s = p->left;

	if (at == 0 || at == s.n || p->c->lines == POST_LINES_KEEP || p->bucketed || ends_in_zero(s))
		return false;
	if (p->c->lines == POST_LINES_BUCKET)
		return set_bucket(p, post_str_from(s, at)) && post_parts_keep(p, at);
	while (s.n > at && !ends_in_zero(s))
		s.n -= post_span_back(s, POST_DIGIT) + 1;
	return post_parts_keep(p, s.n);
}

/* S without the "T:" of a trace, or another word that bt-fixlua(1) lets stand there. */
static struct post_str
without_word(struct post_str s)
{
	size_t n = post_span(s, POST_WORD);

	return n > 0 && n < s.n && s.p[n] == ':' ? post_str_from(s, n + 1) : s;
}

bool
post_canon_is_chunk(struct post_str name)
{
	struct post_str s = without_word(name);

	if (s.n > 0 && (*s.p == '@' || *s.p == '=' || memchr(s.p, '\n', s.n) != NULL))
		return true;
	return post_str_starts(s, POST_STR("[string \"")) || post_str_has(s, POST_STR("_by_lua("));
}

bool
post_take_chunk_line(struct post_parts *p)
{
	return take_lua_lines(p, lines_at(p->left));
}

/* How many bytes of S are a module or a file: "resty.core.re", "api.lua", "/waf/x.lua". */
static size_t
module_length(struct post_str s)
{
	bool letters = false;
	size_t n = 0;

	for (; n < s.n && (post_is(s.p[n], POST_WORD) || s.p[n] == '.' || s.p[n] == '-' || s.p[n] == '/'); n++)
		letters |= !post_is(s.p[n], POST_DIGIT);
	return letters ? n : 0;
}

/* Is all of S a Lua name, as a.b, a:b, a|b or a["b"] are? */
static bool
is_function(struct post_str s)
{
	size_t n = 0;

	if (s.n == 0 || *s.p == ':' || post_str_has(s, POST_STR("::")))
		return false;
	while (n < s.n) {
		if (post_is(s.p[n], POST_WORD) || s.p[n] == '.' || s.p[n] == ':' || s.p[n] == '|')
			n++;
		else if (s.p[n] == '[' && n + 1 < s.n && (s.p[n + 1] == '"' || s.p[n + 1] == '\'')) {
			const char *end = memchr(s.p + n, ']', s.n - n);

			if (end == NULL)
				return false;
			n = (size_t)(end - s.p) + 1;
		} else
			return false;
	}
	return true;
}

/* "api.lua", "resty.core.re:match": not so long that looking at it again and again would take time. */
static bool
is_lua(struct post_str s, bool *anonymous)
{
	size_t n = s.n <= LUA_NAME_MAX ? module_length(s) : 0;
	struct post_str function;

	*anonymous = false;
	if (n == 0 || n == s.n)
		return n > 0;
	if (s.p[n] != ':')
		return false;
	function = post_str_from(s, n + 1);
	*anonymous = post_str_starts(function, POST_STR("<anon")) && post_str_ends(function, POST_STR(">"));
	return *anonymous || is_function(function) || post_str_eq(function, POST_STR("<main>"));
}

bool
post_take_lua_line(struct post_parts *p)
{
	size_t at = lines_at(p->left);
	bool anonymous;

	if (at == p->left.n || !is_lua(post_head(p->left, at), &anonymous))
		return false;
	return !(anonymous && p->c->lines == POST_LINES_DROP) && take_lua_lines(p, at);
}

/* Where the "(" of a last ")" is; 0: nowhere, or at the beginning. */
static size_t
parenthesis_at(struct post_str s)
{
	size_t i = s.n, depth = 0;

	if (s.n == 0 || s.p[s.n - 1] != ')')
		return 0;
	while (i-- > 0) {
		depth += s.p[i] == ')';
		depth -= s.p[i] == '(';
		if (depth == 0)
			return i;
	}
	return 0;
}

/* A file without a line can only be told by what it is called. */
static bool
is_source(struct post_str s)
{
	static const char *const ends[] = { ".c", ".h", ".cc", ".hh", ".cpp", ".hpp", ".cxx", ".S", ".rs", ".go" };
	size_t i;

	if (s.n > 0 && (memchr(s.p, ' ', s.n) != NULL || memchr(s.p, ',', s.n) != NULL))
		return false;
	for (i = 0; i < sizeof ends / sizeof *ends; i++)
		if (post_str_ends(s, post_str_of(ends[i])) && s.n > strlen(ends[i]))
			return true;
	return false;
}

/* " (a.py:7)", whose lines begin at LINES: they go, the file stays. */
static bool
take_line_alone(struct post_parts *p, size_t lines)
{
	if (p->c->lines == POST_LINES_KEEP)
		return false;
	if (p->c->lines == POST_LINES_BUCKET)
		return set_bucket(p, post_str_from(p->left, lines)) && (p->closed = true) && post_parts_keep(p, lines);
	p->bytes[lines] = ')';
	return post_parts_keep(p, lines + 1);
}

/* "(a.c:7)" or "(a.c)" from OPEN on, whose lines begin at LINES. */
static bool
take_source(struct post_parts *p, size_t open, size_t lines)
{
	struct post_str all = post_str_from(p->left, open);

	if (p->c->lines == POST_LINES_BUCKET && lines < p->left.n - 1) {
		if (!set_bucket(p, post_str_from(p->left, lines)))
			return false;
		p->closed = true;
		all.n = lines - open;
	}
	if (p->c->lines != POST_LINES_DROP)
		p->line = all;
	return post_parts_keep(p, open);
}

bool
post_take_line(struct post_parts *p)
{
	struct post_str s = p->left, inside;
	size_t open = parenthesis_at(s), lines;

	if (open == 0 || p->line.n > 0 || p->bucketed)
		return false;
	inside = (struct post_str){ s.p + open + 1, s.n - open - 2 };
	lines = lines_at(inside);
	if (lines == inside.n)
		return s.p[open - 1] != ' ' && is_source(inside) && take_source(p, open, s.n - 1);
	if (lines == 0 || inside.p[lines - 1] == ':')
		return false;
	return s.p[open - 1] == ' ' ? take_line_alone(p, open + 1 + lines) : take_source(p, open, open + 1 + lines);
}
