/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "stacks.h"

static void	on_event(void *arg, const struct post_event *);

void
post_stacks_init(struct post_stacks *s, const struct post_stacks_conf *conf, struct post_names *names, void *arg)
{
	*s = (struct post_stacks){ .conf = conf, .arg = arg, .names = names,
	    .parser = { .event = on_event, .arg = s }, .unfolder = { .names = names } };
	post_naming_init(&s->naming, &conf->naming, names);
}

void
post_stacks_free(struct post_stacks *s)
{
	post_naming_free(&s->naming);
	post_parse_free(&s->parser);
	post_unfolder_free(&s->unfolder);
	free(s->frame);
	free(s->shaped);
}

static void
note(struct post_stacks *s, enum post_note kind, const struct post_place *at)
{
	post_notes_add(&s->notes, kind, at);
}

static void
reset(struct post_stacks *s)
{
	s->n = 0;
	s->too_deep = s->cfunc = false;
	memset(s->side, 0, sizeof s->side);
}

static void
push(struct post_stacks *s, uint32_t id, const struct post_place *at)
{
	if (s->n == 0)
		s->place = *at;
	if (s->n == POST_STACK_MAX) {
		s->too_deep = true;
		return;
	}
	s->frame = post_room(s->frame, s->n, &s->cap, sizeof *s->frame);
	s->frame[s->n++] = id;
}

/* An address and nothing else? */
static bool
is_bare(const struct post_line *line)
{
	return line->rest.n > 1 && line->rest.p[0] == '0' && line->rest.p[1] == 'x' &&
	    memchr(line->rest.p, ' ', line->rest.n) == NULL;
}

/* What is left of a kernel's address, "0xffffffff81", where the frames of the kernel end. */
static bool
is_kernel_stub(const struct post_stacks *s, const struct post_line *line)
{
	static const char digits[] = "0xffff";
	size_t n = line->addr.n < sizeof digits - 1 ? line->addr.n : sizeof digits - 1;

	return s->side[1].n > 0 && s->side[0].n == 0 && line->addr.n < 18 && memcmp(line->addr.p, digits, n) == 0 &&
	    is_bare(line);
}

static void
native(struct post_stacks *s, const struct post_line *line, const struct post_place *at)
{
	bool kernel = post_addr_in_kernel(line->addr) || is_kernel_stub(s, line);

	if (s->cfunc) {		/* it was no C function on a Lua stack: a word of the target's output */
		note(s, POST_NOTE_TEXT, &s->place);
		reset(s);
	}
	s->side[kernel].bytes += line->addr.n;
	s->side[kernel].n++;
	s->side[kernel].last = s->n;
	s->side[kernel].last_bytes = line->addr.n;
	s->side[kernel].bare = is_bare(line);
	push(s, post_naming_native(&s->naming, line), at);
	if (line->count.n > 0)
		note(s, POST_NOTE_SPLICED, at);
}

/* The address of a C function without a symbol is an address like any other. */
static void
cfunc(struct post_stacks *s, const struct post_line *line, const struct post_place *at)
{
	struct post_line as_native = { .addr = line->text, .rest = line->text };
	bool address = post_str_starts(line->text, POST_STR("0x"));

	push(s, address ? post_naming_native(&s->naming, &as_native) : post_intern(s->names, line->text), at);
	s->cfunc = s->n == 1;
}

static bool
is_buffer_size(size_t n)
{
	return n >= 128 && ((n & (n - 1)) == 0 || n % 1024 == 0 || n % 1000 == 0);
}

/*
 * Is the last frame of this class the stub that MAXSTRINGLEN left of an
 * address?  The addresses with blanks between them then fill one byte less
 * than a buffer (bt(5)), and people choose round numbers for those.
 */
static bool
is_truncated(const struct post_stacks *s, bool kernel)
{
	size_t bytes = s->side[kernel].bytes + s->side[kernel].n;

	if (s->side[kernel].n == 0 || !s->side[kernel].bare)
		return false;
	return s->side[kernel].last_bytes < 3 || is_buffer_size(bytes);
}

static void
mark_truncated(struct post_stacks *s)
{
	bool mark = s->conf->naming.kernel;

	for (int kernel = 0; kernel <= 1; kernel++)
		if (is_truncated(s, kernel)) {
			s->frame[s->side[kernel].last] = post_intern(s->names,
			    kernel && mark ? POST_STR("[truncated]_[k]") : POST_STR("[truncated]"));
			note(s, POST_NOTE_TRUNCATED, &s->place);
		}
}

/* Behind which frame, from the leaf, a separator goes; 0: none. */
static size_t
boundary(const struct post_stacks *s)
{
	bool both = s->side[0].n > 0 && s->side[1].n > 0;

	return s->conf->separator && both ? s->side[1].last + 1 : 0;
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

static void
give_shaped(struct post_stacks *s, const uint32_t *frame, size_t n, bool leaf_first, struct post_count count)
{
	n = shape(s, frame, n, leaf_first);	/* may move s->shaped */
	give(s, s->shaped, n, count);
}

static void
close_stack(struct post_stacks *s, const struct post_line *line, const struct post_place *at)
{
	struct post_count count;

	if (line->count.p[0] == '-')
		note(s, POST_NOTE_NEGATIVE, at);
	else if (post_count_parse(line->count, &count) != 0)
		note(s, POST_NOTE_OVERFLOW, at);
	else if (s->too_deep)
		note(s, POST_NOTE_TOO_DEEP, &s->place);
	else {
		if (s->n == 0)
			note(s, POST_NOTE_EMPTY, at);
		mark_truncated(s);
		give_shaped(s, s->frame, s->n, true, count);
	}
	reset(s);
}

static void
on_event(void *arg, const struct post_event *e)
{
	struct post_stacks *s = arg;

	switch (e->kind) {
	case POST_EVENT_NATIVE:
		native(s, e->line, e->at);
		break;
	case POST_EVENT_SIMPLE:
		push(s, post_naming_native(&s->naming, e->line), e->at);
		break;
	case POST_EVENT_CUT:
		note(s, POST_NOTE_CUT, e->at);
		/* FALLTHROUGH */
	case POST_EVENT_LUA:
		s->cfunc = false;
		push(s, post_intern(s->names, e->line->text), e->at);
		break;
	case POST_EVENT_CFUNC:
		cfunc(s, e->line, e->at);
		break;
	case POST_EVENT_COUNT:
		close_stack(s, e->line, e->at);
		break;
	case POST_EVENT_NOISE:
		if (e->line->noise != POST_NOTE_NONE)
			note(s, e->line->noise, e->at);
		break;
	}
}

static int64_t
raw_block(struct post_stacks *s, const struct post_block *b)
{
	size_t bom = post_bom(b);

	s->parser.at = (struct post_place){ .seq = b->seq, .byte = b->byte + bom, .file = b->file };
	post_parse(&s->parser, (struct post_str){ b->p + bom, b->n - bom });
	if (b->last) {
		post_parse_end(&s->parser);
		if (s->n > 0)
			note(s, POST_NOTE_PARTIAL, &s->place);
		reset(s);
	}
	return (int64_t)s->parser.at.line;
}

static bool
is_blank(struct post_str s)
{
	size_t i = 0;

	while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '\r'))
		i++;
	return i == s.n;
}

static void
folded_line(struct post_stacks *s, struct post_str line, const struct post_place *at)
{
	struct post_str stack;
	struct post_count count;
	int got = post_folded_split(line, &stack, &count);

	if (got != 0) {
		if (!is_blank(line) && line.p[0] != '#')
			note(s, got == POST_COUNT_RANGE ? POST_NOTE_OVERFLOW : POST_NOTE_MALFORMED, at);
		return;
	}
	if (line.p[0] == '#' && line.n > 1 && line.p[1] == ' ')
		return;
	post_unfold(&s->unfolder, stack);
	if (s->unfolder.too_deep)
		note(s, POST_NOTE_TOO_DEEP, at);
	else if (s->conf->reverse || s->conf->merge_recursive)
		give_shaped(s, s->unfolder.frame, s->unfolder.n, false, count);
	else
		give(s, s->unfolder.frame, s->unfolder.n, count);
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
	lines = b->tag == POST_FORM_FOLDED ? folded_block(s, b) : raw_block(s, b);
	return s->status == 0 ? lines : -1;
}
