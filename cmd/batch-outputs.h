/* SPDX-License-Identifier: BSD-2-Clause */
/* What all traces of a batch come to, while it is made: groups, and the page. */
#ifndef BATCH_OUTPUTS_H
#define BATCH_OUTPUTS_H

#include "../libpost/batch/page.h"
#include "../libpost/batch/place.h"
#include "batch-state.h"

/* Traces of one group. */
struct batch_group {
	const char	*name;
	const char	*place;		/* of its outputs, below the directory; no ending */
	const char	*samples;
	uint64_t	 stacks;
	uint64_t	 hash;		/* of what it is made of */
	const struct post_trace_record **member;	/* traces that have outputs, by name */
	size_t		 n;
	bool		 drawn;		/* its outputs are there */
	const char	*verdict, *why;	/* of the comparison to the baseline; NULL: there is none */
};

struct publishing {
	struct site		*site;
	struct post_arena	 mem;		/* of all strings */
	struct post_trace_record	*record;	/* all that are there now, by name */
	size_t			 n;
	size_t			*group_of;	/* by record */
	struct batch_group	*group;		/* by name */
	size_t			 groups;
	const struct post_trace_record **member;	/* of all groups, one behind the other */
	size_t			 baseline;	/* its index, or POST_PAGE_NONE */
};

/* What B holds, as a string that lives as long as P; B is empty then. */
const char	*publish_keep(struct publishing *, struct post_buf *b);

/* The path of PLACE and ENDING in the site. */
const char	*publish_path(struct publishing *, const char *place, const char *ending);

/* post_out_open and post_out_close; false: it was told, and the run ends with 2. */
bool	publish_open(struct publishing *, const char *path, struct post_out *);
bool	publish_close(struct publishing *, struct post_out *);

#endif
