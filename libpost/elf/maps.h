/* SPDX-License-Identifier: BSD-2-Clause */
/* /proc/PID/maps: the objects that are mapped in a process. */
#ifndef POST_MAPS_H
#define POST_MAPS_H

#include "../base/names.h"

/* One line: "7f12000-7f13000 r-xp 00001000 fe:00 1234  /usr/lib/x". */
struct post_mapping {
	uint64_t	lo, hi;		/* addresses, hi behind the last */
	uint64_t	offset;		/* of lo in the file */
	bool		executable;
	uint64_t	major, minor, inode;	/* 0 where the line does not say */
	struct post_str	name;		/* as it is there; may be empty */
};

/*
 * Take LINE, without its end, apart.  The process may stand before it, as in a
 * file of several, and device and inode may be left out.  False: it is no such line.
 */
bool	post_mapping_parse(struct post_str line, struct post_mapping *);

enum post_mapped_kind {
	POST_MAPPED_FILE,	/* it has a path */
	POST_MAPPED_VDSO,
	POST_MAPPED_MEMORY,	/* memfd_create(2), shared memory, /dev/zero: no path leads there */
	POST_MAPPED_ANONYMOUS,	/* no name, [heap], [stack], [anon:...]: executable, it is compiled at run time */
	POST_MAPPED_SPECIAL	/* the kernel's: [vsyscall], [vvar], [uprobes] */
};

struct post_mapped_range {
	uint64_t	lo, hi, offset;
	bool		executable;
};

/* What has one name, device and inode.  All that is anonymous is one. */
struct post_mapped {
	enum post_mapped_kind		 kind;
	struct post_str			 name;		/* without "(deleted)", newlines as they are; ended by a NUL */
	bool				 deleted;	/* it was replaced, or removed */
	uint64_t			 major, minor, inode;	/* 0 where the maps do not say */
	uint64_t			 code;		/* bytes that are executable; 0: it is data */
	struct post_mapped_range	*range;		/* in the order of the file */
	size_t				 n, cap;
};

/* { 0 } is empty. */
struct post_maps {
	struct post_mapped	*mapped;	/* in the order of the file */
	size_t			 n;
	uint64_t		 lines, other;	/* lines, and those that are none of mappings */

	/* Private to maps.c. */
	size_t			 cap;
	struct post_names	 keys;
	struct post_arena	 mem;
};

/* Take in TEXT, which need not live on. */
void	post_maps_read(struct post_maps *, struct post_str text);
void	post_maps_free(struct post_maps *);

/* Its first executable range, or else its first. */
const struct post_mapped_range	*post_mapped_code(const struct post_mapped *);

#endif
