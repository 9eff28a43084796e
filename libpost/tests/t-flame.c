/* SPDX-License-Identifier: BSD-2-Clause */
/* The picture: geometry, titles, labels, colours, and what may stand in a document. */
#include "picture.h"
#include "../flame/color.h"
#include "../flame/palette.h"
#include "../base/xml.h"

static void
frames_as_flamegraph(void **state)
{
	struct post_svg_opts o = bare();
	char *doc = draw("main;foo 40\nmain;foo;bar 60\n", &o);

	(void)state;
	has(doc, "width=\"1200\" height=\"134\" viewBox=\"0 0 1200 134\"");
	has(doc, "<title>all (100 samples, 100%)</title><rect\nx=\"10\" y=\"85\" width=\"1180\" height=\"15\" fill=\"#d52709\"/></g>");
	has(doc, "<title>main (100 samples, 100.00%)</title><rect\nx=\"10\" y=\"69\" width=\"1180\" height=\"15\" fill=\"#f3b32a\"/><text\nx=\"13\" y=\"79.5\">main</text>");
	has(doc, "<g><title>bar (60 samples, 60.00%)</title><rect\nx=\"482\" y=\"37\" width=\"708\"");
	free(doc);
	o.inverted = 1;
	o.subtitle = "below";
	doc = draw("main;foo 40\nmain;foo;bar 60\n", &o);
	has(doc, ">Icicle Graph</text>");
	has(doc, "height=\"158\"");
	has(doc, "<title>all (100 samples, 100%)</title><rect\nx=\"10\" y=\"60\"");	/* under the subtitle at 48 */
	has(doc, "<title>bar (60 samples, 60.00%)</title><rect\nx=\"482\" y=\"108\"");
	free(doc);
}

static void
labels_are_cut(void **state)
{
	struct post_svg_opts o = bare();
	char *doc = draw("\xe4\xb8\xad\xe6\x96\x87\xe5\x87\xbd\xe6\x95\xb0_[k] 3\nzz 97\n", &o);

	(void)state;
	has(doc, ">\xe4\xb8\xad\xe6\x96\x87\xe5\x87\xbd\xe6\x95\xb0</text>");	/* 35.4 px: five characters */
	has(doc, "<title>\xe4\xb8\xad\xe6\x96\x87\xe5\x87\xbd\xe6\x95\xb0 (3 samples, 3.00%)");
	free(doc);
	doc = draw("\xe4\xb8\xad\xe6\x96\x87\xe5\x87\xbd\xe6\x95\xb0 2\nzz 98\n", &o);
	has(doc, ">\xe4\xb8\xad..</text>");	/* 23.6 px: three */
	free(doc);
	doc = draw("abcdef 1\nzz 99\n", &o);
	has_not(doc, "ab..");
	free(doc);
}

static void
options_change_the_picture(void **state)
{
	struct post_svg_opts o = bare();
	char *doc;

	(void)state;
	o.total = (struct post_count){ 200, 0 };
	o.factor = 2.5;
	o.countname = "ms";
	o.width = 420;
	doc = draw("a 99\nb 1\n", &o);
	has(doc, "<title>all (500 ms, 100%)</title><rect\nx=\"10\" y=\"53\" width=\"400\"");
	has(doc, "<title>a (248 ms, 49.60%)</title><rect\nx=\"10\" y=\"37\" width=\"198\"");	/* 247.5: to even */
	free(doc);
	o = bare();
	o.minwidth = 1;
	o.minwidth_percent = 1;
	doc = draw("a 99\nb;c 1\nd 0\n", &o);
	has(doc, "<title>c (1 samples, 1.00%)");
	has_not(doc, "<title>d ");
	free(doc);
	o.minwidth = 1.01;
	doc = draw("a 99\nb;c 1\nd 0\n", &o);
	has_not(doc, "<title>c (1");
	has(doc, "height=\"102\"");	/* as high as what is drawn */
	free(doc);
}

static void
numbers_keep_their_digits(void **state)
{
	struct post_svg_opts o = bare();
	char *doc;

	(void)state;
	o.minwidth = 0;
	doc = draw("a 18446744073709551614\nb 1\n", &o);
	has(doc, "<title>all (18,446,744,073,709,551,615 samples, 100%)");
	has(doc, "<title>a (18,446,744,073,709,551,614 samples, 100.00%)");
	free(doc);
}

static void
frames_are_not_lost(void **state)
{
	struct post_svg_opts o = bare();
	char *doc;

	(void)state;
	o.minwidth = 0;
	doc = draw("a;x 90\nb;x 0\n", &o);
	has(doc, "<title>x (90 samples, 100.00%)</title><rect\nx=\"10\" y=\"37\" width=\"1180\"");
	has(doc, "<title>x (0 samples, 0.00%)</title><rect\nx=\"1190\" y=\"37\" width=\"0\"");
	free(doc);
	doc = draw("foo 40\nfoo+0x12;bar 60\nfoo;baz 50\n", &o);
	has(doc, "<title>foo (90 samples, 60.00%)");
	has_not(doc, "<title>foo (40");
	free(doc);
}

static void
siblings_as_sort_has_them(void **state)
{
	struct post_svg_opts o = bare();
	char *doc = draw("foo;x 1\nfoo+1;x 2\n", &o);

	(void)state;
	has(doc, "<title>foo+1 (2 samples, 66.67%)</title><rect\nx=\"10\"");	/* "foo+" is before "foo;" */
	free(doc);
	doc = draw("foo 1\nfoo+1 2\n", &o);
	has(doc, "<title>foo (1 samples, 33.33%)</title><rect\nx=\"10\"");	/* "foo " is before "foo+" */
	free(doc);
}

static void
nothing_to_draw(void **state)
{
	struct post_svg_opts o = bare();
	struct post_names names = { 0 };
	struct post_tree t = { .names = &names };
	struct post_out out = memory();
	struct post_err err;
	char *doc;

	(void)state;
	assert_int_equal(post_svg_write(&t, &o, &out, &err), -1);
	assert_int_equal(err.code, POST_EFORMAT);
	assert_string_equal(err.msg, "no stacks found");
	assert_int_equal(out.buf.n, 0);
	post_svg_error(&o, "No stacks <found>", &out);
	doc = written(&out);
	has(doc, ">ERROR: No stacks &lt;found&gt;</text>");
	free(doc);
	post_tree_free(&t);
	post_names_free(&names);
}

static void
options_are_checked(void **state)
{
	struct post_svg_opts o = bare();
	struct post_err err;

	(void)state;
	assert_int_equal(post_svg_check(&o, &err), 0);
	o.colors = "pink";
	assert_int_equal(post_svg_check(&o, &err), -1);
	assert_string_equal(err.msg, "no such palette: \"pink\"; there are hot mem io kind java js perl python rust "
	    "wakeup chain red green blue aqua yellow purple orange");
	o = bare();
	o.bgcolors = "#12345g";
	assert_int_equal(post_svg_check(&o, &err), -1);
	o.bgcolors = "#12345";
	assert_int_equal(post_svg_check(&o, &err), -1);
	o.bgcolors = "#123456";
	assert_int_equal(post_svg_check(&o, &err), 0);
	o.width = 20;
	assert_int_equal(post_svg_check(&o, &err), -1);
	o = bare();
	o.fontsize = 0.0 / (o.fontsize - o.fontsize);
	assert_int_equal(post_svg_check(&o, &err), -1);
	assert_string_equal(err.msg, "fontsize must be over 0 and at most 1000");
}

static uint32_t
color(const char *palette, int hash, const char *name)
{
	struct post_err err;

	return post_color(post_palette(palette, &err), hash, post_str_of(name));
}

static uint32_t
rgb(int r, int g, int b)
{
	return (uint32_t)(r << 16 | g << 8 | b);
}

static void
colors_as_flamegraph(void **state)
{
	(void)state;
	assert_int_equal(color("hot", 0, "foo"), rgb(220, 71, 17));
	assert_int_equal(color("hot", 0, "main"), rgb(243, 179, 42));
	assert_int_equal(color("hot", 0, ""), rgb(213, 39, 9));
	assert_int_equal(color("hot", 0, "\xe4\xb8\xad\xe6\x96\x87"), rgb(233, 128, 30));
	assert_int_equal(color("hot", 0, "-"), rgb(200, 200, 200));
	assert_int_equal(color("java", 1, "--"), rgb(160, 160, 160));
	assert_int_equal(color("hot", 0, "oof"), color("hot", 0, "foo"));
	assert_int_equal(color("hot", 0, "\xff"), color("hot", 0, "\xef\xbf\xbd"));
	assert_int_equal(color("hot", 1, "\xff" "a\x80"), color("hot", 1, "\xef\xbf\xbd" "a\xef\xbf\xbd"));
	assert_int_equal(color("java", 0, "Ljava/x"), color("green", 0, "Ljava/x"));
	assert_int_equal(color("java", 0, "a::b_[k]"), color("yellow", 0, "a::b_[k]"));
	assert_int_equal(color("java", 0, "ab_[k]"), color("orange", 0, "ab_[k]"));
	assert_int_equal(color("js", 0, "a/b.js"), color("green", 0, "a/b.js"));
	assert_int_equal(color("js", 0, ".js/a"), color("red", 0, ".js/a"));
	assert_int_equal(color("perl", 0, "x.pl"), color("green", 0, "x.pl"));
	assert_int_equal(color("chain", 0, "x_[w]y"), color("aqua", 0, "x_[w]y"));
	assert_int_equal(color("python", 0, "f (/a/site-packages/b.py:3)"), color("aqua", 0, "f (/a/site-packages/b.py:3)"));
	assert_int_equal(color("python", 0, "f (C:\\Python3.11\\os.py)"), color("yellow", 0, "f (C:\\Python3.11\\os.py)"));
	assert_int_equal(color("python", 0, "<built-in x>"), color("yellow", 0, "<built-in x>"));
	assert_int_equal(color("python", 0, "a/pythonic/b"), color("red", 0, "a/pythonic/b"));
	assert_int_equal(color("rust", 0, "app`std::rt::x"), color("orange", 0, "app`std::rt::x"));
	assert_int_equal(color("rust", 0, "<alloc::vec::Vec<T>>::x"), color("orange", 0, "<alloc::vec::Vec<T>>::x"));
	assert_int_equal(color("rust", 0, "<core::future::from_generator::GenFuture<T> as x>::poll"),
	    color("aqua", 0, "<core::future::from_generator::GenFuture<T> as x>::poll"));
	assert_int_equal(color("rust", 0, "main"), color("yellow", 0, "main"));
	assert_int_equal(color("io", 1, "lib`foo") >> 16, color("io", 1, "other`foo") >> 16);	/* the module does not count */
}

static void
text_stays_text(void **state)
{
	struct post_buf b = { 0 };

	(void)state;
	post_xml_text(&b, POST_STR("<a b=\"c\">&\t\n\x01\x1b\x7f" "\xff\xc2\x85\xef\xbf\xbe'\xf0\x9f\x98\x80\0."));
	assert_string_equal(b.s, "&lt;a b=&quot;c&quot;&gt;&amp;\xe2\x90\x89\xe2\x90\x8a\xe2\x90\x81\xe2\x90\x9b\xe2\x90\xa1"
	    "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd'\xf0\x9f\x98\x80\xe2\x90\x80.");
	b.n = 0;
	post_xml_text(&b, POST_STR("\xe2\x80\xa9\xe2\x80\xaa\xe2\x80\xae\xe2\x80\xaf\xe2\x81\xa5\xe2\x81\xa6\xe2\x81\xa9\xe2\x81\xaa"));
	assert_string_equal(b.s, "\xe2\x80\xa9\xef\xbf\xbd\xef\xbf\xbd\xe2\x80\xaf\xe2\x81\xa5\xef\xbf\xbd\xef\xbf\xbd\xe2\x81\xaa");
	b.n = 0;
	post_xml_comment(&b, POST_STR("\xe2\x80\xae" "a--b---"));
	assert_string_equal(b.s, "\xef\xbf\xbd" "a- -b- - - ");
	post_buf_free(&b);
}

static size_t
count_of(const char *doc, const char *what)
{
	size_t n = 0;

	for (; (doc = strstr(doc, what)) != NULL; doc += strlen(what))
		n++;
	return n;
}

/* What is exactly as wide as the limit is drawn, wherever it stands, and is in no sum. */
static void
equal_counts_are_drawn_alike(void **state)
{
	struct post_svg_opts o;
	struct post_buf lines = { 0 };
	char *doc;
	int i;

	(void)state;
	post_svg_defaults(&o);
	for (i = 0; i < 1180; i++)
		post_putf(&lines, "f%d 0.1\n", i);
	o.minwidth = 1;
	doc = draw(lines.s, &o);
	assert_int_equal(count_of(doc, "<rect\nx="), 1181);
	free(doc);
	o.minwidth = 1.0001;
	o.full_limit = 1;
	doc = draw(lines.s, &o);
	assert_int_equal(count_of(doc, "<title>f"), 0);
	assert_int_equal(count_of(doc, "<title>(1,180 more)"), 1);
	free(doc);
	o.minwidth = 200;
	o.minwidth_percent = true;
	doc = draw(lines.s, &o);
	assert_int_equal(count_of(doc, "<title>("), 0);
	free(doc);
	post_buf_free(&lines);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_counts_are_drawn_alike),
		cmocka_unit_test(frames_as_flamegraph),
		cmocka_unit_test(labels_are_cut),
		cmocka_unit_test(options_change_the_picture),
		cmocka_unit_test(numbers_keep_their_digits),
		cmocka_unit_test(frames_are_not_lost),
		cmocka_unit_test(siblings_as_sort_has_them),
		cmocka_unit_test(nothing_to_draw),
		cmocka_unit_test(options_are_checked),
		cmocka_unit_test(colors_as_flamegraph),
		cmocka_unit_test(text_stays_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
