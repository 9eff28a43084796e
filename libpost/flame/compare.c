/* SPDX-License-Identifier: BSD-2-Clause */
/* Two profiles in one picture: shares of each side's own total, what is new or gone, and which side is which. */
#include <math.h>
#include <stdlib.h>
#include "compare.h"
#include "shade.h"

enum { NOT_ASKED, NOT_SIGNIFICANT, SIGNIFICANT };

void
post_compare_begin(struct picture *p)
{
	if (p->opts->compare == NULL)
		return;
	post_tree_settle(p->tree);
	p->mark = post_resize(NULL, p->tree->n, sizeof *p->mark);
	memset(p->mark, NOT_ASKED, p->tree->n * sizeof *p->mark);
}

void
post_compare_end(struct picture *p)
{
	free(p->mark);
	free(p->path);
}

bool
post_compare_significant(struct picture *p, uint32_t edge, const struct post_frame *f)
{
	const struct post_compare *c = p->opts->compare;

	if (f->depth == 0)
		return true;
	p->path = post_room(p->path, f->depth - 1, &p->cappath, sizeof *p->path);
	p->path[f->depth - 1] = f->name;
	if (p->mark[edge] == NOT_ASKED)
		p->mark[edge] = c->significant == NULL || c->significant(c->arg, p->path, f->depth) ? SIGNIFICANT : NOT_SIGNIFICANT;
	return p->mark[edge] == SIGNIFICANT;
}

static double
share_before(const struct picture *p, struct post_count c)
{
	return post_count_real(c) / p->opts->compare->before;
}

static double
share_after(const struct picture *p, struct post_count c)
{
	return post_count_real(c) / p->opts->compare->after;
}

double
post_compare_delta(const struct picture *p, const struct post_frame *f)
{
	return share_after(p, f->after) - share_before(p, f->before);
}

static bool
is_zero(struct post_count c)
{
	return c.whole == 0 && c.frac == 0;
}

enum post_mark
post_compare_mark(const struct post_frame *f)
{
	if (is_zero(f->before) == is_zero(f->after))
		return POST_MARK_NONE;
	return is_zero(f->before) ? POST_MARK_NEW : POST_MARK_GONE;
}

/* Of percents two; of what is as large as MOST, as many as show four digits. */
static int
decimals_of(const struct picture *p, double most)
{
	double limit = 1000;
	int n = 0;

	if (!p->opts->compare->work || most == 0)
		return 2;
	for (; n < 9 && most < limit; limit /= 10)
		n++;
	return n;
}

/* A share as it is told: a percentage, or what a unit of work takes. */
static double
told(const struct picture *p, double share)
{
	return p->opts->compare->work ? share : 100 * share;
}

/* With its sign, unless it is told as 0; returns whether it is not. */
static bool
put_signed(struct post_buf *b, double v, int decimals)
{
	size_t at = b->n;

	post_putc(b, v < 0 ? '-' : '+');
	post_put_fixed(b, fabs(v), decimals);
	if (b->s[at + 1 + strspn(b->s + at + 1, "0.")] != '\0')
		return true;
	b->n--;
	memmove(b->s + at, b->s + at + 1, b->n - at + 1);
	return false;
}

static void
put_share(const struct picture *p, struct post_buf *b, double share, int decimals)
{
	post_put_fixed(b, told(p, share), decimals);
	if (!p->opts->compare->work)
		post_putc(b, '%');
}

static const char *
unit(const struct picture *p)
{
	return p->opts->compare->work ? " per unit" : " points";
}

/* By what part of what was before; a tower that vanished has lost all of itself. */
static void
put_relative(struct post_buf *b, const struct post_frame *f, double before, double after)
{
	switch (post_compare_mark(f)) {
	case POST_MARK_NEW:
		post_puts(b, ", new");
		break;
	case POST_MARK_GONE:
		post_puts(b, ", gone, -100.0%");
		break;
	default:
		if (is_zero(f->before))
			break;
		post_puts(b, ", ");
		(void)put_signed(b, 100 * (after - before) / before, 1);
		post_putc(b, '%');
	}
}

/* "; self +0.10 points", where it has changed, and not all of the frame is its own. */
static void
put_self(struct picture *p, const struct post_frame *f, int decimals)
{
	struct post_buf *b = p->out;
	size_t at = b->n;

	if (post_count_cmp(f->self_before, f->before) == 0 && post_count_cmp(f->self_after, f->after) == 0)
		return;
	post_puts(b, "; self ");
	if (put_signed(b, told(p, share_after(p, f->self_after) - share_before(p, f->self_before)), decimals))
		post_puts(b, unit(p));
	else
		b->n = at;
}

void
post_compare_put_change(struct picture *p, const struct post_frame *f, bool sum)
{
	double before = share_before(p, f->before), after = share_after(p, f->after);
	int decimals = decimals_of(p, fmax(before, after));
	struct post_buf *b = p->out;

	post_puts(b, "base ");
	put_share(p, b, before, decimals);
	post_puts(b, ", new ");
	put_share(p, b, after, decimals);
	post_puts(b, ", ");
	(void)put_signed(b, told(p, after - before), decimals);
	post_puts(b, unit(p));
	put_relative(b, f, before, after);
	if (sum)
		return;
	put_self(p, f, decimals);
	if (!p->significant)
		post_puts(b, "; not significant");
}

void
post_compare_put_bound(const struct picture *p, struct post_buf *b, double delta)
{
	(void)put_signed(b, told(p, delta), decimals_of(p, fabs(delta)));
	if (!p->opts->compare->work) {
		post_puts(b, " points");
		return;
	}
	post_putc(b, ' ');
	post_puts(b, p->opts->countname);
	post_puts(b, " per unit");
}

/* On what is narrower or lower, px, a mark would hide the frame. */
static const double least = 4;

/* INSET is in tenths of a pixel. */
static void
put_outline(struct post_buf *b, const struct post_box *box, uint64_t inset)
{
	uint64_t x = post_scaled(box->x1, 10) + inset, width = post_scaled(box->x2, 10) - x - inset;
	uint64_t y = post_scaled(box->y1, 10) + inset, height = post_scaled(box->y2, 10) - y - inset;

	post_puts(b, "<path\nd=\"M");
	post_put_scaled(b, x, 1);
	post_putc(b, ' ');
	post_put_scaled(b, y, 1);
	post_putc(b, 'h');
	post_put_scaled(b, width, 1);
	post_putc(b, 'v');
	post_put_scaled(b, height, 1);
	post_puts(b, "h-");
	post_put_scaled(b, width, 1);
	post_puts(b, "z\" ");
}

void
post_compare_put_mark(struct picture *p, const struct post_box *box, const struct post_frame *f, uint32_t fill)
{
	enum post_mark mark = post_compare_mark(f);

	if (mark == POST_MARK_NONE || box->x2 - box->x1 < least || box->y2 - box->y1 < least)
		return;
	put_outline(p->out, box, mark == POST_MARK_NEW ? 5 : 15);
	if (mark == POST_MARK_NEW) {
		post_compare_put_hatch(p);
	} else {
		post_puts(p->out, "fill=\"none\" stroke=\"");
		post_put_rgb(p->out, post_text_on(fill));
		post_puts(p->out, "\" stroke-width=\"1\" stroke-dasharray=\"4 2\"");
	}
	post_puts(p->out, "/>");
}

void
post_compare_put_pattern(struct picture *p)
{
	post_puts(p->out, "<pattern id=\"");
	post_picture_puts(p->out, p->prefix.s);
	post_puts(p->out, "new\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
	    "<path d=\"M1 0v6\" stroke=\"#000\" stroke-width=\"1.5\" stroke-opacity=\".3\"/></pattern>");
}

void
post_compare_put_hatch(struct picture *p)
{
	post_puts(p->out, "fill=\"url(#");
	post_picture_puts(p->out, p->prefix.s);
	post_puts(p->out, "new)\" stroke=\"none\"");
}

/* How many characters each of two names gets: a short one leaves the rest of its half. */
static void
share_room(size_t room, const size_t length[2], size_t chars[2])
{
	size_t half = room / 2;
	int i;

	for (i = 0; i < 2; i++)
		chars[i] = length[1 - i] < half ? room - length[1 - i] : half;
}

static void
put_names(struct picture *p)
{
	static const char *const word[] = { "base: ", "new: " };
	const struct post_svg_opts *o = p->opts;
	struct post_str name[] = { post_str_of(o->compare->before_name), post_str_of(o->compare->after_name) };
	double line = (o->width - 2 * POST_MARGIN) / (o->fontsize * o->fontwidth) - 16;	/* without the words and the gap */
	size_t length[] = { post_svg_chars(name[0]), post_svg_chars(name[1]) }, chars[2];
	int i;

	share_room(line < 16 ? 16 : line > 1e6 ? 1000000 : (size_t)line, length, chars);
	for (i = 0; i < 2; i++) {
		post_puts(p->out, i == 0 ? "<tspan>" : "<tspan dx=\"2em\">");
		post_puts(p->out, word[i]);
		post_svg_cut_middle(p->out, name[i], chars[i]);
		post_puts(p->out, "</tspan>");
	}
}

void
post_compare_put_sides(struct picture *p)
{
	struct post_buf *b = p->out;

	post_puts(b, "<text id=\"");
	post_picture_puts(b, p->prefix.s);
	post_puts(b, "sides\" x=\"");
	post_putu(b, p->opts->width / 2);
	post_puts(b, "\" y=\"");
	post_put_real(b, p->layout.top - p->opts->fontsize);
	post_puts(b, "\" text-anchor=\"middle\">");
	put_names(p);
	post_puts(b, "</text>\n");
}
