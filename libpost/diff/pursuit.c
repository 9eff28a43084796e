/* SPDX-License-Identifier: BSD-2-Clause */
#include <math.h>
#include <stdlib.h>
#include "pursuit.h"

enum { CULPRITS_MAX = 20 };
static const double rounding = 1e-12;	/* a t that is larger by no more is the same: of a set and all the rest it is one */

bool
post_is_large(const struct post_diff *d, const struct post_change_seen *seen)
{
	double change = fabs(seen->delta);

	return change >= d->least && change >= d->conf.min_relative * fmax(seen->before, 1e-12);
}

bool
post_is_significant(const struct post_diff *d, const struct post_change_seen *seen)
{
	return seen->q < d->conf.q && post_is_large(d, seen);
}

void
post_counts_of(const struct post_comparison *c, size_t set, double *y)
{
	for (size_t r = 0; r < c->runs->n; r++)
		y[r] = post_count_real(post_set_sum(c->sets, set, c->run[r]));
}

/* The largest p that is called at all. */
static double
called_up_to(const struct post_comparison *c)
{
	double most = 0;

	for (size_t i = 0; i < c->sets->n; i++)
		if (c->diff->seen[i].q < c->diff->conf.q && c->diff->seen[i].p > most)
			most = c->diff->seen[i].p;
	return most;
}

/* What shares are of now; false: a side has nothing left. */
static bool
live_exposure(const struct post_comparison *c, double *exposure)
{
	double sum[POST_BOTH_SIDES] = { 0 };

	for (size_t r = 0; r < c->runs->n; r++) {
		exposure[r] = c->design.work ? c->exposure[r] : post_count_real(c->sets->live[c->run[r]]);
		sum[c->design.side[r]] += exposure[r];
	}
	return sum[POST_BEFORE] > 0 && sum[POST_AFTER] > 0;
}

static double
sum_of(const double *v, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += v[i];
	return sum;
}

/* The set with the largest |t| among those that count, with what is SEEN of it; POST_NO_SET: there is none. */
static size_t
strongest(const struct post_comparison *c, const double *exposure, double called, double *y, struct post_change_seen *seen)
{
	size_t best = POST_NO_SET;

	for (size_t i = 0; i < c->sets->n; i++) {
		struct post_change_seen now;

		post_counts_of(c, i, y);
		if (sum_of(y, c->runs->n) < POST_SET_MIN)
			continue;
		post_noise_test(&c->noise, &c->design, y, exposure, &now);
		if (now.p > called || !post_is_large(c->diff, &now) || fabs(now.t) <= (best == POST_NO_SET ? 0 : fabs(seen->t) * (1 + rounding)))
			continue;
		best = i;
		*seen = now;
	}
	return best;
}

/* The q that a test with this P has among those of all sets. */
static double
level_of(const struct post_comparison *c, double p)
{
	double q = 1;

	for (size_t i = 0; i < c->sets->n; i++)
		if (c->diff->seen[i].p >= p && c->diff->seen[i].q < q)
			q = c->diff->seen[i].q;
	return q;
}

/* What there is to see of a culprit that is about to be taken away. */
static void
see_plainly(const struct post_comparison *c, size_t set, double *y, struct post_culprit *k)
{
	post_counts_of(c, set, y);
	post_noise_test(&c->noise, &c->design, y, c->exposure, &k->plain);
	k->plain.q = k->seen.q;
	k->told = fabs(k->plain.delta) >= c->diff->least && (k->plain.delta > 0) == (k->seen.delta > 0);
}

void
post_pursue(struct post_comparison *c)
{
	struct post_diff *d = c->diff;
	double called = called_up_to(c), *exposure = post_resize(NULL, c->runs->n, sizeof *exposure);
	double *y = post_resize(NULL, c->runs->n, sizeof *y);

	d->culprit = post_resize(NULL, CULPRITS_MAX, sizeof *d->culprit);
	while (called > 0 && d->culprits < CULPRITS_MAX && live_exposure(c, exposure)) {
		struct post_change_seen seen = { 0 };
		size_t set = strongest(c, exposure, called, y, &seen);

		if (set == POST_NO_SET)
			break;
		seen.q = level_of(c, seen.p);
		d->culprit[d->culprits] = (struct post_culprit){ .kind = c->sets->set[set].kind, .name = c->sets->set[set].name,
		    .path = c->sets->set[set].path, .seen = seen };
		see_plainly(c, set, y, &d->culprit[d->culprits++]);
		post_sets_remove(c->sets, set);
	}
	free(exposure);
	free(y);
}
