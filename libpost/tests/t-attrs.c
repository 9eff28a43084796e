/* SPDX-License-Identifier: BSD-2-Clause */
/* Attributes of functions: what they may say, and what is refused. */
#include "support.h"
#include "../flame/attrs.h"

static void
reads(void **state)
{
	struct post_attrs a;
	struct post_err err;
	const struct post_attr *f;

	(void)state;
	put_file("attrs", POST_STR("main\thref=https://example.org/?a=1&b=2\ttitle=<b>\n\n"
	    "f_[k]\tclass=hot\tid=x\tg_extra=fill-opacity=\"0.5\"  data-x='a\"<b'\ta_extra=rel=\"help\"\r\n"
	    "main\ttarget=_blank\ttitle=second\n"));
	assert_int_equal(post_attrs_read(&a, scratch("attrs"), &err), 0);
	f = post_attrs_get(&a, POST_STR("main"));
	assert_non_null(f);
	same_str(post_buf_str(&f->href), POST_STR("https://example.org/?a=1&b=2"));
	same_str(post_buf_str(&f->title), POST_STR("second"));
	same_str(post_buf_str(&f->target), POST_STR("_blank"));
	f = post_attrs_get(&a, POST_STR("f_[k]"));
	assert_non_null(f);
	same_str(post_buf_str(&f->g_extra), POST_STR(" fill-opacity=\"0.5\" data-x=\"a&quot;&lt;b\""));
	same_str(post_buf_str(&f->a_extra), POST_STR(" rel=\"help\""));
	assert_null(post_attrs_get(&a, POST_STR("f")));
	assert_null(post_attrs_get(&a, POST_STR("")));
	post_attrs_free(&a);
}

static void
refuses(void **state)
{
	static const char *const bad[] = {
		"f", "f\thref=javascript:alert(1)", "f\thref=java&amp;#x73;cript:x\tg_extra=onload=\"x\"", "f\thref= Java\x01Script:x", "f\thref=data:text/html,x",
		"f\tg_extra=onclick=\"x\"", "f\tg_extra=a", "f\tg_extra=a=\"1", "f\tg_extra=a=1", "f\tg_extra=><script>",
		"f\tg_extra=class=\"x\"", "f\tg_extra=a=\"1\" a=\"2\"", "f\ta_extra=xmlns=\"x\"", "f\tg_extra=style=\"x\"", "f\tg_extra==\"\"",
		"f\tg_extra=a=\"1\"\ta_extra=a=\"2\"",
	};
	struct post_attrs a;
	struct post_err err;

	(void)state;
	for (size_t i = 0; i < ROWS(bad); i++) {
		struct post_buf b = { 0 };

		post_puts(&b, "ok\ttitle=x\n");
		post_puts(&b, bad[i]);
		put_file("attrs", post_buf_str(&b));
		if (post_attrs_read(&a, scratch("attrs"), &err) != -1)
			fail_msg("taken: %s", bad[i]);
		assert_int_equal(err.code, POST_EFORMAT);
		assert_int_equal(err.line, 2);
		post_attrs_free(&a);
		post_buf_free(&b);
	}
	assert_int_equal(post_attrs_read(&a, scratch("not-there"), &err), -1);
	assert_int_equal(err.code, POST_EIO);
	post_attrs_free(&a);
}

static void
finds_among_many(void **state)
{
	struct post_buf b = { 0 };
	struct post_attrs a;
	struct post_err err;

	(void)state;
	for (unsigned i = 0; i < 1000; i++)
		post_putf(&b, "f%u\ttitle=t%u\n", i * 7919 % 1000, i * 7919 % 1000);
	put_file("attrs", post_buf_str(&b));
	assert_int_equal(post_attrs_read(&a, scratch("attrs"), &err), 0);
	for (unsigned i = 0; i < 1000; i++) {
		const struct post_attr *f;

		b.n = 0;
		post_putf(&b, "f%u", i);
		f = post_attrs_get(&a, post_buf_str(&b));
		assert_non_null(f);
		b.s[0] = 't';
		same_str(post_buf_str(&f->title), post_buf_str(&b));
	}
	post_attrs_free(&a);
	post_buf_free(&b);
}

/* What files made for flamegraph.pl hold: entities, and keys of others. */
static void
takes_those_of_others(void **state)
{
	struct post_attrs a;
	struct post_err err;
	const struct post_attr *f;

	(void)state;
	put_file("attrs", POST_STR("f\tcolour=red\thref=x?a=1&amp;b=2&c=3\ttitle=x &lt; y\tg_extra=data-x=\"1 &amp; 2\"\n"));
	assert_int_equal(post_attrs_read(&a, scratch("attrs"), &err), 0);
	assert_int_equal(a.unknown, 1);
	f = post_attrs_get(&a, POST_STR("f"));
	same_str(post_buf_str(&f->href), POST_STR("x?a=1&b=2&c=3"));
	same_str(post_buf_str(&f->title), POST_STR("x < y"));
	same_str(post_buf_str(&f->g_extra), POST_STR(" data-x=\"1 &amp; 2\""));
	post_attrs_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads),
		cmocka_unit_test(refuses), cmocka_unit_test(takes_those_of_others),
		cmocka_unit_test(finds_among_many),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
