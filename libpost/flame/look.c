/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Colours of what is no frame.  A rule is the same in every document that has
 * it, so that pictures inlined into one page do not disturb each other.
 */
#include "palette.h"
#include "picture.h"
#include "shade.h"

#define DARK_TEXT	"#e8e8e8"
#define DARK_DIM	"#b4b4b4"
#define DARK_TOP	"#2e2e34"
#define DARK_BOTTOM	"#1a1a1e"
#define LIGHT_VARIABLES	"--bt-ui:#000;--bt-back:#fff;--bt-match:#e600e6;--bt-stroke:none;--bt-warn:#a00028"
#define DARK_VARIABLES	"--bt-ui:" DARK_TEXT ";--bt-back:#26262b;--bt-match:#e600e6;--bt-stroke:none;--bt-warn:#ff9a9a;color-scheme:dark"

/* A colour between TEXT and the background, as faint as can be read on both of its ends. */
static uint32_t
dim(uint32_t text, const uint32_t ends[2])
{
	uint32_t rgb = text;
	int i;

	for (i = 1; i <= 13; i++) {	/* to 65 percent of the way */
		uint32_t next = post_mix(text, ends[0], i * 0.05);

		if (post_contrast(next, ends[0]) < 5 || post_contrast(next, ends[1]) < 5)
			break;
		rgb = next;
	}
	return rgb;
}

/* A background of one's own decides whether it is dark. */
void
post_picture_look(struct picture_look *l, const struct post_svg_opts *o, int palette)
{
	struct post_err err;

	*l = (struct picture_look){ .dark = o->theme == POST_DARK, .follow = o->theme == POST_AUTO && o->bgcolors == NULL };
	if (l->dark && o->bgcolors == NULL) {
		l->ends[0] = 0x2e2e34;
		l->ends[1] = 0x1a1a1e;
	} else
		(void)post_background(o->bgcolors, palette, l->ends, &err);
	if (o->bgcolors != NULL)
		l->dark = post_text_on(l->ends[0]) == POST_WHITE;
	l->text = l->dark ? (o->bgcolors == NULL ? 0xe8e8e8 : POST_WHITE) : POST_BLACK;
	if (o->ui_color != NULL)
		(void)post_is_css_color(o->ui_color, &l->text);
	l->dim = dim(l->text, l->ends);
}

const char *
post_picture_class(const struct picture_look *l)
{
	return l->dark ? "bt-flame bt-dark" : l->follow ? "bt-flame bt-light bt-auto" : "bt-flame bt-light";
}

void
post_picture_put_style(struct post_buf *b, const struct picture_look *l, unsigned row)
{
	post_puts(b, l->dark ? ".bt-dark{" DARK_VARIABLES "}\n" : ".bt-light{" LIGHT_VARIABLES "}\n");
	if (l->follow)
		post_puts(b, "@media (prefers-color-scheme:dark){.bt-auto{" DARK_VARIABLES ";fill:" DARK_TEXT "}"
		    ".bt-auto stop{stop-color:" DARK_TOP "}.bt-auto stop+stop{stop-color:" DARK_BOTTOM "}"
		    ".bt-auto .dim{fill:" DARK_DIM "}}\n");
	post_puts(b, ".bt-flame .frames rect{rx:2px;ry:2px}\n.bt-flame .frames text{stroke:none}\n.bt-flame .remarks text{font-weight:bold;fill:var(--bt-warn)}\n.bt-row");
	post_putu(b, row);
	post_puts(b, " rect{height:");
	post_putu(b, row);
	post_puts(b, "px}\n");
}
