/* SPDX-License-Identifier: BSD-2-Clause */
/* Where an archive can be entered, and the shards that are planned of it. */
#include "shards.h"
#include "../io/frames.h"

static struct folding whole, parts;
static struct post_buf text, stored;
static struct starts starts;

static int
stop(void **state)
{
	post_buf_free(&whole.text);
	post_buf_free(&parts.text);
	post_buf_free(&text);
	post_buf_free(&stored);
	return scratch_remove(state);
}

static void
make_text(struct rng *r)
{
	text.n = stored.n = 0;
	put_hard_trace(&text, r, below(r, 4000), 10);
}

/* The steps through an archive are those of libzstd, and what was written. */
static void
frames(void **state)
{
	struct rng r = rng_start("frames");
	int round;

	(void)state;
	for (round = 0; round < 200; round++) {
		struct post_frames at = { .fd = -1 };
		struct post_frame f;
		struct post_err err;
		enum archive kind = (enum archive)(1 + round % (ARCHIVES - 1));
		size_t i, sizes = 0;

		make_text(&r);
		put_archive(&stored, &r, post_buf_str(&text), kind, 500, &starts);
		at.fd = open(put_file("frames", post_buf_str(&stored)), O_RDONLY);
		at.end = stored.n;
		for (i = 0; i < starts.n + (kind == BGZF); i++) {
			assert_int_equal(post_frames_next(&at, &f, &err), 1);
			if (i < starts.n)
				assert_int_equal(f.at, starts.v[i]);
			if (stored.s[f.at] != '\x1f')
				assert_int_equal(f.size, ZSTD_findFrameCompressedSize(stored.s + f.at, stored.n - f.at));
			sizes += f.plain;
		}
		assert_int_equal(post_frames_next(&at, &f, &err), 0);
		assert_int_equal(at.at, stored.n);
		assert_true(sizes >= text.n);
		close(at.fd);
	}
}

/* Wherever an archive is cut short, only whole frames are told; and of anything else nothing. */
static void
frames_cut_short(void **state)
{
	static const struct post_str none[] = {
		POST_STR(""), POST_STR("\x28\xb5\x2f"), POST_STR("\x28\xb5\x2f\xfd"), POST_STR("\x28\xb5\x2f\xfd\x08\x50\1\0\0"), POST_STR("\x28\xb5\x2f\xfd\0\x50\7\0\0\0\0\0\0\0\0"),
		POST_STR("\x50\x2a\x4d\x18\xff\xff\xff\xff"), POST_STR("\x50\x2a\x4d\x18\1\0\0"), POST_STR(" 0x1 : a+0x1/0x2\n\t1\n"),
		POST_STR("\x1f\x8b\x08\x04\0\0\0\0\0\xff\6\0BC\2\0\x19\0\0\0\0\0\0\0\0"), POST_STR("\x1f\x8b\x08\x04\0\0\0\0\0\xff\6\0BC\2\0\1\0\0\0\0\0\0\0\0\0\0\0\0\0"),
	};
	struct rng r = rng_start("frames_cut_short");
	struct post_frame f;
	struct post_err err;
	size_t n, i, k;

	(void)state;
	for (i = 0; i < ROWS(none); i++) {
		struct post_frames at = { .fd = open(put_file("none", none[i]), O_RDONLY), .end = none[i].n };

		assert_int_equal(post_frames_next(&at, &f, &err), 0);
		close(at.fd);
	}
	make_text(&r);
	put_archive(&stored, &r, post_buf_str(&text), MIXED, 500, &starts);
	for (n = 0; n < stored.n; n += 1 + n / 50) {
		struct post_frames at = { .fd = open(put_file("cut", (struct post_str){ stored.s, n }), O_RDONLY), .end = n };

		for (k = 0; post_frames_next(&at, &f, &err) == 1; k++)
			assert_true(f.at == starts.v[k] && f.at + f.size <= n);
		assert_true(k == starts.n || at.at == starts.v[k]);
		close(at.fd);
	}
	assert_int_equal(post_frames_next(&(struct post_frames){ .fd = -1, .end = 10 }, &f, &err), -1);
	assert_int_equal(err.code, POST_EIO);
}

/* A plan is all of the file, of shards of about the size that was asked for. */
static void
plans(void **state)
{
	struct rng r = rng_start("plans");
	int round;

	(void)state;
	for (round = 0; round < 200; round++) {
		enum archive kind = (enum archive)(round % ARCHIVES);
		uint64_t size = 1 + below(&r, 2000);
		struct post_shards list = { 0 };
		struct post_err err;
		char *path;
		size_t i;

		make_text(&r);
		put_archive(&stored, &r, post_buf_str(&text), kind, 20 + below(&r, 300), &starts);
		path = put_file("trace", post_buf_str(&stored));
		assert_int_equal(post_shards_plan(&list, path, size, &err), 0);
		assert_true(list.n >= 1 && list.v[0].from == 0 && list.v[list.n - 1].to == UINT64_MAX);
		for (i = 1; i < list.n; i++)
			assert_true(list.v[i].from == list.v[i - 1].to && list.v[i].from > list.v[i - 1].from);
		if (kind == PLAIN)
			assert_int_equal(list.n, text.n == 0 ? 1 : (text.n + size - 1) / size);
		else if (kind == BGZF)	/* its blocks tell what they hold */
			assert_true(list.n <= text.n / size + 1);
		fold_files(&path, 1, &(struct post_stacks_conf){ 0 }, 0, 1, &whole);
		fold_shards(path, list.v, list.n, post_shard_seam, 0, 2, &parts);
		assert_true(same_fold(&parts, &whole) && parts.reports == 0);
		post_shards_free(&list);
	}
}

/* What is packed in one piece is one shard, and so is what is no file. */
static void
one_shard(void **state)
{
	struct rng r = rng_start("one_shard");
	struct post_shards list = { 0 };
	struct post_err err;

	(void)state;
	make_text(&r);
	put_gzip(&stored, post_buf_str(&text), 6);
	assert_int_equal(post_shards_plan(&list, put_file("gz", post_buf_str(&stored)), 10, &err), 0);
	put_gzip(&stored, post_buf_str(&text), 6);	/* members that do not tell their length */
	assert_int_equal(post_shards_plan(&list, put_file("gz2", post_buf_str(&stored)), 10, &err), 0);
	stored.n = 0;
	put_zstd(&stored, post_buf_str(&text));
	assert_int_equal(post_shards_plan(&list, put_file("zst", post_buf_str(&stored)), 10, &err), 0);
	assert_int_equal(post_shards_plan(&list, put_file("empty", BYTES("")), 10, &err), 0);
	assert_int_equal(post_shards_plan(&list, "/dev/null", 10, &err), 0);
	assert_int_equal(list.n, 5);
	for (size_t i = 0; i < list.n; i++)
		assert_true(list.v[i].from == 0 && list.v[i].to == UINT64_MAX);
	assert_int_equal(post_shards_plan(&list, scratch("missing"), 10, &err), -1);
	assert_int_equal(err.code, POST_EIO);
	assert_int_equal(post_shards_plan(&list, scratch_dir, 10, &err), -1);
	assert_int_equal(list.n, 5);
	post_shards_free(&list);
}

/*
 * A member says that it is short, and where the next would begin a block of
 * BGZF stands among its bytes.  The plan believes it; who unpacks it does not.
 */
static void
length_that_lies(void **state)
{
	struct post_buf inner = { 0 }, outer = { 0 };
	struct post_shards list = { 0 };
	struct post_err err;
	char *path;

	(void)state;
	post_puts(&inner, "# \n");
	put_bgzf(&inner, BYTES(" 0x1 : liar+0x1/0x2\n\t1\n"));
	put_gzip(&outer, post_buf_str(&inner), 0);	/* 10 bytes of header, 5 of a block, and all as it is */
	stored.n = 0;
	post_put(&stored, BYTES("\x1f\x8b\x08\x04\0\0\0\0\0\xff\6\0BC\2\0\x19\0"));
	post_put(&stored, post_str_from(post_buf_str(&outer), 10));
	path = put_file("liar", post_buf_str(&stored));
	assert_int_equal(post_shards_plan(&list, path, 1, &err), 0);
	assert_int_equal(list.n, 2);
	fold_files(&path, 1, &(struct post_stacks_conf){ 0 }, 0, 1, &whole);
	assert_int_equal(whole.reports, 0);
	fold_shards(path, list.v, list.n, post_shard_seam, 0, 1, &parts);
	assert_true(parts.reports > 0 && parts.status == 1);
	post_shards_free(&list);
	post_buf_free(&inner);
	post_buf_free(&outer);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames), cmocka_unit_test(frames_cut_short), cmocka_unit_test(plans), cmocka_unit_test(one_shard),
		cmocka_unit_test(length_that_lies),
	};

	return cmocka_run_group_tests_name("frames", tests, scratch_make, stop);
}
