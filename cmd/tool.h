/* SPDX-License-Identifier: BSD-2-Clause */
/* What the mains of all filters do alike: options, operands, messages, exit status. */
#ifndef TOOL_H
#define TOOL_H

#include <stddef.h>
#include "../libpost/base/opt.h"
#include "../libpost/base/pattern.h"
#include "../libpost/io/input.h"
#include "../libpost/io/output.h"
#include "../libpost/trace/judge.h"
#include "../libpost/trace/run.h"

/* The exit status of every filter (bt-tools.7). */
enum { TOOL_DONE = 0, TOOL_PARTLY = 1, TOOL_TROUBLE = 2 };

/* The options that every filter has: the first member of its configuration. */
struct tool_common {
	const char	*output;
	int		 from;		/* enum post_form */
	uint64_t	 memory;	/* bytes that a zstd window may take; 0: the default */
	bool		 quiet;
	const char	*completion;
};

extern const struct post_opt tool_shared[];	/* the rows of struct tool_common */

/* The same rows for those that have not all of them. */
extern const char *const tool_forms[];
#define TOOL_AT(field)	offsetof(struct tool_common, field)
#define TOOL_INPUT \
	{ 0, "from", "auto|raw|folded", "the form of the input, not to be guessed", POST_OPT_CHOICE, TOOL_AT(from), tool_forms }, \
	{ 0, "memory", "SIZE", "the largest zstd window to accept, 128M by default, at most 2G", POST_OPT_SIZE, TOOL_AT(memory), NULL }
#define TOOL_COMPLETION \
	{ 0, "completion", "SHELL", "print completions for bash, zsh or fish and exit", POST_OPT_TEXT, TOOL_AT(completion), NULL }

/*
 * Set CONF, whose first member is a struct tool_common, from ARGV; the index
 * of the first operand.  --help, --version and --completion print and exit 0,
 * bad usage prints and exits 2.
 */
int	tool_options(const struct post_tool *, int argc, char **argv, void *conf);

/*
 * The file PATH, made if it is not there, for this process alone until it
 * ends or closes what is returned.  Exits 2 where another one has it: it is at work in DIR.
 */
int	tool_lock(const struct post_tool *, const char *path, const char *dir);

/* Add the patterns of an option to TO, or exit 2. */
void	tool_patterns(const struct post_tool *, const struct post_list *from, struct post_patterns *to);

/* The threads of --jobs N: as many as there are cores when N is 0. */
unsigned	tool_jobs(uint64_t n);

/* The window_log (decode.h) of --memory BYTES. */
int	tool_window_log(uint64_t bytes);

/* An input over the operands, for so many reading threads: reports to standard error, TOOL being the name there. */
struct post_input	*tool_input(const struct post_tool *, const struct tool_common *, char **paths, int n, unsigned readers);

/* An input of lines that are no stacks. */
struct post_input	*tool_input_lines(const struct post_tool *, const struct tool_common *, char **paths, int n);

/* The same as tool_input with a copy of each block for KEEP. */
struct post_input	*tool_input_kept(const struct post_tool *, const struct tool_common *, char **paths, int n, unsigned readers,
			    void (*keep)(void *arg, const struct post_block *), void *arg);

/* The same with REPORT called for what could not be read, with T for its ARG. */
struct post_input	*tool_input_told(const struct post_tool *t, const struct tool_common *, char **paths, int n, unsigned readers,
			    void (*report)(void *arg, const char *name, const struct post_err *));

/* The same once more, without reports. */
struct post_input	*tool_input_again(const struct post_tool *, const struct tool_common *, char **paths, int n);

/* "bt-svg: FILE:LINE: byte B: MESSAGE" on standard error; NAME may be NULL. */
void	tool_warn(const struct post_tool *, const char *name, const struct post_err *);
_Noreturn void	tool_fail(const struct post_tool *, const struct post_err *);	/* the same, and exit 2 */

/* Show a line, printf(3)-like and under 80 columns, that the next message or line takes the place of; only on a terminal. */
void	tool_progress(const char *what, ...) __attribute__((format(printf, 1, 2)));

/* Say WHAT, printf(3)-like, in the same way: for what no call failed with. */
void	tool_say(const struct post_tool *, const char *name, const char *what, ...) __attribute__((format(printf, 3, 4)));

_Noreturn void	tool_usage(const struct post_tool *, const struct post_err *);	/* and with the usage line */

/* What a filter does with a trace: does it lose what is no stack, and is it to find the names that are missing? */
enum tool_work { TOOL_TAKES_STACKS, TOOL_COPIES, TOOL_RESOLVES };

/*
 * Add what the account of a run tells to FINDINGS, worst first, and say the
 * two worst on standard error, besides what was left out.  The exit status
 * that it implies, TOOL_DONE or TOOL_PARTLY.
 */
int	tool_findings(const struct post_tool *, const struct tool_common *, const struct post_input *,
	    const struct post_account *, enum tool_work, struct post_findings *);

/* "[shallow] truncated-stacks: 2 stacks were cut ..." */
void	tool_put_finding_text(struct post_buf *, const struct post_finding *);

/* The same with "(a.bt:12)" behind it, or "(the whole trace)". */
void	tool_put_finding(struct post_buf *, const struct post_input *, const struct post_finding *);

/* The findings, and the remarks of folded input, as comment lines of the folded form (bt-folded(5)). */
void	tool_put_notes(struct post_buf *, const struct post_input *, const struct post_account *, const struct post_findings *);

/* The exit status of a filter that read IN and found STACKS stacks; says so when there are none. */
int	tool_status(const struct post_tool *, const struct post_input *, int findings, bool stacks);

/* Begin to write what -o says, or exit 2; tool_fail takes it back. */
void	tool_open(const struct post_tool *, const struct tool_common *, struct post_out *out);

/*
 * Close OUT; STATUS, or TOOL_TROUBLE with a message when it could not be
 * written.  With a STATUS of TOOL_TROUBLE the file of -o is left as it was.
 */
int	tool_close(const struct post_tool *, struct post_out *, int status);

#endif
