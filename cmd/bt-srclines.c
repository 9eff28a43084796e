/* SPDX-License-Identifier: BSD-2-Clause */
/* bt-srclines - put source files and lines to the frames of a trace, inlined calls too. */
#include "symbols.h"

static const struct post_tool tool = {
	.name = "bt-srclines", .operands = "[file ...] [program]", .opts = symbols_opts, .shared = tool_shared,
	.does = "Put source files and lines to the frames of a trace, inlined calls too.",
};

int
main(int argc, char *argv[])
{
	return symbols_main(&tool, true, argc, argv);
}
