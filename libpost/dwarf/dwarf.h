/* SPDX-License-Identifier: BSD-2-Clause */
/* DWARF 2 to 5, read from its sections: which functions and lines are at many addresses. */
#ifndef POST_DWARF_H
#define POST_DWARF_H

#include "site.h"

enum post_section {
	POST_DEBUG_INFO,
	POST_DEBUG_ABBREV,
	POST_DEBUG_LINE,
	POST_DEBUG_STR,
	POST_DEBUG_LINE_STR,
	POST_DEBUG_STR_OFFSETS,
	POST_DEBUG_ADDR,
	POST_DEBUG_RANGES,
	POST_DEBUG_RNGLISTS,
	POST_DEBUG_CU_INDEX,	/* of a .dwp alone */
	POST_SECTIONS
};

/* The sections of a file, unpacked and relocated, empty where it has none; of a .dwo or .dwp those with that name. */
struct post_sections {
	struct post_str	s[POST_SECTIONS];
};

/* The debug information of a module.  All views outlive what is made from them. */
struct post_dwarf {
	struct post_sections	main;
	struct post_sections	alt;	/* what dwz(1) moved to another file */
	struct post_sections	dwp;	/* the package of split units */
	/*
	 * The .dwo of a unit that is not in the package, or NULL.  Called by
	 * the thread that called post_dwarf_chains, one unit after another.
	 */
	const struct post_sections	*(*dwo)(void *arg, struct post_str comp_dir, struct post_str name, uint64_t id);
	void				*arg;
};

/*
 * Find the chains of N addresses PC, sorted, each once, as the linker gave
 * them, with up to JOBS threads.  *out is the caller's to free; it is the same for every
 * JOBS.  Every read is checked: what is corrupt is left out and counted.
 * Cost: the top entry of every unit; the entries of the units that hold an
 * address, but for subtrees that hold none; their line programs once.
 */
void	post_dwarf_chains(const struct post_dwarf *, const uint64_t *pc, size_t n, unsigned jobs, struct post_chains *out);

#endif
