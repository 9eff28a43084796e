/* SPDX-License-Identifier: BSD-2-Clause */
/* Geometry: samples and depths become pixels. */
#include <math.h>
#include "layout.h"

struct post_count
post_layout_total(const struct post_tree *t, const struct post_svg_opts *o)
{
	return post_count_cmp(o->total, t->total) > 0 ? o->total : t->total;
}

/* Where FRAME ends, in samples. */
static double
end_of(const struct post_frame *f)
{
	struct post_count end = f->start;

	(void)post_count_add(&end, f->count);	/* not more than the total */
	return post_count_real(end);
}

int
post_layout_drawn(const struct post_layout *l, const struct post_frame *f)
{
	return f->depth == 0 || (f->name != (uint32_t)POST_GAP && post_count_cmp(f->count, l->least) >= 0);
}

void
post_layout_deepen(struct post_layout *l, uint32_t depth)
{
	if (depth > l->deepest)
		l->deepest = depth;
	l->height = ((double)l->deepest + 1) * l->pitch + l->top + l->bottom;
}

/*
 * The least count that is not under LEAST.  Whole counts are compared with it
 * as flamegraph.pl does; decimals are allowed what a product of two doubles is off.
 */
static struct post_count
count_from(double least, bool decimals)
{
	double whole;

	if (decimals)
		least *= 1 - 1e-12;
	whole = floor(least);
	if (least >= 0x1p64)
		return (struct post_count){ UINT64_MAX, POST_COUNT_ONE - 1 };
	return (struct post_count){ (uint64_t)whole, (uint64_t)ceil((least - whole) * ((double)POST_COUNT_ONE - 1)) };
}

void
post_layout(struct post_layout *l, const struct post_tree *t, const struct post_svg_opts *o)
{
	double least, subtitle = o->subtitle != NULL && *o->subtitle != '\0' ? o->fontsize * 2 : 0;

	*l = (struct post_layout){ .pitch = o->height, .inverted = o->inverted };
	l->total = post_count_real(post_layout_total(t, o));
	l->px_per_sample = (double)(o->width - 2 * POST_MARGIN) / l->total;
	least = o->minwidth_percent ? l->total * o->minwidth / 100 : o->minwidth / l->px_per_sample;
	l->least = count_from(least, t->frac != NULL);
	l->least_px = least * l->px_per_sample;
	l->bottom = o->fontsize * 2 + 10;
	l->top = o->fontsize * 3 + subtitle + (o->compare != NULL ? o->fontsize * 2 : 0);
	post_layout_deepen(l, 0);
}

struct post_box
post_layout_box(const struct post_layout *l, const struct post_frame *f)
{
	double depth = f->depth, pitch = l->pitch;
	struct post_box b;

	b.x1 = POST_MARGIN + post_count_real(f->start) * l->px_per_sample;
	b.x2 = POST_MARGIN + (depth == 0 ? l->total : end_of(f)) * l->px_per_sample;
	if (l->inverted) {
		b.y1 = l->top + depth * pitch;
		b.y2 = l->top + (depth + 1) * pitch - 1;
	} else {
		b.y1 = l->height - l->bottom - (depth + 1) * pitch + 1;
		b.y2 = l->height - l->bottom - depth * pitch;
	}
	return b;
}
