/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>
#include "../base/mem.h"
#include "decode.h"

enum {
	STORED_CAP = 64 << 10,
	MAGIC_MAX = 10		/* bytes that tell a format */
};

enum format { SNIFF, PLAIN, GZIP, ZSTD, END };

struct post_decode {
	int		 fd;
	int		 window_log;
	enum format	 format;
	bool		 packed;	/* a member or frame was seen: plain bytes behind it are garbage */
	bool		 eof;
	bool		 trailing;
	char		*stored;	/* [beg, end) is read and not yet decoded */
	size_t		 beg, end;
	uint64_t	 byte;		/* offset of stored[0] in the file */
	uint64_t	 given;		/* unpacked bytes */
	uint64_t	 start;		/* stored byte where a member or frame must begin, */
	bool		 inside;	/* while that is to be seen */
	uint64_t	 mark, mark_given;
	bool		 marked;	/* how many bytes are given before mark is known */
	z_stream	 z;
	bool		 z_ready;
	ZSTD_DStream	*zstd;
	size_t		 zstd_wants;	/* bytes to the end of the next block */
	bool		 zstd_full;	/* the last call filled its output: there may be more of the block */
	size_t		 zstd_error;	/* met behind bytes that were given first; 0: none */
};

/* The magic bytes we know: to read, or to name in a message. */
static const struct magic {
	struct post_str	 bytes;
	enum format	 format;
	const char	*unpack;	/* what would read it instead */
} magics[] = {
	{ POST_STR("\x1f\x8b"),			GZIP, NULL },
	{ POST_STR("\x28\xb5\x2f\xfd"),		ZSTD, NULL },
	{ POST_STR("\xfd" "7zXZ\0"),		END, "xz -dc" },
	{ POST_STR("\x04\x22\x4d\x18"),		END, "lz4 -dc" },
	{ POST_STR("PK\x03\x04"),		END, "unzip -p" },
	{ POST_STR("\x78\x01"),			END, "pigz -dc" },
	{ POST_STR("\x78\x9c"),			END, "pigz -dc" },
	{ POST_STR("\x78\xda"),			END, "pigz -dc" },
};

static struct post_str
ahead(const struct post_decode *d)
{
	return (struct post_str){ d->stored + d->beg, d->end - d->beg };
}

static int
fail_at(const struct post_decode *d, struct post_err *err, enum post_code code, const char *what)
{
	post_fail(err, code, "%s", what);
	err->byte = d->byte + d->beg;
	err->has_byte = 1;
	return -1;
}

/* More stored bytes behind those ahead.  0, or -1. */
static int
refill(struct post_decode *d, struct post_err *err)
{
	ssize_t got;

	if (d->stored == NULL)
		d->stored = post_resize(NULL, STORED_CAP, 1);
	if (d->beg > 0) {
		memmove(d->stored, d->stored + d->beg, d->end - d->beg);
		d->byte += d->beg;
		d->end -= d->beg;
		d->beg = 0;
	}
	do
		got = read(d->fd, d->stored + d->end, STORED_CAP - d->end);
	while (got == -1 && errno == EINTR);
	if (got == -1)
		return fail_at(d, err, POST_EIO, strerror(errno));
	d->eof = got == 0;
	d->end += (size_t)got;
	return 0;
}

static bool
is_skippable(struct post_str s)
{
	return s.n >= 4 && ((unsigned char)s.p[0] & 0xf0) == 0x50 && memcmp(s.p + 1, "\x2a\x4d\x18", 3) == 0;
}

/* "BZh9", and pi before a block or its square root at the end: names can begin with the first three letters. */
static bool
is_bzip2(struct post_str s)
{
	return s.n >= 10 && post_str_starts(s, POST_STR("BZh")) &&
	    (memcmp(s.p + 4, "1AY&SY", 6) == 0 || memcmp(s.p + 4, "\x17rE8P\x90", 6) == 0);
}

static const struct magic *
find_magic(struct post_str s)
{
	static const struct magic skippable = { { NULL, 0 }, ZSTD, NULL }, bzip2 = { { NULL, 0 }, END, "bzip2 -dc" };
	size_t i;

	for (i = 0; i < sizeof magics / sizeof *magics; i++)
		if (post_str_starts(s, magics[i].bytes))
			return &magics[i];
	return is_skippable(s) ? &skippable : is_bzip2(s) ? &bzip2 : NULL;
}

/* Pass over the zero bytes that tapes and block devices leave behind an archive. */
static int
skip_padding(struct post_decode *d, struct post_err *err)
{
	for (;;) {
		while (d->beg < d->end && d->stored[d->beg] == '\0')
			d->beg++;
		if (d->beg < d->end || d->eof)
			return 0;
		if (refill(d, err) == -1)
			return -1;
	}
}

static int
fail_to_begin(struct post_err *err, uint64_t at)
{
	post_fail(err, POST_EFORMAT, "no frame begins where the file was to be divided");
	err->byte = at;
	err->has_byte = 1;
	return -1;
}

/* A member or frame begins here, or the end of all: is it where one must? */
static int
check_place(struct post_decode *d, struct post_err *err)
{
	uint64_t at = d->byte + d->beg;

	if (d->inside && (at != d->start || d->format == END))
		return fail_to_begin(err, d->start);
	d->inside = false;
	if (d->mark == 0 || d->marked)
		return 0;
	if (at > d->mark || d->format == END)
		return fail_to_begin(err, d->mark);
	d->marked = at == d->mark;
	d->mark_given = d->given;
	return 0;
}

/* Behind a member nothing but another one, padding, or garbage can stand. */
static int
sniff(struct post_decode *d, struct post_err *err)
{
	const struct magic *m;

	if (d->packed && skip_padding(d, err) == -1)
		return -1;
	while (d->end - d->beg < MAGIC_MAX && !d->eof)
		if (refill(d, err) == -1)
			return -1;
	m = find_magic(ahead(d));
	if (m != NULL && m->format == END && !d->packed) {
		return post_fail(err, POST_EFORMAT, "a format not read here: unpack it first, \"%s FILE |\"", m->unpack);
	}
	d->format = m != NULL ? m->format : PLAIN;
	if (d->packed && d->format == PLAIN)
		d->format = END;
	d->packed |= d->format == GZIP || d->format == ZSTD;
	if (check_place(d, err) == -1)
		return -1;
	d->trailing = d->format == END && d->beg < d->end;
	return 0;
}

static ptrdiff_t
read_plain(struct post_decode *d, char *buf, size_t n, struct post_err *err)
{
	size_t have = d->end - d->beg;
	ssize_t got;

	if (have > 0) {
		have = have < n ? have : n;
		memcpy(buf, d->stored + d->beg, have);
		d->beg += have;
		return (ptrdiff_t)have;
	}
	do
		got = read(d->fd, buf, n);
	while (got == -1 && errno == EINTR);
	if (got == -1)
		return fail_at(d, err, POST_EIO, strerror(errno));
	d->byte += (size_t)got;
	return got;
}

static int
begin_gzip(struct post_decode *d, struct post_err *err)
{
	int got = d->z_ready ? inflateReset(&d->z) : inflateInit2(&d->z, 15 + 16);

	if (got != Z_OK)
		return fail_at(d, err, POST_ELIMIT, "zlib: no memory");
	d->z_ready = true;
	return 0;
}

/* One step of inflate(3): the bytes written to BUF, -1, or 0 with SNIFF when the member ended. */
static ptrdiff_t
read_gzip(struct post_decode *d, char *buf, size_t n, struct post_err *err)
{
	for (;;) {
		int got;

		if (d->beg == d->end && !d->eof && refill(d, err) == -1)
			return -1;
		d->z.next_in = (unsigned char *)d->stored + d->beg;
		d->z.avail_in = (uInt)(d->end - d->beg);
		d->z.next_out = (unsigned char *)buf;
		d->z.avail_out = (uInt)(n < 1 << 30 ? n : 1 << 30);
		got = inflate(&d->z, Z_NO_FLUSH);
		d->beg = d->end - d->z.avail_in;
		n = (size_t)((char *)d->z.next_out - buf);
		if (got == Z_STREAM_END)
			d->format = SNIFF;
		if (n > 0 || got == Z_STREAM_END)
			return (ptrdiff_t)n;
		if (got != Z_OK && got != Z_BUF_ERROR)
			return fail_at(d, err, POST_EFORMAT, d->z.msg != NULL ? d->z.msg : "damaged gzip data");
		if (d->beg == d->end && d->eof)
			return fail_at(d, err, POST_ECUT, "the gzip data ends too early");
		n = d->z.avail_out;
	}
}

static int
begin_zstd(struct post_decode *d, struct post_err *err)
{
	if (d->zstd == NULL && (d->zstd = ZSTD_createDStream()) == NULL)
		return fail_at(d, err, POST_ELIMIT, "zstd: no memory");
	d->zstd_wants = ZSTD_initDStream(d->zstd);
	d->zstd_full = false;
	ZSTD_DCtx_setParameter(d->zstd, ZSTD_d_windowLogMax, d->window_log);
	return 0;
}

static int
fail_zstd(struct post_decode *d, size_t got, struct post_err *err)
{
	switch (ZSTD_getErrorCode(got)) {
	case ZSTD_error_frameParameter_windowTooLarge:
		post_fail(err, POST_ELIMIT, "the zstd frame wants a window over %u %s; --memory=2G reads any",
		    1u << (d->window_log % 10), d->window_log < 20 ? "KiB" : d->window_log < 30 ? "MiB" : "GiB");
		err->byte = d->byte + d->beg;
		err->has_byte = 1;
		return -1;
	case ZSTD_error_dictionary_wrong:
		return fail_at(d, err, POST_EFORMAT, "the zstd frame was packed with a dictionary: unpack it with zstd -D");
	case ZSTD_error_memory_allocation:
		return fail_at(d, err, POST_ELIMIT, "no memory for the window of the zstd frame");
	default:
		return fail_at(d, err, POST_EFORMAT, ZSTD_getErrorName(got));
	}
}

enum { ZSTD_NEXT_HEADER = 3 };	/* bytes of the next block that libzstd asks for with one */

/*
 * One block at a time, and nothing while there is more of it to give: of a
 * call that meets a damaged block libzstd gives nothing, not even the blocks
 * before it.
 */
static size_t
zstd_portion(const struct post_decode *d)
{
	size_t have = d->end - d->beg, want = d->zstd_wants;

	if (d->zstd_full)
		return 0;
	want = want > ZSTD_NEXT_HEADER ? want - ZSTD_NEXT_HEADER : want;
	return want < have ? want : have;
}

static ptrdiff_t
read_zstd(struct post_decode *d, char *buf, size_t n, struct post_err *err)
{
	ZSTD_outBuffer out = { buf, n, 0 };

	if (d->zstd_error != 0)
		return fail_zstd(d, d->zstd_error, err);
	for (;;) {
		ZSTD_inBuffer in;
		size_t got;

		if (d->beg == d->end && !d->eof && refill(d, err) == -1)
			return -1;
		in = (ZSTD_inBuffer){ d->stored + d->beg, zstd_portion(d), 0 };
		got = ZSTD_decompressStream(d->zstd, &out, &in);
		d->beg += in.pos;
		if (ZSTD_isError(got) && out.pos == 0)
			return fail_zstd(d, got, err);
		if (ZSTD_isError(got))
			d->zstd_error = got;
		else
			d->zstd_wants = got;
		d->zstd_full = out.pos == out.size;
		if (got == 0)
			d->format = SNIFF;
		if (out.pos > 0 || got == 0)
			return (ptrdiff_t)out.pos;
		if (d->beg == d->end && d->eof)
			return fail_at(d, err, POST_ECUT, "the zstd data ends too early");
	}
}

static int
begin(struct post_decode *d, struct post_err *err)
{
	if (sniff(d, err) == -1)
		return -1;
	if (d->format == GZIP)
		return begin_gzip(d, err);
	if (d->format == ZSTD)
		return begin_zstd(d, err);
	return 0;
}

ptrdiff_t
post_decode_read(struct post_decode *d, char *buf, size_t n, struct post_err *err)
{
	ptrdiff_t got = 0;

	while (got == 0 && d->format != END) {
		switch (d->format) {
		case SNIFF: got = begin(d, err); break;
		case GZIP:  got = read_gzip(d, buf, n, err); break;
		case ZSTD:  got = read_zstd(d, buf, n, err); break;
		case PLAIN: return read_plain(d, buf, n, err);
		case END:   break;
		}
	}
	d->given += got > 0 ? (uint64_t)got : 0;
	return got;
}

struct post_decode *
post_decode_new(int fd, int window_log)
{
	struct post_decode *d = post_resize(NULL, 1, sizeof *d);

	*d = (struct post_decode){ .fd = fd, .window_log = window_log };
	return d;
}

struct post_decode *
post_decode_new_at(int fd, int window_log, uint64_t at, bool packed)
{
	struct post_decode *d = post_decode_new(fd, window_log);

	d->byte = d->start = at;
	d->packed = d->inside = packed;
	d->format = packed ? SNIFF : PLAIN;
	return d;
}

void
post_decode_mark(struct post_decode *d, uint64_t to)
{
	d->mark = to;
	d->marked = d->format == PLAIN;
	d->mark_given = to - d->start;
}

bool
post_decode_marked(const struct post_decode *d, uint64_t *given)
{
	*given = d->mark_given;
	return d->marked;
}

void
post_decode_free(struct post_decode *d)
{
	if (d == NULL)
		return;
	if (d->z_ready)
		inflateEnd(&d->z);
	ZSTD_freeDStream(d->zstd);
	free(d->stored);
	free(d);
}

bool
post_decode_is_packed(const struct post_decode *d)
{
	return d->packed;
}

bool
post_decode_is_slow(const struct post_decode *d)
{
	return d->format == GZIP;
}

bool
post_decode_is_archive(struct post_str s)
{
	return find_magic(s) != NULL;
}

bool
post_decode_trailing(const struct post_decode *d, uint64_t *byte)
{
	*byte = d->byte + d->beg;
	return d->trailing;
}
