/* SPDX-License-Identifier: BSD-2-Clause */
/* Source files: where a traced path lies on this machine, and its bytes. */
#ifndef POST_LUA_SOURCE_H
#define POST_LUA_SOURCE_H

#include "../base/buf.h"
#include "../base/err.h"
#include "../base/mem.h"
#include "lua.h"

struct post_lua_map;

/* Private to source.c; { 0 } is not usable, see post_lua_sources_open. */
struct post_lua_sources {
	struct post_arena	 mem;
	struct post_str		*dir;		/* lua_path, as opened: below the root when there is one */
	size_t			 n_dir;
	struct post_lua_map	*map;
	size_t			 n_map;
	int			 root;		/* descriptor, or -1 */
	struct post_buf		 text;		/* the file read last */
	struct post_buf		 path;		/* the path tried last */
};

/*
 * Take lua_path, map and root of the configuration; nothing of it is kept.
 * Returns 0, or -1 with *err (POST_EUSAGE: a map without "=" or with nothing
 * before it, a directory that is none, a directory outside the root); there
 * is nothing to close then.
 */
int	post_lua_sources_open(struct post_lua_sources *, const struct post_lua_conf *, struct post_err *err);
void	post_lua_sources_close(struct post_lua_sources *);

/*
 * Read the source of the traced PATH, which holds no NUL.  Tried are the path
 * with the longest OLD that fits replaced by its NEW, or without such an OLD
 * the path as it is; then for each tail of PATH, longest first, the
 * directories of lua_path in their order.
 * Returns POST_LUA_FINE, and *text is valid until the next call; or what is
 * wrong, with *error an errno when there is one (else 0).
 * Cost: one open(2) per place tried, one read of the file.
 */
enum post_lua_trouble	post_lua_sources_read(struct post_lua_sources *, struct post_str path, struct post_str *text, int *error);

/*
 * Read the regular file FD, of at most POST_LUA_FILE_MAX bytes, into TEXT,
 * and close it.  FD may be -1 with errno set: then that is what is wrong.
 * Returns as post_lua_sources_read.
 */
enum post_lua_trouble	post_lua_read_file(int fd, struct post_buf *text, int *error);

#endif
