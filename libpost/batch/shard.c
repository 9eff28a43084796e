/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../base/mem.h"
#include "../io/decode.h"
#include "../io/frames.h"
#include "../trace/stacks.h"
#include "shard.h"

bool
post_shard_seam(int tag, struct post_str lines)
{
	return tag == POST_FORM_FOLDED || post_parse_cut(lines) == lines.n;
}

void
post_shards_free(struct post_shards *list)
{
	free(list->v);
	*list = (struct post_shards){ 0 };
}

/* A shard that ends where the file does. */
static void
append(struct post_shards *list, uint64_t from)
{
	list->v = post_room(list->v, list->n, &list->cap, sizeof *list->v);
	list->v[list->n++] = (struct post_shard){ from, UINT64_MAX };
}

/* The last shard ends at AT, where another one begins. */
static void
divide(struct post_shards *list, uint64_t at)
{
	list->v[list->n - 1].to = at;
	append(list, at);
}

static void
divide_plain(struct post_shards *list, uint64_t size, uint64_t bytes)
{
	uint64_t n = size / bytes + (size % bytes > 0), i;

	for (i = 1; i < n; i++)
		divide(list, size / n * i + (i < size % n ? i : size % n));
}

/* Behind as many frames as have BYTES; what has nothing to unpack stays with what is before it. */
static int
divide_packed(struct post_shards *list, struct post_frames *frames, uint64_t bytes, struct post_err *err)
{
	struct post_frame f;
	uint64_t plain = 0;
	int got;

	while ((got = post_frames_next(frames, &f, err)) == 1) {
		if (plain >= bytes && f.plain > 0 && !f.skippable) {
			divide(list, f.at);
			plain = 0;
		}
		if (__builtin_add_overflow(plain, f.plain, &plain))
			plain = UINT64_MAX;
	}
	return got;
}

static int
divide_file(struct post_shards *list, int fd, uint64_t bytes, struct post_err *err)
{
	enum { MAGIC = 16 };
	struct stat st;
	char magic[MAGIC];
	ssize_t n;

	if (fstat(fd, &st) == -1)
		return post_fail(err, POST_EIO, "%s", strerror(errno));
	if (S_ISDIR(st.st_mode))
		return post_fail(err, POST_EIO, "%s", strerror(EISDIR));
	append(list, 0);
	if (!S_ISREG(st.st_mode))
		return 0;
	if ((n = pread(fd, magic, sizeof magic, 0)) == -1)
		return post_fail(err, POST_EIO, "%s", strerror(errno));
	if (post_decode_is_archive((struct post_str){ magic, (size_t)n }))
		return divide_packed(list, &(struct post_frames){ .fd = fd, .end = (uint64_t)st.st_size }, bytes, err);
	divide_plain(list, (uint64_t)st.st_size, bytes);
	return 0;
}

int
post_shards_plan(struct post_shards *list, const char *path, uint64_t bytes, struct post_err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK), status;
	size_t before = list->n;

	if (fd == -1)
		return post_fail(err, POST_EIO, "%s", strerror(errno));
	status = divide_file(list, fd, bytes, err);
	close(fd);
	if (status == -1)
		list->n = before;
	return status;
}
