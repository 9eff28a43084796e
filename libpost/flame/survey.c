/* SPDX-License-Identifier: BSD-2-Clause */
/* A look at the whole tree, before anything is written. */
#include <endian.h>
#include <math.h>
#include <stdlib.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "../base/json.h"
#include "attrs.h"
#include "compare.h"
#include "export.h"
#include "palette.h"

struct survey {
	struct picture	*p;
	bool		*seen;		/* by name id */
	XXH3_state_t	 hash;
};

static void
put_member(struct post_buf *b, const char *key, struct post_str value)
{
	if (value.n == 0)
		return;
	if (b->s[b->n - 1] != '{')
		post_putc(b, ',');
	post_put_json(b, post_str_of(key));
	post_putc(b, ':');
	post_put_json(b, value);
}

static void
note_attr(struct post_buf *b, struct post_str name, const struct post_attr *a)
{
	if (b->n > 0)
		post_putc(b, ',');
	post_put_json(b, name);
	post_puts(b, ":{");
	put_member(b, "title", post_buf_str(&a->title));
	put_member(b, "class", post_buf_str(&a->class));
	put_member(b, "href", post_buf_str(&a->href));
	if (a->href.n > 0)
		put_member(b, "target", a->target.n > 0 ? post_buf_str(&a->target) : POST_STR("_top"));
	post_putc(b, '}');
}

/* Every function that has attributes, whether it occurs or not. */
static void
note_attrs(struct picture *p)
{
	const struct post_attrs *attrs = p->opts->attrs;
	uint32_t id;

	for (id = 0; attrs != NULL && id < attrs->names.n; id++)
		note_attr(&p->attrs, post_name(&attrs->names, id), &attrs->of[id]);
}

static void
hash_count(struct survey *s, struct post_count c)
{
	uint64_t parts[] = { htole64(c.whole), htole64(c.frac) };

	XXH3_64bits_update(&s->hash, parts, sizeof parts);
}

static void
note_drawn(struct survey *s, const struct post_frame *f)
{
	struct picture *p = s->p;
	struct post_str name = post_name(p->tree->names, f->name);
	int class;

	p->drawn++;
	XXH3_64bits_update(&s->hash, name.p, name.n);
	hash_count(s, f->count);
	hash_count(s, f->before);
	if (p->tree->compared)
		hash_count(s, f->after);
	if (s->seen[f->name])
		return;
	s->seen[f->name] = true;
	post_picture_keep_color(p, f->name);
	if ((class = post_palette_class(p->palette, name)) >= 0)
		p->classes |= 1u << class;
}

/* The largest change that is coloured. */
static void
note_change(struct picture *p, uint32_t edge, const struct post_frame *f)
{
	double delta = f->depth > 0 ? fabs(post_compare_delta(p, f)) : 0;

	if (post_compare_significant(p, edge, f) && delta > p->max_delta)
		p->max_delta = delta;
}

static void
note_frame(struct survey *s, uint32_t edge, const struct post_frame *f, bool drawn)
{
	struct picture *p = s->p;

	if (p->tree->compared && drawn)
		note_change(p, edge, f);
	else if (p->tree->both && !p->tree->compared && (f->depth > 0 || !p->opts->inclusive))
		p->max_delta = fmax(p->max_delta, fabs(post_picture_delta(p, f)));
	if (drawn && f->depth > 0)
		note_drawn(s, f);
}

/* Pictures of the same data in another form are others, too: what the script is told, and what it is not. */
static void
hash_options(struct survey *s)
{
	const struct post_svg_opts *o = s->p->opts;
	const char *const text[] = { o->subtitle, o->notes, o->fonttype, o->colors, o->bgcolors, o->ui_color, o->stroke_color };
	const unsigned char flag[] = { o->hash, o->random, o->no_script, o->minwidth_percent, o->page == POST_PAGE_HTML };
	struct post_buf meta = { 0 };
	size_t i;

	post_picture_put_meta(s->p, &meta);
	XXH3_64bits_update(&s->hash, meta.s, meta.n);
	post_buf_free(&meta);
	for (i = 0; i < sizeof text / sizeof *text; i++)
		if (text[i] != NULL)
			XXH3_64bits_update(&s->hash, text[i], strlen(text[i]) + 1);
	XXH3_64bits_update(&s->hash, flag, sizeof flag);
	hash_count(s, s->p->total);
	hash_count(s, (struct post_count){ s->p->tree->stacks, o->full_limit });
}

static void
make_prefix(struct survey *s)
{
	struct post_buf *b = &s->p->prefix;

	post_put(b, POST_STR(""));
	if (s->p->opts->id_prefix != NULL) {
		post_puts(b, s->p->opts->id_prefix);
		return;
	}
	hash_options(s);
	post_puts(b, "bt-");
	post_putx(b, XXH3_64bits_digest(&s->hash) & UINT32_MAX, 8);
	post_putc(b, '-');
}

/* What is not drawn need be looked at only in a differential that is no comparison, for the largest change. */
static void
look(struct survey *s)
{
	struct picture *p = s->p;
	struct post_walk w;
	struct post_frame f;
	uint64_t inside = UINT64_MAX;	/* what is deeper stands on a frame that is not drawn */
	uint32_t deepest = 0;
	int skip = 0;

	post_walk_begin(&w, p->tree);
	while (post_picture_next(&w, skip, &f)) {
		bool drawn = post_layout_drawn(&p->layout, &f);

		skip = !drawn && (!p->tree->both || p->tree->compared);
		if (f.depth <= inside) {
			inside = drawn ? UINT64_MAX : f.depth;
			p->narrow += drawn ? 0 : post_count_real(f.count);
		}
		if (drawn && f.depth > deepest)
			deepest = f.depth;
		note_frame(s, w.edge, &f, drawn);
	}
	post_walk_end(&w);
	post_layout_deepen(&p->layout, deepest);
}

void
post_picture_survey(struct picture *p)
{
	struct survey s = { .p = p, .seen = post_resize(NULL, (size_t)p->tree->names->n + 1, sizeof *s.seen) };

	memset(s.seen, 0, p->tree->names->n * sizeof *s.seen);
	XXH3_64bits_reset(&s.hash);
	p->max_delta = p->tree->compared ? 0 : 1;
	post_tree_settle(p->tree);
	p->frames = post_tree_frames(p->tree);
	post_picture_keep_color(p, (uint32_t)POST_ROOT);
	look(&s);
	note_attrs(p);
	make_prefix(&s);
	free(s.seen);
}
