/* SPDX-License-Identifier: BSD-2-Clause */
/* Folded files, sorted by bytes, become one: the sum is the same in whatever order, and however often it is split. */
#ifndef POST_MERGE_H
#define POST_MERGE_H

#include "../base/count.h"
#include "../base/err.h"
#include "../io/output.h"

struct post_merged {
	uint64_t		stacks;		/* lines written */
	struct post_count	samples;
	uint64_t		comments;	/* lines read and left out: of --notes, say */
};

enum { POST_MERGE_WAYS = 64 };	/* files that are merged at a time */

/*
 * Merge N files of folded lines as bt-collapse writes them, in the order of
 * the bytes of their stacks (bt-folded(5)), plain, gzip or zstd.  Stacks of
 * equal bytes are summed, exactly; what is written is in the same order, each
 * stack once.  Comments and blank lines are left out.
 * Writes to OUT as post_out_tick does, and stops early when that has failed.
 *
 * Returns 0, or -1 with *err, its line in the file PATH[*BAD] where there is
 * one, and OUT is of no use:
 *   POST_EIO      a file, or a temporary one, cannot be opened, read or written
 *   POST_ECUT, POST_EFORMAT  it is damaged; or a line is no folded one or not
 *                 in order
 *   POST_ELIMIT   a count, or a sum, passes 2^64-1; a line is too long
 * *BAD is always under N.
 *
 * Cost: one pass over each file, and log2(POST_MERGE_WAYS) compares a line.
 * Memory: some 150 kB for each of at most POST_MERGE_WAYS files, with its
 * window when it is zstd.  With more files what is merged first goes through
 * temporary files beside OUT ($TMPDIR when that is none), uncompressed, which
 * have no names; a line passes through as many as N has digits to the base
 * of POST_MERGE_WAYS.
 */
int	post_merge(const char *const *path, size_t n, struct post_out *out, struct post_merged *, size_t *bad, struct post_err *err);

#endif
