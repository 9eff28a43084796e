/* SPDX-License-Identifier: BSD-2-Clause */
/* bt-batch slurm - submit map as a job array and reduce behind it, follow both, cancel them on Ctrl-C. */
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "batch-slurm-scripts.h"

struct conf {
	struct tool_common	common;
	uint64_t		array, poll;
	struct batch_slurm_wish	wish;
	bool			dry_run;
};

#define AT(field)	offsetof(struct conf, field)
static const struct post_opt opts[] = {
	{ 0, "array", "K", "cut the work into K tasks; best when each takes 10 seconds or more", POST_OPT_COUNT, AT(array), NULL },
	{ 0, "partition", "NAME", "the partition to run in, if not the default one", POST_OPT_TEXT, AT(wish.partition), NULL },
	{ 0, "time", "LIMIT", "what a task may take, as sbatch(1) takes it: 30, 2:00:00", POST_OPT_TEXT, AT(wish.time), NULL },
	{ 0, "keep-going", NULL, "put together what is there when parts are missing, marked as partial", POST_OPT_FLAG, AT(wish.keep_going), NULL },
	{ 0, "poll", "SECONDS", "how often to look at the jobs, 5 by default", POST_OPT_COUNT, AT(poll), NULL },
	{ 0, "dry-run", NULL, "print the scripts and how they would be submitted, and do nothing", POST_OPT_FLAG, AT(dry_run), NULL },
	{ 'q', "quiet", NULL, "say nothing on standard error unless something goes wrong", POST_OPT_FLAG, AT(common.quiet), NULL },
	{ 0 }
};
static const struct post_tool tool = {
	.name = "bt-batch slurm", .operands = "manifest directory [-- option of map ...]", .opts = opts,
	.does = "Fold the archives of a manifest on a Slurm cluster.",
};

/* The jobs; 0: there is none. */
struct jobs {
	uint64_t	map, reduce;
};

struct run {
	const struct conf	*conf;
	struct batch_job	 job;
	struct jobs		 jobs;
	bool			 silent;	/* squeue failed, and that was said */
	bool			 shown;		/* a line of progress stands on the terminal */
};

/* What squeue tells. */
struct queue {
	uint64_t	waiting, running, failed;
	char		why[48];		/* why the last of the waiting waits */
	char		reduce[24];		/* the state of the reduce job; "": no longer known */
};

static bool
is_word(const char *s)
{
	return *s != '\0' && s[strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.,:@+-")] == '\0';
}

/* They go into "#SBATCH" lines, where blanks and quotes would be something else. */
static void
check(const struct conf *c)
{
	const char *bad = NULL;
	struct post_err err;

	if (c->wish.partition != NULL && !is_word(c->wish.partition))
		bad = "--partition is no name of a partition";
	if (c->wish.time != NULL && !is_word(c->wish.time))
		bad = "--time is no limit as sbatch(1) takes it";
	if (c->poll == 0)
		bad = "--poll is at least 1";
	if (bad == NULL)
		return;
	post_fail(&err, POST_EUSAGE, "%s", bad);
	tool_usage(&tool, &err);
}

static int
print_submission(const struct run *r)
{
	struct tool_common plain = { 0 };
	struct post_out out;

	tool_open(&tool, &plain, &out);
	batch_put_submission(&r->job, &r->conf->wish, &out.buf);
	return tool_close(&tool, &out, TOOL_DONE);
}

enum { LINE = 62 };	/* columns of progress, behind the name */

static void
clear_progress(struct run *r)
{
	if (r->shown)
		fprintf(stderr, "\r%*s\r", (int)strlen(tool.name) + 2 + LINE, "");
	r->shown = false;
}

static void
show_progress(struct run *r, const struct queue *q)
{
	uint64_t left = q->waiting + q->running + q->failed, tasks = r->job.tasks;
	bool tell_why = q->waiting > 0 && strcmp(q->why, "None") != 0;
	char line[160];

	if (r->conf->common.quiet || !isatty(STDERR_FILENO))
		return;
	snprintf(line, sizeof line, "%" PRIu64 "/%" PRIu64 " done, %" PRIu64 " running, %" PRIu64 " failed, %" PRIu64 " waiting%s%s",
	    tasks - (left < tasks ? left : tasks), tasks, q->running, q->failed, q->waiting, tell_why ? ": " : "", tell_why ? q->why : "");
	fprintf(stderr, "\r%s: %-*.*s", tool.name, LINE, LINE, line);
	r->shown = true;
}

static void
cancel(const struct run *r)
{
	char map[24], reduce[24];
	const char *argv[4] = { "scancel" };
	struct post_buf said = { 0 };
	struct post_err err;
	size_t n = 1;

	snprintf(map, sizeof map, "%" PRIu64, r->jobs.map);
	snprintf(reduce, sizeof reduce, "%" PRIu64, r->jobs.reduce);
	if (r->jobs.reduce != 0)
		argv[n++] = reduce;
	if (r->jobs.map != 0)
		argv[n++] = map;
	if (n == 1)
		return;
	if (batch_ask(argv, BATCH_CHANGE, &said, &err) != 0)
		tool_say(&tool, NULL, "scancel failed: the jobs %s and %s may still be there", map, reduce);
	else if (!r->conf->common.quiet)
		tool_say(&tool, NULL, "cancelled; the same command goes on from here");
	post_buf_free(&said);
}

/* Cancel what was submitted, and end, when there is a wish to. */
static void
obey(struct run *r)
{
	if (!batch_stopped())
		return;
	clear_progress(r);
	cancel(r);
	batch_end_stopped();
}

/* Cancel what was submitted, for sbatch ended with STATUS, -1 with *ERR when it did not run; and exit 2. */
static _Noreturn void
give_up(const struct run *r, int status, struct post_err *err)
{
	if (status != -1)
		post_fail(err, POST_EIO, "sbatch ended with status %d: nothing is submitted%s", status, r->job.tasks > 1000 ?
		    "; \"scontrol show config | grep MaxArraySize\" tells how large an array may be" : "");
	cancel(r);
	tool_fail(&tool, err);
}

/* Submit OUT/SCRIPT with one more OPTION, or NULL: the number of the job. */
static uint64_t
submit(const struct run *r, const char *option, const char *script)
{
	struct post_buf chdir = { 0 }, said = { 0 };
	char *path = batch_path(&r->job, script);
	const char *argv[6] = { "sbatch", "--parsable" };
	struct post_err err;
	uint64_t id;
	size_t n = 2;
	int status;

	post_putf(&chdir, "--chdir=%s", r->job.out);
	argv[n++] = chdir.s;
	if (option != NULL)
		argv[n++] = option;
	argv[n] = path;
	status = batch_ask(argv, BATCH_CHANGE, &said, &err);
	post_puts(&said, "");
	id = status == 0 ? strtoumax(said.s, NULL, 10) : 0;	/* "12", or "12;cluster" */
	if (id == 0)
		give_up(r, status, &err);
	post_buf_free(&chdir);
	post_buf_free(&said);
	free(path);
	return id;
}

/* Which jobs work on OUT, for a call after this one. */
static void
note_jobs(const struct run *r)
{
	struct post_buf b = { 0 };

	post_putf(&b, "%" PRIu64 " %" PRIu64 " %" PRIu64 "\n", r->jobs.map, r->jobs.reduce, r->job.tasks);
	batch_write(&tool, &r->job, "log/jobs", &b);
	post_buf_free(&b);
}

static void
write_scripts(const struct run *r)
{
	struct post_buf b = { 0 };

	batch_put_map_script(&r->job, &r->conf->wish, &b);
	batch_write(&tool, &r->job, "map.sh", &b);
	b.n = 0;
	batch_put_reduce_script(&r->job, &r->conf->wish, &b);
	batch_write(&tool, &r->job, "reduce.sh", &b);
	post_buf_free(&b);
}

/* Submit the tasks that are not done, and the reduce behind them. */
static void
submit_all(struct run *r)
{
	struct post_buf array = { 0 }, after = { 0 };
	uint64_t undone;

	post_puts(&array, "--array=");
	undone = batch_put_undone(&r->job, &array);
	write_scripts(r);
	if (undone > 0) {
		r->jobs.map = submit(r, array.s, "map.sh");
		obey(r);
		post_putf(&after, "--dependency=afterany:%" PRIu64, r->jobs.map);
	}
	r->jobs.reduce = submit(r, after.s, "reduce.sh");
	note_jobs(r);
	post_buf_free(&array);
	post_buf_free(&after);
	if (!r->conf->common.quiet && undone == 0)
		tool_say(&tool, NULL, "all tasks are done: submitted the reduce as job %" PRIu64, r->jobs.reduce);
	else if (!r->conf->common.quiet)
		tool_say(&tool, NULL, "submitted %" PRIu64 " of %" PRIu64 " tasks as job %" PRIu64 ", the reduce as job %" PRIu64,
		    undone, r->job.tasks, r->jobs.map, r->jobs.reduce);
}

/* Has a job ended for good in STATE? */
static bool
is_over(const char *state)
{
	static const char *const states[] = { "COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "NODE_FAIL", "OUT_OF_MEMORY",
		"BOOT_FAIL", "DEADLINE", "PREEMPTED", "REVOKED", NULL };
	size_t i;

	for (i = 0; states[i] != NULL; i++)
		if (strcmp(state, states[i]) == 0)
			return true;
	return false;
}

/* A line of squeue: the job's number, its state, why it waits. */
static void
count_line(const struct jobs *jobs, const char *line, struct queue *q)
{
	uint64_t id;
	char state[24], why[48] = "";

	if (sscanf(line, "%" SCNu64 " %23s %47[^\n]", &id, state, why) < 2)
		return;
	if (id == jobs->reduce)
		strcpy(q->reduce, state);
	else if (id != jobs->map || strcmp(state, "COMPLETED") == 0)
		return;
	else if (is_over(state))
		q->failed++;
	else if (strcmp(state, "PENDING") == 0) {
		q->waiting++;
		strcpy(q->why, why);
	} else
		q->running++;
}

static void
count_lines(const struct jobs *jobs, const char *line, struct queue *q)
{
	*q = (struct queue){ 0 };
	for (; *line != '\0'; line += strcspn(line, "\n"), line += *line == '\n')
		count_line(jobs, line, q);
}

/* Look at the queue; false when Slurm does not answer, which is said once. */
static bool
look(struct run *r, struct queue *q)
{
	char ids[64];
	const char *argv[] = { "squeue", "--noheader", "--array", "--states=all", "--format=%F %T %r", ids, NULL };
	struct post_buf said = { 0 };
	struct post_err err;
	int status;
	bool gone;

	snprintf(ids, sizeof ids, r->jobs.map != 0 ? "--jobs=%" PRIu64 ",%" PRIu64 : "--jobs=%" PRIu64, r->jobs.reduce, r->jobs.map);
	status = batch_ask(argv, BATCH_QUERY, &said, &err);
	post_puts(&said, "");
	if (status == -1)
		tool_fail(&tool, &err);
	count_lines(&r->jobs, said.s, q);
	gone = strstr(said.s, "Invalid job id") != NULL;
	if (status != 0 && !gone && !r->silent && !batch_stopped()) {
		clear_progress(r);
		tool_say(&tool, NULL, "squeue does not answer, still trying: %.*s", (int)strcspn(said.s, "\n"), said.s);
		r->silent = true;
	}
	post_buf_free(&said);
	return status == 0 || gone;
}

/* Look until Slurm answers: what is at work is not to be submitted again.  It exits 2 when that takes too long. */
static void
look_surely(struct run *r, struct queue *q)
{
	enum { TRIES = 12 };

	for (int i = 0; i < TRIES && !look(r, q); i++) {
		if (i == TRIES - 1) {
			tool_say(&tool, NULL, "whether jobs %" PRIu64 " and %" PRIu64 " of an earlier call are at work is not known: nothing is done", r->jobs.map,
			    r->jobs.reduce);
			exit(TOOL_TROUBLE);
		}
		batch_sleep(r->conf->poll);
		if (batch_stopped())
			batch_end_stopped();
	}
}

/* The jobs of an earlier call, if they are still at work: a hang-up ends us and leaves them. */
static bool
find_earlier(struct run *r)
{
	char *path = batch_path(&r->job, "log/jobs");
	FILE *f = fopen(path, "r");
	struct jobs jobs;
	struct queue q;
	uint64_t tasks;
	int n = f != NULL ? fscanf(f, "%" SCNu64 " %" SCNu64 " %" SCNu64, &jobs.map, &jobs.reduce, &tasks) : 0;

	free(path);
	if (f != NULL)
		fclose(f);
	if (n != 3)
		return false;
	r->jobs = jobs;
	look_surely(r, &q);
	if (q.reduce[0] == '\0' || is_over(q.reduce)) {
		r->jobs = (struct jobs){ 0 };
		return false;
	}
	if (r->job.anew) {
		tool_say(&tool, NULL, "job %" PRIu64 " is at work here, on another manifest, or otherwise: --array %" PRIu64, jobs.reduce, tasks);
		exit(TOOL_TROUBLE);
	}
	return true;
}

/* The exit status of the reduce job, that is over: -1 when Slurm does not answer. */
static int
reduce_status(const struct run *r)
{
	char id[24];
	const char *argv[] = { "scontrol", "--oneliner", "show", "job", id, NULL }, *at;
	struct post_buf said = { 0 };
	struct post_err err;
	int status = -1, code = 0;

	snprintf(id, sizeof id, "%" PRIu64, r->jobs.reduce);
	if (batch_ask(argv, BATCH_QUERY, &said, &err) == 0) {
		post_puts(&said, "");
		at = strstr(said.s, " ExitCode=");
		status = at != NULL && sscanf(at, " ExitCode=%d", &code) == 1 ? code : TOOL_TROUBLE;
	}
	post_buf_free(&said);
	return status;
}

/* What the reduce job, which Slurm has forgotten, left of its exit status; 2 when it left nothing. */
static int
noted_status(const struct run *r)
{
	char *path = batch_path(&r->job, BATCH_ENDED);
	FILE *f = fopen(path, "r");
	uint64_t id;
	int status, n = f != NULL ? fscanf(f, "%" SCNu64 " %d", &id, &status) : 0;

	free(path);
	if (f != NULL)
		fclose(f);
	return n == 2 && id == r->jobs.reduce ? status : TOOL_TROUBLE;
}

/* What the jobs, both over, make of this run. */
static int
judge(const struct run *r, const char *state, int status)
{
	char *log = batch_path(&r->job, "log/reduce.log");

	if (strcmp(state, "COMPLETED") != 0 && strcmp(state, "FAILED") != 0 && status != TOOL_DONE && status != TOOL_PARTLY)
		tool_say(&tool, NULL, "the reduce, job %" PRIu64 ", is %s; its log: %s", r->jobs.reduce, state[0] != '\0' ? state : "gone", log);
	else if (status == TOOL_PARTLY)
		tool_say(&tool, NULL, "%s/all.folded is partial", r->job.out);
	else if (status != TOOL_DONE)
		tool_say(&tool, NULL, "the reduce ended with status %d; its log: %s", status, log);
	free(log);
	if (status != TOOL_DONE)
		batch_tell_failed(&tool, &r->job);
	return status == TOOL_DONE || status == TOOL_PARTLY ? status : TOOL_TROUBLE;
}

/* Follow the jobs until the reduce is over: the exit status. */
static int
follow(struct run *r)
{
	struct queue q;
	int status;

	for (;; batch_sleep(r->conf->poll)) {
		obey(r);
		if (!look(r, &q))
			continue;
		show_progress(r, &q);
		if (q.reduce[0] != '\0' && !is_over(q.reduce))
			continue;
		status = q.reduce[0] == '\0' ? noted_status(r) : reduce_status(r);
		if (status == -1)
			continue;
		clear_progress(r);
		if (q.reduce[0] != '\0' && strcmp(q.reduce, "COMPLETED") != 0 && status == TOOL_DONE)
			status = TOOL_TROUBLE;
		return judge(r, q.reduce, status);
	}
}

/* Submit, or find what an earlier call did, and follow that: the exit status. */
static int
submit_and_follow(struct run *r)
{
	batch_make_dirs(&tool, &r->job);
	batch_catch_stop();
	if (!find_earlier(r)) {
		batch_settle(&tool, &r->job);
		submit_all(r);
	} else if (!r->conf->common.quiet)
		tool_say(&tool, NULL, "following the jobs of an earlier call, %" PRIu64 " and %" PRIu64, r->jobs.map, r->jobs.reduce);
	return follow(r);
}

int
batch_slurm(int argc, char **argv)
{
	struct conf c = { .poll = 5 };
	struct run r = { .conf = &c };
	int first = tool_options(&tool, argc, argv, &c), status;

	check(&c);
	batch_job_open(&tool, argv + first, argc - first, c.array, &r.job);
	batch_ask_for(&tool, &r.job);
	status = c.dry_run ? print_submission(&r) : submit_and_follow(&r);
	batch_job_free(&r.job);
	return status;
}
