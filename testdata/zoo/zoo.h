/* SPDX-License-Identifier: BSD-2-Clause */
/* A zoo of what compilers make of functions: small, and never run for its results. */
#ifndef ZOO_H
#define ZOO_H

#define INLINE	static inline __attribute__((always_inline))
#define ALONE	__attribute__((noinline))

#ifdef __cplusplus
extern "C" {
#endif
extern volatile int zoo_sink;
int	zoo_far(int);
int	zoo_asm(int);
int	zoo_weak(int);
int	zoo_second(int);
int	zoo_shapes(int);
int	zoo_lib(int);
void	zoo_die(int) __attribute__((noreturn, cold));

/* Inlined into each other, and into every file. */
INLINE int
zoo_leaf(int x)
{
	zoo_sink = x;
	return zoo_sink ^ 5;
}

INLINE int
zoo_branch(int x)
{
	int y = zoo_leaf(x + 1);

	return y + zoo_leaf(y * 3);
}

INLINE int
zoo_trunk(int x)
{
	return x & 1 ? zoo_branch(x) : zoo_branch(x / 2) + 1;
}
#ifdef __cplusplus
}
#endif

#endif
