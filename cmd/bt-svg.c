/* SPDX-License-Identifier: BSD-2-Clause */
/* bt-svg - draw traces as an interactive flame graph, a single SVG file. */
#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include "../libpost/flame/chain.h"
#include "../libpost/flame/svg.h"
#include "tool.h"

struct conf {
	struct tool_common	 common;
	struct post_svg_opts	 svg;
	uint64_t		 width, height;
	const char		*minwidth, *total;
	bool			 reverse;
};

#define AT(field)	offsetof(struct conf, field)
static const struct post_opt opts[] = {
	{ 0, "title", "TEXT", "the heading", POST_OPT_TEXT, AT(svg.title), NULL },
	{ 0, "subtitle", "TEXT", "a second line under it", POST_OPT_TEXT, AT(svg.subtitle), NULL },
	{ 0, "width", "PX", "width of the picture, 1200 by default", POST_OPT_COUNT, AT(width), NULL },
	{ 0, "height", "PX", "height of a frame, 16 by default", POST_OPT_COUNT, AT(height), NULL },
	{ 0, "minwidth", "PX|P%", "leave out frames that are narrower, 0.1 by default", POST_OPT_TEXT, AT(minwidth), NULL },
	{ 0, "fonttype", "FONT", "font family, Verdana by default", POST_OPT_TEXT, AT(svg.fonttype), NULL },
	{ 0, "fontsize", "PX", "font size, 12 by default", POST_OPT_REAL, AT(svg.fontsize), NULL },
	{ 0, "fontwidth", "RATIO", "mean width of a character by font size, 0.59 by default", POST_OPT_REAL, AT(svg.fontwidth), NULL },
	{ 0, "countname", "TEXT", "what was counted, samples by default", POST_OPT_TEXT, AT(svg.countname), NULL },
	{ 0, "nametype", "TEXT", "what stands before a name that is pointed at, Function: by default", POST_OPT_TEXT, AT(svg.nametype), NULL },
	{ 0, "colors", "PALETTE", "hot, mem, io, wakeup, chain, java, js, perl, red, green, blue, aqua, yellow, purple or orange",
	    POST_OPT_TEXT, AT(svg.colors), NULL },
	{ 0, "bgcolors", "COLOR", "yellow, blue, green, grey or #rrggbb, by default what suits the palette", POST_OPT_TEXT, AT(svg.bgcolors), NULL },
	{ 0, "hash", NULL, "colours by the first and last three characters of the names", POST_OPT_FLAG, AT(svg.hash), NULL },
	{ 0, "reverse", NULL, "merge the stacks from their leaves", POST_OPT_FLAG, AT(reverse), NULL },
	{ 'i', "inverted", NULL, "the root on top: an icicle graph", POST_OPT_FLAG, AT(svg.inverted), NULL },
	{ 0, "notes", "TEXT", "a comment inside the file", POST_OPT_TEXT, AT(svg.notes), NULL },
	{ 0, "total", "N", "what the whole picture stands for, when more than the sum", POST_OPT_TEXT, AT(total), NULL },
	{ 0, "factor", "F", "multiply the counts that are shown", POST_OPT_REAL, AT(svg.factor), NULL },
	{ 0, "bare", NULL, "no style and no script, for tests", POST_OPT_FLAG, AT(svg.bare), NULL },
	{ 0 }
};
static const struct post_tool tool = {
	"bt-svg", "[file ...]", "Draw traces, raw or folded, as an interactive flame graph.", opts, tool_shared
};

/* "0.5" is pixels, "0.5%" a share of the whole. */
static void
set_minwidth(struct post_svg_opts *svg, const char *text)
{
	struct post_str s = post_str_of(text);
	struct post_err err;

	svg->minwidth_percent = post_str_ends(s, POST_STR("%"));
	s.n -= svg->minwidth_percent;
	if (post_parse_real(s, &svg->minwidth) == 0)
		return;
	post_fail(&err, POST_EUSAGE, "--minwidth: not pixels or a percentage: %s", text);
	tool_usage(&tool, &err);
}

static void
check(struct conf *c)
{
	struct post_err err;

	if (c->svg.title != NULL && *c->svg.title == '\0')
		c->svg.title = NULL;
	c->svg.width = c->width < UINT32_MAX ? (unsigned)c->width : UINT32_MAX;
	c->svg.height = c->height < UINT32_MAX ? (unsigned)c->height : UINT32_MAX;
	if (c->total != NULL && post_count_parse(post_str_of(c->total), &c->svg.total) != 0) {
		post_fail(&err, POST_EUSAGE, "--total: not a count: %s", c->total);
		tool_usage(&tool, &err);
	}
	if (c->minwidth != NULL)
		set_minwidth(&c->svg, c->minwidth);
	if (post_svg_check(&c->svg, &err) == -1)
		tool_usage(&tool, &err);
}

/* Where the stacks go. */
struct drawing {
	struct post_names	names;
	struct post_tree	tree;
	struct post_chain	chain;
	bool			is_chain;
};

static int
add(void *arg, const struct post_stack *s, struct post_err *err)
{
	struct drawing *d = arg;
	const uint32_t *frame = s->frame;
	size_t n = s->n;

	if (d->is_chain)
		frame = post_chain_stack(&d->chain, frame, &n);
	if (post_tree_add(&d->tree, frame, n, s->count) == 0)
		return 0;
	return post_fail(err, POST_ELIMIT, "the sum of all counts passes 18446744073709551615");
}

/* A --total under the sum cannot be; flamegraph.pl lets a fiftieth pass without a word. */
static void
warn_when_total_is_low(const struct conf *c, const struct post_tree *tree)
{
	double total = post_count_real(c->svg.total), sum = post_count_real(tree->total);
	struct post_err err;

	if (c->total == NULL || c->common.quiet || total >= sum || (sum - total) / sum <= 0.02)
		return;
	post_fail(&err, POST_OK, "--total %s is less than the sum of the counts, and is not used", c->total);
	tool_warn(&tool, NULL, &err);
}

/* flamegraph.pl's limit: a picture of so few samples shows chance. */
static void
warn_when_low(const struct conf *c, const struct post_tree *tree)
{
	bool none = tree->total.whole == 0 && tree->total.frac == 0;
	struct post_buf total = { 0 };
	struct post_err err;

	if (tree->total.whole >= 100 || none || c->common.quiet || strcmp(c->svg.countname, "samples") != 0)
		return;
	post_put_count(&total, tree->total);
	post_fail(&err, POST_OK, "only %s samples: what the picture shows may be chance", total.s);
	tool_warn(&tool, NULL, &err);
	post_buf_free(&total);
}

/* Write the picture of D, or one that says that there is none; the exit status. */
static int
draw(struct drawing *d, const struct conf *c, struct post_out *out, int status)
{
	struct post_err err;

	warn_when_low(c, &d->tree);
	warn_when_total_is_low(c, &d->tree);
	if (post_svg_write(&d->tree, &c->svg, out, &err) == 0)
		return status;
	if (d->tree.stacks > 0)
		tool_warn(&tool, NULL, &err);
	post_svg_error(&c->svg, "No stack counts found", out);
	return TOOL_TROUBLE;
}

int
main(int argc, char *argv[])
{
	struct conf c = { .width = 1200, .height = 16 };
	struct drawing d = { .tree.names = &d.names, .chain.names = &d.names };
	struct post_run run = { 0 };
	struct post_stacks_conf conf = { .stack = add };
	struct post_input *in;
	struct post_out out;
	struct post_err err;
	int first, status;
	bool readable;

	post_svg_defaults(&c.svg);
	first = tool_options(&tool, argc, argv, &c);
	check(&c);
	conf.reverse = c.reverse;
	d.is_chain = strcmp(c.svg.colors, "chain") == 0;
	in = tool_input(&tool, &c.common, argv + first, argc - first, 1);
	tool_open(&tool, &c.common, &out);
	if (post_run_stacks(&run, in, &conf, &d.names, &d, &err) == -1)
		tool_fail(&tool, &err);
	status = tool_status(&tool, in, tool_notes(&tool, &c.common, in, &run.notes), d.tree.stacks > 0);
	status = draw(&d, &c, &out, status);
	post_tree_free(&d.tree);
	post_chain_free(&d.chain);
	post_names_free(&d.names);
	post_run_free(&run);
	readable = post_input_status(in) != TOOL_TROUBLE;
	post_input_free(in);
	if (status != TOOL_TROUBLE || !readable)
		return tool_close(&tool, &out, status);
	(void)tool_close(&tool, &out, TOOL_DONE);	/* the picture that says so is an output, too */
	return TOOL_TROUBLE;
}
