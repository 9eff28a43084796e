/* SPDX-License-Identifier: BSD-2-Clause */
/* How wide a text is, so that nothing in a picture overlaps. */
#ifndef POST_HIST_MEASURE_H
#define POST_HIST_MEASURE_H

#include "../base/buf.h"

/*
 * The width of S at a font size of SIZE px, in px, rounded up: that of DejaVu
 * Sans, which few fonts pass, and wide guesses beyond ASCII.
 */
unsigned	post_hist_text_width(struct post_str s, unsigned size);

/* How many bytes of S, whole characters, fit into WIDTH px. */
size_t		post_hist_text_fit(struct post_str s, unsigned size, unsigned width);

/*
 * Break S into lines of at most WIDTH px, at blanks where there are some.
 * Gives up to MAX lines in LINE and returns how many; *REST is what did not fit.
 */
size_t		post_hist_text_wrap(struct post_str s, unsigned size, unsigned width, struct post_str line[], size_t max,
		    struct post_str *rest);

#endif
