/* SPDX-License-Identifier: BSD-2-Clause */
/* Two counts a line: before and after, as difffolded.pl and bt-diff write them. */
#ifndef POST_CHANGES_H
#define POST_CHANGES_H

#include "../base/count.h"
#include "../base/err.h"
#include "../base/names.h"

/* A stack with one count or two. */
struct post_change {
	const uint32_t		*frame;		/* root first */
	size_t			 n;
	struct post_count	 before, after;
	bool			 both;		/* false: before means nothing */
};

enum post_two {
	POST_TWO_DETECT,	/* differential if every stack has two counts, and there is one */
	POST_TWO_NO,		/* numbers at the ends of names are parts of them */
	POST_TWO_YES		/* a stack with one count did not change: before is after */
};

/*
 * Sorts out what the last blank-separated number of a stack's leaf is.  Set
 * the public members of { 0 }; names and ARG are borrowed.
 */
struct post_changes {
	struct post_names	*names;
	enum post_two		 mode;
	bool			 in_order;	/* stacks come out as they went in (flame charts) */
	void			*arg;
	int			(*stack)(void *arg, const struct post_change *, struct post_err *);

	uint64_t		 one, two;	/* to be read: stacks that had one count, and that look like two */

	/* Private to changes.c. */
	struct post_changes_kept *kept;
};

/*
 * Take a stack as the reader gives it: the first of two counts still stands at
 * the end of its leaf's name, "leaf 5".  Until one stack has a single count
 * all are kept (summed); from then on, or with a mode that is not DETECT, each
 * goes right to stack().  A stack of nothing but a number, "5", has two if
 * another one has, or by the mode.
 *
 * Returns 0, or -1 with *err of stack(), or POST_ELIMIT: the sum of the counts
 * before or after passes 2^64-1.
 */
int	post_changes_add(struct post_changes *, const uint32_t *frame, size_t n, struct post_count, struct post_err *);

/* No more stacks: what was kept goes out.  *BOTH: was it differential?  Returns as post_changes_add. */
int	post_changes_end(struct post_changes *, bool *both, struct post_err *);

void	post_changes_free(struct post_changes *);

#endif
