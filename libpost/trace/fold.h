/* SPDX-License-Identifier: BSD-2-Clause */
/* The folded table: each distinct stack once, with the sum of its counts. */
#ifndef POST_FOLD_H
#define POST_FOLD_H

#include "../base/err.h"
#include "../io/output.h"
#include "order.h"
#include "stacks.h"

/* { 0 } is empty, with names of its own. */
struct post_fold {
	struct post_names	 names;
	size_t			 n;			/* distinct stacks */
	struct post_fold_stack {
		const uint32_t		*frame;		/* ids of names, root first */
		uint32_t		 n;
		uint32_t		 hash;		/* private to fold.c, as is what follows */
		struct post_count	 count;
	}			*stack;

	struct post_arena	 frames;
	uint32_t		*slot;			/* open addressing: index + 1, or 0 */
	size_t			 cap, mask;
	uint64_t		 seed;
	struct post_order	 order;			/* of the names, after a select */
};

/*
 * Add a stack of ids of f->names.  Returns 0, or -1 with *err: POST_ELIMIT,
 * the sum passes 2^64-1 and was left as it was.
 * Cost: one hash of the ids; memory for a stack not seen before.
 */
int	post_fold_add(struct post_fold *, const struct post_stack *, struct post_err *);

/* Add all of FROM. */
int	post_fold_merge(struct post_fold *into, const struct post_fold *from, struct post_err *);

/* Append another name for NAME to OUT, and return true; or return false: it stays as it is. */
typedef bool post_fold_rename_fn(void *arg, struct post_str name, struct post_buf *out);

/* The same with other names for some frames. */
int	post_fold_merge_named(struct post_fold *into, const struct post_fold *from, post_fold_rename_fn *rename, void *arg, struct post_err *);

/*
 * Keep stacks of at least MIN, and of those the TOP heaviest (0: all; among
 * equals the first by bytes), and sort by the bytes of the folded line.
 */
void	post_fold_select(struct post_fold *, uint64_t min, uint64_t top);

/* Write a line a stack; a post_fold_select stands between the last post_fold_add and this. */
void	post_fold_write(const struct post_fold *, struct post_out *);

/* The sum of all counts; -1 with *err when it passes 2^64-1. */
int	post_fold_total(const struct post_fold *, struct post_count *, struct post_err *);

void	post_fold_free(struct post_fold *);

#endif
