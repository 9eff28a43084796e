/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For people.  Names come last in their lines, whole, and never first: a log
 * of a CI job obeys lines that begin with "::".
 */
#include <math.h>
#include "report-put.h"

enum {
	LABEL = 12,		/* columns of what stands before a line */
	LISTED = 40,		/* functions of a list */
	ELIDED = 3,
	PATH = 24,		/* frames */
	RULES = 12,		/* digits of the hash */
	INTERVAL = 4		/* " .. " */
};

static const double apart = 0.5;	/* gone of the base: two sides that have little in common */
static const double elided_least = .001;	/* of the base */

#define BOLD	"\33[1m"
#define MORE	"\33[38;5;208m"		/* orange and blue: told apart by all eyes, on light and on dark */
#define LESS	"\33[38;5;33m"
#define PLAIN	"\33[0m"

static void
paint(const struct post_report *r, struct post_buf *b, const char *code)
{
	if (r->color)
		post_puts(b, code);
}

static void
pad(struct post_buf *b, size_t n)
{
	while (n-- > 0)
		post_putc(b, ' ');
}

static void
put_label(struct post_buf *b, const char *label)
{
	post_putf(b, "%-*s", LABEL, label);
}

/* What was appended behind FROM is moved to the right end of WIDTH columns, and a blank follows. */
static void
align_right(struct post_buf *b, size_t from, size_t width)
{
	size_t n = b->n - from, blank = n < width ? width - n : 0;

	pad(b, blank + 1);
	memmove(b->s + from + blank, b->s + from, n);
	memset(b->s + from, ' ', blank);
	b->s[b->n - 1] = ' ';
}

static size_t
amount_width(const struct post_report *r)
{
	return r->diff->conf.work ? 10 : 7;
}

static void
put_amount(const struct post_report *r, struct post_buf *b, double v)
{
	size_t from = b->n;

	post_report_put_amount(r, b, v);
	align_right(b, from, amount_width(r));
}

static void
put_interval(const struct post_report *r, struct post_buf *b, const struct post_change_seen *s)
{
	size_t from = b->n;

	post_report_put_change(r, b, s->low);
	post_puts(b, " .. ");
	post_report_put_change(r, b, s->high);
	align_right(b, from, 2 * amount_width(r) + INTERVAL);
}

static void
put_change(const struct post_report *r, struct post_buf *b, const struct post_change_seen *s)
{
	size_t from;

	paint(r, b, s->delta > 0 ? MORE : LESS);
	from = b->n;
	post_report_put_change(r, b, s->delta);
	align_right(b, from, amount_width(r) + 1);
	from = b->n;
	post_report_put_relative(b, s);
	align_right(b, from, 8);
	paint(r, b, PLAIN);
}

static void
put_side(const struct post_report *r, struct post_buf *b, enum post_diff_side side)
{
	const char *between = ": ";

	put_label(b, post_report_side(side));
	post_report_put_size(r, b, side);
	for (size_t i = 0; i < r->runs->n; i++) {
		if (r->runs->run[i].side != side)
			continue;
		post_puts(b, between);
		post_report_put_log(b, post_str_of(r->runs->run[i].name));
		between = ", ";
	}
	post_putc(b, '\n');
}

static void
put_head(const struct post_report *r, struct post_buf *b)
{
	put_label(b, "mode");
	post_putf(b, "%s: %s\n", post_report_mode(r),
	    r->diff->conf.work ? "samples per unit of work" : "percent of the samples of a side; changes in points");
	put_side(r, b, POST_BEFORE);
	put_side(r, b, POST_AFTER);
	put_label(b, "noise");
	post_report_put_noise(r, b);
	post_putc(b, '\n');
	put_label(b, "changed");
	post_report_put_limits(r, b);
	post_putc(b, '\n');
	put_label(b, "rules");
	post_putf(b, "%.*s\n", RULES, r->rules);
	for (size_t i = 0; i < r->remarks; i++) {
		put_label(b, "remark");
		post_report_put_log(b, post_str_of(r->remark[i]));
		post_putc(b, '\n');
	}
}

static void
put_title(const struct post_report *r, struct post_buf *b)
{
	int width = (int)amount_width(r);

	paint(r, b, BOLD);
	post_putf(b, "\n  # kind %*s %*s %*s %8s %*s %8s  %-11s  frame\n", width, "base", width, "new", width + 1,
	    r->diff->conf.work ? "change" : "points", "relative", 2 * width + INTERVAL, "95% interval", "q", "label");
	paint(r, b, PLAIN);
}

static void
put_named_path(const struct post_report *r, struct post_buf *b, struct post_path path)
{
	struct post_buf text = { 0 };

	post_report_put_path(r, &text, path, PATH);
	post_report_put_log(b, post_buf_str(&text));
	post_buf_free(&text);
}

static void
put_contexts(const struct post_report *r, struct post_buf *b, const struct post_culprit *c)
{
	for (size_t i = 0; i < c->contexts; i++) {
		const struct post_context *at = &c->context[i];

		pad(b, 9);
		put_amount(r, b, at->before);
		put_amount(r, b, at->after);
		if (at->callers.n == 0)
			post_puts(b, "at the root");
		else {
			post_puts(b, c->kind == POST_SET_PATH ? "in " : "from ");
			put_named_path(r, b, at->callers);
		}
		post_putc(b, '\n');
	}
}

static void
put_explained(const struct post_report *r, struct post_buf *b, const struct post_culprit *c)
{
	pad(b, 9);
	post_putf(b, "explains %.0f%% of the change", 100 * c->explains);
	if (c->path.n > 0) {
		post_puts(b, ": all below ");
		put_named_path(r, b, c->path);
	}
	post_putc(b, '\n');
}

static void
put_culprit(const struct post_report *r, struct post_buf *b, const struct post_culprit *c, size_t rank)
{
	size_t from;

	post_putf(b, "%3zu %-4s ", rank, post_set_name(c->kind));
	put_amount(r, b, c->plain.before);
	put_amount(r, b, c->plain.after);
	put_change(r, b, &c->plain);
	put_interval(r, b, &c->plain);
	from = b->n;
	post_report_put_chance(b, c->seen.q);
	align_right(b, from, 8);
	post_putf(b, " %-11s  ", c->label == POST_LABEL_NONE ? "-" : post_label_name(c->label));
	post_report_put_log(b, post_report_name(r, c->name));
	post_putc(b, '\n');
	put_explained(r, b, c);
	put_contexts(r, b, c);
}

static void
put_culprits(const struct post_report *r, struct post_buf *b)
{
	size_t rank = 0;

	if (post_report_told(r) > 0)
		put_title(r, b);
	for (size_t i = 0; i < r->diff->culprits; i++)
		if (r->diff->culprit[i].told)
			put_culprit(r, b, &r->diff->culprit[i], ++rank);
}

/* Functions of which this is to be said, and that the table does not have. */
static void
put_functions(const struct post_report *r, struct post_buf *b, enum post_report_said said, const char *label)
{
	size_t n = 0;

	for (size_t i = 0; i < r->diff->funcs; i++) {
		const struct post_function *f = &r->diff->func[i];

		if (post_report_said(r, f) != said || (said != POST_SAID_MOVED && said != POST_SAID_SHARE && post_report_is_culprit(r, f->name)) || n++ >= LISTED)
			continue;
		put_label(b, label);
		post_report_put_seen(r, b, &f->told);
		post_puts(b, ": ");
		post_report_put_log(b, post_report_name(r, f->name));
		post_putc(b, '\n');
	}
	if (n > LISTED) {
		put_label(b, label);
		post_putf(b, "and %zu more\n", n - LISTED);
	}
}

static void
put_renames(const struct post_report *r, struct post_buf *b)
{
	for (size_t i = 0; i < r->diff->renames && i < LISTED; i++) {
		const struct post_renamed *c = &r->diff->renamed[i];

		put_label(b, "renamed?");
		if (!post_report_put_option(r, b, c)) {
			post_report_put_log(b, post_report_name(r, c->from));
			post_puts(b, " is now ");
			post_report_put_log(b, post_report_name(r, c->to));
			post_puts(b, " (no --map can be pasted: it would not be these bytes)");
		}
		post_putc(b, '\n');
	}
	if (r->diff->renames > LISTED) {
		put_label(b, "renamed?");
		post_putf(b, "and %zu more; where it is a prefix, one line of a --map-file takes it off\n", r->diff->renames - LISTED);
	}
}

static void
put_budgets(const struct post_report *r, struct post_buf *b)
{
	for (size_t i = 0; i < r->diff->budgets; i++) {
		const struct post_budget *u = &r->diff->budget[i];

		put_label(b, "budget");
		post_putf(b, "%.2f%%, %s: ", 100 * u->share, u->exceeded ? "exceeded" : "kept");
		post_report_put_log(b, post_str_of(u->text));
		post_putc(b, '\n');
	}
}

/* How much is gone, and the stacks that anybody could miss. */
static void
put_elided(const struct post_report *r, struct post_buf *b)
{
	if (r->diff->all_elided == 0)
		return;
	put_label(b, "gone");
	post_report_put_many(b, r->diff->all_elided, "stack");
	post_putf(b, " of the base, %.2f%% of its samples%s\n", 100 * r->diff->elided_share,
	    r->diff->elided_share > apart ? "; were both sides recorded and processed alike?" : "");
	for (size_t i = 0; i < r->diff->n_elided && i < ELIDED; i++) {
		const struct post_elided *e = &r->diff->elided[i];
		const struct post_cell *cell = &r->runs->cell[e->cell];

		if (e->before < elided_least)
			break;
		put_label(b, "gone");
		post_putf(b, "%.2f%% ", 100 * e->before);
		put_named_path(r, b, (struct post_path){ cell->frame, cell->n });
		post_putc(b, '\n');
	}
}

static void
put_detectable(const struct post_report *r, struct post_buf *b)
{
	for (size_t i = 0; i < POST_REPORT_SHARES; i++) {
		double part = post_diff_detectable(r->diff, r->runs, post_report_shares[i]);

		put_label(b, "could see");
		post_putf(b, "a function with %g%% of the samples: ", 100 * post_report_shares[i]);
		if (isfinite(part))
			post_putf(b, "a change of %.0f%% would have been seen four times in five\n", 100 * part);
		else
			post_puts(b, "no change would have been seen\n");
	}
}

void
post_report_text(const struct post_report *r, struct post_buf *b)
{
	size_t below;

	put_head(r, b);
	put_culprits(r, b);
	post_putc(b, '\n');
	below = b->n;
	if (r->diff->conf.work) {
		put_label(b, "in all");
		post_report_put_seen(r, b, &r->diff->total);
		post_putc(b, '\n');
	}
	put_functions(r, b, POST_SAID_FAILS, "grew too");
	put_functions(r, b, POST_SAID_GREW, "grew too");
	put_functions(r, b, POST_SAID_MOVED, "moved");
	put_functions(r, b, POST_SAID_SHARE, "share only");
	put_renames(r, b);
	put_budgets(r, b);
	put_elided(r, b);
	if (r->explain)
		put_detectable(r, b);
	if (b->n > below)
		post_putc(b, '\n');
	paint(r, b, BOLD);
	post_report_verdict_by(r, b, post_report_put_log);
	paint(r, b, PLAIN);
	post_putc(b, '\n');
}
