/* SPDX-License-Identifier: BSD-2-Clause */
/* Rewriting the frames of a trace without touching the rest of it. */
#ifndef POST_MAP_H
#define POST_MAP_H

#include "../io/output.h"
#include "stacks.h"

/*
 * Append another text for FRAME, one frame without its line end or escapes,
 * and return true; or return false: it stays as it is.
 */
typedef bool post_rename_fn(void *arg, struct post_str frame, struct post_buf *out);

/*
 * Copy IN, made with the cutter post_stacks_cut, to OUT in the form it has,
 * byte for byte but for the frames that RENAME changes and the byte order
 * marks of later operands.  Operands should be of one form: what is written
 * for a mixture no filter reads.  In the raw form it
 * is asked about the frames of Lua only, in the folded form about all.
 * Returns how many frames, counts and folded lines were seen: 0 is no trace.
 * (A stack without its count, as lj-lua-bt prints it, is one here.)
 * Cost: a copy of the bytes; a hash or so a frame is RENAME's.
 */
uint64_t	post_map(struct post_input *in, post_rename_fn *rename, void *arg, struct post_out *out);

#endif
