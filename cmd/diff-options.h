/* SPDX-License-Identifier: BSD-2-Clause */
/* The options of bt-diff. */
#ifndef DIFF_OPTIONS_H
#define DIFF_OPTIONS_H

#include "../libpost/diff/diff.h"
#include "tool.h"

/* What is written; the order is that of --format. */
enum diff_form { DIFF_TEXT, DIFF_JSON, DIFF_MD, DIFF_JUNIT, DIFF_GITHUB, DIFF_FOLDED, DIFF_SVG, DIFF_NONE, DIFF_FORMS };

enum diff_width { DIFF_WIDTH_MAX, DIFF_WIDTH_NEW, DIFF_WIDTH_BASE, DIFF_WIDTH_CHANGE };

struct diff_output {
	enum diff_form	 form;
	const char	*path;		/* NULL or "-": standard output */
};

struct diff_conf {
	struct tool_common	 common;
	struct post_list	 base, new;		/* files */
	const char		*baseline;
	bool			 update;
	uint64_t		 keep;
	int			 format;		/* enum diff_form */
	struct post_list	 out;
	struct diff_output	*output;		/* of format and out, to be free(3)d */
	size_t			 outputs;
	bool			 folded, columns, normalize, hex;
	int			 by;
	struct post_list	 work;
	struct post_diff_conf	 diff;
	double			 min_points, min_percent, max_skipped;	/* percent */
	int			 gate, fdr;
	struct post_list	 budgets;
	struct post_budget	*budget;
	bool			 explain, trust, require_data, no_fail;
	struct post_canon	 canon;
	const char		*lines, *map_file, *id, *title;
	struct post_list	 map;
	int			 inlines, width, color;
	bool			 no_script;
	uint64_t		 jobs;
	struct post_arena	 words;			/* of the command line, as they are parsed */
};

extern const struct post_tool diff_tool;

/* Set C from ARGV, and C's files from its operands; exits on bad usage. */
void	diff_options(struct diff_conf *c, int argc, char **argv);
void	diff_options_free(struct diff_conf *c);

_Noreturn void	diff_refuse(const char *what, const char *value);	/* VALUE may be NULL */

#endif
