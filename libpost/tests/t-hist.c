/* SPDX-License-Identifier: BSD-2-Clause */
/* Histograms: printed by stap's rules, read, and printed again; what is wrong in them is told. */
#include <inttypes.h>
#include "support.h"
#include "hist.h"

static void
head_and_stats(void **state)
{
	struct got g = { 0 };
	const struct post_hist *h;

	(void)state;
	read_text(&g, BYTES("WARNING: Tracing 5 (/x)...\nExiting...Please wait...\n=== Off-CPU time distribution (in us) ===\n"
	    "min/avg/max: 2/79/1739\nvalue |-------------------------------------------------- count\n"
	    "    0 |                                                   0\n"
	    "    1 |                                                   0\n"
	    "    2 |@@@                                                3\n"
	    "    4 |                                                   0\n"
	    "    8 |                                                   0\n\n"));
	assert_int_equal(g.n, 1);
	assert_int_equal(g.reports, 0);
	h = g.hist[0];
	same(h->heading, "Off-CPU time distribution (in us)");
	same(h->unit, "us");
	assert_int_equal(h->kind, POST_HIST_LOG);
	assert_int_equal(h->stat[POST_HIST_MIN], 2);
	assert_int_equal(h->stat[POST_HIST_AVG], 79);
	assert_int_equal(h->stat[POST_HIST_MAX], 1739);
	assert_int_equal(h->total, 3);
	assert_int_equal(h->line, 5);
	assert_int_equal(post_hist_percentile(h, 50), 2);
	got_free(&g);
}

static void
orders_and_units(void **state)
{
	static const struct { const char *heading, *unit; } units[] = {
		{ "Distribution of epoll loop blocking latencies (in milliseconds)", "ms" },
		{ "=== Accept Queueing Latency Distribution (microsends) ===", "us" },
		{ "Distribution of ngx_x latencies (in nanoseconds) for 3 samples", "ns" },
		{ "=== SYN Queue ===", "" }, { "a (b) (us) c:", "us" }, { "(in apples)", "apples" }, { "(apples", "" }, { "f (in a b)", "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(units); i++) {
		struct post_buf text = { 0 };
		struct got g = { 0 };

		post_putf(&text, "%s\nmax/avg/min: 9/5/-1\n", units[i].heading);
		put_by_rules(&text, &(struct model){ .first = 0, .n = 3, .count = { 3 } });
		read_text(&g, post_buf_str(&text));
		assert_int_equal(g.n, 1);
		same(g.hist[0]->unit, units[i].unit);
		assert_int_equal(g.hist[0]->stat[POST_HIST_MIN], -1);
		assert_int_equal(g.hist[0]->stat[POST_HIST_MAX], 9);
		check_redrawn(&g, post_buf_str(&text));
		post_buf_free(&text);
		got_free(&g);
	}
}

/* The lines of TEXT without BLANKS in front, CRs and colours put in or not: always the same histograms. */
static void
in_other_clothes(void **state)
{
	struct rng r = rng_start("clothes");
	struct post_buf plain = { 0 }, text = { 0 };
	unsigned round;

	(void)state;
	for (round = 0; round < 300; round++) {
		struct model m = some_model(&r);
		struct got a = { 0 }, b = { 0 };
		const char *indent = (const char *[]){ "", "    ", "\t" }[below(&r, 3)], *end = below(&r, 2) ? "\r\n" : "\n";
		size_t at, n;

		plain.n = text.n = 0;
		post_puts(&plain, "=== Heading ===\nmin/avg/max: 1/2/3\n");
		put_by_rules(&plain, &m);
		for (at = 0; at < plain.n; at += n + 1) {
			n = (size_t)((char *)memchr(plain.s + at, '\n', plain.n - at) - (plain.s + at));
			post_puts(&text, n > 0 ? indent : "");
			post_puts(&text, below(&r, 5) ? "" : "\033[1;31m");
			post_put(&text, (struct post_str){ plain.s + at, n });
			post_puts(&text, below(&r, 5) ? end : n > 0 ? "\nWARNING: a message\n" : "\n");
		}
		read_text(&a, post_buf_str(&plain));
		read_text(&b, post_buf_str(&text));
		assert_int_equal(a.n, 1);
		assert_int_equal(b.n, 1);
		assert_int_equal(b.reports, 0);
		same_hist(a.hist[0], b.hist[0]);
		check_redrawn(&b, post_buf_str(&plain));
		got_free(&a);
		got_free(&b);
	}
	post_buf_free(&plain);
	post_buf_free(&text);
}

static void
round_trips(void **state)
{
	struct rng r = rng_start("round trips");
	struct post_buf text = { 0 };
	unsigned round;

	(void)state;
	for (round = 0; round < 20000; round++) {
		struct model m = some_model(&r);
		struct got g = { 0 };
		size_t i;

		text.n = 0;
		put_by_rules(&text, &m);
		read_text(&g, post_buf_str(&text));
		assert_int_equal(g.n, 1);
		assert_int_equal(g.reports, 0);
		check_model(g.hist[0], &m);
		check_redrawn(&g, post_buf_str(&text));
		for (i = 1; i < g.hist[0]->n; i++) {	/* buckets follow each other without a hole */
			struct post_hist_bounds a = post_hist_bounds(g.hist[0], i - 1), b = post_hist_bounds(g.hist[0], i);

			assert_true(a.has_last && b.has_low && a.last + 1 == b.low);
		}
		got_free(&g);
	}
	post_buf_free(&text);
}

/* Labels that both kinds have are taken for logarithmic ones; the bytes come back all the same. */
static void
either_kind(void **state)
{
	struct rng r = rng_start("either kind");
	struct post_buf text = { 0 };
	unsigned round;

	(void)state;
	for (round = 0; round < 2000; round++) {
		struct model m = { .linear = true, .interval = 1 + (int64_t)below(&r, 3), .start = (int64_t)below(&r, 7) - 3 };
		uint64_t count[MODEL_ROWS] = { 0 };
		size_t n = 5 + below(&r, 30), i;
		struct got g = { 0 };

		count[1 + below(&r, n - 2)] = 1 + below(&r, 200);
		count[below(&r, n)] += below(&r, 200);
		model_trim(&m, count, n, n);
		text.n = 0;
		put_by_rules(&text, &m);
		read_text(&g, post_buf_str(&text));
		assert_int_equal(g.n, 1);
		assert_int_equal(g.lost, 0);
		check_redrawn(&g, post_buf_str(&text));
		for (i = 0; i < m.n; i++)
			assert_true(g.hist[0]->n == m.n && g.hist[0]->count[i] == m.count[i]);
		got_free(&g);
	}
	post_buf_free(&text);
}

static void
unelided(void **state)
{
	struct got g = { 0 };
	struct post_buf text = { 0 };

	(void)state;
	put_rows(&text, &(struct model){ .first = 0, .n = 12, .count = { 3, [9] = 60 } }, false);
	read_text(&g, post_buf_str(&text));
	assert_int_equal(g.n, 1);
	check_redrawn(&g, post_buf_str(&text));
	got_free(&g);
	post_buf_free(&text);
}

#define HEAD "value |-------------------------------------------------- count\n"
#define ROW(label, bar, count) label " |" bar count "\n"
#define B0 "                                                   "

static void
what_is_wrong(void **state)
{
	static const struct { const char *text, *report; bool lost; uint64_t line, total; size_t hists; } wrong[] = {
		{ HEAD "    0 |" B0 "0\n    1 |" B0 "0\n    2 |@@ " B0 "9\n    4 |" B0 "0\n    8 |" B0 "0\n\n", "contradicts", false, 4, 9, 1 },
		{ HEAD "    1 |@" B0 "1\n    2 |" B0 "0\n    4 |@" B0 "1\n", "cut behind", true, 4, 2, 1 },
		{ HEAD "    0 |@" B0 "1\n    1 |" B0 "0\n    3 |" B0 "0\n    2 |" B0 "0\n    4 |" B0 "0\n\n", "does not fit", true, 4, 1, 1 },
		{ HEAD "    1 |@" B0 "18446744073709551616\n    2 |" B0 "0\n    4 |" B0 "0\n\n", "too large", true, 2, 0, 1 },
		{ HEAD "    1 |@" B0 "1\n    2 |" B0 "0\n    4 |", "without its count", true, 4, 1, 1 },
		{ HEAD "    1 |@" B0 "10\n    2 |" B0 " 0\n    4 |" B0 "0", "is cut", true, 4, 10, 1 },
		{ "    1 |@" B0 "1\n    2 |" B0 "0\n    4 |" B0 "0\n\n", "without its head", true, 1, 0, 0 },
		{ HEAD "\n", "without rows", true, 1, 0, 0 },
		{ HEAD "    1 |@" B0 "18446744073709551615\n    2 |@" B0 "1\n    4 |" B0 "0\n\n", "pass", true, 1, 0, 0 },
		{ HEAD "99999999999999999999 |@" B0 "1\n    2 |" B0 "0\n    4 |" B0 "0\n\n", "too large", true, 2, 0, 1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(wrong); i++) {
		struct got g = { 0 };

		read_text(&g, post_str_of(wrong[i].text));
		if (g.reports != 1 || strstr(g.said, wrong[i].report) == NULL)
			print_error("%zu: \"%s\"\n", i, g.said);
		assert_int_equal(g.n, wrong[i].hists);
		assert_int_equal(g.reports, 1);
		assert_non_null(strstr(g.said, wrong[i].report));
		assert_int_equal(g.line, wrong[i].line);
		assert_int_equal(g.lost > 0, wrong[i].lost);
		if (g.n > 0)
			assert_int_equal(g.hist[0]->total, wrong[i].total);
		got_free(&g);
	}
}

static void
sums(void **state)
{
	struct rng r = rng_start("sums");
	struct post_buf text = { 0 };
	unsigned round, added = 0;

	(void)state;
	for (round = 0; round < 5000; round++) {
		struct model m = some_model(&r), o = some_model(&r);
		struct got g = { 0 };
		struct post_hist *a;
		size_t i, k;

		if (below(&r, 2) == 0) {
			o = m;
			o.count[below(&r, o.n)] += below(&r, 100);
		}
		text.n = 0;
		put_by_rules(&text, &m);
		put_by_rules(&text, &o);
		read_text(&g, post_buf_str(&text));
		assert_int_equal(g.n, 2);
		a = post_hist_copy(g.hist[0]);
		if (post_hist_fit(a, g.hist[1]) && post_hist_add(a, g.hist[1]) == 0) {
			added++;
			assert_true(post_hist_fit(g.hist[1], g.hist[0]));
			assert_true(a->total == g.hist[0]->total + g.hist[1]->total);
			for (i = 0; i < a->n; i++) {
				struct post_hist_bounds at = post_hist_bounds(a, i);
				uint64_t sum = 0;

				for (k = 0; k < 2; k++)
					sum += count_at(g.hist[k], &at);
				assert_true(a->count[i] == sum);
			}
		}
		post_hist_free(a);
		got_free(&g);
	}
	assert_true(added > 1000);
	post_buf_free(&text);
}

static void
percentiles(void **state)
{
	struct got g = { 0 };
	struct post_buf text = { 0 };
	const struct post_hist *h;

	(void)state;
	put_by_rules(&text, &(struct model){ .linear = true, .start = 10, .interval = 5, .n = 5, .under = true, .over = true,
	    .buckets = 5, .count = { 50, 0, 40, 9, 1 } });
	read_text(&g, post_buf_str(&text));
	h = g.hist[0];
	text.n = 0;
	post_hist_put_percentile(&text, h, 50);
	post_puts(&text, "; ");
	post_hist_put_percentile(&text, h, 51);
	post_puts(&text, "; ");
	post_hist_put_percentile(&text, h, 99);
	post_puts(&text, "; ");
	post_hist_put_percentile(&text, h, 100);
	same(post_buf_str(&text), "p50 < 10; p51 in [15, 20); p99 in [20, 25); p100 >= 25");
	got_free(&g);
	post_buf_free(&text);
}

static void
records(void **state)
{
	struct got g = { 0 };

	(void)state;
	read_text(&g, BYTES("=== Top 10 file reads ===\n#1: 10 times, 720 bytes reads in file a b.html.\n"
	    "[Tue May 14 12:29:15 2013 PDT] ACK backlog queue is overflown: 129 > 128\n"
	    "[1368560000] epoll loop blocked for 15ms (file IO: 7ms)\n[1] epoll loop blocked for 2ms\n"
	    "[1] epoll loop blocked for 2m\n#1: x times\n"));
	assert_int_equal(g.records, 4);
	assert_int_equal(g.sum_a, 10 + 129 + 15 + 2);
	assert_int_equal(g.sum_b, 720 + 128 + 7);
	same(post_buf_str(&g.names), "a b.html|Tue May 14 12:29:15 2013 PDT|1368560000|1|");
	assert_int_equal(g.reports, 0);
	got_free(&g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(head_and_stats), cmocka_unit_test(orders_and_units), cmocka_unit_test(in_other_clothes),
		cmocka_unit_test(round_trips), cmocka_unit_test(either_kind),
		cmocka_unit_test(unelided), cmocka_unit_test(what_is_wrong), cmocka_unit_test(sums),
		cmocka_unit_test(percentiles), cmocka_unit_test(records),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
