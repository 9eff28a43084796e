/* SPDX-License-Identifier: BSD-2-Clause */
/* What stap said: each message once, with how often, of whom and where first, whatever order it comes in. */
#include "support.h"
#include "../trace/said.h"

static struct post_said said;
static struct post_buf colour;

static int
forget(void **state)
{
	(void)state;
	post_said_free(&said);
	post_buf_free(&colour);
	return 0;
}

static void
add_to(struct post_said *s, const char *line, uint64_t seq, uint64_t at, bool aside)
{
	struct post_place place = { .seq = seq, .line = at };

	post_said_add(s, post_str_of(line), &colour, &place, aside);
}

static void
add(const char *line, uint64_t at)
{
	add_to(&said, line, 0, at, false);
}

static const struct post_said_one *
one(enum post_finding_id id, const char *subject)
{
	for (uint32_t i = 0; i < said.names.n; i++)
		if (post_said_id(&said, i) == id && post_str_eq(said.one[i].subject, post_str_of(subject)))
			return &said.one[i];
	fail_msg("no %s of \"%s\"", post_finding_name(id), subject);
	return NULL;
}

#define MISSING(module)	"WARNING: Missing unwind data for a module, rerun with 'stap -d " module "'"

static void
by_subject(void **state)
{
	(void)state;
	add(MISSING("/lib/a.so"), 9);
	add(MISSING("/lib/b.so"), 7);
	add(MISSING("/lib/a.so"), 3);
	assert_int_equal(said.names.n, 2);
	assert_int_equal(one(POST_FOUND_MISSING_UNWIND, "/lib/a.so")->n, 2);
	assert_int_equal(one(POST_FOUND_MISSING_UNWIND, "/lib/a.so")->first.line, 3);
	assert_int_equal(one(POST_FOUND_MISSING_UNWIND, "/lib/b.so")->n, 1);
	add("no message", 1);
	add("Pass 5: starting run.", 2);
	assert_int_equal(said.names.n, 2);
}

static void
sums(void **state)
{
	(void)state;
	add("WARNING: Number of errors: 3, skipped probes: 40", 1);
	add("WARNING: Number of errors: 2, skipped probes: 2", 2);
	assert_int_equal(one(POST_FOUND_SKIPPED_PROBES, "")->sum, 42);
	assert_int_equal(one(POST_FOUND_SCRIPT_ERRORS, "")->sum, 5);
	assert_int_equal(one(POST_FOUND_SCRIPT_ERRORS, "")->n, 2);
	add("WARNING: Skipped due to low stack: 18446744073709551615", 3);
	add("WARNING: Skipped due to low stack: 2", 4);
	assert_true(one(POST_FOUND_LOW_STACK, "")->sum == UINT64_MAX);
}

static void
whom(void **state)
{
	(void)state;
	add("WARNING: Tracing 7 (/bin/b) in user-space only...", 5);
	assert_true(said.begun && !said.ended && said.named && said.pid == 7);
	add("WARNING: Tracing 8 (/bin/a)...", 2);	/* it stood before */
	add("WARNING: Tracing 9 (/bin/c)...", 9);
	assert_int_equal(said.pid, 8);
	same(said.program, "/bin/a");
	add("WARNING: Time's up. Quitting now...(it may take a while)", 10);
	assert_true(said.ended);
	assert_int_equal(said.names.n, 0);
}

/* Tools that do not announce their end have none to miss. */
static void
named_only(void **state)
{
	(void)state;
	add("Start tracing 7 (/opt/nginx/sbin/nginx)", 1);
	assert_true(said.named && !said.begun);
	assert_int_equal(said.pid, 7);
}

static void
merged(void **state)
{
	struct post_said other = { 0 };

	(void)state;
	add(MISSING("/lib/a.so"), 9);
	add_to(&said, "WARNING: Tracing 7 (/bin/b)...", 3, 1, false);
	add_to(&other, MISSING("/lib/a.so"), 0, 4, false);
	add_to(&other, MISSING("/lib/c.so"), 0, 5, false);
	add_to(&other, "WARNING: Tracing 8 (/bin/a)...", 2, 1, false);
	add_to(&other, "WARNING: Time's up. Quitting now...", 2, 2, false);
	post_said_merge(&said, &other);
	post_said_free(&other);
	assert_int_equal(one(POST_FOUND_MISSING_UNWIND, "/lib/a.so")->n, 2);
	assert_int_equal(one(POST_FOUND_MISSING_UNWIND, "/lib/a.so")->first.line, 4);
	assert_int_equal(one(POST_FOUND_MISSING_UNWIND, "/lib/c.so")->n, 1);
	assert_true(said.begun && said.ended && said.pid == 8);
	same(said.program, "/bin/a");
}

/* A place in the trace is told rather than one in a file of messages that was read behind it. */
static void
aside(void **state)
{
	(void)state;
	add("ERROR: MAXACTION exceeded near x", 90);
	add_to(&said, "ERROR: MAXACTION exceeded near x", 0, 2, true);
	add_to(&said, "ERROR: probe overhead exceeded threshold", 0, 3, true);
	assert_false(one(POST_FOUND_MAX_ACTION, "")->aside);
	assert_int_equal(one(POST_FOUND_MAX_ACTION, "")->first.line, 90);
	assert_int_equal(one(POST_FOUND_MAX_ACTION, "")->n, 2);
	assert_true(one(POST_FOUND_OVERLOAD, "")->aside);
}

/* Memory does not follow what a broken run repeats with other names. */
static void
many_subjects(void **state)
{
	char text[128];
	uint64_t n = 0;

	(void)state;
	for (uint64_t i = 0; i < 3 * POST_SAID_MAX; i++) {
		snprintf(text, sizeof text, MISSING("/lib/%llu.so"), (unsigned long long)i);
		add(text, i + 1);
	}
	assert_true(said.names.n <= POST_SAID_MAX + 1);
	for (uint32_t i = 0; i < said.names.n; i++)
		n += said.one[i].n;
	assert_int_equal(n, 3 * POST_SAID_MAX);
	assert_int_equal(one(POST_FOUND_MISSING_UNWIND, "")->n, 2 * POST_SAID_MAX);
}

static void
long_subject(void **state)
{
	struct post_buf b = { 0 };

	(void)state;
	post_puts(&b, "ERROR: ");
	for (int i = 0; i < 5000; i++)
		post_putc(&b, 'x');
	add(b.s, 1);
	assert_int_equal(said.one[0].subject.n, 1024);
	post_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(by_subject, forget),
		cmocka_unit_test_teardown(sums, forget),
		cmocka_unit_test_teardown(whom, forget),
		cmocka_unit_test_teardown(named_only, forget),
		cmocka_unit_test_teardown(merged, forget),
		cmocka_unit_test_teardown(aside, forget),
		cmocka_unit_test_teardown(many_subjects, forget),
		cmocka_unit_test_teardown(long_subject, forget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
