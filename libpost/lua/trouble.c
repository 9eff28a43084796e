/* SPDX-License-Identifier: BSD-2-Clause */
#include "lua.h"

const char *
post_lua_trouble_text(enum post_lua_trouble trouble)
{
	static const char *const text[] = {
		[POST_LUA_FINE] = "nothing is wrong",
		[POST_LUA_MISSING] = "no such file",
		[POST_LUA_UNREADABLE] = "cannot be read",
		[POST_LUA_NOT_REGULAR] = "is not a regular file",
		[POST_LUA_TOO_LARGE] = "is over 16 MiB",
		[POST_LUA_OUTSIDE] = "is outside the root",
		[POST_LUA_BYTECODE] = "is bytecode, not source",
		[POST_LUA_NO_FUNCTION] = "defines no function on some lines of the trace",
		[POST_LUA_STALE] = "ends before some lines of the trace",
		[POST_LUA_NO_BUILTIN] = "lacks some numbers of the trace",
	};

	return text[trouble];
}
