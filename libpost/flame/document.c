/* SPDX-License-Identifier: BSD-2-Clause */
/* The document around the frames: an SVG of its own, or the only thing on a page. */
#include <strings.h>
#include "compare.h"
#include "shade.h"

const char *
post_picture_title(const struct post_svg_opts *o, bool chart)
{
	return o->title != NULL ? o->title : chart ? "Flame Chart" : o->inverted ? "Icicle Graph" : "Flame Graph";
}

static bool
is_page(const struct picture *p)
{
	return p->opts->page == POST_PAGE_HTML;
}

static void
put_page_head(struct picture *p)
{
	struct post_buf *b = p->out;

	post_puts(b, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
	post_picture_puts(b, post_picture_title(p->opts, p->tree->chart));
	post_puts(b, "</title>\n<style>\nbody{margin:0;background:");
	post_put_rgb(b, p->look.dark ? p->look.ends[1] : POST_WHITE);
	post_puts(b, "}\nsvg{display:block;margin:0 auto}\n");
	if (p->look.follow)
		post_puts(b, "@media (prefers-color-scheme:dark){body{background:#1a1a1e}}\n");
	post_puts(b, "</style>\n</head>\n<body>\n");
}

/* A document is UTF-8, which has more than one name. */
static void
put_declaration(struct post_buf *b, const char *encoding)
{
	bool named = encoding != NULL && strcasecmp(encoding, "UTF-8") == 0;

	post_puts(b, "<?xml version=\"1.0\" encoding=\"");
	post_puts(b, named ? encoding : "UTF-8");
	post_puts(b, "\"?>\n");
}

/* With what a browser takes when it does not know the font. */
static void
put_font(struct post_buf *b, const struct post_svg_opts *o)
{
	post_puts(b, " font-family=\"");
	post_picture_puts(b, o->fonttype);
	post_puts(b, ", sans-serif\" font-size=\"");
	post_put_real(b, o->fontsize);
	post_puts(b, "\"");
}

static void
put_size(struct picture *p)
{
	struct post_buf *b = p->out;

	post_puts(b, " width=\"");
	if (p->opts->fluid)
		post_puts(b, "100%");
	else
		post_putu(b, p->opts->width);
	post_puts(b, "\" height=\"");
	post_put_real(b, p->layout.height);
	post_puts(b, "\" viewBox=\"0 0 ");
	post_putu(b, p->opts->width);
	post_putc(b, ' ');
	post_put_real(b, p->layout.height);
	post_puts(b, "\"");
}

static void
put_own_color(struct post_buf *b, const char *property, const char *color)
{
	if (color == NULL)
		return;
	post_puts(b, property);
	post_picture_puts(b, color);
	post_putc(b, ';');
}

/* Colours that differ from those of the style. */
static void
put_own_colors(struct picture *p)
{
	const struct post_svg_opts *o = p->opts;

	if (p->look.text != POST_BLACK) {
		post_puts(p->out, " fill=\"");
		post_put_rgb(p->out, p->look.text);
		post_puts(p->out, "\"");
	}
	if (o->ui_color == NULL && o->search_color == NULL && o->stroke_color == NULL)
		return;
	post_puts(p->out, " style=\"");
	put_own_color(p->out, "fill:", o->ui_color);
	put_own_color(p->out, "--bt-ui:", o->ui_color);
	put_own_color(p->out, "--bt-match:", o->search_color);
	put_own_color(p->out, "--bt-stroke:", o->stroke_color);
	post_puts(p->out, "\"");
}

static void
put_svg_tag(struct picture *p)
{
	post_puts(p->out, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"");
	post_puts(p->out, post_picture_class(&p->look));
	post_puts(p->out, "\"");
	put_size(p);
	put_font(p->out, p->opts);
	put_own_colors(p);
	if (is_page(p))
		post_puts(p->out, " data-page=\"1\"");
	post_puts(p->out, " role=\"figure\" aria-label=\"");
	post_picture_puts(p->out, post_picture_title(p->opts, p->tree->chart));
	post_puts(p->out, "\">\n");
}

static void
put_background(struct picture *p)
{
	struct post_buf *b = p->out;

	post_puts(b, "<defs><linearGradient id=\"");
	post_picture_puts(b, p->prefix.s);
	post_puts(b, "background\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"1\"><stop offset=\"5%\" stop-color=\"");
	post_put_rgb(b, p->look.ends[0]);
	post_puts(b, "\"/><stop offset=\"95%\" stop-color=\"");
	post_put_rgb(b, p->look.ends[1]);
	post_puts(b, "\"/></linearGradient>");
	if (p->opts->compare != NULL)
		post_compare_put_pattern(p);
	post_puts(b, "</defs>\n<rect width=\"100%\" height=\"100%\" class=\"background\" fill=\"url(#");
	post_picture_puts(b, p->prefix.s);
	post_puts(b, "background)\"/>\n");
}

void
post_picture_put_head(struct picture *p, struct post_str css)
{
	const char *notes = p->opts->notes;

	if (is_page(p))
		put_page_head(p);
	else
		put_declaration(p->out, p->opts->encoding);
	put_svg_tag(p);
	if (notes != NULL && *notes != '\0') {
		post_puts(p->out, "<!-- NOTES: ");
		post_xml_comment(p->out, post_str_of(notes));
		post_puts(p->out, " -->\n");
	}
	if (!p->opts->bare) {
		post_puts(p->out, "<style>\n");
		post_picture_put_style(p->out, &p->look, p->layout.pitch - 1);
		post_put(p->out, css);
		post_puts(p->out, "</style>\n");
	}
	put_background(p);
}

static void
put_middle(struct picture *p, double y)
{
	post_puts(p->out, " x=\"");
	post_putu(p->out, p->opts->width / 2);
	post_puts(p->out, "\" y=\"");
	post_put_real(p->out, y);
	post_puts(p->out, "\" text-anchor=\"middle\"");
}

static void
put_subtitle(struct picture *p)
{
	post_puts(p->out, "<text id=\"");
	post_picture_puts(p->out, p->prefix.s);
	post_puts(p->out, "subtitle\" class=\"dim\"");
	put_middle(p, p->opts->fontsize * 4);
	if (p->opts->ui_color == NULL) {
		post_puts(p->out, " fill=\"");
		post_put_rgb(p->out, p->look.dim);
		post_puts(p->out, "\"");
	}
	post_puts(p->out, ">");
	post_picture_puts(p->out, p->opts->subtitle);
	post_puts(p->out, "</text>\n");
}

void
post_picture_put_titles(struct picture *p)
{
	post_puts(p->out, "<text id=\"");
	post_picture_puts(p->out, p->prefix.s);
	post_puts(p->out, "title\"");
	put_middle(p, p->opts->fontsize * 2);
	post_puts(p->out, " font-size=\"");
	post_put_real(p->out, p->opts->fontsize + 5);
	post_puts(p->out, "\">");
	post_picture_puts(p->out, post_picture_title(p->opts, p->tree->chart));
	post_puts(p->out, "</text>\n");
	if (p->opts->subtitle != NULL && *p->opts->subtitle != '\0')
		put_subtitle(p);
	if (p->opts->compare != NULL)
		post_compare_put_sides(p);
}

void
post_picture_put_error(struct picture *p, const char *text)
{
	post_puts(p->out, "<text");
	put_middle(p, p->opts->fontsize * 2);
	post_puts(p->out, ">ERROR: ");
	post_picture_puts(p->out, text);
	post_puts(p->out, "</text>\n");
}

void
post_picture_put_end(struct picture *p, struct post_str script)
{
	if (post_picture_has_table(p->opts)) {
		post_puts(p->out, "<script><![CDATA[\n");
		post_put(p->out, script);
		post_puts(p->out, "]]></script>\n");
	}
	post_puts(p->out, "</svg>\n");
	if (is_page(p))
		post_puts(p->out, "</body>\n</html>\n");
}
