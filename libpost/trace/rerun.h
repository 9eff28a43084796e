/* SPDX-License-Identifier: BSD-2-Clause */
/* The command line that makes a better trace of the same program. */
#ifndef POST_RERUN_H
#define POST_RERUN_H

#include "account.h"
#include "finding.h"

enum post_rerun_form {
	POST_RERUN_TOOLKIT,	/* sample-bt, ngx-sample-lua-bt of openresty-systemtap-toolkit */
	POST_RERUN_STAPXX,	/* sample-bt.sxx, lj-lua-stacks.sxx of stap++ */
	POST_RERUN_FORMS
};

/*
 * Append the command, for a POSIX shell; of the trace it has names that need
 * no quoting, and no others.  What the trace does not tell (SECONDS, PID)
 * stands in capitals.
 * Returns false, and appends nothing: the findings ask for nothing that another
 * run could do better, or stap++ has no such sampler (of kernel frames).
 */
bool	post_rerun_put(struct post_buf *, enum post_rerun_form, const struct post_account *, const struct post_findings *);

/*
 * Steps through the modules that "Missing unwind data" named and that -d is
 * not given, with why (POST_DASH_D: its name would need quoting): *at is 0 at first.  False: no more.
 */
bool	post_rerun_left_out(const struct post_account *, uint32_t *at, struct post_str *module, enum post_dash_d *why);

#endif
