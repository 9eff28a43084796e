/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <libiberty/demangle.h>
#include "naming.h"

enum { SEEN_MAX = 65536 };

void
post_naming_init(struct post_naming *n, const struct post_naming_conf *conf, struct post_names *names)
{
	*n = (struct post_naming){ .conf = conf, .names = names };
}

static void
forget(struct post_naming *n, int kernel)
{
	post_names_free(&n->seen[kernel]);
	free(n->id[kernel]);
	n->id[kernel] = NULL;
	n->cap[kernel] = 0;
}

void
post_naming_free(struct post_naming *n)
{
	forget(n, 0);
	forget(n, 1);
	post_buf_free(&n->buf);
}

static void
put_module(struct post_buf *b, struct post_str module)
{
	post_putc(b, '[');
	post_put(b, post_module_short(module));
	post_putc(b, ']');
}

static void
put_unresolved(struct post_naming *n, const struct post_line *line, const struct post_native *f, bool kernel)
{
	switch (n->conf->unknown) {
	case POST_UNKNOWN_ADDR:
		post_put(&n->buf, line->addr);
		break;
	case POST_UNKNOWN_MERGE:
		post_puts(&n->buf, "<unknown>");
		break;
	case POST_UNKNOWN_MODULE:
		if (f->module.n > 0)
			put_module(&n->buf, f->module);
		else
			post_puts(&n->buf, kernel ? "[kernel]" : "[unknown]");
		break;
	}
}

static void
put_demangled(struct post_buf *b, struct post_str name)
{
	size_t at = b->n;
	char *plain;

	post_put(b, name);
	plain = cplus_demangle(b->s + at, DMGL_PARAMS | DMGL_ANSI | DMGL_AUTO);
	if (plain == NULL)
		return;
	b->n = at;
	post_puts(b, plain);
	free(plain);
}

static uint32_t
name_frame(struct post_naming *n, const struct post_line *line, bool kernel)
{
	struct post_native f;

	n->buf.n = 0;
	post_native_parse(line->rest, &f);
	if (f.unresolved)
		put_unresolved(n, line, &f, kernel);
	else if (f.name.n == 0)
		post_putc(&n->buf, '-');
	else if (n->conf->demangle)
		put_demangled(&n->buf, f.name);
	else
		post_put(&n->buf, f.name);
	if (n->conf->modules && f.module.n > 0 && (!f.unresolved || n->conf->unknown != POST_UNKNOWN_MODULE)) {
		post_putc(&n->buf, ' ');
		put_module(&n->buf, f.module);
	}
	if (n->conf->kernel && kernel)
		post_puts(&n->buf, "_[k]");
	return post_intern(n->names, post_buf_str(&n->buf));
}

/* The address takes part in the name only when there is nothing else. */
static bool
depends_on_address(const struct post_naming *n, struct post_str rest)
{
	return n->conf->unknown == POST_UNKNOWN_ADDR && rest.n > 0 && (rest.p[0] == '0' || rest.p[0] == '<');
}

uint32_t
post_naming_native(struct post_naming *n, const struct post_line *line)
{
	int kernel = post_addr_in_kernel(line->addr);
	struct post_names *seen = &n->seen[kernel];
	uint32_t known, at;

	if (depends_on_address(n, line->rest))
		return name_frame(n, line, kernel);
	known = seen->n;
	at = post_intern(seen, line->rest);
	if (at < known)
		return n->id[kernel][at];
	n->id[kernel] = post_room(n->id[kernel], at, &n->cap[kernel], sizeof **n->id);
	n->id[kernel][at] = name_frame(n, line, kernel);
	known = n->id[kernel][at];
	if (at + 1 == SEEN_MAX)
		forget(n, kernel);
	return known;
}
