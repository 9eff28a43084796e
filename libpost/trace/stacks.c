/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "stacks.h"

static void	on_event(void *arg, const struct post_event *);

void
post_stacks_init(struct post_stacks *s, const struct post_stacks_conf *conf, struct post_names *names, void *arg)
{
	*s = (struct post_stacks){ .conf = conf, .arg = arg, .names = names,
	    .parser = { .event = on_event, .arg = s }, .unfolder = { .names = names }, .chooser = { .choice = conf->choice } };
	post_naming_init(&s->naming, &conf->naming, names, &s->account.facts);
}

void
post_stacks_free(struct post_stacks *s)
{
	post_naming_free(&s->naming);
	post_parse_free(&s->parser);
	post_unfolder_free(&s->unfolder);
	post_chooser_free(&s->chooser);
	post_account_free(&s->account);
	free(s->frame);
	free(s->shaped);
}

/* The frame that the account took last is called ID. */
static void
push(struct post_stacks *s, uint32_t id)
{
	size_t n = s->account.open.n;

	if (n > POST_STACK_MAX)
		return;
	while (s->cap < n)
		s->frame = post_room(s->frame, s->cap, &s->cap, sizeof *s->frame);
	s->frame[n - 1] = id;
}

/* The address of a C function without a symbol is an address like any other. */
static uint32_t
cfunc_name(struct post_stacks *s, struct post_str text)
{
	struct post_line as_native = { .text = text, .addr = text, .rest = text };
	struct post_trait trait;

	if (!post_str_starts(text, POST_STR("0x")))
		return post_intern(s->names, text);
	return post_naming_native(&s->naming, &as_native, &trait);
}

static void
mark_truncated(struct post_stacks *s)
{
	const struct post_part *user = &s->account.open.side[POST_SIDE_USER], *kernel = &s->account.open.side[POST_SIDE_KERNEL];

	if (user->cut)
		s->frame[user->last] = post_intern(s->names, POST_STR("[truncated]"));
	if (kernel->cut)
		s->frame[kernel->last] = post_intern(s->names,
		    s->conf->naming.kernel ? POST_STR("[truncated]_[k]") : POST_STR("[truncated]"));
}

/* Behind which frame, from the leaf, a separator goes; 0: none. */
static size_t
boundary(const struct post_stacks *s)
{
	const struct post_part *side = s->account.open.side;
	bool both = side[POST_SIDE_USER].n > 0 && side[POST_SIDE_KERNEL].n > 0;

	return s->conf->separator && both ? side[POST_SIDE_KERNEL].last + 1 : 0;
}

/* From leaf first to root first, with all that the options change. */
static size_t
shape(struct post_stacks *s, const uint32_t *frame, size_t n, bool leaf_first)
{
	size_t i, out = 0, sep = leaf_first ? boundary(s) : 0;
	bool backwards = leaf_first != s->conf->reverse;

	if (s->cap_shaped < n + 1) {
		s->cap_shaped = 2 * (n + 1);
		s->shaped = post_resize(s->shaped, s->cap_shaped, sizeof *s->shaped);
	}
	for (i = 0; i < n; i++) {
		size_t at = backwards ? n - 1 - i : i;

		if (sep > 0 && out > 0 && at == (backwards ? sep - 1 : sep))
			s->shaped[out++] = post_intern(s->names, POST_STR("-"));
		if (out == 0 || !s->conf->merge_recursive || s->shaped[out - 1] != frame[at])
			s->shaped[out++] = frame[at];
	}
	return out;
}

static void
give(struct post_stacks *s, const uint32_t *frame, size_t n, struct post_count count)
{
	struct post_stack stack = { frame, n, count };

	if (s->status == 0)
		s->status = s->conf->stack(s->arg, &stack, s->err);
}

/* A whole stack: what of it is wanted, in the shape that is wanted. */
static void
finish(struct post_stacks *s, const uint32_t *frame, size_t n, bool leaf_first, struct post_count count)
{
	int chosen = post_choose(&s->chooser, s->names, &frame, &n, leaf_first, s->err);

	if (chosen == -1)
		s->status = -1;
	if (chosen != 1)
		return;
	if (!leaf_first && !s->conf->reverse && !s->conf->merge_recursive) {
		give(s, frame, n, count);
		return;
	}
	n = shape(s, frame, n, leaf_first);	/* may move s->shaped */
	give(s, s->shaped, n, count);
}

static void
close_stack(struct post_stacks *s, const struct post_event *e)
{
	struct post_count count;

	if (!post_account_close(&s->account, e, &count))
		return;
	mark_truncated(s);
	finish(s, s->frame, s->account.open.n, true, count);
}

static void
on_event(void *arg, const struct post_event *e)
{
	struct post_stacks *s = arg;
	struct post_trait trait;
	uint32_t id;

	switch (e->kind) {
	case POST_EVENT_NATIVE:
		id = post_naming_native(&s->naming, e->line, &trait);
		if (post_account_native(&s->account, e, &trait))
			push(s, id);
		break;
	case POST_EVENT_SIMPLE:
		id = post_naming_native(&s->naming, e->line, &trait);
		post_account_event(&s->account, e, &trait);
		push(s, id);
		break;
	case POST_EVENT_CUT:
	case POST_EVENT_LUA:
		post_account_event(&s->account, e, NULL);
		push(s, post_intern(s->names, e->line->text));
		break;
	case POST_EVENT_CFUNC:
		post_account_event(&s->account, e, NULL);
		push(s, cfunc_name(s, e->line->text));
		break;
	case POST_EVENT_COUNT:
		close_stack(s, e);
		break;
	case POST_EVENT_NOISE:
		post_account_event(&s->account, e, NULL);
		break;
	}
}

/* The trace ended with a stack that has no count: 1, when that is asked for. */
static void
close_single(struct post_stacks *s)
{
	const struct post_open_stack *o = &s->account.open;
	struct post_line line = { .kind = POST_LINE_COUNT, .count = POST_STR("1") };
	struct post_event e = { .kind = POST_EVENT_COUNT, .line = &line, .at = &s->parser.at };

	if (s->conf->single && !o->closed && o->n > 0)
		close_stack(s, &e);
}

static int64_t
raw_block(struct post_stacks *s, const struct post_block *b)
{
	size_t bom = post_bom(b);

	s->parser.at = (struct post_place){ .seq = b->seq, .byte = b->byte + bom, .file = b->file };
	post_parse(&s->parser, (struct post_str){ b->p + bom, b->n - bom });
	if (b->last) {
		post_parse_end(&s->parser);
		close_single(s);
		post_account_end(&s->account);
	}
	return (int64_t)s->parser.at.line;
}

static void
folded_line(struct post_stacks *s, struct post_str line, const struct post_place *at)
{
	struct post_str stack;
	struct post_count count;

	if (!post_account_line(&s->account, line, at, &stack, &count))
		return;
	post_unfold(&s->unfolder, stack);
	if (s->unfolder.too_deep) {
		post_notes_add(&s->account.notes, POST_NOTE_TOO_DEEP, count.whole, at);
		return;
	}
	post_account_folded(&s->account, s->unfolder.n, count);
	finish(s, s->unfolder.frame, s->unfolder.n, false, count);
}

static int64_t
folded_block(struct post_stacks *s, const struct post_block *b)
{
	struct post_place at = { .seq = b->seq, .byte = b->byte, .file = b->file };
	const char *p = b->p + post_bom(b), *end = b->p + b->n;

	at.byte += post_bom(b);
	while (p < end && s->status == 0) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));
		struct post_str line = { p, (size_t)((nl != NULL ? nl : end) - p) };

		at.line++;
		folded_line(s, line, &at);
		p += line.n + 1;
		at.byte += line.n + 1;
	}
	post_unfolder_forget(&s->unfolder);
	return (int64_t)at.line;
}

int64_t
post_stacks_block(struct post_stacks *s, const struct post_block *b, struct post_err *err)
{
	int64_t lines;

	s->err = err;
	post_account_block(&s->account, b);
	lines = b->tag == POST_FORM_FOLDED ? folded_block(s, b) : raw_block(s, b);
	return s->status == 0 ? lines : -1;
}
