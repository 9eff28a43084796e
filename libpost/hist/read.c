/* SPDX-License-Identifier: BSD-2-Clause */
/* Line after line: which ones are a histogram's, and which tell what it counted. */
#include <stdio.h>
#include <stdlib.h>
#include "../base/ascii.h"
#include "../base/mem.h"
#include "../trace/line.h"
#include "raw.h"

/* U+FEFF, where a file of UTF-8 begins; in what cat(1) makes, further down. */
static const struct post_str mark = POST_STR("\xef\xbb\xbf");

/* LINE without colours; it may have to be copied. */
static struct post_str
without_colour(struct post_hist_reader *r, struct post_str line)
{
	size_t i = 0;

	if (line.n == 0 || memchr(line.p, '\033', line.n) == NULL)
		return line;
	r->plain.n = 0;
	while (i < line.n) {
		if (line.p[i] != '\033') {
			post_putc(&r->plain, line.p[i++]);
			continue;
		}
		if (++i < line.n && line.p[i] == '[')
			for (i++; i < line.n && (line.p[i] < '@' || line.p[i] > '~'); i++)
				;
		i += i < line.n;
	}
	return r->plain.n > 0 ? post_buf_str(&r->plain) : POST_STR("");
}

static struct post_str
clean(struct post_hist_reader *r, struct post_str line)
{
	size_t tabs = 0;

	line = post_trim_end(without_colour(r, line));
	while (tabs < line.n && line.p[tabs] == '\t')
		tabs++;
	return post_str_from(line, tabs);
}

static bool
begins_with(struct post_str s, const struct post_str *words, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (post_str_starts(s, words[i]))
			return true;
	return false;
}

/* What stap says, perhaps in the middle of a histogram. */
static bool
is_message(struct post_str s)
{
	enum post_note note = post_noise(s);

	return note == POST_NOTE_WARNING || note == POST_NOTE_ERROR || note == POST_NOTE_PASS;
}

/* What the samplers say before they have counted: it is no heading. */
static bool
is_banner(struct post_str s)
{
	static const struct post_str words[] = {
		POST_STR("Tracing "), POST_STR("Start tracing "), POST_STR("Hit Ctrl-C"), POST_STR("Please wait"), POST_STR("Wait for "),
		POST_STR("Sampling for "), POST_STR("Exiting..."), POST_STR("Time's up"), POST_STR("SYN queue length limit:"),
		POST_STR("Accept queue length limit:"), POST_STR("$ "), POST_STR("# "), POST_STR("```"), POST_STR("Found exact match"),
		POST_STR("Ignored ambiguous library")
	};

	return begins_with(s, words, sizeof words / sizeof *words);
}

/* "No samples found yet.", "No file reads observed so far.", "ERROR: empty aggregate near identifier '@avg' at ..." */
static bool
is_nothing_found(struct post_str s)
{
	static const struct post_str empty = POST_STR("empty aggregate");

	if (post_noise(s) == POST_NOTE_ERROR)
		return memmem(s.p, s.n, empty.p, empty.n) != NULL;
	return post_str_starts(s, POST_STR("No ")) &&
	    (post_str_ends(s, POST_STR(" found yet.")) || post_str_ends(s, POST_STR(" observed so far.")));
}

static void
forget_heading(struct post_hist_reader *r)
{
	r->heading.n = r->stats_label.n = 0;
	r->style = POST_HEAD_NONE;
	r->samples = r->placed = false;
}

static void
set(struct post_buf *b, struct post_str s)
{
	b->n = 0;
	post_put(b, s);
}

static void
take_heading(struct post_hist_reader *r, struct post_str s, size_t indent)
{
	struct post_str heading = post_hist_parse_heading(s, &r->style, &r->samples);

	if (r->style == POST_HEAD_BARS || post_str_starts(heading, POST_STR("Distribution of ")))
		r->stats_label.n = 0;
	set(&r->heading, heading);
	r->indent = indent;
	r->placed = true;
}

static void
close_histogram(struct post_hist_reader *r, bool ended)
{
	struct post_hist *h = post_hist_build(r, ended);

	r->open = false;
	forget_heading(r);
	if (h != NULL)
		r->hist(r->arg, h);
}

static void
open_histogram(struct post_hist_reader *r, size_t columns, unsigned width)
{
	struct post_hist_raw *raw = r->raw;

	if (raw == NULL)
		raw = r->raw = post_resize(NULL, 1, sizeof *raw);
	else
		free(raw->row);
	*raw = (struct post_hist_raw){ .head = columns, .bar_width = width, .line = r->line, .byte = r->byte };
	r->open = true;
	r->headless = false;
}

static void
lose_row(struct post_hist_reader *r, const char *text)
{
	post_hist_report(r, r->line, r->byte, true, text);
	r->raw->gap = r->raw->lost = true;
}

static void
push_row(struct post_hist_reader *r, struct post_hist_row *row)
{
	struct post_hist_raw *raw = r->raw;

	if (raw->n >= POST_HIST_ROWS) {
		if (!raw->lost)
			lose_row(r, "a histogram of over 4096 rows: the rest is left out");
		return;
	}
	row->line = r->line;
	row->byte = r->byte;
	row->gap = raw->gap;
	row->elided = raw->elided;
	raw->gap = raw->elided = false;
	raw->row = post_room(raw->row, raw->n, &raw->cap, sizeof *raw->row);
	raw->row[raw->n++] = *row;
}

/* A line inside a histogram.  Is it one of its lines? */
static bool
in_histogram(struct post_hist_reader *r, struct post_str line, struct post_str s, bool ended)
{
	struct post_hist_raw *raw = r->raw;
	struct post_hist_row row = { 0 };

	if (post_str_eq(s, POST_STR("~"))) {
		raw->gap = raw->elided = true;
		return true;
	}
	switch (post_hist_parse_row(s, &row)) {
	case POST_ROW_NONE:
		return is_message(s);
	case POST_ROW_DAMAGED:
		lose_row(r, "a row without its count is left out");
		return true;
	case POST_ROW_RANGE:
		lose_row(r, "a number that is too large: the row is left out");
		return true;
	case POST_ROW_GOOD:
		break;
	}
	if (!ended && line.n < raw->length) {
		lose_row(r, "the last row is cut, and left out");
		return true;
	}
	raw->length = line.n;
	push_row(r, &row);
	return true;
}

/* A line between histograms. */
static void
between(struct post_hist_reader *r, struct post_str s, size_t indent)
{
	struct post_hist_row row = { 0 };
	struct post_record record;
	struct post_str label;

	while (post_hist_take(&s, mark) || post_hist_take(&s, POST_STR("^C")))	/* the terminal's echo, in front of what comes next */
		s = post_str_from(s, post_span(s, POST_SPACE));
	if (s.n == 0)
		return;
	if (post_hist_parse_row(s, &row) == POST_ROW_GOOD) {
		if (!r->headless)
			post_hist_report(r, r->line, r->byte, true, "rows of a histogram without its head are left out");
		r->headless = true;
	} else if (post_hist_parse_record(s, &record)) {
		r->record(r->arg, &record);
	} else if (is_nothing_found(s)) {
		r->no_samples = true;
		snprintf(r->said, sizeof r->said, "%.*s", (int)(s.n < sizeof r->said ? s.n : sizeof r->said - 1), s.p);
	} else if (post_hist_parse_stats(s, &label, r->order, r->stat)) {
		set(&r->stats_label, label);
		r->indent = r->placed && r->indent < indent ? r->indent : indent;
		r->placed = true;
	} else if (!is_message(s) && !is_banner(s) && !post_str_eq(s, POST_STR("~")))
		take_heading(r, s, indent);
}

void
post_hist_read_line(struct post_hist_reader *r, struct post_str line, bool ended, uint64_t byte)
{
	struct post_str s;
	size_t columns, indent;
	unsigned width;

	r->line++;
	r->byte = byte;
	(void)post_hist_take(&line, mark);
	line = clean(r, line);
	indent = post_span(line, POST_SPACE);
	s = post_str_from(line, indent);
	if (s.n == 0) {
		if (r->open)
			close_histogram(r, true);
		r->headless = false;
		return;
	}
	if (r->open && in_histogram(r, line, s, ended))
		return;
	if (r->open)
		close_histogram(r, false);
	if (post_hist_parse_head(line, &columns, &width))
		open_histogram(r, columns, width);
	else
		between(r, s, indent);
}

void
post_hist_read_end(struct post_hist_reader *r)
{
	if (r->open)
		close_histogram(r, false);
	forget_heading(r);
	r->headless = false;
	r->line = 0;
}

void
post_hist_read_free(struct post_hist_reader *r)
{
	if (r->raw != NULL)
		free(r->raw->row);
	free(r->raw);
	r->raw = NULL;
	post_buf_free(&r->plain);
	post_buf_free(&r->heading);
	post_buf_free(&r->stats_label);
}
