/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as a line of stap's: one meaning, the same each time, and views that lie inside the line or the buffer. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include "../trace/message.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static bool
inside(struct post_str part, struct post_str whole)
{
	return part.n == 0 || (part.p >= whole.p && part.p + part.n <= whole.p + whole.n);
}

static void
describe(const struct post_message *m)
{
	struct post_finding f = { .id = m->id, .n = 1, .value = m->value, .stacks = 0.5, .weight = -1 };
	struct post_buf b = { 0 };
	size_t i;

	f.subject = m->subject.n > 0 ? strndup(m->subject.p, m->subject.n) : NULL;
	post_finding_put(&b, &f, POST_ENGLISH);
	post_finding_put(&b, &f, POST_CHINESE);
	for (i = 0; i < b.n; i++)
		assert((unsigned char)b.s[i] >= ' ' && b.s[i] != '\x7f');
	free(f.subject);
	post_buf_free(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct post_str line = { (const char *)data, size };
	struct post_buf one = { 0 }, other = { 0 };
	struct post_message a, b;
	uint64_t errors = post_message_errors(line);

	post_message_read(line, &one, &a);
	post_message_read(line, &other, &b);
	assert(a.id == b.id && a.banner == b.banner && a.value == b.value && a.pid == b.pid && post_str_eq(a.subject, b.subject));
	assert(a.id < POST_FINDINGS && a.banner <= POST_BANNER_NAMED);
	assert(a.banner == POST_BANNER_NONE || a.id == POST_FOUND_NOTHING);
	assert(inside(a.subject, line) || inside(a.subject, post_buf_str(&one)));
	assert(errors == 0 || a.id == POST_FOUND_NOTHING || a.id == POST_FOUND_SKIPPED_PROBES);
	assert(post_message_dash_d(line) <= POST_DASH_D_UNKNOWN);
	describe(&a);
	post_buf_free(&one);
	post_buf_free(&other);
	return 0;
}
