/* SPDX-License-Identifier: BSD-2-Clause */
/* Directories that files are looked for below, and that no name leads out of. */
#ifndef POST_ROOTS_H
#define POST_ROOTS_H

#include "../base/buf.h"
#include "../base/err.h"
#include "../base/path.h"

struct post_root {
	char	*path;		/* no slash at its end: empty is "/" */
	int	 fd;
};

/* Returns 0, or -1 with *err: PATH is no directory that can be opened. */
int	post_root_open(struct post_root *, const char *path, struct post_err *err);
void	post_root_close(struct post_root *);

/*
 * Append "/a/b" for each part of PATH to B; ".." takes a part away again, but
 * nothing of B's first BASE bytes.
 */
void	post_path_put(struct post_buf *b, size_t base, struct post_str path);

/*
 * Open the regular file INNER, a path that post_path_put made.  PATH gets its
 * path on this machine.  Returns a descriptor or -1 with errno, and then PATH is as it was.
 */
int	post_root_file(const struct post_root *, struct post_str inner, struct post_buf *path);

/* Is PATH below the root?  *inner is what follows, from a slash on. */
bool	post_root_holds(const struct post_root *, struct post_str path, struct post_str *inner);

#endif
