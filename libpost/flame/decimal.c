/* SPDX-License-Identifier: BSD-2-Clause */
/* Decimal numbers: rounding in integers, printf only where it is rare. */
#include <math.h>
#include <stdio.h>
#include "decimal.h"

static const unsigned power[] = { 1, 10, 100 };
static const double exact = 9007199254740992.0;	/* 2^53 */

/*
 * V is M / 2^S with M under 2^53, so M times SCALE is exact in 64 bits and
 * the rounding is done on the bits shifted out.
 */
uint64_t
post_scaled(double v, unsigned scale)
{
	uint64_t bits, m, half, out;
	int s;

	memcpy(&bits, &v, sizeof bits);
	s = 1075 - (int)(bits >> 52);
	if (s > 63)
		return 0;		/* under 2^-10; times 100 it rounds to 0 */
	m = ((bits & 0xfffffffffffff) | UINT64_C(1) << 52) * scale;
	if (s <= 0)
		return m << -s;
	half = UINT64_C(1) << (s - 1);
	out = m & (2 * half - 1);
	m >>= s;
	return m + (out > half || (out == half && (m & 1)));
}

/* What snprintf(3) wrote, with "." for the locale's decimal point. */
static void
put_plain(struct post_buf *b, const char *s)
{
	int point = 0;

	for (; *s != '\0'; s++)
		if ((*s >= '0' && *s <= '9') || *s == '-' || *s == '+' || *s == 'e' || *s == 'n' || *s == 'i')
			post_putc(b, *s);
		else if (!point++)
			post_putc(b, '.');
}

static void
put_digits(struct post_buf *b, uint64_t n, int decimals)
{
	post_putu(b, n / power[decimals]);
	if (decimals > 0) {
		post_putc(b, '.');
		if (decimals == 2)
			post_putc(b, (char)('0' + n / 10 % 10));
		post_putc(b, (char)('0' + n % 10));
	}
}

void
post_put_fixed(struct post_buf *b, double v, int decimals)
{
	char s[350];

	if (!signbit(v) && v < exact && decimals <= 2) {
		put_digits(b, post_scaled(v, power[decimals]), decimals);
		return;
	}
	(void)snprintf(s, sizeof s, "%.*f", decimals, v);
	put_plain(b, s);
}

void
post_put_real(struct post_buf *b, double v)
{
	char s[40];
	double twice = 2 * v;

	if (!signbit(v) && twice < 1e14 && twice == (double)(uint64_t)twice) {
		post_put_scaled(b, 5 * (uint64_t)twice, 1);
		return;
	}
	(void)snprintf(s, sizeof s, "%.15g", v);
	put_plain(b, s);
}

void
post_put_scaled(struct post_buf *b, uint64_t n, int decimals)
{
	for (; decimals > 0 && n % 10 == 0; decimals--)
		n /= 10;
	put_digits(b, n, decimals);
}
