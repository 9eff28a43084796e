/* SPDX-License-Identifier: BSD-2-Clause */
/* What find.c and parted.c share. */
#ifndef POST_FINDER_H
#define POST_FINDER_H

#include "debuginfod.h"
#include "find.h"
#include "roots.h"
#include "files.h"

/* A directory of debug files: SUB ("/usr/lib/debug", or empty) of a root. */
struct post_debug_tree {
	const struct post_root	*root;
	const char		*sub;
};

struct post_finder {
	struct post_root		*sysroot;	/* at least one */
	size_t				 n_sysroot;
	bool				 given;		/* they are not just this machine's own */
	struct post_root		*debug;
	size_t				 n_debug;
	struct post_debug_tree		*tree;
	size_t				 n_tree;
	struct post_root		 modules;	/* path is NULL: not given */
	char				*kernel;
	struct post_files		 files, kmods;	/* walked when first asked for */
	bool				 files_walked, kmods_walked;
	uint64_t			 tail_steps;	/* files compared with the ends of paths */
	struct post_debuginfod		*debuginfod;	/* NULL: nobody is asked */
};

#endif
