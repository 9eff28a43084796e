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

void
post_put_json_key(struct post_buf *b, const char *key)
{
	if (b->n > 0 && b->s[b->n - 1] != '{')
		post_putc(b, ',');
	post_putc(b, '"');
	post_puts(b, key);
	post_puts(b, "\":");
}

void
post_put_json_text(struct post_buf *b, const char *key, const char *text)
{
	post_put_json_key(b, key);
	if (text == NULL)
		post_puts(b, "null");
	else
		post_put_json(b, post_str_of(text));
}

void
post_put_json_number(struct post_buf *b, const char *key, uint64_t n)
{
	post_put_json_key(b, key);
	post_putu(b, n);
}

void
post_put_json_flag(struct post_buf *b, const char *key, bool flag)
{
	post_put_json_key(b, key);
	post_puts(b, flag ? "true" : "false");
}
