/* SPDX-License-Identifier: BSD-2-Clause */
#include "utf8.h"
#include "xml.h"

#define REPLACEMENT	"\xef\xbf\xbd"	/* U+FFFD */

uint32_t
post_xml_code(struct post_str s, size_t *n)
{
	if ((*n = post_utf8(s)) == 0) {
		*n = 1;
		return 0xfffd;
	}
	return post_utf8_code(s.p, *n);
}

/* Is C an ASCII character that stands for itself? */
static inline int
plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7f && c != '&' && c != '<' && c != '>' && c != '"';
}

static void
put_picture(struct post_buf *b, uint32_t control)
{
	char s[] = { '\xe2', '\x90', (char)(0x80 + (control == 0x7f ? 0x21 : control)) };

	post_put(b, (struct post_str){ s, sizeof s });
}

/* One code point that is not plain; returns its length. */
static size_t
put_special(struct post_buf *b, struct post_str s)
{
	size_t n;
	uint32_t code = post_xml_code(s, &n);

	if (code < 0x20 || code == 0x7f)
		put_picture(b, code);
	else if (code == 0xfffd || code == 0xfffe || code == 0xffff || (code >= 0x80 && code < 0xa0) || post_turns_text(code))
		post_puts(b, REPLACEMENT);
	else
		post_put(b, (struct post_str){ s.p, n });
	return n;
}

static void
put_escaped(struct post_buf *b, char c)
{
	switch (c) {
	case '&': post_put(b, POST_STR("&amp;")); break;
	case '<': post_put(b, POST_STR("&lt;")); break;
	case '>': post_put(b, POST_STR("&gt;")); break;
	case '"': post_put(b, POST_STR("&quot;")); break;
	}
}

/* S as a reader sees it, with markup characters ESCAPED or as they are. */
static void
put_shown(struct post_buf *b, struct post_str s, bool escaped)
{
	while (s.n > 0) {
		size_t n = 0;

		while (n < s.n && plain((unsigned char)s.p[n]))
			n++;
		post_put(b, (struct post_str){ s.p, n });
		s = post_str_from(s, n);
		if (s.n == 0)
			break;
		n = 1;
		if (*s.p != '&' && *s.p != '<' && *s.p != '>' && *s.p != '"')
			n = put_special(b, s);
		else if (escaped)
			put_escaped(b, *s.p);
		else
			post_putc(b, *s.p);
		s = post_str_from(s, n);
	}
}

void
post_xml_text(struct post_buf *b, struct post_str s)
{
	put_shown(b, s, true);
}

void
post_xml_plain(struct post_buf *b, struct post_str s)
{
	put_shown(b, s, false);
}

void
post_xml_comment(struct post_buf *b, struct post_str s)
{
	while (s.n > 0) {
		size_t n = put_special(b, s);

		if (*s.p == '-' && (s.n == 1 || s.p[1] == '-'))
			post_putc(b, ' ');
		s = post_str_from(s, n);
	}
}
