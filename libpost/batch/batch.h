/* SPDX-License-Identifier: BSD-2-Clause */
/* Many traces at once: each read, folded, drawn and judged, with all cores and bounded memory. */
#ifndef POST_BATCH_H
#define POST_BATCH_H

#include "../flame/svg.h"
#include "read.h"
#include "store.h"
#include "walk.h"

struct post_batch_conf {
	const char			*out;		/* the directory of the outputs, which is there */
	struct post_reading_conf	 reading;
	struct post_svg_opts		 svg;		/* but for the title */
	const char			*rules;		/* what the outputs follow, as a hash: records with others are stale */
	bool				 compress;	/* the folded stacks */
	unsigned			 jobs;
	uint64_t			 memory;	/* bytes that traces may take together, about */
	/* A trace is done, or failed, or (not MADE) only its file is another one; called in one thread at a time.  False: begin no more. */
	bool				(*done)(void *arg, const struct post_trace_record *, bool made, const struct post_err *write_error);
	void				*arg;
};

/* A trace to be worked on. */
struct post_task {
	struct post_found	 found;
	const char		*title;			/* of its flame graph */
	const struct post_trace_record *old;		/* of the run before; NULL: it is new */
};

/*
 * Work on N tasks, the largest first, with up to conf->jobs threads.  The
 * outputs of a trace are those of place.h, below "traces", each whole or not
 * there.  A task whose content is that of its old
 * record is not read, but for a hash: done gets the old record with the file's new time.
 * Directories of a trace without outputs stay, perhaps empty (post_remove_empty).
 * Returns 0, or -1 with *err of post_reader_init, and perhaps not all was done.
 */
int	post_batch_run(const struct post_batch_conf *, struct post_task *task, size_t n, struct post_err *err);

/* Is the file what it was when OLD was made, by its size, time and inode, and were the rules the same? */
bool	post_is_unchanged(const struct post_found *, const struct post_trace_record *old, const char *rules);

#endif
