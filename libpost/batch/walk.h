/* SPDX-License-Identifier: BSD-2-Clause */
/* The traces below directories. */
#ifndef POST_BATCH_WALK_H
#define POST_BATCH_WALK_H

#include <sys/types.h>
#include "../base/err.h"
#include "../base/mem.h"

struct post_found {
	const char	*path;		/* as it is opened */
	const char	*name;		/* below its root; of a file that was named itself, as it was */
	uint64_t	 size;		/* bytes */
	int64_t		 mtime;		/* nanoseconds since 1970 */
	uint64_t	 inode;
};

/* { 0 } is empty. */
struct post_finds {
	struct post_found	*v;	/* by name, in the order of bytes */
	size_t			 n;
	uint64_t		 others;	/* files that are not called as traces are */

	/* Private to walk.c. */
	size_t			 cap;
	struct post_arena	 mem;
};

/*
 * Add the regular files below ROOT that are called *.bt or *.folded, with .gz
 * or .zst behind it or without; a ROOT that is no directory is one whatever
 * it is called.  Links are followed; a directory is looked into once, and the
 * directory SKIP (by device and inode) not at all.
 * What cannot be read is told to REPORT and passed over.
 */
void	post_find(struct post_finds *, const char *root, const char *skip, void (*report)(void *arg, const char *path, const struct post_err *),
	    void *arg);

/* All roots were looked at: sort; of files found twice one stays. */
void	post_finds_sort(struct post_finds *);
void	post_finds_free(struct post_finds *);

#endif
