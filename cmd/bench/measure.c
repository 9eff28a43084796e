/* SPDX-License-Identifier: BSD-2-Clause */
/* measure RUNS NAME COMMAND [ARG ...]: the median wall and user seconds and the peak memory of a command. */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNS_MAX = 99 };

struct sample {
	double	wall, user;
	long	rss;
};

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static _Noreturn void
become(char **argv)
{
	int null = open("/dev/null", O_WRONLY);

	dup2(null, STDOUT_FILENO);
	dup2(null, STDERR_FILENO);
	execvp(argv[0], argv);
	_exit(127);
}

static struct sample
run(char **argv)
{
	double start = now();
	struct rusage u;
	int status;
	pid_t pid = fork();

	if (pid == -1)
		err(2, "fork");
	if (pid == 0)
		become(argv);
	if (wait4(pid, &status, 0, &u) == -1 || (WIFEXITED(status) && WEXITSTATUS(status) == 127))
		errx(2, "%s: cannot be run", argv[0]);
	return (struct sample){ now() - start, (double)u.ru_utime.tv_sec + (double)u.ru_utime.tv_usec / 1e6, u.ru_maxrss };
}

static int
by_wall(const void *a, const void *b)
{
	const struct sample *x = a, *y = b;

	return (x->wall > y->wall) - (x->wall < y->wall);
}

int
main(int argc, char *argv[])
{
	struct sample s[RUNS_MAX];
	int n = argc > 3 ? atoi(argv[1]) : 0, i;

	if (n < 1 || n > RUNS_MAX)
		errx(2, "usage: measure runs name command [arg ...]");
	(void)run(argv + 3);	/* warms the caches */
	for (i = 0; i < n; i++)
		s[i] = run(argv + 3);
	qsort(s, (size_t)n, sizeof *s, by_wall);
	printf("%s\t%.4f\t%.4f\t%.1f\n", argv[2], s[n / 2].wall, s[n / 2].user, (double)s[n / 2].rss / 1024);
	return 0;
}
