/* SPDX-License-Identifier: BSD-2-Clause */
/* The parts of a comparison: from tests of all sets to the few that explain the change, and the verdict.  Private to this room. */
#ifndef POST_PURSUIT_H
#define POST_PURSUIT_H

#include "noise.h"
#include "sets.h"

/* What the parts of a comparison share. */
struct post_comparison {
	struct post_diff	*diff;
	const struct post_runs	*runs;
	struct post_sets	*sets;
	struct post_design	 design;
	size_t			*run;		/* the runs in an order that follows from what they are: counts below are in it */
	double			*exposure;	/* by run, in that order */
	struct post_noise	 noise;		/* of all sets */
	double			 scale;		/* what became of a share that did not change (moved.c) */
	struct post_order	 order;		/* of the names */
};

/* Is the change large enough to matter?  And is it no chance either? */
bool	post_is_large(const struct post_diff *, const struct post_change_seen *);
bool	post_is_significant(const struct post_diff *, const struct post_change_seen *);

/* The counts of a set, one a run, as real numbers. */
void	post_counts_of(const struct post_comparison *, size_t set, double *y);

/*
 * The strongest set first; its stacks are taken away, and so on with what is
 * left, in share mode with the shares of what is left: what only was in the
 * way of a culprit did not change.  A relative of the scan statistic for trees
 * (M. Kulldorff, 2003, doi:10.1111/1541-0420.00039).  Culprit i is removal i + 1 of the sets.
 */
void	post_pursue(struct post_comparison *);

/* label.c: what is to be said of each culprit: contexts, label, part of the change. */
void	post_label(struct post_comparison *);

/* moved.c: functions and culprits whose cost only came from their neighbours, or went there. */
void	post_find_moved(struct post_comparison *);

/* elided.c: what only the base has, which has so many SAMPLES. */
void	post_find_elided(struct post_comparison *, double samples);

/* gate.c: which functions fail the gate; the verdict on sides of so many samples. */
void	post_ask_functions(struct post_comparison *);
void	post_ask_gate(struct post_comparison *, double before, double after);

/* moved.c: did a function's own samples change for another reason than that others did? */
bool	post_is_own_change(const struct post_comparison *, const struct post_function *);

/* The set that a culprit was. */
static inline struct post_set
post_culprit_set(const struct post_culprit *k)
{
	return (struct post_set){ .kind = k->kind, .name = k->name, .path = k->path };
}

/* renamed.c: frames that have another name now. */
void	post_find_renamed(struct post_comparison *);

/* places.c: samples of both sides, exactly: sums of them do not follow an order. */
struct post_both {
	struct post_count	v[POST_BOTH_SIDES];
};

void	post_both_add(struct post_both *, const struct post_comparison *, uint32_t cell);

/* The samples of a side, per exposure. */
static inline double
post_both_rate(const struct post_both *b, const struct post_comparison *c, enum post_diff_side side)
{
	return post_count_real(b->v[side]) / c->diff->exposure[side];
}

static inline double
post_both_delta(const struct post_both *b, const struct post_comparison *c)
{
	return post_both_rate(b, c, POST_AFTER) - post_both_rate(b, c, POST_BEFORE);
}

/* Stacks of a set that begin with the same path. */
struct post_place_seen {
	struct post_path	path;
	struct post_both	both;
};

/*
 * places.c: the stacks of SET that culprit OWNER - 1 took (0: nobody;
 * POST_ANY_OWNER: all), by the first DEPTH(set, cell) frames of each; how many
 * places, in the order of their paths, *V to be free(3)d.
 */
#define POST_ANY_OWNER	UINT32_MAX
size_t	post_places(const struct post_comparison *, const struct post_set *set, uint32_t owner,
	    size_t (*depth)(const struct post_set *, const struct post_cell *), struct post_place_seen **v);

static inline double
post_both_samples(const struct post_both *b)
{
	return post_count_real(b->v[POST_BEFORE]) + post_count_real(b->v[POST_AFTER]);
}

#endif
