/* SPDX-License-Identifier: BSD-2-Clause */
/* Notes: what the reader saw in a trace that is no stack, and what was wrong with stacks. */
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
	POST_NOTE_EMPTY,	/* a count without frames */
	POST_NOTE_PARTIAL,	/* frames without a count: the dump was aborted */

	/* What was left out of the sum. */
	POST_NOTE_NEGATIVE,	/* a negative count */
	POST_NOTE_OVERFLOW,	/* a count over 2^64-1 */
	POST_NOTE_TOO_DEEP,	/* a stack of over POST_STACK_MAX frames */
	POST_NOTE_MALFORMED,	/* a folded line without a count */

	POST_NOTES
};

enum post_gravity {
	POST_GRAVITY_INFO,	/* normal, or known from elsewhere */
	POST_GRAVITY_WARN,	/* the user should know */
	POST_GRAVITY_LOST	/* weight was left out: exit status 1 */
};

/* Where in the input; the line is counted from 1 inside block SEQ until it is resolved. */
struct post_place {
	uint64_t	seq;
	uint64_t	line;
	uint64_t	byte;
	uint32_t	file;
};

struct post_notes {
	struct {
		uint64_t		n;
		struct post_place	first;
	} kind[POST_NOTES];
};

void		post_notes_add(struct post_notes *, enum post_note, const struct post_place *);
void		post_notes_merge(struct post_notes *into, const struct post_notes *from);

enum post_gravity post_note_gravity(enum post_note);

/* What to tell the user, behind the number N: "lines that ...". */
const char	*post_note_text(enum post_note, uint64_t n);

#endif
