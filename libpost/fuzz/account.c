/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as a raw trace, cut into blocks that several threads read: their accounts together are that of the whole. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include "../tests/audit.h"
#include "../trace/rerun.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

struct chance {
	uint32_t	s;
};

static size_t
next(void *arg)
{
	struct chance *c = arg;

	c->s = c->s * 1664525u + 1013904223u;
	return c->s >> 16;
}

static size_t
step(void *arg)
{
	return 1 + next(arg) % 200;
}

/* Whatever the account says can be judged and told, in bytes that a terminal can be shown. */
static void
judge(const struct post_account *a)
{
	struct post_findings f = { 0 };
	struct post_buf text = { 0 };
	struct post_str module;
	enum post_dash_d why;
	uint32_t at = 0;

	post_judge(&f, a);
	post_findings_sort(&f);
	for (size_t i = 0; i < f.n; i++) {
		assert(f.v[i].stacks <= 1 && f.v[i].weight <= 1);
		post_finding_put(&text, &f.v[i], POST_ENGLISH);
	}
	for (int form = 0; form < POST_RERUN_FORMS; form++)
		(void)post_rerun_put(&text, (enum post_rerun_form)form, a, &f);
	for (size_t i = 0; i < text.n; i++)
		assert((unsigned char)text.s[i] >= ' ' && text.s[i] != '\x7f');
	while (post_rerun_left_out(a, &at, &module, &why))
		assert(module.n > 0);
	post_buf_free(&text);
	post_findings_free(&f);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct post_account whole = { 0 }, parts = { 0 };
	struct post_str s = { (const char *)data, size };
	struct post_buf a = { 0 }, b = { 0 };
	struct chance c = { 0 };

	if (size > 8000)	/* more could have more messages than are kept apart */
		return 0;
	if (size > 0) {		/* the first byte says where to cut */
		c.s = data[0];
		s = post_str_from(s, 1);
	}
	audit(&whole, s);
	audit_parts(&parts, s, step, next, &c);
	audit_put(&a, &whole);
	audit_put(&b, &parts);
	assert(a.n == b.n && memcmp(a.s, b.s, a.n) == 0);
	judge(&parts);
	post_buf_free(&a);
	post_buf_free(&b);
	post_account_free(&whole);
	post_account_free(&parts);
	return 0;
}
