/* SPDX-License-Identifier: BSD-2-Clause */
#include "../base/ascii.h"
#include "../base/xml.h"
#include "measure.h"

enum { EM = 100 };

/* In hundredths of the font size, from the blank to the tilde. */
static const unsigned char widths[] = {
	32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 54,
	100, 69, 69, 70, 78, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79, 61, 79, 70, 64, 62, 74, 69, 99, 69, 62, 69, 40, 34, 40, 84, 50,
	50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84
};

static unsigned
char_width(uint32_t code)
{
	if (code >= ' ' && code - ' ' < sizeof widths)
		return widths[code - ' '];
	return code < 0x1100 ? 80 : code < 0x1f000 ? 105 : 140;
}

unsigned
post_hist_text_width(struct post_str s, unsigned size)
{
	uint64_t sum = 0;
	size_t n;

	for (; s.n > 0; s = post_str_from(s, n))
		sum += char_width(post_xml_code(s, &n));
	sum = (sum * size + EM - 1) / EM;
	return sum > 1 << 30 ? 1 << 30 : (unsigned)sum;
}

size_t
post_hist_text_fit(struct post_str s, unsigned size, unsigned width)
{
	uint64_t sum = 0;
	size_t at, n;

	for (at = 0; at < s.n; at += n) {
		sum += (uint64_t)char_width(post_xml_code(post_str_from(s, at), &n)) * size;
		if (sum > (uint64_t)width * EM)
			break;
	}
	return at;
}

size_t
post_hist_text_wrap(struct post_str s, unsigned size, unsigned width, struct post_str line[], size_t max, struct post_str *rest)
{
	size_t n = 0, fit, cut;

	while (s.n > 0 && n < max) {
		fit = cut = post_hist_text_fit(s, size, width);
		if (fit < s.n) {
			while (cut > 0 && s.p[cut] != ' ')
				cut--;
			cut = cut > 0 ? cut : fit;
		}
		if (cut == 0)
			break;
		line[n++] = post_trim_end(post_head(s, cut));
		s = post_str_from(s, cut);
		s = post_str_from(s, post_span(s, POST_SPACE));
	}
	*rest = s;
	return n;
}
