/* SPDX-License-Identifier: BSD-2-Clause */
#include <assert.h>
#include <inttypes.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>
#include "svg-options.h"

static const char *const themes[] = { "light", "dark", "auto", NULL };

#define AT(field)	offsetof(struct svg_conf, field)
static const struct post_opt opts[] = {
	/* flamegraph.pl's: CLASSIC rows. */
	{ 0, "title", "TEXT", "the heading", POST_OPT_TEXT, AT(svg.title), NULL },
	{ 0, "subtitle", "TEXT", "a second line under it", POST_OPT_TEXT, AT(svg.subtitle), NULL },
	{ 0, "width", "PX|fluid", "width of the picture, 1200 by default; fluid: of the window", POST_OPT_TEXT, AT(width), NULL },
	{ 0, "height", "PX", "height of a frame, 16 by default", POST_OPT_COUNT, AT(height), NULL },
	{ 0, "minwidth", "PX|P%", "do not draw frames that are narrower, 0.1 by default", POST_OPT_TEXT, AT(minwidth), NULL },
	{ 0, "encoding", "NAME", "for the XML declaration; the file is UTF-8", POST_OPT_TEXT, AT(svg.encoding), NULL },
	{ 0, "fonttype", "FONT", "font family, Verdana by default", POST_OPT_TEXT, AT(svg.fonttype), NULL },
	{ 0, "fontsize", "PX", "font size, 12 by default", POST_OPT_REAL, AT(svg.fontsize), NULL },
	{ 0, "fontwidth", "RATIO", "mean width of a character by font size, 0.59 by default", POST_OPT_REAL, AT(svg.fontwidth), NULL },
	{ 0, "countname", "TEXT", "what was counted, samples by default", POST_OPT_TEXT, AT(svg.countname), NULL },
	{ 0, "nametype", "TEXT", "what stands before a name that is pointed at, Function: by default", POST_OPT_TEXT, AT(svg.nametype), NULL },
	{ 0, "nameattr", "FILE", "attributes of functions: links, titles, classes", POST_OPT_FILE, AT(nameattr), NULL },
	{ 'c', "colors", "PALETTE", "hot, mem, io, kind, java, js, perl, python, rust, wakeup, chain, red, green, blue, aqua, yellow, purple or orange",
	    POST_OPT_TEXT, AT(svg.colors), NULL },
	{ 0, "bgcolors", "COLOR", "yellow, blue, green, grey or #rrggbb, by default what suits the palette", POST_OPT_TEXT, AT(svg.bgcolors), NULL },
	{ 0, "hash", NULL, "colours by the first and last three characters of the names", POST_OPT_FLAG, AT(svg.hash), NULL },
	{ 0, "random", NULL, "colours by chance, others each time", POST_OPT_FLAG, AT(svg.random), NULL },
	{ 0, "cp", NULL, "keep the colours of names in ./palette.map", POST_OPT_FLAG, AT(palette_map), NULL },
	{ 0, "reverse", NULL, "merge the stacks from their leaves", POST_OPT_FLAG, AT(reverse), NULL },
	{ 'i', "inverted", NULL, "the root on top: an icicle graph", POST_OPT_FLAG, AT(svg.inverted), NULL },
	{ 0, "flamechart", NULL, "stacks in the order of the input; only neighbours merge", POST_OPT_FLAG, AT(chart), NULL },
	{ 0, "negate", NULL, "differential: swap the colours and the signs", POST_OPT_FLAG, AT(svg.negate), NULL },
	{ 0, "notes", "TEXT", "a comment inside the file", POST_OPT_TEXT, AT(svg.notes), NULL },
	{ 0, "total", "N", "what the whole picture stands for, when more than the sum", POST_OPT_TEXT, AT(total), NULL },
	{ 0, "factor", "F", "multiply the counts that are shown", POST_OPT_REAL, AT(svg.factor), NULL },
#define CLASSIC	24

	{ 0, "diff", NULL, "lines have two counts, before and after", POST_OPT_FLAG, AT(diff), NULL },
	{ 0, "no-diff", NULL, "a number before the count is a part of the name", POST_OPT_FLAG, AT(no_diff), NULL },
	{ 0, "diff-inclusive", NULL, "differential: colour frames by all that stands on them", POST_OPT_FLAG, AT(svg.inclusive), NULL },
	{ 0, "diff-blind", NULL, "differential: orange and blue instead of red and blue", POST_OPT_FLAG, AT(svg.blind), NULL },
	{ 0, "base", "NAME", "cut stacks so that this function is their root; others are left out", POST_OPT_LIST, AT(base), NULL },
	{ 0, "theme", "light|dark|auto", "auto: as the browser wishes", POST_OPT_CHOICE, AT(theme), themes },
	{ 0, "search-color", "COLOR", "of frames that match a search, #e600e6 by default", POST_OPT_TEXT, AT(svg.search_color), NULL },
	{ 0, "uicolor", "COLOR", "of the texts around the frames", POST_OPT_TEXT, AT(svg.ui_color), NULL },
	{ 0, "stroke-color", "COLOR", "of lines around frames, none by default", POST_OPT_TEXT, AT(svg.stroke_color), NULL },
	{ 0, "id-prefix", "TEXT", "before the ids of the document, by default unique", POST_OPT_TEXT, AT(svg.id_prefix), NULL },
	{ 0, "truncate-text-left", NULL, "cut long names at their beginning", POST_OPT_FLAG, AT(svg.cut_left), NULL },
	{ 0, "truncate-text-right", NULL, "at their end, as by default", POST_OPT_FLAG, AT(ignored), NULL },
	{ 0, "full-limit", "SIZE", "of the table of all frames, 4M by default; the smallest are merged beyond it", POST_OPT_SIZE, AT(svg.full_limit), NULL },
	{ 0, "no-full", NULL, "only the frames that are drawn", POST_OPT_FLAG, AT(svg.no_full), NULL },
	{ 0, "static", NULL, "a picture without script and table", POST_OPT_FLAG, AT(svg.no_script), NULL },
	{ 0, "html", NULL, "write a HTML page", POST_OPT_FLAG, AT(html), NULL },
	{ 0, "json", NULL, "write the tree as d3-flame-graph reads it", POST_OPT_FLAG, AT(json), NULL },
	{ 0, "speedscope", NULL, "write a file for speedscope", POST_OPT_FLAG, AT(speedscope), NULL },
	{ 0, "deterministic", NULL, "nothing: colours always follow from names", POST_OPT_FLAG, AT(ignored), NULL },
	{ 0, "no-sort", NULL, "nothing: the input need not be sorted", POST_OPT_FLAG, AT(ignored), NULL },
	{ 0, "bare", NULL, "no style, script and table, for tests", POST_OPT_FLAG, AT(svg.bare), NULL },
	{ 0 }
};

const struct post_tool svg_tool = {
	.name = "bt-svg", .operands = "[file ...]", .opts = opts, .shared = tool_shared, .loose = CLASSIC,
	.does = "Draw traces, raw or folded, as an interactive flame graph.",
};

static _Noreturn void
refuse(const char *what, const char *value)
{
	struct post_err err;

	post_fail(&err, POST_EUSAGE, "%s%s%s", what, value != NULL ? ": " : "", value != NULL ? value : "");
	tool_usage(&svg_tool, &err);
}

static unsigned
clamp(uint64_t n)
{
	return n < UINT32_MAX ? (unsigned)n : UINT32_MAX;
}

static void
set_width(struct svg_conf *c)
{
	uint64_t n;

	if (c->width == NULL)
		return;
	c->svg.fluid = strcasecmp(c->width, "fluid") == 0;
	if (c->svg.fluid)
		return;
	if (post_parse_count(c->width, &n) == -1)
		refuse("--width: not pixels or \"fluid\"", c->width);
	c->svg.width = clamp(n);
}

/* "0.5" is pixels, "0.5%" a share of the whole. */
static void
set_minwidth(struct svg_conf *c)
{
	struct post_str s = post_str_of(c->minwidth != NULL ? c->minwidth : "");

	if (c->minwidth == NULL)
		return;
	c->svg.minwidth_percent = post_str_ends(s, POST_STR("%"));
	s.n -= c->svg.minwidth_percent;
	if (post_parse_real(s, &c->svg.minwidth) == -1)
		refuse("--minwidth: not pixels or a percentage", c->minwidth);
}

/* The file is UTF-8, whatever name it is to have. */
static void
check_encoding(struct svg_conf *c)
{
	struct post_err err;

	if (c->svg.encoding == NULL || strcasecmp(c->svg.encoding, "utf-8") == 0)
		return;
	post_fail(&err, POST_OK, "--encoding %s is not used: the file is UTF-8", c->svg.encoding);
	tool_warn(&svg_tool, NULL, &err);
	c->svg.encoding = NULL;
}

/* A wrapper writes --bgcolors "$BG", set or not. */
static const char *
unless_empty(const char *s)
{
	return s != NULL && *s != '\0' ? s : NULL;
}

int
svg_options(struct svg_conf *c, int argc, char **argv)
{
	struct post_err err;
	int first;

	assert(strcmp(opts[CLASSIC].name, "diff") == 0);
	*c = (struct svg_conf){ .height = 16 };
	post_svg_defaults(&c->svg);
	first = tool_options(&svg_tool, argc, argv, c);
	c->svg.title = unless_empty(c->svg.title);
	c->svg.bgcolors = unless_empty(c->svg.bgcolors);
	c->svg.height = clamp(c->height);
	c->svg.theme = (enum post_theme)c->theme;
	c->svg.reversed = c->reverse;
	c->svg.page = c->html ? POST_PAGE_HTML : POST_PAGE_SVG;
	set_width(c);
	set_minwidth(c);
	check_encoding(c);
	if (c->total != NULL && post_count_parse(post_str_of(c->total), &c->svg.total) != 0)
		refuse("--total: not a count", c->total);
	if (c->diff && c->no_diff)
		refuse("--diff and --no-diff exclude each other", NULL);
	if (c->html + c->json + c->speedscope > 1)
		refuse("--html, --json and --speedscope exclude each other", NULL);
	if (post_svg_check(&c->svg, &err) == -1)
		tool_usage(&svg_tool, &err);
	return first;
}
