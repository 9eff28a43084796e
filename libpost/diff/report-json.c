/* SPDX-License-Identifier: BSD-2-Clause */
/* Everything as one JSON object, bt-diff/1: its schema is testdata/bt-diff/schema.json, told in bt-diff(1). */
#include <math.h>
#include "../base/json.h"
#include "report-put.h"

static void
put_real(struct post_buf *b, double v)
{
	if (isfinite(v))
		post_putf(b, "%.17g", v);
	else
		post_puts(b, "null");
}

static void
put_number(struct post_buf *b, const char *key, double v)
{
	post_put_json_key(b, key);
	put_real(b, v);
}

static void
put_name(const struct post_report *r, struct post_buf *b, const char *key, uint32_t id)
{
	post_put_json_key(b, key);
	post_put_json(b, post_report_name(r, id));
}

/* A member of the whole, in a line of its own, that OPEN begins. */
static void
put_part(struct post_buf *b, const char *key, const char *open)
{
	post_putf(b, ",\n\"%s\":%s", key, open);
}

/* An item of an array, each in its line. */
static void
put_item(struct post_buf *b, size_t i)
{
	post_puts(b, i > 0 ? ",\n{" : "\n{");
}

static void
put_array(struct post_buf *b, const char *key)
{
	post_put_json_key(b, key);
	post_putc(b, '[');
}

/* The frames of a path, then LEAF unless it is NULL. */
static void
put_path(const struct post_report *r, struct post_buf *b, const char *key, struct post_path path, const uint32_t *leaf)
{
	put_array(b, key);
	for (size_t i = 0; i < path.n; i++) {
		if (i > 0)
			post_putc(b, ',');
		post_put_json(b, post_report_name(r, path.frame[i]));
	}
	if (leaf != NULL) {
		if (path.n > 0)
			post_putc(b, ',');
		post_put_json(b, post_report_name(r, *leaf));
	}
	post_putc(b, ']');
}

static void
put_totals(const struct post_report *r, struct post_buf *b)
{
	put_part(b, "runs", "");
	post_putf(b, "[%zu,%zu],\"samples\":[", post_runs_of(r->runs, POST_BEFORE), post_runs_of(r->runs, POST_AFTER));
	post_put_count(b, post_report_samples(r, POST_BEFORE));
	post_putc(b, ',');
	post_put_count(b, post_report_samples(r, POST_AFTER));
	post_putc(b, ']');
}

static void
put_side(const struct post_report *r, struct post_buf *b, enum post_diff_side side)
{
	size_t n = 0;

	put_array(b, post_report_side(side));
	for (size_t i = 0; i < r->runs->n; i++) {
		const struct post_one_run *run = &r->runs->run[i];

		if (run->side != side)
			continue;
		put_item(b, n++);
		post_put_json_text(b, "name", run->name);
		post_put_json_key(b, "samples");
		post_put_count(b, run->samples);
		put_number(b, "exposure", run->exposure);
		post_putc(b, '}');
	}
	post_putc(b, ']');
}

static void
put_settings(const struct post_report *r, struct post_buf *b)
{
	const struct post_diff_conf *c = &r->diff->conf;

	put_part(b, "noise", "{");
	put_number(b, "sigma", r->diff->noise.sigma);
	put_number(b, "d0", r->diff->noise.d0);
	put_number(b, "s0", r->diff->noise.s0);
	post_put_json_text(b, "source", post_report_source(r));
	post_putc(b, '}');
	put_part(b, "thresholds", "{");
	put_number(b, "q", c->q);
	post_put_json_text(b, "fdr", c->dependent ? "by" : "bh");
	put_number(b, "min_pp", 100 * c->min_change);
	put_number(b, "min_rel", 100 * c->min_relative);
	post_put_json_text(b, "gate", post_report_gate(r));
	post_putc(b, '}');
}

static void
put_verdict(const struct post_report *r, struct post_buf *b)
{
	static const char *const verdicts[] = { [POST_PASS] = "pass", [POST_FAIL] = "fail", [POST_INSUFFICIENT] = "insufficient" };
	size_t n = 0;

	put_part(b, "verdict", "");
	post_putf(b, "\"%s\"", verdicts[r->diff->verdict]);
	post_put_json_flag(b, "advisory", r->diff->advisory);
	post_put_json_text(b, "why", r->diff->why);
	put_array(b, "gated");
	for (size_t i = 0; i < r->diff->funcs; i++) {
		if (!r->diff->func[i].gated)
			continue;
		if (n++ > 0)
			post_putc(b, ',');
		post_put_json(b, post_report_name(r, r->diff->func[i].name));
	}
	post_putc(b, ']');
}

static void
put_budgets(const struct post_report *r, struct post_buf *b)
{
	put_part(b, "budgets", "[");
	for (size_t i = 0; i < r->diff->budgets; i++) {
		const struct post_budget *u = &r->diff->budget[i];

		put_item(b, i);
		post_put_json_text(b, "budget", u->text);
		post_put_json_key(b, "frame");
		post_put_json(b, u->func);
		post_put_json_flag(b, "inclusive", u->inclusive);
		put_number(b, "limit", u->limit);
		put_number(b, "share", u->share);
		post_put_json_flag(b, "exceeded", u->exceeded);
		post_putc(b, '}');
	}
	post_putc(b, ']');
}

/* From pa to q, as functions and culprits have it. */
static void
put_seen(struct post_buf *b, const struct post_change_seen *s)
{
	put_number(b, "pa", s->before);
	put_number(b, "pb", s->after);
	put_number(b, "delta", s->delta);
	put_array(b, "ci");
	put_real(b, s->low);
	post_putc(b, ',');
	put_real(b, s->high);
	post_putc(b, ']');
	put_number(b, "t", s->t);
	put_number(b, "p", s->p);
	put_number(b, "q", s->q);
}

static void
put_contexts(const struct post_report *r, struct post_buf *b, const struct post_culprit *c)
{
	put_array(b, "contexts");
	for (size_t i = 0; i < c->contexts; i++) {
		const struct post_context *at = &c->context[i];

		put_item(b, i);
		put_path(r, b, "stack", at->callers, c->kind == POST_SET_PATH ? NULL : &c->name);
		put_number(b, "pa", at->before);
		put_number(b, "pb", at->after);
		post_putc(b, '}');
	}
	post_putc(b, ']');
}

static void
put_culprits(const struct post_report *r, struct post_buf *b)
{
	put_part(b, "culprits", "[");
	for (size_t i = 0; i < r->diff->culprits; i++) {
		const struct post_culprit *c = &r->diff->culprit[i];

		put_item(b, i);
		post_put_json_number(b, "rank", i + 1);
		post_put_json_text(b, "kind", post_set_name(c->kind));
		put_name(r, b, "frame", c->name);
		put_path(r, b, "path", c->path, c->path.n > 0 ? NULL : &c->name);
		put_seen(b, &c->seen);
		put_number(b, "df", c->seen.df);
		put_number(b, "base", c->plain.before);
		put_number(b, "new", c->plain.after);
		put_number(b, "change", c->plain.delta);
		post_put_json_flag(b, "told", c->told);
		post_put_json_text(b, "label", post_label_name(c->label));
		put_number(b, "explains", c->explains);
		put_contexts(r, b, c);
		post_putc(b, '}');
	}
	post_putc(b, ']');
}

static void
put_functions(const struct post_report *r, struct post_buf *b)
{
	put_part(b, "functions", "[");
	for (size_t i = 0; i < r->diff->funcs; i++) {
		const struct post_function *f = &r->diff->func[i];

		put_item(b, i);
		put_name(r, b, "frame", f->name);
		put_seen(b, &f->seen);
		post_put_json_flag(b, "significant", f->significant);
		post_put_json_flag(b, "moved", f->moved);
		post_put_json_flag(b, "diluted", f->diluted);
		post_put_json_flag(b, "gated", f->gated);
		post_putc(b, '}');
	}
	post_putc(b, ']');
}

static void
put_renames(const struct post_report *r, struct post_buf *b)
{
	struct post_buf rule = { 0 };

	put_part(b, "renames", "[");
	for (size_t i = 0; i < r->diff->renames; i++) {
		const struct post_renamed *c = &r->diff->renamed[i];

		put_item(b, i);
		put_name(r, b, "from", c->from);
		put_name(r, b, "to", c->to);
		post_put_json_key(b, "map");
		rule.n = 0;
		if (post_report_put_map(r, &rule, c))
			post_put_json(b, post_buf_str(&rule));
		else
			post_puts(b, "null");
		post_putc(b, '}');
	}
	post_putc(b, ']');
	post_buf_free(&rule);
}

static void
put_elided(const struct post_report *r, struct post_buf *b)
{
	put_part(b, "elided", "{");
	post_put_json_number(b, "stacks", r->diff->all_elided);
	put_number(b, "share", r->diff->elided_share);
	put_array(b, "largest");
	for (size_t i = 0; i < r->diff->n_elided; i++) {
		const struct post_elided *e = &r->diff->elided[i];
		const struct post_cell *cell = &r->runs->cell[e->cell];

		put_item(b, i);
		put_path(r, b, "stack", (struct post_path){ cell->frame, cell->n }, NULL);
		put_number(b, "pa", e->before);
		post_putc(b, '}');
	}
	post_puts(b, "]}");
}

static void
put_detectable(const struct post_report *r, struct post_buf *b)
{
	put_part(b, "detectable", "[");
	for (size_t i = 0; i < POST_REPORT_SHARES; i++) {
		put_item(b, i);
		put_number(b, "share", post_report_shares[i]);
		put_number(b, "relative", post_diff_detectable(r->diff, r->runs, post_report_shares[i]));
		post_putc(b, '}');
	}
	post_putc(b, ']');
}

static void
put_remarks(const struct post_report *r, struct post_buf *b)
{
	put_part(b, "remarks", "[");
	for (size_t i = 0; i < r->remarks; i++) {
		post_puts(b, i > 0 ? ",\n" : "\n");
		post_put_json(b, post_str_of(r->remark[i]));
	}
	post_putc(b, ']');
}

void
post_report_json(const struct post_report *r, struct post_buf *b)
{
	post_putf(b, "{\"schema\":\"bt-diff/1\",\"mode\":\"%s\"", post_report_mode(r));
	put_totals(r, b);
	put_part(b, "sides", "{");
	put_side(r, b, POST_BEFORE);
	put_side(r, b, POST_AFTER);
	post_putc(b, '}');
	put_settings(r, b);
	put_verdict(r, b);
	put_budgets(r, b);
	put_culprits(r, b);
	put_functions(r, b);
	put_renames(r, b);
	put_elided(r, b);
	if (r->explain)
		put_detectable(r, b);
	put_remarks(r, b);
	put_part(b, "rules", "");
	post_put_json(b, post_str_of(r->rules));
	post_puts(b, "}\n");
}
