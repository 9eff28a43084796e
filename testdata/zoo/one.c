/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "zoo.h"

volatile int zoo_sink;

/* A static function of this name is in two.c, too. */
static ALONE int
zoo_twin(int x)
{
	return zoo_branch(x) + 1;
}

/* A call that does not return may be the last instruction. */
ALONE void
zoo_die(int x)
{
	zoo_sink = x;
	abort();
}

/* Its rare part goes to .text.unlikely, and a caller inlines the rest. */
static int
zoo_split(int x)
{
	if (x > 1000) {
		for (int i = 0; i < x; i++)
			zoo_sink += zoo_trunk(i);
		zoo_sink /= 3;
		zoo_die(zoo_sink + x);
	}
	return x + 1;
}

/* Its pointer becomes a value, or the 7 a constant. */
static ALONE int
zoo_clone(const int *p, int seven, int unused)
{
	(void)unused;
	return *p * seven + zoo_sink + zoo_leaf(*p);
}

static ALONE int
zoo_depth(int n)
{
	if (n <= 0)
		return zoo_leaf(n);
	return zoo_depth(n - 1) + zoo_depth(n - 2 - (zoo_sink & 1)) + zoo_trunk(n);
}

__attribute__((section("zoo_annex"))) ALONE int
zoo_room(int x)
{
	return zoo_trunk(x) - 1;
}

/* As a generator writes it: lines of another file, of a long way off, and back. */
ALONE int
zoo_generated(int x)
{
#line 1000 "grammar.y"
	int y = zoo_leaf(x);
#line 70000 "/src/zoo/tables.h"
	y += zoo_sink;
#line 7
	y *= zoo_branch(y);
#line 66 "one.c"
	return y;
}

static ALONE int
zoo_switch(int x)
{
	switch (x & 7) {
	case 0: return zoo_leaf(1);
	case 1: return zoo_twin(2);
	case 2: return zoo_room(3);
	case 3: return zoo_generated(4);
	case 4: return zoo_split(x) + zoo_split(x + 1);
	case 5: zoo_die(5);
	case 6: return zoo_depth(x);
	default: return zoo_sink;
	}
}

ALONE int
zoo_main(int argc)
{
	int n = argc, a = zoo_sink;

	for (int i = 0; i < argc; i++) {
		int block = i * 2;	{ int deeper = block + n; n += zoo_trunk(deeper); }

		n += zoo_switch(i) + zoo_far(n) + zoo_clone(&a, 7, n) + zoo_clone(&n, 7, a);
	}
	return n + zoo_second(n) + zoo_shapes(n) + zoo_asm(n) + zoo_weak(n);
}

#ifndef ZOO_MODULE
int
main(int argc, char **argv)
{
	(void)argv;
	return argc > 100 ? zoo_main(argc) : 0;
}
#endif
