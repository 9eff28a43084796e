/* SPDX-License-Identifier: BSD-2-Clause */
/* Which functions, inlined into each other, hold the addresses of a unit: through libdw, for libdw.c. */
#ifndef POST_LIBDW_SCOPES_H
#define POST_LIBDW_SCOPES_H

#include <elfutils/libdw.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define POST_DW_NO_SCOPE SIZE_MAX

/* A function, or one that was inlined there. */
struct post_dw_scope {
	Dwarf_Die	die;
	size_t		parent;		/* what it was inlined into, or POST_DW_NO_SCOPE */
};

/* { 0 } is empty.  The memory is used again for the next unit. */
struct post_dw_scopes {
	struct post_dw_scope	*scope;
	size_t			 n, cap;
	size_t			*of;	/* the innermost scope of each address, or POST_DW_NO_SCOPE */
	size_t			 cap_of;

	/* Private. */
	struct post_dw_level	*level;
	size_t			 n_level, cap_level;
};

/*
 * Find the scopes of N addresses PC, sorted, each once, in the unit whose top
 * entry is TOP.  Subtrees without any of them are passed over; when addresses are left
 * then, all entries are gone through.  Returns 0, or -1: corrupt, or beyond a
 * limit; what was found before counts.
 */
int	post_dw_scopes_find(struct post_dw_scopes *, Dwarf_Die *top, const uint64_t *pc, size_t n);
void	post_dw_scopes_free(struct post_dw_scopes *);

/* As dwarf_ranges, without those that are empty or of code that the linker threw away. */
ptrdiff_t	post_dw_ranges(Dwarf_Die *, ptrdiff_t at, Dwarf_Addr *base, uint64_t *lo, uint64_t *hi);

#endif
