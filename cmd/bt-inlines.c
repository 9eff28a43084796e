/* SPDX-License-Identifier: BSD-2-Clause */
/* bt-inlines - give every inlined call of a trace a frame of its own. */
#include "symbols.h"

static const struct post_tool tool = {
	"bt-inlines", "[file ...] [program]", "Give every inlined call of a trace a frame of its own.",
	symbols_opts, tool_shared
};

int
main(int argc, char *argv[])
{
	return symbols_main(&tool, false, argc, argv);
}
