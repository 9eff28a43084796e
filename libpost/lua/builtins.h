/* SPDX-License-Identifier: BSD-2-Clause */
/* The numbers of LuaJIT's fast functions, from a file like its jit/vmdef.lua. */
#ifndef POST_LUA_BUILTINS_H
#define POST_LUA_BUILTINS_H

#include <stdint.h>
#include "../base/err.h"
#include "../base/mem.h"

enum { POST_LUA_BUILTINS_MAX = 1 << 16 };	/* numbers from here on are left out */

/* { 0 } is an empty table. */
struct post_lua_builtins {
	struct post_arena	 mem;
	struct post_str		*name;	/* by number; n is 0: none */
	size_t			 n, cap;
};

/*
 * Take the names of the first 'ffnames = { [0]="Lua", "C", "assert", ... }'
 * in the Lua source SRC, numbered as Lua numbers them.  Values that are no
 * quoted strings, and strings with escapes, take their number and no name.
 * Returns 0, or -1 with *err (POST_EFORMAT): there is no such table, or no name in it.
 */
int	post_lua_builtins_read(struct post_lua_builtins *, struct post_str src, struct post_err *err);

/* The same from the file PATH; POST_EIO when it cannot be read. */
int	post_lua_builtins_open(struct post_lua_builtins *, const char *path, struct post_err *err);

/* The name of number I, or one of n 0. */
static inline struct post_str
post_lua_builtin(const struct post_lua_builtins *b, uint32_t i)
{
	return i < b->n ? b->name[i] : (struct post_str){ NULL, 0 };
}

void	post_lua_builtins_free(struct post_lua_builtins *);

#endif
