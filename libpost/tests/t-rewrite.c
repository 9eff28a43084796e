/* SPDX-License-Identifier: BSD-2-Clause */
/* The frames of a trace gathered, their lines written in each layout, and the trace written with them. */
#include "support.h"
#include "../sym/rewrite.h"

static const struct post_site sites[] = {
	{ POST_STR("tax"), POST_STR("/src"), POST_STR("x"), POST_STR("till.c"), 9 },
	{ POST_STR("_Z5totali"), POST_STR("/src"), POST_STR("/lib"), POST_STR("sub/till.h"), 15 },
	{ POST_STR("serve"), POST_STR("/src"), { NULL, 0 }, POST_STR("/abs/till.c"), 0 },
};

static void
frames_of(struct post_frames *f, const char *text, unsigned jobs, size_t block)
{
	char *path = put_file("in", post_str_of(text));
	const struct post_input_conf conf = { .cut = post_stacks_cut, .block = block, .readers = jobs };
	struct post_input *in = post_input_new(&path, 1, &conf);
	struct post_run run = { 0 };

	*f = (struct post_frames){ 0 };
	post_frames_read(f, &run, in, jobs);
	post_run_free(&run);
	post_input_free(in);
}

static const struct post_seen_frame *
frame_named(struct post_frames *f, const char *text)
{
	uint32_t n = f->text.n, id = post_frames_id(f, post_str_of(text));

	assert_int_equal(f->text.n, n);
	return &f->frame[id];
}

static const char trace[] =
    "WARNING: noise\n"
    " 0x10 : leaf+0x1/0x2 [/a]\n 0x20 : mid+0x1/0x2 [/a]\nWARNING: noise\n\n 0x30 : top+0x1/0x2 [/a]\n\t3\n"
    " 0x10 : leaf+0x1/0x2 [/a]\n 0x20 : mid+0x1/0x2 [/a]\n\t1\n"
    " 0x20 : mid+0x1/0x2 [/a]\n\t1\n"
    " 0xffffffff81000010 : k+0x1/0x2 [kernel]\n 0xffffffff81000020 : k2+0x1/0x2 [kernel]\n 0x20 : mid+0x1/0x2 [/a]\n 0x30 : top+0x1/0x2 [/a]\n\t1\n"
    "Returning from:  0x99 : r+0x0/0x1 [/a]\n 0x30 : top+0x1/0x2 [/a]\n\t1\n"
    "C:f\n 0x30 : top+0x1/0x2 [/a]\n\t1\n";

static void
test_kinds(void **state)
{
	(void)state;
	for (unsigned jobs = 1; jobs <= 3; jobs += 2)
		for (size_t block = 0; block < 200; block += 50) {
			struct post_frames f;

			frames_of(&f, trace, jobs, block);
			assert_int_equal(f.text.n, 5);
			assert_int_equal(f.seen, 20);
			assert_int_equal(frame_named(&f, "0x10 : leaf+0x1/0x2 [/a]")->n[POST_FRAME_EXACT], 2);
			assert_int_equal(frame_named(&f, "0x10 : leaf+0x1/0x2 [/a]")->n[POST_FRAME_RETURN], 0);
			assert_int_equal(frame_named(&f, "0x20 : mid+0x1/0x2 [/a]")->n[POST_FRAME_EXACT], 2);
			assert_int_equal(frame_named(&f, "0x20 : mid+0x1/0x2 [/a]")->n[POST_FRAME_RETURN], 2);
			assert_int_equal(frame_named(&f, "0x30 : top+0x1/0x2 [/a]")->n[POST_FRAME_RETURN], 4);
			assert_int_equal(frame_named(&f, "0xffffffff81000010 : k+0x1/0x2 [kernel]")->n[POST_FRAME_EXACT], 1);
			assert_int_equal(frame_named(&f, "0xffffffff81000020 : k2+0x1/0x2 [kernel]")->n[POST_FRAME_RETURN], 1);
			assert_true(frame_named(&f, "0x30 : top+0x1/0x2 [/a]")->root);
			assert_true(frame_named(&f, "0x20 : mid+0x1/0x2 [/a]")->root);
			assert_false(frame_named(&f, "0x10 : leaf+0x1/0x2 [/a]")->root);
			post_frames_free(&f);
		}
}

static void
test_folded_is_counted(void **state)
{
	struct post_frames f;

	(void)state;
	frames_of(&f, "a;b;c 1\nd;e 2\n", 1, 0);
	assert_int_equal(f.folded, 1);
	assert_int_equal(f.seen, 0);
	post_frames_free(&f);
}

/* The lines of " 0x12 : serve+0x5/0x70 [/till]" or another TEXT. */
static void
becomes(const struct post_render_conf *conf, const char *text, const struct post_resolved *r, const char *want)
{
	struct post_frames frames = { 0 };
	struct post_texts t;
	uint32_t id = post_frames_id(&frames, post_str_of(text));

	post_texts_init(&t, &frames);
	post_render(&t, conf, post_name(&frames.text, id), id, POST_FRAME_EXACT, r);
	assert_null(post_text(&t, id, POST_FRAME_RETURN).p);
	if (want == NULL)
		assert_null(post_text(&t, id, POST_FRAME_EXACT).p);
	else
		same(post_text(&t, id, POST_FRAME_EXACT), want);
	assert_int_equal(t.changed, want != NULL);
	post_texts_free(&t);
	post_frames_free(&frames);
}

static const char plain[] = "0x12 : serve.part.0+0x5/0x70 [/bin/till]";
static const struct post_resolved chain = { .site = sites, .n = 3, .module = POST_STR("/bin/till"),
	.symbol = POST_STR("serve.part.0"), .offset = 5, .gap = 0x70 };

static void
test_layout_old(void **state)
{
	struct post_render_conf c = { .layout = POST_LAYOUT_OLD };

	(void)state;
	becomes(&c, plain, &chain,
	    " 0x12 : tax+0x0/0x0 [till.c:9]\n 0x12 : _Z5totali+0x0/0x0 [till.h:15]\n 0x12 : serve+0x0/0x0 [till.c:0]");
	c.lines = c.mark = c.full_paths = c.demangle = true;
	becomes(&c, plain, &chain,
	    " 0x12 : tax(/src/x/till.c:9)_[i]+0x0/0x0 [/src/x/till.c:9]\n"
	    " 0x12 : total(int)(/lib/sub/till.h:15)_[i]+0x0/0x0 [/lib/sub/till.h:15]\n"
	    " 0x12 : serve(/abs/till.c:0)+0x0/0x0 [/abs/till.c:0]");
}

static void
test_layout_stap(void **state)
{
	struct post_render_conf c = { .layout = POST_LAYOUT_STAP, .mark = true };

	(void)state;
	becomes(&c, "0x12 : serve.part.0+0x5/0x70 [/bin/till] (inexact)", &chain,
	    " 0x12 : tax_[i]+0x0/0x0 at till.c:9 [/bin/till] (inexact)\n"
	    " 0x12 : _Z5totali_[i]+0x0/0x0 at till.h:15 [/bin/till] (inexact)\n"
	    " 0x12 : serve.part.0+0x5/0x70 at till.c:0 [/bin/till] (inexact)");
}

static void
test_one_function(void **state)
{
	const struct post_render_conf inlines = { .layout = POST_LAYOUT_OLD }, lines = { .layout = POST_LAYOUT_OLD, .lines = true },
		stap = { .layout = POST_LAYOUT_STAP, .lines = true };
	struct post_resolved r = chain;

	(void)state;
	r.n = 1;
	becomes(&inlines, plain, &r, NULL);
	becomes(&lines, plain, &r, " 0x12 : tax(till.c:9)+0x0/0x0 [till.c:9]");
	r.misnamed = true;
	r.offset = 0xa;
	becomes(&inlines, "0x12 : next+0x0/0x10 [/bin/till]", &r, " 0x12 : tax+0xa/0x70 [/bin/till]");
	becomes(&inlines, "0x12 : 0x12 [/bin/till+0x12/0x1000]", &r, " 0x12 : tax+0xa/0x70 [/bin/till]");
	becomes(&inlines, "0x12", &r, " 0x12 : tax+0xa/0x70 [/bin/till]");
	r.misnamed = false;
	becomes(&stap, "0x12  :  serve+0x5/0x70 [/bin/till]", &r, " 0x12 : serve+0x5/0x70 at till.c:9 [/bin/till]");
}

static void
test_symbol_alone(void **state)
{
	const struct post_render_conf c = { .layout = POST_LAYOUT_OLD, .lines = true };
	struct post_resolved r = chain;

	(void)state;
	r.n = 0;
	r.site = NULL;
	becomes(&c, plain, &r, NULL);
	r.misnamed = true;
	becomes(&c, "0x12 : 0x12 [/bin/till+0x12/0x1000]", &r, " 0x12 : serve.part.0+0x5/0x70 [/bin/till]");
	r.symbol.n = 0;
	becomes(&c, "0x12 : 0x12 [/bin/till+0x12/0x1000]", &r, NULL);
}

static void
test_code_without_function(void **state)
{
	const struct post_render_conf c = { .layout = POST_LAYOUT_OLD, .lines = true };
	const struct post_site asm_line = { .file = POST_STR("memcpy.S"), .line = 77 };
	struct post_resolved r = chain;

	(void)state;
	r.site = &asm_line;
	r.n = 1;
	becomes(&c, plain, &r, " 0x12 : serve.part.0(memcpy.S:77)+0x0/0x0 [memcpy.S:77]");
}

static void
test_hostile_names(void **state)
{
	const struct post_render_conf c = { .layout = POST_LAYOUT_STAP };
	const struct post_site evil[] = {
		{ .function = POST_STR("a\nb\tc"), .file = POST_STR("x\n\t1\ny.c"), .line = 1 },
		{ .function = POST_STR("f"), .line = 2 },
	};
	struct post_resolved r = chain;

	(void)state;
	r.site = evil;
	r.n = 2;
	becomes(&c, plain, &r,
	    " 0x12 : a?b?c+0x0/0x0 at x??1?y.c:1 [/bin/till]\n 0x12 : serve.part.0+0x5/0x70 [/bin/till]");
}

static void
test_nameless(void **state)
{
	const struct post_render_conf c = { .layout = POST_LAYOUT_OLD };
	const struct post_site nameless[] = {
		{ .function = POST_UNNAMED, .file = POST_STR("a.c"), .line = 1 },
		{ .file = POST_STR("a.c"), .line = 2 },
	};
	struct post_resolved r = chain;

	(void)state;
	r.site = nameless;
	r.n = 2;
	r.misnamed = true;
	becomes(&c, "0x12", &r, " 0x12 : ?\?+0x0/0x0 [a.c:1]\n 0x12 : serve.part.0+0x0/0x0 [a.c:2]");
	r.symbol.n = 0;
	becomes(&c, "0x12", &r, " 0x12 : ?\?+0x0/0x0 [a.c:1]\n 0x12 : ?\?+0x0/0x0 [a.c:2]");
}

static void
test_demangled_alone(void **state)
{
	const struct post_render_conf c = { .demangle = true };

	(void)state;
	becomes(&c, "0x12 : _Z1fi+0x5/0x70 [/bin/till]", NULL, " 0x12 : f(int)+0x5/0x70 [/bin/till]");
	becomes(&c, "0x12 : main+0x5/0x70 [/bin/till]", NULL, NULL);
	becomes(&c, "0x12 : 0x12", NULL, NULL);
}

/* TEXT with "two\nlines" for the exact frames of "0x10 : ...", through blocks of so many bytes. */
static void
rewritten(const char *text, const char *want)
{
	for (size_t block = 0; block < 64; block += 7) {
		char *path = put_file("in", post_str_of(text));
		const struct post_input_conf conf = { .cut = post_stacks_cut, .block = block };
		struct post_input *in = post_input_new(&path, 1, &conf);
		struct post_out out = { .fd = -1 };
		struct post_frames f;
		struct post_texts t;
		struct post_rewriter w = { .frames = &f, .texts = &t, .out = &out };
		struct post_block *b;

		frames_of(&f, text, 1, block);
		post_texts_init(&t, &f);
		t.text = calloc(POST_FRAME_KINDS * (size_t)f.text.n, sizeof *t.text);
		for (uint32_t id = 0; id < f.text.n; id++)
			if (post_str_starts(post_name(&f.text, id), POST_STR("0x10"))) {
				t.text[POST_FRAME_KINDS * id + POST_FRAME_EXACT] = POST_STR(" two\n lines");
				t.changed++;
			}
		while ((b = post_input_next(in)) != NULL) {
			post_rewrite(&w, b);
			post_input_release(in, b);
		}
		same(post_buf_str(&out.buf), want);
		post_rewriter_free(&w);
		post_texts_free(&t);
		post_frames_free(&f);
		post_buf_free(&out.buf);
		post_input_free(in);
	}
}

static void
test_rewriting(void **state)
{
	(void)state;
	rewritten(" 0x10 : a+0x1/0x2 [/a]\n 0x10 : a+0x1/0x2 [/a]\n\t1\n", " two\n lines\n 0x10 : a+0x1/0x2 [/a]\n\t1\n");
	rewritten(" 0x10 : a+0x1/0x2 [/a]\r\n\t1\r\n", " two\r\n lines\r\n\t1\r\n");
	rewritten("WARNING: x\n\n \x1b[1m0x10 : a+0x1/0x2 [/a]\x1b[m\n\t1\n 0x10 : a+0x1/0x2 [/a]", "WARNING: x\n\n two\n lines\n\t1\n two\n lines");
	rewritten(" 0x10 : a+0x1/0x2 [/a]\t7\n 0x20 : b+0x1/0x2 [/a]\n\t1\n", " 0x10 : a+0x1/0x2 [/a]\t7\n 0x20 : b+0x1/0x2 [/a]\n\t1\n");
	rewritten(" 0x20 : b+0x1/0x2 [/a]\n\t1\n", " 0x20 : b+0x1/0x2 [/a]\n\t1\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_folded_is_counted),
		cmocka_unit_test(test_layout_old),
		cmocka_unit_test(test_layout_stap),
		cmocka_unit_test(test_one_function),
		cmocka_unit_test(test_symbol_alone),
		cmocka_unit_test(test_code_without_function),
		cmocka_unit_test(test_hostile_names),
		cmocka_unit_test(test_nameless),
		cmocka_unit_test(test_demangled_alone),
		cmocka_unit_test(test_rewriting),
	};

	return cmocka_run_group_tests_name("rewrite", tests, scratch_make, scratch_remove);
}
