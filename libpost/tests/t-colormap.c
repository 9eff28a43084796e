/* SPDX-License-Identifier: BSD-2-Clause */
/* Palette files: what is read is kept, what is set is added. */
#include "support.h"
#include "../flame/colormap.h"

static struct post_colormap
read_map(struct post_str text)
{
	struct post_colormap m;
	struct post_err err;

	put_file("map", text);
	assert_int_equal(post_colormap_read(&m, scratch("map"), &err), 0);
	return m;
}

static void
same_text(const struct post_colormap *m, const char *want)
{
	struct post_buf b = { 0 };

	post_put(&b, POST_STR(""));
	post_colormap_put(m, &b);
	assert_string_equal(b.s, want);
	post_buf_free(&b);
}

static void
reads_and_keeps(void **state)
{
	struct post_colormap m = read_map(POST_STR("b->#102030\r\n->rgb(213,39,9)\nstd::x->operator->->rgb(1, 2 ,3)\nnonsense\n"
	    "c->steelblue\nd->#fff\nd->#000\ne->rgb(256,0,0)"));

	(void)state;
	assert_int_equal(post_colormap_get(&m, POST_STR("b")), 0x102030);
	assert_int_equal(post_colormap_get(&m, POST_STR("")), 0xd52709);
	assert_int_equal(post_colormap_get(&m, POST_STR("std::x->operator->")), 0x010203);
	assert_int_equal(post_colormap_get(&m, POST_STR("c")), POST_NO_COLOR);
	assert_int_equal(post_colormap_get(&m, POST_STR("d")), 0);
	assert_int_equal(post_colormap_get(&m, POST_STR("e")), POST_NO_COLOR);
	assert_int_equal(post_colormap_get(&m, POST_STR("not there")), POST_NO_COLOR);
	same_text(&m, "->rgb(213,39,9)\nb->#102030\nc->steelblue\nd->#000\ne->rgb(256,0,0)\nstd::x->operator->->rgb(1, 2 ,3)\n");
	post_colormap_free(&m);
}

static void
sets_what_is_new(void **state)
{
	struct post_colormap m = read_map(POST_STR("c->steelblue\n")), again;
	struct post_buf b = { 0 };

	(void)state;
	post_colormap_set(&m, POST_STR("a;b\nc"), 0x010203);
	post_colormap_set(&m, POST_STR("c"), 0x010203);
	post_colormap_set(&m, POST_STR(""), 0xffffff);
	same_text(&m, "->rgb(255,255,255)\na\\x3bb\\x0ac->rgb(1,2,3)\nc->steelblue\n");
	post_colormap_put(&m, &b);
	again = read_map(post_buf_str(&b));
	assert_int_equal(post_colormap_get(&again, POST_STR("a;b\nc")), 0x010203);
	post_colormap_free(&again);
	post_colormap_free(&m);
	post_buf_free(&b);
}

static void
missing_is_empty(void **state)
{
	struct post_colormap m;
	struct post_err err;

	(void)state;
	assert_int_equal(post_colormap_read(&m, scratch("not-there"), &err), 0);
	same_text(&m, "");
	assert_int_equal(post_colormap_read(&m, scratch("."), &err), -1);
	assert_int_equal(err.code, POST_EIO);
	post_colormap_free(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_and_keeps),
		cmocka_unit_test(sets_what_is_new),
		cmocka_unit_test(missing_is_empty),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
