/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <zstd.h>
#include "frames.h"

enum {
	HEADER_MAX = 18,	/* bytes that tell all of a frame of zstd or a block of BGZF but the blocks of the former */
	BLOCK_HEADER = 3,
	BLOCK_MAX = 128 << 10
};

/* Up to N bytes of the file at AT into P: how many, or -1. */
static int
peek(const struct post_frames *f, uint64_t at, unsigned char *p, size_t n, struct post_err *err)
{
	size_t have = 0;

	n = at >= f->end ? 0 : n < f->end - at ? n : (size_t)(f->end - at);
	while (have < n) {
		ssize_t got = pread(f->fd, p + have, n - have, (off_t)(at + have));

		if (got == 0)
			break;
		if (got == -1 && errno != EINTR)
			return post_fail(err, POST_EIO, "%s", strerror(errno));
		have += got > 0 ? (size_t)got : 0;
	}
	return (int)have;
}

static uint32_t
little(const unsigned char *p, int n)
{
	uint32_t v = 0;

	while (n-- > 0)
		v = v << 8 | p[n];
	return v;
}

static int
found(struct post_frames *f, struct post_frame *frame)
{
	frame->at = f->at;
	if (frame->size > f->end - f->at)
		return 0;
	f->at += frame->size;
	return 1;
}

/* From the descriptor of a frame, behind the magic: the bytes of its header; 0: no version that is known. */
static unsigned
header_size(unsigned char descriptor)
{
	static const unsigned char of_id[] = { 0, 1, 2, 4 }, of_size[] = { 0, 2, 4, 8 };
	unsigned single = descriptor >> 5 & 1;
	unsigned size = descriptor >> 6 == 0 ? single : of_size[descriptor >> 6];

	return descriptor & 8 ? 0 : 4 + 1 + (single ? 0 : 1) + of_id[descriptor & 3] + size;
}

/* What a block unpacks to at most: what the window of its frame has, up to 128 KiB. */
static uint32_t
block_max(const unsigned char *header)
{
	unsigned log = 10 + (header[5] >> 3);
	uint64_t window;

	if (header[4] >> 5 & 1)		/* a single segment: the window is all of it */
		return BLOCK_MAX;
	window = (UINT64_C(1) << log) + (UINT64_C(1) << log) / 8 * (header[5] & 7);
	return window < BLOCK_MAX ? (uint32_t)window : BLOCK_MAX;
}

/* The blocks of a frame from AT on: *AT is then behind them.  1, 0 or -1. */
static int
walk_blocks(const struct post_frames *f, uint64_t *at, uint32_t max, uint64_t *plain, struct post_err *err)
{
	enum { RAW, RLE, COMPRESSED, RESERVED };
	unsigned char p[BLOCK_HEADER];
	uint32_t header, type, size;
	int got;

	do {
		got = peek(f, *at, p, sizeof p, err);
		if (got < (int)sizeof p)
			return got < 0 ? -1 : 0;
		header = little(p, sizeof p);
		type = header >> 1 & 3;
		size = header >> 3;
		if (type == RESERVED)
			return 0;
		*at += sizeof p + (type == RLE ? 1 : size);
		*plain += type == COMPRESSED ? max : size;
	} while (!(header & 1));
	return 1;
}

static int
zstd_frame(struct post_frames *f, const unsigned char *header, size_t n, struct post_frame *frame, struct post_err *err)
{
	unsigned length = n > 4 ? header_size(header[4]) : 0;
	uint64_t at = f->at + length, size;
	int got;

	if (length == 0 || n < length)
		return 0;
	got = walk_blocks(f, &at, block_max(header), &frame->plain, err);
	if (got != 1)
		return got;
	size = ZSTD_getFrameContentSize(header, n);
	if (size != ZSTD_CONTENTSIZE_UNKNOWN && size != ZSTD_CONTENTSIZE_ERROR)
		frame->plain = size;
	frame->size = at - f->at + (header[4] & 4);	/* a checksum has as many bytes as its flag's value */
	return found(f, frame);
}

/* As htslib knows one: the extra field holds the length of the member, and nothing else. */
static bool
is_bgzf(const unsigned char *header, size_t n)
{
	return n == HEADER_MAX && memcmp(header, "\x1f\x8b\x08", 3) == 0 && (header[3] & 4) && memcmp(header + 10, "\6\0BC\2\0", 6) == 0;
}

static int
bgzf_block(struct post_frames *f, const unsigned char *header, struct post_frame *frame, struct post_err *err)
{
	unsigned char p[4];
	int got;

	frame->size = little(header + 16, 2) + 1;
	if (frame->size < HEADER_MAX + 8)
		return 0;
	got = peek(f, f->at + frame->size - sizeof p, p, sizeof p, err);
	if (got < (int)sizeof p)
		return got < 0 ? -1 : 0;
	frame->plain = little(p, sizeof p);
	return found(f, frame);
}

int
post_frames_next(struct post_frames *f, struct post_frame *frame, struct post_err *err)
{
	unsigned char header[HEADER_MAX];
	int got = peek(f, f->at, header, sizeof header, err);
	size_t n = got > 0 ? (size_t)got : 0;

	*frame = (struct post_frame){ 0 };
	if (got <= 0)
		return got;
	if (is_bgzf(header, n))
		return bgzf_block(f, header, frame, err);
	if (n >= 4 && little(header, 4) == ZSTD_MAGICNUMBER)
		return zstd_frame(f, header, n, frame, err);
	if (n < 8 || (little(header, 4) & ZSTD_MAGIC_SKIPPABLE_MASK) != ZSTD_MAGIC_SKIPPABLE_START)
		return 0;
	frame->skippable = true;
	frame->size = UINT64_C(8) + little(header + 4, 4);
	return found(f, frame);
}
