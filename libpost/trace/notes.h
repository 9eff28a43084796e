/* SPDX-License-Identifier: BSD-2-Clause */
/* Notes: how often the reader saw what is no stack, and what was wrong with stacks. */
#ifndef POST_NOTES_H
#define POST_NOTES_H

#include <stdbool.h>
#include <stdint.h>

enum post_note {
	POST_NOTE_NONE,

	/* Lines that are not part of any stack (bt(5): noise). */
	POST_NOTE_WARNING,	/* WARNING: of stap or the run time */
	POST_NOTE_ERROR,	/* ERROR: of stap or the run time */
	POST_NOTE_PASS,		/* Pass 1: ... Pass 5: ... */
	POST_NOTE_TRANSLATOR,	/* semantic errors, tips, kbuild */
	POST_NOTE_BANNER,	/* what the samplers and stapio say of themselves */
	POST_NOTE_REPORT,	/* stap -t, histograms, min/avg/max */
	POST_NOTE_NO_BACKTRACE,	/* <no user backtrace at ...>, stacks without registers */
	POST_NOTE_DEBUG,	/* -DDEBUG_UNWIND and its kind: the trace is no profile */
	POST_NOTE_TEXT,		/* nothing known: the output of the target, perhaps */

	/* Stacks that are not what the sampler saw. */
	POST_NOTE_CUT,		/* a Lua stack cut by MAXSTRINGLEN */
	POST_NOTE_TRUNCATED,	/* a native stack cut by MAXSTRINGLEN */
	POST_NOTE_SPLICED,	/* a frame line that ends as another line */
	POST_NOTE_GARBAGE,	/* a stack that ends in addresses of nothing */
	POST_NOTE_UNRESOLVED,	/* a stack with frames that have no name */
	POST_NOTE_TRACER,	/* a stack with frames of SystemTap itself */
	POST_NOTE_START,	/* a stack with callers at the start of a function */
	POST_NOTE_KERNEL,	/* a stack with frames of the kernel */
	POST_NOTE_USER,		/* a stack with frames of user space */
	POST_NOTE_LUA,		/* a stack with frames of Lua */
	POST_NOTE_UNNAMED,	/* a stack with Lua frames whose chunk has no name */
	POST_NOTE_BULK,		/* the headers of stap -b between the lines */
	POST_NOTE_EMPTY,	/* a count without frames */
	POST_NOTE_PARTIAL,	/* frames without a count: the dump was aborted */

	/* What was left out of the sum. */
	POST_NOTE_NEGATIVE,	/* a negative count */
	POST_NOTE_OVERFLOW,	/* a count over 2^64-1 */
	POST_NOTE_TOO_DEEP,	/* a stack of over POST_STACK_MAX frames */
	POST_NOTE_MALFORMED,	/* a folded line without a count */

	POST_NOTES
};

/* Where in the input; the line is counted from 1 inside block SEQ until it is resolved. */
struct post_place {
	uint64_t	seq;
	uint64_t	line;
	uint64_t	byte;
	uint32_t	file;
};

struct post_notes {
	struct post_noted {
		uint64_t		n;	/* lines or stacks */
		uint64_t		weight;	/* the counts of these stacks */
		struct post_place	first;
	} kind[POST_NOTES];
};

void	post_notes_add(struct post_notes *, enum post_note, uint64_t weight, const struct post_place *);
void	post_notes_merge(struct post_notes *into, const struct post_notes *from);

/* Does A stand before B? */
static inline bool
post_place_before(const struct post_place *a, const struct post_place *b)
{
	return a->seq != b->seq ? a->seq < b->seq : a->line < b->line;
}

/* The sum, or 2^64-1. */
static inline uint64_t
post_sum(uint64_t a, uint64_t b)
{
	return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

#endif
