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
#include "../libpost/batch/place.h"
#include "../libpost/batch/shard.h"
#include "../libpost/trace/judge.h"
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
	uint64_t		 seen;		/* a hash of the sizes and times of this part's traces; with --split of all, which decide where they are divided */
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

/* What all files of the part begin with.  With --split all parts have seen the same. */
static void
put_head(const struct part *p, struct post_buf *b)
{
	post_putf(b, "bt-batch part 1\nmanifest %016" PRIx64 "%016" PRIx64 "\npart %" PRIu64 " of %" PRIu64 "\nrules %s\nseen %s%016" PRIx64 "\n",
	    p->hash[0], p->hash[1], p->k, p->of, p->conf->rules, p->conf->split > 0 ? "" : "own:", p->seen);
}

/* Is the part there, whole and of the same manifest, rules and traces? */
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

/* Remove OUT/DIR/000007ENDING, which need not be there. */
static void
remove_file(const struct part *p, const char *dir, const char *ending)
{
	char *path = batch_part_path(p->out, dir, p->k, ending);

	(void)unlink(path);
	free(path);
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

/* May it be better in a while, or on another machine? */
static bool
may_pass(const struct post_err *err)
{
	static const int passing[] = { EIO, ESTALE, ETIMEDOUT, EAGAIN, ENOMEM, ENFILE, EMFILE, ENOBUFS, EREMOTEIO, ECONNRESET, EHOSTDOWN, EHOSTUNREACH };

	for (size_t i = 0; i < sizeof passing / sizeof *passing; i++)
		if (err->code == POST_EIO && err->system == passing[i])
			return true;
	return false;
}

/* What bt-check says of a whole trace, for the log. */
static void
tell_findings(const char *path, const struct post_account *account)
{
	struct post_findings findings = { 0 };
	struct post_buf b = { 0 };

	post_judge(&findings, account);
	post_findings_sort(&findings);
	for (size_t i = 0; i < findings.n && findings.v[i].severity > POST_INFO; i++) {
		b.n = 0;
		tool_put_finding_text(&b, &findings.v[i]);
		tool_say(&batch_tool, path, "%s", b.s);
	}
	post_findings_free(&findings);
	post_buf_free(&b);
}

/* Take what was read of a trace, or note why nothing of it is taken. */
static void
take(struct part *p, const char *path, const struct post_trace_reading *r)
{
	bool whole = r->shard->from == 0 && r->shard->to == UINT64_MAX;
	struct post_buf why = { 0 };
	struct post_err err = r->trouble;

	if (r->status == 0 && (!whole || post_reading_has_stacks(&p->conf->reading, r))) {
		if (whole && !p->conf->common.quiet)
			tell_findings(path, &r->run.account);
		if (r->trouble.code != POST_OK)
			tool_warn(&batch_tool, path, &r->trouble);
		if (post_fold_merge(&p->fold, &r->fold, &err) == 0)
			return;
	}
	if (err.code != POST_OK)
		post_put_trouble(&why, &err);
	else
		post_puts(&why, "no stacks in it");
	note_failed(p, path, why.s);
	post_buf_free(&why);
}

/* Read a trace, again after a while where the machine may be at fault; false: it may be for good, and the task is to be done elsewhere. */
static bool
read_input(struct part *p, struct post_reader *reader, const char *path, const struct post_shard *shard)
{
	struct post_err err;

	for (int try = 0; try < TRIES; try++) {
		struct post_trace_reading r = { .shard = shard };
		bool again;

		if (post_read_trace(reader, path, &r, &err) == -1) {
			r.status = 2;
			r.trouble = err;
		}
		again = r.status != 0 && may_pass(&r.trouble);
		if (!again)
			take(p, path, &r);
		post_reading_free(&r);
		if (!again)
			return true;
		if (try + 1 < TRIES)
			sleep(1u << try);
	}
	tool_say(&batch_tool, path, "cannot be read here and now");
	return false;
}

/* Is the next unit this part's?  Units are counted from 1, in the order of the manifest. */
static bool
is_ours(struct part *p)
{
	return ++p->units % p->of == p->k % p->of;
}

/* Call EACH for the traces of the manifest; false: one call was. */
static bool
each_trace(struct part *p, bool (*each)(struct part *, const char *path, void *arg), void *arg)
{
	struct post_str rest = post_buf_str(&p->manifest), s;
	struct post_buf path = { 0 };
	bool good = true;

	while (good && post_next_line(&rest, &s)) {
		if (s.n == 0)
			continue;
		path.n = 0;
		post_put_unfolded(&path, s);
		good = each(p, path.s, arg);
	}
	post_buf_free(&path);
	return good;
}

static bool
see(struct part *p, const char *path, void *arg)
{
	struct stat st = { 0 };
	int64_t facts[3];

	(void)arg;
	if (!is_ours(p) && p->conf->split == 0)
		return true;
	(void)stat(path, &st);
	facts[0] = st.st_size;
	facts[1] = st.st_mtim.tv_sec;
	facts[2] = st.st_mtim.tv_nsec;
	p->seen = XXH3_64bits_withSeed(facts, sizeof facts, p->seen);
	return true;
}

/* A pipe would be waited for, and standard input is another one for each task. */
static bool
is_file(const char *path)
{
	struct stat st;

	return strcmp(path, "-") != 0 && (stat(path, &st) == -1 || S_ISREG(st.st_mode));
}

static bool
read_shard(struct part *p, struct post_reader *reader, const char *path, const struct post_shard *shard)
{
	if (!is_ours(p))
		return true;
	p->inputs++;
	if (is_file(path))
		return read_input(p, reader, path, shard);
	note_failed(p, path, "is no regular file");
	return true;
}

/* Read of PATH what is this part's.  Without --split no other task's trace is touched; what is wrong with one its reading tells. */
static bool
read_shards(struct part *p, const char *path, void *reader)
{
	const struct post_shard whole = { 0, UINT64_MAX };
	struct post_shards shards = { 0 };
	struct post_err err = { 0 };
	bool divided = p->conf->split > 0 && is_file(path) && post_shards_plan(&shards, path, p->conf->split, &err) == 0, good = true;

	if (!divided && may_pass(&err)) {
		tool_warn(&batch_tool, path, &err);
		return false;
	}
	for (size_t i = 0; i < (divided ? shards.n : 1) && good; i++)
		good = read_shard(p, reader, path, divided ? &shards.v[i] : &whole);
	post_shards_free(&shards);
	return good;
}

static bool
read_inputs(struct part *p)
{
	struct post_reader reader;
	struct post_err err;
	bool good;

	if (post_reader_init(&reader, &p->conf->reading, &err) == -1) {
		tool_warn(&batch_tool, NULL, &err);
		return false;
	}
	p->units = 0;
	good = each_trace(p, read_shards, &reader);
	post_reader_free(&reader);
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
	post_putf(&p->meta, "units %" PRIu64 "\ninputs %zu\nfailed %zu\nstacks %zu\nsamples ", p->units, p->inputs, p->bad, p->fold.n);
	post_put_count(&p->meta, samples);
	post_putc(&p->meta, '\n');
	if (is_done(p))
		return true;	/* by another one, meanwhile: a reduce may be at it */
	remove_file(p, "parts", ".meta");	/* of a part of other rules, which is to be replaced */
	if (p->bad == 0)
		remove_file(p, "failed", ".txt");
	return (p->bad == 0 || write_file(p, batch_part_path(p->out, "failed", p->k, ".txt"), &p->failed)) &&
	    write_file(p, batch_part_path(p->out, "parts", p->k, ".folded"), NULL) && write_file(p, batch_part_path(p->out, "parts", p->k, ".meta"), &p->meta);
}

static int
map(struct part *p)
{
	struct post_err err;

	if (each_trace(p, see, NULL) && p->units == 0) {
		tool_say(&batch_tool, NULL, "the manifest names no traces");
		return TOOL_TROUBLE;
	}
	if (is_done(p))
		return TOOL_DONE;
	if (post_make_directories(p->out, POST_STR("parts/x"), &err) == -1 || post_make_directories(p->out, POST_STR("failed/x"), &err) == -1) {
		tool_warn(&batch_tool, NULL, &err);
		return TEMPORARY;
	}
	if (!read_inputs(p) || !write_part(p))
		return TEMPORARY;
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
