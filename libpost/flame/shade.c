/* SPDX-License-Identifier: BSD-2-Clause */
/* Contrast, ramps, and colours as CSS writes them. */
#include <math.h>
#include "shade.h"

static double
linear(uint32_t byte)
{
	double c = byte / 255.0;

	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double
luminance(uint32_t rgb)
{
	return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8 & 0xff) + 0.0722 * linear(rgb & 0xff);
}

double
post_contrast(uint32_t a, uint32_t b)
{
	double x = luminance(a) + 0.05, y = luminance(b) + 0.05;

	return x > y ? x / y : y / x;
}

uint32_t
post_text_on(uint32_t rgb)
{
	return post_contrast(rgb, POST_BLACK) >= 4.5 ? POST_BLACK : POST_WHITE;
}

uint32_t
post_mix(uint32_t a, uint32_t b, double t)
{
	uint32_t rgb = 0;
	int shift;

	for (shift = 16; shift >= 0; shift -= 8) {
		double from = a >> shift & 0xff, to = b >> shift & 0xff;

		rgb |= (uint32_t)(from + (to - from) * t + 0.5) << shift;
	}
	return rgb;
}

uint32_t
post_delta_color(double delta, double max, bool blind)
{
	double size = fabs(delta);
	uint32_t c = size < max ? (uint32_t)(210 * (max - size) / max) : 0;

	if (delta == 0)
		return POST_WHITE;
	if (blind)
		return post_mix(POST_WHITE, delta > 0 ? 0xe66100 : 0x1a5fb4, 0.18 + 0.82 * fmin(size / max, 1));
	return delta > 0 ? 0xff0000 | c << 8 | c : c << 16 | c << 8 | 0xff;
}

static int
hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 :
	    c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool
post_is_css_color(const char *s, uint32_t *rgb)
{
	size_t n = strlen(s), i;
	uint32_t v = 0;

	if (*s != '#') {
		for (i = 0; i < n && ((s[i] >= 'a' && s[i] <= 'z') || (s[i] >= 'A' && s[i] <= 'Z')); )
			i++;
		return i == n && n > 0 && n < 32;
	}
	for (i = 1; i < n && n <= 7 && hex(s[i]) >= 0; i++)
		v = v << 4 | (uint32_t)hex(s[i]);
	if (i != n || (n != 4 && n != 7))
		return false;
	*rgb = n == 7 ? v : 0x11 * ((v & 0xf00) << 8 | (v & 0xf0) << 4 | (v & 0xf));
	return true;
}

void
post_put_rgb(struct post_buf *b, uint32_t rgb)
{
	uint32_t high = rgb >> 4 & 0x0f0f0f;

	post_putc(b, '#');
	if ((rgb & 0x0f0f0f) == high)
		post_putx(b, (high >> 8 & 0xf00) | (high >> 4 & 0xf0) | (high & 0xf), 3);
	else
		post_putx(b, rgb, 6);
}
