/* SPDX-License-Identifier: BSD-2-Clause */
/* Small files of lines: attributes and colours of functions. */
#ifndef POST_LINES_H
#define POST_LINES_H

#include "../base/err.h"
#include "../base/str.h"

/*
 * Call LINE for each line of PATH, without "\n" or "\r\n"; a -1 of it ends
 * the reading, and its *err gets the line's number.
 * Returns 0, or -1 with *err: POST_EIO, or what LINE says.
 */
int	post_each_line(const char *path, int (*line)(void *arg, struct post_str, struct post_err *), void *arg, struct post_err *err);

#endif
