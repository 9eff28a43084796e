/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "../libpost/batch/draw.h"
#include "../libpost/batch/merge.h"
#include "batch-compare.h"
#include "batch-groups.h"

static int
by_group_name(const void *a, const void *b)
{
	return strcmp(((const struct batch_group *)a)->name, ((const struct batch_group *)b)->name);
}

/* The index of a group, or p->groups. */
static size_t
find_group(const struct publishing *p, const char *name)
{
	const struct batch_group key = { .name = name };
	const struct batch_group *g = p->groups > 0 ? bsearch(&key, p->group, p->groups, sizeof *p->group, by_group_name) : NULL;

	return g != NULL ? (size_t)(g - p->group) : p->groups;
}

/* All the groups that traces are of, by name; NAME[i] is that of record i. */
static void
name_groups(struct publishing *p, const char **name)
{
	struct post_buf b = { 0 };

	p->group = post_resize(NULL, p->n, sizeof *p->group);
	for (size_t i = 0; i < p->n; i++) {
		site_put_group(p->site->conf, p->record[i].name, p->record[i].mtime, &b);
		p->group[i] = (struct batch_group){ .name = name[i] = publish_keep(p, &b) };
	}
	if (p->n > 0)
		qsort(p->group, p->n, sizeof *p->group, by_group_name);
	for (size_t i = 0; i < p->n; i++)
		if (i == 0 || strcmp(p->group[p->groups - 1].name, p->group[i].name) != 0)
			p->group[p->groups++] = p->group[i];
	post_buf_free(&b);
}

/* Which traces are of each group. */
static void
fill_groups(struct publishing *p)
{
	const struct post_trace_record **at = p->member = post_resize(NULL, p->n, sizeof *p->member);

	for (size_t i = 0; i < p->groups; i++) {
		p->group[i].member = at;
		at += p->group[i].n;
		p->group[i].n = 0;
	}
	for (size_t i = 0; i < p->n; i++)
		if (p->record[i].status != 2) {
			struct batch_group *g = &p->group[p->group_of[i]];

			g->member[g->n++] = &p->record[i];
		}
}

/* Of what came of a trace, and SEED. */
static uint64_t
hash_of(const struct post_trace_record *r, uint64_t seed)
{
	uint64_t h = XXH3_64bits_withSeed(r->name, strlen(r->name), seed), facts[] = { r->hash[0], r->hash[1], (uint64_t)r->status, r->stacks };

	h = XXH3_64bits_withSeed(facts, sizeof facts, h);
	h = XXH3_64bits_withSeed(r->samples, strlen(r->samples), h);
	return XXH3_64bits_withSeed(r->costs.p, r->costs.n, h);
}

/* The groups there are, and of which each trace is. */
static void
make_groups(struct publishing *p)
{
	const char **name = post_resize(NULL, p->n, sizeof *name);

	name_groups(p, name);
	for (size_t i = 0; i < p->n; i++) {
		struct batch_group *g = &p->group[p->group_of[i] = find_group(p, name[i])];

		g->hash = hash_of(&p->record[i], g->hash);
		g->n += p->record[i].status != 2;
	}
	fill_groups(p);
	free(name);
}

static const char *
place_in(struct publishing *p, const char *dir, const char *name)
{
	struct post_buf b = { 0 };
	const char *place;

	post_put_place(&b, dir, post_str_of(name));
	place = publish_keep(p, &b);
	post_buf_free(&b);
	return place;
}

static const char *
output_path(struct publishing *p, const char *place, enum post_output output)
{
	return publish_path(p, place, post_output_ending(output, p->site->conf->compress));
}

static const char *
folded_of(struct publishing *p, const struct post_trace_record *r)
{
	return output_path(p, place_in(p, "traces", r->name), POST_FOLDED);
}

/* The folded stacks of all traces of G, as one. */
static bool
merge(struct publishing *p, const struct batch_group *g, const char *path)
{
	const char **from = post_resize(NULL, g->n, sizeof *from);
	struct post_merged sum;
	struct post_err err;
	struct post_out out;
	size_t bad = 0;
	bool good = publish_open(p, path, &out);

	for (size_t i = 0; i < g->n; i++)
		from[i] = folded_of(p, g->member[i]);
	if (good && ((p->site->conf->compress && post_out_pack(&out, &err) == -1) || post_merge(from, g->n, &out, &sum, &bad, &err) == -1)) {
		tool_warn(&batch_tool, from[bad], &err);
		post_out_discard(&out);
		p->site->unwritten = true;
		good = false;
	} else if (good)
		good = publish_close(p, &out);
	free(from);
	return good;
}

/* What was folded of G, as a picture. */
static bool
draw_one(struct publishing *p, const struct batch_group *g, const struct post_fold *fold, enum post_output output)
{
	struct post_svg_opts o = p->site->conf->svg;
	struct post_buf title = { 0 };
	struct post_out out;

	if (!publish_open(p, output_path(p, g->place, output), &out))
		return false;
	post_put_title(&title, p->site->conf->title, g->name, g->name);
	o.title = publish_keep(p, &title);
	post_buf_free(&title);
	if (output == POST_SVG)
		post_draw(fold, &o, &out);
	else
		post_draw_thumb(fold, &out);
	return publish_close(p, &out);
}

/* The pictures of a group, out of its folded stacks. */
static bool
draw(struct publishing *p, struct batch_group *g)
{
	struct post_reading_conf conf = { 0 };
	struct post_reader reader = { .conf = &conf };
	struct post_trace_reading r = { 0 };
	struct post_buf samples = { 0 };
	struct post_count total;
	struct post_err err;
	bool good = post_read_trace(&reader, output_path(p, g->place, POST_FOLDED), &r, &err) == 0 && post_fold_total(&r.fold, &total, &err) == 0;

	if (good && r.status != 0) {
		err = r.trouble;
		good = false;
	}

	if (good) {
		post_put_count(&samples, total);
		g->samples = publish_keep(p, &samples);
		g->stacks = r.fold.n;
		good = draw_one(p, g, &r.fold, POST_SVG) && draw_one(p, g, &r.fold, POST_THUMB);
	} else {
		tool_warn(&batch_tool, g->name, &err);
		p->site->unwritten = true;
	}
	post_buf_free(&samples);
	post_reading_free(&r);
	return good;
}

static void
make_outputs(struct publishing *p, struct batch_group *g)
{
	struct post_err err;

	if (post_make_directories(p->site->out, post_str_of(g->place), &err) == -1) {
		tool_warn(&batch_tool, NULL, &err);
		p->site->unwritten = true;
	} else
		g->drawn = merge(p, g, output_path(p, g->place, POST_FOLDED)) && draw(p, g);
	if (g->drawn)
		(void)unlink(publish_path(p, g->place, post_output_ending(POST_FOLDED, !p->site->conf->compress)));
}

/* "HASH RULES STACKS SAMPLES" of the run before, whose outputs are there. */
static bool
is_made(struct publishing *p, struct batch_group *g, const char *was, const struct post_buf *made_of)
{
	unsigned long long stacks;

	if (p->site->conf->force || strncmp(was, made_of->s, made_of->n) != 0 || !post_has_outputs(p->site->out, g->place, p->site->conf->compress) ||
	    sscanf(was + made_of->n, " %llu", &stacks) != 1)
		return false;
	g->stacks = stacks;
	g->samples = strrchr(was, ' ') + 1;
	return true;
}

/* Note what KEY's outputs were made of; "" is that they are about to be replaced. */
static void
note(struct publishing *p, const char *key, const char *value)
{
	struct post_err err;

	if (post_store_set(p->site->store, key, value, &err) == -1 || post_store_commit(p->site->store, &err) == -1)
		tool_fail(&batch_tool, &err);
}

/* Make what is new of G; of another one only its sums are fetched. */
static void
update_group(struct publishing *p, struct batch_group *g)
{
	struct post_buf key = { 0 }, value = { 0 };

	g->place = place_in(p, "groups", g->name);
	g->samples = "0";
	post_putf(&key, "group:%s", g->name);
	post_putf(&value, "%016llx %s", (unsigned long long)g->hash, p->site->conf->rules);
	if (g->n > 0 && !(g->drawn = is_made(p, g, post_store_get(p->site->store, key.s, &p->mem), &value))) {
		note(p, key.s, "");
		make_outputs(p, g);
		post_putf(&value, " %llu %s", (unsigned long long)g->stacks, g->samples);
		note(p, key.s, g->drawn ? value.s : "");
	}
	post_buf_free(&key);
	post_buf_free(&value);
}

/* The group NAME of the run before is none any more, or nothing of it can be read. */
static void
forget_group(struct publishing *p, const char *name)
{
	const char *place = place_in(p, "groups", name);
	struct post_buf key = { 0 };
	struct post_err err;

	batch_compare_remove(publish_path(p, place, ""));
	post_remove_outputs(p->site->out, place);
	post_putf(&key, "group:%s", name);
	if (post_store_unset(p->site->store, key.s, &err) == -1)
		tool_warn(&batch_tool, NULL, &err);
	post_buf_free(&key);
}

/* The names of the groups that the run before left outputs of, to be free(3)d. */
static size_t
groups_before(struct publishing *p, const char ***name)
{
	struct post_err err;
	int64_t n = post_store_keys(p->site->store, "group:", &p->mem, name, &err);

	if (n == -1)
		tool_fail(&batch_tool, &err);
	return (size_t)n;
}

static void
forget_groups(struct publishing *p)
{
	const char **name;
	size_t n = groups_before(p, &name);

	for (size_t i = 0; i < n; i++) {
		size_t now = find_group(p, name[i]);

		if (now == p->groups || p->group[now].n == 0)
			forget_group(p, name[i]);
	}
	free(name);
}

/* The traces of G, to be free(3)d. */
static struct batch_run *
runs_of(struct publishing *p, const struct batch_group *g)
{
	struct batch_run *run = post_resize(NULL, g->n, sizeof *run);

	for (size_t i = 0; i < g->n; i++)
		run[i] = (struct batch_run){ g->member[i], folded_of(p, g->member[i]) };
	return run;
}

static void
compare_group(struct publishing *p, struct batch_group *g, const struct batch_run *before)
{
	const struct batch_group *base = &p->group[p->baseline];
	struct batch_run *after = runs_of(p, g);
	uint64_t made[] = { base->hash, g->hash };
	struct batch_comparison c = { .name = g->name, .baseline = base->name, .before = before, .after = after, .n_before = base->n, .n_after = g->n,
	    .hash = XXH3_64bits_withSeed(made, sizeof made, XXH3_64bits(p->site->conf->rules, strlen(p->site->conf->rules))),
	    .path = publish_path(p, g->place, ""), .force = p->site->conf->force };
	struct post_err err;

	if (batch_compare(&c, p->site->store, &p->mem, &err) == -1) {
		tool_warn(&batch_tool, g->name, &err);
		p->site->unwritten = true;
	} else {
		g->verdict = c.verdict;
		g->why = c.why;
	}
	free(after);
}

static void
find_baseline(struct publishing *p)
{
	const struct batch_conf *c = p->site->conf;
	size_t i = c->baseline != NULL ? find_group(p, c->baseline) : p->groups;

	p->baseline = i < p->groups ? i : POST_PAGE_NONE;
	if (c->baseline == NULL || i < p->groups)
		return;
	if (site_is_news(p->site, c->baseline, "baseline"))
		tool_say(&batch_tool, NULL, "--baseline %s: no group has this name; --group-by makes the names", c->baseline);
	p->site->status = TOOL_TROUBLE;
}

/* All groups to the baseline; what was compared to another one and is not any more is taken away. */
static void
compare_groups(struct publishing *p)
{
	struct batch_run *before;

	find_baseline(p);
	if (p->baseline != POST_PAGE_NONE && p->group[p->baseline].n == 0 && site_is_news(p->site, p->group[p->baseline].name, "empty"))
		tool_say(&batch_tool, NULL, "--baseline %s: nothing of it could be read", p->group[p->baseline].name);
	before = p->baseline != POST_PAGE_NONE ? runs_of(p, &p->group[p->baseline]) : NULL;
	for (size_t i = 0; i < p->groups; i++) {
		struct batch_group *g = &p->group[i];

		if (before != NULL && i != p->baseline && p->group[p->baseline].n > 0 && g->n > 0)
			compare_group(p, g, before);
		if (g->verdict == NULL)
			batch_compare_remove(publish_path(p, g->place, ""));
	}
	free(before);
}

bool
publish_groups_are_there(struct publishing *p)
{
	const char **name;
	size_t n = groups_before(p, &name);
	bool there = true;

	for (size_t i = 0; i < n && there; i++) {
		const char *place = place_in(p, "groups", name[i]);

		there = post_has_outputs(p->site->out, place, p->site->conf->compress) && (p->site->conf->baseline == NULL ||
		    strcmp(name[i], p->site->conf->baseline) == 0 || batch_compare_is_there(publish_path(p, place, "")));
	}
	free(name);
	return there;
}

void
publish_groups(struct publishing *p)
{
	make_groups(p);
	for (size_t i = 0; i < p->groups; i++)
		update_group(p, &p->group[i]);
	forget_groups(p);
	compare_groups(p);
}
