/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as a baseline: refused, or written and read again the same; and then compared without harm. */
#include <stdlib.h>
#include "../diff/baseline.h"
#include "../diff/diff.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static int
read_lines(struct post_baseline *b, struct post_runs *runs, struct post_str s)
{
	struct post_str line;
	struct post_err err;

	while (post_next_line(&s, &line))
		if (post_baseline_line(b, runs, line, &err) == -1)
			return -1;
	return post_baseline_end(b, runs, &err);
}

static struct post_buf
written(const struct post_baseline *b, const struct post_runs *runs)
{
	struct post_out out = { .fd = -1 };

	post_baseline_write(runs, 0, b->rules, b->work, b->sigma, &out);
	return out.buf;
}

static void
must(bool right)
{
	if (!right)
		abort();
}

/* Every second run is one after. */
static void
compare(struct post_runs *runs)
{
	struct post_diff_conf conf;
	struct post_diff d;
	double sum = 0;

	for (size_t i = 0; i < runs->n; i += 2)
		runs->run[i].side = POST_AFTER;
	post_diff_defaults(&conf);
	post_diff(&d, runs, &conf, NULL, 0);
	for (size_t i = 0; i < d.funcs; i++) {
		must(d.func[i].seen.p >= 0 && d.func[i].seen.p <= 1 && d.func[i].seen.q >= d.func[i].seen.p);
		sum += d.func[i].seen.after;
	}
	must(sum >= 0);
	must(d.verdict != POST_FAIL || d.gated > 0);
	post_diff_free(&d);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct post_baseline one = { 0 }, two = { 0 };
	struct post_runs runs = { 0 }, again = { 0 };
	struct post_buf first = { 0 }, second = { 0 };

	if (read_lines(&one, &runs, (struct post_str){ (const char *)data, n }) == 0) {
		first = written(&one, &runs);
		must(read_lines(&two, &again, post_buf_str(&first)) == 0);
		second = written(&two, &again);
		must(post_str_eq(post_buf_str(&first), post_buf_str(&second)));
		if (runs.n > 1)
			compare(&runs);
	}
	post_buf_free(&first);
	post_buf_free(&second);
	post_runs_free(&runs);
	post_runs_free(&again);
	post_baseline_free(&one);
	post_baseline_free(&two);
	return 0;
}
