/* SPDX-License-Identifier: BSD-2-Clause */
/* Phrases of messages, and what they take out of a text. */
#ifndef POST_PHRASE_H
#define POST_PHRASE_H

#include "../base/str.h"

struct post_taken {
	uint64_t	value, pid;	/* at most 2^64-1 */
	struct post_str	subject;	/* view into the text */
};

/*
 * Does TEXT begin as PATTERN has it?  In a pattern %u is a number, the value;
 * %p a number, the pid, and more numbers with a blank each; %* any bytes, up to
 * the first place where what follows stands; %s the same, the subject; %S up to
 * the last such place.  At the end of a pattern they take all the rest.
 * *taken, zeroed before, is of no use when it does not.
 */
bool	post_phrase(struct post_str text, const char *pattern, struct post_taken *taken);

/* Take WHAT, or a number, off the front of *S. */
bool	post_take_text(struct post_str *s, struct post_str what);
bool	post_take_number(struct post_str *s, uint64_t *v);

#endif
