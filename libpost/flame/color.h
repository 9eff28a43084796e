/* SPDX-License-Identifier: BSD-2-Clause */
/* The colour of a frame, as flamegraph.pl would choose it. */
#ifndef POST_COLOR_H
#define POST_COLOR_H

#include <stdint.h>
#include "../base/str.h"

/*
 * The colour, 0xRRGGBB, of a frame by its whole name ("" is the root).
 * PALETTE is from post_palette.  It follows from the name alone: by default
 * from the sum of its code points, with HASH from its first and last three.
 * Malformed bytes count as U+FFFD.
 */
uint32_t	post_color(int palette, int hash, struct post_str name);

/* The same by chance: it follows from SEED and the name. */
uint32_t	post_color_by_chance(int palette, uint64_t seed, struct post_str name);

#endif
