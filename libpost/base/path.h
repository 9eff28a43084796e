/* SPDX-License-Identifier: BSD-2-Clause */
/* The parts of paths, and copies of them. */
#ifndef POST_PATH_H
#define POST_PATH_H

#include "str.h"

/* PATH up to its last slash, and behind it. */
struct post_str	post_path_dir(struct post_str path);
struct post_str	post_path_last(struct post_str path);

/* A copy of S to be free(3)d; never NULL. */
char		*post_path_copy(const char *s);

#endif
