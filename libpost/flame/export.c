/* SPDX-License-Identifier: BSD-2-Clause */
/* d3-flame-graph's form: a tree of objects, written in the order of a walk. */
#include "../base/json.h"
#include "export.h"

/* A - B, with its sign. */
static void
put_difference(struct post_buf *b, struct post_count a, struct post_count minus)
{
	bool negative = post_count_cmp(a, minus) < 0;
	struct post_count d = negative ? minus : a;

	post_count_sub(&d, negative ? a : minus);
	if (negative)
		post_putc(b, '-');
	post_put_count(b, d);
}

/* An object but for its children and its end. */
static void
put_frame(struct post_buf *b, const struct post_tree *t, const struct post_frame *f)
{
	post_puts(b, "{\"name\":");
	post_put_json(b, f->depth == 0 ? POST_STR("all") : post_name(t->names, f->name));
	post_puts(b, ",\"value\":");
	post_put_count(b, f->count);
	if (t->both) {
		post_puts(b, ",\"delta\":");
		put_difference(b, f->after, f->before);
	}
}

/* Objects at depths FROM to TO end here, FROM being the deepest. */
static void
put_ends(struct post_out *out, uint32_t from, uint32_t to)
{
	for (; from > to; from--) {
		post_puts(&out->buf, "}]");
		post_out_tick(out);
	}
	post_putc(&out->buf, '}');
}

void
post_export_json(struct post_tree *t, struct post_out *out)
{
	struct post_walk w;
	struct post_frame f;
	uint32_t depth = 0;

	post_walk_begin(&w, t);
	while (post_walk_next(&w, 0, &f)) {
		if (f.name == (uint32_t)POST_GAP)
			continue;
		if (f.depth > depth)
			post_puts(&out->buf, ",\"children\":[\n");
		else if (f.depth > 0) {
			put_ends(out, depth, f.depth);
			post_puts(&out->buf, ",\n");
		}
		put_frame(&out->buf, t, &f);
		depth = f.depth;
		post_out_tick(out);
	}
	post_walk_end(&w);
	put_ends(out, depth, 0);
	post_putc(&out->buf, '\n');
	post_out_tick(out);
}
