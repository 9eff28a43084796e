/* SPDX-License-Identifier: BSD-2-Clause */
/* Abbreviation tables (DWARF 5, 7.5.3), made ready for passing over many entries quickly. */
#ifndef POST_ABBREV_H
#define POST_ABBREV_H

#include "form.h"

/* What an entry is to the search for scopes. */
enum post_entry_kind {
	POST_ENTRY_OTHER,
	POST_ENTRY_CONTAINER,	/* a namespace: it has functions inside */
	POST_ENTRY_BLOCK,	/* code inside a function */
	POST_ENTRY_FUNCTION,
	POST_ENTRY_INLINED
};

/* The values that the search looks at; of each an abbreviation has at most one step. */
enum post_want {
	POST_WANT_SIBLING,
	POST_WANT_LOW,
	POST_WANT_HIGH,
	POST_WANT_RANGES,
	POST_WANTS,
	POST_WANT_NOTHING = POST_WANTS	/* a value that has to be read to know its length */
};

enum { POST_STEP_LONG = 255 };

/* To a value: pass SKIP bytes, then it is there. */
struct post_step {
	int64_t		constant;	/* of DW_FORM_implicit_const */
	uint32_t	skip;
	uint8_t		form;
	uint8_t		want;
	uint8_t		size;		/* POST_STEP_LONG: over 8, or it tells itself */
};

struct post_abbrev {
	uint64_t		 code;
	const unsigned char	*spec;	/* names and forms of its attributes, in .debug_abbrev */
	uint32_t		 step;	/* its first */
	uint32_t		 tail;	/* bytes behind the last step's value */
	uint16_t		 n_step;
	uint16_t		 tag;
	uint8_t			 kind;
	bool			 children;
	bool			 code_here;	/* it says which addresses it covers */
	bool			 unread;	/* it has a form that is not known */
};

/* { 0 } is none.  One table at a time, parsed as far as it was asked for. */
struct post_abbrevs {
	struct post_abbrev	*a;	/* by code - 1 as long as that holds, then by code */
	size_t			 n, cap;
	struct post_step	*step;
	size_t			 n_step, cap_step;
	struct post_cursor	 rest;	/* not yet parsed */
	const unsigned char	*from;
	struct post_format	 format;
	bool			 all;
	bool			 sorted;	/* codes are not 1, 2, 3...: they were sorted */
	bool			 code;		/* an abbreviation parsed so far is code_here */
	bool			 beyond;	/* the rest is left out, for a limit */
	uint64_t		*budget;	/* bytes that may still be parsed, over all tables; the owner's */
};

/* Turn to the table at OFFSET of .debug_abbrev; nothing is done when it is the one already. */
void	post_abbrevs_turn(struct post_abbrevs *, struct post_str section, uint64_t offset, struct post_format);
void	post_abbrevs_free(struct post_abbrevs *);

/* Can an entry of this table tell addresses?  Parses all of it. */
bool	post_abbrevs_code(struct post_abbrevs *);

const struct post_abbrev	*post_abbrev_find(struct post_abbrevs *, uint64_t code);

/* The abbreviation CODE; NULL: there is none, or the table is corrupt or was left out (post_abbrev_why). */
static inline const struct post_abbrev *
post_abbrev(struct post_abbrevs *t, uint64_t code)
{
	if (code - 1 < t->n && t->a[code - 1].code == code)
		return &t->a[code - 1];
	return post_abbrev_find(t, code);
}

static inline enum post_reading
post_abbrev_why(const struct post_abbrevs *t)
{
	return t->beyond ? POST_BEYOND : POST_CORRUPT;
}

#endif
