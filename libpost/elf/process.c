/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include "../base/ascii.h"
#include "../io/beneath.h"
#include "process.h"

enum { VDSO_MAX = 1 << 20 };	/* bytes; it has a few pages */

/* The kernel gives paths as they are below our own root, chroot(2) or not, unless the process has other mounts. */
static bool
has_our_mounts(int dir)
{
	struct stat a, b;

	return fstatat(dir, "ns/mnt", &a, 0) == 0 && stat("/proc/self/ns/mnt", &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static void
open_root(struct post_process *p, const char *pid)
{
	struct post_buf path = { 0 };
	struct post_err err;

	p->own_root = has_our_mounts(p->dir);
	post_putf(&path, "/proc/%s/root", pid);
	if (post_root_open(&p->root, p->own_root ? "/" : path.s, &err) == -1)
		p->root.path = NULL;
	post_buf_free(&path);
}

int
post_process_open(struct post_process *p, const char *pid, struct post_err *err)
{
	struct post_str digits = post_str_of(pid);
	struct post_buf path = { 0 };

	*p = (struct post_process){ .dir = -1 };
	if (digits.n == 0 || digits.n > 10 || post_span(digits, POST_DIGIT) != digits.n)
		return post_fail(err, POST_EUSAGE, "%s: no process has such a number", pid);
	memcpy(p->pid, digits.p, digits.n);
	post_putf(&path, "/proc/%s", pid);
	p->dir = open(path.s, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (p->dir == -1)
		post_fail(err, POST_EIO, "process %s: %s", pid, errno == ENOENT ? "it does not run" : strerror(errno));
	post_buf_free(&path);
	if (p->dir != -1)
		open_root(p, pid);
	return p->dir != -1 ? 0 : -1;
}

void
post_process_close(struct post_process *p)
{
	if (p->dir != -1)
		close(p->dir);
	post_root_close(&p->root);
	p->dir = -1;
}

int
post_process_maps(const struct post_process *p, struct post_buf *text, struct post_err *err)
{
	enum { STEP = 1 << 16 };
	int fd = openat(p->dir, "maps", POST_OPEN_FLAGS), error;
	ssize_t n = -1;

	while (fd != -1) {
		post_buf_grow(text, STEP);
		n = read(fd, text->s + text->n, STEP);
		if (n <= 0 && !(n == -1 && errno == EINTR))
			break;
		text->n += n > 0 ? (size_t)n : 0;
	}
	error = errno;
	if (text->cap > 0)
		text->s[text->n] = '\0';
	if (fd != -1)
		close(fd);
	if (n == 0 && text->n == 0)
		return post_fail(err, POST_EIO, "process %s: it has no memory of its own: it has ended, or is the kernel's", p->pid);
	return n == 0 ? 0 : post_fail(err, POST_EIO, "process %s: its maps cannot be read: %s", p->pid, strerror(error));
}

/* A link to a mapped file could lead to a device, which opening may set off. */
static int
open_regular(int dir, const char *link)
{
	int fd = openat(dir, link, O_PATH | O_CLOEXEC), got = -1;
	char self[40];
	struct stat st;

	if (fd == -1)
		return -1;
	snprintf(self, sizeof self, "/proc/self/fd/%d", fd);
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		got = open(self, POST_OPEN_FLAGS);
	else
		errno = EINVAL;
	close(fd);
	return got;
}

static int
open_mapped(const struct post_process *p, const struct post_mapped *m)
{
	const struct post_mapped_range *r = post_mapped_code(m);
	struct post_buf link = { 0 };
	int fd;

	post_puts(&link, "map_files/");
	post_putx(&link, r->lo, 1);
	post_putc(&link, '-');
	post_putx(&link, r->hi, 1);
	fd = open_regular(p->dir, link.s);
	post_buf_free(&link);
	return fd;
}

/* Is the link "exe" the path of M?  Another file may have its inode, on another device. */
static bool
is_program(const struct post_process *p, const struct post_mapped *m)
{
	static const struct post_str mark = POST_STR(" (deleted)");
	size_t n = m->name.n + mark.n + 1;
	char *link = post_resize(NULL, n, 1);
	ssize_t got = readlinkat(p->dir, "exe", link, n);
	struct post_str path = { link, got > 0 ? (size_t)got : 0 };
	bool same;

	if (m->deleted && post_str_ends(path, mark))
		path.n -= mark.n;
	same = post_str_eq(path, m->name);
	free(link);
	return same;
}

/* The program itself can be opened where the other files cannot. */
static int
open_program(const struct post_process *p, const struct post_mapped *m)
{
	int fd = is_program(p, m) ? open_regular(p->dir, "exe") : -1;
	struct stat st;

	if (fd != -1 && (fstat(fd, &st) == -1 || (uint64_t)st.st_ino != m->inode)) {
		close(fd);
		fd = -1;
	}
	return fd;
}

static enum post_process_how
what_is_there(int fd, const struct post_mapped *m)
{
	struct stat st;

	if (fstat(fd, &st) == -1 || (uint64_t)st.st_ino != m->inode)
		return POST_PROCESS_ANOTHER;
	return major(st.st_dev) == m->major && minor(st.st_dev) == m->minor ? POST_PROCESS_ITSELF : POST_PROCESS_ALIKE;
}

static int
open_by_path(const struct post_process *p, const struct post_mapped *m, enum post_process_how *how, struct post_buf *path,
    struct post_err *err)
{
	struct post_buf inner = { 0 };
	int fd, error;

	if (m->deleted)
		return post_fail(err, POST_EIO, "the file was deleted or replaced since, and the mapped one may not be read");
	if (m->kind != POST_MAPPED_FILE)
		return post_fail(err, POST_EIO, "memory without a path");
	if (p->root.path == NULL)
		return post_fail(err, POST_EIO, "the root directory of the process may not be read");
	path->n = 0;
	post_path_put(&inner, 0, m->name);
	fd = post_root_file(&p->root, post_buf_str(&inner), path);
	error = errno;
	post_buf_free(&inner);
	if (fd == -1)
		return post_fail(err, POST_EIO, "%s", error == EINVAL || error == ENXIO ? "no regular file" : strerror(error));
	*how = what_is_there(fd, m);
	return fd;
}

static int
copy_vdso(const struct post_process *p, const struct post_mapped *m, struct post_err *err)
{
	const struct post_mapped_range *r = post_mapped_code(m);
	size_t n = r->hi - r->lo < VDSO_MAX ? (size_t)(r->hi - r->lo) : VDSO_MAX;
	int from = openat(p->dir, "mem", O_RDONLY | O_CLOEXEC), to = -1;
	char *copy = post_resize(NULL, n, 1);
	ssize_t got = from != -1 ? pread(from, copy, n, (off_t)r->lo) : -1;
	int error = errno;

	if (got > 0 && (to = memfd_create("vdso", MFD_CLOEXEC)) != -1 && write(to, copy, (size_t)got) != got) {
		close(to);
		to = -1;
	}
	if (from != -1)
		close(from);
	free(copy);
	if (got <= 0)
		return post_fail(err, POST_EIO, "the memory of the process may not be read: %s", got == 0 ? "it has ended" : strerror(error));
	return to != -1 ? to : post_fail(err, POST_EIO, "%s", strerror(errno));
}

int
post_process_file(const struct post_process *p, const struct post_mapped *m, enum post_process_how *how, struct post_buf *path,
    struct post_err *err)
{
	int fd;

	*how = POST_PROCESS_ITSELF;
	path->n = 0;
	if (m->kind != POST_MAPPED_VDSO && !p->own_root && p->root.path != NULL)
		post_puts(path, p->root.path);
	post_put(path, m->name);
	if (m->kind == POST_MAPPED_VDSO)
		return copy_vdso(p, m, err);
	if ((fd = open_mapped(p, m)) == -1 && (fd = open_program(p, m)) == -1)
		fd = open_by_path(p, m, how, path, err);
	return fd;
}
