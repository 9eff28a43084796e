/* SPDX-License-Identifier: BSD-2-Clause */
/* From a tree to a document: options, and the order of its parts. */
#include <assert.h>
#include <stdlib.h>
#include "compare.h"
#include "palette.h"
#include "shade.h"

static const unsigned char viewer_js[] = {
#include "viewer.js.inc"
};
static const unsigned char viewer_css[] = {
#include "viewer.css.inc"
};

void
post_svg_defaults(struct post_svg_opts *o)
{
	*o = (struct post_svg_opts){
		.countname = "samples", .nametype = "Function:", .fonttype = "Verdana", .colors = "hot",
		.width = 1200, .height = 16, .fontsize = 12, .fontwidth = 0.59, .minwidth = 0.1, .factor = 1,
		.full_limit = 4 << 20,
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

static int
check_color(const char *what, const char *color, struct post_err *err)
{
	uint32_t rgb;

	if (color == NULL || post_is_css_color(color, &rgb))
		return 0;
	return post_fail(err, POST_EUSAGE, "%s must be #rgb, #rrggbb or the name of a colour", what);
}

static int
check_sides(const struct post_compare *c, struct post_err *err)
{
	if (c != NULL && (check_real("the base side's whole", c->before, 0, 2e19, err) == -1 ||
	    check_real("the new side's whole", c->after, 0, 2e19, err) == -1))
		return -1;
	return 0;
}

static int
check_prefix(const char *s, struct post_err *err)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789.-";

	if (s == NULL || (s[strspn(s, allowed)] == '\0' && strchr("0123456789.-", *s) == NULL))
		return 0;
	return post_fail(err, POST_EUSAGE, "id-prefix must begin with a letter and have only letters, digits, \"_\", \".\" and \"-\"");
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
	    check_real("factor", o->factor, 0, 1e18, err) == -1 ||
	    check_color("search-color", o->search_color, err) == -1 ||
	    check_color("uicolor", o->ui_color, err) == -1 ||
	    check_color("stroke-color", o->stroke_color, err) == -1 ||
	    check_prefix(o->id_prefix, err) == -1 || check_sides(o->compare, err) == -1)
		return -1;
	return 0;
}

static uint32_t
table_color(void *arg, uint32_t name)
{
	return post_picture_name_color(arg, name);
}

static bool
table_mark(void *arg, uint32_t edge, const struct post_frame *f)
{
	return post_compare_significant(arg, edge, f);
}

/* The table is made before the frames: sums in it may be higher up than all of them. */
static void
make_table(struct picture *p)
{
	struct post_buf meta = { 0 };
	struct post_table_conf conf = { .drawn = p->layout.least, .limit = p->opts->no_full ? 0 : p->opts->full_limit,
	    .color = table_color, .significant = table_mark, .arg = p };
	size_t i;

	if (!post_picture_has_table(p->opts))
		return;
	post_picture_put_meta(p, &meta);
	conf.meta = post_buf_str(&meta);
	post_table_write(p->tree, &conf, &p->packed, &p->table);
	post_buf_free(&meta);
	for (i = 0; i < p->table.nmore && !p->opts->no_full; i++)
		post_layout_deepen(&p->layout, p->table.more[i].depth);
}

static void
put_table(struct picture *p, struct post_out *out)
{
	if (!post_picture_has_table(p->opts))
		return;
	post_puts(p->out, "<metadata class=\"table\">");
	post_out_copy(out, post_buf_str(&p->packed));
	post_puts(p->out, "</metadata>\n");
}

static void
put_picture(struct picture *p, struct post_out *out)
{
	post_picture_put_head(p, (struct post_str){ (const char *)viewer_css, post_picture_has_table(p->opts) ? sizeof viewer_css : 0 });
	post_picture_put_titles(p);
	post_picture_put_margin(p);
	post_picture_put_frames(p, out);
	put_table(p, out);
	post_picture_put_end(p, (struct post_str){ (const char *)viewer_js, sizeof viewer_js });
	post_out_tick(out);
}

int
post_svg_write(struct post_tree *t, const struct post_svg_opts *o, struct post_out *out, struct post_err *err)
{
	struct picture p = { .opts = o, .tree = t, .out = &out->buf, .total = post_layout_total(t, o) };

	if (post_svg_check(o, err) == -1)
		return -1;
	if (t->total.whole == 0 && t->total.frac == 0)
		return post_fail(err, POST_EFORMAT, t->stacks == 0 ? "no stacks found" : "all counts are zero");
	assert(t->compared == (o->compare != NULL));
	p.palette = post_palette(o->colors, err);
	p.seed = o->random ? post_seed() : 0;
	p.shown = post_count_real(p.total) * o->factor;
	p.color = post_resize(NULL, (size_t)t->names->n + 1, sizeof *p.color);
	memset(p.color, 0, t->names->n * sizeof *p.color);
	post_picture_look(&p.look, o, o->compare != NULL ? POST_KIND : p.palette);	/* grey, where hues are of changes */
	post_layout(&p.layout, t, o);
	post_compare_begin(&p);
	post_picture_survey(&p);
	make_table(&p);
	put_picture(&p, out);
	free(p.color);
	post_compare_end(&p);
	post_buf_free(&p.prefix);
	post_buf_free(&p.packed);
	post_buf_free(&p.attrs);
	post_table_free(&p.table);
	return 0;
}

void
post_svg_error(const struct post_svg_opts *o, const char *text, struct post_out *out)
{
	struct post_svg_opts plain = *o;
	struct post_tree none = { 0 };
	struct picture p = { .opts = &plain, .tree = &none, .out = &out->buf };

	plain.bare = true;
	plain.compare = NULL;
	plain.bgcolors = plain.ui_color = plain.search_color = plain.stroke_color = NULL;
	post_puts(&p.prefix, "bt-");
	p.layout.height = o->fontsize * 5;
	post_picture_look(&p.look, &plain, POST_HOT);
	post_picture_put_head(&p, POST_STR(""));
	post_picture_put_error(&p, text);
	post_picture_put_end(&p, POST_STR(""));
	post_buf_free(&p.prefix);
	post_out_tick(out);
}
