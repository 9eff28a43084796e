/* SPDX-License-Identifier: BSD-2-Clause */
#include "json.h"
#include "xml.h"

/* Does C stand for itself in a JSON string, as one byte? */
static inline bool
plain(char c)
{
	return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

void
post_put_json(struct post_buf *b, struct post_str s)
{
	post_putc(b, '"');
	while (s.n > 0) {
		size_t n = 0;

		while (n < s.n && plain(s.p[n]))
			n++;
		post_put(b, (struct post_str){ s.p, n });
		s = post_str_from(s, n);
		if (s.n == 0)
			break;
		if (*s.p == '"' || *s.p == '\\') {
			post_putc(b, '\\');
			post_putc(b, *s.p);
			n = 1;
		} else {
			(void)post_xml_code(s, &n);
			post_xml_plain(b, (struct post_str){ s.p, n });
		}
		s = post_str_from(s, n);
	}
	post_putc(b, '"');
}
