/* SPDX-License-Identifier: BSD-2-Clause */
#include <inttypes.h>
#include <stdlib.h>
#include "judge.h"

/* Shares and numbers from which on something matters. */
#define MANY		0.01	/* of the weight: more than chance */
#define MOST		0.5
enum {
	CHANCE		= 100,	/* samples: under these a picture shows chance */
	FEW		= 1000,	/* under these the small frames do */
	LUA_MIN		= 5
};

static double
weight_share(const struct post_account *a, enum post_note kind)
{
	return a->total.whole > 0 ? (double)a->notes.kind[kind].weight / (double)a->total.whole : 0;
}

static bool
no_weight(const struct post_account *a)
{
	return a->total.whole == 0 && a->total.frac == 0;
}

/* What makes a trace no profile at all. */
static void
judge_kind(struct post_findings *to, const struct post_account *a)
{
	bool debug = a->notes.kind[POST_NOTE_DEBUG].n > 0;
	double empty = weight_share(a, POST_NOTE_EMPTY);

	if (a->notes.kind[POST_NOTE_BULK].n > 0)
		post_judge_noted(to, a, POST_FOUND_BULK_MODE, POST_FATAL, POST_NOTE_BULK);
	if (debug && (a->stacks == 0 || empty >= MOST)) {
		post_judge_noted(to, a, POST_FOUND_DEBUG_UNWIND, POST_FATAL, POST_NOTE_DEBUG);
		return;
	}
	if (debug)
		post_judge_noted(to, a, POST_FOUND_DEBUG_LINES, POST_INFO, POST_NOTE_DEBUG);
	if (a->stacks == 0 || no_weight(a))
		post_findings_add(to, POST_FOUND_NO_STACKS, POST_FATAL)->n = a->stacks;
	else if (a->notes.kind[POST_NOTE_EMPTY].n > 0)
		post_judge_noted(to, a, POST_FOUND_EMPTY_STACKS, a->notes.kind[POST_NOTE_EMPTY].n == a->stacks ? POST_FATAL :
		    empty >= MANY ? POST_BIASED : POST_INFO, POST_NOTE_EMPTY);
	else if (a->notes.kind[POST_NOTE_NO_BACKTRACE].n > 0)
		post_judge_noted(to, a, POST_FOUND_EMPTY_STACKS, POST_INFO, POST_NOTE_NO_BACKTRACE);
}

/* What was left out, or does not belong to any stack. */
static void
judge_losses(struct post_findings *to, const struct post_account *a)
{
	static const struct {
		enum post_note		kind;
		enum post_finding_id	id;
		enum post_severity	severity;
	} losses[] = {
		{ POST_NOTE_PARTIAL,   POST_FOUND_PARTIAL_STACK,   POST_PARTIAL },
		{ POST_NOTE_SPLICED,   POST_FOUND_SPLICED_LINES,   POST_PARTIAL },
		{ POST_NOTE_NEGATIVE,  POST_FOUND_NEGATIVE_COUNTS, POST_PARTIAL },
		{ POST_NOTE_OVERFLOW,  POST_FOUND_COUNT_OVERFLOW,  POST_PARTIAL },
		{ POST_NOTE_TOO_DEEP,  POST_FOUND_TOO_DEEP,        POST_PARTIAL },
		{ POST_NOTE_MALFORMED, POST_FOUND_MALFORMED_LINES, POST_PARTIAL },
		{ POST_NOTE_TEXT,      POST_FOUND_UNKNOWN_LINES,   POST_INFO },
	};
	bool destroyed = post_findings_get(to, POST_FOUND_DEBUG_UNWIND) != NULL;	/* unknown lines are of the debug output, too */

	for (size_t i = 0; i < sizeof losses / sizeof *losses; i++) {
		struct post_finding *f;

		if (a->notes.kind[losses[i].kind].n == 0 || (destroyed && losses[i].kind == POST_NOTE_TEXT))
			continue;
		if (a->stacks == 0 && losses[i].kind == POST_NOTE_PARTIAL)	/* the one of ngx-lua-bt, or all of another tool's */
			continue;
		f = post_judge_noted(to, a, losses[i].id, losses[i].severity, losses[i].kind);
		if (f->id == POST_FOUND_TOO_DEEP) {
			f->value = POST_STACK_MAX;
			f->stacks = f->weight = -1;	/* these stacks are none of those that are shared out */
		}
	}
}

/* The limit that a part of a trace just reaches: the samplers' own, or another round number where none counts once; 0: none. */
static uint64_t
limit_of(const struct post_counts_run *r)
{
	const uint64_t parts[] = { r->rises > 0 ? r->head : r->n, r->full, r->tail };

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (post_counts_full(parts[i]))
			return parts[i];
	if (post_counts_full(r->n) && r->restarts == 0)
		return r->n;
	return r->rises == 0 && r->least > 1 && r->n >= 500 && (r->n % 500 == 0 || (r->n & (r->n - 1)) == 0) ? r->n : 0;
}

static void
judge_limit(struct post_findings *to, const struct post_account *a)
{
	for (size_t i = 0; i < a->counts.n; i++) {
		uint64_t limit = limit_of(&a->counts.run[i]);
		struct post_finding *f;

		if (limit == 0)
			continue;
		f = post_findings_add(to, POST_FOUND_LIMIT_REACHED, POST_BIASED);
		f->n = f->value = limit;
		return;
	}
}

static void
judge_small(struct post_findings *to, const struct post_account *a)
{
	const struct post_counts_run *r = a->counts.run;
	struct post_finding *f;

	if (a->counts.n != 1 || a->notes.kind[POST_NOTE_LUA].n < a->stacks || r->n < LUA_MIN || r->rises > 0 || r->least < 3)
		return;
	f = post_findings_add(to, POST_FOUND_SMALL_DROPPED, POST_INFO);
	f->n = r->n;
	f->value = r->least;
}

/* Counts that were sorted as they were printed come down; where they rise now and then, there are several dumps. */
static void
judge_order(struct post_findings *to, const struct post_account *a)
{
	uint64_t n = 0, rises = 0, dumps = 0;
	const struct post_place *first = NULL;
	struct post_finding *f;

	for (size_t i = 0; i < a->counts.n; i++) {
		const struct post_counts_run *r = &a->counts.run[i];

		n += r->n;
		rises += r->rises;
		dumps += r->restarts > 0 ? r->restarts + 1 : 0;
		if (first == NULL && r->rises > 0)
			first = &r->first_rise;
	}
	if (rises == 0 || n < POST_ORDER_MIN)
		return;
	if (post_weight_of(a) == POST_WEIGHT_SUMS) {
		f = post_findings_add(to, POST_FOUND_SUMMED_WEIGHTS, POST_INFO);
		f->n = rises;
	} else if (dumps > 0) {
		f = post_findings_add(to, POST_FOUND_CONCATENATED, POST_INFO);
		f->value = dumps;
	} else
		return;
	f->first = *first;
	f->has_place = true;
}

/* "1%: 0.2% to 5.4%, 10%: 5.5% to 17.4%" */
static char *
intervals(double total)
{
	static const double shares[] = { 0.01, 0.1 };
	struct post_buf b = { 0 };

	for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
		double low, high;

		post_share_interval(shares[i], total, &low, &high);
		post_puts(&b, i > 0 ? ", 10%: " : "1%: ");
		post_put_percent(&b, low);
		post_puts(&b, " to ");
		post_put_percent(&b, high);
	}
	return b.s;
}

static void
judge_total(struct post_findings *to, const struct post_account *a)
{
	double total = post_count_real(a->total);
	struct post_finding *f;

	if (post_findings_worst(to) == POST_FATAL || a->total.whole >= FEW || post_weight_of(a) == POST_WEIGHT_SUMS)
		return;
	f = post_findings_add(to, POST_FOUND_LOW_TOTAL, a->total.whole < CHANCE ? POST_BIASED : POST_INFO);
	f->value = a->total.whole;
	f->subject = intervals(total);
}

void
post_judge(struct post_findings *to, const struct post_account *a)
{
	judge_kind(to, a);
	judge_losses(to, a);
	if (a->total_full && post_findings_get(to, POST_FOUND_COUNT_OVERFLOW) == NULL)
		post_findings_add(to, POST_FOUND_COUNT_OVERFLOW, POST_PARTIAL)->n = 1;
	post_judge_cuts(to, a);
	judge_limit(to, a);
	judge_small(to, a);
	judge_order(to, a);
	judge_total(to, a);
	post_judge_frames(to, a);
	post_judge_messages(to, a);
}
