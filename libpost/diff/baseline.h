/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Baselines: runs kept as text, a column each, for later ones to be compared with.
 *
 *	# bt-baseline/1
 *	# rules=SHA256 mode=share
 *	# sigma=0.0364
 *	# run NAME EXPOSURE SAMPLES
 *	...
 *	root;...;leaf COUNT COUNT ...
 *
 * A line "# run" for every column, the oldest first; blanks, "#" and control bytes in NAME are
 * "\xHH".  "# sigma" is what the runs told of their variation, where they are
 * two or more, or what those before them did.  Stacks stand in the order of their bytes.
 */
#ifndef POST_BASELINE_H
#define POST_BASELINE_H

#include "runs.h"

/* { 0 } is empty. */
struct post_baseline {
	char			 rules[POST_CANON_HASH + 1];
	bool			 work;
	double			 sigma;		/* 0: not known */
	size_t			 runs;		/* how many it added */

	/* Private to baseline.c. */
	struct post_arena	 mem;
	uint64_t		 line;
	struct post_unfolder	 unfolder;
	size_t			 first;		/* of its runs among all */
	struct post_count	*column, *samples;	/* by run: of the line; as its head says */
	struct post_buf		 last;		/* the stack before */
	bool			 stacks;	/* a line of these was seen */
};

/*
 * Take a line of a baseline, without its "\n": the head sets the members and
 * adds runs before to RUNS, stacks add counts.  Names are as they are compared.
 * Returns 0, or -1 with *err: POST_EFORMAT, and the line.
 */
int	post_baseline_line(struct post_baseline *, struct post_runs *runs, struct post_str line, struct post_err *err);

/* No more lines.  Returns 0, or -1 with *err: it is none, has no run, or was cut: the counts do not add up. */
int	post_baseline_end(struct post_baseline *, const struct post_runs *, struct post_err *err);

/* Write the last KEEP of RUNS (0: all), whatever their side. */
void	post_baseline_write(const struct post_runs *, size_t keep, const char *rules, bool work, double sigma, struct post_out *out);

/* What RUNS, all of one side, tell of their variation (diff.c), or 0: there is one, or nothing to learn from. */
double	post_baseline_sigma(const struct post_runs *, bool work);

void	post_baseline_free(struct post_baseline *);	/* RUNS has borrowed names of it */

#endif
