/* SPDX-License-Identifier: BSD-2-Clause */
/* The page of a batch: all traces and groups, to be looked at in a browser, from a disk and without a network. */
#ifndef POST_PAGE_H
#define POST_PAGE_H

#include "../io/output.h"

/*
 * All is borrowed.  Texts may hold any bytes: they are shown as
 * post_xml_text shows them.  Files are names relative to the page, not yet
 * URLs, of any bytes too; NULL: there is none.
 */
struct post_page_finding {
	const char	*id, *severity, *text;	/* as bt-check --json tells them */
};

struct post_page_trace {
	const char	*path;		/* below the batch's root, as it was found */
	int64_t		 when;		/* seconds since 1970, of what is known of its time; INT64_MIN: nothing */
	const char	*samples;	/* a decimal number */
	uint64_t	 stacks, bytes;	/* distinct stacks; the size of the file */
	const char	*verdict;	/* "usable", "usable with care", "no profile", or "error" */
	const char	*error;		/* the reader's message, or NULL */
	const struct post_page_finding *finding;
	size_t		 findings;
	const char	*svg, *folded, *thumb;	/* a thumb shows well in 120 by 36 pixels */
	size_t		 group;		/* index of its group */
};

struct post_page_group {
	const char	*name;		/* each another one */
	const char	*samples;
	uint64_t	 stacks;
	const char	*svg, *folded, *thumb;
	const char	*diff_svg, *diff_text;	/* to the baseline */
	const char	*verdict, *why;	/* of the diff: "pass", "fail", "insufficient data", and its line; or NULL */
};

#define POST_PAGE_NONE	SIZE_MAX

struct post_page {
	const char			*title;
	uint64_t			 content;	/* a hash of what was read, and how: functions.js of another one is refused */
	const struct post_page_trace	*trace;
	size_t				 traces;
	const struct post_page_group	*group;
	size_t				 groups;
	size_t				 baseline;	/* the group that others are compared to, or POST_PAGE_NONE */
};

/* A function's part of a trace. */
struct post_page_cost {
	uint32_t	name, trace;	/* indexes */
	double		self, total;	/* shares of the trace, 0 to 1 */
};

struct post_page_costs {
	const struct post_str		*name;		/* no two that are shown alike: the second would hide the first */
	size_t				 names;
	const struct post_page_cost	*cost;	/* by name, then by trace; a pair once */
	size_t				 costs;
	double				 least;	/* what a function left out of a trace has at most in total, 0 to 1 */
};

/*
 * Write index.html: one document with its style, its script and all but the
 * functions.  Without a script it is a table of the traces, in their order.
 * A link to a view names traces and groups by what is shown of their names
 * (and "~2" for a second one that shows alike), so it outlives the next batch.
 */
void	post_page_write(const struct post_page *, struct post_out *);

/*
 * Write functions.js, to lie beside index.html of the same traces: loaded
 * when a function is looked for, and refused by a page of others.  It is
 *
 *	btFunctions({"form":1,"stamp":"16 hex digits","unit":100000,"least":L,
 *	"names":["main",...],
 *	"costs":["AkKU",...]})
 *
 * with a string of costs for each name, and three numbers for each cost:
 * traces left out since the last one, self, and total less self, both in 1 /
 * unit of the trace.  A number is digits of 5 bits, the lowest first, plus 32
 * where more follow; the digits are A-Z a-z 0-9 - _.  A cost takes about six
 * bytes.
 */
void	post_page_functions(const struct post_page *, const struct post_page_costs *, struct post_out *);

/* Append the URL of FILE: relative, without a scheme or a host whatever FILE is, and with nothing to be escaped. */
void	post_page_url(struct post_buf *, const char *file);

/* By what functions.js and index.html know each other: 16 hex digits. */
void	post_page_stamp(struct post_buf *, const struct post_page *);

#endif
