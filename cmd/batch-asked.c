/* SPDX-License-Identifier: BSD-2-Clause */
/* What the parts in OUT were asked for: those of another manifest or of other options are not to be summed. */
#include <errno.h>
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "batch-cluster.h"

#define ASKED	"log/asked"

/* All of the file at PATH; false when there is none. */
static bool
read_file(const char *path, struct post_buf *b)
{
	FILE *f = fopen(path, "r");
	char block[16384];
	size_t n;
	bool good;

	if (f == NULL)
		return false;
	post_puts(b, "");
	while ((n = fread(block, 1, sizeof block, f)) > 0)
		post_put(b, (struct post_str){ block, n });
	good = !ferror(f);
	fclose(f);
	return good;
}

/* All that decides what the parts are, but for the traces themselves. */
static void
put_asked(const struct post_tool *t, const struct batch_job *job, struct post_buf *b)
{
	struct post_buf manifest = { 0 };
	struct post_err err;
	char **option;
	XXH128_hash_t h;

	if (!read_file(job->manifest, &manifest)) {
		post_fail(&err, POST_EIO, "%s: %s", job->manifest, strerror(errno));
		tool_fail(t, &err);
	}
	h = XXH3_128bits(manifest.s, manifest.n);
	post_buf_free(&manifest);
	post_putf(b, "bt-batch %s\nmanifest %016" PRIx64 "%016" PRIx64 "\ntasks %" PRIu64 "\nfrom ", VERSION, h.high64, h.low64, job->tasks);
	batch_put_quoted(b, job->where);
	post_puts(b, "\nmap");
	for (option = job->options; *option != NULL; option++) {
		post_putc(b, ' ');
		batch_put_quoted(b, *option);
	}
	post_putc(b, '\n');
}

void
batch_ask_for(const struct post_tool *t, struct batch_job *job)
{
	char *path = batch_path(job, ASKED);
	struct post_buf before = { 0 };

	put_asked(t, job, &job->asked);
	job->anew = !read_file(path, &before) || !post_str_eq(post_buf_str(&before), post_buf_str(&job->asked));
	post_buf_free(&before);
	free(path);
}

/* Without its .meta a part is none. */
static void
remove_meta(const struct post_tool *t, const char *dir, const char *name)
{
	struct post_buf path = { 0 };
	struct post_err err;

	post_putf(&path, "%s/%s", dir, name);
	if (unlink(path.s) == -1) {
		post_fail(&err, POST_EIO, "%s: %s", path.s, strerror(errno));
		tool_fail(t, &err);
	}
	post_buf_free(&path);
}

void
batch_settle(const struct post_tool *t, struct batch_job *job)
{
	char *path = batch_path(job, "parts");
	struct dirent *entry;
	size_t removed = 0;
	DIR *dir;

	if (job->anew && (dir = opendir(path)) != NULL) {
		while ((entry = readdir(dir)) != NULL)
			if (post_str_ends(post_str_of(entry->d_name), POST_STR(".meta"))) {
				remove_meta(t, path, entry->d_name);
				removed++;
			}
		closedir(dir);
	}
	free(path);
	if (removed > 0)
		tool_say(t, NULL, "%s is of another manifest, or was made otherwise: all of it is made anew", job->out);
	if (job->anew)
		batch_write(t, job, ASKED, &job->asked);
	job->anew = false;
}

void
batch_put_settle(const struct batch_job *job, struct post_buf *b)
{
	char *path;

	if (!job->anew)
		return;
	post_puts(b, "rm -f ");
	batch_put_quoted(b, job->out);
	post_puts(b, "/parts/*.meta\t# of another manifest, or made otherwise\n");
	path = batch_path(job, ASKED);
	batch_put_here(b, path, post_buf_str(&job->asked));
	free(path);
}
