/* SPDX-License-Identifier: BSD-2-Clause */
/* Decimal numbers as printf(3) writes them in the C locale, whatever the locale is. */
#ifndef POST_DECIMAL_H
#define POST_DECIMAL_H

#include "../base/buf.h"

/*
 * V times SCALE (at most 100), to the nearest integer; a tie, judged by the
 * exact value of V, goes to the even one.  V is not negative and under 2^53.
 */
uint64_t	post_scaled(double v, unsigned scale);

/* printf("%.*f"), DECIMALS from 0 to 9.  Fast for 0 <= V < 2^53 and up to 2. */
void	post_put_fixed(struct post_buf *, double v, int decimals);

/* printf("%.15g").  Fast for what is whole or half. */
void	post_put_real(struct post_buf *, double v);

/* N / 10^DECIMALS without trailing zeros: 1230 with 2 decimals is "12.3". */
void	post_put_scaled(struct post_buf *, uint64_t n, int decimals);

#endif
