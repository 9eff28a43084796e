/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "../base/ascii.h"
#include "place.h"

enum {
	PART_MAX = 200,		/* bytes of a part of a path: the endings of outputs, and of temporary files, have room */
	PLACE_MAX = 3000,	/* of all of it, below its directory */
	CUT = 2 + 32		/* of what stands at the end of a name that was cut */
};

static bool
is_safe(char c, bool first)
{
	return post_is(c, POST_WORD) || (c != '\0' && strchr(first ? ",+@" : "-_.,+@", c) != NULL);
}

/* Would "A.END" be what an output of A is called, or of "A.END/B" the directory?  REST begins with the dot. */
static bool
is_taken(struct post_str rest, bool last)
{
	static const char *const ends[2][5] = { { ".folded", ".zst", ".svg", ".txt" }, { ".thumb", ".diff" } };

	for (const char *const *end = ends[last]; *end != NULL; end++)
		if (post_str_eq(rest, post_str_of(*end)))
			return true;
	return false;
}

/* Make B end at N, with a hash of ALL of the name in its last bytes; no other name has "%_". */
static void
cut(struct post_buf *b, size_t n, struct post_str all)
{
	XXH128_hash_t h = XXH3_128bits(all.p, all.n);

	b->n = n - CUT;
	post_puts(b, "%_");
	post_putx(b, h.high64, 16);
	post_putx(b, h.low64, 16);
}

/* An empty part is a "%" alone. */
static void
put_part(struct post_buf *b, struct post_str part, bool last)
{
	static const char digits[] = "0123456789ABCDEF";
	size_t begun = b->n;

	if (part.n == 0)
		post_putc(b, '%');
	for (size_t i = 0; i < part.n; i++) {
		unsigned char c = (unsigned char)part.p[i];

		if (is_safe(part.p[i], i == 0) && !(c == '.' && is_taken(post_str_from(part, i), last))) {
			post_putc(b, part.p[i]);
			continue;
		}
		post_putc(b, '%');
		post_putc(b, digits[c >> 4]);
		post_putc(b, digits[c & 15]);
	}
	if (b->n - begun > PART_MAX)
		cut(b, begun + PART_MAX, part);
}

void
post_put_place(struct post_buf *b, const char *dir, struct post_str name)
{
	const char *slash = "";
	size_t begun;

	post_puts(b, dir);
	begun = b->n + 1;
	for (struct post_str rest = name; slash != NULL; rest = post_str_from(rest, slash != NULL ? (size_t)(slash + 1 - rest.p) : rest.n)) {
		slash = memchr(rest.p, '/', rest.n);
		post_putc(b, '/');
		put_part(b, (struct post_str){ rest.p, slash != NULL ? (size_t)(slash - rest.p) : rest.n }, slash == NULL);
	}
	if (b->n - begun > PLACE_MAX)
		cut(b, begun + CUT, name);
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

const char *
post_output_ending(enum post_output output, bool packed)
{
	static const char *const endings[] = { [POST_FOLDED] = ".folded", [POST_SVG] = ".svg", [POST_THUMB] = ".thumb.svg" };

	return output == POST_FOLDED && packed ? ".folded.zst" : endings[output];
}

bool
post_has_outputs(const char *base, const char *place, bool packed)
{
	struct post_buf path = { 0 };
	bool there = true;

	for (enum post_output o = 0; o < POST_OUTPUTS && there; o++) {
		path.n = 0;
		post_putf(&path, "%s/%s%s", base, place, post_output_ending(o, packed));
		there = access(path.s, F_OK) == 0;
	}
	post_buf_free(&path);
	return there;
}

/* The directories of PATH, from the inmost one, that are empty; BASE stays. */
static void
remove_directories(char *path, size_t base)
{
	for (size_t n = strlen(path); n > base; n--)
		if (path[n] == '/') {
			path[n] = '\0';
			if (rmdir(path) == -1)
				return;
		}
}

void
post_remove_empty(const char *base, const char *place)
{
	struct post_buf path = { 0 };

	post_putf(&path, "%s/%s", base, place);
	remove_directories(path.s, strlen(base) + 1);
	post_buf_free(&path);
}

void
post_unlink_outputs(const char *base, const char *place)
{
	struct post_buf path = { 0 };

	for (int packed = 0; packed < 2; packed++)
		for (enum post_output o = 0; o < POST_OUTPUTS; o++) {
			path.n = 0;
			post_putf(&path, "%s/%s%s", base, place, post_output_ending(o, packed));
			(void)unlink(path.s);
		}
	post_buf_free(&path);
}

void
post_remove_outputs(const char *base, const char *place)
{
	post_unlink_outputs(base, place);
	post_remove_empty(base, place);
}
