/* SPDX-License-Identifier: BSD-2-Clause */
/* bt-batch reduce: the sum of all parts. */
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "../libpost/batch/merge.h"
#include "batch.h"

/* What the .meta of a part tells. */
struct meta {
	char		 manifest[40], rules[40], seen[40];	/* hashes */
	uint64_t	 part, of, units, inputs, failed;
	struct post_count samples;
};

/* All parts, which are of one manifest and made by one set of rules. */
struct reduction {
	const char	*out;
	uint64_t	 of;
	bool		 keep_going;
	struct meta	 first;		/* of the parts that are there */
	const char	**path;		/* of parts that are there */
	size_t		 n, missing;
	uint64_t	 inputs, failed;
	struct post_count samples;
};

/* False: it is not there, or not whole. */
static bool
read_meta(const char *path, struct meta *m)
{
	char samples[64] = "";
	FILE *f = fopen(path, "r");
	bool whole;

	*m = (struct meta){ 0 };
	if (f == NULL)
		return false;
	whole = fscanf(f, "bt-batch part 1 manifest %32s part %" SCNu64 " of %" SCNu64 " rules %32s seen %32s units %" SCNu64 " inputs %" SCNu64
	    " failed %" SCNu64 " stacks %*u samples %63s", m->manifest, &m->part, &m->of, m->rules, m->seen, &m->units, &m->inputs, &m->failed, samples) == 9;
	fclose(f);
	return whole && post_count_parse(post_str_of(samples), &m->samples) == 0;
}

/* What is another one than that of the first part, or NULL. */
static const char *
difference(const struct reduction *r, const struct meta *m)
{
	if (strcmp(m->manifest, r->first.manifest) != 0)
		return "manifest";
	if (strcmp(m->rules, r->first.rules) != 0)
		return "set of options, or version";
	if (m->of != r->of)
		return "number of parts";
	if (m->units != r->first.units || (strncmp(m->seen, "own:", 4) != 0 && strcmp(m->seen, r->first.seen) != 0))
		return "time, when the traces were others: without its .meta, map makes it anew";
	return NULL;
}

/* Take the part K into account, which has this meta. */
static void
take(struct reduction *r, const char *path, const struct meta *m)
{
	const char *other;

	if (r->n == 0)
		r->first = *m;
	if ((other = difference(r, m)) != NULL) {
		tool_say(&batch_tool, path, "is of another %s", other);
		exit(TOOL_TROUBLE);
	}
	r->inputs += m->inputs;
	r->failed += m->failed;
	if (post_count_add(&r->samples, m->samples) == -1) {
		tool_say(&batch_tool, path, "the sum of all counts passes 18446744073709551615");
		exit(TOOL_TROUBLE);
	}
	r->path[r->n++] = batch_part_path(r->out, "parts", m->part, ".folded");
}

static void
look_at_parts(struct reduction *r)
{
	struct meta m;

	for (uint64_t k = 1; k <= r->of; k++) {
		char *meta = batch_part_path(r->out, "parts", k, ".meta");

		if (read_meta(meta, &m) && m.part == k)
			take(r, meta, &m);
		else if (r->missing++ < 5)
			tool_say(&batch_tool, meta, "is missing");
		free(meta);
	}
}

/* Sum the parts into OUT; false: it was told why not. */
static bool
sum(const struct reduction *r, struct post_out *out)
{
	struct post_merged sum;
	struct post_err err;
	size_t bad;

	if (r->missing > 0 || r->failed > 0)
		post_putf(&out->buf, "# note: [partial] batch: %" PRIu64 " of %" PRIu64 " parts are missing, %" PRIu64 " of %" PRIu64 " traces failed\n",
		    (uint64_t)r->missing, r->of, r->failed, r->inputs);
	if (post_merge(r->path, r->n, out, &sum, &bad, &err) == -1) {
		tool_warn(&batch_tool, r->path[bad], &err);
		return false;
	}
	if (post_count_cmp(sum.samples, r->samples) == 0)
		return true;
	tool_say(&batch_tool, r->out, "the parts have not the samples that their metas tell: one was cut or changed; without its .meta, map makes it anew");
	return false;
}

/* Temporary files of OUT/DIR, but for those of tasks that may still be at work. */
static void
remove_temporary(const struct reduction *r, const char *dir)
{
	enum { AN_HOUR = 3600 };
	struct post_buf path = { 0 };
	struct dirent *e;
	struct stat st;
	DIR *d;

	post_putf(&path, "%s/%s/", r->out, dir);
	d = opendir(path.s);
	for (size_t n = path.n; d != NULL && (e = readdir(d)) != NULL; path.n = n)
		if (post_is_temporary(e->d_name)) {
			post_puts(&path, e->d_name);
			if (stat(path.s, &st) == 0 && st.st_mtim.tv_sec < time(NULL) - AN_HOUR)
				(void)unlink(path.s);
		}
	if (d != NULL)
		closedir(d);
	post_buf_free(&path);
}

static int
reduce(struct reduction *r)
{
	static const char *const dirs[] = { "parts", "failed", "." };
	struct tool_common common = { 0 };
	struct post_buf path = { 0 };
	struct post_out out;
	int status = TOOL_TROUBLE;

	post_putf(&path, "%s/all.folded", r->out);
	common.output = path.s;
	tool_open(&batch_tool, &common, &out);
	if (sum(r, &out))
		status = tool_close(&batch_tool, &out, r->missing > 0 || r->failed > 0 ? TOOL_PARTLY : TOOL_DONE);
	else
		post_out_discard(&out);
	for (size_t i = 0; i < sizeof dirs / sizeof *dirs && status == TOOL_DONE; i++)
		remove_temporary(r, dirs[i]);
	post_buf_free(&path);
	return status;
}

int
batch_reduce(int argc, char **argv)
{
	struct reduction r = { 0 };
	int first = batch_reduce_options(&r.keep_going, argc, argv), status;

	if (argc - first != 2 || post_parse_count(argv[first + 1], &r.of) == -1 || r.of < 1) {
		tool_say(&batch_tool, NULL, "reduce takes OUT K");
		return TOOL_TROUBLE;
	}
	r.out = argv[first];
	r.path = post_resize(NULL, r.of, sizeof *r.path);
	look_at_parts(&r);
	if ((r.missing > 0 || r.failed > 0) && !r.keep_going) {
		tool_say(&batch_tool, r.out, "%s", r.missing > 0 ? "parts are missing; --keep-going sums the others" : "traces failed; --keep-going sums the others");
		status = TOOL_TROUBLE;
	} else
		status = r.n > 0 ? reduce(&r) : TOOL_TROUBLE;
	for (size_t i = 0; i < r.n; i++)
		free((void *)(uintptr_t)r.path[i]);
	free(r.path);
	return status;
}
