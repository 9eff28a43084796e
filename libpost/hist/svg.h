/* SPDX-License-Identifier: BSD-2-Clause */
/* Histograms as a picture: a panel for each heading, runs over each other. */
#ifndef POST_HIST_SVG_H
#define POST_HIST_SVG_H

#include "../base/err.h"
#include "set.h"

enum {
	POST_HIST_OVERLAY = 8,		/* runs in one panel */
	POST_HIST_PANELS = 1000,
	POST_HIST_WIDTH = 960, POST_HIST_NARROWEST = 480, POST_HIST_WIDEST = 20000
};

struct post_hist_svg {
	const char	*title;		/* of the document, escaped here; NULL: none */
	unsigned	 width;		/* px, between the narrowest and the widest */
	post_operand_fn	*name;		/* what an operand is called in the legend */
	const void	*arg;
};

/*
 * Write the picture: a document without script, light or dark as the reader
 * wishes.  The same histograms give the same bytes.
 * Returns 0, or -1 with *err and nothing written: POST_EUSAGE, the width;
 * POST_ELIMIT, too many panels, or runs in one.
 */
int	post_hist_svg_write(struct post_out *, const struct post_hist_set *, const struct post_hist_svg *, struct post_err *err);

#endif
