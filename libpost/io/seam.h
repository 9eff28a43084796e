/* SPDX-License-Identifier: BSD-2-Clause */
/* Where a stream of lines may be taken apart: found from any byte on, without a look at what was before. */
#ifndef POST_SEAM_H
#define POST_SEAM_H

#include "../base/buf.h"

/*
 * May what follows LINES be read on its own?  LINES are the line that ended
 * last and the one before it, each with its "\n".  A "\n" in front of them
 * says that the first is known from its beginning: of one that is not, or
 * that is longer than POST_LINE_MAX, nothing, or only its end, is shown.
 * A pure function of its arguments, true for more than it was true for.
 */
typedef bool post_seam_fn(int tag, struct post_str lines);

/* A search: { .fn = f, .tag = t }; an fn of NULL takes every line end. */
struct post_seam {
	post_seam_fn	*fn;
	int		 tag;

	/* Private to seam.c. */
	struct post_buf	 lines;		/* "\n", the line before, and what there is of this one */
	size_t		 line;		/* where this one begins */
	bool		 too_long;
};

/*
 * Take BYTES, the next of the stream.  Returns how many of them stand before
 * the first seam, or 0: there is none in them.  After a seam the only use is
 * post_seam_free.
 * Cost: a copy of the bytes up to there, and memory for two lines.
 */
size_t	post_seam_find(struct post_seam *, struct post_str bytes);
void	post_seam_free(struct post_seam *);

#endif
