/* SPDX-License-Identifier: BSD-2-Clause */
/* The lines that stap, staprun, the samplers and the compiler put between the frames. */
#include "../base/ascii.h"
#include "line.h"

/* Lines known by how they begin (bt(5)). */
static const struct prefix {
	struct post_str	text;
	enum post_note	note;
	bool		number;		/* a digit follows */
} prefixes[] = {
	{ POST_STR("WARNING:"), POST_NOTE_WARNING, false },
	{ POST_STR("WARNING :"), POST_NOTE_WARNING, false },
	{ POST_STR("WARNING deduplication table full"), POST_NOTE_WARNING, false },
	{ POST_STR("ATTENTION :"), POST_NOTE_WARNING, false },
	{ POST_STR("ATTENTION:"), POST_NOTE_WARNING, false },
	{ POST_STR("UWAGA:"), POST_NOTE_WARNING, false },
	{ POST_STR("VAROV\xc3\x81N\xc3\x8d:"), POST_NOTE_WARNING, false },
	{ POST_STR("ERROR:"), POST_NOTE_ERROR, false },
	{ POST_STR("ERROR :"), POST_NOTE_ERROR, false },
	{ POST_STR("CHYBA:"), POST_NOTE_ERROR, false },
	{ POST_STR("ERREUR :"), POST_NOTE_ERROR, false },
	{ POST_STR("ERREUR:"), POST_NOTE_ERROR, false },
	{ POST_STR("Pass "), POST_NOTE_PASS, true },
	{ POST_STR("Passe "), POST_NOTE_PASS, true },
	{ POST_STR("F\xc3\xa1ze "), POST_NOTE_PASS, true },
	{ POST_STR("semantic error:"), POST_NOTE_TRANSLATOR, false },
	{ POST_STR("parse error:"), POST_NOTE_TRANSLATOR, false },
	{ POST_STR("\tin expansion of macro:"), POST_NOTE_TRANSLATOR, false },
	{ POST_STR("Tip: "), POST_NOTE_TRANSLATOR, false },
	{ POST_STR("Missing separate debuginfos, use: "), POST_NOTE_TRANSLATOR, false },
	{ POST_STR("Number of similar "), POST_NOTE_TRANSLATOR, false },
	{ POST_STR("Rerun with -v to see them."), POST_NOTE_TRANSLATOR, false },
	{ POST_STR("Checking \""), POST_NOTE_TRANSLATOR, false },
	{ POST_STR("Try '--help' for more information."), POST_NOTE_TRANSLATOR, false },
	{ POST_STR("make: "), POST_NOTE_TRANSLATOR, false },
	{ POST_STR("make["), POST_NOTE_TRANSLATOR, false },
	{ POST_STR("Found exact match for "), POST_NOTE_BANNER, false },
	{ POST_STR("Ignored ambiguous library "), POST_NOTE_BANNER, false },
	{ POST_STR("Hit Ctrl-C to end."), POST_NOTE_BANNER, false },
	{ POST_STR("Sampling for "), POST_NOTE_BANNER, true },
	{ POST_STR("Please wait for "), POST_NOTE_BANNER, true },
	{ POST_STR("Start tracing "), POST_NOTE_BANNER, false },
	{ POST_STR("Tracing "), POST_NOTE_BANNER, true },
	{ POST_STR("Exiting...Please wait"), POST_NOTE_BANNER, false },
	{ POST_STR("No samples "), POST_NOTE_BANNER, false },
	{ POST_STR("No queued received packets found yet."), POST_NOTE_BANNER, false },
	{ POST_STR("No new connections found yet."), POST_NOTE_BANNER, false },
	{ POST_STR("No file "), POST_NOTE_BANNER, false },
	{ POST_STR("symbolmap: "), POST_NOTE_BANNER, false },
	{ POST_STR("----- probe hit report:"), POST_NOTE_REPORT, false },
	{ POST_STR("----- refresh report:"), POST_NOTE_REPORT, false },
	{ POST_STR("----- module init report:"), POST_NOTE_REPORT, false },
	{ POST_STR("min/avg/max:"), POST_NOTE_REPORT, false },
	{ POST_STR("max/avg/min:"), POST_NOTE_REPORT, false },
	{ POST_STR("Distribution of "), POST_NOTE_REPORT, false },
	{ POST_STR("hits: "), POST_NOTE_REPORT, true },
	{ POST_STR("SYN queue length limit: "), POST_NOTE_REPORT, true },
	{ POST_STR("Accept queue length limit: "), POST_NOTE_REPORT, true },
	{ POST_STR("<no user backtrace "), POST_NOTE_NO_BACKTRACE, false },
	{ POST_STR("<no kernel backtrace "), POST_NOTE_NO_BACKTRACE, false },
	{ POST_STR("Systemtap probe: "), POST_NOTE_BANNER, false },
	{ POST_STR(", with offset: "), POST_NOTE_DEBUG, false },
};

static struct post_str
trim(struct post_str s)
{
	while (s.n > 0 && (*s.p == ' ' || *s.p == '\t'))
		s = post_str_from(s, 1);
	while (s.n > 0 && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
		s.n--;
	return s;
}

static bool
holds(struct post_str s, struct post_str what)
{
	return s.n >= what.n && memmem(s.p, s.n, what.p, what.n) != NULL;
}

/* Takes digits off the front of *S.  Were there any? */
static bool
take_digits(struct post_str *s)
{
	size_t n = post_span(*s, POST_DIGIT);

	*s = post_str_from(*s, n);
	return n > 0;
}

static bool
take(struct post_str *s, struct post_str what)
{
	if (!post_str_starts(*s, what))
		return false;
	*s = post_str_from(*s, what.n);
	return true;
}

/* "0x401b3c unwind:1490: pc=...": a debug line, behind the addresses it flushed (bt(5)). */
static bool
is_debug(struct post_str s)
{
	size_t i;

	while (post_str_starts(s, POST_STR("0x"))) {
		for (i = 2; i < s.n && post_is(s.p[i], POST_WORD); i++)
			;
		if (i == s.n || s.p[i] != ' ')
			return false;
		s = post_str_from(s, i + 1);
	}
	if (s.n == 0 || post_is(s.p[0], POST_DIGIT))
		return false;
	for (i = 0; i < s.n && post_is(s.p[i], POST_WORD); i++)
		;
	s = post_str_from(s, i);
	return i > 0 && take(&s, POST_STR(":")) && take_digits(&s) && take(&s, POST_STR(": "));
}

/* What stap 5 leaves of a debug message that it took for a stack: " STARTING : 0x0". */
static bool
is_debug_token(struct post_str s)
{
	if (!post_str_starts(s, POST_STR(" ")) || !post_str_ends(s, POST_STR(" : 0x0")) || s.n <= 7)
		return false;
	return memchr(s.p + 1, ' ', s.n - 7) == NULL;
}

/* "stapio:main:12 ..." and "staprun:foo:3: ERROR: ...": the same shape with a program in front. */
static bool
is_stapio(struct post_str s)
{
	if (!take(&s, POST_STR("stapio:")) && !take(&s, POST_STR("staprun:")) && !take(&s, POST_STR("stap:")))
		return false;
	while (s.n > 0 && post_is(*s.p, POST_WORD))
		s = post_str_from(s, 1);
	return take(&s, POST_STR(":")) && take_digits(&s);
}

/* A row, an elision or the header of @hist_log and @hist_linear (bt(5)). */
static bool
is_histogram(struct post_str line)
{
	struct post_str s = trim(line);

	if (post_str_starts(s, POST_STR("value |-")) || post_str_eq(s, POST_STR("~")))
		return true;
	(void)(take(&s, POST_STR("<")) || take(&s, POST_STR(">")));
	(void)take(&s, POST_STR("-"));
	if (!take_digits(&s) || !take(&s, POST_STR(" |")))
		return false;
	while (take(&s, POST_STR("@")))
		;
	s = trim(s);
	return take_digits(&s) && s.n == 0;
}

/* "[1403000000] epoll loop blocked for 20ms" and its kind, "#1: 10 times, 4096 bytes reads in file a." */
static bool
is_record(struct post_str s)
{
	if (post_str_starts(s, POST_STR("[")))
		return holds(s, POST_STR("] epoll loop blocked for ")) || holds(s, POST_STR("] SYN queue is overflown: ")) ||
		    holds(s, POST_STR("] ACK backlog queue is overflown: "));
	return post_str_starts(s, POST_STR("#")) && holds(s, POST_STR(" times, ")) && holds(s, POST_STR(" in file "));
}

/* "=== title ===", "... hits: 4998, cycles: 420min/1034avg/52000max ..." and lock contention of stap -t. */
static bool
is_report(struct post_str s)
{
	if (post_str_starts(s, POST_STR("=== ")) && post_str_ends(s, POST_STR(" ===")))
		return true;
	return (holds(s, POST_STR("), hits: ")) && holds(s, POST_STR("avg/"))) ||
	    (s.n > 0 && *s.p == '\'' && holds(s, POST_STR("' lock contention occurred ")));
}

/* "2 parse errors.", a source line with its caret, a message of the C compiler. */
static bool
is_translator(struct post_str line)
{
	struct post_str s = trim(line), n = s;

	if (s.n == 0)
		return false;
	if (s.n < line.n && (post_str_starts(s, POST_STR("source: ")) || post_str_starts(s, POST_STR("saw: ")) ||
	    post_str_starts(s, POST_STR("thrown from: ")) || post_str_eq(s, POST_STR("^"))))
		return true;
	if (take_digits(&n))
		return post_str_starts(n, POST_STR(" parse error")) || post_str_starts(n, POST_STR(" semantic error"));
	if (post_str_ends(s, POST_STR(" is not found, assuming it is statically linked.")))
		return true;
	return *s.p == '/' && (holds(s, POST_STR(": error: ")) || holds(s, POST_STR(": warning: ")));
}

static bool
has_prefix(struct post_str s, const struct prefix *p)
{
	return post_str_starts(s, p->text) && (!p->number || (s.n > p->text.n && post_is(s.p[p->text.n], POST_DIGIT)));
}

enum post_note
post_noise(struct post_str s)
{
	size_t i;

	if (s.n == 0)
		return POST_NOTE_NONE;
	for (i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (prefixes[i].text.p[0] == s.p[0] && has_prefix(s, &prefixes[i]))
			return prefixes[i].note;
	if (post_str_eq(trim(s), POST_STR(": 0x0")))
		return POST_NOTE_NO_BACKTRACE;
	if (is_stapio(s))
		return POST_NOTE_BANNER;
	if (is_debug(s) || is_debug_token(s))
		return POST_NOTE_DEBUG;
	if (is_histogram(s) || is_report(s) || is_record(s))
		return POST_NOTE_REPORT;
	return is_translator(s) ? POST_NOTE_TRANSLATOR : POST_NOTE_NONE;
}
