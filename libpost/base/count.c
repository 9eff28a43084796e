/* SPDX-License-Identifier: BSD-2-Clause */
#include "ascii.h"
#include "count.h"

enum { DECIMALS = 18 };

int
post_count_parse(struct post_str s, struct post_count *c)
{
	size_t i;
	bool range = false;
	int d = 0;

	*c = (struct post_count){ 0 };
	for (i = 0; i < s.n && post_is(s.p[i], POST_DIGIT); i++)
		if (__builtin_mul_overflow(c->whole, 10, &c->whole) ||
		    __builtin_add_overflow(c->whole, (uint64_t)(s.p[i] - '0'), &c->whole))
			range = true;
	if (i == 0 || i == s.n)
		return i == 0 ? -1 : range ? POST_COUNT_RANGE : 0;
	if (s.p[i++] != '.')
		return -1;
	for (; i < s.n && post_is(s.p[i], POST_DIGIT); i++)
		if (d < DECIMALS) {
			c->frac = c->frac * 10 + (uint64_t)(s.p[i] - '0');
			d++;
		} else if (s.p[i] != '0')
			range = true;
	for (; d < DECIMALS; d++)
		c->frac *= 10;
	return i < s.n ? -1 : range ? POST_COUNT_RANGE : 0;
}

double
post_count_real(struct post_count c)
{
	return (double)c.whole + (double)c.frac / 1e18;
}

void
post_put_count(struct post_buf *b, struct post_count c)
{
	char d[DECIMALS];
	int i, n = DECIMALS;

	post_putu(b, c.whole);
	if (c.frac == 0)
		return;
	for (i = DECIMALS; i-- > 0; c.frac /= 10)
		d[i] = (char)('0' + c.frac % 10);
	while (d[n - 1] == '0')
		n--;
	post_putc(b, '.');
	post_put(b, (struct post_str){ d, (size_t)n });
}
