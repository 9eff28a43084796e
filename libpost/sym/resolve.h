/* SPDX-License-Identifier: BSD-2-Clause */
/* What is at the addresses of a trace. */
#ifndef POST_RESOLVE_H
#define POST_RESOLVE_H

#include "modules.h"

/* Of a frame, as a return address or an exact one. */
struct post_resolved {
	const struct post_site	*site;		/* innermost first; NULL: no debug information is about it */
	size_t			 n;
	struct post_str		 module;	/* as the trace names it, or the file when it does not */
	struct post_str		 symbol;	/* at or below it in the file's table; empty: none */
	uint64_t		 offset, gap;	/* from that symbol; to the next */
	bool			 misnamed;	/* the trace has no name, or that of a function beside it */
};

/* Views are valid during the call. */
typedef void post_resolved_fn(void *arg, uint32_t id, enum post_frame_kind, const struct post_resolved *);

/*
 * Look up the frames of M, module by module, and call FN for each that
 * something is known of, in each kind that it was seen in.  The debug
 * information of a module is opened with up to JOBS threads and given back with the module's object before the
 * next.  The counts in M are filled in.
 */
void	post_resolve(struct post_modules *m, const struct post_frames *frames, unsigned jobs, post_resolved_fn *fn, void *arg);

#endif
