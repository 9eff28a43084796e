/* SPDX-License-Identifier: BSD-2-Clause */
#include <pthread.h>
#include <stdlib.h>
#include "run.h"

/* STACK: the demangler has arrays of a MiB there, and recurses; only what is touched is used. */
enum { JOBS_MAX = 256, STACK = 8 << 20 };

void
post_run_free(struct post_run *run)
{
	post_account_free(&run->account);
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

static void
number(void *arg, struct post_place *at)
{
	const struct post_run *run = arg;

	for (uint64_t seq = at->seq; seq-- > 0 && run->block[seq].file == at->file;)
		at->line += run->block[seq].lines;
}

void
post_run_resolve(struct post_run *run)
{
	post_counts_join(&run->account.counts);
	post_said_join(&run->account.said);
	post_account_places(&run->account, number, run);
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
	post_account_merge(&run->account, &s.account);
	post_run_resolve(run);
	post_stacks_free(&s);
	return lines >= 0 ? 0 : -1;
}

/* What the threads of one run share. */
struct job {
	struct post_run		*run;
	struct post_input	*in;
	post_block_fn		*block;
	pthread_mutex_t		 lock;	/* over in, run, failed and err */
	bool			 failed;
	struct post_err		*err;
};

struct worker {
	struct job	*job;
	void		*arg;
	pthread_t	 thread;
};

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
		account(job, b, job->block(w->arg, b, &err), &err);
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
		int64_t lines = job->block(w->arg, b, &err);

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

int
post_run_blocks(struct post_run *run, struct post_input *in, post_block_fn *block, void *const *args, unsigned n,
    struct post_err *err)
{
	struct job job = { .run = run, .in = in, .block = block, .err = err };
	struct worker *w = post_resize(NULL, n, sizeof *w);
	unsigned i;

	for (i = 0; i < n; i++)
		w[i] = (struct worker){ .job = &job, .arg = args[i] };
	pthread_mutex_init(&job.lock, NULL);
	run_workers(w, n);
	pthread_mutex_destroy(&job.lock);
	free(w);
	return job.failed ? -1 : 0;
}

unsigned
post_run_jobs(uint64_t wanted)
{
	return wanted < 1 ? 1 : wanted > JOBS_MAX ? JOBS_MAX : (unsigned)wanted;
}

/* One thread of a fold. */
struct folder {
	struct post_stacks	 stacks;
	struct post_fold	*fold;	/* the caller's in the first thread, own in the others */
	struct post_fold	 own;
};

static int
add(void *arg, const struct post_stack *stack, struct post_err *err)
{
	return post_fold_add(arg, stack, err);
}

static int64_t
fold_block(void *arg, const struct post_block *b, struct post_err *err)
{
	struct folder *f = arg;

	return post_stacks_block(&f->stacks, b, err);
}

/* Add what F found to FOLD, unless the run FAILED, and free F. */
static int
gather(struct folder *f, struct post_run *run, struct post_fold *fold, int failed, struct post_err *err)
{
	post_account_merge(&run->account, &f->stacks.account);
	if (f->fold != fold && failed == 0)
		failed = post_fold_merge(fold, f->fold, err);
	post_stacks_free(&f->stacks);
	post_fold_free(&f->own);
	return failed;
}

int
post_run_fold(struct post_run *run, struct post_input *in, const struct post_stacks_conf *conf,
    unsigned jobs, struct post_fold *fold, struct post_err *err)
{
	struct post_stacks_conf folding = *conf;
	unsigned i, n = post_run_jobs(jobs);
	struct folder *f = post_resize(NULL, n, sizeof *f);
	void **args = post_resize(NULL, n, sizeof *args);
	int failed;

	memset(f, 0, n * sizeof *f);
	folding.stack = add;
	for (i = 0; i < n; i++) {
		f[i].fold = i == 0 ? fold : &f[i].own;
		post_stacks_init(&f[i].stacks, &folding, &f[i].fold->names, f[i].fold);
		args[i] = &f[i];
	}
	failed = post_run_blocks(run, in, fold_block, args, n, err);
	for (i = 0; i < n; i++)
		failed = gather(&f[i], run, fold, failed, err);
	if (failed == 0)
		post_run_resolve(run);
	free(args);
	free(f);
	return failed;
}
