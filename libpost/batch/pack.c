/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <zstd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "../base/mem.h"
#include "../io/decode.h"
#include "../trace/stacks.h"
#include "pack.h"
#include "shard.h"

enum {
	CHUNK = 64 << 10,	/* read at a time; of the first the form is told, as input.h does */
	TABLE_MAGIC = 0x184D2A5E,
	TABLE_CHECKSUMS = 0x80,	/* each entry has one */
	TABLE_FOOTER = 9,	/* bytes, behind the entries */
	FRAMES_MAX = 1 << 27
};

#define TABLE_FOOTER_MAGIC	UINT32_C(0x8F92EAB1)

struct packer {
	struct post_out		*out;
	struct post_packed	*packed;
	struct post_err		*err;
	ZSTD_CCtx		*zstd;
	char			*room;		/* what zstd gives goes through here */
	size_t			 cap;
	uint64_t		 frame, most;	/* bytes that a frame has, as conf has them */
	uint64_t		 plain, stored;	/* of the open frame */
	XXH64_state_t		 sum;
	struct post_seam	 seam;		/* looked for from plain == frame on */
	struct post_buf		 table;
};

static void
put_little(struct post_buf *b, uint32_t v)
{
	for (int i = 0; i < 4; i++, v >>= 8)
		post_putc(b, (char)(v & 0xff));
}

/* Give zstd BYTES, or with an END the end of the frame, and write what it gives. */
static int
compress(struct packer *p, struct post_str bytes, ZSTD_EndDirective end)
{
	ZSTD_inBuffer in = { bytes.p, bytes.n, 0 };
	size_t left;

	do {
		ZSTD_outBuffer to = { p->room, p->cap, 0 };

		left = ZSTD_compressStream2(p->zstd, &to, &in, end);
		if (ZSTD_isError(left))
			return post_fail(p->err, POST_ELIMIT, "zstd: %s", ZSTD_getErrorName(left));
		p->stored += to.pos;
		post_out_copy(p->out, (struct post_str){ p->room, to.pos });
	} while (in.pos < in.size || (end == ZSTD_e_end && left > 0));
	return 0;
}

static void
begin_frame(struct packer *p)
{
	post_seam_fn *fn = p->seam.fn;
	int tag = p->seam.tag;

	post_seam_free(&p->seam);
	p->seam = (struct post_seam){ .fn = fn, .tag = tag };
	p->plain = p->stored = 0;
	XXH64_reset(&p->sum, 0);
}

static int
end_frame(struct packer *p)
{
	if (p->packed->frames == FRAMES_MAX)
		return post_fail(p->err, POST_ELIMIT, "over %d frames: they must be larger", FRAMES_MAX);
	if (compress(p, (struct post_str){ NULL, 0 }, ZSTD_e_end) == -1)
		return -1;
	put_little(&p->table, (uint32_t)p->stored);
	put_little(&p->table, (uint32_t)p->plain);
	put_little(&p->table, (uint32_t)XXH64_digest(&p->sum));
	p->packed->frames++;
	p->packed->stored += p->stored;
	begin_frame(p);
	return 0;
}

/* How many of BYTES belong to the open frame; does it END with them? */
static size_t
share(struct packer *p, struct post_str bytes, bool *end)
{
	uint64_t room = p->most - p->plain;
	size_t n;

	*end = false;
	if (p->plain < p->frame)
		return bytes.n < p->frame - p->plain ? bytes.n : (size_t)(p->frame - p->plain);
	bytes.n = bytes.n < room ? bytes.n : (size_t)room;
	n = post_seam_find(&p->seam, bytes);
	*end = n > 0 || bytes.n == room;
	return n > 0 ? n : bytes.n;
}

static int
take(struct packer *p, struct post_str bytes)
{
	while (bytes.n > 0) {
		bool end;
		struct post_str part = { bytes.p, share(p, bytes, &end) };

		XXH64_update(&p->sum, part.p, part.n);
		if (compress(p, part, ZSTD_e_continue) == -1)
			return -1;
		p->plain += part.n;
		p->packed->plain += part.n;
		bytes = post_str_from(bytes, part.n);
		if (end && end_frame(p) == -1)
			return -1;
	}
	return 0;
}

/* The seek table: a skippable frame that ends with how many entries it has. */
static void
put_table(struct packer *p)
{
	struct post_buf *b = &p->out->buf;
	size_t before = b->n;

	put_little(b, TABLE_MAGIC);
	put_little(b, (uint32_t)p->table.n + TABLE_FOOTER);
	post_put(b, post_buf_str(&p->table));
	put_little(b, (uint32_t)p->packed->frames);
	post_putc(b, (char)TABLE_CHECKSUMS);
	put_little(b, TABLE_FOOTER_MAGIC);
	p->packed->stored += b->n - before;
}

/* Fill BUF as far as the input goes. */
static ptrdiff_t
fill(struct post_decode *d, char *buf, struct post_err *err)
{
	ptrdiff_t n = 0, got = 1;

	while (n < CHUNK && got > 0) {
		got = post_decode_read(d, buf + n, (size_t)(CHUNK - n), err);
		n += got > 0 ? got : 0;
	}
	return got < 0 ? -1 : n;
}

static int
form_of(int tag, char *p, size_t n)
{
	struct post_block b = { .p = p, .n = n, .tag = tag, .first = true, .last = n < CHUNK };

	(void)post_stacks_cut(&b);
	return b.tag;
}

static int
pack_all(struct packer *p, struct post_decode *d, char *buf)
{
	ptrdiff_t n = fill(d, buf, p->err);

	if (n > 0)
		p->seam.tag = form_of(p->seam.tag, buf, (size_t)n);
	for (; n > 0 && !post_out_failed(p->out); n = fill(d, buf, p->err))
		if (take(p, (struct post_str){ buf, (size_t)n }) == -1)
			return -1;
	if (n < 0 || (p->plain > 0 && end_frame(p) == -1))
		return -1;
	put_table(p);
	p->packed->trailing = post_decode_trailing(d, &p->packed->trailing_byte);
	return 0;
}

static int
begin_pack(struct packer *p, int level)
{
	if ((p->zstd = ZSTD_createCCtx()) == NULL)
		return post_fail(p->err, POST_ELIMIT, "zstd: no memory");
	ZSTD_CCtx_setParameter(p->zstd, ZSTD_c_compressionLevel, level);
	ZSTD_CCtx_setParameter(p->zstd, ZSTD_c_checksumFlag, 1);
	p->cap = ZSTD_CStreamOutSize();
	p->room = post_resize(NULL, p->cap, 1);
	begin_frame(p);
	return 0;
}

int
post_pack(int fd, const struct post_pack_conf *conf, struct post_out *out, struct post_packed *packed, struct post_err *err)
{
	struct packer p = { .out = out, .packed = packed, .err = err, .seam = { .fn = post_shard_seam, .tag = conf->tag },
	    .most = conf->most > 0 && conf->most < POST_PACK_FRAME_MAX ? conf->most : POST_PACK_FRAME_MAX,
	    .frame = conf->frame > 0 ? conf->frame : POST_PACK_FRAME };
	struct post_decode *d = post_decode_new(fd, conf->window_log != 0 ? conf->window_log : POST_WINDOW_DEFAULT_LOG);
	char *buf = post_resize(NULL, CHUNK, 1);
	int status;

	*packed = (struct post_packed){ 0 };
	p.frame = p.frame < p.most ? p.frame : p.most;
	status = begin_pack(&p, conf->level);
	if (status == 0)
		status = pack_all(&p, d, buf);
	ZSTD_freeCCtx(p.zstd);
	post_decode_free(d);
	post_seam_free(&p.seam);
	post_buf_free(&p.table);
	free(p.room);
	free(buf);
	return status;
}
