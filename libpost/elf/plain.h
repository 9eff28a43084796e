/* SPDX-License-Identifier: BSD-2-Clause */
/* ELF files as libelf and libdwfl can take them. */
#ifndef POST_PLAIN_H
#define POST_PLAIN_H

#include <libelf.h>
#include "../base/err.h"

/*
 * A descriptor of the ELF file that FD, which is consumed, is or is packed
 * in: gzip and zstd are unpacked, xz is left to libdwfl, and a relocatable file gets its sections unpacked that
 * are packed with zstd.  What is none, or unpacks to too much, is refused.
 * Returns -1 with *err.
 */
int	post_plain_fd(int fd, const char *path, struct post_err *err);

/* A copy of ELF in memory with the sections unpacked that are packed with zstd; -1: it cannot be made. */
int	post_plain_copy(Elf *elf);

#endif
