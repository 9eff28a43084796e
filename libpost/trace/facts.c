/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "facts.h"

enum { FLAG_BYTES = 2, MODULE_BYTES = 4096 };	/* a longer module's name is cut: it is one to be shown */

/* FNV-1a. */
uint32_t
post_trait_hash(struct post_str s)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 16777619u;
	return h;
}

static bool
is_tracer(const struct post_native *f)
{
	return post_str_starts(f->module, POST_STR("stap_")) || post_str_starts(f->name, POST_STR("_stp_")) ||
	    post_str_starts(f->name, POST_STR("__stp_"));
}

static bool
is_bare(struct post_str rest)
{
	return post_str_starts(rest, POST_STR("0x")) && memchr(rest.p, ' ', rest.n) == NULL;
}

static bool
is_start(struct post_str offset)
{
	if (post_str_eq(offset, POST_STR("+0x0/0x0")))	/* as resolve-inlines writes all that it resolves */
		return false;
	return post_str_starts(offset, POST_STR("+0x0/")) || post_str_eq(offset, POST_STR("+0x0"));
}

/*
 * A name that holds an offset, or one with a module and no offset: what is
 * printed behind an address never has that, so a part of the output is missing.
 */
static bool
is_spliced(const struct post_line *line, const struct post_native *f)
{
	if (line->kind != POST_LINE_NATIVE || f->unresolved || f->name.n == 0)
		return false;
	return post_str_has(f->name, POST_STR("+0x")) || (f->module.n > 0 && f->offset.n == 0);
}

static unsigned
layout_of(const struct post_line *line, const struct post_native *f)
{
	unsigned flags = 0;

	if (line->kind == POST_LINE_SIMPLE)
		flags |= POST_FACT_SIMPLE;
	else if (!f->unresolved)
		flags |= POST_FACT_SYMBOL;
	else if (f->module.n > 0 && line->rest.p == line->addr.p)
		flags |= POST_FACT_NO_COLON;
	if (line->addr.n == 18 && line->addr.p[2] == '0')
		flags |= POST_FACT_PADDED;
	if (f->file.n > 0)
		flags |= POST_FACT_LINE;
	return flags;
}

static unsigned
flags_of(const struct post_line *line, const struct post_native *f)
{
	unsigned flags = layout_of(line, f);

	if (f->unresolved)
		flags |= POST_FACT_UNRESOLVED | (is_bare(line->rest) ? POST_FACT_BARE : 0);
	else if (is_start(f->offset))
		flags |= POST_FACT_START;
	if (is_tracer(f))
		flags |= POST_FACT_TRACER;
	if (is_spliced(line, f))
		flags |= POST_FACT_SPLICED;
	if (post_addr_in_kernel(line->addr))
		flags |= POST_FACT_KERNEL;
	return flags;
}

/* The id of the fact of FLAGS and MODULE. */
static uint32_t
fact_of(struct post_facts *t, unsigned flags, struct post_str module)
{
	char key[FLAG_BYTES + MODULE_BYTES] = { (char)(flags & 0xff), (char)(flags >> 8) };
	size_t n = module.n < MODULE_BYTES ? module.n : MODULE_BYTES;
	uint32_t known = t->names.n, id;

	if (known >= POST_FACTS_MAX)
		n = 0;
	if (n > 0)
		memcpy(key + FLAG_BYTES, module.p, n);
	id = post_intern(&t->names, (struct post_str){ key, FLAG_BYTES + n });
	if (id == known) {
		t->fact = post_room(t->fact, id, &t->cap, sizeof *t->fact);
		t->fact[id] = (struct post_fact){ .flags = flags };
	}
	return id;
}

/* "start@@GLIBC_2.2.5" is "start". */
static struct post_str
without_version(struct post_str name)
{
	const char *at = name.n > 0 ? memchr(name.p, '@', name.n) : NULL;

	return at != NULL ? post_head(name, (size_t)(at - name.p)) : name;
}

struct post_trait
post_facts_of(struct post_facts *t, const struct post_line *line)
{
	struct post_native f;

	post_native_parse(line->rest, &f);
	return (struct post_trait){
		.fact = fact_of(t, flags_of(line, &f), f.module),
		.root = post_trait_hash(f.unresolved ? f.module : without_version(f.name)),
	};
}

/* The first facts of these are the only ones. */
struct post_trait
post_facts_light(struct post_facts *t, const struct post_line *line)
{
	if (t->names.n == 0) {
		(void)fact_of(t, 0, POST_STR(""));
		(void)fact_of(t, POST_FACT_UNRESOLVED | POST_FACT_BARE, POST_STR(""));
	}
	return (struct post_trait){ .fact = is_bare(line->rest) };
}

struct post_str
post_fact_module(const struct post_facts *t, uint32_t fact)
{
	return post_str_from(post_name(&t->names, fact), FLAG_BYTES);
}

void
post_facts_merge(struct post_facts *into, const struct post_facts *from)
{
	for (uint32_t id = 0; id < from->names.n; id++) {
		const struct post_fact *f = &from->fact[id];
		uint32_t at = fact_of(into, f->flags, post_fact_module(from, id));
		struct post_fact *to = &into->fact[at];

		to->n += f->n;
		to->weight = post_sum(to->weight, f->weight);
		to->inner += f->inner;
	}
}

void
post_facts_free(struct post_facts *t)
{
	post_names_free(&t->names);
	free(t->fact);
	*t = (struct post_facts){ 0 };
}
