/* SPDX-License-Identifier: BSD-2-Clause */
/* Packed sections of ELF files, and packed files. */
#ifndef POST_UNPACK_H
#define POST_UNPACK_H

#include "../base/buf.h"
#include "../base/err.h"

enum post_packing { POST_PACKED_ZLIB, POST_PACKED_ZSTD };

struct post_unpack {
	struct post_str		 from;
	enum post_packing	 packing;
	uint64_t		 size;		/* as claimed */
	struct post_str		 to;		/* out: empty when error is not NULL */
	const char		*error;		/* out; when it is set before, nothing is unpacked */
};

/*
 * Unpack N things with up to JOBS threads, the large ones first.  Memory is
 * touched as bytes come, whatever is claimed.
 */
void	post_unpack_all(struct post_unpack *, size_t n, unsigned jobs);
void	post_unpack_free(struct post_unpack *, size_t n);

/* May FROM packed bytes be TO bytes?  No compressor of debug information comes near the limit. */
static inline bool
post_unpack_allowed(uint64_t from, uint64_t to)
{
	return to <= UINT64_C(16) << 30 && to / 1000 <= from + 1024;
}

/*
 * The bytes that a stream of xz unpacks to, added up from its chunks without
 * unpacking them; -1: it is none.  As many come out, or an error.
 */
int64_t	post_xz_size(struct post_str);

#endif
