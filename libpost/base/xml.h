/* SPDX-License-Identifier: BSD-2-Clause */
/* How names and other bytes get into a document: escaped, whatever they hold. */
#ifndef POST_XML_H
#define POST_XML_H

#include "buf.h"

/*
 * Append S as XML text: right between tags and inside "...", and read back
 * the same in both places.  & < > " are escaped.  Control characters become
 * their pictures (U+2400 on); each malformed byte and each code point that XML
 * forbids or nobody can see (C1, U+FFFE, U+FFFF) or that turns the direction
 * of text (U+202A to U+202E, U+2066 to U+2069) becomes U+FFFD.
 * This is the only way for bytes of a trace into a document.
 */
void	post_xml_text(struct post_buf *, struct post_str s);

/* The same without escaping & < > ": for JSON and tables.  No control character is in it. */
void	post_xml_plain(struct post_buf *, struct post_str s);

/* The same for the inside of a comment: nothing escaped, no "--". */
void	post_xml_comment(struct post_buf *, struct post_str s);

/* The code point that S begins with, and its length: U+FFFD and 1 for a malformed byte.  S is not empty. */
uint32_t	post_xml_code(struct post_str s, size_t *n);

#endif
