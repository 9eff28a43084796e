/* SPDX-License-Identifier: BSD-2-Clause */
/* A library: two versions of one name, an IFUNC, an alias. */
#include "zoo.h"

volatile int zoo_sink;

__asm__(".symver zoo_call_old, zoo_call@ZOO_1");
__asm__(".symver zoo_call_new, zoo_call@@ZOO_2");

int
zoo_call_old(int x)
{
	return zoo_branch(x) + 1;
}

int
zoo_call_new(int x)
{
	return zoo_trunk(x) + 2;
}

static int zoo_plain(int x) { return zoo_leaf(x); }
static int zoo_quick(int x) { return zoo_leaf(x) * 2; }

int
(*zoo_choose(void))(int)
{
	return sizeof(long) == 8 ? zoo_quick : zoo_plain;
}

int	zoo_either(int) __attribute__((ifunc("zoo_choose")));

int
zoo_lib(int x)
{
	return zoo_either(x) + zoo_call_new(x);
}

int	zoo_lib_too(int) __attribute__((alias("zoo_lib")));
