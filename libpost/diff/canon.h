/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names of frames made comparable: what differs between two builds of the
 * same code, and between two runs of one build, is taken off.
 */
#ifndef POST_CANON_H
#define POST_CANON_H

#include "../base/buf.h"
#include "../base/mem.h"
#include "../base/pattern.h"

enum post_canon_lines {
	POST_LINES_DROP,	/* "@/a/b.lua:123" is "@/a/b.lua" */
	POST_LINES_KEEP,
	POST_LINES_BUCKET	/* ":123" is ":100-149" with a bucket of 50 */
};

/* Set the first part of { 0 }; strings are borrowed. */
struct post_canon {
	bool			 off;		/* names stay as they are, but for hex and the maps */
	bool			 modules;	/* " [module]" stays */
	enum post_canon_lines	 lines;
	uint64_t		 bucket;	/* lines, of POST_LINES_BUCKET: over 0 */
	bool			 no_inlines;	/* frames of inlined calls are left out */
	bool			 hex;		/* "0x7f2a" is "0x..." wherever it stands, as difffolded.pl -s has it */

	/* Private to canon.c. */
	struct post_canon_map	*map;
	size_t			 n_map, cap;
	struct post_arena	 mem;		/* of the maps */
	struct post_patterns	 patterns;
	struct post_matcher	 matcher;
	struct post_buf		 work;
};

/*
 * One more rule, applied behind all others and in the order of the calls:
 * "OLD=NEW", the whole name OLD is NEW; the first "=" parts them, and "\=" is none.
 * Returns 0, or -1 with *err: POST_EUSAGE.
 */
int	post_canon_map(struct post_canon *, const char *rule, struct post_err *err);

/*
 * Rules of a file, one a line: "REGEX<TAB>NEW"; where REGEX (pattern.h) is
 * found in a name, the whole match becomes NEW, in which $1 to $9 are its
 * groups, $0 is all of it and $$ a dollar; every match in a name is replaced.
 * Empty lines and those that begin with "#" are passed over.  TEXT is read
 * during the call alone.  Returns 0, or -1 with *err: POST_EUSAGE and the line.
 */
int	post_canon_map_file(struct post_canon *, struct post_str text, struct post_err *err);

/*
 * Append the name under which FRAME is compared.  False: the frame is to be
 * left out (an inlined call).  Returns false for nothing else; a name that a
 * pattern's limits give up on stays as the rules before left it.
 * Cost: a pass over the name, and a search for each rule of a file: the caller keeps what it learnt by name.
 */
bool	post_canon_put(struct post_canon *, struct post_str frame, struct post_buf *out);

enum { POST_CANON_HASH = 64 };

/* SHA-256 of all that decides what post_canon_put writes, as 64 hex digits and a NUL: equal rules, equal hash. */
void	post_canon_hash(const struct post_canon *, char hash[POST_CANON_HASH + 1]);

void	post_canon_free(struct post_canon *);

#endif
