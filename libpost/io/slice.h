/* SPDX-License-Identifier: BSD-2-Clause */
/* A part of a file, unpacked, from one seam to another. */
#ifndef POST_SLICE_H
#define POST_SLICE_H

#include "decode.h"
#include "seam.h"

/*
 * { .decode = d } is all that D gives; post_slice_between makes it a part.
 * Parts that meet at an offset meet there at the first seam that is found
 * from it on: so they are all of the file, and nothing twice.
 */
struct post_slice {
	struct post_decode	*decode;	/* owned */

	/* Private to slice.c. */
	struct post_seam	 head, tail;
	uint64_t		 read;		/* unpacked bytes */
	uint64_t		 before;	/* of these, those before the first that was given */
	bool			 in_head;	/* that one is not found yet */
	bool			 bounded, ended;
};

/*
 * D, a decoder of post_decode_new_at that nothing was read of yet, began at
 * stored byte FROM: give what is behind the first seam from there on (with a
 * FROM of 0: all), up to the first from stored byte TO on (UINT64_MAX: the
 * end).  FROM is at most TO.
 */
void		post_slice_between(struct post_slice *, uint64_t from, uint64_t to, post_seam_fn *fn, int tag);
void		post_slice_free(struct post_slice *);

/* As post_decode_read. */
ptrdiff_t	post_slice_read(struct post_slice *, char *buf, size_t n, struct post_err *err);

#endif
