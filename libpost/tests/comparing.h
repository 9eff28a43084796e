/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs to compare, from text or by chance. */
#ifndef COMPARING_H
#define COMPARING_H

#include <math.h>
#include "../diff/sets.h"
#include "support.h"

/* "main;a;x 200\nmain;b 3\n" as a run; lines may repeat a stack. */
static inline void
add_run(struct post_runs *r, enum post_diff_side side, const char *text)
{
	struct post_unfolder u = { .names = &r->names };
	struct post_str rest = post_str_of(text);
	struct post_err err;

	post_runs_begin(r, side == POST_BEFORE ? "base" : "new", side);
	while (rest.n > 0) {
		const char *end = memchr(rest.p, '\n', rest.n);
		struct post_str line = { rest.p, end != NULL ? (size_t)(end - rest.p) : rest.n }, stack;
		struct post_count count;

		assert_int_equal(post_folded_split(line, &stack, &count), 0);
		post_unfold(&u, stack);
		assert_int_equal(post_runs_count(r, r->n - 1, u.frame, u.n, count, &err), 0);
		rest = post_str_from(rest, line.n + (end != NULL));
	}
	r->run[r->n - 1].exposure = post_count_real(r->run[r->n - 1].samples);
	post_unfolder_free(&u);
}

static inline uint32_t
name_id(const struct post_runs *r, const char *name)
{
	for (uint32_t i = 0; i < r->names.n; i++)
		if (post_str_eq(post_name(&r->names, i), post_str_of(name)))
			return i;
	return UINT32_MAX;
}

static inline const struct post_function *
function(const struct post_diff *d, const struct post_runs *r, const char *name)
{
	uint32_t id = name_id(r, name);

	for (size_t i = 0; i < d->funcs; i++)
		if (d->func[i].name == id)
			return &d->func[i];
	return NULL;
}

static inline double
uniform(struct rng *r)
{
	return (double)(rng(r) >> 11) * 0x1p-53;
}

static inline double
normal(struct rng *r)		/* Box and Muller */
{
	double u = 1 - uniform(r);

	return sqrt(-2 * log(u)) * cos(6.283185307179586 * uniform(r));
}

enum { SIM_FUNCS = 60, SIM_STACKS = 250, SIM_DEEPEST = 10 };

/* A program: stacks, how often each is seen, and how much its function varies from run to run. */
struct sim {
	uint32_t	frame[SIM_STACKS][SIM_DEEPEST];		/* numbers of functions, root first */
	size_t		depth[SIM_STACKS];
	double		weight[SIM_STACKS];
	double		sigma[SIM_FUNCS];
};

static inline void
sim_make(struct sim *s, struct rng *r)
{
	size_t i, d;

	for (i = 0; i < SIM_FUNCS; i++)
		s->sigma[i] = i % 10 == 9 ? 0.20 : 0.05;
	for (i = 0; i < SIM_STACKS; i++) {
		size_t of = i > 0 ? below(r, i) : 0, shared = i > 0 ? 1 + below(r, s->depth[of]) : 1;

		s->depth[i] = shared + 1 + below(r, 3);
		s->depth[i] = s->depth[i] < SIM_DEEPEST ? s->depth[i] : SIM_DEEPEST;
		for (d = 0; d < s->depth[i]; d++)
			s->frame[i][d] = d == 0 ? 0 : d < shared ? s->frame[of][d] : 1 + (uint32_t)below(r, SIM_FUNCS - 1);
		s->weight[i] = pow(1 - uniform(r), -0.9);		/* Pareto's */
		s->weight[i] = s->weight[i] < 200 ? s->weight[i] : 200;
	}
}

static inline uint32_t
sim_leaf(const struct sim *s, size_t stack)
{
	return s->frame[stack][s->depth[stack] - 1];
}

/* Counts of SAMPLES samples of stacks seen with these weights (a multinomial one). */
static inline void
draw(struct rng *r, const double *weight, size_t samples, uint32_t *count)
{
	double sum[SIM_STACKS], all = 0;

	for (size_t i = 0; i < SIM_STACKS; i++) {
		sum[i] = all += weight[i];
		count[i] = 0;
	}
	while (samples-- > 0) {
		double at = uniform(r) * all;
		size_t low = 0, high = SIM_STACKS - 1;

		while (low < high)
			if (sum[(low + high) / 2] > at)
				high = (low + high) / 2;
			else
				low = (low + high) / 2 + 1;
		count[low]++;
	}
}

/* One run: each function's own cost varies, and is FACTOR times as large in a stack. */
static inline void
sim_run(const struct sim *s, struct rng *r, struct post_runs *runs, enum post_diff_side side, size_t samples, const double *factor)
{
	double vary[SIM_FUNCS], weight[SIM_STACKS];
	uint32_t count[SIM_STACKS];
	struct post_err err;
	size_t i;

	for (i = 0; i < SIM_FUNCS; i++)
		vary[i] = exp(s->sigma[i] * normal(r) - s->sigma[i] * s->sigma[i] / 2);
	for (i = 0; i < SIM_STACKS; i++)
		weight[i] = s->weight[i] * vary[sim_leaf(s, i)] * (factor != NULL ? factor[i] : 1);
	draw(r, weight, samples, count);
	post_runs_begin(runs, "run", side);
	for (i = 0; i < SIM_STACKS; i++)
		if (count[i] > 0)
			assert_int_equal(post_runs_count(runs, runs->n - 1, s->frame[i], s->depth[i], (struct post_count){ count[i], 0 }, &err), 0);
	runs->run[runs->n - 1].exposure = (double)samples;
}

/* The names of a simulation's functions: f0 on, their numbers are their ids. */
static inline void
sim_names(struct post_runs *runs)
{
	char name[16];

	for (int i = 0; i < SIM_FUNCS; i++) {
		snprintf(name, sizeof name, "f%d", i);
		assert_int_equal(post_intern(&runs->names, post_str_of(name)), i);
	}
}

#endif
