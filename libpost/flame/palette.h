/* SPDX-License-Identifier: BSD-2-Clause */
/* Palettes: those of one hue, and those that pick a hue by what a name says. */
#ifndef POST_PALETTE_H
#define POST_PALETTE_H

#include <stdbool.h>
#include <stdint.h>
#include "../base/err.h"
#include "../base/str.h"

enum post_palette {
	POST_HOT, POST_MEM, POST_IO, POST_KIND, POST_JAVA, POST_JS, POST_PERL, POST_PYTHON, POST_RUST, POST_WAKEUP, POST_CHAIN,
	POST_RED, POST_GREEN, POST_BLUE, POST_AQUA, POST_YELLOW, POST_PURPLE, POST_ORANGE, POST_PALETTES
};

/* The number of a palette, or -1 with *err (POST_EUSAGE) that lists the names. */
int		post_palette(const char *name, struct post_err *err);

/* Does the palette called NAME tell frames apart by the "_[k]" behind those of the kernel? */
bool		post_palette_marks(const char *name);

/* The palette of one hue that PALETTE, not POST_KIND, picks for NAME. */
enum post_palette post_palette_hue(int palette, struct post_str name);

/* The colour in PALETTE, one of one hue; V, W and X are in [0,1]. */
uint32_t	post_palette_mix(enum post_palette, double v, double w, double x);

/* Of what PALETTE tells apart the number that NAME is, under POST_CLASSES, or -1: nothing. */
enum { POST_CLASSES = 8 };
int		post_palette_class(int palette, struct post_str name);

/* What class CLASS is, and its colour in a legend; NULL: there is no such. */
const char	*post_palette_legend(int palette, int class, uint32_t *rgb);

/* The colour of a kind (kind.h). */
uint32_t	post_kind_color(int kind);

/*
 * The background's two ends, 0xRRGGBB, top and bottom.  BGCOLORS is "yellow",
 * "blue", "green", "grey", "#rrggbb", or NULL: as PALETTE has it.
 * Returns 0, or -1 with *err: POST_EUSAGE.
 */
int		post_background(const char *bgcolors, int palette, uint32_t ends[2], struct post_err *err);

#endif
