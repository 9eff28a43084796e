/* SPDX-License-Identifier: BSD-2-Clause */
#include "price.h"

static volatile int reduced = 7, full = 19, logged;

static inline int
is_food(int cents)
{
	return cents % 5 == 0;
}

int
price_rate(int cents)
{
	if (is_food(cents))
		return reduced;
	return full;
}

void
price_log(int code)
{
	logged += code;
}
