/* SPDX-License-Identifier: BSD-2-Clause */
/* ELF files in memory: what they say of others, and their debug sections. */
#ifndef POST_IMAGE_H
#define POST_IMAGE_H

#include <gelf.h>
#include "../dwarf/dwarf.h"
#include "unpack.h"

/* A file that was opened besides the object's own; { 0 } is none. */
struct post_image {
	Elf		*elf;
	char		*path;
	void		*map;
	size_t		 n;
};

/* Map the ELF file FD, which is consumed, to be read only.  Returns 0, or -1 with *err. */
int	post_image_open(struct post_image *, int fd, const char *path, struct post_err *err);
void	post_image_close(struct post_image *);

/* The bytes of the file. */
struct post_str	post_elf_bytes(Elf *);

/*
 * A section as it is in the file; *h gets its header.  False: it has no bytes
 * there.  NAME is valid as long as ELF, "" when it has none.
 */
bool	post_elf_section(Elf *, Elf_Scn *, GElf_Shdr *h, const char **name, struct post_str *bytes);

/* The bytes of the first section NAME, empty when there is none. */
struct post_str	post_elf_named(Elf *, const char *name);

/* Has it a section NAME, with bytes or without? */
bool	post_elf_has(Elf *, const char *name);

bool	post_elf_has_dwarf(Elf *);
bool	post_elf_has_symtab(Elf *);
struct post_str	post_elf_build_id(Elf *);

/* The name in .gnu_debuglink and *crc, or the name in .gnu_debugaltlink and *build_id; empty when there is none. */
struct post_str	post_elf_debuglink(Elf *, uint32_t *crc);
struct post_str	post_elf_altlink(Elf *, struct post_str *build_id);

/* .debug_sup (DWARF 5, 7.3.6). */
struct post_sup {
	bool		supplementary;	/* else the file has lost a part to the file NAME */
	struct post_str	name;		/* a NUL follows */
	struct post_str	sum;		/* the same in both files; may be empty */
};

/* False: there is none that can be read. */
bool	post_elf_sup(Elf *, struct post_sup *);

/* A debug section that is packed: unpack.to is to become *to. */
struct post_packed {
	struct post_unpack	 unpack;
	struct post_str		*to;
	const char		*name;
	const char		*path;
};

/* { 0 } is empty. */
struct post_packed_list {
	struct post_packed	*packed;
	size_t			 n, cap;
};

enum post_section_kind {
	POST_SECTIONS_OF_FILE,
	POST_SECTIONS_OF_DWO,		/* those whose names end in ".dwo" */
	POST_SECTIONS_RELOCATED		/* as libdwfl relocated them, and libdw unpacked them */
};

/* The debug sections of ELF: the plain ones into *out, the packed ones onto the list, for *out. */
void	post_elf_sections(Elf *, const char *path, enum post_section_kind, struct post_sections *out, struct post_packed_list *);

/*
 * Is ELF safe to be unpacked by libelf and libdwfl, which do not look at how much it will be?
 * Returns 0, or -1 with *err.
 */
int	post_elf_check(Elf *, const char *path, struct post_err *err);

/* Is the section with header H and BYTES packed with zstd?  Fills in *u and its alignment. */
bool	post_elf_zstd(Elf *, const GElf_Shdr *h, struct post_str bytes, struct post_unpack *u, uint64_t *align);
bool	post_elf_has_zstd(Elf *);
bool	post_elf_has_packed(Elf *);	/* a section, with anything */

#endif
