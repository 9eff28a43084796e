/* SPDX-License-Identifier: BSD-2-Clause */
/* Two histograms of the same buckets become one. */
#include <stdlib.h>
#include "../base/mem.h"
#include "hist.h"

struct post_hist_extent
post_hist_extent(const struct post_hist *h)
{
	size_t n = h->n - h->under - h->over;
	__int128 step = h->interval == 0 ? 1 : h->interval, low = h->start / step - (h->start % step < 0);

	if (h->kind == POST_HIST_LOG)
		low = h->first;
	return (struct post_hist_extent){ low, low + (__int128)n, h->under, h->over };
}

/* Is there a value that A counts in its first or last bucket, and B in another one than that? */
static bool
ends_differ(const struct post_hist_extent *a, const struct post_hist_extent *b)
{
	return (a->under && a->low > b->low) || (a->over && a->high < b->high);
}

int
post_hist_join(struct post_hist_extent *a, const struct post_hist_extent *b)
{
	struct post_hist_extent all = { a->low < b->low ? a->low : b->low, a->high > b->high ? a->high : b->high,
	    a->under || b->under, a->over || b->over };

	if (ends_differ(a, b) || ends_differ(b, a) || all.high - all.low + all.under + all.over > POST_HIST_ROWS)
		return -1;
	*a = all;
	return 0;
}

bool
post_hist_fit(const struct post_hist *a, const struct post_hist *b)
{
	struct post_hist_extent x = post_hist_extent(a), y = post_hist_extent(b);

	if (a->kind != b->kind || !post_str_eq(a->unit, b->unit))
		return false;
	if (a->kind == POST_HIST_LOG)
		return true;
	if (a->interval != b->interval || (a->interval == 0 && a->start != b->start))
		return false;
	if (a->interval > 0 && ((__int128)a->start - b->start) % a->interval != 0)
		return false;
	return !ends_differ(&x, &y) && !ends_differ(&y, &x);
}

/* Make room in A: BEFORE and BEHIND more buckets of zero that have bounds, and what is under and over as B has it. */
static void
make_room(struct post_hist *a, size_t before, size_t behind, bool under, bool over)
{
	size_t n = a->n + before + behind + (under && !a->under) + (over && !a->over);
	size_t bounded = a->n - a->under - a->over, at = (size_t)(under || a->under) + before;
	uint64_t *count = post_resize(NULL, n, sizeof *count);

	memset(count, 0, n * sizeof *count);
	if (a->under)
		count[0] = a->count[0];
	memcpy(count + at, a->count + a->under, bounded * sizeof *count);
	if (a->over)
		count[n - 1] = a->count[a->n - 1];
	free(a->count);
	a->count = count;
	a->n = n;
	a->under |= under;
	a->over |= over;
	a->first -= (int)before;
	a->start -= (int64_t)before * a->interval;
}

int
post_hist_widen(struct post_hist *a, const struct post_hist *b)
{
	struct post_hist_extent x = post_hist_extent(a), y = post_hist_extent(b), all = x;

	if (post_hist_join(&all, &y) == -1)
		return -1;
	if (all.low < x.low || all.high > x.high || all.under != x.under || all.over != x.over)
		make_room(a, (size_t)(x.low - all.low), (size_t)(all.high - x.high), all.under, all.over);
	if (a->label_width < b->label_width)
		a->label_width = b->label_width;
	a->unelided &= b->unelided;
	return 0;
}

static void
add_stats(struct post_hist *a, const struct post_hist *b)
{
	__int128 total = (__int128)a->total + b->total, sum;

	if (a->stats_label.n == 0 || b->stats_label.n == 0 || total == 0) {
		a->stats_label.n = 0;
		return;
	}
	if (b->stat[POST_HIST_MIN] < a->stat[POST_HIST_MIN])
		a->stat[POST_HIST_MIN] = b->stat[POST_HIST_MIN];
	if (b->stat[POST_HIST_MAX] > a->stat[POST_HIST_MAX])
		a->stat[POST_HIST_MAX] = b->stat[POST_HIST_MAX];
	sum = (__int128)a->stat[POST_HIST_AVG] * a->total / total + (__int128)b->stat[POST_HIST_AVG] * b->total / total;
	if (a->total <= INT64_MAX / 2 && b->total <= INT64_MAX / 2)
		sum = ((__int128)a->stat[POST_HIST_AVG] * a->total + (__int128)b->stat[POST_HIST_AVG] * b->total) / total;
	a->stat[POST_HIST_AVG] = (int64_t)sum;
}

int
post_hist_add(struct post_hist *a, const struct post_hist *b)
{
	uint64_t total;
	size_t i, at;

	if (__builtin_add_overflow(a->total, b->total, &total) || post_hist_widen(a, b) == -1)
		return -1;
	add_stats(a, b);
	at = (size_t)(a->under - b->under) + (size_t)(post_hist_extent(b).low - post_hist_extent(a).low);
	for (i = b->under; i < b->n - b->over; i++)
		a->count[at + i] += b->count[i];
	if (b->under)
		a->count[0] += b->count[0];
	if (b->over)
		a->count[a->n - 1] += b->count[b->n - 1];
	a->total = total;
	return 0;
}
