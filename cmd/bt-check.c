/* SPDX-License-Identifier: BSD-2-Clause */
/* bt-check - what a trace is worth, and the command that would do better. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include "check-files.h"
#include "check-report.h"

struct conf {
	struct check_files_conf	 files;		/* first: its first is the common one */
	struct post_list	 messages;
	int			 fail_on;	/* enum severity_choice */
	uint64_t		 jobs;
};

/* Partial, the default, is first. */
enum severity_choice { FAIL_PARTIAL, FAIL_FATAL, FAIL_BIASED, FAIL_SHALLOW, FAIL_INFO };
static const char *const severities[] = { "partial", "fatal", "biased", "shallow", "info", NULL };
static const enum post_severity severity_of[] = {
	[FAIL_PARTIAL] = POST_PARTIAL, [FAIL_FATAL] = POST_FATAL, [FAIL_BIASED] = POST_BIASED,
	[FAIL_SHALLOW] = POST_SHALLOW, [FAIL_INFO] = POST_INFO,
};
static const char *const langs[] = { "en", "zh", NULL };

#define AT(field)	offsetof(struct conf, field)
static const struct post_opt opts[] = {
	{ 'e', "stderr", "FILE", "FILE has what stap wrote to standard error", POST_OPT_LIST, AT(messages), NULL },
	{ 's', "sysroot", "DIR", "look at the traced machine's files too, below DIR", POST_OPT_LIST, AT(files.sysroot), NULL },
	{ 'D', "debug-dir", "DIR", "look for debug files in DIR, too", POST_OPT_LIST, AT(files.debug_dir), NULL },
	{ 'k', "kernel", "FILE", "the kernel's vmlinux", POST_OPT_FILE, AT(files.kernel), NULL },
	{ 'M', "modules", "DIR", "kernel modules are below DIR", POST_OPT_FILE, AT(files.modules), NULL },
	{ 0, "debuginfod", NULL, "ask the servers of $DEBUGINFOD_URLS for debug files, too", POST_OPT_FLAG, AT(files.debuginfod), NULL },
	{ 'p', "pid", "PID", "look at the files of process PID instead of a trace", POST_OPT_TEXT, AT(files.pid), NULL },
	{ 'm', "maps", "FILE", "the same for FILE, a copy of /proc/PID/maps", POST_OPT_FILE, AT(files.maps), NULL },
	{ 'J', "json", NULL, "write JSON", POST_OPT_FLAG, AT(files.json), NULL },
	{ 'f', "fail-on", "fatal|partial|biased|shallow|info", "exit 1 for findings as bad as this; by default partial",
	    POST_OPT_CHOICE, AT(fail_on), severities },
	{ 'l', "lang", "en|zh", "the language of the report", POST_OPT_CHOICE, AT(files.lang), langs },
	{ 'j', "jobs", "N", "read with N threads; by default as many as there are cores", POST_OPT_COUNT, AT(jobs), NULL },
	{ 0 }
};
static const struct post_tool tool = {
	.name = "bt-check", .operands = "[file ...]", .opts = opts, .shared = tool_shared,
	.does = "Tell what a trace is worth, and the command that would do better.",
};

/* What could not be read of the trace that is being read. */
static struct {
	uint64_t	n;
	struct post_err	first;
} trouble;

static void
on_trouble(void *arg, const char *name, const struct post_err *err)
{
	if (trouble.n++ == 0)
		trouble.first = *err;
	tool_warn(arg, name, err);
}

static void
add_trouble(struct check *c)
{
	struct post_finding *f;

	if (trouble.n == 0)
		return;
	f = post_findings_add(&c->findings, POST_FOUND_DAMAGED_INPUT, POST_PARTIAL);
	f->n = trouble.n;
	f->subject = strdup(trouble.first.msg);
	f->first = (struct post_place){ .line = trouble.first.line, .byte = trouble.first.byte };
	f->has_place = trouble.first.has_byte;
}

/* Files of messages are read as they are: no form, no blocks to be cut between stacks. */
static void
read_messages(struct post_run *run, const struct conf *c)
{
	const struct post_input_conf conf = { .report = on_trouble, .arg = (void *)(uintptr_t)&tool };
	struct post_input *in = post_input_new((char *const *)(uintptr_t)c->messages.v, c->messages.n, &conf);
	struct post_block *b;
	uint64_t line = 0;

	while ((b = post_input_next(in)) != NULL) {
		if (b->first)
			line = 0;
		post_account_messages(&run->account, b, &line);
		post_input_release(in, b);
	}
	if (post_input_status(in) != TOOL_DONE)
		exit(TOOL_TROUBLE);
	post_input_free(in);
	post_said_join(&run->account.said);
}

static bool
wants_files(const struct check_files_conf *f)
{
	return f->sysroot.n + f->debug_dir.n > 0 || f->kernel != NULL || f->modules != NULL || f->debuginfod;
}

static void
inspect(struct check *c, struct check_files_conf *f, unsigned jobs)
{
	struct post_modules_conf conf = { .find = { .sysroot = f->sysroot.v, .n_sysroot = f->sysroot.n, .debug_dir = f->debug_dir.v,
	    .n_debug_dir = f->debug_dir.n, .kernel = f->kernel, .modules = f->modules, .debuginfod = f->debuginfod } };
	struct post_err err;

	if (post_inspect_trace(&c->files, &c->frames, &conf, jobs, &c->findings, &err) == -1)
		tool_fail(&tool, &err);
	c->inspected = true;
}

static enum post_severity
worst_of(const struct check *c)
{
	enum post_severity found = post_findings_worst(&c->findings), before = post_remarks_worst(&c->run.account);

	return found > before ? found : before;
}

/* Read one trace, and judge it. */
static void
check(struct check *c, struct conf *conf, struct post_input *in)
{
	unsigned jobs = tool_jobs(conf->jobs);

	c->in = in;
	if (wants_files(&conf->files))
		post_frames_read(&c->frames, &c->run, in, jobs);
	else
		post_audit(&c->run, in, jobs);
	add_trouble(c);
	c->unreadable = post_input_status(in) == TOOL_TROUBLE;
	if (c->unreadable) {
		c->status = TOOL_TROUBLE;
		return;
	}
	read_messages(&c->run, conf);
	post_judge(&c->findings, &c->run.account);
	if (wants_files(&conf->files))
		inspect(c, &conf->files, jobs);
	post_findings_sort(&c->findings);
	c->worst = worst_of(c);
	c->status = c->findings.n + c->run.account.n_remark > 0 && c->worst >= severity_of[conf->fail_on] ? TOOL_PARTLY : TOOL_DONE;
}

static void
check_free(struct check *c)
{
	post_inspection_free(&c->files);
	post_frames_free(&c->frames);
	post_findings_free(&c->findings);
	post_run_free(&c->run);
}

/* How one trace of several is told, the first of them or not. */
static void
put(struct post_buf *b, const struct check *c, const struct conf *conf, bool table, size_t width, bool first)
{
	enum post_lang lang = (enum post_lang)conf->files.lang;

	if (conf->files.common.quiet && !conf->files.json)
		return;
	if (conf->files.json) {
		post_puts(b, first ? "" : ",\n");
		check_put_json(b, c, lang);
	} else if (table) {
		if (first)
			check_put_head(b, width, lang);
		check_put_row(b, c, width, lang);
	} else
		check_put_report(b, c, lang);
}

enum { WIDEST = 80 };	/* columns that names take in a table */

static size_t
widest(char **name, int n)
{
	size_t width = sizeof "<stdin>" - 1;

	for (int i = 0; i < n; i++)
		width = strlen(name[i]) > width ? strlen(name[i]) : width;
	return width < WIDEST ? width : WIDEST;
}

/* The exit status of all, but that of what could not be read at all while something could. */
static int
sum_of_status(int so_far, const struct check *c, bool first)
{
	if (first)
		return c->status;
	if (so_far == TOOL_TROUBLE || c->status == TOOL_TROUBLE)
		return so_far == c->status ? TOOL_TROUBLE : TOOL_PARTLY;
	return so_far > c->status ? so_far : c->status;
}

static int
check_all(struct conf *conf, char **path, int n, struct post_buf *b)
{
	const struct tool_common *common = &conf->files.common;
	int status = TOOL_DONE;

	for (int i = 0; i < n || (n == 0 && i == 0); i++) {
		struct check c = { .messages = (char *const *)(uintptr_t)conf->messages.v };
		struct post_input *in = tool_input_told(&tool, common, path + i, n > 0, tool_jobs(conf->jobs), on_trouble);

		memset(&trouble, 0, sizeof trouble);
		c.name = post_input_name(in, 0);
		check(&c, conf, in);
		put(b, &c, conf, n > 1, widest(path, n), i == 0);
		status = sum_of_status(status, &c, i == 0);
		check_free(&c);
		post_input_free(in);
	}
	return status;
}

static int
check_traces(struct conf *c, char **path, int n)
{
	struct post_out out;
	int status;

	tool_open(&tool, &c->files.common, &out);
	if (c->files.json)
		post_puts(&out.buf, "{\"schema\":\"bt-check/1\",\"traces\":[\n");
	status = check_all(c, path, n, &out.buf);
	if (c->files.json)
		post_puts(&out.buf, "\n]}\n");
	return tool_close(&tool, &out, status);
}

static void
usage(const char *text)
{
	struct post_err err;

	post_fail(&err, POST_EUSAGE, "%s", text);
	tool_usage(&tool, &err);
}

static void
must_fit(const struct conf *c, char **operand, int operands)
{
	bool process = c->files.pid != NULL || c->files.maps != NULL;

	if (process && (operands > 0 || c->messages.n > 0 || (c->files.pid != NULL && c->files.maps != NULL)))
		usage("--pid and --maps look at one process, and at no trace");
	if (c->messages.n > 0 && operands > 1)
		usage("--stderr is for one trace");
	for (size_t i = 0; i < c->messages.n; i++)
		if (strcmp(c->messages.v[i], "-") == 0 && (operands == 0 || strcmp(operand[0], "-") == 0))
			usage("standard input is the trace: --stderr needs a file");
}

int
main(int argc, char *argv[])
{
	struct conf c = { 0 };
	int first = tool_options(&tool, argc, argv, &c), status;

	must_fit(&c, argv + first, argc - first);
	if (c.files.pid != NULL || c.files.maps != NULL)
		status = check_process(&tool, &c.files);
	else
		status = check_traces(&c, argv + first, argc - first);
	free(c.messages.v);
	free(c.files.sysroot.v);
	free(c.files.debug_dir.v);
	return status;
}
