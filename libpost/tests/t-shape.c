/* SPDX-License-Identifier: BSD-2-Clause */
/* The shapes of a stack: another base, reversed, a chain, and all of these in that order. */
#include "../flame/shape.h"
#include "support.h"

#define BASE(...)	(const char *const []){ __VA_ARGS__ }, sizeof (const char *[]){ __VA_ARGS__ } / sizeof (char *)
#define NO_BASE		NULL, 0

/* Stacks are written with ";" between frames; an empty one is "" and one with an empty frame ";". */
static const struct shaping {
	const char *const	*base;
	size_t			 nbase;
	bool			 reverse, chain;
	const char		*in, *out;	/* out NULL: not drawn */
} shapings[] = {
	{ NO_BASE, 0, 0, "a;b;c;", "a;b;c;" },
	{ NO_BASE, 0, 0, "", "" },
	{ BASE("b"), 0, 0, "a;b;c;", "b;c;" },
	{ BASE("b"), 0, 0, "a;b;c;b;d;", "b;d;" },
	{ BASE("a"), 0, 0, "a;b;c;", "a;b;c;" },
	{ BASE("c"), 0, 0, "a;b;c;", "c;" },
	{ BASE("d"), 0, 0, "a;b;c;", NULL },
	{ BASE("d", "b", "a"), 0, 0, "a;b;c;", "b;c;" },
	{ BASE("b"), 0, 0, "a;bb;b_[k];", NULL },
	{ BASE("b"), 0, 0, "", NULL },
	{ NO_BASE, 1, 0, "a;b;c;", "c;b;a;" },
	{ NO_BASE, 1, 0, ";;a;;b;", "b;;a;" },
	{ NO_BASE, 1, 0, ";;", "" },
	{ NO_BASE, 1, 0, "", "" },
	{ BASE("b"), 1, 0, "a;b;c;d;", "d;c;b;" },
	{ NO_BASE, 0, 1, "a;b;", "a;b;--;" },
	{ NO_BASE, 0, 1, "", "--;" },
	{ NO_BASE, 0, 1, "a;--;b;c;", "a;--;b_[w];c_[w];" },
	{ NO_BASE, 0, 1, "a;--;b;--;c;", "a;--;b_[w];--;c_[w];" },
	{ NO_BASE, 0, 1, "--;a;", "--;a;--;" },
	{ NO_BASE, 0, 1, "a;--;", "a;--;--;" },
	{ NO_BASE, 1, 1, "a;--;b;c;", "c;b;--;a_[w];" },
	{ BASE("a"), 1, 1, "x;a;--;b;c;", "c;b;--;a_[w];" },
	{ BASE("b"), 0, 1, "a;--;b;c;", "b;c;--;" },
};

static size_t
frames_of(struct post_names *names, const char *s, uint32_t *frame)
{
	size_t n = 0;

	for (; *s != '\0'; s += strcspn(s, ";") + 1)
		frame[n++] = post_intern(names, (struct post_str){ s, strcspn(s, ";") });
	return n;
}

static void
check(const struct shaping *row)
{
	struct post_names names = { 0 };
	struct post_shape s = { .names = &names, .base = row->base, .nbase = row->nbase, .reverse = row->reverse, .chain = row->chain };
	uint32_t in[16], kept[16];
	size_t n = frames_of(&names, row->in, in), out = n;
	const uint32_t *got;
	struct post_buf b = { 0 };

	memcpy(kept, in, n * sizeof *in);
	(void)post_shape_stack(&s, in, &out);	/* twice: the first leaves no traces */
	out = n;
	got = post_shape_stack(&s, in, &out);
	assert_int_equal(got == NULL, row->out == NULL);
	for (size_t i = 0; got != NULL && i < out; i++) {
		post_put(&b, post_name(&names, got[i]));
		post_putc(&b, ';');
	}
	if (row->out != NULL)
		same(post_buf_str(&b), row->out);
	assert_memory_equal(in, kept, n * sizeof *in);
	post_buf_free(&b);
	post_shape_free(&s);
	post_names_free(&names);
}

static void
shapes(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(shapings); i++)
		check(&shapings[i]);
}

/* An empty stack may have no frames at all to point to. */
static void
no_frames(void **state)
{
	struct post_names names = { 0 };
	struct post_shape s = { .names = &names };
	size_t n = 0;

	(void)state;
	assert_non_null(post_shape_stack(&s, NULL, &n));
	s.reverse = true;
	assert_non_null(post_shape_stack(&s, NULL, &n));
	assert_int_equal(n, 0);
	s.chain = true;
	assert_non_null(post_shape_stack(&s, NULL, &n));
	assert_int_equal(n, 1);
	post_shape_free(&s);
	post_names_free(&names);
}

/* A reversed reversed stack is the stack, as long as no end is empty. */
static void
back_and_forth(void **state)
{
	struct post_names names = { 0 };
	struct post_shape there = { .names = &names, .reverse = true }, back = there;
	struct rng r = rng_start("shape");
	uint32_t frame[4096];

	(void)state;
	for (char c = 'a'; c <= 'z'; c++)
		(void)post_intern(&names, (struct post_str){ &c, 1 });
	for (int round = 0; round < 200; round++) {
		size_t n = below(&r, ROWS(frame)), m = n;
		const uint32_t *got;

		for (size_t i = 0; i < n; i++)
			frame[i] = (uint32_t)below(&r, names.n);
		got = post_shape_stack(&back, post_shape_stack(&there, frame, &m), &m);
		assert_int_equal(m, n);
		assert_memory_equal(got, frame, n * sizeof *frame);
	}
	post_shape_free(&there);
	post_shape_free(&back);
	post_names_free(&names);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shapes),
		cmocka_unit_test(no_frames),
		cmocka_unit_test(back_and_forth),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
