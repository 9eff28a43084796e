/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../base/mem.h"
#include "../io/beneath.h"
#include "roots.h"

int
post_root_open(struct post_root *r, const char *path, struct post_err *err)
{
	size_t n = strlen(path);

	r->path = NULL;
	r->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (r->fd == -1)
		return post_fail(err, POST_EIO, "%s: %s", path, strerror(errno));
	while (n > 0 && path[n - 1] == '/')
		n--;
	r->path = post_resize(NULL, n + 1, 1);
	memcpy(r->path, path, n);
	r->path[n] = '\0';
	return 0;
}

void
post_root_close(struct post_root *r)
{
	if (r->path != NULL)
		close(r->fd);
	free(r->path);
	r->path = NULL;
}

static void
put_part(struct post_buf *b, size_t base, struct post_str part)
{
	if (part.n == 0 || post_str_eq(part, POST_STR(".")))
		return;
	if (!post_str_eq(part, POST_STR(".."))) {
		post_putc(b, '/');
		post_put(b, part);
		return;
	}
	while (b->n > base && b->s[b->n - 1] != '/')
		b->n--;
	if (b->n > base)
		b->n--;
	if (b->cap > 0)
		b->s[b->n] = '\0';
}

void
post_path_put(struct post_buf *b, size_t base, struct post_str path)
{
	size_t from, to;

	for (from = 0; from < path.n; from = to + 1) {
		for (to = from; to < path.n && path.p[to] != '/'; to++)
			;
		put_part(b, base, (struct post_str){ path.p + from, to - from });
	}
}

static bool
is_regular(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
}

int
post_root_file(const struct post_root *r, struct post_str inner, struct post_buf *path)
{
	size_t n = path->n;
	int fd;

	if (inner.n == 0 || inner.n >= PATH_MAX || memchr(inner.p, '\0', inner.n) != NULL) {
		errno = ENOENT;
		return -1;
	}
	post_puts(path, r->path);
	post_put(path, inner);
	fd = post_open_in_root(r->fd, path->s + path->n - inner.n);
	if (fd != -1 && is_regular(fd))
		return fd;
	if (fd != -1) {
		close(fd);
		errno = EINVAL;
	}
	path->n = n;
	path->s[n] = '\0';
	return -1;
}

bool
post_root_holds(const struct post_root *r, struct post_str path, struct post_str *inner)
{
	struct post_str root = post_str_of(r->path);

	if (!post_str_starts(path, root) || path.n <= root.n || path.p[root.n] != '/')
		return false;
	*inner = post_str_from(path, root.n);
	return true;
}
