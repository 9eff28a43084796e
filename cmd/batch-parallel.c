/* SPDX-License-Identifier: BSD-2-Clause */
/* bt-batch parallel - the tasks by GNU parallel, over ssh, where there is no scheduler; then the reduce. */
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include "../libpost/base/mem.h"
#include "batch-cluster.h"

struct conf {
	struct tool_common	common;
	uint64_t		array, retries;
	const char		*jobs;
	struct post_list	sshlogins;
	bool			keep_going, dry_run;
};

#define AT(field)	offsetof(struct conf, field)
static const struct post_opt opts[] = {
	{ 0, "array", "K", "cut the work into K tasks", POST_OPT_COUNT, AT(array), NULL },
	{ 0, "sshlogin", "HOSTS", "hosts that see the same files, as parallel(1) takes them, 8/a,8/b; may be repeated", POST_OPT_LIST, AT(sshlogins), NULL },
	{ 'j', "jobs", "N", "tasks at once on each host, as parallel(1) takes it; by default one for each core", POST_OPT_TEXT, AT(jobs), NULL },
	{ 0, "retries", "N", "how often a task is tried, on another host if there is one, 3 by default", POST_OPT_COUNT, AT(retries), NULL },
	{ 0, "keep-going", NULL, "put together what is there when parts are missing, marked as partial", POST_OPT_FLAG, AT(keep_going), NULL },
	{ 0, "dry-run", NULL, "print the commands and do nothing", POST_OPT_FLAG, AT(dry_run), NULL },
	{ 'q', "quiet", NULL, "say nothing on standard error unless something goes wrong", POST_OPT_FLAG, AT(common.quiet), NULL },
	{ 0 }
};
static const struct post_tool tool = {
	.name = "bt-batch parallel", .operands = "manifest directory [-- option of map ...]", .opts = opts,
	.does = "Fold the archives of a manifest on several hosts by GNU parallel.",
};

/* A host that is not there is found out; none may ask for a password. */
#define SSH	"ssh -o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=5 -o ServerAliveCountMax=3"

/*
 * What a host runs.  The paths are arguments and no part of it, for parallel
 * quotes those; in its command it would take "{}" or "{= =}" for its own.
 */
#define TASK	"sh {1}/task.sh {2}"

static void
put_task_script(const struct batch_job *job, struct post_buf *b)
{
	post_puts(b, "#!/bin/sh\n# sh task.sh NNNNNN: one task makes one part.  A part that is there is kept.\nset -eu\ncd ");
	batch_put_quoted(b, job->where);
	post_puts(b, "\nexec >>");
	batch_put_quoted(b, job->out);
	post_puts(b, "/log/\"$1\".log 2>&1\nstatus=0\n");
	batch_put_map(job, "\"$1\"", b);
	post_puts(b, " || status=$?\n# A bad archive, 1, is one on every host: not to be tried again.\n[ $status = 1 ] || exit $status\n");
}

/* A command line that grows; the words are borrowed. */
struct words {
	const char	**v;
	size_t		  n;
};

static void
add(struct words *w, const char *word)
{
	w->v = post_resize(w->v, w->n + 1, sizeof *w->v);
	w->v[w->n++] = word;
}

/* What is run: MAP for the tasks of LIST, unless there are none, and REDUCE. */
struct plan {
	struct words	 map, reduce;
	struct post_buf	 list, script;	/* OUT/log/todo and OUT/task.sh */
	uint64_t	 undone;
	char		*todo, *joblog;
	char		*home;		/* of parallel: what it finds out about the hosts */
	char		 tasks[24], retries[24];
};

/* Nothing of the user's own settings, and never --cleanup: it would remove the archives. */
static void
add_map(const struct conf *c, const struct batch_job *job, struct plan *p)
{
	const char *const before[] = { "parallel", "--plain", "--will-cite", "--joblog", p->joblog, "--retries", p->retries, "--ssh", SSH };
	const char *const behind[] = { TASK, ":::", job->out, "::::", p->todo, NULL };
	size_t i;

	for (i = 0; i < sizeof before / sizeof *before; i++)
		add(&p->map, before[i]);
	for (i = 0; i < c->sshlogins.n; i++) {
		add(&p->map, "--sshlogin");
		add(&p->map, c->sshlogins.v[i]);
	}
	if (c->jobs != NULL) {
		add(&p->map, "--jobs");
		add(&p->map, c->jobs);
	}
	for (i = 0; i < sizeof behind / sizeof *behind; i++)
		add(&p->map, behind[i]);
}

static void
add_reduce(const struct conf *c, const struct batch_job *job, struct plan *p)
{
	add(&p->reduce, job->program);
	add(&p->reduce, "reduce");
	if (c->keep_going)
		add(&p->reduce, "--keep-going");
	add(&p->reduce, job->out);
	add(&p->reduce, p->tasks);
	add(&p->reduce, NULL);
}

/* The tasks that are not done, a line each; how many they are. */
static uint64_t
list_undone(const struct batch_job *job, struct post_buf *b)
{
	uint64_t k, n = 0;

	for (k = 1; k <= job->tasks; k++)
		if (!batch_is_done(job, k)) {
			post_putf(b, "%06" PRIu64 "\n", k);
			n++;
		}
	return n;
}

static void
make_plan(const struct conf *c, const struct batch_job *job, struct plan *p)
{
	snprintf(p->tasks, sizeof p->tasks, "%" PRIu64, job->tasks);
	snprintf(p->retries, sizeof p->retries, "%" PRIu64, c->retries);
	p->joblog = batch_path(job, "log/parallel.log");
	p->todo = batch_path(job, "log/todo");
	p->home = batch_path(job, "log/parallel");
	put_task_script(job, &p->script);
	p->undone = list_undone(job, &p->list);
	add_map(c, job, p);
	add_reduce(c, job, p);
}

static void
free_plan(struct plan *p)
{
	free(p->map.v);
	free(p->reduce.v);
	free(p->joblog);
	free(p->todo);
	free(p->home);
	post_buf_free(&p->list);
	post_buf_free(&p->script);
}

static void
put_command(const char *const *v, struct post_buf *b)
{
	for (; *v != NULL; v++) {
		batch_put_quoted(b, *v);
		post_putc(b, v[1] != NULL ? ' ' : '\n');
	}
}

static void
put_file(const struct batch_job *job, const char *name, const struct post_buf *text, struct post_buf *b)
{
	char *path = batch_path(job, name);

	batch_put_here(b, path, post_buf_str(text));
	free(path);
}

static int
print_plan(const struct batch_job *job, const struct plan *p)
{
	struct tool_common plain = { 0 };
	struct post_out out;

	tool_open(&tool, &plain, &out);
	post_puts(&out.buf, "# What bt-batch parallel does; sh(1) can run it.\nmkdir -p ");
	batch_put_quoted(&out.buf, job->out);
	post_puts(&out.buf, "/log\n\n");
	batch_put_settle(job, &out.buf);
	if (p->undone > 0) {
		put_file(job, "log/todo", &p->list, &out.buf);
		put_file(job, "task.sh", &p->script, &out.buf);
		post_puts(&out.buf, "PARALLEL_SHELL=/bin/sh PARALLEL_HOME=");
		batch_put_quoted(&out.buf, p->home);
		post_putc(&out.buf, ' ');
		put_command(p->map.v, &out.buf);
	}
	put_command(p->reduce.v, &out.buf);
	return tool_close(&tool, &out, TOOL_DONE);
}

/* Run ARGV until it ends, or a wish to stop ends both; its exit status. */
static int
work(const char *const *argv)
{
	struct post_err err;
	int status = batch_work(argv, &err);

	if (batch_stopped())
		batch_end_stopped();
	if (status == -1)
		tool_fail(&tool, &err);
	return status;
}

static void
map(const struct conf *c, const struct batch_job *job, const struct plan *p)
{
	enum { PARALLEL_BROKEN = 255 };		/* under it: how many tasks failed */

	batch_write(&tool, job, "log/todo", &p->list);
	batch_write(&tool, job, "task.sh", &p->script);
	setenv("PARALLEL_SHELL", "/bin/sh", 1);
	setenv("PARALLEL_HOME", p->home, 1);
	if (!c->common.quiet)
		tool_say(&tool, NULL, "%" PRIu64 " of %" PRIu64 " tasks are to do", p->undone, job->tasks);
	if (work(p->map.v) == PARALLEL_BROKEN) {
		tool_say(&tool, NULL, "parallel could not do its work");
		exit(TOOL_TROUBLE);
	}
}

static int
run_plan(const struct conf *c, struct batch_job *job, const struct plan *p)
{
	int status;

	batch_make_dirs(&tool, job);
	batch_lock(&tool, job);
	batch_settle(&tool, job);
	batch_catch_stop();
	if (p->undone > 0)
		map(c, job, p);
	status = work(p->reduce.v);
	if (status != TOOL_DONE)
		batch_tell_failed(&tool, job);
	return status == TOOL_DONE || status == TOOL_PARTLY ? status : TOOL_TROUBLE;
}

/* Arguments of parallel are lines. */
static void
refuse_newline(const struct batch_job *job)
{
	struct post_err err;

	if (strchr(job->out, '\n') == NULL)
		return;
	post_fail(&err, POST_EUSAGE, "GNU parallel takes no path with a newline: %s", job->out);
	tool_fail(&tool, &err);
}

int
batch_parallel(int argc, char **argv)
{
	struct conf c = { .retries = 3 };
	struct plan plan = { 0 };
	struct batch_job job;
	int first = tool_options(&tool, argc, argv, &c), status;

	batch_job_open(&tool, argv + first, argc - first, c.array, &job);
	batch_ask_for(&tool, &job);
	refuse_newline(&job);
	make_plan(&c, &job, &plan);
	status = c.dry_run ? print_plan(&job, &plan) : run_plan(&c, &job, &plan);
	free_plan(&plan);
	free(c.sshlogins.v);
	batch_job_free(&job);
	return status;
}
