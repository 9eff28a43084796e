/* SPDX-License-Identifier: BSD-2-Clause */
/* One trace of a batch: read, its inlined calls and Lua functions named, folded. */
#ifndef POST_BATCH_READ_H
#define POST_BATCH_READ_H

#include "../lua/lua.h"
#include "../sym/modules.h"
#include "../trace/fold.h"
#include "../trace/run.h"

/* How traces are read; borrowed. */
struct post_reading_conf {
	struct post_stacks_conf		 stacks;	/* as bt-collapse; stack() is not used */
	bool				 inlines;	/* as bt-inlines before it; folded traces stay as they are */
	struct post_modules_conf	 modules;	/* where it looks */
	bool				 lua;		/* as bt-fixlua behind it */
	struct post_lua_conf		 lua_conf;
	int				 window_log;	/* decode.h */
	int				 from;		/* enum post_form */
};

/* What a thread reads traces with. */
struct post_reader {
	const struct post_reading_conf	*conf;	/* borrowed */
	struct post_lua			*lua;	/* private: what it learnt of sources stays */
};

/* Returns 0, or -1 with *err of post_lua_new, or of post_modules_open for the files that are named. */
int	post_reader_init(struct post_reader *, const struct post_reading_conf *, struct post_err *err);
void	post_reader_free(struct post_reader *);

/* What was read: { .shard = a part of the file, borrowed, or NULL: all } at first. */
struct post_trace_reading {
	const struct post_shard	*shard;
	struct post_fold	 fold;
	struct post_run		 run;		/* its account */
	int			 status;	/* as post_input_status: 0 all of it, 1 a part, 2 nothing */
	struct post_err		 trouble;	/* the first thing that went wrong with the file; code 0: nothing */
};

/*
 * Read PATH in this thread.  Returns 0, or -1 with *err: a sum passes 2^64-1,
 * or a file that conf->modules names cannot be read.
 * What cannot be read is told by status and trouble; a part that can is read.
 * A shard without a stack is no error, and shards sum to the whole.
 * Cost: with inlines, two readings, the first of all of the file, and the
 * debug information that it needs.
 */
int	post_read_trace(struct post_reader *, const char *path, struct post_trace_reading *, struct post_err *err);

/* Were there stacks, even if CONF chose none of them? */
bool	post_reading_has_stacks(const struct post_reading_conf *conf, const struct post_trace_reading *);
void	post_reading_free(struct post_trace_reading *);

/* Append "line N: byte B: MESSAGE", with the places that there are. */
void	post_put_trouble(struct post_buf *, const struct post_err *);

#endif
