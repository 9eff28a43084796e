/* SPDX-License-Identifier: BSD-2-Clause */
/* Histograms by the rules of stap, written apart from libpost/hist, and what a reader makes of them. */
#ifndef TESTS_HIST_H
#define TESTS_HIST_H

#include "../hist/read.h"

enum { MODEL_ROWS = 130 };

/* Rows from the first to the last one that is printed. */
struct model {
	bool		linear, under, over;
	int		first;			/* log: 0 is the bucket of 0, -1 of -1 */
	int64_t		start, interval;	/* linear: as in @hist_linear(v, start, stop, interval) */
	size_t		low, buckets;		/* linear: the first row's number; all there are, with under and over */
	size_t		n;
	uint64_t	count[MODEL_ROWS];
};

static inline int64_t
model_label(const struct model *m, size_t i)
{
	size_t k = m->low + i;
	int number = m->first + (int)i;

	if (m->linear)
		return m->start + m->interval * (k == 0 ? 0 : k == m->buckets - 1 ? (int64_t)k - 2 : (int64_t)k - 1);
	if (number == 0)
		return 0;
	if (number < 0)
		return number == -64 ? INT64_MIN : -(INT64_C(1) << (-number - 1));
	return INT64_C(1) << (number - 1);
}

static inline int
model_width(const struct model *m)
{
	char a[32], b[32];
	int64_t low = model_label(m, 0), high = model_label(m, m->n - 1);
	int x, y;

	if (m->linear) {
		low = m->start;
		high = m->start + m->interval * (int64_t)(m->low + m->n - 1);
	}
	x = snprintf(a, sizeof a, "%" PRId64, low) + m->under;
	y = snprintf(b, sizeof b, "%" PRId64, high) + m->over;
	x = x > y ? x : y;
	return x > 5 ? x : 5;
}

static inline bool
model_elides(const struct model *m, size_t i)
{
	size_t k;

	for (k = 0; k < m->n; k++)
		if (k + 2 >= i && k <= i + 2 && m->count[k] > 0)
			return false;
	return true;
}

static inline void
put_rows(struct post_buf *b, const struct model *m, bool elide)
{
	uint64_t max = 0, scale, bar;
	int width = model_width(m), digits;
	char count[32], label[32];
	bool eliding = false;
	size_t i;

	for (i = 0; i < m->n; i++)
		max = m->count[i] > max ? m->count[i] : max;
	scale = max <= 50 ? 1 : max / 50 + (max % 50 > 0);
	digits = snprintf(count, sizeof count, "%" PRIu64, max);
	post_putf(b, "%*s |--------------------------------------------------%s\n", width, "value", " count");
	for (i = 0; i < m->n; i++) {
		bool gone = elide && model_elides(m, i);

		if (gone && !eliding)
			post_putf(b, "%*s ~\n", width, "");
		eliding = gone;
		if (gone)
			continue;
		snprintf(label, sizeof label, "%s%" PRId64, m->under && i == 0 ? "<" : m->over && i == m->n - 1 ? ">" : "", model_label(m, i));
		post_putf(b, "%*s |", width, label);
		for (bar = 0; bar < m->count[i] / scale; bar++)
			post_putc(b, '@');
		post_putf(b, "%*" PRIu64 "\n", (int)(50 - bar + 1) + digits, m->count[i]);
	}
	post_putc(b, '\n');
}

static inline void
put_by_rules(struct post_buf *b, const struct model *m)
{
	put_rows(b, m, true);
}

/* Keep of all COUNTs, of which N are there, those rows that stap prints. */
static inline void
model_trim(struct model *m, const uint64_t *count, size_t n, size_t zero)
{
	size_t low = 0, high = n - 1, i;

	while (count[low] == 0)
		low++;
	while (count[high] == 0)
		high--;
	for (i = 0; i < 2; i++) {
		low -= low > 0 && low != zero;
		high += high < n - 1;
	}
	if (m->linear) {
		low += low == 0 && count[0] == 0;
		high -= high == n - 1 && count[n - 1] == 0;
		m->under = low == 0;
		m->over = high == n - 1;
		m->low = low;
		m->buckets = n;
	} else
		m->first = (int)low - 64;
	m->n = high - low + 1;
	memcpy(m->count, count + low, m->n * sizeof *count);
}

static inline uint64_t
some_hits(struct rng *r)
{
	return 1 + (rng(r) >> (64 - 1 - below(r, 52)));
}

/* A histogram as stap could have counted it. */
static inline struct model
some_model(struct rng *r)
{
	struct model m = { .linear = below(r, 2) };
	uint64_t count[MODEL_ROWS] = { 0 };
	size_t n = m.linear ? 5 + below(r, 124) : 128, from = m.linear || below(r, 3) == 0 ? 0 : 64, hits = 1 + below(r, 12);

	if (m.linear) {
		m.interval = (int64_t)(3 + below(r, below(r, 2) ? 100 : 100000));
		m.start = (int64_t)below(r, 2000) - 1000;
	}
	while (hits-- > 0)
		count[from + below(r, below(r, 2) ? n - from : 12 < n - from ? 12 : n - from)] = some_hits(r);
	if (m.linear && below(r, 3) == 0)
		count[n - 1] = some_hits(r);
	model_trim(&m, count, n, m.linear ? n : 64);
	return m;
}

/* What a reader said. */
struct got {
	struct post_hist	*hist[8];
	size_t			 n, records;
	unsigned		 reports, lost;
	char			 said[256];	/* the first report */
	uint64_t		 line;
	uint64_t		 sum_a, sum_b;
	struct post_buf		 names;
};

static inline void
got_hist(void *arg, struct post_hist *h)
{
	struct got *g = arg;

	assert_true(g->n < ROWS(g->hist));
	g->hist[g->n++] = h;
}

static inline void
got_record(void *arg, const struct post_record *r)
{
	struct got *g = arg;

	g->records++;
	g->sum_a += r->a;
	g->sum_b += r->b;
	post_put(&g->names, r->name);
	post_putc(&g->names, '|');
}

static inline void
got_report(void *arg, const struct post_err *err, bool lost)
{
	struct got *g = arg;

	g->lost += lost;
	if (g->reports++ > 0)
		return;
	snprintf(g->said, sizeof g->said, "%.200s", err->msg);
	g->line = err->line;
}

static inline void
read_text(struct got *g, struct post_str s)
{
	struct post_hist_reader r = { .hist = got_hist, .record = got_record, .report = got_report, .arg = g };
	size_t at, n;

	for (at = 0; at < s.n; at += n) {
		const char *nl = memchr(s.p + at, '\n', s.n - at);

		n = nl != NULL ? (size_t)(nl + 1 - (s.p + at)) : s.n - at;
		post_hist_read_line(&r, (struct post_str){ s.p + at, n - (nl != NULL) }, nl != NULL, at);
	}
	post_hist_read_end(&r);
	post_hist_read_free(&r);
}

static inline void
got_free(struct got *g)
{
	size_t i;

	for (i = 0; i < g->n; i++)
		post_hist_free(g->hist[i]);
	post_buf_free(&g->names);
}

static inline void
check_redrawn(const struct got *g, struct post_str want)
{
	struct post_buf b = { 0 };
	size_t i;

	for (i = 0; i < g->n; i++)
		post_hist_put_stap(&b, g->hist[i]);
	same_str(post_buf_str(&b), want);
	post_buf_free(&b);
}

/* Could the rows of M be of either kind?  They are taken for logarithmic ones then. */
static inline void
check_model(const struct post_hist *h, const struct model *m)
{
	size_t i;
	struct post_buf a = { 0 }, b = { 0 };

	assert_int_equal(h->n, m->n);
	assert_true(h->kind == (m->linear ? POST_HIST_LINEAR : POST_HIST_LOG));
	for (i = 0; i < m->n; i++, a.n = b.n = 0) {
		assert_true(h->count[i] == m->count[i]);
		post_hist_put_label(&a, h, i);
		post_putf(&b, "%s%" PRId64, m->under && i == 0 ? "<" : m->over && i == m->n - 1 ? ">" : "", model_label(m, i));
		same_str(post_buf_str(&a), post_buf_str(&b));
	}
	post_buf_free(&a);
	post_buf_free(&b);
}

static inline void
same_hist(const struct post_hist *a, const struct post_hist *b)
{
	same_str(a->heading, b->heading);
	same_str(a->unit, b->unit);
	assert_int_equal(a->kind, b->kind);
	assert_int_equal(a->n, b->n);
	assert_memory_equal(a->count, b->count, a->n * sizeof *a->count);
	assert_true(a->first == b->first && a->start == b->start && a->interval == b->interval);
	assert_true(a->under == b->under && a->over == b->over && a->total == b->total);
}

/* What H counted in the bucket of those bounds. */
static inline uint64_t
count_at(const struct post_hist *h, const struct post_hist_bounds *at)
{
	size_t i;

	for (i = 0; i < h->n; i++) {
		struct post_hist_bounds v = post_hist_bounds(h, i);

		if (v.has_low == at->has_low && v.has_last == at->has_last && v.low == at->low && v.last == at->last)
			return h->count[i];
	}
	return 0;
}

#endif
