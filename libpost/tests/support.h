/* SPDX-License-Identifier: BSD-2-Clause */
/* What the tests share: cmocka, random numbers, scratch files, archives, and text in for text out. */
#ifndef SUPPORT_H
#define SUPPORT_H

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include <zlib.h>
#include <zstd.h>
#include "../base/mem.h"
#include "../io/output.h"
#include "../trace/run.h"

#define ROWS(table) (sizeof (table) / sizeof *(table))
#define BYTES(lit) POST_STR(lit)

/* Of 64-bit numbers, from SEED in the environment or always the same. */
struct rng {
	uint64_t	s;
};

static inline struct rng
rng_start(const char *what)
{
	const char *seed = getenv("SEED");
	struct rng r = { seed != NULL ? strtoull(seed, NULL, 0) : 20121121 };

	print_message("# %s: SEED=%llu\n", what, (unsigned long long)r.s);
	return r;
}

static inline uint64_t
rng(struct rng *r)
{
	uint64_t z = r->s += UINT64_C(0x9e3779b97f4a7c15);	/* splitmix64 */

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static inline size_t
below(struct rng *r, size_t n)
{
	return (size_t)(rng(r) % n);
}

static inline void
same_str(struct post_str got, struct post_str want)
{
	if (!post_str_eq(got, want))
		print_error("got  \"%.*s\"\nwant \"%.*s\"\n", (int)got.n, got.n > 0 ? got.p : "", (int)want.n,
		    want.n > 0 ? want.p : "");
	assert_true(post_str_eq(got, want));
}

static inline void
same(struct post_str got, const char *want)
{
	same_str(got, post_str_of(want));
}

/* A directory for the files of one program, gone at its end. */
static char scratch_dir[64];

static inline int
scratch_make(void **state)
{
	const char *tmp = getenv("TMPDIR");

	(void)state;
	snprintf(scratch_dir, sizeof scratch_dir, "%.40s/bt-test.XXXXXX", tmp != NULL ? tmp : "/tmp");
	return mkdtemp(scratch_dir) == NULL;
}

static inline int
scratch_remove(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof command, "rm -rf '%s'", scratch_dir);
	return system(command);
}

/* Paths of one test live until the program ends: they are few. */
static inline char *
scratch(const char *name)
{
	static struct post_arena paths;
	struct post_buf b = { 0 };
	char *path;

	post_putf(&b, "%s/%s", scratch_dir, name);
	path = (char *)(uintptr_t)post_keep(&paths, post_buf_str(&b)).p;
	post_buf_free(&b);
	return path;
}

static inline char *
put_file(const char *name, struct post_str s)
{
	char *path = scratch(name);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(s.p != NULL ? s.p : "", 1, s.n, f), s.n);
	assert_int_equal(fclose(f), 0);
	return path;
}

static inline void
get_fd(int fd, struct post_buf *b)
{
	ssize_t n;

	do {
		post_buf_grow(b, 1 << 16);
		n = read(fd, b->s + b->n, 1 << 16);
		assert_true(n >= 0);
		b->n += (size_t)n;
		b->s[b->n] = '\0';
	} while (n > 0);
}

static inline void
get_file(const char *path, struct post_buf *b)
{
	int fd = open(path, O_RDONLY);

	assert_true(fd >= 0);
	b->n = 0;
	get_fd(fd, b);
	close(fd);
}

/* Append S deflated, in what zlib's WINDOW_BITS say; LEVEL 0 stores it. */
static inline void
put_deflated(struct post_buf *b, struct post_str s, int level, int window_bits)
{
	z_stream z = { 0 };

	assert_int_equal(deflateInit2(&z, level, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
	post_buf_grow(b, deflateBound(&z, s.n) + 32);
	z.next_in = (unsigned char *)(uintptr_t)s.p;
	z.avail_in = (uInt)s.n;
	z.next_out = (unsigned char *)b->s + b->n;
	z.avail_out = (uInt)(b->cap - b->n);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	b->n += z.total_out;
	deflateEnd(&z);
}

/* Append S as a member of gzip. */
static inline void
put_gzip(struct post_buf *b, struct post_str s, int level)
{
	put_deflated(b, s, level, 15 + 16);
}

/* Append S as a frame of zstd, with a checksum. */
static inline void
put_zstd(struct post_buf *b, struct post_str s)
{
	ZSTD_CCtx *c = ZSTD_createCCtx();
	size_t n;

	ZSTD_CCtx_setParameter(c, ZSTD_c_checksumFlag, 1);
	post_buf_grow(b, ZSTD_compressBound(s.n));
	n = ZSTD_compress2(c, b->s + b->n, b->cap - b->n, s.p, s.n);
	assert_false(ZSTD_isError(n));
	b->n += n;
	ZSTD_freeCCtx(c);
}

/* Append a skippable frame of zstd with N bytes that mean nothing. */
static inline void
put_skippable(struct post_buf *b, size_t n)
{
	post_put(b, BYTES("\x53\x2a\x4d\x18"));
	post_putc(b, (char)n);
	post_putc(b, (char)(n >> 8));
	post_put(b, BYTES("\0\0"));
	while (n-- > 0)
		post_putc(b, 'x');
}

/* How a fold went. */
struct folding {
	struct post_buf		text;		/* the folded lines */
	struct post_notes	notes;
	struct post_count	total;
	int			status;		/* of the input */
	unsigned		reports;
};

static inline void
count_report(void *arg, const char *name, const struct post_err *err)
{
	(void)name;
	assert_true(err->code != POST_OK && err->msg[0] != '\0');
	++*(unsigned *)arg;
}

static inline void
fold_text(struct post_fold *f, struct post_buf *text)
{
	struct post_out out = { .fd = memfd_create("folded", 0) };

	post_fold_select(f, 0, 0);
	post_fold_write(f, &out);
	post_out_flush(&out);
	assert_int_equal(out.error, 0);
	lseek(out.fd, 0, SEEK_SET);
	text->n = 0;
	get_fd(out.fd, text);
	close(out.fd);
	post_buf_free(&out.buf);
}

/* Fold IN, of which the reports are counted in TO, and free it. */
static inline void
fold_input(struct post_input *in, const struct post_stacks_conf *conf, unsigned jobs, struct folding *to)
{
	struct post_run run = { 0 };
	struct post_fold fold = { 0 };
	struct post_err err = { 0 };

	assert_int_equal(post_run_fold(&run, in, conf, jobs, &fold, &err), 0);
	to->status = post_input_status(in);
	to->notes = run.account.notes;
	assert_int_equal(post_fold_total(&fold, &to->total, &err), 0);
	fold_text(&fold, &to->text);
	post_fold_free(&fold);
	post_run_free(&run);
	post_input_free(in);
}

/* Fold files: BLOCK bytes a block (0: as usual), JOBS threads. */
static inline void
fold_files(char *const *paths, size_t n, const struct post_stacks_conf *conf, size_t block, unsigned jobs,
    struct folding *to)
{
	struct post_input_conf ic = { .cut = post_stacks_cut, .block = block, .report = count_report, .arg = &to->reports };

	to->reports = 0;
	fold_input(post_input_new(paths, n, &ic), conf, jobs, to);
}

static inline int
fold_one(void *arg, const struct post_stack *stack, struct post_err *err)
{
	return post_fold_add(arg, stack, err);
}

/* Fold S as one block of FORM, without a file. */
static inline void
fold_block(struct post_str s, enum post_form form, const struct post_stacks_conf *conf, struct folding *to)
{
	struct post_stacks_conf c = *conf;
	struct post_block b = { .p = (char *)(uintptr_t)s.p, .n = s.n, .tag = (int)form, .first = true, .last = true };
	struct post_fold fold = { 0 };
	struct post_stacks stacks;
	struct post_err err = { 0 };

	c.stack = fold_one;
	post_stacks_init(&stacks, &c, &fold.names, &fold);
	assert_true(post_stacks_block(&stacks, &b, &err) >= 0);
	to->notes = stacks.account.notes;
	assert_int_equal(post_fold_total(&fold, &to->total, &err), 0);
	fold_text(&fold, &to->text);
	post_stacks_free(&stacks);
	post_fold_free(&fold);
}

/* How often a note was made. */
static inline uint64_t
noted(const struct folding *f, enum post_note kind)
{
	return f->notes.kind[kind].n;
}

#endif
