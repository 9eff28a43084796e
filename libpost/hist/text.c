/* SPDX-License-Identifier: BSD-2-Clause */
/* A histogram for a terminal. */
#include "columns.h"
#include "hist.h"

enum { SHARES = 16, LEAST = 8 };	/* columns of the two shares with their blanks, and of the narrowest bar */

/* COUNT of MAX in COLUMNS, to an eighth of a column where there are characters for it. */
static void
put_bar(struct post_buf *b, uint64_t count, uint64_t max, unsigned columns, bool unicode)
{
	static const char *const eighths[] = { "", "\u258f", "\u258e", "\u258d", "\u258c", "\u258b", "\u258a", "\u2589" };
	unsigned parts = unicode ? 8 : 1;
	uint64_t n = max == 0 ? 0 : (uint64_t)((unsigned __int128)count * columns * parts / max);

	if (n == 0 && count > 0)
		n = 1;
	post_put_many(b, unicode ? "\u2588" : "#", n / parts);
	if (unicode)
		post_puts(b, eighths[n % 8]);
	post_put_many(b, " ", columns - n / parts - (n % parts > 0));
}

/* "n 12\0min 1\0avg 2\0max 3\0p50 in [1, 2)\0...us\0": each fact with a NUL. */
static void
collect_facts(struct post_buf *b, const struct post_hist *h)
{
	static const unsigned percents[] = { 50, 90, 99 };
	size_t i;

	post_puts(b, "n ");
	post_putu(b, h->total);
	post_putc(b, '\0');
	if (h->stats_label.n > 0) {
		post_puts(b, "min ");
		post_hist_put_signed(b, h->stat[POST_HIST_MIN]);
		post_putc(b, '\0');
		post_puts(b, "avg ");
		post_hist_put_signed(b, h->stat[POST_HIST_AVG]);
		post_putc(b, '\0');
	}
	if (h->total > 0 || h->stats_label.n > 0) {
		post_hist_put_max(b, h);
		post_putc(b, '\0');
	}
	for (i = 0; h->total > 0 && i < sizeof percents / sizeof *percents; i++) {
		post_hist_put_percentile(b, h, percents[i]);
		post_putc(b, '\0');
	}
	if (h->unit.n > 0) {
		b->n--;
		post_putc(b, ' ');
		post_put_shown(b, h->unit);
		post_putc(b, '\0');
	}
}

/* "n 12, min 1, avg 2, max 3, p50 in [1, 2), ... us", in as many lines of COLUMNS as it takes. */
static void
put_facts(struct post_buf *b, const struct post_hist *h, unsigned columns)
{
	struct post_buf facts = { 0 };
	size_t at, used = 0;

	collect_facts(&facts, h);
	for (at = 0; at < facts.n; ) {
		struct post_str s = post_str_of(facts.s + at);
		bool last = at + s.n + 1 == facts.n;

		if (used > 0 && used + 1 + s.n + !last > columns) {
			post_putc(b, '\n');
			used = 0;
		}
		post_puts(b, used > 0 ? " " : "");
		post_put(b, s);
		post_puts(b, last ? "\n" : ",");
		used += (used > 0) + s.n + 1;
		at += s.n + 1;
	}
	post_buf_free(&facts);
}

/* How wide the rows' parts are. */
struct widths {
	size_t		label, count;
	unsigned	bar;
	uint64_t	max;
};

static struct widths
measure(const struct post_hist *h, unsigned columns)
{
	struct widths w = { 0 };
	struct post_buf b = { 0 };
	size_t i, used;

	for (i = 0; i < h->n; i++, b.n = 0) {
		struct post_hist_bounds v = post_hist_bounds(h, i);

		post_hist_put_bounds(&b, &v);
		w.label = b.n > w.label ? b.n : w.label;
		w.max = h->count[i] > w.max ? h->count[i] : w.max;
	}
	post_putu(&b, w.max);
	w.count = b.n;
	post_buf_free(&b);
	used = w.label + w.count + SHARES + 3;
	w.bar = columns > used + LEAST ? columns - (unsigned)used : LEAST;
	return w;
}

static void
put_row(struct post_buf *b, const struct post_hist *h, size_t i, const struct widths *w, uint64_t seen, bool unicode)
{
	struct post_hist_bounds v = post_hist_bounds(h, i);
	struct post_buf text = { 0 };

	post_hist_put_bounds(&text, &v);
	post_put_right(b, post_buf_str(&text), w->label);
	post_puts(b, unicode ? " \u2502" : " |");
	put_bar(b, h->count[i], w->max, w->bar, unicode);
	text.n = 0;
	post_putu(&text, h->count[i]);
	post_put_right(b, post_buf_str(&text), w->count + 1);
	text.n = 0;
	post_hist_put_share(&text, post_hist_share(h, h->count[i]));
	post_put_right(b, post_buf_str(&text), SHARES / 2);
	text.n = 0;
	post_hist_put_share(&text, post_hist_share(h, seen));
	post_put_right(b, post_buf_str(&text), SHARES / 2);
	post_putc(b, '\n');
	post_buf_free(&text);
}

void
post_hist_put_text(struct post_buf *b, const struct post_hist *h, struct post_str source, unsigned columns, bool unicode)
{
	struct widths w = measure(h, columns);
	uint64_t seen = 0;
	bool eliding = false;
	size_t i;

	post_put_shown(b, h->heading.n > 0 ? h->heading : POST_STR("histogram"));
	if (source.n > 0) {
		post_puts(b, ": ");
		post_put_shown(b, source);
	}
	post_putc(b, '\n');
	put_facts(b, h, columns);
	for (i = 0; i < h->n; i++) {
		bool elided = post_hist_elided(h, i);

		seen += h->count[i];
		if (!elided)
			put_row(b, h, i, &w, seen, unicode);
		else if (!eliding) {
			post_put_many(b, " ", w.label);
			post_puts(b, " ~\n");
		}
		eliding = elided;
	}
}
