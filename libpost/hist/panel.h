/* SPDX-License-Identifier: BSD-2-Clause */
/* What the parts of the picture share. */
#ifndef POST_HIST_PANEL_H
#define POST_HIST_PANEL_H

#include "measure.h"
#include "svg.h"

enum { PAD = 20, TITLE = 16, SMALL = 12, TINY = 11, LINE = 18, PLOT = 220 };

/* A panel: runs with the same buckets, and where it stands.  All in px. */
struct panel {
	const struct post_hist_svg	*conf;
	const struct post_hist_run	*run[POST_HIST_OVERLAY];
	struct post_hist		*hist[POST_HIST_OVERLAY];	/* copies, widened to the same buckets */
	size_t				 n;		/* runs */
	size_t				 buckets;
	bool				 brief;		/* the last parts of the paths tell the runs apart */
	unsigned			 left, right, top, bottom;	/* of the plot */
	uint64_t			 max, step;	/* of the axis: counts, or thousandths of a percent of several runs */
};

/*
 * Make P of the runs of a panel: copies and sizes; P->top is where the panel begins.
 * Returns 0, or -1: they have too many buckets together; end it all the same.
 */
int	post_panel_begin(struct panel *);
void	post_panel_end(struct panel *);

/* Title, legend and facts; P->top is below them then. */
void	post_panel_head(struct post_buf *, struct panel *);

/* The plot with its axes; P->bottom is where the panel ends then. */
void	post_panel_plot(struct post_buf *, struct panel *);

/* V tenths of a px: "12.3". */
void	post_panel_tenths(struct post_buf *, uint64_t v);

/* A text element at X, Y (px), CLASS and what else the tag has; TEXT is escaped here. */
void	post_panel_text(struct post_buf *, uint64_t tenths_x, unsigned y, const char *attrs, struct post_str text);

/* The left edge of bucket I, in tenths of a px. */
static inline uint64_t
post_panel_edge(const struct panel *p, size_t i)
{
	return p->left * UINT64_C(10) + (uint64_t)(p->right - p->left) * 10 * i / p->buckets;
}

#endif
