/* SPDX-License-Identifier: BSD-2-Clause */
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>
#include "../base/mem.h"
#include "source.h"

enum { AHEAD = 3, STACK = 256 << 10 };

struct post_input {
	const struct post_input_conf	*conf;
	char *const			*paths;
	size_t				 n_paths, at;	/* paths[at] is next to be opened */
	uint64_t			 seq, bytes;
	size_t				 readable;	/* operands that gave anything at all */
	bool				 partly;
	bool				 open;
	struct post_source		 src;

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

/* The operand's next block.  Runs in one thread at a time. */
static struct post_block *
produce(struct post_input *in)
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
	post_source_room(&in->src, b);
	post_source_next(&in->src, b);
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

/* Open operands until one opens.  Is there one? */
static bool
open_next(struct post_input *in)
{
	const struct post_shard *shards = in->conf->shards;
	struct post_err err;

	while (in->at < in->n_paths) {
		size_t i = in->at++;

		if (post_source_open(&in->src, in->paths[i], shards != NULL ? &shards[i] : NULL, in->conf, &err) == 0)
			return in->open = true;
		report(in, &err);
		in->partly = true;
	}
	return false;
}

static void
report_trailing(struct post_input *in)
{
	struct post_err err;
	uint64_t byte;

	if (!post_decode_trailing(in->src.slice.decode, &byte))
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
	struct post_source *s = &in->src;

	join_thread(in);
	if (s->too_long.code != POST_OK)
		report(in, &s->too_long);
	if (s->failed)
		report(in, &s->err);
	report_trailing(in);
	in->partly |= s->failed || s->too_long.code != POST_OK;
	in->readable += s->byte > 0 || !s->failed;
	post_source_close(s);
	in->open = false;
}

/* An archive inside an archive has no lines to give. */
static void
check_layers(struct post_input *in, const struct post_block *b)
{
	struct post_err err;

	if (!b->first || !post_decode_is_packed(in->src.slice.decode) || !post_decode_is_archive((struct post_str){ b->p, b->n }))
		return;
	post_fail(&err, POST_EFORMAT, "packed twice: unpack it once first");
	report(in, &err);
	in->partly = true;
}

static bool
worth_a_thread(const struct post_input *in)
{
	const struct post_decode *d = in->src.slice.decode;

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
	if (in->open)
		post_source_close(&in->src);
	free_blocks(in->queue);
	free_blocks(in->spare);
	post_source_free(&in->src);
	pthread_mutex_destroy(&in->lock);
	pthread_cond_destroy(&in->changed);
	free(in);
}
