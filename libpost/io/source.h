/* SPDX-License-Identifier: BSD-2-Clause */
/* One operand as a sequence of blocks: what post_input reads, an operand after the other. */
#ifndef POST_SOURCE_H
#define POST_SOURCE_H

#include "input.h"
#include "slice.h"

/* { .fd = -1 } is none; its memory is used again by the next that is opened. */
struct post_source {
	const struct post_input_conf	*conf;
	int			 fd;
	struct post_slice	 slice;
	uint64_t		 base;		/* what the slice counts its bytes from */
	uint64_t		 byte;		/* bytes of it in the blocks made so far */
	char			*carry;		/* what the last cut left over */
	size_t			 n_carry, cap_carry;
	int			 tag;
	bool			 first, done;
	bool			 skipping;	/* inside a line that is too long */
	bool			 failed;
	struct post_err		 err;		/* of the decoder; meaningful when failed */
	struct post_err		 too_long;	/* a line was left out; code POST_OK when none */
};

/*
 * Open PATH, or "-", for SHARD of it (NULL: all).  CONF is borrowed.
 * Returns 0, or -1 with *err: it cannot be opened, or not be read in parts.
 */
int	post_source_open(struct post_source *, const char *path, const struct post_shard *shard,
	    const struct post_input_conf *conf, struct post_err *err);
void	post_source_close(struct post_source *);
void	post_source_free(struct post_source *);		/* of one that is closed, or was never opened */

/* Make room in B for a block of the usual size. */
void	post_source_room(const struct post_source *, struct post_block *b);

/*
 * The next block, into B that has room; not for use behind the last.  Sets
 * all of it but seq and file.  Runs in one thread at a time.
 */
void	post_source_next(struct post_source *, struct post_block *b);

#endif
