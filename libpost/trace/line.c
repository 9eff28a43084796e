/* SPDX-License-Identifier: BSD-2-Clause */
#include "../base/ascii.h"
#include "line.h"

bool
post_line_is_count(struct post_str line)
{
	size_t digits;

	if (line.n > 0 && line.p[line.n - 1] == '\r')
		line.n--;
	if (line.n < 2 || line.p[0] != '\t')
		return false;
	line = post_str_from(line, 1 + (line.p[1] == '-'));
	digits = post_span(line, POST_DIGIT);
	return digits > 0 && digits == line.n;
}

/* Takes "\x1b[01;31m" and "\x1b[K" out of LINE, into SCRATCH. */
static struct post_str
without_colour(struct post_str line, char *scratch)
{
	size_t i = 0, n = 0;

	while (i < line.n) {
		size_t j = i;

		if (line.p[i] == '\x1b' && i + 1 < line.n && line.p[i + 1] == '[') {
			for (j = i + 2; j < line.n && (post_is(line.p[j], POST_DIGIT) || line.p[j] == ';'); j++)
				;
			if (j < line.n && (line.p[j] == 'm' || line.p[j] == 'K')) {
				i = j + 1;
				continue;
			}
		}
		scratch[n++] = line.p[i++];
	}
	return (struct post_str){ scratch, n };
}

/* "...\t17" at the end of S: the digits, or nothing. */
static struct post_str
tab_count(struct post_str s)
{
	size_t n = post_span_back(s, POST_DIGIT);

	if (n == 0 || n >= s.n || s.p[s.n - n - 1] != '\t')
		return (struct post_str){ NULL, 0 };
	return (struct post_str){ s.p + s.n - n, n };
}

/* The length of one or two blanks, ":", one or two blanks at the start of S, or 0. */
static size_t
colon(struct post_str s)
{
	size_t a = s.n > 0 && s.p[0] == ' ' ? 1 + (s.n > 1 && s.p[1] == ' ') : 0, b;

	if (a == 0 || a == s.n || s.p[a] != ':')
		return 0;
	b = a + 1;
	if (b < s.n && s.p[b] == ' ')
		b++;
	if (b < s.n && s.p[b] == ' ')
		b++;
	return b > a + 1 ? b : 0;
}

/* Can S, " [M+0xO/0xZ]", " at FILE:LINE" or " (inexact)", stand behind an address? */
static bool
behind_address(struct post_str s)
{
	if (post_str_starts(s, POST_STR(" [")))
		return s.p[s.n - 1] == ']' || post_str_ends(s, POST_STR("] (inexact)")) || memmem(s.p, s.n, "] at ", 5) != NULL;
	return post_str_starts(s, POST_STR(" at ")) || post_str_eq(s, POST_STR(" (inexact)"));
}

/* S is "0xADDR...": a native frame?  BARE: may "0xADDR" stand alone, too? */
static bool
native(struct post_str s, bool bare, struct post_line *out)
{
	size_t n = post_addr_token(s), c;
	struct post_str rest;

	if (n == 0)
		return false;
	rest = post_str_from(s, n);
	if ((c = colon(rest)) > 0)
		rest = post_str_from(rest, c);
	else if (n < 3 || !(rest.n == 0 ? bare : behind_address(rest)))
		return false;
	else
		rest = s;
	out->kind = POST_LINE_NATIVE;
	out->text = s;
	out->addr = post_head(s, n);
	out->rest = rest;
	if (rest.n > 0 && post_is(rest.p[rest.n - 1], POST_DIGIT)) {	/* "+0x1/0x20", or spliced with a count */
		out->count = tab_count(rest);
		if (out->count.n > 0)
			out->rest = post_head(rest, rest.n - out->count.n - 1);
	}
	return true;
}

/* "Returning from:  0xA : ..." of a return probe: a frame behind two words. */
static bool
returning(struct post_str s, struct post_line *out)
{
	if (!post_str_starts(s, POST_STR("Returning from:")) && !post_str_starts(s, POST_STR("Returning to  :")))
		return false;
	s = post_str_from(s, sizeof "Returning from:" - 1);
	return native(post_str_from(s, post_span(s, POST_SPACE)), true, out);
}

/* Does S end in ":" and a number?  LuaJIT says -1 where it knows no line. */
static bool
ends_in_line(struct post_str s)
{
	size_t n = post_span_back(s, POST_DIGIT);

	if (n == 0 || n == s.n)
		return false;
	s.n -= n;
	if (s.p[s.n - 1] == '-' && s.n > 1)
		s.n--;
	return s.p[s.n - 1] == ':';
}

/* The forms of a Lua frame that nothing else has. */
static bool
strong_lua(struct post_str s)
{
	if (post_str_starts(s, POST_STR("T:")) && s.n > 2)
		s = post_str_from(s, 2);
	switch (s.p[0]) {
	case '@':
	case '=':
		return s.n > 1 && s.p[1] != '=' && ends_in_line(s);
	case 'C':
		return s.n > 2 && s.p[1] == ':' && memchr(s.p, ' ', s.n) == NULL && memchr(s.p, '\t', s.n) == NULL;
	case 'b':
		return post_str_starts(s, POST_STR("builtin#")) && s.n > 8 && post_span(post_str_from(s, 8), POST_DIGIT) == s.n - 8;
	case '[':
		return post_str_eq(s, POST_STR("[tail]"));
	default:
		return false;
	}
}

/* How long is the word of a module or a function that S begins with? */
static size_t
lua_word(struct post_str s)
{
	size_t i = 0;

	while (i < s.n && (post_is(s.p[i], POST_SYMBOL) || (unsigned char)s.p[i] >= 0x80 || s.p[i] == '-' || s.p[i] == '/'))
		i++;
	return i;
}

/* "resty.core:match", "T:x.lua:M:get", "x.lua:t["k k"]", "x.lua:<main>", "x.lua:a|b": names, colons, one key. */
static bool
lua_named(struct post_str s)
{
	size_t n = lua_word(s);

	if (n == 1 && post_str_starts(s, POST_STR("C:")) && s.n > 2 && post_is(s.p[2], POST_WORD))
		return true;	/* a C function, demangled: "C:std::f(int, char)" */
	if (n == 0 || n == s.n || s.p[n] != ':')
		return false;
	do {
		s = post_str_from(s, n + 1);
		n = lua_word(s);
	} while (n > 0 && n < s.n && (s.p[n] == ':' || s.p[n] == '|'));
	s = post_str_from(s, n);
	if (s.n == 0)
		return n > 0;
	return (s.p[0] == '[' && s.p[s.n - 1] == ']') || (s.p[0] == '<' && s.p[s.n - 1] == '>');
}

/* "name+0x12" and "name+0x12 [module]", or "0xA [module+0x12]". */
static bool
simple(struct post_str s)
{
	struct post_native f;

	if (s.p[s.n - 1] != ']' && !post_is(s.p[s.n - 1], POST_HEX) && s.p[s.n - 1] != ')')
		return false;
	post_native_parse(s, &f);
	return f.offset.n > 0 && (f.name.n > 0 || f.unresolved || f.module.n > 0) && (f.name.n == 0 || memchr(f.name.p, '\t', f.name.n) == NULL);
}

/* A line that begins with a frame's text or a count, its end trimmed of CR. */
static enum post_line_kind
classify(struct post_str line, struct post_str s, struct post_line *out)
{
	bool indented = s.n < line.n;

	if (strong_lua(s))
		return POST_LINE_LUA;
	if (native(s, indented && line.p[0] == ' ', out) || returning(s, out))
		return POST_LINE_NATIVE;
	if ((out->noise = post_noise(line)) != POST_NOTE_NONE)
		return POST_LINE_NOISE;
	out->count = tab_count(s);
	if (out->count.n > 0) {
		out->text = post_head(s, s.n - out->count.n - 1);
		return POST_LINE_CUT;
	}
	if (ends_in_line(s))
		return POST_LINE_LUA_WEAK;
	if (lua_named(s))
		return POST_LINE_LUA_NAMED;
	if (post_span(s, POST_SYMBOL) == s.n && !post_is(s.p[0], POST_DIGIT) && (!indented || line.p[0] == '\t' || line.n - s.n > 1))
		return POST_LINE_CFUNC;
	if (post_addr_token(s) == s.n)
		return POST_LINE_CFUNC;
	if (!indented && simple(s))
		return POST_LINE_SIMPLE;
	return POST_LINE_TEXT;
}

void
post_line_native(struct post_str text, struct post_line *out)
{
	*out = (struct post_line){ 0 };
	native(text, true, out);
}

void
post_line_classify(struct post_str line, char *scratch, struct post_line *out)
{
	struct post_str s;

	out->count = out->addr = (struct post_str){ NULL, 0 };
	if (line.n > 0 && line.p[line.n - 1] == '\r')
		line.n--;
	if (scratch != NULL && line.n > 0 && memchr(line.p, '\x1b', line.n) != NULL)
		line = without_colour(line, scratch);
	if (line.n > 3 && line.p[0] == ' ' && line.p[1] == '0' && native(post_str_from(line, 1), true, out))
		return;
	s = post_str_from(line, post_span(line, POST_SPACE));
	out->text = out->rest = s;
	if (s.n == 0) {
		out->kind = POST_LINE_BLANK;
		return;
	}
	if (post_line_is_count(line)) {
		out->kind = POST_LINE_COUNT;
		out->count = s;
		return;
	}
	if (post_is(s.p[0], POST_DIGIT) && post_span(s, POST_DIGIT) == post_trim_end(s).n) {
		out->kind = POST_LINE_LOOSE_COUNT;
		out->count = post_trim_end(s);
		return;
	}
	out->kind = classify(line, s, out);
}
