/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as folded lines and as a name: names come back, and what was folded folds to itself. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include "../trace/fold.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
name(struct post_str s)
{
	struct post_buf b = { 0 }, back = { 0 };
	size_t i;

	post_put_folded(&b, s);
	for (i = 0; i < b.n; i++)
		assert((unsigned char)b.s[i] >= 0x20 && b.s[i] != ';' && b.s[i] != 0x7f);
	post_put_unfolded(&back, post_buf_str(&b));
	assert(post_str_eq(post_buf_str(&back), s));
	back.n = 0;
	post_put_unfolded(&back, s);
	assert(back.n <= s.n);
	post_buf_free(&b);
	post_buf_free(&back);
}

static int
add(void *arg, const struct post_stack *s, struct post_err *err)
{
	return post_fold_add(arg, s, err);
}

/* Fold S; 0, or -1 when a sum passes its limit. */
static int
fold(struct post_str s, const struct post_stacks_conf *conf, struct post_buf *text)
{
	struct post_fold f = { 0 };
	struct post_stacks stacks;
	struct post_block b = { .p = (char *)(uintptr_t)s.p, .n = s.n, .tag = POST_FORM_FOLDED, .first = true, .last = true };
	struct post_out out = { .fd = -1 };
	struct post_err err;
	int status;

	post_stacks_init(&stacks, conf, &f.names, &f);
	status = post_stacks_block(&stacks, &b, &err) < 0 ? -1 : 0;
	post_fold_select(&f, 0, 0);
	post_fold_write(&f, &out);
	post_put(text, post_buf_str(&out.buf));
	post_buf_free(&out.buf);
	post_stacks_free(&stacks);
	post_fold_free(&f);
	return status;
}

static void
fixed_point(struct post_str s, bool merge_recursive)
{
	struct post_stacks_conf conf = { .stack = add, .merge_recursive = merge_recursive };
	struct post_buf once = { 0 }, twice = { 0 };

	if (fold(s, &conf, &once) == 0) {
		assert(fold(post_buf_str(&once), &conf, &twice) == 0);
		assert(once.n == twice.n && (once.n == 0 || memcmp(once.s, twice.s, once.n) == 0));
	}
	post_buf_free(&once);
	post_buf_free(&twice);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct post_str s = { (const char *)data, size }, stack;
	struct post_count count;

	if (size > 60000)
		return 0;
	name(s);
	if (post_folded_split(s, &stack, &count) == 0)
		assert(stack.n < s.n && stack.p == s.p);
	(void)post_form_detect(s);
	fixed_point(s, false);
	fixed_point(s, true);
	return 0;
}
