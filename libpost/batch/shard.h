/* SPDX-License-Identifier: BSD-2-Clause */
/* One huge trace in parts, which are folded apart and summed: the same as the whole. */
#ifndef POST_SHARD_H
#define POST_SHARD_H

#include "../base/err.h"
#include "../io/input.h"

/*
 * The post_seam_fn (seam.h) of traces, to be conf.seam of an input with
 * conf.shards; TAG is an enum post_form.  What is read so folds as ever
 * (post_run_fold), and the sums of all shards are those of the trace; lines
 * in messages are counted from the shard's first.
 *
 * Of the folded form every line end is a seam; of the raw one the end of a
 * count line, "\t17", behind a frame that is one whatever stood before it
 * (post_parse_cut): in the text of a Lua chunk "\t17" is no count, and a
 * trace taken apart there would fold to something else.  A trace that has no
 * such frames (only names, as sprint_backtrace prints them) is all in its
 * first shard, and the others read on to its end for nothing.
 */
bool	post_shard_seam(int tag, struct post_str lines);

/* { 0 } is none. */
struct post_shards {
	struct post_shard	*v;
	size_t			 n, cap;
};

/*
 * Append to LIST the shards of the file PATH, in order, each of about BYTES
 * unpacked (at least 1), so that together they are all of it.  It is one when
 * it is smaller, is no regular file, or is packed in one piece, as gzip(1)
 * and zstd(1) do; what begins with frames of zstd or blocks of BGZF is
 * divided between these, as far as they go.
 * Returns 0, or -1 with *err: POST_EIO, and nothing was appended.
 * Cost: nothing for a plain file; for a packed one a walk over its headers
 * (frames.h).  16 bytes a shard.
 */
int	post_shards_plan(struct post_shards *list, const char *path, uint64_t bytes, struct post_err *err);
void	post_shards_free(struct post_shards *);

#endif
