/* SPDX-License-Identifier: BSD-2-Clause */
/* The frames: one group each, with the words that a mouse shows, a box, and a label where there is room. */
#include <stdio.h>
#include "attrs.h"
#include "compare.h"
#include "shade.h"

static const uint32_t more_color = 0xc8c8c8;

/*
 * Append COUNT times the factor, a whole number, and return it as a real
 * number.  Without a factor it is exact whatever its size.
 */
static double
put_count(struct post_buf *b, struct post_count count, double factor)
{
	double real = post_count_real(count) * factor;
	char s[350];

	if (factor == 1 && count.frac == 0)
		post_picture_put_commas(b, count.whole);
	else if (real < 9e15)
		post_picture_put_commas(b, post_scaled(real, 1));
	else {
		(void)snprintf(s, sizeof s, "%.0f", real);
		post_picture_put_digits(b, post_str_of(s));
	}
	return real < 9e15 ? (double)post_scaled(real, 1) : real;
}

static void
put_delta(struct picture *p, const struct post_frame *f)
{
	double d = post_picture_delta(p, f) * p->opts->factor;

	if (d != 0 && p->opts->negate)
		d = -d;
	post_puts(p->out, d > 0 ? "; +" : "; ");
	post_put_fixed(p->out, 100 * d / p->shown, 2);
	post_putc(p->out, '%');
}

/* "NAME (COUNT samples, PERCENT%)", or the shares of both sides; F is no frame of the tree where SUM is set. */
static void
put_title(struct picture *p, const struct post_frame *f, struct post_str name, bool sum)
{
	struct post_buf *b = p->out;
	double n;

	post_xml_text(b, f->depth == 0 ? POST_STR("all") : post_svg_bare_name(name));
	post_puts(b, " (");
	if (p->opts->compare != NULL) {
		post_compare_put_change(p, f, sum);
		post_putc(b, ')');
		return;
	}
	n = put_count(b, f->depth == 0 ? p->total : f->count, p->opts->factor);
	post_putc(b, ' ');
	post_picture_puts(b, p->opts->countname);
	post_puts(b, ", ");
	if (f->depth == 0)
		post_puts(b, "100");
	else
		post_put_fixed(b, 100 * n / p->shown, 2);
	post_putc(b, '%');
	if (p->tree->both && f->depth > 0 && !sum)
		put_delta(p, f);
	post_putc(b, ')');
}

static void
put_label(struct picture *p, const struct post_box *box, struct post_str name, uint32_t fill)
{
	struct post_buf *b = p->out;
	double chars = (box->x2 - box->x1) / (p->opts->fontsize * p->opts->fontwidth);

	name = post_svg_bare_name(name);
	if (!(chars >= 3) || name.n == 0)
		return;
	post_puts(b, "<text\nx=\"");
	post_put_scaled(b, post_scaled(box->x1 + 3, 100), 2);
	post_puts(b, "\" y=\"");
	post_put_real(b, 3 + (box->y1 + box->y2) / 2);
	post_puts(b, post_text_on(fill) == POST_WHITE ? "\" fill=\"#fff\">" : "\">");
	post_svg_label(b, name, chars < 1e9 ? (size_t)chars : (size_t)1e9);
	post_puts(b, "</text>");
}

/* "3" tenths are ".3". */
static void
put_tenths(struct post_buf *b, uint64_t n)
{
	if (n == 0 || n >= 10) {
		post_put_scaled(b, n, 1);
		return;
	}
	post_putc(b, '.');
	post_putc(b, (char)('0' + n));
}

/* What is not wider has its height from the style, like all others; it matters little without. */
static const uint64_t thin = 5;		/* tenths of a pixel */

static void
put_rect(struct picture *p, const struct post_box *box, uint32_t fill)
{
	uint64_t x1 = post_scaled(box->x1, 10), x2 = post_scaled(box->x2, 10);
	struct post_buf *b = p->out;

	post_puts(b, "<rect\nx=\"");
	post_put_scaled(b, x1, 1);
	post_puts(b, "\" y=\"");
	post_put_real(b, box->y1);
	post_puts(b, "\" width=\"");
	put_tenths(b, x2 - x1);
	if (p->opts->bare || x2 - x1 > thin) {
		post_puts(b, "\" height=\"");
		post_putu(b, p->layout.pitch - 1);
	}
	post_puts(b, "\" fill=\"");
	post_put_rgb(b, fill);
	post_puts(b, "\"/>");
}

static void
put_attribute(struct post_buf *b, const char *name, const struct post_buf *value)
{
	if (value->n == 0)
		return;
	post_puts(b, name);
	post_xml_text(b, post_buf_str(value));
	post_putc(b, '"');
}

/* The tag that a frame with these attributes begins with; a link is also the group. */
static void
put_group(struct post_buf *b, const struct post_attr *a)
{
	bool link = a->href.n > 0;

	post_puts(b, link ? "<a" : "<g");
	put_attribute(b, " href=\"", &a->href);
	if (link && a->target.n == 0)
		post_puts(b, " target=\"_top\"");
	else if (link)
		put_attribute(b, " target=\"", &a->target);
	put_attribute(b, " id=\"", &a->id);
	put_attribute(b, " class=\"", &a->class);
	post_put(b, post_buf_str(&a->g_extra));
	if (link)
		post_put(b, post_buf_str(&a->a_extra));
	post_putc(b, '>');
}

static void
put_frame(struct picture *p, const struct post_frame *f)
{
	struct post_box box = post_layout_box(&p->layout, f);
	struct post_str name = f->depth == 0 ? POST_STR("") : post_name(p->tree->names, f->name);
	const struct post_attr *a = p->opts->attrs != NULL && f->depth > 0 ? post_attrs_get(p->opts->attrs, name) : NULL;
	uint32_t fill = post_picture_fill(p, f);

	if (a != NULL)
		put_group(p->out, a);
	else
		post_puts(p->out, "<g>");
	post_puts(p->out, "<title>");
	if (a != NULL && a->title.n > 0)
		post_xml_text(p->out, post_buf_str(&a->title));
	else
		put_title(p, f, name, false);
	post_puts(p->out, "</title>");
	put_rect(p, &box, fill);
	if (p->opts->compare != NULL)
		post_compare_put_mark(p, &box, f, fill);
	put_label(p, &box, name, fill);
	post_puts(p->out, a != NULL && a->href.n > 0 ? "</a>" : "</g>");
}

/* What the table has only a sum of. */
static void
put_more(struct picture *p, const struct post_more *m)
{
	struct post_frame f = { .depth = m->depth, .start = m->start, .count = m->count, .before = m->before, .after = m->after };
	struct post_box box = post_layout_box(&p->layout, &f);
	struct post_buf name = { 0 };

	post_putc(&name, '(');
	post_picture_put_commas(&name, m->frames);
	post_puts(&name, " more)");
	post_puts(p->out, "<g><title>");
	put_title(p, &f, post_buf_str(&name), true);
	post_puts(p->out, "</title>");
	put_rect(p, &box, more_color);
	put_label(p, &box, post_buf_str(&name), more_color);
	post_puts(p->out, "</g>");
	post_buf_free(&name);
}

static void
put_group_of_all(struct picture *p)
{
	const char *stroke = p->opts->stroke_color;

	post_puts(p->out, "<g id=\"frames\" class=\"frames bt-row");
	post_putu(p->out, p->layout.pitch - 1);
	post_puts(p->out, "\" fill=\"#000\"");
	if (stroke != NULL) {
		post_puts(p->out, " stroke=\"");
		post_picture_puts(p->out, stroke);
		post_puts(p->out, "\" stroke-width=\".5\"");
	}
	post_puts(p->out, ">\n");
}

void
post_picture_put_frames(struct picture *p, struct post_out *out)
{
	struct post_walk w;
	struct post_frame f;
	int skip = 0;
	size_t i;

	put_group_of_all(p);
	post_walk_begin(&w, p->tree);
	while (post_picture_next(&w, skip, &f)) {
		skip = !post_layout_drawn(&p->layout, &f);
		if (skip)
			continue;
		p->significant = p->opts->compare == NULL || post_compare_significant(p, w.edge, &f);
		put_frame(p, &f);
		post_out_tick(out);
	}
	post_walk_end(&w);
	for (i = 0; i < p->table.nmore && !p->opts->no_full; i++)
		put_more(p, &p->table.more[i]);
	post_puts(p->out, "\n</g>\n");
}
