/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <unistd.h>
#include "batch-groups.h"
#include "batch-page.h"
#include "batch-publish.h"

/* What the page follows besides the traces. */
static void
put_key(struct post_buf *key, const struct batch_conf *c)
{
	post_putf(key, "%s %zu:%s %zu:%s ", c->rules, strlen(c->group_by), c->group_by, strlen(c->page_title), c->page_title);
	if (c->group_regex != NULL)
		post_putf(key, "%s", c->group_regex);
	if (c->baseline != NULL)
		post_putf(key, "\nbaseline=%s", c->baseline);
}

static bool
is_published(struct publishing *p, const char *key)
{
	return !p->site->changed && strcmp(p->site->page, key) == 0 && access(publish_path(p, "index", ".html"), F_OK) == 0 &&
	    access(publish_path(p, "functions", ".js"), F_OK) == 0 && publish_groups_are_there(p);
}

static void
publish(struct publishing *p)
{
	struct post_err err;
	int64_t n;

	site_begin_changes(p->site);
	if ((n = post_store_load(p->site->store, &p->mem, &p->record, &err)) == -1)
		tool_fail(&batch_tool, &err);
	for (int64_t i = 0; i < n; i++)
		if (p->record[i].rules[0] != '\0')	/* of another one the outputs could not be written */
			p->record[p->n++] = p->record[i];
	p->group_of = post_resize(NULL, p->n, sizeof *p->group_of);
	publish_groups(p);
	publish_page(p);
}

/* The page was made by KEY; where something is amiss, the next run is to look at it again. */
static void
note_page(const struct site *s, const char *key)
{
	struct post_err err;

	if (s->unwritten || s->status == TOOL_TROUBLE)
		key = "";
	if (s->changing && (post_store_set(s->store, "page", key, &err) == -1 || post_store_commit(s->store, &err) == -1))
		tool_fail(&batch_tool, &err);
}

void
batch_publish(struct site *s)
{
	struct publishing p = { .site = s };
	struct post_buf key = { 0 };

	put_key(&key, s->conf);
	if (!is_published(&p, key.s))
		publish(&p);
	note_page(s, key.s);
	free(p.record);
	free(p.group_of);
	free(p.group);
	free(p.member);
	post_buf_free(&key);
	post_drop(&p.mem);
}
