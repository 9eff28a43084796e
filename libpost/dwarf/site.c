/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "../base/path.h"
#include "site.h"

void
post_chains_free(struct post_chains *c)
{
	for (size_t i = 0; i < c->n_mem; i++)
		post_drop(&c->mem[i]);
	free(c->mem);
	free(c->chain);
	*c = (struct post_chains){ 0 };
}

static bool
absolute(struct post_str s)
{
	return s.n > 0 && s.p[0] == '/';
}

static void
put_dir(struct post_buf *b, struct post_str dir)
{
	if (dir.n == 0)
		return;
	post_put(b, dir);
	if (dir.p[dir.n - 1] != '/')
		post_putc(b, '/');
}

void
post_put_file(struct post_buf *b, const struct post_site *s, bool full)
{
	if (!full) {
		post_put(b, post_path_last(s->file));
		return;
	}
	if (!absolute(s->file)) {
		if (!absolute(s->dir))
			put_dir(b, s->comp_dir);
		put_dir(b, s->dir);
	}
	post_put(b, s->file);
}
