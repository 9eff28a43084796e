/* SPDX-License-Identifier: BSD-2-Clause */
/* The text of a name that a definition gives to its function. */
#ifndef POST_LUA_DEFNAME_H
#define POST_LUA_DEFNAME_H

#include "../base/buf.h"

/*
 * Append the name that SRC begins with: all up to a "," or "=" (or the "<"
 * of an attribute) outside brackets, or up to its end.  Blanks and comments
 * go, but for one blank between parts of an index; control bytes are \xHH.
 * Looks at no more than 4096 bytes and appends no more than
 * POST_LUA_NAME_MAX; a name cut by that ends in "...".
 */
void	post_lua_defname(struct post_buf *out, struct post_str src);

#endif
