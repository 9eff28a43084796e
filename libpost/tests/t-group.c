/* SPDX-License-Identifier: BSD-2-Clause */
/* Names of traces: the time and the group that they tell, and the place of their outputs. */
#include "support.h"
#include "../batch/group.h"
#include "../batch/place.h"

static struct post_err err;

enum { DAY = 1795132800 };	/* 2026-11-20 */

static void
times(void **state)
{
	static const struct {
		const char	*name;
		int64_t		 when;	/* seconds behind DAY; -1: none is told */
	} cases[] = {
		{ "2026-11-20", 0 }, { "a/20261120/b.bt", 0 }, { "x-2026-11-20T15:30.bt", 55800 }, { "20261120_1530.bt", 55800 },
		{ "20261120153000", 55800 }, { "202611201530.bt", 55800 }, { "2026-11-20T15-30-07", 55807 }, { "2026-11-20-153007.bt", 55807 },
		{ "2026-11-20-web1.bt", 0 }, { "2026-11-20-1234567.bt", 0 }, { "2026-11-20T2530.bt", 0 }, { "2026-11-20.1530.bt", 0 },
		{ "2026-11-20/2026-11-21", 0 }, { "2026-02-30", -1 }, { "2026-13-01", -1 }, { "20261131", -1 }, { "120261120", -1 },
		{ "202611201", -1 }, { "2026-1120", -1 }, { "1969-12-31", -1 }, { "", -1 }, { "2026-11-2", -1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(post_time_of(post_str_of(cases[i].name), INT64_C(7999999999)), cases[i].when == -1 ? 7 : DAY + cases[i].when);
}

static void
is_group(const char *template, const char *regex, const char *name, const char *want)
{
	struct post_grouping g;
	struct post_buf b = { 0 };

	assert_int_equal(post_grouping_init(&g, template, regex, &err), 0);
	post_puts(&b, "");
	post_put_group(&g, post_str_of(name), 0, &b);
	assert_string_equal(b.s, want);
	post_buf_free(&b);
	post_grouping_free(&g);
}

static void
groups(void **state)
{
	(void)state;
	is_group("{dir}", NULL, "a/b/c.bt", "a/b");
	is_group("{dir}", NULL, "c.bt", ".");
	is_group("{date} {host}", NULL, "20261120/web1.bt.zst", "2026-11-20 web1");
	is_group("{name}", NULL, "a/c.bt.gz", "a/c");
	is_group("{{{{host}}", NULL, "web1.bt", "{{host}}");
	is_group("{{{host}", NULL, "web1.bt", "{web1");
	is_group("{rack}", "(?<rack>r[0-9]+)", "x/r17/a.bt", "r17");
	is_group("{rack}", "(?<rack>r[0-9]+)", "x/a.bt", "");
	is_group("", NULL, "x/a.bt", "");
}

static void
bad_templates(void **state)
{
	static const char *const bad[] = { "{", "{dir", "a{}", "{Dir}", "{dir}{" };
	struct post_grouping g;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(post_grouping_init(&g, bad[i], NULL, &err), -1);
		assert_int_equal(err.code, POST_EUSAGE);
	}
	assert_int_equal(post_grouping_init(&g, "{dir}", "(", &err), -1);
}

static void
is_place(const char *name, const char *want)
{
	struct post_buf b = { 0 };

	post_put_place(&b, "traces", post_str_of(name));
	assert_string_equal(b.s, want);
	post_buf_free(&b);
}

static void
places(void **state)
{
	(void)state;
	is_place("a/b.bt.zst", "traces/a/b.bt.zst");
	is_place(".", "traces/%2E");
	is_place("../x", "traces/%2E./x");
	is_place("-x/.y", "traces/%2Dx/%2Ey");
	is_place("a b\n\xff%", "traces/a%20b%0A%FF%25");
	is_place("a.thumb", "traces/a%2Ethumb");
	is_place("a.thumb/b", "traces/a.thumb/b");
	is_place("a.folded/b.folded", "traces/a%2Efolded/b.folded");
	is_place("a.folded.zst/b.zst", "traces/a.folded%2Ezst/b.zst");
	is_place("a.svg/b.diff", "traces/a%2Esvg/b%2Ediff");
	is_place("a//b", "traces/a/%/b");
	is_place("", "traces/%");
	is_place("/", "traces/%/%");
}

/* What NAME's outputs are called, each and the directories above them, into the table. */
static void
take_paths(struct post_names *files, struct post_names *dirs, const char *name)
{
	struct post_buf b = { 0 };

	for (int packed = 0; packed < 2; packed++)
		for (enum post_output o = 0; o < POST_OUTPUTS; o++) {
			b.n = 0;
			post_put_place(&b, "traces", post_str_of(name));
			for (size_t i = 0; i < b.n; i++)
				if (b.s[i] == '/')
					(void)post_intern(dirs, (struct post_str){ b.s, i });
			post_puts(&b, post_output_ending(o, packed));
			(void)post_intern(files, post_buf_str(&b));
		}
	post_buf_free(&b);
}

/* However names are made of what endings are made of, no output is another's, or is its directory. */
static void
places_of_two(void **state)
{
	static const char *const part[] = { "a", ".bt", ".folded", ".zst", ".svg", ".thumb", ".diff", ".txt", "/", "/b" };
	struct post_names names = { 0 }, files = { 0 }, dirs = { 0 };
	struct rng r = rng_start("place");

	(void)state;
	for (int i = 0; i < 20000; i++) {
		char name[64] = "a";

		for (size_t n = below(&r, 5); n > 0; n--)
			strcat(name, part[below(&r, sizeof part / sizeof *part)]);
		if (strstr(name, "//") == NULL && name[strlen(name) - 1] != '/')
			(void)post_intern(&names, post_str_of(name));
	}
	assert_true(names.n > 1000);
	for (uint32_t i = 0; i < names.n; i++)
		take_paths(&files, &dirs, post_name(&names, i).p);
	/* ".folded", ".folded.zst", and ".svg" and ".thumb.svg" of both forms */
	assert_int_equal(files.n, 4 * names.n);
	for (uint32_t i = 0, before = dirs.n; i < files.n; i++) {
		(void)post_intern(&dirs, post_name(&files, i));
		assert_int_equal(dirs.n, ++before);
	}
	post_names_free(&names);
	post_names_free(&files);
	post_names_free(&dirs);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times), cmocka_unit_test(groups), cmocka_unit_test(bad_templates), cmocka_unit_test(places),
		cmocka_unit_test(places_of_two),
	};

	return cmocka_run_group_tests_name("group", tests, NULL, NULL);
}
