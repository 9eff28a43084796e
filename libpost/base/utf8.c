/* SPDX-License-Identifier: BSD-2-Clause */
#include "utf8.h"

size_t
post_utf8(struct post_str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t len, i;

	if (s.n == 0)
		return 0;
	if (*p < 0x80)
		return 1;
	len = *p < 0xc2 ? 0 : *p < 0xe0 ? 2 : *p < 0xf0 ? 3 : *p < 0xf5 ? 4 : 0;
	if (len == 0 || len > s.n)
		return 0;
	for (i = 1; i < len; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	if ((*p == 0xe0 && p[1] < 0xa0) || (*p == 0xed && p[1] > 0x9f) ||
	    (*p == 0xf0 && p[1] < 0x90) || (*p == 0xf4 && p[1] > 0x8f))
		return 0;
	return len;
}

uint32_t
post_utf8_code(const char *p, size_t n)
{
	static const unsigned char lead[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	uint32_t code = (unsigned char)*p & lead[n];
	size_t i;

	for (i = 1; i < n; i++)
		code = code << 6 | ((unsigned char)p[i] & 0x3f);
	return code;
}
