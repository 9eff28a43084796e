/* SPDX-License-Identifier: BSD-2-Clause */
/* A histogram as stap prints it. */
#include "columns.h"
#include "hist.h"

static size_t
label_width(const struct post_hist *h)
{
	size_t width = sizeof "value" - 1, i;
	struct post_buf b = { 0 };

	for (i = 0; i < h->n; i++, b.n = 0) {
		post_hist_put_label(&b, h, i);
		width = b.n > width ? b.n : width;
	}
	post_buf_free(&b);
	return width > h->label_width ? width : h->label_width;
}

static size_t
digits(uint64_t n)
{
	size_t d = 1;

	while ((n /= 10) != 0)
		d++;
	return d;
}

static void
put_heading(struct post_buf *b, const struct post_hist *h)
{
	int i;

	if (h->style == POST_HEAD_BARS)
		post_puts(b, "=== ");
	post_put_shown(b, h->heading);
	if (h->style == POST_HEAD_BARS)
		post_puts(b, " ===");
	if (h->style == POST_HEAD_COLON)
		post_putc(b, ':');
	if (h->samples) {
		post_puts(b, " for ");
		post_putu(b, h->total);
		post_puts(b, " samples");
	}
	if (h->style != POST_HEAD_NONE)
		post_putc(b, '\n');
	if (h->stats_label.n == 0)
		return;
	post_put_shown(b, h->stats_label);
	for (i = 0; i < POST_HIST_STATS; i++) {
		if (i > 0)
			post_putc(b, '/');
		post_hist_put_signed(b, h->stat[h->order[i]]);
	}
	post_putc(b, '\n');
}

/* A row, with its bar at a SCALE of so many counts a mark. */
static void
put_row(struct post_buf *b, const struct post_hist *h, size_t i, size_t width, uint64_t scale, size_t columns)
{
	struct post_buf text = { 0 };
	uint64_t bar = h->count[i] / scale;

	post_hist_put_label(&text, h, i);
	post_put_right(b, post_buf_str(&text), width);
	post_puts(b, " |");
	post_put_many(b, "@", bar);
	text.n = 0;
	post_putu(&text, h->count[i]);
	post_put_right(b, post_buf_str(&text), h->bar_width - bar + 1 + columns);
	post_putc(b, '\n');
	post_buf_free(&text);
}

void
post_hist_put_stap(struct post_buf *b, const struct post_hist *h)
{
	size_t width = label_width(h), i;
	uint64_t max = 0, scale;
	bool eliding = false;

	for (i = 0; i < h->n; i++)
		max = h->count[i] > max ? h->count[i] : max;
	scale = max <= h->bar_width ? 1 : max / h->bar_width + (max % h->bar_width != 0);
	put_heading(b, h);
	post_put_right(b, POST_STR("value"), width);
	post_puts(b, " |");
	post_put_many(b, "-", h->bar_width);
	post_puts(b, " count\n");
	for (i = 0; i < h->n; i++) {
		bool elided = post_hist_elided(h, i);

		if (!elided)
			put_row(b, h, i, width, scale, digits(max));
		else if (!eliding) {
			post_put_many(b, " ", width);
			post_puts(b, " ~\n");
		}
		eliding = elided;
	}
	post_putc(b, '\n');
}
