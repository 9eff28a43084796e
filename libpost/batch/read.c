/* SPDX-License-Identifier: BSD-2-Clause */
#include <inttypes.h>
#include <stdlib.h>
#include "../sym/resolve.h"
#include "../sym/rewrite.h"
#include "read.h"
#include "shard.h"

/* Can the files that are named be read? */
static int
check_modules(const struct post_reading_conf *conf, struct post_err *err)
{
	struct post_modules modules = { 0 };
	struct post_frames none = { 0 };
	struct post_modules_conf c = conf->modules;
	int status = conf->inlines ? post_modules_open(&modules, &none, &c, err) : 0;

	post_modules_free(&modules);
	post_frames_free(&none);
	return status;
}

int
post_reader_init(struct post_reader *r, const struct post_reading_conf *conf, struct post_err *err)
{
	*r = (struct post_reader){ .conf = conf };
	if (check_modules(conf, err) == -1)
		return -1;
	return !conf->lua || (r->lua = post_lua_new(&conf->lua_conf, err)) != NULL ? 0 : -1;
}

void
post_reader_free(struct post_reader *r)
{
	post_lua_free(r->lua);
	r->lua = NULL;
}

static void
note(void *arg, const char *name, const struct post_err *err)
{
	struct post_trace_reading *to = arg;

	(void)name;
	if (to->trouble.code == POST_OK)
		to->trouble = *err;
}

/* An input of one file, all in this thread. */
struct source {
	struct post_input_conf	 conf;
	char			*path;
	struct post_input	*in;
};

static void
open_source(struct source *s, const struct post_reader *r, const char *path, const struct post_shard *shard, struct post_trace_reading *to)
{
	s->path = (char *)(uintptr_t)path;
	s->conf = (struct post_input_conf){ .cut = post_stacks_cut, .tag = r->conf->from, .window_log = r->conf->window_log, .no_thread = true,
	    .shards = shard, .seam = post_shard_seam, .report = note, .arg = to };
	s->in = post_input_new(&s->path, 1, &s->conf);
}

static int
close_source(struct source *s)
{
	int status = post_input_status(s->in);

	post_input_free(s->in);
	return status;
}

static int
read_plain(const struct post_reader *r, const char *path, struct post_trace_reading *to, struct post_err *err)
{
	struct source s;
	int status;

	open_source(&s, r, path, to->shard, to);
	status = post_run_fold(&to->run, s.in, &r->conf->stacks, 1, &to->fold, err);
	to->status = close_source(&s);
	return status;
}

/* Inlined calls: what is known of the frames of a trace, and its second reading. */
struct naming {
	struct post_frames	 frames;
	struct post_modules	 modules;
	struct post_texts	 texts;
	struct post_render_conf	 render;
	struct post_rewriter	 rewriter;
	struct post_out		 out;		/* a block, rewritten */
	struct post_stacks	 stacks;
};

static void
on_resolved(void *arg, uint32_t id, enum post_frame_kind kind, const struct post_resolved *r)
{
	struct naming *n = arg;

	post_render(&n->texts, &n->render, post_name(&n->frames.text, id), id, kind, r);
}

/* What the files say of the frames of a raw trace: 1, or 0: there is nothing to look up, or -1 with *err. */
static int
look_up(struct naming *n, const struct post_reader *r, const char *path, struct post_trace_reading *to, struct post_err *err)
{
	struct post_modules_conf conf = r->conf->modules;
	struct post_run run = { 0 };
	struct source s;

	open_source(&s, r, path, NULL, to);
	post_frames_read(&n->frames, &run, s.in, 1);
	post_run_free(&run);
	if (close_source(&s) == 2 || n->frames.folded > 0 || n->frames.seen == 0)
		return 0;
	post_texts_init(&n->texts, &n->frames);
	if (post_modules_open(&n->modules, &n->frames, &conf, err) == -1)
		return -1;
	n->render = (struct post_render_conf){ .layout = POST_LAYOUT_STAP, .demangle = r->conf->stacks.naming.demangle };
	post_resolve(&n->modules, &n->frames, 1, on_resolved, n);
	return 1;
}

static int64_t
rewrite_block(void *arg, const struct post_block *b, struct post_err *err)
{
	struct naming *n = arg;
	struct post_block own = *b;

	n->out.buf.n = 0;
	post_rewrite(&n->rewriter, b);
	own.p = n->out.buf.s;
	own.n = n->out.buf.n;
	return post_stacks_block(&n->stacks, &own, err);
}

static int
add(void *arg, const struct post_stack *stack, struct post_err *err)
{
	return post_fold_add(arg, stack, err);
}

/* Read it once more, with the names that were found. */
static int
read_named(struct naming *n, const struct post_reader *r, const char *path, struct post_trace_reading *to, struct post_err *err)
{
	struct post_stacks_conf conf = r->conf->stacks;
	void *arg = n;
	struct source s;
	int status;

	conf.stack = add;
	n->out = POST_OUT_MEMORY;
	n->rewriter = (struct post_rewriter){ .frames = &n->frames, .texts = &n->texts, .out = &n->out };
	post_stacks_init(&n->stacks, &conf, &to->fold.names, &to->fold);
	open_source(&s, r, path, to->shard, to);
	status = post_run_blocks(&to->run, s.in, rewrite_block, &arg, 1, err);
	to->status = close_source(&s);
	post_account_merge(&to->run.account, &n->stacks.account);
	if (status == 0)
		post_run_resolve(&to->run);
	post_stacks_free(&n->stacks);
	post_rewriter_free(&n->rewriter);
	post_buf_free(&n->out.buf);
	return status;
}

static int
read_inlined(const struct post_reader *r, const char *path, struct post_trace_reading *to, struct post_err *err)
{
	struct naming n = { 0 };
	int status = look_up(&n, r, path, to, err);

	if (status != -1)
		status = status == 1 ? read_named(&n, r, path, to, err) : read_plain(r, path, to, err);

	post_texts_free(&n.texts);
	post_modules_free(&n.modules);
	post_frames_free(&n.frames);
	return status;
}

static bool
rename_frame(void *arg, struct post_str name, struct post_buf *out)
{
	return post_lua_rename(arg, name, out);
}

/* The names of TO's frames as their Lua sources tell. */
static int
name_lua(struct post_lua *lua, struct post_trace_reading *to, struct post_err *err)
{
	struct post_fold renamed = { 0 };

	if (post_fold_merge_named(&renamed, &to->fold, rename_frame, lua, err) == -1) {
		post_fold_free(&renamed);
		return -1;
	}
	post_fold_free(&to->fold);
	to->fold = renamed;
	return 0;
}

int
post_read_trace(struct post_reader *r, const char *path, struct post_trace_reading *to, struct post_err *err)
{
	int status = r->conf->inlines ? read_inlined(r, path, to, err) : read_plain(r, path, to, err);

	return status == 0 && r->lua != NULL ? name_lua(r->lua, to, err) : status;
}

bool
post_reading_has_stacks(const struct post_reading_conf *conf, const struct post_trace_reading *r)
{
	const struct post_choice *choice = conf->stacks.choice;

	return r->fold.n > 0 || (choice != NULL && post_choice_made(choice) && r->run.account.stacks > 0);
}

void
post_reading_free(struct post_trace_reading *to)
{
	post_fold_free(&to->fold);
	post_run_free(&to->run);
}

void
post_put_trouble(struct post_buf *b, const struct post_err *e)
{
	if (e->line != 0)
		post_putf(b, "line %" PRIu64 ": ", e->line);
	if (e->has_byte)
		post_putf(b, "byte %" PRIu64 ": ", e->byte);
	post_puts(b, e->msg);
}
