/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../base/mem.h"
#include "source.h"

enum { FIRST_BLOCK = 64 << 10, USUAL_BLOCK = 256 << 10 };

/* Read until B is full or the operand ends. */
static void
fill(struct post_source *s, struct post_block *b)
{
	while (b->n < b->cap && !s->done) {
		ptrdiff_t got = post_slice_read(&s->slice, b->p + b->n, b->cap - b->n, &s->err);

		if (got > 0)
			b->n += (size_t)got;
		s->failed = got < 0;
		s->done = got <= 0;
	}
}

/* B begins inside a line that is too long: drop bytes up to its end.  Is that in B? */
static bool
skip_rest_of_line(struct post_source *s, struct post_block *b)
{
	char *nl = memchr(b->p, '\n', b->n);
	size_t drop = nl != NULL ? (size_t)(nl + 1 - b->p) : b->n;

	memmove(b->p, b->p + drop, b->n - drop);
	b->n -= drop;
	s->byte += drop;
	s->skipping = nl == NULL;
	return nl != NULL;
}

/* Where the next block begins in the operand. */
static uint64_t
offset(const struct post_source *s)
{
	return s->base + s->slice.before + s->byte;
}

static void
too_long(struct post_source *s)
{
	if (s->too_long.code == POST_OK) {
		post_fail(&s->too_long, POST_ELIMIT, "a line of over %d MiB is left out", POST_LINE_MAX >> 20);
		s->too_long.byte = offset(s);
		s->too_long.has_byte = 1;
	}
	s->skipping = true;
}

/* No line ends in B, which is full: make it larger, or give the line up. */
static void
outgrow(struct post_source *s, struct post_block *b)
{
	if (b->cap < POST_LINE_MAX) {
		b->cap = b->cap < POST_LINE_MAX / 2 ? 2 * b->cap : POST_LINE_MAX;
		b->p = post_resize(b->p, b->cap, 1);
	} else {
		too_long(s);
		skip_rest_of_line(s, b);
	}
}

/* Where B may be cut: at a place the cutter likes, else behind its last line, else 0. */
static size_t
cut(const struct post_input_conf *conf, struct post_block *b)
{
	size_t n = conf->cut != NULL ? conf->cut(b) : 0;
	const char *nl;

	b->whole = n > 0;
	if (n > 0)
		return n;
	nl = memrchr(b->p, '\n', b->n);
	b->whole = conf->cut == NULL;
	return nl != NULL ? (size_t)(nl + 1 - b->p) : 0;
}

static void
carry_over(struct post_source *s, struct post_block *b, size_t keep)
{
	s->n_carry = b->n - keep;
	if (s->cap_carry < s->n_carry) {
		s->cap_carry = s->n_carry;
		s->carry = post_resize(s->carry, s->cap_carry, 1);
	}
	if (s->n_carry > 0)
		memcpy(s->carry, b->p + keep, s->n_carry);
	b->n = keep;
}

static size_t
block_size(const struct post_source *s)
{
	size_t size = s->conf->block != 0 ? s->conf->block : s->first ? FIRST_BLOCK : USUAL_BLOCK;

	if (size < 2 * s->n_carry)
		size = 2 * s->n_carry;
	return size < POST_LINE_MAX ? size : POST_LINE_MAX;
}

void
post_source_room(const struct post_source *s, struct post_block *b)
{
	size_t size = block_size(s);

	if (s->first && b->cap > size)
		b->cap = size;	/* what an operand is told by does not depend on those before it */
	if (b->cap >= size)
		return;
	free(b->p);
	b->p = post_resize(NULL, size, 1);
	b->cap = size;
}

static void
begin_block(const struct post_source *s, struct post_block *b)
{
	if (s->n_carry > 0)
		memcpy(b->p, s->carry, s->n_carry);
	b->n = s->n_carry;
	b->first = s->first;
	b->last = false;	/* as the cutter sees it; the block may have been another's last */
	b->tag = s->tag;
}

/* Of the operand's last block all is kept. */
static void
end_block(struct post_source *s, struct post_block *b, size_t keep)
{
	b->last = s->done;
	if (s->done) {
		keep = b->n;
		b->whole = true;
		if (s->conf->cut != NULL && b->first)
			(void)s->conf->cut(b);
	}
	carry_over(s, b, keep);
	b->byte = offset(s);
	s->byte += keep;
	s->tag = b->tag;
	s->first = false;
}

void
post_source_next(struct post_source *s, struct post_block *b)
{
	size_t keep = 0;

	begin_block(s, b);
	for (;;) {
		fill(s, b);
		if (s->skipping && !skip_rest_of_line(s, b) && !s->done)
			continue;
		if (b->n < b->cap && !s->done)
			continue;
		if (s->done || (keep = cut(s->conf, b)) > 0)
			break;
		outgrow(s, b);
	}
	end_block(s, b, keep);
}

static int
open_operand(const char *path, struct post_err *err)
{
	struct stat st;
	int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd == -1)
		return post_fail(err, POST_EIO, "%s", strerror(errno));
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		if (fd != STDIN_FILENO)
			close(fd);
		return post_fail(err, POST_EIO, "%s", strerror(EISDIR));
	}
	return fd;
}

static void
begin(struct post_source *s, struct post_decode *d, bool first, int tag)
{
	*s = (struct post_source){ .conf = s->conf, .fd = s->fd, .slice = { .decode = d }, .first = first, .tag = tag,
	    .carry = s->carry, .cap_carry = s->cap_carry };
}

/* The *TAG that the first block of all the operand is left with.  -1: nothing can be read of it. */
static int
first_tag(struct post_source *s, int *tag, struct post_err *err)
{
	struct post_block b = { 0 };

	post_source_room(s, &b);
	post_source_next(s, &b);
	free(b.p);
	*tag = b.tag;
	if (!s->failed || b.n > 0)
		return 0;
	*err = s->err;
	return -1;
}

/* The operand was opened at its beginning: give only a shard of it. */
static int
enter_shard(struct post_source *s, const struct post_shard *shard, int log, struct post_err *err)
{
	uint64_t to = shard->to > shard->from ? shard->to : shard->from;
	bool packed;
	int tag;

	if (shard->from > INT64_MAX || lseek(s->fd, 0, SEEK_SET) == -1)
		return post_fail(err, POST_EIO, "it cannot be read in parts: %s", strerror(shard->from > INT64_MAX ? EINVAL : errno));
	if (first_tag(s, &tag, err) == -1)
		return -1;
	packed = post_decode_is_packed(s->slice.decode);
	post_slice_free(&s->slice);
	if (lseek(s->fd, (off_t)shard->from, SEEK_SET) == -1)
		return post_fail(err, POST_EIO, "%s", strerror(errno));
	begin(s, post_decode_new_at(s->fd, log, shard->from, packed), shard->from == 0, tag);
	s->base = packed ? 0 : shard->from;
	post_slice_between(&s->slice, shard->from, to, s->conf->seam, tag);
	return 0;
}

int
post_source_open(struct post_source *s, const char *path, const struct post_shard *shard,
    const struct post_input_conf *conf, struct post_err *err)
{
	int log = conf->window_log != 0 ? conf->window_log : POST_WINDOW_DEFAULT_LOG;

	s->conf = conf;
	s->fd = open_operand(path, err);
	if (s->fd == -1)
		return -1;
	begin(s, post_decode_new(s->fd, log), true, conf->tag);
	if (shard == NULL || (shard->from == 0 && shard->to == UINT64_MAX) || enter_shard(s, shard, log, err) == 0)
		return 0;
	post_source_close(s);
	return -1;
}

void
post_source_close(struct post_source *s)
{
	post_slice_free(&s->slice);
	if (s->fd != STDIN_FILENO)
		close(s->fd);
	s->fd = -1;
}

void
post_source_free(struct post_source *s)
{
	free(s->carry);
}
