/* SPDX-License-Identifier: BSD-2-Clause */
/* What went wrong and where: filled by the library, printed by a filter. */
#ifndef POST_ERR_H
#define POST_ERR_H

#include <limits.h>
#include <stdint.h>

enum post_code {
	POST_OK,
	POST_EIO,	/* open, read or write failed */
	POST_EFORMAT,	/* a container or a line is not what it should be */
	POST_ECUT,	/* a container ends too early */
	POST_ELIMIT,	/* a limit of ours was passed */
	POST_EUSAGE	/* an option or its value */
};

struct post_err {
	enum post_code	 code;
	uint64_t	 line;		/* from 1; 0 when no line is at fault */
	uint64_t	 byte;		/* offset from 0 in the file as stored; meaningful when has_byte */
	int		 has_byte;
	int		 system;	/* POST_EIO: errno as it was; else 0 */
	char		 msg[PATH_MAX + 256];	/* one printable line, no "\n" */
};

/*
 * Fill *e and return -1, so that a function can "return post_fail(...)".
 * Control bytes in the message are shown as "?".  Of POST_EIO errno is kept.
 */
int	post_fail(struct post_err *e, enum post_code, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));

#endif
