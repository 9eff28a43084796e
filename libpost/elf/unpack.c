/* SPDX-License-Identifier: BSD-2-Clause */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <zlib.h>
#include <zstd.h>
#include "../base/mem.h"
#include "../dwarf/cursor.h"
#include "unpack.h"

enum {
	JOBS_MAX = 64,
	STEP = 1 << 30		/* zlib counts in 32 bits */
};

/* Streams may follow each other, as ld -r leaves them. */
static const char *
inflate_to(struct post_str from, unsigned char *to, uint64_t size)
{
	z_stream z = { .next_in = (unsigned char *)(uintptr_t)from.p };
	const unsigned char *end = (const unsigned char *)from.p + from.n;
	int got;

	if (inflateInit(&z) != Z_OK)
		return "no memory for zlib";
	z.next_out = to;
	do {
		size_t in = (size_t)(end - z.next_in), out = (size_t)(to + size - z.next_out);

		z.avail_in = (uInt)(in < STEP ? in : STEP);
		z.avail_out = (uInt)(out < STEP ? out : STEP);
		got = inflate(&z, Z_NO_FLUSH);
		if (got == Z_STREAM_END && z.next_in < end && z.next_out < to + size)
			got = inflateReset(&z);
	} while (got == Z_OK && z.next_out < to + size);
	inflateEnd(&z);
	if (got != Z_OK && got != Z_STREAM_END && got != Z_BUF_ERROR)
		return "damaged zlib data";
	return z.next_out == to + size ? NULL : "the zlib data ends too early";
}

static const char *
unzstd_to(struct post_str from, unsigned char *to, uint64_t size)
{
	size_t got = ZSTD_decompress(to, size, from.p, from.n);

	if (ZSTD_isError(got))
		return ZSTD_getErrorName(got);
	return got == size ? NULL : "the zstd data ends too early";
}

static void
unpack(struct post_unpack *u)
{
	void *to;

	u->to = (struct post_str){ 0 };
	if (u->size == 0 || u->error != NULL)
		return;
	if (!post_unpack_allowed(u->from.n, u->size)) {
		u->error = "claims to be too large for what it is packed in";
		return;
	}
	to = mmap(NULL, u->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (to == MAP_FAILED) {
		u->error = "no memory for it";
		return;
	}
	u->error = u->packing == POST_PACKED_ZLIB ? inflate_to(u->from, to, u->size) : unzstd_to(u->from, to, u->size);
	if (u->error != NULL)
		munmap(to, u->size);
	else
		u->to = (struct post_str){ to, u->size };
}

struct work {
	struct post_unpack	**one;		/* largest first */
	size_t			 n;
	atomic_size_t		 next;
};

static void *
work(void *arg)
{
	struct work *w = arg;
	size_t i;

	while ((i = atomic_fetch_add(&w->next, 1)) < w->n)
		unpack(w->one[i]);
	return NULL;
}

static int
larger_first(const void *a, const void *b)
{
	const struct post_unpack *x = *(struct post_unpack *const *)a, *y = *(struct post_unpack *const *)b;

	return (x->from.n < y->from.n) - (x->from.n > y->from.n);
}

void
post_unpack_all(struct post_unpack *u, size_t n, unsigned jobs)
{
	struct work w = { .one = post_resize(NULL, n, sizeof *w.one), .n = n };
	pthread_t thread[JOBS_MAX];
	size_t i, started;

	for (i = 0; i < n; i++)
		w.one[i] = &u[i];
	qsort(w.one, n, sizeof *w.one, larger_first);
	for (started = 0; started + 1 < jobs && started + 1 < n && started < JOBS_MAX; started++)
		if (pthread_create(&thread[started], NULL, work, &w) != 0)
			break;
	work(&w);
	for (i = 0; i < started; i++)
		pthread_join(thread[i], NULL);
	free(w.one);
}

void
post_unpack_free(struct post_unpack *u, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (u[i].to.n > 0)
			munmap((void *)(uintptr_t)u[i].to.p, u[i].to.n);
}

static uint64_t
read_be16(struct post_cursor *c)
{
	uint64_t high = post_read_u8(c);

	return high << 8 | post_read_u8(c);
}

/* The chunks of LZMA2: a control byte, then sizes less one. */
static uint64_t
lzma2_size(struct post_cursor *c)
{
	uint64_t total = 0, size;
	unsigned control;

	while ((control = post_read_u8(c)) != 0) {
		size = read_be16(c) + 1;
		if (control >= 0x80) {
			size += (uint64_t)(control & 0x1f) << 16;
			post_skip(c, read_be16(c) + 1 + (control >= 0xc0));
		} else
			post_skip(c, size);
		total += size;
	}
	return total;
}

/* The .xz file format, version 1.1.0, sections 2 and 3. */
int64_t
post_xz_size(struct post_str s)
{
	static const uint8_t check[16] = { 0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64 };
	struct post_cursor c = post_cursor_of(s);
	uint64_t total = 0;
	unsigned type, header;

	if (!post_str_starts(s, POST_STR("\xfd" "7zXZ\0")))
		return -1;
	post_skip(&c, 7);
	type = post_read_u8(&c) & 15;
	post_skip(&c, 4);
	while ((header = post_read_u8(&c)) != 0) {
		post_skip(&c, (header + 1) * 4 - 1);
		total += lzma2_size(&c);
		post_skip(&c, (4 - (uint64_t)(c.p - (const unsigned char *)s.p) % 4) % 4 + check[type]);
	}
	return c.bad ? -1 : (int64_t)total;
}
