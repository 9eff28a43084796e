/* SPDX-License-Identifier: BSD-2-Clause */
/* The files below directories, by a name. */
#ifndef POST_FILES_H
#define POST_FILES_H

#include "../base/names.h"
#include "roots.h"

enum { POST_FILES_NONE = -1 };

struct post_file {
	const struct post_root	*root;
	struct post_str		 path;		/* "/a/b" below the root */
	int64_t			 next;		/* of the same key, or POST_FILES_NONE */
};

/* { 0 } is empty. */
struct post_files {
	struct post_file	*file;
	size_t			 n;
	bool			 cut;		/* there are more files than we keep */

	/* Private to files.c. */
	size_t			 cap, n_seen;
	struct post_names	 keys;
	int64_t			*first;		/* by key */
	size_t			 cap_first;
	struct post_arena	 mem;
};

/* The key of a file NAME, kept in ROOM when it is not a part of NAME; false: the file is left out. */
typedef bool post_files_key_fn(struct post_str name, struct post_buf *room, struct post_str *key);

/*
 * Take in the regular files below SUB ("/lib/modules", or empty) of ROOT,
 * which is borrowed.  Symbolic links are not followed, and /dev, /proc and /sys of
 * a root not entered.  Cost: a look at every file, at most a million.
 */
void	post_files_add(struct post_files *, const struct post_root *root, struct post_str sub, post_files_key_fn *key);
int64_t	post_files_first(struct post_files *, struct post_str key);
void	post_files_free(struct post_files *);

#endif
