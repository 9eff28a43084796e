/* SPDX-License-Identifier: BSD-2-Clause */
/* Lua frames: which function a source line defines, and how a chunk is called. */
#ifndef POST_LUA_H
#define POST_LUA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "../base/buf.h"
#include "../base/err.h"

/* { 0 } looks for sources where the trace says that they are. */
struct post_lua_conf {
	const char *const	*lua_path;	/* directories to look in too, by the longest tail of the traced path */
	size_t			 n_lua_path;
	const char *const	*map;		/* "OLD=NEW": the traced path's first components OLD are NEW here; the longest OLD counts */
	size_t			 n_map;
	const char		*root;		/* nothing outside this directory is opened; NULL: anything may be */
	const char		*builtins;	/* a file like LuaJIT's jit/vmdef.lua, itself not bound to the root; NULL: none */
	bool			 main_name;	/* "name:<main>" for "name:0" */
	bool			 keep_lines;	/* "name:function:LINE" */
	bool			 all_names;	/* every function of the line, joined by "|"; else the first */
};

enum {
	POST_LUA_FILE_MAX = 16 << 20	/* bytes of a source or builtins file; a larger one is not read */
};

struct post_lua;

/*
 * A renamer.  The strings of the configuration are needed for the call only.
 * With a root, directories of lua_path and each NEW are paths of this machine
 * and must lie in the root, whereas a traced path is looked up below the root
 * ("/a/b.lua" is ROOT/a/b.lua).  Without one, a relative path is relative to
 * the working directory.
 *
 * Returns NULL with *err filled:
 *   POST_EUSAGE    a map without "=" or OLD; a directory that is none, or is
 *                  outside the root
 *   POST_EIO       the builtins file cannot be read (no file, not regular, over POST_LUA_FILE_MAX)
 *   POST_EFORMAT   the builtins file has no "ffnames = { ... }"
 */
struct post_lua	*post_lua_new(const struct post_lua_conf *, struct post_err *err);
void		 post_lua_free(struct post_lua *);	/* NULL is fine */

/*
 * Append the new text of FRAME, one frame as the trace has it and without
 * count or line end, to OUT.
 *
 *   @/x/lualib/resty/core/re.lua:12   resty.core.re:match    the function that line 12 defines
 *   T:@/x/lualib/resty/core/re.lua:12 T:resty.core.re:match  any "WORD:" before "@" stays
 *   @/x/app/api.lua:29                api.lua:<anon in get>:29   a function without a name, in get
 *   @/x/app/api.lua:102               api.lua:<anon>:102     the same, in the main chunk
 *   @/x/app/api.lua:30                api.lua:30             no function begins there
 *   @/x/app/api.lua:0                 api.lua:0              the main chunk; its file is not opened
 *   builtin#85                        builtin:string.byte    with a builtins file
 *   source text of many lines:1       [string "first line..."]:1   as Lua and LuaJIT write it
 *
 * Returns false, and OUT is untouched, for every other frame, and when the
 * source cannot be read or ends before that line: the frame stays as it is.
 * What is appended holds no line end.
 *
 * Cost: a frame seen before is one hash, a copy and no memory.  A new one is a
 * binary search, and the first of a file opens and reads that file, once.
 * Memory: 24 bytes and a name per function of the files read, a record per
 * path of the trace, and up to 64 MiB of frames seen.
 */
bool	post_lua_rename(struct post_lua *, struct post_str frame, struct post_buf *out);

/* Why frames stay as they are. */
enum post_lua_trouble {
	POST_LUA_FINE,
	POST_LUA_MISSING,	/* no such file, here or in lua_path */
	POST_LUA_UNREADABLE,	/* open(2) or read(2) failed: see error */
	POST_LUA_NOT_REGULAR,	/* a directory, a pipe, a device */
	POST_LUA_TOO_LARGE,	/* over POST_LUA_FILE_MAX */
	POST_LUA_OUTSIDE,	/* ".." or a symbolic link leads out of the root */
	POST_LUA_BYTECODE,	/* compiled: no source to read */
	POST_LUA_NO_FUNCTION,	/* lines of it in the trace define no function: the trace holds current lines, or another
				   version of the file ran; such frames are named by module and line */
	POST_LUA_STALE,		/* lines of the trace are beyond its end: another version ran */
	POST_LUA_NO_BUILTIN	/* the builtins file, PATH, lacks some numbers of the trace */
};

struct post_lua_problem {
	struct post_str		 path;		/* as traced; valid until post_lua_free */
	enum post_lua_trouble	 trouble;	/* never POST_LUA_FINE */
	int			 error;		/* errno of POST_LUA_UNREADABLE, else 0 */
	uint32_t		 line;		/* the first line without a function, or beyond the end; POST_LUA_NO_BUILTIN: the first number */
	uint64_t		 frames;	/* calls of post_lua_rename that came to this */
};

/*
 * The problems so far, one per path, in order of first sight.  *at is 0 for
 * the first and is moved on.  Returns true with *problem, false at the end.
 */
bool	post_lua_problem(const struct post_lua *, size_t *at, struct post_lua_problem *problem);

/* What is wrong, in a few words: "no such file".  A constant. */
const char	*post_lua_trouble_text(enum post_lua_trouble);

#endif
