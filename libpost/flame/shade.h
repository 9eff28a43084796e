/* SPDX-License-Identifier: BSD-2-Clause */
/* Colours beside each other, as 0xRRGGBB: can one be read on the other? */
#ifndef POST_SHADE_H
#define POST_SHADE_H

#include <stdbool.h>
#include <stdint.h>
#include "../base/buf.h"

enum { POST_BLACK = 0, POST_WHITE = 0xffffff };
enum { POST_NOT_SIGNIFICANT = 0xd2d2d2 };	/* in a comparison: a change that may be none */

/* From 1 to 21, as WCAG 2 has it; 4.5 and more can be read. */
double		post_contrast(uint32_t a, uint32_t b);

/* Black, or white where black has a contrast under 4.5. */
uint32_t	post_text_on(uint32_t rgb);

/* T, 0 to 1, of the way from A to B. */
uint32_t	post_mix(uint32_t a, uint32_t b, double t);

/* The colour of a change by DELTA where MAX, over 0, is the largest: red or blue, when BLIND orange or blue. */
uint32_t	post_delta_color(double delta, double max, bool blind);

/* Is S #rgb, #rrggbb or the name of a colour, in CSS and as an attribute?  *RGB is set when it begins with "#". */
bool		post_is_css_color(const char *s, uint32_t *rgb);

/* Append "#rrggbb", or "#rgb" where that is the same. */
void		post_put_rgb(struct post_buf *, uint32_t rgb);

#endif
