/* SPDX-License-Identifier: BSD-2-Clause */
/* Ids of pictures that may stand in one page, and the XML declaration. */
#include "support.h"
#include "picture.h"

/* The prefix of the ids in the picture of LINES, to be freed. */
static char *
prefix_of(const char *lines, const struct post_svg_opts *o, bool both)
{
	char *doc = draw_any(lines, o, both), *id = strstr(doc, "linearGradient id=\""), *prefix;

	assert_non_null(id);
	id += strlen("linearGradient id=\"");
	prefix = strndup(id, (size_t)(strstr(id, "background") - id));
	free(doc);
	return prefix;
}

static void
is_another(const struct post_svg_opts *o, const char *lines, bool both, const char *known)
{
	char *other = prefix_of(lines, o, both);

	if (strcmp(other, known) == 0)
		fail_msg("the same prefix for %s", lines);
	free(other);
}

static void
follow_from_the_content(void **state)
{
	struct post_svg_opts o;
	char *one, *again;

	(void)state;
	post_svg_defaults(&o);
	one = prefix_of("a;b 40\na;c 70\n", &o, false);
	again = prefix_of("a;b 40\na;c 70\n", &o, false);
	assert_string_equal(one, again);
	assert_int_equal(strncmp(one, "bt-", 3), 0);
	is_another(&o, "a;b 40\na;c 71\n", false, one);
	is_another(&o, "a;b 40\na;d 70\n", false, one);
	free(one);
	one = prefix_of("a;b 1 2\n", &o, true);
	is_another(&o, "a;b 9 2\n", true, one);
	free(one);
	free(again);
}

#define DIFFERS(member, value) do {			\
	struct post_svg_opts other = o;			\
	other.member = value;				\
	is_another(&other, "a;b 40\na;c 70\n", false, one);	\
} while (0)

static void
follow_from_the_options(void **state)
{
	struct post_svg_opts o;
	char *one;

	(void)state;
	post_svg_defaults(&o);
	one = prefix_of("a;b 40\na;c 70\n", &o, false);
	DIFFERS(hash, true);
	DIFFERS(fontsize, 20);
	DIFFERS(minwidth, 0.01);
	DIFFERS(fluid, true);
	DIFFERS(factor, 2);
	DIFFERS(search_color, "red");
	DIFFERS(no_script, true);
	DIFFERS(nametype, "X:");
	DIFFERS(no_full, true);
	DIFFERS(notes, "x");
	DIFFERS(cut_left, true);
	DIFFERS(title, "x");
	DIFFERS(subtitle, "x");
	DIFFERS(theme, POST_AUTO);
	free(one);
}

static void
as_wanted(void **state)
{
	struct post_svg_opts o;
	char *doc;

	(void)state;
	post_svg_defaults(&o);
	o.id_prefix = "x.";
	o.encoding = "utf-8";
	doc = draw("a 1\n", &o);
	has(doc, "encoding=\"utf-8\"?>");
	has(doc, "id=\"x.background\"");
	has(doc, "id=\"x.title\"");
	has(doc, "url(#x.background)");
	free(doc);
	o.encoding = "ISO-8859-1\"?>";
	doc = draw("a 1\n", &o);
	has(doc, "encoding=\"UTF-8\"?>");
	free(doc);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(follow_from_the_content), cmocka_unit_test(follow_from_the_options), cmocka_unit_test(as_wanted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
