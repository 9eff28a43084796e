/* SPDX-License-Identifier: BSD-2-Clause */
/* The histograms of several runs: which belong together, their sum, and their tables. */
#ifndef POST_HIST_SET_H
#define POST_HIST_SET_H

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

struct post_hist_set {
	struct post_hist_run	*run;		/* in the order in which they were read */
	size_t			 n, cap;
	uint32_t		 npanel;
	size_t			 apart;		/* with sum: those whose buckets do not fit to the sum of their heading */
	bool			 sum;		/* to be set first: add those of the same heading */

	/* Private to set.c. */
	struct post_names	 keys;
	struct post_hist_slot	*slot;		/* by key */
	size_t			 nslot, slot_cap;
};

/*
 * Add H, which the set owns from now on, from operand FILE; operands come in
 * order.  Those of the same heading, unit and kind of buckets belong together: with sum
 * all of them, else the first of each operand, the second of each, and so on.
 * Cost: with sum, memory for each heading; else for each histogram.
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
