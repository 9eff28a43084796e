/* SPDX-License-Identifier: BSD-2-Clause */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <time.h>
#include "../base/ascii.h"
#include "../base/path.h"
#include "group.h"

static bool
is_word(const char *word, struct post_str s)
{
	return post_str_eq(s, post_str_of(word));
}

static bool
is_known(const struct post_grouping *g, struct post_str key)
{
	char name[64];

	if (is_word("dir", key) || is_word("date", key) || is_word("host", key) || is_word("name", key))
		return true;
	if (g->code == NULL || key.n >= sizeof name)
		return false;
	memcpy(name, key.p, key.n);
	name[key.n] = '\0';
	return pcre2_substring_number_from_name(g->code, (PCRE2_SPTR)name) > 0;
}

/* The next "{key}" of TEMPLATE: what stands before it, and the key; false: there is none. */
static bool
next_key(const char **at, struct post_str *text, struct post_str *key)
{
	const char *p = *at, *end;

	while (*p != '\0' && (*p != '{' || p[1] == '{'))
		p += p[0] == '{' ? 2 : 1;
	*text = (struct post_str){ *at, (size_t)(p - *at) };
	if (*p == '\0') {
		*at = p;
		return false;
	}
	end = strchrnul(p, '}');
	*at = end + (*end != '\0');
	*key = (struct post_str){ p + 1, (size_t)(end - p) - 1 };
	return true;
}

static int
check(const struct post_grouping *g, struct post_err *err)
{
	const char *at = g->template;
	struct post_str text, key;

	while (next_key(&at, &text, &key))
		if (key.p[key.n] != '}')
			return post_fail(err, POST_EUSAGE, "--group-by: {%.*s is not closed; {{ is a brace", (int)key.n, key.p);
		else if (!is_known(g, key))
			return post_fail(err, POST_EUSAGE, "--group-by: {%.*s} is none of {dir}, {date}, {host}, {name} and the named groups of --group-regex",
			    (int)key.n, key.p);
	return 0;
}

int
post_grouping_init(struct post_grouping *g, const char *template, const char *regex, struct post_err *err)
{
	PCRE2_UCHAR why[128];
	PCRE2_SIZE at;
	int code;

	*g = (struct post_grouping){ .template = template };
	if (regex == NULL)
		return check(g, err);
	g->code = pcre2_compile((PCRE2_SPTR)regex, PCRE2_ZERO_TERMINATED, 0, &code, &at, NULL);
	if (g->code == NULL) {
		(void)pcre2_get_error_message(code, why, sizeof why);
		return post_fail(err, POST_EUSAGE, "--group-regex: %s at byte %zu of %s", (const char *)why, (size_t)at, regex);
	}
	g->data = pcre2_match_data_create_from_pattern(g->code, NULL);
	return check(g, err);
}

void
post_grouping_free(struct post_grouping *g)
{
	pcre2_match_data_free(g->data);
	pcre2_code_free(g->code);
	*g = (struct post_grouping){ 0 };
}

/* N digits of S from AT on as a number, or -1. */
static int
digits(struct post_str s, size_t at, size_t n)
{
	int v = 0;

	for (size_t i = at; i < at + n; i++) {
		if (i >= s.n || !post_is(s.p[i], POST_DIGIT))
			return -1;
		v = 10 * v + s.p[i] - '0';
	}
	return v;
}

/* Is a day written at S, with dashes or without?  The byte behind it, or 0. */
static size_t
day_at(struct post_str s, size_t at, struct tm *day)
{
	size_t dash = at + 4 < s.n && s.p[at + 4] == '-';
	int y = digits(s, at, 4), m = digits(s, at + 4 + dash, 2), d;
	struct tm real;

	if ((dash && (at + 7 >= s.n || s.p[at + 7] != '-')) || (at > 0 && post_is(s.p[at - 1], POST_DIGIT)))
		return 0;
	d = digits(s, at + 6 + 2 * dash, 2);
	*day = real = (struct tm){ .tm_year = y - 1900, .tm_mon = m - 1, .tm_mday = d };
	if (y < 1970 || m < 1 || d < 1 || timegm(&real) == -1 || real.tm_mon != m - 1 || real.tm_mday != d)
		return 0;
	return at + 8 + 2 * dash;
}

/* The time of day at S, as "1530", "15:30", "15-30", "153000" ...; false: there is none. */
static bool
clock_at(struct post_str s, size_t at, struct tm *t)
{
	int part[3] = { 0 };
	size_t n = 0;

	for (; n < 3; n++) {
		size_t skip = n > 0 && at < s.n && (s.p[at] == ':' || s.p[at] == '-');

		if ((part[n] = digits(s, at + skip, 2)) == -1)
			break;
		at += skip + 2;
	}
	if (n < 2 || part[0] > 23 || part[1] > 59 || (n == 3 && part[2] > 60) || digits(s, at, 1) != -1)
		return false;
	t->tm_hour = part[0];
	t->tm_min = part[1];
	t->tm_sec = n == 3 ? part[2] : 0;
	return true;
}

/* A day at S, with the time of day when "T", "_", "-" or nothing and that stand behind it. */
static bool
time_at(struct post_str s, size_t at, struct tm *t)
{
	size_t end = day_at(s, at, t);

	if (end == 0)
		return false;
	if (digits(s, end, 1) != -1)
		return clock_at(s, end, t);
	if (end < s.n && strchr("T_-", s.p[end]) != NULL)
		(void)clock_at(s, end + 1, t);
	return true;
}

int64_t
post_time_of(struct post_str name, int64_t mtime)
{
	struct tm t;

	for (size_t i = 0; i + 8 <= name.n; i++)
		if (time_at(name, i, &t))
			return timegm(&t);
	return mtime / 1000000000;
}

static void
put_date(struct post_buf *b, struct post_str name, int64_t mtime)
{
	time_t t = post_time_of(name, mtime);
	struct tm day;

	if (gmtime_r(&t, &day) != NULL)
		post_putf(b, "%04d-%02d-%02d", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

/* NAME without .zst, .gz, .bt, .folded. */
static struct post_str
stem(struct post_str name)
{
	static const struct post_str endings[] = { { ".zst", 4 }, { ".gz", 3 }, { ".bt", 3 }, { ".folded", 7 } };

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (post_str_ends(name, endings[i]) && name.n > endings[i].n)
			name.n -= endings[i].n;
	return name;
}

static void
put_match(struct post_grouping *g, struct post_str key, bool matched, struct post_buf *b)
{
	char name[64];
	PCRE2_UCHAR *value;
	PCRE2_SIZE n;

	memcpy(name, key.p, key.n);
	name[key.n] = '\0';
	if (!matched || pcre2_substring_get_byname(g->data, (PCRE2_SPTR)name, &value, &n) != 0)
		return;
	post_put(b, (struct post_str){ (const char *)value, n });
	pcre2_substring_free(value);
}

static void
put_key(struct post_grouping *g, struct post_str key, struct post_str name, int64_t mtime, bool matched, struct post_buf *b)
{
	struct post_str dir = post_path_dir(name), last = post_path_last(name);
	const char *dot = last.n > 0 ? memchr(last.p, '.', last.n) : NULL;

	if (is_word("dir", key))
		post_put(b, dir.n > 0 ? (struct post_str){ dir.p, dir.n - 1 } : POST_STR("."));
	else if (is_word("date", key))
		put_date(b, name, mtime);
	else if (is_word("host", key))
		post_put(b, (struct post_str){ last.p, dot != NULL ? (size_t)(dot - last.p) : last.n });
	else if (is_word("name", key))
		post_put(b, stem(name));
	else
		put_match(g, key, matched, b);
}

static void
put_text(struct post_buf *b, struct post_str text)
{
	for (size_t i = 0; i < text.n; i++) {
		post_putc(b, text.p[i]);
		i += i + 1 < text.n && text.p[i] == '{' && text.p[i + 1] == '{';
	}
}

void
post_put_group(struct post_grouping *g, struct post_str name, int64_t mtime, struct post_buf *b)
{
	bool matched = g->code != NULL && pcre2_match(g->code, (PCRE2_SPTR)name.p, name.n, 0, 0, g->data, NULL) > 0;
	const char *at = g->template;
	struct post_str text, key;
	bool more;

	do {
		more = next_key(&at, &text, &key);
		put_text(b, text);
		if (more)
			put_key(g, key, name, mtime, matched, b);
	} while (more);
}

void
post_put_title(struct post_buf *b, const char *template, const char *name, const char *group)
{
	const struct {
		struct post_str	 key;
		const char	*value;
	} keys[] = { { POST_STR("{name}"), name }, { POST_STR("{group}"), group } };

	while (*template != '\0') {
		size_t i = 0;

		while (i < sizeof keys / sizeof *keys && !post_str_starts(post_str_of(template), keys[i].key))
			i++;
		if (i < sizeof keys / sizeof *keys) {
			post_puts(b, keys[i].value);
			template += keys[i].key.n;
		} else
			post_putc(b, *template++);
	}
}
