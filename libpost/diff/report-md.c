/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A comment on a change: GitHub flavoured Markdown under 60,000 bytes.
 *
 * Names are text in it, whatever they hold.  They stand in <code>, in which
 * GitHub, GitLab and Gitea look for no mentions, references, hashes and emoji,
 * and not in backticks, in which no entity is read.  Markdown itself goes on
 * inside <code>, so all that it could take for markup is an entity.  That is
 * not enough for what is looked for when entities are read already (cmark's
 * addresses of mail; the mentions of other renderers), so a <wbr> parts what
 * would make one.  A <wbr> is a place to break the line: unlike U+200B it
 * is nothing to see or to copy, and all sanitizers either keep or drop it.
 */
#include <math.h>
#include "../base/ascii.h"
#include "../base/xml.h"
#include "report-put.h"

enum {
	MOST = 60000,		/* bytes */
	CLOSING = 200,		/* kept for "... and N more" and the end of what is open */
	LINE = 120, FEW = 60,	/* characters of a name in a line of its own or of a table, and in the verdict */
	PATH = 300, WHY = 500,
	FRAMES = 12,		/* of a path */
	CULPRITS = 10, FUNCTIONS = 30, FILES = 10, LISTED = 20
};

struct md {
	const struct post_report	*r;
	struct post_buf			*b;
	struct post_buf			 row;	/* the next one, which may not fit */
	size_t				 end;	/* of b->n */
	size_t				 grown[CULPRITS], n_grown;	/* functions that grew and are no culprits of their own */
};

typedef void	md_row_fn(struct md *, size_t i);

static bool
is_alnum(char c)
{
	return post_is(c, POST_WORD) && c != '_';
}

/* Is C nothing that Markdown could mean something by, between BEFORE and AFTER? */
static bool
stands_for_itself(char before, char c, char after)
{
	if (c == '_')
		return is_alnum(before) && is_alnum(after);
	return is_alnum(c) || (unsigned char)c >= 0x80 || (c != '\0' && strchr(" .,-/;=?%+", c) != NULL);
}

/*
 * May C begin, with what comes after it, a mention or a reference (@a, a@b.c,
 * a#1, GH-1), an address (://, www.) or an emoji (:a:)?
 */
static bool
parts(char c, char after)
{
	switch (c) {
	case '@': case '#':
		return true;
	case ':':
		return after != ':';
	case '-':
		return post_is(after, POST_DIGIT);
	case 'w': case 'W':
		return after == '.';
	default:
		return false;
	}
}

/* S, which has no control characters, as text. */
static void
put_defused(struct post_buf *b, struct post_str s)
{
	size_t hex = 0;		/* digits in a row: with 7 it could be a commit */

	for (size_t i = 0; i < s.n; i++) {
		char before = i > 0 ? s.p[i - 1] : ' ', c = s.p[i], after = i + 1 < s.n ? s.p[i + 1] : ' ';

		if (stands_for_itself(before, c, after))
			post_putc(b, c);
		else
			post_putf(b, "&#%d;", c);
		hex = post_is(c, POST_HEX) ? hex + 1 : 0;
		if ((hex == 6 && post_is(after, POST_HEX)) || parts(c, after)) {
			post_puts(b, "<wbr>");
			hex = 0;
		}
	}
}

static void
put_text(struct post_buf *b, struct post_str s, size_t most)
{
	struct post_buf plain = { 0 }, cut = { 0 };

	post_xml_plain(&plain, s);
	post_report_put_cut(&cut, post_buf_str(&plain), most);
	put_defused(b, post_buf_str(&cut));
	post_buf_free(&plain);
	post_buf_free(&cut);
}

static void
put_code(struct post_buf *b, struct post_str s, size_t most)
{
	post_puts(b, "<code>");
	put_text(b, s, most);
	post_puts(b, "</code>");
}

static void
put_in_verdict(struct post_buf *b, struct post_str s)
{
	put_code(b, s, FEW);
}

static void
put_path(const struct post_report *r, struct post_buf *b, struct post_path path)
{
	struct post_buf text = { 0 };

	post_report_put_path(r, &text, path, FRAMES);
	put_code(b, post_buf_str(&text), PATH);
	post_buf_free(&text);
}

/* Append the row that was made, if there is room. */
static bool
take_row(struct md *m)
{
	bool fits = m->b->n + m->row.n + CLOSING <= m->end;

	if (fits)
		post_put(m->b, post_buf_str(&m->row));
	m->row.n = 0;
	return fits;
}

/* N rows, but no more than MOST of them, and than there is room for. */
static void
put_rows(struct md *m, size_t n, size_t most, md_row_fn *row)
{
	size_t i;

	for (i = 0; i < n && i < most; i++) {
		row(m, i);
		if (!take_row(m))
			break;
	}
	if (i < n)
		post_putf(m->b, "\n... and %zu more\n", n - i);
}

/* A part that is shown when it is asked for.  HEAD stands over the rows, of which there is at least one. */
static void
put_details(struct md *m, const char *title, const char *head, size_t n, size_t most, md_row_fn *row)
{
	if (n == 0)
		return;
	post_putf(&m->row, "\n<details><summary>%s</summary>\n\n%s", title, head);
	if (!take_row(m))
		return;
	put_rows(m, n, most, row);
	post_puts(m->b, "\n</details>\n");
}

static void
put_side(struct md *m, enum post_diff_side side)
{
	size_t n = 0, all = post_runs_of(m->r->runs, side);

	post_putf(m->b, "- %s: ", post_report_side(side));
	post_report_put_size(m->r, m->b, side);
	for (size_t i = 0; i < m->r->runs->n && n < FILES; i++) {
		if (m->r->runs->run[i].side != side)
			continue;
		post_puts(m->b, n++ > 0 ? ", " : ": ");
		put_code(m->b, post_str_of(m->r->runs->run[i].name), FEW);
	}
	if (all > n)
		post_putf(m->b, " and %zu more", all - n);
	post_putc(m->b, '\n');
}

static void
put_head(struct md *m)
{
	const struct post_report *r = m->r;

	post_puts(m->b, "<!-- bt-diff:");
	post_xml_comment(m->b, post_str_of(r->id));
	post_puts(m->b, " -->\n**");
	if (r->diff->verdict == POST_INSUFFICIENT) {
		post_puts(m->b, "insufficient data: ");
		put_text(m->b, post_str_of(r->diff->why), WHY);
	} else
		post_report_verdict_by(r, m->b, put_in_verdict);
	post_puts(m->b, "**\n\n");
	put_side(m, POST_BEFORE);
	put_side(m, POST_AFTER);
	post_putf(m->b, "- compared: %s\n", r->diff->conf.work ? "samples per unit of work" : "shares of the samples of a side");
	if (r->remarks > 0)
		post_putf(m->b, "- **%zu remark%s on the traces**, below\n", r->remarks, r->remarks > 1 ? "s" : "");
}

static void
put_seen(struct md *m, const struct post_change_seen *s)
{
	struct post_buf *b = &m->row;

	post_report_put_amount(m->r, b, s->before);
	post_puts(b, " | ");
	post_report_put_amount(m->r, b, s->after);
	post_puts(b, " | ");
	post_report_put_change(m->r, b, s->delta);
	post_puts(b, " | ");
	post_report_put_relative(b, s);
	post_puts(b, " | ");
	post_report_put_change(m->r, b, s->low);
	post_puts(b, " to ");
	post_report_put_change(m->r, b, s->high);
	post_puts(b, " | ");
	post_report_put_chance(b, s->q);
	post_puts(b, " | ");
}

/* Culprit I of those that are told. */
static const struct post_culprit *
told(const struct md *m, size_t i)
{
	const struct post_culprit *c = m->r->diff->culprit;

	while (!c->told || i-- > 0)
		c++;
	return c;
}

static void
culprit_row(struct md *m, size_t i)
{
	const struct post_culprit *c = told(m, i);
	struct post_change_seen seen = c->plain;

	seen.q = c->seen.q;
	post_putf(&m->row, "| %zu | %s | ", i + 1, post_set_name(c->kind));
	put_code(&m->row, post_report_name(m->r, c->name), LINE);
	post_puts(&m->row, " | ");
	put_seen(m, &seen);
	post_putf(&m->row, "%s |\n", post_label_name(c->label));
}

/* The verdict speaks of these: they come first. */
static void
find_grown(struct md *m)
{
	const struct post_diff *d = m->r->diff;

	for (size_t i = 0; i < d->funcs && m->n_grown < CULPRITS; i++) {
		enum post_report_said said = post_report_said(m->r, &d->func[i]);

		if ((said == POST_SAID_FAILS || said == POST_SAID_GREW) && !post_report_is_culprit(m->r, d->func[i].name))
			m->grown[m->n_grown++] = i;
	}
}

static void
change_row(struct md *m, size_t i)
{
	const struct post_function *f;

	if (i >= m->n_grown) {
		culprit_row(m, i - m->n_grown);
		return;
	}
	f = &m->r->diff->func[m->grown[i]];
	post_puts(&m->row, "| | func | ");
	put_code(&m->row, post_report_name(m->r, f->name), LINE);
	post_puts(&m->row, " | ");
	put_seen(m, &f->told);
	post_puts(&m->row, "grew |\n");
}

static void
put_changes(struct md *m)
{
	find_grown(m);
	if (m->n_grown + post_report_told(m->r) == 0)
		return;
	post_putf(m->b, "\n| rank | kind | frame | base | new | %s | relative | 95%% interval | q | label |\n"
	    "|--:|---|---|--:|--:|--:|--:|--:|--:|---|\n", m->r->diff->conf.work ? "change" : "points");
	put_rows(m, m->n_grown + post_report_told(m->r), CULPRITS, change_row);
}

static void
context_row(struct md *m, size_t i)
{
	const struct post_culprit *c = told(m, i);
	struct post_buf *b = &m->row;

	post_puts(b, "- ");
	put_code(b, post_report_name(m->r, c->name), LINE);
	if (c->path.n > 0) {
		post_puts(b, ", all below ");
		put_path(m->r, b, c->path);
	}
	post_putf(b, ", explains %.0f%% of the change\n", 100 * c->explains);
	for (size_t k = 0; k < c->contexts; k++) {
		post_puts(b, "  - ");
		post_report_put_amount(m->r, b, c->context[k].before);
		post_puts(b, " to ");
		post_report_put_amount(m->r, b, c->context[k].after);
		if (c->context[k].callers.n > 0) {
			post_puts(b, c->kind == POST_SET_PATH ? " in " : " from ");
			put_path(m->r, b, c->context[k].callers);
		} else
			post_puts(b, " at the root");
		post_putc(b, '\n');
	}
}

static void
function_row(struct md *m, size_t i)
{
	static const char *const said[] = { "", "fails", "grew", "moved" };
	const struct post_function *f = &m->r->diff->func[i];

	post_puts(&m->row, "| ");
	put_code(&m->row, post_report_name(m->r, f->name), LINE);
	post_puts(&m->row, " | ");
	put_seen(m, &f->seen);
	post_putf(&m->row, "%s |\n", said[post_report_said(m->r, f)]);
}

/* An option that is cut cannot be used, so it is not shown as one. */
static void
rename_row(struct md *m, size_t i)
{
	const struct post_renamed *c = &m->r->diff->renamed[i];
	struct post_buf option = { 0 };

	post_puts(&m->row, "- ");
	if (post_report_put_option(m->r, &option, c) && option.n <= LINE)
		put_code(&m->row, post_buf_str(&option), LINE);
	else {
		put_code(&m->row, post_report_name(m->r, c->from), LINE);
		post_puts(&m->row, " is now ");
		put_code(&m->row, post_report_name(m->r, c->to), LINE);
	}
	post_putc(&m->row, '\n');
	post_buf_free(&option);
}

static void
budget_row(struct md *m, size_t i)
{
	const struct post_budget *u = &m->r->diff->budget[i];

	post_puts(&m->row, "- ");
	put_code(&m->row, post_str_of(u->text), LINE);
	post_putf(&m->row, ": %.2f%%, %s\n", 100 * u->share, u->exceeded ? "**exceeded**" : "kept");
}

static void
remark_row(struct md *m, size_t i)
{
	post_puts(&m->row, "- ");
	put_text(&m->row, post_str_of(m->r->remark[i]), WHY);
	post_putc(&m->row, '\n');
}

static void
elided_row(struct md *m, size_t i)
{
	const struct post_elided *e = &m->r->diff->elided[i];
	const struct post_cell *cell = &m->r->runs->cell[e->cell];

	post_putf(&m->row, "- %.2f%% ", 100 * e->before);
	put_path(m->r, &m->row, (struct post_path){ cell->frame, cell->n });
	post_putc(&m->row, '\n');
}

static void
detectable_row(struct md *m, size_t i)
{
	double part = post_diff_detectable(m->r->diff, m->r->runs, post_report_shares[i]);

	post_putf(&m->row, "- with %g%% of the samples: ", 100 * post_report_shares[i]);
	if (isfinite(part))
		post_putf(&m->row, "of %.0f%%\n", 100 * part);
	else
		post_puts(&m->row, "none\n");
}

static void
put_all_details(struct md *m)
{
	const struct post_diff *d = m->r->diff;
	struct post_buf head = { 0 };

	put_details(m, "Remarks on the traces", "", m->r->remarks, LISTED, remark_row);
	put_details(m, "Where the samples are", "", post_report_told(m->r), CULPRITS, context_row);
	put_details(m, "Renamed? Compare again with", "", d->renames, LISTED, rename_row);
	put_details(m, "Budgets", "", d->budgets, LISTED, budget_row);
	post_putf(&head, "| function | base | new | %s | relative | 95%% interval | q | |\n|---|--:|--:|--:|--:|--:|--:|---|\n",
	    d->conf.work ? "change" : "points");
	put_details(m, "Functions, the surest changes first", head.s, d->funcs, FUNCTIONS, function_row);
	put_details(m, "Stacks of the base that are gone", "", d->all_elided, d->n_elided < CULPRITS ? d->n_elided : CULPRITS, elided_row);
	if (m->r->explain)
		put_details(m, "Changes of a function that would have been seen four times in five", "", POST_REPORT_SHARES, POST_REPORT_SHARES,
		    detectable_row);
	post_buf_free(&head);
}

/* What the result is by: always there, and short. */
static void
put_settings(const struct post_report *r, struct post_buf *b)
{
	post_puts(b, "\n<details><summary>How it was compared</summary>\n\n- changed: ");
	post_report_put_limits(r, b);
	post_puts(b, "\n- noise: ");
	post_report_put_noise(r, b);
	post_putf(b, "\n- rules for names: <code>%s</code>\n\n</details>\n", r->rules);
}

void
post_report_md(const struct post_report *r, struct post_buf *b)
{
	struct md m = { .r = r, .b = b };
	struct post_buf settings = { 0 };

	put_settings(r, &settings);
	m.end = b->n + MOST - settings.n;
	put_head(&m);
	put_changes(&m);
	put_all_details(&m);
	post_put(b, post_buf_str(&settings));
	post_buf_free(&m.row);
	post_buf_free(&settings);
}
