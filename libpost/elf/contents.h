/* SPDX-License-Identifier: BSD-2-Clause */
/* What an ELF file has for those who unwind through it and name its frames. */
#ifndef POST_CONTENTS_H
#define POST_CONTENTS_H

#include "object.h"

enum { POST_BUILD_ID_MAX = 64 };

/* The best symbols that there are; each has what the one before it has. */
enum post_symbols {
	POST_SYMBOLS_NONE,
	POST_SYMBOLS_DYNAMIC,	/* .dynsym: what others may call; any other code goes by a wrong name */
	POST_SYMBOLS_MINI,	/* .gnu_debugdata: functions, and no DWARF */
	POST_SYMBOLS_FULL	/* .symtab */
};

enum post_debug_place {
	POST_DEBUG_NONE,
	POST_DEBUG_OWN,
	POST_DEBUG_BY_BUILD_ID,	/* in a separate file, found by the build-id */
	POST_DEBUG_BY_LINK	/* the same by .gnu_debuglink, or as packagers name it */
};

/* The file that dwz(1) moved what several files have to. */
enum post_debug_alt {
	POST_ALT_NONE,		/* there is none */
	POST_ALT_FOUND,
	POST_ALT_MISSING
};

enum post_unwind {
	POST_UNWIND_EH_FRAME = 1,
	POST_UNWIND_EH_FRAME_HDR = 2,	/* its index */
	POST_UNWIND_DEBUG_FRAME = 4
};

struct post_contents {
	unsigned char		 build_id[POST_BUILD_ID_MAX];
	size_t			 n_build_id;	/* 0: it has none; of a longer one the beginning */
	enum post_symbols	 symbols;
	bool			 symbols_apart;	/* they are in the separate debug file alone */
	enum post_debug_place	 debug;		/* where its DWARF is */
	char			*debug_path;	/* the separate file; NULL: none */
	bool			 packed;	/* sections of the DWARF are */
	enum post_debug_alt	 alt;
	uint64_t		 units;		/* of the DWARF; 0: not counted */
	uint64_t		 split;		/* those of them that are only skeletons */
	uint64_t		 dwo_missing;	/* files of them, of the first POST_DWO_LOOKED_FOR */
	bool			 package;	/* a .dwp has them, and no .dwo was looked for */
	unsigned		 unwind;	/* enum post_unwind */
	uint64_t		 code;		/* bytes of executable sections */
	uint64_t		 covered;	/* bytes that unwind tables tell of; all where that could not be read */
	char			*note;		/* what was not found or does not fit; NULL: nothing */
};

enum { POST_DWO_LOOKED_FOR = 1024 };

/*
 * Fill in *c, which is the caller's to free, from OBJECT and its debug files,
 * which are looked for; post_object_debug is called with JOBS.
 * Cost: that of post_object_debug, the top entry of every unit, and the unwind tables once.
 */
void	post_object_contents(struct post_object *, unsigned jobs, struct post_contents *c);
void	post_contents_free(struct post_contents *);

/* Does the DWARF that was found tell of functions, or is all of it in .dwo files that were not? */
bool	post_contents_has_dwarf(const struct post_contents *);

/*
 * Do its unwind tables tell of half of its code or more, but for 512 bytes?
 * Linkers add tables of their own stubs by themselves, and a compiler's start files have none.
 */
bool	post_contents_can_unwind(const struct post_contents *);

/* An executable mapping of a file. */
struct post_code_mapping {
	uint64_t	address, offset, size;	/* in memory; of that in the file; bytes */
};

/*
 * May it be one of this object?  Not, when no executable segment holds it:
 * rounded to 4K, or to any larger page up to 64K, or to the segment's alignment,
 * that its address, offset and size are multiples of.
 */
bool	post_object_maps(const struct post_object *, const struct post_code_mapping *);

#endif
