/* SPDX-License-Identifier: BSD-2-Clause */
/* Attribute values (DWARF 5, 7.5.5, and GNU's forms before it): how long they are, and what they say. */
#ifndef POST_FORM_H
#define POST_FORM_H

#include <dwarf.h>
#include "cursor.h"

/* How reading went. */
enum post_reading {
	POST_READ,
	POST_UNREAD,	/* of a kind that is not read here */
	POST_CORRUPT,
	POST_BEYOND	/* a limit of ours was passed */
};

/* Forms are kept as a byte: those of DWARF 5 by their number, GNU's indexes as those that became of them. */
enum { POST_FORM_REF_ALT = 0x30 };

/* What the length of a value depends on. */
struct post_format {
	uint8_t	version, address_size, offset_size;
};

struct post_value {
	uint64_t		 u;	/* number, address, offset or index; of a block its length */
	const unsigned char	*p;	/* where a string or a block begins */
	uint8_t			 form;	/* 0: there is no value */
};

/* The byte for the form FORM; 0: it is not known. */
uint8_t	post_form_of(uint64_t form);

/* How many bytes a value takes, or -1: the value itself tells. */
int	post_form_size(uint8_t form, struct post_format);

/* Read a value; CONSTANT is that of the abbreviation for DW_FORM_implicit_const.  Text and blocks are passed over. */
enum post_reading	post_value_read(struct post_cursor *, uint8_t form, struct post_format, int64_t constant,
			    struct post_value *);

static inline bool
post_form_is_addrx(uint8_t form)
{
	return form == DW_FORM_addrx || (form >= DW_FORM_addrx1 && form <= DW_FORM_addrx4);
}

static inline bool
post_form_is_strx(uint8_t form)
{
	return form == DW_FORM_strx || (form >= DW_FORM_strx1 && form <= DW_FORM_strx4);
}

#endif
