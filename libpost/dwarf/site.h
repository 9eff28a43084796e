/* SPDX-License-Identifier: BSD-2-Clause */
/* Where an address is in the source: functions inlined into each other, each with its line. */
#ifndef POST_SITE_H
#define POST_SITE_H

#include "../base/buf.h"
#include "../base/err.h"
#include "../base/mem.h"

/* A place in the source.  Empty strings are unknown; all views are into the sections that it was read from. */
struct post_site {
	struct post_str	function;		/* the linkage name, or the name in the source; POST_UNNAMED: inlined, and not known */
	struct post_str	comp_dir, dir, file;	/* each may be absolute, and then those before it do not count */
	uint32_t	line;			/* 0: no line */
};

#define POST_UNNAMED	POST_STR("??")

/*
 * Of one address, innermost first: site[0] is the line that is executed, and
 * the function that it was written in; site[n - 1] the function whose code it
 * is, and the line where what is inlined there is called.  Only this one may
 * have no name: the symbols tell it.
 */
struct post_call_chain {
	const struct post_site	*site;
	uint32_t		 n;		/* 0: nothing is known of the address */
	bool			 unread;	/* the unit is of a kind that post_dwarf_chains does not read */
};

/* What was found out about addresses, and the memory that holds it. */
struct post_chains {
	struct post_call_chain	*chain;		/* by the index of the address */
	size_t			 n;
	uint64_t		 bad_units;	/* left out, as corrupt or beyond a limit */
	struct post_err		 first_bad;	/* when there are any */

	struct post_arena	*mem;		/* private: one of each thread */
	size_t			 n_mem;
};

void	post_chains_free(struct post_chains *);

/* Append the file of SITE: its last part alone, or FULL with its directories ("/src/x/a.c"). */
void	post_put_file(struct post_buf *, const struct post_site *site, bool full);

#endif
