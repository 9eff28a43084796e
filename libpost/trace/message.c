/* SPDX-License-Identifier: BSD-2-Clause */
/* What stap, staprun and the samplers say of a run, and what it means. */
#include "../base/ascii.h"
#include "message.h"
#include "phrase.h"

/* In front of what is said; the kinds are bits. */
enum tag {
	BARE = 1,	/* none */
	WARN = 2,
	FAIL = 4,
	ANY = BARE | WARN | FAIL
};

/* As stap's catalogs have them; a colon may follow blanks. */
static const struct {
	struct post_str	text;
	enum tag	tag;
} tags[] = {
	{ POST_STR("WARNING"), WARN },
	{ POST_STR("ERROR"), FAIL },
	{ POST_STR("ATTENTION"), WARN },
	{ POST_STR("ERREUR"), FAIL },
	{ POST_STR("UWAGA"), WARN },
	{ POST_STR("VAROV\xc3\x81N\xc3\x8d"), WARN },
	{ POST_STR("CHYBA"), FAIL },
};

/* What else is to be done with a text that was recognized. */
enum rest {
	AS_IS,
	WHOLE,		/* the subject is all of the text */
	GLOBAL,		/* the subject is the name of a variable, "__global_" in front since stap 3 */
	LAST_WORD,	/* one word more was taken for the subject */
	IF_VALUE,	/* only a value over 0 is worth a word */
	BEGIN,		/* a banner, of tools that say when their time is up */
	NAMED,		/* a banner, of tools that do not */
	END
};

/* Texts (phrase.h) and what they mean, more particular ones first. */
static const struct said {
	int			from;		/* tags */
	enum post_finding_id	id;
	enum rest		rest;
	const char		*text;
} texts[] = {
	{ FAIL, POST_FOUND_MAX_ACTION, AS_IS, "MAXACTION exceeded" },
	{ FAIL, POST_FOUND_ARRAY_OVERFLOW, AS_IS, "Array overflow, check size limit (%u) near identifier '%s'" },
	{ FAIL, POST_FOUND_ARRAY_OVERFLOW, AS_IS, "Array overflow, check size limit (%u)" },
	{ FAIL, POST_FOUND_ARRAY_OVERFLOW, AS_IS, "Array overflow%*near identifier '%s'" },
	{ FAIL, POST_FOUND_ARRAY_OVERFLOW, AS_IS, "Array overflow" },
	{ FAIL, POST_FOUND_ARRAY_OVERFLOW, GLOBAL, "aggregation overflow in %s near " },
	{ FAIL, POST_FOUND_ARRAY_OVERFLOW, GLOBAL, "aggregation overflow in %s" },
	{ FAIL, POST_FOUND_MAX_SKIPPED, AS_IS, "Skipped too many probes" },
	{ WARN, POST_FOUND_SKIPPED_PROBES, IF_VALUE, "Number of errors: %*, skipped probes: %u" },
	{ WARN, POST_FOUND_NOTHING, AS_IS, "Number of errors: " },
	{ WARN, POST_FOUND_LOCK_TIMEOUT, GLOBAL, "Skipped due to global '%s' lock timeout: %u" },
	{ WARN, POST_FOUND_LOW_STACK, AS_IS, "Skipped due to low stack: %u" },
	{ WARN, POST_FOUND_REENTRANCY, AS_IS, "Skipped due to reentrancy: %u" },
	{ WARN, POST_FOUND_UPROBE_FAILURE, AS_IS, "Skipped due to uprobe register failure: %u" },
	{ WARN, POST_FOUND_UPROBE_FAILURE, AS_IS, "Skipped due to uprobe unregister failure: %u" },
	{ WARN, POST_FOUND_MISSED_PROBES, AS_IS, "Skipped due to missed k%* on '%S': %u" },
	{ ANY, POST_FOUND_LOCK_CONTENTION, GLOBAL, "'%s' lock contention occurred %u times" },
	{ FAIL, POST_FOUND_OVERLOAD, AS_IS, "probe overhead %*exceeded threshold" },
	{ WARN, POST_FOUND_UNKNOWN_UNWIND, AS_IS, "Missing unwind data for %*rerun with 'stap -d (unknown;" },
	{ WARN, POST_FOUND_MISSING_UNWIND, AS_IS, "Missing unwind data for %*rerun with 'stap -d %S'" },
	{ WARN, POST_FOUND_MISSING_UNWIND, AS_IS, "Missing unwind data for " },
	{ WARN, POST_FOUND_MISSING_SYMBOLS, AS_IS, "missing unwind/symbol data for module '%S'" },
	{ WARN, POST_FOUND_MISSING_SYMBOLS, AS_IS, "chyb\xc4\x9bj\xc3\xad""c\xc3\xad ladic\xc3\xad informace pro modul '%S'" },
	{ WARN, POST_FOUND_SLOW_UNWIND, AS_IS, "no or bad debug frame hdr" },
	{ WARN, POST_FOUND_SLOW_UNWIND, AS_IS, "No binary search table for " },
	{ WARN, POST_FOUND_UNREADABLE_MEMORY, AS_IS, "_stp_read_address failed" },
	{ WARN, POST_FOUND_UNREADABLE_MEMORY, AS_IS, "failed to access memory for deref" },
	{ WARN, POST_FOUND_TABLE_TOO_BIG, AS_IS, "skipping module %S, section %*(too big: " },
	{ WARN, POST_FOUND_TABLE_TOO_BIG, AS_IS, "skipping module %S section %*(too big: " },
	{ WARN, POST_FOUND_TABLE_TOO_BIG, LAST_WORD, "skipping module %S table (too big: " },
	{ WARN | FAIL, POST_FOUND_BUILD_ID_MISMATCH, AS_IS, "Build-id mismatch%*\"%S\" pid " },
	{ WARN | FAIL, POST_FOUND_BUILD_ID_MISMATCH, AS_IS, "Build-id mismatch%*\"%S\" byte " },
	{ WARN | FAIL, POST_FOUND_BUILD_ID_MISMATCH, AS_IS, "Build-id mismatch%*\"%s\"" },
	{ WARN | FAIL, POST_FOUND_BUILD_ID_MISMATCH, AS_IS, "Build-id mismatch" },
	{ WARN, POST_FOUND_TRANSPORT_FAILURES, AS_IS, "There were %u transport failures" },
	{ WARN, POST_FOUND_TRANSPORT_FAILURES, AS_IS, "There were %u lost messages" },
	{ WARN | FAIL, POST_FOUND_LOST_DIAGNOSTICS, AS_IS, "too many pending (" },
	{ ANY, POST_FOUND_LOST_DIAGNOSTICS, AS_IS, "WARNING deduplication table full" },
	{ WARN, POST_FOUND_LOST_DIAGNOSTICS, AS_IS, "deduplika\xc4\x8dn\xc3\xad tabulka" },
	{ WARN, POST_FOUND_USER_STRING_FAULT, AS_IS, "user string copy fault" },
	{ FAIL, POST_FOUND_READ_FAULT, AS_IS, "user string copy fault" },
	{ FAIL, POST_FOUND_READ_FAULT, AS_IS, "kernel string copy fault" },
	{ FAIL, POST_FOUND_READ_FAULT, AS_IS, "read fault" },
	{ FAIL, POST_FOUND_READ_FAULT, AS_IS, "kernel read fault" },
	{ FAIL, POST_FOUND_EMPTY_AGGREGATE, AS_IS, "empty aggregate" },
	{ FAIL, POST_FOUND_SCRIPT_ERROR, WHOLE, "division by 0" },
	{ FAIL, POST_FOUND_SCRIPT_ERROR, WHOLE, "MAXNESTING exceeded" },
	{ FAIL, POST_FOUND_SCRIPT_ERROR, WHOLE, "histogram index out of range" },
	{ FAIL, POST_FOUND_STACK_END, AS_IS, "reached end of stack before unwinding" },
	{ WARN | FAIL, POST_FOUND_NOT_PLACED, AS_IS, "probe %S at inode-offset %*registration error" },
	{ WARN | FAIL, POST_FOUND_NOT_PLACED, AS_IS, "probe %S (address %*registration error" },
	{ WARN | FAIL, POST_FOUND_NOT_PLACED, AS_IS, "probe %s (%*registration error" },
	{ WARN | FAIL, POST_FOUND_NOT_PLACED, AS_IS, "probe %S registration error" },
	{ WARN | FAIL, POST_FOUND_NOT_PLACED, AS_IS, "Hwbkpt probe %S: registration error" },
	{ WARN, POST_FOUND_NOT_PLACED, AS_IS, "u*probe failed %*'%S'" },
	{ WARN, POST_FOUND_NOT_PLACED, AS_IS, "u*probe failed" },
	{ FAIL, POST_FOUND_NOT_STARTED, WHOLE, "Couldn't insert module" },
	{ ANY, POST_FOUND_NOT_STARTED, WHOLE, "semantic error:" },
	{ ANY, POST_FOUND_NOT_STARTED, WHOLE, "parse error:" },
	{ BARE, POST_FOUND_NOT_STARTED, WHOLE, "Checking \"%*\" failed with error:" },
	{ WARN, POST_FOUND_NOTHING, AS_IS, "Child process exited with " },
	{ WARN, POST_FOUND_RUN_FAILED, AS_IS, "%*exited with status: " },
	{ WARN, POST_FOUND_RUN_FAILED, AS_IS, "%*exited with signal: " },

	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "DWARF expression stack " },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "invalid %*in CFI" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "invalid DW_OP_" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "invalid fde[" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "truncated DWARF expression" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "backward branch in CFI" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "unimplemented CFI expression operation" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "unimplemented call frame instruction" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "Unsupported CIE version" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "CIE end falls outside table" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "cie address falls outside table" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "cie is not valid" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "Unterminated augmentation string" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "Unknown augmentation char" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "Augmentation data runs past end" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "zero codeAlign or dataAlign" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "Bogus CIE augmentation" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "Bogus FDE augmentation" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "couldn't read personality routine" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "fde found in header, but cie is bad" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "bad fde" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "bad unwind table encoding" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "bad Register " },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "case Register bad" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "REG_INVALID " },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "Bad retAddrReg value" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "BAD DW_CFA_" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "Unexpected DW_CFA_" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "Unbalanced DW_CFA_" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "Too many CFI inst" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "Too many stacked DW_CFA_" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "unwind Bad num=" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "eh_frame_ptr in eh_frame_hdr" },
	{ WARN, POST_FOUND_BAD_CFI, AS_IS, "Module %*: frame_len=" },

	{ BARE, POST_FOUND_NOT_STARTED, WHOLE, "Pass 1: parse failed" },
	{ BARE, POST_FOUND_NOT_STARTED, WHOLE, "Pass 2: analysis failed" },
	{ BARE, POST_FOUND_NOT_STARTED, WHOLE, "Pass 3: translation failed" },
	{ BARE, POST_FOUND_NOT_STARTED, WHOLE, "Pass 4: compilation failed" },
	{ BARE, POST_FOUND_RUN_FAILED, AS_IS, "Pass 5: run failed" },
	{ BARE, POST_FOUND_NOT_STARTED, WHOLE, "Passe 2 : \xc3\xa9""chec" },
	{ BARE, POST_FOUND_NOT_STARTED, WHOLE, "Passe 3 : \xc3\xa9""chec" },
	{ BARE, POST_FOUND_NOT_STARTED, WHOLE, "Passe 4 : \xc3\xa9""chec" },
	{ BARE, POST_FOUND_RUN_FAILED, AS_IS, "Passe 5 : \xc3\xa9""chec" },
	{ BARE, POST_FOUND_RUN_FAILED, AS_IS, "F\xc3\xa1ze 5: chyba" },
	{ BARE, POST_FOUND_NOT_STARTED, WHOLE, "F\xc3\xa1ze %*: chyba" },

	{ WARN, POST_FOUND_NO_BACKTRACES, AS_IS, "No backtraces found" },
	{ WARN, POST_FOUND_NO_BACKTRACES, AS_IS, "Too few backtraces" },
	{ WARN, POST_FOUND_JITTED, IF_VALUE, "Found %u JITted samples" },
	{ WARN, POST_FOUND_NOTHING, BEGIN, "Tracing %p (%S)" },
	{ WARN, POST_FOUND_NOTHING, BEGIN, "Tracing %p" },
	{ WARN, POST_FOUND_NOTHING, NAMED, "Tracing " },
	{ WARN, POST_FOUND_NOTHING, BEGIN, "Start tracing process %p (%S)" },
	{ WARN, POST_FOUND_NOTHING, BEGIN, "Start tracing process %p" },
	{ WARN, POST_FOUND_NOTHING, BEGIN, "Start tracing %p (%S)" },
	{ WARN, POST_FOUND_NOTHING, BEGIN, "Start tracing %p" },
	{ BARE, POST_FOUND_NOTHING, NAMED, "Tracing %p (%S)" },
	{ BARE, POST_FOUND_NOTHING, NAMED, "Start tracing %p (%S)" },
	{ BARE, POST_FOUND_NOTHING, NAMED, "Start tracing %p" },
	{ ANY, POST_FOUND_NOTHING, END, "Time's up" },
	{ ANY, POST_FOUND_NOTHING, END, "Hit Ctrl-C to end" },
	{ ANY, POST_FOUND_NOTHING, END, "Wait for %u sec to complete" },
	{ WARN, POST_FOUND_NOTHING, AS_IS, "Please wait for " },
	{ WARN, POST_FOUND_NOTHING, AS_IS, "Wait for " },
	{ WARN, POST_FOUND_NOTHING, AS_IS, "Sampling for " },
	{ WARN, POST_FOUND_NOTHING, AS_IS, "free misses: " },
	{ WARN, POST_FOUND_NOTHING, AS_IS, "NULL returned" },
	{ FAIL, POST_FOUND_NOTHING, AS_IS, "No stack counts found" },	/* flamegraph.pl, of the trace */
};

static struct post_str
skip_blanks(struct post_str s)
{
	return post_str_from(s, post_span(s, POST_SPACE));
}

static enum tag
take_tag(struct post_str *s)
{
	struct post_str rest;
	size_t i;

	for (i = 0; i < sizeof tags / sizeof *tags; i++) {
		rest = *s;
		if (!post_take_text(&rest, tags[i].text))
			continue;
		rest = skip_blanks(rest);
		if (!post_take_text(&rest, POST_STR(":")))
			continue;
		*s = skip_blanks(rest);
		return tags[i].tag;
	}
	return BARE;
}

/* "staprun:insert_module:186: ERROR: ...": the place goes when a tag follows. */
static void
skip_place(struct post_str *s)
{
	struct post_str rest = *s, text;
	uint64_t line;

	if (!post_take_text(&rest, POST_STR("stap")))
		return;
	(void)(post_take_text(&rest, POST_STR("io")) || post_take_text(&rest, POST_STR("run")));
	if (!post_take_text(&rest, POST_STR(":")))
		return;
	rest = post_str_from(rest, post_span(rest, POST_WORD));
	if (!post_take_text(&rest, POST_STR(":")) || !post_take_number(&rest, &line))
		return;
	(void)post_take_text(&rest, POST_STR(":"));
	text = rest = skip_blanks(rest);
	if (take_tag(&text) != BARE)
		*s = rest;
}

/* The bytes of an escape that colours, at the front of S; 0: there is none. */
static size_t
colour(struct post_str s)
{
	size_t i;

	if (!post_str_starts(s, POST_STR("\x1b[")))
		return 0;
	for (i = 2; i < s.n && (post_is(s.p[i], POST_DIGIT) || s.p[i] == ';'); i++)
		;
	return i < s.n && (s.p[i] == 'm' || s.p[i] == 'K') ? i + 1 : 0;
}

static struct post_str
without_colour(struct post_str line, struct post_buf *buf)
{
	size_t n;

	if (line.n == 0 || memchr(line.p, '\x1b', line.n) == NULL)
		return line;
	buf->n = 0;
	while (line.n > 0) {
		n = colour(line);
		if (n == 0)
			post_putc(buf, line.p[0]);
		line = post_str_from(line, n > 0 ? n : 1);
	}
	return post_buf_str(buf);
}

static struct post_str
before_last_word(struct post_str s)
{
	size_t n = s.n;

	while (n > 0 && s.p[n - 1] != ' ')
		n--;
	return n > 0 ? post_head(s, n - 1) : s;
}

/* What a text that matched says. */
static void
tell(const struct said *said, struct post_str text, struct post_taken *t, struct post_message *out)
{
	if (said->rest == IF_VALUE && t->value == 0)
		return;
	if (said->rest == WHOLE)
		t->subject = text;
	else if (said->rest == GLOBAL)
		(void)post_take_text(&t->subject, POST_STR("__global_"));
	else if (said->rest == LAST_WORD)
		t->subject = before_last_word(t->subject);
	else if (said->rest == BEGIN)
		out->banner = POST_BANNER_BEGIN;
	else if (said->rest == NAMED)
		out->banner = POST_BANNER_NAMED;
	else if (said->rest == END)
		out->banner = POST_BANNER_END;
	out->id = said->id;
	out->value = t->value;
	out->pid = t->pid;
	out->subject = t->subject;
}

/* No text that is known: an error or a warning all the same. */
static void
tell_other(enum tag tag, struct post_str text, struct post_message *out)
{
	if (tag == BARE || text.n == 0)
		return;
	out->id = tag == FAIL ? POST_FOUND_OTHER_ERROR : POST_FOUND_OTHER_WARNING;
	out->subject = text;
}

/* What most texts fail at, told without a call. */
static inline bool
may_be(const struct said *said, enum tag tag, struct post_str text)
{
	char c = said->text[0];

	return (said->from & (int)tag) != 0 && text.n > 0 && (c == text.p[0] || c == '%');
}

void
post_message_read(struct post_str line, struct post_buf *buf, struct post_message *out)
{
	struct post_str text = skip_blanks(post_trim_end(without_colour(line, buf)));
	enum tag tag;
	size_t i;

	*out = (struct post_message){ 0 };
	skip_place(&text);
	tag = take_tag(&text);
	for (i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct post_taken t = { 0 };

		if (may_be(&texts[i], tag, text) && post_phrase(text, texts[i].text, &t)) {
			tell(&texts[i], text, &t, out);
			return;
		}
	}
	tell_other(tag, text, out);
}

static struct post_str
skip_colour(struct post_str s)
{
	size_t n;

	while ((n = colour(s)) > 0 || (n = post_span(s, POST_SPACE)) > 0)
		s = post_str_from(s, n);
	return s;
}

uint64_t
post_message_errors(struct post_str line)
{
	struct post_taken t = { 0 };
	enum tag tag;

	line = skip_colour(line);
	tag = take_tag(&line);
	if (tag != WARN || !post_phrase(skip_colour(line), "Number of errors: %u, skipped probes: ", &t))
		return 0;
	return t.value;
}

/* "stap_" and the hash of a module, with its pid: what stap calls the modules that it makes. */
static bool
is_tracer(struct post_str module)
{
	size_t hex;

	if (!post_take_text(&module, POST_STR("stap_")))
		return false;
	hex = post_span(module, POST_HEX);
	module = post_str_from(module, hex);
	if (hex < 31 || hex > 32 || !post_take_text(&module, POST_STR("_")))
		return false;
	return module.n > 0 && post_span(module, POST_DIGIT) == module.n;
}

enum post_dash_d
post_message_dash_d(struct post_str module)
{
	if (module.n == 0 || post_str_starts(module, POST_STR("(unknown")))
		return POST_DASH_D_UNKNOWN;
	if (is_tracer(module))
		return POST_DASH_D_TRACER;
	if (post_str_ends(module, POST_STR(" (deleted)")) || post_str_has(module, POST_STR(".#prelink#.")))
		return POST_DASH_D_GONE;
	if (post_str_starts(module, POST_STR("...")))
		return POST_DASH_D_CUT;
	return post_str_eq(module, POST_STR("vdso")) ? POST_DASH_D_UNKNOWN : POST_DASH_D;
}
