/* SPDX-License-Identifier: BSD-2-Clause */
/* Everything as one JSON object; its schema is in bt-hist(1). */
#include "../base/json.h"
#include "set.h"

static void
put_text(struct post_buf *b, const char *key, struct post_str s)
{
	post_put_json_key(b, key);
	post_put_json(b, s);
}

static void
put_bounds(struct post_buf *b, const struct post_hist_bounds *v)
{
	post_put_json_key(b, "low");
	if (v->has_low)
		post_hist_put_signed(b, v->low);
	else
		post_puts(b, "null");
	post_put_json_key(b, "high");
	if (v->has_last)
		post_hist_put_behind(b, v->last);
	else
		post_puts(b, "null");
}

static void
put_stats(struct post_buf *b, const struct post_hist *h)
{
	static const char *const names[] = { "min", "avg", "max" };
	int i;

	for (i = 0; i < POST_HIST_STATS; i++) {
		post_put_json_key(b, names[i]);
		if (h->stats_label.n > 0)
			post_hist_put_signed(b, h->stat[i]);
		else
			post_puts(b, "null");
	}
}

static void
put_percentiles(struct post_buf *b, const struct post_hist *h)
{
	static const struct { const char *key; unsigned percent; } all[] = {
		{ "p50", 50 }, { "p90", 90 }, { "p99", 99 }, { "p100", 100 }
	};
	size_t i;

	for (i = 0; i < sizeof all / sizeof *all; i++) {
		struct post_hist_bounds v;

		post_put_json_key(b, all[i].key);
		if (h->total == 0) {
			post_puts(b, "null");
			continue;
		}
		v = post_hist_bounds(h, post_hist_percentile(h, all[i].percent));
		if (all[i].percent == 100 && h->stats_label.n > 0)
			v = (struct post_hist_bounds){ true, true, h->stat[POST_HIST_MAX], h->stat[POST_HIST_MAX] };
		post_putc(b, '{');
		put_bounds(b, &v);
		post_putc(b, '}');
	}
}

static void
put_buckets(struct post_out *out, const struct post_hist *h)
{
	size_t i;

	post_put_json_key(&out->buf, "buckets");
	post_putc(&out->buf, '[');
	for (i = 0; i < h->n; i++) {
		struct post_hist_bounds v = post_hist_bounds(h, i);

		post_puts(&out->buf, i > 0 ? ",{" : "{");
		put_bounds(&out->buf, &v);
		post_put_json_number(&out->buf, "count", h->count[i]);
		post_putc(&out->buf, '}');
		post_out_tick(out);
	}
	post_putc(&out->buf, ']');
}

static void
put_run(struct post_out *out, const struct post_hist_run *r, post_operand_fn *name, const void *arg)
{
	struct post_buf *b = &out->buf;
	const struct post_hist *h = r->hist;
	size_t i;

	post_puts(b, "\n{\"files\":[");
	for (i = 0; i < r->nfile; i++) {
		if (i > 0)
			post_putc(b, ',');
		post_put_json(b, post_str_of(name(arg, r->file[i])));
	}
	post_putc(b, ']');
	post_put_json_number(b, "line", h->line);
	put_text(b, "heading", h->heading);
	put_text(b, "unit", h->unit);
	put_text(b, "kind", h->kind == POST_HIST_LOG ? POST_STR("log") : POST_STR("linear"));
	post_put_json_number(b, "n", h->total);
	put_stats(b, h);
	put_percentiles(b, h);
	put_buckets(out, h);
	post_putc(b, '}');
}

static void
put_record(struct post_buf *b, const struct post_record *r, struct post_str file)
{
	static const char *const a[] = { "times", "length", "ms" }, *const second[] = { "bytes", "limit", "io_ms" };

	post_puts(b, "\n{");
	put_text(b, "file", file);
	if (r->kind == POST_RECORD_FILE) {
		put_text(b, "operation", r->what);
		post_put_json_number(b, "rank", r->rank);
		put_text(b, "name", r->name);
	} else
		put_text(b, "time", r->name);
	if (r->kind == POST_RECORD_QUEUE)
		put_text(b, "queue", r->what);
	post_put_json_number(b, a[r->kind], r->a);
	if (r->kind != POST_RECORD_BLOCKED || r->has_b)
		post_put_json_number(b, second[r->kind], r->b);
	else {
		post_put_json_key(b, second[r->kind]);
		post_puts(b, "null");
	}
	post_putc(b, '}');
}

static void
put_records(struct post_out *out, const struct post_records *all, enum post_record_kind kind, post_operand_fn *name, const void *arg)
{
	bool any = false;
	size_t i;

	for (i = 0; i < all->n; i++) {
		if (all->record[i].kind != kind)
			continue;
		if (any)
			post_putc(&out->buf, ',');
		any = true;
		put_record(&out->buf, &all->record[i], post_str_of(name(arg, all->file[i])));
		post_out_tick(out);
	}
}

void
post_hist_put_json(struct post_out *out, const struct post_hist_set *s, const struct post_records *all, post_operand_fn *name,
    const void *arg)
{
	static const char *const kinds[] = { "files", "overflows", "blocked" };
	size_t i;
	int kind;

	post_puts(&out->buf, "{\"histograms\":[");
	for (i = 0; i < s->n; i++) {
		if (i > 0)
			post_putc(&out->buf, ',');
		put_run(out, &s->run[i], name, arg);
	}
	post_putc(&out->buf, ']');
	for (kind = 0; kind < POST_RECORD_KINDS; kind++) {
		post_puts(&out->buf, ",\n\"");
		post_puts(&out->buf, kinds[kind]);
		post_puts(&out->buf, "\":[");
		put_records(out, all, (enum post_record_kind)kind, name, arg);
		post_putc(&out->buf, ']');
	}
	post_puts(&out->buf, "}\n");
}
