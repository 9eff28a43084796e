/* SPDX-License-Identifier: BSD-2-Clause */
/* What a bucket holds, and what the counts say together. */
#include <stdlib.h>
#include "../base/mem.h"
#include "hist.h"

void
post_hist_free(struct post_hist *h)
{
	if (h == NULL)
		return;
	free(h->text);
	free(h->count);
	free(h);
}

static struct post_str
copy_to(char **at, struct post_str s)
{
	struct post_str copy = { *at, s.n };

	if (s.n > 0)
		memcpy(*at, s.p, s.n);
	*at += s.n;
	return copy;
}

void
post_hist_keep_strings(struct post_hist *h, struct post_str heading, struct post_str unit, struct post_str stats_label)
{
	char *old = h->text, *at = post_resize(NULL, heading.n + unit.n + stats_label.n, 1);

	h->text = at;
	h->heading = copy_to(&at, heading);
	h->unit = copy_to(&at, unit);
	h->stats_label = copy_to(&at, stats_label);
	free(old);
}

struct post_hist *
post_hist_copy(const struct post_hist *h)
{
	struct post_hist *copy = post_resize(NULL, 1, sizeof *copy);

	*copy = *h;
	copy->text = NULL;
	post_hist_keep_strings(copy, h->heading, h->unit, h->stats_label);
	copy->count = post_resize(NULL, h->n, sizeof *h->count);
	memcpy(copy->count, h->count, h->n * sizeof *h->count);
	return copy;
}

/* The values of a bucket of a logarithmic histogram. */
static struct post_hist_bounds
log_bounds(int number)
{
	int power = number < 0 ? -number - 1 : number - 1;
	int64_t low = number == 0 ? 0 : (int64_t)(UINT64_C(1) << (power < 63 ? power : 62));
	int64_t last = number == 0 ? 0 : low + (low - 1);

	if (number >= 0)
		return (struct post_hist_bounds){ true, true, low, last };
	if (power >= 63)
		return (struct post_hist_bounds){ true, true, INT64_MIN, INT64_MIN };
	return (struct post_hist_bounds){ true, true, -last, -low };
}

static int64_t
clamp(__int128 v)
{
	return v > INT64_MAX ? INT64_MAX : v < INT64_MIN ? INT64_MIN : (int64_t)v;
}

static __int128
linear_low(const struct post_hist *h, size_t i)
{
	return h->start + ((__int128)i - h->under) * h->interval;
}

struct post_hist_bounds
post_hist_bounds(const struct post_hist *h, size_t i)
{
	if (h->kind == POST_HIST_LOG)
		return log_bounds(h->first + (int)i);
	if (h->under && i == 0)
		return (struct post_hist_bounds){ false, true, INT64_MIN, clamp((__int128)h->start - 1) };
	if (h->over && i == h->n - 1)
		return (struct post_hist_bounds){ true, false, clamp(linear_low(h, i) + (h->interval == 0)), INT64_MAX };
	return (struct post_hist_bounds){ true, h->interval > 0, clamp(linear_low(h, i)), clamp(linear_low(h, i + 1) - 1) };
}

void
post_hist_put_signed(struct post_buf *b, int64_t v)
{
	if (v < 0)
		post_putc(b, '-');
	post_putu(b, v < 0 ? -(uint64_t)v : (uint64_t)v);
}

void
post_hist_put_behind(struct post_buf *b, int64_t last)
{
	if (last < 0)
		post_hist_put_signed(b, last + 1);
	else
		post_putu(b, (uint64_t)last + 1);
}

void
post_hist_put_bounds(struct post_buf *b, const struct post_hist_bounds *v)
{
	if (!v->has_low)
		post_puts(b, "< ");
	else if (!v->has_last)
		post_puts(b, ">= ");
	else
		post_putc(b, '[');
	if (v->has_low)
		post_hist_put_signed(b, v->low);
	if (v->has_low && v->has_last)
		post_puts(b, ", ");
	if (v->has_last)
		post_hist_put_behind(b, v->last);
	if (v->has_low && v->has_last)
		post_putc(b, ')');
}

void
post_hist_put_label(struct post_buf *b, const struct post_hist *h, size_t i)
{
	struct post_hist_bounds v;

	if (h->kind == POST_HIST_LINEAR) {
		if (h->under && i == 0)
			post_putc(b, '<');
		if (h->over && i == h->n - 1)
			post_putc(b, '>');
		i += h->under && i == 0;
		i -= h->over && i == h->n - 1;
		post_hist_put_signed(b, clamp(linear_low(h, i)));
		return;
	}
	v = post_hist_bounds(h, i);
	post_hist_put_signed(b, h->first + (int)i < 0 ? v.last : v.low);
}

size_t
post_hist_percentile(const struct post_hist *h, unsigned percent)
{
	uint64_t seen = 0;
	size_t i;

	for (i = 0; i + 1 < h->n; i++) {
		seen += h->count[i];
		if ((unsigned __int128)seen * 100 >= (unsigned __int128)h->total * percent)
			break;
	}
	return i;
}

/* WHAT and where it is: " in [8, 16)", " < 0". */
static void
put_place(struct post_buf *b, const struct post_hist *h, size_t i)
{
	struct post_hist_bounds v = post_hist_bounds(h, i);

	post_puts(b, v.has_low && v.has_last ? " in " : " ");
	post_hist_put_bounds(b, &v);
}

void
post_hist_put_percentile(struct post_buf *b, const struct post_hist *h, unsigned percent)
{
	post_putc(b, 'p');
	post_putu(b, percent);
	put_place(b, h, post_hist_percentile(h, percent));
}

void
post_hist_put_max(struct post_buf *b, const struct post_hist *h)
{
	post_puts(b, "max");
	if (h->stats_label.n == 0) {
		put_place(b, h, post_hist_percentile(h, 100));
		return;
	}
	post_putc(b, ' ');
	post_hist_put_signed(b, h->stat[POST_HIST_MAX]);
}

void
post_hist_put_share(struct post_buf *b, uint64_t share)
{
	post_putu(b, share / 1000);
	post_putc(b, '.');
	post_putu(b, share % 1000 / 100);
	post_putc(b, '%');
}

uint64_t
post_hist_share(const struct post_hist *h, uint64_t n)
{
	return h->total == 0 ? 0 : (uint64_t)((unsigned __int128)n * 100000 / h->total);
}

bool
post_hist_elided(const struct post_hist *h, size_t i)
{
	enum { NEAR = 2 };
	size_t from = i < NEAR ? 0 : i - NEAR, to = i + NEAR < h->n ? i + NEAR : h->n - 1;

	for (; from <= to; from++)
		if (h->count[from] != 0)
			return false;
	return !h->unelided;
}
