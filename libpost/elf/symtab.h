/* SPDX-License-Identifier: BSD-2-Clause */
/* The symbols of a module as SystemTap keeps and prints them. */
#ifndef POST_SYMTAB_H
#define POST_SYMTAB_H

#include "../base/mem.h"

struct post_symbol {
	uint64_t	addr;		/* link address */
	uint64_t	gap;		/* to the next address that SystemTap's table has; 0: it is the last of its span */
	struct post_str	name;		/* with its version, "f@@V1" */
	uint32_t	span;		/* of the object */
	bool		shown;		/* the one of several at its address that SystemTap prints: the last */
};

/* { 0 } is empty. */
struct post_symtab {
	struct post_symbol	*symbol;	/* by span, address, and at one address in the order of the file */
	size_t			 n;

	/* Private to symtab.c. */
	size_t			 cap;
	uint32_t		*slot;		/* of the names, open addressing: the first symbol of a name, from 1 */
	uint32_t		*next;		/* by symbol: the next of the same name, from 1; 0: none */
	size_t			 mask;
	uint64_t		 seed;
};

/*
 * Add symbols in the order of the file's tables, then call post_symtab_ready
 * once.  Names are borrowed.  Which symbols SystemTap takes is the
 * caller's to know (object.h).
 */
void	post_symtab_add(struct post_symtab *, struct post_str name, uint64_t addr, uint32_t span);
void	post_symtab_ready(struct post_symtab *);
void	post_symtab_free(struct post_symtab *);

/* Steps through the symbols of NAME, versions set aside: the first, then with it the next; NULL behind the last. */
const struct post_symbol	*post_symtab_named(const struct post_symtab *, struct post_str name, const struct post_symbol *after);

/* The symbol that SystemTap would print for the link address ADDR of SPAN; NULL: none is at or below it. */
const struct post_symbol	*post_symtab_at(const struct post_symtab *, uint64_t addr, uint32_t span);

#endif
