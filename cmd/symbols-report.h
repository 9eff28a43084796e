/* SPDX-License-Identifier: BSD-2-Clause */
/* What became of the modules of a trace: on standard error in a few lines, in a file in full. */
#ifndef SYMBOLS_REPORT_H
#define SYMBOLS_REPORT_H

#include "symbols.h"

/* Tell it, and write --report; the exit status that it implies. */
int	symbols_tell(const struct post_tool *t, const struct symbols_conf *c, const struct post_modules *m,
	    const struct post_exe *exe, size_t n_exe);

#endif
