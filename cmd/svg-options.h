/* SPDX-License-Identifier: BSD-2-Clause */
/* The command line of bt-svg: flamegraph.pl's options, inferno's, and ours. */
#ifndef SVG_OPTIONS_H
#define SVG_OPTIONS_H

#include "../libpost/flame/svg.h"
#include "tool.h"

struct svg_conf {
	struct tool_common	 common;
	struct post_svg_opts	 svg;
	struct post_list	 base;
	const char		*width, *minwidth, *total, *nameattr;
	int			 theme;		/* enum post_theme */
	uint64_t		 height;
	bool			 reverse, chart, palette_map;
	bool			 diff, no_diff;
	bool			 html, json, speedscope;
	bool			 ignored;	/* of options that change nothing here */
};

extern const struct post_tool svg_tool;

/*
 * Set C, its defaults first, from the command line; the index of the first
 * operand.  Bad usage prints and exits 2, as tool_options.
 */
int	svg_options(struct svg_conf *c, int argc, char **argv);

#endif
