/* SPDX-License-Identifier: BSD-2-Clause */
/* Pictures of what was folded. */
#ifndef POST_BATCH_DRAW_H
#define POST_BATCH_DRAW_H

#include "../flame/svg.h"
#include "../trace/fold.h"

/* Write the flame graph of F; a picture that says so when it has no samples. */
void	post_draw(const struct post_fold *f, const struct post_svg_opts *, struct post_out *);

enum { POST_THUMB_WIDTH = 240, POST_THUMB_HEIGHT = 60 };	/* px */

/* Write a small picture of F without a word in it: its frames as boxes, a pixel wide and more. */
void	post_draw_thumb(const struct post_fold *f, struct post_out *);

#endif
