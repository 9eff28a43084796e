/* SPDX-License-Identifier: BSD-2-Clause */
#include "../base/ascii.h"
#include "native.h"

/* Takes "+0xO/0xZ" or "+0xO" (also cut short) off the end of *S and gives it, or nothing. */
static struct post_str
take_offset(struct post_str *s)
{
	struct post_str all = *s;
	size_t n = s->n - post_span_back(*s, POST_HEX);

	if (n >= 3 && s->p[n - 1] == 'x' && s->p[n - 2] == '0' && s->p[n - 3] == '/') {
		struct post_str left = post_head(*s, n - 3);

		n = left.n - post_span_back(left, POST_HEX);
	}
	if (n < 3 || s->p[n - 1] != 'x' || s->p[n - 2] != '0' || s->p[n - 3] != '+')
		return (struct post_str){ NULL, 0 };
	*s = post_head(all, n - 3);
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
	size_t n = post_addr_token(*s);
	const char *at;

	if (n < 3 || (at = memmem(s->p, s->n, " at ", 4)) == NULL)
		return;
	if (at != s->p + n) {
		if ((at = memmem(s->p, s->n, "] at ", 5)) == NULL)
			return;
		at++;
	}
	out->file = post_str_from(*s, (size_t)(at + 4 - s->p));
	*s = post_head(*s, (size_t)(at - s->p));
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
	*s = post_trim_end(post_head(*s, i));
}

static bool
is_address(struct post_str s)
{
	return s.n > 0 && post_addr_token(s) == s.n;
}

/*
 * No offset was found: the module is cut by MAXSTRINGLEN, "f+0x1/0x2 [/opt/n",
 * or has brackets of its own.  ALL is then a name up to the first " [" behind
 * an offset.
 */
static void
take_cut_module(struct post_str all, struct post_str *rest, struct post_native *out)
{
	const char *from = all.p, *end = all.p + all.n, *at;

	while ((at = memmem(from, (size_t)(end - from), " [", 2)) != NULL) {
		struct post_str left = { all.p, (size_t)(at - all.p) };

		out->offset = take_offset(&left);
		if (out->offset.n > 0) {
			out->module = (struct post_str){ at + 2, (size_t)(end - at - 2) };
			out->module.n -= post_str_ends(out->module, POST_STR("]"));
			*rest = left;
			return;
		}
		from = at + 1;
	}
}

void
post_native_parse(struct post_str rest, struct post_native *out)
{
	struct post_str all;

	*out = (struct post_native){ 0 };
	rest = post_trim_end(rest);
	if (post_str_ends(rest, POST_STR(" (inexact)"))) {
		out->inexact = true;
		rest.n -= sizeof " (inexact)" - 1;
	}
	all = rest;
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
	if (out->offset.n == 0)
		take_cut_module(all, &rest, out);
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
