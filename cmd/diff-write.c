/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "../libpost/diff/baseline.h"
#include "diff-write.h"

/* Does a terminal show it, and is it to be coloured? */
static bool
is_colored(const struct diff_conf *c, const char *path)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
	bool stdout_is_tty = (path == NULL || strcmp(path, "-") == 0) && isatty(STDOUT_FILENO);

	if (c->color != 0)
		return c->color == 1;
	return stdout_is_tty && (no == NULL || *no == '\0') && term != NULL && strcmp(term, "dumb") != 0;
}

/* The exit status: a picture may be impossible, where all counts are zero. */
static int
put(const struct diff_conf *c, const struct post_report *r, const struct diff_output *o, struct post_out *out)
{
	struct post_err err;

	static void (*const report[])(const struct post_report *, struct post_buf *) = { post_report_text, post_report_json, post_report_md,
		post_report_junit, post_report_github };
	struct post_report mine = *r;

	mine.color = o->form == DIFF_TEXT && is_colored(c, o->path);
	if (o->form == DIFF_FOLDED)
		diff_put_folded(c, r, out);
	else if (o->form != DIFF_SVG)
		report[o->form](&mine, &out->buf);
	else if (diff_put_svg(c, r, out, &err) == -1) {
		tool_warn(&diff_tool, o->path, &err);
		return TOOL_TROUBLE;
	}
	return TOOL_DONE;
}

int
diff_write(const struct diff_conf *c, const struct post_report *r, int status)
{
	for (size_t i = 0; i < c->outputs; i++) {
		struct tool_common common = c->common;
		struct post_out out;

		common.output = c->output[i].path;
		tool_open(&diff_tool, &common, &out);
		if (put(c, r, &c->output[i], &out) != TOOL_DONE)
			status = TOOL_TROUBLE;
		if (tool_close(&diff_tool, &out, TOOL_DONE) != TOOL_DONE)
			status = TOOL_TROUBLE;
	}
	return status;
}

int
diff_write_baseline(const struct diff_conf *c, const struct diff_input *in, const char *rules)
{
	struct tool_common common = c->common;
	double sigma = post_baseline_sigma(&in->runs, c->diff.work);
	struct post_out out;

	common.output = c->baseline;
	tool_open(&diff_tool, &common, &out);
	post_baseline_write(&in->runs, c->keep, rules, c->diff.work, sigma > 0 ? sigma : in->sigma, &out);
	return tool_close(&diff_tool, &out, TOOL_DONE);
}
