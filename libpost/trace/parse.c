/* SPDX-License-Identifier: BSD-2-Clause */
#include "parse.h"

static void
tell_at(struct post_parser *p, enum post_event_kind kind, const struct post_line *line, struct post_str raw,
    const struct post_place *at)
{
	struct post_event e = { .kind = kind, .line = line, .raw = raw, .at = at };

	p->event(p->arg, &e);
}

static void
tell(struct post_parser *p, enum post_event_kind kind, const struct post_line *line, struct post_str raw)
{
	tell_at(p, kind, line, raw, &p->at);
}

static void
tell_noise(struct post_parser *p, enum post_note note, const struct post_line *line, struct post_str raw)
{
	tell(p, POST_EVENT_NOISE, &(struct post_line){ .kind = POST_LINE_NOISE, .noise = note, .text = line->text }, raw);
}

static struct post_str
without_line_end(struct post_str s)
{
	if (s.n > 0 && s.p[s.n - 1] == '\n')
		s.n--;
	if (s.n > 0 && s.p[s.n - 1] == '\r')
		s.n--;
	return s;
}

/*
 * Where "\t17" begins in RAW, the line of a frame and its count: at its last
 * tab, whatever colour was taken out of the text.
 */
static size_t
before_count(struct post_str raw)
{
	const char *tab = memrchr(raw.p, '\t', raw.n);

	return tab != NULL ? (size_t)(tab - raw.p) : raw.n;
}

/* S with "\n" for each "\r\n", in B when there are any. */
static struct post_str
without_cr(struct post_str s, struct post_buf *b)
{
	size_t i, done = 0;

	if (memchr(s.p, '\r', s.n) == NULL)
		return s;
	b->n = 0;
	for (i = 0; i + 1 < s.n; i++)
		if (s.p[i] == '\r' && s.p[i + 1] == '\n') {
			post_put(b, (struct post_str){ s.p + done, i - done });
			done = i + 1;
		}
	post_put(b, post_str_from(s, done));
	return post_buf_str(b);
}

static void
begin_stack(struct post_parser *p)
{
	p->in_native = p->in_simple = p->begun = p->in_debug = false;
}

static void
count(struct post_parser *p, const struct post_line *line, struct post_str raw)
{
	tell(p, POST_EVENT_COUNT, line, raw);
	begin_stack(p);
}

/* The lines kept back are a frame: all of them, without the last line end. */
static void
chunk_is_frame(struct post_parser *p, enum post_event_kind kind)
{
	struct post_str raw = post_buf_str(&p->chunk);
	struct post_line line = { .kind = POST_LINE_LUA };

	if (raw.n == 0)
		return;
	line.text = without_cr(without_line_end(raw), &p->chunk_text);
	tell_at(p, kind, &line, raw, &p->chunk_at);
	p->begun = true;
	p->chunk.n = 0;
}

/*
 * The end of a native frame, "+0x2c/0x90 [/lib/x.so]" or more of it, of which
 * the beginning is missing: stap lost a part of its output.
 */
static bool
is_fragment(struct post_str s)
{
	return post_str_ends(s, POST_STR("]")) && (post_str_has(s, POST_STR("+0x")) || post_str_has(s, POST_STR(" [/"))) &&
	    memchr(s.p, '\n', s.n) == NULL;
}

/* What a line is that is of no stack. */
static enum post_note
note_of(struct post_str text)
{
	return is_fragment(text) ? POST_NOTE_SPLICED : POST_NOTE_TEXT;
}

static void
chunk_is_noise(struct post_parser *p)
{
	struct post_str raw = post_buf_str(&p->chunk), text = without_line_end(raw);
	struct post_line line = { .kind = POST_LINE_NOISE, .noise = note_of(text), .text = text };

	if (raw.n > 0)
		tell_at(p, POST_EVENT_NOISE, &line, raw, &p->chunk_at);
	p->chunk.n = 0;
}

/* More than a chunk can have is text that belongs to no stack. */
static void
keep_back(struct post_parser *p, struct post_str raw)
{
	if (p->chunk.n + raw.n > POST_CHUNK_MAX)
		chunk_is_noise(p);
	if (p->chunk.n == 0)
		p->chunk_at = p->at;
	post_put(&p->chunk, raw);
}

/* What was pending is a count after all: of a chunk that MAXSTRINGLEN cut. */
static void
pending_is_count(struct post_parser *p)
{
	struct post_str raw = post_buf_str(&p->pending);
	struct post_place now = p->at;
	struct post_line line;

	if (raw.n == 0)
		return;
	if (p->pending_scratch.cap < raw.n)
		post_buf_grow(&p->pending_scratch, raw.n);
	post_line_classify(without_line_end(raw), p->pending_scratch.s, &line);
	p->at = p->pending_at;
	if (line.kind == POST_LINE_CUT) {
		size_t n = before_count(raw);

		keep_back(p, (struct post_str){ raw.p, n });
		raw = post_str_from(raw, n);
	}
	chunk_is_frame(p, POST_EVENT_CUT);
	count(p, &line, raw);
	p->at = now;
	p->pending.n = 0;
}

/* A word that stands at the start of a line of Lua but is no C function. */
static bool
is_lua_keyword(struct post_str s)
{
	static const struct post_str words[] = {
		POST_STR("end"), POST_STR("do"), POST_STR("else"), POST_STR("then"), POST_STR("repeat"),
		POST_STR("return"), POST_STR("break"), POST_STR("local"), POST_STR("function"), POST_STR("if"),
		POST_STR("while"), POST_STR("for"), POST_STR("until"), POST_STR("nil"), POST_STR("true"), POST_STR("false"),
	};
	size_t i;

	for (i = 0; i < sizeof words / sizeof *words; i++)
		if (post_str_eq(s, words[i]))
			return true;
	return false;
}

/* The line behind "\t17" inside a chunk decides: can it begin a stack? */
static void
settle_pending(struct post_parser *p, const struct post_line *line)
{
	struct post_place now = p->at;

	switch (line->kind) {
	case POST_LINE_NATIVE:
	case POST_LINE_LUA:
	case POST_LINE_NOISE:
		pending_is_count(p);
		return;
	case POST_LINE_CFUNC:
		if (!is_lua_keyword(line->text)) {
			pending_is_count(p);
			return;
		}
		break;
	case POST_LINE_LUA_WEAK:
	case POST_LINE_LUA_NAMED:
		if (p->chunk.n == 0) {
			pending_is_count(p);
			return;
		}
		break;
	default:
		break;
	}
	p->at = p->pending_at;
	keep_back(p, post_buf_str(&p->pending));
	p->at = now;
	p->pending.n = 0;
}

static void
make_pending(struct post_parser *p, struct post_str raw)
{
	p->pending_at = p->at;
	post_put(&p->pending, raw);
}

/* A line that is sure whatever stood before it. */
static void
sure_frame(struct post_parser *p, enum post_event_kind kind, const struct post_line *line, struct post_str raw)
{
	if (p->chunk.n > 0)
		chunk_is_noise(p);
	p->begun = true;
	if (kind == POST_EVENT_NATIVE)
		p->in_native = true;
	if (kind == POST_EVENT_NATIVE && line->count.n > 0) {	/* spliced */
		tell(p, kind, line, (struct post_str){ raw.p, before_count(raw) });
		count(p, line, post_str_from(raw, before_count(raw)));
	} else
		tell(p, kind, line, raw);
}

/* "name:7" or ":7": the end of the chunk, or a frame of its own. */
static void
weak_lua(struct post_parser *p, const struct post_line *line, struct post_str raw)
{
	if (p->in_native)
		tell_noise(p, POST_NOTE_TEXT, line, raw);
	else if (p->chunk.n > 0) {
		post_put(&p->chunk, raw);
		chunk_is_frame(p, POST_EVENT_LUA);
	} else
		sure_frame(p, POST_EVENT_LUA, line, raw);
}

/*
 * Text behind native frames that ends in "\t17": when it begins as an address
 * does, stap lost what stood between, and the count is one.
 */
static void
spliced(struct post_parser *p, const struct post_line *line, struct post_str raw, size_t n)
{
	bool address = line->text.n > 0 && line->text.p[0] == '0';

	tell_noise(p, address ? POST_NOTE_SPLICED : note_of(line->text), line, address ? (struct post_str){ raw.p, n } : raw);
	if (address)
		count(p, line, post_str_from(raw, n));
}

/* "...my\t17" outside a chunk: frame and count, when the frame has the look of one. */
static void
cut_line(struct post_parser *p, const struct post_line *line, struct post_str raw)
{
	size_t n = before_count(raw);
	char c = line->text.n > 0 ? line->text.p[0] : ' ';
	bool like_a_frame = c == '@' || c == '=' || post_str_starts(line->text, POST_STR("T:")) ||
	    post_str_starts(line->text, POST_STR("C:")) || memchr(line->text.p, ' ', line->text.n) == NULL;

	if (p->in_native) {
		spliced(p, line, raw, n);
		return;
	}
	if (!like_a_frame) {
		make_pending(p, raw);
		return;
	}
	tell(p, POST_EVENT_CUT, line, (struct post_str){ raw.p, n });
	count(p, line, post_str_from(raw, n));
}

static void
text(struct post_parser *p, const struct post_line *line, struct post_str raw)
{
	if (p->in_native || p->in_debug)
		tell_noise(p, note_of(line->text), line, raw);
	else
		keep_back(p, raw);
}

/* Inside a chunk only what cannot be Lua is noise: "=== title ===" and "~" can. */
static void
noise(struct post_parser *p, const struct post_line *line, struct post_str raw)
{
	bool sure = line->noise != POST_NOTE_REPORT && line->noise != POST_NOTE_TRANSLATOR;

	if (line->noise == POST_NOTE_DEBUG && p->chunk.n == 0)
		p->in_debug = true;
	if (p->chunk.n > 0 && !sure)
		keep_back(p, raw);
	else
		tell(p, POST_EVENT_NOISE, line, raw);
}

static void
blank(struct post_parser *p, const struct post_line *line, struct post_str raw)
{
	if (p->chunk.n > 0)
		keep_back(p, raw);
	else
		tell_noise(p, POST_NOTE_NONE, line, raw);
}

static void
take_line(struct post_parser *p, const struct post_line *line, struct post_str raw)
{
	if (p->pending.n > 0)
		settle_pending(p, line);
	switch (line->kind) {
	case POST_LINE_NATIVE:
		sure_frame(p, POST_EVENT_NATIVE, line, raw);
		break;
	case POST_LINE_COUNT:
		if (p->chunk.n > 0)
			make_pending(p, raw);
		else
			count(p, line, raw);
		break;
	case POST_LINE_LOOSE_COUNT:
		if (p->chunk.n > 0)
			keep_back(p, raw);
		else
			count(p, line, raw);
		break;
	case POST_LINE_LUA:
		sure_frame(p, POST_EVENT_LUA, line, raw);
		break;
	case POST_LINE_LUA_WEAK:
		weak_lua(p, line, raw);
		break;
	case POST_LINE_LUA_NAMED:
		if (p->chunk.n == 0 && !p->in_native && !p->in_debug)
			sure_frame(p, POST_EVENT_LUA, line, raw);
		else
			text(p, line, raw);
		break;
	case POST_LINE_CFUNC:
		if (p->chunk.n == 0 && (p->begun ? p->in_simple && line->text.p[0] == '0' : !is_lua_keyword(line->text)))
			sure_frame(p, POST_EVENT_CFUNC, line, raw);
		else
			text(p, line, raw);
		break;
	case POST_LINE_SIMPLE:
		if (p->chunk.n > 0)
			text(p, line, raw);
		else {
			p->in_simple = true;
			sure_frame(p, POST_EVENT_SIMPLE, line, raw);
		}
		break;
	case POST_LINE_CUT:
		if (p->chunk.n > 0)
			make_pending(p, raw);
		else
			cut_line(p, line, raw);
		break;
	case POST_LINE_NOISE:
		noise(p, line, raw);
		break;
	case POST_LINE_TEXT:
		text(p, line, raw);
		break;
	case POST_LINE_BLANK:
		blank(p, line, raw);
		break;
	}
}

void
post_parse(struct post_parser *p, struct post_str block)
{
	uint64_t byte = p->at.byte;
	const char *at = block.p, *end = block.p + block.n;
	bool coloured = block.n > 0 && memchr(block.p, '\x1b', block.n) != NULL;
	struct post_line line;

	while (at < end) {
		const char *nl = memchr(at, '\n', (size_t)(end - at));
		struct post_str raw = { at, (size_t)((nl != NULL ? nl + 1 : end) - at) };
		struct post_str s = { at, raw.n - (nl != NULL) };

		p->at.line++;
		p->at.byte = byte + (uint64_t)(at - block.p);
		if (coloured && p->scratch.cap < s.n)
			post_buf_grow(&p->scratch, s.n);
		post_line_classify(s, coloured ? p->scratch.s : NULL, &line);
		if (line.kind == POST_LINE_NATIVE && p->chunk.n + p->pending.n == 0 && line.count.n == 0) {
			p->begun = p->in_native = true;
			tell(p, POST_EVENT_NATIVE, &line, raw);
		} else
			take_line(p, &line, raw);
		at += raw.n;
	}
	p->at.byte = byte + block.n;
}

void
post_parse_end(struct post_parser *p)
{
	if (p->pending.n > 0)
		pending_is_count(p);
	else if (p->chunk.n > 0)
		chunk_is_noise(p);
	begin_stack(p);
}

void
post_parse_free(struct post_parser *p)
{
	post_buf_free(&p->chunk);
	post_buf_free(&p->pending);
	post_buf_free(&p->scratch);
	post_buf_free(&p->pending_scratch);
	post_buf_free(&p->chunk_text);
}

/* Is the line that ends before S.p[END] one that leaves no doubt? */
static bool
sure_line_before(struct post_str s, size_t end)
{
	const char *nl;
	struct post_line line;
	struct post_str before;

	if (end == 0 || s.p[end - 1] != '\n')
		return false;
	nl = memrchr(s.p, '\n', end - 1);
	if (nl == NULL)
		return false;	/* it may have begun before S */
	before = (struct post_str){ nl + 1, (size_t)(s.p + end - 1 - (nl + 1)) };
	if (memchr(before.p, '\x1b', before.n) != NULL)
		return false;
	post_line_classify(before, NULL, &line);
	return (line.kind == POST_LINE_NATIVE && line.count.n == 0) || line.kind == POST_LINE_LUA;
}

size_t
post_parse_cut(struct post_str s)
{
	size_t n = s.n;
	const char *tab;

	for (; n > 0 && (tab = memrchr(s.p, '\t', n)) != NULL; n = (size_t)(tab - s.p)) {
		size_t at = (size_t)(tab - s.p);
		const char *nl;

		if (at == 0 || s.p[at - 1] != '\n')
			continue;
		nl = memchr(tab, '\n', s.n - at);
		if (nl != NULL && post_line_is_count((struct post_str){ tab, (size_t)(nl - tab) }) &&
		    sure_line_before(s, at))
			return (size_t)(nl + 1 - s.p);
	}
	return 0;
}
