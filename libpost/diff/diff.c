/* SPDX-License-Identifier: BSD-2-Clause */
#include <math.h>
#include <stdlib.h>
#include "baseline.h"
#include "pursuit.h"

static const char *const set_names[] = { "func", "path", "incl" };
static const char *const label_names[] = { "", "new", "gone", "moved", "self", "callee", "called more" };

const char *
post_set_name(enum post_set_kind k)
{
	return set_names[k];
}

const char *
post_label_name(enum post_label l)
{
	return label_names[l];
}

void
post_diff_defaults(struct post_diff_conf *c)
{
	*c = (struct post_diff_conf){ .q = 0.05, .min_change = 0.005, .min_relative = 0.05 };
}

/* By what a run is, so that sums of its numbers do not follow the order of files. */
static int
by_size(const void *pa, const void *pb, void *arg)
{
	const struct post_runs *runs = arg;
	const struct post_one_run *a = &runs->run[*(const size_t *)pa], *b = &runs->run[*(const size_t *)pb];
	int d = post_count_cmp(a->samples, b->samples);

	if (a->side != b->side)
		return a->side < b->side ? -1 : 1;
	if (d != 0 || a->exposure != b->exposure)
		return d != 0 ? d : a->exposure < b->exposure ? -1 : 1;
	return strcmp(a->name, b->name);
}

static void
begin(struct post_comparison *c, struct post_diff *d, const struct post_runs *runs)
{
	uint8_t *side = post_take(&d->mem, runs->n);

	*c = (struct post_comparison){ .diff = d, .runs = runs, .sets = d->sets, .scale = 1 };
	c->design = (struct post_design){ .side = side, .n = runs->n, .work = d->conf.work };
	c->exposure = post_take(&d->mem, runs->n * sizeof *c->exposure);
	c->run = post_take(&d->mem, runs->n * sizeof *c->run);
	for (size_t r = 0; r < runs->n; r++)
		c->run[r] = r;
	qsort_r(c->run, runs->n, sizeof *c->run, by_size, (void *)(uintptr_t)runs);
	for (size_t r = 0; r < runs->n; r++) {
		const struct post_one_run *run = &runs->run[c->run[r]];

		side[r] = (uint8_t)run->side;
		c->design.runs[side[r]]++;
		c->exposure[r] = run->exposure;
		d->exposure[side[r]] += c->exposure[r];
	}
	post_order_make(&c->order, &runs->names);
}

static double
samples_of(const struct post_runs *runs, enum post_diff_side side)
{
	double sum = 0;

	for (size_t r = 0; r < runs->n; r++)
		if (runs->run[r].side == side)
			sum += post_count_real(runs->run[r].samples);
	return sum;
}

/* The counts of the first N sets, to be free(3)d. */
static double *
all_counts(const struct post_comparison *c, size_t n)
{
	double *y = post_resize(NULL, n * c->runs->n, sizeof *y);

	for (size_t i = 0; i < n; i++)
		post_counts_of(c, i, y + i * c->runs->n);
	return y;
}

/* Test the first N sets as a family. */
static void
test(struct post_comparison *c, size_t n, struct post_noise *noise, struct post_change_seen *seen)
{
	double *y = all_counts(c, n);
	struct post_change_seen **all = post_resize(NULL, n, sizeof *all);

	post_noise_learn(noise, &c->design, y, n, c->exposure, c->diff->noise.sigma);
	for (size_t i = 0; i < n; i++) {
		post_noise_test(noise, &c->design, y + i * c->runs->n, c->exposure, &seen[i]);
		all[i] = &seen[i];
	}
	post_fdr(all, n, c->diff->conf.dependent);
	free(y);
	free(all);
}

/* What the sigma of one run a side is. */
static void
assume_noise(struct post_diff *d)
{
	d->noise.source = d->conf.noise > 0 ? POST_NOISE_BASELINE : POST_NOISE_ASSUMED;
	d->noise.sigma = d->conf.noise > 0 ? d->conf.noise : POST_NOISE_ASSUMED_SIGMA;
}

static int
by_p(const void *pa, const void *pb, void *arg)
{
	const struct post_function *a = pa, *b = pb;
	const struct post_order *order = arg;

	if (a->seen.p != b->seen.p)
		return a->seen.p < b->seen.p ? -1 : 1;
	return post_order_cmp(order, &a->name, 1, &b->name, 1);
}

/* Did it all get slower?  As sure as functions are. */
static void
test_total(struct post_comparison *c, const struct post_noise *noise)
{
	double *y = post_resize(NULL, c->runs->n, sizeof *y);

	for (size_t r = 0; r < c->runs->n; r++)
		y[r] = post_count_real(c->runs->run[c->run[r]].samples);
	post_noise_test(noise, &c->design, y, c->exposure, &c->diff->total);
	c->diff->total.q = c->diff->total.p;
	free(y);
}

static void
test_functions(struct post_comparison *c)
{
	struct post_diff *d = c->diff;
	size_t n = c->sets->funcs;
	struct post_change_seen *seen = post_resize(NULL, n, sizeof *seen);
	struct post_noise noise;

	test(c, n, &noise, seen);
	if (noise.df > 0)
		d->noise = (struct post_noise_seen){ POST_NOISE_RUNS, sqrt(noise.sigma2), noise.d0, noise.s0 };
	d->func = post_resize(NULL, n, sizeof *d->func);
	for (d->funcs = 0; d->funcs < n; d->funcs++)
		d->func[d->funcs] = (struct post_function){ .name = c->sets->set[d->funcs].name, .seen = seen[d->funcs],
		    .significant = post_is_significant(d, &seen[d->funcs]) };
	qsort_r(d->func, n, sizeof *d->func, by_p, &c->order);
	free(seen);
	if (d->conf.work)
		test_total(c, &noise);
}

/* Compare the runs as they are called now. */
static void
compare(struct post_comparison *c, struct post_diff *d, const struct post_runs *runs, const struct post_diff_conf *conf)
{
	double before = samples_of(runs, POST_BEFORE);

	*d = (struct post_diff){ .conf = *conf };
	d->sets = post_resize(NULL, 1, sizeof *d->sets);
	post_sets_make(d->sets, runs);
	begin(c, d, runs);
	assume_noise(d);
	d->least = conf->min_change * (conf->work && d->exposure[POST_BEFORE] > 0 ? before / d->exposure[POST_BEFORE] : 1);
	d->seen = post_resize(NULL, d->sets->n, sizeof *d->seen);
	if (before == 0 || samples_of(runs, POST_AFTER) == 0)
		return;
	test(c, d->sets->n, &c->noise, d->seen);
	test_functions(c);
	post_pursue(c);
	post_label(c);
	post_ask_functions(c);
}

/* More pairs of names for D, and OTHER has the new ones for the old. */
static void
add_renamed(struct post_diff *d, const struct post_diff *more, uint32_t *other, size_t names)
{
	d->renamed = post_resize(d->renamed, d->renames + more->renames, sizeof *d->renamed);
	for (size_t i = 0; i < more->renames; i++) {
		const struct post_renamed *r = &more->renamed[i];

		if (more != d)
			d->renamed[d->renames++] = *r;
		for (size_t k = 0; k < names; k++)
			other[k] = other[k] == r->from ? r->to : other[k];
	}
}

static const struct post_function *
function_of(const struct post_diff *d, uint32_t name)
{
	for (size_t i = 0; i < d->funcs; i++)
		if (d->func[i].name == name)
			return &d->func[i];
	return NULL;
}

/* What the gate wants to know of D's functions is what SAME says, which takes old and new names for one. */
static void
take_over(struct post_diff *d, const struct post_diff *same, const uint32_t *other)
{
	size_t i;

	for (i = 0; i < d->funcs; i++) {
		struct post_function *f = &d->func[i];
		const struct post_function *s = function_of(same, other[f->name]);
		bool old = other[f->name] != f->name;

		f->gated = !old && s != NULL && s->gated;
		f->diluted = !old && s != NULL && s->diluted;
		f->told = f->gated && f->seen.before == 0 ? s->seen : f->seen;
		f->moved = f->significant && !f->gated && !f->diluted && (old || s == NULL || s->moved || !s->significant || s->seen.delta <= 0);
	}
	for (i = 0; i < d->culprits; i++) {
		struct post_culprit *k = &d->culprit[i];
		bool still = false;

		for (size_t j = 0; j < same->culprits; j++)
			still = still || (same->culprit[j].name == other[k->name] && same->culprit[j].kind == k->kind && same->culprit[j].label != POST_LABEL_MOVED);
		k->label = still ? k->label : POST_LABEL_MOVED;
	}
}

enum { ROUNDS = 8 };	/* of finding renamed frames: each may show whom others call */

/* Follow renamed frames: a function that has another name and grew as well fails the gate, one that only has another name does not. */
static void
follow_renamed(struct post_diff *d, const struct post_runs *runs)
{
	uint32_t *other = post_resize(NULL, runs->names.n, sizeof *other);
	struct post_diff same;
	size_t found = d->renames;

	for (uint32_t i = 0; i < runs->names.n; i++)
		other[i] = i;
	add_renamed(d, d, other, runs->names.n);
	for (int round = 0; round < ROUNDS && found > 0; round++) {
		struct post_runs mapped;
		struct post_comparison c;

		post_runs_rename(&mapped, runs, other);
		compare(&c, &same, &mapped, &d->conf);
		found = same.renames;
		add_renamed(d, &same, other, runs->names.n);
		if (found == 0 || round + 1 == ROUNDS)
			take_over(d, &same, other);
		post_order_free(&c.order);
		post_diff_free(&same);
		post_runs_free(&mapped);
	}
	free(other);
}

void
post_diff(struct post_diff *d, const struct post_runs *runs, const struct post_diff_conf *conf, struct post_budget *budget, size_t budgets)
{
	struct post_comparison c;

	compare(&c, d, runs, conf);
	d->budget = budget;
	d->budgets = budgets;
	d->advisory = runs->n <= 2;
	if (d->renames > 0 && !conf->gate_moved)
		follow_renamed(d, runs);
	post_find_elided(&c, samples_of(runs, POST_BEFORE));
	post_ask_gate(&c, samples_of(runs, POST_BEFORE), samples_of(runs, POST_AFTER));
	post_order_free(&c.order);
}

double
post_baseline_sigma(const struct post_runs *runs, bool work)
{
	struct post_diff d = { .conf.work = work };
	struct post_sets sets;
	struct post_comparison c;
	struct post_noise noise;
	double *y;

	post_sets_make(&sets, runs);
	d.sets = &sets;
	begin(&c, &d, runs);
	y = all_counts(&c, sets.funcs);
	post_noise_learn(&noise, &c.design, y, sets.funcs, c.exposure, 0);
	free(y);
	post_order_free(&c.order);
	post_sets_free(&sets);
	post_drop(&d.mem);
	return sqrt(noise.sigma2);
}

static bool
is_significant_function(const struct post_diff *d, uint32_t name)
{
	for (size_t i = 0; i < d->funcs; i++)
		if (d->func[i].name == name)
			return d->func[i].significant;
	return false;
}

bool
post_diff_path(const struct post_diff *d, const uint32_t *path, size_t n)
{
	const struct post_set_node *node = d->funcs > 0 ? post_sets_node(d->sets, path, n) : NULL;

	if (node == NULL)
		return false;
	for (size_t i = n - 1; i < node->path.n; i++)
		if (is_significant_function(d, node->path.frame[i]))
			return true;
	return post_is_significant(d, &d->seen[node->set]);
}

/*
 * 4.3 standard errors: 80 % power with some 100 tests.  The rule is of shares
 * that vary by sigma from run to run.
 */
double
post_diff_detectable(const struct post_diff *d, const struct post_runs *runs, double share)
{
	double m = (double)post_runs_of(runs, POST_BEFORE), n = (double)post_runs_of(runs, POST_AFTER);
	double mean = (samples_of(runs, POST_BEFORE) + samples_of(runs, POST_AFTER)) / (m + n);

	return 4.3 * sqrt((1 / (mean * share) + d->noise.sigma * d->noise.sigma) * (1 / m + 1 / n));
}

void
post_diff_free(struct post_diff *d)
{
	if (d->sets != NULL)
		post_sets_free(d->sets);
	free(d->sets);
	free(d->seen);
	free(d->func);
	free(d->culprit);
	free(d->renamed);
	post_drop(&d->mem);
	*d = (struct post_diff){ 0 };
}
