/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "../io/beneath.h"
#include "../trace/judge.h"
#include "batch.h"
#include "cost.h"
#include "draw.h"
#include "place.h"

enum { BLOCK = 256 << 10, STACK = 8 << 20 };
static const int64_t fresh = 2000000000;	/* ns: a file that was changed so short before it was read may have been changed again within its clock's tick */
static const uint64_t per_trace = 24 << 20, per_byte = 8;	/* memory that a trace is taken for: at least, and by its size */

bool
post_is_unchanged(const struct post_found *f, const struct post_trace_record *old, const char *rules)
{
	return old != NULL && old->size == f->size && old->mtime == f->mtime && old->inode == f->inode && f->mtime < old->read - fresh &&
	    strcmp(old->rules, rules) == 0;
}

/* What the threads share. */
struct batch {
	const struct post_batch_conf	*conf;
	struct post_task		*task;
	size_t				 n, next;
	uint64_t			 free_memory;
	unsigned			 busy;
	bool				 stopped;
	struct post_err			 error;		/* why a thread could do nothing */
	pthread_mutex_t			 lock;
	pthread_cond_t			 freed;
};

/* What a thread makes of one trace. */
struct product {
	struct batch		*batch;
	struct post_task	*task;
	struct post_trace_record	 record;
	struct post_buf		 place, message, samples, findings, costs;
	struct post_err		 error;		/* of writing; code 0: none */
};

static bool
hash_file(const char *path, uint64_t hash[2])
{
	int fd = open(path, POST_OPEN_FLAGS);
	XXH3_state_t *state = XXH3_createState();
	char *block = post_resize(NULL, BLOCK, 1);
	XXH128_hash_t h;
	ssize_t n = -1;

	XXH3_128bits_reset(state);
	while (fd != -1 && (n = read(fd, block, BLOCK)) > 0)
		XXH3_128bits_update(state, block, (size_t)n);
	h = XXH3_128bits_digest(state);
	hash[0] = h.low64;
	hash[1] = h.high64;
	if (fd != -1)
		close(fd);
	XXH3_freeState(state);
	free(block);
	return n == 0;
}

static void
put_folded(struct product *p, const struct post_trace_reading *r, struct post_out *out)
{
	if (p->batch->conf->compress && post_out_pack(out, &p->error) == -1)
		return;
	post_fold_write(&r->fold, out);
}

static void
put_svg(struct product *p, const struct post_trace_reading *r, struct post_out *out)
{
	struct post_svg_opts o = p->batch->conf->svg;

	o.title = p->task->title;
	post_draw(&r->fold, &o, out);
}

static void
put_thumb(struct product *p, const struct post_trace_reading *r, struct post_out *out)
{
	(void)p;
	post_draw_thumb(&r->fold, out);
}

static void
put_output(struct product *p, enum post_output output, const struct post_trace_reading *r)
{
	static void (*const put[])(struct product *, const struct post_trace_reading *, struct post_out *) = { put_folded, put_svg, put_thumb };
	struct post_buf path = { 0 };
	struct post_out out;

	post_putf(&path, "%s/%s%s", p->batch->conf->out, p->place.s, post_output_ending(output, p->batch->conf->compress));
	if (post_out_open(&out, path.s, &p->error) == 0) {
		put[output](p, r, &out);
		if (p->error.code == POST_OK)
			(void)post_out_close(&out, &p->error);
		else
			post_out_discard(&out);
	}
	post_buf_free(&path);
}

static const char *const worths[] = { "usable", "usable with care", "no profile" };

static void
judge(struct product *p, const struct post_trace_reading *r)
{
	struct post_findings findings = { 0 };

	post_judge(&findings, &r->run.account);
	post_findings_sort(&findings);
	p->record.verdict = worths[post_worth_of(post_findings_worst(&findings))];
	post_puts(&p->findings, "");
	for (size_t i = 0; i < findings.n; i++) {
		const struct post_finding *f = &findings.v[i];

		post_putf(&p->findings, "%s\t%s\t", post_finding_name(f->id), post_severity_name(f->severity, POST_ENGLISH));
		post_finding_put(&p->findings, f, POST_ENGLISH);
		post_putc(&p->findings, '\n');
	}
	post_findings_free(&findings);
}

static void
describe(struct product *p, struct post_trace_reading *r)
{
	bool stacks = post_reading_has_stacks(&p->batch->conf->reading, r);
	struct post_count total;
	struct post_err err;

	if (post_fold_total(&r->fold, &total, &err) == 0)
		post_put_count(&p->samples, total);
	p->record.stacks = r->fold.n;
	p->record.status = r->status == 0 && !stacks ? 2 : r->status;
	post_puts(&p->message, !stacks && r->trouble.code == POST_OK ? "no stacks in it" : "");
	if (r->trouble.code != POST_OK)
		post_put_trouble(&p->message, &r->trouble);
	if (p->record.status != 0 && r->trouble.code == POST_EIO)
		p->record.read = 0;	/* it may be better the next time, with the same file */
	if (p->record.status == 2 && r->trouble.code == POST_EIO)
		p->record.verdict = "";
	else
		judge(p, r);
	post_puts(&p->costs, "");
	post_put_costs(&p->costs, &r->fold);
}

/* Of a trace of which nothing could be read none are left. */
static void
write_outputs(struct product *p, const struct post_trace_reading *r)
{
	const struct post_batch_conf *c = p->batch->conf;
	struct post_buf other = { 0 };

	if (p->record.status == 2) {
		post_unlink_outputs(c->out, p->place.s);
		return;
	}
	if (post_make_directories(c->out, post_buf_str(&p->place), &p->error) == -1)
		return;
	for (enum post_output o = 0; o < POST_OUTPUTS && p->error.code == POST_OK; o++)
		put_output(p, o, r);
	post_putf(&other, "%s/%s%s", c->out, p->place.s, post_output_ending(POST_FOLDED, !c->compress));
	(void)unlink(other.s);
	post_buf_free(&other);
}

static int64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void
tell_done(struct batch *b, const struct post_trace_record *r, bool made, const struct post_err *error)
{
	pthread_mutex_lock(&b->lock);
	if (!b->conf->done(b->conf->arg, r, made, error))
		b->stopped = true;
	pthread_mutex_unlock(&b->lock);
}

static void
finish(struct product *p)
{
	p->record.message = p->message.s;
	p->record.samples = p->samples.s != NULL ? p->samples.s : "";
	p->record.findings = p->findings.s != NULL ? p->findings.s : "";
	p->record.costs = post_buf_str(&p->costs);
	tell_done(p->batch, &p->record, true, p->error.code != POST_OK ? &p->error : NULL);
}

/* Read it, and write what comes of it. */
static void
make(struct product *p, struct post_reader *reader)
{
	struct post_trace_reading r = { 0 };

	if (post_read_trace(reader, p->task->found.path, &r, &r.trouble) == -1)
		r.status = 2;
	post_fold_select(&r.fold, 0, 0);
	describe(p, &r);
	write_outputs(p, &r);
	finish(p);
	post_reading_free(&r);
}

/* The file has another time, and what it had. */
static void
keep(struct product *p)
{
	const struct post_found *f = &p->task->found;
	struct post_trace_record r = *p->task->old;

	r.mtime = f->mtime;
	r.inode = f->inode;
	r.read = p->record.read;
	tell_done(p->batch, &r, false, NULL);
}

static void
work_on(struct batch *b, struct post_task *t, struct post_reader *reader)
{
	struct product p = { .batch = b, .task = t, .record = { .name = t->found.name, .size = t->found.size, .mtime = t->found.mtime,
		.inode = t->found.inode, .rules = b->conf->rules, .read = now(), .message = "", .verdict = "", .findings = "", .samples = "" } };
	bool same = hash_file(t->found.path, p.record.hash) && t->old != NULL && memcmp(t->old->hash, p.record.hash, sizeof p.record.hash) == 0 &&
	    strcmp(t->old->rules, b->conf->rules) == 0 && t->old->status == 0;

	post_put_place(&p.place, "traces", post_str_of(t->found.name));
	if (same)
		keep(&p);
	else
		make(&p, reader);
	post_buf_free(&p.place);
	post_buf_free(&p.message);
	post_buf_free(&p.samples);
	post_buf_free(&p.findings);
	post_buf_free(&p.costs);
}

static uint64_t
memory_of(const struct batch *b, const struct post_task *t)
{
	uint64_t bytes = per_trace + (t->found.size < b->conf->memory / per_byte ? t->found.size * per_byte : b->conf->memory);

	return bytes < b->conf->memory ? bytes : b->conf->memory;
}

/* The next task for which there is memory; NULL: there are no more. */
static struct post_task *
take(struct batch *b, uint64_t *memory)
{
	struct post_task *t = NULL;

	pthread_mutex_lock(&b->lock);
	while (b->next < b->n && !b->stopped && b->busy > 0 && memory_of(b, &b->task[b->next]) > b->free_memory)
		pthread_cond_wait(&b->freed, &b->lock);
	if (b->next < b->n && !b->stopped) {
		t = &b->task[b->next++];
		*memory = memory_of(b, t);
		b->free_memory -= *memory < b->free_memory ? *memory : b->free_memory;
		b->busy++;
	}
	pthread_mutex_unlock(&b->lock);
	return t;
}

static void
give_back(struct batch *b, uint64_t memory)
{
	pthread_mutex_lock(&b->lock);
	b->free_memory += memory;
	b->busy--;
	pthread_cond_broadcast(&b->freed);
	pthread_mutex_unlock(&b->lock);
}

static void *
work(void *arg)
{
	struct batch *b = arg;
	struct post_reader reader;
	struct post_task *t;
	struct post_err err;
	uint64_t memory;

	if (post_reader_init(&reader, &b->conf->reading, &err) == -1) {
		pthread_mutex_lock(&b->lock);
		b->error = err;
		b->stopped = true;
		pthread_mutex_unlock(&b->lock);
		return NULL;
	}
	while ((t = take(b, &memory)) != NULL) {
		work_on(b, t, &reader);
		give_back(b, memory);
	}
	post_reader_free(&reader);
	return NULL;
}

static int
by_size(const void *pa, const void *pb)
{
	const struct post_task *a = pa, *b = pb;

	if (a->found.size != b->found.size)
		return a->found.size > b->found.size ? -1 : 1;
	return strcmp(a->found.name, b->found.name);
}

static void
run_threads(struct batch *b, unsigned jobs)
{
	pthread_t *thread = post_resize(NULL, jobs, sizeof *thread);
	pthread_attr_t attr;
	unsigned i, started = 0;

	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STACK);
	for (i = 1; i < jobs && pthread_create(&thread[started], &attr, work, b) == 0; i++)
		started++;
	pthread_attr_destroy(&attr);
	(void)work(b);
	while (started-- > 0)
		pthread_join(thread[started], NULL);
	free(thread);
}

int
post_batch_run(const struct post_batch_conf *conf, struct post_task *task, size_t n, struct post_err *err)
{
	struct batch b = { .conf = conf, .task = task, .n = n, .free_memory = conf->memory };

	if (n == 0)
		return 0;
	qsort(task, n, sizeof *task, by_size);
	pthread_mutex_init(&b.lock, NULL);
	pthread_cond_init(&b.freed, NULL);
	run_threads(&b, conf->jobs < n ? conf->jobs : (unsigned)n);
	pthread_cond_destroy(&b.freed);
	pthread_mutex_destroy(&b.lock);	*err = b.error;
	return b.error.code == POST_OK ? 0 : -1;
}
