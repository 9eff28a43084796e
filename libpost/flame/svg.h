/* SPDX-License-Identifier: BSD-2-Clause */
/* Flame graphs: a tree becomes an SVG document, which a browser can zoom and search. */
#ifndef POST_SVG_H
#define POST_SVG_H

#include "../io/output.h"
#include "tree.h"

/*
 * How the picture is made.  Begin with post_svg_defaults and change what is
 * wanted.  Strings are borrowed, end with NUL, and may hold any bytes: each is
 * escaped for the place where it goes.
 */
struct post_svg_opts {
	const char	*title;		/* NULL: "Flame Graph", or "Icicle Graph" when inverted */
	const char	*subtitle;	/* a second line under it; NULL: none */
	const char	*notes;		/* a comment in the document; NULL: none */
	const char	*countname;	/* what was counted: "samples" */
	const char	*nametype;	/* what stands before a name that is pointed at: "Function:" */
	const char	*fonttype;	/* a CSS font-family: "Verdana" */
	const char	*colors;	/* a palette: "hot" */
	const char	*bgcolors;	/* yellow, blue, green, grey or #rrggbb; NULL: as the palette has it */
	unsigned	 width;		/* of the picture, px: 21 to 1,000,000 */
	unsigned	 height;	/* of a frame, px: 2 to 10,000 */
	double		 fontsize;	/* px: over 0, to 1,000 */
	double		 fontwidth;	/* mean width of a character / fontsize: over 0, to 100 */
	double		 minwidth;	/* frames narrower than this are left out: px, or with */
	bool		 minwidth_percent;	/* this set, percent of the whole */
	double		 factor;	/* shown counts are multiplied by this: over 0 */
	struct post_count total;	/* what the whole picture stands for; no effect under the real total */
	bool		 hash;		/* colours by the first and last three characters of a name */
	bool		 inverted;	/* the root on top */
	bool		 bare;		/* no style, no script: for tests that compare bytes */
};

void	post_svg_defaults(struct post_svg_opts *);

/* Are the options sane?  Returns 0, or -1 with *err: POST_EUSAGE, and what is wrong. */
int	post_svg_check(const struct post_svg_opts *, struct post_err *err);

/*
 * Write the picture of TREE.  Its frames come in the order of a walk, so the
 * same stacks and options give the same bytes.  A failing OUT is noticed by
 * post_out_close, not here.
 *
 * Returns 0, or -1 with *err and nothing written:
 *   POST_EUSAGE	as post_svg_check
 *   POST_EFORMAT	the total is zero: post_svg_error can say so in a picture
 * Cost: memory, 4 bytes a name and what one walk needs; time follows the
 * frames drawn, not the frames in the tree.
 */
int	post_svg_write(struct post_tree *, const struct post_svg_opts *, struct post_out *, struct post_err *err);

/* Write a picture that only says "ERROR: TEXT".  OPTS need not be sane. */
void	post_svg_error(const struct post_svg_opts *, const char *text, struct post_out *);

#endif
