/* SPDX-License-Identifier: BSD-2-Clause */
/* Opening files that must lie below a directory. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#ifdef SYS_openat2
#include <linux/openat2.h>
#endif
#include "beneath.h"

enum {
	TRIES = 16,
	LINKS_MAX = 40,		/* as Linux */
	DEPTH_MAX = 64		/* directories open at a time */
};

/* A walk below a directory: the way here is held open, so that ".." is never asked of the kernel. */
struct walk {
	int	 root, dir[DEPTH_MAX];
	size_t	 n;
	char	 rest[2 * PATH_MAX];	/* what is still to be walked */
	int	 links;
	bool	 in_root;		/* what leads out leads to the root, as after chroot(2) */
};

static int
fail(int error)
{
	errno = error;
	return -1;
}

static int
here(const struct walk *w)
{
	return w->n == 0 ? w->root : w->dir[w->n - 1];
}

/* Put PATH before the rest. */
static int
prepend(struct walk *w, const char *path, size_t n)
{
	size_t rest = strlen(w->rest);

	if (n + 1 + rest >= sizeof w->rest)
		return fail(ENAMETOOLONG);
	memmove(w->rest + n + 1, w->rest, rest + 1);
	memcpy(w->rest, path, n);
	w->rest[n] = '/';
	return 0;
}

/* Take the next component off the rest into NAME.  Returns 1, 0 at the end, -1 when it is too long. */
static int
component(struct walk *w, char name[NAME_MAX + 1])
{
	size_t from = strspn(w->rest, "/"), n = strcspn(w->rest + from, "/"), end = from + n;

	if (n > NAME_MAX)
		return fail(ENAMETOOLONG);
	memcpy(name, w->rest + from, n);
	name[n] = '\0';
	memmove(w->rest, w->rest + end, strlen(w->rest + end) + 1);
	return n > 0;
}

static void
leave(struct walk *w)
{
	while (w->n > 0)
		close(w->dir[--w->n]);
}

static int
up(struct walk *w)
{
	if (w->n == 0)
		return w->in_root ? 0 : fail(EXDEV);
	return close(w->dir[--w->n]);
}

static int
take_link(struct walk *w, const char *target, size_t n)
{
	if (++w->links > LINKS_MAX)
		return fail(ELOOP);
	if (n == 0 || (target[0] == '/' && !w->in_root))
		return fail(EXDEV);
	if (target[0] == '/')
		leave(w);
	return prepend(w, target, n);
}

/* Go to the directory, or take the link, NAME.  Returns 0 or -1. */
static int
step(struct walk *w, const char *name)
{
	char target[PATH_MAX];
	ssize_t n;
	int fd;

	if (strcmp(name, ".") == 0)
		return 0;
	if (strcmp(name, "..") == 0)
		return up(w);
	if ((n = readlinkat(here(w), name, target, sizeof target)) >= 0)
		return take_link(w, target, (size_t)n);
	if (w->n == DEPTH_MAX)
		return fail(ENAMETOOLONG);
	if ((fd = openat(here(w), name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)) == -1)
		return -1;
	w->dir[w->n++] = fd;
	return 0;
}

/* Devices and pipes feel it when they are opened: a tape is wound back, a watchdog begins to count. */
static bool
is_file(const struct stat *st)
{
	return S_ISREG(st->st_mode) || S_ISDIR(st->st_mode);
}

static int
walk(struct walk *w)
{
	char name[NAME_MAX + 1];
	struct stat st;
	int got;

	while ((got = component(w, name)) > 0) {
		if (w->rest[strspn(w->rest, "/")] == '\0' && strcmp(name, "..") != 0) {
			if (fstatat(here(w), name, &st, AT_SYMLINK_NOFOLLOW) == -1)
				return -1;
			if (!S_ISLNK(st.st_mode))
				return is_file(&st) ? openat(here(w), name, O_NOFOLLOW | POST_OPEN_FLAGS) : fail(ENXIO);
		}
		if (step(w, name) == -1)
			return -1;
	}
	return got == -1 ? -1 : fail(ENOENT);
}

static int
open_walk(int root, const char *path, bool in_root)
{
	struct walk w = { .root = root, .in_root = in_root };
	int fd, error;

	if (strlen(path) >= PATH_MAX)
		return fail(ENAMETOOLONG);
	strcpy(w.rest, path);
	fd = walk(&w);
	error = errno;
	leave(&w);
	errno = error;
	return fd;
}

int
post_open_beneath_walk(int root, const char *path)
{
	return open_walk(root, path, false);
}

int
post_open_in_root_walk(int root, const char *path)
{
	return open_walk(root, path, true);
}

#ifdef SYS_openat2
static int
resolve(int root, const char *path, bool in_root, int flags)
{
	struct open_how how = {
		.flags = (uint64_t)flags,
		.resolve = (in_root ? RESOLVE_IN_ROOT : RESOLVE_BENEATH) | RESOLVE_NO_MAGICLINKS,
	};
	int i, fd = -1;

	errno = EAGAIN;		/* so says the kernel when a rename came between */
	for (i = 0; i < TRIES && fd == -1 && (errno == EAGAIN || errno == EINTR); i++)
		fd = (int)syscall(SYS_openat2, root, path, &how, sizeof how);
	return fd;
}

static int
open_resolved(int root, const char *path, bool in_root)
{
	int fd = resolve(root, path, in_root, O_PATH | O_CLOEXEC);
	struct stat st;
	bool file;

	if (fd == -1)
		return -1;
	file = fstat(fd, &st) == 0 && is_file(&st);
	close(fd);
	return file ? resolve(root, path, in_root, POST_OPEN_FLAGS) : fail(ENXIO);
}
#else
static int
open_resolved(int root, const char *path, bool in_root)
{
	(void)root;
	(void)path;
	(void)in_root;
	return fail(ENOSYS);
}
#endif

/* Some sandboxes answer EPERM to system calls that they do not know. */
static int
open_below(int root, const char *path, bool in_root)
{
	int fd;

	path += strspn(path, "/");
	if (*path == '\0')
		return fail(ENOENT);
	fd = open_resolved(root, path, in_root);
	return fd == -1 && (errno == ENOSYS || errno == EPERM) ? open_walk(root, path, in_root) : fd;
}

int
post_open_beneath(int root, const char *path)
{
	return open_below(root, path, false);
}

int
post_open_in_root(int root, const char *path)
{
	return open_below(root, path, true);
}
