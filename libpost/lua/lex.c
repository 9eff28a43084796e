/* SPDX-License-Identifier: BSD-2-Clause */
/* Lua source to tokens.  Nothing here recurses, and each byte is passed once (an opening "[==" twice). */
#include "lex.h"

enum { IDENT = 1, DIGIT = 2, BLANK = 4, NEWLINE = 8, STOP = 16, BRACKET = 32 };	/* STOP: of interest in a quoted string */

/* LuaJIT lets bytes from 0x80 on stand in names. */
static const unsigned char class[256] = {
	[' '] = BLANK, ['\t'] = BLANK, ['\v'] = BLANK, ['\f'] = BLANK,
	['\n'] = NEWLINE, ['\r'] = NEWLINE,
	['"'] = STOP, ['\''] = STOP, ['\\'] = STOP, [']'] = BRACKET,
	['0' ... '9'] = IDENT | DIGIT,
	['A' ... 'Z'] = IDENT, ['a' ... 'z'] = IDENT, ['_'] = IDENT,
	[0x80 ... 0xff] = IDENT,
};

struct word {
	unsigned char	 n;
	char		 s[9];
	int		 kind;
};

/* By first letter, from 'a' to 'w'. */
static const struct word words[23][3] = {
	[0] = { { 3, "and", LEX_AND } },
	['b' - 'a'] = { { 5, "break", LEX_BREAK } },
	['d' - 'a'] = { { 2, "do", LEX_DO } },
	['e' - 'a'] = { { 3, "end", LEX_CLOSE }, { 4, "else", LEX_ELSE }, { 6, "elseif", LEX_ELSEIF } },
	['f' - 'a'] = { { 8, "function", LEX_FUNCTION }, { 3, "for", LEX_FOR }, { 5, "false", LEX_FALSE } },
	['i' - 'a'] = { { 2, "if", LEX_IF }, { 2, "in", LEX_IN } },
	['l' - 'a'] = { { 5, "local", LEX_LOCAL } },
	['n' - 'a'] = { { 3, "nil", LEX_NIL }, { 3, "not", LEX_NOT } },
	['o' - 'a'] = { { 2, "or", LEX_OR } },
	['r' - 'a'] = { { 6, "return", LEX_RETURN }, { 6, "repeat", LEX_REPEAT } },
	['t' - 'a'] = { { 4, "then", LEX_THEN }, { 4, "true", LEX_TRUE } },
	['u' - 'a'] = { { 5, "until", LEX_UNTIL } },
	['w' - 'a'] = { { 5, "while", LEX_WHILE } },
};

/* The byte N after the place, or -1: a NUL is a byte. */
static int
peek(const struct post_lex *lx, size_t n)
{
	return n < lx->src.n - lx->at ? (unsigned char)lx->src.p[lx->at + n] : -1;
}

static int
classof(int c)
{
	return c == -1 ? 0 : class[c];
}

/* Pass a line's end: LF, CR, CRLF and LFCR are one line each, as Lua counts. */
static void
newline(struct post_lex *lx)
{
	int first = peek(lx, 0), second = peek(lx, 1);

	lx->at += classof(second) == NEWLINE && second != first ? 2 : 1;
	lx->line++;
}

/* Pass bytes while their class has, or without WANT has not, a bit of BITS. */
static inline void
run(struct post_lex *lx, int bits, bool want)
{
	size_t at = lx->at, n = lx->src.n;
	const char *p = lx->src.p;

	while (at < n && ((class[(unsigned char)p[at]] & bits) != 0) == want)
		at++;
	lx->at = at;
}

static void
to_line_end(struct post_lex *lx)
{
	run(lx, NEWLINE, false);
}

static void
blanks(struct post_lex *lx)
{
	int c;

	while ((c = classof(peek(lx, 0))) == BLANK || c == NEWLINE)
		if (c == NEWLINE)
			newline(lx);
		else
			run(lx, BLANK, true);
}

/* How many "=" follow the bracket at the place when the same bracket ends them; else -1. */
static ptrdiff_t
level(const struct post_lex *lx)
{
	size_t n = 1;

	while (peek(lx, n) == '=')
		n++;
	return peek(lx, n) == peek(lx, 0) ? (ptrdiff_t)n - 1 : -1;
}

/* Pass a long string or comment whose opening bracket with WANT "=" is at the place. */
static void
long_text(struct post_lex *lx, ptrdiff_t want)
{
	size_t n;
	int c;

	lx->at += (size_t)want + 2;
	for (run(lx, NEWLINE | BRACKET, false); (c = peek(lx, 0)) != -1; run(lx, NEWLINE | BRACKET, false)) {
		if (classof(c) == NEWLINE) {
			newline(lx);
			continue;
		}
		for (n = 1; peek(lx, n) == '='; n++)
			;
		lx->at += n;		/* a second bracket is looked at again: it may begin another "]==" */
		if ((ptrdiff_t)n - 1 == want && peek(lx, 0) == ']') {
			lx->at++;
			return;
		}
	}
}

static void
comment(struct post_lex *lx)
{
	ptrdiff_t n;

	lx->at += 2;
	if (peek(lx, 0) == '[' && (n = level(lx)) >= 0)
		long_text(lx, n);
	else
		to_line_end(lx);
}

/* What follows a backslash in a quoted string. */
static void
escape(struct post_lex *lx)
{
	int c = peek(lx, 0);

	if (classof(c) == NEWLINE)
		newline(lx);
	else if (c != -1)
		lx->at++;
	if (c == 'z')
		blanks(lx);
}

static void
quoted(struct post_lex *lx)
{
	int c, quote = peek(lx, 0);

	lx->at++;
	for (run(lx, STOP | NEWLINE, false); (c = peek(lx, 0)) != -1 && classof(c) != NEWLINE; run(lx, STOP | NEWLINE, false)) {
		lx->at++;
		if (c == quote)
			return;
		if (c == '\\')
			escape(lx);
	}
}

/* As LuaJIT reads them: "0x1p-3", "1e+5", "42ULL", and the malformed "1..2". */
static void
number(struct post_lex *lx)
{
	int c, last = '0', power = 'e';

	if (peek(lx, 0) == '0' && (peek(lx, 1) | 0x20) == 'x')
		power = 'p';
	while ((c = peek(lx, 0)) == '.' || (classof(c) & IDENT) != 0 || ((c == '-' || c == '+') && (last | 0x20) == power)) {
		last = c;
		lx->at++;
	}
}

static int
word(struct post_str s)
{
	const struct word *w;
	int i;

	if (s.n < 2 || s.n > 8 || s.p[0] < 'a' || s.p[0] > 'w')
		return LEX_NAME;
	w = words[s.p[0] - 'a'];
	for (i = 0; i < 3; i++)
		if (s.n == w[i].n && s.p[1] == w[i].s[1] && memcmp(s.p, w[i].s, s.n) == 0)
			return w[i].kind;
	return LEX_NAME;
}

static int
operator(struct post_lex *lx)
{
	int c = peek(lx, 0), d = peek(lx, 1);

	if (c == '.' && d == '.' && peek(lx, 2) == '.') {
		lx->at += 3;
		return LEX_DOTS;
	}
	if ((d == '=' && strchr("=~<>!", c) != NULL && c != 0) || (c == d && strchr("./<>:", c) != NULL && c != 0)) {
		lx->at += 2;
		return c == ':' ? LEX_LABEL : LEX_OP;
	}
	lx->at++;
	return c;
}

/* Pass the token at the place, which is no blank, no comment and not the end. */
static int
token(struct post_lex *lx)
{
	size_t from = lx->at;
	int c = peek(lx, 0);
	ptrdiff_t n;

	if ((classof(c) & DIGIT) != 0 || (c == '.' && (classof(peek(lx, 1)) & DIGIT) != 0)) {
		number(lx);
		return LEX_NUMBER;
	}
	if (classof(c) == IDENT) {
		run(lx, IDENT, true);
		return word((struct post_str){ lx->src.p + from, lx->at - from });
	}
	if (c == '"' || c == '\'') {
		quoted(lx);
		return LEX_STRING;
	}
	if (c == '[' && (n = level(lx)) >= 0) {
		long_text(lx, n);
		return LEX_STRING;
	}
	return operator(lx);
}

void
post_lex_file(struct post_lex *lx, struct post_str src)
{
	*lx = (struct post_lex){ .src = src, .line = 1 };
	if (post_str_starts(src, POST_STR("\xef\xbb\xbf")))
		lx->at = 3;
	if (peek(lx, 0) == '#')
		to_line_end(lx);
}

int
post_lex_next(struct post_lex *lx, struct post_token *t)
{
	size_t from;

	for (blanks(lx); peek(lx, 0) == '-' && peek(lx, 1) == '-'; blanks(lx))
		comment(lx);
	from = lx->at;
	t->line = lx->line;
	t->kind = from == lx->src.n ? LEX_END : token(lx);
	t->text = post_str_from((struct post_str){ lx->src.p, lx->at }, from);
	return t->kind;
}
