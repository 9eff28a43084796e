/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Two sets of profiles compared: which functions and subtrees changed, by
 * how much, and whether that is more than the noise between runs.
 */
#ifndef POST_DIFF_H
#define POST_DIFF_H

#include "runs.h"

enum post_gate { POST_GATE_SIGNIFICANT, POST_GATE_INTERVAL, POST_GATE_NONE };

/* Begin with post_diff_defaults.  Shares are from 0 to 1. */
struct post_diff_conf {
	bool		 work;		/* compare samples per unit of work (the runs' exposure), not shares */
	double		 q;		/* of all that is called changed, this part may be by chance: 0.05 */
	bool		 dependent;	/* by Benjamini and Yekutieli's rule, which is stricter, not Benjamini and Hochberg's */
	double		 min_change;	/* smaller changes are none: 0.005 of all samples, or of those that a unit of work took before */
	double		 min_relative;	/* nor are those of a smaller part of what was before: 0.05 */
	enum post_gate	 gate;		/* a function that grew fails the gate when its change is significant, */
					/* or when the interval's lower end is at least min_change, or never */
	bool		 gate_moved;	/* even if its cost only moved */
	bool		 gate_single;	/* even if there is one run a side, whose noise can only be assumed */
	double		 noise;		/* sigma, of one run a side; 0: 0.10 is assumed */
};

void	post_diff_defaults(struct post_diff_conf *);

/* Sets of stacks that are tested. */
enum post_set_kind {
	POST_SET_FUNC,		/* those that end in the frame: its own samples */
	POST_SET_PATH,		/* those that begin with the path */
	POST_SET_INCL		/* those that have the frame anywhere */
};

enum post_label {
	POST_LABEL_NONE,	/* not a culprit, or nothing can be said */
	POST_LABEL_NEW,		/* it was not there before */
	POST_LABEL_GONE,	/* it is not there any more */
	POST_LABEL_MOVED,	/* what one frame lost its neighbours have: renamed, inlined, rearranged */
	POST_LABEL_SELF,	/* its own code */
	POST_LABEL_CALLEE,	/* what it calls */
	POST_LABEL_CALLED_MORE	/* it and what it calls alike */
};

const char	*post_set_name(enum post_set_kind);	/* "func", "path", "incl" */
const char	*post_label_name(enum post_label);	/* "new", "called more"; "" of NONE */

/* A change and how sure it is.  Shares of the exposure; in work mode samples per unit. */
struct post_change_seen {
	double	before, after;		/* 0 to 1, or per unit of work */
	double	delta;			/* after - before */
	double	low, high;		/* the 95 % interval of delta */
	double	t, p, df;
	double	phi;			/* the dispersion: delta's variance, as a multiple of the binomial one */
	double	q;			/* p when all tests of its family are taken together */
};

/* A path: ids of names, root first. */
struct post_path {
	const uint32_t	*frame;		/* of the runs' arena, or the result's */
	size_t		 n;
};

enum { POST_CONTEXTS = 3 };

struct post_context {
	struct post_path	callers;	/* of a func or incl: all above the frame; of a path: all down to what ends there */
	double			before, after;
};

/* A function's own samples. */
struct post_function {
	uint32_t		 name;
	struct post_change_seen	 seen;
	bool			 significant;	/* and large enough to matter */
	bool			 moved;		/* it grew by what its neighbours lost, or the other way round */
	bool			 diluted;	/* it grew only as a share, because others shrank */
	struct post_change_seen	 told;		/* the same as seen, but from its old name on where it seems to be renamed */
	bool			 gated;		/* it fails the gate */
};

/* What explains the change, strongest first. */
struct post_culprit {
	enum post_set_kind	 kind;
	uint32_t		 name;		/* the frame, of a path its last */
	struct post_path	 path;		/* of a path; else n is 0 */
	struct post_change_seen	 seen;		/* among the samples that the culprits before left: by this it was found */
	struct post_change_seen	 plain;		/* the same stacks among all samples: what there is to see */
	bool			 told;		/* there is a change to see, in the direction that was found */
	enum post_label		 label;
	double			 explains;	/* 0 to 1: part of all that changed */
	struct post_context	 context[POST_CONTEXTS];	/* where it changed most */
	size_t			 contexts;
};

/* A frame that seems to have another name now. */
struct post_renamed {
	uint32_t	from, to;
};

/* Stacks that are no more. */
struct post_elided {
	uint32_t	cell;		/* of the runs */
	double		before;
};

enum { POST_ELIDED_MAX = 100 };

enum post_outcome { POST_PASS, POST_FAIL, POST_INSUFFICIENT };

/* --budget 'func<=12%': a ceiling for a function's own share of the new side, without statistics. */
struct post_budget {
	const char	*text;		/* as it was given; borrowed */
	struct post_str	 func;		/* in text */
	bool		 inclusive;	/* "incl:func<=12%": with what it calls */
	double		 limit;		/* 0 to 1 */
	double		 share;		/* set by post_diff */
	bool		 exceeded;
};

enum post_noise_source { POST_NOISE_RUNS, POST_NOISE_BASELINE, POST_NOISE_ASSUMED };

struct post_diff {
	struct post_diff_conf	 conf;
	enum post_outcome	 verdict;
	bool			 advisory;	/* one run a side: the gate is not asked, unless with gate_single */
	const char		*why;		/* the verdict is "insufficient" because of this: a sentence; else NULL */
	double			 exposure[2];	/* of the sides, before and after */
	struct post_change_seen	 total;		/* in work mode: all samples per unit */
	bool			 total_grew;	/* significantly, and so the gate fails */
	struct post_noise_seen {
		enum post_noise_source	source;
		double			sigma;	/* run-to-run variation of a share, as a part of it */
		double			d0, s0;	/* of the prior; 0 with one run a side */
	}			 noise;
	struct post_function	*func;		/* by p, then by name */
	size_t			 funcs, gated, moved;	/* moved: of those that grew */
	struct post_culprit	*culprit;
	size_t			 culprits;
	struct post_renamed	*renamed;
	size_t			 renames;
	struct post_budget	*budget;	/* the caller's */
	size_t			 budgets, exceeded;
	struct post_elided	 elided[POST_ELIDED_MAX];	/* the largest */
	size_t			 n_elided;
	uint64_t		 all_elided;	/* stacks */
	double			 elided_share;	/* of the base, of all of them */

	/* Private to the files of this room. */
	struct post_arena	 mem;
	struct post_sets	*sets;
	struct post_change_seen	*seen;		/* by set */
	double			 least;		/* min_change, as a delta has it */
};

/*
 * Compare the sides of RUNS, whose exposures are set.  CONF and BUDGET are
 * borrowed; RUNS outlives the result.  Nothing follows the order of stacks
 * in the runs, or that of runs in a side.
 * Cost: a pass or two over the frames of all distinct stacks, however many
 * sets there are; memory, 8 bytes a distinct stack, 16 a set and run.
 */
void	post_diff(struct post_diff *, const struct post_runs *runs, const struct post_diff_conf *, struct post_budget *budget, size_t budgets);
void	post_diff_free(struct post_diff *);

/* Read a budget.  Returns 0, or -1 with *err: POST_EUSAGE. */
int	post_budget_parse(struct post_budget *, const char *text, struct post_err *err);

/*
 * Is the change of all stacks that begin with PATH (N ids of names)
 * significant, and large enough?  Or else that of a function which the path
 * ends in, or which all these stacks go on to.  Paths too rare to be tested are not.
 */
bool	post_diff_path(const struct post_diff *, const uint32_t *path, size_t n);

/* The smallest part of a function that holds SHARE of the samples whose change this design finds four times in five. */
double	post_diff_detectable(const struct post_diff *, const struct post_runs *, double share);

#endif
