/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../base/mem.h"
#include "decode.h"
#include "input.h"

enum { FIRST_BLOCK = 64 << 10, USUAL_BLOCK = 256 << 10, AHEAD = 3, STACK = 256 << 10 };

/* What the producer knows of the operand being read. */
struct source {
	int			 fd;
	struct post_decode	*decode;
	uint64_t		 byte;		/* unpacked bytes in the blocks made so far */
	char			*carry;		/* what the last cut left over */
	size_t			 n_carry, cap_carry;
	int			 tag;
	bool			 first, done;
	bool			 skipping;	/* inside a line that is too long */
	bool			 failed;
	struct post_err		 err;		/* of the decoder; meaningful when failed */
	struct post_err		 too_long;	/* a line was left out; code POST_OK when none */
};

struct post_input {
	const struct post_input_conf	*conf;
	char *const			*paths;
	size_t				 n_paths, at;	/* paths[at] is next to be opened */
	uint64_t			 seq, bytes;
	size_t				 readable;	/* operands that gave anything at all */
	bool				 partly;
	bool				 open;
	struct source			 src;

	/* The thread that unpacks ahead, while there is one. */
	pthread_t			 thread;
	bool				 threaded, stop;
	pthread_mutex_t			 lock;		/* over what follows */
	pthread_cond_t			 changed;
	struct post_block		*queue, **tail;	/* made and not yet given */
	unsigned			 queued;
	struct post_block		*spare;		/* released, to be used again */
};

static char *const only_stdin[] = { "-" };

struct post_input *
post_input_new(char *const *paths, size_t n, const struct post_input_conf *conf)
{
	struct post_input *in = post_resize(NULL, 1, sizeof *in);

	*in = (struct post_input){ .conf = conf, .paths = n > 0 ? paths : only_stdin,
	    .n_paths = n > 0 ? n : 1, .src.fd = -1 };
	in->tail = &in->queue;
	pthread_mutex_init(&in->lock, NULL);
	pthread_cond_init(&in->changed, NULL);
	return in;
}

const char *
post_input_name(const struct post_input *in, uint32_t file)
{
	return strcmp(in->paths[file], "-") == 0 ? "<stdin>" : in->paths[file];
}

static void
report(struct post_input *in, const struct post_err *err)
{
	if (in->conf->report != NULL)
		in->conf->report(in->conf->arg, post_input_name(in, (uint32_t)in->at - 1), err);
}

static struct post_block *
new_block(struct post_input *in, size_t cap)
{
	struct post_block *b;

	pthread_mutex_lock(&in->lock);
	if ((b = in->spare) != NULL)
		in->spare = b->next;
	pthread_mutex_unlock(&in->lock);
	if (b == NULL) {
		b = post_resize(NULL, 1, sizeof *b);
		*b = (struct post_block){ 0 };
	}
	if (b->cap < cap) {
		free(b->p);
		b->p = post_resize(NULL, cap, 1);
		b->cap = cap;
	}
	return b;
}

static void
free_blocks(struct post_block *b)
{
	while (b != NULL) {
		struct post_block *next = b->next;

		free(b->p);
		free(b);
		b = next;
	}
}

void
post_input_release(struct post_input *in, struct post_block *b)
{
	pthread_mutex_lock(&in->lock);
	b->next = in->spare;
	in->spare = b;
	pthread_mutex_unlock(&in->lock);
}

/* Read until B is full or the operand ends. */
static void
fill(struct source *s, struct post_block *b)
{
	while (b->n < b->cap && !s->done) {
		ptrdiff_t got = post_decode_read(s->decode, b->p + b->n, b->cap - b->n, &s->err);

		if (got > 0)
			b->n += (size_t)got;
		s->failed = got < 0;
		s->done = got <= 0;
	}
}

/* B begins inside a line that is too long: drop bytes up to its end.  Is that in B? */
static bool
skip_rest_of_line(struct source *s, struct post_block *b)
{
	char *nl = memchr(b->p, '\n', b->n);
	size_t drop = nl != NULL ? (size_t)(nl + 1 - b->p) : b->n;

	memmove(b->p, b->p + drop, b->n - drop);
	b->n -= drop;
	s->byte += drop;
	s->skipping = nl == NULL;
	return nl != NULL;
}

static void
too_long(struct source *s)
{
	if (s->too_long.code == POST_OK) {
		post_fail(&s->too_long, POST_ELIMIT, "a line of over %d MiB is left out", POST_LINE_MAX >> 20);
		s->too_long.byte = s->byte;
		s->too_long.has_byte = 1;
	}
	s->skipping = true;
}

/* No line ends in B, which is full: make it larger, or give the line up. */
static void
outgrow(struct source *s, struct post_block *b)
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
cut(const struct post_input *in, struct post_block *b)
{
	size_t n = in->conf->cut != NULL ? in->conf->cut(b) : 0;
	const char *nl;

	b->whole = n > 0;
	if (n > 0)
		return n;
	nl = memrchr(b->p, '\n', b->n);
	b->whole = in->conf->cut == NULL;
	return nl != NULL ? (size_t)(nl + 1 - b->p) : 0;
}

static void
carry_over(struct source *s, struct post_block *b, size_t keep)
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
block_size(const struct post_input *in, const struct source *s)
{
	size_t size = in->conf->block != 0 ? in->conf->block : s->first ? FIRST_BLOCK : USUAL_BLOCK;

	if (size < 2 * s->n_carry)
		size = 2 * s->n_carry;
	return size < POST_LINE_MAX ? size : POST_LINE_MAX;
}

/* The operand's next block.  Runs in one thread at a time. */
static struct post_block *
produce(struct post_input *in)
{
	struct source *s = &in->src;
	struct post_block *b = new_block(in, block_size(in, s));
	size_t keep = 0;

	if (s->n_carry > 0)
		memcpy(b->p, s->carry, s->n_carry);
	b->n = s->n_carry;
	b->first = s->first;
	b->tag = s->tag;
	for (;;) {
		fill(s, b);
		if (s->skipping && !skip_rest_of_line(s, b) && !s->done)
			continue;
		if (b->n < b->cap && !s->done)
			continue;
		if (s->done || (keep = cut(in, b)) > 0)
			break;
		outgrow(s, b);
	}
	b->last = s->done;
	if (s->done) {
		keep = b->n;
		b->whole = true;
		if (in->conf->cut != NULL && b->first)
			(void)in->conf->cut(b);
	}
	carry_over(s, b, keep);
	b->byte = s->byte;
	s->byte += keep;
	s->tag = b->tag;
	s->first = false;
	return b;
}

static void *
unpack_ahead(void *arg)
{
	struct post_input *in = arg;
	struct post_block *b;
	bool last, stop;

	do {
		b = produce(in);
		b->next = NULL;
		last = b->last;
		pthread_mutex_lock(&in->lock);
		while (in->queued >= AHEAD && !in->stop)
			pthread_cond_wait(&in->changed, &in->lock);
		stop = in->stop;
		*in->tail = b;
		in->tail = &b->next;
		in->queued++;
		pthread_cond_broadcast(&in->changed);
		pthread_mutex_unlock(&in->lock);
	} while (!last && !stop);
	return NULL;
}

/* A thread that cannot be had is done without. */
static void
start_thread(struct post_input *in)
{
	pthread_attr_t attr;

	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STACK);
	in->threaded = pthread_create(&in->thread, &attr, unpack_ahead, in) == 0;
	pthread_attr_destroy(&attr);
}

static struct post_block *
dequeue(struct post_input *in)
{
	struct post_block *b;

	pthread_mutex_lock(&in->lock);
	while (in->queue == NULL)
		pthread_cond_wait(&in->changed, &in->lock);
	b = in->queue;
	if ((in->queue = b->next) == NULL)
		in->tail = &in->queue;
	in->queued--;
	pthread_cond_broadcast(&in->changed);
	pthread_mutex_unlock(&in->lock);
	return b;
}

static void
join_thread(struct post_input *in)
{
	if (!in->threaded)
		return;
	pthread_mutex_lock(&in->lock);
	in->stop = true;
	pthread_cond_broadcast(&in->changed);
	pthread_mutex_unlock(&in->lock);
	pthread_join(in->thread, NULL);
	in->threaded = in->stop = false;
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

/* Open operands until one opens.  Is there one? */
static bool
open_next(struct post_input *in)
{
	struct source *s = &in->src;
	struct post_err err;
	int log = in->conf->window_log;

	while (in->at < in->n_paths) {
		int fd = open_operand(in->paths[in->at++], &err);

		if (fd == -1) {
			report(in, &err);
			in->partly = true;
			continue;
		}
		*s = (struct source){ .fd = fd, .first = true, .tag = in->conf->tag, .carry = s->carry, .cap_carry = s->cap_carry,
		    .decode = post_decode_new(fd, log != 0 ? log : POST_WINDOW_DEFAULT_LOG) };
		return in->open = true;
	}
	return false;
}

static void
report_trailing(struct post_input *in)
{
	struct post_err err;
	uint64_t byte;

	if (!post_decode_trailing(in->src.decode, &byte))
		return;
	post_fail(&err, POST_EFORMAT, "bytes behind the end of the archive are left out");
	err.byte = byte;
	err.has_byte = 1;
	report(in, &err);
}

/* The operand ended: say what was wrong with it. */
static void
close_operand(struct post_input *in)
{
	struct source *s = &in->src;

	join_thread(in);
	if (s->too_long.code != POST_OK)
		report(in, &s->too_long);
	if (s->failed)
		report(in, &s->err);
	report_trailing(in);
	in->partly |= s->failed || s->too_long.code != POST_OK;
	in->readable += s->byte > 0 || !s->failed;
	post_decode_free(s->decode);
	s->decode = NULL;
	if (s->fd != STDIN_FILENO)
		close(s->fd);
	in->open = false;
}

/* An archive inside an archive has no lines to give. */
static void
check_layers(struct post_input *in, const struct post_block *b)
{
	struct post_err err;

	if (!b->first || !post_decode_is_packed(in->src.decode) || !post_decode_is_archive((struct post_str){ b->p, b->n }))
		return;
	post_fail(&err, POST_EFORMAT, "packed twice: unpack it once first");
	report(in, &err);
	in->partly = true;
}

static bool
worth_a_thread(const struct post_input *in)
{
	const struct post_decode *d = in->src.decode;

	if (in->threaded || in->conf->no_thread || !post_decode_is_packed(d))
		return false;
	return (in->conf->readers < 2 || post_decode_is_slow(d)) && sysconf(_SC_NPROCESSORS_ONLN) > 1;
}

struct post_block *
post_input_next(struct post_input *in)
{
	struct post_block *b;

	if (!in->open && !open_next(in))
		return NULL;
	if (!in->threaded && !in->src.first && worth_a_thread(in))
		start_thread(in);
	b = in->threaded ? dequeue(in) : produce(in);
	b->seq = in->seq++;
	b->file = (uint32_t)in->at - 1;
	in->bytes += b->n;
	if (in->conf->progress != NULL)
		in->conf->progress(in->conf->arg, in->bytes);
	if (in->conf->keep != NULL)
		in->conf->keep(in->conf->keep_arg, b);
	check_layers(in, b);
	if (b->last)
		close_operand(in);
	return b;
}

bool
post_input_at_end(const struct post_input *in, const struct post_block *b)
{
	return b->last && b->file + 1 == in->n_paths;
}

int
post_input_status(const struct post_input *in)
{
	return in->readable == 0 ? 2 : in->partly ? 1 : 0;
}

uint64_t
post_input_bytes(const struct post_input *in)
{
	return in->bytes;
}

void
post_input_free(struct post_input *in)
{
	join_thread(in);
	if (in->open) {
		post_decode_free(in->src.decode);
		if (in->src.fd != STDIN_FILENO)
			close(in->src.fd);
	}
	free_blocks(in->queue);
	free_blocks(in->spare);
	free(in->src.carry);
	pthread_mutex_destroy(&in->lock);
	pthread_cond_destroy(&in->changed);
	free(in);
}
