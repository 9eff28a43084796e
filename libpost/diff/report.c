/* SPDX-License-Identifier: BSD-2-Clause */
/* What the reports have in common: the verdict, and names and numbers as people read them. */
#include <inttypes.h>
#include <math.h>
#include "report-put.h"

const double post_report_shares[POST_REPORT_SHARES] = { .005, .01, .02, .05, .10 };

enum { TOLD = 3 };	/* functions or budgets in the line of the verdict */

struct post_str
post_report_name(const struct post_report *r, uint32_t id)
{
	return post_name(&r->runs->names, id);
}

const char *
post_report_mode(const struct post_report *r)
{
	return r->diff->conf.work ? "work" : "share";
}

const char *
post_report_gate(const struct post_report *r)
{
	static const char *const names[] = { [POST_GATE_SIGNIFICANT] = "func", [POST_GATE_INTERVAL] = "ci", [POST_GATE_NONE] = "none" };

	return names[r->diff->conf.gate];
}

const char *
post_report_source(const struct post_report *r)
{
	static const char *const names[] = { [POST_NOISE_RUNS] = "replicates", [POST_NOISE_BASELINE] = "baseline", [POST_NOISE_ASSUMED] = "assumed" };

	return names[r->diff->noise.source];
}

const char *
post_report_unit(const struct post_report *r)
{
	return r->diff->conf.work ? "samples per unit of work" : "points";
}

const char *
post_report_side(enum post_diff_side side)
{
	return side == POST_BEFORE ? "base" : "new";
}

/* One run a side is not asked for a verdict, unless the user wants it. */
static bool
is_advisory(const struct post_report *r)
{
	return r->diff->advisory && !r->diff->conf.gate_single;
}

size_t
post_report_told(const struct post_report *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->diff->culprits; i++)
		n += r->diff->culprit[i].told;
	return n;
}

bool
post_report_is_culprit(const struct post_report *r, uint32_t name)
{
	for (size_t i = 0; i < r->diff->culprits; i++)
		if (r->diff->culprit[i].told && r->diff->culprit[i].kind == POST_SET_FUNC && r->diff->culprit[i].name == name)
			return true;
	return false;
}

enum post_report_said
post_report_said(const struct post_report *r, const struct post_function *f)
{
	if (r->diff->verdict == POST_INSUFFICIENT || (!f->gated && (!f->significant || f->seen.delta <= 0)))
		return POST_SAID_NOTHING;
	if (f->gated && !is_advisory(r))
		return POST_SAID_FAILS;
	if (f->diluted)
		return POST_SAID_SHARE;
	return f->moved ? POST_SAID_MOVED : POST_SAID_GREW;
}

bool
post_report_enforced(const struct post_report *r)
{
	return r->diff->verdict == POST_FAIL && !r->no_gate;
}

void
post_report_put_many(struct post_buf *b, uint64_t n, const char *one)
{
	post_putf(b, "%" PRIu64 " %s%s", n, one, n == 1 ? "" : "s");
}

void
post_report_put_amount(const struct post_report *r, struct post_buf *b, double v)
{
	if (!isfinite(v))
		post_putc(b, '-');
	else if (r->diff->conf.work)
		post_putf(b, "%.4g", v);
	else
		post_putf(b, "%.2f%%", 100 * v);
}

void
post_report_put_change(const struct post_report *r, struct post_buf *b, double v)
{
	if (!isfinite(v))
		post_putc(b, '-');
	else if (r->diff->conf.work)
		post_putf(b, "%+.4g", v);
	else
		post_putf(b, "%+.2f", 100 * v);
}

static void
put_least(const struct post_report *r, struct post_buf *b)
{
	post_putf(b, "%g%s", 100 * r->diff->conf.min_change, r->diff->conf.work ? "% of all that a unit of work took" : " points");
}

void
post_report_put_relative(struct post_buf *b, const struct post_change_seen *s)
{
	double times = s->after / s->before;

	if (s->before == 0 && s->after > 0)
		post_puts(b, "new");
	else if (!isfinite(times))
		post_putc(b, '-');
	else if (times < 10)
		post_putf(b, "%+.1f%%", 100 * (times - 1));
	else
		post_putf(b, "x%.3g", times);
}

void
post_report_put_chance(struct post_buf *b, double p)
{
	if (isfinite(p))
		post_putf(b, "%.2g", p);
	else
		post_putc(b, '-');
}

void
post_report_put_seen(const struct post_report *r, struct post_buf *b, const struct post_change_seen *s)
{
	post_report_put_change(r, b, s->delta);
	post_putf(b, " %s (", post_report_unit(r));
	post_report_put_amount(r, b, s->before);
	post_puts(b, " -> ");
	post_report_put_amount(r, b, s->after);
	post_puts(b, "), q=");
	post_report_put_chance(b, s->q);
}

struct post_count
post_report_samples(const struct post_report *r, enum post_diff_side side)
{
	struct post_count sum = { 0 };

	for (size_t i = 0; i < r->runs->n; i++)
		if (r->runs->run[i].side == side)
			(void)post_count_add(&sum, r->runs->run[i].samples);	/* that of all runs has room */
	return sum;
}

void
post_report_put_size(const struct post_report *r, struct post_buf *b, enum post_diff_side side)
{
	post_report_put_many(b, post_runs_of(r->runs, side), "run");
	post_puts(b, ", ");
	post_put_count(b, post_report_samples(r, side));
	post_puts(b, " samples");
	if (r->diff->conf.work)
		post_putf(b, ", %.6g units of work", r->diff->exposure[side]);
}

void
post_report_put_noise(const struct post_report *r, struct post_buf *b)
{
	static const char *const sources[] = {
		[POST_NOISE_RUNS] = "measured from the runs",
		[POST_NOISE_BASELINE] = "of the baseline",
		[POST_NOISE_ASSUMED] = "assumed, because there is one run a side"
	};

	post_putf(b, "sigma %.3g%% from run to run, %s", 100 * r->diff->noise.sigma, sources[r->diff->noise.source]);
}

void
post_report_put_limits(const struct post_report *r, struct post_buf *b)
{
	const struct post_diff_conf *c = &r->diff->conf;

	post_putf(b, "q under %g (%s), at least ", c->q, c->dependent ? "Benjamini-Yekutieli" : "Benjamini-Hochberg");
	put_least(r, b);
	post_putf(b, " and %g%% of what it was; gate: %s", 100 * c->min_relative, post_report_gate(r));
}

/* The functions of which SAID is true, the first of them with their changes. */
static void
put_functions(const struct post_report *r, struct post_buf *b, enum post_report_said said, size_t n, post_report_name_fn *name)
{
	size_t told = 0;

	post_report_put_many(b, n, "function");
	post_puts(b, " grew:");
	for (size_t i = 0; i < r->diff->funcs && told < TOLD; i++) {
		const struct post_function *f = &r->diff->func[i];

		if (post_report_said(r, f) != said)
			continue;
		post_puts(b, told++ > 0 ? ", " : " ");
		name(b, post_report_name(r, f->name));
		post_putc(b, ' ');
		post_report_put_seen(r, b, &f->told);
	}
	if (n > told)
		post_putf(b, " and %zu more", n - told);
}

static size_t
count_said(const struct post_report *r, enum post_report_said said)
{
	size_t n = 0;

	for (size_t i = 0; i < r->diff->funcs; i++)
		n += post_report_said(r, &r->diff->func[i]) == said;
	return n;
}

static void
put_budgets(const struct post_report *r, struct post_buf *b, post_report_name_fn *name)
{
	size_t told = 0;

	post_report_put_many(b, r->diff->exceeded, "budget");
	post_puts(b, " exceeded:");
	for (size_t i = 0; i < r->diff->budgets && told < TOLD; i++) {
		if (!r->diff->budget[i].exceeded)
			continue;
		post_puts(b, told++ > 0 ? ", " : " ");
		name(b, post_str_of(r->diff->budget[i].text));
		post_putf(b, " is %.2f%%", 100 * r->diff->budget[i].share);
	}
	if (r->diff->exceeded > told)
		post_putf(b, " and %zu more", r->diff->exceeded - told);
}

static void
put_failed(const struct post_report *r, struct post_buf *b, post_report_name_fn *name)
{
	size_t fail = count_said(r, POST_SAID_FAILS);

	post_puts(b, r->no_gate ? "fail (not enforced): " : "fail: ");
	if (r->diff->total_grew) {
		post_puts(b, "all of it grew ");
		post_report_put_seen(r, b, &r->diff->total);
	}
	if (fail > 0) {
		post_puts(b, r->diff->total_grew ? "; " : "");
		put_functions(r, b, POST_SAID_FAILS, fail, name);
	}
	if (r->diff->exceeded > 0) {
		post_puts(b, fail > 0 || r->diff->total_grew ? "; " : "");
		put_budgets(r, b, name);
	}
}

/* Why functions that grew pass. */
static void
put_excuse(const struct post_report *r, struct post_buf *b)
{
	if (is_advisory(r))
		post_puts(b, "; with one run a side the gate is not asked");
	else if (r->diff->conf.gate == POST_GATE_NONE)
		post_puts(b, "; nothing is gated");
	else {
		post_puts(b, "; not surely by ");
		put_least(r, b);
	}
}

static void
put_passed(const struct post_report *r, struct post_buf *b, post_report_name_fn *name)
{
	size_t grew = count_said(r, POST_SAID_GREW), moved = count_said(r, POST_SAID_MOVED), share = count_said(r, POST_SAID_SHARE);

	post_puts(b, is_advisory(r) ? "pass (advisory): " : "pass: ");
	if (grew > 0) {
		put_functions(r, b, POST_SAID_GREW, grew, name);
		put_excuse(r, b);
	} else if (r->diff->funcs == 1)
		post_puts(b, "the one function did not grow");
	else
		post_putf(b, "none of %zu functions grew", r->diff->funcs);
	if (moved > 0)
		post_putf(b, "; %zu took over what others lost (moved)", moved);
	if (share > 0)
		post_putf(b, "; %zu have a larger share only because others shrank", share);
}

void
post_report_verdict_by(const struct post_report *r, struct post_buf *b, post_report_name_fn *name)
{
	switch (r->diff->verdict) {
	case POST_FAIL:
		put_failed(r, b, name);
		break;
	case POST_PASS:
		put_passed(r, b, name);
		break;
	case POST_INSUFFICIENT:
		post_puts(b, "insufficient data: ");
		name(b, post_str_of(r->diff->why));
		break;
	}
}

void
post_report_verdict(const struct post_report *r, struct post_buf *b)
{
	post_report_verdict_by(r, b, post_put);
}

void
post_report_put_path(const struct post_report *r, struct post_buf *b, struct post_path path, size_t most)
{
	size_t out = path.n > most ? path.n - most : 0, from = (path.n - out) / 2;

	for (size_t i = 0; i < path.n; i++) {
		if (i > 0)
			post_putc(b, ';');
		if (out > 0 && i == from) {
			post_putf(b, "(%zu more)", out);
			i += out - 1;
		} else
			post_put(b, post_report_name(r, path.frame[i]));
	}
}

bool
post_report_put_map(const struct post_report *r, struct post_buf *b, const struct post_renamed *c)
{
	struct post_str from = post_report_name(r, c->from);

	if (post_str_ends(from, POST_STR("\\")))
		return false;
	for (size_t i = 0; i < from.n; i++) {
		if (from.p[i] == '=')
			post_putc(b, '\\');
		post_putc(b, from.p[i]);
	}
	post_putc(b, '=');
	post_put(b, post_report_name(r, c->to));
	return true;
}

/* Does a terminal show S byte for byte? */
static bool
typeable(struct post_str s)
{
	struct post_buf shown = { 0 };
	bool same;

	post_report_put_log(&shown, s);
	same = post_str_eq(post_buf_str(&shown), s);
	post_buf_free(&shown);
	return same;
}

bool
post_report_put_option(const struct post_report *r, struct post_buf *b, const struct post_renamed *c)
{
	struct post_buf rule = { 0 };
	bool can;

	can = post_report_put_map(r, &rule, c) && typeable(post_buf_str(&rule));
	if (can) {
		post_puts(b, "--map '");
		for (size_t i = 0; i < rule.n; i++)
			if (rule.s[i] == '\'')
				post_puts(b, "'\\''");
			else
				post_putc(b, rule.s[i]);
		post_putc(b, '\'');
	}
	post_buf_free(&rule);
	return can;
}

/* GitHub's runner and Azure's agent obey "##[..." and "##vso[..." anywhere in a line, so no "##" gets out. */
void
post_report_put_log(struct post_buf *b, struct post_str s)
{
	size_t from = 0;

	for (size_t i = 1; i < s.n; i++)
		if (s.p[i] == '#' && s.p[i - 1] == '#') {
			post_put_shown(b, (struct post_str){ s.p + from, i - from });
			post_puts(b, "\\x23");
			from = i + 1;
		}
	post_put_shown(b, post_str_from(s, from));
}

/* How many characters are in S? */
static size_t
characters(struct post_str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

/* Bytes of the first N characters of S, which has more. */
static size_t
bytes_of(struct post_str s, size_t n)
{
	size_t i = 0;

	for (; n > 0; n--)
		for (i++; ((unsigned char)s.p[i] & 0xc0) == 0x80; i++)
			;
	return i;
}

void
post_report_put_cut(struct post_buf *b, struct post_str s, size_t most)
{
	size_t n = characters(s), head = (most - 3) / 2;

	if (n <= most) {
		post_put(b, s);
		return;
	}
	post_put(b, (struct post_str){ s.p, bytes_of(s, head) });
	post_puts(b, "...");
	post_put(b, post_str_from(s, bytes_of(s, n - (most - 3 - head))));
}
