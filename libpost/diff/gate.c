/* SPDX-License-Identifier: BSD-2-Clause */
/* The verdict: functions that grew, budgets, and whether there is enough to tell. */
#include <stdlib.h>
#include "../base/opt.h"
#include "pursuit.h"

enum { SAMPLES_MIN = 500 };	/* of a side: with fewer nothing is said */

/* Runs of which one has so much less than the others, or that vary so much, are not runs of one program. */
static const double least_run = 0.2, most_sigma = 0.4;

/* Does a function that grew fail the gate? */
static bool
fails(const struct post_diff *d, const struct post_function *f)
{
	if (!f->significant || f->seen.delta <= 0 || f->diluted || (f->moved && !d->conf.gate_moved) || d->conf.gate == POST_GATE_NONE)
		return false;
	return d->conf.gate == POST_GATE_SIGNIFICANT || f->seen.low >= d->least;
}

void
post_ask_functions(struct post_comparison *c)
{
	struct post_diff *d = c->diff;

	for (size_t i = 0; i < d->funcs; i++) {
		struct post_function *f = &d->func[i];

		f->told = f->seen;
		f->diluted = f->significant && f->seen.delta > 0 && !f->moved && !post_is_own_change(c, f);
		f->gated = fails(d, f);
	}
}

/* The share of the samples after that end in a budget's function, or have it. */
static void
ask_budget(const struct post_comparison *c, struct post_budget *b, double samples)
{
	struct post_set set = { .kind = b->inclusive ? POST_SET_INCL : POST_SET_FUNC, .name = UINT32_MAX };
	double sum = 0;

	for (uint32_t i = 0; i < c->runs->names.n; i++)
		if (post_str_eq(post_name(&c->runs->names, i), b->func))
			set.name = i;
	for (uint32_t cell = 0; cell < c->runs->cells; cell++)
		if (post_set_has(&set, &c->runs->cell[cell]))
			sum += post_count_real(post_runs_sum(c->runs, cell, POST_AFTER));
	b->share = samples > 0 ? sum / samples : 0;
	b->exceeded = b->share > b->limit;
}

static int
by_value(const void *pa, const void *pb)
{
	double a = *(const double *)pa, b = *(const double *)pb;

	return (a > b) - (a < b);
}

/* Has a run far fewer samples than most?  In work mode runs may be of any length. */
static bool
is_uneven(const struct post_comparison *c)
{
	size_t n = c->runs->n, i;
	double *samples = post_resize(NULL, n, sizeof *samples);
	bool uneven;

	for (i = 0; i < n; i++)
		samples[i] = post_count_real(c->runs->run[i].samples);
	qsort(samples, n, sizeof *samples, by_value);
	uneven = !c->design.work && n > 2 && samples[0] < least_run * samples[n / 2];
	free(samples);
	return uneven;
}

/* Why nothing can be said, or NULL. */
static const char *
too_little(const struct post_comparison *c, double before, double after)
{
	if (before < SAMPLES_MIN)
		return "the base has under 500 samples";
	if (after < SAMPLES_MIN)
		return "the new side has under 500 samples";
	if (c->sets->funcs == 0)
		return "no function has enough samples to be compared";
	if (is_uneven(c))
		return "a run has under a fifth of the samples that most runs have";
	if (c->diff->noise.source == POST_NOISE_RUNS && c->diff->noise.sigma > most_sigma)
		return "the runs of a side have too little in common: sigma is over 40%";
	return NULL;
}

void
post_ask_gate(struct post_comparison *c, double before, double after)
{
	struct post_diff *d = c->diff;
	bool failed;

	for (size_t i = 0; i < d->funcs; i++) {
		d->gated += d->func[i].gated;
		d->moved += d->func[i].moved && d->func[i].seen.delta > 0;
	}
	for (size_t i = 0; i < d->budgets; i++) {
		ask_budget(c, &d->budget[i], after);
		d->exceeded += d->budget[i].exceeded;
	}
	d->total_grew = d->conf.work && d->conf.gate != POST_GATE_NONE && d->total.p < d->conf.q && d->total.delta > 0 && post_is_large(d, &d->total);
	failed = (d->gated > 0 || d->total_grew) && (!d->advisory || d->conf.gate_single);
	d->why = d->exceeded > 0 ? NULL : too_little(c, before, after);	/* a budget asks for no statistics */
	d->verdict = d->why != NULL ? POST_INSUFFICIENT : failed || d->exceeded > 0 ? POST_FAIL : POST_PASS;
}

int
post_budget_parse(struct post_budget *b, const char *text, struct post_err *err)
{
	struct post_str s = post_str_of(text);
	const char *at = NULL;
	double limit;

	for (size_t i = 0; i + 1 < s.n; i++)
		if (text[i] == '<' && text[i + 1] == '=')
			at = text + i;
	if (at == NULL || at == text || s.p[s.n - 1] != '%' ||
	    post_parse_real((struct post_str){ at + 2, (size_t)(s.p + s.n - at) - 3 }, &limit) == -1 || limit > 100)
		return post_fail(err, POST_EUSAGE, "--budget is FUNCTION<=PERCENT%%, not %s", text);
	*b = (struct post_budget){ .text = text, .func = { text, (size_t)(at - text) }, .limit = limit / 100 };
	b->inclusive = post_str_starts(b->func, POST_STR("incl:"));
	b->func = post_str_from(b->func, b->inclusive ? 5 : 0);
	return 0;
}
