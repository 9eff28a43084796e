/* SPDX-License-Identifier: BSD-2-Clause */
/* From lines to frames and counts: what a line means among its neighbours. */
#ifndef POST_PARSE_H
#define POST_PARSE_H

#include "../base/buf.h"
#include "line.h"

enum post_event_kind {
	POST_EVENT_NATIVE,	/* a frame; line->addr and line->rest say which */
	POST_EVENT_SIMPLE,	/* a frame without its address; line->rest */
	POST_EVENT_LUA,		/* a frame of Lua; line->text, perhaps of many lines */
	POST_EVENT_CFUNC,	/* a C function on top of a Lua stack; line->text */
	POST_EVENT_CUT,		/* the last frame of a cut Lua stack; its count follows */
	POST_EVENT_COUNT,	/* line->count closes the stack */
	POST_EVENT_NOISE	/* no part of a stack; line->noise, or POST_NOTE_NONE for blank lines */
};

struct post_event {
	enum post_event_kind	 kind;
	const struct post_line	*line;
	struct post_str		 raw;		/* every byte of it as it stood, line ends too */
	const struct post_place	*at;		/* where it begins */
};

enum { POST_CHUNK_MAX = 1 << 20 };	/* bytes of a chunk's name; longer text is noise */

/*
 * Give the parser blocks or lines of one trace, in order; it calls event()
 * for each thing seen.  Put together, the raw parts are the input, byte for
 * byte.  Views in an event are valid during the call.
 *
 * A Lua chunk without a name has its whole source as its name, over many
 * lines (bt(5)).  Such lines are kept back until one ends in
 * ":LINE"; a native frame or a Lua frame of a sure form shows that they
 * were noise.  Inside them a line of digits closes nothing, and "\t17" only
 * when what follows can begin a stack; a message of stap among them is told
 * first, which is the one thing told out of order.
 *
 * { .event = f, .arg = x } is a parser at the start of a trace.
 */
struct post_parser {
	void			(*event)(void *arg, const struct post_event *);
	void			*arg;
	struct post_place	 at;		/* of the line last taken; the caller sets file, seq, byte and line */

	/* Private to parse.c. */
	struct post_buf		 chunk;		/* lines kept back */
	struct post_place	 chunk_at;
	struct post_buf		 pending;	/* "\t17" or "...\t17" inside a chunk: a count, or text? */
	struct post_place	 pending_at;
	struct post_buf		 scratch;	/* the line being taken, without colour */
	struct post_buf		 pending_scratch;
	struct post_buf		 chunk_text;	/* the chunk without the CR of its line ends */
	bool			 in_native;	/* the open stack has native frames */
	bool			 in_simple;	/* or frames of the simple layout */
	bool			 begun;		/* the open stack has frames */
	bool			 in_debug;	/* debug lines stand in it: unknown text is theirs */
};

/* The lines of BLOCK, whose last may lack its "\n"; p->at is where it begins, the line before its first. */
void	post_parse(struct post_parser *p, struct post_str block);

/* The trace ended: what was kept back is told now. */
void	post_parse_end(struct post_parser *p);
void	post_parse_free(struct post_parser *p);

/*
 * Where the last stack in S ends for sure: behind a count line whose last
 * frame is of a form that leaves the parser as it is at the start of a trace.
 * 0: nowhere.
 */
size_t	post_parse_cut(struct post_str s);

#endif
