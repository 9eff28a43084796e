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
	SPIKE_MIN	= 5,	/* stacks of one depth */
	DEPTH_MIN	= 8,	/* frames: less is no limit */
	LUA_MIN		= 5
};

static double
share(uint64_t part, uint64_t all)
{
	return all > 0 ? (double)part / (double)all : -1;
}

/* A finding about stacks that were noted. */
static struct post_finding *
found(struct post_findings *to, const struct post_account *a, enum post_finding_id id, enum post_severity severity,
    enum post_note kind)
{
	const struct post_noted *k = &a->notes.kind[kind];
	struct post_finding *f = post_findings_add(to, id, severity);

	f->n = k->n;
	f->first = k->first;
	f->has_place = true;
	if (k->weight > 0) {
		f->stacks = share(k->n, a->stacks);
		f->weight = share(k->weight, a->total.whole);
	}
	return f;
}

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
		found(to, a, POST_FOUND_BULK_MODE, POST_FATAL, POST_NOTE_BULK);
	if (debug && (a->stacks == 0 || empty >= MOST)) {
		found(to, a, POST_FOUND_DEBUG_UNWIND, POST_FATAL, POST_NOTE_DEBUG);
		return;
	}
	if (debug)
		found(to, a, POST_FOUND_DEBUG_LINES, POST_INFO, POST_NOTE_DEBUG);
	if (a->stacks == 0 || no_weight(a))
		post_findings_add(to, POST_FOUND_NO_STACKS, POST_FATAL)->n = a->stacks;
	else if (a->notes.kind[POST_NOTE_EMPTY].n > 0)
		found(to, a, POST_FOUND_EMPTY_STACKS, a->notes.kind[POST_NOTE_EMPTY].n == a->stacks ? POST_FATAL :
		    empty >= MANY ? POST_BIASED : POST_INFO, POST_NOTE_EMPTY);
	else if (a->notes.kind[POST_NOTE_NO_BACKTRACE].n > 0)
		found(to, a, POST_FOUND_EMPTY_STACKS, POST_INFO, POST_NOTE_NO_BACKTRACE);
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
		f = found(to, a, losses[i].id, losses[i].severity, losses[i].kind);
		if (f->id == POST_FOUND_TOO_DEEP) {
			f->value = POST_STACK_MAX;
			f->stacks = f->weight = -1;	/* these stacks are none of those that are shared out */
		}
	}
}

static bool
is_round(uint64_t size)
{
	return size >= 128 && ((size & (size - 1)) == 0 || size % 1000 == 0 || size % 1024 == 0);
}

/* Do the fullest strings lack one byte to a buffer's size?  One that is cut where an address ends does. */
static bool
ends_whole(const struct post_fill *f)
{
	uint64_t size = (uint64_t)f->max + 1;

	return f->at[0].stacks > 0 && size >= 256 && (size & (size - 1)) == 0;
}

/* The size of the buffer that cut the fullest strings of a side; 0: none that is sure. */
static uint64_t
buffer_of(const struct post_fill *f)
{
	if (ends_whole(f))
		return (uint64_t)f->max + 1;
	return f->at[0].stacks > 2 || (is_round(f->max) && f->at[0].stacks > 0) ? f->max : 0;
}

/* The same of all sides, which have buffers of one size. */
static uint64_t
buffer_of_all(const struct post_account *a)
{
	uint64_t size = 0;

	for (int side = POST_SIDE_USER; side <= POST_SIDE_KERNEL; side++) {
		uint64_t one = buffer_of(&a->fill[side]);

		if (is_round(one) != is_round(size) ? is_round(one) : one > size)
			size = one;
	}
	return size;
}

/* Stacks of a side that fill a buffer of SIZE bytes, and those where a blank behind an address was to come next. */
static struct post_depth
full_of(const struct post_fill *f, uint64_t size, bool whole)
{
	struct post_depth sum = { 0 };

	for (unsigned i = 0; i < 2; i++) {
		if (f->max - i + 1 != size && (whole || f->max - i != size))
			continue;
		sum.stacks += f->at[i].stacks;
		sum.weight = post_sum(sum.weight, f->at[i].weight);
	}
	return sum;
}

static bool
is_usual_limit(size_t n)
{
	return n % 10 == 0 || (n & (n - 1)) == 0;
}

/*
 * The depth at which a limit cut the stacks of a side, or 0.  Where a limit
 * cuts, the deepest stacks are many more than those of a frame less, and have
 * all kinds of roots.
 */
static size_t
limit_of(const struct post_depth *d, uint64_t all)
{
	size_t n = POST_DEPTHS;
	uint64_t less;

	if (d == NULL)
		return 0;
	while (n > 0 && d[n].stacks == 0)
		n--;
	if (n < DEPTH_MIN || n == POST_DEPTHS || !d[n].roots || d[n].stacks < SPIKE_MIN || d[n].stacks * 200 < all)
		return 0;
	less = d[n - 1].stacks > d[n - 2].stacks ? d[n - 1].stacks : d[n - 2].stacks;
	return d[n].stacks * 2 > less * (is_usual_limit(n) ? 3 : 6) ? n : 0;
}

/* Addresses of one length may fill a buffer to the last byte but one: no stack has a stub then, and all have one depth. */
static bool
is_cut_whole(const struct post_account *a, int side, uint64_t size)
{
	static const enum post_note of[] = { [POST_SIDE_USER] = POST_NOTE_USER, [POST_SIDE_KERNEL] = POST_NOTE_KERNEL };
	size_t n = limit_of(a->depth[side], a->notes.kind[of[side]].n);

	return n > 0 && a->depth[side][n].stacks <= full_of(&a->fill[side], size, true).stacks;
}

/* Stacks that fill the buffer to the last byte but one were cut where an address ends, and have no stub to show it. */
static void
judge_truncated(struct post_findings *to, const struct post_account *a)
{
	const struct post_noted *noted = &a->notes.kind[POST_NOTE_TRUNCATED];
	uint64_t size = buffer_of_all(a);
	struct post_depth full = { 0 };
	struct post_finding *f;

	for (int side = POST_SIDE_USER; side <= POST_SIDE_KERNEL && size > 0; side++) {
		struct post_depth one = full_of(&a->fill[side], size, false);

		if (noted->n == 0 && !is_cut_whole(a, side, size))
			continue;
		full.stacks += one.stacks;
		full.weight = post_sum(full.weight, one.weight);
	}
	if (noted->n > 0)
		f = found(to, a, POST_FOUND_TRUNCATED_STACKS, POST_SHALLOW, POST_NOTE_TRUNCATED);
	else if (full.stacks > 0)
		f = post_findings_add(to, POST_FOUND_TRUNCATED_STACKS, POST_SHALLOW);
	else
		return;
	f->value = size;
	if (full.stacks <= noted->n)
		return;
	f->n = full.stacks;
	f->stacks = share(full.stacks < a->stacks ? full.stacks : a->stacks, a->stacks);
	f->weight = share(full.weight < a->total.whole ? full.weight : a->total.whole, a->total.whole);
}

/* The C function on top is in the string of some tools, and printed before it by others. */
static void
judge_truncated_lua(struct post_findings *to, const struct post_account *a)
{
	const struct post_fill *lua = &a->fill[POST_SIDE_LUA], *whole = &a->fill_whole;

	if (a->notes.kind[POST_NOTE_CUT].n == 0)
		return;
	found(to, a, POST_FOUND_TRUNCATED_LUA, POST_SHALLOW, POST_NOTE_CUT)->value =
	    is_round(whole->max) ? whole->max : is_round(lua->max) ? lua->max : 0;
}

static void
judge_depth(struct post_findings *to, const struct post_account *a)
{
	static const struct {
		enum post_note		kind;
		enum post_finding_id	id;
	} of[POST_SIDES] = {
		[POST_SIDE_USER]   = { POST_NOTE_USER, POST_FOUND_MAX_BACKTRACE },
		[POST_SIDE_KERNEL] = { POST_NOTE_KERNEL, POST_FOUND_MAX_BACKTRACE },
		[POST_SIDE_LUA]    = { POST_NOTE_LUA, POST_FOUND_LUA_DEPTH },
	};
	const struct post_finding *cut = post_findings_get(to, POST_FOUND_TRUNCATED_STACKS);
	uint64_t known = 0, size = cut != NULL ? cut->value : 0;

	for (int side = 0; side < POST_SIDES; side++) {
		const struct post_depth *d = a->depth[side];
		size_t n = limit_of(d, a->notes.kind[of[side].kind].n);
		struct post_finding *f;

		if (n == 0 || n == known || (side != POST_SIDE_LUA && size > 0 && is_cut_whole(a, side, size)))
			continue;
		known = n;
		f = post_findings_add(to, of[side].id, POST_SHALLOW);
		f->n = d[n].stacks;
		f->value = n;
		f->stacks = share(d[n].stacks, a->stacks);
		f->weight = share(d[n].weight, a->total.whole);
	}
}

/* A number that a sampler is told as its limit, and that chance hardly gives. */
static bool
is_limit(const struct post_counts_run *r)
{
	if (r->n == 1024 || r->n == 1000)
		return true;
	return r->least > 1 && r->n >= 500 && (r->n % 500 == 0 || (r->n & (r->n - 1)) == 0);
}

static void
judge_limit(struct post_findings *to, const struct post_account *a)
{
	for (size_t i = 0; i < a->counts.n; i++) {
		struct post_finding *f;

		if (!is_limit(&a->counts.run[i]))
			continue;
		f = post_findings_add(to, POST_FOUND_LIMIT_REACHED, POST_BIASED);
		f->n = f->value = a->counts.run[i].n;
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
		dumps += r->rises > 0 ? r->rises + 1 : 0;
		if (first == NULL && r->rises > 0)
			first = &r->first_rise;
	}
	if (rises == 0 || n < POST_ORDER_MIN)
		return;
	if (post_weight_of(a) == POST_WEIGHT_SUMS) {
		f = post_findings_add(to, POST_FOUND_SUMMED_WEIGHTS, POST_INFO);
		f->n = rises;
	} else {
		f = post_findings_add(to, POST_FOUND_CONCATENATED, POST_INFO);
		f->value = dumps;
	}
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
	judge_truncated(to, a);
	judge_truncated_lua(to, a);
	judge_depth(to, a);
	judge_limit(to, a);
	judge_small(to, a);
	judge_order(to, a);
	judge_total(to, a);
	post_judge_frames(to, a);
	post_judge_messages(to, a);
}
