/* SPDX-License-Identifier: BSD-2-Clause */
/* The runs that bt-diff compares, and what is to be said of their traces. */
#ifndef DIFF_READ_H
#define DIFF_READ_H

#include "diff-options.h"

struct diff_input {
	struct post_runs	  runs;
	struct post_arena	  texts;	/* of what follows */
	const char		**remark;	/* what makes a trace no basis for a decision: "FILE: [partial] ..." */
	size_t			  remarks, cap;
	const char		**file;		/* by id of a name: "a.c:12", or NULL */
	struct diff_place	 *place;	/* private: the same as it is found */
	size_t			  places;
	double			  sigma;	/* of the baseline; 0: not known */
	struct post_baseline	 *baseline;	/* whose names the runs have */
	int			  status;	/* TOOL_PARTLY: something was left out */
};

/*
 * Read all files of C; exits with 2 when one cannot be read wholly, or the
 * baseline was made by other RULES.
 */
void	diff_read(struct diff_input *, const struct diff_conf *c, struct post_canon *canon, const char *rules);
void	diff_input_free(struct diff_input *);

#endif
