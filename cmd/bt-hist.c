/* SPDX-License-Identifier: BSD-2-Clause */
/* bt-hist - histograms of @hist_log and @hist_linear as a picture, a table, or redrawn. */
#include <inttypes.h>
#include <langinfo.h>
#include <locale.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "../libpost/hist/svg.h"
#include "tool.h"

struct conf {
	struct tool_common	common;
	bool			tsv, json, text, stap, sum;
	uint64_t		width;		/* 0: as the output has it */
	const char		*title;
};

#define AT(field)	offsetof(struct conf, field)
static const struct post_opt opts[] = {
	{ 't', "text", NULL, "redraw for the terminal", POST_OPT_FLAG, AT(text), NULL },
	{ 0, "tsv", NULL, "a table: a row for each bucket", POST_OPT_FLAG, AT(tsv), NULL },
	{ 0, "json", NULL, "the same as JSON, with percentiles", POST_OPT_FLAG, AT(json), NULL },
	{ 0, "stap", NULL, "as stap prints them", POST_OPT_FLAG, AT(stap), NULL },
	{ 's', "sum", NULL, "add the histograms that have the same heading", POST_OPT_FLAG, AT(sum), NULL },
	{ 0, "title", "TEXT", "the title of the picture", POST_OPT_TEXT, AT(title), NULL },
	{ 'w', "width", "N", "pixels of the picture, 960 by default, or columns of --text", POST_OPT_COUNT, AT(width), NULL },
	{ 'o', "output", "FILE", "write FILE, whole or not at all, instead of standard output", POST_OPT_FILE, AT(common.output), NULL },
	{ 0, "memory", "SIZE", "the largest zstd window to accept, 128M by default, at most 2G", POST_OPT_SIZE, AT(common.memory), NULL },
	{ 'q', "quiet", NULL, "say nothing on standard error unless something is left out", POST_OPT_FLAG, AT(common.quiet), NULL },
	{ 0, "completion", "SHELL", "print completions for bash, zsh or fish and exit", POST_OPT_TEXT, AT(common.completion), NULL },
	{ 0 }
};
static const struct post_tool tool = {
	.name = "bt-hist", .operands = "[file ...]", .opts = opts,
	.does = "Draw the histograms that stap scripts print.",
};

/* What was read, and from where. */
struct reading {
	const struct conf	*conf;
	struct post_input	*in;
	uint32_t		 file;
	struct post_hist_set	 set;
	struct post_records	 records;
	bool			 lost;
};

static bool
is_picture(const struct conf *c)
{
	return !c->tsv && !c->json && !c->text && !c->stap;
}

static void
take_histogram(void *arg, struct post_hist *h)
{
	struct reading *r = arg;

	post_hist_set_add(&r->set, h, r->file);
}

static void
take_record(void *arg, const struct post_record *record)
{
	struct reading *r = arg;

	post_records_add(&r->records, record, r->file);
}

static void
report(void *arg, const struct post_err *err, bool lost)
{
	struct reading *r = arg;

	r->lost |= lost;
	if (lost || !r->conf->common.quiet)
		tool_warn(&tool, post_input_name(r->in, r->file), err);
}

static const char *
operand_name(const void *arg, uint32_t file)
{
	return post_input_name(arg, file);
}

/* More than a picture holds: no need to read on. */
static bool
is_too_much(const struct reading *r)
{
	return is_picture(r->conf) && r->set.npanel > POST_HIST_PANELS;
}

static void
read_block(const struct reading *r, struct post_hist_reader *reader, const struct post_block *b)
{
	size_t at = 0, n;

	for (; at < b->n && !is_too_much(r); at += n) {
		const char *nl = memchr(b->p + at, '\n', b->n - at);

		n = nl != NULL ? (size_t)(nl + 1 - (b->p + at)) : b->n - at;
		post_hist_read_line(reader, (struct post_str){ b->p + at, n - (nl != NULL) }, nl != NULL, b->byte + at);
	}
	if (b->last)
		post_hist_read_end(reader);
}

/* Read the input; the sampler's words when it found nothing are in READER. */
static void
read_all(struct reading *r, struct post_hist_reader *reader)
{
	struct post_block *b;

	*reader = (struct post_hist_reader){ .hist = take_histogram, .record = take_record, .report = report, .arg = r };
	while (!is_too_much(r) && (b = post_input_next(r->in)) != NULL) {
		r->file = b->file;
		read_block(r, reader, b);
		post_input_release(r->in, b);
	}
	post_hist_read_free(reader);
}

static void
say(const char *text, const char *what)
{
	struct post_err err;

	post_fail(&err, POST_EFORMAT, "%s%s%s", text, what != NULL ? ": " : "", what != NULL ? what : "");
	tool_warn(&tool, NULL, &err);
}

/* What --sum could not add to the others of its heading. */
static void
tell_sums(struct reading *r)
{
	static const char *const texts[] = {
		"--sum: some histograms have other buckets than others of their heading: they stand for themselves",
		"--sum: some histograms are not in the sum of their heading, which would pass 18446744073709551615: they stand for themselves",
		"--sum: some histograms are not in the sum of their heading, which would have over 4096 buckets: they stand for themselves",
		"--sum: some histograms are in none of the 256 sums of their heading: they stand for themselves"
	};
	int why;

	for (why = 0; why < POST_HIST_APARTS; why++) {
		if (r->set.apart[why] == 0)
			continue;
		r->lost |= why != POST_HIST_OTHER;
		if (why != POST_HIST_OTHER || !r->conf->common.quiet)
			say(texts[why], NULL);
	}
}

/* Is there what is to be written?  Says so when there is not. */
static bool
has_something(const struct reading *r, const struct post_hist_reader *reader)
{
	if (r->set.n > 0 || (r->records.n > 0 && (r->conf->tsv || r->conf->json)))
		return true;
	if (post_input_status(r->in) == TOOL_TROUBLE)
		return false;
	if (r->records.n > 0)
		say("no histogram in the input, only lines that --tsv and --json give", NULL);
	else if (reader->no_samples)
		say("no data: the trace says", reader->said);
	else
		say("no histogram in the input", NULL);
	return false;
}

/* Columns of --text: those asked for, of the environment, of the terminal. */
static unsigned
columns(const struct conf *c)
{
	const char *env = getenv("COLUMNS");
	struct winsize size;
	uint64_t n = c->width;

	if (n == 0 && (env == NULL || post_parse_count(env, &n) == -1))
		n = 0;
	if (n == 0 && c->common.output == NULL && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		n = size.ws_col;
	n = n == 0 ? 80 : n;
	return n < 40 ? 40 : n > 1000 ? 1000 : (unsigned)n;
}

static void
write_texts(struct post_out *out, const struct reading *r, bool several)
{
	bool unicode = setlocale(LC_CTYPE, "") != NULL && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	unsigned wide = columns(r->conf);
	struct post_buf files = { 0 };
	size_t i;

	for (i = 0; i < r->set.n; i++, files.n = 0) {
		if (i > 0)
			post_putc(&out->buf, '\n');
		if (several)
			post_hist_put_files(&files, &r->set.run[i], operand_name, r->in);
		post_hist_put_text(&out->buf, r->set.run[i].hist, files.n > 0 ? post_buf_str(&files) : POST_STR(""), wide, unicode);
		post_out_tick(out);
	}
	post_buf_free(&files);
}

static void
write_picture(struct post_out *out, const struct reading *r)
{
	const struct conf *c = r->conf;
	struct post_hist_svg svg = { .title = c->title, .name = operand_name, .arg = r->in,
	    .width = c->width == 0 ? POST_HIST_WIDTH : c->width < UINT32_MAX ? (unsigned)c->width : UINT32_MAX };
	struct post_err err;

	if (post_hist_svg_write(out, &r->set, &svg, &err) == -1)
		tool_fail(&tool, &err);
}

static void
write_all(struct post_out *out, const struct reading *r, bool several)
{
	size_t i;

	if (r->conf->tsv)
		post_hist_put_tsv(out, &r->set, &r->records, operand_name, r->in);
	else if (r->conf->json)
		post_hist_put_json(out, &r->set, &r->records, operand_name, r->in);
	else if (r->conf->text)
		write_texts(out, r, several);
	else if (r->conf->stap)
		for (i = 0; i < r->set.n; i++) {
			post_hist_put_stap(&out->buf, r->set.run[i].hist);
			post_out_tick(out);
		}
	else
		write_picture(out, r);
}

static int
status_of(const struct reading *r)
{
	int status = post_input_status(r->in);

	return status == TOOL_DONE && r->lost ? TOOL_PARTLY : status;
}

static void
check(const struct conf *c)
{
	struct post_err err;

	if (c->tsv + c->json + c->text + c->stap > 1)
		post_fail(&err, POST_EUSAGE, "--text, --tsv, --json and --stap exclude each other");
	else if (is_picture(c) && c->width != 0 && (c->width < POST_HIST_NARROWEST || c->width > POST_HIST_WIDEST))
		post_fail(&err, POST_EUSAGE, "--width: %d to %d pixels, not %" PRIu64, POST_HIST_NARROWEST, POST_HIST_WIDEST, c->width);
	else
		return;
	tool_usage(&tool, &err);
}

int
main(int argc, char *argv[])
{
	struct conf c = { 0 };
	int first = tool_options(&tool, argc, argv, &c), status;
	struct reading r = { .conf = &c, .set.sum = c.sum, .set.single = !is_picture(&c) };
	struct post_hist_reader reader;
	struct post_out out;

	check(&c);
	r.in = tool_input_lines(&tool, &c.common, argv + first, argc - first);
	tool_open(&tool, &c.common, &out);
	read_all(&r, &reader);
	tell_sums(&r);
	if (has_something(&r, &reader)) {
		write_all(&out, &r, argc - first > 1);
		status = status_of(&r);
	} else
		status = TOOL_TROUBLE;
	post_hist_set_free(&r.set);
	post_records_free(&r.records);
	post_input_free(r.in);
	return tool_close(&tool, &out, status);
}
