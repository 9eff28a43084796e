/* SPDX-License-Identifier: BSD-2-Clause */
/* How much code unwind tables tell of (DWARF 5, 6.4; LSB 5, 10.6). */
#ifndef POST_CFI_H
#define POST_CFI_H

#include "../base/str.h"

/* Read as .eh_frame, or else as .debug_frame; little-endian, addresses of 4 or 8 bytes. */
struct post_cfi {
	struct post_str	bytes;
	bool		eh;
	unsigned	address_size;
};

/* The bytes of code that its entries are for, added up: what is told twice counts twice.  What is corrupt ends it. */
uint64_t	post_cfi_covered(const struct post_cfi *);

#endif
