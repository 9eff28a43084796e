/* SPDX-License-Identifier: BSD-2-Clause */
/* What object.c, debug.c and their helpers share. */
#ifndef POST_OWN_H
#define POST_OWN_H

#include <elfutils/libdwfl.h>
#include "../base/names.h"
#include "image.h"
#include "object.h"

/* A Dwarf of libdw, and what it reads from. */
struct post_libdw {
	Elf	*elf;
	Dwarf	*dwarf;
	int	 fd;		/* -1: none */
};

/* A .dwo file that was asked for. */
struct post_dwo {
	struct post_image	 image;
	struct post_packed_list	 packed;
	struct post_sections	 sections;
	bool			 found;
};

/* Units that one thing is to be said of. */
struct post_tally {
	size_t		n;
	struct post_buf	first;		/* a file */
};

struct post_object_private {
	struct post_finder	*finder;
	Dwfl			*dwfl;
	Dwfl_Module		*module;
	Elf			*elf;		/* the module's */
	struct post_str		 build_id;

	/* Its debug file. */
	bool			 sought;
	struct post_image	 parted;
	int			 parted_fd;	/* -1: none */

	bool			 debug_done;
	struct post_image	 alt, dwp;
	struct post_packed_list	 packed;
	struct post_names	 dwo_names;
	struct post_dwo		**dwo;		/* by name */
	size_t			 cap_dwo;
	struct post_libdw	 libdw, libdw_alt;
	bool			 libdw_done;

	struct post_buf		 note;		/* the object's: what was noted, and then the tallies */
	size_t			 noted;		/* bytes without these */
	struct post_tally	 no_dwo, other_dwo;
};

/* Fill in type, spans, code and sizes.  Returns 0, or -1 with *err. */
int	post_object_spans(struct post_object *, struct post_err *err);

/* Fill in the symbols. */
void	post_object_symbols(struct post_object *);

/* Look for its debug file, once; false: there is none. */
bool	post_object_parted(struct post_object *);

/* Append to the object's note, or count a unit there.  Forget what was appended. */
void	post_object_note(struct post_object *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void	post_object_tally(struct post_object *, struct post_tally *, struct post_str file);
void	post_object_unnote(struct post_object *);

/* post_dwarf.dwo */
const struct post_sections	*post_object_dwo(void *object, struct post_str comp_dir, struct post_str name, uint64_t id);
void				 post_object_dwo_free(struct post_object_private *);

/* The sections of the list into their places; of one that cannot be unpacked *bad is set to the first, else NULL. */
void	post_packed_open(struct post_packed_list *, unsigned jobs, const struct post_packed **bad);
void	post_packed_free(struct post_packed_list *);

void	post_libdw_close(struct post_libdw *);

#endif
