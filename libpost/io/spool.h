/* SPDX-License-Identifier: BSD-2-Clause */
/* Blocks kept to be read again: of a pipe, which cannot be. */
#ifndef POST_SPOOL_H
#define POST_SPOOL_H

#include <sys/types.h>
#include "../base/buf.h"
#include "input.h"

enum { POST_SPOOL_MEMORY = 64 << 20 };	/* bytes kept in memory; with more all go to a file */

/* { .fd = -1 } is empty. */
struct post_spool {
	struct post_block	*block;		/* as they were taken, but for p */
	size_t			 n, cap, at;
	struct post_buf		 bytes;		/* of all blocks, or of the one that was read last */
	int			 fd;		/* a file without a name, or -1 */
	off_t			 from;		/* of the block to be given next */
	int			 error;		/* errno of what failed first, or 0 */
};

/* Keep a copy of B.  A failure is told by post_spool_next's end and *error. */
void	post_spool_add(struct post_spool *, const struct post_block *b);

/* The next of the blocks, in the order that they were added in, valid until the next call; NULL: no more, or an error. */
const struct post_block	*post_spool_next(struct post_spool *);

void	post_spool_free(struct post_spool *);

/* Where the file is: $TMPDIR or /tmp. */
const char	*post_spool_dir(void);

/* A new file in DIR, to be written and read, that is gone when it is closed: it has no name.  Or -1 with errno. */
int	post_nameless(const char *dir);

#endif
