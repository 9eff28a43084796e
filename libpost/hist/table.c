/* SPDX-License-Identifier: BSD-2-Clause */
/* Tables: a row for each bucket or line, exact numbers. */
#include "set.h"

static void
put_tab(struct post_buf *b, struct post_str s)
{
	post_put_shown(b, s);
	post_putc(b, '\t');
}

/* A share with its three decimals. */
static void
put_share(struct post_buf *b, uint64_t share)
{
	post_putu(b, share / 1000);
	post_putf(b, ".%03u", (unsigned)(share % 1000));
}

/* Low bound and what is behind the last one; empty where there is none. */
static void
put_bounds(struct post_buf *b, const struct post_hist_bounds *v)
{
	if (v->has_low)
		post_hist_put_signed(b, v->low);
	post_putc(b, '\t');
	if (v->has_last)
		post_hist_put_behind(b, v->last);
	post_putc(b, '\t');
}

static void
put_histogram(struct post_out *out, const struct post_hist *h, struct post_str files)
{
	uint64_t seen = 0;
	size_t i;

	for (i = 0; i < h->n; i++) {
		struct post_hist_bounds v = post_hist_bounds(h, i);

		seen += h->count[i];
		put_tab(&out->buf, files);
		put_tab(&out->buf, h->heading);
		put_tab(&out->buf, h->unit);
		put_bounds(&out->buf, &v);
		post_putu(&out->buf, h->count[i]);
		post_putc(&out->buf, '\t');
		put_share(&out->buf, post_hist_share(h, h->count[i]));
		post_putc(&out->buf, '\t');
		put_share(&out->buf, post_hist_share(h, seen));
		post_putc(&out->buf, '\n');
		post_out_tick(out);
	}
}

static void
put_record(struct post_buf *b, const struct post_record *r, struct post_str file)
{
	put_tab(b, file);
	if (r->kind == POST_RECORD_FILE) {
		put_tab(b, r->what);
		post_putu(b, r->rank);
		post_putc(b, '\t');
	} else {
		put_tab(b, r->name);
		if (r->kind == POST_RECORD_QUEUE)
			put_tab(b, r->what);
	}
	post_putu(b, r->a);
	post_putc(b, '\t');
	if (r->kind != POST_RECORD_BLOCKED || r->has_b)
		post_putu(b, r->b);
	if (r->kind == POST_RECORD_FILE) {
		post_putc(b, '\t');
		post_put_shown(b, r->name);
	}
	post_putc(b, '\n');
}

static void
put_records(struct post_out *out, const struct post_records *all, enum post_record_kind kind, bool *any,
    post_operand_fn *name, const void *arg)
{
	static const char *const heads[] = {
		"file\toperation\trank\ttimes\tbytes\tname\n", "file\ttime\tqueue\tlength\tlimit\n", "file\ttime\tms\tio_ms\n"
	};
	bool begun = false;
	size_t i;

	for (i = 0; i < all->n; i++) {
		if (all->record[i].kind != kind)
			continue;
		if (!begun && *any)
			post_putc(&out->buf, '\n');
		if (!begun)
			post_puts(&out->buf, heads[kind]);
		begun = *any = true;
		put_record(&out->buf, &all->record[i], post_str_of(name(arg, all->file[i])));
		post_out_tick(out);
	}
}

void
post_hist_put_tsv(struct post_out *out, const struct post_hist_set *s, const struct post_records *all, post_operand_fn *name,
    const void *arg)
{
	struct post_buf files = { 0 };
	bool any = s->n > 0;
	int kind;
	size_t i;

	if (any)
		post_puts(&out->buf, "file\theading\tunit\tlow\thigh\tcount\tshare\tcumulative\n");
	for (i = 0; i < s->n; i++, files.n = 0) {
		post_hist_put_files(&files, &s->run[i], name, arg);
		put_histogram(out, s->run[i].hist, post_buf_str(&files));
	}
	for (kind = 0; kind < POST_RECORD_KINDS; kind++)
		put_records(out, all, (enum post_record_kind)kind, &any, name, arg);
	post_buf_free(&files);
}
