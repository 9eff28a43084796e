/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "../libpost/batch/read.h"
#include "../libpost/trace/finding.h"
#include "batch-compare.h"
#include "diff-write.h"

static const char *const endings[] = { ".diff.txt", ".diff.svg" };
static const char *const verdicts[] = { [POST_PASS] = "pass", [POST_FAIL] = "fail", [POST_INSUFFICIENT] = "insufficient data" };

/* What was read, and what is wrong with it. */
struct sides {
	struct post_runs	  runs;
	struct post_arena	 *mem;		/* of the remarks */
	const char		**remark;
	size_t			  remarks, cap;
};

static void
add_remark(struct sides *s, const char *name, const char *text, size_t n)
{
	struct post_buf b = { 0 };

	post_putf(&b, "%s: ", name);
	post_put(&b, (struct post_str){ text, n });
	s->remark = post_room(s->remark, s->remarks, &s->cap, sizeof *s->remark);
	s->remark[s->remarks++] = post_keep(s->mem, post_buf_str(&b)).p;
	post_buf_free(&b);
}

static bool
is_bad(const char *severity, size_t n)
{
	for (enum post_severity s = POST_BIASED; s < POST_SEVERITIES; s++)
		if (post_str_eq(post_str_of(post_severity_name(s, POST_ENGLISH)), (struct post_str){ severity, n }))
			return true;
	return false;
}

/* "ID<tab>SEVERITY<tab>TEXT\n" ... is "NAME: [SEVERITY] ID: TEXT", of those that forbid a decision. */
static void
remark_findings(struct sides *s, const struct post_trace_record *r)
{
	struct post_buf b = { 0 };
	const char *end, *severity, *text;

	for (const char *line = r->findings; (end = strchr(line, '\n')) != NULL; line = end + 1) {
		severity = memchr(line, '\t', (size_t)(end - line));
		text = severity != NULL ? memchr(severity + 1, '\t', (size_t)(end - severity - 1)) : NULL;
		if (text == NULL || !is_bad(severity + 1, (size_t)(text - severity - 1)))
			continue;
		b.n = 0;
		post_putf(&b, "[%.*s] %.*s: ", (int)(text - severity - 1), severity + 1, (int)(severity - line), line);
		post_put(&b, (struct post_str){ text + 1, (size_t)(end - text - 1) });
		add_remark(s, r->name, b.s, b.n);
	}
	post_buf_free(&b);
}

static int
add_run(struct sides *s, const struct batch_run *run, enum post_diff_side side, struct post_canon *canon, struct post_err *err)
{
	struct post_reading_conf conf = { .stacks.naming = { .modules = canon->modules, .lines = true } };
	struct post_reader reader = { .conf = &conf };
	struct post_trace_reading r = { 0 };
	int status = post_read_trace(&reader, run->folded, &r, err);

	if (status == 0 && r.status != 0)
		status = post_fail(err, POST_EIO, "%s: %s", run->folded, r.trouble.code != POST_OK ? r.trouble.msg : "cannot be read");
	else if (status == 0)
		status = post_runs_add(&s->runs, run->record->name, side, &r.fold, canon, err);
	if (run->record->status != 0)
		add_remark(s, run->record->name, run->record->message, strlen(run->record->message));
	remark_findings(s, run->record);
	post_reading_free(&r);
	return status;
}

static int
read_sides(struct sides *s, const struct batch_comparison *c, struct post_canon *canon, struct post_err *err)
{
	for (size_t i = 0; i < c->n_before; i++)
		if (add_run(s, &c->before[i], POST_BEFORE, canon, err) == -1)
			return -1;
	for (size_t i = 0; i < c->n_after; i++)
		if (add_run(s, &c->after[i], POST_AFTER, canon, err) == -1)
			return -1;
	return 0;
}

static int
write_text(const struct post_report *r, const char *path, struct post_err *err)
{
	struct post_out out;

	if (post_out_open(&out, path, err) == -1)
		return -1;
	post_report_text(r, &out.buf);
	return post_out_close(&out, err);
}

static int
write_picture(const struct diff_conf *conf, const struct post_report *r, const char *path, struct post_err *err)
{
	struct post_err nothing;
	struct post_out out;

	if (post_out_open(&out, path, err) == -1)
		return -1;
	(void)diff_put_svg(conf, r, &out, &nothing);	/* the picture says it */
	return post_out_close(&out, err);
}

static const char *
path_of(const struct batch_comparison *c, size_t ending, struct post_arena *mem)
{
	struct post_buf b = { 0 };
	const char *path;

	post_putf(&b, "%s%s", c->path, endings[ending]);
	path = post_keep(mem, post_buf_str(&b)).p;
	post_buf_free(&b);
	return path;
}

/* The line on the gate without the verdict, which the page has beside it. */
static const char *
why_of(const struct post_report *r, struct post_arena *mem)
{
	static const char advisory[] = "pass (advisory): ";
	struct post_buf line = { 0 }, why = { 0 };
	const char *colon, *kept;

	post_report_verdict(r, &line);
	colon = strstr(line.s, ": ");
	if (strncmp(line.s, advisory, strlen(advisory)) == 0)
		post_puts(&why, "advisory: ");
	post_puts(&why, colon != NULL ? colon + 2 : line.s);
	kept = post_keep(mem, post_buf_str(&why)).p;
	post_buf_free(&line);
	post_buf_free(&why);
	return kept;
}

static int
report(struct batch_comparison *c, const struct diff_conf *conf, const struct sides *s, const char *rules, struct post_arena *mem,
    struct post_err *err)
{
	struct post_diff d;
	struct post_report r = { .diff = &d, .runs = &s->runs, .rules = rules, .id = conf->id, .remark = s->remark, .remarks = s->remarks };
	int status;

	post_diff(&d, &s->runs, &conf->diff, NULL, 0);
	if (s->remarks > 0 && d.verdict != POST_INSUFFICIENT) {
		d.verdict = POST_INSUFFICIENT;
		d.why = "a trace is partial or biased";
	}
	c->verdict = verdicts[d.verdict];
	c->why = why_of(&r, mem);
	status = write_text(&r, path_of(c, 0, mem), err) == 0 && write_picture(conf, &r, path_of(c, 1, mem), err) == 0 ? 0 : -1;
	post_diff_free(&d);
	return status;
}

static int
compare(struct batch_comparison *c, struct post_arena *mem, struct post_err *err)
{
	struct diff_conf conf = { .id = "bt-diff" };
	struct sides s = { .mem = mem };
	char rules[POST_CANON_HASH + 1];
	struct post_buf title = { 0 };
	int status;

	post_diff_defaults(&conf.diff);
	post_canon_hash(&conf.canon, rules);
	post_putf(&title, "%s compared to %s", c->name, c->baseline);
	conf.title = title.s;
	status = read_sides(&s, c, &conf.canon, err);
	if (status == 0)
		status = report(c, &conf, &s, rules, mem, err);
	post_runs_free(&s.runs);
	post_canon_free(&conf.canon);
	post_buf_free(&title);
	free(s.remark);
	return status;
}

/* "HASH<tab>VERDICT<tab>WHY" of the same comparison, whose files are there. */
static bool
is_known(struct batch_comparison *c, const char *was, const struct post_buf *hash, struct post_arena *mem)
{
	const char *verdict = strncmp(was, hash->s, hash->n) == 0 ? was + hash->n : NULL, *tab = verdict != NULL ? strchr(verdict, '\t') : NULL;

	if (tab == NULL || !batch_compare_is_there(c->path))
		return false;
	c->verdict = post_keep(mem, (struct post_str){ verdict, (size_t)(tab - verdict) }).p;
	c->why = tab + 1;
	return true;
}

int
batch_compare(struct batch_comparison *c, struct post_store *store, struct post_arena *mem, struct post_err *err)
{
	struct post_buf key = { 0 }, value = { 0 };
	int status = 0;

	post_putf(&key, "diff:%s", c->name);
	post_putf(&value, "%016llx\t", (unsigned long long)XXH3_64bits_withSeed(c->baseline, strlen(c->baseline), c->hash));
	if (c->force || !is_known(c, post_store_get(store, key.s, mem), &value, mem)) {
		status = post_store_set(store, key.s, "", err) == -1 || post_store_commit(store, err) == -1 ? -1 : compare(c, mem, err);
		if (status == 0) {
			post_putf(&value, "%s\t%s", c->verdict, c->why);
			status = post_store_set(store, key.s, value.s, err);
		}
	}
	post_buf_free(&key);
	post_buf_free(&value);
	return status;
}

bool
batch_compare_is_there(const char *path)
{
	struct post_buf b = { 0 };
	bool there = true;

	for (size_t i = 0; i < sizeof endings / sizeof *endings && there; i++) {
		b.n = 0;
		post_putf(&b, "%s%s", path, endings[i]);
		there = access(b.s, F_OK) == 0;
	}
	post_buf_free(&b);
	return there;
}

void
batch_compare_remove(const char *path)
{
	struct post_buf b = { 0 };

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		b.n = 0;
		post_putf(&b, "%s%s", path, endings[i]);
		(void)unlink(b.s);
	}
	post_buf_free(&b);
}
