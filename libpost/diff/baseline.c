/* SPDX-License-Identifier: BSD-2-Clause */
#include <math.h>
#include <stdlib.h>
#include "../base/opt.h"
#include "baseline.h"

#define HEAD	"# bt-baseline/1"

static int
bad(const struct post_baseline *b, struct post_err *err, const char *what)
{
	post_fail(err, POST_EFORMAT, "%s", what);
	err->line = b->line;
	return -1;
}

/* Take the first word off *S. */
static struct post_str
word(struct post_str *s)
{
	const char *blank = s->n > 0 ? memchr(s->p, ' ', s->n) : NULL;
	struct post_str w = { s->p, blank != NULL ? (size_t)(blank - s->p) : s->n };

	*s = post_str_from(*s, w.n + (blank != NULL));
	return w;
}

static bool
is_hash(struct post_str s)
{
	size_t i = 0;

	while (i < s.n && ((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
		i++;
	return i == s.n && s.n == POST_CANON_HASH;
}

static int
take_rules(struct post_baseline *b, struct post_str rest, struct post_err *err)
{
	struct post_str rules = word(&rest), mode = word(&rest);

	if (!is_hash(rules) || !(post_str_eq(mode, POST_STR("mode=share")) || post_str_eq(mode, POST_STR("mode=work"))))
		return bad(b, err, "a line \"# rules=\" has a hash of 64 digits, and mode=share or mode=work");
	memcpy(b->rules, rules.p, rules.n);
	b->work = post_str_eq(mode, POST_STR("mode=work"));
	return 0;
}

/* The name that put_word wrote as WORD. */
static void
put_name(struct post_buf *b, struct post_str w)
{
	struct post_buf blanks = { 0 };

	while (w.n > 0) {
		bool blank = post_str_starts(w, POST_STR("\\x20"));

		post_putc(&blanks, blank ? ' ' : *w.p);
		w = post_str_from(w, blank ? 4 : 1);
	}
	post_put_unfolded(b, post_buf_str(&blanks));
	post_buf_free(&blanks);
}

static int
take_run(struct post_baseline *b, struct post_runs *runs, struct post_str rest, struct post_err *err)
{
	struct post_str name = word(&rest), exposure = word(&rest), samples = word(&rest);
	struct post_buf plain = { 0 };
	struct post_count n;
	double e;

	if (name.n == 0 || post_parse_real(exposure, &e) == -1 || !(e > 0 && isfinite(e)) || post_count_parse(samples, &n) != 0)
		return bad(b, err, "a line \"# run\" has a name, the exposure and the samples");
	if (b->stacks)
		return bad(b, err, "a line \"# run\" behind stacks");
	put_name(&plain, name);
	if (b->runs++ == 0)
		b->first = runs->n;
	post_runs_begin(runs, post_keep(&b->mem, post_buf_str(&plain)).p, POST_BEFORE);
	runs->run[runs->n - 1].exposure = e;
	b->column = post_resize(b->column, b->runs, sizeof *b->column);
	b->samples = post_resize(b->samples, b->runs, sizeof *b->samples);
	b->samples[b->runs - 1] = n;
	post_buf_free(&plain);
	return 0;
}

static int
take_head(struct post_baseline *b, struct post_runs *runs, struct post_str line, struct post_err *err)
{
	static const struct post_str rules = { "# rules=", 8 }, sigma = { "# sigma=", 8 }, run = { "# run ", 6 };

	if (post_str_starts(line, rules))
		return take_rules(b, post_str_from(line, rules.n), err);
	if (post_str_starts(line, run))
		return take_run(b, runs, post_str_from(line, run.n), err);
	if (post_str_starts(line, sigma) && post_parse_real(post_str_from(line, sigma.n), &b->sigma) == -1)
		return bad(b, err, "\"# sigma=\" is a number");
	return 0;
}

static int
take_stack(struct post_baseline *b, struct post_runs *runs, struct post_str line, struct post_err *err)
{
	struct post_str stack = line;
	size_t i;

	for (i = b->runs; i-- > 0;)
		if (post_folded_split(stack, &stack, &b->column[i]) != 0)
			return bad(b, err, "a stack has a count for every run");
	if (b->stacks && post_str_cmp(post_buf_str(&b->last), stack) >= 0)
		return bad(b, err, "the stacks are not in order, or one stands twice");
	b->stacks = true;
	b->last.n = 0;
	post_put(&b->last, stack);
	b->unfolder.names = &runs->names;
	post_unfolder_forget(&b->unfolder);	/* the line before is gone */
	post_unfold(&b->unfolder, stack);
	if (b->unfolder.too_deep)
		return bad(b, err, "a stack is too deep");
	if (post_runs_has(runs, b->first, b->unfolder.frame, b->unfolder.n))
		return bad(b, err, "a stack stands twice, with frames without a name");
	for (i = 0; i < b->runs; i++)
		if ((b->column[i].whole != 0 || b->column[i].frac != 0) &&
		    post_runs_count(runs, b->first + i, b->unfolder.frame, b->unfolder.n, b->column[i], err) == -1)
			return -1;
	return 0;
}

int
post_baseline_line(struct post_baseline *b, struct post_runs *runs, struct post_str line, struct post_err *err)
{
	b->line++;
	if (b->line == 1)
		return post_str_eq(line, POST_STR(HEAD)) ? 0 : bad(b, err, "no baseline: it begins with \"" HEAD "\"");
	if (line.n == 0)
		return 0;
	if (post_str_starts(line, POST_STR("# ")))
		return take_head(b, runs, line, err);
	if (b->runs == 0)
		return bad(b, err, "a stack before the first line \"# run\"");
	return take_stack(b, runs, line, err);
}

int
post_baseline_end(struct post_baseline *b, const struct post_runs *runs, struct post_err *err)
{
	if (b->line == 0)
		return bad(b, err, "an empty file is no baseline");
	if (b->runs == 0 || b->rules[0] == '\0')
		return bad(b, err, "the baseline has no run, or no rules");
	for (size_t i = 0; i < b->runs; i++) {
		const struct post_one_run *run = &runs->run[b->first + i];

		if (post_count_cmp(run->samples, b->samples[i]) != 0 || (!b->work && run->exposure != post_count_real(run->samples)))
			return bad(b, err, "the counts of a run do not add up to what its line says: the baseline was cut or changed");
	}
	return 0;
}

/* A name that is one word. */
static void
put_word(struct post_buf *b, struct post_str name)
{
	struct post_buf folded = { 0 };

	post_put_folded(&folded, name);
	for (size_t i = 0; i < folded.n; i++)
		if (folded.s[i] == ' ')
			post_puts(b, "\\x20");
		else
			post_putc(b, folded.s[i]);
	if (folded.n == 0)
		post_putc(b, '-');
	post_buf_free(&folded);
}

static void
put_head(const struct post_runs *r, size_t from, const char *rules, bool work, double sigma, struct post_buf *b)
{
	post_putf(b, HEAD "\n# rules=%s mode=%s\n", rules, work ? "work" : "share");
	if (sigma > 0)
		post_putf(b, "# sigma=%.17g\n", sigma);
	for (size_t i = from; i < r->n; i++) {
		post_puts(b, "# run ");
		put_word(b, post_str_of(r->run[i].name));
		post_putf(b, " %.17g ", r->run[i].exposure);
		post_put_count(b, r->run[i].samples);
		post_putc(b, '\n');
	}
}

/* The counts of CELL from run FROM on; false: all are none. */
static bool
put_counts(const struct post_runs *r, uint32_t cell, size_t from, struct post_buf *b)
{
	uint32_t at = r->cell[cell].counts;
	bool some = false;

	for (size_t run = 0; run < r->n; run++) {
		struct post_count count = { 0 };

		if (at != 0 && r->count[at - 1].run == run) {
			count = r->count[at - 1].count;
			at = r->count[at - 1].next;
		}
		if (run < from)
			continue;
		some = some || count.whole != 0 || count.frac != 0;
		post_putc(b, ' ');
		post_put_count(b, count);
	}
	return some;
}

void
post_baseline_write(const struct post_runs *r, size_t keep, const char *rules, bool work, double sigma, struct post_out *out)
{
	size_t from = keep != 0 && keep < r->n ? r->n - keep : 0, i;
	uint32_t *cell = post_runs_sorted(r);
	struct post_order order = { 0 };

	post_order_make(&order, &r->names);
	put_head(r, from, rules, work, sigma, &out->buf);
	for (i = 0; i < r->cells && !post_out_failed(out); i++) {
		size_t begun = out->buf.n;

		post_order_put(&order, r->cell[cell[i]].frame, r->cell[cell[i]].n, &out->buf);
		if (put_counts(r, cell[i], from, &out->buf))
			post_putc(&out->buf, '\n');
		else
			out->buf.n = begun;
		post_out_tick(out);
	}
	post_order_free(&order);
	free(cell);
}

void
post_baseline_free(struct post_baseline *b)
{
	post_unfolder_free(&b->unfolder);
	post_drop(&b->mem);
	free(b->column);
	free(b->samples);
	post_buf_free(&b->last);
	*b = (struct post_baseline){ 0 };
}
