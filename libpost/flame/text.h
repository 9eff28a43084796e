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

/* How many code points S has; a malformed byte is one. */
size_t		post_svg_chars(struct post_str s);

/* As post_svg_label, but where S is cut, its end is there too: half of CHARS. */
void	post_svg_cut_middle(struct post_buf *, struct post_str s, size_t chars);

#endif
