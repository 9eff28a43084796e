/* SPDX-License-Identifier: BSD-2-Clause */
/* Programs that bt-batch runs, and what becomes of them on Ctrl-C. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "batch-cluster.h"

static volatile sig_atomic_t stopped;
static sigset_t awake;		/* the mask while waiting: those of batch_catch_stop come through */

static void
on_stop(int sig)
{
	stopped = sig;
}

/* Only for ppoll(2) to end when a child does. */
static void
on_child(int sig)
{
	(void)sig;
}

void
batch_catch_stop(void)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGCHLD };
	struct sigaction ours = { .sa_handler = on_stop }, old;
	sigset_t asleep;
	size_t i;

	sigemptyset(&asleep);
	for (i = 0; i < sizeof signals / sizeof *signals; i++) {
		sigaddset(&asleep, signals[i]);
		ours.sa_handler = signals[i] == SIGCHLD ? on_child : on_stop;
		if (sigaction(signals[i], NULL, &old) == 0 && (signals[i] == SIGCHLD || old.sa_handler != SIG_IGN))
			sigaction(signals[i], &ours, NULL);
	}
	sigprocmask(SIG_BLOCK, &asleep, &awake);
	for (i = 0; i < sizeof signals / sizeof *signals; i++)
		sigdelset(&awake, signals[i]);
}

int
batch_stopped(void)
{
	return stopped;
}

_Noreturn void
batch_end_stopped(void)
{
	signal(stopped, SIG_DFL);
	raise(stopped);
	sigprocmask(SIG_SETMASK, &awake, NULL);
	exit(TOOL_TROUBLE);	/* not reached: the signal was pending */
}

void
batch_sleep(uint64_t seconds)
{
	struct timespec until, now, left;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += (time_t)(seconds < 86400 ? seconds : 86400);
	while (!stopped) {
		clock_gettime(CLOCK_MONOTONIC, &now);
		left = (struct timespec){ until.tv_sec - now.tv_sec, until.tv_nsec - now.tv_nsec };
		if (left.tv_nsec < 0)
			left = (struct timespec){ left.tv_sec - 1, left.tv_nsec + 1000000000 };
		if (left.tv_sec < 0 || ppoll(NULL, 0, &left, &awake) == 0)
			return;
	}
}

/* Start ARGV with the descriptors of ACTIONS, in a process group of its own when APART.  Its pid, or -1. */
static pid_t
start(const char *const *argv, const posix_spawn_file_actions_t *actions, bool apart, struct post_err *err)
{
	posix_spawnattr_t attr;
	pid_t pid;
	int error;

	posix_spawnattr_init(&attr);
	posix_spawnattr_setflags(&attr, (short)(POSIX_SPAWN_SETSIGMASK | (apart ? POSIX_SPAWN_SETPGROUP : 0)));
	posix_spawnattr_setsigmask(&attr, &awake);
	error = posix_spawnp(&pid, argv[0], actions, &attr, (char *const *)(uintptr_t)argv, environ);
	posix_spawnattr_destroy(&attr);
	if (error != 0)
		return post_fail(err, POST_EIO, "cannot run %s: %s", argv[0], strerror(error));
	return pid;
}

/* The exit status of the child PID, that ends sooner or later. */
static int
status_of(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) == -1)
		if (errno != EINTR)
			return TOOL_TROUBLE;
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* All that comes out of FD; false when the wish to stop came first, and ends it. */
static bool
read_all(int fd, bool ends, struct post_buf *out)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char block[4096];
	ssize_t n;

	while (!ends || !stopped) {
		if (ppoll(&p, 1, NULL, ends ? &awake : NULL) == -1)
			continue;
		n = read(fd, block, sizeof block);
		if (n <= 0)
			return true;
		post_put(out, (struct post_str){ block, (size_t)n });
	}
	return false;
}

int
batch_ask(const char *const *argv, enum batch_ask how, struct post_buf *out, struct post_err *err)
{
	posix_spawn_file_actions_t actions;
	int fd[2];
	pid_t pid;

	if (pipe2(fd, O_CLOEXEC) == -1)
		return post_fail(err, POST_EIO, "cannot run %s: %s", argv[0], strerror(errno));
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, fd[1], STDOUT_FILENO);
	if (how == BATCH_QUERY)
		posix_spawn_file_actions_adddup2(&actions, fd[1], STDERR_FILENO);
	pid = start(argv, &actions, true, err);
	posix_spawn_file_actions_destroy(&actions);
	close(fd[1]);
	if (pid != -1 && !read_all(fd[0], how == BATCH_QUERY, out))
		kill(pid, SIGKILL);	/* it changes nothing */
	close(fd[0]);
	return pid == -1 ? -1 : status_of(pid);
}

int
batch_work(const char *const *argv, struct post_err *err)
{
	pid_t pid = start(argv, NULL, false, err);
	siginfo_t over = { 0 };
	bool told = false;

	if (pid == -1)
		return -1;
	while (waitid(P_PID, (id_t)pid, &over, WEXITED | WNOHANG | WNOWAIT) == 0 && over.si_pid == 0) {
		if (stopped && !told)
			told = kill(pid, SIGTERM) == 0;
		ppoll(NULL, 0, NULL, &awake);
	}
	return status_of(pid);
}
