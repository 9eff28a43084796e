/* SPDX-License-Identifier: BSD-2-Clause */
/* bt-svg - draw traces as an interactive flame graph, a single SVG file. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "../libpost/base/ascii.h"
#include "../libpost/flame/attrs.h"
#include "../libpost/flame/changes.h"
#include "../libpost/flame/colormap.h"
#include "../libpost/flame/export.h"
#include "../libpost/flame/palette.h"
#include "../libpost/flame/shape.h"
#include "svg-options.h"

#define PALETTE_MAP	"palette.map"	/* flamegraph.pl's name for it */

/* The way of a stack: one count or two, its shape, the tree. */
struct drawing {
	struct post_names	names;
	struct post_changes	changes;
	struct post_shape	shape;
	struct post_tree	tree;
	struct post_attrs	attrs;
	struct post_colormap	map;
	bool			 seen;		/* a stack, even if --base leaves it out */
	char			**remark;
	size_t			 nremark, cap;
	struct post_buf		 badge;		/* the first two by name, and how many more */
};

static int
add(void *arg, const struct post_change *c, struct post_err *err)
{
	struct drawing *d = arg;
	size_t n = c->n;
	const uint32_t *frame = post_shape_stack(&d->shape, c->frame, &n);

	d->seen = true;
	if (frame == NULL)
		return 0;
	if ((c->both ? post_tree_add_change(&d->tree, frame, n, c->before, c->after) :
	    post_tree_add(&d->tree, frame, n, c->after)) == 0)
		return 0;
	return post_fail(err, POST_ELIMIT, "the sum of all counts passes 18446744073709551615");
}

static int
take(void *arg, const struct post_stack *s, struct post_err *err)
{
	struct drawing *d = arg;

	return post_changes_add(&d->changes, s->frame, s->n, s->count, err);
}

/* A file that an option names: end the filter when it cannot be READ. */
static void
must_read(const char *path, int read, const struct post_err *err)
{
	if (read == 0)
		return;
	tool_warn(&svg_tool, err->line != 0 ? path : NULL, err);
	exit(TOOL_TROUBLE);
}

/* Put the stages together as C wants them. */
static void
prepare(struct drawing *d, struct svg_conf *c)
{
	struct post_err err;

	d->tree.names = d->shape.names = d->changes.names = &d->names;
	d->tree.chart = d->changes.in_order = c->chart;
	d->changes.mode = c->diff ? POST_TWO_YES : c->no_diff ? POST_TWO_NO : POST_TWO_DETECT;
	d->changes.stack = add;
	d->changes.arg = d;
	d->shape.base = c->base.v;
	d->shape.nbase = c->base.n;
	d->shape.reverse = c->reverse;
	d->shape.chain = d->tree.chain = strcmp(c->svg.colors, "chain") == 0;
	if (c->nameattr != NULL)
		must_read(c->nameattr, post_attrs_read(&d->attrs, c->nameattr, &err), &err);
	if (d->attrs.unknown > 0 && !c->common.quiet) {
		post_fail(&err, POST_OK, "attributes of unknown names are passed over: %" PRIu64, d->attrs.unknown);
		tool_warn(&svg_tool, c->nameattr, &err);
	}
	if (c->palette_map)
		must_read(PALETTE_MAP, post_colormap_read(&d->map, PALETTE_MAP, &err), &err);
	c->svg.attrs = c->nameattr != NULL ? &d->attrs : NULL;
	c->svg.map = c->palette_map ? &d->map : NULL;
}

enum { ON_BADGE = 2, NAME_MAX_SHOWN = 40 };

/* TEXT is known as NAME. */
static void
remark(struct drawing *d, struct post_str name, struct post_buf *text)
{
	if (d->nremark < ON_BADGE) {
		post_puts(&d->badge, d->nremark > 0 ? ", " : "");
		post_put(&d->badge, name);
	}
	d->remark = post_room(d->remark, d->nremark, &d->cap, sizeof *d->remark);
	d->remark[d->nremark++] = text->s;
	*text = (struct post_buf){ 0 };
}

/* What who looks at the picture should know. */
static void
remark_findings(struct drawing *d, const struct post_input *in, const struct post_findings *findings)
{
	struct post_buf b = { 0 };

	for (size_t i = 0; i < findings->n; i++) {
		const struct post_finding *f = &findings->v[i];

		if (f->severity == POST_INFO || f->id == POST_FOUND_LOW_TOTAL)
			continue;
		tool_put_finding(&b, in, f);
		post_puts(&b, ": ");
		post_puts(&b, post_finding_meaning(f->id, POST_ENGLISH));
		remark(d, post_str_of(post_finding_name(f->id)), &b);
	}
	if (post_input_status(in) != TOOL_DONE) {
		post_puts(&b, "a part of the input could not be read");
		remark(d, post_str_of(post_finding_name(POST_FOUND_DAMAGED_INPUT)), &b);
	}
}

/* The name in "[shallow] truncated-stacks: ...", when it has the look of one. */
static struct post_str
name_in(struct post_str text)
{
	const char *from = memmem(text.p, text.n, "] ", 2);
	struct post_str name = from != NULL ? post_str_from(text, (size_t)(from + 2 - text.p)) : text;
	size_t n = 0;

	while (n < name.n && (post_is(name.p[n], POST_WORD) || name.p[n] == '-'))
		n++;
	return n > 0 && n < NAME_MAX_SHOWN ? post_head(name, n) : POST_STR("note");
}

/* What a filter before this one found. */
static void
remark_remarks(struct drawing *d, const struct post_account *account)
{
	struct post_buf b = { 0 };

	for (size_t i = 0; i < account->n_remark; i++) {
		struct post_str text = account->remark[i].text;

		if (post_str_starts(text, POST_STR("[info]")))
			continue;
		post_put(&b, text);
		remark(d, name_in(text), &b);
	}
}

/* A --total under the sum cannot be; flamegraph.pl lets a fiftieth pass without a word. */
static void
warn_when_total_is_low(const struct svg_conf *c, const struct post_tree *tree)
{
	double total = post_count_real(c->svg.total), sum = post_count_real(tree->total);
	struct post_err err;

	if (c->total == NULL || c->common.quiet || total >= sum || (sum - total) / sum <= 0.02)
		return;
	post_fail(&err, POST_OK, "--total %s is less than the sum of the counts, and is not used", c->total);
	tool_warn(&svg_tool, NULL, &err);
}

/* flamegraph.pl's limit: a picture of so few samples shows chance. */
static void
warn_when_low(const struct svg_conf *c, struct drawing *d)
{
	const struct post_tree *tree = &d->tree;
	bool none = tree->total.whole == 0 && tree->total.frac == 0;
	struct post_buf text = { 0 };
	struct post_err err;

	if (tree->total.whole >= 100 || none || strcmp(c->svg.countname, "samples") != 0)
		return;
	post_puts(&text, "only ");
	post_put_count(&text, tree->total);
	post_puts(&text, tree->total.whole == 1 && tree->total.frac == 0 ? " sample" : " samples");
	post_puts(&text, ": what the picture shows may be chance");
	post_fail(&err, POST_OK, "%s", text.s);
	if (!c->common.quiet)
		tool_warn(&svg_tool, NULL, &err);
	remark(d, post_str_of(post_finding_name(POST_FOUND_LOW_TOTAL)), &text);
}

static int
write_picture(struct drawing *d, const struct svg_conf *c, struct post_out *out, struct post_err *err)
{
	if (!c->json && !c->speedscope)
		return post_svg_write(&d->tree, &c->svg, out, err);
	if (d->tree.stacks == 0)
		return post_fail(err, POST_EFORMAT, "no stacks found");
	if (c->json)
		post_export_json(&d->tree, out);
	else
		post_export_speedscope(&d->tree, c->svg.title != NULL ? c->svg.title : "Flame Graph", c->svg.countname, out);
	return 0;
}

/* Write the picture of D, or one that says that there is none; the exit status. */
static int
draw(struct drawing *d, struct svg_conf *c, struct post_out *out, int status)
{
	struct post_err err;

	warn_when_low(c, d);
	warn_when_total_is_low(c, &d->tree);
	c->svg.remark = (const char *const *)d->remark;
	c->svg.nremark = d->nremark;
	if (d->nremark > ON_BADGE)
		post_putf(&d->badge, ", +%zu", d->nremark - ON_BADGE);
	c->svg.badge = d->badge.s;
	if (write_picture(d, c, out, &err) == 0)
		return status;
	if (d->tree.stacks > 0)
		tool_warn(&svg_tool, NULL, &err);
	if (!c->json && !c->speedscope)
		post_svg_error(&c->svg, "No stack counts found", out);
	return TOOL_TROUBLE;
}

/* Keep the colours of this picture for the next one. */
static int
write_map(const struct drawing *d, const struct svg_conf *c, int status)
{
	struct post_out out;
	struct post_err err;

	if (!c->palette_map || status == TOOL_TROUBLE)
		return status;
	if (post_out_open(&out, PALETTE_MAP, &err) == 0) {
		post_colormap_put(&d->map, &out.buf);
		if (post_out_close(&out, &err) == 0)
			return status;
	}
	tool_warn(&svg_tool, NULL, &err);
	return TOOL_TROUBLE;
}

static void
drawing_free(struct drawing *d)
{
	while (d->nremark > 0)
		free(d->remark[--d->nremark]);
	free(d->remark);
	post_buf_free(&d->badge);
	post_changes_free(&d->changes);
	post_shape_free(&d->shape);
	post_tree_free(&d->tree);
	post_attrs_free(&d->attrs);
	post_colormap_free(&d->map);
	post_names_free(&d->names);
}

/* One line of another kind makes a differential none: who made the file wants to know. */
static void
warn_when_mixed(const struct svg_conf *c, struct drawing *d)
{
	struct post_buf text = { 0 };
	struct post_err err;

	if (d->changes.mode != POST_TWO_DETECT || d->changes.one == 0 || d->changes.two < 10 || d->changes.two / 10 < d->changes.one)
		return;
	post_putf(&text, "%" PRIu64 " stacks seem to have two counts and %" PRIu64 " one: no differential, unless with --diff",
	    d->changes.two, d->changes.one);
	post_fail(&err, POST_OK, "%s", text.s);
	if (!c->common.quiet)
		tool_warn(&svg_tool, NULL, &err);
	remark(d, POST_STR("mixed counts"), &text);
}

/* Read all of IN into D's tree; the exit status so far. */
static int
read_stacks(struct drawing *d, const struct svg_conf *c, struct post_input *in)
{
	struct post_stacks_conf conf = { .stack = take, .naming.kernel = post_palette_marks(c->svg.colors) };
	struct post_run run = { 0 };
	struct post_findings findings = { 0 };
	struct post_err err;
	bool both;
	int status;

	if (post_run_stacks(&run, in, &conf, &d->names, d, &err) == -1 || post_changes_end(&d->changes, &both, &err) == -1)
		tool_fail(&svg_tool, &err);
	status = tool_findings(&svg_tool, &c->common, in, &run.account, TOOL_TAKES_STACKS, &findings);
	status = tool_status(&svg_tool, in, status, d->seen);
	if (d->seen && d->tree.stacks == 0) {
		post_fail(&err, POST_EFORMAT, "no stack has a function that --base names");
		tool_warn(&svg_tool, NULL, &err);
		status = TOOL_TROUBLE;
	}
	remark_remarks(d, &run.account);
	remark_findings(d, in, &findings);
	warn_when_mixed(c, d);
	post_findings_free(&findings);
	post_run_free(&run);
	return status;
}

int
main(int argc, char *argv[])
{
	struct drawing d = { 0 };
	struct svg_conf c;
	struct post_input *in;
	struct post_out out;
	int first = svg_options(&c, argc, argv), status;
	bool readable;

	prepare(&d, &c);
	in = tool_input(&svg_tool, &c.common, argv + first, argc - first, 1);
	tool_open(&svg_tool, &c.common, &out);
	status = read_stacks(&d, &c, in);
	status = draw(&d, &c, &out, status);
	status = write_map(&d, &c, status);
	drawing_free(&d);
	free(c.base.v);
	readable = post_input_status(in) != TOOL_TROUBLE;
	post_input_free(in);
	if (status != TOOL_TROUBLE || !readable)
		return tool_close(&svg_tool, &out, status);
	(void)tool_close(&svg_tool, &out, TOOL_DONE);	/* the picture that says so is an output, too */
	return TOOL_TROUBLE;
}
