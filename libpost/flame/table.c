/* SPDX-License-Identifier: BSD-2-Clause */
/* Writing the table: one walk, whose frames become columns. */
#include <stdlib.h>
#include "kind.h"
#include "pack.h"
#include "prune.h"
#include "table.h"
#include "../base/xml.h"

enum {
	TRIES = 6,
	FRAME_BYTES = 4		/* of the table, for a frame: more than most take */
};

enum { META, NAMES, COLORS, KINDS, LEVELS, NODES, OWN, MERGED, BEFORE, AFTER, MARKS, COLUMNS };

/* Samples of nodes, one after the other: where the last of them ends, and that in the table's units. */
struct sum {
	struct post_count	count;
	uint64_t		units;
};

/* What a node has of its own. */
struct own {
	struct post_count	count, before, after;
};

/* Neighbours that are not kept. */
struct run {
	struct post_frame	first;
	uint32_t		edge;		/* of the first */
	struct own		sum;
	uint64_t		parts, frames;
};

struct writer {
	struct post_tree		*tree;
	const struct post_table_conf	*conf;
	struct post_table		 table;
	struct post_walk		 walk;
	struct post_prune		 prune;
	struct post_buf			 column[COLUMNS];
	uint32_t			*number;	/* by name id: what the names column has, or 0 */
	uint32_t			 names;
	uint32_t			 depth;		/* where the node before would have its child */
	uint64_t			 inside;	/* what is deeper is below a frame that is not drawn */
	unsigned			 scale;
	uint64_t			 times, per;	/* 10^scale, 10^(18 - scale) */
	struct sum			 sum, before, after;
	struct own			 own;		/* of the last node, not yet in the columns */
	struct run			 run;
};

static uint64_t
power10(unsigned n)
{
	uint64_t p = 1;

	while (n-- > 0)
		p *= 10;
	return p;
}

static uint64_t
units(const struct writer *w, struct post_count c)
{
	return c.whole * w->times + (c.frac != 0 ? c.frac / w->per : 0);
}

/* Ends are cut to the table's units, not counts: so sums do not drift. */
static void
put_samples(struct writer *w, int column, struct sum *sum, struct post_count count)
{
	uint64_t end;

	(void)post_count_add(&sum->count, count);	/* not more than the total */
	end = units(w, sum->count);
	post_put_leb(&w->column[column], end - sum->units);
	sum->units = end;
}

/* The samples of the last node, now that they are known. */
static void
end_node(struct writer *w)
{
	if (w->table.nodes == 0)
		return;
	put_samples(w, OWN, &w->sum, w->own.count);
	if (w->tree->both)
		put_samples(w, BEFORE, &w->before, w->own.before);
	if (w->tree->compared)
		put_samples(w, AFTER, &w->after, w->own.after);
}

static void
put_own(struct writer *w, struct own own, bool mark)
{
	end_node(w);
	w->own = own;
	w->table.nodes++;
	if (w->tree->compared)
		post_putc(&w->column[MARKS], mark);
}

static void
add_own(struct own *to, struct post_count count, struct post_count before, struct post_count after)
{
	(void)post_count_add(&to->count, count);
	(void)post_count_add(&to->before, before);
	(void)post_count_add(&to->after, after);
}

static void
put_node(struct writer *w, uint32_t depth, uint32_t node)
{
	post_put_leb(&w->column[LEVELS], w->depth - depth);
	post_put_leb(&w->column[NODES], node);
	w->depth = depth + 1;
}

/* The number of a name, which from its first use on is in the table. */
static uint32_t
number_of(struct writer *w, uint32_t id)
{
	struct post_str name;
	uint32_t rgb;

	if (w->number[id] != 0)
		return w->number[id];
	name = post_name(w->tree->names, id);
	rgb = w->conf->color(w->conf->arg, id);
	post_xml_plain(&w->column[NAMES], name);
	post_putc(&w->column[NAMES], '\n');
	post_put(&w->column[COLORS], (struct post_str){ (char [3]){ (char)(rgb >> 16), (char)(rgb >> 8), (char)rgb }, 3 });
	post_putc(&w->column[KINDS], (char)post_kind(name));
	return w->number[id] = POST_NODE_NAMED + w->names++;
}

static bool
is_marked(const struct writer *w, uint32_t edge, const struct post_frame *f)
{
	return w->tree->compared && f->depth > 0 && w->conf->significant(w->conf->arg, edge, f);
}

static void
put_frame(struct writer *w, uint32_t edge, const struct post_frame *f)
{
	if (f->depth > 0)
		put_node(w, f->depth, f->name == (uint32_t)POST_GAP ? POST_NODE_GAP : number_of(w, f->name));
	put_own(w, (struct own){ f->self, f->self_before, f->self_after }, is_marked(w, edge, f));
}

/* Is FRAME, or the parent if it is a gap, below what is drawn?  Then it is only in the table. */
static void
note_narrow(struct writer *w, const struct post_frame *f)
{
	bool gap = f->name == (uint32_t)POST_GAP;

	if (f->depth <= w->inside)
		w->inside = !gap && f->depth > 0 && post_count_cmp(f->count, w->conf->drawn) < 0 ? f->depth : UINT64_MAX;
	if (f->depth < w->inside)
		return;
	w->table.narrow += !gap;
	(void)post_count_add(&w->table.narrow_samples, f->self);
}

static void
keep(struct writer *w, uint32_t edge, const struct post_frame *f)
{
	put_frame(w, edge, f);
	note_narrow(w, f);
}

static void
note_more(struct writer *w, const struct run *r)
{
	struct post_table *t = &w->table;

	t->merged += r->frames;
	if (post_count_cmp(r->sum.count, w->conf->drawn) < 0)
		return;
	t->more = post_room(t->more, t->nmore, &t->cap, sizeof *t->more);
	t->more[t->nmore++] = (struct post_more){ r->first.start, r->sum.count, r->sum.before, r->sum.after, r->first.depth, r->frames };
}

/* The frame given last, which is F, and all that stands on it are not kept. */
static void
merge(struct writer *w, const struct post_frame *f)
{
	struct run *r = &w->run;

	if (r->parts == 0)
		*r = (struct run){ .first = *f, .edge = w->walk.edge };
	r->parts++;
	r->frames += post_prune_subtree(&w->prune, &w->walk);
	add_own(&r->sum, f->count, f->before, f->after);
}

/* A frame or gap on its own takes no more room than what would stand for it. */
static void
end_run(struct writer *w)
{
	struct run *r = &w->run;

	if (r->parts == 0)
		return;
	if (r->parts == 1 && r->frames <= 1) {
		r->first.self = r->sum.count;	/* in a chart, what its gap has */
		r->first.self_before = r->sum.before;
		r->first.self_after = r->sum.after;
		keep(w, r->edge, &r->first);
	} else {
		put_node(w, r->first.depth, POST_NODE_MORE);
		post_put_leb(&w->column[MERGED], r->frames);
		put_own(w, r->sum, false);
		note_more(w, r);
	}
	r->parts = 0;
}

/* A gap that is the first child is as good as samples of the frame itself, which stand there too. */
static bool
joins(struct writer *w, const struct post_frame *f)
{
	if (f->name != (uint32_t)POST_GAP || f->depth != w->depth || w->run.parts > 0)
		return false;
	add_own(&w->own, f->self, f->self_before, f->self_after);
	note_narrow(w, f);
	return true;
}

static void
put_nodes(struct writer *w)
{
	struct post_frame f;
	bool skip = false;

	while (post_walk_next(&w->walk, skip, &f)) {
		if (joins(w, &f))
			continue;
		skip = f.depth > 0 && !post_prune_keeps(&w->prune, &f);
		if (!skip || f.depth != w->run.first.depth)
			end_run(w);
		if (skip)
			merge(w, &f);
		else
			keep(w, w->walk.edge, &f);
	}
	end_run(w);
	end_node(w);
}

static void
put_member(struct post_buf *b, const char *name, uint64_t v)
{
	post_puts(b, ",\"");
	post_puts(b, name);
	post_puts(b, "\":");
	post_putu(b, v);
}

static void
put_meta(struct writer *w)
{
	struct post_buf *b = &w->column[META];

	post_puts(b, "{\"v\":1");
	put_member(b, "nodes", w->table.nodes);
	put_member(b, "names", w->names);
	put_member(b, "scale", w->scale);
	put_member(b, "total", units(w, w->tree->total));
	put_member(b, "frames", w->prune.frames);
	post_puts(b, w->tree->both ? ",\"diff\":true" : ",\"diff\":false");
	if (w->conf->meta.n > 0)
		post_putc(b, ',');
	post_put(b, w->conf->meta);
	post_putc(b, '}');
}

/* The columns of what is kept now. */
static void
fill(struct writer *w)
{
	struct post_tree *t = w->tree;
	size_t i;

	for (i = 0; i < COLUMNS; i++)
		w->column[i].n = 0;
	memset(w->number, 0, t->names->n * sizeof *w->number);
	w->names = 0;
	w->depth = 1;
	w->inside = UINT64_MAX;
	w->sum = w->before = w->after = (struct sum){ 0 };
	post_table_free(&w->table);
	post_walk_begin(&w->walk, t);
	put_nodes(w);
	put_meta(w);
	post_walk_end(&w->walk);
}

/* The table of what is kept now, in place of what TO has; returns its bytes. */
static size_t
pack(struct writer *w, struct post_buf *to)
{
	fill(w);
	to->n = 0;
	post_pack_columns(w->column, w->tree->compared ? COLUMNS : w->tree->both ? AFTER : BEFORE, to);
	return to->n;
}

/* How many decimals has FRAC, in 10^-18? */
static unsigned
decimals(uint64_t frac)
{
	unsigned n = 18;

	for (; n > 0 && frac % 10 == 0; n--)
		frac /= 10;
	return n;
}

static bool
is_exact(struct post_count c, unsigned scale)
{
	uint64_t whole;

	return !__builtin_mul_overflow(c.whole, power10(scale), &whole) && whole < UINT64_C(1) << 53 &&
	    whole + c.frac / power10(18 - scale) < UINT64_C(1) << 53;
}

/* All decimals, where a double of JavaScript can hold the sum of all. */
static unsigned
scale_of(const struct post_tree *t)
{
	unsigned most = 0, n;
	size_t i;

	for (i = 0; (t->frac != NULL || t->before != NULL) && i < t->n; i++) {
		if (t->frac != NULL && (n = decimals(t->frac[i])) > most)
			most = n;
		if (t->before != NULL && (n = decimals(t->before[i].frac)) > most)
			most = n;
		if (t->after != NULL && (n = decimals(t->after[i].frac)) > most)
			most = n;
	}
	while (most > 0 && (!is_exact(t->total, most) || !is_exact(t->total_before, most) || !is_exact(t->total_after, most)))
		most--;
	return most;
}

/* What came of keeping so many frames. */
struct try {
	uint64_t	frames, bytes;
};

/*
 * How many frames to keep next, when LOW fits and HIGH, unless it is { 0 },
 * does not: what should make 7/8 of the limit, as bytes follow frames.
 */
static uint64_t
guess(struct try low, struct try high, uint64_t limit)
{
	double want = 0.875 * (double)limit - (double)low.bytes, frames = (double)low.frames;

	if (high.frames > 0)
		frames += ((double)high.frames - frames) * want / (double)(high.bytes - low.bytes);
	else if (low.bytes > 0)
		frames += frames * want / (double)low.bytes;
	else
		return limit / FRAME_BYTES;
	return frames < 1e18 ? (uint64_t)frames : UINT64_MAX;
}

/* What is kept now is the table, in place of what was. */
static void
take(struct writer *w, struct post_buf *packed, struct post_buf *best, struct post_table *table)
{
	struct post_buf old = *best;

	post_table_free(table);
	*table = w->table;
	w->table = (struct post_table){ 0 };
	*best = *packed;
	*packed = old;
}

/* Keep what fits, and of that about the most. */
static void
fit(struct writer *w, struct post_buf *best, struct post_table *table)
{
	uint64_t limit = w->conf->limit, want = guess((struct try){ 0 }, (struct try){ 0 }, limit);
	struct try low = { 0 }, high = { 0 }, now;
	struct post_buf packed = { 0 };
	int left;

	for (left = TRIES; left > 0; left--, want = guess(low, high, limit)) {
		bool least;	/* no less can be kept */

		now.frames = post_prune_to(&w->prune, left > 1 || best->n > 0 ? want : 0, w->conf->drawn);
		if (best->n > 0 && now.frames <= low.frames)
			break;
		now.bytes = pack(w, &packed);
		least = best->n == 0 && (left == 1 || now.frames == 0 || post_count_cmp(w->prune.floor, w->conf->drawn) >= 0);
		if (now.bytes > limit && !least) {
			high = now;
			continue;
		}
		low = now;
		take(w, &packed, best, table);
		if (now.bytes > limit / 10 * 7 || now.frames == w->prune.frames || limit == 0)
			break;
	}
	post_table_free(&w->table);
	post_buf_free(&packed);
}

void
post_table_write(struct post_tree *t, const struct post_table_conf *conf, struct post_buf *out, struct post_table *table)
{
	struct writer w = { .tree = t, .conf = conf };
	struct post_buf packed = { 0 };
	size_t i;

	*table = (struct post_table){ 0 };
	post_tree_settle(t);
	post_prune_begin(&w.prune, t);
	w.scale = scale_of(t);
	w.times = power10(w.scale);
	w.per = power10(18 - w.scale);
	w.number = post_resize(NULL, (size_t)t->names->n + 1, sizeof *w.number);
	fit(&w, &packed, table);
	post_put(out, post_buf_str(&packed));
	post_buf_free(&packed);
	for (i = 0; i < COLUMNS; i++)
		post_buf_free(&w.column[i]);
	free(w.number);
	post_prune_free(&w.prune);
}

void
post_table_free(struct post_table *t)
{
	free(t->more);
	*t = (struct post_table){ 0 };
}
