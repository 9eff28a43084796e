/* SPDX-License-Identifier: BSD-2-Clause */
/* C++ and Rust names in plain words. */
#ifndef POST_DEMANGLE_H
#define POST_DEMANGLE_H

#include "buf.h"

/*
 * Append MANGLED, which ends with a NUL, in plain words and return true; or
 * append nothing and return false: it is no mangled name, or would be over 64
 * KiB.  SCRATCH is used on the way.
 * Needs about 2 MiB of stack, for libiberty's sake.
 */
bool	post_demangle(const char *mangled, struct post_buf *scratch, struct post_buf *out);

#endif
