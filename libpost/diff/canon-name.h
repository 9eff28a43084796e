/* SPDX-License-Identifier: BSD-2-Clause */
/* The rules for names that are built in; canon-name.c has their table, and bt-diff(1). */
#ifndef POST_CANON_NAME_H
#define POST_CANON_NAME_H

#include "canon.h"

/* A part of the rules' hash: higher with every change of what the rules make of any name. */
enum { POST_CANON_RULES = 1 };

#define POST_CANON_MARKS	"kjw"	/* "_[k]" stays behind a name */

/*
 * Append what the rules make of FRAME.  False: the frame is to be left out,
 * and nothing was appended.  WORK is used on the way.
 * What the rules made they leave as it is.
 */
bool	post_canon_by_rules(const struct post_canon *, struct post_str frame, struct post_buf *work, struct post_buf *out);

/* Append NAME with each "0x" and its hex digits as "0x...". */
void	post_canon_put_hex(struct post_str name, struct post_buf *out);

/* A name while it is taken apart from its end. */
struct post_parts {
	const struct post_canon	*c;
	char			*bytes;		/* of left, which a rule may change where it takes */
	struct post_str		 left;
	struct post_str		 module;	/* behind the name, as it is shown; n is 0: none */
	struct post_str		 line;		/* "(a.c:7)", when it stays; of a bucket "(a.c" */
	bool			 marked[sizeof POST_CANON_MARKS - 1], inlined;
	bool			 bucketed, closed;	/* closed: ")" stands behind the bucket */
	uint64_t		 bucket;	/* its first line */
};

/* Keep the first N bytes: all rules go by here, and none takes everything. */
static inline bool
post_parts_keep(struct post_parts *p, size_t n)
{
	if (n == 0)
		return false;
	p->left.n = n;
	return true;
}

/* canon-lines.c: the rules for lines.  True: there was one to take. */
bool	post_take_line(struct post_parts *);		/* f(a.c:7) */
bool	post_take_lua_line(struct post_parts *);	/* api.lua:30 */
bool	post_take_chunk_line(struct post_parts *);	/* of names that post_canon_is_chunk tells */

/* Append ":0-49". */
void	post_put_bucket(const struct post_parts *, struct post_buf *out);

/* Is NAME that of a Lua chunk, with or without a line: "@/a/b.lua:12", "=stdin:1", source text?  No rule but that of its line is for these. */
bool	post_canon_is_chunk(struct post_str name);

#endif
