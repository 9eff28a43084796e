/* SPDX-License-Identifier: BSD-2-Clause */
/* Blocks of a trace that several threads read: their accounts together are that of the whole. */
#include "support.h"
#include "audit.h"

/* A trace of everything: frames, counts, messages, words, and what is broken. */
static void
put_random(struct rng *r, struct post_buf *b)
{
	static const char *const frames[] = {
		" 0x401000 : f+0x1/0x9 [/bin/a]\n", " 0x401010 : g+0x0/0x9 [/bin/a]\n", " 0x7f3a5c200238 : 0x7f3a5c200238 [/lib/b.so+0x238/0x2000]\n",
		" 0xffffffff81000130 : k+0x1/0x9 [kernel]\n", " 0x41f2c3a0 : 0x41f2c3a0\n", " 0 : 0x0\n", " 0x7f3a5c200238 : h+0x1/0x30 [/lib/b.so]\n",
	};
	static const char *const lua[] = { "@a.lua:7\n", "builtin#99\n", "T:@b.lua:1\n", ":28\n", "C:pmain\n" };
	static const char *const others[] = {
		"WARNING: Missing unwind data for a module, rerun with 'stap -d /lib/b.so'\n", "ERROR: MAXACTION exceeded near x\n",
		"WARNING: Number of errors: 1, skipped probes: 7\n", "WARNING: Tracing 7 (/bin/a)...\n", "WARNING: Tracing 8 (/bin/b)...\n",
		"unwind:1490: pc=7f3a5c200225\n", "\t5\n", "\n", "\t-3\n", "WARNING: Time's up. Quitting now...\n", "\t18446744073709551615\n",
	};

	for (size_t stacks = below(r, 40); stacks > 0; stacks--) {
		bool native = below(r, 4) > 0;

		for (size_t n = 1 + below(r, 12); n > 0; n--)
			post_puts(b, native ? frames[below(r, ROWS(frames))] : lua[below(r, ROWS(lua))]);
		if (below(r, 20) > 0)
			post_putf(b, "\t%zu\n", below(r, 100));
		if (below(r, 4) == 0)
			post_puts(b, others[below(r, below(r, 30) > 0 ? ROWS(others) - 1 : ROWS(others))]);
	}
}

static size_t
random_step(void *arg)
{
	return 1 + below(arg, 400);
}

static size_t
random_pick(void *arg)
{
	return below(arg, AUDITORS);
}

static void
blocks_together_are_the_whole(void **state)
{
	struct rng r = rng_start("blocks_together_are_the_whole");

	(void)state;
	for (int i = 0; i < 400; i++) {
		struct post_account whole = { 0 }, parts = { 0 };
		struct post_buf text = { 0 }, want = { 0 }, got = { 0 };

		put_random(&r, &text);
		audit(&whole, post_buf_str(&text));
		audit_parts(&parts, post_buf_str(&text), random_step, random_pick, &r);
		audit_put(&want, &whole);
		audit_put(&got, &parts);
		same_str(post_buf_str(&got), post_buf_str(&want));
		post_account_free(&whole);
		post_account_free(&parts);
		post_buf_free(&text);
		post_buf_free(&want);
		post_buf_free(&got);
	}
}

/* The same when one thread has all blocks, or each has the next. */
static size_t
same_one(void *arg)
{
	(void)arg;
	return 2;
}

static size_t next_one_seen;

static size_t
next_one(void *arg)
{
	(void)arg;
	return next_one_seen++;
}

static size_t
small_step(void *arg)
{
	(void)arg;
	return 1;
}

static void
blocks_of_a_stack_each(void **state)
{
	static const char trace[] = "WARNING: Tracing 7 (/bin/a)...\n 0x401000 : f+0x1/0x9 [/bin/a]\n\t9\n 0x401000 : g+0x1/0x9 [/bin/a]\n\t4\n"
	    " 0x401000 : f+0x1/0x9 [/bin/a]\n\t12\n\t3\n@a.lua:7\n\t2\n 0x401000 : f+0x1/0x9 [/bin/a]\n";
	struct post_account whole = { 0 }, one = { 0 }, turns = { 0 };
	struct post_buf want = { 0 }, got = { 0 };

	(void)state;
	audit(&whole, post_str_of(trace));
	audit_put(&want, &whole);
	assert_int_equal(whole.counts.run[0].rises, 1);
	audit_parts(&one, post_str_of(trace), small_step, same_one, NULL);
	audit_put(&got, &one);
	same_str(post_buf_str(&got), post_buf_str(&want));
	got.n = 0;
	audit_parts(&turns, post_str_of(trace), small_step, next_one, NULL);
	audit_put(&got, &turns);
	same_str(post_buf_str(&got), post_buf_str(&want));
	post_account_free(&whole);
	post_account_free(&one);
	post_account_free(&turns);
	post_buf_free(&want);
	post_buf_free(&got);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_together_are_the_whole),
		cmocka_unit_test(blocks_of_a_stack_each),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
