/* SPDX-License-Identifier: BSD-2-Clause */
#include "input.h"
#include "seam.h"

/* A longer line is none for a reader of input.h, either: nothing of it is kept. */
static void
take(struct post_seam *s, struct post_str bytes)
{
	s->too_long |= s->lines.n - s->line + bytes.n > POST_LINE_MAX;
	if (s->too_long)
		s->lines.n = s->line;
	else
		post_put(&s->lines, bytes);
}

/* The line that ended is now the one before. */
static void
next_line(struct post_seam *s)
{
	size_t from = s->line > 0 ? s->line - 1 : s->lines.n - 1;

	s->lines.n -= from;
	memmove(s->lines.s, s->lines.s + from, s->lines.n);
	s->line = s->lines.n;
}

/* What ended is a line.  Is there a seam behind it? */
static bool
ended(struct post_seam *s)
{
	if (s->too_long) {
		s->too_long = false;
		s->lines.n = s->line = 0;
		post_putc(&s->lines, '\n');
	}
	if (s->fn == NULL || s->fn(s->tag, post_buf_str(&s->lines)))
		return true;
	next_line(s);
	return false;
}

size_t
post_seam_find(struct post_seam *s, struct post_str bytes)
{
	size_t done = 0, end;

	for (; done < bytes.n; done = end) {
		const char *nl = memchr(bytes.p + done, '\n', bytes.n - done);

		end = nl != NULL ? (size_t)(nl + 1 - bytes.p) : bytes.n;
		take(s, (struct post_str){ bytes.p + done, end - done });
		if (nl != NULL && ended(s))
			return end;
	}
	return 0;
}

void
post_seam_free(struct post_seam *s)
{
	post_buf_free(&s->lines);
}
