/* SPDX-License-Identifier: BSD-2-Clause */
/* What is to be said of a culprit: where it changed, how, and how much of all change it is. */
#include <math.h>
#include <stdlib.h>
#include "pursuit.h"
#include "special.h"

static const double chance = 0.05;	/* a split that differs by no more is the same */

/* All that functions' own samples grew by, and all that they shrank by. */
struct turnover {
	double	grown, shrunk;
};

static struct turnover
turnover(const struct post_comparison *c)
{
	size_t names = c->runs->names.n, i;
	struct post_both *self = post_resize(NULL, names, sizeof *self);
	uint32_t *by_name = post_names_sorted(&c->runs->names);
	struct turnover t = { 0 };

	memset(self, 0, names * sizeof *self);
	for (uint32_t cell = 0; cell < c->runs->cells; cell++) {
		const struct post_cell *k = &c->runs->cell[cell];

		if (k->n > 0)
			post_both_add(&self[k->frame[k->n - 1]], c, cell);
	}
	for (i = 0; i < names; i++) {
		double delta = post_both_delta(&self[by_name[i]], c);

		*(delta > 0 ? &t.grown : &t.shrunk) += fabs(delta);
	}
	free(self);
	free(by_name);
	return t;
}

static int
by_change(const void *pa, const void *pb, void *arg)
{
	const struct post_comparison *c = arg;
	const struct post_place_seen *a = pa, *b = pb;
	double x = fabs(post_both_delta(&a->both, c)), y = fabs(post_both_delta(&b->both, c));

	return x != y ? (x < y) - (x > y) : post_order_cmp(&c->order, a->path.frame, a->path.n, b->path.frame, b->path.n);
}

/* What stands above the frame of SET in a stack that is one of it. */
static size_t
callers(const struct post_set *set, const struct post_cell *k)
{
	return set->kind == POST_SET_FUNC ? k->n - 1 : set->kind == POST_SET_PATH ? k->n : post_set_entry(set, k);
}

/* The contexts of culprit I that changed most. */
static void
find_contexts(struct post_comparison *c, size_t i, const struct post_set *set)
{
	struct post_culprit *culprit = &c->diff->culprit[i];
	struct post_place_seen *v;
	size_t n = post_places(c, set, (uint32_t)i + 1, callers, &v);

	qsort_r(v, n, sizeof *v, by_change, c);
	culprit->contexts = n < POST_CONTEXTS ? n : POST_CONTEXTS;
	for (n = 0; n < culprit->contexts; n++)
		culprit->context[n] = (struct post_context){ v[n].path, post_both_rate(&v[n].both, c, POST_BEFORE),
		    post_both_rate(&v[n].both, c, POST_AFTER) };
	free(v);
}

/* How the samples with a frame are split: its own, and those of its children by name. */
struct split {
	struct post_both	self, *child, all;
	size_t			names;
};

/* The child of SET's frame in a stack that has it, its last where it calls itself; UINT32_MAX: the stack ends in it. */
static uint32_t
child_in(const struct post_set *set, const struct post_cell *k)
{
	size_t at = k->n - 1;

	if (set->kind == POST_SET_PATH)
		at = set->path.n - 1;
	else
		while (k->frame[at] != set->name)
			at--;
	return at + 1 < k->n ? k->frame[at + 1] : UINT32_MAX;
}

static void
make_split(const struct post_comparison *c, const struct post_set *set, struct split *s)
{
	struct post_set wide = *set;

	wide.kind = set->kind == POST_SET_PATH ? POST_SET_PATH : POST_SET_INCL;
	*s = (struct split){ .names = c->runs->names.n };
	s->child = post_resize(NULL, s->names, sizeof *s->child);
	memset(s->child, 0, s->names * sizeof *s->child);
	for (uint32_t cell = 0; cell < c->runs->cells; cell++) {
		const struct post_cell *k = &c->runs->cell[cell];
		uint32_t child;

		if (!post_set_has(&wide, k))
			continue;
		child = child_in(&wide, k);
		post_both_add(child == UINT32_MAX ? &s->self : &s->child[child], c, cell);
		post_both_add(&s->all, c, cell);
	}
}

/* The share of chi-squared of one part: is it split between the sides as all is? */
static double
chi2_of(const struct split *s, const struct post_both *part)
{
	double n = post_both_samples(&s->all), both = post_both_samples(part), sum = 0;

	for (int side = 0; side < POST_BOTH_SIDES; side++) {
		double expected = both * post_count_real(s->all.v[side]) / n, off = post_count_real(part->v[side]) - expected;

		sum += expected > 0 ? off * off / expected : 0;
	}
	return sum;
}

/* Do a frame and all that it calls scale alike?  Small children are one part. */
static bool
is_alike(const struct split *s, double phi)
{
	struct post_both rest = { 0 };
	double chi2 = 0;
	size_t parts = 0;

	for (size_t i = 0; i <= s->names; i++) {
		const struct post_both *part = i < s->names ? &s->child[i] : &s->self;

		if (post_both_samples(part) >= POST_SET_MIN) {
			chi2 += chi2_of(s, part);
			parts++;
			continue;
		}
		for (int side = 0; side < POST_BOTH_SIDES; side++)
			(void)post_count_add(&rest.v[side], part->v[side]);
	}
	if (post_both_samples(&rest) > 0) {
		chi2 += chi2_of(s, &rest);
		parts++;
	}
	return parts > 1 && post_chi2_upper(chi2 / phi, (double)(parts - 1)) > chance;
}

/* Of a split that changed: is it more of the frame's own samples than of any child? */
static bool
is_self(const struct post_comparison *c, const struct split *s)
{
	double self = fabs(post_both_delta(&s->self, c));

	for (size_t i = 0; i < s->names; i++)
		if (fabs(post_both_delta(&s->child[i], c)) > self)
			return false;
	return true;
}

static struct post_both
samples_of(const struct post_comparison *c, const struct post_set *set)
{
	struct post_both sum = { 0 };

	for (uint32_t cell = 0; cell < c->runs->cells; cell++)
		if (post_set_has(set, &c->runs->cell[cell]))
			post_both_add(&sum, c, cell);
	return sum;
}

static enum post_label
label_of(const struct post_comparison *c, const struct post_culprit *culprit, const struct post_set *set)
{
	struct post_both all = samples_of(c, set);
	enum post_label label;
	struct split s;

	if (post_count_real(all.v[POST_BEFORE]) == 0)
		return POST_LABEL_NEW;
	if (post_count_real(all.v[POST_AFTER]) == 0)
		return POST_LABEL_GONE;
	make_split(c, set, &s);
	label = is_alike(&s, culprit->seen.phi) ? POST_LABEL_CALLED_MORE :
	    set->kind == POST_SET_FUNC || is_self(c, &s) ? POST_LABEL_SELF : POST_LABEL_CALLEE;
	free(s.child);
	return label;
}

/* Its part of all that grew, or of all that shrank. */
static double
part_of(const struct turnover *t, double delta)
{
	double all = delta > 0 ? t->grown : t->shrunk;

	return all > 0 ? fmin(fabs(delta) / all, 1) : 0;
}

void
post_label(struct post_comparison *c)
{
	struct turnover all = turnover(c);

	for (size_t i = 0; i < c->diff->culprits; i++) {
		struct post_culprit *culprit = &c->diff->culprit[i];
		struct post_set set = post_culprit_set(culprit);

		culprit->explains = part_of(&all, culprit->plain.delta);
		culprit->label = label_of(c, culprit, &set);
		find_contexts(c, i, &set);
	}
	post_find_moved(c);
	post_find_renamed(c);
}
