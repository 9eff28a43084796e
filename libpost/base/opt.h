/* SPDX-License-Identifier: BSD-2-Clause */
/* Options: one table makes the parser, --help, and the shells' completions. */
#ifndef POST_OPT_H
#define POST_OPT_H

#include "buf.h"
#include "err.h"

enum post_opt_kind {
	POST_OPT_FLAG = 1,	/* bool: true */
	POST_OPT_COUNT,		/* uint64_t: "12", "+12" */
	POST_OPT_SIZE,		/* uint64_t: "64M"; K, M and G are powers of 1024 */
	POST_OPT_REAL,		/* double: "0.5", not negative */
	POST_OPT_TEXT,		/* const char *, borrowed from argv */
	POST_OPT_FILE,		/* the same, and the shells complete file names */
	POST_OPT_LIST,		/* struct post_list: every value given, in order */
	POST_OPT_CHOICE		/* int: the index in choices, or of its only prefix */
};

struct post_list {
	const char	**v;		/* borrowed from argv; v itself is free(3)d by the owner */
	size_t		  n, cap;
};

struct post_opt {
	int			  key;		/* a short letter; 0: none */
	const char		 *name;		/* without "--" */
	const char		 *arg;		/* "N", "FILE"; NULL for a flag */
	const char		 *help;		/* one line, no full stop */
	enum post_opt_kind	  kind;
	size_t			  at;		/* offsetof the field it sets */
	const char *const	 *choices;	/* of a CHOICE; ends with NULL */
};

/* A word that makes the first operand a program of its own, with other options. */
struct post_command {
	const char	*name, *does;
};

struct post_tool {
	const char		*name;		/* "bt-collapse" */
	const char		*operands;	/* "[file ...]" */
	const char		*does;		/* one sentence */
	const struct post_opt	*opts;		/* ends with { 0 } */
	const struct post_opt	*shared;	/* rows that all filters have; ends with { 0 } */
	const struct post_command *command;	/* NULL, or ends with { 0 } */
	size_t			 loose;		/* the first rows of opts that are taken as Perl's Getopt::Long takes them */
};

enum { POST_OPT_BAD = -1, POST_OPT_HELP = -2, POST_OPT_VERSION = -3 };

/*
 * Set CONF's fields from ARGV by getopt_long(3): long names may be cut to any
 * unambiguous prefix, and options may stand behind operands (ARGV is
 * permuted).  With LOOSE rows, long names may also have a single dash, and any
 * case; a prefix of just one of these rows is that one, whatever other rows
 * begin so (Getopt::Long(3perl)).  Words of ARGV may change their case then.
 * Returns the index of the first operand; POST_OPT_HELP or
 * POST_OPT_VERSION when -h or -V comes first; POST_OPT_BAD with *err.
 */
int	post_opt_parse(const struct post_tool *, int argc, char **argv, void *conf, struct post_err *err);

void	post_opt_help(const struct post_tool *, struct post_buf *);	/* the text of --help */
void	post_opt_usage(const struct post_tool *, struct post_buf *);	/* one line */

/* Completion code for SHELL: "bash", "zsh" or "fish".  Returns 0, or -1: no such shell. */
int	post_opt_completion(const struct post_tool *, const char *shell, struct post_buf *);

/*
 * All of S as a decimal number, "0.5", "+2" or "1e-3", not under 0, whatever
 * the locale; exact while it has at most 15 digits and an exponent of at most 22.  Returns 0, or -1.
 */
int	post_parse_real(struct post_str s, double *d);

/* All of S as a decimal number.  Returns 0, or -1. */
int	post_parse_count(const char *s, uint64_t *n);

/* "64M" as 67108864.  Returns 0, or -1. */
int	post_parse_size(const char *s, uint64_t *bytes);

#endif
