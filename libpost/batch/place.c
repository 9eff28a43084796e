/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "../base/ascii.h"
#include "place.h"

enum { PART_MAX = 200 };	/* bytes of a part of a path: the endings of outputs, and of temporary files, have room */

static bool
is_safe(char c, bool first)
{
	return post_is(c, POST_WORD) || (c != '\0' && strchr(first ? ",+@" : "-_.,+@", c) != NULL);
}

static void
put_part(struct post_buf *b, struct post_str part)
{
	static const char digits[] = "0123456789ABCDEF";
	size_t begun = b->n;

	for (size_t i = 0; i < part.n; i++) {
		unsigned char c = (unsigned char)part.p[i];

		if (is_safe(part.p[i], i == 0)) {
			post_putc(b, part.p[i]);
			continue;
		}
		post_putc(b, '%');
		post_putc(b, digits[c >> 4]);
		post_putc(b, digits[c & 15]);
	}
	if (b->n - begun <= PART_MAX)
		return;
	b->n = begun + PART_MAX - 17;
	post_putc(b, '%');
	post_putx(b, XXH3_64bits(part.p, part.n), 16);
}

void
post_put_place(struct post_buf *b, struct post_str name)
{
	post_puts(b, "traces");
	while (name.n > 0) {
		const char *slash = memchr(name.p, '/', name.n);
		struct post_str part = { name.p, slash != NULL ? (size_t)(slash - name.p) : name.n };

		if (part.n > 0) {
			post_putc(b, '/');
			put_part(b, part);
		}
		name = post_str_from(name, part.n + (slash != NULL));
	}
}

int
post_make_directories(const char *base, struct post_str path, struct post_err *err)
{
	struct post_buf dir = { 0 };
	int status = 0;

	post_puts(&dir, base);
	post_putc(&dir, '/');
	for (size_t i = 0; i < path.n && status == 0; i++) {
		if (path.p[i] == '/' && mkdir(dir.s, 0777) == -1 && errno != EEXIST)
			status = post_fail(err, POST_EIO, "%s: %s", dir.s, strerror(errno));
		post_putc(&dir, path.p[i]);
	}
	post_buf_free(&dir);
	return status;
}
