/* SPDX-License-Identifier: BSD-2-Clause */
/* Copying a trace with other lines for some of its frames. */
#ifndef POST_REWRITE_H
#define POST_REWRITE_H

#include "../io/output.h"
#include "render.h"

/* { .frames = f, .texts = t, .out = o } is at the start of a trace. */
struct post_rewriter {
	struct post_frames		*frames;	/* in which the texts' ids are */
	const struct post_texts		*texts;
	struct post_out			*out;

	/* Private to rewrite.c. */
	struct post_parser		 parser;
	struct post_tip			 tip;
	bool				 open_line;	/* the operand before ended without a line end */
};

/*
 * Write a block, one after another: the bytes that it has, but for frames
 * with a text and the byte order marks of later operands.
 * Cost: a copy when there are no texts; else a look at every line and a compare or hash for every frame.
 */
void	post_rewrite(struct post_rewriter *, const struct post_block *);
void	post_rewriter_free(struct post_rewriter *);

#endif
