/* SPDX-License-Identifier: BSD-2-Clause */
/* The colour of a frame, as flamegraph.pl would choose it. */
#ifndef POST_COLOR_H
#define POST_COLOR_H

#include <stdint.h>
#include "../base/err.h"
#include "../base/str.h"

/* The number of a palette, or -1 with *err (POST_EUSAGE) that lists the names. */
int	post_palette(const char *name, struct post_err *err);

/*
 * The colour, 0xRRGGBB, of a frame by its whole name ("" is the root).
 * PALETTE is from post_palette.  It follows from the name alone: by default
 * from the sum of its code points, with HASH from its first and last three.
 * Malformed bytes count as U+FFFD.
 */
uint32_t	post_color(int palette, int hash, struct post_str name);

/*
 * The background's two ends, 0xRRGGBB, top and bottom.  BGCOLORS is "yellow",
 * "blue", "green", "grey", "#rrggbb", or NULL: as PALETTE has it.
 * Returns 0, or -1 with *err: POST_EUSAGE.
 */
int	post_background(const char *bgcolors, int palette, uint32_t ends[2], struct post_err *err);

#endif
