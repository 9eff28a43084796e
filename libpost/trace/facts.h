/* SPDX-License-Identifier: BSD-2-Clause */
/* What frames say besides their names: whose they are, and whether that is to be believed. */
#ifndef POST_FACTS_H
#define POST_FACTS_H

#include "../base/names.h"
#include "line.h"

/* Of a frame. */
enum {
	POST_FACT_UNRESOLVED	= 1 << 0,	/* no name */
	POST_FACT_BARE		= 1 << 1,	/* an address and nothing else */
	POST_FACT_START		= 1 << 2,	/* name+0x0: of a caller, the function behind the one that called */
	POST_FACT_TRACER	= 1 << 3,	/* SystemTap's own code */
	POST_FACT_KERNEL	= 1 << 4,
	POST_FACT_SYMBOL	= 1 << 5,	/* " : name+o/z": the layout of stap 1.3 and later */
	POST_FACT_NO_COLON	= 1 << 6,	/* "0xA [M+o/z]": stap 1, print_backtrace */
	POST_FACT_PADDED	= 1 << 7,	/* zeros before the address: stap 1.0 to 1.2 */
	POST_FACT_LINE		= 1 << 8,	/* "at FILE:LINE": print_ubacktrace_fileline */
	POST_FACT_SIMPLE	= 1 << 9,	/* "name+o [M]": sprint_backtrace */
	POST_FACT_SPLICED	= 1 << 10,	/* no layout has it: parts of two lines */
	POST_FACTS		= 11
};

enum { POST_FACTS_MAX = 4096 };	/* modules with one set of facts; what comes later is one more without a name */

/* { 0 } is empty. */
struct post_facts {
	struct post_names	 names;		/* of the facts: private */
	struct post_fact {
		unsigned	 flags;
		uint64_t	 n, weight;	/* frames, and the counts of the stacks with them */
		uint64_t	 inner;		/* of START: frames that are no leaves */
	}			*fact;		/* by id */
	size_t			 cap;		/* private */
};

/* What a memo keeps of a frame. */
struct post_trait {
	uint32_t	fact;	/* id in the facts */
	uint32_t	root;	/* a hash of its name, or of what stands for it */
};

/*
 * The trait of a NATIVE or SIMPLE frame.
 * Cost: the line is parsed and hashed; callers keep the answer by line->rest and post_trait_variant.
 */
struct post_trait	post_facts_of(struct post_facts *, const struct post_line *line);

/* The same where nothing is wanted but whether it is an address and nothing else.  Cost: a look. */
struct post_trait	post_facts_light(struct post_facts *, const struct post_line *line);

/* What the trait of a line depends on besides line->rest: which layout, whose address. */
enum { POST_VARIANTS = 16 };

static inline uint32_t
post_trait_variant(const struct post_line *line)
{
	bool padded = line->addr.n == 18 && line->addr.p[2] == '0', no_colon = line->rest.p == line->addr.p;

	return (uint32_t)post_addr_in_kernel(line->addr) | (uint32_t)padded << 1 | (uint32_t)no_colon << 2 |
	    (uint32_t)(line->kind == POST_LINE_SIMPLE) << 3;
}

/* The module of a fact as the trace names it; empty: none. */
struct post_str		post_fact_module(const struct post_facts *, uint32_t fact);

void	post_facts_merge(struct post_facts *into, const struct post_facts *from);
void	post_facts_free(struct post_facts *);

/* A hash of bytes that is the same in every run. */
uint32_t	post_trait_hash(struct post_str);

#endif
