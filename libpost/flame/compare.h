/* SPDX-License-Identifier: BSD-2-Clause */
/* What a comparison has more than other pictures.  Private to svg.c and its neighbours; all but the first need opts->compare. */
#ifndef POST_FLAME_COMPARE_H
#define POST_FLAME_COMPARE_H

#include "picture.h"

enum post_mark { POST_MARK_NONE, POST_MARK_NEW, POST_MARK_GONE };

/* Make room for what is learnt of each edge, in a comparison; the tree is settled then. */
void	post_compare_begin(struct picture *);
void	post_compare_end(struct picture *);

/*
 * Is the change of FRAME, which is on EDGE, significant?  To be asked in the
 * order of a walk, of a frame's ancestors before it; the caller of the library
 * is asked once for all frames of an edge.
 */
bool	post_compare_significant(struct picture *, uint32_t edge, const struct post_frame *);

/* The change of all that stands on FRAME, as a share or per unit of work. */
double	post_compare_delta(const struct picture *, const struct post_frame *);

enum post_mark	post_compare_mark(const struct post_frame *);

/* "base 5.54%, new 10.76%, +5.22 points, +94.2%"; of a SUM of frames nothing is told that needs to be asked. */
void	post_compare_put_change(struct picture *, const struct post_frame *, bool sum);

/* "+5.22 points" or "+1.20 samples per unit": the largest change, or with a minus. */
void	post_compare_put_bound(const struct picture *, struct post_buf *, double delta);

/* Hatching or a dashed line over a frame that is only on one side. */
void	post_compare_put_mark(struct picture *, const struct post_box *, const struct post_frame *, uint32_t fill);

/* What hatches a mark of new frames: a definition, and how it is used. */
void	post_compare_put_pattern(struct picture *);
void	post_compare_put_hatch(struct picture *);	/* fill="url(#...)" */

/* The line that says which file is which side. */
void	post_compare_put_sides(struct picture *);

#endif
