/* SPDX-License-Identifier: BSD-2-Clause */
/* bt-batch map: one of the parts of a list of traces, on any machine. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "../libpost/batch/merge.h"
#include "../libpost/batch/place.h"
#include "../libpost/batch/shard.h"
#include "batch.h"

enum { TEMPORARY = 75, TRIES = 3 };	/* EX_TEMPFAIL of sysexits(3): the task may be done again */

/* One of K parts of a manifest. */
struct part {
	struct batch_conf	*conf;
	const char		*out;
	uint64_t		 k, of;
	struct post_buf		 manifest;
	uint64_t		 hash[2];	/* of it */
	struct post_buf		 meta, failed;	/* what is written beside the part */
	uint64_t		 seen;		/* with --split: a hash of the sizes and times of all traces, which decide where they are divided */
	uint64_t		 units;		/* that all parts share out: traces, or with --split parts of them */
	size_t			 inputs, bad;	/* units of this part; those that failed */
	struct post_fold	 fold;
};

static void
read_manifest(struct part *p, const char *path)
{
	struct post_input *in = tool_input_lines(&batch_tool, &p->conf->common, (char **)(uintptr_t)&path, 1);
	struct post_block *b;
	XXH128_hash_t h;

	post_puts(&p->manifest, "");
	while ((b = post_input_next(in)) != NULL) {
		post_put(&p->manifest, (struct post_str){ b->p, b->n });
		post_input_release(in, b);
	}
	if (post_input_status(in) != TOOL_DONE)
		exit(TOOL_TROUBLE);
	post_input_free(in);
	h = XXH3_128bits(p->manifest.s, p->manifest.n);
	p->hash[0] = h.high64;
	p->hash[1] = h.low64;
}

char *
batch_part_path(const char *out, const char *dir, uint64_t k, const char *ending)
{
	struct post_buf b = { 0 };

	post_putf(&b, "%s/%s/%06" PRIu64 "%s", out, dir, k, ending);
	return b.s;
}

static void
put_head(const struct part *p, struct post_buf *b)
{
	post_putf(b, "bt-batch part 1\nmanifest %016" PRIx64 "%016" PRIx64 "\npart %" PRIu64 " of %" PRIu64 "\nrules %s\n", p->hash[0], p->hash[1],
	    p->k, p->of, p->conf->rules);
}

/* Is the part there, whole and of the same manifest and rules? */
static bool
is_done(const struct part *p)
{
	char *path = batch_part_path(p->out, "parts", p->k, ".meta"), *folded = batch_part_path(p->out, "parts", p->k, ".folded");
	struct post_buf head = { 0 };
	char text[512] = { 0 };
	FILE *f = fopen(path, "r");
	bool done = false;

	put_head(p, &head);
	if (f != NULL) {
		size_t n = fread(text, 1, sizeof text - 1, f);

		done = n > head.n && memcmp(text, head.s, head.n) == 0 && strstr(text + head.n, "failed 0\n") != NULL && access(folded, F_OK) == 0;
		fclose(f);
	}
	free(path);
	free(folded);
	post_buf_free(&head);
	return done;
}

static void
note_failed(struct part *p, const char *path, const char *why)
{
	p->bad++;
	post_put_folded(&p->failed, post_str_of(path));
	post_puts(&p->failed, ": ");
	post_put_shown(&p->failed, post_str_of(why));
	post_putc(&p->failed, '\n');
	tool_say(&batch_tool, path, "%s", why);
}

/* Read a trace, again after a while where the machine may be at fault; false: it may be for good, and the task is to be done elsewhere. */
static bool
read_input(struct part *p, struct post_reader *reader, const char *path, const struct post_shard *shard)
{
	struct post_err err;

	for (int try = 0; try < TRIES; try++) {
		struct post_trace_reading r = { .shard = shard };
		bool again;

		errno = 0;
		if (post_read_trace(reader, path, &r, &err) == -1) {
			r.status = 2;
			r.trouble = err;
		}
		again = r.status == 2 && r.trouble.code == POST_EIO && strstr(r.trouble.msg, strerror(EIO)) != NULL;
		if (!again && r.status == 0 && post_fold_merge(&p->fold, &r.fold, &err) == -1)
			note_failed(p, path, err.msg);
		else if (!again && r.status != 0)
			note_failed(p, path, r.trouble.msg);
		post_reading_free(&r);
		if (!again)
			return true;
		sleep(1u << try);
	}
	tool_say(&batch_tool, path, "cannot be read here and now");
	return false;
}

static void
note_seen(struct part *p, const char *path)
{
	struct stat st = { 0 };
	int64_t facts[3];

	(void)stat(path, &st);
	facts[0] = st.st_size;
	facts[1] = st.st_mtim.tv_sec;
	facts[2] = st.st_mtim.tv_nsec;
	p->seen = XXH3_64bits_withSeed(facts, sizeof facts, p->seen);
}

/* Where PATH is divided.  -1: it cannot be said here and now; what else is wrong with it its reading tells. */
static int
plan(struct part *p, const char *path, struct post_shards *shards)
{
	const struct post_shard whole = { 0, UINT64_MAX };
	struct post_err err;

	if (p->conf->split > 0) {
		note_seen(p, path);
		if (post_shards_plan(shards, path, p->conf->split, &err) == 0)
			return 0;
		if (strstr(err.msg, strerror(EIO)) != NULL) {
			tool_warn(&batch_tool, path, &err);
			return -1;
		}
	}
	shards->v = post_resize(shards->v, 1, sizeof *shards->v);
	shards->v[0] = whole;
	shards->n = 1;
	return 0;
}

/* Read of PATH what is this part's, by the order of the manifest. */
static bool
read_shards(struct part *p, struct post_reader *reader, const char *path)
{
	struct post_shards shards = { 0 };
	bool good = plan(p, path, &shards) == 0;

	for (size_t i = 0; i < shards.n && good; i++)
		if (++p->units % p->of == p->k % p->of) {
			p->inputs++;
			good = read_input(p, reader, path, &shards.v[i]);
		}
	post_shards_free(&shards);
	return good;
}

static bool
read_inputs(struct part *p)
{
	struct post_str rest = post_buf_str(&p->manifest), s;
	struct post_reader reader;
	struct post_buf path = { 0 };
	struct post_err err;
	bool good = post_reader_init(&reader, &p->conf->reading, &err) == 0;

	while (good && post_next_line(&rest, &s)) {
		if (s.n == 0)
			continue;
		path.n = 0;
		post_put_unfolded(&path, s);
		good = read_shards(p, &reader, path.s);
	}
	post_reader_free(&reader);
	post_buf_free(&path);
	return good;
}

/* Write TEXT, or the fold when it is NULL, to PATH. */
static bool
write_file(struct part *p, char *path, const struct post_buf *text)
{
	struct post_out out;
	struct post_err err;
	bool good = post_out_open(&out, path, &err) == 0;

	if (good && text != NULL)
		post_put(&out.buf, post_buf_str(text));
	else if (good)
		post_fold_write(&p->fold, &out);
	if (!good || post_out_close(&out, &err) == -1) {
		tool_warn(&batch_tool, NULL, &err);
		good = false;
	}
	free(path);
	return good;
}

/* The part first, then what says that it is there. */
static bool
write_part(struct part *p)
{
	struct post_count samples;
	struct post_err err;

	post_fold_select(&p->fold, 0, 0);
	if (post_fold_total(&p->fold, &samples, &err) == -1) {
		tool_warn(&batch_tool, NULL, &err);
		return false;
	}
	put_head(p, &p->meta);
	post_putf(&p->meta, "units %" PRIu64 "\nseen %016" PRIx64 "\ninputs %zu\nfailed %zu\nstacks %zu\nsamples ", p->units, p->seen, p->inputs, p->bad, p->fold.n);
	post_put_count(&p->meta, samples);
	post_putc(&p->meta, '\n');
	return (p->bad == 0 || write_file(p, batch_part_path(p->out, "failed", p->k, ".txt"), &p->failed)) &&
	    write_file(p, batch_part_path(p->out, "parts", p->k, ".folded"), NULL) && write_file(p, batch_part_path(p->out, "parts", p->k, ".meta"), &p->meta);
}

static int
map(struct part *p)
{
	struct post_err err;
	char *failed;

	if (is_done(p))
		return TOOL_DONE;
	if (post_make_directories(p->out, POST_STR("parts/x"), &err) == -1 || post_make_directories(p->out, POST_STR("failed/x"), &err) == -1) {
		tool_warn(&batch_tool, NULL, &err);
		return TEMPORARY;
	}
	if (!read_inputs(p) || !write_part(p))
		return TEMPORARY;
	failed = batch_part_path(p->out, "failed", p->k, ".txt");
	if (p->bad == 0)
		(void)unlink(failed);
	free(failed);
	return p->bad > 0 ? TOOL_PARTLY : TOOL_DONE;
}

static void
part_free(struct part *p)
{
	post_buf_free(&p->manifest);
	post_buf_free(&p->meta);
	post_buf_free(&p->failed);
	post_fold_free(&p->fold);
}

int
batch_map(int argc, char **argv)
{
	struct batch_conf c;
	int first = batch_map_options(&c, argc, argv), status;
	struct part p = { .conf = &c };

	if (argc - first != 4 || post_parse_count(argv[first + 1], &p.k) == -1 || post_parse_count(argv[first + 2], &p.of) == -1 || p.k < 1 || p.k > p.of) {
		tool_say(&batch_tool, NULL, "map takes MANIFEST k K OUT, and k is from 1 to K");
		batch_options_free(&c);
		return TOOL_TROUBLE;
	}
	p.out = argv[first + 3];
	if (mkdir(p.out, 0777) == -1 && errno != EEXIST) {
		tool_say(&batch_tool, p.out, "%s", strerror(errno));
		batch_options_free(&c);
		return TEMPORARY;
	}
	read_manifest(&p, argv[first]);
	status = map(&p);
	part_free(&p);
	batch_options_free(&c);
	return status;
}
