/* SPDX-License-Identifier: BSD-2-Clause */
/* The parts of a native frame. */
#ifndef POST_NATIVE_H
#define POST_NATIVE_H

#include "../base/ascii.h"

/* The length of the address that S begins with, "0x7f12", "0x" or the stub "0"; 0 when it does not. */
static inline size_t
post_addr_token(struct post_str s)
{
	if (s.n >= 2 && s.p[0] == '0' && s.p[1] == 'x')
		return 2 + post_span(post_str_from(s, 2), POST_HEX);
	return s.n > 0 && s.p[0] == '0' && (s.n == 1 || s.p[1] == ' ') ? 1 : 0;
}

/* The parts of the REST of a native or simple frame, taken from the right. */
struct post_native {
	struct post_str	name;		/* empty when unresolved */
	struct post_str	module;		/* "/lib64/libc.so.6", "kernel", or empty */
	struct post_str	offset;		/* "+0x12/0x34", or "+0x12" */
	struct post_str	file;		/* "a.c:12" of print_ubacktrace_fileline, or empty */
	bool		unresolved;	/* an address stands for the name, or "<unknown>" */
	bool		inexact;
};

void	post_native_parse(struct post_str rest, struct post_native *out);

/*
 * A module as people call it: the last part of its path without the marks
 * " (deleted)" and ".#prelink#.XXXXXX".
 */
struct post_str	post_module_short(struct post_str module);

/* Is ADDR, as printed, in the upper half of 64-bit addresses: "0x" and 16 digits, the first from 8 on? */
static inline bool
post_addr_in_kernel(struct post_str addr)
{
	return addr.n == 18 && addr.p[2] >= '8';
}

#endif
