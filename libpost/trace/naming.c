/* SPDX-License-Identifier: BSD-2-Clause */
#include "../base/demangle.h"
#include "naming.h"

enum { SEEN_MAX = 65536, SEEN_BYTES = 32 << 20 };

void
post_naming_init(struct post_naming *n, const struct post_naming_conf *conf, struct post_names *names, struct post_facts *facts)
{
	*n = (struct post_naming){ .conf = conf, .names = names, .facts = facts };
}

void
post_naming_free(struct post_naming *n)
{
	for (int i = 0; i < POST_VARIANTS; i++)
		post_seen_free(&n->seen[i]);
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

uint32_t
post_naming_native(struct post_naming *n, const struct post_line *line, struct post_trait *trait)
{
	enum { NAME, FACT, ROOT };
	bool by_address = depends_on_address(n, line->rest), new;
	struct post_seen *seen = &n->seen[post_trait_variant(line)];
	uint32_t at = post_seen_id(seen, by_address ? line->text : line->rest, &new), *value = seen->entry[at].value, name;

	if (new) {
		*trait = post_facts_of(n->facts, line);
		value[NAME] = name_frame(n, line, post_addr_in_kernel(line->addr));
		value[FACT] = trait->fact;
		value[ROOT] = trait->root;
	}
	name = value[NAME];
	*trait = (struct post_trait){ value[FACT], value[ROOT] };
	if (seen->names.n >= SEEN_MAX || seen->names.mem.used >= SEEN_BYTES)
		post_seen_free(seen);
	return name;
}
