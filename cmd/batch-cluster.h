/* SPDX-License-Identifier: BSD-2-Clause */
/* bt-batch on several machines: what the ways there, Slurm and GNU parallel, share. */
#ifndef BATCH_CLUSTER_H
#define BATCH_CLUSTER_H

#include "tool.h"

/* "bt-batch slurm" and "bt-batch parallel": mains of their own, argv[0] being both words. */
int	batch_slurm(int argc, char **argv);
int	batch_parallel(int argc, char **argv);

/*
 * A job: TASKS times "PROGRAM map OPTIONS MANIFEST k TASKS OUT", wherever, and then
 * "PROGRAM reduce OUT TASKS".  The paths are absolute, since the tasks run on
 * other hosts; relative ones in the manifest begin at WHERE.
 */
struct batch_job {
	char		*program;	/* this very bt-batch */
	char		*where, *manifest, *out;
	uint64_t	 tasks;
	char		**options;	/* of map, borrowed; they end with NULL */
	struct post_buf	 asked;		/* the manifest's hash and all else that decides what the parts are */
	bool		 anew;		/* the parts in OUT are others: none is done */
};

/* Set *JOB from the N OPERANDS: MANIFEST, OUT, and behind "--" options of map.  Says what is wrong with them, and exits 2. */
void	batch_job_open(const struct post_tool *, char **operands, int n, uint64_t tasks, struct batch_job *job);
void	batch_job_free(struct batch_job *);

/* Make OUT and OUT/log, unless they are there, or exit 2. */
void	batch_make_dirs(const struct post_tool *, const struct batch_job *);

/* OUT is ours alone until we end, or exit 2. */
void	batch_lock(const struct post_tool *, const struct batch_job *);

/* Set asked and anew; nothing is touched yet. */
void	batch_ask_for(const struct post_tool *, struct batch_job *);

/*
 * Take away the parts that are others, and note in OUT/log/asked of what they
 * are from now on: the reduce, which knows no manifest, would sum them where
 * a task that was to replace them fails.  OUT/log is there.
 */
void	batch_settle(const struct post_tool *, struct batch_job *);
void	batch_put_settle(const struct batch_job *, struct post_buf *);	/* the same for a shell */

/* OUT/NAME, to be free(3)d. */
char	*batch_path(const struct batch_job *, const char *name);

/* Write TEXT to OUT/NAME, whole or not at all, or exit 2. */
void	batch_write(const struct post_tool *, const struct batch_job *, const char *name, const struct post_buf *text);

/* Has task K left its part, whole? */
bool	batch_is_done(const struct batch_job *, uint64_t k);

/* Say which tasks left none: the first few with the reason in OUT/failed, or where the log is. */
void	batch_tell_failed(const struct post_tool *, const struct batch_job *);

/* The command line of map for a shell, TASK being the shell's word for the number. */
void	batch_put_map(const struct batch_job *, const char *task, struct post_buf *);

/* S as one word of a shell, whatever bytes it has. */
void	batch_put_quoted(struct post_buf *, const char *s);

/* For a shell: write TEXT, lines, to the file PATH. */
void	batch_put_here(struct post_buf *, const char *path, struct post_str text);

/*
 * Take SIGINT and SIGTERM for a wish to stop, to be asked for, instead of the
 * end: what was started is to be stopped first.  Signals come only while this
 * process waits in one of the functions below.
 */
void	batch_catch_stop(void);
int	batch_stopped(void);		/* the signal, or 0 */
_Noreturn void	batch_end_stopped(void);	/* end by it, as the shell expects */

void	batch_sleep(uint64_t seconds);	/* or until there is a wish to stop */

/*
 * Run ARGV, looked for as the shell does, and add to OUT what it prints.  A
 * Ctrl-C on the terminal does not reach it.
 *  BATCH_CHANGE: it is let finish, and what it says goes to standard error.
 *  BATCH_QUERY:  what it says is added to OUT, too; it is killed when there is a wish to stop.
 * Returns its exit status, over 128 when a signal ended it; -1 with *err when it could not be started.
 */
enum batch_ask { BATCH_CHANGE, BATCH_QUERY };
int	batch_ask(const char *const *argv, enum batch_ask, struct post_buf *out, struct post_err *err);

/* Run ARGV in the foreground: what it prints goes where ours goes, and it gets SIGTERM when we get a wish to stop. */
int	batch_work(const char *const *argv, struct post_err *err);

#endif
