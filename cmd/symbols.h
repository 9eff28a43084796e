/* SPDX-License-Identifier: BSD-2-Clause */
/* What bt-inlines and bt-srclines are but for their names: look up the frames of a trace, and write it anew. */
#ifndef SYMBOLS_H
#define SYMBOLS_H

#include <stddef.h>
#include "../libpost/sym/rewrite.h"
#include "tool.h"

struct symbols_conf {
	struct tool_common	 common;
	struct post_list	 exe, sysroot, debug_dir, only;
	const char		*kernel, *modules, *report;
	bool			 debuginfod, demangle, full_paths, mark, force;
	int			 layout;	/* enum post_frame_layout */
	uint64_t		 jobs;
};

extern const struct post_opt symbols_opts[];	/* the rows of struct symbols_conf */

/* The filter T from its command line to its exit status; LINES: every frame gets its source line. */
int	symbols_main(const struct post_tool *t, bool lines, int argc, char **argv);

#endif
