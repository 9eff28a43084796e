/* SPDX-License-Identifier: BSD-2-Clause */
#include <math.h>
#include <stdlib.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>
#include "../libpost/base/ascii.h"
#include "../libpost/base/path.h"
#include "../libpost/diff/baseline.h"
#include "diff-read.h"

static _Noreturn void
fail(const char *name, const char *what)
{
	struct post_err err;

	post_fail(&err, POST_EFORMAT, "%s", what);
	tool_warn(&diff_tool, name, &err);
	exit(TOOL_TROUBLE);
}

static void
add_remark(struct diff_input *d, const char *path, struct post_str text)
{
	struct post_buf b = { 0 };

	post_puts(&b, path);
	post_puts(&b, ": ");
	post_put(&b, text);
	d->remark = post_room(d->remark, d->remarks, &d->cap, sizeof *d->remark);
	d->remark[d->remarks++] = post_keep(&d->texts, post_buf_str(&b)).p;
	post_buf_free(&b);
}

/* How many percent of the probes were skipped, in a trace that counts samples. */
static double
skipped(const struct post_finding *f, const struct post_account *a)
{
	double lost = (double)f->value, all = lost + post_count_real(a->total);

	return all > 0 ? 100 * lost / all : 0;
}

/* Is nothing to be decided on a trace of which that was found? */
static bool
is_bad(const struct diff_conf *c, const struct post_finding *f, const struct post_account *a)
{
	if (f->id == POST_FOUND_SKIPPED_PROBES)
		return skipped(f, a) > c->max_skipped;
	return f->severity >= POST_BIASED;
}

static void
remark_findings(struct diff_input *d, const struct diff_conf *c, const struct post_input *in, const char *path, const struct post_run *run)
{
	struct post_findings findings = { 0 };
	struct post_buf text = { 0 };

	if (tool_findings(&diff_tool, &c->common, in, &run->account, TOOL_TAKES_STACKS, &findings) > d->status)
		d->status = TOOL_PARTLY;
	for (size_t i = 0; i < findings.n; i++) {
		if (!is_bad(c, &findings.v[i], &run->account))
			continue;
		text.n = 0;
		tool_put_finding(&text, in, &findings.v[i]);
		add_remark(d, path, post_buf_str(&text));
	}
	if (post_remarks_worst(&run->account) >= POST_BIASED)
		for (size_t i = 0; i < run->account.n_remark; i++)
			add_remark(d, path, run->account.remark[i].text);
	post_findings_free(&findings);
	post_buf_free(&text);
}

/* "a.c:12" in "name(a.c:12)", or nothing. */
static struct post_str
place_in(struct post_str name)
{
	size_t n = name.n, i;

	if (n < 5 || name.p[n - 1] != ')')
		return POST_STR("");
	for (i = n - 1; i > 0 && post_is(name.p[i - 1], POST_DIGIT); i--)
		;
	if (i == n - 1 || i < 2 || name.p[i - 1] != ':')
		return POST_STR("");
	for (i--; i > 0 && name.p[i - 1] != '('; i--)
		;
	return i > 1 ? (struct post_str){ name.p + i, n - 1 - i } : POST_STR("");
}

/* Where a frame stands: on the new side rather than before, where it was seen most, and of equals by bytes. */
struct diff_place {
	const char		*text;
	enum post_diff_side	 side;
	struct post_count	 samples;
};

static bool
is_better(const struct diff_place *a, const struct diff_place *b)
{
	int d = post_count_cmp(a->samples, b->samples);

	if (b->text == NULL || a->side != b->side)
		return b->text == NULL || a->side > b->side;
	return d != 0 ? d > 0 : strcmp(a->text, b->text) < 0;
}

/* The own samples of each name of FOLD. */
static struct post_count *
own_samples(const struct post_fold *fold)
{
	struct post_count *own = post_resize(NULL, fold->names.n, sizeof *own);

	memset(own, 0, fold->names.n * sizeof *own);
	for (size_t i = 0; i < fold->n; i++)
		if (fold->stack[i].n > 0)
			(void)post_count_add(&own[fold->stack[i].frame[fold->stack[i].n - 1]], fold->stack[i].count);
	return own;
}

/* Where the frames of FOLD stand in their sources, where it tells. */
static void
note_places(struct diff_input *d, const struct post_fold *fold, struct post_canon *canon, enum post_diff_side side)
{
	struct post_count *own = own_samples(fold);
	struct post_buf name = { 0 };

	for (uint32_t i = 0; i < fold->names.n; i++) {
		struct post_str place = place_in(post_name(&fold->names, i));
		struct diff_place now = { .side = side, .samples = own[i] };
		uint32_t id;

		name.n = 0;
		if (place.n == 0 || !post_canon_put(canon, post_name(&fold->names, i), &name))
			continue;
		id = post_intern(&d->runs.names, post_buf_str(&name));
		now.text = post_keep(&d->texts, place).p;
		for (; d->places <= id; d->places++) {
			d->place = post_resize(d->place, d->places + 1, sizeof *d->place);
			d->place[d->places] = (struct diff_place){ 0 };
		}
		if (is_better(&now, &d->place[id]))
			d->place[id] = now;
	}
	post_buf_free(&name);
	free(own);
}

/* What is no trace, by how it begins: people compare what they look at, or what came out the last time. */
static const struct { const char *begins, *what; } others[] = {
	{ "<?xml", "this is a picture: bt-diff compares traces, raw or folded" },
	{ "<svg", "this is a picture: bt-diff compares traces, raw or folded" },
	{ "<!DOCTYPE", "this is a page: bt-diff compares traces, raw or folded" },
	{ "# bt-baseline/", "this is a baseline: give it with --baseline" },
	{ "# rules=", "this has the counts of two sides already: bt-svg draws it" },
};

static void
look_at_start(void *arg, const struct post_block *b)
{
	const char **what = arg;

	for (size_t i = 0; b->first && i < sizeof others / sizeof *others; i++)
		if (post_str_starts((struct post_str){ b->p, b->n }, post_str_of(others[i].begins)))
			*what = others[i].what;
}

/* Does every leaf end in a number, as the first of two counts does? */
static bool
has_two_counts(const struct post_fold *fold)
{
	for (size_t i = 0; i < fold->n; i++) {
		const struct post_fold_stack *k = &fold->stack[i];
		struct post_str leaf = k->n > 0 ? post_name(&fold->names, k->frame[k->n - 1]) : POST_STR(""), left;
		struct post_count count;

		if (post_folded_split(leaf, &left, &count) != 0 || left.n == 0)
			return false;
	}
	return fold->n > 0;
}

/* Refuse what is not one side's stacks. */
static void
check_run(const struct diff_conf *c, const char *name, const struct post_fold *fold, const char *other)
{
	if (other != NULL)
		fail(name, other);
	if (fold->n == 0 && !c->folded)
		fail(name, "no stacks in the input");
	if (has_two_counts(fold))
		fail(name, "every line has two counts: bt-svg draws it");
}

static void
read_run(struct diff_input *d, const struct diff_conf *c, struct post_canon *canon, const char *path, enum post_diff_side side)
{
	struct post_stacks_conf conf = { .naming = { .modules = c->canon.modules, .lines = true } };
	const char *other = NULL;
	struct post_input *in = tool_input_kept(&diff_tool, &c->common, (char **)(uintptr_t)&path, 1, tool_jobs(c->jobs), look_at_start, &other);
	const char *name = strcmp(path, "-") == 0 ? "<stdin>" : path;
	struct post_run run = { 0 };
	struct post_fold fold = { 0 };
	struct post_err err;

	if (post_run_fold(&run, in, &conf, tool_jobs(c->jobs), &fold, &err) == -1)
		tool_fail(&diff_tool, &err);
	if (post_input_status(in) != TOOL_DONE)
		exit(TOOL_TROUBLE);
	check_run(c, name, &fold, other);
	remark_findings(d, c, in, name, &run);
	if (post_runs_add(&d->runs, name, side, &fold, canon, &err) == -1)
		tool_fail(&diff_tool, &err);
	note_places(d, &fold, canon, side);
	post_fold_free(&fold);
	post_run_free(&run);
	post_input_free(in);
}

static void
take_line(struct diff_input *d, const char *path, struct post_str line)
{
	struct post_err err;

	if (post_baseline_line(d->baseline, &d->runs, line, &err) == 0)
		return;
	tool_warn(&diff_tool, path, &err);
	exit(TOOL_TROUBLE);
}

static void
take_lines(struct diff_input *d, const char *path, struct post_str s)
{
	struct post_str line;

	while (post_next_line(&s, &line))
		take_line(d, path, line);
}

static void
read_baseline(struct diff_input *d, const struct diff_conf *c, const char *rules)
{
	const char *path = c->baseline, *name = strcmp(path, "-") == 0 ? "<stdin>" : path;
	struct post_input *in = tool_input_lines(&diff_tool, &c->common, (char **)(uintptr_t)&path, 1);
	struct post_block *b;
	struct post_err err;

	while ((b = post_input_next(in)) != NULL) {
		take_lines(d, name, (struct post_str){ b->p, b->n });
		post_input_release(in, b);
	}
	if (post_input_status(in) != TOOL_DONE)
		exit(TOOL_TROUBLE);
	post_input_free(in);
	if (post_baseline_end(d->baseline, &d->runs, &err) == -1)
		fail(name, err.msg);
	if (strcmp(d->baseline->rules, rules) != 0)
		fail(name, "the baseline was made by other rules for names: use the options that it was made with, or make it anew");
	if (d->baseline->work != c->diff.work)
		fail(name, d->baseline->work ? "the baseline was made with --by work" : "the baseline was made with --by share");
	d->sigma = d->baseline->sigma;
}

/* --work FILE=N: FILE's run is N units long.  Those of the baseline have their own, whatever they are called. */
static void
set_work(struct diff_input *d, size_t kept, const char *text)
{
	const char *equals = strrchr(text, '=');
	struct post_str file = { text, equals != NULL ? (size_t)(equals - text) : 0 };
	bool known = false;
	double units;

	if (equals == NULL || post_parse_real(post_str_of(equals + 1), &units) == -1 || !(units > 0 && isfinite(units)))
		diff_refuse("--work is FILE=N, N over 0", text);
	if (post_str_eq(file, POST_STR("-")))
		file = POST_STR("<stdin>");
	for (size_t r = kept; r < d->runs.n; r++) {
		struct post_one_run *run = &d->runs.run[r];

		if (!post_str_eq(post_str_of(run->name), file))
			continue;
		run->exposure = units;
		known = true;
	}
	if (!known)
		diff_refuse("--work names no file that is compared", text);
}

static void
set_exposure(struct diff_input *d, const struct diff_conf *c, size_t kept)
{
	if (!c->diff.work && c->work.n > 0)
		diff_refuse("--work is for --by work", NULL);
	for (size_t r = kept; c->diff.work && r < d->runs.n; r++)
		d->runs.run[r].exposure = 0;
	for (size_t i = 0; i < c->work.n; i++)
		set_work(d, kept, c->work.v[i]);
	for (size_t r = kept; c->diff.work && r < d->runs.n; r++)
		if (d->runs.run[r].exposure == 0)
			fail(d->runs.run[r].name, "--by work needs --work FILE=N for this file");
}

/* Updates of one baseline wait for each other, until the filter ends. */
static void
lock_directory(const char *path)
{
	struct post_str dir = post_path_dir(post_str_of(path));
	char *name = dir.n > 0 ? strndup(dir.p, dir.n) : NULL;
	int fd = open(name != NULL ? name : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd != -1)
		(void)flock(fd, LOCK_EX);	/* where that cannot be they are on their own */
	free(name);
}

void
diff_read(struct diff_input *d, const struct diff_conf *c, struct post_canon *canon, const char *rules)
{
	size_t i, kept;

	*d = (struct diff_input){ .baseline = post_resize(NULL, 1, sizeof *d->baseline) };
	*d->baseline = (struct post_baseline){ 0 };
	if (c->update)
		lock_directory(c->baseline);
	if (c->baseline != NULL && !(c->update && access(c->baseline, F_OK) == -1))
		read_baseline(d, c, rules);
	kept = d->runs.n;
	for (i = 0; i < c->base.n; i++)
		read_run(d, c, canon, c->base.v[i], POST_BEFORE);
	for (i = 0; i < c->new.n; i++)
		read_run(d, c, canon, c->new.v[i], c->update ? POST_BEFORE : POST_AFTER);
	set_exposure(d, c, kept);
	d->file = post_resize(NULL, d->runs.names.n, sizeof *d->file);
	for (i = 0; i < d->runs.names.n; i++)
		d->file[i] = i < d->places ? d->place[i].text : NULL;
}

void
diff_input_free(struct diff_input *d)
{
	post_runs_free(&d->runs);
	post_drop(&d->texts);
	post_baseline_free(d->baseline);
	free(d->baseline);
	free(d->remark);
	free(d->place);
	free((void *)(uintptr_t)d->file);
}
