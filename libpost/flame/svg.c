/* SPDX-License-Identifier: BSD-2-Clause */
/* The document: head, frames, script. */
#include <stdio.h>
#include <stdlib.h>
#include "color.h"
#include "decimal.h"
#include "layout.h"
#include "text.h"

static const unsigned char viewer_js[] = {
#include "viewer.js.inc"
};
static const unsigned char viewer_css[] = {
#include "viewer.css.inc"
};

/* The ids of the document: what a prefix would go before. */
#define ID_BACKGROUND	"background"
#define ID_TITLE	"title"
#define ID_SUBTITLE	"subtitle"
#define ID_FRAMES	"frames"

struct picture {
	const struct post_svg_opts	*opts;
	struct post_tree		*tree;
	struct post_layout		 layout;
	struct post_buf			*out;
	uint32_t			*color;		/* by name id: a colour and COLORED, or 0 */
	uint32_t			 ends[2];	/* of the background */
	int				 palette;
	struct post_count		 total;
	double				 shown;		/* the total, times the factor */
};

enum { COLORED = 1 << 24 };

void
post_svg_defaults(struct post_svg_opts *o)
{
	*o = (struct post_svg_opts){
		.countname = "samples", .nametype = "Function:", .fonttype = "Verdana", .colors = "hot",
		.width = 1200, .height = 16, .fontsize = 12, .fontwidth = 0.59, .minwidth = 0.1, .factor = 1,
	};
}

static int
check_real(const char *what, double v, int zero, double most, struct post_err *err)
{
	if ((zero ? v >= 0 : v > 0) && v <= most)
		return 0;
	return post_fail(err, POST_EUSAGE, "%s must be %s0 and at most %.15g", what, zero ? "at least " : "over ", most);
}

static int
check_px(const char *what, unsigned v, unsigned least, unsigned most, struct post_err *err)
{
	if (v >= least && v <= most)
		return 0;
	return post_fail(err, POST_EUSAGE, "%s must be from %u to %u", what, least, most);
}

int
post_svg_check(const struct post_svg_opts *o, struct post_err *err)
{
	uint32_t ends[2];
	int palette = post_palette(o->colors, err);

	if (palette == -1 || post_background(o->bgcolors, palette, ends, err) == -1 ||
	    check_px("width", o->width, 2 * POST_MARGIN + 1, 1000000, err) == -1 ||
	    check_px("height", o->height, 2, 10000, err) == -1 ||
	    check_real("fontsize", o->fontsize, 0, 1000, err) == -1 ||
	    check_real("fontwidth", o->fontwidth, 0, 100, err) == -1 ||
	    check_real("minwidth", o->minwidth, 1, 1e18, err) == -1 ||
	    check_real("factor", o->factor, 0, 1e18, err) == -1)
		return -1;
	return 0;
}

static void
put_text(struct post_buf *b, const char *s)
{
	post_svg_text(b, post_str_of(s));
}

/* The same with what a browser takes when it does not know the font. */
static void
put_font(struct post_buf *b, const struct post_svg_opts *o)
{
	post_puts(b, " font-family=\"");
	put_text(b, o->fonttype);
	post_puts(b, ", sans-serif\" font-size=\"");
	post_put_real(b, o->fontsize);
	post_puts(b, "\"");
}

static void
put_head(struct post_buf *b, const struct post_svg_opts *o, double height)
{
	post_puts(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"bt-flame\" width=\"");
	post_putu(b, o->width);
	post_puts(b, "\" height=\"");
	post_put_real(b, height);
	post_puts(b, "\" viewBox=\"0 0 ");
	post_putu(b, o->width);
	post_putc(b, ' ');
	post_put_real(b, height);
	post_puts(b, "\"");
	put_font(b, o);
	post_puts(b, ">\n");
	if (o->notes != NULL && *o->notes != '\0') {
		post_puts(b, "<!-- NOTES: ");
		post_svg_comment(b, post_str_of(o->notes));
		post_puts(b, " -->\n");
	}
	if (!o->bare) {
		post_puts(b, "<style>\n");
		post_put(b, (struct post_str){ (const char *)viewer_css, sizeof viewer_css });
		post_puts(b, "</style>\n");
	}
}

static void
put_rgb(struct post_buf *b, uint32_t rgb)
{
	post_putc(b, '#');
	post_putx(b, rgb, 6);
}

static void
put_background(struct post_buf *b, const uint32_t ends[2])
{
	post_puts(b, "<defs><linearGradient id=\"" ID_BACKGROUND "\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"1\"><stop offset=\"5%\" stop-color=\"");
	put_rgb(b, ends[0]);
	post_puts(b, "\"/><stop offset=\"95%\" stop-color=\"");
	put_rgb(b, ends[1]);
	post_puts(b, "\"/></linearGradient></defs>\n"
	    "<rect width=\"100%\" height=\"100%\" fill=\"url(#" ID_BACKGROUND ")\"/>\n");
}

/* A centred line: ATTRS go into the tag as they are. */
static void
put_line(struct post_buf *b, const struct post_svg_opts *o, const char *attrs, double y, const char *text)
{
	post_puts(b, "<text x=\"");
	post_putu(b, o->width / 2);
	post_puts(b, "\" y=\"");
	post_put_real(b, y);
	post_puts(b, "\" text-anchor=\"middle\"");
	post_puts(b, attrs);
	post_puts(b, ">");
	put_text(b, text);
	post_puts(b, "</text>\n");
}

static void
put_titles(struct post_buf *b, const struct post_svg_opts *o)
{
	struct post_buf attrs = { 0 };
	const char *title = o->title != NULL ? o->title : o->inverted ? "Icicle Graph" : "Flame Graph";

	post_puts(&attrs, " id=\"" ID_TITLE "\" font-size=\"");
	post_put_real(&attrs, o->fontsize + 5);
	post_puts(&attrs, "\"");
	put_line(b, o, attrs.s, o->fontsize * 2, title);
	post_buf_free(&attrs);
	if (o->subtitle != NULL && *o->subtitle != '\0')
		put_line(b, o, " id=\"" ID_SUBTITLE "\" fill=\"#a0a0a0\"", o->fontsize * 4, o->subtitle);
}

/* A comma after every three digits. */
static void
put_commas(struct post_buf *b, struct post_str digits)
{
	for (; digits.n > 0; digits = post_str_from(digits, 1)) {
		post_putc(b, *digits.p);
		if (digits.n % 3 == 1 && digits.n > 1)
			post_putc(b, ',');
	}
}

static void
put_commas_u(struct post_buf *b, uint64_t u)
{
	char d[20], *p = d + sizeof d;

	do
		*--p = (char)('0' + u % 10);
	while ((u /= 10) != 0);
	put_commas(b, (struct post_str){ p, (size_t)(d + sizeof d - p) });
}

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
		put_commas_u(b, count.whole);
	else if (real < 9e15)
		put_commas_u(b, post_scaled(real, 1));
	else {
		(void)snprintf(s, sizeof s, "%.0f", real);
		put_commas(b, post_str_of(s));
	}
	return real < 9e15 ? (double)post_scaled(real, 1) : real;
}

/* "NAME (COUNT samples, PERCENT%)" */
static void
put_title(struct picture *p, const struct post_frame *f, struct post_str name)
{
	struct post_buf *b = p->out;
	double n;

	post_svg_text(b, f->depth == 0 ? POST_STR("all") : post_svg_bare_name(name));
	post_puts(b, " (");
	n = put_count(b, f->depth == 0 ? p->total : f->count, p->opts->factor);
	post_putc(b, ' ');
	put_text(b, p->opts->countname);
	post_puts(b, ", ");
	if (f->depth == 0)
		post_puts(b, "100");
	else
		post_put_fixed(b, 100 * n / p->shown, 2);
	post_puts(b, "%)");
}

static void
put_label(struct picture *p, const struct post_box *box, struct post_str name)
{
	struct post_buf *b = p->out;
	double chars = (box->x2 - box->x1) / (p->opts->fontsize * p->opts->fontwidth);

	name = post_svg_bare_name(name);
	if (!(chars >= 3) || name.n == 0)
		return;
	post_puts(b, "<text x=\"");
	post_put_scaled(b, post_scaled(box->x1 + 3, 100), 2);
	post_puts(b, "\" y=\"");
	post_put_real(b, 3 + (box->y1 + box->y2) / 2);
	post_puts(b, "\">");
	post_svg_label(b, name, chars < 1e9 ? (size_t)chars : (size_t)1e9);
	post_puts(b, "</text>");
}

static uint32_t
color_of(struct picture *p, uint32_t id)
{
	if (id == (uint32_t)POST_ROOT)
		return post_color(p->palette, p->opts->hash, POST_STR(""));
	if (p->color[id] == 0)
		p->color[id] = COLORED | post_color(p->palette, p->opts->hash, post_name(p->tree->names, id));
	return p->color[id] & (COLORED - 1);
}

static void
put_frame(struct picture *p, const struct post_frame *f)
{
	struct post_box box = post_layout_box(&p->layout, f);
	struct post_str name = f->depth == 0 ? POST_STR("") : post_name(p->tree->names, f->name);
	uint64_t x1 = post_scaled(box.x1, 10), x2 = post_scaled(box.x2, 10);
	struct post_buf *b = p->out;

	post_puts(b, "<g data-at=\"");
	post_put_count(b, f->start);
	post_putc(b, ' ');
	post_put_count(b, f->depth == 0 ? p->total : f->count);
	post_puts(b, "\"><title>");
	put_title(p, f, name);
	post_puts(b, "</title><rect x=\"");
	post_put_scaled(b, x1, 1);
	post_puts(b, "\" y=\"");
	post_put_real(b, box.y1);
	post_puts(b, "\" width=\"");
	post_put_scaled(b, x2 - x1, 1);
	post_puts(b, "\" height=\"");
	post_putu(b, p->layout.pitch - 1);
	post_puts(b, "\" fill=\"");
	put_rgb(b, color_of(p, f->name));
	post_puts(b, "\"/>");
	put_label(p, &box, name);
	post_puts(b, "</g>\n");
}

/* What the script needs to know stands in attributes, never in the script. */
static void
put_frames(struct picture *p, struct post_out *out)
{
	struct post_walk w;
	struct post_frame f;
	int skip = 0;

	post_puts(p->out, "<g id=\"" ID_FRAMES "\" class=\"frames\" data-count=\"");
	put_text(p->out, p->opts->countname);
	post_puts(p->out, "\" data-name=\"");
	put_text(p->out, p->opts->nametype);
	post_puts(p->out, "\" data-pitch=\"");
	post_putu(p->out, p->layout.pitch);
	post_puts(p->out, "\" data-char=\"");
	post_put_real(p->out, p->opts->fontsize * p->opts->fontwidth);
	post_puts(p->out, "\">\n");
	post_walk_begin(&w, p->tree);
	while (post_walk_next(&w, skip, &f)) {
		skip = !post_layout_drawn(&p->layout, &f);
		if (skip)
			continue;
		put_frame(p, &f);
		post_out_tick(out);
	}
	post_walk_end(&w);
	post_puts(p->out, "</g>\n");
}

static void
put_end(struct post_buf *b, const struct post_svg_opts *o)
{
	if (!o->bare) {
		post_puts(b, "<script><![CDATA[\n");
		post_put(b, (struct post_str){ (const char *)viewer_js, sizeof viewer_js });
		post_puts(b, "]]></script>\n");
	}
	post_puts(b, "</svg>\n");
}

int
post_svg_write(struct post_tree *t, const struct post_svg_opts *o, struct post_out *out, struct post_err *err)
{
	struct picture p = { .opts = o, .tree = t, .out = &out->buf, .total = post_layout_total(t, o) };

	if (post_svg_check(o, err) == -1)
		return -1;
	if (t->total.whole == 0 && t->total.frac == 0)
		return post_fail(err, POST_EFORMAT, t->stacks == 0 ? "no stacks found" : "all counts are zero");
	p.palette = post_palette(o->colors, err);
	(void)post_background(o->bgcolors, p.palette, p.ends, err);
	p.shown = post_count_real(p.total) * o->factor;
	p.color = post_resize(NULL, t->names->n, sizeof *p.color);
	memset(p.color, 0, t->names->n * sizeof *p.color);
	post_layout(&p.layout, t, o);
	put_head(p.out, o, p.layout.height);
	put_background(p.out, p.ends);
	put_titles(p.out, o);
	put_frames(&p, out);
	put_end(p.out, o);
	post_out_tick(out);
	free(p.color);
	return 0;
}

void
post_svg_error(const struct post_svg_opts *o, const char *text, struct post_out *out)
{
	struct post_svg_opts small = *o;
	struct post_buf line = { 0 };
	uint32_t ends[2];
	struct post_err err;

	small.bare = 1;
	(void)post_background(NULL, 0, ends, &err);
	post_puts(&line, "ERROR: ");
	post_puts(&line, text);
	put_head(&out->buf, &small, o->fontsize * 5);
	put_background(&out->buf, ends);
	put_line(&out->buf, o, "", o->fontsize * 2, line.s);
	put_end(&out->buf, &small);
	post_buf_free(&line);
	post_out_tick(out);
}
