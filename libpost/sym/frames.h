/* SPDX-License-Identifier: BSD-2-Clause */
/* The distinct native frames of a trace, and which of them are exact addresses. */
#ifndef POST_FRAMES_H
#define POST_FRAMES_H

#include "../trace/run.h"

/*
 * What a frame's address is.  A return address is that of the instruction
 * behind the call, so the call is looked up one byte before it.  Exact are the
 * leaf of a stack and the first frame of user space below the kernel's.
 */
enum post_frame_kind {
	POST_FRAME_RETURN,
	POST_FRAME_EXACT,
	POST_FRAME_KINDS
};

/* Follows the frames of a trace; { 0 } at its start. */
struct post_tip {
	bool	open;		/* a stack has begun */
	bool	kernel;		/* its last frame was the kernel's */
};

/* Take the next event; of a native frame it says the kind, of others nothing. */
static inline enum post_frame_kind
post_tip_next(struct post_tip *t, const struct post_event *e)
{
	bool kernel = e->kind == POST_EVENT_NATIVE && post_addr_in_kernel(e->line->addr);
	bool exact = !t->open || (t->kernel && !kernel);

	if (e->kind == POST_EVENT_NOISE)
		return POST_FRAME_RETURN;
	t->open = e->kind != POST_EVENT_COUNT;
	t->kernel = kernel;
	return exact ? POST_FRAME_EXACT : POST_FRAME_RETURN;
}

/* Is that a frame that has its line for itself: not spliced with a count, not of a return probe? */
bool	post_frame_plain(const struct post_event *);

/* Take a frame apart, "0x401b3c : main+0x1/0x2 [/bin/a]".  Returns its address as printed. */
struct post_str	post_frame_parse(struct post_str text, struct post_native *out);

/* { 0 } is empty. */
struct post_frames {
	struct post_names	 text;		/* by id: "0x401b3c : main+0x1/0x2 [/bin/a]" */
	struct post_seen_frame {
		uint64_t	 n[POST_FRAME_KINDS];	/* how often it was seen */
		bool		 root;			/* it was the last of a stack */
		struct post_trait trait;		/* private: for the account of the thread that read it */
		uint32_t	 next;			/* private: what came after it the last time */
	}			*frame;		/* by id */
	uint64_t		 seen;		/* events that are no noise */
	uint64_t		 folded;	/* blocks of folded stacks, which have no addresses */

	size_t			 cap;		/* private */
	uint32_t		 last;
};

void	post_frames_free(struct post_frames *);

/* The id of a frame.  Cost: a compare where frames come in the order that they came in before, or a hash. */
uint32_t	post_frames_id(struct post_frames *, struct post_str text);

/*
 * Gather the frames of IN, made with the cutter post_stacks_cut, with up to
 * JOBS threads.  Folded blocks are counted and skipped.  The account of what
 * was read is that of RUN.
 */
void	post_frames_read(struct post_frames *, struct post_run *run, struct post_input *in, unsigned jobs);

#endif
