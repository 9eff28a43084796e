/* SPDX-License-Identifier: BSD-2-Clause */
/* A running process: what is mapped in it, and the files behind that, wherever its root is. */
#ifndef POST_PROCESS_H
#define POST_PROCESS_H

#include "maps.h"
#include "roots.h"

struct post_process {
	char			 pid[12];
	int			 dir;		/* /proc/PID; -1: it was not opened */
	struct post_root	 root;		/* what its paths are below; its path is NULL when it may not be read */
	bool			 own_root;	/* that is our own root, and not /proc/PID/root: it has our mounts */
};

/*
 * Open the process PID, a decimal number.  It is only read, and goes on running.
 * Returns 0, or -1 with *err: there is none, or it may not be looked at.
 */
int	post_process_open(struct post_process *, const char *pid, struct post_err *err);
void	post_process_close(struct post_process *);

/* Append its maps to TEXT.  Returns 0, or -1 with *err. */
int	post_process_maps(const struct post_process *, struct post_buf *text, struct post_err *err);

/* What stands behind the path of a mapping. */
enum post_process_how {
	POST_PROCESS_ITSELF,	/* the mapped file */
	POST_PROCESS_ALIKE,	/* it has the inode of the mapped one, on another device: some file systems give two numbers */
	POST_PROCESS_ANOTHER	/* not the mapped one */
};

/*
 * Open the file that is mapped: itself, also when it was deleted, where we
 * may (CAP_SYS_ADMIN), or else by its path in the process's root, and *HOW
 * tells what that is.  Of [vdso] a copy is made of its memory, which needs the
 * right to trace the process.  PATH gets where it is.
 * Returns a descriptor, or -1 with *err; devices are not opened.
 */
int	post_process_file(const struct post_process *, const struct post_mapped *, enum post_process_how *how, struct post_buf *path,
	    struct post_err *err);

#endif
