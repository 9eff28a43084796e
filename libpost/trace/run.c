/* SPDX-License-Identifier: BSD-2-Clause */
#include <pthread.h>
#include <stdlib.h>
#include "run.h"

/* STACK: the demangler has arrays of a MiB there, and recurses; only what is touched is used. */
enum { JOBS_MAX = 256, STACK = 8 << 20 };

void
post_run_free(struct post_run *run)
{
	free(run->block);
	*run = (struct post_run){ 0 };
}

/* Block SEQ has so many lines.  Blocks may be finished in any order. */
static void
block_done(struct post_run *run, uint64_t seq, uint32_t file, uint64_t lines)
{
	while (run->cap <= seq)
		run->block = post_room(run->block, run->cap, &run->cap, sizeof *run->block);
	run->block[seq].file = file;
	run->block[seq].lines = lines;
}

/* From lines counted in blocks to lines counted in operands. */
static void
resolve(struct post_run *run)
{
	for (int k = 0; k < POST_NOTES; k++) {
		struct post_place *at = &run->notes.kind[k].first;

		if (run->notes.kind[k].n == 0)
			continue;
		for (uint64_t seq = at->seq; seq-- > 0 && run->block[seq].file == at->file;)
			at->line += run->block[seq].lines;
	}
}

int
post_run_stacks(struct post_run *run, struct post_input *in, const struct post_stacks_conf *conf,
    struct post_names *names, void *arg, struct post_err *err)
{
	struct post_stacks s;
	struct post_block *b;
	int64_t lines = 0;

	post_stacks_init(&s, conf, names, arg);
	while (lines >= 0 && (b = post_input_next(in)) != NULL) {
		lines = post_stacks_block(&s, b, err);
		if (lines >= 0)
			block_done(run, b->seq, b->file, (uint64_t)lines);
		post_input_release(in, b);
	}
	post_notes_merge(&run->notes, &s.notes);
	resolve(run);
	post_stacks_free(&s);
	return lines >= 0 ? 0 : -1;
}

/* What the threads of one fold share. */
struct job {
	struct post_run			*run;
	struct post_input		*in;
	pthread_mutex_t			 lock;	/* over in, run, failed and err */
	bool				 failed;
	struct post_err			*err;
};

struct worker {
	struct job		*job;
	struct post_fold	*fold;		/* the caller's in the first thread, own in the others */
	struct post_fold	 own;
	struct post_stacks	 stacks;
	pthread_t		 thread;
};

static int
add(void *arg, const struct post_stack *stack, struct post_err *err)
{
	return post_fold_add(arg, stack, err);
}

/* Lock held: the block has these lines, or failed. */
static void
account(struct job *job, const struct post_block *b, int64_t lines, const struct post_err *err)
{
	if (lines >= 0)
		block_done(job->run, b->seq, b->file, (uint64_t)lines);
	else if (!job->failed) {
		job->failed = true;
		*job->err = *err;
	}
}

/*
 * Take the next block.  Blocks that end inside a stack are read under the
 * lock, up to the one that does not, so that one thread sees the whole stack.
 */
static struct post_block *
take(struct worker *w)
{
	struct job *job = w->job;
	struct post_block *b;
	struct post_err err;

	while (!job->failed && (b = post_input_next(job->in)) != NULL) {
		if (b->whole)
			return b;
		account(job, b, post_stacks_block(&w->stacks, b, &err), &err);
		post_input_release(job->in, b);
	}
	return NULL;
}

/* Read B, which is held, and all that follows. */
static void
read_from(struct worker *w, struct post_block *b)
{
	struct job *job = w->job;

	while (b != NULL) {
		struct post_err err;
		int64_t lines = post_stacks_block(&w->stacks, b, &err);

		pthread_mutex_lock(&job->lock);
		account(job, b, lines, &err);
		post_input_release(job->in, b);
		b = take(w);
		pthread_mutex_unlock(&job->lock);
	}
}

static void *
work(void *arg)
{
	struct worker *w = arg;
	struct post_block *b;

	pthread_mutex_lock(&w->job->lock);
	b = take(w);
	pthread_mutex_unlock(&w->job->lock);
	read_from(w, b);
	return NULL;
}

/* How many of N threads start; one that cannot is done without. */
static unsigned
start(struct worker *w, unsigned n)
{
	pthread_attr_t attr;
	unsigned i;

	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STACK);
	for (i = 0; i < n && pthread_create(&w[i].thread, &attr, work, &w[i]) == 0; i++)
		;
	pthread_attr_destroy(&attr);
	return i;
}

/* The others start when there is more than a block: most input is no larger. */
static void
run_workers(struct worker *w, unsigned jobs)
{
	struct post_block *b = take(w);
	unsigned i, started = b != NULL && !post_input_at_end(w->job->in, b) ? start(w + 1, jobs - 1) : 0;

	read_from(w, b);
	for (i = 1; i <= started; i++)
		pthread_join(w[i].thread, NULL);
}

/* Add what W found to FOLD, and free W. */
static void
gather(struct worker *w, struct post_run *run, struct post_fold *fold, struct post_err *err)
{
	post_notes_merge(&run->notes, &w->stacks.notes);
	if (w->fold != fold && !w->job->failed && post_fold_merge(fold, w->fold, err) == -1)
		w->job->failed = true;
	post_stacks_free(&w->stacks);
	post_fold_free(&w->own);
}

int
post_run_fold(struct post_run *run, struct post_input *in, const struct post_stacks_conf *conf,
    unsigned jobs, struct post_fold *fold, struct post_err *err)
{
	struct post_stacks_conf folding = *conf;
	struct job job = { .run = run, .in = in, .err = err };
	struct worker *w;
	unsigned i;

	jobs = jobs < 1 ? 1 : jobs > JOBS_MAX ? JOBS_MAX : jobs;
	w = post_resize(NULL, jobs, sizeof *w);
	memset(w, 0, jobs * sizeof *w);
	folding.stack = add;
	pthread_mutex_init(&job.lock, NULL);
	for (i = 0; i < jobs; i++) {
		w[i].job = &job;
		w[i].fold = i == 0 ? fold : &w[i].own;
		post_stacks_init(&w[i].stacks, &folding, &w[i].fold->names, w[i].fold);
	}
	run_workers(w, jobs);
	for (i = 0; i < jobs; i++)
		gather(&w[i], run, fold, err);
	if (!job.failed)
		resolve(run);
	pthread_mutex_destroy(&job.lock);
	free(w);
	return job.failed ? -1 : 0;
}
