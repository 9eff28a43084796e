/* SPDX-License-Identifier: BSD-2-Clause */
/* bt-srclines - put source files and lines to the frames of a trace, inlined calls too. */
#include "symbols.h"

static const struct post_tool tool = {
	"bt-srclines", "[file ...] [program]", "Put source files and lines to the frames of a trace, inlined calls too.",
	symbols_opts, tool_shared
};

int
main(int argc, char *argv[])
{
	return symbols_main(&tool, true, argc, argv);
}
