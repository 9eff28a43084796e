/* SPDX-License-Identifier: BSD-2-Clause */
/* Frames that are gone, and new ones that look like them: called from the same places, calling the same. */
#include <math.h>
#include <stdlib.h>
#include "pursuit.h"

enum { CANDIDATES_MAX = 32 };	/* of each kind; the largest */

static const double same_parents = 0.8, same_children = 0.9, least_ratio = 0.8, most_ratio = 1.25;

/* A name that only one side has. */
struct candidate {
	uint32_t	 name;
	double		 rate;
	double		*parent, *child;	/* by name, the last for none: parts of all its samples; child: of its square sum's root */
	bool		 taken;
};

struct renaming {
	struct post_comparison	*c;
	struct candidate	 gone[CANDIDATES_MAX], new[CANDIDATES_MAX];
	size_t			 n_gone, n_new;
};

/* The samples of every name, counted once a stack. */
static struct post_both *
samples_by_name(const struct post_comparison *c)
{
	size_t names = c->runs->names.n;
	struct post_both *both = post_resize(NULL, names, sizeof *both);
	uint32_t *stamp = post_resize(NULL, names, sizeof *stamp);

	memset(both, 0, names * sizeof *both);
	memset(stamp, 0, names * sizeof *stamp);
	for (uint32_t cell = 0; cell < c->runs->cells; cell++) {
		const struct post_cell *k = &c->runs->cell[cell];

		for (uint32_t i = 0; i < k->n; i++) {
			if (stamp[k->frame[i]] == cell + 1)
				continue;
			stamp[k->frame[i]] = cell + 1;
			post_both_add(&both[k->frame[i]], c, cell);
		}
	}
	free(stamp);
	return both;
}

/* Put NAME among the candidates V; of too many the small ones go. */
static void
add_candidate(struct candidate *v, size_t *n, uint32_t name, double rate)
{
	size_t at = *n;

	for (; at > 0 && v[at - 1].rate < rate; at--)
		if (at < CANDIDATES_MAX)
			v[at] = v[at - 1];
	if (at < CANDIDATES_MAX)
		v[at] = (struct candidate){ .name = name, .rate = rate };
	*n += *n < CANDIDATES_MAX;
}

static void
find_candidates(struct renaming *r)
{
	const struct post_comparison *c = r->c;
	struct post_both *both = samples_by_name(c);
	uint32_t *by_name = post_names_sorted(&c->runs->names);

	for (size_t i = 0; i < c->runs->names.n; i++) {
		const struct post_both *b = &both[by_name[i]];
		double before = post_both_rate(b, c, POST_BEFORE), after = post_both_rate(b, c, POST_AFTER);

		if (post_both_samples(b) < c->sets->least)
			continue;
		if (after == 0)
			add_candidate(r->gone, &r->n_gone, by_name[i], before);
		if (before == 0)
			add_candidate(r->new, &r->n_new, by_name[i], after);
	}
	free(both);
	free(by_name);
}

static double *
zeros(size_t n)
{
	double *v = post_resize(NULL, n, sizeof *v);

	for (size_t i = 0; i < n; i++)
		v[i] = 0;
	return v;
}

/* Make V's squares sum to 1, or without SQUARE its members. */
static void
scale(double *v, size_t n, bool square)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < n; i++)
		sum += square ? v[i] * v[i] : v[i];
	sum = square ? sqrt(sum) : sum;
	for (i = 0; i < n && sum > 0; i++)
		v[i] /= sum;
}

/* Frame I of CELL is the first of candidate K there. */
static void
add_to_profile(const struct post_comparison *c, struct candidate *k, uint32_t cell, uint32_t i)
{
	const struct post_cell *stack = &c->runs->cell[cell];
	size_t none = c->runs->names.n;
	struct post_both both = { 0 };

	post_both_add(&both, c, cell);
	k->parent[i > 0 ? stack->frame[i - 1] : none] += post_both_samples(&both);
	k->child[i + 1 < stack->n && stack->frame[i + 1] != k->name ? stack->frame[i + 1] : none] += post_both_samples(&both);
}

/* Who calls the candidates V, and whom do they call? */
static void
profile(const struct post_comparison *c, struct candidate *v, size_t n)
{
	size_t names = c->runs->names.n, i;
	struct candidate **of = post_resize(NULL, names, sizeof *of);
	uint32_t *stamp = post_resize(NULL, names, sizeof *stamp);

	memset(of, 0, names * sizeof *of);
	memset(stamp, 0, names * sizeof *stamp);
	for (i = 0; i < n; i++) {
		v[i].parent = zeros(names + 1);
		v[i].child = zeros(names + 1);
		of[v[i].name] = &v[i];
	}
	for (uint32_t cell = 0; cell < c->runs->cells; cell++) {
		const struct post_cell *k = &c->runs->cell[cell];

		for (uint32_t at = 0; at < k->n; at++)
			if (of[k->frame[at]] != NULL && stamp[k->frame[at]] != cell + 1) {
				stamp[k->frame[at]] = cell + 1;
				add_to_profile(c, of[k->frame[at]], cell, at);
			}
	}
	for (i = 0; i < n; i++) {
		scale(v[i].parent, names + 1, false);
		scale(v[i].child, names + 1, true);
	}
	free(of);
	free(stamp);
}

static bool
looks_like(const struct candidate *a, const struct candidate *b, size_t names)
{
	double parents = 0, children = 0;

	if (a->taken || b->taken || b->rate < least_ratio * a->rate || b->rate > most_ratio * a->rate)
		return false;
	for (size_t i = 0; i <= names; i++) {
		parents += fmin(a->parent[i], b->parent[i]);
		children += a->child[i] * b->child[i];
	}
	return parents >= same_parents && children >= same_children;
}

/* The new name for GONE: of those that look like it the one of the nearest size. */
static void
match(struct renaming *r, struct candidate *gone)
{
	struct post_diff *d = r->c->diff;
	struct candidate *best = NULL;

	for (size_t i = 0; i < r->n_new; i++)
		if (looks_like(gone, &r->new[i], r->c->runs->names.n) &&
		    (best == NULL || fabs(r->new[i].rate - gone->rate) < fabs(best->rate - gone->rate)))
			best = &r->new[i];
	if (best == NULL)
		return;
	gone->taken = best->taken = true;
	d->renamed[d->renames++] = (struct post_renamed){ gone->name, best->name };
}

void
post_find_renamed(struct post_comparison *c)
{
	struct renaming *r = post_resize(NULL, 1, sizeof *r);
	size_t i;

	*r = (struct renaming){ .c = c };
	find_candidates(r);
	if (r->n_gone > 0 && r->n_new > 0) {
		profile(c, r->gone, r->n_gone);
		profile(c, r->new, r->n_new);
		c->diff->renamed = post_resize(NULL, CANDIDATES_MAX, sizeof *c->diff->renamed);
		for (i = 0; i < r->n_gone; i++)
			match(r, &r->gone[i]);
	}
	for (i = 0; i < CANDIDATES_MAX; i++) {
		free(r->gone[i].parent);
		free(r->gone[i].child);
		free(r->new[i].parent);
		free(r->new[i].child);
	}
	free(r);
}
