/* SPDX-License-Identifier: BSD-2-Clause */
/* What a picture tells its script: read back out of the table. */
#include "support.h"
#include "picture.h"
#include "../flame/attrs.h"

/* The bytes that the base64 S, up to "<", stands for. */
static struct post_buf
unbase64(const char *s)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	struct post_buf b = { 0 };
	uint32_t bits = 0;
	int n = 0;

	for (; *s != '<' && *s != '='; s++) {
		const char *at = strchr(digits, *s);

		assert_non_null(at);
		bits = bits << 6 | (uint32_t)(at - digits);
		n += 6;
		if (n >= 8)
			post_putc(&b, (char)(bits >> (n -= 8)));
	}
	return b;
}

/* The JSON object in the document's table, to be freed. */
static char *
meta_of(char *doc)
{
	static const char tag[] = "<metadata class=\"table\">";
	static unsigned char raw[1 << 20];
	const char *at = strstr(doc, tag);
	struct post_buf packed;
	uLongf n = sizeof raw;
	uint32_t len;
	char *meta;

	assert_non_null(at);
	packed = unbase64(at + sizeof tag - 1);
	assert_int_equal(uncompress(raw, &n, (const unsigned char *)packed.s, packed.n), Z_OK);
	len = raw[0] | (uint32_t)raw[1] << 8 | (uint32_t)raw[2] << 16 | (uint32_t)raw[3] << 24;
	assert_true(len + 4 <= n);
	meta = strndup((const char *)raw + 4, len);
	post_buf_free(&packed);
	free(doc);
	return meta;
}

static void
tells_of_options(void **state)
{
	struct post_svg_opts o;
	char *meta;

	(void)state;
	post_svg_defaults(&o);
	meta = meta_of(draw("a;b 3\n", &o));
	has(meta, "\"unit\":\"samples\",\"label\":\"Function:\",\"title\":\"Flame Graph\"");
	has(meta, "\"factor\":1,\"width\":1200,\"fluid\":false,\"pitch\":16,\"font\":12,\"char\":7.08,\"top\":36,\"bottom\":34,\"least\":0.1,");
	has(meta, "\"inverted\":false,\"reversed\":false,\"chart\":false,\"cut\":\"right\",\"negate\":false,\"inclusive\":false,\"blind\":false");
	has(meta, "\"theme\":\"light\",\"match\":\"#e600e6\",\"root\":\"#d52709\",\"legend\":[]");
	has(meta, "\"kinds\":[\"user\",\"kernel\",\"inlined\",\"Lua\",\"JIT\",\"waker\",\"unknown\"],\"kindColors\":[\"#f09080\",");
	has(meta, "\"remarks\":[],\"attrs\":{}");
	has_not(meta, "\"whole\"");
	free(meta);
	o.inverted = o.reversed = o.cut_left = o.fluid = true;
	o.subtitle = "x";
	o.theme = POST_AUTO;
	o.search_color = "#0f0";
	o.minwidth = 1;
	o.minwidth_percent = true;
	o.total.whole = 8;
	o.id_prefix = "p-";
	meta = meta_of(draw("a;b 3\n", &o));
	has(meta, "\"title\":\"Icicle Graph\",\"whole\":8,");
	has(meta, "\"fluid\":true,");
	has(meta, "\"top\":60,\"bottom\":34,\"least\":11.8,\"inverted\":true,\"reversed\":true,");
	has(meta, "\"cut\":\"left\"");
	has(meta, "\"prefix\":\"p-\",\"theme\":\"auto\",\"match\":\"#0f0\"");
	free(meta);
}

static void
tells_of_palettes_and_changes(void **state)
{
	struct post_svg_opts o;
	char *meta;

	(void)state;
	post_svg_defaults(&o);
	o.colors = "kind";
	meta = meta_of(draw("a;b_[k] 3\n", &o));
	has(meta, "\"legend\":[[\"#f09080\",\"user\"],[\"#f2b25c\",\"kernel\"]]");
	free(meta);
	o.blind = o.inclusive = o.negate = true;
	meta = meta_of(draw_any("a;b_[k] 3 4\n", &o, true));
	has(meta, "\"negate\":true,\"inclusive\":true,\"blind\":true");
	has(meta, "\"root\":\"#ffffff\",\"legend\":[]");
	has(meta, "\"diff\":true");
	free(meta);
}

static void
strings_stay_strings(void **state)
{
	static const char *const evil[] = { "\"],\\</script>]]>\n\xff", "two" };
	struct post_svg_opts o;
	struct post_attrs a;
	struct post_err err;
	char *meta;

	(void)state;
	put_file("attrs", POST_STR("f\"\thref=x\"y\tclass=c\\\nnot there\ttitle=x\n"));
	assert_int_equal(post_attrs_read(&a, scratch("attrs"), &err), 0);
	post_svg_defaults(&o);
	o.title = o.countname = evil[0];
	o.remark = evil;
	o.nremark = 2;
	o.attrs = &a;
	meta = meta_of(draw("f\" 3\n", &o));
#define QUOTED	"\"\\\"],\\\\</script>]]>\xe2\x90\x8a\xef\xbf\xbd\""
	has(meta, "\"unit\":" QUOTED ",");
	has(meta, "\"title\":" QUOTED ",");
	has(meta, "\"remarks\":[" QUOTED ",\"two\"]");
	has(meta, "\"attrs\":{\"f\\\"\":{\"class\":\"c\\\\\",\"href\":\"x\\\"y\",\"target\":\"_top\"},\"not there\":{\"title\":\"x\"}}");
	free(meta);
	post_attrs_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_of_options),
		cmocka_unit_test(tells_of_palettes_and_changes),
		cmocka_unit_test(strings_stay_strings),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
