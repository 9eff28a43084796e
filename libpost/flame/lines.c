/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include "lines.h"

static int
read_lines(FILE *f, int (*line)(void *arg, struct post_str, struct post_err *), void *arg, struct post_err *err)
{
	char *s = NULL;
	size_t cap = 0;
	uint64_t at = 0;
	ssize_t n;
	int e = 0;

	while (e == 0 && (n = getline(&s, &cap, f)) > 0) {
		n -= s[n - 1] == '\n';
		n -= n > 0 && s[n - 1] == '\r';
		at++;
		e = line(arg, (struct post_str){ s, (size_t)n }, err);
		if (e == -1)
			err->line = at;
	}
	free(s);
	return e;
}

int
post_each_line(const char *path, int (*line)(void *arg, struct post_str, struct post_err *), void *arg, struct post_err *err)
{
	FILE *f = fopen(path, "re");
	int e;

	if (f == NULL)
		return post_fail(err, POST_EIO, "%s: %s", path, strerror(errno));
	e = read_lines(f, line, arg, err);
	if (e == 0 && ferror(f))
		e = post_fail(err, POST_EIO, "%s: %s", path, strerror(errno));
	(void)fclose(f);
	return e;
}
