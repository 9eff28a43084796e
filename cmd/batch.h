/* SPDX-License-Identifier: BSD-2-Clause */
/* bt-batch: its options, and its parts. */
#ifndef BATCH_H
#define BATCH_H

#include "../libpost/batch/batch.h"
#include "../libpost/batch/group.h"
#include "tool.h"

struct batch_conf {
	struct tool_common	 common;
	const char		*group_by, *group_regex, *baseline, *title, *page_title, *list;
	bool			 separator, merge_recursive, inlines, lua, demangle, modules, kernel, force, json, watch, verbose, compress;
	struct post_names	 told;		/* messages of a run that stays */
	int			 unknown;
	struct post_list	 sysroot, debug_dir, exe, lua_path, map, until, only, except, look;
	char			**svg_argv;	/* of bt-svg, which svg borrows */
	const char		*root;
	const char		*colors;
	uint64_t		 memory, jobs, interval, split;
	struct post_grouping	 grouping;
	struct post_exe		*exes;
	char			 rules[40];	/* what the outputs follow besides the traces */
	struct post_choice	 choice;
	struct post_reading_conf reading;
	struct post_svg_opts	 svg;
};

extern const struct post_tool batch_tool;

/* Set C from ARGV: the index of the first operand; exits on bad usage. */
int	batch_options(struct batch_conf *c, int argc, char **argv);
int	batch_map_options(struct batch_conf *c, int argc, char **argv);
void	batch_map_check(int argc, char **argv);		/* only that they are options of map, and no operands */
int	batch_reduce_options(bool *keep_going, int argc, char **argv);
void	batch_options_free(struct batch_conf *c);

/* batch-site.c: bring the directory of -o up to the traces below the ROOTS; the exit status. */
int	batch_site(struct batch_conf *c, char **roots, int n);

/* OUT/DIR/000007ENDING, a file of part K, to be free(3)d. */
char	*batch_part_path(const char *out, const char *dir, uint64_t k, const char *ending);

/* "bt-batch map" and "bt-batch reduce": mains of their own; 75 is trouble that may pass (sysexits(3)). */
int	batch_map(int argc, char **argv);
int	batch_pack(int argc, char **argv);	/* batch-pack.c: "bt-batch pack" */
int	batch_reduce(int argc, char **argv);

#endif
