/* SPDX-License-Identifier: BSD-2-Clause */
/* What kind of code a frame is, by its name. */
#ifndef POST_KIND_H
#define POST_KIND_H

#include <stdint.h>
#include "../base/str.h"

/* The order is that of legends, and of the table's column (table.h). */
enum post_kind {
	POST_KIND_USER,
	POST_KIND_KERNEL,	/* "_[k]", [kernel] */
	POST_KIND_INLINED,	/* "_[i]" */
	POST_KIND_LUA,		/* bt-fixlua(1)'s forms and bt(5)'s */
	POST_KIND_JIT,		/* "_[j]" */
	POST_KIND_WAKER,	/* "_[w]": behind the "--" of a chain */
	POST_KIND_UNKNOWN,	/* an address, [unknown], [module], [truncated] */
	POST_KINDS
};

/* Does NAME only part a stack?  "-" and "--" do. */
bool		post_kind_parts(struct post_str name);

enum post_kind	post_kind(struct post_str name);

const char	*post_kind_text(enum post_kind);	/* "user", "kernel", ... */

#endif
