/* SPDX-License-Identifier: BSD-2-Clause */
#include "batch-outputs.h"

const char *
publish_keep(struct publishing *p, struct post_buf *b)
{
	const char *s = post_keep(&p->mem, post_buf_str(b)).p;

	b->n = 0;
	return s;
}

const char *
publish_path(struct publishing *p, const char *place, const char *ending)
{
	struct post_buf b = { 0 };
	const char *path;

	post_putf(&b, "%s/%s%s", p->site->out, place, ending);
	path = publish_keep(p, &b);
	post_buf_free(&b);
	return path;
}

bool
publish_close(struct publishing *p, struct post_out *out)
{
	struct post_err err;

	if (post_out_close(out, &err) == 0)
		return true;
	tool_warn(&batch_tool, NULL, &err);
	p->site->unwritten = true;
	return false;
}

bool
publish_open(struct publishing *p, const char *path, struct post_out *out)
{
	struct post_err err;

	if (post_out_open(out, path, &err) == 0)
		return true;
	tool_warn(&batch_tool, NULL, &err);
	p->site->unwritten = true;
	return false;
}
