/* SPDX-License-Identifier: BSD-2-Clause */
/* Strings in JSON. */
#ifndef POST_JSON_H
#define POST_JSON_H

#include "buf.h"

/*
 * Append S as a JSON string (RFC 8259), quotes too: the text that a picture
 * shows for it (post_xml_plain), so no control or malformed byte is in it.
 */
void	post_put_json(struct post_buf *, struct post_str s);

/*
 * Members of an object that is being written, each with the comma before it
 * unless the object, or the buffer, has just begun.  KEY needs no escaping.
 */
void	post_put_json_key(struct post_buf *, const char *key);
void	post_put_json_text(struct post_buf *, const char *key, const char *text);	/* TEXT of NULL is null */
void	post_put_json_number(struct post_buf *, const char *key, uint64_t n);
void	post_put_json_flag(struct post_buf *, const char *key, bool flag);

#endif
