/* SPDX-License-Identifier: BSD-2-Clause */
/* Load biases by vote: what each kind of frame says, and hostile files and frames. */
#include "support.h"
#include "../sym/place.h"

enum { PAGE = 4096, MANY = 300000 };

static struct post_placed out[16];

/* A file of a few functions by hand, at pages 1 to 4 of an image of six. */
struct row {
	const char	*name;
	uint64_t	addr;
};

static struct post_span whole = { .lo = 0, .hi = 0x6000, .align = PAGE }, text = { .lo = 0x1000, .hi = 0x4800 };

static struct post_object
by_hand(enum post_object_type type, bool full, const struct row *row, size_t n)
{
	struct post_object o = { .type = type, .span = &whole, .n_span = 1, .code = &text, .n_code = 1, .image_size = 0x6000,
	    .full_symbols = full };

	for (size_t i = 0; i < n; i++)
		post_symtab_add(&o.symtab, post_str_of(row[i].name), row[i].addr, 0);
	post_symtab_ready(&o.symtab);
	return o;
}

static const struct row plain[] = {
	{ "one", 0x1000 }, { "two", 0x1230 }, { "twin", 0x1300 }, { "versioned@V1", 0x1400 }, { "versioned@@V2", 0x1450 },
	{ "twin", 0x2300 }, { "also", 0x2380 }, { "three", 0x3010 }, { "data", 0x5000 }
};

#define BIAS UINT64_C(0x7f1234560000)

static struct post_sighting
frame(const char *name, uint64_t addr, uint64_t offset, uint64_t size)
{
	return (struct post_sighting){ .addr = addr, .name = post_str_of(name), .offset = offset, .size = size,
	    .has_offset = true, .has_size = size != 0 };
}

static enum post_verdict
placed(const struct post_object *o, const struct post_sighting *seen, size_t n, bool force)
{
	struct post_placement p;
	enum post_verdict v;

	post_place(o, seen, n, force, out, &p);
	v = p.verdict;
	post_placement_free(&p);
	return v;
}

static void
is_at(size_t i, uint64_t link)
{
	assert_int_equal(out[i].how, POST_PLACED);
	assert_int_equal(out[i].link, link);
}

static void
single_frames(void **state)
{
	struct post_object o = by_hand(POST_OBJECT_DYN, true, plain, ROWS(plain));
	static const struct {
		const char		*name;
		uint64_t		 link, offset, size, bias;
		enum post_verdict	 verdict;
		enum post_placing	 how;
	} rows[] = {
		{ "one", 0x1010, 0x10, 0x230, BIAS, POST_VERDICT_TRACED, POST_PLACED },
		{ "two", 0x1230, 0, 0xd0, BIAS, POST_VERDICT_TRACED, POST_PLACED },	/* behind a call that does not return */
		{ "versioned", 0x1458, 8, 0xeb0, BIAS, POST_VERDICT_UNSURE, POST_UNPLACED_NO_BIAS },	/* of two symbols */
		{ "one", 0x1010, 0x10, 0x230, BIAS + 16, POST_VERDICT_OTHER, POST_UNPLACED_DIFFERS },	/* not moved by pages */
		{ "one", 0x1010, 0x10, 0x220, BIAS, POST_VERDICT_OTHER, POST_UNPLACED_DIFFERS },	/* of another size */
		{ "one", 0x1010, 0x10, 0x300, BIAS, POST_VERDICT_UNSURE, POST_UNPLACED_NO_BIAS },	/* two was not known there */
		{ "one", 0x1010, 0x10, 0, BIAS, POST_VERDICT_UNSURE, POST_UNPLACED_NO_BIAS },
		{ "data", 0x5010, 0x10, 0, BIAS, POST_VERDICT_OTHER, POST_UNPLACED_DIFFERS },	/* not code */
		{ "twin", 0x1304, 4, 0x100, BIAS, POST_VERDICT_UNSURE, POST_UNPLACED_NO_BIAS },	/* the same */
		{ "none", 0x1304, 4, 0x100, BIAS, POST_VERDICT_UNSURE, POST_UNPLACED_NO_BIAS },
		/* round the end of memory */
		{ "one", 0x1010, 0x10, 0x230, -UINT64_C(0x3000), POST_VERDICT_OTHER, POST_UNPLACED_DIFFERS },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct post_sighting s = frame(rows[i].name, rows[i].link + rows[i].bias, rows[i].offset, rows[i].size);

		assert_int_equal(placed(&o, &s, 1, false), rows[i].verdict);
		if (rows[i].how == POST_PLACED)
			is_at(0, rows[i].link);
		else
			assert_int_not_equal(out[0].how, POST_PLACED);
	}
	post_symtab_free(&o.symtab);
}

/* Two images that lie over each other are of two processes, when so many names say so that it is no chance. */
static void
overlapping_processes(void **state)
{
	struct post_object o = by_hand(POST_OBJECT_DYN, true, plain, ROWS(plain));
	struct post_sighting seen[] = {
		frame("one", BIAS + 0x1010, 0x10, 0x230),
		frame("two", BIAS + 0x1234, 4, 0xd0),
		frame("also", BIAS + 0x2390, 0x10, 0xc90),
		frame("three", BIAS + 0x3020, 0x10, 0x1ff0),
		frame("one", BIAS + 0x2000 + 0x1010, 0x10, 0x230),
		frame("two", BIAS + 0x2000 + 0x1234, 4, 0xd0),
		frame("also", BIAS + 0x2000 + 0x2390, 0x10, 0xc90),
		frame("three", BIAS + 0x2000 + 0x3020, 0x10, 0x1ff0),
		{ .addr = BIAS + 0x3020 },	/* of either */
	};

	(void)state;
	assert_int_equal(placed(&o, seen, ROWS(seen), false), POST_VERDICT_TRACED);
	for (size_t i = 0; i < 8; i++)
		is_at(i, seen[i].addr - (i < 4 ? BIAS : BIAS + 0x2000));
	assert_int_equal(out[8].how, POST_UNPLACED_AMBIGUOUS);
	assert_int_equal(placed(&o, seen, 7, false), POST_VERDICT_TRACED);
	for (size_t i = 0; i < 7; i++)
		assert_int_equal(out[i].how == POST_PLACED, i < 4);
	post_symtab_free(&o.symtab);
}

static void
frames_together(void **state)
{
	struct post_object o = by_hand(POST_OBJECT_DYN, true, plain, ROWS(plain));
	struct post_sighting seen[] = {
		frame("one", BIAS + 0x1010, 0x10, 0x230),
		frame("twin", BIAS + 0x2304, 4, 0x80),
		frame("versioned@V1", BIAS + 0x1404, 4, 0x50),
		frame("", BIAS + 0x3020, 0x3020, 0x6000),	/* as module+offset */
		frame("", BIAS + 0x3020, 0x2020, 0x6000),	/* of a mapping that begins elsewhere */
		frame("std::vector<int>::f(int)", BIAS + 0x3020, 0x10, 0x1ff0),
		{ .addr = BIAS + 0x3020 },
		{ .addr = BIAS + 0x5020 },			/* not code */
		{ .addr = BIAS + 0x7000 },			/* not there */
	};
	struct post_placement p;
	uint64_t lo, hi;
	size_t at = 0;

	(void)state;
	assert_int_equal(placed(&o, seen, ROWS(seen), false), POST_VERDICT_TRACED);
	is_at(0, 0x1010);
	is_at(1, 0x2304);
	is_at(2, 0x1404);
	is_at(3, 0x3020);
	assert_int_equal(out[4].how, POST_UNPLACED_DIFFERS);
	is_at(5, 0x3020);
	is_at(6, 0x3020);
	assert_int_equal(out[7].how, POST_UNPLACED_OUTSIDE);
	assert_int_equal(out[8].how, POST_UNPLACED_OUTSIDE);
	/* One that contradicts, and nothing is placed by its address alone any more. */
	seen[4] = frame("two", BIAS + 0x1250, 0x10, 0xd0);
	assert_int_equal(placed(&o, seen, ROWS(seen), false), POST_VERDICT_TRACED);
	is_at(0, 0x1010);
	for (size_t i = 1; i < ROWS(seen); i++)
		assert_int_not_equal(out[i].how, POST_PLACED);
	post_place(&o, seen, ROWS(seen), true, out, &p);
	is_at(4, 0x1250);
	assert_int_equal(post_place_bare(&p, BIAS + 0x1250).link, 0x1250);
	assert_true(post_place_extent(&p, &at, &lo, &hi) && lo == BIAS + o.span[0].lo && hi == BIAS + o.span[0].hi);
	assert_false(post_place_extent(&p, &at, &lo, &hi));
	assert_int_equal(p.named, 4);
	assert_int_equal(p.agree, 3);
	assert_int_equal(p.against, 1);
	post_placement_free(&p);
	/* More that do, and it is another file. */
	seen[1] = frame("three", BIAS + 0x3020, 0, 0);
	seen[2] = frame("also", BIAS + 0x3020, 4, 0xc80);
	assert_int_equal(placed(&o, seen, ROWS(seen), false), POST_VERDICT_OTHER);
	assert_int_not_equal(out[0].how, POST_PLACED);
	assert_int_equal(placed(&o, seen, ROWS(seen), true), POST_VERDICT_OTHER);
	is_at(0, 0x1010);
	post_symtab_free(&o.symtab);
}

/* Frames that say which symbol each votes for, where symbols of another choice are known. */
static void
other_choices(void **state)
{
	static const struct row few[] = { { "one", 0x1000 }, { "three", 0x3010 } };
	struct post_object o = by_hand(POST_OBJECT_DYN, false, few, ROWS(few)), all;
	const struct post_sighting seen[] = {
		frame("one", BIAS + 0x1010, 0x10, 0x230),
		frame("three", BIAS + 0x3020, 0x10, 0x100),
		frame("local", BIAS + 0x1300, 4, 0x60),
		{ .addr = BIAS + 0x3080 },
	}, fewer[] = {
		frame("one", BIAS + 0x2010, 0x1010, 0x2010),
		frame("three", BIAS + 0x4020, 0x1010, 0),
	};

	(void)state;
	assert_int_equal(placed(&o, seen, ROWS(seen), false), POST_VERDICT_LIKELY);
	is_at(0, 0x1010);
	is_at(1, 0x3020);
	assert_int_equal(out[2].how, POST_UNPLACED_DIFFERS);
	is_at(3, 0x3080);
	all = by_hand(POST_OBJECT_DYN, true, plain, ROWS(plain));
	assert_int_equal(placed(&all, fewer, ROWS(fewer), false), POST_VERDICT_LIKELY);
	is_at(0, 0x2010);
	is_at(1, 0x4020);
	post_symtab_free(&o.symtab);
	post_symtab_free(&all.symtab);
}

static void
without_names(void **state)
{
	struct post_object o = by_hand(POST_OBJECT_DYN, true, plain, ROWS(plain));
	struct post_sighting s[] = { frame("", BIAS + 0x1010, 0x1010, 0x6000), frame("", 4 * BIAS + 0x1010, 0x1010, 0x6000) };

	(void)state;
	assert_int_equal(placed(&o, s, 2, false), POST_VERDICT_LIKELY);
	is_at(0, 0x1010);
	is_at(1, 0x1010);
	s[0].size = 0x7000;
	assert_int_equal(placed(&o, s, 1, false), POST_VERDICT_UNSURE);
	assert_int_equal(placed(&o, s, 1, true), POST_VERDICT_UNSURE);
	is_at(0, 0x1010);
	s[0].size = 0x4000;	/* the code does not go in */
	assert_int_equal(placed(&o, s, 1, true), POST_VERDICT_UNSURE);
	assert_int_equal(out[0].how, POST_UNPLACED_NO_BIAS);
	assert_int_equal(placed(&o, NULL, 0, false), POST_VERDICT_UNSURE);
	post_symtab_free(&o.symtab);
}

static void
fixed_programs(void **state)
{
	struct post_object o = by_hand(POST_OBJECT_EXEC, true, plain, ROWS(plain));
	struct post_sighting s = frame("one", 0x1010, 0x10, 0x230);

	(void)state;
	assert_int_equal(placed(&o, &s, 1, false), POST_VERDICT_TRACED);
	is_at(0, 0x1010);
	s.addr += PAGE;
	assert_int_equal(placed(&o, &s, 1, false), POST_VERDICT_OTHER);
	assert_int_equal(out[0].how, POST_UNPLACED_DIFFERS);
	assert_int_equal(placed(&o, &s, 1, true), POST_VERDICT_OTHER);
	is_at(0, 0x2010);
	s = (struct post_sighting){ .addr = 0x1010 };
	assert_int_equal(placed(&o, &s, 1, false), POST_VERDICT_UNSURE);
	assert_int_equal(out[0].how, POST_UNPLACED_NO_BIAS);
	assert_int_equal(placed(&o, &s, 1, true), POST_VERDICT_UNSURE);
	is_at(0, 0x1010);
	post_symtab_free(&o.symtab);
}

/* One name thousands of times, at all pages, in frames of all pages: nobody can tell, and soon. */
static void
hostile_names(void **state)
{
	static struct post_span far = { .hi = UINT64_MAX / 2, .align = PAGE };
	const size_t counts[] = { 200, 20000 };
	struct post_sighting *seen = calloc(MANY, sizeof *seen);
	struct post_placed *to = calloc(MANY, sizeof *to);

	(void)state;
	for (size_t k = 0; k < ROWS(counts); k++) {
		struct post_object o = { .type = POST_OBJECT_DYN, .span = &far, .n_span = 1, .code = &far, .n_code = 1,
		    .full_symbols = true };
		struct post_placement p;

		for (size_t i = 0; i < counts[k]; i++)
			post_symtab_add(&o.symtab, BYTES("same"), i * PAGE, 0);
		post_symtab_ready(&o.symtab);
		for (size_t i = 0; i < MANY; i++)
			seen[i] = frame("same", i * PAGE + 1, 1, PAGE);
		post_place(&o, seen, MANY, false, to, &p);
		assert_int_equal(p.n_bias, 0);
		assert_int_equal(p.verdict, POST_VERDICT_UNSURE);
		post_placement_free(&p);
		post_symtab_free(&o.symtab);
	}
	free(seen);
	free(to);
}

/* Each frame for a bias of its own, heavier and heavier, all over each other; and the same far apart. */
static void
hostile_biases(void **state)
{
	static struct post_span wide = { .hi = UINT64_C(1) << 40, .align = 1 };
	struct post_sighting *seen = calloc(MANY, sizeof *seen);
	struct post_placed *to = calloc(MANY, sizeof *to);
	struct post_object o = { .type = POST_OBJECT_DYN, .span = &wide, .n_span = 1, .code = &wide, .n_code = 1 };
	struct post_arena names = { 0 };
	struct post_placement p;
	char name[16];

	(void)state;
	for (size_t i = 0; i < 1000; i++) {
		snprintf(name, sizeof name, "f%zu", i);
		post_symtab_add(&o.symtab, post_keep(&names, post_str_of(name)), i, 0);
	}
	post_symtab_ready(&o.symtab);
	for (size_t far = 0; far < 2; far++) {
		for (size_t i = 0; i < MANY; i++) {
			const struct post_symbol *s = &o.symtab.symbol[i % 999];
			size_t bias = i % 999 * (i / 999 % 300);

			seen[i] = (struct post_sighting){ .addr = s->addr + (far ? i * (wide.hi + 1) : bias), .name = s->name,
			    .size = 1, .has_offset = true, .has_size = true };
		}
		post_place(&o, seen, far ? MANY / 300 : MANY, false, to, &p);
		assert_true(far ? p.n_bias == MANY / 300 : p.n_bias <= 1);
		post_placement_free(&p);
	}
	post_symtab_free(&o.symtab);
	post_drop(&names);
	free(seen);
	free(to);
}

/* Spans that lie, or lie over each other; symbols of no span; code of no size. */
static void
hostile_objects(void **state)
{
	struct post_span spans[] = { { .lo = 0, .hi = 0 }, { .lo = 9, .hi = 3 }, { .lo = 0, .hi = UINT64_MAX },
		{ .lo = 0x1000, .hi = 0x2000 }, { .lo = 0x1000, .hi = 0x2000, .align = 3 } };
	struct rng r = rng_start("hostile objects");

	(void)state;
	for (unsigned k = 0; k < 20000; k++) {
		struct post_object o = { .type = (enum post_object_type)below(&r, 3), .span = spans, .n_span = below(&r, 6), .code = spans,
		    .n_code = below(&r, 6), .first_page = below(&r, 2) * rng(&r), .image_size = below(&r, 0x3000),
		    .full_symbols = below(&r, 2) };
		struct post_sighting seen[4];
		struct post_placement p;

		for (size_t i = below(&r, 9); i > 0; i--)
			post_symtab_add(&o.symtab, below(&r, 2) ? BYTES("a") : BYTES("b"), below(&r, 4) ? below(&r, 0x2000) : rng(&r),
			    (uint32_t)below(&r, 6));
		post_symtab_ready(&o.symtab);
		for (size_t i = 0; i < ROWS(seen); i++)
			seen[i] = frame(below(&r, 2) ? "a" : below(&r, 2) ? "b" : "", below(&r, 4) ? below(&r, 0x3000) : rng(&r),
			    below(&r, 4) ? below(&r, 100) : rng(&r), below(&r, 2) ? below(&r, 200) : rng(&r));
		post_place(&o, seen, ROWS(seen), below(&r, 2), out, &p);
		post_place_bare(&p, below(&r, 0x3000));
		post_placement_free(&p);
		post_symtab_free(&o.symtab);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(single_frames),
		cmocka_unit_test(overlapping_processes),
		cmocka_unit_test(frames_together),
		cmocka_unit_test(other_choices),
		cmocka_unit_test(without_names),
		cmocka_unit_test(fixed_programs),
		cmocka_unit_test(hostile_names),
		cmocka_unit_test(hostile_biases),
		cmocka_unit_test(hostile_objects),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
