/* SPDX-License-Identifier: BSD-2-Clause */
#include "map.h"

struct map {
	post_rename_fn		*rename;
	void			*arg;
	struct post_out		*out;
	uint64_t		 seen;
	struct post_parser	 parser;
	struct post_buf		 plain, renamed;
	bool			 open_line;	/* the operand before ended without a line end */
};

struct post_str
post_copy_begin(struct post_out *out, bool *open_line, const struct post_block *b)
{
	size_t bom = post_bom(b);

	if (b->first && b->n > 0 && *open_line)
		post_putc(&out->buf, '\n');
	if (b->n > 0)
		*open_line = b->p[b->n - 1] != '\n';
	if (b->file == 0)
		post_put(&out->buf, (struct post_str){ b->p, bom });
	return (struct post_str){ b->p + bom, b->n - bom };
}

void
post_put_line_end(struct post_buf *b, struct post_str raw)
{
	if (post_str_ends(raw, POST_STR("\r\n")))
		post_putc(b, '\r');
	if (post_str_ends(raw, POST_STR("\n")))
		post_putc(b, '\n');
}

static bool
ask(struct map *m, struct post_str frame)
{
	m->renamed.n = 0;
	return m->rename(m->arg, frame, &m->renamed);
}

/* The new text between what stood around the old one: blanks before, a line end behind. */
static void
put_frame(struct map *m, struct post_str text, struct post_str raw)
{
	struct post_buf *out = &m->out->buf;

	if (!ask(m, text)) {
		post_put(out, raw);
		return;
	}
	if (text.p < raw.p || text.p > raw.p + raw.n) {		/* it had colour or CRs, which are gone */
		post_put(out, post_buf_str(&m->renamed));
		post_put_line_end(out, raw);	/* none of a cut line: its count follows */
		return;
	}
	post_put(out, (struct post_str){ raw.p, (size_t)(text.p - raw.p) });
	post_put(out, post_buf_str(&m->renamed));
	post_put(out, post_str_from(raw, (size_t)(text.p - raw.p) + text.n));
}

static void
on_event(void *arg, const struct post_event *e)
{
	struct map *m = arg;

	m->seen += e->kind != POST_EVENT_NOISE;
	if (e->kind == POST_EVENT_LUA || e->kind == POST_EVENT_CUT)
		put_frame(m, e->line->text, e->raw);
	else
		post_put(&m->out->buf, e->raw);
	post_out_tick(m->out);
}

static void
map_folded_frame(struct map *m, struct post_str frame)
{
	struct post_str plain = frame;

	if (frame.n > 0 && memchr(frame.p, '\\', frame.n) != NULL) {
		m->plain.n = 0;
		post_put_unfolded(&m->plain, frame);
		plain = post_buf_str(&m->plain);
	}
	if (ask(m, plain))
		post_put_folded(&m->out->buf, post_buf_str(&m->renamed));
	else
		post_put(&m->out->buf, frame);
}

/* A line that is no stack (a comment, noise) is copied. */
static void
map_folded_line(struct map *m, struct post_str line)
{
	struct post_str stack;
	struct post_count count;

	if (post_folded_split(line, &stack, &count) != 0) {
		post_put(&m->out->buf, line);
		return;
	}
	line = post_str_from(line, stack.n);
	m->seen++;
	while (stack.n > 0) {
		struct post_str before = stack, frame = post_folded_next(&stack);

		map_folded_frame(m, frame);
		if (frame.n < before.n)
			post_putc(&m->out->buf, ';');
	}
	post_put(&m->out->buf, line);
}

static void
map_folded(struct map *m, struct post_str lines)
{
	const char *p = lines.p, *end = lines.p + lines.n;

	while (p < end) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));
		struct post_str line = { p, (size_t)((nl != NULL ? nl : end) - p) };

		map_folded_line(m, line);
		if (nl != NULL)
			post_putc(&m->out->buf, '\n');
		post_out_tick(m->out);
		p += line.n + 1;
	}
}

static void
map_block(struct map *m, const struct post_block *b)
{
	struct post_str s = post_copy_begin(m->out, &m->open_line, b);

	if (b->tag == POST_FORM_FOLDED) {
		map_folded(m, s);
		return;
	}
	post_parse(&m->parser, s);
	if (b->last)
		post_parse_end(&m->parser);
}

uint64_t
post_map(struct post_input *in, post_rename_fn *rename, void *arg, struct post_out *out)
{
	struct map m = { .rename = rename, .arg = arg, .out = out, .parser = { .event = on_event, .arg = &m } };
	struct post_block *b;

	while (!post_out_failed(out) && (b = post_input_next(in)) != NULL) {
		map_block(&m, b);
		post_input_release(in, b);
	}
	post_parse_free(&m.parser);
	post_buf_free(&m.plain);
	post_buf_free(&m.renamed);
	return m.seen;
}
