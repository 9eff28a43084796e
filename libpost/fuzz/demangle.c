/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as the name of a frame that is demangled: it ends, is bounded, and is the same each time. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include "../trace/naming.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

enum { LARGE = 1 << 20 };

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct post_naming_conf conf = { .demangle = true, .modules = true };
	struct post_names names = { 0 };
	struct post_naming naming;
	struct post_facts facts = { 0 };
	struct post_trait trait;
	struct post_buf b = { 0 };
	struct post_line line;
	uint32_t id;

	if (size > 4096)
		return 0;
	post_naming_init(&naming, &conf, &names, &facts);
	post_puts(&b, " 0x401000 : ");
	post_put(&b, (struct post_str){ (const char *)data, size });
	post_puts(&b, "+0x1/0x2 [/bin/a]");
	line.text = post_str_from(post_buf_str(&b), 1);
	line.rest = post_str_from(post_buf_str(&b), 12);
	line.addr = (struct post_str){ b.s + 1, 8 };
	line.kind = POST_LINE_NATIVE;
	id = post_naming_native(&naming, &line, &trait);
	assert(post_naming_native(&naming, &line, &trait) == id);
	assert(post_name(&names, id).n <= size + LARGE);
	post_naming_free(&naming);
	post_names_free(&names);
	post_facts_free(&facts);
	post_buf_free(&b);
	return 0;
}
