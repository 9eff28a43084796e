/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include "../base/mem.h"
#include "../base/path.h"
#include "../io/spool.h"
#include "../trace/stacks.h"
#include "merge.h"

enum { BLOCK = 32 << 10 };

/* What has been merged already: a file without a name. */
struct run {
	int		fd;
	unsigned	level;		/* how often its lines were written: files have 0 */
	size_t		file;		/* one of those in it */
};

/* A file being read, at its next stack. */
struct cursor {
	struct post_input	*in;
	struct post_input_conf	 conf;
	char			*path;
	size_t			 file;
	struct post_block	*block;
	struct post_str		 rest;		/* of the block */
	uint64_t		 line;
	struct post_str		 stack;
	struct post_count	 count;
	struct post_err		*err;		/* filled by what the input reports */
	bool			 failed;
};

struct merge {
	const char *const	*path;
	size_t			 n, at;		/* path[at] is the next to be read */
	struct run		*run;		/* those of a high level first */
	size_t			 runs, cap;
	struct cursor		 cursor[POST_MERGE_WAYS];
	struct cursor		*heap[POST_MERGE_WAYS];	/* the least stack first */
	size_t			 open, live;	/* of cursor, of heap */
	struct post_buf		 stack;		/* that is being summed */
	struct post_count	 sum;
	bool			 summing;
	struct post_merged	*merged;
	size_t			*bad;
	struct post_err		*err;
};

static int
fail_in(struct merge *m, size_t file)
{
	*m->bad = file;
	return -1;
}

static int
fail_at_line(const struct cursor *c, enum post_code code, const char *what)
{
	post_fail(c->err, code, "%s", what);
	c->err->line = c->line;
	return -1;
}

static void
on_report(void *arg, const char *name, const struct post_err *err)
{
	struct cursor *c = arg;

	(void)name;
	if (!c->failed)
		*c->err = *err;
	c->failed = true;
}

/* The next line, without its "\n".  1, 0 at the end, or -1. */
static int
next_line(struct cursor *c, struct post_str *line)
{
	while (c->rest.n == 0) {
		if (c->block != NULL)
			post_input_release(c->in, c->block);
		c->block = post_input_next(c->in);
		if (c->failed)
			return -1;
		if (c->block == NULL)
			return 0;
		c->rest = post_str_from((struct post_str){ c->block->p, c->block->n }, post_bom(c->block));
	}
	(void)post_next_line(&c->rest, line);
	c->line++;
	return 1;
}

static bool
is_blank(struct post_str line)
{
	while (line.n > 0 && (line.p[line.n - 1] == ' ' || line.p[line.n - 1] == '\t' || line.p[line.n - 1] == '\r'))
		line.n--;
	return line.n == 0;
}

/* The next line that is a stack.  1, 0 at the end, or -1. */
static int
next_stack(struct cursor *c, struct post_merged *merged)
{
	struct post_str line;
	int got, split;

	while ((got = next_line(c, &line)) == 1) {
		if (!post_str_starts(line, POST_STR("# "))) {
			split = post_folded_split(line, &c->stack, &c->count);
			if (split == 0)
				return 1;
			if (split == POST_COUNT_RANGE)
				return fail_at_line(c, POST_ELIMIT, "a count over 18446744073709551615, or with more than 18 decimals");
			if (is_blank(line))
				continue;
			if (line.p[0] != '#')
				return fail_at_line(c, POST_EFORMAT, "no folded line: there is no count at its end");
		}
		merged->comments++;
	}
	return got;
}

static bool
before(const struct cursor *a, const struct cursor *b)
{
	return post_str_cmp(a->stack, b->stack) < 0;
}

/* The cursor at AT of the heap may stand behind those below it. */
static void
sink(struct merge *m, size_t at)
{
	struct cursor *c = m->heap[at];

	for (;;) {
		size_t child = 2 * at + 1;

		if (child + 1 < m->live && before(m->heap[child + 1], m->heap[child]))
			child++;
		if (child >= m->live || !before(m->heap[child], c))
			break;
		m->heap[at] = m->heap[child];
		at = child;
	}
	m->heap[at] = c;
}

/* Write the stack that was summed. */
static int
flush(struct merge *m, struct post_out *out)
{
	if (!m->summing)
		return 0;
	if (post_count_add(&m->merged->samples, m->sum) == -1)
		return post_fail(m->err, POST_ELIMIT, "the sum of all counts passes 18446744073709551615");
	m->merged->stacks++;
	post_put(&out->buf, post_buf_str(&m->stack));
	post_putc(&out->buf, ' ');
	post_put_count(&out->buf, m->sum);
	post_putc(&out->buf, '\n');
	post_out_tick(out);
	m->summing = false;
	return 0;
}

/* Take the least stack. */
static int
add(struct merge *m, struct cursor *c, struct post_out *out)
{
	if (m->summing && post_str_eq(c->stack, post_buf_str(&m->stack))) {
		if (post_count_add(&m->sum, c->count) == 0)
			return 0;
		return fail_at_line(c, POST_ELIMIT, "the sum of a stack's counts passes 18446744073709551615");
	}
	if (flush(m, out) == -1)
		return -1;
	m->stack.n = 0;
	post_put(&m->stack, c->stack);
	m->sum = c->count;
	m->summing = true;
	return 0;
}

/* The cursor whose stack was taken goes on to its next. */
static int
advance(struct merge *m, struct cursor *c)
{
	int got = next_stack(c, m->merged);

	if (got == 1 && post_str_cmp(c->stack, post_buf_str(&m->stack)) < 0)
		return fail_at_line(c, POST_EFORMAT, "not in the order of bytes");
	if (got == 0)
		m->heap[0] = m->heap[--m->live];
	if (got >= 0 && m->live > 0)
		sink(m, 0);
	return got < 0 ? -1 : 0;
}

/* Open PATH, which is or holds file FILE. */
static int
open_cursor(struct merge *m, struct post_str path, size_t file)
{
	struct cursor *c = &m->cursor[m->open++];
	int got;

	*c = (struct cursor){ .path = post_path_copy(path.p), .file = file, .err = m->err,
	    .conf = { .block = BLOCK, .no_thread = true, .report = on_report } };
	c->conf.arg = c;
	c->in = post_input_new(&c->path, 1, &c->conf);
	got = next_stack(c, m->merged);
	if (got == 1)
		m->heap[m->live++] = c;
	return got < 0 ? fail_in(m, file) : 0;
}

static void
close_cursors(struct merge *m)
{
	while (m->open > 0) {
		struct cursor *c = &m->cursor[--m->open];

		if (c->block != NULL)
			post_input_release(c->in, c->block);
		post_input_free(c->in);
		free(c->path);
	}
	m->live = 0;
}

/* Merge all that is open into OUT. */
static int
merge_open(struct merge *m, struct post_out *out)
{
	struct cursor *c = &m->cursor[0];
	size_t i;

	*m->merged = (struct post_merged){ .comments = m->merged->comments };
	for (i = m->live; i-- > 0;)
		sink(m, i);
	while (m->live > 0 && !post_out_failed(out)) {
		c = m->heap[0];
		if (add(m, c, out) == -1 || advance(m, c) == -1)
			return fail_in(m, c->file);
	}
	return flush(m, out) == 0 ? 0 : fail_in(m, c->file);
}

static int
open_files(struct merge *m, size_t n)
{
	for (; n > 0; n--, m->at++)
		if (open_cursor(m, post_str_of(m->path[m->at]), m->at) == -1)
			return -1;
	return 0;
}

/* The last N runs; they are opened anew, to be read from the start. */
static int
open_runs(struct merge *m, size_t n)
{
	struct post_buf path = { 0 };
	int status = 0;

	for (size_t i = m->runs - n; i < m->runs && status == 0; i++) {
		path.n = 0;
		post_putf(&path, "/proc/self/fd/%d", m->run[i].fd);
		status = open_cursor(m, post_buf_str(&path), m->run[i].file);
	}
	post_buf_free(&path);
	return status;
}

static void
drop_runs(struct merge *m, size_t n)
{
	while (n-- > 0)
		close(m->run[--m->runs].fd);
}

/* Where temporary files go: where the output has its own. */
static int
temporary(const struct post_out *out)
{
	struct post_buf dir = { 0 };
	int fd;

	if (out->temp == NULL)
		return post_nameless(post_spool_dir());
	post_put(&dir, post_path_dir(post_str_of(out->temp)));
	post_puts(&dir, ".");
	fd = post_nameless(dir.s);
	post_buf_free(&dir);
	return fd;
}

static int
fail_to_write(struct merge *m, int error, size_t file)
{
	post_fail(m->err, POST_EIO, "a temporary file: %s", strerror(error));
	return fail_in(m, file);
}

/* Merge all that is open into a run, of which there is one more then. */
static int
merge_to_run(struct merge *m, const struct post_out *out, unsigned level)
{
	struct post_out to = { .fd = temporary(out) };
	size_t file = m->cursor[0].file;
	int status = to.fd == -1 ? fail_to_write(m, errno, file) : merge_open(m, &to);

	if (status == 0) {
		post_out_flush(&to);
		if (post_out_failed(&to))
			status = fail_to_write(m, to.error, file);
	}
	post_buf_free(&to.buf);
	if (status == -1) {
		if (to.fd != -1)
			close(to.fd);
		return -1;
	}
	m->run = post_room(m->run, m->runs, &m->cap, sizeof *m->run);
	m->run[m->runs++] = (struct run){ to.fd, level, file };
	return 0;
}

/* The last N runs become one. */
static int
join_runs(struct merge *m, const struct post_out *out, size_t n)
{
	struct run *first = &m->run[m->runs - n], joined;
	int status = open_runs(m, n) == 0 ? merge_to_run(m, out, first->level + 1) : -1;

	close_cursors(m);
	if (status == -1)
		return -1;
	joined = m->run[--m->runs];
	drop_runs(m, n);
	m->run[m->runs++] = joined;
	return 0;
}

/* Are the last POST_MERGE_WAYS runs of one level?  Then so many files need not be open. */
static bool
full_level(const struct merge *m)
{
	return m->runs >= POST_MERGE_WAYS && m->run[m->runs - POST_MERGE_WAYS].level == m->run[m->runs - 1].level;
}

/*
 * One round: some files become a run, or some runs, when the files are used
 * up; no more of them than must, so that what is left can be merged at once.
 */
static int
round_of(struct merge *m, const struct post_out *out)
{
	size_t left = m->n - m->at, must = left + m->runs - POST_MERGE_WAYS + 1, n = must < POST_MERGE_WAYS ? must : POST_MERGE_WAYS;
	int status;

	if (left == 0)
		return join_runs(m, out, n);
	status = open_files(m, n < left ? n : left) == 0 ? merge_to_run(m, out, 1) : -1;
	close_cursors(m);
	while (status == 0 && full_level(m))
		status = join_runs(m, out, POST_MERGE_WAYS);
	return status;
}

int
post_merge(const char *const *path, size_t n, struct post_out *out, struct post_merged *merged, size_t *bad, struct post_err *err)
{
	struct merge *m = post_resize(NULL, 1, sizeof *m);
	int status = 0;

	*merged = (struct post_merged){ 0 };
	*m = (struct merge){ .path = path, .n = n, .merged = merged, .bad = bad, .err = err };
	while (status == 0 && n - m->at + m->runs > POST_MERGE_WAYS)
		status = round_of(m, out);
	if (status == 0 && (open_runs(m, m->runs) == -1 || open_files(m, n - m->at) == -1 || merge_open(m, out) == -1))
		status = -1;
	close_cursors(m);
	drop_runs(m, m->runs);
	post_buf_free(&m->stack);
	free(m->run);
	free(m);
	return status;
}
