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

#endif
