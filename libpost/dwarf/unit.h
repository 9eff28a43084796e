/* SPDX-License-Identifier: BSD-2-Clause */
/* Units of .debug_info: their headers, their top entries, and the values of any entry. */
#ifndef POST_UNIT_H
#define POST_UNIT_H

#include "abbrev.h"
#include "dwarf.h"

/* The attributes that are looked at, by what is done with them. */
enum post_attribute {
	POST_AT_NAME,
	POST_AT_LINKAGE_NAME,
	POST_AT_ORIGIN,
	POST_AT_SPECIFICATION,
	POST_AT_CALL_FILE,
	POST_AT_CALL_LINE,
	POST_AT_LOW,
	POST_AT_HIGH,
	POST_AT_RANGES,
	POST_AT_LINES,
	POST_AT_COMP_DIR,
	POST_AT_DWO_NAME,
	POST_AT_DWO_ID,
	POST_AT_STR_OFFSETS_BASE,
	POST_AT_ADDR_BASE,
	POST_AT_RNGLISTS_BASE,
	POST_AT_RANGES_BASE,	/* GNU's, of a skeleton, for the split unit */
	POST_ATTRIBUTES
};

enum { POST_NAME_MAX = 1 << 17 };	/* bytes of the name of a function */

struct post_unit {
	const struct post_dwarf		*dwarf;
	const struct post_sections	*in;		/* of its file, or its parts of a package */
	uint64_t			 at, end;	/* in .debug_info */
	uint64_t			 top;		/* its first entry */
	uint64_t			 abbrev;	/* its table in .debug_abbrev */
	uint64_t			 id;		/* of a skeleton or split unit */
	struct post_format		 format;
	uint8_t				 type;		/* DW_UT_..., compile before DWARF 5 */

	/* Known after post_unit_open. */
	struct post_abbrevs		*abbrevs;
	uint64_t			 first;		/* the entry behind the top one; end: there is none */
	uint16_t			 tag;
	bool				 has_lines;
	struct post_value		 low, high, ranges;
	uint64_t			 base;		/* low as an address; 0: none */
	uint64_t			 lines;		/* offset in .debug_line */
	uint64_t			 str_offsets, addr, rnglists;	/* its parts of those sections */
	uint64_t			 ranges_base, ranges_base_of_split;
	struct post_str			 comp_dir, dwo_name;
};

/* Read the header of the unit at AT.  Its end is 0 when its length cannot be told: then no unit behind it can be found. */
enum post_reading	post_unit_header(const struct post_dwarf *, const struct post_sections *in, uint64_t at,
			    struct post_unit *);

/* Read its top entry with ABBREVS, which turn to its table and are borrowed until they turn to another. */
enum post_reading	post_unit_open(struct post_unit *, struct post_abbrevs *);

/* SPLIT is the rest of SKELETON: it takes over what only that has. */
void	post_unit_join(struct post_unit *split, const struct post_unit *skeleton);

/* The values of the entry at C, which is of abbreviation A; VALUE has POST_ATTRIBUTES.  C is behind it then. */
enum post_reading	post_unit_values(const struct post_unit *, const struct post_abbrev *, struct post_cursor *,
			    struct post_value *value);

/* The same with the abbreviation looked up.  A null entry has no values. */
enum post_reading	post_unit_entry(const struct post_unit *, struct post_cursor *, struct post_value *value);

/* The bytes of the unit from the offset AT of .debug_info on. */
struct post_cursor	post_unit_cursor(const struct post_unit *, uint64_t at);

/* The address that V is or refers to; false: none. */
bool	post_unit_address(const struct post_unit *, const struct post_value *v, uint64_t *addr);
bool	post_unit_indexed(const struct post_unit *, uint64_t index, uint64_t *addr);

/* The text of V; empty when it has none, or more than MAX bytes: many values may share them. */
struct post_str	post_unit_string(const struct post_unit *, const struct post_value *v, size_t max);

/* In DWARF 2 nothing but low and high says where code is, and of code in parts that is the first part. */
static inline bool
post_unit_knows_ranges(const struct post_unit *u)
{
	return u->format.version > 2;
}

/* The largest address of the unit; at it and one below it lies code that the linker threw away. */
static inline uint64_t
post_unit_last(const struct post_unit *u)
{
	return u->format.address_size == 4 ? UINT32_MAX : UINT64_MAX;
}

#endif
