/* SPDX-License-Identifier: BSD-2-Clause */
/* Every finding has a golden case that proves it. */
#include "support.h"
#include "../trace/finding.h"

/* Does the report of a golden case have ID? */
static bool
case_has(struct post_str name, const char *id)
{
	struct post_buf path = { 0 }, out = { 0 }, want = { 0 };
	bool is;

	post_puts(&path, "testdata/bt-check/");
	post_put(&path, name);
	post_puts(&path, "/out");
	if (access(path.s, R_OK) != 0)
		fail_msg("%s is missing", path.s);
	get_file(path.s, &out);
	post_putf(&want, "] %s: ", id);
	is = memmem(out.s, out.n, want.s, want.n) != NULL;
	post_buf_free(&path);
	post_buf_free(&out);
	post_buf_free(&want);
	return is;
}

/* The cases that WORDS names have ID, or have it not.  How many are they? */
static size_t
check_cases(char *words, const char *id, bool have)
{
	size_t n = 0;
	char *rest;

	for (char *w = strtok_r(words, " ", &rest); w != NULL; w = strtok_r(NULL, " ", &rest), n++)
		if (case_has(post_str_of(w), id) != have)
			fail_msg("%s %s", w, have ? "has it not" : "has it");
	return n;
}

static void
every_finding_is_proved(void **state)
{
	struct post_buf list = { 0 };
	bool proved[POST_FINDINGS] = { [POST_FOUND_NOTHING] = true };
	char *rest, *fields;
	int id;

	(void)state;
	get_file("testdata/verdicts/findings.tsv", &list);
	for (char *line = strtok_r(list.s, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
		char *name = strtok_r(line, "\t", &fields), *with = strtok_r(NULL, "\t", &fields), *without = strtok_r(NULL, "\t", &fields);

		if (line[0] == '#')
			continue;
		for (id = 1; id < POST_FINDINGS && strcmp(post_finding_name((enum post_finding_id)id), name) != 0; id++)
			;
		if (id == POST_FINDINGS || proved[id] || with == NULL)
			fail_msg("%s: no finding, or twice, or without a case", name);
		proved[id] = check_cases(with, name, true) > 0;
		if (without != NULL)
			check_cases(without, name, false);
	}
	for (id = 0; id < POST_FINDINGS; id++)
		if (!proved[id])
			fail_msg("%s is not in the list", post_finding_name((enum post_finding_id)id));
	post_buf_free(&list);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_finding_is_proved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
