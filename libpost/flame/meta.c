/* SPDX-License-Identifier: BSD-2-Clause */
/* What the script is told of the picture, as JSON. */
#include "../base/json.h"
#include "export.h"
#include "kind.h"
#include "palette.h"
#include "picture.h"
#include "shade.h"

static void
put_real(struct post_buf *b, const char *key, double value)
{
	post_put_json_key(b, key);
	post_put_real(b, value);
}

static void
put_color(struct post_buf *b, uint32_t rgb)
{
	post_puts(b, "\"#");
	post_putx(b, rgb, 6);
	post_putc(b, '"');
}

/* [["#rrggbb","kernel"],..] */
static void
put_legend(struct picture *p, struct post_buf *b)
{
	const char *comma = "", *text;
	uint32_t rgb;
	int i;

	post_put_json_key(b, "legend");
	post_putc(b, '[');
	for (i = 0; i < POST_CLASSES && !p->tree->both; i++) {
		if ((text = post_picture_class_text(p, i, &rgb)) == NULL)
			continue;
		post_puts(b, comma);
		post_putc(b, '[');
		put_color(b, rgb);
		post_putc(b, ',');
		post_put_json(b, post_str_of(text));
		post_putc(b, ']');
		comma = ",";
	}
	post_putc(b, ']');
}

static void
put_kinds(struct post_buf *b)
{
	int k;

	post_put_json_key(b, "kinds");
	for (k = 0; k < POST_KINDS; k++) {
		post_putc(b, k == 0 ? '[' : ',');
		post_put_json(b, post_str_of(post_kind_text((enum post_kind)k)));
	}
	post_putc(b, ']');
	post_put_json_key(b, "kindColors");
	for (k = 0; k < POST_KINDS; k++) {
		post_putc(b, k == 0 ? '[' : ',');
		put_color(b, post_kind_color(k));
	}
	post_putc(b, ']');
}

static void
put_remarks(struct post_buf *b, const struct post_svg_opts *o)
{
	size_t i;

	post_put_json_key(b, "remarks");
	post_putc(b, '[');
	for (i = 0; i < o->nremark; i++) {
		if (i > 0)
			post_putc(b, ',');
		post_put_json(b, post_str_of(o->remark[i]));
	}
	post_putc(b, ']');
}

static void
put_geometry(struct picture *p, struct post_buf *b)
{
	const struct post_svg_opts *o = p->opts;

	put_real(b, "factor", o->factor);
	put_real(b, "width", o->width);
	post_put_json_flag(b, "fluid", o->fluid);
	put_real(b, "pitch", p->layout.pitch);
	put_real(b, "font", o->fontsize);
	put_real(b, "char", o->fontsize * o->fontwidth);
	put_real(b, "top", p->layout.top);
	put_real(b, "bottom", p->layout.bottom);
	put_real(b, "least", p->layout.least_px);
}

static void
put_flags(struct picture *p, struct post_buf *b)
{
	const struct post_svg_opts *o = p->opts;

	post_put_json_flag(b, "inverted", o->inverted);
	post_put_json_flag(b, "reversed", o->reversed);
	post_put_json_flag(b, "chart", p->tree->chart);
	post_put_json_text(b, "cut", o->cut_left ? "left" : "right");
	post_put_json_flag(b, "negate", o->negate && o->compare == NULL);
	post_put_json_flag(b, "inclusive", o->inclusive || o->compare != NULL);
	post_put_json_flag(b, "blind", o->blind || o->compare != NULL);
	post_put_json_flag(b, "full", !o->no_full);
}

static void
put_sides(struct picture *p, struct post_buf *b)
{
	const struct post_compare *c = p->opts->compare;

	if (c == NULL)
		return;
	post_put_json_key(b, "compare");
	post_puts(b, "{\"names\":[");
	post_put_json(b, post_str_of(c->before_name));
	post_putc(b, ',');
	post_put_json(b, post_str_of(c->after_name));
	post_putc(b, ']');
	put_real(b, "before", c->before);
	put_real(b, "after", c->after);
	post_put_json_flag(b, "work", c->work);
	put_real(b, "max", p->max_delta);
	post_putc(b, '}');
}

void
post_picture_put_meta(struct picture *p, struct post_buf *b)
{
	static const char *const themes[] = { "light", "dark", "auto" };
	const struct post_svg_opts *o = p->opts;

	post_put_json_text(b, "unit", o->countname);
	post_put_json_text(b, "label", o->nametype);
	post_put_json_text(b, "title", post_picture_title(o, p->tree->chart));
	if (post_count_cmp(p->total, p->tree->total) > 0)
		put_real(b, "whole", post_count_real(p->total));	/* in samples */
	put_geometry(p, b);
	put_flags(p, b);
	post_put_json_text(b, "prefix", p->prefix.s);
	post_put_json_text(b, "theme", themes[o->theme]);
	post_put_json_text(b, "match", o->search_color != NULL ? o->search_color : "#e600e6");
	post_put_json_key(b, "root");
	put_color(b, p->tree->both ? POST_WHITE : post_picture_name_color(p, (uint32_t)POST_ROOT));
	put_legend(p, b);
	put_sides(p, b);
	put_kinds(b);
	put_remarks(b, o);
	post_put_json_key(b, "attrs");
	post_putc(b, '{');
	post_put(b, post_buf_str(&p->attrs));
	post_putc(b, '}');
}
