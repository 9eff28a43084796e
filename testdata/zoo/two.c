/* SPDX-License-Identifier: BSD-2-Clause */
#include "zoo.h"

static ALONE int
zoo_twin(int x)
{
	return zoo_leaf(x) * 2;
}

/* Small enough for LTO to put it into one.c. */
int
zoo_far(int x)
{
	return zoo_branch(x) + zoo_sink;
}

int
zoo_second(int x)
{
	if (__builtin_expect(x == 77, 0))
		zoo_die(zoo_trunk(x));
	return zoo_twin(x) + zoo_far(x);
}

int
zoo_strong(int x)
{
	return zoo_leaf(x) + 9;
}

/* Nobody calls it: a linker may throw it away, and what tells of it stays. */
int
zoo_dead(int x)
{
	return zoo_trunk(x) * 3;
}

int	zoo_weak(int) __attribute__((weak, alias("zoo_strong")));
int	zoo_other(int) __attribute__((alias("zoo_strong")));

/* Nothing but a symbol tells of it. */
__asm__(
	"	.text\n"
	"	.globl zoo_asm\n"
	"	.type zoo_asm, @function\n"
	"zoo_asm:\n"
	"	lea 3(%rdi), %eax\n"
	"	nop\n"
	"	ret\n"
	"	.size zoo_asm, . - zoo_asm\n");
