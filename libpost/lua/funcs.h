/* SPDX-License-Identifier: BSD-2-Clause */
/* Which functions a Lua source defines, on which lines, under which names. */
#ifndef POST_LUA_FUNCS_H
#define POST_LUA_FUNCS_H

#include <stdint.h>
#include "../base/mem.h"

enum {
	POST_LUA_NAME_MAX = 256,		/* bytes of a name; a longer one ends in "..." */
	POST_LUA_MAIN = UINT32_MAX	/* "within" of a function that stands in no named function */
};

struct post_lua_func {
	uint32_t	 line;		/* as Lua's linedefined, see below */
	uint32_t	 within;	/* index of the nearest enclosing function that has a name, or POST_LUA_MAIN */
	struct post_str	 name;		/* without control bytes; n is 0: it has none */
};

/* { 0 } is an empty list. */
struct post_lua_funcs {
	struct post_lua_func	*f;	/* in the order of the source; lines do not decrease */
	size_t			 n, cap;
	uint32_t		 lines;	/* of the source */
};

/*
 * Append the functions of the file SRC to FS, their names to NAMES.
 *
 * Lua's linedefined is the line of "function" in a statement "function f(",
 * and the line of "(" in "local function f(" and in "function(": they differ
 * when a definition is broken over lines.
 *
 * A name is what the function is given: "M.a:b" (function M.a:b), "f" (local
 * function f), "M.x" (M.x = function; also after "and" and "or"), "k" or
 * ["k"] (a field of a constructor, without the path to it).  The values of
 * "a, b = function .., function .." are paired.  Arguments, returned functions
 * and functions in brackets have no name.
 *
 * SRC need not be Lua: any bytes, up to 4 GiB, give a list.  Cost: linear in SRC; memory for
 * the list, for the names, and 16 bytes per level that is open at a time.
 */
void	post_lua_funcs_read(struct post_lua_funcs *fs, struct post_str src, struct post_arena *names);

/* The first function at LINE, and in *n how many are there; NULL when none is.  Cost: a binary search. */
const struct post_lua_func	*post_lua_funcs_at(const struct post_lua_funcs *, uint32_t line, size_t *n);

void	post_lua_funcs_free(struct post_lua_funcs *);

#endif
