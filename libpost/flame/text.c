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
