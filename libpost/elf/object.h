/* SPDX-License-Identifier: BSD-2-Clause */
/* An ELF file: where its code is, its symbols as SystemTap sees them, and its debug information. */
#ifndef POST_OBJECT_H
#define POST_OBJECT_H

#include <elfutils/libdw.h>
#include "../dwarf/dwarf.h"
#include "find.h"
#include "symtab.h"

enum post_object_type {
	POST_OBJECT_EXEC,	/* at the addresses that the linker gave it */
	POST_OBJECT_DYN,	/* a PIE program or a library: anywhere */
	POST_OBJECT_REL		/* a kernel module: each section anywhere */
};

/* A piece that is loaded as a whole: all segments of a program, or one section of a kernel module. */
struct post_span {
	uint64_t	lo, hi;		/* link addresses, hi behind the last */
	uint64_t	align;		/* it is moved by multiples of this */
	struct post_str	name;		/* of a kernel module's section */
};

struct post_object {
	enum post_object_type	 type;
	bool			 kernel;	/* vmlinux, which may be moved whatever its type */
	char			*path;		/* for messages */
	char			*debug_path;	/* of the file that dwarf is out of; NULL: none; known after post_object_debug */
	struct post_span	*span;		/* by address, and none holds what is in another */
	size_t			 n_span;
	struct post_span	*code;		/* what is executable of it */
	size_t			 n_code;
	uint64_t		 first_page;	/* the page of the first segment: link address = that + (address - start of the mapping) */
	uint64_t		 image_size;	/* bytes from the first page to the end of the last page of what the file fills */
	bool			 full_symbols;	/* symtab has more than the dynamic symbols */
	struct post_symtab	 symtab;
	struct post_dwarf	 dwarf;		/* after post_object_debug */
	uint64_t		 debug_bias;	/* link address - address in dwarf, modulo 2^64: not 0 when prelink(8) moved the file */
	/*
	 * What was not found or does not fit; NULL: nothing.  Set by post_object_debug,
	 * and by post_dwarf_chains with it, as that is what asks for .dwo files.
	 */
	const char		*note;

	struct post_object_private	*own;
};

/*
 * Take the ELF file FD, which is consumed, of PATH (for messages, and to look
 * for debug files by).  Symbols of a separate debug file and of .gnu_debugdata
 * are taken in.  FINDER is borrowed and outlives the object.  Returns NULL with *err: no ELF file, or corrupt.
 */
struct post_object	*post_object_open(int fd, const char *path, struct post_finder *finder, struct post_err *err);
void			 post_object_free(struct post_object *);

/*
 * Open its debug information: in the file itself or in a separate one, with
 * packed sections unpacked by up to JOBS threads.  Of big-endian files the sections stay
 * empty, and post_object_libdw reads them.  Returns 0, or -1 with *err: there is none, or it cannot be read.
 * Cost: nothing but for packed sections, and for a checksum of a debug file that has no build-id.
 */
int	post_object_debug(struct post_object *, unsigned jobs, struct post_err *err);

/*
 * The same for libdw, for what is not read here, after post_object_debug;
 * NULL when libdw cannot.  The object owns it.  libdw would look for .dwo files by
 * itself: ask it for no split unit.
 */
Dwarf	*post_object_libdw(struct post_object *);

#endif
