/* SPDX-License-Identifier: BSD-2-Clause */
/* Folded lines in, a document out. */
#ifndef PICTURE_H
#define PICTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include <cmocka.h>
#include "../flame/svg.h"

/* Take the last number off the line S..*END: the blank before it is where the rest ends. */
static inline struct post_count
last_count(const char *s, const char **end)
{
	const char *blank = *end;
	struct post_count count;

	while (*--blank != ' ')
		assert_true(blank > s);
	assert_int_equal(post_count_parse((struct post_str){ blank + 1, (size_t)(*end - blank - 1) }, &count), 0);
	*end = blank;
	return count;
}

/* Folded lines, with two counts each when BOTH, become a tree. */
static inline void
plant(struct post_tree *t, struct post_names *names, const char *lines, bool both)
{
	uint32_t frame[64];

	*t = (struct post_tree){ .names = names };
	for (; *lines != '\0'; lines += strcspn(lines, "\n") + 1) {
		const char *end = lines + strcspn(lines, "\n"), *s = lines;
		struct post_count after = last_count(lines, &end), before = { 0 };
		size_t n = 0;

		if (both)
			before = last_count(lines, &end);
		for (; s < end; n++) {
			const char *semi = memchr(s, ';', (size_t)(end - s));
			size_t len = (size_t)((semi != NULL ? semi : end) - s);

			frame[n] = post_intern(names, (struct post_str){ s, len });
			s += len + (semi != NULL);
		}
		assert_int_equal(both ? post_tree_add_change(t, frame, n, before, after) : post_tree_add(t, frame, n, after), 0);
	}
}

static inline struct post_out
memory(void)
{
	return (struct post_out){ .fd = memfd_create("svg", MFD_CLOEXEC) };
}

/* What was written, to be freed. */
static inline char *
written(struct post_out *out)
{
	off_t n;
	char *s;

	post_out_flush(out);
	n = lseek(out->fd, 0, SEEK_END);
	s = malloc((size_t)n + 1);
	assert_int_equal(pread(out->fd, s, (size_t)n, 0), n);
	s[n] = '\0';
	close(out->fd);
	post_buf_free(&out->buf);
	return s;
}

static inline char *
draw_any(const char *lines, const struct post_svg_opts *o, bool both)
{
	struct post_names names = { 0 };
	struct post_out out = memory();
	struct post_tree t;
	struct post_err err;

	plant(&t, &names, lines, both);
	assert_int_equal(post_svg_write(&t, o, &out, &err), 0);
	post_tree_free(&t);
	post_names_free(&names);
	return written(&out);
}

static inline char *
draw(const char *lines, const struct post_svg_opts *o)
{
	return draw_any(lines, o, false);
}

static inline struct post_svg_opts
bare(void)
{
	struct post_svg_opts o;

	post_svg_defaults(&o);
	o.bare = 1;
	return o;
}

static inline void
has(const char *doc, const char *what)
{
	if (strstr(doc, what) == NULL)
		fail_msg("no %s in:\n%.4000s", what, doc);
}

static inline void
has_not(const char *doc, const char *what)
{
	if (strstr(doc, what) != NULL)
		fail_msg("%s in:\n%.4000s", what, doc);
}

#endif
