/* SPDX-License-Identifier: BSD-2-Clause */
/* The document around the frames: themes, legend, notes, table; differentials, and attributes of functions. */
#include "support.h"
#include <expat.h>
#include "picture.h"
#include "../flame/attrs.h"
#include "../flame/colormap.h"
#include "../flame/palette.h"
#include "../flame/shade.h"

static struct post_svg_opts
usual(void)
{
	struct post_svg_opts o;

	post_svg_defaults(&o);
	return o;
}

/* Draw, and let a parser read it. */
static char *
parsed(const char *lines, const struct post_svg_opts *o, bool both)
{
	char *doc = draw_any(lines, o, both);
	XML_Parser p = XML_ParserCreate(NULL);

	if (XML_Parse(p, doc, (int)strlen(doc), 1) != XML_STATUS_OK)
		fail_msg("%s at %lu in:\n%.4000s", XML_ErrorString(XML_GetErrorCode(p)), XML_GetCurrentLineNumber(p), doc);
	XML_ParserFree(p);
	return doc;
}

static void
table_and_script(void **state)
{
	struct post_svg_opts o = usual();
	char *doc = parsed("a;b 3\na;c 4\n", &o, false), *again = parsed("a;b 3\na;c 4\n", &o, false), *at;

	(void)state;
	assert_string_equal(doc, again);
	free(again);
	at = strstr(doc, "</g>\n<metadata class=\"table\">");
	assert_non_null(at);
	assert_non_null(strstr(at, "</metadata>\n<script><![CDATA["));
	has(doc, "<g id=\"frames\" class=\"frames bt-row15\"");
	has(doc, ".bt-row15 rect{height:15px}");
	has_not(doc, "class=\"note\"");
	free(doc);
	o.no_script = true;
	doc = parsed("a;b 3\na;c 4\n", &o, false);
	has_not(doc, "<metadata");
	has_not(doc, "<script");
	has(doc, "<style>");
	free(doc);
}

static void
thin_frames_are_short(void **state)
{
	struct post_svg_opts o = usual();
	char *doc = parsed("a 100000\nb 30\nc 1000\n", &o, false);

	(void)state;
	has(doc, "width=\".3\" fill=\"#");
	has(doc, "width=\"11.7\" height=\"15\" fill=\"#");
	free(doc);
}

static void
notes_say_what_is_not_drawn(void **state)
{
	const char *lines = "a 99990\nb;x 5\nb;y 5\nc 5\n";
	struct post_svg_opts o = usual();
	char *doc = parsed(lines, &o, false);

	(void)state;
	has(doc, ">2 of 5 frames are drawn; the 3 narrower than 0.1 px (under 0.1% of the samples) are in the file: zoom in to see them</text>");
	free(doc);
	o.no_full = true;
	doc = parsed(lines, &o, false);
	has(doc, "(under 0.1% of the samples) are left out</text>");
	free(doc);
	o = usual();
	o.minwidth = 50;
	o.minwidth_percent = true;
	o.no_script = true;
	doc = parsed("a 60\nb 40\n", &o, false);
	has(doc, ">1 of 2 frames are drawn; the 1 narrower than 50% (40.0% of the samples) are left out</text>");
	free(doc);
	o.width = 300;
	doc = parsed("a 60\nb 40\n", &o, false);
	has(doc, ">1 of 2 frames are drawn</text>");
	free(doc);
}

static void
sums_are_drawn(void **state)
{
	struct post_svg_opts o = usual();
	struct post_buf b = { 0 };
	char *doc;

	(void)state;
	post_puts(&b, "a 1000\n");
	for (unsigned i = 0; i < 20000; i++)
		post_putf(&b, "b;f%u;g%u 1\n", i * 7919, i);
	o.minwidth = 1;
	o.full_limit = 1024;
	doc = parsed(b.s, &o, false);
	has(doc, " more) (");
	has(doc, "only as sums, &quot;(N more)&quot;</text>");
	has(doc, "fill=\"#c8c8c8\"");
	free(doc);
	o.no_full = true;
	doc = parsed(b.s, &o, false);
	has_not(doc, " more) (");
	free(doc);
	post_buf_free(&b);
}

static void
differentials(void **state)
{
	const char *lines = "a;b 10 30\na;c 30 10\na;-;d 5 5\n";
	struct post_svg_opts o = bare();
	char *doc = parsed(lines, &o, true);

	(void)state;
	has(doc, "<title>all (45 samples, 100%)</title><rect\nx=\"10\" y=\"85\" width=\"1180\" height=\"15\" fill=\"#fff\"");
	has(doc, "<title>a (45 samples, 100.00%; 0.00%)</title>");
	has(doc, "<title>b (30 samples, 66.67%; +44.44%)</title>");
	has(doc, "fill=\"#f00\"");
	has(doc, "<title>c (10 samples, 22.22%; -44.44%)</title>");
	has(doc, "fill=\"#00f\"");
	has(doc, "<title>- (5 samples, 11.11%; 0.00%)</title>");
	has(doc, "fill=\"#c8c8c8\"");
	free(doc);
	o.negate = true;
	o.factor = 2;
	doc = parsed(lines, &o, true);
	has(doc, "<title>b (60 samples, 66.67%; -44.44%)</title>");
	has(doc, "<title>a (90 samples, 100.00%; 0.00%)</title>");
	free(doc);
	o = bare();
	o.inclusive = o.blind = true;
	doc = parsed("a;b 10 30\na;c 10 30\nd 4 5\n", &o, true);
	has(doc, "<title>a (60 samples, 92.31%; +61.54%)</title>");
	has(doc, "fill=\"#e66100\"");
	free(doc);
}

/* The fill of the first frame with this title. */
static uint32_t
fill_of(const char *doc, const char *title)
{
	const char *at = strstr(doc, title);
	char color[8];
	uint32_t rgb = 0;

	assert_non_null(at);
	at = strstr(at, "fill=\"") + 6;
	(void)snprintf(color, sizeof color, "%.*s", (int)strcspn(at, "\""), at);
	assert_true(post_is_css_color(color, &rgb));
	return rgb;
}

static void
maps_keep_colors(void **state)
{
	struct post_svg_opts o = bare();
	struct post_colormap m = { 0 };
	struct post_err err;
	uint32_t b;
	char *doc;

	(void)state;
	put_file("map", POST_STR("a->#123456\n-->#ffffff\nz->#000000\n"));
	assert_int_equal(post_colormap_read(&m, scratch("map"), &err), 0);
	o.map = &m;
	doc = parsed("a;b;- 5\n", &o, false);
	assert_int_equal(fill_of(doc, "<title>a ("), 0x123456);
	has(doc, "fill=\"#fff\">a</text>");	/* black could not be read */
	assert_int_equal(fill_of(doc, "<title>- ("), 0xc8c8c8);
	b = fill_of(doc, "<title>b (");
	assert_int_equal(post_colormap_get(&m, POST_STR("b")), b);
	assert_int_equal(post_colormap_get(&m, POST_STR("")), 0xd52709);
	free(doc);
	doc = parsed("a;q 5 6\n", &o, true);	/* a differential keeps none */
	assert_int_equal(post_colormap_get(&m, POST_STR("q")), POST_NO_COLOR);
	free(doc);
	post_colormap_free(&m);
}

static void
chance_is_one_color_a_name(void **state)
{
	struct post_svg_opts o = bare();
	char *doc;

	(void)state;
	o.random = true;
	doc = parsed("a;f 5\nb;f 5\n", &o, false);
	assert_int_equal(fill_of(doc, "<title>f ("), fill_of(strstr(doc, "<title>b ("), "<title>f ("));
	free(doc);
	o.hash = true;
	doc = parsed("a;f 5\nb;f 5\n", &o, false);
	o.random = false;
	free(doc);
}

static void
legends(void **state)
{
	struct post_svg_opts o = bare();
	char *doc;

	(void)state;
	o.colors = "kind";
	doc = parsed("main;work_[k] 5\nmain;@/a.lua:3 5\n", &o, false);
	has(doc, "<g class=\"legend\"");
	has(doc, ">user</text>");
	has(doc, ">kernel</text>");
	has(doc, ">Lua</text>");
	has_not(doc, ">JIT</text>");
	has(doc, "height=\"118\"");	/* the frames have not moved */
	free(doc);
	o.width = 120;
	doc = parsed("main;work_[k] 5\nmain;@/a.lua:3 5\n", &o, false);
	has_not(doc, ">Lua</text>");
	free(doc);
	o = bare();
	doc = parsed("main;work_[k] 5\n", &o, false);
	has_not(doc, "legend");
	free(doc);
	o.colors = "java";
	doc = parsed("main;work_[k] 5 6\n", &o, true);
	has(doc, ">less: -1</text>");
	has(doc, ">more: +1</text>");
	has_not(doc, "kernel");
	free(doc);
	o.colors = "kind";
	doc = parsed("main 5\n", &o, false);
	has(doc, ">user or kernel</text>");
	free(doc);
}

static void
remarks(void **state)
{
	static const char *const text[] = { "3 stacks <cut>", "not a profile" };
	struct post_svg_opts o = bare();
	char *doc;

	(void)state;
	o.remark = text;
	o.nremark = 2;
	doc = parsed("a 1\n", &o, false);
	has(doc, "<g class=\"remarks\"><title>3 stacks &lt;cut&gt;\nnot a profile</title>");
	has(doc, ">(!) 2 notes</text>");
	free(doc);
	o.nremark = 1;
	doc = parsed("a 1\n", &o, false);
	has(doc, ">(!) 1 note</text>");
	free(doc);
}

static void
links(void **state)
{
	struct post_svg_opts o = usual();
	struct post_attrs a;
	struct post_err err;
	char *doc;

	(void)state;
	put_file("attrs", POST_STR("a\thref=x?a&b\"\tclass=c\ta_extra=rel=\"help\"\nb\ttitle=<i>\tid=here\tg_extra=opacity=\".5\"\n"));
	assert_int_equal(post_attrs_read(&a, scratch("attrs"), &err), 0);
	o.attrs = &a;
	doc = parsed("a 5\nb 5\nc 5\n", &o, false);
	has(doc, "<a href=\"x?a&amp;b&quot;\" target=\"_top\" class=\"c\" rel=\"help\"><title>a (5 samples, 33.33%)</title>");
	has(doc, "</text></a>");
	has(doc, "<g id=\"here\" opacity=\".5\"><title>&lt;i&gt;</title>");
	free(doc);
	post_attrs_free(&a);
}

static void
themes(void **state)
{
	struct post_svg_opts o = usual();
	char *doc;

	(void)state;
	o.subtitle = "below";
	doc = parsed("a 1\n", &o, false);
	has(doc, "class=\"bt-flame bt-light\"");
	has(doc, "--bt-ui:#000;");
	has_not(doc, "prefers-color-scheme:dark");
	free(doc);
	o.theme = POST_DARK;
	doc = parsed("a 1\n", &o, false);
	has(doc, "class=\"bt-flame bt-dark\"");
	has(doc, " fill=\"#e8e8e8\"");
	free(doc);
	o.theme = POST_AUTO;
	doc = parsed("a 1\n", &o, false);
	has(doc, "class=\"bt-flame bt-light bt-auto\"");
	has(doc, "@media (prefers-color-scheme:dark){.bt-auto{");
	free(doc);
	o = usual();
	o.bgcolors = "#101010";
	doc = parsed("a 1\n", &o, false);
	has(doc, " fill=\"#fff\" role");	/* texts on it */
	free(doc);
	o = usual();
	o.search_color = "#0f0";
	o.ui_color = "navy";
	o.stroke_color = "white";
	doc = parsed("a 1\n", &o, false);
	has(doc, "style=\"fill:navy;--bt-ui:navy;--bt-match:#0f0;--bt-stroke:white;\"");
	has(doc, " stroke=\"white\"");
	free(doc);
}

/* The subtitle's colour on all backgrounds. */
static void
subtitles_can_be_read(void **state)
{
	static const char *const back[] = { "yellow", "blue", "green", "grey", "#000000", "#777777", "#ffffff", "#800000", "#00ff00" };
	uint32_t ends[2];
	struct post_err err;

	(void)state;
	for (size_t i = 0; i < ROWS(back); i++) {
		struct post_svg_opts o = bare();
		char *doc;
		uint32_t rgb;

		o.bgcolors = back[i];
		o.subtitle = "x";
		assert_int_equal(post_background(back[i], 0, ends, &err), 0);
		doc = parsed("a 1\n", &o, false);
		rgb = fill_of(doc, "subtitle\" class");
		assert_true(post_contrast(rgb, ends[0]) >= 4.5 && post_contrast(rgb, ends[1]) >= 4.5);
		free(doc);
	}
}

static void
pages(void **state)
{
	struct post_svg_opts o = usual();
	char *doc;

	(void)state;
	o.page = POST_PAGE_HTML;
	o.title = "</title><b>";
	doc = draw("a 1\n", &o);
	assert_int_equal(strncmp(doc, "<!DOCTYPE html>\n<html lang=\"en\">", 32), 0);
	has(doc, "<title>&lt;/title&gt;&lt;b&gt;</title>");
	has(doc, " data-page=\"1\"");
	has_not(doc, "<?xml");
	has(doc, "</svg>\n</body>\n</html>\n");
	free(doc);
	o.page = POST_PAGE_SVG;
	o.fluid = true;
	doc = parsed("a 1\n", &o, false);
	has(doc, "width=\"100%\" height=\"");
	has(doc, "viewBox=\"0 0 1200 ");
	free(doc);
}

static void
bad_options(void **state)
{
	struct post_err err;

	(void)state;
	for (int i = 0; i < 5; i++) {
		struct post_svg_opts o = usual();

		*(i == 0 ? &o.search_color : i == 1 ? &o.ui_color : i == 2 ? &o.stroke_color : &o.id_prefix) =
		    i < 3 ? "red;}" : i == 3 ? "1a" : "a b";
		assert_int_equal(post_svg_check(&o, &err), -1);
		assert_int_equal(err.code, POST_EUSAGE);
	}
}

static void
charts(void **state)
{
	struct post_names names = { 0 };
	struct post_svg_opts o = bare();
	struct post_out out = memory();
	struct post_tree t;
	struct post_err err;
	char *doc;

	(void)state;
	t = (struct post_tree){ .names = &names, .chart = true };
	assert_int_equal(post_tree_add(&t, (uint32_t [1]){ post_intern(&names, POST_STR("f")) }, 1, (struct post_count){ 3, 0 }), 0);
	o.inverted = true;
	assert_int_equal(post_tree_add(&t, (uint32_t [2]){ post_intern(&names, POST_STR("g")), 0 }, 1, (struct post_count){ 1, 0 }), 0);
	o.minwidth = 500;
	assert_int_equal(post_svg_write(&t, &o, &out, &err), 0);
	doc = written(&out);
	has(doc, "(25.0% of the samples)");
	has(doc, ">Flame Chart</text>");
	has(doc, "<title>f (3 samples, 75.00%)</title>");
	free(doc);
	post_tree_free(&t);
	post_names_free(&names);
}

static void
option_values_stay_text(void **state)
{
	const char *evil = "</style>\"'><script>]]>--\xff\x01";
	struct post_svg_opts o = usual();
	char *doc, *at;

	(void)state;
	o.title = o.subtitle = o.notes = o.countname = o.nametype = o.fonttype = o.encoding = evil;
	o.remark = &evil;
	o.nremark = 1;
	o.minwidth = 500;
	doc = parsed("a 1\nb 9\n", &o, false);
	has(doc, "<!-- NOTES: </style>\"'><script>]]>- -\xef\xbf\xbd\xe2\x90\x81 -->");
	at = strstr(doc, "-->");
	assert_null(strstr(strstr(at, "<script>") + 1, "<script>"));
	assert_null(strstr(strstr(at, "<style>") + 1, "<style>"));
	assert_string_equal(strstr(at, "]]>"), "]]></script>\n</svg>\n");	/* nor is one in the script */
	free(doc);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table_and_script),
		cmocka_unit_test(thin_frames_are_short),
		cmocka_unit_test(notes_say_what_is_not_drawn),
		cmocka_unit_test(sums_are_drawn),
		cmocka_unit_test(differentials),
		cmocka_unit_test(maps_keep_colors),
		cmocka_unit_test(chance_is_one_color_a_name),
		cmocka_unit_test(legends),
		cmocka_unit_test(remarks),
		cmocka_unit_test(links),
		cmocka_unit_test(themes),
		cmocka_unit_test(subtitles_can_be_read),
		cmocka_unit_test(pages),
		cmocka_unit_test(bad_options),
		cmocka_unit_test(charts),
		cmocka_unit_test(option_values_stay_text),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
