/* SPDX-License-Identifier: BSD-2-Clause */
/* A trace packed in frames: zstd(1) gives it back, each frame is whole stacks by itself, and the table is right. */
#include "shards.h"
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "../batch/pack.h"

static struct post_buf text, stored, back;
static struct post_packed packed;
static struct post_err err;
static struct folding whole, parts;

static int
stop(void **state)
{
	post_buf_free(&text);
	post_buf_free(&stored);
	post_buf_free(&back);
	post_buf_free(&whole.text);
	post_buf_free(&parts.text);
	return scratch_remove(state);
}

/* Pack what is in PLAIN, as it is in a file, into STORED and a file. */
static int
pack(struct post_str plain, const struct post_pack_conf *conf)
{
	int fd = open(put_file("plain", plain), O_RDONLY), status;
	char *to = scratch("packed.zst");
	struct post_err none;
	struct post_out out;

	assert_int_equal(post_out_open(&out, to, &none), 0);
	status = post_pack(fd, conf, &out, &packed, &err);
	close(fd);
	if (status == -1) {
		post_out_discard(&out);
		return -1;
	}
	assert_int_equal(post_out_close(&out, &none), 0);
	get_file(to, &stored);
	assert_int_equal(stored.n, packed.stored);
	return 0;
}

/* What zstd(1) makes of the packed file. */
static void
unpack(void)
{
	struct post_buf command = { 0 };

	post_putf(&command, "cd '%s' && zstd -tq packed.zst && zstd -dcq packed.zst > back", scratch_dir);
	assert_int_equal(system(command.s), 0);
	get_file(scratch("back"), &back);
	post_buf_free(&command);
}

static uint32_t
number(size_t at)
{
	const unsigned char *p = (unsigned char *)stored.s + at;

	assert_true(at + 4 <= stored.n);
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* Where the table begins, found from the end, as the format has it. */
static size_t
table(void)
{
	size_t n = number(stored.n - 9), size = 12 * n + 9;

	assert_int_equal(number(stored.n - 4), 0x8F92EAB1);
	assert_int_equal((unsigned char)stored.s[stored.n - 5], 0x80);
	assert_true(stored.n >= size + 8);
	assert_int_equal(number(stored.n - size - 8), 0x184D2A5E);
	assert_int_equal(number(stored.n - size - 4), size);
	assert_int_equal(n, packed.frames);
	return stored.n - size;
}

/* Does the frame with PLAIN end behind a stack, or a line? */
static bool
is_whole(enum post_form form, struct post_str plain)
{
	return form == POST_FORM_FOLDED ? post_str_ends(plain, POST_STR("\n")) : post_parse_cut(plain) == plain.n;
}

/* Each entry of the table is a frame that unpacks alone; they are all of TEXT. */
static void
check_frames(enum post_form form, uint64_t least)
{
	size_t at = table(), from = 0, done = 0, i;
	struct post_buf b = { 0 };

	for (i = 0; i < packed.frames; i++, at += 12) {
		size_t size = number(at), n = number(at + 4);

		post_buf_grow(&b, n);
		assert_int_equal(ZSTD_findFrameCompressedSize(stored.s + from, stored.n - from), size);
		assert_int_equal(ZSTD_decompress(b.s, n, stored.s + from, size), n);
		assert_true(done + n <= text.n && memcmp(b.s, text.s + done, n) == 0);
		assert_int_equal((uint32_t)XXH64(b.s, n, 0), number(at + 8));
		assert_int_equal(number(from + size - 4), number(at + 8));	/* the frame has it, too */
		if (i + 1 < packed.frames) {
			assert_true(n > least);
			assert_true(is_whole(form, (struct post_str){ b.s, n }));
		}
		from += size;
		done += n;
	}
	assert_int_equal(done, text.n);
	assert_int_equal(from, table() - 8);
	post_buf_free(&b);
}

static void
random_traces(void **state)
{
	struct rng r = rng_start("random_traces");
	size_t frames = 0;
	int round;

	(void)state;
	for (round = 0; round < 150; round++) {
		struct post_pack_conf conf = { .frame = 1 + below(&r, 3000), .level = (int)below(&r, 4), .tag = round % 3 };
		enum post_form form;

		text.n = 0;
		if (round % 4 == 0)
			put_hard_folded(&text, &r, below(&r, 20000));
		else
			put_hard_trace(&text, &r, below(&r, 20000), (unsigned)below(&r, 40));
		form = conf.tag != POST_FORM_DETECT ? (enum post_form)conf.tag : post_form_detect(post_buf_str(&text));
		assert_int_equal(pack(post_buf_str(&text), &conf), 0);
		assert_int_equal(packed.plain, text.n);
		assert_false(packed.trailing);
		check_frames(form, conf.frame);
		if (round % 10 == 0) {
			unpack();
			same_str(post_buf_str(&back), post_buf_str(&text));
		}
		frames += packed.frames;
	}
	assert_true(frames > 500);
}

/* Divided between its frames, and folded, it is what it was. */
static void
read_in_parts(void **state)
{
	struct rng r = rng_start("read_in_parts");
	char *plain, *zst;
	int round;

	(void)state;
	for (round = 0; round < 30; round++) {
		struct post_shards list = { 0 };

		text.n = 0;
		put_hard_trace(&text, &r, 200000, 5);
		assert_int_equal(pack(post_buf_str(&text), &(struct post_pack_conf){ .frame = 5000 }), 0);
		plain = scratch("plain");
		zst = scratch("packed.zst");
		fold_files(&plain, 1, &(struct post_stacks_conf){ 0 }, 0, 1, &whole);
		assert_int_equal(post_shards_plan(&list, zst, 20000, &err), 0);
		assert_true(list.n > 1 && list.n <= packed.frames);
		fold_shards(zst, list.v, list.n, post_shard_seam, 0, 2, &parts);
		assert_int_equal(parts.reports, 0);
		assert_true(post_str_eq(post_buf_str(&parts.text), post_buf_str(&whole.text)));
		post_shards_free(&list);
	}
}

static void
packed_before(void **state)
{
	static const struct post_str trace = POST_STR(" 0x1 : a+0x1/0x2\n\t1\n 0x1 : b+0x1/0x2\n\t2\n 0x1 : c+0x1/0x2\n\t3\n");
	struct post_buf b = { 0 };

	(void)state;
	text.n = 0;
	post_put(&text, trace);
	put_gzip(&b, trace, 6);
	assert_int_equal(pack(post_buf_str(&b), &(struct post_pack_conf){ .frame = 1 }), 0);
	check_frames(POST_FORM_RAW, 1);
	assert_int_equal(packed.frames, 2);	/* the first stack of each is not looked at: it may be cut */
	assert_int_equal(pack(post_buf_str(&stored), &(struct post_pack_conf){ .frame = 30 }), 0);	/* its own */
	check_frames(POST_FORM_RAW, 30);
	post_puts(&b, "garbage");
	assert_int_equal(pack(post_buf_str(&b), &(struct post_pack_conf){ 0 }), 0);
	assert_true(packed.trailing);
	assert_int_equal(packed.trailing_byte, b.n - 7);
	assert_int_equal(packed.frames, 1);
	check_frames(POST_FORM_RAW, 0);
	b.n = 0;
	put_gzip(&b, trace, 6);
	b.n -= 9;
	assert_int_equal(pack(post_buf_str(&b), &(struct post_pack_conf){ 0 }), -1);
	assert_int_equal(err.code, POST_ECUT);
	post_buf_free(&b);
}

static void
empty(void **state)
{
	struct post_buf b = { 0 };

	(void)state;
	text.n = 0;
	assert_int_equal(pack(BYTES(""), &(struct post_pack_conf){ 0 }), 0);
	assert_int_equal(packed.frames, 0);
	check_frames(POST_FORM_RAW, 0);
	unpack();
	assert_int_equal(back.n, 0);
	put_zstd(&b, BYTES(""));
	assert_int_equal(pack(post_buf_str(&b), &(struct post_pack_conf){ 0 }), 0);
	assert_int_equal(packed.frames, 0);
	post_buf_free(&b);
}

/* The same bytes again and again, and as many as asked for in a frame when it is less than there are. */
static void
same_again(void **state)
{
	struct post_buf first = { 0 };

	(void)state;
	text.n = 0;
	while (text.n < 300000)
		post_putf(&text, " 0x%zx : f+0x1/0x2\n\t%zu\n", text.n, text.n % 7);
	assert_int_equal(pack(post_buf_str(&text), &(struct post_pack_conf){ .frame = 100000 }), 0);
	assert_int_equal(packed.frames, 3);
	post_put(&first, post_buf_str(&stored));
	assert_int_equal(pack(post_buf_str(&text), &(struct post_pack_conf){ .frame = 100000 }), 0);
	assert_true(post_str_eq(post_buf_str(&stored), post_buf_str(&first)));
	post_buf_free(&first);
}

/* Where no stack ends for sure a frame ends all the same. */
static void
no_seam(void **state)
{
	size_t at, i;

	(void)state;
	text.n = 0;
	while (text.n < 5000)
		post_puts(&text, "f+0x12 [a]\n\t1\n");
	assert_int_equal(pack(post_buf_str(&text), &(struct post_pack_conf){ .frame = 10, .most = 1000, .tag = POST_FORM_RAW }), 0);
	assert_int_equal(packed.frames, (text.n + 999) / 1000);
	at = table();
	for (i = 0; i + 1 < packed.frames; i++)
		assert_int_equal(number(at + 12 * i + 4), 1000);
	unpack();
	same_str(post_buf_str(&back), post_buf_str(&text));
	assert_int_equal(pack(post_buf_str(&text), &(struct post_pack_conf){ .frame = 2000, .most = 700 }), 0);
	assert_int_equal(packed.frames, (text.n + 699) / 700);
	assert_int_equal(number(table() + 4), 700);
}

static void
full_disk(void **state)
{
	struct post_out out;
	int fd = open(put_file("plain", BYTES("a 1\n")), O_RDONLY);

	(void)state;
	assert_int_equal(post_out_open(&out, "/dev/full", &err), 0);
	assert_int_equal(post_pack(fd, &(struct post_pack_conf){ 0 }, &out, &packed, &err), 0);
	assert_int_equal(post_out_close(&out, &err), -1);
	close(fd);
	assert_int_equal(post_pack(-1, &(struct post_pack_conf){ 0 }, &(struct post_out){ .fd = -1 }, &packed, &err), -1);
	assert_int_equal(err.code, POST_EIO);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_traces), cmocka_unit_test(read_in_parts), cmocka_unit_test(packed_before), cmocka_unit_test(empty),
		cmocka_unit_test(same_again), cmocka_unit_test(no_seam), cmocka_unit_test(full_disk),
	};

	return cmocka_run_group_tests_name("pack", tests, scratch_make, stop);
}
