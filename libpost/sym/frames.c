/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "frames.h"

bool
post_frame_plain(const struct post_event *e)
{
	struct post_str left = post_str_from(e->raw, post_span(e->raw, POST_SPACE));

	return e->kind == POST_EVENT_NATIVE && e->line->count.n == 0 && !post_str_starts(left, POST_STR("Returning "));
}

struct post_str
post_frame_parse(struct post_str text, struct post_native *out)
{
	struct post_line line;

	post_line_native(text, &line);
	post_native_parse(line.rest, out);
	return line.addr;
}

void
post_frames_free(struct post_frames *f)
{
	post_names_free(&f->text);
	free(f->frame);
	*f = (struct post_frames){ 0 };
}

/* The frame ID came behind the last one; it may be new. */
static uint32_t
follow(struct post_frames *f, uint32_t id)
{
	if (f->cap < f->text.n) {
		f->frame = post_room(f->frame, id, &f->cap, sizeof *f->frame);
		memset(f->frame + id, 0, (f->cap - id) * sizeof *f->frame);
	}
	f->frame[f->last].next = id;
	return f->last = id;
}

uint32_t
post_frames_id(struct post_frames *f, struct post_str text)
{
	uint32_t guess = f->text.n > 0 ? f->frame[f->last].next : 0;

	if (guess < f->text.n && post_str_eq(post_name(&f->text, guess), text))
		return f->last = guess;
	return follow(f, post_intern(&f->text, text));
}

/* One thread of the reading; what it writes for each frame shares no line of the cache with the next one's. */
struct reader {
	struct post_frames	*frames;	/* the caller's in the first thread, own in the others */
	struct post_frames	 own;
	struct post_account	 account;
	struct post_parser	 parser;
	struct post_tip		 tip;
	uint32_t		 leafward;	/* the frame before, when it is a plain one of this stack */
	bool			 plain;
	char			 apart[128];
};

/* The id of the frame of E; what the account keeps of it is found out once. */
static uint32_t
take_frame(struct reader *r, const struct post_event *e)
{
	uint32_t known = r->frames->text.n, id = post_frames_id(r->frames, e->line->text);

	if (id == known)
		r->frames->frame[id].trait = post_account_trait(&r->account, e->line);
	return id;
}

static void
on_event(void *arg, const struct post_event *e)
{
	struct reader *r = arg;
	enum post_frame_kind kind = post_tip_next(&r->tip, e);
	bool plain = post_frame_plain(e);
	uint32_t id = plain ? take_frame(r, e) : 0;

	if (plain)
		post_account_native(&r->account, e, &r->frames->frame[id].trait);
	else
		post_account_event(&r->account, e, NULL);
	if (e->kind == POST_EVENT_NOISE)
		return;
	r->frames->seen++;
	if (e->kind == POST_EVENT_COUNT && r->plain)
		r->frames->frame[r->leafward].root = true;
	r->plain = plain;
	if (!plain)
		return;
	r->leafward = id;
	r->frames->frame[id].n[kind]++;
}

static int64_t
read_block(void *arg, const struct post_block *b, struct post_err *err)
{
	struct reader *r = arg;
	size_t bom = post_bom(b);

	(void)err;
	if (b->tag == POST_FORM_FOLDED) {
		r->frames->folded++;
		return 0;
	}
	post_account_block(&r->account, b);
	r->parser.at = (struct post_place){ .seq = b->seq, .byte = b->byte + bom, .file = b->file };
	post_parse(&r->parser, (struct post_str){ b->p + bom, b->n - bom });
	if (b->last) {
		post_parse_end(&r->parser);
		post_account_end(&r->account);
		r->tip = (struct post_tip){ 0 };
		r->plain = false;
	}
	return (int64_t)r->parser.at.line;
}

static void
add(struct post_seen_frame *into, const struct post_seen_frame *from)
{
	into->n[POST_FRAME_RETURN] += from->n[POST_FRAME_RETURN];
	into->n[POST_FRAME_EXACT] += from->n[POST_FRAME_EXACT];
	into->root |= from->root;
}

/* Some names are hashed ahead of the one that is looked up, so that the waits for memory overlap. */
static void
merge(struct post_frames *into, const struct post_frames *from)
{
	enum { AHEAD = 16 };
	uint64_t begun[AHEAD];

	for (size_t i = 0; i < (size_t)from->text.n + AHEAD; i++) {
		if (i >= AHEAD) {
			uint32_t at = (uint32_t)(i - AHEAD);
			uint32_t id = follow(into, post_intern_end(&into->text, post_name(&from->text, at), begun[i % AHEAD]));

			add(&into->frame[id], &from->frame[at]);
		}
		if (i < from->text.n)
			begun[i % AHEAD] = post_intern_begin(&into->text, post_name(&from->text, (uint32_t)i));
	}
	into->seen += from->seen;
	into->folded += from->folded;
}

void
post_frames_read(struct post_frames *frames, struct post_run *run, struct post_input *in, unsigned jobs)
{
	unsigned i, n = post_run_jobs(jobs);
	struct reader *r = post_resize(NULL, n, sizeof *r);
	void **args = post_resize(NULL, n, sizeof *args);
	struct post_err err;

	for (i = 0; i < n; i++) {
		r[i] = (struct reader){ .frames = i == 0 ? frames : &r[i].own, .parser = { .event = on_event, .arg = &r[i] } };
		args[i] = &r[i];
	}
	post_run_blocks(run, in, read_block, args, n, &err);
	for (i = 0; i < n; i++) {
		if (i > 0)
			merge(frames, r[i].frames);
		post_account_merge(&run->account, &r[i].account);
		post_account_free(&r[i].account);
		post_frames_free(&r[i].own);
		post_parse_free(&r[i].parser);
	}
	post_run_resolve(run);
	free(args);
	free(r);
}
