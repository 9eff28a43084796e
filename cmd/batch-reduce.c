/* SPDX-License-Identifier: BSD-2-Clause */
/* bt-batch reduce: the sum of all parts. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include "../libpost/batch/merge.h"
#include "batch.h"

/* What the parts are, as their metas tell; all of one manifest and by one set of rules. */
struct reduction {
	const char	*out;
	uint64_t	 of;
	bool		 keep_going;
	char		 head[128];	/* the manifest's hash, the rules, the units and what was seen of the first part that is there */
	const char	**path;		/* of parts that are there */
	size_t		 n, missing;
	uint64_t	 inputs, failed;
	struct post_count samples;
};

/* Read the meta of part K; false: it is not there, or is another one's. */
static bool
read_meta(struct reduction *r, uint64_t k, const char *path)
{
	char head[128], manifest[40] = "", rules[40] = "", seen[40] = "", samples[64] = "";
	struct post_count count;
	uint64_t part = 0, of = 0, units = 0, inputs = 0, failed = 0;
	FILE *f = fopen(path, "r");
	bool whole = f != NULL && fscanf(f, "bt-batch part 1 manifest %32s part %" SCNu64 " of %" SCNu64 " rules %32s units %" SCNu64 " seen %32s inputs %" SCNu64 " failed %" SCNu64
	    " stacks %*u samples %63s", manifest, &part, &of, rules, &units, seen, &inputs, &failed, samples) == 9 && post_count_parse(post_str_of(samples), &count) == 0;

	if (f != NULL)
		fclose(f);
	snprintf(head, sizeof head, "%s %s %" PRIu64 " %s", manifest, rules, units, seen);
	if (r->head[0] == '\0' && whole)
		memcpy(r->head, head, sizeof head);
	if (whole && (part != k || of != r->of || strcmp(r->head, head) != 0)) {
		tool_say(&batch_tool, path, "is of another manifest, of other options, of another number of parts, or of a time when the traces were others");
		exit(TOOL_TROUBLE);
	}
	r->inputs += inputs;
	r->failed += failed;
	if (whole && post_count_add(&r->samples, count) == -1) {
		tool_say(&batch_tool, path, "the sum of all counts passes 18446744073709551615");
		exit(TOOL_TROUBLE);
	}
	return whole;
}

static void
look_at_parts(struct reduction *r)
{
	for (uint64_t k = 1; k <= r->of; k++) {
		char *meta = batch_part_path(r->out, "parts", k, ".meta");

		if (read_meta(r, k, meta))
			r->path[r->n++] = batch_part_path(r->out, "parts", k, ".folded");
		else if (r->missing++ < 5)
			tool_say(&batch_tool, meta, "is missing");
		free(meta);
	}
}

static int
reduce(struct reduction *r)
{
	struct tool_common common = { 0 };
	struct post_buf path = { 0 };
	struct post_merged sum;
	struct post_out out;
	struct post_err err;
	size_t bad;
	int status;

	post_putf(&path, "%s/all.folded", r->out);
	common.output = path.s;
	tool_open(&batch_tool, &common, &out);
	if (r->missing > 0 || r->failed > 0)
		post_putf(&out.buf, "# note: [partial] batch: %" PRIu64 " of %" PRIu64 " parts are missing, %" PRIu64 " of %" PRIu64 " traces failed\n",
		    (uint64_t)r->missing, r->of, r->failed, r->inputs);
	if (post_merge(r->path, r->n, &out, &sum, &bad, &err) == -1) {
		tool_warn(&batch_tool, r->n > 0 ? r->path[bad] : NULL, &err);
		post_out_discard(&out);
		status = TOOL_TROUBLE;
	} else if (post_count_cmp(sum.samples, r->samples) != 0) {
		tool_say(&batch_tool, r->out, "the parts have not the samples that their metas tell: one was cut or changed; without its .meta, map makes it anew");
		post_out_discard(&out);
		status = TOOL_TROUBLE;
	} else
		status = tool_close(&batch_tool, &out, r->missing > 0 || r->failed > 0 ? TOOL_PARTLY : TOOL_DONE);
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
