/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include "buf.h"
#include "mem.h"
#include "utf8.h"

void
post_buf_grow(struct post_buf *b, size_t more)
{
	size_t cap = b->cap < 64 ? 64 : b->cap, need;

	if (__builtin_add_overflow(b->n, more, &need) || need >= SIZE_MAX / 2)
		need = SIZE_MAX / 2 - 1;	/* refused by post_resize */
	while (cap <= need)
		cap *= 2;
	b->s = post_resize(b->s, cap, 1);
	b->s[b->n] = '\0';
	b->cap = cap;
}

void
post_buf_free(struct post_buf *b)
{
	free(b->s);
	*b = (struct post_buf){ 0 };
}

void
post_putu(struct post_buf *b, uint64_t u)
{
	char d[20], *p = d + sizeof d;

	do
		*--p = (char)('0' + u % 10);
	while ((u /= 10) != 0);
	post_put(b, (struct post_str){ p, (size_t)(d + sizeof d - p) });
}

void
post_putx(struct post_buf *b, uint64_t u, int digits)
{
	char d[16], *p = d + sizeof d;

	do
		*--p = "0123456789abcdef"[u & 15];
	while ((u >>= 4) != 0 || (p > d && d + sizeof d - p < digits));
	post_put(b, (struct post_str){ p, (size_t)(d + sizeof d - p) });
}

void
post_putf(struct post_buf *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n <= 0)
		return;
	post_buf_grow(b, (size_t)n);
	va_start(ap, fmt);
	(void)vsnprintf(b->s + b->n, b->cap - b->n, fmt, ap);
	va_end(ap);
	b->n += (size_t)n;
}

/* Would a terminal obey the character of N bytes at P? */
static int
obeyed(const char *p, size_t n)
{
	uint32_t code = post_utf8_code(p, n);

	return code < 0x20 || (code >= 0x7f && code < 0xa0) || post_turns_text(code);
}

void
post_put_shown(struct post_buf *b, struct post_str s)
{
	while (s.n > 0) {
		size_t n = post_utf8(s);

		if (n == 0 || obeyed(s.p, n)) {
			n = n == 0 ? 1 : n;
			for (size_t i = 0; i < n; i++) {
				post_puts(b, "\\x");
				post_putx(b, (unsigned char)s.p[i], 2);
			}
		} else
			post_put(b, (struct post_str){ s.p, n });
		s = post_str_from(s, n);
	}
}
