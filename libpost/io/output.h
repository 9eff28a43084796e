/* SPDX-License-Identifier: BSD-2-Clause */
/* Output: a file that appears whole or not at all, or standard output. */
#ifndef POST_OUTPUT_H
#define POST_OUTPUT_H

#include "../base/buf.h"
#include "../base/err.h"

/* The name of a temporary file; letters take the place of the X. */
#define POST_TEMPORARY	".bt-tools.XXXXXX"

/* Is a file of this name, without its directory, a temporary one? */
bool	post_is_temporary(const char *name);

/* Write BYTES to FD, in as many steps as it takes; false with errno. */
bool	post_write_all(int fd, struct post_str bytes);

/*
 * Write into buf with post_put and its kind, and call post_out_tick now and
 * then (once a line is right): it writes the buffer out when it is large.
 */
struct post_out {
	struct post_buf	 buf;

	char		*path, *temp;	/* the file and its temporary one, to be read; NULL: standard output */

	/* Private to output.c. */
	int		 fd;		/* -1: there is none, and buf keeps all */
	int		 error;		/* errno of the first write that failed, or 0 */
	struct ZSTD_CCtx_s *zstd;	/* of post_out_pack, or NULL */
};

/*
 * Begin to write PATH (borrowed for the call): a temporary file beside it
 * that takes its name at the end; a symbolic link to a file that is there
 * stays one.
 *  NULL or "-" is standard output; a PATH that is no regular file
 * (/dev/null, a pipe), or is what standard output or error goes to
 * (/dev/stderr), is written directly.
 * Returns 0, or -1 with *err; nothing is left open then.
 */
int	post_out_open(struct post_out *, const char *path, struct post_err *);

/*
 * From here on what is written is packed, as one frame of zstd(1) of its
 * default level and with a checksum; the same bytes in give the same bytes
 * out, with one version of libzstd.
 * Returns 0, or -1 with *err: POST_ELIMIT, no memory (some 3 MiB).
 */
int	post_out_pack(struct post_out *, struct post_err *);

/* An output that keeps all that is written in its buf, which is to be freed. */
#define POST_OUT_MEMORY	((struct post_out){ .fd = -1 })

enum { POST_OUT_LARGE = 64 << 10 };

void	post_out_flush(struct post_out *);

static inline void
post_out_tick(struct post_out *out)
{
	if (out->buf.n >= POST_OUT_LARGE)
		post_out_flush(out);
}

/* The same as post_put and post_out_tick, but many BYTES are not copied on their way. */
void	post_out_copy(struct post_out *out, struct post_str bytes);

/* Has a write failed?  No need to go on then. */
static inline int
post_out_failed(const struct post_out *out)
{
	return out->error != 0;
}

/*
 * Write what is left, give the file its name, and close.
 * Returns 0, or -1 with *err: POST_EIO, and PATH is as it was before.
 */
int	post_out_close(struct post_out *, struct post_err *);

/* Give up: the temporary file is gone, PATH is as it was. */
void	post_out_discard(struct post_out *);

#endif
