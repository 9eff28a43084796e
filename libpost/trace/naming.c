/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "../base/demangle.h"
#include "naming.h"

enum { SEEN_MAX = 65536 };

void
post_naming_init(struct post_naming *n, const struct post_naming_conf *conf, struct post_names *names)
{
	*n = (struct post_naming){ .conf = conf, .names = names };
}

static void
forget(struct post_named *side)
{
	post_names_free(&side->seen);
	free(side->known);
	*side = (struct post_named){ 0 };
}

void
post_naming_free(struct post_naming *n)
{
	forget(&n->side[0]);
	forget(&n->side[1]);
	post_buf_free(&n->buf);
	post_buf_free(&n->mangled);
	post_buf_free(&n->plain);
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
		post_put(&n->buf, line->addr.n > 0 ? line->addr : POST_STR("<unknown>"));
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
put_demangled(struct post_naming *n, struct post_str name)
{
	n->mangled.n = 0;
	post_put(&n->mangled, name);
	if (!post_demangle(n->mangled.s, &n->plain, &n->buf))
		post_put(&n->buf, name);
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
		put_demangled(n, f.name);
	else
		post_put(&n->buf, f.name);
	if (n->conf->lines && f.file.n > 0) {
		post_putc(&n->buf, '(');
		post_put(&n->buf, f.file);
		post_putc(&n->buf, ')');
	}
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

/* The id of a frame seen before or now; *NEW says which. */
static uint32_t
look_up(struct post_named *side, struct post_str rest, bool *new)
{
	uint32_t seen = side->seen.n, guess = seen > 0 ? side->known[side->last].next : 0, at;

	*new = false;
	if (guess < seen && post_str_eq(post_name(&side->seen, guess), rest))
		return side->last = guess;
	at = post_intern(&side->seen, rest);
	*new = at == seen;
	if (*new) {
		side->known = post_room(side->known, at, &side->cap, sizeof *side->known);
		side->known[at].next = 0;
	}
	side->known[side->last].next = at;
	return side->last = at;
}

uint32_t
post_naming_native(struct post_naming *n, const struct post_line *line)
{
	bool kernel = post_addr_in_kernel(line->addr), new;
	struct post_named *side = &n->side[kernel];
	uint32_t at, name;

	if (depends_on_address(n, line->rest))
		return name_frame(n, line, kernel);
	at = look_up(side, line->rest, &new);
	if (!new)
		return side->known[at].name;
	name = side->known[at].name = name_frame(n, line, kernel);
	if (at + 1 == SEEN_MAX)
		forget(side);
	return name;
}
