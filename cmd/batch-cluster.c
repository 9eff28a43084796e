/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../libpost/base/path.h"
#include "batch.h"
#include "batch-cluster.h"

enum { TASKS_MAX = 999999 };	/* their names have six digits */

/* PATH from the root on.  Links stay: a name that all hosts know may be one here. */
static char *
absolute(const char *where, const char *path)
{
	struct post_buf b = { 0 };

	if (path[0] != '/')
		post_putf(&b, "%s/", strcmp(where, "/") != 0 ? where : "");
	post_puts(&b, path);
	return b.s;
}

static char *
own_path(const struct post_tool *t)
{
	char path[PATH_MAX];
	struct post_err err;
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);

	if (n == -1) {
		post_fail(&err, POST_EIO, "cannot tell where this program is: /proc/self/exe: %s", strerror(errno));
		tool_fail(t, &err);
	}
	path[n] = '\0';
	return post_path_copy(path);
}

/* What map would refuse is refused before anything is touched. */
static void
check_options(char **options)
{
	char name[] = "bt-batch map", **argv;
	size_t n = 0;

	while (options[n] != NULL)
		n++;
	argv = post_resize(NULL, n + 2, sizeof *argv);
	argv[0] = name;
	memcpy(argv + 1, options, (n + 1) * sizeof *argv);	/* getopt permutes it */
	batch_map_check((int)n + 1, argv);
	free(argv);
}

void
batch_job_open(const struct post_tool *t, char **operands, int n, uint64_t tasks, struct batch_job *job)
{
	struct post_err err;

	if (n < 2 || (n > 2 && operands[2][0] != '-')) {
		post_fail(&err, POST_EUSAGE, "two operands are wanted, the manifest and the directory of the results; behind -- options of map");
		tool_usage(t, &err);
	}
	if (tasks == 0 || tasks > TASKS_MAX) {
		post_fail(&err, POST_EUSAGE, "--array is wanted: into how many tasks to cut the work, 1 to %d", TASKS_MAX);
		tool_usage(t, &err);
	}
	*job = (struct batch_job){ .tasks = tasks, .where = get_current_dir_name(), .options = operands + 2 };
	if (job->where == NULL || access(operands[0], R_OK) == -1) {
		post_fail(&err, POST_EIO, "%s: %s", job->where == NULL ? "the working directory" : operands[0], strerror(errno));
		tool_fail(t, &err);
	}
	check_options(job->options);
	job->program = own_path(t);
	job->manifest = absolute(job->where, operands[0]);
	job->out = absolute(job->where, operands[1]);
}

void
batch_job_free(struct batch_job *job)
{
	free(job->program);
	free(job->where);
	free(job->manifest);
	free(job->out);
	post_buf_free(&job->asked);
}

char *
batch_path(const struct batch_job *job, const char *name)
{
	return absolute(job->out, name);
}

static void
make_dir(const struct post_tool *t, const char *path)
{
	struct post_err err;

	if (mkdir(path, 0777) == -1 && errno != EEXIST) {
		post_fail(&err, POST_EIO, "%s: %s", path, strerror(errno));
		tool_fail(t, &err);
	}
}

void
batch_make_dirs(const struct post_tool *t, const struct batch_job *job)
{
	char *log = batch_path(job, "log");

	make_dir(t, job->out);
	make_dir(t, log);
	free(log);
}

void
batch_lock(const struct post_tool *t, const struct batch_job *job)
{
	char *path = batch_path(job, "log/lock");

	(void)tool_lock(t, path, job->out);
	free(path);
}

void
batch_write(const struct post_tool *t, const struct batch_job *job, const char *name, const struct post_buf *text)
{
	char *path = batch_path(job, name);
	struct tool_common to = { .output = path };
	struct post_out out;

	tool_open(t, &to, &out);
	post_put(&out.buf, post_buf_str(text));
	if (tool_close(t, &out, TOOL_DONE) != TOOL_DONE)
		exit(TOOL_TROUBLE);
	free(path);
}

static bool
has_file(const struct batch_job *job, const char *dir, uint64_t k, const char *suffix)
{
	char *path = batch_part_path(job->out, dir, k, suffix);
	bool there = access(path, F_OK) == 0;

	free(path);
	return there;
}

bool
batch_is_done(const struct batch_job *job, uint64_t k)
{
	return !job->anew && has_file(job, "parts", k, ".folded") && has_file(job, "parts", k, ".meta") && !has_file(job, "failed", k, ".txt");
}

/* The first line of the file at PATH: why a task failed. */
static bool
read_reason(const char *path, char *line, int size)
{
	FILE *f = fopen(path, "r");
	bool got = f != NULL && fgets(line, size, f) != NULL;

	if (f != NULL)
		fclose(f);
	if (got)
		line[strcspn(line, "\n")] = '\0';
	return got;
}

static void
tell_failed(const struct post_tool *t, const struct batch_job *job, uint64_t k)
{
	char *reason = batch_part_path(job->out, "failed", k, ".txt"), *log = batch_part_path(job->out, "log", k, ".log"), line[2048];

	if (read_reason(reason, line, sizeof line))
		tool_say(t, NULL, "task %" PRIu64 ": %s", k, line);
	else if (access(log, F_OK) == 0)
		tool_say(t, NULL, "task %" PRIu64 " is not done; its log: %s", k, log);
	else
		tool_say(t, NULL, "task %" PRIu64 " did not run", k);
	free(reason);
	free(log);
}

void
batch_tell_failed(const struct post_tool *t, const struct batch_job *job)
{
	enum { TOLD = 3 };
	uint64_t k, failed = 0;

	for (k = 1; k <= job->tasks; k++)
		if (!batch_is_done(job, k) && failed++ < TOLD)
			tell_failed(t, job, k);
	if (failed > 0)
		tool_say(t, NULL, "%" PRIu64 " of %" PRIu64 " tasks are not done; the same command once more runs them again", failed, job->tasks);
}

#define PLAIN	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:,@+-"

void
batch_put_quoted(struct post_buf *b, const char *s)
{
	if (*s != '\0' && s[strspn(s, PLAIN)] == '\0') {
		post_puts(b, s);
		return;
	}
	post_putc(b, '\'');
	for (; *s != '\0'; s++)
		if (*s == '\'')
			post_puts(b, "'\\''");
		else
			post_putc(b, *s);
	post_putc(b, '\'');
}

void
batch_put_here(struct post_buf *b, const char *path, struct post_str text)
{
	struct post_buf end = { 0 };

	post_puts(&end, "end of the file");
	for (int i = 1; memmem(text.p, text.n, end.s, end.n) != NULL; i++) {
		end.n = 0;
		post_putf(&end, "end of the file, %d", i);
	}
	post_puts(b, "cat >");
	batch_put_quoted(b, path);
	post_putf(b, " <<'%s'\n", end.s);
	post_put(b, text);
	post_putf(b, "%s\n\n", end.s);
	post_buf_free(&end);
}

void
batch_put_map(const struct batch_job *job, const char *task, struct post_buf *b)
{
	char **option;

	batch_put_quoted(b, job->program);
	post_puts(b, " map ");
	for (option = job->options; *option != NULL; option++) {
		batch_put_quoted(b, *option);
		post_putc(b, ' ');
	}
	batch_put_quoted(b, job->manifest);
	post_putf(b, " %s %" PRIu64 " ", task, job->tasks);
	batch_put_quoted(b, job->out);
}
