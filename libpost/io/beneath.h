/* SPDX-License-Identifier: BSD-2-Clause */
/* Opening files and directories that must lie below a directory. */
#ifndef POST_BENEATH_H
#define POST_BENEATH_H

/*
 * Open PATH for reading, looked up below the directory ROOT: "/" at its
 * beginning is ROOT, and neither ".." nor a symbolic link leads out of it.
 * Returns a descriptor, or -1 with errno.  EXDEV: PATH leads out; ENXIO: it
 * is a device, pipe or socket, and these are not touched.
 */
int	post_open_beneath(int root, const char *path);

/* The same without openat2(2), for kernels before 5.6: at most 64 directories deep (ENAMETOOLONG). */
int	post_open_beneath_walk(int root, const char *path);

/*
 * Open PATH for reading as a process would after chroot(2) to the directory
 * ROOT: absolute symbolic links begin there, and ".." stays there.
 * Returns a descriptor, or -1 with errno.
 */
int	post_open_in_root(int root, const char *path);
int	post_open_in_root_walk(int root, const char *path);	/* as post_open_beneath_walk */

/* How a file that someone else named is opened: what became a pipe or terminal neither blocks nor takes us over. */
#define POST_OPEN_FLAGS	(O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)

#endif
