/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "chain.h"

static bool
is_separator(const struct post_chain *c, uint32_t id)
{
	return post_str_eq(post_name(c->names, id), POST_STR("--"));
}

static uint32_t
waker(struct post_chain *c, uint32_t id)
{
	if (is_separator(c, id))
		return id;
	c->name.n = 0;
	post_put(&c->name, post_name(c->names, id));
	post_puts(&c->name, "_[w]");
	return post_intern(c->names, post_buf_str(&c->name));
}

const uint32_t *
post_chain_stack(struct post_chain *c, const uint32_t *frame, size_t *n)
{
	size_t i, count = *n;
	bool woken = false;

	if (c->cap < count + 1)
		c->frame = post_resize(c->frame, c->cap = 2 * count + 1, sizeof *c->frame);
	for (i = 0; i < count; i++) {
		c->frame[i] = woken ? waker(c, frame[i]) : frame[i];
		woken |= i > 0 && i + 1 < count && is_separator(c, frame[i]);
	}
	if (!woken)
		c->frame[(*n)++] = post_intern(c->names, POST_STR("--"));
	return c->frame;
}

void
post_chain_free(struct post_chain *c)
{
	free(c->frame);
	post_buf_free(&c->name);
	*c = (struct post_chain){ 0 };
}
