/* SPDX-License-Identifier: BSD-2-Clause */
/* Debug files from servers, through the library of elfutils where it is installed. */
#ifndef POST_DEBUGINFOD_H
#define POST_DEBUGINFOD_H

#include "../base/buf.h"

struct post_debuginfod;

/* NULL: the library is not there, or $DEBUGINFOD_URLS names no server. */
struct post_debuginfod	*post_debuginfod_new(void);
void			 post_debuginfod_free(struct post_debuginfod *);

/*
 * Ask for the debug file with BUILD_ID, bytes.  Returns a descriptor, with
 * PATH where it is kept, or -1.  Blocks on the network.
 */
int	post_debuginfod_find(struct post_debuginfod *, struct post_str build_id, struct post_buf *path);

#endif
