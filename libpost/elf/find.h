/* SPDX-License-Identifier: BSD-2-Clause */
/* Where the files of a traced machine lie on this one. */
#ifndef POST_FIND_H
#define POST_FIND_H

#include "../base/buf.h"
#include "../base/err.h"

struct post_find_conf {
	const char *const	*sysroot;	/* copies of the machine's root; none: this machine's own */
	size_t			 n_sysroot;
	const char *const	*debug_dir;	/* debug files, by build-id or path; /usr/lib/debug of each sysroot too */
	size_t			 n_debug_dir;
	const char		*kernel;	/* vmlinux; NULL: "[kernel]" is not looked for */
	const char		*modules;	/* a tree of .ko files; NULL: /lib/modules of the sysroots given, if any */
	bool			 debuginfod;	/* ask the servers of $DEBUGINFOD_URLS last */
};

struct post_finder;

/* CONF is borrowed for the call.  NULL with *err: a directory that is none. */
struct post_finder	*post_finder_new(const struct post_find_conf *, struct post_err *err);
void			 post_finder_free(struct post_finder *);

/*
 * Open the file of MODULE as a trace names it: "/opt/x (deleted)",
 * "/lib/y.so.#prelink#.AbCdEf", ".../long/path" cut at the front, "kernel",
 * or a kernel module without its ".ko".  Only regular files below the roots
 * are opened.  PATH gets where it is, for messages and for what follows here:
 * links in it are followed inside the root alone.
 * Returns a descriptor, or -1 with *err.
 */
int	post_find_module(struct post_finder *, struct post_str module, struct post_buf *path, struct post_err *err);

/* What a file says about the one that it was parted from. */
struct post_parted {
	const char	*of;		/* the path of the file that says so */
	struct post_str	 build_id;	/* bytes; may be empty; the checksum in .debug_sup */
	struct post_str	 name;		/* .gnu_debuglink, .gnu_debugaltlink, .debug_sup; may be empty */
	uint32_t	 crc;		/* of .gnu_debuglink */
	bool		 alt;		/* it is dwz's file */
};

/*
 * Open the debug file of one: by build-id, then by name beside it, in .debug
 * there, and in the debug directories.  The caller checks that it fits, and
 * may ask for the next: *step is 0 at first.  Returns a descriptor, or -1: no more.
 */
int	post_find_debug(struct post_finder *, const struct post_parted *, unsigned *step, struct post_buf *path);

/*
 * Open the .dwo NAME of a unit compiled in COMP_DIR: by its path or its last part
 * alone, below the sysroots, beside OF, and in the debug directories.  *step is as above.
 */
int	post_find_dwo(struct post_finder *, const char *of, struct post_str comp_dir, struct post_str name, unsigned *step,
	    struct post_buf *path);

/* Open the package of split units of OF: "OF.dwp" beside it or in the debug directories.  -1: none. */
int	post_find_dwp(struct post_finder *, const char *of, struct post_buf *path);

#endif
