/* SPDX-License-Identifier: BSD-2-Clause */
/* Kinds of code by the forms that the filters write, and what palettes tell apart. */
#include "support.h"
#include "../flame/color.h"
#include "../flame/kind.h"
#include "../flame/palette.h"
#include "../flame/shade.h"

static const struct {
	const char	*name;
	enum post_kind	 kind;
} kinds[] = {
	{ "main", POST_KIND_USER },
	{ "main [app]", POST_KIND_USER },
	{ "App::readFile(int) [app]", POST_KIND_USER },
	{ "ns::f", POST_KIND_USER },
	{ "main(shop.c:31)", POST_KIND_USER },
	{ "main at shop.c:31", POST_KIND_USER },
	{ "operator+", POST_KIND_USER },
	{ "x.lua::f", POST_KIND_USER },
	{ "0day", POST_KIND_USER },
	{ "sys_read_[k]", POST_KIND_KERNEL },
	{ "sys_read [kernel]_[k]", POST_KIND_KERNEL },
	{ "sys_read [kernel]", POST_KIND_KERNEL },
	{ "[kernel]", POST_KIND_KERNEL },
	{ "0xffffffffa0123456_[k]", POST_KIND_KERNEL },
	{ "total_[i]", POST_KIND_INLINED },
	{ "tax(till.c:9) [till]_[i]", POST_KIND_INLINED },
	{ "java/lang/Object.wait_[j]", POST_KIND_JIT },
	{ "[/tmp/perf-17.map]", POST_KIND_JIT },
	{ "try_to_wake_up_[w]", POST_KIND_WAKER },
	{ "@/opt/app/a.lua:12", POST_KIND_LUA },
	{ "@/opt/app/lualib/resty/my", POST_KIND_LUA },
	{ "T:@/opt/app/a.lua:12", POST_KIND_LUA },
	{ "=content_by_lua(nginx.conf:90):3", POST_KIND_LUA },
	{ "content_by_lua(nginx.conf:90):3", POST_KIND_LUA },
	{ "access_by_lua:1", POST_KIND_LUA },
	{ ":12", POST_KIND_LUA },
	{ "C:ngx_http_lua_ngx_echo", POST_KIND_USER },
	{ "C:0x7f657803c5d0", POST_KIND_UNKNOWN },
	{ "builtin#85", POST_KIND_LUA },
	{ "shop.search:search[\"nearest\"]", POST_KIND_LUA },
	{ "T:shop.search:search[\"a b\"].x", POST_KIND_LUA },
	{ "T:main.lua:visit", POST_KIND_LUA },
	{ "T::f", POST_KIND_USER },
	{ "builtin:string.byte", POST_KIND_LUA },
	{ "resty.core.re:match", POST_KIND_LUA },
	{ "resty.cache:M.get", POST_KIND_LUA },
	{ "my_app:M.a:b", POST_KIND_LUA },
	{ "cache.lua:M.get:3", POST_KIND_LUA },
	{ "cache.lua:<main>", POST_KIND_LUA },
	{ "cache.lua:0", POST_KIND_LUA },
	{ "/opt/a b.lua:7", POST_KIND_LUA },
	{ "a:<anon in M.get>:12", POST_KIND_LUA },
	{ "a:<anon>:12", POST_KIND_LUA },
	{ "a:[\"k\"]", POST_KIND_LUA },
	{ "[string \"local n = ...\"]:1", POST_KIND_LUA },
	{ "local n = ...\nreturn n + 1\n:1", POST_KIND_LUA },
	{ "[tail]", POST_KIND_LUA },
	{ "", POST_KIND_UNKNOWN },
	{ "-", POST_KIND_UNKNOWN },
	{ "[unknown]", POST_KIND_UNKNOWN },
	{ "<unknown>", POST_KIND_UNKNOWN },
	{ "[libc.so.6]", POST_KIND_UNKNOWN },
	{ "[truncated]", POST_KIND_UNKNOWN },
	{ "0x7f0a11223344", POST_KIND_UNKNOWN },
	{ "0x7f0a11223344 [libc.so.6]", POST_KIND_UNKNOWN },
};

static void
kinds_by_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(kinds); i++)
		if (post_kind(post_str_of(kinds[i].name)) != kinds[i].kind)
			fail_msg("%s is %s", kinds[i].name, post_kind_text(post_kind(post_str_of(kinds[i].name))));
	assert_int_equal(post_kind(BYTES("a:\0b")), POST_KIND_USER);
}

static void
texts(void **state)
{
	(void)state;
	assert_string_equal(post_kind_text(POST_KIND_USER), "user");
	assert_string_equal(post_kind_text(POST_KIND_LUA), "Lua");
	assert_string_equal(post_kind_text(POST_KIND_UNKNOWN), "unknown");
}

static int
palette(const char *name)
{
	struct post_err err;
	int p = post_palette(name, &err);

	assert_true(p >= 0);
	return p;
}

static void
palettes_have_legends(void **state)
{
	uint32_t rgb = 0;
	int java = palette("java"), kind = palette("kind");

	(void)state;
	assert_string_equal(post_palette_legend(java, post_palette_class(java, POST_STR("run_[j]")), &rgb), "Java");
	assert_string_equal(post_palette_legend(java, post_palette_class(java, POST_STR("x_[k]")), &rgb), "kernel");
	assert_int_equal(post_palette_class(java, POST_STR("--")), -1);
	assert_string_equal(post_palette_legend(kind, post_palette_class(kind, POST_STR("@/a.lua:1")), &rgb), "Lua");
	assert_int_equal(rgb, post_kind_color(POST_KIND_LUA));
	assert_null(post_palette_legend(kind, POST_KINDS, &rgb));
	assert_int_equal(post_palette_class(palette("hot"), POST_STR("main")), -1);
	for (int p = 0; p < POST_PALETTES; p++)	/* what a palette picks has words */
		if (post_palette_legend(p, 0, &rgb) != NULL)
			for (size_t i = 0; i < ROWS(kinds); i++)
				if (*kinds[i].name != '\0' && *kinds[i].name != '-')
					assert_true(post_palette_class(p, post_str_of(kinds[i].name)) >= 0);
}

static void
all_text_can_be_read(void **state)
{
	struct rng r = rng_start("colours");

	(void)state;
	for (int i = 0; i < 100000; i++) {
		uint32_t rgb = (uint32_t)rng(&r) & 0xffffff;

		assert_true(post_contrast(rgb, post_text_on(rgb)) >= 4.5);
	}
	for (int k = 0; k < POST_KINDS; k++)
		assert_int_equal(post_text_on(post_kind_color(k)), POST_BLACK);
	assert_true(post_contrast(POST_BLACK, POST_WHITE) > 20.99 && post_contrast(POST_WHITE, POST_BLACK) < 21.01);
}

static void
changes_have_ramps(void **state)
{
	(void)state;
	assert_int_equal(post_delta_color(0, 10, false), 0xffffff);
	assert_int_equal(post_delta_color(10, 10, false), 0xff0000);
	assert_int_equal(post_delta_color(-5, 10, false), 0x6969ff);
	assert_int_equal(post_delta_color(1, 10, false), 0xffbdbd);
	assert_int_equal(post_delta_color(10, 10, true), 0xe66100);
	assert_int_equal(post_delta_color(-10, 10, true), 0x1a5fb4);
}

static void
css_colors(void **state)
{
	uint32_t rgb = 1;
	struct post_buf b = { 0 };

	(void)state;
	assert_true(post_is_css_color("#1aF", &rgb) && rgb == 0x11aaff);
	assert_true(post_is_css_color("#102030", &rgb) && rgb == 0x102030);
	assert_true(post_is_css_color("Red", &rgb) && rgb == 0x102030);
	assert_false(post_is_css_color("#12345", &rgb) || post_is_css_color("#12345g", &rgb) || post_is_css_color("", &rgb) ||
	    post_is_css_color("red;x", &rgb) || post_is_css_color("#", &rgb) || post_is_css_color("rgb(1,2,3)", &rgb));
	post_put_rgb(&b, 0xffaa00);
	post_put_rgb(&b, 0xffaa01);
	post_put_rgb(&b, 0);
	assert_string_equal(b.s, "#fa0#ffaa01#000");
	post_buf_free(&b);
}

static void
chance_follows_names(void **state)
{
	int hot = palette("hot");

	(void)state;
	assert_int_equal(post_color_by_chance(hot, 1, POST_STR("a")), post_color_by_chance(hot, 1, POST_STR("a")));
	assert_int_not_equal(post_color_by_chance(hot, 1, POST_STR("a")), post_color_by_chance(hot, 2, POST_STR("a")));
	assert_int_equal(post_color_by_chance(hot, 1, POST_STR("-")), 0xc8c8c8);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds_by_name),
		cmocka_unit_test(texts),
		cmocka_unit_test(palettes_have_legends),
		cmocka_unit_test(all_text_can_be_read),
		cmocka_unit_test(changes_have_ramps),
		cmocka_unit_test(css_colors),
		cmocka_unit_test(chance_follows_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
