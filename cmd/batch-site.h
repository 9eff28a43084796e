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
	const char		*page;		/* what the page of the run before was made by; "": it is not to be relied on */
	struct post_finds	 finds;
	struct post_task	*task;
	size_t			 tasks, kept, done, made, removed, missed, failed;	/* traces; kept and made are as before, and read; missed are not found and stay */
	uint64_t		 bytes, task_bytes, done_bytes;
	double			 begun, shown, committed;	/* seconds */
	bool			 changed;	/* what is known of a trace */
	bool			 changing;	/* the database says that this run is under way */
	bool			 broken, unwritten;	/* the database; an output */
	int			 status;
};

#define BATCH_DATABASE	".bt-batch.db"	/* in the site */

/* batch-plan.c: set what was found below the ROOTS, and the tasks: what is new or changed since the run before. */
void	batch_find(struct site *, char **roots, int n);
void	batch_plan(struct site *);

const struct post_trace_record	*batch_old_of(const struct site *, const char *name);	/* what the run before knew; NULL: nothing */
bool	batch_is_found(const struct site *, const char *name);
char	*batch_place_of(const char *name);	/* of a trace's outputs, below the site, to be free(3)d */

/* Is it the first time that MESSAGE is to be told of NAME?  A run that stays does not repeat itself. */
bool	batch_is_news(struct site *, const char *name, const char *message);

/* Append the group of the trace NAME, whose file is of MTIME; "(none)" when nothing comes of the template. */
void	batch_put_group(struct batch_conf *, const char *name, int64_t mtime, struct post_buf *);

/* Note in the database that a run is under way and the page is old, so that the next one knows how this one ended. */
void	batch_begin_changes(struct site *);

/* batch-publish.c: the groups and the page, when anything changed. */
void	batch_publish(struct site *);

#endif
