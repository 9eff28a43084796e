/* SPDX-License-Identifier: BSD-2-Clause */
/* Where an archive can be entered: its frames of zstd and blocks of BGZF, found without unpacking. */
#ifndef POST_FRAMES_H
#define POST_FRAMES_H

#include <stdbool.h>
#include "../base/err.h"

/* Steps through a file: { .fd = a file, .end = its size }. */
struct post_frames {
	int		fd;
	uint64_t	end;
	uint64_t	at;		/* where the next begins */
};

struct post_frame {
	uint64_t	at, size;	/* stored bytes */
	uint64_t	plain;		/* bytes unpacked: as it says, or at most.  Nothing vouches for it */
	bool		skippable;	/* nothing to unpack */
};

/*
 * The next frame of zstd, skippable one, or block of BGZF, whole, as its
 * headers tell its length; no table in the file is believed.
 * Returns 1, or 0: what begins there is none (the end, a gzip member without
 * a length, a frame cut short, anything else), or -1 with *err: POST_EIO.
 * Cost: one or two pread(2)s a frame, and one for each block in it (of 128
 * KiB unpacked).
 */
int	post_frames_next(struct post_frames *, struct post_frame *, struct post_err *err);

#endif
