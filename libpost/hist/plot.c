/* SPDX-License-Identifier: BSD-2-Clause */
/* The plot: bars, the cumulative line, axes, and what a bucket tells when it is pointed at. */
#include "../base/xml.h"
#include "panel.h"

enum { GRID = 5 };

/* What bar I of run R stands for: counts, or shares when there are several runs. */
static uint64_t
height_of(const struct panel *p, size_t r, size_t i)
{
	return p->n == 1 ? p->hist[r]->count[i] : post_hist_share(p->hist[r], p->hist[r]->count[i]);
}

/* The axis ends at the first multiple of 1, 2 or 5 times a power of ten behind the highest bar. */
static void
set_scale(struct panel *p)
{
	static const unsigned steps[] = { 1, 2, 5 };
	uint64_t highest = 1, power = 1;
	size_t r, i, k = 0;

	for (r = 0; r < p->n; r++)
		for (i = 0; i < p->buckets; i++)
			highest = height_of(p, r, i) > highest ? height_of(p, r, i) : highest;
	p->step = 1;
	while (p->step < highest / GRID + (highest % GRID != 0)) {
		k = (k + 1) % 3;
		if (k == 0 && __builtin_mul_overflow(power, 10, &power))
			break;
		if (__builtin_mul_overflow(power, steps[k], &p->step)) {
			p->step = highest / GRID + 1;
			break;
		}
	}
	p->max = highest / p->step + (highest % p->step != 0);
	if (__builtin_mul_overflow(p->max, p->step, &p->max))
		p->max = highest;
}

static uint64_t
y_of(const struct panel *p, uint64_t v)
{
	return p->bottom * UINT64_C(10) - (uint64_t)((unsigned __int128)v * PLOT * 10 / p->max);
}

/* "20k" for 20000: a step of the axis has few digits. */
static void
put_tick(struct post_buf *b, const struct panel *p, uint64_t v)
{
	static const char *const suffixes[] = { "", "k", "M", "G", "T", "P", "E" };
	size_t i = 0;

	if (p->n > 1) {
		post_putu(b, v / 1000);
		if (p->step % 1000 != 0)
			post_putf(b, ".%03u", (unsigned)(v % 1000));
		post_putc(b, '%');
		return;
	}
	while (v > 0 && v % 1000 == 0) {
		v /= 1000;
		i++;
	}
	post_putu(b, v);
	post_puts(b, suffixes[i]);
}

static void
put_grid(struct post_buf *b, const struct panel *p)
{
	struct post_buf text = { 0 };
	uint64_t v;
	unsigned i;

	for (v = 0; v <= p->max; v += p->step, text.n = 0) {
		post_putf(b, "<path class=\"%s\" d=\"M%u ", v == 0 ? "axis" : "grid", p->left);
		post_panel_tenths(b, y_of(p, v));
		post_putf(b, "H%u\"/>\n", p->right);
		put_tick(&text, p, v);
		post_panel_text(b, (p->left - 8) * UINT64_C(10), (unsigned)(y_of(p, v) / 10) + 4, " class=\"tick\" text-anchor=\"end\"",
		    post_buf_str(&text));
		if (v > UINT64_MAX - p->step)
			break;
	}
	for (i = 0; i <= 100; i += 25, text.n = 0) {
		post_putf(&text, "%u%%", i);
		post_panel_text(b, (p->right + 8) * UINT64_C(10), p->bottom - PLOT * i / 100 + 4, " class=\"tick\"", post_buf_str(&text));
	}
	post_buf_free(&text);
}

/* A rectangle from X to X2 (tenths) with its foot on the axis. */
static void
put_bar(struct post_buf *b, const struct panel *p, size_t r, uint64_t x, uint64_t x2, uint64_t v)
{
	uint64_t y = y_of(p, v), foot = p->bottom * UINT64_C(10);

	if (v == 0)
		return;
	if (foot - y < 10)
		y = foot - 10;	/* a single count is seen, too */
	post_putf(b, "<rect class=\"c%zu\" x=\"", r);
	post_panel_tenths(b, x);
	post_puts(b, "\" y=\"");
	post_panel_tenths(b, y);
	post_puts(b, "\" width=\"");
	post_panel_tenths(b, x2 > x ? x2 - x : 1);
	post_puts(b, "\" height=\"");
	post_panel_tenths(b, foot - y);
	post_puts(b, "\"/>\n");
}

static void
put_bars(struct post_buf *b, const struct panel *p)
{
	size_t r, i;

	for (i = 0; i < p->buckets; i++) {
		uint64_t x = post_panel_edge(p, i), x2 = post_panel_edge(p, i + 1), gap = (x2 - x) / 10;

		gap = gap > 40 ? 40 : gap;
		x += gap / 2;
		x2 -= gap / 2;
		for (r = 0; r < p->n; r++)
			put_bar(b, p, r, x + (x2 - x) * r / p->n, x + (x2 - x) * (r + 1) / p->n, height_of(p, r, i));
	}
}

/* Counts over the bars of a single run, where a bucket is as wide as its number. */
static void
put_counts(struct post_buf *b, const struct panel *p)
{
	struct post_buf text = { 0 };
	size_t i;

	for (i = 0; p->n == 1 && i < p->buckets; i++, text.n = 0) {
		uint64_t x = post_panel_edge(p, i), x2 = post_panel_edge(p, i + 1);

		post_putu(&text, p->hist[0]->count[i]);
		if (p->hist[0]->count[i] > 0 && post_hist_text_width(post_buf_str(&text), TINY) * UINT64_C(10) + 20 <= x2 - x)
			post_panel_text(b, (x + x2) / 2, (unsigned)(y_of(p, p->hist[0]->count[i]) / 10) - 5,
			    " class=\"count\" text-anchor=\"middle\"", post_buf_str(&text));
	}
	post_buf_free(&text);
}

/* The cumulative line of run R, or the HEM that parts it from the bars. */
static void
put_cumulative(struct post_buf *b, const struct panel *p, size_t r, bool hem)
{
	uint64_t seen = 0;
	size_t i;

	if (hem)
		post_puts(b, "<path class=\"hem\"");
	else
		post_putf(b, "<path class=\"line%s l%zu\"", p->n > 1 ? " many" : "", r);
	post_putf(b, " d=\"M%u %u", p->left, p->bottom);
	for (i = 0; i < p->buckets; i++) {
		seen += p->hist[r]->count[i];
		post_puts(b, i == 0 ? "L" : " ");
		post_panel_tenths(b, post_panel_edge(p, i + 1));
		post_putc(b, ' ');
		post_panel_tenths(b, p->bottom * UINT64_C(10) - post_hist_share(p->hist[r], seen) * PLOT / 10000);
	}
	post_puts(b, "\"/>\n");
}

/* The flags of percentiles over their buckets: in a lower row where they would overlap. */
enum { FLAGS = 3, FLAG_WIDE = 36, FLAG_HIGH = 15 };

struct flag {
	unsigned	percent;
	size_t		bucket, row;
	uint64_t	x;		/* tenths */
};

/* Place the flags of a single run; returns how many rows they take. */
static size_t
place_flags(const struct panel *p, struct flag flag[FLAGS])
{
	static const unsigned percents[FLAGS] = { 50, 90, 99 };
	uint64_t free_from[FLAGS] = { 0 };
	size_t i, row, rows = 0;

	for (i = 0; i < FLAGS; i++) {
		size_t bucket = post_hist_percentile(p->hist[0], percents[i]);
		uint64_t x = (post_panel_edge(p, bucket) + post_panel_edge(p, bucket + 1)) / 2;

		for (row = 0; row + 1 < FLAGS && x < free_from[row] + FLAG_WIDE * 5; row++)
			;
		free_from[row] = x + FLAG_WIDE * 5;
		flag[i] = (struct flag){ percents[i], bucket, row, x };
		rows = row + 1 > rows ? row + 1 : rows;
	}
	return rows;
}

static void
put_flags(struct post_buf *b, const struct panel *p, const struct flag flag[FLAGS], unsigned top)
{
	enum { NUMBER = 180 };	/* tenths that the count over a bar takes */
	struct post_buf text = { 0 };
	size_t i;

	for (i = 0; i < FLAGS; i++) {
		uint64_t from = (top + (flag[i].row + 1) * (uint64_t)FLAG_HIGH) * 10, to = y_of(p, p->hist[0]->count[flag[i].bucket]);

		if (to < from + NUMBER)
			continue;
		post_puts(b, "<path class=\"flag\" d=\"M");
		post_panel_tenths(b, flag[i].x);
		post_putc(b, ' ');
		post_panel_tenths(b, from);
		post_putc(b, 'V');
		post_panel_tenths(b, to - NUMBER);
		post_puts(b, "\"/>\n");
	}
	for (i = 0; i < FLAGS; i++, text.n = 0) {
		post_putf(&text, "p%u", flag[i].percent);
		post_panel_text(b, flag[i].x, top + (unsigned)flag[i].row * FLAG_HIGH + 12, " class=\"flagged\" text-anchor=\"middle\"",
		    post_buf_str(&text));
	}
	post_buf_free(&text);
}

/* What bucket I says when it is pointed at. */
static void
put_tip(struct post_buf *b, const struct panel *p, size_t i, const uint64_t seen[])
{
	struct post_hist_bounds v = post_hist_bounds(p->hist[0], i);
	struct post_buf text = { 0 };
	size_t r;

	post_hist_put_bounds(&text, &v);
	if (p->hist[0]->unit.n > 0) {
		post_putc(&text, ' ');
		post_put(&text, p->hist[0]->unit);
	}
	post_xml_text(b, post_buf_str(&text));
	for (r = 0; r < p->n; r++) {
		post_putc(b, '\n');
		text.n = 0;
		if (p->n > 1) {
			post_hist_put_files(&text, p->run[r], p->conf->name, p->conf->arg);
			post_xml_text(b, post_buf_str(&text));
			post_puts(b, ": ");
		}
		post_puts(b, "count ");
		post_putu(b, p->hist[r]->count[i]);
		post_puts(b, ", share ");
		post_hist_put_share(b, post_hist_share(p->hist[r], p->hist[r]->count[i]));
		post_puts(b, ", cumulative ");
		post_hist_put_share(b, post_hist_share(p->hist[r], seen[r]));
	}
	post_buf_free(&text);
}

static void
put_tips(struct post_buf *b, const struct panel *p)
{
	uint64_t seen[POST_HIST_OVERLAY] = { 0 };
	size_t i, r;

	for (i = 0; i < p->buckets; i++) {
		uint64_t x = post_panel_edge(p, i);

		for (r = 0; r < p->n; r++)
			seen[r] += p->hist[r]->count[i];
		post_puts(b, "<rect class=\"tip\" x=\"");
		post_panel_tenths(b, x);
		post_putf(b, "\" y=\"%u\" width=\"", p->bottom - PLOT);
		post_panel_tenths(b, post_panel_edge(p, i + 1) - x);
		post_putf(b, "\" height=\"%d\"><title>", PLOT);
		put_tip(b, p, i, seen);
		post_puts(b, "</title></rect>\n");
	}
}

/* The text at the edge in front of bucket I; empty when nothing is known there. */
static void
put_edge(struct post_buf *b, const struct panel *p, size_t i)
{
	struct post_hist_bounds v = post_hist_bounds(p->hist[0], i < p->buckets ? i : i - 1);

	if (i < p->buckets && v.has_low)
		post_hist_put_signed(b, v.low);
	if (i == p->buckets && v.has_last)
		post_hist_put_behind(b, v.last);
}

static unsigned
widest_edge(const struct panel *p)
{
	struct post_buf text = { 0 };
	unsigned widest = 1, width;
	size_t i;

	for (i = 0; i <= p->buckets; i++, text.n = 0) {
		put_edge(&text, p, i);
		width = text.n > 0 ? post_hist_text_width(post_buf_str(&text), TINY) : 0;
		widest = width > widest ? width : widest;
	}
	post_buf_free(&text);
	return widest;
}

/* The bounds of the buckets under the axis: level, or sloping where they are long; not all where they are many. */
static unsigned
put_edges(struct post_buf *b, const struct panel *p)
{
	uint64_t slot = (uint64_t)(p->right - p->left) * 10 / p->buckets;
	unsigned widest = widest_edge(p), room = (widest + 8) * 10, y = p->bottom + 17;
	bool sloping = (slot == 0 ? room : (room + slot - 1) / slot) > 2;
	uint64_t every = sloping ? (slot == 0 ? p->buckets : (160 + slot - 1) / slot) : (room + slot - 1) / slot;
	struct post_buf text = { 0 };
	size_t i;

	for (i = p->hist[0]->under; i <= p->buckets; i += every, text.n = 0) {
		uint64_t x = post_panel_edge(p, i);

		put_edge(&text, p, i);
		post_puts(b, "<path class=\"axis\" d=\"M");
		post_panel_tenths(b, x);
		post_putf(b, " %uv5\"/>\n", p->bottom);
		if (text.n == 0)
			continue;
		if (!sloping) {
			post_panel_text(b, x, y, " class=\"tick\" text-anchor=\"middle\"", post_buf_str(&text));
			continue;
		}
		post_puts(b, "<g transform=\"translate(");
		post_panel_tenths(b, x + 30);
		post_putf(b, " %u) rotate(-45)\">", p->bottom + 14);
		post_panel_text(b, 0, 0, " class=\"tick\" text-anchor=\"end\"", post_buf_str(&text));
		post_puts(b, "</g>\n");
	}
	post_buf_free(&text);
	return sloping ? y + widest * 71 / 100 + 8 : y + 6;
}

/* What the bars are at the ends of a linear histogram, which have no two bounds. */
static void
put_ends(struct post_buf *b, const struct post_hist *h)
{
	struct post_hist_bounds v;

	if (h->under) {
		v = post_hist_bounds(h, 0);
		post_puts(b, "; first bar: ");
		post_hist_put_bounds(b, &v);
	}
	if (h->over) {
		v = post_hist_bounds(h, h->n - 1);
		post_puts(b, "; last bar: ");
		post_hist_put_bounds(b, &v);
	}
}

static void
put_axis_title(struct post_buf *b, const struct panel *p, unsigned y)
{
	struct post_buf text = { 0 };

	post_puts(&text, p->hist[0]->kind == POST_HIST_LOG ? "value, logarithmic" : "value");
	if (p->hist[0]->unit.n > 0 && p->hist[0]->unit.n < 24) {
		post_puts(&text, " (");
		post_put(&text, p->hist[0]->unit);
		post_putc(&text, ')');
	}
	put_ends(&text, p->hist[0]);
	post_panel_text(b, (p->left + p->right) * UINT64_C(5), y + SMALL, " class=\"caption\" text-anchor=\"middle\"", post_buf_str(&text));
	post_buf_free(&text);
}

/* Room for the numbers beside the plot, and for a sloping one under its left end. */
static void
set_margins(struct panel *p)
{
	struct post_buf text = { 0 };
	unsigned widest = post_hist_text_width(POST_STR("100.000%"), TINY), slope = widest_edge(p) * 71 / 100;

	if (p->n == 1) {
		post_putu(&text, p->step >= 1000 ? 10000 : p->max);
		widest = post_hist_text_width(post_buf_str(&text), TINY);
	} else if (p->step % 1000 == 0)
		widest = post_hist_text_width(POST_STR("100%"), TINY);
	p->left = PAD + 8 + (widest > slope ? widest : slope);
	p->right = p->conf->width - PAD - 8 - post_hist_text_width(POST_STR("100%"), TINY);
	post_buf_free(&text);
}

void
post_panel_plot(struct post_buf *b, struct panel *p)
{
	bool flagged = p->n == 1 && p->hist[0]->total > 0;
	struct flag flag[FLAGS];
	unsigned top, y;
	size_t r;

	set_scale(p);
	set_margins(p);
	top = p->top + 4;
	p->bottom = top + LINE + (flagged ? (unsigned)place_flags(p, flag) * FLAG_HIGH + 20 : 12) + PLOT;
	post_panel_text(b, PAD * 10, top + SMALL, " class=\"caption\"", p->n == 1 ? POST_STR("count") : POST_STR("share of each run"));
	post_panel_text(b, (p->conf->width - PAD) * UINT64_C(10), top + SMALL, " class=\"caption\" text-anchor=\"end\"",
	    p->n == 1 ? POST_STR("line: cumulative") : POST_STR("lines: cumulative"));
	put_grid(b, p);
	put_bars(b, p);
	for (r = 0; r < p->n * 2; r++)
		put_cumulative(b, p, r % p->n, r < p->n);
	if (flagged)
		put_flags(b, p, flag, top + LINE);
	put_counts(b, p);
	put_tips(b, p);
	y = put_edges(b, p);
	put_axis_title(b, p, y);
	p->bottom = y + SMALL + 2 * PAD;
}
