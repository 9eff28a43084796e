/* SPDX-License-Identifier: BSD-2-Clause */
/* Frames renamed in place: every other byte stays, in both forms, at every block size. */
#include "support.h"
#include "../trace/map.h"

static struct post_buf got;
static uint64_t seen;
static int asked;

/* "@..." becomes "<...>", all else stays. */
static bool
rename_at(void *arg, struct post_str frame, struct post_buf *out)
{
	(void)arg;
	asked++;
	if (!post_str_starts(frame, POST_STR("@")))
		return false;
	post_putc(out, '<');
	post_put(out, post_str_from(frame, 1));
	post_putc(out, '>');
	return true;
}

static bool
rename_none(void *arg, struct post_str frame, struct post_buf *out)
{
	(void)arg;
	(void)frame;
	post_puts(out, "not this");
	return false;
}

static void
map_files(char *const *paths, size_t n, size_t block, post_rename_fn *rename)
{
	const struct post_input_conf conf = { .cut = post_stacks_cut, .block = block };
	struct post_input *in = post_input_new(paths, n, &conf);
	struct post_out out = { .fd = memfd_create("map", 0) };
	struct post_run run = { 0 };

	asked = 0;
	seen = post_map(&run, in, rename, NULL, &out);
	post_out_flush(&out);
	lseek(out.fd, 0, SEEK_SET);
	got.n = 0;
	get_fd(out.fd, &got);
	close(out.fd);
	post_buf_free(&out.buf);
	post_run_free(&run);
	post_input_free(in);
}

static void
maps(const char *text, const char *want)
{
	char *path = put_file("in", post_str_of(text));
	size_t block;

	for (block = 0; block < 20; block++) {
		map_files(&path, 1, block, rename_at);
		if (strcmp(got.s, want) != 0)
			fail_msg("blocks of %zu\ngot  \"%s\"\nwant \"%s\"", block, got.s, want);
		map_files(&path, 1, block, rename_none);
		assert_string_equal(got.s, text);
	}
	map_files(&path, 1, 0, rename_at);
}

static int
stop(void **state)
{
	post_buf_free(&got);
	return scratch_remove(state);
}

static void
raw(void **state)
{
	(void)state;
	maps("", "");
	assert_int_equal(seen, 0);
	maps("@a.lua:1\n@b.lua:2\n\t3\n", "<a.lua:1>\n<b.lua:2>\n\t3\n");
	maps("@a.lua:1\r\n\t3\r\n", "<a.lua:1>\r\n\t3\r\n");
	maps("  @a.lua:1\n\t3", "  <a.lua:1>\n\t3");
	maps("@a.lua:1\n@/b\t17\n@a.lua:1\n", "<a.lua:1>\n</b>\t17\n<a.lua:1>\n");
	maps("@a.lua:1", "<a.lua:1>");
	maps(" 0x1 : @f+0x1/0x2 [a]\n\t3\nWARNING: @x:1\n", " 0x1 : @f+0x1/0x2 [a]\n\t3\nWARNING: @x:1\n");
	assert_int_equal(asked, 0);
	maps("hello @world\n\n 0x1 : f+0x1/0x2\n\t1\n", "hello @world\n\n 0x1 : f+0x1/0x2\n\t1\n");
	maps("local x\n\t42\n:1\n@a.lua:1\n\t3\n", "local x\n\t42\n:1\n<a.lua:1>\n\t3\n");
}

static void
folded(void **state)
{
	(void)state;
	maps("main;@a;@b 5\n;@c;; 6\nno count\n", "main;<a>;<b> 5\n;<c>;; 6\nno count\n");
	maps("x;@a\\x3bb;y\\x41 5\r\n", "x;<a\\x3bb>;y\\x41 5\r\n");
	maps("x;@a 5", "x;<a> 5");
	maps("x;@a 1.50\t\n", "x;<a> 1.50\t\n");
}

/* Colour goes with the old name, and nothing else does. */
static void
coloured(void **state)
{
	(void)state;
	maps("\x1b[31m@a.lua:1\x1b[m\n\t3\n", "<a.lua:1>\n\t3\n");
	maps("\x1b[31mC:f\x1b[m\n\t3\n", "\x1b[31mC:f\x1b[m\n\t3\n");
}

/* A file without its last line end does not run into the next one. */
static void
between_operands(void **state)
{
	char *paths[2];

	(void)state;
	paths[0] = put_file("one", BYTES("@a.lua:1\n\t3"));
	paths[1] = put_file("two", BYTES("@b.lua:1\n\t4"));
	map_files(paths, 2, 0, rename_at);
	assert_string_equal(got.s, "<a.lua:1>\n\t3\n<b.lua:1>\n\t4");
	paths[0] = put_file("one", BYTES("a;@b 3"));
	paths[1] = put_file("two", BYTES("a;@b 4\n"));
	map_files(paths, 2, 0, rename_at);
	assert_string_equal(got.s, "a;<b> 3\na;<b> 4\n");
}

static void
full_disk(void **state)
{
	struct post_buf text = { 0 };
	const struct post_input_conf conf = { .cut = post_stacks_cut };
	struct post_run run = { 0 };
	struct post_input *in;
	struct post_out out;
	struct post_err err;
	char *path;

	(void)state;
	while (text.n < 1 << 20)
		post_puts(&text, "@a.lua:1\n\t3\n");
	path = put_file("large", post_buf_str(&text));
	in = post_input_new(&path, 1, &conf);
	assert_int_equal(post_out_open(&out, "/dev/full", &err), 0);
	post_map(&run, in, rename_at, NULL, &out);
	assert_int_equal(post_out_close(&out, &err), -1);
	post_run_free(&run);
	post_input_free(in);
	post_buf_free(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(raw), cmocka_unit_test(folded), cmocka_unit_test(coloured), cmocka_unit_test(between_operands),
		cmocka_unit_test(full_disk),
	};

	return cmocka_run_group_tests_name("map", tests, scratch_make, stop);
}
