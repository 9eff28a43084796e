/* SPDX-License-Identifier: BSD-2-Clause */
/* The folded form: "root;...;leaf count", one line a stack. */
#ifndef POST_FOLDED_H
#define POST_FOLDED_H

#include "../base/buf.h"
#include "../base/count.h"
#include "../base/names.h"

/*
 * Append a frame's name so that it stays one frame of one line: ";", control
 * bytes, and a backslash in front of "xHH" are written as "\xHH" (two
 * lower-case hex digits), and so is the first byte of a name that is "#",
 * begins with "# " as comments do, or with a byte order mark; all other bytes
 * stay as they are.  bt-folded(5).
 */
void	post_put_folded(struct post_buf *, struct post_str name);

/* Append the name that post_put_folded wrote as S. */
void	post_put_unfolded(struct post_buf *, struct post_str s);

/*
 * Split a folded line (no "\n"; "\r" and blanks at its end are passed over)
 * at its last blank: the stack, which may be empty, and the count.
 * Returns 0, -1: there is no count at its end, or POST_COUNT_RANGE (count.h).
 */
int	post_folded_split(struct post_str line, struct post_str *stack, struct post_count *count);

/* Takes the first frame off *STACK, which ends at ";" or with it. */
static inline struct post_str
post_folded_next(struct post_str *stack)
{
	const char *semi = stack->n > 0 ? memchr(stack->p, ';', stack->n) : NULL;
	struct post_str frame = { stack->p, semi != NULL ? (size_t)(semi - stack->p) : stack->n };

	*stack = post_str_from(*stack, frame.n + (semi != NULL));
	return frame;
}

enum { POST_STACK_MAX = 1 << 20 };	/* frames; deeper stacks are left out and noted */

/*
 * Frames of folded stacks as ids of NAMES.  What a stack shares with the one
 * before it is not looked up again, as long as that one's bytes stay where
 * they were: post_unfolder_forget says that they do not.
 */
struct post_unfolder {
	struct post_names	*names;		/* borrowed */
	uint32_t		*frame;		/* root first */
	size_t			 n;
	bool			 too_deep;	/* over POST_STACK_MAX: frame and n are of no use */

	/* Private to folded.c. */
	struct post_unfolded {
		size_t		end;		/* the frame ends at last.p[end] */
		uint64_t	begun;		/* of post_intern_begin */
	}			*at;		/* by frame */
	size_t			 cap;		/* of frame and at */
	struct post_str		 last;
	struct post_buf		 buf;
};

/* Sets u->frame and u->n; empty frames at the end are dropped, as flamegraph.pl does. */
void	post_unfold(struct post_unfolder *u, struct post_str stack);
void	post_unfolder_forget(struct post_unfolder *u);
void	post_unfolder_free(struct post_unfolder *u);

#endif
