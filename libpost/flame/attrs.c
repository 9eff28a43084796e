/* SPDX-License-Identifier: BSD-2-Clause */
#include <stddef.h>
#include <stdlib.h>
#include <strings.h>
#include "../base/ascii.h"
#include "../trace/folded.h"
#include "attrs.h"
#include "lines.h"
#include "../base/xml.h"

static const struct key {
	const char	*name;
	size_t		 at;
} keys[] = {
	{ "title", offsetof(struct post_attr, title) },
	{ "id", offsetof(struct post_attr, id) },
	{ "class", offsetof(struct post_attr, class) },
	{ "href", offsetof(struct post_attr, href) },
	{ "target", offsetof(struct post_attr, target) },
	{ "g_extra", offsetof(struct post_attr, g_extra) },
	{ "a_extra", offsetof(struct post_attr, a_extra) },
};

enum { KEYS = sizeof keys / sizeof *keys };

static struct post_buf *
field(struct post_attr *a, const struct key *k)
{
	return (struct post_buf *)(void *)((char *)a + k->at);
}

/* Take the first of S off, up to SEPARATOR or the end. */
static struct post_str
cut(struct post_str *s, char separator)
{
	const char *end = s->n > 0 ? memchr(s->p, separator, s->n) : NULL;
	struct post_str first = { s->p, end != NULL ? (size_t)(end - s->p) : s->n };

	*s = post_str_from(*s, first.n + (end != NULL));
	return first;
}

/* Does S begin with a scheme that runs code?  Browsers pass over blanks and control characters in front and inside. */
static bool
runs_code(struct post_str s)
{
	char scheme[16];
	size_t i, n = 0;

	for (i = 0; i < s.n && s.p[i] != ':'; i++)
		if ((unsigned char)s.p[i] > ' ' && n < sizeof scheme - 1)
			scheme[n++] = s.p[i];
	scheme[n] = '\0';
	return i < s.n && (strcasecmp(scheme, "javascript") == 0 || strcasecmp(scheme, "vbscript") == 0 || strcasecmp(scheme, "data") == 0);
}

static bool
name_char(char c)
{
	return post_is(c, POST_WORD) || c == '-';
}

/* Is NAME one that may stand in a tag, and does nothing?  Not what the writer puts there. */
static bool
harmless(struct post_str name)
{
	static const char *const taken[] = { "id", "class", "href", "target", "style" };
	size_t i;

	if (name.n == 0 || *name.p == '-' || post_is(*name.p, POST_DIGIT) ||
	    (name.n >= 2 && strncasecmp(name.p, "on", 2) == 0) || (name.n >= 3 && strncasecmp(name.p, "xml", 3) == 0))
		return false;
	for (i = 0; i < sizeof taken / sizeof *taken; i++)
		if (name.n == strlen(taken[i]) && strncasecmp(name.p, taken[i], name.n) == 0)
			return false;
	return true;
}

static void
skip_blanks(struct post_str *s)
{
	while (s->n > 0 && *s->p == ' ')
		*s = post_str_from(*s, 1);
}

static bool
has_name(const struct post_buf *b, const struct post_buf *name)
{
	return b->n > 0 && memmem(b->s, b->n, name->s, name->n) != NULL;
}

/* Put NAME=" at the end of TO, unless A has it already: a value has no such quote. */
static bool
put_name(struct post_buf *to, const struct post_attr *a, struct post_str name)
{
	struct post_buf b = { 0 };
	bool is_new;

	post_putc(&b, ' ');
	post_put(&b, name);
	post_puts(&b, "=\"");
	is_new = !has_name(&a->g_extra, &b) && !has_name(&a->a_extra, &b);
	if (is_new)
		post_put(to, post_buf_str(&b));
	post_buf_free(&b);
	return is_new;
}

/* Append S with its entities, which who writes for flamegraph.pl has to use, read. */
static void
put_decoded(struct post_buf *b, struct post_str s)
{
	static const char *const entity[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#39;" };
	static const char meant[] = "&<>\"''";
	size_t i;

	while (s.n > 0) {
		for (i = 0; i < sizeof meant - 1 && !post_str_starts(s, post_str_of(entity[i])); )
			i++;
		post_putc(b, i < sizeof meant - 1 ? meant[i] : *s.p);
		s = post_str_from(s, i < sizeof meant - 1 ? strlen(entity[i]) : 1);
	}
}

/* The next NAME="VALUE" of S; false: it is not one. */
static bool
take_attribute(struct post_str *s, const struct post_attr *a, struct post_buf *to)
{
	struct post_str name = { s->p, 0 };
	struct post_buf value = { 0 };
	char quote;

	while (name.n < s->n && name_char(s->p[name.n]))
		name.n++;
	*s = post_str_from(*s, name.n);
	if (!harmless(name) || s->n < 3 || *s->p != '=' || (s->p[1] != '"' && s->p[1] != '\''))
		return false;
	quote = s->p[1];
	*s = post_str_from(*s, 2);
	if (s->n == 0 || memchr(s->p, quote, s->n) == NULL || !put_name(to, a, name))
		return false;
	put_decoded(&value, cut(s, quote));
	post_xml_text(to, post_buf_str(&value));
	post_buf_free(&value);
	post_puts(to, "\"");
	return true;
}

enum { EXTRAS = 64 };	/* attributes of a function */

static bool
take_extra(struct post_str s, const struct post_attr *a, struct post_buf *to)
{
	int n = 0;

	for (skip_blanks(&s); s.n > 0; skip_blanks(&s))
		if (++n > EXTRAS || !take_attribute(&s, a, to))
			return false;
	return true;
}

/* Returns 0, 1: no such key, or -1 with *err. */
static int
take_value(struct post_attr *a, struct post_str pair, struct post_err *err)
{
	struct post_str name = cut(&pair, '=');
	struct post_buf *to;
	size_t i;

	for (i = 0; i < KEYS && !post_str_eq(name, post_str_of(keys[i].name)); )
		i++;
	if (i == KEYS)
		return 1;
	to = field(a, &keys[i]);
	to->n = 0;
	if (keys[i].at < offsetof(struct post_attr, g_extra))
		put_decoded(to, pair);
	if (keys[i].at == offsetof(struct post_attr, href) && runs_code(post_buf_str(to)))
		return post_fail(err, POST_EFORMAT, "a link must not be a script");
	if (keys[i].at >= offsetof(struct post_attr, g_extra) && !take_extra(pair, a, to))
		return post_fail(err, POST_EFORMAT, "%s is not name=\"value\" ..., or not allowed", keys[i].name);
	return 0;
}

static struct post_attr *
attr_of(struct post_attrs *attrs, struct post_str function)
{
	struct post_buf name = { 0 };
	uint32_t id;

	post_put(&name, POST_STR(""));
	post_put_unfolded(&name, function);
	id = post_intern(&attrs->names, post_buf_str(&name));
	post_buf_free(&name);
	if (id == attrs->n) {
		attrs->of = post_room(attrs->of, attrs->n, &attrs->cap, sizeof *attrs->of);
		attrs->of[attrs->n++] = (struct post_attr){ 0 };
	}
	return &attrs->of[id];
}

static int
take(void *arg, struct post_str line, struct post_err *err)
{
	struct post_str function = cut(&line, '\t');
	struct post_attrs *attrs = arg;
	struct post_attr *a;
	int status;

	if (function.n == 0 && line.n == 0)
		return 0;
	if (line.n == 0)
		return post_fail(err, POST_EFORMAT, "no tab and attribute behind the function");
	for (a = attr_of(attrs, function); line.n > 0; attrs->unknown += status == 1)
		if ((status = take_value(a, cut(&line, '\t'), err)) == -1)
			return -1;
	return 0;
}

int
post_attrs_read(struct post_attrs *attrs, const char *path, struct post_err *err)
{
	*attrs = (struct post_attrs){ 0 };
	if (post_each_line(path, take, attrs, err) == -1)
		return -1;
	attrs->sorted = post_names_sorted(&attrs->names);
	return 0;
}

const struct post_attr *
post_attrs_get(const struct post_attrs *attrs, struct post_str name)
{
	size_t from = 0, to = attrs->n;

	while (from < to) {
		size_t middle = (from + to) / 2;
		int d = post_str_cmp(name, post_name(&attrs->names, attrs->sorted[middle]));

		if (d == 0)
			return &attrs->of[attrs->sorted[middle]];
		*(d < 0 ? &to : &from) = d < 0 ? middle : middle + 1;
	}
	return NULL;
}

void
post_attrs_free(struct post_attrs *attrs)
{
	size_t k;

	while (attrs->n > 0) {
		attrs->n--;
		for (k = 0; k < KEYS; k++)
			post_buf_free(field(&attrs->of[attrs->n], &keys[k]));
	}
	free(attrs->of);
	free(attrs->sorted);
	post_names_free(&attrs->names);
	*attrs = (struct post_attrs){ 0 };
}
