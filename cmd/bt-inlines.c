/* SPDX-License-Identifier: BSD-2-Clause */
/* bt-inlines - give every inlined call of a trace a frame of its own. */
#include "symbols.h"

static const struct post_tool tool = {
	.name = "bt-inlines", .operands = "[file ...] [program]", .opts = symbols_opts, .shared = tool_shared,
	.does = "Give every inlined call of a trace a frame of its own.",
};

int
main(int argc, char *argv[])
{
	return symbols_main(&tool, false, argc, argv);
}
