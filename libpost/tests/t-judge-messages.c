/* SPDX-License-Identifier: BSD-2-Clause */
/* From an account to findings in what stap said. */
#include "support.h"
#include "judging.h"

static void
skipped_and_faults(void **state)
{
	(void)state;
	good(1000);
	say("WARNING: Number of errors: 0, skipped probes: 10");
	has(F(SKIPPED_PROBES), POST_BIASED);
	good(1000);
	say("WARNING: Number of errors: 0, skipped probes: 9");
	has(F(SKIPPED_PROBES), POST_INFO);
	assert_null(post_findings_get(&found, F(SCRIPT_ERRORS)));
	say("WARNING: Number of errors: 2, skipped probes: 1");
	has(F(SKIPPED_PROBES), POST_BIASED);
	assert_int_equal(post_findings_get(&found, F(SCRIPT_ERRORS))->value, 2);
	for (int n = 99; n <= 100; n++) {
		good(1000);
		for (int i = 0; i < n; i++)
			say("WARNING: user string copy fault -14 at 0x6369641a [man error::fault]");
		has(F(USER_STRING_FAULT), n < 100 ? POST_INFO : POST_BIASED);
	}
}

static void
with_stacks_and_without(void **state)
{
	static const struct {
		const char		*line;
		enum post_finding_id	 id;
		enum post_severity	 with, without;
	} rows[] = {
		{ "ERROR: MAXACTION exceeded near x", F(MAX_ACTION), POST_PARTIAL, POST_FATAL },
		{ "ERROR: Array overflow, check MAXMAPENTRIES near identifier 'bts' at <input>:1:1", F(ARRAY_OVERFLOW), POST_PARTIAL, POST_FATAL },
		{ "ERROR: Skipped too many probes, check MAXSKIPPED", F(MAX_SKIPPED), POST_PARTIAL, POST_FATAL },
		{ "ERROR: probe overhead exceeded threshold", F(OVERLOAD), POST_PARTIAL, POST_FATAL },
		{ "WARNING: There were 3 transport failures.", F(TRANSPORT_FAILURES), POST_PARTIAL, POST_FATAL },
		{ "Pass 5: run failed.  [man error::pass5]", F(RUN_FAILED), POST_PARTIAL, POST_FATAL },
		{ "ERROR: unheard of", F(OTHER_ERROR), POST_PARTIAL, POST_FATAL },
		{ "WARNING: unheard of", F(OTHER_WARNING), POST_INFO, POST_INFO },
		{ "WARNING: Skipped due to reentrancy: 19", F(REENTRANCY), POST_INFO, POST_BIASED },
		{ "WARNING: Skipped due to reentrancy: 20", F(REENTRANCY), POST_BIASED, POST_BIASED },
		{ "WARNING: Skipped due to global 'bts' lock timeout: 20", F(LOCK_TIMEOUT), POST_BIASED, POST_BIASED },
		{ "WARNING: Skipped due to low stack: 19", F(LOW_STACK), POST_INFO, POST_BIASED },
		{ "WARNING: probe x (address 0x1) registration error (rc -22)", F(NOT_PLACED), POST_BIASED, POST_FATAL },
		{ "WARNING: Missing unwind data for a module, rerun with 'stap -d /lib/b.so'", F(MISSING_UNWIND), POST_SHALLOW, POST_SHALLOW },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		good(2000);
		say(rows[i].line);
		has(rows[i].id, rows[i].with);
		assert_int_equal(found.n, 1);
		assert_int_equal(found.v[0].first.line, 4);
		say(rows[i].line);
		has(rows[i].id, rows[i].without);
		assert_non_null(post_findings_get(&found, F(NO_STACKS)));
	}
}

/* Several messages of a kind are one finding, which names them all, or as many as one can read. */
static void
one_finding_of_many_messages(void **state)
{
	const struct post_finding *f;

	(void)state;
	good(2000);
	say("WARNING: Missing unwind data for a module, rerun with 'stap -d stap_9c06a36d86727c27ca7267a58004402_4120'");
	has(F(MISSING_UNWIND), POST_INFO);	/* the tracer itself */
	good(2000);
	for (int i = 0; i < 12; i++)
		post_putf(&text, "WARNING: Missing unwind data for a module, rerun with 'stap -d /lib/%c.so'\n", 'a' + i % 11);
	f = get(F(MISSING_UNWIND));
	assert_non_null(f);
	assert_int_equal(f->n, 11);
	assert_string_equal(f->subject,
	    "/lib/a.so, /lib/b.so, /lib/c.so, /lib/d.so, /lib/e.so, /lib/f.so, /lib/g.so, /lib/h.so, ...");
	good(2000);
	say("WARNING: Skipped due to reentrancy: 7");
	say("WARNING: Skipped due to reentrancy: 2");
	assert_int_equal(get(F(REENTRANCY))->value, 9);
}

static void
ends(void **state)
{
	static const char begun[] = "WARNING: Tracing 7 (/bin/a) in user-space only...", up[] = "WARNING: Time's up. Quitting now...";

	(void)state;
	good(2000);
	say(begun);
	has(F(NO_END), POST_INFO);
	good(2000);
	say(begun);
	say(up);
	has_not(F(NO_END));
	good(2000);
	has_not(F(NO_END));
	say(begun);
	say("WARNING: No backtraces found. Quitting now...");
	has_not(F(NO_END));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(skipped_and_faults, begin, forget),
		cmocka_unit_test_setup_teardown(with_stacks_and_without, begin, forget),
		cmocka_unit_test_setup_teardown(one_finding_of_many_messages, begin, forget),
		cmocka_unit_test_setup_teardown(ends, begin, forget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
