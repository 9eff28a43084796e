/* SPDX-License-Identifier: BSD-2-Clause */
/* A tree of traces on one machine: what is new is read, what is gone goes, and the page is made anew. */
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "../libpost/batch/place.h"
#include "batch-site.h"

static void
report(void *arg, const char *path, const struct post_err *err)
{
	struct site *s = arg;

	s->status = TOOL_PARTLY;
	s->unseen = true;
	tool_warn(&batch_tool, path, err);
}

/* The directory is ours alone until we end. */
static void
lock(struct site *s)
{
	struct post_buf path = { 0 };
	struct post_err err;

	if (mkdir(s->out, 0777) == -1 && errno != EEXIST) {
		post_fail(&err, POST_EIO, "%s: %s", s->out, strerror(errno));
		tool_fail(&batch_tool, &err);
	}
	post_putf(&path, "%s/.bt-batch.lock", s->out);
	s->lock = open(path.s, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (s->lock == -1 || flock(s->lock, LOCK_EX | LOCK_NB) == -1) {
		post_fail(&err, POST_EIO, "%s: %s", s->out, errno == EWOULDBLOCK ? "another bt-batch is at work there" : strerror(errno));
		tool_fail(&batch_tool, &err);
	}
	post_buf_free(&path);
}

/* What a run left half written that was killed. */
static void
remove_temporary(const struct site *s)
{
	char *roots[] = { (char *)(uintptr_t)s->out, NULL };
	FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR | FTS_NOSTAT, NULL);
	FTSENT *e;

	while (fts != NULL && (e = fts_read(fts)) != NULL)
		if (strncmp(e->fts_name, POST_TEMPORARY, strcspn(POST_TEMPORARY, "X")) == 0)
			(void)unlink(e->fts_path);
	if (fts != NULL)
		fts_close(fts);
}

void
batch_begin_changes(struct site *s)
{
	struct post_err err;

	if (s->changing)
		return;
	s->changing = true;
	if (post_store_set(s->store, "running", "yes", &err) == -1 || post_store_set(s->store, "page", "", &err) == -1 ||
	    post_store_commit(s->store, &err) == -1)
		tool_fail(&batch_tool, &err);
}

static void
end_changes(struct site *s)
{
	struct post_err err;

	if (s->changing && (post_store_set(s->store, "running", "no", &err) == -1 || post_store_commit(s->store, &err) == -1))
		tool_fail(&batch_tool, &err);
}

static void
open_store(struct site *s)
{
	struct post_buf path = { 0 };
	struct post_err err;
	int64_t n;

	post_putf(&path, "%s/.bt-batch.db", s->out);
	if (post_store_open(&s->store, path.s, &err) == -1 || (n = post_store_load(s->store, &s->mem, &s->old, &err)) == -1)
		tool_fail(&batch_tool, &err);
	s->n_old = (size_t)n;
	post_buf_free(&path);
	s->page = post_store_get(s->store, "page", &s->mem);
	if (strcmp(post_store_get(s->store, "running", &s->mem), "yes") == 0)
		remove_temporary(s);
}

/* The names in --list, one a line. */
static void
find_listed(struct site *s)
{
	char *path = (char *)(uintptr_t)s->conf->list;
	struct post_input *in = tool_input_lines(&batch_tool, &s->conf->common, &path, 1);
	struct post_block *b;

	while ((b = post_input_next(in)) != NULL) {
		struct post_str rest = { b->p, b->n }, line;

		while (post_next_line(&rest, &line))
			if (line.n > 0)
				post_find(&s->finds, post_keep(&s->mem, line).p, s->out, report, s);
		post_input_release(in, b);
	}
	if (post_input_status(in) != TOOL_DONE)
		s->status = TOOL_PARTLY;
	post_input_free(in);
}

static void
find(struct site *s, char **roots, int n)
{
	for (int i = 0; i < n; i++)
		post_find(&s->finds, roots[i], s->out, report, s);
	if (s->conf->list != NULL)
		find_listed(s);
	post_finds_sort(&s->finds);
}

static int
name_to_record(const void *name, const void *record)
{
	return strcmp(name, ((const struct post_trace_record *)record)->name);
}

static int
name_to_found(const void *name, const void *found)
{
	return strcmp(name, ((const struct post_found *)found)->name);
}

static const struct post_trace_record *
old_of(const struct site *s, const char *name)
{
	return s->n_old > 0 ? bsearch(name, s->old, s->n_old, sizeof *s->old, name_to_record) : NULL;
}

static bool
is_found(const struct site *s, const char *name)
{
	return s->finds.n > 0 && bsearch(name, s->finds.v, s->finds.n, sizeof *s->finds.v, name_to_found) != NULL;
}

/* The outputs of a trace, below the site, to be free(3)d. */
static char *
place_of(const char *name)
{
	struct post_buf place = { 0 };

	post_put_place(&place, "traces", post_str_of(name));
	return place.s;
}

/* What the run before knew of F, when all that it made of it is there. */
static const struct post_trace_record *
known(const struct site *s, const struct post_found *f)
{
	const struct post_trace_record *old = s->conf->force ? NULL : old_of(s, f->name);
	char *place;

	if (old == NULL || old->status == 2)
		return old;
	place = place_of(f->name);
	if (!post_has_outputs(s->out, place, s->conf->compress))
		old = NULL;
	free(place);
	return old;
}

/* What is new or changed since the run before. */
static void
plan(struct site *s)
{
	s->task = post_resize(NULL, s->finds.n, sizeof *s->task);
	for (size_t i = 0; i < s->finds.n; i++) {
		const struct post_found *f = &s->finds.v[i];
		const struct post_trace_record *old = known(s, f);

		if (i > 0 && strcmp(s->finds.v[i - 1].name, f->name) == 0) {
			tool_say(&batch_tool, f->path, "has the name of another trace below its directory, and is passed over");
			s->status = TOOL_PARTLY;
			continue;
		}
		s->bytes += f->size;
		if (post_is_unchanged(f, old, s->conf->rules)) {
			s->kept++;
			s->failed += old->status != 0;
			continue;
		}
		s->task[s->tasks++] = (struct post_task){ *f, old };
		s->task_bytes += f->size;
	}
}

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* A line that is written over: traces done, bytes, rate, time left. */
static void
show_progress(struct site *s)
{
	double now = seconds(), spent = now - s->begun, left = s->done_bytes > 0 ? spent * (double)(s->task_bytes - s->done_bytes) / (double)s->done_bytes : 0;

	if (s->conf->common.quiet || s->conf->verbose || !isatty(STDERR_FILENO) || now - s->shown < 0.2)
		return;
	s->shown = now;
	fprintf(stderr, "\r%zu of %zu traces, %.1f of %.1f MB, %.1f MB/s, %.0f s left \r", s->done, s->tasks, (double)s->done_bytes / 1e6,
	    (double)s->task_bytes / 1e6, (double)s->done_bytes / 1e6 / (spent > 0 ? spent : 1), left);
}

static void
tell_trace(const struct site *s, const struct post_trace_record *r)
{
	struct post_buf b = { 0 };

	if (!s->conf->verbose)
		return;
	post_put_shown(&b, post_str_of(r->name));
	post_putf(&b, ": %s samples, %" PRIu64 " stacks, %s\n", r->samples, r->stacks, r->status == 2 ? "failed" : r->verdict);
	fputs(b.s, stderr);
	post_buf_free(&b);
}

/* A trace is done: called in one thread at a time. */
static void
done(void *arg, const struct post_trace_record *r, bool made, const struct post_err *error)
{
	struct site *s = arg;
	struct post_err err;

	s->done++;
	s->done_bytes += r->size;
	s->made += made;
	s->kept += !made;
	s->changed = s->changed || made || r->mtime != old_of(s, r->name)->mtime;
	if (error != NULL) {
		tool_warn(&batch_tool, NULL, error);
		s->unwritten = true;
		return;
	}
	if (r->status != 0) {
		s->failed++;
		tool_say(&batch_tool, r->name, "%s", r->message);
	}
	if (s->broken == false && post_store_put(s->store, r, &err) == -1) {
		tool_warn(&batch_tool, NULL, &err);
		s->broken = true;
	}
	if (!s->broken && seconds() - s->committed > 1) {
		s->broken = post_store_commit(s->store, &err) == -1;
		s->committed = seconds();
	}
	tell_trace(s, r);
	show_progress(s);
}

/* Where something could not be looked at, or nothing is left (a disk that is not mounted?), none is gone. */
static void
forget_removed(struct site *s)
{
	struct post_err err;
	char *place;

	for (size_t i = 0; i < s->n_old && s->finds.n > 0 && !s->unseen; i++) {
		if (is_found(s, s->old[i].name))
			continue;
		batch_begin_changes(s);
		place = place_of(s->old[i].name);
		post_remove_outputs(s->out, place);
		free(place);
		if (post_store_remove(s->store, s->old[i].name, &err) == -1)
			tool_fail(&batch_tool, &err);
		s->removed++;
		s->changed = true;
	}
}

static void
work(struct site *s)
{
	struct post_batch_conf conf = { .out = s->out, .reading = s->conf->reading, .svg = s->conf->svg, .rules = s->conf->rules,
	    .compress = s->conf->compress, .jobs = tool_jobs(s->conf->jobs), .memory = s->conf->memory, .done = done, .arg = s };
	struct post_err err;

	s->begun = s->committed = seconds();
	if (s->tasks > 0)
		batch_begin_changes(s);
	post_batch_run(&conf, s->task, s->tasks);
	forget_removed(s);
	if (s->broken || post_store_commit(s->store, &err) == -1)
		s->status = TOOL_TROUBLE;
}

static void
tell_all(const struct site *s)
{
	if (s->conf->json)
		printf("{\"traces\":%zu,\"read\":%zu,\"kept\":%zu,\"removed\":%zu,\"failed\":%zu,\"bytes\":%" PRIu64 "}\n", s->finds.n, s->made, s->kept,
		    s->removed, s->failed, s->bytes);
	else if (!s->conf->common.quiet)
		fprintf(stderr, "bt-batch: %zu traces: %zu read, %zu as before, %zu gone, %zu with errors\n", s->finds.n, s->made, s->kept, s->removed,
		    s->failed);
}

static void
site_free(struct site *s)
{
	post_store_close(s->store);
	post_finds_free(&s->finds);
	free(s->task);
	free(s->old);
	post_drop(&s->mem);
}

/* No traces are trouble, but to one that waits for them. */
static void
check_found(struct site *s)
{
	if (s->finds.n > 0 || s->conf->watch)
		return;
	tool_say(&batch_tool, NULL, "no traces found");
	s->status = TOOL_TROUBLE;
}

/* One look at the ROOTS; S has the directory and the lock. */
static void
look(struct site *s, char **roots, int n)
{
	open_store(s);
	find(s, roots, n);
	plan(s);
	work(s);
	check_found(s);
	if (s->status != TOOL_TROUBLE)
		batch_publish(s);
	end_changes(s);
	if (!s->conf->watch || s->made + s->removed > 0)
		tell_all(s);
	if (s->status == TOOL_DONE && (s->failed > 0 || s->unwritten))
		s->status = s->unwritten ? TOOL_TROUBLE : TOOL_PARTLY;
	site_free(s);
}

/* Until it is time to look again; --force was for once. */
static bool
rest(struct batch_conf *c)
{
	c->force = false;
	fflush(stdout);
	sleep((unsigned)c->interval);
	return true;
}

int
batch_site(struct batch_conf *c, char **roots, int n)
{
	struct site s = { .out = c->common.output };

	lock(&s);
	do {
		s = (struct site){ .conf = c, .out = s.out, .lock = s.lock, .status = TOOL_DONE };
		look(&s, roots, n);
	} while (c->watch && rest(c));
	close(s.lock);
	return s.status;
}
