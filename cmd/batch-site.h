/* SPDX-License-Identifier: BSD-2-Clause */
/* A run of bt-batch over a tree of traces. */
#ifndef BATCH_SITE_H
#define BATCH_SITE_H

#include "batch.h"

struct site {
	struct batch_conf	*conf;
	const char		*out;
	int			 lock;
	struct post_store	*store;
	struct post_arena	 mem;
	struct post_trace_record	*old;		/* of the run before, by name */
	size_t			 n_old;
	struct post_finds	 finds;
	struct post_task	*task;
	size_t			 tasks, kept, done, removed, failed;	/* traces */
	uint64_t		 bytes, task_bytes, done_bytes;
	double			 begun, shown, committed;	/* seconds */
	bool			 unseen;	/* not all below the roots could be looked at */
	bool			 changing;	/* the database says that this run is under way */
	bool			 broken, unwritten;	/* the database; an output */
	int			 status;
};

/* batch-publish.c: the groups and the page, when anything changed. */
void	batch_publish(struct site *);

#endif
