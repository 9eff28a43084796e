/* SPDX-License-Identifier: BSD-2-Clause */
/* Two profiles in one picture: words, marks, the table, and what the sides are called. */
#include "support.h"
#include <expat.h>
#include "picture.h"
#include "table-read.h"

/* What the library asks. */
struct asked {
	const struct post_names	*names;
	const char		*no;	/* a name, of frames that have not changed */
	struct post_buf		 log;
};

static bool
is_significant(void *arg, const uint32_t *path, size_t n)
{
	struct asked *a = arg;
	size_t i;

	for (i = 0; i < n; i++) {
		post_puts(&a->log, i > 0 ? ";" : "");
		post_put(&a->log, post_name(a->names, path[i]));
	}
	post_putc(&a->log, '\n');
	return a->no == NULL || !post_str_eq(post_name(a->names, path[n - 1]), post_str_of(a->no));
}

/* Lines "STACK WIDE BEFORE AFTER". */
static void
plant_three(struct post_tree *t, struct post_names *names, const char *lines)
{
	uint32_t frame[64];

	*t = (struct post_tree){ .names = names };
	for (; *lines != '\0'; lines += strcspn(lines, "\n") + 1) {
		const char *end = lines + strcspn(lines, "\n"), *s = lines;
		struct post_count after = last_count(lines, &end), before = last_count(lines, &end), wide = last_count(lines, &end);
		size_t n = 0;

		for (; s < end; n++) {
			size_t len = strcspn(s, ";") < (size_t)(end - s) ? strcspn(s, ";") : (size_t)(end - s);

			frame[n] = post_intern(names, (struct post_str){ s, len });
			s += len + (s + len < end);
		}
		assert_int_equal(post_tree_add_compared(t, frame, n, wide, before, after), 0);
	}
}

/* The document of a comparison, which a parser can read. */
static char *
drawn(const char *lines, struct post_svg_opts *o, struct post_compare *c, struct asked *asked)
{
	struct post_names names = { 0 };
	struct post_out out = memory();
	XML_Parser p = XML_ParserCreate(NULL);
	struct post_tree t;
	struct post_err err;
	char *doc;

	plant_three(&t, &names, lines);
	o->compare = c;
	if (asked != NULL) {
		asked->names = &names;
		c->significant = is_significant;
		c->arg = asked;
	}
	assert_int_equal(post_svg_write(&t, o, &out, &err), 0);
	post_tree_free(&t);
	post_names_free(&names);
	doc = written(&out);
	if (XML_Parse(p, doc, (int)strlen(doc), 1) != XML_STATUS_OK)
		fail_msg("%s in:\n%.4000s", XML_ErrorString(XML_GetErrorCode(p)), doc);
	XML_ParserFree(p);
	return doc;
}

static const char *const lines =
    "main;grown 10 5 10\nmain;grown;inner 1 0.5 1\nmain;kept;leaf 60 60 58\nmain;gone 20 20 0\nmain;new 11 0 11\nmain;rest 19.5 14.5 20\n";

static struct post_compare
sides(void)
{
	return (struct post_compare){ .before_name = "main.bt", .after_name = "pr.bt", .before = 100, .after = 100 };
}

static void
titles(void **state)
{
	struct post_svg_opts o = bare();
	struct post_compare c = sides();
	struct asked asked = { .no = "kept" };
	char *doc = drawn(lines, &o, &c, &asked);

	(void)state;
	has(doc, "<title>all (base 100.00%, new 100.00%, 0.00 points, 0.0%)</title>");
	has(doc, "<title>main (base 100.00%, new 100.00%, 0.00 points, 0.0%)</title>");
	has(doc, "<title>grown (base 5.50%, new 11.00%, +5.50 points, +100.0%; self +5.00 points)</title>");
	has(doc, "<title>inner (base 0.50%, new 1.00%, +0.50 points, +100.0%)</title>");
	has(doc, "<title>new (base 0.00%, new 11.00%, +11.00 points, new)</title>");
	has(doc, "<title>gone (base 20.00%, new 0.00%, -20.00 points, gone, -100.0%)</title>");
	has(doc, "<title>leaf (base 60.00%, new 58.00%, -2.00 points, -3.3%; not significant)</title>");
	post_buf_free(&asked.log);
	free(doc);
}

static void
small_changes_have_no_sign(void **state)
{
	struct post_svg_opts o = bare();
	struct post_compare c = sides();
	char *doc;

	(void)state;
	c.before = c.after = 1e6;
	doc = drawn("a;b 500000 500000 499999\na 500000 500000 500001\n", &o, &c, NULL);
	has(doc, "<title>b (base 50.00%, new 50.00%, 0.00 points, 0.0%)</title>");
	has(doc, "<title>a (base 100.00%, new 100.00%, 0.00 points, 0.0%)</title>");
	free(doc);
}

static void
work_is_told_per_unit(void **state)
{
	struct post_svg_opts o = bare();
	struct post_compare c = sides();
	char *doc;

	(void)state;
	c.work = true;
	c.before = 8;
	c.after = 10;
	doc = drawn("a;b 10 10 20\na;c 5 5 0\na;d 9 0.004 9000\n", &o, &c, NULL);
	has(doc, "<title>b (base 1.250, new 2.000, +0.750 per unit, +60.0%)</title>");
	has(doc, "<title>c (base 0.6250, new 0.0000, -0.6250 per unit, gone, -100.0%)</title>");
	has(doc, "<title>d (base 0.0, new 900.0, +900.0 per unit, +179999900.0%)</title>");
	has(doc, ">more: +900.1 samples per unit</text>");
	free(doc);
}

/* The markup of the first frame with this title. */
static char *
group_of(const char *doc, const char *title)
{
	const char *at = strstr(doc, title);

	assert_non_null(at);
	return strndup(at, (size_t)(strstr(at, "</g>") - at));
}

static void
in_group(const char *doc, const char *title, const char *what, bool there)
{
	char *group = group_of(doc, title);

	if ((strstr(group, what) != NULL) != there)
		fail_msg("%s %s in %s", there ? "no" : "a", what, group);
	free(group);
}

static void
marks(void **state)
{
	struct post_svg_opts o = bare();
	struct post_compare c = sides();
	struct asked asked = { .no = "kept" };
	char *doc;

	(void)state;
	o.id_prefix = "x-";
	doc = drawn(lines, &o, &c, &asked);
	has(doc, "<pattern id=\"x-new\" ");
	in_group(doc, "<title>new (", "fill=\"url(#x-new)\"", true);
	in_group(doc, "<title>new (", "dasharray", false);
	in_group(doc, "<title>gone (", "fill=\"none\" stroke=\"#fff\" stroke-width=\"1\" stroke-dasharray=\"4 2\"", true);
	in_group(doc, "<title>gone (", "fill=\"#1a5fb4\"", true);
	in_group(doc, "<title>gone (", "url(", false);
	in_group(doc, "<title>grown (", "<path", false);
	in_group(doc, "<title>leaf (", "fill=\"#d2d2d2\"", true);
	in_group(doc, "<title>main (", "fill=\"#fff\"", true);
	has(doc, ">less: -20.00 points</text>");
	has(doc, ">more: +20.00 points</text>");
	has(doc, ">not significant</text>");
	has(doc, ">gone</text>");
	free(doc);
	o.height = 4;
	doc = drawn(lines, &o, &c, NULL);
	has_not(doc, "<path\n");
	free(doc);
	o.height = 16;
	o.width = 60;
	doc = drawn(lines, &o, &c, NULL);
	in_group(doc, "<title>new (", "<path", false);		/* 3.6 px */
	in_group(doc, "<title>gone (", "<path", true);
	free(doc);
	post_buf_free(&asked.log);
}

static void
nothing_to_colour(void **state)
{
	struct post_svg_opts o = bare();
	struct post_compare c = sides();
	struct asked asked = { .no = "a" };
	char *doc = drawn("a 5 4 5\n", &o, &c, &asked);

	(void)state;
	has_not(doc, ">less:");
	has(doc, ">not significant</text>");
	has(doc, "fill=\"#d2d2d2\"");
	post_buf_free(&asked.log);
	free(doc);
}

/* Once for all frames of an edge, and not for what is neither drawn nor in the table. */
static void
what_is_asked(void **state)
{
	const char *stacks = "a;b;c 50 1 2\na;b;d;e;f 50 1 2\nz;y;x;w 0.001 1 2\n";
	struct post_svg_opts o = bare();
	struct post_compare c = sides();
	struct asked asked = { 0 };
	char *doc = drawn(stacks, &o, &c, &asked);

	(void)state;
	assert_string_equal(asked.log.s, "a\na;b;c\na;b;d\n");
	free(doc);
	asked.log.n = 0;
	o.bare = false;
	doc = drawn(stacks, &o, &c, &asked);
	assert_string_equal(asked.log.s, "a\na;b;c\na;b;d\nz\n");
	free(doc);
	post_buf_free(&asked.log);
}

static void
sides_are_named(void **state)
{
	struct post_svg_opts o = bare();
	struct post_compare c = sides();
	char *doc, longer[1001];

	(void)state;
	doc = drawn("a 5 4 5\n", &o, &c, NULL);
	has(doc, "sides\" x=\"600\" y=\"48\" text-anchor=\"middle\"><tspan>base: main.bt</tspan><tspan dx=\"2em\">new: pr.bt</tspan></text>");
	free(doc);
	o.subtitle = "below";
	doc = drawn("a 5 4 5\n", &o, &c, NULL);
	has(doc, "sides\" x=\"600\" y=\"72\"");
	free(doc);
	memset(longer, 'x', 1000);
	memcpy(longer, "first", 5);
	memcpy(longer + 996, "last", 5);
	c.after_name = longer;
	doc = drawn("a 5 4 5\n", &o, &c, NULL);
	has(doc, "<tspan>base: main.bt</tspan>");
	has(doc, "new: firstxxx");
	has(doc, "xxx..xxx");
	has(doc, "xxxlast</tspan>");
	assert_true(strstr(doc, "xlast</tspan>") - strstr(doc, "new: first") < 200);
	free(doc);
	c.before_name = longer;
	o.width = 300;
	doc = drawn("a 5 4 5\n", &o, &c, NULL);
	has(doc, "<tspan>base: firs..xlast</tspan><tspan dx=\"2em\">new: firs..xlast</tspan>");
	free(doc);
}

static void
hostile_names(void **state)
{
	const char *evil = "</text><script>]]>\"'&\xff\x01\xe2\x80\xae--";
	struct post_svg_opts o;
	struct post_compare c = sides();
	char *doc;

	(void)state;
	post_svg_defaults(&o);
	c.before_name = c.after_name = evil;
	doc = drawn("a 5 4 5\n", &o, &c, NULL);
	has(doc, "<tspan>base: &lt;/text&gt;&lt;script&gt;]]&gt;&quot;'&amp;\xef\xbf\xbd\xe2\x90\x81\xef\xbf\xbd--</tspan>");
	assert_null(strstr(strstr(doc, "<script>") + 1, "<script>"));
	free(doc);
}

static void
bad_sides(void **state)
{
	static const double bad[] = { 0, -1, 1e300 };
	struct post_svg_opts o = bare();
	struct post_compare c = sides();
	struct post_err err;
	size_t i;

	(void)state;
	o.compare = &c;
	assert_int_equal(post_svg_check(&o, &err), 0);
	for (i = 0; i < 2 * sizeof bad / sizeof *bad; i++) {
		c = sides();
		*(i % 2 ? &c.before : &c.after) = bad[i / 2];
		assert_int_equal(post_svg_check(&o, &err), -1);
		assert_int_equal(err.code, POST_EUSAGE);
	}
}

static uint32_t
no_color(void *arg, uint32_t name)
{
	(void)arg;
	(void)name;
	return 0;
}

static bool
only_deep(void *arg, uint32_t edge, const struct post_frame *f)
{
	(void)arg;
	(void)edge;
	return f->depth > 1;
}

static void
table(void **state)
{
	struct post_table_conf conf = { .limit = UINT64_MAX, .color = no_color, .significant = only_deep };
	struct post_names names = { 0 };
	struct post_buf text = { 0 };
	struct read_table read;
	struct post_table t;
	struct post_tree tree;

	(void)state;
	plant_three(&tree, &names, "a 1.5 2 0.25\na;b 4 0 7\nc 2 3 0\n");
	post_table_write(&tree, &conf, &text, &t);
	read_table(post_buf_str(&text), &read);
	assert_int_equal(read.n, 4);
	assert_true(read.node[1].own == 150 && read.node[1].before == 200 && read.node[1].after == 25 && read.node[1].mark == 0);
	assert_true(read.node[2].own == 400 && read.node[2].before == 0 && read.node[2].after == 700 && read.node[2].mark == 1);
	assert_true(read.node[3].own == 200 && read.node[3].before == 300 && read.node[3].after == 0 && read.node[0].mark == 0);
	read_table_free(&read);
	post_table_free(&t);
	post_buf_free(&text);
	post_tree_free(&tree);
	post_names_free(&names);
}

/* Small neighbours are one "(N more)", which has the sums of both sides. */
static void
sums(void **state)
{
	struct post_svg_opts o;
	struct post_compare c = sides();
	struct post_buf b = { 0 };
	char *doc;
	unsigned i;

	(void)state;
	post_puts(&b, "a 1000 500 500\n");
	for (i = 0; i < 20000; i++)
		post_putf(&b, "b;f%u;g%u 1 2 3\n", i * 7919, i);
	post_svg_defaults(&o);
	o.minwidth = 1;
	o.full_limit = 1024;
	c.before = 40500;
	c.after = 60500;
	doc = drawn(b.s, &o, &c, NULL);
	has(doc, " more) (base 98.");
	has(doc, "of the width) are in the file, only as sums");
	free(doc);
	post_buf_free(&b);
}

static void
other_pictures_have_none_of_it(void **state)
{
	struct post_svg_opts o;
	char *doc;
	int both;

	(void)state;
	post_svg_defaults(&o);
	o.no_script = true;
	for (both = 0; both < 2; both++) {
		doc = draw_any(both ? "a 5 6\n" : "a 5\n", &o, both);
		has_not(doc, "<pattern");
		has_not(doc, "sides\"");
		has_not(doc, "not significant");
		free(doc);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(titles),
		cmocka_unit_test(small_changes_have_no_sign),
		cmocka_unit_test(work_is_told_per_unit),
		cmocka_unit_test(marks),
		cmocka_unit_test(nothing_to_colour),
		cmocka_unit_test(what_is_asked),
		cmocka_unit_test(sides_are_named),
		cmocka_unit_test(hostile_names),
		cmocka_unit_test(bad_sides),
		cmocka_unit_test(table),
		cmocka_unit_test(sums),
		cmocka_unit_test(other_pictures_have_none_of_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
