/* SPDX-License-Identifier: BSD-2-Clause */
/* Where the outputs of a trace are: names of files that anybody can open. */
#ifndef POST_BATCH_PLACE_H
#define POST_BATCH_PLACE_H

#include "../base/buf.h"
#include "../base/err.h"

/*
 * Append the path of the outputs of the trace NAME, below "traces/" and
 * without an ending: bytes other than letters, digits and "-_.,+@/" are "%XX";
 * so is a "." or "-" that begins a part.  A part that would be too long for
 * a file system is cut, and has a hash of all of it behind.
 */
void	post_put_place(struct post_buf *, struct post_str name);

/* Make the directories of the file PATH below the directory BASE.  Returns 0, or -1 with *err. */
int	post_make_directories(const char *base, struct post_str path, struct post_err *err);

#endif
