/* SPDX-License-Identifier: BSD-2-Clause */
/* Frames that are gone, and new ones that look like them: called from the same places, calling the same. */
#include <math.h>
#include <stdlib.h>
#include "pursuit.h"

enum { CANDIDATES_MAX = 200 };	/* of each kind; the largest */
enum { NOBODY, ONE_SIDED, FIRST };	/* numbers of neighbours; names that one side has are one: they may be renamed, too */

/* It may have become slower or quicker as well: whether it did is seen when both names are taken for one. */
static const double same_parents = 0.8, same_children = 0.85, least_ratio = 0.4, most_ratio = 2.5;

/* A name that only one side has. */
struct candidate {
	uint32_t	 name;
	double		 rate;
	double		*parent, *child;	/* by neighbour: parts of all its samples; child: of its square sum's root */
	bool		 taken;
};

struct renaming {
	struct post_comparison	*c;
	struct candidate	 gone[CANDIDATES_MAX], new[CANDIDATES_MAX];
	size_t			 n_gone, n_new;
	struct candidate	**of;		/* by name */
	uint32_t		*neighbour;	/* by name: the number of one that calls a candidate or is called, or NOBODY */
	size_t			 neighbours;	/* the last number */
	bool			*one_sided;	/* by name */
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

	r->one_sided = post_resize(NULL, c->runs->names.n, sizeof *r->one_sided);
	for (size_t i = 0; i < c->runs->names.n; i++) {
		const struct post_both *b = &both[by_name[i]];
		double before = post_both_rate(b, c, POST_BEFORE), after = post_both_rate(b, c, POST_AFTER);

		r->one_sided[by_name[i]] = before == 0 || after == 0;
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

/* A stack that has a candidate, and what stands beside that; UINT32_MAX: nothing. */
struct sight {
	struct candidate	*of;
	uint32_t		 cell, parent, child;
};

/* Call EACH for every candidate of every stack. */
static void
look(struct renaming *r, void (*each)(struct renaming *, const struct sight *))
{
	const struct post_runs *runs = r->c->runs;
	uint32_t *stamp = post_resize(NULL, runs->names.n, sizeof *stamp);

	memset(stamp, 0, runs->names.n * sizeof *stamp);
	for (uint32_t cell = 0; cell < runs->cells; cell++) {
		const struct post_cell *k = &runs->cell[cell];

		for (uint32_t i = 0; i < k->n; i++) {
			uint32_t name = k->frame[i];
			bool calls = i + 1 < k->n && k->frame[i + 1] != name;

			if (r->of[name] == NULL || stamp[name] == cell + 1)
				continue;
			stamp[name] = cell + 1;
			each(r, &(struct sight){ r->of[name], cell, i > 0 ? k->frame[i - 1] : UINT32_MAX, calls ? k->frame[i + 1] : UINT32_MAX });
		}
	}
	free(stamp);
}

static void
number(struct renaming *r, uint32_t name)
{
	if (name != UINT32_MAX && r->neighbour[name] == NOBODY)
		r->neighbour[name] = r->one_sided[name] ? ONE_SIDED : (uint32_t)++r->neighbours;
}

static void
number_neighbours(struct renaming *r, const struct sight *s)
{
	number(r, s->parent);
	number(r, s->child);
}

static void
add_to_profile(struct renaming *r, const struct sight *s)
{
	struct post_both both = { 0 };

	post_both_add(&both, r->c, s->cell);
	s->of->parent[s->parent == UINT32_MAX ? NOBODY : r->neighbour[s->parent]] += post_both_samples(&both);
	s->of->child[s->child == UINT32_MAX ? NOBODY : r->neighbour[s->child]] += post_both_samples(&both);
}

static void
begin_profiles(struct renaming *r, struct candidate *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		v[i].parent = zeros(r->neighbours + 1);
		v[i].child = zeros(r->neighbours + 1);
	}
}

static void
end_profiles(const struct renaming *r, struct candidate *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		scale(v[i].parent, r->neighbours + 1, false);
		scale(v[i].child, r->neighbours + 1, true);
	}
}

/* Who calls the candidates, and whom do they call? */
static void
profile(struct renaming *r)
{
	size_t names = r->c->runs->names.n, i;

	r->of = post_resize(NULL, names, sizeof *r->of);
	r->neighbour = post_resize(NULL, names, sizeof *r->neighbour);
	memset(r->of, 0, names * sizeof *r->of);
	memset(r->neighbour, 0, names * sizeof *r->neighbour);
	r->neighbours = FIRST - 1;
	for (i = 0; i < r->n_gone; i++)
		r->of[r->gone[i].name] = &r->gone[i];
	for (i = 0; i < r->n_new; i++)
		r->of[r->new[i].name] = &r->new[i];
	look(r, number_neighbours);
	begin_profiles(r, r->gone, r->n_gone);
	begin_profiles(r, r->new, r->n_new);
	look(r, add_to_profile);
	end_profiles(r, r->gone, r->n_gone);
	end_profiles(r, r->new, r->n_new);
	free(r->of);
	free(r->neighbour);
}

static bool
looks_like(const struct candidate *a, const struct candidate *b, size_t neighbours)
{
	double parents = 0, children = 0;

	if (a->taken || b->taken || b->rate < least_ratio * a->rate || b->rate > most_ratio * a->rate)
		return false;
	for (size_t i = 0; i <= neighbours; i++) {
		parents += fmin(a->parent[i], b->parent[i]);
		children += a->child[i] * b->child[i];
	}
	return parents >= same_parents && children >= same_children;
}

/* How much of two names is alike at their beginnings and ends, 0 to 1. */
static double
likeness(struct post_str a, struct post_str b)
{
	size_t least = a.n < b.n ? a.n : b.n, most = a.n < b.n ? b.n : a.n, head = 0, tail = 0;

	while (head < least && a.p[head] == b.p[head])
		head++;
	while (tail < least - head && a.p[a.n - 1 - tail] == b.p[b.n - 1 - tail])
		tail++;
	return most > 0 ? (double)(head + tail) / (double)most : 1;
}

/* The new name for GONE: of those that look like it the most alike, and of these the one of the nearest size. */
static void
match(struct renaming *r, struct candidate *gone)
{
	struct post_diff *d = r->c->diff;
	struct candidate *best = NULL;
	double most = -1;

	for (size_t i = 0; i < r->n_new; i++) {
		struct candidate *new = &r->new[i];
		double alike = likeness(post_name(&r->c->runs->names, gone->name), post_name(&r->c->runs->names, new->name));

		if (!looks_like(gone, new, r->neighbours) || alike < most ||
		    (alike == most && fabs(new->rate - gone->rate) >= fabs(best->rate - gone->rate)))
			continue;
		best = new;
		most = alike;
	}
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
		profile(r);
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
	free(r->one_sided);
	free(r);
}
