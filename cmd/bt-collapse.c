/* SPDX-License-Identifier: BSD-2-Clause */
/* bt-collapse - fold traces: each distinct stack on a line, with the sum of its counts. */
#include <stddef.h>
#include <stdlib.h>
#include "tool.h"

struct conf {
	struct tool_common	common;
	int			unknown;	/* enum post_unknown */
	bool			kernel, modules, lines, demangle;
	bool			reverse, merge_recursive, separator, single, notes;
	struct post_list	until, only, except;
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
	{ 0, "until", "REGEX", "cut stacks so that the first frame from the leaf that matches is the root; others are left out", POST_OPT_LIST, AT(until), NULL },
	{ 0, "only", "REGEX", "keep only stacks with a frame that matches", POST_OPT_LIST, AT(only), NULL },
	{ 0, "not", "REGEX", "leave out stacks with a frame that matches", POST_OPT_LIST, AT(except), NULL },
	{ 0, "single", NULL, "a last stack without a count counts 1", POST_OPT_FLAG, AT(single), NULL },
	{ 0, "min", "N", "leave out stacks that count less than N", POST_OPT_COUNT, AT(min), NULL },
	{ 't', "top", "N", "keep the N heaviest stacks", POST_OPT_COUNT, AT(top), NULL },
	{ 0, "notes", NULL, "write what was found out about the trace as lines of comment, # note: ...", POST_OPT_FLAG, AT(notes), NULL },
	{ 'j', "jobs", "N", "read with N threads; by default as many as there are cores", POST_OPT_COUNT, AT(jobs), NULL },
	{ 0 }
};
static const struct post_tool tool = {
	.name = "bt-collapse", .operands = "[file ...]", .opts = opts, .shared = tool_shared,
	.does = "Fold traces: each distinct stack on a line, root first, with the sum of its counts.",
};

static struct post_choice
choice(const struct conf *c)
{
	struct post_choice made = { 0 };

	tool_patterns(&tool, &c->until, &made.until);
	tool_patterns(&tool, &c->only, &made.only);
	tool_patterns(&tool, &c->except, &made.except);
	return made;
}

static struct post_stacks_conf
reading(const struct conf *c, const struct post_choice *made)
{
	return (struct post_stacks_conf){
		.naming = { .unknown = c->unknown, .kernel = c->kernel, .modules = c->modules, .lines = c->lines, .demangle = c->demangle },
		.reverse = c->reverse, .merge_recursive = c->merge_recursive, .separator = c->separator,
		.single = c->single, .choice = made,
	};
}

/* Say why there is nothing when the input had stacks. */
static int
none_chosen(void)
{
	struct post_err err;

	post_fail(&err, POST_EFORMAT, "no stacks left by --until, --only, --not");
	tool_warn(&tool, NULL, &err);
	return TOOL_TROUBLE;
}

/* Tell what was found in the trace, and note it in OUT when that is asked for; the exit status so far. */
static int
tell(const struct conf *c, const struct post_input *in, const struct post_run *run, bool stacks, struct post_out *out)
{
	struct post_findings findings = { 0 };
	int status = tool_findings(&tool, &c->common, in, &run->account, TOOL_TAKES_STACKS, &findings);
	bool dropped = c->until.n + c->only.n + c->except.n > 0 && run->account.stacks > 0;

	if (c->notes)
		tool_put_notes(&out->buf, in, &run->account, &findings);
	post_findings_free(&findings);
	status = tool_status(&tool, in, status, stacks || dropped);
	return stacks || status == TOOL_TROUBLE ? status : none_chosen();
}

/* Read IN, and write it folded to OUT; the exit status. */
static int
collapse(const struct conf *c, struct post_input *in, struct post_out *out)
{
	struct post_choice made = choice(c);
	struct post_stacks_conf conf = reading(c, &made);
	struct post_run run = { 0 };
	struct post_fold fold = { 0 };
	struct post_err err;
	int status;

	if (post_run_fold(&run, in, &conf, tool_jobs(c->jobs), &fold, &err) == -1)
		tool_fail(&tool, &err);
	status = tell(c, in, &run, fold.n > 0, out);
	post_fold_select(&fold, c->min, c->top);
	post_fold_write(&fold, out);
	post_fold_free(&fold);
	post_run_free(&run);
	post_choice_free(&made);
	return status;
}

int
main(int argc, char *argv[])
{
	struct conf c = { 0 };
	int first = tool_options(&tool, argc, argv, &c), status;
	struct post_input *in = tool_input(&tool, &c.common, argv + first, argc - first, tool_jobs(c.jobs));
	struct post_out out;

	tool_open(&tool, &c.common, &out);
	status = collapse(&c, in, &out);
	free(c.until.v);
	free(c.only.v);
	free(c.except.v);
	post_input_free(in);
	return tool_close(&tool, &out, status);
}
