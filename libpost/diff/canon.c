/* SPDX-License-Identifier: BSD-2-Clause */
/* The user's rules for names, behind those of canon-name.c, and the hash of both. */
#include <sha256.h>
#include <stdlib.h>
#include "canon-name.h"

/* A rule of the user's. */
struct post_canon_map {
	struct post_str	from, to;	/* a name, or the text of a pattern; what it becomes */
	size_t		pattern;	/* which of the patterns, or NO_PATTERN */
};
#define NO_PATTERN	SIZE_MAX

static void
add(struct post_canon *c, struct post_str from, struct post_str to, size_t pattern)
{
	c->map = post_room(c->map, c->n_map, &c->cap, sizeof *c->map);
	c->map[c->n_map++] = (struct post_canon_map){ from, to, pattern };
}

int
post_canon_map(struct post_canon *c, const char *rule, struct post_err *err)
{
	struct post_buf old = { 0 };
	const char *s = rule;

	for (; *s != '\0' && *s != '='; s++) {
		if (s[0] == '\\' && s[1] == '=')
			s++;
		post_putc(&old, *s);
	}
	if (*s == '\0' || s[1] == '\0' || old.n == 0) {
		post_buf_free(&old);
		return post_fail(err, POST_EUSAGE, "the map \"%.200s\" is not OLD=NEW", rule);
	}
	add(c, post_keep(&c->mem, post_buf_str(&old)), post_keep(&c->mem, post_str_of(s + 1)), NO_PATTERN);
	post_buf_free(&old);
	return 0;
}

static int
add_line(struct post_canon *c, struct post_str line, struct post_err *err)
{
	const char *tab = memchr(line.p, '\t', line.n);
	struct post_str from, to;

	if (tab == NULL || tab == line.p)
		return post_fail(err, POST_EUSAGE, "a line of a map is a pattern, a tab and a name");
	if (memchr(line.p, '\0', line.n) != NULL)
		return post_fail(err, POST_EUSAGE, "there is a NUL byte in a line of a map");
	from = post_keep(&c->mem, (struct post_str){ line.p, (size_t)(tab - line.p) });
	to = post_keep(&c->mem, post_str_from(line, from.n + 1));
	if (post_patterns_add(&c->patterns, from.p, err) == -1)
		return -1;
	add(c, from, to, c->patterns.n - 1);
	return 0;
}

int
post_canon_map_file(struct post_canon *c, struct post_str text, struct post_err *err)
{
	struct post_str line;

	for (uint64_t number = 1; post_next_line(&text, &line); number++) {
		line.n -= post_str_ends(line, POST_STR("\r"));
		if (line.n == 0 || *line.p == '#')
			continue;
		if (add_line(c, line, err) == -1) {
			err->line = number;
			return -1;
		}
	}
	return 0;
}

/* What stands in OUT from FROM on becomes NAME, which is elsewhere; no name becomes none. */
static void
replace(struct post_buf *out, size_t from, struct post_str name)
{
	if (name.n == 0)
		return;
	out->n = from;
	post_put(out, name);
}

static void
apply(struct post_canon *c, const struct post_canon_map *m, struct post_buf *out, size_t from)
{
	struct post_str name = { out->s + from, out->n - from };
	struct post_err given_up;

	if (m->pattern == NO_PATTERN) {
		if (post_str_eq(name, m->from))
			replace(out, from, m->to);
		return;
	}
	c->work.n = 0;
	if (post_patterns_replace(&c->patterns, m->pattern, &c->matcher, name, m->to, &c->work, &given_up) == 1)
		replace(out, from, post_buf_str(&c->work));
}

bool
post_canon_put(struct post_canon *c, struct post_str frame, struct post_buf *out)
{
	size_t from = out->n;

	if (!c->off) {
		if (!post_canon_by_rules(c, frame, &c->work, out))
			return false;
	} else if (c->hex)
		post_canon_put_hex(frame, out);
	else
		post_put(out, frame);
	for (size_t i = 0; i < c->n_map; i++)
		apply(c, &c->map[i], out, from);
	return true;
}

/* All that counts, each part in one way only: options that change nothing are as if they were not set. */
static void
describe(const struct post_canon *c, struct post_buf *b)
{
	static const char *const lines[] = { "drop", "keep", "bucket" };

	post_putf(b, "rules=%d\nhex=%d\n", c->off ? 0 : POST_CANON_RULES, c->hex);
	if (!c->off) {
		post_putf(b, "modules=%d\ninlines=%d\nlines=%s\n", c->modules, !c->no_inlines, lines[c->lines]);
		if (c->lines == POST_LINES_BUCKET) {
			post_puts(b, "bucket=");
			post_putu(b, c->bucket);
			post_putc(b, '\n');
		}
	}
	for (size_t i = 0; i < c->n_map; i++) {
		const struct post_canon_map *m = &c->map[i];

		post_putf(b, "%s %zu %zu\n", m->pattern == NO_PATTERN ? "name" : "pattern", m->from.n, m->to.n);
		post_put(b, m->from);
		post_put(b, m->to);
	}
}

void
post_canon_hash(const struct post_canon *c, char hash[POST_CANON_HASH + 1])
{
	struct post_buf b = { 0 };

	describe(c, &b);
	SHA256Data((const uint8_t *)b.s, b.n, hash);
	post_buf_free(&b);
}

void
post_canon_free(struct post_canon *c)
{
	post_patterns_free(&c->patterns);
	post_matcher_free(&c->matcher);
	post_buf_free(&c->work);
	post_drop(&c->mem);
	free(c->map);
	*c = (struct post_canon){ 0 };
}
