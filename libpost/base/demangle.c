/* SPDX-License-Identifier: BSD-2-Clause */
#include <setjmp.h>
#include <libiberty/demangle.h>
#include "demangle.h"

enum { PLAIN_MAX = 64 << 10 };

/* A demangler at work.  It cannot be told to stop, so its last word is a jump out of it. */
struct plain {
	struct post_buf	*buf;
	jmp_buf		 enough;
};

static void
take_plain(const char *s, size_t n, void *arg)
{
	struct plain *p = arg;

	if (p->buf->n + n > PLAIN_MAX)
		longjmp(p->enough, 1);
	post_put(p->buf, (struct post_str){ s, n });
}

/* MANGLED in plain words into P.  A jump out of the demanglers with callbacks loses a punycode identifier of Rust at most. */
static bool
demangle(struct plain *p, const char *mangled)
{
	const int how = DMGL_PARAMS | DMGL_ANSI;

	p->buf->n = 0;
	if (setjmp(p->enough) != 0)
		return false;
	if (rust_demangle_callback(mangled, how, take_plain, p) != 0)
		return true;
	p->buf->n = 0;
	return cplus_demangle_v3_callback(mangled, how, take_plain, p) != 0;
}

bool
post_demangle(const char *mangled, struct post_buf *scratch, struct post_buf *out)
{
	struct plain p = { .buf = scratch };

	if (!demangle(&p, mangled))
		return false;
	post_put(out, post_buf_str(scratch));
	return true;
}
