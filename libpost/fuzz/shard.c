/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as a trace, divided anywhere, packed by us, or packed by who knows: when no part complains, the parts are the whole. */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include "../batch/pack.h"
#include "../batch/shard.h"
#include "../io/decode.h"
#include "../trace/run.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

enum { ENOUGH = 1 << 20, WINDOW_LOG = 20, CUTS = 4 };

static int file = -1;
static char path[32];

static void
on_report(void *arg, const char *name, const struct post_err *err)
{
	(void)name;
	assert(err->code != POST_OK && err->msg[0] != '\0');
	++*(unsigned *)arg;
}

/* Fold the file, or the N SHARDS of it; how often it was complained about, or -1: a sum passes its limit. */
static int
fold(const struct post_shard *shards, size_t n, size_t block, struct post_buf *text)
{
	static const struct post_stacks_conf usual;
	unsigned reports = 0;
	struct post_input_conf conf = { .cut = post_stacks_cut, .block = block, .window_log = WINDOW_LOG, .no_thread = true,
		.report = on_report, .arg = &reports, .shards = shards, .seam = post_shard_seam };
	char **paths = post_resize(NULL, n, sizeof *paths);
	struct post_run run = { 0 };
	struct post_fold f = { 0 };
	struct post_out out = { .fd = -1 };
	struct post_input *in;
	struct post_err err;
	int status;

	for (size_t i = 0; i < n; i++)
		paths[i] = path;
	in = post_input_new(paths, n, &conf);
	status = post_run_fold(&run, in, &usual, 1, &f, &err);
	post_fold_select(&f, 0, 0);
	post_fold_write(&f, &out);
	text->n = 0;
	post_put(text, post_buf_str(&out.buf));
	post_buf_free(&out.buf);
	post_fold_free(&f);
	post_run_free(&run);
	post_input_free(in);
	free(paths);
	return status == -1 ? -1 : (int)reports;
}

static void
same(const struct post_shard *shards, size_t n, size_t block)
{
	struct post_buf whole = { 0 }, parts = { 0 };
	int complaints = fold(NULL, 1, block, &whole);

	if (complaints != -1 && fold(shards, n, block, &parts) == 0)
		assert(complaints == 0 && post_str_eq(post_buf_str(&whole), post_buf_str(&parts)));
	post_buf_free(&whole);
	post_buf_free(&parts);
}

static void
put_file(struct post_str s)
{
	if (file == -1) {
		file = memfd_create("shards", 0);
		snprintf(path, sizeof path, "/proc/self/fd/%d", file);
	}
	if (ftruncate(file, 0) == -1 || pwrite(file, s.p, s.n, 0) != (ssize_t)s.n || lseek(file, 0, SEEK_SET) == -1)
		abort();
}

/* Divided where CUT says, in 65536ths of its length. */
static void
divided(struct post_str s, const uint8_t *cut, size_t block)
{
	struct post_shard shard[CUTS + 1];
	uint64_t from = 0;

	put_file(s);
	for (size_t i = 0; i < CUTS; i++) {
		uint64_t to = ((uint64_t)cut[2 * i] << 8 | cut[2 * i + 1]) * (s.n + 1) >> 16;

		to = to > from ? to : from;
		shard[i] = (struct post_shard){ from, to };
		from = to;
	}
	shard[CUTS] = (struct post_shard){ from, UINT64_MAX };
	same(shard, CUTS + 1, block);
}

static void
planned(uint64_t bytes, size_t block)
{
	struct post_shards list = { 0 };
	struct post_err err;

	if (post_shards_plan(&list, path, bytes, &err) == -1)
		abort();
	assert(list.n > 0 && list.v[0].from == 0 && list.v[list.n - 1].to == UINT64_MAX);
	same(list.v, list.n, block);
	post_shards_free(&list);
}

/* Does the file unpack to no more than ENOUGH? */
static bool
is_small(void)
{
	struct post_decode *d = post_decode_new(file, WINDOW_LOG);
	char buf[4096];
	struct post_err err;
	size_t total = 0;
	ptrdiff_t got;

	while (total < ENOUGH && (got = post_decode_read(d, buf, sizeof buf, &err)) > 0)
		total += (size_t)got;
	post_decode_free(d);
	return total < ENOUGH;
}

static void
packed(struct post_str s, uint64_t frame, uint64_t most, uint64_t bytes, size_t block)
{
	struct post_pack_conf conf = { .frame = frame, .most = most, .window_log = WINDOW_LOG };
	struct post_out out = { .fd = -1 };
	struct post_packed packed;
	struct post_err err;

	put_file(s);
	if (post_pack(file, &conf, &out, &packed, &err) == 0 && out.buf.n < POST_OUT_LARGE) {
		assert(packed.stored == out.buf.n);
		put_file(post_buf_str(&out.buf));
		planned(bytes, block);
	}
	post_buf_free(&out.buf);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct post_str s = { (const char *)data, size };
	size_t block;

	if (size < 2 + 2 * CUTS || size > 8000)
		return 0;
	block = data[1];
	s = post_str_from(s, 2 + 2 * CUTS);
	if (data[0] % 3 == 0)
		divided(s, data + 2, block);
	else {
		put_file(s);
		if (!is_small())
			return 0;
		lseek(file, 0, SEEK_SET);
		if (data[0] % 3 == 1)
			planned(1 + (uint64_t)data[2] * 16, block);
		else
			packed(s, 1 + (uint64_t)data[3] * 16, (uint64_t)data[4] * 64, 1 + (uint64_t)data[2] * 16, block);
	}
	return 0;
}
