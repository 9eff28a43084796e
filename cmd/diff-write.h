/* SPDX-License-Identifier: BSD-2-Clause */
/* What bt-diff writes. */
#ifndef DIFF_WRITE_H
#define DIFF_WRITE_H

#include "../libpost/diff/report.h"
#include "diff-read.h"

/* Write all outputs of C, each whole or not at all; TOOL_TROUBLE when one could not be, or STATUS. */
int	diff_write(const struct diff_conf *c, const struct post_report *, int status);

/* Write the baseline of C from all runs. */
int	diff_write_baseline(const struct diff_conf *c, const struct diff_input *, const char *rules);

/* diff-folded.c: a line a stack, with its counts before and after; names that are not as they were come with the hash of their rules. */
void	diff_put_folded(const struct diff_conf *c, const struct post_report *, struct post_out *);

/* diff-svg.c: the union of both sides.  Returns 0, or -1 with *err, and a picture that says so. */
int	diff_put_svg(const struct diff_conf *c, const struct post_report *, struct post_out *, struct post_err *err);

#endif
