/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "../trace/folded.h"
#include "colormap.h"
#include "lines.h"
#include "shade.h"

/* The colour that S is, or POST_NO_COLOR. */
static uint32_t
parse(const char *s)
{
	unsigned r, g, b;
	uint32_t rgb;
	int end = 0;

	if (*s == '#')
		return post_is_css_color(s, &rgb) ? rgb : POST_NO_COLOR;
	if (sscanf(s, "rgb(%3u ,%3u ,%3u )%n", &r, &g, &b, &end) != 3 || end == 0 || s[end] != '\0' || r > 255 || g > 255 || b > 255)
		return POST_NO_COLOR;
	return r << 16 | g << 8 | b;
}

static uint32_t
id_of(struct post_colormap *m, struct post_str name)
{
	uint32_t id = post_intern(&m->names, name);

	if (id < m->n)
		return id;
	if (m->n == m->cap) {
		m->cap = m->cap == 0 ? 64 : 2 * m->cap;
		m->text = post_resize(m->text, m->cap, sizeof *m->text);
		m->rgb = post_resize(m->rgb, m->cap, sizeof *m->rgb);
	}
	m->text[m->n] = (struct post_buf){ 0 };
	m->rgb[m->n++] = POST_NO_COLOR;
	return id;
}

/* A name that comes twice has the colour that comes last; a line that is none is passed over. */
static int
take(void *arg, struct post_str line, struct post_err *err)
{
	struct post_colormap *m = arg;
	struct post_buf name = { 0 };
	size_t at = line.n;
	uint32_t id;

	(void)err;
	while (at >= 2 && memcmp(line.p + at - 2, "->", 2) != 0)
		at--;
	if (at < 2 || at == line.n)
		return 0;
	post_put(&name, POST_STR(""));
	post_put_unfolded(&name, (struct post_str){ line.p, at - 2 });
	id = id_of(m, post_buf_str(&name));
	m->text[id].n = 0;
	post_put(&m->text[id], post_str_from(line, at));
	m->rgb[id] = parse(m->text[id].s);
	post_buf_free(&name);
	return 0;
}

int
post_colormap_read(struct post_colormap *m, const char *path, struct post_err *err)
{
	*m = (struct post_colormap){ 0 };
	return access(path, F_OK) == -1 ? 0 : post_each_line(path, take, m, err);
}

uint32_t
post_colormap_get(struct post_colormap *m, struct post_str name)
{
	uint32_t id = id_of(m, name);

	return m->rgb[id];
}

void
post_colormap_set(struct post_colormap *m, struct post_str name, uint32_t rgb)
{
	uint32_t id = id_of(m, name);

	if (m->text[id].n > 0)
		return;
	post_putf(&m->text[id], "rgb(%u,%u,%u)", rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff);
	m->rgb[id] = rgb;
}

void
post_colormap_put(const struct post_colormap *m, struct post_buf *b)
{
	uint32_t *id = post_names_sorted(&m->names), i;

	for (i = 0; i < m->n; i++)
		if (m->text[id[i]].n > 0) {
			post_put_folded(b, post_name(&m->names, id[i]));
			post_puts(b, "->");
			post_put(b, post_buf_str(&m->text[id[i]]));
			post_putc(b, '\n');
		}
	free(id);
}

void
post_colormap_free(struct post_colormap *m)
{
	while (m->n > 0)
		post_buf_free(&m->text[--m->n]);
	free(m->text);
	free(m->rgb);
	post_names_free(&m->names);
	*m = (struct post_colormap){ 0 };
}
