/* SPDX-License-Identifier: BSD-2-Clause */
/* Is a table what its tree is, but for what it says to have merged?  For a test and a fuzz target. */
#ifndef TABLE_CHECK_H
#define TABLE_CHECK_H

#include <stdio.h>
#include "../flame/kind.h"
#include "../base/xml.h"
#include "table-read.h"

__extension__ typedef unsigned __int128 wide_count;	/* in 10^-18 */

/* The frames of a walk; gaps that are first children are samples of their parents. */
struct frames {
	struct post_frame	*f;
	size_t			 n, cap;
};

/* How far the comparison is. */
struct comparing {
	const struct post_tree		*tree;
	const struct post_table_conf	*conf;
	const struct post_table		*table;
	const struct read_table		*read;
	struct frames			 frames;
	wide_count			 own, before;	/* ends, and as they are in the table's units */
	wide_count			 own_units, before_units;
	uint64_t			 merged, narrow, nframes;
	struct post_count		 narrow_samples;
	size_t				 at, more;
	unsigned			 scale;
};

static inline bool
is_gap(const struct post_frame *f)
{
	return f->name == (uint32_t)POST_GAP;
}

static inline wide_count
wide(struct post_count c)
{
	return (wide_count)c.whole * POST_COUNT_ONE + c.frac;
}

static inline void
walk_all(struct post_tree *t, struct frames *to)
{
	struct post_frame f, *last;
	struct post_walk w;

	*to = (struct frames){ 0 };
	post_walk_begin(&w, t);
	while (post_walk_next(&w, 0, &f)) {
		last = to->n > 0 ? &to->f[to->n - 1] : NULL;
		if (is_gap(&f) && !is_gap(last) && f.depth == last->depth + 1) {
			assert(post_count_add(&last->self, f.self) == 0 && post_count_add(&last->self_before, f.self_before) == 0);
			continue;
		}
		to->f = post_room(to->f, to->n, &to->cap, sizeof *to->f);
		to->f[to->n++] = f;
	}
	post_walk_end(&w);
}

static inline unsigned
decimals_of(struct post_count c)
{
	unsigned n = 0;

	for (; c.frac > 0; n++)
		c.frac = c.frac * 10 % POST_COUNT_ONE;
	return n;
}

static inline wide_count
units_of(wide_count c, unsigned scale)
{
	for (; scale < 18; scale++)
		c /= 10;
	return c;
}

/* The most decimals of all, or fewer, so that the total stays a whole number of JavaScript. */
static inline unsigned
right_scale(const struct comparing *c)
{
	unsigned most = 0, n;
	size_t i;

	for (i = 0; i < c->frames.n; i++) {
		if ((n = decimals_of(c->frames.f[i].self)) > most)
			most = n;
		if ((n = decimals_of(c->frames.f[i].self_before)) > most)
			most = n;
	}
	while (most > 0 && (units_of(wide(c->tree->total), most) >= UINT64_C(1) << 53 ||
	    units_of(wide(c->tree->total_before), most) >= UINT64_C(1) << 53))
		most--;
	return most;
}

/* A node's samples are those of SELF and SELF_BEFORE, where the ones before ended. */
static inline void
same_samples(struct comparing *c, const struct node *n, struct post_count self, struct post_count self_before)
{
	c->own += wide(self);
	c->before += wide(self_before);
	assert(n->own == units_of(c->own, c->scale) - c->own_units);
	assert(!c->tree->both || n->before == units_of(c->before, c->scale) - c->before_units);
	c->own_units = units_of(c->own, c->scale);
	c->before_units = units_of(c->before, c->scale);
}

static inline void
same_name(const struct comparing *c, const struct node *n, uint32_t id)
{
	struct post_str name = post_name(c->tree->names, id);
	size_t at = n->what - POST_NODE_NAMED;
	const unsigned char *rgb = (const unsigned char *)c->read->column[2].p + 3 * at;
	struct post_buf plain = { 0 };

	post_xml_plain(&plain, name);
	assert(post_str_eq(post_buf_str(&plain), c->read->name[at]));
	assert(c->conf->color(c->conf->arg, id) == ((uint32_t)rgb[0] << 16 | (uint32_t)rgb[1] << 8 | rgb[2]));
	assert(c->read->column[3].p[at] == (char)post_kind(name));
	post_buf_free(&plain);
}

static inline bool
is_small(const struct comparing *c, const struct post_frame *f)
{
	return f->depth > 0 && post_count_cmp(f->count, c->conf->drawn) < 0;
}

static inline void
same_frame(struct comparing *c, const struct node *n)
{
	const struct post_frame *f = &c->frames.f[c->at++];
	size_t up = c->at - 1;

	assert(f->depth == n->depth && is_gap(f) == (n->what == POST_NODE_GAP && f->depth > 0));
	if (!is_gap(f) && f->depth > 0)
		same_name(c, n, f->name);
	same_samples(c, n, f->self, f->self_before);
	while (is_gap(&c->frames.f[up]) || (is_gap(f) && c->frames.f[up].depth >= f->depth))
		up--;
	c->narrow += !is_gap(f) && is_small(c, f);
	if (is_small(c, &c->frames.f[up]))
		assert(post_count_add(&c->narrow_samples, f->self) == 0);
	c->nframes += !is_gap(f) && f->depth > 0;
}

/* Is the frame that comes now one more neighbour in N, which has so many FRAMES yet? */
static inline bool
goes_on(const struct comparing *c, const struct node *n, uint64_t frames)
{
	const struct node *next = n + 1;

	if (c->at == c->frames.n || c->frames.f[c->at].depth != n->depth)
		return false;
	if (!is_gap(&c->frames.f[c->at]) || frames < n->merged)
		return frames < n->merged;
	return next == c->read->node + c->read->n || next->what != POST_NODE_GAP || next->depth != n->depth;
}

static inline void
same_more(struct comparing *c, const struct node *n)
{
	struct post_more m = { .start = c->frames.f[c->at].start, .depth = (uint32_t)n->depth };
	struct post_count before = { 0 };

	do {
		const struct post_frame *f = &c->frames.f[c->at];

		assert(f->depth == n->depth);
		assert(post_count_cmp(f->count, c->conf->drawn) < 0 && post_count_cmp(f->before, c->conf->drawn) < 0);
		assert(post_count_add(&m.count, f->count) == 0 && post_count_add(&before, f->before) == 0);
		do
			m.frames += !is_gap(&c->frames.f[c->at]);
		while (++c->at < c->frames.n && c->frames.f[c->at].depth > n->depth);
	} while (goes_on(c, n, m.frames));
	assert(m.frames == n->merged && m.frames > 0);
	same_samples(c, n, m.count, before);
	c->merged += m.frames;
	if (post_count_cmp(m.count, c->conf->drawn) < 0)
		return;
	assert(c->more < c->table->nmore);
	assert(post_count_cmp(c->table->more[c->more].start, m.start) == 0);
	assert(post_count_cmp(c->table->more[c->more].count, m.count) == 0);
	assert(c->table->more[c->more].depth == m.depth && c->table->more[c->more].frames == m.frames);
	c->more++;
}

static inline void
same_meta(const struct comparing *c)
{
	struct post_buf want = { 0 };

	post_putf(&want, "{\"v\":1,\"nodes\":%zu,\"names\":%zu,\"scale\":%u,\"total\":%llu,\"frames\":%llu,\"diff\":%s%s",
	    c->read->n, c->read->names, c->scale, (unsigned long long)units_of(wide(c->tree->total), c->scale),
	    (unsigned long long)(c->nframes + c->merged), c->tree->both ? "true" : "false", c->conf->meta.n > 0 ? "," : "");
	post_put(&want, c->conf->meta);
	post_putc(&want, '}');
	assert(post_str_eq(post_buf_str(&want), c->read->column[0]));
	post_buf_free(&want);
}

/* TEXT is the table of T, and TABLE says what is in it. */
static inline void
check_table(struct post_tree *t, const struct post_table_conf *conf, struct post_str text, const struct post_table *table)
{
	struct read_table read;
	struct comparing c = { .tree = t, .conf = conf, .table = table, .read = &read };
	size_t i;

	read_table(text, &read);
	walk_all(t, &c.frames);
	c.scale = right_scale(&c);
	for (i = 0; i < read.n; i++) {
		assert(c.at < c.frames.n);
		if (i > 0 && read.node[i].what == POST_NODE_MORE)
			same_more(&c, &read.node[i]);
		else
			same_frame(&c, &read.node[i]);
	}
	assert(c.at == c.frames.n && c.own == wide(t->total) && c.before == wide(t->total_before));
	assert(table->nodes == read.n && table->merged == c.merged && table->nmore == c.more);
	assert(table->narrow == c.narrow && post_count_cmp(table->narrow_samples, c.narrow_samples) == 0);
	same_meta(&c);
	free(c.frames.f);
	read_table_free(&read);
}

#endif
