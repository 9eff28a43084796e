/* SPDX-License-Identifier: BSD-2-Clause */
/* What all traces of a batch come to: groups, and the page. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "../libpost/batch/cost.h"
#include "../libpost/batch/draw.h"
#include "../libpost/batch/merge.h"
#include "../libpost/batch/page.h"
#include "../libpost/batch/place.h"
#include "batch-compare.h"
#include "batch-site.h"

/* Traces of one group. */
struct group {
	const char	*name;
	const char	*place;		/* of its outputs, below the directory; no ending */
	const char	*samples;
	uint64_t	 stacks;
	uint64_t	 hash;		/* of what it is made of */
	const struct post_trace_record **member;	/* traces that have outputs, by name */
	size_t		 n;
	const char	*verdict, *why;	/* of the comparison to the baseline; NULL: there is none */
};

struct publishing {
	struct site		*site;
	struct post_arena	 mem;
	struct post_trace_record	*record;	/* all that are there now, by name */
	size_t			 n;
	size_t			*group_of;	/* by record */
	struct group		*group;		/* by name */
	size_t			 groups;
	const struct post_trace_record **member;	/* of all groups, one behind the other */
	size_t			 baseline;	/* its index, or POST_PAGE_NONE */
};

static const char *
kept(struct publishing *p, struct post_buf *b)
{
	const char *s = post_keep(&p->mem, post_buf_str(b)).p;

	b->n = 0;
	return s;
}

static int
by_group_name(const void *a, const void *b)
{
	return strcmp(((const struct group *)a)->name, ((const struct group *)b)->name);
}

/* The index of a group, or p->groups. */
static size_t
find_group(const struct publishing *p, const char *name)
{
	const struct group key = { .name = name };
	const struct group *g = p->groups > 0 ? bsearch(&key, p->group, p->groups, sizeof *p->group, by_group_name) : NULL;

	return g != NULL ? (size_t)(g - p->group) : p->groups;
}

/* All the groups that traces are of, by name; NAME[i] is that of record i. */
static void
name_groups(struct publishing *p, const char **name)
{
	struct post_buf b = { 0 };

	p->group = post_resize(NULL, p->n, sizeof *p->group);
	for (size_t i = 0; i < p->n; i++) {
		post_puts(&b, "");
		post_put_group(&p->site->conf->grouping, post_str_of(p->record[i].name), p->record[i].mtime, &b);
		p->group[i] = (struct group){ .name = name[i] = kept(p, &b) };
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
			struct group *g = &p->group[p->group_of[i]];

			g->member[g->n++] = &p->record[i];
		}
}

/* The groups there are, and of which each trace is. */
static void
make_groups(struct publishing *p)
{
	const char **name = post_resize(NULL, p->n, sizeof *name);

	name_groups(p, name);
	for (size_t i = 0; i < p->n; i++) {
		struct group *g = &p->group[p->group_of[i] = find_group(p, name[i])];

		g->hash = XXH3_64bits_withSeed(p->record[i].hash, sizeof p->record[i].hash, g->hash ^ XXH3_64bits(p->record[i].name, strlen(p->record[i].name)));
		g->n += p->record[i].status != 2;
	}
	fill_groups(p);
	free(name);
}

static const char *
path_of(struct publishing *p, const char *place, const char *ending)
{
	struct post_buf b = { 0 };
	const char *path;

	post_putf(&b, "%s/%s%s", p->site->out, place, ending);
	path = kept(p, &b);
	post_buf_free(&b);
	return path;
}

static const char *
place_of(struct publishing *p, struct post_str name)
{
	struct post_buf b = { 0 };
	const char *place;

	post_put_place(&b, name);
	place = kept(p, &b);
	post_buf_free(&b);
	return place;
}

static bool
close_output(struct publishing *p, struct post_out *out)
{
	struct post_err err;

	if (post_out_close(out, &err) == 0)
		return true;
	tool_warn(&batch_tool, NULL, &err);
	p->site->unwritten = true;
	return false;
}

static bool
open_output(struct publishing *p, const char *path, struct post_out *out)
{
	struct post_err err;

	if (post_out_open(out, path, &err) == 0)
		return true;
	tool_warn(&batch_tool, NULL, &err);
	p->site->unwritten = true;
	return false;
}

static const char *
folded_of(struct publishing *p, const struct post_trace_record *r)
{
	return path_of(p, place_of(p, post_str_of(r->name)), ".folded");
}

/* The folded stacks of all traces of G, as one. */
static bool
merge(struct publishing *p, const struct group *g, const char *path)
{
	const char **from = post_resize(NULL, g->n, sizeof *from);
	struct post_merged sum;
	struct post_err err;
	struct post_out out;
	size_t bad;
	bool good = open_output(p, path, &out);

	for (size_t i = 0; i < g->n; i++)
		from[i] = folded_of(p, g->member[i]);
	if (good && post_merge(from, g->n, &out, &sum, &bad, &err) == -1) {
		tool_warn(&batch_tool, from[bad], &err);
		post_out_discard(&out);
		p->site->unwritten = true;
		good = false;
	} else if (good)
		good = close_output(p, &out);
	free(from);
	return good;
}

/* The pictures of a group, out of its folded stacks. */
static void
draw(struct publishing *p, struct group *g)
{
	struct post_reading_conf conf = { 0 };
	struct post_reader reader = { .conf = &conf };
	struct post_trace_reading r = { 0 };
	struct post_svg_opts o = p->site->conf->svg;
	struct post_buf samples = { 0 };
	struct post_count total;
	struct post_out out;
	struct post_err err;

	o.title = g->name;
	if (post_read_trace(&reader, path_of(p, g->place, ".folded"), &r, &err) == 0 && post_fold_total(&r.fold, &total, &err) == 0) {
		post_put_count(&samples, total);
		g->samples = kept(p, &samples);
		g->stacks = r.fold.n;
		if (open_output(p, path_of(p, g->place, ".svg"), &out)) {
			post_draw(&r.fold, &o, &out);
			(void)close_output(p, &out);
		}
		if (open_output(p, path_of(p, g->place, ".thumb.svg"), &out)) {
			post_draw_thumb(&r.fold, &out);
			(void)close_output(p, &out);
		}
	}
	post_buf_free(&samples);
	post_reading_free(&r);
}

/* "groups/NAME", whatever NAME holds. */
static const char *
group_place(struct publishing *p, const char *name)
{
	struct post_buf b = { 0 };
	const char *place;

	post_put_place(&b, post_str_of(name));
	place = kept(p, &b);
	post_puts(&b, "groups");
	for (const char *s = place + strlen("traces"); *s != '\0'; s++)
		post_putc(&b, *s);
	if (b.n == strlen("groups"))
		post_puts(&b, "/all");
	place = kept(p, &b);
	post_buf_free(&b);
	return place;
}

/* Make what is new of group I; of another one only its sums are fetched. */
static void
update_group(struct publishing *p, size_t i)
{
	struct group *g = &p->group[i];
	struct post_buf key = { 0 }, value = { 0 };
	struct post_err err;
	const char *was, *samples;

	g->place = group_place(p, g->name);
	g->samples = "0";
	post_putf(&key, "group:%s", g->name);
	was = post_store_get(p->site->store, key.s, &p->mem);
	post_putf(&value, "%016llx %s", (unsigned long long)g->hash, p->site->conf->rules);
	samples = strstr(was, value.s) == was ? was + value.n : NULL;
	if (samples != NULL && access(path_of(p, g->place, ".svg"), F_OK) == 0)
		sscanf(samples, " %llu", (unsigned long long *)&g->stacks), g->samples = strrchr(samples, ' ') + 1;
	else if (g->n > 0 && post_make_directories(p->site->out, post_str_of(g->place), &err) == 0 &&
	    merge(p, g, path_of(p, g->place, ".folded"))) {
		draw(p, g);
		post_putf(&value, " %llu %s", (unsigned long long)g->stacks, g->samples);
		if (post_store_set(p->site->store, key.s, value.s, &err) == -1)
			tool_warn(&batch_tool, NULL, &err);
	}
	post_buf_free(&key);
	post_buf_free(&value);
}

/* The traces of G, to be free(3)d. */
static struct batch_run *
runs_of(struct publishing *p, const struct group *g)
{
	struct batch_run *run = post_resize(NULL, g->n, sizeof *run);

	for (size_t i = 0; i < g->n; i++)
		run[i] = (struct batch_run){ g->member[i], folded_of(p, g->member[i]) };
	return run;
}

static void
compare_group(struct publishing *p, struct group *g, const struct batch_run *before)
{
	const struct group *base = &p->group[p->baseline];
	struct batch_run *after = runs_of(p, g);
	uint64_t made[] = { base->hash, g->hash };
	struct batch_comparison c = { .name = g->name, .baseline = base->name, .before = before, .after = after, .n_before = base->n, .n_after = g->n,
	    .hash = XXH3_64bits_withSeed(made, sizeof made, XXH3_64bits(p->site->conf->rules, strlen(p->site->conf->rules))),
	    .path = path_of(p, g->place, "") };
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
	const char *name = p->site->conf->baseline;
	struct post_err err;
	size_t i = name != NULL ? find_group(p, name) : p->groups;

	p->baseline = i < p->groups ? i : POST_PAGE_NONE;
	if (name == NULL || i < p->groups)
		return;
	post_fail(&err, POST_EUSAGE, "--baseline %s: no group has this name; --group-by makes the names", name);
	tool_warn(&batch_tool, NULL, &err);
	p->site->status = TOOL_TROUBLE;
}

/* All groups to the baseline; what was compared to another one and is not any more is taken away. */
static void
compare_groups(struct publishing *p)
{
	struct batch_run *before;

	find_baseline(p);
	before = p->baseline != POST_PAGE_NONE ? runs_of(p, &p->group[p->baseline]) : NULL;
	for (size_t i = 0; i < p->groups; i++) {
		struct group *g = &p->group[i];

		if (before != NULL && i != p->baseline && p->group[p->baseline].n > 0 && g->n > 0)
			compare_group(p, g, before);
		if (g->verdict == NULL)
			batch_compare_remove(path_of(p, g->place, ""));
	}
	free(before);
}

/* NAME with an ending, when the trace has outputs. */
static const char *
output_of(struct publishing *p, const struct post_trace_record *r, const char *place, const char *ending)
{
	struct post_buf b = { 0 };
	const char *s;

	if (r->status == 2)
		return NULL;
	post_puts(&b, place);
	post_puts(&b, ending);
	s = kept(p, &b);
	post_buf_free(&b);
	return s;
}

/* "ID<tab>SEVERITY<tab>TEXT\n" ... as the page takes it. */
static const struct post_page_finding *
findings_of(struct publishing *p, const char *lines, size_t *n)
{
	char *s = (char *)(uintptr_t)post_keep(&p->mem, post_str_of(lines)).p, *line;
	struct post_page_finding *v;

	*n = 0;
	for (const char *c = s; *c != '\0'; c++)
		*n += *c == '\n';
	v = post_take(&p->mem, *n * sizeof *v);
	*n = 0;
	while ((line = strsep(&s, "\n")) != NULL && s != NULL) {
		v[*n].id = strsep(&line, "\t");
		v[*n].severity = line != NULL ? strsep(&line, "\t") : "";
		v[(*n)++].text = line != NULL ? line : "";
	}
	return v;
}

static struct post_page_trace
page_trace(struct publishing *p, size_t i)
{
	const struct post_trace_record *r = &p->record[i];
	const char *place = place_of(p, post_str_of(r->name));
	struct post_page_trace t = { .path = r->name, .when = post_time_of(post_str_of(r->name), r->mtime), .samples = r->samples, .stacks = r->stacks,
	    .bytes = r->size, .verdict = r->status == 2 ? "error" : r->verdict, .error = *r->message != '\0' ? r->message : NULL,
	    .svg = output_of(p, r, place, ".svg"), .folded = output_of(p, r, place, ".folded"), .thumb = output_of(p, r, place, ".thumb.svg"),
	    .group = p->group_of[i] };

	t.finding = findings_of(p, r->findings, &t.findings);
	return t;
}

static struct post_page_group
page_group(struct publishing *p, const struct group *g)
{
	const struct post_trace_record made = { .status = g->n > 0 ? 0 : 2 }, compared = { .status = g->verdict != NULL ? 0 : 2 };

	return (struct post_page_group){ .name = g->name, .samples = g->samples, .stacks = g->stacks, .svg = output_of(p, &made, g->place, ".svg"),
	    .folded = output_of(p, &made, g->place, ".folded"), .thumb = output_of(p, &made, g->place, ".thumb.svg"),
	    .diff_svg = output_of(p, &compared, g->place, ".diff.svg"), .diff_text = output_of(p, &compared, g->place, ".diff.txt"),
	    .verdict = g->verdict, .why = g->why };
}

/* A cost with the name's id in order of first sight. */
static int
by_name(const void *pa, const void *pb)
{
	const struct post_page_cost *a = pa, *b = pb;

	return a->name != b->name ? (a->name > b->name) - (a->name < b->name) : (a->trace > b->trace) - (a->trace < b->trace);
}

static struct post_page_cost *
all_costs(const struct publishing *p, struct post_names *names, size_t *n)
{
	struct post_page_cost *v = NULL;
	struct post_buf plain = { 0 };
	size_t cap = 0;

	*n = 0;
	for (size_t i = 0; i < p->n; i++) {
		struct post_str costs = p->record[i].costs, name;
		uint32_t self, total;

		while (post_next_cost(&costs, &name, &self, &total)) {
			plain.n = 0;
			post_put_unfolded(&plain, name);
			v = post_room(v, *n, &cap, sizeof *v);
			v[(*n)++] = (struct post_page_cost){ post_intern(names, post_buf_str(&plain)), (uint32_t)i, (double)self / POST_COST_WHOLE,
			    (double)total / POST_COST_WHOLE };
		}
	}
	post_buf_free(&plain);
	if (*n > 0)
		qsort(v, *n, sizeof *v, by_name);
	return v;
}

static void
write_page(struct publishing *p)
{
	struct post_page_trace *trace = post_resize(NULL, p->n, sizeof *trace);
	struct post_page_group *group = post_resize(NULL, p->groups, sizeof *group);
	struct post_page page = { .title = p->site->conf->title != NULL ? p->site->conf->title : "Traces", .trace = trace, .traces = p->n,
	    .group = group, .groups = p->groups, .baseline = p->baseline };
	struct post_names names = { 0 };
	struct post_page_costs costs = { .least = (double)POST_COST_LEAST / POST_COST_WHOLE };
	struct post_page_cost *cost = all_costs(p, &names, &costs.costs);
	struct post_out out;

	for (size_t i = 0; i < p->n; i++)
		trace[i] = page_trace(p, i);
	for (size_t i = 0; i < p->groups; i++)
		group[i] = page_group(p, &p->group[i]);
	costs.cost = cost;
	costs.name = names.name;
	costs.names = names.n;
	if (open_output(p, path_of(p, "functions", ".js"), &out)) {
		post_page_functions(&page, &costs, &out);
		(void)close_output(p, &out);
	}
	if (open_output(p, path_of(p, "index", ".html"), &out)) {
		post_page_write(&page, &out);
		(void)close_output(p, &out);
	}
	post_names_free(&names);
	free(cost);
	free(trace);
	free(group);
}

/* What the page follows besides the traces. */
static bool
is_published(struct publishing *p, struct post_buf *key)
{
	const struct batch_conf *c = p->site->conf;
	const char *was = post_store_get(p->site->store, "page", &p->mem);

	post_putf(key, "%s %s %s %s", c->rules, c->group_by, c->group_regex != NULL ? c->group_regex : "", c->title != NULL ? c->title : "");
	if (c->baseline != NULL)
		post_putf(key, "\nbaseline=%s", c->baseline);
	return p->site->done + p->site->removed == 0 && strcmp(was, key->s) == 0 && access(path_of(p, "index", ".html"), F_OK) == 0;
}

static void
publish(struct publishing *p, const char *key)
{
	struct post_err err;
	int64_t n = post_store_load(p->site->store, &p->mem, &p->record, &err);

	if (n == -1)
		tool_fail(&batch_tool, &err);
	p->n = (size_t)n;
	p->group_of = post_resize(NULL, p->n, sizeof *p->group_of);
	make_groups(p);
	for (size_t i = 0; i < p->groups; i++)
		update_group(p, i);
	compare_groups(p);
	write_page(p);
	if (p->site->unwritten || p->site->status == TOOL_TROUBLE)
		key = "";	/* the next run is to look at it again */
	if (post_store_set(p->site->store, "page", key, &err) == -1 || post_store_commit(p->site->store, &err) == -1)
		tool_fail(&batch_tool, &err);
}

void
batch_publish(struct site *s)
{
	struct publishing p = { .site = s };
	struct post_buf key = { 0 };

	if (!is_published(&p, &key))
		publish(&p, key.s);
	free(p.record);
	free(p.group_of);
	free(p.group);
	free(p.member);
	post_buf_free(&key);
	post_drop(&p.mem);
}
