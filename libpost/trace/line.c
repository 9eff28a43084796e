/* SPDX-License-Identifier: BSD-2-Clause */
#include "line.h"

enum { HEX = 1, DIGIT = 2, SPACE = 4, WORD = 8 };

static const unsigned char class[256] = {
	['\t'] = SPACE, ['\v'] = SPACE, ['\f'] = SPACE, ['\r'] = SPACE, [' '] = SPACE,
	['0'] = HEX | DIGIT | WORD, ['1'] = HEX | DIGIT | WORD, ['2'] = HEX | DIGIT | WORD,
	['3'] = HEX | DIGIT | WORD, ['4'] = HEX | DIGIT | WORD, ['5'] = HEX | DIGIT | WORD,
	['6'] = HEX | DIGIT | WORD, ['7'] = HEX | DIGIT | WORD, ['8'] = HEX | DIGIT | WORD,
	['9'] = HEX | DIGIT | WORD,
	['a'] = HEX | WORD, ['b'] = HEX | WORD, ['c'] = HEX | WORD, ['d'] = HEX | WORD,
	['e'] = HEX | WORD, ['f'] = HEX | WORD,
	['A'] = HEX | WORD, ['B'] = HEX | WORD, ['C'] = HEX | WORD, ['D'] = HEX | WORD,
	['E'] = HEX | WORD, ['F'] = HEX | WORD,
	['g' ... 'z'] = WORD, ['G' ... 'Z'] = WORD, ['_'] = WORD, ['.'] = WORD, ['$'] = WORD, ['@'] = WORD,
};

static bool
is(char c, int what)
{
	return class[(unsigned char)c] & what;
}

/* How many bytes S begins with that are WHAT. */
static size_t
span(struct post_str s, int what)
{
	size_t i = 0;

	while (i < s.n && is(s.p[i], what))
		i++;
	return i;
}

/* How many bytes S ends with that are WHAT. */
static size_t
span_back(struct post_str s, int what)
{
	size_t i = s.n;

	while (i > 0 && is(s.p[i - 1], what))
		i--;
	return s.n - i;
}

static struct post_str
head(struct post_str s, size_t n)
{
	return (struct post_str){ s.p, n };
}

static struct post_str
trim_end(struct post_str s)
{
	return head(s, s.n - span_back(s, SPACE));
}

bool
post_line_is_count(struct post_str line)
{
	size_t digits;

	if (line.n > 0 && line.p[line.n - 1] == '\r')
		line.n--;
	if (line.n < 2 || line.p[0] != '\t')
		return false;
	line = post_str_from(line, 1 + (line.p[1] == '-'));
	digits = span(line, DIGIT);
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
			for (j = i + 2; j < line.n && (is(line.p[j], DIGIT) || line.p[j] == ';'); j++)
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
	size_t n = span_back(s, DIGIT);

	if (n == 0 || n >= s.n || s.p[s.n - n - 1] != '\t')
		return (struct post_str){ NULL, 0 };
	return (struct post_str){ s.p + s.n - n, n };
}

/* The address token: "0x" and hex digits, or the stub "0"; its length, or 0. */
static size_t
token(struct post_str s)
{
	if (s.n >= 2 && s.p[0] == '0' && s.p[1] == 'x')
		return 2 + span(post_str_from(s, 2), HEX);
	return s.n > 0 && s.p[0] == '0' && (s.n == 1 || s.p[1] == ' ') ? 1 : 0;
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
	size_t n = token(s), c;
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
	out->addr = head(s, n);
	out->rest = rest;
	if (rest.n > 0 && is(rest.p[rest.n - 1], DIGIT)) {	/* "+0x1/0x20", or spliced with a count */
		out->count = tab_count(rest);
		if (out->count.n > 0)
			out->rest = head(rest, rest.n - out->count.n - 1);
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
	return native(post_str_from(s, span(s, SPACE)), true, out);
}

/* Does S end in ":" and a number?  LuaJIT says -1 where it knows no line. */
static bool
ends_in_line(struct post_str s)
{
	size_t n = span_back(s, DIGIT);

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
		return post_str_starts(s, POST_STR("builtin#")) && s.n > 8 && span(post_str_from(s, 8), DIGIT) == s.n - 8;
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

	while (i < s.n && (is(s.p[i], WORD) || (unsigned char)s.p[i] >= 0x80 || s.p[i] == '-' || s.p[i] == '/'))
		i++;
	return i;
}

/* "resty.core:match", "T:x.lua:M:get", "x.lua:t["k k"]", "x.lua:<main>", "x.lua:a|b": names, colons, one key. */
static bool
lua_named(struct post_str s)
{
	size_t n = lua_word(s);

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

	if (s.p[s.n - 1] != ']' && !is(s.p[s.n - 1], HEX) && s.p[s.n - 1] != ')')
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
		out->text = head(s, s.n - out->count.n - 1);
		return POST_LINE_CUT;
	}
	if (ends_in_line(s))
		return POST_LINE_LUA_WEAK;
	if (lua_named(s))
		return POST_LINE_LUA_NAMED;
	if (span(s, WORD) == s.n && !is(s.p[0], DIGIT) && (!indented || line.p[0] == '\t' || line.n - s.n > 1))
		return POST_LINE_CFUNC;
	if (token(s) == s.n)
		return POST_LINE_CFUNC;
	if (!indented && simple(s))
		return POST_LINE_SIMPLE;
	return POST_LINE_TEXT;
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
	s = post_str_from(line, span(line, SPACE));
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
	if (is(s.p[0], DIGIT) && span(s, DIGIT) == trim_end(s).n) {
		out->kind = POST_LINE_LOOSE_COUNT;
		out->count = trim_end(s);
		return;
	}
	out->kind = classify(line, s, out);
}

/* Takes "+0xO/0xZ" or "+0xO" (also cut short) off the end of *S and gives it, or nothing. */
static struct post_str
take_offset(struct post_str *s)
{
	struct post_str all = *s;
	size_t n = s->n - span_back(*s, HEX);

	if (n >= 3 && s->p[n - 1] == 'x' && s->p[n - 2] == '0' && s->p[n - 3] == '/') {
		struct post_str left = head(*s, n - 3);

		n = left.n - span_back(left, HEX);
	}
	if (n < 3 || s->p[n - 1] != 'x' || s->p[n - 2] != '0' || s->p[n - 3] != '+')
		return (struct post_str){ NULL, 0 };
	*s = head(all, n - 3);
	return post_str_from(all, n - 3);
}

/* Where the bracket that S's final "]" closes opens behind a blank or at the start; s.n when nowhere. */
static size_t
opening(struct post_str s)
{
	size_t i = s.n, depth = 0, last = s.n;

	while (i-- > 0) {
		if (s.p[i] == ']')
			depth++;
		if (s.p[i] != '[')
			continue;
		if (i == 0 || s.p[i - 1] == ' ') {
			if (depth <= 1)
				return i;
			if (last == s.n)
				last = i;	/* an unbalanced path: the last that could be */
		}
		depth -= depth > 0;
	}
	return last;
}

/* Takes " at FILE:LINE" off the end of *S: the first " at " behind an offset. */
static void
take_file(struct post_str *s, struct post_native *out)
{
	const char *from = s->p, *end = s->p + s->n, *at;

	while ((at = memmem(from, (size_t)(end - from), " at ", 4)) != NULL) {
		struct post_str left = { s->p, (size_t)(at - s->p) };

		out->offset = take_offset(&left);
		if (out->offset.n > 0) {
			out->file = (struct post_str){ at + 4, (size_t)(end - at - 4) };
			*s = left;
			return;
		}
		from = at + 1;
	}
}

/* Takes " at FILE:LINE" off an address, "0xA" or "0xA [MODULE+0xO/0xZ]". */
static void
take_file_of_address(struct post_str *s, struct post_native *out)
{
	size_t n = token(*s);
	const char *at;

	if (n < 3 || (at = memmem(s->p, s->n, " at ", 4)) == NULL)
		return;
	if (at != s->p + n) {
		if ((at = memmem(s->p, s->n, "] at ", 5)) == NULL)
			return;
		at++;
	}
	out->file = post_str_from(*s, (size_t)(at + 4 - s->p));
	*s = head(*s, (size_t)(at - s->p));
}

/* Takes " [MODULE]" and " [MODULE+0xO/0xZ]" off the end of *S. */
static void
take_module(struct post_str *s, struct post_native *out)
{
	size_t i;

	if (s->n == 0 || s->p[s->n - 1] != ']' || (i = opening(*s)) == s->n)
		return;
	out->module = (struct post_str){ s->p + i + 1, s->n - i - 2 };
	out->offset = take_offset(&out->module);
	*s = trim_end(head(*s, i));
}

static bool
is_address(struct post_str s)
{
	return s.n > 0 && token(s) == s.n;
}

void
post_native_parse(struct post_str rest, struct post_native *out)
{
	*out = (struct post_native){ 0 };
	rest = trim_end(rest);
	if (post_str_ends(rest, POST_STR(" (inexact)"))) {
		out->inexact = true;
		rest.n -= sizeof " (inexact)" - 1;
	}
	take_file_of_address(&rest, out);
	take_module(&rest, out);
	if (is_address(rest) || post_str_eq(rest, POST_STR("<unknown>"))) {
		out->unresolved = true;
		return;
	}
	if (out->offset.n == 0)
		out->offset = take_offset(&rest);
	if (out->offset.n == 0)
		take_file(&rest, out);
	out->name = rest;
}

struct post_str
post_module_short(struct post_str m)
{
	const char *mark;

	if (post_str_ends(m, POST_STR(" (deleted)")))
		m.n -= sizeof " (deleted)" - 1;
	if (m.n > 0 && (mark = memmem(m.p, m.n, ".#prelink#", 10)) != NULL)
		m.n = (size_t)(mark - m.p);
	if (m.n > 0 && (mark = memrchr(m.p, '/', m.n)) != NULL && mark + 1 < m.p + m.n)
		m = post_str_from(m, (size_t)(mark + 1 - m.p));
	return m;
}

/* The upper half of 64-bit addresses: "0x" and 16 digits, the first from 8 on. */
bool
post_addr_in_kernel(struct post_str addr)
{
	return addr.n == 18 && (addr.p[2] > '9' || addr.p[2] >= '8');
}
