/* SPDX-License-Identifier: BSD-2-Clause */
/* A tree of traces on one machine: what is new is read, what is gone goes, and the page is made anew. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "../libpost/batch/place.h"
#include "batch-plan.h"
#include "batch-publish.h"

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

	if (s->conf->common.quiet || s->conf->verbose || now - s->shown < 0.2)
		return;
	s->shown = now;
	tool_progress("%zu of %zu traces, %.1f of %.1f MB, %.1f MB/s, %.0f s left", s->done, s->tasks, (double)s->done_bytes / 1e6,
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

/* The first one says it for all: a full disk stays full. */
static bool
unwritten(struct site *s, const struct post_err *err)
{
	tool_warn(&batch_tool, NULL, err);
	s->unwritten = true;
	return err->system != ENOSPC && err->system != EDQUOT;
}

static void
note_trace(struct site *s, const struct post_trace_record *r)
{
	struct post_err err;

	if (s->broken)
		return;
	if (post_store_put(s->store, r, &err) == -1 || (seconds() - s->committed > 1 && post_store_commit(s->store, &err) == -1)) {
		tool_warn(&batch_tool, NULL, &err);
		s->broken = true;
	} else if (seconds() - s->committed > 1)
		s->committed = seconds();
}

/* It cannot be read, and could not. */
static bool
is_as_before(const struct post_trace_record *r, const struct post_trace_record *old)
{
	return old != NULL && r->status == 2 && old->status == 2 && strcmp(r->rules, old->rules) == 0 && strcmp(r->message, old->message) == 0;
}

/* A trace is done: called in one thread at a time. */
static bool
done(void *arg, const struct post_trace_record *r, bool made, const struct post_err *error)
{
	struct site *s = arg;
	const struct post_trace_record *old = site_old_of(s, r->name);

	made = made && !is_as_before(r, old);
	s->done++;
	s->done_bytes += r->size;
	s->made += made;
	s->kept += !made;
	s->changed = s->changed || made || r->mtime != old->mtime;
	if (error != NULL)
		return unwritten(s, error);
	s->failed += r->status != 0;
	if (*r->message != '\0' && site_is_news(s, r->name, r->message))
		tool_say(&batch_tool, r->name, "%s", r->message);
	note_trace(s, r);
	tell_trace(s, r);
	show_progress(s);
	return !s->broken;
}

static void
forget(struct site *s, const char *name)
{
	char *place = site_place_of(name);
	struct post_err err;

	site_begin_changes(s);
	post_remove_outputs(s->out, place);
	if (post_store_remove(s->store, name, &err) == -1)
		tool_fail(&batch_tool, &err);
	s->removed++;
	s->changed = true;
	free(place);
}

/* What may be where nothing could be looked at is not gone, and where nothing is left (a disk that is not mounted?) none is. */
static void
forget_removed(struct site *s)
{
	for (size_t i = 0; i < s->n_old; i++)
		if (site_is_found(s, s->old[i].name))
			continue;
		else if (s->finds.n == 0 || post_is_missed(&s->finds, s->old[i].name))
			s->missed++;
		else
			forget(s, s->old[i].name);
}

/* What the tasks will replace is not to be relied on, should this run not come to its end. */
static void
void_tasks(struct site *s)
{
	struct post_err err;

	if (s->tasks == 0)
		return;
	site_begin_changes(s);
	for (size_t i = 0; i < s->tasks; i++)
		if (post_store_void(s->store, s->task[i].found.name, &err) == -1)
			tool_fail(&batch_tool, &err);
	if (post_store_commit(s->store, &err) == -1)
		tool_fail(&batch_tool, &err);
}

/* The directories that were made for traces of which nothing came. */
static void
remove_empty(const struct site *s)
{
	for (size_t i = 0; i < s->tasks && s->failed > 0; i++) {
		char *place = site_place_of(s->task[i].found.name);

		post_remove_empty(s->out, place);
		free(place);
	}
}

static void
work(struct site *s)
{
	struct post_batch_conf conf = { .out = s->out, .reading = s->conf->reading, .svg = s->conf->svg, .rules = s->conf->rules,
	    .compress = s->conf->compress, .jobs = tool_jobs(s->conf->jobs), .memory = s->conf->memory, .done = done, .arg = s };
	struct post_err err;

	void_tasks(s);
	s->begun = s->committed = seconds();
	if (post_batch_run(&conf, s->task, s->tasks, &err) == -1) {
		tool_warn(&batch_tool, NULL, &err);
		s->broken = true;
	}
	remove_empty(s);
	forget_removed(s);
	if (s->broken || post_store_commit(s->store, &err) == -1)
		s->status = TOOL_TROUBLE;
}

/* Standard output stays open, for the next look. */
static void
put_json(const struct site *s)
{
	if (printf("{\"traces\":%zu,\"read\":%zu,\"kept\":%zu,\"removed\":%zu,\"failed\":%zu,\"bytes\":%" PRIu64 "}\n", s->finds.n, s->made,
	    s->kept, s->removed, s->failed, s->bytes) > 0 && fflush(stdout) == 0)
		return;
	tool_say(&batch_tool, NULL, "standard output: %s", strerror(errno));
	exit(TOOL_TROUBLE);
}

static void
tell_all(const struct site *s)
{
	if (s->conf->json)
		put_json(s);
	else if (!s->conf->common.quiet)
		tool_say(&batch_tool, NULL, "%zu traces: %zu read, %zu as before, %zu gone, %zu with errors%s%s", s->finds.n, s->made, s->kept,
		    s->removed, s->failed, s->missed > 0 ? "; others, not found now, stay" : "", s->unwritten || s->broken ? "; not all could be written" : "");
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
	site_open(s);
	site_find(s, roots, n);
	site_plan(s);
	work(s);
	check_found(s);
	if (s->status != TOOL_TROUBLE)
		batch_publish(s);
	site_end_changes(s);
	if (!s->conf->watch || s->made + s->removed > 0)
		tell_all(s);
	if (s->unwritten)
		s->status = TOOL_TROUBLE;
	else if (s->status == TOOL_DONE && s->failed > 0)
		s->status = TOOL_PARTLY;
	site_close(s);
}

/* Until it is time to look again; --force was for once. */
static bool
rest(struct batch_conf *c)
{
	c->force = false;
	sleep((unsigned)c->interval);
	return true;
}

/* A site among its traces would be looked into, and the other way round. */
static void
check_place(const char *out, char **roots, int n)
{
	struct stat site, root;
	struct post_err err;

	if (strcmp(out, "-") == 0) {
		post_fail(&err, POST_EUSAGE, "-o is a directory");
		tool_usage(&batch_tool, &err);
	}
	for (int i = 0; i < n && stat(out, &site) == 0; i++)
		if (stat(roots[i], &root) == 0 && root.st_ino == site.st_ino && root.st_dev == site.st_dev) {
			post_fail(&err, POST_EUSAGE, "-o %s is where the traces are", out);
			tool_usage(&batch_tool, &err);
		}
}

int
batch_site(struct batch_conf *c, char **roots, int n)
{
	struct site s = { .out = c->common.output };

	check_place(s.out, roots, n);
	site_lock(&s);
	do {
		s = (struct site){ .conf = c, .out = s.out, .lock = s.lock, .status = TOOL_DONE };
		look(&s, roots, n);
	} while (c->watch && rest(c));
	close(s.lock);
	return s.status;
}
