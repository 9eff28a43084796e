/* SPDX-License-Identifier: BSD-2-Clause */
/* Pure functions of a Lua frame's text. */
#ifndef POST_LUA_FRAME_H
#define POST_LUA_FRAME_H

#include <stdint.h>
#include "../base/buf.h"

enum post_lua_kind {
	POST_LUA_OTHER,		/* a frame that is never renamed */
	POST_LUA_FILE,		/* [WORD:]@PATH:LINE */
	POST_LUA_BUILTIN,	/* [WORD:]builtin#N */
	POST_LUA_TEXT		/* [T:]source text of several lines:LINE */
};

struct post_lua_frame {
	enum post_lua_kind	 kind;
	struct post_str		 prefix;	/* "T:", or n is 0; of all kinds but OTHER */
	struct post_str		 path;		/* FILE: not empty, no control bytes; TEXT: the source text */
	uint32_t		 number;	/* the line, or the number of the builtin; 2^32-1 stands for all above it too */
};

/* Views into TEXT, the text of one frame.  Cost: linear in TEXT. */
struct post_lua_frame	post_lua_frame_of(struct post_str text);

/*
 * Append what the chunk of the file PATH is called: "resty.core.base" when
 * PATH ends in lib/resty/core/base.lua and nothing but letters, digits, "_"
 * and "-" stands in those names ("-" becomes "_"; the leftmost such "lib",
 * which also ends "lualib", counts); else the last component when it is
 * "SOMETHING.lua"; else PATH.
 */
void	post_lua_put_module(struct post_buf *, struct post_str path);

/*
 * Append what LuaJIT calls a chunk loaded from the string TEXT:
 * [string "first line..."], at most 45 bytes of TEXT.
 */
void	post_lua_put_text(struct post_buf *, struct post_str text);

#endif
