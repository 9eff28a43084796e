/* SPDX-License-Identifier: BSD-2-Clause */
/* A trace as many frames of zstd, so that it can be read in parts: zstd's seekable format. */
#ifndef POST_PACK_H
#define POST_PACK_H

#include "../base/err.h"
#include "../io/output.h"

enum {
	POST_PACK_FRAME = 64 << 20,		/* unpacked bytes of a frame, unless told otherwise */
	POST_PACK_FRAME_MAX = 1 << 30		/* what readers of the format take */
};

struct post_pack_conf {
	uint64_t	frame;		/* bytes from which on a frame may end; 0: POST_PACK_FRAME */
	uint64_t	most;		/* bytes at which it ends wherever that is; 0: POST_PACK_FRAME_MAX, and that at most */
	int		level;		/* of zstd(1); 0: its default */
	int		window_log;	/* of the reading, decode.h; 0: the default */
	int		tag;		/* enum post_form; 0: as the first 64 KiB look */
};

struct post_packed {
	uint64_t	frames;
	uint64_t	plain, stored;	/* bytes read, unpacked, and written */
	bool		trailing;	/* FD was an archive with bytes behind its end: left out, */
	uint64_t	trailing_byte;	/* from here on */
};

/*
 * Read the trace FD (which stays the caller's), plain, gzip or zstd, and write
 * it to OUT, byte for byte, as frames that need nothing of each other.  One
 * ends at the first seam (post_shard_seam) from conf->frame bytes on: behind
 * a whole stack, or a line; where there is none, at conf->most.
 * Each has a checksum.  Behind them stands, as a skippable frame, the table
 * of their sizes and checksums.  An empty trace has no frames.
 * Writes as post_out_tick does, and stops early when that has failed.
 *
 * Returns 0, or -1 with *err of decode.h, or POST_ELIMIT: no memory for zstd.
 * Cost: that of zstd, in this thread; memory for its window (2 MiB at the
 * default level) and 12 bytes a frame.  The same input gives the same bytes,
 * with one version of libzstd.
 */
int	post_pack(int fd, const struct post_pack_conf *, struct post_out *out, struct post_packed *, struct post_err *err);

#endif
