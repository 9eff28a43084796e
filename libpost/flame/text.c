/* SPDX-License-Identifier: BSD-2-Clause */
#include "../base/xml.h"
#include "text.h"

struct post_str
post_svg_bare_name(struct post_str s)
{
	if (s.n >= 4 && s.p[s.n - 1] == ']' && memchr("kwij", s.p[s.n - 2], 4) != NULL &&
	    s.p[s.n - 3] == '[' && s.p[s.n - 4] == '_')
		s.n -= 4;
	return s;
}

void
post_svg_label(struct post_buf *b, struct post_str s, size_t chars)
{
	size_t at = 0, cut = 0, seen, n;

	if (chars < 3)
		return;
	for (seen = 0; at < s.n && seen < chars; seen++, at += n) {
		(void)post_xml_code(post_str_from(s, at), &n);
		if (seen < chars - 2)
			cut = at + n;
	}
	if (at == s.n) {
		post_xml_text(b, s);
		return;
	}
	post_xml_text(b, (struct post_str){ s.p, cut });
	post_put(b, POST_STR(".."));
}

size_t
post_svg_chars(struct post_str s)
{
	size_t chars = 0, n;

	for (; s.n > 0; s = post_str_from(s, n), chars++)
		(void)post_xml_code(s, &n);
	return chars;
}

/* The bytes of the first CHARS code points of S. */
static size_t
bytes_of(struct post_str s, size_t chars)
{
	size_t at = 0, n;

	for (; at < s.n && chars > 0; at += n, chars--)
		(void)post_xml_code(post_str_from(s, at), &n);
	return at;
}

void
post_svg_cut_middle(struct post_buf *b, struct post_str s, size_t chars)
{
	size_t all = post_svg_chars(s), tail = chars / 2;

	if (all <= chars) {
		post_xml_text(b, s);
		return;
	}
	if (chars < 3)
		return;
	post_xml_text(b, (struct post_str){ s.p, bytes_of(s, chars - tail - 2) });
	post_put(b, POST_STR(".."));
	post_xml_text(b, post_str_from(s, bytes_of(s, all - tail)));
}
