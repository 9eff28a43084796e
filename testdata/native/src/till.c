/* SPDX-License-Identifier: BSD-2-Clause */
/* A program to look up: calls inlined into each other, and one that does not return at a function's end. */
#include "price.h"

static volatile int customers = 3;

static inline int
tax(int cents)
{
	return cents * price_rate(cents) / 100;
}

static inline int
total(int cents)
{
	return cents + tax(cents);
}

static __attribute__((noinline, noreturn)) void
stop(int code)
{
	price_log(code);
	for (;;)
		;
}

__attribute__((noinline)) int
serve(int first)
{
	int sum = 0;

	for (int i = 0; i < customers; i++)
		sum += total(first + i);
	return sum;
}

__attribute__((noinline)) void
closing(int sum)
{
	stop(sum > 100);
}

void
_start(void)
{
	closing(serve(20));
}
