/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as a line of a trace: one kind, the same each time, and views that lie inside. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include "../trace/line.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static bool
inside(struct post_str part, struct post_str whole)
{
	return part.n == 0 || (part.p >= whole.p && part.p + part.n <= whole.p + whole.n);
}

static bool
lies(struct post_str part, struct post_str line, const char *scratch)
{
	return inside(part, line) || inside(part, (struct post_str){ scratch, line.n });
}

static void
native(struct post_str rest)
{
	struct post_native f, again;

	post_native_parse(rest, &f);
	post_native_parse(rest, &again);
	assert(post_str_eq(f.name, again.name) && post_str_eq(f.module, again.module) && f.unresolved == again.unresolved);
	assert(inside(f.name, rest) && inside(f.module, rest) && inside(f.offset, rest) && inside(f.file, rest));
	assert(!f.unresolved || f.name.n == 0);
	assert(inside(post_module_short(f.module), f.module));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct post_str line = { (const char *)data, size };
	char *scratch = malloc(size + 1), *other = malloc(size + 1);
	struct post_line a = { 0 }, b = { 0 };

	if (size > 0 && memchr(line.p, '\n', size) != NULL)
		line.n = (size_t)((char *)memchr(line.p, '\n', size) - line.p);
	post_line_classify(line, scratch, &a);
	post_line_classify(line, other, &b);
	assert(a.kind == b.kind && a.kind <= POST_LINE_TEXT && post_str_eq(a.text, b.text));
	assert(lies(a.text, line, scratch));
	if (a.kind == POST_LINE_NATIVE) {
		assert(lies(a.addr, line, scratch) && lies(a.rest, line, scratch) && a.addr.n > 0);
		(void)post_addr_in_kernel(a.addr);
	}
	if (a.kind == POST_LINE_COUNT || a.kind == POST_LINE_LOOSE_COUNT || a.kind == POST_LINE_CUT)
		assert(a.count.n > 0 && lies(a.count, line, scratch));
	if (a.kind == POST_LINE_NOISE)
		assert(a.noise != POST_NOTE_NONE);
	if (post_line_is_count(line))
		assert(a.kind == POST_LINE_COUNT);
	native(line);
	free(scratch);
	free(other);
	return 0;
}
