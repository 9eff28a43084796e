/* SPDX-License-Identifier: BSD-2-Clause */
/* Which colour a frame has in this picture. */
#include "color.h"
#include "colormap.h"
#include "compare.h"
#include "kind.h"
#include "palette.h"
#include "picture.h"
#include "shade.h"

enum { COLORED = 1 << 24 };

static uint32_t
choose(const struct picture *p, struct post_str name)
{
	const struct post_svg_opts *o = p->opts;

	if (o->random && !o->hash)
		return post_color_by_chance(p->palette, p->seed, name);
	return post_color(p->palette, o->hash, name);
}

/* The map that has or gets the colour of NAME: differentials and marks have others. */
static struct post_colormap *
map_of(const struct picture *p, struct post_str name)
{
	return p->tree->both || post_kind_parts(name) ? NULL : p->opts->map;
}

static uint32_t
color_of(const struct picture *p, struct post_str name)
{
	struct post_colormap *map = map_of(p, name);
	uint32_t rgb = map != NULL ? post_colormap_get(map, name) : POST_NO_COLOR;

	return rgb != POST_NO_COLOR ? rgb : choose(p, name);
}

static struct post_str
name_of(const struct picture *p, uint32_t id)
{
	return id == (uint32_t)POST_ROOT ? POST_STR("") : post_name(p->tree->names, id);
}

void
post_picture_keep_color(struct picture *p, uint32_t id)
{
	struct post_colormap *map = map_of(p, name_of(p, id));

	if (map != NULL)
		post_colormap_set(map, name_of(p, id), post_picture_name_color(p, id));
}

uint32_t
post_picture_name_color(struct picture *p, uint32_t id)
{
	if (id == (uint32_t)POST_ROOT)
		return color_of(p, POST_STR(""));
	if (p->color[id] == 0)
		p->color[id] = COLORED | color_of(p, name_of(p, id));
	return p->color[id] & (COLORED - 1);
}

static uint32_t
change_color(const struct picture *p, const struct post_frame *f)
{
	double delta;

	if (p->opts->compare != NULL)
		return p->significant ? post_delta_color(post_compare_delta(p, f), p->max_delta, true) : POST_NOT_SIGNIFICANT;
	delta = post_picture_delta(p, f);
	return post_delta_color(p->opts->negate ? -delta : delta, p->max_delta, p->opts->blind);
}

uint32_t
post_picture_fill(struct picture *p, const struct post_frame *f)
{
	if (!p->tree->both || (f->depth > 0 && post_kind_parts(post_name(p->tree->names, f->name))))
		return post_picture_name_color(p, f->name);
	if (f->depth == 0)
		return POST_WHITE;
	return change_color(p, f);
}
