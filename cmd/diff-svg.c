/* SPDX-License-Identifier: BSD-2-Clause */
/* The union of both sides as a flame graph. */
#include <math.h>
#include <string.h>
#include "../libpost/flame/svg.h"
#include "diff-write.h"

enum { LINE = 130 };	/* bytes of the verdict that the picture has room for */
static const double whole = 1e9;	/* how wide a side is, in what frames are wide of */

/* How wide is a stack with these rates?  In work mode by the larger side. */
static struct post_count
width(const struct diff_conf *c, double before, double after)
{
	double w = 0;

	switch ((enum diff_width)c->width) {
	case DIFF_WIDTH_MAX:	w = fmax(before, after); break;
	case DIFF_WIDTH_NEW:	w = after; break;
	case DIFF_WIDTH_BASE:	w = before; break;
	case DIFF_WIDTH_CHANGE:	w = fabs(after - before); break;
	}
	return (struct post_count){ (uint64_t)llround(w * whole), 0 };
}

static void
fill(const struct diff_conf *c, const struct post_report *r, struct post_tree *tree)
{
	const struct post_runs *runs = r->runs;
	const double *exposure = r->diff->exposure;
	double most = 0;

	for (size_t i = 0; i < runs->n; i++)
		most += post_count_real(runs->run[i].samples);
	most = c->diff.work ? most / fmin(exposure[POST_BEFORE], exposure[POST_AFTER]) : 1;
	for (uint32_t i = 0; i < runs->cells; i++) {
		const struct post_cell *k = &runs->cell[i];
		struct post_count before = post_runs_sum(runs, i, POST_BEFORE), after = post_runs_sum(runs, i, POST_AFTER);
		double b = post_count_real(before) / exposure[POST_BEFORE] / most, a = post_count_real(after) / exposure[POST_AFTER] / most;

		(void)post_tree_add_compared(tree, k->frame, k->n, width(c, b, a), before, after);	/* the sums are those of the runs */
	}
}

static bool
significant(void *arg, const uint32_t *path, size_t n)
{
	return post_diff_path(arg, path, n);
}

/* "b1.bt, b2.bt, b3.bt" */
static void
put_names(struct post_buf *b, const struct post_runs *runs, enum post_diff_side side)
{
	for (size_t i = 0; i < runs->n; i++) {
		if (runs->run[i].side != side)
			continue;
		if (b->n > 0)
			post_puts(b, ", ");
		post_puts(b, runs->run[i].name);
	}
}

/* The verdict, and what is wrong with the traces, where all can see it. */
static void
set_remarks(const struct post_report *r, struct post_svg_opts *o, struct post_buf *verdict)
{
	post_report_verdict(r, verdict);
	if (verdict->n > LINE) {	/* the functions by name are in the picture */
		verdict->n = LINE;
		verdict->s[verdict->n] = '\0';
		post_puts(verdict, " ...");
	}
	o->subtitle = verdict->s;
	o->remark = r->remark;
	o->nremark = r->remarks;
	o->badge = r->remarks > 0 ? "partial or biased traces" : NULL;
}

int
diff_put_svg(const struct diff_conf *c, const struct post_report *r, struct post_out *out, struct post_err *err)
{
	int status;
	struct post_tree tree = { .names = &r->runs->names };
	struct post_buf before = { 0 }, after = { 0 }, verdict = { 0 }, notes = { 0 };
	struct post_compare compare = { .before = r->diff->exposure[POST_BEFORE], .after = r->diff->exposure[POST_AFTER], .work = c->diff.work,
	    .significant = significant, .arg = (void *)(uintptr_t)r->diff };
	struct post_svg_opts o;

	put_names(&before, r->runs, POST_BEFORE);
	put_names(&after, r->runs, POST_AFTER);
	compare.before_name = before.s;
	compare.after_name = after.s;
	post_svg_defaults(&o);
	o.title = c->title != NULL ? c->title : "What changed";
	o.compare = &compare;
	o.theme = c->no_script ? POST_LIGHT : POST_AUTO;
	o.no_script = c->no_script;
	post_putf(&notes, "bt-diff mode=%s rules=%s", c->diff.work ? "work" : "share", r->rules);
	o.notes = notes.s;
	set_remarks(r, &o, &verdict);
	fill(c, r, &tree);
	status = post_svg_write(&tree, &o, out, err);
	if (status == -1)
		post_svg_error(&o, err->msg, out);
	post_tree_free(&tree);
	post_buf_free(&before);
	post_buf_free(&after);
	post_buf_free(&verdict);
	post_buf_free(&notes);
	return status;
}
