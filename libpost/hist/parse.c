/* SPDX-License-Identifier: BSD-2-Clause */
/* The lines of a histogram, each for itself. */
#include "../base/ascii.h"
#include "../base/count.h"
#include "raw.h"

static struct post_str
trim(struct post_str s)
{
	return post_trim_end(post_str_from(s, post_span(s, POST_SPACE)));
}

static size_t
span_of(struct post_str s, char c)
{
	size_t i = 0;

	while (i < s.n && s.p[i] == c)
		i++;
	return i;
}

int
post_hist_parse_signed(struct post_str s, int64_t *v)
{
	bool minus = post_hist_take(&s, POST_STR("-"));
	struct post_count c;
	int r;

	if (post_span(s, POST_DIGIT) != s.n || (r = post_count_parse(s, &c)) == -1)
		return -1;
	if (r == POST_COUNT_RANGE || c.whole > (uint64_t)INT64_MAX + minus)
		return POST_COUNT_RANGE;
	*v = (int64_t)(minus ? -c.whole : c.whole);
	return 0;
}

/* A sign and digits at the front of *S. */
static struct post_str
take_number(struct post_str *s)
{
	size_t sign = s->n > 0 && *s->p == '-';
	size_t digits = post_span(post_str_from(*s, sign), POST_DIGIT);
	struct post_str number = post_head(*s, digits > 0 ? sign + digits : 0);

	*s = post_str_from(*s, number.n);
	return number;
}

enum post_row
post_hist_parse_row(struct post_str s, struct post_hist_row *row)
{
	struct post_str label;
	struct post_count count;
	size_t bar, blanks;
	int in_range, counted;

	s = trim(s);
	row->mark = s.n > 0 && (*s.p == '<' || *s.p == '>') ? *s.p : '\0';
	s = post_str_from(s, row->mark != '\0');
	label = take_number(&s);
	if (label.n == 0 || !post_hist_take(&s, POST_STR(" |")))
		return POST_ROW_NONE;
	in_range = post_hist_parse_signed(label, &row->label);
	bar = span_of(s, '@');
	s = post_str_from(s, bar);
	row->bar = bar;
	blanks = post_span(s, POST_SPACE);
	s = post_str_from(s, blanks);
	if (s.n == 0 || blanks == 0 || post_span(s, POST_DIGIT) != s.n)
		return s.n == 0 || bar > 0 ? POST_ROW_DAMAGED : POST_ROW_NONE;
	counted = post_count_parse(s, &count);
	row->count = count.whole;
	return in_range == 0 && counted == 0 ? POST_ROW_GOOD : POST_ROW_RANGE;
}

bool
post_hist_parse_head(struct post_str s, size_t *columns, unsigned *width)
{
	size_t indent = post_span(s, POST_SPACE), dashes;

	s = post_trim_end(post_str_from(s, indent));
	if (!post_hist_take(&s, POST_STR("value |")))
		return false;
	dashes = span_of(s, '-');
	if (dashes == 0 || dashes > 1000 || !post_str_eq(post_str_from(s, dashes), POST_STR(" count")))
		return false;
	*columns = indent + sizeof "value" - 1;
	*width = (unsigned)dashes;
	return true;
}

static bool
take_stat(struct post_str *s, enum post_hist_stat *name)
{
	static const struct post_str names[] = { POST_STR("min"), POST_STR("avg"), POST_STR("max") };

	for (*name = POST_HIST_MIN; *name < POST_HIST_STATS; ++*name)
		if (post_hist_take(s, names[*name]))
			return true;
	return false;
}

/* The three names at the front of *S, each once. */
static bool
take_names(struct post_str *s, enum post_hist_stat order[])
{
	return take_stat(s, &order[0]) && post_hist_take(s, POST_STR("/")) && take_stat(s, &order[1]) && post_hist_take(s, POST_STR("/")) &&
	    take_stat(s, &order[2]) && order[0] != order[1] && order[1] != order[2] && order[0] != order[2];
}

bool
post_hist_parse_stats(struct post_str line, struct post_str *label, enum post_hist_stat order[], int64_t stat[])
{
	struct post_str s = trim(line), all = s;
	enum post_hist_stat names[POST_HIST_STATS];
	int64_t v[POST_HIST_STATS];
	int i;

	if (s.n == 0 || !post_is(s.p[s.n - 1], POST_DIGIT))
		return false;
	for (; s.n > 0; s = post_str_from(s, 1)) {
		struct post_str t = s;

		if (take_names(&t, names)) {
			s = t;
			break;
		}
	}
	(void)post_hist_take(&s, POST_STR(")"));
	if (!post_hist_take(&s, POST_STR(":")))
		return false;
	s = post_str_from(s, post_span(s, POST_SPACE));
	*label = post_head(all, all.n - s.n);
	for (i = 0; i < POST_HIST_STATS; i++)
		if ((i > 0 && !post_hist_take(&s, POST_STR("/"))) || post_hist_parse_signed(take_number(&s), &v[i]) != 0)
			return false;
	for (i = 0; i < POST_HIST_STATS && s.n == 0; i++) {
		order[i] = names[i];
		stat[names[i]] = v[i];
	}
	return s.n == 0;
}

/* S without a last " for N samples". */
static struct post_str
without_samples(struct post_str s, bool *samples)
{
	struct post_str t = s;
	size_t digits;

	*samples = false;
	if (!post_str_ends(t, POST_STR(" samples")))
		return s;
	t.n -= sizeof " samples" - 1;
	digits = post_span_back(t, POST_DIGIT);
	t.n -= digits;
	if (digits == 0 || !post_str_ends(t, POST_STR(" for ")))
		return s;
	*samples = true;
	return post_head(t, t.n - (sizeof " for " - 1));
}

struct post_str
post_hist_parse_heading(struct post_str line, enum post_hist_style *style, bool *samples)
{
	struct post_str s = trim(line);

	*samples = false;
	*style = s.n > 0 ? POST_HEAD_TEXT : POST_HEAD_NONE;
	if (s.n > 8 && post_str_starts(s, POST_STR("=== ")) && post_str_ends(s, POST_STR(" ==="))) {
		*style = POST_HEAD_BARS;
		return trim((struct post_str){ s.p + 4, s.n - 8 });
	}
	if (s.n > 1 && post_str_ends(s, POST_STR(":"))) {
		*style = POST_HEAD_COLON;
		return post_head(s, s.n - 1);
	}
	return without_samples(s, samples);
}

/* The words of the samplers, and what is shown for them. */
static const struct {
	struct post_str	word, unit;
} units[] = {
	{ POST_STR("ns"), POST_STR("ns") }, { POST_STR("nsec"), POST_STR("ns") }, { POST_STR("nsecs"), POST_STR("ns") },
	{ POST_STR("nanoseconds"), POST_STR("ns") }, { POST_STR("nanosecond"), POST_STR("ns") },
	{ POST_STR("us"), POST_STR("us") }, { POST_STR("usec"), POST_STR("us") }, { POST_STR("usecs"), POST_STR("us") },
	{ POST_STR("microseconds"), POST_STR("us") }, { POST_STR("microsecond"), POST_STR("us") },
	{ POST_STR("microsends"), POST_STR("us") },	/* so tcp-accept-queue spells it */
	{ POST_STR("ms"), POST_STR("ms") }, { POST_STR("msec"), POST_STR("ms") }, { POST_STR("msecs"), POST_STR("ms") },
	{ POST_STR("milliseconds"), POST_STR("ms") }, { POST_STR("millisecond"), POST_STR("ms") },
	{ POST_STR("s"), POST_STR("s") }, { POST_STR("sec"), POST_STR("s") }, { POST_STR("secs"), POST_STR("s") },
	{ POST_STR("seconds"), POST_STR("s") }, { POST_STR("second"), POST_STR("s") },
	{ POST_STR("bytes"), POST_STR("bytes") }, { POST_STR("byte"), POST_STR("bytes") }, { POST_STR("B"), POST_STR("bytes") },
	{ POST_STR("KB"), POST_STR("KB") }, { POST_STR("MB"), POST_STR("MB") }, { POST_STR("pages"), POST_STR("pages") },
	{ POST_STR("jiffies"), POST_STR("jiffies") }, { POST_STR("cycles"), POST_STR("cycles") },
};

/* The unit that the words between parentheses tell. */
static struct post_str
unit_of(struct post_str words)
{
	bool in = post_hist_take(&words, POST_STR("in "));
	size_t i;

	for (i = 0; i < sizeof units / sizeof *units; i++)
		if (post_str_eq(words, units[i].word))
			return units[i].unit;
	return in && words.n > 0 && post_span(words, POST_WORD) == words.n ? words : post_head(words, 0);
}

struct post_str
post_hist_unit(struct post_str s)
{
	const char *open, *close;

	while (s.n > 0 && (open = memchr(s.p, '(', s.n)) != NULL) {
		struct post_str unit;

		s = post_str_from(s, (size_t)(open + 1 - s.p));
		if ((close = memchr(s.p, ')', s.n)) == NULL)
			break;
		unit = unit_of(post_head(s, (size_t)(close - s.p)));
		if (unit.n > 0)
			return unit;
	}
	return POST_STR("");
}
