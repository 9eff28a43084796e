/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "../libpost/base/json.h"
#include "../libpost/batch/cost.h"
#include "../libpost/batch/group.h"
#include "batch-page.h"

/* PLACE with an ending, below the site. */
static const char *
file_at(struct publishing *p, const char *place, const char *ending)
{
	struct post_buf b = { 0 };
	const char *s;

	post_putf(&b, "%s%s", place, ending);
	s = publish_keep(p, &b);
	post_buf_free(&b);
	return s;
}

/* FILE[] by enum post_output: where the outputs at PLACE are, or NULL where there are none. */
static void
find_outputs(struct publishing *p, const char *place, bool there, const char *file[POST_OUTPUTS])
{
	for (enum post_output o = 0; o < POST_OUTPUTS; o++)
		file[o] = there ? file_at(p, place, post_output_ending(o, p->site->conf->compress)) : NULL;
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
	struct post_page_trace t = { .path = r->name, .when = post_time_of(post_str_of(r->name), r->mtime), .samples = r->samples, .stacks = r->stacks,
	    .bytes = r->size, .verdict = r->status == 2 ? "error" : r->verdict, .error = *r->message != '\0' ? r->message : NULL,
	    .group = p->group_of[i] };
	const char *file[POST_OUTPUTS];
	struct post_buf place = { 0 };

	post_put_place(&place, "traces", post_str_of(r->name));
	find_outputs(p, publish_keep(p, &place), r->status != 2, file);
	t.folded = file[POST_FOLDED];
	t.svg = file[POST_SVG];
	t.thumb = file[POST_THUMB];
	t.finding = findings_of(p, r->findings, &t.findings);
	post_buf_free(&place);
	return t;
}

static struct post_page_group
page_group(struct publishing *p, const struct batch_group *g)
{
	const char *file[POST_OUTPUTS];

	find_outputs(p, g->place, g->drawn, file);
	return (struct post_page_group){ .name = g->name, .samples = g->samples, .stacks = g->stacks, .svg = file[POST_SVG], .folded = file[POST_FOLDED],
	    .thumb = file[POST_THUMB], .diff_svg = g->verdict != NULL ? file_at(p, g->place, ".diff.svg") : NULL,
	    .diff_text = g->verdict != NULL ? file_at(p, g->place, ".diff.txt") : NULL, .verdict = g->verdict, .why = g->why };
}

/* A cost with the name's id in order of first sight. */
static int
by_name(const void *pa, const void *pb)
{
	const struct post_page_cost *a = pa, *b = pb;

	return a->name != b->name ? (a->name > b->name) - (a->name < b->name) : (a->trace > b->trace) - (a->trace < b->trace);
}

/* All costs, of names that are shown alike as one. */
struct costs {
	struct post_names	 shown;		/* as the page will have them */
	struct post_str		*name;		/* by id: the first that is shown so */
	size_t			 names_cap;
	struct post_page_cost	*v;
	size_t			 n, cap;
};

static uint32_t
id_of(struct publishing *p, struct costs *c, struct post_str name, struct post_buf *plain, struct post_buf *shown)
{
	uint32_t before = c->shown.n, id;

	plain->n = shown->n = 0;
	post_put_unfolded(plain, name);
	post_put_json(shown, post_buf_str(plain));
	id = post_intern(&c->shown, post_buf_str(shown));
	c->name = post_room(c->name, before, &c->names_cap, sizeof *c->name);
	if (id == before)
		c->name[id] = post_keep(&p->mem, post_buf_str(plain));
	return id;
}

/* Of one trace and name there is one. */
static void
unite(struct costs *c)
{
	size_t to = 0;

	if (c->n > 0)
		qsort(c->v, c->n, sizeof *c->v, by_name);
	for (size_t i = 0; i < c->n; i++)
		if (to > 0 && by_name(&c->v[to - 1], &c->v[i]) == 0) {
			c->v[to - 1].self += c->v[i].self;
			c->v[to - 1].total += c->v[i].total;
		} else
			c->v[to++] = c->v[i];
	c->n = to;
}

static void
take_costs(struct publishing *p, struct costs *c)
{
	struct post_buf plain = { 0 }, shown = { 0 };

	for (size_t i = 0; i < p->n; i++) {
		struct post_str costs = p->record[i].costs, name;
		uint32_t self, total;

		while (post_next_cost(&costs, &name, &self, &total)) {
			c->v = post_room(c->v, c->n, &c->cap, sizeof *c->v);
			c->v[c->n++] = (struct post_page_cost){ id_of(p, c, name, &plain, &shown), (uint32_t)i, (double)self / POST_COST_WHOLE,
			    (double)total / POST_COST_WHOLE };
		}
	}
	post_buf_free(&plain);
	post_buf_free(&shown);
	unite(c);
}

static void
write_functions(struct publishing *p, const struct post_page *page)
{
	struct costs c = { 0 };
	struct post_out out;

	take_costs(p, &c);
	if (publish_open(p, publish_path(p, "functions", ".js"), &out)) {
		post_page_functions(page, &(struct post_page_costs){ .name = c.name, .names = c.shown.n, .cost = c.v, .costs = c.n,
		    .least = (double)POST_COST_LEAST / POST_COST_WHOLE }, &out);
		(void)publish_close(p, &out);
	}
	post_names_free(&c.shown);
	free(c.name);
	free(c.v);
}

/* All that was read, and how. */
static uint64_t
content_of(const struct publishing *p)
{
	uint64_t h = XXH3_64bits(p->site->conf->rules, strlen(p->site->conf->rules));

	for (size_t i = 0; i < p->n; i++)
		h = XXH3_64bits_withSeed(p->record[i].hash, sizeof p->record[i].hash, h);
	return h;
}

void
publish_page(struct publishing *p)
{
	struct post_page_trace *trace = post_resize(NULL, p->n, sizeof *trace);
	struct post_page_group *group = post_resize(NULL, p->groups, sizeof *group);
	struct post_page page = { .title = p->site->conf->page_title, .content = content_of(p), .trace = trace, .traces = p->n,
	    .group = group, .groups = p->groups, .baseline = p->baseline };
	struct post_out out;

	for (size_t i = 0; i < p->n; i++)
		trace[i] = page_trace(p, i);
	for (size_t i = 0; i < p->groups; i++)
		group[i] = page_group(p, &p->group[i]);
	write_functions(p, &page);
	if (publish_open(p, publish_path(p, "index", ".html"), &out)) {
		post_page_write(&page, &out);
		(void)publish_close(p, &out);
	}
	free(trace);
	free(group);
}
