/* SPDX-License-Identifier: BSD-2-Clause */
/* A run of bt-batch over a tree of traces: what it holds and knows. */
#ifndef BATCH_STATE_H
#define BATCH_STATE_H

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

/* Make the directory, unless it is there; it is ours alone until we end.  Exits 2. */
void	site_lock(struct site *);

/* Open the database, and fetch what the run before knew; what it left half written goes.  Exits 2. */
void	site_open(struct site *);
void	site_close(struct site *);

/* Note in the database that a run is under way and the page is old, so that the next one knows how this one ended; and that it did. */
void	site_begin_changes(struct site *);
void	site_end_changes(struct site *);

const struct post_trace_record	*site_old_of(const struct site *, const char *name);	/* what the run before knew; NULL: nothing */
bool	site_is_found(const struct site *, const char *name);
char	*site_place_of(const char *name);	/* of a trace's outputs, below the site, to be free(3)d */

/* Is it the first time that MESSAGE is to be told of NAME?  A run that stays does not repeat itself. */
bool	site_is_news(struct site *, const char *name, const char *message);

/* Append the group of the trace NAME, whose file is of MTIME; "(none)" when nothing comes of the template. */
void	site_put_group(struct batch_conf *, const char *name, int64_t mtime, struct post_buf *);

#endif
