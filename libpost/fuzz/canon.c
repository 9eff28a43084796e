/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Any bytes as the name of a frame, by any options: the rules leave alone what they
 * made, nothing but an inlined call is left out, and no name comes to nothing.
 * The first byte is the options, the second the bucket.
 */
#include <assert.h>
#include <stdint.h>
#include "../diff/canon.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
put_twice(struct post_canon *c, struct post_str name)
{
	struct post_buf once = { 0 }, twice = { 0 };

	post_puts(&once, "x");
	if (!post_canon_put(c, name, &once))
		assert(c->no_inlines && !c->off && once.n == 1);
	else {
		struct post_str made = post_str_from(post_buf_str(&once), 1);

		assert((made.n == 0) == (name.n == 0));
		assert(post_canon_put(c, made, &twice));
		assert(post_str_eq(made, post_buf_str(&twice)));
	}
	post_buf_free(&once);
	post_buf_free(&twice);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct post_canon c = { 0 };

	if (size < 2)
		return 0;
	c.off = (data[0] & 0x31) == 0x31;
	c.modules = data[0] & 2;
	c.hex = data[0] & 4;
	c.no_inlines = data[0] & 8;
	c.lines = (enum post_canon_lines)((data[0] >> 6) % 3);
	c.bucket = (uint64_t)data[1] + 1;
	put_twice(&c, (struct post_str){ (const char *)data + 2, size - 2 });
	post_canon_free(&c);
	return 0;
}
