/* SPDX-License-Identifier: BSD-2-Clause */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "../libpost/flame/palette.h"
#include "batch.h"
#include "svg-options.h"

static const char *const unknowns[] = { "module", "addr", "merge", NULL };

static const struct post_opt site_shared[] = {
	{ 'o', "output", "DIR", "where the outputs go; it is made, or brought up to date", POST_OPT_FILE, TOOL_AT(output), NULL },
	TOOL_INPUT,
	{ 'q', "quiet", NULL, "tell errors only", POST_OPT_FLAG, TOOL_AT(quiet), NULL },
	TOOL_COMPLETION,
	{ 0 }
};

struct reduce_conf {
	struct tool_common	common;
	bool			keep_going;
};

#define AT(field)	offsetof(struct batch_conf, field)
/* How a trace is read: what site and map share. */
#define READING \
	{ 'u', "unknown", "module|addr|merge", "as bt-collapse", POST_OPT_CHOICE, AT(unknown), unknowns }, \
	{ 'k', "kernel", NULL, "as bt-collapse: _[k] behind the frames of the kernel", POST_OPT_FLAG, AT(kernel), NULL }, \
	{ 'm', "modules", NULL, "as bt-collapse: [module] behind the frames", POST_OPT_FLAG, AT(modules), NULL }, \
	{ 'd', "demangle", NULL, "as bt-collapse: demangle C++ and Rust names", POST_OPT_FLAG, AT(demangle), NULL }, \
	{ 0, "separator", NULL, "as bt-collapse: a frame - between user and kernel frames", POST_OPT_FLAG, AT(separator), NULL }, \
	{ 0, "merge-recursive", NULL, "as bt-collapse: a function that calls itself is one frame", POST_OPT_FLAG, AT(merge_recursive), NULL }, \
	{ 0, "until", "REGEX", "as bt-collapse: the frame that matches is the root", POST_OPT_LIST, AT(until), NULL }, \
	{ 0, "only", "REGEX", "as bt-collapse: only stacks with a frame that matches", POST_OPT_LIST, AT(only), NULL }, \
	{ 0, "not", "REGEX", "as bt-collapse: no stacks with a frame that matches", POST_OPT_LIST, AT(except), NULL }, \
	{ 'i', "inlines", NULL, "as bt-inlines: a frame for every inlined call", POST_OPT_FLAG, AT(inlines), NULL }, \
	{ 's', "sysroot", "DIR", "as bt-inlines: the traced machine's files are below DIR", POST_OPT_LIST, AT(sysroot), NULL }, \
	{ 'D', "debug-dir", "DIR", "as bt-inlines: look for debug files in DIR, too", POST_OPT_LIST, AT(debug_dir), NULL }, \
	{ 'e', "exe", "FILE", "as bt-inlines: a traced program or library", POST_OPT_LIST, AT(exe), NULL }, \
	{ 'l', "lua", NULL, "as bt-fixlua: name Lua frames by their sources", POST_OPT_FLAG, AT(lua), NULL }, \
	{ 'p', "lua-path", "DIR", "as bt-fixlua: look for sources in DIR", POST_OPT_LIST, AT(lua_path), NULL }, \
	{ 0, "map", "OLD=NEW", "as bt-fixlua: sources below OLD are below NEW here", POST_OPT_LIST, AT(map), NULL }, \
	{ 'r', "root", "DIR", "as bt-fixlua: open no source outside DIR", POST_OPT_FILE, AT(root), NULL }

static const struct post_opt opts[] = {
	{ 'g', "group-by", "TEMPLATE", "the group of a trace: {dir} by default, {date}, {host}, {name}, groups of --group-regex", POST_OPT_TEXT, AT(group_by), NULL },
	{ 0, "group-regex", "REGEX", "for the names of traces; its named groups may stand in --group-by", POST_OPT_TEXT, AT(group_regex), NULL },
	{ 0, "baseline", "GROUP", "compare the other groups to this one", POST_OPT_TEXT, AT(baseline), NULL },
	{ 0, "title", "TEMPLATE", "of the flame graphs: {name} is the trace, {group} its group; {name} by default", POST_OPT_TEXT, AT(title), NULL },
	{ 0, "page-title", "TEXT", "of the page", POST_OPT_TEXT, AT(page_title), NULL },
	{ 0, "list", "FILE", "read the names of traces from FILE, one a line, - for standard input", POST_OPT_FILE, AT(list), NULL },
	{ 0, "force", NULL, "read all traces anew", POST_OPT_FLAG, AT(force), NULL },
	{ 0, "json", NULL, "print what was done as JSON", POST_OPT_FLAG, AT(json), NULL },
	{ 'w', "watch", NULL, "stay, and look for new traces", POST_OPT_FLAG, AT(watch), NULL },
	{ 0, "interval", "SECONDS", "watch: how often, 10 by default", POST_OPT_COUNT, AT(interval), NULL },
	{ 'v', "verbose", NULL, "tell of every trace", POST_OPT_FLAG, AT(verbose), NULL },
	{ 'j', "jobs", "N", "work on N traces at once; by default as many as there are cores", POST_OPT_COUNT, AT(jobs), NULL },
	{ 0, "mem", "SIZE", "about what traces may take together, 1G by default", POST_OPT_SIZE, AT(memory), NULL },
	READING,
	{ 'z', "compress", NULL, "pack the folded stacks: .folded.zst", POST_OPT_FLAG, AT(compress), NULL },
	{ 'c', "colors", "PALETTE", "as bt-svg", POST_OPT_TEXT, AT(colors), NULL },
	{ 0, "svg", "OPTION", "any that changes how a flame graph looks, as bt-svg: --svg inverted --svg countname=us", POST_OPT_LIST, AT(look), NULL },
	{ 0 }
};

static const struct post_opt map_opts[] = {
	{ 0, "split", "SIZE", "share out larger traces in parts of about SIZE, where they can be taken apart", POST_OPT_SIZE, AT(split), NULL },
	READING,
	TOOL_INPUT,
	{ 'q', "quiet", NULL, "say nothing of a trace that can be read", POST_OPT_FLAG, TOOL_AT(quiet), NULL },
	{ 0 }
};
static const struct post_tool map_tool = {
	.name = "bt-batch map", .operands = "MANIFEST k K OUT", .opts = map_opts,
	.does = "Fold part k of K of the traces that MANIFEST names, one a line, into OUT/parts.",
};
static const struct post_opt reduce_opts[] = {
	{ 0, "keep-going", NULL, "sum what is there, where parts are missing or traces failed", POST_OPT_FLAG, offsetof(struct reduce_conf, keep_going), NULL },
	{ 0 }
};
static const struct post_tool reduce_tool = {
	.name = "bt-batch reduce", .operands = "OUT K", .opts = reduce_opts,
	.does = "Sum the K parts in OUT/parts to OUT/all.folded.",
};

static const struct post_command commands[] = {
	{ "map", "fold one part of many traces, on any machine" },
	{ "reduce", "sum all parts" },
	{ "slurm", "do both on a Slurm cluster" },
	{ "parallel", "do both on several hosts by GNU parallel" },
	{ "pack", "make a trace one that map can take apart" },
	{ 0 }
};
const struct post_tool batch_tool = {
	.name = "bt-batch", .operands = "file|directory ...", .opts = opts, .shared = site_shared, .command = commands,
	.does = "Turn archives of traces into folded stacks, flame graphs and a page to look at, at the cost of what is new.",
};

static void
put_list(struct post_buf *b, const char *key, const struct post_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		post_putf(b, "%s=%zu:%s;", key, strlen(l->v[i]), l->v[i]);
}

/* A hash of all that decides what comes of a trace. */
static void
set_rules(struct batch_conf *c)
{
	struct post_buf b = { 0 };
	XXH128_hash_t h;

	post_putf(&b, "%s;u%d k%d m%d d%d i%d l%d;", VERSION, c->unknown, c->kernel, c->modules, c->demangle, c->inlines, c->lua);
	put_list(&b, "sysroot", &c->sysroot);
	put_list(&b, "debug", &c->debug_dir);
	put_list(&b, "exe", &c->exe);
	put_list(&b, "path", &c->lua_path);
	put_list(&b, "map", &c->map);
	put_list(&b, "until", &c->until);
	put_list(&b, "only", &c->only);
	put_list(&b, "not", &c->except);
	put_list(&b, "svg", &c->look);
	post_putf(&b, "s%d r%d;title=%s;", c->separator, c->merge_recursive, c->title);
	if (strstr(c->title, "{group}") != NULL)
		post_putf(&b, "by=%s;%s;", c->group_by, c->group_regex != NULL ? c->group_regex : "");
	post_putf(&b, "root=%s;colors=%s;from=%d;window=%d;split=%llu;z%d", c->root != NULL ? c->root : "", c->svg.colors, c->common.from, c->reading.window_log,
	    (unsigned long long)c->split, c->compress);
	h = XXH3_128bits(b.s, b.n);
	snprintf(c->rules, sizeof c->rules, "%016llx%016llx", (unsigned long long)h.high64, (unsigned long long)h.low64);
	post_buf_free(&b);
}

/* Is "NAME" or "NAME=VALUE" an option of bt-svg that changes how a picture looks, always in the same way? */
static bool
is_look(const char *option)
{
	static const char *const looks[] = { "bgcolors", "colors", "countname", "factor", "fontsize", "fonttype", "fontwidth", "full-limit", "hash", "height",
		"inverted", "minwidth", "nametype", "no-full", "notes", "search-color", "static", "stroke-color", "subtitle", "theme",
		"truncate-text-left", "uicolor", "width" };
	size_t n = strcspn(option, "=");

	for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
		if (strlen(looks[i]) == n && strncmp(option, looks[i], n) == 0)
			return true;
	return false;
}

/* What bt-svg makes of --svg, each without its dashes. */
static void
set_look(const struct post_tool *tool, struct batch_conf *c)
{
	static char name[] = "bt-batch --svg";
	struct svg_conf made;
	struct post_err err;
	bool themed = false;

	c->svg_argv = post_resize(NULL, c->look.n + 2, sizeof *c->svg_argv);
	c->svg_argv[0] = name;
	for (size_t i = 0; i < c->look.n; i++) {
		struct post_buf b = { 0 };

		if (!is_look(c->look.v[i])) {
			post_fail(&err, POST_EUSAGE, "--svg=%s: none of bt-svg's options that change how a picture looks", c->look.v[i]);
			tool_usage(tool, &err);
		}
		post_putf(&b, "--%s", c->look.v[i]);
		c->svg_argv[i + 1] = b.s;
		themed = themed || strncmp(c->look.v[i], "theme=", strlen("theme=")) == 0;
	}
	c->svg_argv[c->look.n + 1] = NULL;
	(void)svg_options(&made, (int)c->look.n + 1, c->svg_argv);
	c->svg = made.svg;
	if (!themed)
		c->svg.theme = POST_AUTO;
}

static void
set_reading(struct batch_conf *c)
{
	c->exes = post_resize(NULL, c->exe.n, sizeof *c->exes);
	for (size_t i = 0; i < c->exe.n; i++)
		c->exes[i] = (struct post_exe){ .path = c->exe.v[i] };
	c->lua = c->lua || c->lua_path.n + c->map.n > 0 || c->root != NULL;
	c->inlines = c->inlines || c->sysroot.n + c->debug_dir.n + c->exe.n > 0;
	c->reading = (struct post_reading_conf){
		.stacks.naming = { .unknown = c->unknown, .kernel = c->kernel, .modules = c->modules, .demangle = c->demangle },
		.stacks.separator = c->separator, .stacks.merge_recursive = c->merge_recursive, .stacks.choice = &c->choice,
		.inlines = c->inlines, .lua = c->lua,
		.modules = { .find = { .sysroot = c->sysroot.v, .n_sysroot = c->sysroot.n, .debug_dir = c->debug_dir.v, .n_debug_dir = c->debug_dir.n },
			.exe = c->exes, .n_exe = c->exe.n },
		.lua_conf = { .lua_path = c->lua_path.v, .n_lua_path = c->lua_path.n, .map = c->map.v, .n_map = c->map.n, .root = c->root },
		.window_log = tool_window_log(c->common.memory), .from = c->common.from,
	};
}

static bool
is_file(const char *path)
{
	struct stat st;

	return strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* Numbers that are too small or too large, files that cannot be read. */
static void
check(const struct post_tool *tool, const struct batch_conf *c)
{
	struct post_reader reader;
	struct post_err err;

	if (c->split > 0 && c->split < 4096) {
		post_fail(&err, POST_EUSAGE, "--split is 4K at least");
		tool_usage(tool, &err);
	}
	if (c->interval < 1 || c->interval > 86400) {
		post_fail(&err, POST_EUSAGE, "--interval is 1 to 86400 seconds");
		tool_usage(tool, &err);
	}
	if (c->watch && c->list != NULL && !is_file(c->list)) {
		post_fail(&err, POST_EUSAGE, "--watch reads --list at each look, and %s can be read once", c->list);
		tool_usage(tool, &err);
	}
	if (post_reader_init(&reader, &c->reading, &err) == -1)
		tool_fail(tool, &err);
	post_reader_free(&reader);
}

static int
options(const struct post_tool *tool, struct batch_conf *c, int argc, char **argv)
{
	struct post_err err;
	int first;

	*c = (struct batch_conf){ .group_by = "{dir}", .title = "{name}", .page_title = "Traces", .memory = UINT64_C(1) << 30, .interval = 10 };
	first = tool_options(tool, argc, argv, c);
	set_look(tool, c);
	if (c->colors != NULL)
		c->svg.colors = c->colors;
	tool_patterns(tool, &c->until, &c->choice.until);
	tool_patterns(tool, &c->only, &c->choice.only);
	tool_patterns(tool, &c->except, &c->choice.except);
	set_reading(c);
	set_rules(c);
	if (post_grouping_init(&c->grouping, c->group_by, c->group_regex, &err) == -1 || post_svg_check(&c->svg, &err) == -1)
		tool_usage(tool, &err);
	check(tool, c);
	return first;
}

int
batch_options(struct batch_conf *c, int argc, char **argv)
{
	return options(&batch_tool, c, argc, argv);
}

int
batch_map_options(struct batch_conf *c, int argc, char **argv)
{
	return options(&map_tool, c, argc, argv);
}

void
batch_map_check(int argc, char **argv)
{
	struct batch_conf c = { 0 };
	struct post_err err;
	int first = tool_options(&map_tool, argc, argv, &c);

	if (first < argc) {
		post_fail(&err, POST_EUSAGE, "behind -- stand options of map; its operands are known: %s", argv[first]);
		tool_usage(&map_tool, &err);
	}
	batch_options_free(&c);
}

int
batch_reduce_options(bool *keep_going, int argc, char **argv)
{
	struct reduce_conf c = { 0 };
	int first = tool_options(&reduce_tool, argc, argv, &c);

	*keep_going = c.keep_going;
	return first;
}

void
batch_options_free(struct batch_conf *c)
{
	post_grouping_free(&c->grouping);
	post_names_free(&c->told);
	free(c->sysroot.v);
	free(c->debug_dir.v);
	free(c->exe.v);
	free(c->lua_path.v);
	free(c->map.v);
	free(c->until.v);
	free(c->only.v);
	free(c->except.v);
	for (size_t i = 0; i < c->look.n && c->svg_argv != NULL; i++)
		free(c->svg_argv[i + 1]);
	free(c->svg_argv);
	free(c->look.v);
	post_choice_free(&c->choice);
	free(c->exes);
}
