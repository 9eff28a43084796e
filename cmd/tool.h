/* SPDX-License-Identifier: BSD-2-Clause */
/* What the mains of all filters do alike: options, operands, messages, exit status. */
#ifndef TOOL_H
#define TOOL_H

#include "../libpost/base/opt.h"
#include "../libpost/io/input.h"
#include "../libpost/io/output.h"
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

/*
 * Set CONF, whose first member is a struct tool_common, from ARGV; the index
 * of the first operand.  --help, --version and --completion print and exit 0,
 * bad usage prints and exits 2.
 */
int	tool_options(const struct post_tool *, int argc, char **argv, void *conf);

/* The threads of --jobs N: as many as there are cores when N is 0. */
unsigned	tool_jobs(uint64_t n);

/* An input over the operands, for so many reading threads: reports to standard error, TOOL being the name there. */
struct post_input	*tool_input(const struct post_tool *, const struct tool_common *, char **paths, int n, unsigned readers);

/* The same with a copy of each block for KEEP; and the same once more, without reports. */
struct post_input	*tool_input_kept(const struct post_tool *, const struct tool_common *, char **paths, int n, unsigned readers,
			    void (*keep)(void *arg, const struct post_block *), void *arg);
struct post_input	*tool_input_again(const struct post_tool *, const struct tool_common *, char **paths, int n);

/* "bt-svg: FILE:LINE: byte B: MESSAGE" on standard error; NAME may be NULL. */
void	tool_warn(const struct post_tool *, const char *name, const struct post_err *);
_Noreturn void	tool_fail(const struct post_tool *, const struct post_err *);	/* the same, and exit 2 */

_Noreturn void	tool_usage(const struct post_tool *, const struct post_err *);	/* and with the usage line */

/* Tell what the reader saw; the exit status that it implies, TOOL_DONE or TOOL_PARTLY. */
int	tool_notes(const struct post_tool *, const struct tool_common *, const struct post_input *,
	    const struct post_notes *);

/* The exit status of a filter that read IN and found STACKS stacks; says so when there are none. */
int	tool_status(const struct post_tool *, const struct post_input *, int notes, bool stacks);

/* Begin to write what -o says, or exit 2; tool_fail takes it back. */
void	tool_open(const struct post_tool *, const struct tool_common *, struct post_out *out);

/*
 * Close OUT; STATUS, or TOOL_TROUBLE with a message when it could not be
 * written.  With a STATUS of TOOL_TROUBLE the file of -o is left as it was.
 */
int	tool_close(const struct post_tool *, struct post_out *, int status);

#endif
