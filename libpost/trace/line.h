/* SPDX-License-Identifier: BSD-2-Clause */
/* What a line of a raw trace is. */
#ifndef POST_LINE_H
#define POST_LINE_H

#include <stdbool.h>
#include "native.h"
#include "notes.h"

enum post_line_kind {
	POST_LINE_BLANK,
	POST_LINE_COUNT,	/* "\t17": closes a stack */
	POST_LINE_LOOSE_COUNT,	/* "17", "   17 ": so too, unless inside a chunk of Lua text */
	POST_LINE_NATIVE,	/* " 0xADDR : REST" and " 0xADDR [REST]" */
	POST_LINE_SIMPLE,	/* "name+0x12 [module]" of sprint_backtrace */
	POST_LINE_LUA,		/* a Lua frame in a form that nothing else has: "@x.lua:7", "C:f", "[tail]" */
	POST_LINE_LUA_WEAK,	/* "name:7", ":7": a Lua frame, or the end of a chunk of Lua text */
	POST_LINE_LUA_NAMED,	/* "resty.core:match": a Lua frame that bt-fixlua or fix-lua-bt named */
	POST_LINE_CFUNC,	/* "lj_str_new": the first frame of a Lua stack, or text */
	POST_LINE_CUT,		/* "...my\t17": the end of a cut Lua stack, frame and count */
	POST_LINE_NOISE,	/* what stap and the samplers say; see noise */
	POST_LINE_TEXT		/* anything else: a line of a Lua chunk, or unknown */
};

struct post_line {
	enum post_line_kind	kind;
	enum post_note		noise;		/* of POST_LINE_NOISE */
	struct post_str		text;		/* without line end, colour and leading blanks; of CUT the frame only */
	struct post_str		addr;		/* of NATIVE: the address as printed, "0x7f12" */
	struct post_str		rest;		/* of NATIVE: behind the address; of SIMPLE: the text */
	struct post_str		count;		/* of COUNT, LOOSE_COUNT, CUT and a spliced NATIVE: "17", "-5" */
};

/*
 * Classify one line, given without its "\n".  The rules are those of bt(5),
 * and depend on the line alone: what a line means among others is the
 * parser's to say (parse.h).  The views point into LINE, or into SCRATCH
 * (at least line.n bytes) when colour had to be taken out; with a SCRATCH of
 * NULL there is no ESC in the line.
 * Cost: one pass over the line; a native frame takes a few tens of cycles.
 */
void	post_line_classify(struct post_str line, char *scratch, struct post_line *out);

/* The same for the text of a line that was POST_LINE_NATIVE. */
void	post_line_native(struct post_str text, struct post_line *out);

/* Is that the line of a count, "\t17" or "\t17\r", by the strict rule? */
bool	post_line_is_count(struct post_str line);

/*
 * Which note is this line (bt(5))?
 * POST_NOTE_NONE: none.  LINE is without line end and colour.
 */
enum post_note	post_noise(struct post_str line);

#endif
