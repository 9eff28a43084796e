/* SPDX-License-Identifier: BSD-2-Clause */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include "answer.h"
#include "lines.h"

enum {
	JOBS_MAX = 256,
	LINES_MIN = 1 << 24, LINES_TIMES = 4,	/* bytes of line programs; units may name the same */
	SHARED_MAX = 8,			/* split units that overlap: a copy of a unit has its id */
	OPEN_WORK_MAX = 1 << 22,	/* addresses looked for in units that do not say what they have */
	OPEN_MIN = 1 << 28, OPEN_TIMES = 4	/* bytes of these units */
};

/* A unit, and its claims. */
struct task {
	struct post_claim	*claim;
	size_t			 n;
	struct post_split	 split;
	uint64_t		 abbrev;
	bool			 beyond;	/* it is left out, for a limit */
};

struct batch {
	const struct post_dwarf	*dwarf;
	const uint64_t		*pc;
	struct post_claims	 claims;
	struct post_units	 alt;
	struct task		*task;
	size_t			 n_task;
	atomic_size_t		 next;
	struct post_arena	 parts;		/* of packages */
};

struct worker {
	struct batch		*batch;
	struct post_answerer	 answerer;
	pthread_t		 thread;
	struct post_arena	 mem;		/* the chains; here, so that threads share no cache line */
	uint64_t		*pc;
	struct post_answer	*answer;
	size_t			 cap;
};

/* Tasks that share a table of abbreviations stand together, so that it is parsed once. */
static int
by_abbrev(const void *x, const void *y)
{
	const struct task *a = x, *b = y;

	if (a->abbrev != b->abbrev)
		return a->abbrev < b->abbrev ? -1 : 1;
	return a->claim->unit < b->claim->unit ? -1 : a->claim->unit > b->claim->unit;
}

static uint64_t
split_size(const struct batch *b, struct post_split split)
{
	struct post_unit u;

	if (split.in == NULL || post_unit_header(b->dwarf, split.in, split.at, &u) != POST_READ)
		return 0;
	return u.end - u.at;
}

/* The bytes of a split unit. */
struct part {
	uintptr_t	 from;
	uint64_t	 size;
	struct task	*task;
};

static int
by_bytes(const void *x, const void *y)
{
	const struct part *a = x, *b = y;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return a->task < b->task ? -1 : a->task > b->task;
}

/* Many skeletons may lead to the same bytes, to be read for each. */
static void
limit_splits(struct batch *b)
{
	struct part *part = post_resize(NULL, b->n_task + 1, sizeof *part);
	size_t n = 0, shared = 0, i;
	uintptr_t end = 0;

	for (i = 0; i < b->n_task; i++) {
		struct post_split split = b->task[i].split;
		uint64_t size = split_size(b, split);

		if (size > 0)
			part[n++] = (struct part){ (uintptr_t)split.in->s[POST_DEBUG_INFO].p + split.at, size, &b->task[i] };
	}
	qsort(part, n, sizeof *part, by_bytes);
	for (i = 0; i < n; i++) {
		shared = part[i].from < end ? shared + 1 : 0;
		part[i].task->beyond |= shared >= SHARED_MAX;
		end = part[i].from + part[i].size > end ? part[i].from + part[i].size : end;
	}
	free(part);
}

static void
limit_lines(struct batch *b)
{
	uint64_t budget = LINES_MIN + LINES_TIMES * (uint64_t)b->dwarf->main.s[POST_DEBUG_LINE].n;

	for (size_t i = 0; i < b->n_task; i++) {
		uint64_t size = b->task[i].claim->lines;

		b->task[i].beyond |= size > budget;
		budget -= size < budget ? size : budget;
	}
}

/* Units are looked for elsewhere here, in the thread that may call the callback. */
static void
make_tasks(struct batch *b)
{
	struct post_claims *c = &b->claims;
	uint64_t budget = post_claims_budget(b->dwarf);
	struct post_abbrevs abbrevs = { .budget = &budget };
	size_t cap = 0, i;

	for (i = 0; i < c->n; i++) {
		struct task *t;
		struct post_unit u;

		if (i > 0 && c->claim[i].unit == c->claim[i - 1].unit) {
			b->task[b->n_task - 1].n++;
			continue;
		}
		(void)post_unit_header(b->dwarf, &b->dwarf->main, c->claim[i].unit, &u);
		b->task = post_room(b->task, b->n_task, &cap, sizeof *b->task);
		t = &b->task[b->n_task++];
		*t = (struct task){ .claim = &c->claim[i], .n = 1, .abbrev = u.abbrev };
		if (!c->claim[i].skeleton)
			continue;
		t->beyond = post_unit_open(&u, &abbrevs) != POST_READ;	/* it was read before */
		if (!t->beyond)
			t->split = post_split_find(&u, &abbrevs, &b->parts);
	}
	limit_lines(b);
	limit_splits(b);
	if (b->n_task > 0)
		qsort(b->task, b->n_task, sizeof *b->task, by_abbrev);
	post_abbrevs_free(&abbrevs);
}

static void
make_room(struct worker *w, size_t n)
{
	if (n <= w->cap)
		return;
	w->cap = n;
	w->pc = post_resize(w->pc, n, sizeof *w->pc);
	w->answer = post_resize(w->answer, n, sizeof *w->answer);
}

static void
do_task(struct worker *w, struct task *t)
{
	size_t i;

	if (t->beyond) {
		if (!t->claim->bad)
			post_bad_unit(&w->answerer.bad, t->claim->unit, POST_BEYOND);
		t->claim->bad = true;
		return;
	}
	make_room(w, t->n);
	memset(w->answer, 0, t->n * sizeof *w->answer);
	for (i = 0; i < t->n; i++)
		w->pc[i] = w->batch->pc[t->claim[i].pc];
	post_answer(&w->answerer, t->claim->unit, t->split, w->pc, t->n, &t->claim->bad, w->answer);
	for (i = 0; i < t->n; i++)
		t->claim[i].answer = w->answer[i];
}

static void *
work(void *arg)
{
	struct worker *w = arg;
	struct batch *b = w->batch;
	size_t i;

	while ((i = atomic_fetch_add(&b->next, 1)) < b->n_task)
		do_task(w, &b->task[i]);
	return NULL;
}

/* N workers, of which the first is this thread. */
static void
do_tasks(struct worker *w, unsigned n)
{
	unsigned started = 1;

	while (started < n && pthread_create(&w[started].thread, NULL, work, &w[started]) == 0)
		started++;
	work(&w[0]);
	while (--started > 0)
		pthread_join(w[started].thread, NULL);
}

/* The best answer to each address counts, of equal ones the first by unit.  RANK is 0 and CLAIMED false for all at first. */
static void
settle(const struct batch *b, struct post_call_chain *chain, unsigned char *rank, bool *claimed)
{
	bool unread;

	for (size_t i = 0; i < b->claims.n; i++) {
		const struct post_claim *c = &b->claims.claim[i];
		unsigned r = c->answer.rank;

		if (c->weak && r != POST_RANK_NONE)
			r -= POST_RANK_LINE - POST_RANK_WEAK_LINE;
		unread = chain[c->pc].unread || c->answer.chain.unread;
		claimed[c->pc] = true;
		if (r > rank[c->pc]) {
			rank[c->pc] = (unsigned char)r;
			chain[c->pc] = c->answer.chain;
		}
		if (rank[c->pc] != POST_RANK_SCOPE)
			chain[c->pc].unread = unread;
	}
}

/* The addresses that no unit claimed. */
struct left {
	size_t		*index;
	uint64_t	*pc;
	size_t		 n;
	uint64_t	 work, bytes;	/* that may still be done, and read, for them */
};

/* Is there work left for the unit at AT?  Finds the rest of it, if it is a skeleton. */
static bool
afford(struct worker *w, uint64_t at, struct left *left, struct post_split *split)
{
	struct post_abbrevs *abbrevs = &w->answerer.abbrevs;
	struct post_unit u;
	uint64_t size;

	(void)post_unit_header(w->batch->dwarf, &w->batch->dwarf->main, at, &u);
	*split = (struct post_split){ NULL, 0 };
	if (post_unit_open(&u, abbrevs) == POST_READ && post_unit_is_skeleton(&u))
		*split = post_split_find(&u, abbrevs, &w->batch->parts);
	size = u.end - u.at + post_lines_size(&u) + split_size(w->batch, *split);
	if (left->n > left->work || size > left->bytes)
		return false;
	left->work -= left->n;
	left->bytes -= size;
	return true;
}

/* Was the unit at AT counted as bad when it was asked for what it claims? */
static bool
was_bad(const struct batch *b, uint64_t at)
{
	const struct post_claims *c = &b->claims;
	size_t lo = 0, hi = c->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (c->claim[mid].unit < at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < c->n && c->claim[lo].unit == at && c->claim[lo].bad;
}

/* Ask the unit at AT; those that it has a function for are no longer left. */
static void
ask(struct worker *w, uint64_t at, struct post_split split, struct left *left, struct post_call_chain *chain)
{
	bool counted = was_bad(w->batch, at);
	size_t i, n = 0;

	make_room(w, left->n);
	memset(w->answer, 0, left->n * sizeof *w->answer);
	post_answer(&w->answerer, at, split, left->pc, left->n, &counted, w->answer);
	for (i = 0; i < left->n; i++) {
		struct post_call_chain *c = &chain[left->index[i]];
		bool unread = c->unread;

		if (w->answer[i].rank == POST_RANK_SCOPE || c->n == 0)
			*c = w->answer[i].chain;
		c->unread |= unread && w->answer[i].rank != POST_RANK_SCOPE;
		if (w->answer[i].rank == POST_RANK_SCOPE)
			continue;
		left->index[n] = left->index[i];
		left->pc[n++] = left->pc[i];
	}
	left->n = n;
}

static void
ask_open_units(struct worker *w, struct post_call_chain *chain, const bool *claimed, size_t n)
{
	const struct post_claims *c = &w->batch->claims;
	const struct post_str *s = w->batch->dwarf->main.s;
	struct left left = {
		.index = post_resize(NULL, n + 1, sizeof *left.index), .pc = post_resize(NULL, n + 1, sizeof *left.pc),
		.work = OPEN_WORK_MAX,
		.bytes = OPEN_MIN + OPEN_TIMES * ((uint64_t)s[POST_DEBUG_INFO].n + s[POST_DEBUG_LINE].n),
	};
	struct post_split split;
	size_t i;

	post_answerer_limit(&w->answerer, post_claims_budget(w->batch->dwarf));
	for (i = 0; i < n; i++)
		if (!claimed[i]) {
			left.index[left.n] = i;
			left.pc[left.n++] = w->batch->pc[i];
			chain[i].unread = c->unread;
		}
	for (i = 0; i < c->open.n && left.n > 0; i++) {
		if (!afford(w, c->open.at[i], &left, &split)) {
			if (!was_bad(w->batch, c->open.at[i]))
				post_bad_unit(&w->answerer.bad, c->open.at[i], POST_BEYOND);
			break;
		}
		ask(w, c->open.at[i], split, &left, chain);
	}
	free(left.index);
	free(left.pc);
}

static void
tell_bad(struct post_chains *out, const struct post_bad_units *bad)
{
	out->bad_units = bad->n;
	if (bad->n == 0)
		return;
	if (bad->why == POST_BEYOND)
		post_fail(&out->first_bad, POST_ELIMIT, "a unit of .debug_info passes a limit");
	else
		post_fail(&out->first_bad, POST_EFORMAT, "a unit of .debug_info is damaged");
	out->first_bad.byte = bad->first;
	out->first_bad.has_byte = 1;
}

static void
answer_all(struct batch *b, struct worker *w, unsigned jobs, struct post_chains *out)
{
	unsigned char *rank = post_resize(NULL, out->n + 1, 1);
	bool *claimed = post_resize(NULL, out->n + 1, sizeof *claimed);
	struct post_bad_units bad = b->claims.bad;
	unsigned i;

	memset(rank, 0, out->n + 1);
	memset(claimed, 0, (out->n + 1) * sizeof *claimed);
	for (i = 0; i < jobs; i++) {
		w[i] = (struct worker){ .batch = b };
		post_answerer_begin(&w[i].answerer, b->dwarf, &w[i].mem, &b->claims.units, &b->alt);
	}
	do_tasks(w, jobs);
	settle(b, out->chain, rank, claimed);
	ask_open_units(&w[0], out->chain, claimed, out->n);
	for (i = 0; i < jobs; i++) {
		post_bad_units_join(&bad, &w[i].answerer.bad);
		post_answerer_free(&w[i].answerer);
		out->mem[i] = w[i].mem;
		free(w[i].pc);
		free(w[i].answer);
	}
	tell_bad(out, &bad);
	free(rank);
	free(claimed);
}

void
post_dwarf_chains(const struct post_dwarf *d, const uint64_t *pc, size_t n, unsigned jobs, struct post_chains *out)
{
	struct batch b = { .dwarf = d, .pc = pc };
	struct worker *w;

	*out = (struct post_chains){ .n = n };
	out->chain = post_resize(NULL, n + 1, sizeof *out->chain);
	memset(out->chain, 0, (n + 1) * sizeof *out->chain);
	post_claims_make(&b.claims, d, pc, n);
	post_units_walk(&b.alt, d, &d->alt);
	make_tasks(&b);
	jobs = jobs < JOBS_MAX ? jobs : JOBS_MAX;
	jobs = jobs < b.n_task ? jobs : (unsigned)b.n_task;
	jobs = jobs > 0 ? jobs : 1;
	out->n_mem = jobs;
	out->mem = post_resize(NULL, jobs, sizeof *out->mem);
	w = post_resize(NULL, jobs, sizeof *w);
	answer_all(&b, w, jobs, out);
	free(w);
	free(b.task);
	post_drop(&b.parts);
	post_units_free(&b.alt);
	post_claims_free(&b.claims);
}
