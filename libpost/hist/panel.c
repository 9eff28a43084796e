/* SPDX-License-Identifier: BSD-2-Clause */
/* What stands above a plot: title, legend, facts. */
#include "../base/path.h"
#include "../base/xml.h"
#include "panel.h"

void
post_panel_tenths(struct post_buf *b, uint64_t v)
{
	post_putu(b, v / 10);
	if (v % 10 != 0) {
		post_putc(b, '.');
		post_putu(b, v % 10);
	}
}

void
post_panel_text(struct post_buf *b, uint64_t x, unsigned y, const char *attrs, struct post_str text)
{
	post_puts(b, "<text x=\"");
	post_panel_tenths(b, x);
	post_putf(b, "\" y=\"%u\"%s>", y, attrs);
	post_xml_text(b, text);
	post_puts(b, "</text>\n");
}

/* The last part of the path of run I, or nothing when it is of several files. */
static struct post_str
last_part(const struct panel *p, size_t i)
{
	if (p->run[i]->nfile != 1)
		return POST_STR("");
	return post_path_last(post_str_of(p->conf->name(p->conf->arg, p->run[i]->file[0])));
}

static bool
are_parted_briefly(const struct panel *p)
{
	size_t i, k;

	for (i = 0; i < p->n; i++)
		for (k = 0; k <= i; k++)
			if (last_part(p, i).n == 0 || (k < i && post_str_eq(last_part(p, i), last_part(p, k))))
				return false;
	return true;
}

/* What the legend calls run I. */
static void
put_name(struct post_buf *b, const struct panel *p, size_t i)
{
	struct post_buf files = { 0 };

	if (!p->brief)
		post_hist_put_files(&files, p->run[i], p->conf->name, p->conf->arg);
	post_xml_plain(b, p->brief ? last_part(p, i) : post_buf_str(&files));
	post_buf_free(&files);
}

int
post_panel_begin(struct panel *p)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		p->hist[i] = post_hist_copy(p->run[i]->hist);
	for (i = 1; i < p->n; i++)
		if (post_hist_widen(p->hist[0], p->hist[i]) == -1)
			return -1;
	for (i = 1; i < p->n; i++)
		if (post_hist_widen(p->hist[i], p->hist[0]) == -1)
			return -1;
	p->buckets = p->hist[0]->n;
	p->brief = are_parted_briefly(p);
	return 0;
}

void
post_panel_end(struct panel *p)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		post_hist_free(p->hist[i]);
}

/* The heading in at most two lines; the whole of it is told when it does not fit. */
static void
put_title(struct post_buf *b, struct panel *p)
{
	const char *ellipsis = "\u2026";
	struct post_buf plain = { 0 }, last = { 0 };
	struct post_str line[2], rest, heading = p->run[0]->hist->heading;
	unsigned width = (p->conf->width - 2 * PAD) * 100 / 115;	/* bold letters are wider */
	size_t n, i;

	post_xml_plain(&plain, heading.n > 0 ? heading : POST_STR("Histogram"));
	n = post_hist_text_wrap(post_buf_str(&plain), TITLE, width, line, 2, &rest);
	if (rest.n > 0 && n > 0) {
		struct post_str all = { line[n - 1].p, line[n - 1].n };

		post_put(&last, (struct post_str){ all.p, post_hist_text_fit(all, TITLE, width - TITLE * 2) });
		post_puts(&last, ellipsis);
		line[n - 1] = post_buf_str(&last);
	}
	post_puts(b, "<g class=\"title\">");
	if (rest.n > 0) {
		post_puts(b, "<title>");
		post_xml_text(b, heading);
		post_puts(b, "</title>");
	}
	post_putc(b, '\n');
	for (i = 0; i < n; i++, p->top += TITLE + 6)
		post_panel_text(b, PAD * 10, p->top + TITLE, "", line[i]);
	post_puts(b, "</g>\n");
	post_buf_free(&plain);
	post_buf_free(&last);
}

enum { FACTS = 8, AWAY = 14, SWATCH = 18, BOLD = 115 };

/* The facts of a run, one text each, in B; returns how many, and where each ends. */
static size_t
collect_facts(struct post_buf *b, const struct post_hist *h, size_t end[])
{
	static const unsigned percents[] = { 50, 90, 99 };
	size_t n = 0, i;

	post_puts(b, "n ");
	post_putu(b, h->total);
	end[n++] = b->n;
	if (h->stats_label.n > 0) {
		post_puts(b, "min ");
		post_hist_put_signed(b, h->stat[POST_HIST_MIN]);
		end[n++] = b->n;
		post_puts(b, "avg ");
		post_hist_put_signed(b, h->stat[POST_HIST_AVG]);
		end[n++] = b->n;
	}
	if (h->total == 0)
		return n;
	post_hist_put_max(b, h);
	end[n++] = b->n;
	for (i = 0; i < sizeof percents / sizeof *percents; i++) {
		post_hist_put_percentile(b, h, percents[i]);
		if (h->unit.n > 0 && h->unit.n < 8) {
			post_putc(b, ' ');
			post_xml_plain(b, h->unit);
		}
		end[n++] = b->n;
	}
	return n;
}

static unsigned
widest_fact(struct post_str text, const size_t end[], size_t n)
{
	unsigned widest = 0, width;
	size_t k, from = 0;

	for (k = 0; k < n; from = end[k++]) {
		width = post_hist_text_width((struct post_str){ text.p + from, end[k] - from }, SMALL);
		widest = width > widest ? width : widest;
	}
	return widest;
}

/* The facts of run I from X on, in as many lines as they take; below the name when one is too long beside it. */
static void
put_facts(struct post_buf *b, struct panel *p, size_t i, unsigned x)
{
	struct post_buf text = { 0 };
	size_t end[FACTS], n = collect_facts(&text, p->run[i]->hist, end), k, from = 0;
	unsigned begin = x;

	if (p->n > 1 && x + widest_fact(post_buf_str(&text), end, n) > p->conf->width - PAD) {
		begin = x = PAD + SWATCH;
		p->top += LINE;
	}
	for (k = 0; k < n; from = end[k++]) {
		struct post_str s = { text.s + from, end[k] - from };
		unsigned width = post_hist_text_width(s, SMALL);

		if (x > begin && x + width > p->conf->width - PAD) {
			x = begin;
			p->top += LINE;
		}
		post_panel_text(b, x * UINT64_C(10), p->top + SMALL, " class=\"fact\"", s);
		x += width + AWAY;
	}
	p->top += LINE;
	post_buf_free(&text);
}

/* The name of run I beside its colour, cut at its front: its end tells more.  Returns where it ends. */
static unsigned
put_legend(struct post_buf *b, const struct panel *p, size_t i, unsigned widest)
{
	struct post_buf name = { 0 }, plain = { 0 };
	struct post_str s;
	bool cut = false;

	post_hist_put_files(&name, p->run[i], p->conf->name, p->conf->arg);
	put_name(&plain, p, i);
	s = post_buf_str(&plain);
	while (post_hist_text_width(s, SMALL) * BOLD / 100 > widest - (cut ? SMALL : 0)) {
		size_t n;

		(void)post_xml_code(s, &n);
		s = post_str_from(s, n);
		cut = true;
	}
	post_puts(b, "<g><title>");
	post_xml_text(b, post_buf_str(&name));
	post_putf(b, "</title><rect class=\"c%zu\" x=\"%d\" y=\"%u\" width=\"12\" height=\"12\" rx=\"2\"/>", i, PAD, p->top + 1);
	name.n = 0;
	if (cut)
		post_puts(&name, "\u2026");
	post_put(&name, s);
	post_panel_text(b, (PAD + SWATCH) * 10, p->top + SMALL, " class=\"name\"", post_buf_str(&name));
	post_puts(b, "</g>\n");
	post_buf_free(&name);
	post_buf_free(&plain);
	return PAD + SWATCH;
}

/* All names take the same room, so that the facts stand under each other. */
static unsigned
name_room(const struct panel *p)
{
	unsigned most = p->conf->width / 3, widest = 0, width;
	struct post_buf name = { 0 };
	size_t i;

	for (i = 0; i < p->n; i++, name.n = 0) {
		put_name(&name, p, i);
		width = post_hist_text_width(post_buf_str(&name), SMALL) * BOLD / 100;
		widest = width > widest ? width : widest;
	}
	post_buf_free(&name);
	return widest < most ? widest : most;
}

void
post_panel_head(struct post_buf *b, struct panel *p)
{
	unsigned room = name_room(p);
	size_t i;

	put_title(b, p);
	p->top += 4;
	for (i = 0; i < p->n; i++)
		put_facts(b, p, i, p->n == 1 ? PAD : put_legend(b, p, i, room) + room + AWAY);
}
