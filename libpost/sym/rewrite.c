/* SPDX-License-Identifier: BSD-2-Clause */
#include "../trace/map.h"
#include "rewrite.h"

/* TEXT with "\r\n" between its lines. */
static void
put_with_cr(struct post_buf *out, struct post_str text)
{
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '\n')
			post_putc(out, '\r');
		post_putc(out, text.p[i]);
	}
}

/* TEXT with the line ends that RAW, the line before, had. */
static void
put_text(struct post_buf *out, struct post_str text, struct post_str raw)
{
	if (post_str_ends(raw, POST_STR("\r\n")))
		put_with_cr(out, text);
	else
		post_put(out, text);
	post_put_line_end(out, raw);
}

static void
on_event(void *arg, const struct post_event *e)
{
	struct post_rewriter *w = arg;
	enum post_frame_kind kind = post_tip_next(&w->tip, e);
	struct post_str text = { NULL, 0 };

	if (post_frame_plain(e))
		text = post_text(w->texts, post_frames_id(w->frames, e->line->text), kind);
	if (text.p != NULL)
		put_text(&w->out->buf, text, e->raw);
	else
		post_put(&w->out->buf, e->raw);
	post_out_tick(w->out);
}

void
post_rewrite(struct post_rewriter *w, const struct post_block *b)
{
	struct post_str s = post_copy_begin(w->out, &w->open_line, b);

	if (w->texts->changed == 0) {
		post_out_copy(w->out, s);
		return;
	}
	w->parser.event = on_event;
	w->parser.arg = w;
	post_parse(&w->parser, s);
	if (b->last) {
		post_parse_end(&w->parser);
		w->tip = (struct post_tip){ 0 };
	}
}

void
post_rewriter_free(struct post_rewriter *w)
{
	post_parse_free(&w->parser);
}
