/* SPDX-License-Identifier: BSD-2-Clause */
/* Small things that several parts of the document need. */
#include "kind.h"
#include "palette.h"
#include "picture.h"

static double
difference(struct post_count after, struct post_count before)
{
	bool more = post_count_cmp(after, before) >= 0;

	if (more)
		post_count_sub(&after, before);
	else
		post_count_sub(&before, after);
	return more ? post_count_real(after) : -post_count_real(before);
}

int
post_picture_next(struct post_walk *w, int skip, struct post_frame *f)
{
	int more = post_walk_next(w, skip, f);

	while (more && f->name == (uint32_t)POST_GAP)
		more = post_walk_next(w, 0, f);
	if (more && w->tree->chart)
		post_walk_own(w, &f->self, &f->self_before);
	return more;
}

double
post_picture_delta(const struct picture *p, const struct post_frame *f)
{
	return p->opts->inclusive ? difference(f->count, f->before) : difference(f->self, f->self_before);
}

void
post_picture_put_digits(struct post_buf *b, struct post_str digits)
{
	for (; digits.n > 0; digits = post_str_from(digits, 1)) {
		post_putc(b, *digits.p);
		if (digits.n % 3 == 1 && digits.n > 1)
			post_putc(b, ',');
	}
}

void
post_picture_put_commas(struct post_buf *b, uint64_t u)
{
	char d[20], *p = d + sizeof d;

	do
		*--p = (char)('0' + u % 10);
	while ((u /= 10) != 0);
	post_picture_put_digits(b, (struct post_str){ p, (size_t)(d + sizeof d - p) });
}

const char *
post_picture_class_text(const struct picture *p, int i, uint32_t *rgb)
{
	const char *text = p->classes >> i & 1 ? post_palette_legend(p->palette, i, rgb) : NULL;

	if (text != NULL && p->palette == POST_KIND && i == POST_KIND_USER && (p->classes >> POST_KIND_KERNEL & 1) == 0)
		return "user or kernel";	/* frames of the kernel are marked, or not */
	return text;
}
