/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include "../base/mem.h"
#include "output.h"
#include "spool.h"

int
post_nameless(const char *dir)
{
	struct post_buf path = { 0 };
	int fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd != -1 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
		return fd;
	post_putf(&path, "%s/" POST_TEMPORARY, dir);
	if ((fd = mkostemp(path.s, O_CLOEXEC)) != -1)
		unlink(path.s);
	post_buf_free(&path);
	return fd;
}

static bool
write_bytes(struct post_spool *s, struct post_str bytes)
{
	if (!post_write_all(s->fd, bytes))
		s->error = errno;
	return s->error == 0;
}

const char *
post_spool_dir(void)
{
	const char *dir = getenv("TMPDIR");

	return dir != NULL && dir[0] != '\0' ? dir : "/tmp";
}

/* From memory to a file. */
static bool
spill(struct post_spool *s)
{
	s->fd = post_nameless(post_spool_dir());
	if (s->fd == -1) {
		s->error = errno;
		return false;
	}
	if (!write_bytes(s, post_buf_str(&s->bytes)))
		return false;
	post_buf_free(&s->bytes);
	return true;
}

void
post_spool_add(struct post_spool *s, const struct post_block *b)
{
	struct post_str bytes = { b->p, b->n };

	if (s->error != 0)
		return;
	s->block = post_room(s->block, s->n, &s->cap, sizeof *s->block);
	s->block[s->n] = *b;
	s->block[s->n++].p = NULL;
	if (s->fd == -1 && s->bytes.n + b->n > POST_SPOOL_MEMORY && !spill(s))
		return;
	if (s->fd == -1)
		post_put(&s->bytes, bytes);
	else
		write_bytes(s, bytes);
}

static bool
read_all(struct post_spool *s, size_t n)
{
	s->bytes.n = 0;
	post_buf_grow(&s->bytes, n);
	while (s->bytes.n < n) {
		ssize_t got = pread(s->fd, s->bytes.s + s->bytes.n, n - s->bytes.n, s->from + (off_t)s->bytes.n);

		if (got == 0 || (got == -1 && errno != EINTR)) {
			s->error = got == 0 ? EIO : errno;
			return false;
		}
		s->bytes.n += got > 0 ? (size_t)got : 0;
	}
	return true;
}

const struct post_block *
post_spool_next(struct post_spool *s)
{
	struct post_block *b;

	if (s->error != 0 || s->at == s->n)
		return NULL;
	b = &s->block[s->at];
	if (s->fd != -1 && !read_all(s, b->n))
		return NULL;
	b->p = s->fd != -1 || b->n == 0 ? s->bytes.s : s->bytes.s + s->from;
	s->from += (off_t)b->n;
	s->at++;
	return b;
}

void
post_spool_free(struct post_spool *s)
{
	if (s->fd != -1)
		close(s->fd);
	free(s->block);
	post_buf_free(&s->bytes);
	*s = (struct post_spool){ .fd = -1 };
}
