/* SPDX-License-Identifier: BSD-2-Clause */
/* How names are shown: without their marks, and cut to fit. */
#ifndef POST_TEXT_H
#define POST_TEXT_H

#include "../base/buf.h"

/* S without a last "_[k]", "_[w]", "_[i]" or "_[j]": not shown, only a colour. */
struct post_str	post_svg_bare_name(struct post_str s);

/*
 * Append as much of S as CHARS code points can show: all of it, or its
 * beginning and "..".  Under 3 there is nothing to show.
 */
void	post_svg_label(struct post_buf *, struct post_str s, size_t chars);

#endif
