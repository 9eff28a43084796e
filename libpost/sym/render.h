/* SPDX-License-Identifier: BSD-2-Clause */
/* The lines that a frame becomes when it is known what is at its address. */
#ifndef POST_RENDER_H
#define POST_RENDER_H

#include "resolve.h"

enum post_frame_layout {
	POST_LAYOUT_OLD,	/* " ADDR : f+0x0/0x0 [a.c:7]", as resolve-inlines and resolve-src-lines print */
	POST_LAYOUT_STAP	/* " ADDR : f+0x12/0x34 at a.c:7 [/bin/a]", as print_ubacktrace_fileline does */
};

struct post_render_conf {
	enum post_frame_layout	layout;
	bool			lines;		/* every frame gets its line, not only those with inlined calls */
	bool			full_paths;	/* of source files; else their last part */
	bool			demangle;
	bool			mark;		/* "_[i]" behind the names of inlined functions */
};

/* The new lines of frames, by id and kind. */
struct post_texts {
	uint32_t	 n;		/* ids */
	uint64_t	 changed;	/* how many texts there are */

	/* Private to render.c. */
	struct post_str	*text;		/* 2 * id + kind; NULL: no frame has one */
	struct post_arena mem;
	struct post_buf	 buf, mangled, plain;
};

void	post_texts_init(struct post_texts *, const struct post_frames *);
void	post_texts_free(struct post_texts *);

/* The lines of frame ID, joined by "\n"; p is NULL when it stays as it is. */
struct post_str	post_text(const struct post_texts *, uint32_t id, enum post_frame_kind);

/* Make the text of frame ID, "0x12 : f+0x1/0x2 [/bin/a]" as the trace has it, out of what R tells; R may be NULL: nothing. */
void	post_render(struct post_texts *, const struct post_render_conf *, struct post_str frame, uint32_t id,
	    enum post_frame_kind kind, const struct post_resolved *r);

#endif
