/* SPDX-License-Identifier: BSD-2-Clause */
/* speedscope's file format: samples are lists of frames, each with a weight. */
#include <stdlib.h>
#include <string.h>
#include "../base/json.h"
#include "export.h"

struct speedscope {
	struct post_tree	*tree;
	struct post_out		*out;
	struct post_buf		 frames;	/* the names, in the order of their first use */
	struct post_buf		 weights;	/* of the profile that is written now */
	uint32_t		*number;	/* by name id: its place in frames, from 1 on, or 0 */
	uint32_t		 used;
	uint32_t		*path;		/* places, from the root down */
	size_t			 cap;
};

/* What was counted, in the words of the format. */
static const char *
unit_of(const char *countname)
{
	static const char *const units[][2] = {
		{ "bytes", "bytes" }, { "nanoseconds", "nanoseconds" }, { "ns", "nanoseconds" },
		{ "microseconds", "microseconds" }, { "us", "microseconds" },
		{ "milliseconds", "milliseconds" }, { "ms", "milliseconds" }, { "seconds", "seconds" }, { "s", "seconds" },
	};
	size_t i;

	for (i = 0; i < sizeof units / sizeof *units; i++)
		if (strcmp(countname, units[i][0]) == 0)
			return units[i][1];
	return "none";
}

static void
put_profile_head(struct post_buf *b, const char *name, const char *which, const char *unit, struct post_count total)
{
	struct post_buf full = { 0 };

	post_puts(&full, name);
	post_puts(&full, which);
	post_puts(b, "{\"type\":\"sampled\",\"name\":");
	post_put_json(b, post_buf_str(&full));
	post_puts(b, ",\"unit\":");
	post_put_json(b, post_str_of(unit));
	post_puts(b, ",\"startValue\":0,\"endValue\":");
	post_put_count(b, total);
	post_puts(b, ",\n\"samples\":[");
	post_buf_free(&full);
}

static uint32_t
number_of(struct speedscope *s, uint32_t id)
{
	if (s->number[id] == 0) {
		post_puts(&s->frames, s->used == 0 ? "\n{\"name\":" : ",\n{\"name\":");
		post_put_json(&s->frames, post_name(s->tree->names, id));
		post_putc(&s->frames, '}');
		s->number[id] = ++s->used;
	}
	return s->number[id] - 1;
}

/* The first N frames of the path, with a weight. */
static void
put_sample(struct speedscope *s, uint32_t n, struct post_count weight)
{
	struct post_buf *b = &s->out->buf;
	bool first = s->weights.n == 0;
	uint32_t i;

	post_puts(b, first ? "\n[" : ",\n[");
	for (i = 0; i < n; i++) {
		if (i > 0)
			post_putc(b, ',');
		post_putu(b, s->path[i]);
		post_out_tick(s->out);
	}
	post_putc(b, ']');
	if (!first)
		post_putc(&s->weights, ',');
	post_put_count(&s->weights, weight);
}

/* The samples, of the counts before if BEFORE, and their weights. */
static void
put_samples(struct speedscope *s, bool before)
{
	struct post_walk w;
	struct post_frame f;

	s->weights.n = 0;
	post_walk_begin(&w, s->tree);
	while (post_walk_next(&w, 0, &f)) {
		struct post_count self = before ? f.self_before : f.self_after;
		bool gap = f.name == (uint32_t)POST_GAP;

		if (f.depth > 0 && !gap) {
			s->path = post_room(s->path, f.depth - 1, &s->cap, sizeof *s->path);
			s->path[f.depth - 1] = number_of(s, f.name);
		}
		if (self.whole > 0 || self.frac > 0)
			put_sample(s, f.depth - gap, self);
		post_out_tick(s->out);
	}
	post_walk_end(&w);
	post_puts(&s->out->buf, "],\n\"weights\":[");
	post_out_tick(s->out);
	post_out_copy(s->out, post_buf_str(&s->weights));
	post_puts(&s->out->buf, "]}");
}

void
post_export_speedscope(struct post_tree *t, const char *name, const char *countname, struct post_out *out)
{
	const char *unit = unit_of(countname);
	struct speedscope s = { .tree = t, .out = out };
	struct post_buf *b = &out->buf;

	s.number = post_resize(NULL, (size_t)t->names->n + 1, sizeof *s.number);
	memset(s.number, 0, t->names->n * sizeof *s.number);
	post_puts(b, "{\"$schema\":\"https://www.speedscope.app/file-format-schema.json\",\"exporter\":\"bt-svg\",\"name\":");
	post_put_json(b, post_str_of(name));
	post_puts(b, ",\n\"profiles\":[\n");
	if (t->both) {
		put_profile_head(b, name, " (before)", unit, t->total_before);
		put_samples(&s, true);
		post_puts(b, ",\n");
	}
	put_profile_head(b, name, t->both ? " (after)" : "", unit, t->total_after);
	put_samples(&s, false);
	post_puts(b, "],\n\"shared\":{\"frames\":[");
	post_out_tick(out);
	post_out_copy(out, post_buf_str(&s.frames));
	post_puts(b, "]}}\n");
	post_out_tick(out);
	post_buf_free(&s.frames);
	post_buf_free(&s.weights);
	free(s.number);
	free(s.path);
}
