/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as a file: it ends, memory stays small, and blocks are whole lines in order. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include "../io/decode.h"
#include "../io/input.h"
#include "../trace/stacks.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

enum { ENOUGH = 16 << 20 };	/* unpacked bytes: a bomb is not read to its end */

static char *const only_stdin[] = { (char *)"-" };

static void
through_input(int fd, size_t block, bool thread, post_cut_fn *cut)
{
	struct post_input_conf conf = { .cut = cut, .block = block, .window_log = 20, .no_thread = !thread };
	struct post_input *in;
	struct post_block *b;
	uint64_t byte = 0;

	lseek(fd, 0, SEEK_SET);
	in = post_input_new(only_stdin, 1, &conf);
	while (post_input_bytes(in) < ENOUGH && (b = post_input_next(in)) != NULL) {
		assert(b->byte >= byte && (b->last || (b->n > 0 && b->p[b->n - 1] == '\n')));
		byte = b->byte + b->n;
		post_input_release(in, b);
	}
	assert(post_input_status(in) >= 0 && post_input_status(in) <= 2);
	post_input_free(in);
}

/* The same bytes, whatever the size of a read. */
static uint64_t
through_decode(int fd, size_t n, uint64_t *sum)
{
	struct post_decode *d = post_decode_new(fd, 20);
	struct post_err err;
	char buf[4096];
	uint64_t total = 0, byte;
	ptrdiff_t got;

	*sum = 0;
	lseek(fd, 0, SEEK_SET);
	while (total < ENOUGH / 16 && (got = post_decode_read(d, buf, n, &err)) > 0) {
		assert((size_t)got <= n);
		total += (uint64_t)got;
		for (ptrdiff_t i = 0; i < got; i++)
			*sum = *sum * 31 + (unsigned char)buf[i];
	}
	if (total < ENOUGH / 16 && got == -1)
		assert(err.code != POST_OK && err.msg[0] != '\0');
	(void)post_decode_trailing(d, &byte);
	post_decode_free(d);
	return total;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int fd = -1;
	uint64_t a, b, n;

	if (fd == -1) {
		fd = memfd_create("input", 0);
		assert(fd != -1 && dup2(fd, STDIN_FILENO) == STDIN_FILENO);
	}
	if (ftruncate(fd, 0) == -1 || pwrite(fd, data, size, 0) != (ssize_t)size)
		abort();
	n = through_decode(fd, 4096, &a);
	if (n < ENOUGH / 16 && n < 1 << 16) {
		assert(through_decode(fd, 1, &b) == n);
		assert(a == b);
	}
	through_input(fd, size > 0 ? 1 + (size_t)data[size - 1] : 0, false, NULL);
	through_input(fd, 0, size > 0 && data[0] == 0x1f, post_stacks_cut);
	return 0;
}
