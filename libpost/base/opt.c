/* SPDX-License-Identifier: BSD-2-Clause */
#include <assert.h>
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <strings.h>
#include "ascii.h"
#include "mem.h"
#include "opt.h"

enum { ROWS_MAX = 96 };

static const struct post_opt always[] = {
	{ 'h', "help",    NULL, "print this and exit",        POST_OPT_FLAG, 0, NULL },
	{ 'V', "version", NULL, "print the version and exit", POST_OPT_FLAG, 0, NULL },
	{ 0 }
};

/* Calls F for every row: the filter's own, the shared, -h and -V. */
static void
each_row(const struct post_tool *t, void (*f)(void *arg, const struct post_opt *), void *arg)
{
	const struct post_opt *tables[] = { t->opts, t->shared, always };
	size_t i;

	for (i = 0; i < sizeof tables / sizeof *tables; i++)
		for (const struct post_opt *o = tables[i]; o != NULL && o->name != NULL; o++)
			f(arg, o);
}

/* getopt_long's two tables. */
struct getopt_rows {
	const struct post_opt	*row[ROWS_MAX];
	struct option		 longs[ROWS_MAX + 1];
	struct option		 loose[ROWS_MAX + 1];	/* the first of them, or none */
	char			 shorts[2 * ROWS_MAX + 2];
	size_t			 n, n_shorts;
};

static void
add_row(void *arg, const struct post_opt *o)
{
	struct getopt_rows *g = arg;

	assert(g->n < ROWS_MAX);
	g->row[g->n] = o;
	g->longs[g->n] = (struct option){ o->name, o->arg != NULL ? required_argument : no_argument, NULL,
	    256 + (int)g->n };
	g->n++;
	if (o->key != 0) {
		g->shorts[g->n_shorts++] = (char)o->key;
		if (o->arg != NULL)
			g->shorts[g->n_shorts++] = ':';
	}
}

static const struct post_opt *
find_row(const struct getopt_rows *g, int c)
{
	size_t i;

	if (c >= 256)
		return g->row[c - 256];
	for (i = 0; i < g->n; i++)
		if (g->row[i]->key == c)
			return g->row[i];
	return NULL;
}

int
post_parse_size(const char *s, uint64_t *bytes)
{
	char *end;
	int shift = 0;

	errno = 0;
	*bytes = strtoumax(s, &end, 10);
	if (errno != 0 || *s < '0' || *s > '9')
		return -1;
	switch (*end) {
	case 'K': case 'k': shift = 10; end++; break;
	case 'M': case 'm': shift = 20; end++; break;
	case 'G': case 'g': shift = 30; end++; break;
	default: break;
	}
	if (*end != '\0' || *bytes > UINT64_MAX >> shift)
		return -1;
	*bytes <<= shift;
	return 0;
}

int
post_parse_count(const char *s, uint64_t *n)
{
	char *end;

	s += *s == '+';
	errno = 0;
	*n = strtoumax(s, &end, 10);
	return errno != 0 || *s < '0' || *s > '9' || *end != '\0' ? -1 : 0;
}

/* The power of ten that S, "e-3", "E+6" or nothing, is.  Returns 0, or -1. */
static int
parse_exponent(struct post_str s, int *power)
{
	bool minus;

	*power = 0;
	if (s.n == 0)
		return 0;
	s = post_str_from(s, 1);
	minus = s.n > 0 && *s.p == '-';
	s = post_str_from(s, s.n > 0 && (*s.p == '-' || *s.p == '+'));
	if (s.n == 0 || s.n > 3 || post_span(s, POST_DIGIT) != s.n)
		return -1;
	for (; s.n > 0; s = post_str_from(s, 1))
		*power = *power * 10 + (*s.p - '0');
	*power = minus ? -*power : *power;
	return 0;
}

int
post_parse_real(struct post_str s, double *d)
{
	int power, places = 0;
	size_t digits = 0;
	bool point = false;

	*d = 0;
	s = post_str_from(s, s.n > 0 && *s.p == '+');
	for (; s.n > 0 && (post_is(*s.p, POST_DIGIT) || (*s.p == '.' && !point)); s = post_str_from(s, 1)) {
		if (*s.p == '.') {
			point = true;
			continue;
		}
		digits++;
		*d = *d * 10 + (*s.p - '0');
		places += point;
	}
	if (digits == 0 || (s.n > 0 && *s.p != 'e' && *s.p != 'E') || parse_exponent(s, &power) == -1)
		return -1;
	*d = power < places ? *d / pow(10, places - power) : *d * pow(10, power - places);
	return isfinite(*d) ? 0 : -1;
}

static int
parse_choice(const struct post_opt *o, const char *s, int *index)
{
	size_t n = strlen(s);
	int i, found = -1, matches = 0;

	for (i = 0; o->choices[i] != NULL; i++)
		if (strncmp(o->choices[i], s, n) == 0) {
			found = i;
			if (o->choices[i][n] == '\0')
				break;
			matches++;
		}
	if (o->choices[i] == NULL && matches != 1)
		return -1;
	*index = found;
	return 0;
}

static void
append(struct post_list *l, const char *s)
{
	l->v = post_room(l->v, l->n, &l->cap, sizeof *l->v);
	l->v[l->n++] = s;
}

static int
set(const struct post_opt *o, const char *value, void *conf, struct post_err *err)
{
	void *at = (char *)conf + o->at;

	switch (o->kind) {
	case POST_OPT_FLAG:
		*(bool *)at = true;
		return 0;
	case POST_OPT_COUNT:
		return post_parse_count(value, at) == 0 ? 0 :
		    post_fail(err, POST_EUSAGE, "--%s: not a count: %s", o->name, value);
	case POST_OPT_SIZE:
		return post_parse_size(value, at) == 0 ? 0 :
		    post_fail(err, POST_EUSAGE, "--%s: not a size such as 64M: %s", o->name, value);
	case POST_OPT_REAL:
		return post_parse_real(post_str_of(value), at) == 0 ? 0 :
		    post_fail(err, POST_EUSAGE, "--%s: not a number: %s", o->name, value);
	case POST_OPT_TEXT:
	case POST_OPT_FILE:
		*(const char **)at = value;
		return 0;
	case POST_OPT_LIST:
		append(at, value);
		return 0;
	case POST_OPT_CHOICE:
		return parse_choice(o, value, at) == 0 ? 0 :
		    post_fail(err, POST_EUSAGE, "--%s is one of %s, not %s", o->name, o->arg, value);
	}
	return -1;
}

/* "--m" is no option: nothing begins so, or more than one. */
static int
refuse_name(const char *word, const struct getopt_rows *g, struct post_err *err)
{
	struct post_buf names = { 0 };
	const char *name = word + strspn(word, "-");
	size_t n = strcspn(name, "="), i;

	for (i = 0; i < g->n; i++)
		if (strncmp(g->row[i]->name, name, n) == 0)
			post_putf(&names, "%s--%s", names.n > 0 ? ", " : "", g->row[i]->name);
	if (names.n == 0 || n == 0)
		post_fail(err, POST_EUSAGE, "no such option: %s", word);
	else
		post_fail(err, POST_EUSAGE, "%.*s could be %s", (int)(n + (size_t)(name - word)), word, names.s);
	post_buf_free(&names);
	return -1;
}

/* getopt_long(3) refused an option: say why. */
static int
refuse(int c, char **argv, const struct getopt_rows *g, struct post_err *err)
{
	const struct post_opt *o = optopt != 0 ? find_row(g, optopt) : NULL;

	if (c == ':' && o != NULL)
		return post_fail(err, POST_EUSAGE, "--%s needs a value: %s", o->name, o->arg);
	if (o != NULL)
		return post_fail(err, POST_EUSAGE, "--%s takes no value", o->name);
	if (optopt != 0)
		return post_fail(err, POST_EUSAGE, "no such option: -%c", optopt);
	return refuse_name(argv[optind - 1], g, err);
}

/* The word that getopt_long(3) looks at next, if it is an option. */
static char *
next_option(int argc, char **argv)
{
	int i;

	for (i = optind > 0 ? optind : 1; i < argc; i++)
		if (argv[i][0] == '-' && argv[i][1] != '\0')
			return argv[i];
	return NULL;
}

/* How many of LONGS begin with the N bytes of NAME, in any case. */
static size_t
count_prefix(const struct option *longs, const char *name, size_t n)
{
	size_t count = 0;

	for (; longs->name != NULL; longs++)
		count += strncasecmp(longs->name, name, n) == 0;
	return count;
}

/* Which rows the next option may be; its name is in lower case then. */
static const struct option *
rows_for_next(const struct getopt_rows *g, int argc, char **argv)
{
	char *word = next_option(argc, argv), *name, *p;
	size_t n;

	if (word == NULL || g->loose[0].name == NULL)
		return g->longs;
	name = word + strspn(word, "-");
	n = strcspn(name, "=");
	if (n == 0 || (n == 1 && name == word + 1 && strchr(g->shorts, *name) != NULL) || count_prefix(g->longs, name, n) == 0)
		return g->longs;
	for (p = name; p < name + n; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	return count_prefix(g->loose, name, n) == 1 ? g->loose : g->longs;
}

int
post_opt_parse(const struct post_tool *t, int argc, char **argv, void *conf, struct post_err *err)
{
	int (*parse_word)(int, char *const *, const char *, const struct option *, int *) =
	    t->loose > 0 ? getopt_long_only : getopt_long;
	struct getopt_rows g = { .shorts = ":", .n_shorts = 1 };
	int c;

	each_row(t, add_row, &g);
	memcpy(g.loose, g.longs, t->loose * sizeof *g.longs);
	opterr = 0;
	optind = 0;
	while ((c = parse_word(argc, argv, g.shorts, rows_for_next(&g, argc, argv), NULL)) != -1) {
		const struct post_opt *o = c == '?' || c == ':' ? NULL : find_row(&g, c);

		if (o == NULL) {
			refuse(c, argv, &g, err);
			return POST_OPT_BAD;
		}
		if (o->key == 'h' || o->key == 'V')
			return o->key == 'h' ? POST_OPT_HELP : POST_OPT_VERSION;
		if (set(o, optarg, conf, err) == -1)
			return POST_OPT_BAD;
	}
	return optind;
}

void
post_opt_usage(const struct post_tool *t, struct post_buf *b)
{
	post_putf(b, "usage: %s [option ...] %s\n", t->name, t->operands);
}

static void
help_row(void *arg, const struct post_opt *o)
{
	struct post_buf left = { 0 };

	post_putf(&left, o->key != 0 ? "-%c, " : "    ", o->key);
	post_putf(&left, "--%s%s%s", o->name, o->arg != NULL ? "=" : "", o->arg != NULL ? o->arg : "");
	if (left.n > 28)
		post_putf(arg, "  %s\n  %28s  %s\n", left.s, "", o->help);
	else
		post_putf(arg, "  %-28s  %s\n", left.s, o->help);
	post_buf_free(&left);
}

static void
put_commands(const struct post_tool *t, struct post_buf *b)
{
	if (t->command == NULL)
		return;
	post_putf(b, "%s COMMAND --help tells more of each of these:\n", t->name);
	for (const struct post_command *c = t->command; c->name != NULL; c++)
		post_putf(b, "  %-28s  %s\n", c->name, c->does);
	post_putc(b, '\n');
}

void
post_opt_help(const struct post_tool *t, struct post_buf *b)
{
	post_opt_usage(t, b);
	post_putf(b, "%s\n\n", t->does);
	put_commands(t, b);
	each_row(t, help_row, b);
}
