/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef POST_UTF8_H
#define POST_UTF8_H

#include <stdint.h>
#include "str.h"

/*
 * Length of the well-formed UTF-8 sequence that S begins with (Unicode 15,
 * table 3-7), or 0: S is empty or malformed there.
 */
size_t		post_utf8(struct post_str s);

/* The code point of the well-formed sequence of N bytes at P. */
uint32_t	post_utf8_code(const char *p, size_t n);

/* Does that code point turn the direction of the text around it, U+202A to U+202E and U+2066 to U+2069? */
static inline bool
post_turns_text(uint32_t code)
{
	return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

#endif
