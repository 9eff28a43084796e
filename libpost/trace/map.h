/* SPDX-License-Identifier: BSD-2-Clause */
/* Rewriting the frames of a trace without touching the rest of it. */
#ifndef POST_MAP_H
#define POST_MAP_H

#include "../io/output.h"
#include "run.h"

/*
 * Append another text for FRAME, one frame without its line end or escapes,
 * and return true; or return false: it stays as it is.
 */
typedef bool post_rename_fn(void *arg, struct post_str frame, struct post_buf *out);

/*
 * Begin to copy block B: a line that the operand before left open is ended,
 * which *open_line tells, false at first; and of byte order marks the first
 * stays, for it is of the output as a whole.  Returns what of B is to be copied.
 */
struct post_str	post_copy_begin(struct post_out *out, bool *open_line, const struct post_block *b);

/* Append the line end that the line RAW has: "\r\n", "\n" or none. */
void	post_put_line_end(struct post_buf *, struct post_str raw);

/*
 * Copy IN, made with the cutter post_stacks_cut, to OUT in the form it has,
 * byte for byte but for the frames that RENAME changes and the byte order
 * marks of later operands.  Operands should be of one form: what is written
 * for a mixture no filter reads.  In the raw form it
 * is asked about the frames of Lua only, in the folded form about all.
 * The account of what was read is that of RUN.
 * Returns how many frames, counts and folded lines were seen: 0 is no trace.
 * (A stack without its count, as lj-lua-bt prints it, is one here.)
 * Cost: a copy of the bytes; a hash or so a frame is RENAME's.
 */
uint64_t	post_map(struct post_run *run, struct post_input *in, post_rename_fn *rename, void *arg, struct post_out *out);

#endif
