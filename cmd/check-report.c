/* SPDX-License-Identifier: BSD-2-Clause */
#include <inttypes.h>
#include "../libpost/trace/rerun.h"
#include "check-files.h"
#include "check-report.h"

enum { WIDTH = 96, INDENT = 4, TOLD_IN_ROW = 4 };

/* How many columns S takes on a terminal: wide characters, all those beyond U+2E80 here, take two. */
static size_t
columns(struct post_str s)
{
	size_t i, n = 0;

	for (i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if ((c & 0xc0) == 0x80)
			continue;
		n += c >= 0xe3 && c < 0xf0 ? 2 : 1;
	}
	return n;
}

static void
pad(struct post_buf *b, size_t from, size_t to)
{
	for (; from < to; from++)
		post_putc(b, ' ');
}

static void
put_padded(struct post_buf *b, struct post_str s, size_t width)
{
	post_put(b, s);
	pad(b, columns(s), width > columns(s) ? width : columns(s) + 2);
}

/* TEXT behind LABEL, its words wrapped under its beginning. */
static void
put_wrapped(struct post_buf *b, const char *label, struct post_str text)
{
	size_t at = INDENT + 8, left = at;

	pad(b, 0, INDENT);
	put_padded(b, post_str_of(label), left - INDENT);
	while (text.n > 0) {
		const char *blank = memchr(text.p, ' ', text.n);
		struct post_str word = { text.p, blank != NULL ? (size_t)(blank - text.p) : text.n };
		size_t n = columns(word);

		if (at > left && at + 1 + n > WIDTH) {
			post_putc(b, '\n');
			pad(b, 0, left);
			at = left;
		} else if (at > left) {
			post_putc(b, ' ');
			at++;
		}
		post_put(b, word);
		at += n;
		text = post_str_from(text, word.n + (blank != NULL));
	}
	post_putc(b, '\n');
}

static void
put_place(struct post_buf *b, const struct check *c, const struct post_finding *f, enum post_lang lang)
{
	struct post_buf text = { 0 };
	const char *name = f->aside ? c->messages[f->first.file] : post_input_name(c->in, f->first.file);

	if (!f->has_place)
		return;
	post_put_shown(&text, post_str_of(name));
	if (f->first.line > 0)
		post_putf(&text, ":%" PRIu64, f->first.line);
	post_putf(&text, ": byte %" PRIu64, f->first.byte);
	put_wrapped(b, check_word(CHECK_FIRST, lang), post_buf_str(&text));
	post_buf_free(&text);
}

static void
put_finding(struct post_buf *b, const struct check *c, const struct post_finding *f, enum post_lang lang)
{
	const char *remedy = post_finding_remedy(f->id, lang);

	post_putf(b, "\n[%s] %s: ", post_severity_name(f->severity, lang), post_finding_name(f->id));
	post_finding_put(b, f, lang);
	post_putc(b, '\n');
	put_place(b, c, f, lang);
	put_wrapped(b, check_word(CHECK_MEANS, lang), post_str_of(post_finding_meaning(f->id, lang)));
	if (*remedy != '\0')
		put_wrapped(b, check_word(CHECK_REMEDY, lang), post_str_of(remedy));
}

static enum check_word
weight_word(const struct post_account *a)
{
	switch (post_weight_of(a)) {
	case POST_WEIGHT_SAMPLES:
		return CHECK_SAMPLES;
	case POST_WEIGHT_SUMS:
		return CHECK_SUMS;
	default:
		return CHECK_UNKNOWN_WEIGHT;
	}
}

static void
put_sums(struct post_buf *b, const struct post_account *a, enum post_lang lang)
{
	pad(b, 0, INDENT);
	post_putf(b, "%s ", check_word(CHECK_TOTAL, lang));
	post_put_count(b, a->total);
	post_putf(b, " (%s), %s %" PRIu64 ", %s %" PRIu64 ", %s %" PRIu64 "\n", check_word(weight_word(a), lang),
	    check_word(CHECK_STACKS, lang), a->stacks, check_word(CHECK_FRAMES, lang), a->frames,
	    check_word(CHECK_DEEPEST, lang), a->deepest);
	if (a->folded == 0)
		return;
	pad(b, 0, INDENT);
	post_puts(b, check_word(CHECK_FOLDED, lang));
	post_putc(b, '\n');
}

static void
put_left_out(struct post_buf *b, const struct check *c, enum post_lang lang)
{
	struct post_str module;
	enum post_dash_d why;
	uint32_t at = 0;

	while (post_rerun_left_out(&c->run.account, &at, &module, &why)) {
		pad(b, 0, INDENT);
		post_putf(b, "%s: ", check_word(CHECK_NOT_GIVEN, lang));
		post_put_shown(b, module);
		post_putf(b, " (%s)\n", check_word(check_why(why), lang));
	}
}

static void
put_command(struct post_buf *b, const struct check *c, enum post_rerun_form form, enum post_lang lang)
{
	struct post_buf line = { 0 };

	if (post_rerun_put(&line, form, &c->run.account, &c->findings)) {
		pad(b, 0, INDENT);
		post_put(b, post_buf_str(&line));
		post_putc(b, '\n');
	}
	if (post_str_starts(post_buf_str(&line), POST_STR("sed "))) {
		pad(b, 0, INDENT);
		post_puts(b, check_word(CHECK_EDITED, lang));
		post_putc(b, '\n');
	}
	post_buf_free(&line);
}

/* Nothing when there is nothing to do better. */
static void
put_rerun(struct post_buf *b, const struct check *c, enum post_lang lang)
{
	struct post_buf rerun = { 0 };

	put_command(&rerun, c, POST_RERUN_TOOLKIT, lang);
	put_command(&rerun, c, POST_RERUN_STAPXX, lang);
	put_left_out(&rerun, c, lang);
	if (rerun.n > 0) {
		post_putf(b, "\n%s:\n", check_word(CHECK_NEXT_TIME, lang));
		post_put(b, post_buf_str(&rerun));
	}
	post_buf_free(&rerun);
}

static void
put_remarks(struct post_buf *b, const struct post_account *a, enum post_lang lang)
{
	if (a->n_remark > 0)
		post_putf(b, "\n%s:\n", check_word(CHECK_BEFORE, lang));
	for (size_t i = 0; i < a->n_remark; i++) {
		pad(b, 0, INDENT);
		post_put_shown(b, a->remark[i].text);
		post_putc(b, '\n');
	}
}

void
check_put_report(struct post_buf *b, const struct check *c, enum post_lang lang)
{
	post_put_shown(b, post_str_of(c->name));
	post_putf(b, ": %s\n", check_word(c->unreadable ? CHECK_UNREADABLE : check_worth(post_worth_of(c->worst)), lang));
	if (c->unreadable)
		return;
	put_sums(b, &c->run.account, lang);
	for (size_t i = 0; i < c->findings.n; i++)
		put_finding(b, c, &c->findings.v[i], lang);
	put_remarks(b, &c->run.account, lang);
	if (c->inspected) {
		post_putf(b, "\n%s:\n", check_word(CHECK_FILES, lang));
		check_files_put_text(b, &c->files, lang);
	}
	put_rerun(b, c, lang);
}

/* Columns of the table behind the name. */
enum { VERDICT = 18, NUMBER = 12 };

static void
put_right(struct post_buf *b, struct post_str s)
{
	pad(b, columns(s), NUMBER);
	post_put(b, s);
}

void
check_put_head(struct post_buf *b, size_t name_columns, enum post_lang lang)
{
	static const enum check_word numbers[] = { CHECK_TOTAL, CHECK_STACKS, CHECK_DEEPEST };

	put_padded(b, post_str_of(check_word(CHECK_TRACE, lang)), name_columns + 2);
	put_padded(b, post_str_of(check_word(CHECK_VERDICT, lang)), VERDICT);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		put_right(b, post_str_of(check_word(numbers[i], lang)));
	post_putf(b, "  %s\n", check_word(CHECK_FINDINGS, lang));
}

static void
put_numbers(struct post_buf *b, const struct post_account *a)
{
	struct post_buf n = { 0 };

	post_put_count(&n, a->total);
	put_right(b, post_buf_str(&n));
	n.n = 0;
	post_putu(&n, a->stacks);
	put_right(b, post_buf_str(&n));
	n.n = 0;
	post_putu(&n, a->deepest);
	put_right(b, post_buf_str(&n));
	post_buf_free(&n);
}

void
check_put_row(struct post_buf *b, const struct check *c, size_t name_columns, enum post_lang lang)
{
	enum check_word word = c->unreadable ? CHECK_UNREADABLE : check_worth(post_worth_of(c->worst));
	struct post_buf name = { 0 };
	size_t told = 0;

	post_put_shown(&name, post_str_of(c->name));
	put_padded(b, post_buf_str(&name), name_columns + 2);
	post_buf_free(&name);
	if (c->unreadable) {
		post_puts(b, check_word(word, lang));
		post_putc(b, '\n');
		return;
	}
	put_padded(b, post_str_of(check_word(word, lang)), VERDICT);
	put_numbers(b, &c->run.account);
	for (size_t i = 0; i < c->findings.n && c->findings.v[i].severity > POST_INFO; i++, told++)
		if (told < TOLD_IN_ROW)
			post_putf(b, "%s%s", told == 0 ? "  " : ", ", post_finding_name(c->findings.v[i].id));
	if (told > TOLD_IN_ROW)
		post_putf(b, ", +%zu", told - TOLD_IN_ROW);
	post_putc(b, '\n');
}
