/* SPDX-License-Identifier: BSD-2-Clause */
#include "../flame/palette.h"
#include "../flame/color.h"
#include "../flame/decimal.h"
#include "../flame/shade.h"
#include "draw.h"

enum { ROW = 3, ROWS = POST_THUMB_HEIGHT / ROW };	/* px; the root and what stands on it, up to there */

static void
fill(struct post_tree *t, const struct post_fold *f)
{
	*t = (struct post_tree){ .names = &f->names };
	for (size_t i = 0; i < f->n; i++)
		(void)post_tree_add(t, f->stack[i].frame, f->stack[i].n, f->stack[i].count);	/* the total was summed before */
}

void
post_draw(const struct post_fold *f, const struct post_svg_opts *o, struct post_out *out)
{
	struct post_tree t;
	struct post_err err;

	fill(&t, f);
	if (post_svg_write(&t, o, out, &err) == -1)
		post_svg_error(o, err.msg, out);
	post_tree_free(&t);
}

static void
put_box(struct post_buf *b, double x, double width, uint32_t depth, uint32_t rgb)
{
	post_puts(b, "<rect x=\"");
	post_put_fixed(b, x, 1);
	post_puts(b, "\" y=\"");
	post_putu(b, POST_THUMB_HEIGHT - ROW * (depth + 1));
	post_puts(b, "\" width=\"");
	post_put_fixed(b, width, 1);
	post_puts(b, "\" height=\"3\" fill=\"");
	post_put_rgb(b, rgb);
	post_puts(b, "\"/>\n");
}

static void
put_boxes(struct post_tree *t, struct post_out *out)
{
	double px = POST_THUMB_WIDTH / post_count_real(t->total);
	struct post_walk w;
	struct post_frame f;
	int skip = 0;

	post_walk_begin(&w, t);
	while (post_walk_next(&w, skip, &f)) {
		double width = post_count_real(f.count) * px;

		skip = width < 1 || f.depth >= ROWS;
		if (skip)
			continue;
		put_box(&out->buf, post_count_real(f.start) * px, width, f.depth,
		    post_color(POST_HOT, false, f.depth == 0 ? POST_STR("") : post_name(t->names, f.name)));
		post_out_tick(out);
	}
	post_walk_end(&w);
}

void
post_draw_thumb(const struct post_fold *f, struct post_out *out)
{
	struct post_tree t;

	fill(&t, f);
	post_putf(&out->buf, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n", POST_THUMB_WIDTH,
	    POST_THUMB_HEIGHT, POST_THUMB_WIDTH, POST_THUMB_HEIGHT);
	if (t.total.whole > 0 || t.total.frac > 0)
		put_boxes(&t, out);
	post_puts(&out->buf, "</svg>\n");
	post_tree_free(&t);
}
