/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "judge.h"

/* With so many skipped probes for each kept sample the rest is no fair choice. */
#define SKIPPED	0.01
enum { FAULTS = 100, NAMED = 8 };

/* How bad a message is: with stacks in the trace, and without. */
static const struct {
	enum post_severity	with, without;
} gravity[POST_FINDINGS] = {
	[POST_FOUND_MAX_ACTION]		= { POST_PARTIAL, POST_FATAL },
	[POST_FOUND_ARRAY_OVERFLOW]	= { POST_PARTIAL, POST_FATAL },
	[POST_FOUND_MAX_SKIPPED]	= { POST_PARTIAL, POST_FATAL },
	[POST_FOUND_SKIPPED_PROBES]	= { POST_BIASED, POST_BIASED },
	[POST_FOUND_SCRIPT_ERRORS]	= { POST_BIASED, POST_BIASED },
	[POST_FOUND_OVERLOAD]		= { POST_PARTIAL, POST_FATAL },
	[POST_FOUND_LOCK_TIMEOUT]	= { POST_BIASED, POST_BIASED },
	[POST_FOUND_LOW_STACK]		= { POST_BIASED, POST_BIASED },
	[POST_FOUND_REENTRANCY]		= { POST_BIASED, POST_BIASED },
	[POST_FOUND_UPROBE_FAILURE]	= { POST_BIASED, POST_BIASED },
	[POST_FOUND_MISSED_PROBES]	= { POST_BIASED, POST_BIASED },
	[POST_FOUND_MISSING_UNWIND]	= { POST_SHALLOW, POST_SHALLOW },
	[POST_FOUND_MISSING_SYMBOLS]	= { POST_SHALLOW, POST_SHALLOW },
	[POST_FOUND_UNREADABLE_MEMORY]	= { POST_SHALLOW, POST_SHALLOW },
	[POST_FOUND_BAD_CFI]		= { POST_SHALLOW, POST_SHALLOW },
	[POST_FOUND_TABLE_TOO_BIG]	= { POST_SHALLOW, POST_SHALLOW },
	[POST_FOUND_BUILD_ID_MISMATCH]	= { POST_SHALLOW, POST_SHALLOW },
	[POST_FOUND_TRANSPORT_FAILURES]	= { POST_PARTIAL, POST_FATAL },
	[POST_FOUND_USER_STRING_FAULT]	= { POST_INFO, POST_INFO },
	[POST_FOUND_READ_FAULT]		= { POST_PARTIAL, POST_FATAL },
	[POST_FOUND_EMPTY_AGGREGATE]	= { POST_PARTIAL, POST_FATAL },
	[POST_FOUND_SCRIPT_ERROR]	= { POST_PARTIAL, POST_FATAL },
	[POST_FOUND_NOT_PLACED]		= { POST_BIASED, POST_FATAL },
	[POST_FOUND_NOT_STARTED]	= { POST_PARTIAL, POST_FATAL },
	[POST_FOUND_RUN_FAILED]		= { POST_PARTIAL, POST_FATAL },
	[POST_FOUND_NO_BACKTRACES]	= { POST_PARTIAL, POST_FATAL },
	[POST_FOUND_OTHER_ERROR]	= { POST_PARTIAL, POST_FATAL },
};

static bool
is_module(enum post_finding_id id)
{
	return id == POST_FOUND_MISSING_UNWIND || id == POST_FOUND_MISSING_SYMBOLS;
}

/* Is it the tracer's own module that has no unwind data?  Nobody wants its stacks. */
static bool
is_tracer(enum post_finding_id id, struct post_str subject)
{
	return is_module(id) && post_message_dash_d(subject) == POST_DASH_D_TRACER;
}

/* Symbols that stacks of user space do not need. */
static bool
is_harmless(enum post_finding_id id, struct post_str subject, const struct post_account *a)
{
	return id == POST_FOUND_MISSING_SYMBOLS && a->notes.kind[POST_NOTE_KERNEL].n == 0 &&
	    (post_str_eq(subject, POST_STR("uprobes")) || post_str_eq(subject, POST_STR("kernel")));
}

static enum post_severity
severity_of(enum post_finding_id id, struct post_str subject, const struct post_said_one *one, const struct post_account *a)
{
	enum post_severity severity = a->stacks > 0 ? gravity[id].with : gravity[id].without;

	if (is_tracer(id, subject) || is_harmless(id, subject, a))
		return POST_INFO;
	if (id == POST_FOUND_USER_STRING_FAULT && one->n >= FAULTS)
		return POST_BIASED;
	return severity;
}

static struct post_finding *
of_id(struct post_findings *to, enum post_finding_id id)
{
	for (size_t i = 0; i < to->n; i++)
		if (to->v[i].id == id)
			return &to->v[i];
	return NULL;
}

static void
add_subject(struct post_finding *f, struct post_str subject)
{
	struct post_buf b = { 0 };

	if (subject.n == 0 || (f->subject != NULL && (!post_said_by_subject(f->id) || f->n > NAMED + 1)))
		return;
	if (f->subject != NULL) {
		post_puts(&b, f->subject);
		post_puts(&b, ", ");
	}
	if (f->n == NAMED + 1)
		post_puts(&b, "...");
	else
		post_put(&b, subject);
	free(f->subject);
	f->subject = b.s;
}

/* TRACER: is it the turn of what concerns the tracer alone, which is told when there is nothing else of its kind? */
static void
add_message(struct post_findings *to, const struct post_account *a, uint32_t i, bool tracer)
{
	const struct post_said_one *one = &a->said.one[i];
	enum post_finding_id id = post_said_id(&a->said, i);
	struct post_str subject = one->subject;
	enum post_severity severity = severity_of(id, subject, one, a);
	struct post_finding *f = of_id(to, id);

	if (is_tracer(id, subject) != tracer || (tracer && f != NULL && f->severity > POST_INFO))
		return;
	if (f == NULL) {
		f = post_findings_add(to, id, severity);
		f->first = one->first;
		f->has_place = true;
		f->aside = one->aside;
	}
	if (severity > f->severity)
		f->severity = severity;
	f->n = post_sum(f->n, post_said_by_subject(id) ? 1 : one->n);
	f->value = post_sum(f->value, one->sum);
	add_subject(f, subject);
}

/* A few samples lost of many change nothing. */
static void
settle_losses(struct post_findings *to, const struct post_account *a)
{
	static const enum post_finding_id losses[] = {
		POST_FOUND_SKIPPED_PROBES, POST_FOUND_LOCK_TIMEOUT, POST_FOUND_LOW_STACK, POST_FOUND_REENTRANCY,
	};

	if (post_weight_of(a) == POST_WEIGHT_SUMS)
		return;
	for (size_t i = 0; i < sizeof losses / sizeof *losses; i++) {
		struct post_finding *f = of_id(to, losses[i]);

		if (f != NULL && (double)f->value < SKIPPED * post_count_real(a->total))
			f->severity = POST_INFO;
	}
}

/* It began, and nobody said that its time was up: it was interrupted, or its end was not kept. */
static void
judge_end(struct post_findings *to, const struct post_account *a)
{
	bool single = a->stacks == 0 && a->notes.kind[POST_NOTE_PARTIAL].n > 0;	/* ngx-lua-bt, which does not say that it ends */
	struct post_finding *f;

	if (!a->said.begun || a->said.ended || single || of_id(to, POST_FOUND_NO_BACKTRACES) != NULL)
		return;
	f = post_findings_add(to, POST_FOUND_NO_END, POST_INFO);
	f->n = 1;
}

void
post_judge_messages(struct post_findings *to, const struct post_account *a)
{
	uint32_t n = a->said.names.n;

	for (uint32_t i = 0; i < 2 * n; i++)
		add_message(to, a, post_said_at(&a->said, i % n), i >= n);
	settle_losses(to, a);
	judge_end(to, a);
}
