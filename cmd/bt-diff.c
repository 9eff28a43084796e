/* SPDX-License-Identifier: BSD-2-Clause */
/* bt-diff - compare two profiles, or two sets of them. */
#include <stdlib.h>
#include "diff-write.h"

static bool
has_name(const struct diff_input *in, struct post_str name)
{
	for (uint32_t i = 0; i < in->runs.names.n; i++)
		if (post_str_eq(post_name(&in->runs.names, i), name))
			return true;
	return false;
}

static void
say(const char *what)
{
	struct post_err err;

	post_fail(&err, POST_EFORMAT, "%s", what);
	tool_warn(&diff_tool, NULL, &err);
}

/* The exit status that the verdict makes. */
static int
verdict_status(const struct diff_conf *c, const struct post_diff *d)
{
	if (d->verdict == POST_INSUFFICIENT)
		return c->require_data ? TOOL_TROUBLE : TOOL_DONE;
	return d->verdict == POST_FAIL && !c->no_fail ? TOOL_PARTLY : TOOL_DONE;
}

/* Ceilings are of frames as they are compared; one that is of nobody is a mistake, most likely. */
static void
set_budgets(struct diff_conf *c, const struct diff_input *in, struct post_arena *names)
{
	struct post_buf b = { 0 };

	for (size_t i = 0; i < c->budgets.n; i++) {
		b.n = 0;
		(void)post_canon_put(&c->canon, c->budget[i].func, &b);
		c->budget[i].func = post_keep(names, post_buf_str(&b));
		if (!has_name(in, c->budget[i].func)) {
			b.n = 0;
			post_puts(&b, "--budget ");
			post_puts(&b, c->budget[i].text);
			post_puts(&b, ": no frame has this name");
			say(b.s);
		}
	}
	post_buf_free(&b);
}

/* A decision on traces that are no fair samples would be none. */
static void
mind_remarks(const struct diff_conf *c, const struct diff_input *in, struct post_diff *d)
{
	if (in->remarks == 0 || c->trust || d->verdict == POST_INSUFFICIENT || d->exceeded > 0)
		return;
	d->verdict = POST_INSUFFICIENT;
	d->why = "a trace is partial or biased; --trust decides all the same";
}

static int
compare(struct diff_conf *c, const struct diff_input *in, const char *rules)
{
	struct post_diff_conf conf = c->diff;
	struct post_arena names = { 0 };
	struct post_diff d;
	struct post_report report = { .diff = &d, .runs = &in->runs, .rules = rules, .id = c->id, .remark = in->remark,
	    .remarks = in->remarks, .place = in->file, .explain = c->explain, .no_gate = c->no_fail };
	int status;

	conf.noise = in->sigma;
	set_budgets(c, in, &names);
	post_diff(&d, &in->runs, &conf, c->budget, c->budgets.n);
	mind_remarks(c, in, &d);
	status = diff_write(c, &report, verdict_status(c, &d));
	post_diff_free(&d);
	post_drop(&names);
	return status;
}

/* difffolded.pl's job, without statistics. */
static int
fold(const struct diff_conf *c, const struct diff_input *in, const char *rules)
{
	struct post_report none = { .runs = &in->runs, .rules = rules };

	if (in->runs.cells == 0) {
		say("no stacks in the input");
		return TOOL_TROUBLE;
	}
	return diff_write(c, &none, in->status);
}

static int
update(const struct diff_conf *c, const struct diff_input *in, const char *rules)
{
	for (size_t r = 0; r < in->runs.n; r++)
		if (in->runs.run[r].samples.whole == 0 && in->runs.run[r].samples.frac == 0) {
			say("a run has no samples");
			return TOOL_TROUBLE;
		}
	if (in->remarks > 0 && !c->trust) {
		for (size_t i = 0; i < in->remarks; i++)
			say(in->remark[i]);
		say("a trace is partial or biased, and is not added to the baseline without --trust");
		return TOOL_TROUBLE;
	}
	return diff_write_baseline(c, in, rules);
}

int
main(int argc, char *argv[])
{
	char rules[POST_CANON_HASH + 1];
	struct diff_input in;
	struct diff_conf c;
	int status;

	diff_options(&c, argc, argv);
	post_canon_hash(&c.canon, rules);
	diff_read(&in, &c, &c.canon, rules);
	status = c.update ? update(&c, &in, rules) : c.folded ? fold(&c, &in, rules) : compare(&c, &in, rules);
	diff_input_free(&in);
	diff_options_free(&c);
	return status;
}
