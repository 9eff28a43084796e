/* SPDX-License-Identifier: BSD-2-Clause */
/* difffolded.pl's form: a stack, its count before and its count after. */
#include <math.h>
#include <stdlib.h>
#include "diff-write.h"

static long double
real(struct post_count n)
{
	return (long double)n.whole + (long double)n.frac / POST_COUNT_ONE;
}

static struct post_count
total(const struct post_runs *runs, enum post_diff_side side)
{
	struct post_count sum = { 0 };

	for (size_t r = 0; r < runs->n; r++)
		if (runs->run[r].side == side)
			(void)post_count_add(&sum, runs->run[r].samples);	/* the runs' sum has room */
	return sum;
}

/* COUNT by FACTOR, to so many decimals. */
static struct post_count
scaled(struct post_count count, long double factor)
{
	const uint64_t per = 1000000;
	long double v = real(count) * factor;
	uint64_t whole, frac;

	if (v >= 0x1p64L)
		return (struct post_count){ UINT64_MAX, 0 };
	whole = (uint64_t)v;
	frac = (uint64_t)llroundl((v - (long double)whole) * per);
	return (struct post_count){ whole + frac / per, frac % per * (POST_COUNT_ONE / per) };
}

static void
put_columns(const struct post_runs *runs, const struct post_cell *cell, struct post_buf *b)
{
	uint32_t at = cell->counts;

	for (size_t run = 0; run < runs->n; run++) {
		bool has = at != 0 && runs->count[at - 1].run == run;

		post_putc(b, ' ');
		post_put_count(b, has ? runs->count[at - 1].count : (struct post_count){ 0 });
		at = has ? runs->count[at - 1].next : at;
	}
}

void
diff_put_folded(const struct diff_conf *c, const struct post_report *r, struct post_out *out)
{
	const struct post_runs *runs = r->runs;
	long double before = real(total(runs, POST_BEFORE)), after = real(total(runs, POST_AFTER));
	uint32_t *cell = post_runs_sorted(runs);
	struct post_order order = { 0 };

	if (!c->canon.off)
		post_putf(&out->buf, "# rules=%s\n", r->rules);
	post_order_make(&order, &runs->names);
	for (size_t i = 0; i < runs->cells && !post_out_failed(out); i++) {
		const struct post_cell *k = &runs->cell[cell[i]];
		struct post_count base = post_runs_sum(runs, cell[i], POST_BEFORE);

		post_order_put(&order, k->frame, k->n, &out->buf);
		post_putc(&out->buf, ' ');
		post_put_count(&out->buf, c->normalize && before > 0 && after > 0 ? scaled(base, after / before) : base);
		post_putc(&out->buf, ' ');
		post_put_count(&out->buf, post_runs_sum(runs, cell[i], POST_AFTER));
		if (c->columns)
			put_columns(runs, k, &out->buf);
		post_putc(&out->buf, '\n');
		post_out_tick(out);
	}
	post_order_free(&order);
	free(cell);
}
