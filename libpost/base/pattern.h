/* SPDX-License-Identifier: BSD-2-Clause */
/* Patterns that a user gives: regular expressions as Perl has them (pcre2pattern(3)), over the bytes of names. */
#ifndef POST_PATTERNS_H
#define POST_PATTERNS_H

#include "buf.h"
#include "err.h"

/*
 * A name longer than this is not searched, and a search that takes more
 * steps, or the interpreter more memory, than here is given up: both are
 * errors, so that no name makes a filter stand still.
 */
enum {
	POST_PATTERN_NAME_MAX = 1 << 14,	/* bytes */
	POST_PATTERN_STEPS = 1000000,		/* PCRE2's match limit */
	POST_PATTERN_MEMORY = 1 << 16,		/* KiB */
	POST_PATTERN_RESULT_MAX = 1 << 16	/* bytes of a name in which matches were replaced */
};

/* Compiled patterns; { 0 } is none.  Threads may share them when the last is added. */
struct post_patterns {
	size_t				 n;

	/* Private to pattern.c. */
	struct post_pattern {
		struct pcre2_real_code_8	*code;
		const char			*text;
	}				*v;
	size_t				 cap;
};

/*
 * One more pattern; TEXT is borrowed and outlives the patterns.  Names are
 * bytes: "." is a byte, unless the pattern begins with (*UTF); malformed UTF-8
 * is then what nothing matches.
 * Returns 0, or -1 with *err: POST_EUSAGE, what is wrong and where.
 */
int	post_patterns_add(struct post_patterns *, const char *text, struct post_err *err);
void	post_patterns_free(struct post_patterns *);

/* What one thread matches with: { 0 } at first, and for any patterns. */
struct post_matcher {
	struct pcre2_real_match_data_8		*data;
	struct pcre2_real_match_context_8	*context;
	struct pcre2_real_jit_stack_8		*stack;
};

/*
 * Does one of the patterns match somewhere in NAME?
 * Returns 1, 0, or -1 with *err: POST_ELIMIT, it was not to be found out.
 * Cost: of compiled machine code where PCRE2 has it; no memory but the first time.
 */
int	post_patterns_match(const struct post_patterns *, struct post_matcher *, struct post_str name, struct post_err *err);

/*
 * Append NAME to OUT with all that pattern I, counted from 0, matches in it
 * replaced by TO, in which $1 to $9 are its groups, $0 is all of the match and
 * $$ a dollar; a dollar before anything else, and at the end, is itself.  A
 * group that took no part is empty.  Matches do not overlap; behind an empty
 * one the search goes on a byte further, or a character of a (*UTF) pattern.
 * Returns 1; 0, there is no match; or -1 with *err as above, which a result
 * over POST_PATTERN_RESULT_MAX is, too.  Of 0 and -1 OUT is as it was.
 * Cost: as above for a name in which nothing matches; no byte is searched twice.
 */
int	post_patterns_replace(const struct post_patterns *, size_t i, struct post_matcher *, struct post_str name, struct post_str to,
	    struct post_buf *out, struct post_err *err);
void	post_matcher_free(struct post_matcher *);

#endif
