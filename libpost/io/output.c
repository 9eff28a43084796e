/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>
#include "../base/path.h"
#include "output.h"

/* Which of our own descriptors is that file open at, as "/dev/stderr" is?  To put another in its place would lose what follows. */
static int
own_descriptor(const struct stat *st)
{
	struct stat own;
	int fd;

	for (fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++)
		if (fstat(fd, &own) == 0 && own.st_dev == st->st_dev && own.st_ino == st->st_ino)
			return fd;
	return -1;
}

bool
post_is_temporary(const char *name)
{
	return strncmp(name, POST_TEMPORARY, strcspn(POST_TEMPORARY, "X")) == 0;
}

/* Random letters in the place of those at X. */
static void
name_temporary(char *x)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
	unsigned char random[16] = { 0 };

	(void)getrandom(random, sizeof random, 0);
	for (size_t i = 0; x[i] != '\0'; i++)
		x[i] = letters[random[i % sizeof random] % 64];
}

/*
 * The temporary file stands beside the other, and its name fits where that
 * one's does.  It gets its mode by open(2): mkstemp(3) gives another one, and
 * to look at the umask is to set it, for all threads.
 */
static int
open_beside(struct post_out *out, const char *path)
{
	enum { TRIES = 100 };
	struct post_buf temp = { 0 };
	struct stat st;
	bool there = stat(path, &st) == 0;
	int fd = -1;

	post_put(&temp, post_path_dir(post_str_of(out->path)));
	post_puts(&temp, POST_TEMPORARY);
	for (int i = 0; i < TRIES && fd == -1 && (i == 0 || errno == EEXIST); i++) {
		name_temporary(temp.s + temp.n - strlen(strchr(POST_TEMPORARY, 'X')));
		fd = open(temp.s, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, there ? st.st_mode & 0777 : 0666);
	}
	out->temp = temp.s;
	if (fd != -1 && there)
		(void)fchmod(fd, st.st_mode & 0777);
	return fd;
}

static bool
is_link(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

int
post_out_open(struct post_out *out, const char *path, struct post_err *err)
{
	struct stat st;
	char *real;
	int own;

	*out = (struct post_out){ .fd = STDOUT_FILENO };
	if (path == NULL || strcmp(path, "-") == 0)
		return 0;
	real = realpath(path, NULL);	/* a link stays a link */
	out->path = real != NULL ? real : post_path_copy(path);
	if (stat(path, &st) == -1)
		out->fd = open_beside(out, path);
	else if ((own = own_descriptor(&st)) != -1)
		out->fd = fcntl(own, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	else if (!S_ISREG(st.st_mode) || (real == NULL && is_link(path)))	/* a link of /proc to a file without a name */
		out->fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
	else
		out->fd = open_beside(out, path);
	if (out->fd != -1)
		return 0;
	post_fail(err, POST_EIO, "%s: %s", path, strerror(errno));
	free(out->path);
	free(out->temp);
	*out = (struct post_out){ .fd = -1 };
	return -1;
}

bool
post_write_all(int fd, struct post_str bytes)
{
	while (bytes.n > 0) {
		ssize_t n = write(fd, bytes.p, bytes.n);

		if (n >= 0)
			bytes = post_str_from(bytes, (size_t)n);
		else if (errno != EINTR)
			return false;
	}
	return true;
}

int
post_out_pack(struct post_out *out, struct post_err *err)
{
	post_out_flush(out);
	if ((out->zstd = ZSTD_createCCtx()) == NULL)
		return post_fail(err, POST_ELIMIT, "zstd: no memory");
	ZSTD_CCtx_setParameter(out->zstd, ZSTD_c_checksumFlag, 1);
	return 0;
}

/* Give zstd BYTES, or with an END the end of the frame, and write what it gives. */
static void
write_packed(struct post_out *out, struct post_str bytes, ZSTD_EndDirective end)
{
	ZSTD_inBuffer in = { bytes.p, bytes.n, 0 };
	char room[16 << 10];
	size_t left;

	do {
		ZSTD_outBuffer to = { room, sizeof room, 0 };

		left = ZSTD_compressStream2(out->zstd, &to, &in, end);
		if (ZSTD_isError(left))
			out->error = ENOMEM;
		else if (!post_write_all(out->fd, (struct post_str){ room, to.pos }))
			out->error = errno;
	} while (out->error == 0 && (in.pos < in.size || (end == ZSTD_e_end && left > 0)));
}

static void
write_out(struct post_out *out, struct post_str bytes)
{
	if (out->error != 0)
		return;
	if (out->zstd != NULL)
		write_packed(out, bytes, ZSTD_e_continue);
	else if (!post_write_all(out->fd, bytes))
		out->error = errno;
}

void
post_out_flush(struct post_out *out)
{
	if (out->fd == -1)
		return;
	write_out(out, post_buf_str(&out->buf));
	out->buf.n = 0;
}

void
post_out_copy(struct post_out *out, struct post_str bytes)
{
	if (bytes.n < POST_OUT_LARGE || out->fd == -1) {
		post_put(&out->buf, bytes);
		post_out_tick(out);
		return;
	}
	post_out_flush(out);
	write_out(out, bytes);
}

static void
finish(struct post_out *out)
{
	if (out->temp != NULL)
		unlink(out->temp);
	post_buf_free(&out->buf);
	ZSTD_freeCCtx(out->zstd);
	free(out->path);
	free(out->temp);
	*out = (struct post_out){ .fd = -1 };
}

int
post_out_close(struct post_out *out, struct post_err *err)
{
	int status = 0;

	post_out_flush(out);
	if (out->zstd != NULL && out->error == 0)
		write_packed(out, POST_STR(""), ZSTD_e_end);
	if (out->error == 0 && out->temp != NULL && fsync(out->fd) == -1 && errno != EINVAL)
		out->error = errno;
	if (out->fd >= 0 && close(out->fd) == -1 && out->error == 0)
		out->error = errno;
	if (out->error == 0 && out->temp != NULL) {
		if (rename(out->temp, out->path) == -1)
			out->error = errno;
		else {
			free(out->temp);
			out->temp = NULL;
		}
	}
	if (out->error != 0)
		status = post_fail(err, POST_EIO, "%s: %s",
		    out->path != NULL ? out->path : "standard output", strerror(out->error));
	finish(out);
	return status;
}

void
post_out_discard(struct post_out *out)
{
	if (out->fd > STDERR_FILENO)
		close(out->fd);
	finish(out);
}
