/* SPDX-License-Identifier: BSD-2-Clause */
/* bt-collapse - fold traces: each distinct stack on a line, with the sum of its counts. */
#include <stddef.h>
#include <stdlib.h>
#include "tool.h"

struct conf {
	struct tool_common	common;
	int			unknown;	/* enum post_unknown */
	bool			kernel, modules, lines, demangle;
	bool			reverse, merge_recursive, separator;
	uint64_t		min, top, jobs;
};

static const char *const unknowns[] = { "module", "addr", "merge", NULL };

#define AT(field)	offsetof(struct conf, field)
static const struct post_opt opts[] = {
	{ 'u', "unknown", "module|addr|merge", "how frames without a symbol are called: [libc.so.6], 0x7f0a11223344 or <unknown>",
	    POST_OPT_CHOICE, AT(unknown), unknowns },
	{ 'k', "kernel",   NULL, "put _[k] behind the frames of the kernel", POST_OPT_FLAG, AT(kernel), NULL },
	{ 'm', "modules",  NULL, "put [module] behind the frames", POST_OPT_FLAG, AT(modules), NULL },
	{ 'l', "lines",    NULL, "put (file:line) behind the frames that have it", POST_OPT_FLAG, AT(lines), NULL },
	{ 'd', "demangle", NULL, "demangle C++ and Rust names", POST_OPT_FLAG, AT(demangle), NULL },
	{ 's', "separator", NULL, "put a frame - between user and kernel frames", POST_OPT_FLAG, AT(separator), NULL },
	{ 'r', "reverse",  NULL, "leaf first, root last", POST_OPT_FLAG, AT(reverse), NULL },
	{ 0, "merge-recursive", NULL, "a function that calls itself is one frame", POST_OPT_FLAG, AT(merge_recursive), NULL },
	{ 0, "min", "N", "leave out stacks that count less than N", POST_OPT_COUNT, AT(min), NULL },
	{ 't', "top", "N", "keep the N heaviest stacks", POST_OPT_COUNT, AT(top), NULL },
	{ 'j', "jobs", "N", "read with N threads; by default as many as there are cores", POST_OPT_COUNT, AT(jobs), NULL },
	{ 0 }
};
static const struct post_tool tool = {
	.name = "bt-collapse", .operands = "[file ...]", .opts = opts, .shared = tool_shared,
	.does = "Fold traces: each distinct stack on a line, root first, with the sum of its counts.",
};

static struct post_stacks_conf
reading(const struct conf *c)
{
	return (struct post_stacks_conf){
		.naming = { .unknown = c->unknown, .kernel = c->kernel, .modules = c->modules, .lines = c->lines, .demangle = c->demangle },
		.reverse = c->reverse, .merge_recursive = c->merge_recursive, .separator = c->separator,
	};
}

int
main(int argc, char *argv[])
{
	struct conf c = { 0 };
	int first = tool_options(&tool, argc, argv, &c), status;
	struct post_input *in = tool_input(&tool, &c.common, argv + first, argc - first, tool_jobs(c.jobs));
	struct post_stacks_conf conf = reading(&c);
	struct post_run run = { 0 };
	struct post_fold fold = { 0 };
	struct post_out out;
	struct post_err err;

	tool_open(&tool, &c.common, &out);
	if (post_run_fold(&run, in, &conf, tool_jobs(c.jobs), &fold, &err) == -1)
		tool_fail(&tool, &err);
	status = tool_status(&tool, in, tool_notes(&tool, &c.common, in, &run.notes), fold.n > 0);
	post_fold_select(&fold, c.min, c.top);
	post_fold_write(&fold, &out);
	post_fold_free(&fold);
	post_run_free(&run);
	post_input_free(in);
	return tool_close(&tool, &out, status);
}
