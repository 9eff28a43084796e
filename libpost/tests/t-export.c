/* SPDX-License-Identifier: BSD-2-Clause */
/* The tree in other viewers' formats. */
#include "../base/json.h"
#include "support.h"
#include "../flame/export.h"

static uint32_t
id(struct post_names *names, const char *name)
{
	return post_intern(names, post_str_of(name));
}

/* Two stacks that share a frame, one that is the root's alone, one of nothing; with counts before, BOTH. */
static void
plant(struct post_tree *t, struct post_names *names, bool both)
{
	uint32_t a = id(names, "a"), quoted = id(names, "\"b\\\n\xff"), c = id(names, "c"), zero = id(names, "zero");

	t->names = names;
	if (both) {
		assert_int_equal(post_tree_add_change(t, (uint32_t[]){ a, quoted }, 2, (struct post_count){ 5, 0 }, (struct post_count){ 2, 0 }), 0);
		assert_int_equal(post_tree_add_change(t, (uint32_t[]){ a, c }, 2, (struct post_count){ 0 },
		    (struct post_count){ 1, POST_COUNT_ONE / 4 }), 0);
		assert_int_equal(post_tree_add_change(t, (uint32_t[]){ zero }, 1, (struct post_count){ 1, 0 }, (struct post_count){ 0 }), 0);
		return;
	}
	assert_int_equal(post_tree_add(t, (uint32_t[]){ a, quoted }, 2, (struct post_count){ 2, 0 }), 0);
	assert_int_equal(post_tree_add(t, (uint32_t[]){ a, c, a }, 3, (struct post_count){ 1, POST_COUNT_ONE / 4 }), 0);
	assert_int_equal(post_tree_add(t, (uint32_t[]){ zero }, 1, (struct post_count){ 0 }), 0);
	assert_int_equal(post_tree_add(t, NULL, 0, (struct post_count){ UINT64_MAX - 3, 0 }), 0);
}

static struct post_buf
exported(struct post_tree *t, bool speedscope)
{
	struct post_out out = { .fd = memfd_create("export", MFD_CLOEXEC) };
	struct post_buf b = { 0 };

	if (speedscope)
		post_export_speedscope(t, "the \"name\"", "milliseconds", &out);
	else
		post_export_json(t, &out);
	post_out_flush(&out);
	assert_int_equal(out.error, 0);
	lseek(out.fd, 0, SEEK_SET);
	get_fd(out.fd, &b);
	close(out.fd);
	post_buf_free(&out.buf);
	return b;
}

static void
exports(bool both, bool chart, bool speedscope, const char *want)
{
	struct post_names names = { 0 };
	struct post_tree t = { .names = &names, .chart = chart };
	struct post_buf b;

	plant(&t, &names, both);
	b = exported(&t, speedscope);
	same(post_buf_str(&b), want);
	post_buf_free(&b);
	post_tree_free(&t);
	post_names_free(&names);
}

#define B_NAME	"\\\"b\\\\\xe2\x90\x8a\xef\xbf\xbd"

static void
json(void **state)
{
	(void)state;
	exports(false, false, false,
	    "{\"name\":\"all\",\"value\":18446744073709551615.25,\"children\":[\n"
	    "{\"name\":\"a\",\"value\":3.25,\"children\":[\n"
	    "{\"name\":\"" B_NAME "\",\"value\":2},\n"
	    "{\"name\":\"c\",\"value\":1.25,\"children\":[\n"
	    "{\"name\":\"a\",\"value\":1.25}]}]},\n"
	    "{\"name\":\"zero\",\"value\":0}]}\n");
	exports(true, false, false,
	    "{\"name\":\"all\",\"value\":3.25,\"delta\":-2.75,\"children\":[\n"
	    "{\"name\":\"a\",\"value\":3.25,\"delta\":-1.75,\"children\":[\n"
	    "{\"name\":\"" B_NAME "\",\"value\":2,\"delta\":-3},\n"
	    "{\"name\":\"c\",\"value\":1.25,\"delta\":1.25}]},\n"
	    "{\"name\":\"zero\",\"value\":0,\"delta\":-1}]}\n");
	exports(false, true, false,
	    "{\"name\":\"all\",\"value\":18446744073709551615.25,\"children\":[\n"
	    "{\"name\":\"a\",\"value\":3.25,\"children\":[\n"
	    "{\"name\":\"" B_NAME "\",\"value\":2},\n"
	    "{\"name\":\"c\",\"value\":1.25,\"children\":[\n"
	    "{\"name\":\"a\",\"value\":1.25}]}]},\n"
	    "{\"name\":\"zero\",\"value\":0}]}\n");
}

#define HEAD \
	"{\"$schema\":\"https://www.speedscope.app/file-format-schema.json\",\"exporter\":\"bt-svg\",\"name\":\"the \\\"name\\\"\",\n" \
	"\"profiles\":[\n"
#define PROFILE(which, end) \
	"{\"type\":\"sampled\",\"name\":\"the \\\"name\\\"" which "\",\"unit\":\"milliseconds\",\"startValue\":0,\"endValue\":" end ",\n"

static void
speedscope(void **state)
{
	(void)state;
	exports(false, false, true, HEAD PROFILE("", "18446744073709551615.25")
	    "\"samples\":[\n[],\n[0,1],\n[0,2,0]],\n\"weights\":[18446744073709551612,2,1.25]}],\n"
	    "\"shared\":{\"frames\":[\n{\"name\":\"a\"},\n{\"name\":\"" B_NAME "\"},\n{\"name\":\"c\"},\n{\"name\":\"zero\"}]}}\n");
	exports(false, true, true, HEAD PROFILE("", "18446744073709551615.25")
	    "\"samples\":[\n[0,1],\n[0,2,0],\n[]],\n\"weights\":[2,1.25,18446744073709551612]}],\n"
	    "\"shared\":{\"frames\":[\n{\"name\":\"a\"},\n{\"name\":\"" B_NAME "\"},\n{\"name\":\"c\"},\n{\"name\":\"zero\"}]}}\n");
	exports(true, false, true, HEAD PROFILE(" (before)", "6")
	    "\"samples\":[\n[0,1],\n[3]],\n\"weights\":[5,1]},\n" PROFILE(" (after)", "3.25")
	    "\"samples\":[\n[0,1],\n[0,2]],\n\"weights\":[2,1.25]}],\n"
	    "\"shared\":{\"frames\":[\n{\"name\":\"a\"},\n{\"name\":\"" B_NAME "\"},\n{\"name\":\"c\"},\n{\"name\":\"zero\"}]}}\n");
}

static void
empty(void **state)
{
	struct post_names names = { 0 };
	struct post_tree t = { .names = &names };
	struct post_buf b = exported(&t, false);

	(void)state;
	same(post_buf_str(&b), "{\"name\":\"all\",\"value\":0}\n");
	post_buf_free(&b);
	b = exported(&t, true);
	same(post_buf_str(&b), HEAD PROFILE("", "0") "\"samples\":[],\n\"weights\":[]}],\n\"shared\":{\"frames\":[]}}\n");
	post_buf_free(&b);
	post_tree_free(&t);
}

/* d3's form is as deep as the stack: no recursion writes it. */
static void
deep(void **state)
{
	enum { FRAMES = 100000 };
	struct post_names names = { 0 };
	struct post_tree t = { .names = &names };
	uint32_t *frame = calloc(FRAMES, sizeof *frame);
	struct post_buf b;
	size_t i, open = 0, most = 0;

	(void)state;
	(void)id(&names, "f");
	assert_int_equal(post_tree_add(&t, frame, FRAMES, (struct post_count){ 1, 0 }), 0);
	b = exported(&t, false);
	for (i = 0; i < b.n; i++) {
		open += b.s[i] == '{';
		most = open > most ? open : most;
		open -= b.s[i] == '}';
	}
	assert_int_equal(open, 0);
	assert_int_equal(most, FRAMES + 1);
	post_buf_free(&b);
	b = exported(&t, true);
	assert_true(b.n > 2 * FRAMES && b.n < 3 * FRAMES);
	post_buf_free(&b);
	free(frame);
	post_tree_free(&t);
	post_names_free(&names);
}

static void
strings(void **state)
{
	static const struct {
		struct post_str	from;
		const char	*want;
	} rows[] = {
		{ BYTES(""), "\"\"" },
		{ BYTES("plain <&> 'text'"), "\"plain <&> 'text'\"" },
		{ BYTES("\"\\/"), "\"\\\"\\\\/\"" },
		{ BYTES("a\0b\x1f\x7f"), "\"a\xe2\x90\x80" "b\xe2\x90\x9f\xe2\x90\xa1\"" },
		{ BYTES("\xc3\xa9\xe2\x82\xac\xf0\x9f\x94\xa5"), "\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x94\xa5\"" },
		{ BYTES("\xff\xed\xa0\x80\xc2\x85"), "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
		{ BYTES("\xe2\x82"), "\"\xef\xbf\xbd\xef\xbf\xbd\"" },
	};
	struct post_buf b = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		b.n = 0;
		post_put_json(&b, rows[i].from);
		same(post_buf_str(&b), rows[i].want);
	}
	post_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings), cmocka_unit_test(json), cmocka_unit_test(speedscope),
		cmocka_unit_test(empty), cmocka_unit_test(deep)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
