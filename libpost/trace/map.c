/* SPDX-License-Identifier: BSD-2-Clause */
#include "map.h"

struct map {
	post_rename_fn		*rename;
	void			*arg;
	struct post_out		*out;
	struct post_account	*account;
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

	post_account_event(m->account, e, NULL);
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
map_folded_line(struct map *m, struct post_str line, const struct post_place *at)
{
	struct post_str stack;
	struct post_count count;
	size_t frames = 0;

	if (!post_account_line(m->account, line, at, &stack, &count)) {
		post_put(&m->out->buf, line);
		return;
	}
	line = post_str_from(line, stack.n);
	m->seen++;
	while (stack.n > 0) {
		struct post_str before = stack, frame = post_folded_next(&stack);

		frames++;
		map_folded_frame(m, frame);
		if (frame.n < before.n)
			post_putc(&m->out->buf, ';');
	}
	post_put(&m->out->buf, line);
	post_account_folded(m->account, frames, count);
}

static void
map_folded(struct map *m, struct post_str lines, struct post_place *at)
{
	const char *p = lines.p, *end = lines.p + lines.n;

	while (p < end) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));
		struct post_str line = { p, (size_t)((nl != NULL ? nl : end) - p) };

		at->line++;
		map_folded_line(m, line, at);
		if (nl != NULL)
			post_putc(&m->out->buf, '\n');
		post_out_tick(m->out);
		p += line.n + 1;
		at->byte += line.n + 1;
	}
}

/* A place at the start of what of block B is copied, the line before its first. */
static struct post_place
begin(const struct post_block *b)
{
	return (struct post_place){ .seq = b->seq, .byte = b->byte + post_bom(b), .file = b->file };
}

static int64_t
map_block(void *arg, const struct post_block *b, struct post_err *err)
{
	struct map *m = arg;
	struct post_str s = post_copy_begin(m->out, &m->open_line, b);
	struct post_place at = begin(b);

	if (post_out_failed(m->out))
		return post_fail(err, POST_EIO, "the output failed");
	post_account_block(m->account, b);
	if (b->tag == POST_FORM_FOLDED) {
		map_folded(m, s, &at);
		return (int64_t)at.line;
	}
	m->parser.at = at;
	post_parse(&m->parser, s);
	if (b->last) {
		post_parse_end(&m->parser);
		post_account_end(m->account);
	}
	return (int64_t)m->parser.at.line;
}

uint64_t
post_map(struct post_run *run, struct post_input *in, post_rename_fn *rename, void *arg, struct post_out *out)
{
	struct map m = { .rename = rename, .arg = arg, .out = out, .account = &run->account,
	    .parser = { .event = on_event, .arg = &m } };
	void *one = &m;
	struct post_err ignored;	/* post_out_close tells it */

	post_account_light(&run->account);
	if (post_run_blocks(run, in, map_block, &one, 1, &ignored) == 0)
		post_run_resolve(run);
	post_parse_free(&m.parser);
	post_buf_free(&m.plain);
	post_buf_free(&m.renamed);
	return m.seen;
}
