/* SPDX-License-Identifier: BSD-2-Clause */
/* Which histograms belong together: panels, sums, and what is too much for them. */
#include <inttypes.h>
#include <sys/mman.h>
#include <unistd.h>
#include "support.h"
#include "hist.h"
#include "../hist/svg.h"

/* A linear histogram of HEADING with N buckets of width 10, each of COUNT; an UNDER one in front. */
static struct post_hist *
linear(const char *heading, int64_t start, size_t n, bool under, uint64_t count)
{
	struct post_hist *h = post_resize(NULL, 1, sizeof *h);
	size_t i;

	*h = (struct post_hist){ .kind = POST_HIST_LINEAR, .start = start, .interval = 10, .under = under, .n = n, .bar_width = 50,
	    .total = n * count, .line = 1 };
	post_hist_keep_strings(h, post_str_of(heading), POST_STR("us"), POST_STR(""));
	h->count = post_resize(NULL, n, sizeof *h->count);
	for (i = 0; i < n; i++)
		h->count[i] = count;
	return h;
}

static const char *
name(const void *arg, uint32_t file)
{
	(void)arg;
	return file == 0 ? "first" : file == 1 ? "second" : "other";
}

/* The picture of S, to be freed; with an empty one *ERR says why. */
static struct post_buf
draw(const struct post_hist_set *s, struct post_err *err)
{
	struct post_hist_svg conf = { .width = 960, .name = name };
	struct post_out out = { .fd = memfd_create("svg", MFD_CLOEXEC) };
	struct post_buf doc = { 0 };
	off_t n;

	if (post_hist_svg_write(&out, s, &conf, err) == 0) {
		post_out_flush(&out);
		n = lseek(out.fd, 0, SEEK_CUR);
		post_buf_grow(&doc, (size_t)n);
		assert_int_equal(pread(out.fd, doc.s, (size_t)n, 0), n);
		doc.s[doc.n = (size_t)n] = '\0';
	}
	close(out.fd);
	post_buf_free(&out.buf);
	return doc;
}

static size_t
count_panels(const struct post_hist_set *s)
{
	struct post_err err = { 0 };
	struct post_buf doc = draw(s, &err);
	const char *p = doc.s;
	size_t n = 0;

	if (doc.n == 0)
		fail_msg("%s", err.msg);
	while ((p = strstr(p, "<g class=\"panel\">")) != NULL) {
		n++;
		p++;
	}
	post_buf_free(&doc);
	return n;
}

static void
widening_has_a_limit(void **state)
{
	struct post_hist *a = linear("W", 0, 5, false, 1), *near = linear("W", (POST_HIST_ROWS - 5) * 10, 5, false, 1),
	    *far = linear("W", (POST_HIST_ROWS - 4) * 10, 5, false, 1), *full = linear("W", 0, POST_HIST_ROWS, false, 1);

	(void)state;
	assert_true(post_hist_fit(a, far));
	assert_int_equal(post_hist_widen(a, far), -1);
	assert_int_equal(post_hist_add(a, far), -1);
	assert_int_equal(a->n, 5);
	assert_int_equal(a->total, 5);
	assert_int_equal(post_hist_widen(full, near), 0);
	assert_int_equal(full->n, POST_HIST_ROWS);
	assert_int_equal(post_hist_add(a, near), 0);
	assert_int_equal(a->n, POST_HIST_ROWS);
	assert_true(a->total == 10 && a->count[4] == 1 && a->count[5] == 0 && a->count[POST_HIST_ROWS - 1] == 1);
	post_hist_free(a);
	post_hist_free(near);
	post_hist_free(far);
	post_hist_free(full);
}

/* Each fits the other in pairs, but not all three together. */
static void
a_panel_holds_what_fits_together(void **state)
{
	static const struct { size_t n, first; int64_t start; } rows[] = {
		{ 5, 0, 0 }, { 5, 0, 30000 }, { 5, 2, -30000 }, { POST_HIST_ROWS, 3, -500000 }, { 3, 0, 40000 }, { 3, 2, -29990 }
	};
	struct post_hist_set s = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++)
		post_hist_set_add(&s, linear("W", rows[i].start, rows[i].n, false, 7), (uint32_t)i);
	for (i = 0; i < ROWS(rows); i++)
		assert_int_equal(s.run[i].panel, rows[i].first == 0 ? 0 : rows[i].first - 1);
	assert_int_equal(count_panels(&s), 3);
	post_hist_set_free(&s);
}

/* A set that someone else made is no reason to read beyond its buckets. */
static void
no_panel_of_what_is_too_wide(void **state)
{
	struct post_hist_set s = { .single = true };
	struct post_err err = { 0 };

	(void)state;
	post_hist_set_add(&s, linear("W", 0, 5, false, 1), 0);
	post_hist_set_add(&s, linear("W", 50000, 5, false, 1), 1);
	assert_int_equal(s.npanel, 2);
	s.run[1].panel = 0;
	s.npanel = 1;
	assert_int_equal(draw(&s, &err).n, 0);
	assert_int_equal(err.code, POST_ELIMIT);
	assert_non_null(strstr(err.msg, "4096 buckets"));
	post_hist_set_free(&s);
}

static void
panels_by_turns(void **state)
{
	struct post_hist_set s = { 0 };
	uint32_t i;

	(void)state;
	for (i = 0; i < 6; i++)
		post_hist_set_add(&s, linear("S", i % 2 ? 10 : 0, 5, true, 1), i);
	for (i = 0; i < 6; i++)
		assert_int_equal(s.run[i].panel, i % 2);
	assert_int_equal(count_panels(&s), 2);
	post_hist_set_free(&s);
}

static void
sums_by_turns(void **state)
{
	struct post_hist_set s = { .sum = true };
	uint32_t i;

	(void)state;
	for (i = 0; i < 6; i++)
		post_hist_set_add(&s, linear("S", i % 2 ? 10 : 0, 5, true, 1), i / 2);
	assert_int_equal(s.n, 2);
	assert_int_equal(s.apart[POST_HIST_OTHER], 1);
	for (i = 0; i < 2; i++) {
		assert_int_equal(s.run[i].hist->total, 15);
		assert_int_equal(s.run[i].nfile, 3);
	}
	post_hist_set_free(&s);
}

static void
sums_that_are_too_much(void **state)
{
	struct post_hist_set s = { .sum = true };
	int64_t i;

	(void)state;
	post_hist_set_add(&s, linear("V", 0, 2, false, UINT64_MAX / 2), 0);
	post_hist_set_add(&s, linear("V", 0, 2, false, 1), 0);
	assert_int_equal(s.apart[POST_HIST_OVER], 1);
	post_hist_set_add(&s, linear("V", 0, 1, false, 1), 0);	/* to the first, which has room for it */
	assert_int_equal(s.n, 2);
	assert_true(s.run[0].hist->total == UINT64_MAX);
	post_hist_set_add(&s, linear("V", 90000, 2, false, 0), 0);
	assert_int_equal(s.apart[POST_HIST_WIDE], 1);
	assert_int_equal(s.n, 3);
	for (i = 0; i < POST_HIST_SUMS + 2; i++)
		post_hist_set_add(&s, linear("M", 10 * i, 5, true, 1), 0);
	assert_int_equal(s.n, 3 + POST_HIST_SUMS + 2);
	assert_int_equal(s.apart[POST_HIST_OTHER], POST_HIST_SUMS - 1);
	assert_int_equal(s.apart[POST_HIST_MANY], 2);
	post_hist_set_add(&s, linear("M", 0, 5, true, 1), 0);
	assert_int_equal(s.n, 3 + POST_HIST_SUMS + 2);
	post_hist_set_free(&s);
}

/* What is joined to an extent is what fits to all that were. */
static void
extents_are_as_pairs(void **state)
{
	struct rng r = rng_start("extents");
	unsigned round, joined = 0;

	(void)state;
	for (round = 0; round < 20000; round++) {
		struct post_hist *h[3];
		struct post_hist_extent all;
		bool fit = true;
		size_t i, k;

		for (i = 0; i < 3; i++) {
			h[i] = linear("E", 10 * (int64_t)below(&r, 3), 2 + below(&r, 3), below(&r, 2), 1);
			h[i]->over = below(&r, 3) == 0;
		}
		all = post_hist_extent(h[0]);
		for (i = 1; i < 3 && fit; i++) {
			struct post_hist_extent e = post_hist_extent(h[i]);

			for (k = 0; k < i; k++)
				fit &= post_hist_fit(h[k], h[i]);
			assert_int_equal(post_hist_join(&all, &e), fit ? 0 : -1);
		}
		joined += fit;
		for (i = 0; i < 3; i++)
			post_hist_free(h[i]);
	}
	assert_true(joined > 500);
}

static void
too_many_panels(void **state)
{
	struct post_hist_set s = { .single = true };
	struct post_err err = { 0 };
	int i;

	(void)state;
	for (i = 0; i <= POST_HIST_PANELS; i++)
		post_hist_set_add(&s, linear("P", 0, 2, false, 1), 0);
	assert_int_equal(draw(&s, &err).n, 0);
	assert_int_equal(err.code, POST_ELIMIT);
	assert_non_null(strstr(err.msg, "over 1000 histograms"));
	post_hist_set_free(&s);
}

static void
ids_of(const char *heading, char id[static 64])
{
	struct post_hist_set s = { 0 };
	struct post_err err;
	struct post_buf doc;
	const char *at;

	post_hist_set_add(&s, linear(heading, 0, 3, false, 1), 0);
	doc = draw(&s, &err);
	assert_non_null(at = strstr(doc.s, "<title id=\""));
	assert_int_equal(sscanf(at, "<title id=\"%63[^\"]", id), 1);
	assert_non_null(strstr(strstr(doc.s, "aria-labelledby=\""), id));
	post_buf_free(&doc);
	post_hist_set_free(&s);
}

static void
ids_of_two_pictures_differ(void **state)
{
	char a[64], b[64], again[64];

	(void)state;
	ids_of("A", a);
	ids_of("B", b);
	ids_of("A", again);
	assert_string_not_equal(a, b);
	assert_string_equal(a, again);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(widening_has_a_limit), cmocka_unit_test(a_panel_holds_what_fits_together),
		cmocka_unit_test(no_panel_of_what_is_too_wide), cmocka_unit_test(panels_by_turns), cmocka_unit_test(sums_by_turns),
		cmocka_unit_test(sums_that_are_too_much), cmocka_unit_test(extents_are_as_pairs), cmocka_unit_test(too_many_panels),
		cmocka_unit_test(ids_of_two_pictures_differ),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
