/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <fts.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../libpost/batch/place.h"
#include "batch-state.h"

void
site_lock(struct site *s)
{
	struct post_buf path = { 0 };
	struct post_err err;

	if (mkdir(s->out, 0777) == -1 && errno != EEXIST) {
		post_fail(&err, POST_EIO, "%s: %s", s->out, strerror(errno));
		tool_fail(&batch_tool, &err);
	}
	post_putf(&path, "%s/.bt-batch.lock", s->out);
	s->lock = tool_lock(&batch_tool, path.s, s->out);
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
		if (post_is_temporary(e->fts_name))
			(void)unlink(e->fts_path);
	if (fts != NULL)
		fts_close(fts);
}

void
site_begin_changes(struct site *s)
{
	struct post_err err;

	if (s->changing)
		return;
	s->changing = true;
	if (post_store_set(s->store, "running", "yes", &err) == -1 || post_store_set(s->store, "page", "", &err) == -1 ||
	    post_store_commit(s->store, &err) == -1)
		tool_fail(&batch_tool, &err);
}

void
site_end_changes(struct site *s)
{
	struct post_err err;

	if (s->changing && (post_store_set(s->store, "running", "no", &err) == -1 || post_store_commit(s->store, &err) == -1))
		tool_fail(&batch_tool, &err);
}

void
site_open(struct site *s)
{
	struct post_buf path = { 0 };
	struct post_err err;
	int64_t n;

	post_putf(&path, "%s/" BATCH_DATABASE, s->out);
	if (post_store_open(&s->store, path.s, &err) == -1 || (n = post_store_load(s->store, &s->mem, &s->old, &err)) == -1) {
		tool_warn(&batch_tool, path.s, &err);
		exit(TOOL_TROUBLE);
	}
	s->n_old = (size_t)n;
	post_buf_free(&path);
	s->page = post_store_get(s->store, "page", &s->mem);
	if (strcmp(post_store_get(s->store, "running", &s->mem), "yes") == 0)
		remove_temporary(s);
}

void
site_close(struct site *s)
{
	post_store_close(s->store);
	post_finds_free(&s->finds);
	free(s->task);
	free(s->old);
	post_drop(&s->mem);
}

bool
site_is_news(struct site *s, const char *name, const char *message)
{
	struct post_names *told = &s->conf->told;
	struct post_buf key = { 0 };
	uint32_t before = told->n;

	post_putf(&key, "%s\n%s", name, message);
	(void)post_intern(told, post_buf_str(&key));
	post_buf_free(&key);
	return told->n > before;
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

const struct post_trace_record *
site_old_of(const struct site *s, const char *name)
{
	return s->n_old > 0 ? bsearch(name, s->old, s->n_old, sizeof *s->old, name_to_record) : NULL;
}

bool
site_is_found(const struct site *s, const char *name)
{
	return s->finds.n > 0 && bsearch(name, s->finds.v, s->finds.n, sizeof *s->finds.v, name_to_found) != NULL;
}

char *
site_place_of(const char *name)
{
	struct post_buf place = { 0 };

	post_put_place(&place, "traces", post_str_of(name));
	return place.s;
}

void
site_put_group(struct batch_conf *c, const char *name, int64_t mtime, struct post_buf *b)
{
	size_t before = b->n;

	post_puts(b, "");
	post_put_group(&c->grouping, post_str_of(name), mtime, b);
	if (b->n == before)
		post_puts(b, "(none)");
}
