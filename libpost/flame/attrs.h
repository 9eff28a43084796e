/* SPDX-License-Identifier: BSD-2-Clause */
/* Attributes of functions in the picture: links, classes (flamegraph.pl --nameattr). */
#ifndef POST_ATTRS_H
#define POST_ATTRS_H

#include "../base/buf.h"
#include "../base/err.h"
#include "../base/names.h"

/*
 * Lines "FUNCTION TAB KEY=VALUE TAB ..."; the keys are title, id, class, href,
 * target, g_extra and a_extra.  The last two are attributes as they stand in
 * a tag, name="value", and are taken apart to be escaped again.  A link must
 * not be a script, and no attribute a handler of events.
 */
struct post_attrs {
	struct post_names	 names;		/* of functions, whole, as in folded lines */
	struct post_attr {
		struct post_buf	title, id, class, href, target;
		struct post_buf	g_extra, a_extra;	/* escaped, with a blank before each */
	}			*of;		/* by id */
	size_t			 n, cap;
	uint32_t		*sorted;	/* ids by name */
	uint64_t		 unknown;	/* pairs with other keys, which are passed over */
};

/* Returns 0, or -1 with *err: POST_EIO, or POST_EFORMAT with the line.  To be freed in any case. */
int		post_attrs_read(struct post_attrs *, const char *path, struct post_err *err);

const struct post_attr *post_attrs_get(const struct post_attrs *, struct post_str name);	/* NULL: none */

void		post_attrs_free(struct post_attrs *);

#endif
