/* SPDX-License-Identifier: BSD-2-Clause */
/* How names and option values get into a document: escaped, whatever they hold. */
#ifndef POST_TEXT_H
#define POST_TEXT_H

#include "../base/buf.h"

/*
 * Append S as XML text: right between tags and inside "...", and read back
 * the same in both places.  & < > " are escaped.  Control characters become
 * their pictures (U+2400 on); each malformed byte and each code point that XML
 * forbids or nobody can see (C1, U+FFFE, U+FFFF) becomes U+FFFD.
 * This is the only way for bytes of a trace into a document.
 */
void	post_svg_text(struct post_buf *, struct post_str s);

/* The same without escaping & < > ": for JSON and the table.  No control character is in it. */
void	post_svg_plain(struct post_buf *, struct post_str s);

/* The same for the inside of a comment: nothing escaped, no "--". */
void	post_svg_comment(struct post_buf *, struct post_str s);

/* The code point that S begins with, and its length: U+FFFD and 1 for a malformed byte.  S is not empty. */
uint32_t	post_svg_code(struct post_str s, size_t *n);

/* S without a last "_[k]", "_[w]", "_[i]" or "_[j]": not shown, only a colour. */
struct post_str	post_svg_bare_name(struct post_str s);

/*
 * Append as much of S as CHARS code points can show: all of it, or its
 * beginning and "..".  Under 3 there is nothing to show.
 */
void	post_svg_label(struct post_buf *, struct post_str s, size_t chars);

#endif
