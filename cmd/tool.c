/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>
#include "../libpost/io/decode.h"
#include "tool.h"

const char *const tool_forms[] = { "auto", "raw", "folded", NULL };

#define AT(field)	offsetof(struct tool_common, field)
const struct post_opt tool_shared[] = {
	{ 'o', "output", "FILE", "write FILE, whole or not at all, instead of standard output", POST_OPT_FILE, AT(output), NULL },
	TOOL_INPUT,
	{ 'q', "quiet",  NULL,   "say nothing about the trace on standard error", POST_OPT_FLAG, AT(quiet), NULL },
	TOOL_COMPLETION,
	{ 0 }
};

/* One write(2) a message, so that the filters of a pipe do not mix theirs. */
static void
say(struct post_buf *b)
{
	if (b->n > 0 && write(STDERR_FILENO, b->s, b->n) == -1)
		b->n = 0;	/* nobody is there to be told */
	post_buf_free(b);
}

enum { LINE = 79 };	/* columns that a line of progress may take */

static bool progress_shown;

/* Take the progress line away, for what is to stand there. */
static void
clear_progress(struct post_buf *b)
{
	if (progress_shown)
		post_putf(b, "\r%*s\r", LINE, "");
	progress_shown = false;
}

void
tool_progress(const char *what, ...)
{
	struct post_buf b = { 0 };
	char line[LINE + 1];
	va_list ap;

	if (!isatty(STDERR_FILENO))
		return;
	va_start(ap, what);
	(void)vsnprintf(line, sizeof line, what, ap);
	va_end(ap);
	post_putf(&b, "\r%-*s\r", LINE, line);
	say(&b);
	progress_shown = true;
}

void
tool_warn(const struct post_tool *t, const char *name, const struct post_err *e)
{
	struct post_buf b = { 0 };

	clear_progress(&b);
	post_putf(&b, "%s: ", t->name);
	if (name != NULL) {
		post_put_shown(&b, post_str_of(name));
		if (e->line != 0)
			post_putf(&b, ":%" PRIu64, e->line);
		post_puts(&b, ": ");
	}
	if (e->has_byte)
		post_putf(&b, "byte %" PRIu64 ": ", e->byte);
	post_put_shown(&b, post_str_of(e->msg));
	post_putc(&b, '\n');
	say(&b);
}

/* The output that is being written, to be taken back when the filter fails. */
static struct post_out *writing;
static char temporary[PATH_MAX];	/* its temporary file, to be unlinked when the filter is ended */

static void
on_signal(int sig)
{
	if (temporary[0] != '\0')
		unlink(temporary);
	raise(sig);	/* SA_RESETHAND: now it ends us */
}

static void
catch_signals(void)
{
	static const int signals[] = { SIGHUP, SIGINT, SIGTERM };
	struct sigaction ours = { .sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND }, old;
	size_t i;

	for (i = 0; i < sizeof signals / sizeof *signals; i++)
		if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
			sigaction(signals[i], &ours, NULL);
}

/* A standard descriptor that is closed would be given to the next file opened, and messages end in that. */
static void
hold_standard(void)
{
	int fd;

	for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) == -1 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) == -1)
			_exit(TOOL_TROUBLE);
}

void
tool_open(const struct post_tool *t, const struct tool_common *c, struct post_out *out)
{
	struct post_err err;

	if (post_out_open(out, c->output, &err) == -1)
		tool_fail(t, &err);
	writing = out;
	if (out->temp != NULL && strlen(out->temp) < sizeof temporary)
		strcpy(temporary, out->temp);
}

void
tool_say(const struct post_tool *t, const char *name, const char *what, ...)
{
	struct post_err err;
	char text[sizeof err.msg];
	va_list ap;

	va_start(ap, what);
	(void)vsnprintf(text, sizeof text, what, ap);
	va_end(ap);
	post_fail(&err, POST_EIO, "%s", text);
	tool_warn(t, name, &err);
}

_Noreturn void
tool_fail(const struct post_tool *t, const struct post_err *e)
{
	tool_warn(t, NULL, e);
	if (writing != NULL)
		post_out_discard(writing);
	exit(TOOL_TROUBLE);
}

static void
no_memory(size_t bytes)
{
	static const char text[] = ": no memory\n";
	const char *name = program_invocation_short_name;

	(void)bytes;
	if (temporary[0] != '\0')
		unlink(temporary);
	if (write(STDERR_FILENO, name, strlen(name)) != -1)
		(void)!write(STDERR_FILENO, text, sizeof text - 1);
	_exit(TOOL_TROUBLE);
}

/* Print B and exit: what was asked for with --help and its kind. */
static _Noreturn void
print_and_exit(const struct post_tool *t, struct post_buf *b)
{
	struct tool_common plain = { 0 };
	struct post_out out;

	tool_open(t, &plain, &out);
	post_put(&out.buf, post_buf_str(b));
	post_buf_free(b);
	exit(tool_close(t, &out, TOOL_DONE));
}

_Noreturn void
tool_usage(const struct post_tool *t, const struct post_err *err)
{
	struct post_buf b = { 0 };

	tool_warn(t, NULL, err);
	post_opt_usage(t, &b);
	say(&b);
	exit(TOOL_TROUBLE);
}

int
tool_options(const struct post_tool *t, int argc, char **argv, void *conf)
{
	struct tool_common *common = conf;
	struct post_buf b = { 0 };
	struct post_err err;
	int first;

	hold_standard();
	catch_signals();
	post_on_nomem(no_memory);
	first = post_opt_parse(t, argc, argv, conf, &err);
	if (first == POST_OPT_BAD)
		tool_usage(t, &err);
	if (first == POST_OPT_HELP)
		post_opt_help(t, &b);
	else if (first == POST_OPT_VERSION)
		post_putf(&b, "%s %s\n", t->name, VERSION);
	else if (common->completion == NULL)
		return first;
	else if (post_opt_completion(t, common->completion, &b) == -1) {
		post_fail(&err, POST_EUSAGE, "--completion is for bash, zsh or fish, not %s", common->completion);
		tool_usage(t, &err);
	}
	print_and_exit(t, &b);
}

static void
report(void *arg, const char *name, const struct post_err *err)
{
	tool_warn(arg, name, err);
}

/* A line that is written over, once a second, and only when the work is long. */
static void
progress(void *arg, uint64_t bytes)
{
	static time_t told;
	const struct post_tool *t = arg;
	time_t now = time(NULL);

	if (told == 0)
		told = now;
	if (now <= told)
		return;
	told = now;
	tool_progress("%s: %" PRIu64 " MB read", t->name, bytes / 1000000);
}

int
tool_lock(const struct post_tool *t, const char *path, const char *dir)
{
	struct post_err err;
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);

	if (fd != -1 && flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	if (errno == EWOULDBLOCK)
		post_fail(&err, POST_EIO, "%s: another %s is at work there", dir, t->name);
	else
		post_fail(&err, POST_EIO, "%s: %s", dir, strerror(errno));
	tool_fail(t, &err);
}

void
tool_patterns(const struct post_tool *t, const struct post_list *from, struct post_patterns *to)
{
	struct post_err err;

	for (size_t i = 0; i < from->n; i++)
		if (post_patterns_add(to, from->v[i], &err) == -1)
			tool_usage(t, &err);
}

int
tool_window_log(uint64_t bytes)
{
	int log = POST_WINDOW_MAX_LOG;

	while (log > 10 && UINT64_C(1) << log > bytes)
		log--;
	return bytes == 0 ? 0 : log;
}

unsigned
tool_jobs(uint64_t n)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	return post_run_jobs(n != 0 ? n : cores > 1 ? (uint64_t)cores : 1);
}

/* One input at a time: it borrows what is made here. */
static struct post_input_conf *
input_conf(const struct post_tool *t, const struct tool_common *c)
{
	static struct post_input_conf conf;

	conf = (struct post_input_conf){ .cut = post_stacks_cut, .tag = c->from, .window_log = tool_window_log(c->memory),
	    .report = report, .progress = !c->quiet && isatty(STDERR_FILENO) ? progress : NULL, .arg = (void *)(uintptr_t)t };
	return &conf;
}

struct post_input *
tool_input(const struct post_tool *t, const struct tool_common *c, char **paths, int n, unsigned readers)
{
	return tool_input_kept(t, c, paths, n, readers, NULL, NULL);
}

struct post_input *
tool_input_lines(const struct post_tool *t, const struct tool_common *c, char **paths, int n)
{
	struct post_input_conf *conf = input_conf(t, c);

	conf->cut = NULL;
	return post_input_new(paths, (size_t)n, conf);
}

struct post_input *
tool_input_kept(const struct post_tool *t, const struct tool_common *c, char **paths, int n, unsigned readers,
    void (*keep)(void *arg, const struct post_block *), void *arg)
{
	struct post_input_conf *conf = input_conf(t, c);

	conf->readers = readers;
	conf->keep = keep;
	conf->keep_arg = arg;
	return post_input_new(paths, (size_t)n, conf);
}

struct post_input *
tool_input_told(const struct post_tool *t, const struct tool_common *c, char **paths, int n, unsigned readers,
    void (*told)(void *arg, const char *name, const struct post_err *))
{
	struct post_input_conf *conf = input_conf(t, c);

	conf->readers = readers;
	conf->report = told;
	return post_input_new(paths, (size_t)n, conf);
}

static void
report_nothing(void *arg, const char *name, const struct post_err *err)
{
	(void)arg;
	(void)name;
	(void)err;
}

struct post_input *
tool_input_again(const struct post_tool *t, const struct tool_common *c, char **paths, int n)
{
	struct post_input_conf *conf = input_conf(t, c);

	conf->report = report_nothing;
	return post_input_new(paths, (size_t)n, conf);
}

int
tool_status(const struct post_tool *t, const struct post_input *in, int findings, bool stacks)
{
	int status = post_input_status(in);
	struct post_err err;

	if (!stacks && status != TOOL_TROUBLE) {
		post_fail(&err, POST_EFORMAT, "no stacks in the input");
		tool_warn(t, NULL, &err);
		return TOOL_TROUBLE;
	}
	return status > findings ? status : findings;
}

int
tool_close(const struct post_tool *t, struct post_out *out, int status)
{
	struct post_buf b = { 0 };
	struct post_err err;

	writing = NULL;
	clear_progress(&b);
	say(&b);
	if (status == TOOL_TROUBLE && out->path != NULL && !post_out_failed(out)) {
		post_out_discard(out);
		return status;
	}
	if (post_out_close(out, &err) == 0)
		return status;
	tool_warn(t, NULL, &err);
	return TOOL_TROUBLE;
}
