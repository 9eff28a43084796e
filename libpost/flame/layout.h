/* SPDX-License-Identifier: BSD-2-Clause */
/* Where frames stand: flamegraph.pl's geometry.  All lengths are px. */
#ifndef POST_LAYOUT_H
#define POST_LAYOUT_H

#include "svg.h"

struct post_layout {
	double		 total;		/* samples over the whole width; over 0 */
	double		 px_per_sample;
	double		 least_px;	/* frames that are narrower are not drawn: */
	struct post_count least;	/* of fewer samples than this */
	double		 top, bottom;	/* above and below the frames */
	double		 height;	/* of the picture */
	uint32_t	 deepest;	/* of the frames drawn */
	unsigned	 pitch;		/* from a row to the next */
	int		 inverted;
};

struct post_box {
	double	x1, x2, y1, y2;		/* not rounded */
};

enum { POST_MARGIN = 10 };	/* left and right of the frames */

/* The samples that the picture stands for: the tree's total, or OPTS's where that is more. */
struct post_count	post_layout_total(const struct post_tree *, const struct post_svg_opts *);

/* Lay TREE out, whose total is not zero, with room for its root: post_layout_deepen makes more. */
void	post_layout(struct post_layout *, const struct post_tree *, const struct post_svg_opts *);

/* Make room for frames as deep as DEPTH. */
void	post_layout_deepen(struct post_layout *, uint32_t depth);

/* Is FRAME wide enough to be drawn?  The root always is, a gap never. */
int	post_layout_drawn(const struct post_layout *, const struct post_frame *);

/* The box of FRAME; the root's covers the whole width. */
struct post_box	post_layout_box(const struct post_layout *, const struct post_frame *);

#endif
