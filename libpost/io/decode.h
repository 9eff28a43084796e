/* SPDX-License-Identifier: BSD-2-Clause */
/* The bytes of a file, whatever it is packed in: plain, gzip or zstd by magic bytes. */
#ifndef POST_DECODE_H
#define POST_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include "../base/err.h"
#include "../base/str.h"

struct post_decode;

enum {
	POST_WINDOW_DEFAULT_LOG = 27,	/* 128 MiB, the default of zstd(1) */
	POST_WINDOW_MAX_LOG = 31	/* 2 GiB, what --long=31 writes */
};

/*
 * Decode what FD gives; FD stays the caller's.  WINDOW_LOG bounds the memory
 * that a zstd frame may ask for to 2^WINDOW_LOG bytes.  Nothing is read yet.
 */
struct post_decode	*post_decode_new(int fd, int window_log);
void			 post_decode_free(struct post_decode *);

/*
 * The same from stored byte AT on, where FD stands.  Of a PACKED file a
 * member or frame must begin there (else POST_EFORMAT); any other gives its
 * bytes as they are, whatever they look like.
 */
struct post_decode	*post_decode_new_at(int fd, int window_log, uint64_t at, bool packed);

/*
 * Of a decoder of post_decode_new_at: look out for stored byte TO, behind AT
 * or at it, but not 0.  *GIVEN is how many bytes are given before what begins
 * there: known for plain files at once, for packed ones when the member or
 * frame begins.  When none does, that is POST_EFORMAT before any byte behind
 * TO is given.
 */
void			 post_decode_mark(struct post_decode *, uint64_t to);
bool			 post_decode_marked(const struct post_decode *, uint64_t *given);

/*
 * Fill BUF with up to N bytes (N > 0).  Members of gzip and frames of zstd
 * may follow each other in any order; skippable frames and zero padding are
 * passed over.
 *
 * Returns the bytes given, 0 at the end, or -1 with *err:
 *   POST_EIO      read(2) failed
 *   POST_ECUT     the file ends inside a member or frame
 *   POST_EFORMAT  damaged data, a wrong checksum, or a format not read here
 *   POST_ELIMIT   a zstd frame wants a larger window than allowed
 * err->byte is the offset in the stored file, where one is at fault.  All that could be decoded was
 * given before; after -1 the only use is post_decode_free.
 */
ptrdiff_t	post_decode_read(struct post_decode *, char *buf, size_t n, struct post_err *err);

/* Is it gzip or zstd?  And does that take longer to unpack than to parse?  Known once the first bytes were read. */
bool		post_decode_is_packed(const struct post_decode *);
bool		post_decode_is_slow(const struct post_decode *);

/* Does S, unpacked, begin as an archive again?  One layer is all that is taken off. */
bool		post_decode_is_archive(struct post_str s);

/*
 * After the end: were there bytes behind the last member that belong to no
 * format?  They were left out; *byte is where they begin.
 */
bool		post_decode_trailing(const struct post_decode *, uint64_t *byte);

#endif
