/* SPDX-License-Identifier: BSD-2-Clause */
#include <inttypes.h>
#include <stdlib.h>
#include "batch-slurm-scripts.h"

/*
 * The logs are named from OUT on, where the jobs start, for sbatch has no
 * quoting for odd paths in "#SBATCH --output".  It takes "%" and "\" in OUT
 * for its own even so: then the script itself opens its log, and only what
 * Slurm would add to it is lost.
 */
static bool
is_safe_for_logs(const struct batch_job *job)
{
	return strpbrk(job->out, "%\\") == NULL;
}

static void
put_directives(const struct batch_job *job, const struct batch_slurm_wish *wish, const char *name, const char *log, struct post_buf *b)
{
	post_putf(b, "#SBATCH --job-name=%s\n", name);
	if (is_safe_for_logs(job))
		post_putf(b, "#SBATCH --output=log/%s.log\n", log);
	else
		post_puts(b, "#SBATCH --output=/dev/null\n");
	post_puts(b, "#SBATCH --open-mode=append\n#SBATCH --requeue\n");
	if (wish->partition != NULL)
		post_putf(b, "#SBATCH --partition=%s\n", wish->partition);
	if (wish->time != NULL)
		post_putf(b, "#SBATCH --time=%s\n", wish->time);
}

/* LOG is the shell's word for its name. */
static void
put_start(const struct batch_job *job, const char *log, struct post_buf *b)
{
	post_puts(b, "set -eu\n");
	if (!is_safe_for_logs(job)) {
		post_puts(b, "exec >>");
		batch_put_quoted(b, job->out);
		post_putf(b, "/log/%s.log 2>&1\n", log);
	}
	post_puts(b, "cd ");
	batch_put_quoted(b, job->where);
	post_putc(b, '\n');
}

void
batch_put_map_script(const struct batch_job *job, const struct batch_slurm_wish *wish, struct post_buf *b)
{
	post_puts(b, "#!/bin/sh\n"
	    "# One task makes one part.  A part that is there is kept: all may be submitted again.\n");
	put_directives(job, wish, "bt-map", "%6a", b);
	post_putf(b, "#SBATCH --array=1-%" PRIu64 "\n", job->tasks);
	put_start(job, "\"$(printf %06d \"$SLURM_ARRAY_TASK_ID\")\"", b);
	post_puts(b, "exec ");
	batch_put_map(job, "\"$SLURM_ARRAY_TASK_ID\"", b);
	post_putc(b, '\n');
}

void
batch_put_reduce_script(const struct batch_job *job, const struct batch_slurm_wish *wish, struct post_buf *b)
{
	char *ended = batch_path(job, BATCH_ENDED);

	post_puts(b, "#!/bin/sh\n"
	    "# Runs when the array is over, however it ended (afterany): it looks for itself whether all parts are there.\n");
	put_directives(job, wish, "bt-reduce", "reduce", b);
	put_start(job, "reduce", b);
	post_puts(b, "status=0\n");
	batch_put_quoted(b, job->program);
	post_puts(b, " reduce ");
	if (wish->keep_going)
		post_puts(b, "--keep-going ");
	batch_put_quoted(b, job->out);
	post_putf(b, " %" PRIu64 " || status=$?\n# Slurm forgets a job after a while.\necho \"$SLURM_JOB_ID $status\" >", job->tasks);
	batch_put_quoted(b, ended);
	post_puts(b, "\nexit $status\n");
	free(ended);
}

uint64_t
batch_put_undone(const struct batch_job *job, struct post_buf *b)
{
	uint64_t k, first, n = 0;

	for (k = 1; k <= job->tasks; k++) {
		if (batch_is_done(job, k))
			continue;
		first = k;
		while (k < job->tasks && !batch_is_done(job, k + 1))
			k++;
		post_putf(b, n > 0 ? ",%" PRIu64 : "%" PRIu64, first);
		if (k > first)
			post_putf(b, "-%" PRIu64, k);
		n += k - first + 1;
	}
	return n;
}

static void
put_file(const char *name, void (*put)(const struct batch_job *, const struct batch_slurm_wish *, struct post_buf *),
    const struct batch_job *job, const struct batch_slurm_wish *wish, struct post_buf *b)
{
	struct post_buf text = { 0 };

	put(job, wish, &text);
	batch_put_here(b, name, post_buf_str(&text));
	post_buf_free(&text);
}

void
batch_put_submission(const struct batch_job *job, const struct batch_slurm_wish *wish, struct post_buf *b)
{
	struct post_buf undone = { 0 };
	bool any = batch_put_undone(job, &undone) > 0;

	post_puts(b, "# What bt-batch slurm does, but for following the jobs; sh(1) can run it.\nset -eu\nmkdir -p ");
	batch_put_quoted(b, job->out);
	post_puts(b, "/log\ncd ");
	batch_put_quoted(b, job->out);
	post_puts(b, "\n\n");
	batch_put_settle(job, b);
	put_file("map.sh", batch_put_map_script, job, wish, b);
	put_file("reduce.sh", batch_put_reduce_script, job, wish, b);
	if (any)
		post_putf(b, "map=$(sbatch --parsable --array=%s map.sh)\nsbatch --dependency=afterany:\"${map%%%%;*}\" reduce.sh\n", undone.s);
	else
		post_puts(b, "sbatch reduce.sh\t# all parts are there\n");
	post_buf_free(&undone);
}
