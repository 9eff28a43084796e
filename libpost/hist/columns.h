/* SPDX-License-Identifier: BSD-2-Clause */
/* Text in columns. */
#ifndef POST_HIST_COLUMNS_H
#define POST_HIST_COLUMNS_H

#include "../base/buf.h"

static inline void
post_put_many(struct post_buf *b, const char *s, uint64_t n)
{
	while (n-- > 0)
		post_puts(b, s);
}

/* Append S behind as many blanks as make it N bytes. */
static inline void
post_put_right(struct post_buf *b, struct post_str s, size_t n)
{
	post_put_many(b, " ", s.n < n ? n - s.n : 0);
	post_put(b, s);
}

#endif
