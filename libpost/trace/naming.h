/* SPDX-License-Identifier: BSD-2-Clause */
/* How a frame is called in folded output and pictures. */
#ifndef POST_NAMING_H
#define POST_NAMING_H

#include "../base/buf.h"
#include "../base/seen.h"
#include "facts.h"

enum post_unknown {
	POST_UNKNOWN_MODULE,	/* "[libc-2.12.so]"; "[kernel]" or "[unknown]" without a module */
	POST_UNKNOWN_ADDR,	/* "0x7f0a11223344", each its own */
	POST_UNKNOWN_MERGE	/* "<unknown>" */
};

struct post_naming_conf {
	enum post_unknown	unknown;
	bool			kernel;		/* "_[k]" behind frames of the kernel */
	bool			modules;	/* "name [module]" */
	bool			lines;		/* "name(a.c:7)" where the trace tells it */
	bool			demangle;	/* C++ and Rust; a name that would be over 64 KiB stays as it is */
};

/* Gives names to frames as ids of NAMES.  Private but for init. */
struct post_naming {
	const struct post_naming_conf	*conf;
	struct post_names		*names;
	struct post_facts		*facts;
	struct post_seen		 seen[POST_VARIANTS];	/* what stood behind addresses */
	struct post_buf			 buf, mangled, plain;
};

/* All are borrowed and outlive the naming. */
void		post_naming_init(struct post_naming *, const struct post_naming_conf *conf, struct post_names *names, struct post_facts *facts);
void		post_naming_free(struct post_naming *);

/*
 * The name of a NATIVE or SIMPLE frame, and its *trait.
 * Cost: a compare of the line behind the address where stacks repeat, or a
 * hash; the frame is parsed, and the name made, the first time only.  Memory is bounded: past 65,536 different
 * lines what is known is forgotten and learnt anew.
 */
uint32_t	post_naming_native(struct post_naming *, const struct post_line *line, struct post_trait *trait);

#endif
