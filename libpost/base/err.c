/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include "err.h"

int
post_fail(struct post_err *e, enum post_code code, const char *fmt, ...)
{
	va_list ap;
	char *c;

	*e = (struct post_err){ .code = code, .system = code == POST_EIO ? errno : 0 };
	va_start(ap, fmt);
	(void)vsnprintf(e->msg, sizeof e->msg, fmt, ap);
	va_end(ap);
	for (c = e->msg; *c != '\0'; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			*c = '?';
	return -1;
}
