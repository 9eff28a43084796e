/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows become buckets: which sequence their labels are, what "~" stood for, and what does not fit. */
#include <stdio.h>
#include <stdlib.h>
#include "../base/mem.h"
#include "raw.h"

/* The sequence of the labels, and how far it was followed. */
struct sequence {
	bool		 linear;
	__int128	 interval, anchor;	/* linear: a label is anchor + i * interval */
	__int128	 at;			/* log: the number of the last bucket; linear: its low bound */
};

/* Is LABEL one of a logarithmic histogram?  Then *NUMBER is its bucket's. */
static bool
log_number(int64_t label, int *number)
{
	uint64_t size = label < 0 ? -(uint64_t)label : (uint64_t)label;

	if ((size & (size - 1)) != 0)
		return false;
	*number = size == 0 ? 0 : __builtin_ctzll(size) + 1;
	*number = label < 0 ? -*number : *number;
	return true;
}

/* Do rows I - 1 and I stand side by side? */
static bool
neighbours(const struct post_hist_raw *raw, size_t i)
{
	return !raw->row[i].gap && raw->row[i].mark == '\0' && raw->row[i - 1].mark == '\0';
}

/* The difference that most neighbours have, and a label from which it leads to the next one. */
static void
vote(const struct post_hist_raw *raw, struct sequence *q)
{
	size_t i, votes = 0;

	q->interval = 0;
	for (i = 1; i < raw->n; i++) {
		__int128 d = (__int128)raw->row[i].label - raw->row[i - 1].label;

		if (!neighbours(raw, i) || d <= 0)
			continue;
		if (votes == 0)
			q->interval = d;
		votes = d == q->interval ? votes + 1 : votes - 1;
	}
	q->anchor = raw->row[raw->row[0].mark != '\0' && raw->n > 1 ? 1 : 0].label;
	for (i = 1; i < raw->n; i++)
		if (neighbours(raw, i) && (__int128)raw->row[i].label - raw->row[i - 1].label == q->interval) {
			q->anchor = raw->row[i - 1].label;
			break;
		}
}

/* How many rows stand where a logarithmic, or else a linear, histogram has them. */
static size_t
count_fits(const struct post_hist_raw *raw, const struct sequence *q)
{
	size_t i, fits = 0;
	int a, b;

	for (i = 1; i < raw->n; i++)
		if (q->linear)
			fits += raw->row[i].label - (__int128)raw->row[i - 1].label == q->interval && neighbours(raw, i);
		else
			fits += log_number(raw->row[i - 1].label, &a) && log_number(raw->row[i].label, &b) &&
			    b == a + 1 && neighbours(raw, i);
	return fits;
}

static struct sequence
find_sequence(const struct post_hist_raw *raw)
{
	struct sequence log = { 0 }, linear = { .linear = true };
	size_t i, odd = 0;
	int number;

	vote(raw, &linear);
	for (i = 0; i < raw->n; i++) {
		if (raw->row[i].mark != '\0')
			return linear;
		odd += !log_number(raw->row[i].label, &number);
	}
	if (odd == 0 && count_fits(raw, &log) + 1 >= raw->n)
		return log;
	return count_fits(raw, &log) >= count_fits(raw, &linear) && odd < raw->n ? log : linear;
}

/*
 * How many buckets ROW is behind the last one; 0: it does not fit.  FIRST:
 * there is none before it, GAP: rows may be missing before it.
 */
static uint64_t
step(struct sequence *q, const struct post_hist_row *row, bool first, bool gap)
{
	__int128 at = row->label, d;
	int number;

	if (q->linear)
		at += row->mark == '<' ? -q->interval : row->mark == '>' ? q->interval : 0;
	else if (log_number(row->label, &number))
		at = number;
	else
		return 0;
	if (first ? row->mark == '>' : row->mark == '<')
		return 0;
	if (q->linear && q->interval > 0 && (at - q->anchor) % q->interval != 0)
		return 0;
	d = first ? 1 : at - q->at;
	if (!first && q->linear)
		d = q->interval > 0 ? d / q->interval : d == 0;
	if (d < 1 || (d > 1 && !gap) || d > POST_HIST_ROWS)
		return 0;
	q->at = at;
	return (uint64_t)d;
}

static void
report_row(struct post_hist_reader *r, const struct post_hist_row *row, bool lost, const char *text)
{
	post_hist_report(r, row->line, row->byte, lost, text);
}

/* Put the rows that fit into H; returns how many those are. */
static size_t
fill(struct post_hist_reader *r, struct post_hist *h, struct sequence *q)
{
	struct post_hist_raw *raw = r->raw;
	bool dropped = false, over = false, bounded = false;
	size_t i, fits = 0, cap = 0;
	uint64_t steps;

	for (i = 0; i < raw->n; i++) {
		struct post_hist_row *row = &raw->row[i];
		bool second = bounded && q->linear && q->interval == 0 && row->mark == '\0';

		steps = over || second ? 0 : step(q, row, fits == 0, row->gap || dropped);
		if (steps == 0 || h->n + steps > POST_HIST_ROWS) {
			report_row(r, row, true, "a label that does not fit into the sequence: the row is left out");
			dropped = raw->lost = true;
			continue;
		}
		for (; steps > 0; steps--) {
			h->count = post_room(h->count, h->n, &cap, sizeof *h->count);
			h->count[h->n++] = steps == 1 ? row->count : 0;
		}
		raw->row[fits++] = *row;
		h->under |= row->mark == '<';
		over = row->mark == '>';
		bounded |= row->mark == '\0';
		dropped = false;
	}
	h->over = over;
	return fits;
}

/* Stap draws floor(count / scale) marks: tell rows where it did not. */
static void
check_bars(struct post_hist_reader *r, const struct post_hist *h)
{
	const struct post_hist_raw *raw = r->raw;
	uint64_t max = 0, scale, wrong = 0;
	const struct post_hist_row *first = NULL;
	char text[160];
	size_t i;

	for (i = 0; i < raw->n; i++)
		max = raw->row[i].count > max ? raw->row[i].count : max;
	scale = max <= h->bar_width ? 1 : max / h->bar_width + (max % h->bar_width != 0);
	for (i = raw->n; i-- > 0; )
		if (raw->row[i].bar != raw->row[i].count / scale) {
			first = &raw->row[i];
			wrong++;
		}
	if (wrong == 0 || raw->lost)
		return;
	snprintf(text, sizeof text, wrong == 1 ? "a bar contradicts its count, which is used" :
	    "%llu bars contradict their counts, which are used", (unsigned long long)wrong);
	report_row(r, first, false, text);
}

/* Are there the rows of zero that stap puts behind the last count? */
static bool
has_end(const struct post_hist *h)
{
	if (h->over || (h->kind == POST_HIST_LOG && h->first + (int)h->n - 1 == 63))
		return true;
	return h->n >= 2 && h->count[h->n - 1] == 0 && h->count[h->n - 2] == 0;
}

/* Are the labels those of a linear histogram, too? */
static bool
may_be_linear(const struct post_hist *h)
{
	return h->kind == POST_HIST_LINEAR || h->n <= 2 || (h->first >= -2 && h->first + (int)h->n - 1 <= 2);
}

/* Stap ends a histogram with an empty line, and a logarithmic one with rows of zero before it. */
static void
check_end(struct post_hist_reader *r, const struct post_hist *h, bool ended)
{
	const struct post_hist_raw *raw = r->raw;

	if (raw->lost || has_end(h) || (ended && may_be_linear(h)))
		return;
	report_row(r, &raw->row[raw->n - 1], true, h->kind == POST_HIST_LOG ? "the histogram is cut behind this row" :
	    "the histogram may be cut behind this row: no empty line follows");
}

static size_t
widest_label(const struct post_hist *h)
{
	size_t widest = sizeof "value" - 1, i;
	struct post_buf b = { 0 };

	for (i = 0; i < h->n; i++, b.n = 0) {
		post_hist_put_label(&b, h, i);
		widest = b.n > widest ? b.n : widest;
	}
	post_buf_free(&b);
	return widest;
}

/* How the rows were laid out, so far as counts and labels do not say it. */
static void
keep_layout(const struct post_hist_reader *r, struct post_hist *h)
{
	const struct post_hist_raw *raw = r->raw;
	size_t widest = widest_label(h), indent = r->placed ? r->indent : 0, i;
	bool elided = false;

	h->bar_width = raw->bar_width;
	h->line = raw->line;
	if (h->kind == POST_HIST_LINEAR && raw->head > widest)
		h->label_width = (unsigned)(raw->head - (indent < raw->head - widest ? indent : raw->head - widest));
	for (i = 0; i < raw->n; i++)
		elided |= raw->row[i].elided;
	h->unelided = !elided && !raw->elided && !raw->lost;
	if (!h->unelided)
		return;
	h->unelided = false;
	for (i = 0; i < h->n && !h->unelided; i++)
		h->unelided = post_hist_elided(h, i);
}

static void
keep_heading(struct post_hist_reader *r, struct post_hist *h)
{
	struct post_str heading = post_buf_str(&r->heading);

	post_hist_keep_strings(h, heading, post_hist_unit(heading), post_buf_str(&r->stats_label));
	h->style = r->style;
	h->samples = r->samples;
	memcpy(h->order, r->order, sizeof h->order);
	memcpy(h->stat, r->stat, sizeof h->stat);
}

static void
place(struct post_hist *h, const struct post_hist_raw *raw, const struct sequence *q)
{
	int number = 0;

	h->kind = q->linear ? POST_HIST_LINEAR : POST_HIST_LOG;
	if (q->linear) {
		h->start = raw->row[0].label;
		h->interval = q->interval > INT64_MAX ? INT64_MAX : (int64_t)q->interval;
	} else {
		log_number(raw->row[0].label, &number);
		h->first = number;
	}
}

struct post_hist *
post_hist_build(struct post_hist_reader *r, bool ended)
{
	struct post_hist_raw *raw = r->raw;
	struct post_hist *h;
	struct sequence q;
	size_t i;

	if (raw->n == 0) {
		post_hist_report(r, raw->line, raw->byte, true, "a histogram without rows is left out");
		return NULL;
	}
	h = post_resize(NULL, 1, sizeof *h);
	*h = (struct post_hist){ 0 };
	q = find_sequence(raw);
	raw->n = fill(r, h, &q);
	for (i = 0; i < h->n; i++)
		if (__builtin_add_overflow(h->total, h->count[i], &h->total)) {
			post_hist_report(r, raw->line, raw->byte, true,
			    "the counts of this histogram pass 18446744073709551615 together: it is left out");
			raw->n = 0;
			break;
		}
	if (raw->n == 0) {
		post_hist_free(h);
		return NULL;
	}
	h->count = post_resize(h->count, h->n, sizeof *h->count);
	place(h, raw, &q);
	keep_heading(r, h);
	keep_layout(r, h);
	check_bars(r, h);
	check_end(r, h, ended);
	return h;
}
