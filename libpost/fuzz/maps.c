/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as /proc/PID/maps: every mapping line is in exactly one object, and the sums hold. */
#include <assert.h>
#include <stdint.h>
#include "../elf/maps.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
check(const struct post_mapped *m)
{
	uint64_t code = 0;

	assert(m->n > 0 && m->name.p[m->name.n] == '\0');
	for (size_t i = 0; i < m->n; i++) {
		uint64_t size = m->range[i].hi - m->range[i].lo;

		assert(m->range[i].lo <= m->range[i].hi);
		if (m->range[i].executable)
			code += size < UINT64_MAX - code ? size : UINT64_MAX - code;
	}
	assert(code == m->code);
	assert(m->code == 0 || post_mapped_code(m)->executable);
	assert((m->kind == POST_MAPPED_ANONYMOUS) == (m->name.n == 0));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct post_maps maps = { 0 };
	uint64_t ranges = 0;

	post_maps_read(&maps, (struct post_str){ (const char *)data, size });
	for (size_t i = 0; i < maps.n; i++) {
		check(&maps.mapped[i]);
		ranges += maps.mapped[i].n;
	}
	assert(ranges + maps.other == maps.lines);
	post_maps_free(&maps);
	return 0;
}
