/* SPDX-License-Identifier: BSD-2-Clause */
/* The histograms of several runs: which belong together, their sum, and their tables. */
#ifndef POST_HIST_SET_H
#define POST_HIST_SET_H

#include "../base/mem.h"
#include "../base/names.h"
#include "../io/output.h"
#include "hist.h"
#include "read.h"

/* What operand FILE is called. */
typedef const char *post_operand_fn(const void *arg, uint32_t file);

/* A histogram, and the operands that its counts are from. */
struct post_hist_run {
	struct post_hist	*hist;
	uint32_t		*file;		/* in the order of the operands, each once */
	size_t			 nfile;
	uint32_t		 panel;		/* those of the same panel are drawn over each other */
};

/* Why a histogram is not in the first sum of its heading. */
enum post_hist_apart {
	POST_HIST_OTHER,	/* its buckets do not fit */
	POST_HIST_OVER,		/* the sum would pass 2^64-1 */
	POST_HIST_WIDE,		/* it would have over POST_HIST_ROWS buckets */
	POST_HIST_MANY,		/* there are POST_HIST_SUMS already */
	POST_HIST_APARTS
};

enum { POST_HIST_SUMS = 256 };	/* of one heading: what does not go into these stands for itself */

struct post_hist_set {
	struct post_hist_run	*run;		/* in the order in which they were read */
	size_t			 n, cap;
	uint32_t		 npanel;
	size_t			 apart[POST_HIST_APARTS];	/* with sum: those that went into no sum there was, by why */
	bool			 sum;		/* to be set first: add those of the same heading */
	bool			 single;	/* to be set first: each in a panel of its own, unless added */

	/* Private to set.c. */
	struct post_names	 keys;
	struct post_hist_slot	*slot;		/* by key */
	size_t			 nslot, slot_cap;
	struct post_hist_group	*group;		/* by panel */
	size_t			 group_cap;
};

/*
 * Add H, which the set owns from now on, from operand FILE; operands come in
 * order.  Those of the same heading, unit and kind of buckets belong together: with sum
 * all of them, else the first of each operand, the second of each, and so on.
 * They make one sum or panel so far as all of its buckets are no more than
 * POST_HIST_ROWS, and no total passes 2^64-1.
 * Cost: with sum, memory for each heading; else for each histogram.  A look at
 * up to POST_HIST_SUMS sums or panels.
 */
void	post_hist_set_add(struct post_hist_set *, struct post_hist *h, uint32_t file);
void	post_hist_set_free(struct post_hist_set *);

/* Lines of other reports that were kept. */
struct post_records {
	struct post_record	*record;	/* the views are into mem */
	uint32_t		*file;
	size_t			 n, cap, file_cap;
	struct post_arena	 mem;
};

void	post_records_add(struct post_records *, const struct post_record *, uint32_t file);
void	post_records_free(struct post_records *);

/*
 * Everything as tables of TAB-separated columns, each with a line of names on
 * top and an empty line between two; or as one JSON object.  bt-hist(1) has
 * the columns and the schema.
 */
void	post_hist_put_tsv(struct post_out *, const struct post_hist_set *, const struct post_records *,
	    post_operand_fn *name, const void *arg);
void	post_hist_put_json(struct post_out *, const struct post_hist_set *, const struct post_records *,
	    post_operand_fn *name, const void *arg);

/* The operands of R, "a.txt, b.txt", in B. */
void	post_hist_put_files(struct post_buf *b, const struct post_hist_run *r,
	    post_operand_fn *name, const void *arg);

#endif
