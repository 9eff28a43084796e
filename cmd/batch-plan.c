/* SPDX-License-Identifier: BSD-2-Clause */
/* Which traces there are, and what of them is to do. */
#include <inttypes.h>
#include <stdlib.h>
#include "../libpost/batch/place.h"
#include "batch-plan.h"

enum { TOLD_AGAIN = 10 };	/* traces with errors as before that are named */

static void
report(void *arg, const char *path, const struct post_err *err)
{
	struct site *s = arg;

	s->status = TOOL_PARTLY;
	if (site_is_news(s, path, err->msg))
		tool_warn(&batch_tool, path, err);
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
				post_find(&s->finds, post_keep(&s->mem, line).p);
		post_input_release(in, b);
	}
	if (post_input_status(in) != TOOL_DONE) {
		s->status = TOOL_PARTLY;
		post_finds_miss(&s->finds, "");
	}
	post_input_free(in);
}

void
site_find(struct site *s, char **roots, int n)
{
	struct post_finds *f = &s->finds;

	*f = (struct post_finds){ .site = BATCH_DATABASE, .report = report, .arg = s, .as_written = n > 1 || s->conf->list != NULL };
	for (int i = 0; i < n; i++)
		post_find(f, roots[i]);
	if (s->conf->list != NULL)
		find_listed(s);
	post_finds_end(f);
	if (f->alike > 0 && site_is_news(s, f->first_alike, "alike"))
		tool_say(&batch_tool, f->first_alike, "is passed over, with %" PRIu64 " more: a trace is called *.bt or *.folded, .gz or .zst behind it or not",
		    f->alike - 1);
}

/* What the run before knew of F, when all that it made of it is there. */
static const struct post_trace_record *
known(const struct site *s, const struct post_found *f)
{
	const struct post_trace_record *old = s->conf->force ? NULL : site_old_of(s, f->name);
	char *place;

	if (old == NULL || old->status == 2)
		return old;
	place = site_place_of(f->name);
	if (!post_has_outputs(s->out, place, s->conf->compress) || (old->mtime != f->mtime && strstr(s->conf->title, "{group}") != NULL))
		old = NULL;	/* its group may be another day */
	free(place);
	return old;
}

static const char *
title_of(struct site *s, const struct post_found *f)
{
	struct post_buf group = { 0 }, title = { 0 };
	const char *kept;

	site_put_group(s->conf, f->name, f->mtime, &group);
	post_puts(&title, "");
	post_put_title(&title, s->conf->title, f->name, group.s);
	kept = post_keep(&s->mem, post_buf_str(&title)).p;
	post_buf_free(&group);
	post_buf_free(&title);
	return kept;
}

/* A trace that was read before, and has not got better. */
static void
keep_failed(struct site *s, const struct post_trace_record *old)
{
	if (old->status == 0)
		return;
	if (s->failed++ < TOLD_AGAIN && site_is_news(s, old->name, old->message))
		tool_say(&batch_tool, old->name, "%s", old->message);
	else if (s->failed == TOLD_AGAIN + 1 && site_is_news(s, "", "more"))
		tool_say(&batch_tool, NULL, "and more traces with errors as before: the page has them all");
}

void
site_plan(struct site *s)
{
	s->task = post_resize(NULL, s->finds.n, sizeof *s->task);
	for (size_t i = 0; i < s->finds.n; i++) {
		const struct post_found *f = &s->finds.v[i];
		const struct post_trace_record *old = known(s, f);

		if (i > 0 && strcmp(s->finds.v[i - 1].name, f->name) == 0) {
			if (site_is_news(s, f->path, "twice"))
				tool_say(&batch_tool, f->path, "has the name of another trace, and is passed over");
			s->status = TOOL_PARTLY;
			continue;
		}
		s->bytes += f->size;
		if (post_is_unchanged(f, old, s->conf->rules)) {
			s->kept++;
			keep_failed(s, old);
			continue;
		}
		s->task[s->tasks++] = (struct post_task){ *f, title_of(s, f), old };
		s->task_bytes += f->size;
	}
}
