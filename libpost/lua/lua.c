/* SPDX-License-Identifier: BSD-2-Clause */
/* The renamer of Lua frames: what was asked before is remembered. */
#include <stdlib.h>
#include "../base/names.h"
#include "builtins.h"
#include "frame.h"
#include "funcs.h"
#include "lua.h"
#include "source.h"

enum {
	NAMES_MAX = 16,			/* of one line, with all_names */
	SEEN_MAX = 64 << 20		/* bytes of frames and their new texts; then they are forgotten */
};

struct file {
	struct post_lua_funcs	 funcs;
	enum post_lua_trouble	 trouble;
	bool			 read;		/* or tried */
	int			 error;
	uint32_t		 line;		/* see struct post_lua_problem */
	uint64_t		 frames;
	uint64_t		 by_line;	/* renamed, but by their line */
};

/* What a frame came to. */
struct answer {
	struct post_str	 text;
	bool		 renamed;
	uint32_t	 file;		/* whose frames count goes up; NONE: no problem */
};

enum { NONE = UINT32_MAX, BUILTINS = UINT32_MAX - 1 };

struct post_lua {
	struct post_lua_conf	 conf;		/* its strings are not kept */
	struct post_lua_sources	 sources;
	struct post_lua_builtins builtins;
	struct file		 no_builtin;
	struct post_str		 builtins_path;

	struct post_names	 paths;		/* of files */
	struct file		*file;		/* by id of the path */
	size_t			 n_files, cap_files;
	struct post_arena	 mem;		/* what lives as long as the files: names of functions */

	struct post_names	 frames;	/* seen */
	struct answer		*answer;	/* by id of the frame */
	size_t			 n_answers, cap_answers;
	struct post_arena	 texts;
	struct post_buf		 text;
};

struct post_lua *
post_lua_new(const struct post_lua_conf *conf, struct post_err *err)
{
	struct post_lua *l = post_resize(NULL, 1, sizeof *l);

	*l = (struct post_lua){ .conf = *conf };
	l->conf.lua_path = l->conf.map = NULL;
	if (post_lua_sources_open(&l->sources, conf, err) == -1 ||
	    (conf->builtins != NULL && post_lua_builtins_open(&l->builtins, conf->builtins, err) == -1)) {
		post_lua_free(l);
		return NULL;
	}
	if (conf->builtins != NULL)
		l->builtins_path = post_keep(&l->mem, post_str_of(conf->builtins));
	l->conf.root = l->conf.builtins = NULL;
	return l;
}

static void
forget_frames(struct post_lua *l)
{
	post_names_free(&l->frames);
	post_drop(&l->texts);
	free(l->answer);
	l->answer = NULL;
	l->n_answers = l->cap_answers = 0;
}

void
post_lua_free(struct post_lua *l)
{
	size_t i;

	if (l == NULL)
		return;
	for (i = 0; i < l->n_files; i++)
		post_lua_funcs_free(&l->file[i].funcs);
	free(l->file);
	forget_frames(l);
	post_names_free(&l->paths);
	post_lua_builtins_free(&l->builtins);
	post_lua_sources_close(&l->sources);
	post_drop(&l->mem);
	post_buf_free(&l->text);
	free(l);
}

static void
read_source(struct post_lua *l, struct file *f, struct post_str path)
{
	struct post_str text;

	f->read = true;
	f->trouble = post_lua_sources_read(&l->sources, path, &text, &f->error);
	if (f->trouble == POST_LUA_FINE && text.n > 0 && text.p[0] == '\x1b')
		f->trouble = POST_LUA_BYTECODE;
	if (f->trouble == POST_LUA_FINE)
		post_lua_funcs_read(&f->funcs, text, &l->mem);
}

static uint32_t
file_of(struct post_lua *l, struct post_str path)
{
	uint32_t id = post_intern(&l->paths, path);

	if (id == l->n_files) {
		l->file = post_room(l->file, l->n_files, &l->cap_files, sizeof *l->file);
		l->file[l->n_files++] = (struct file){ 0 };
	}
	if (!l->file[id].read)
		read_source(l, &l->file[id], post_name(&l->paths, id));
	return id;
}

static void
put_number(struct post_buf *out, uint32_t n)
{
	post_putc(out, ':');
	post_putu(out, n);
}

/* Returns whether F has a name of its own. */
static bool
put_function(struct post_buf *out, const struct post_lua_funcs *fs, const struct post_lua_func *f)
{
	if (f->name.n > 0) {
		post_put(out, f->name);
		return true;
	}
	post_puts(out, "<anon");
	if (f->within != POST_LUA_MAIN) {
		post_puts(out, " in ");
		post_put(out, fs->f[f->within].name);
	}
	post_putc(out, '>');
	return false;
}

/* The N functions F on LINE. */
static void
put_functions(const struct post_lua *l, struct post_buf *out, const struct post_lua_funcs *fs, const struct post_lua_func *f,
    size_t n, uint32_t line)
{
	bool with_line = l->conf.keep_lines;
	size_t i, most = l->conf.all_names ? NAMES_MAX : 1;

	post_putc(out, ':');
	for (i = 0; i < n && i < most; i++) {
		if (i > 0)
			post_putc(out, '|');
		with_line |= !put_function(out, fs, &f[i]);
	}
	if (l->conf.all_names && n > most)
		post_puts(out, "|...");
	if (with_line)
		put_number(out, line);
}

static bool
rename_main(const struct post_lua *l, const struct post_lua_frame *f, struct post_buf *out)
{
	post_lua_put_module(out, f->path);
	if (l->conf.main_name)
		post_puts(out, ":<main>");
	if (!l->conf.main_name || l->conf.keep_lines)
		put_number(out, 0);
	return true;
}

/* The file has no function on that line: it is a current line, or one of another version. */
static bool
rename_by_line(struct file *in, const struct post_lua_frame *f, struct post_buf *out)
{
	bool there = f->number <= in->funcs.lines;

	if (in->trouble == POST_LUA_FINE || (in->trouble == POST_LUA_NO_FUNCTION && !there)) {
		in->trouble = there ? POST_LUA_NO_FUNCTION : POST_LUA_STALE;
		in->line = f->number;
	}
	if (!there)
		return false;
	post_lua_put_module(out, f->path);
	put_number(out, f->number);
	return true;
}

/* In *file where the frame is to be counted when there is no name of a function for it. */
static bool
rename_in_file(struct post_lua *l, const struct post_lua_frame *f, struct post_buf *out, uint32_t *file)
{
	const struct post_lua_func *func;
	struct file *in;
	uint32_t id;
	size_t n;

	if (f->number == 0)
		return rename_main(l, f, out);
	id = file_of(l, f->path);
	in = &l->file[id];
	if (in->trouble != POST_LUA_FINE && in->trouble != POST_LUA_NO_FUNCTION && in->trouble != POST_LUA_STALE) {
		*file = id;
		return false;
	}
	if ((func = post_lua_funcs_at(&in->funcs, f->number, &n)) == NULL) {
		*file = id;
		return rename_by_line(in, f, out);
	}
	post_lua_put_module(out, f->path);
	put_functions(l, out, &in->funcs, func, n, f->number);
	return true;
}

static bool
rename_builtin(struct post_lua *l, const struct post_lua_frame *f, struct post_buf *out, uint32_t *file)
{
	struct post_str name = post_lua_builtin(&l->builtins, f->number);

	if (name.n > 0) {
		post_puts(out, "builtin:");
		post_put(out, name);
		return true;
	}
	if (l->no_builtin.trouble == POST_LUA_FINE)
		l->no_builtin = (struct file){ .trouble = POST_LUA_NO_BUILTIN, .line = f->number };
	*file = BUILTINS;
	return false;
}

static struct answer
answer_to(struct post_lua *l, const struct post_lua_frame *f)
{
	struct answer a = { .file = NONE };

	l->text.n = 0;
	post_put(&l->text, f->prefix);
	a.renamed = f->kind == POST_LUA_FILE ? rename_in_file(l, f, &l->text, &a.file) : rename_builtin(l, f, &l->text, &a.file);
	if (a.renamed)
		a.text = post_keep(&l->texts, post_buf_str(&l->text));
	return a;
}

static const struct answer *
remembered(struct post_lua *l, struct post_str frame, const struct post_lua_frame *f)
{
	uint32_t id;

	if (l->frames.mem.used + l->texts.used > SEEN_MAX)
		forget_frames(l);
	if ((id = post_intern(&l->frames, frame)) == l->n_answers) {
		l->answer = post_room(l->answer, l->n_answers, &l->cap_answers, sizeof *l->answer);
		l->answer[l->n_answers++] = answer_to(l, f);
	}
	return &l->answer[id];
}

bool
post_lua_rename(struct post_lua *l, struct post_str frame, struct post_buf *out)
{
	struct post_lua_frame f = post_lua_frame_of(frame);
	const struct answer *a;

	if (f.kind == POST_LUA_OTHER || (f.kind == POST_LUA_BUILTIN && l->builtins.n == 0))
		return false;
	if (f.kind == POST_LUA_TEXT) {	/* quicker done than remembered */
		post_put(out, f.prefix);
		post_lua_put_text(out, f.path);
		put_number(out, f.number);
		return true;
	}
	a = remembered(l, frame, &f);
	if (a->file == BUILTINS)
		l->no_builtin.frames++;
	else if (a->file != NONE && a->renamed)
		l->file[a->file].by_line++;
	else if (a->file != NONE)
		l->file[a->file].frames++;
	if (a->renamed)
		post_put(out, a->text);
	return a->renamed;
}

bool
post_lua_problem(const struct post_lua *l, size_t *at, struct post_lua_problem *problem)
{
	for (; *at <= l->n_files; ++*at) {
		bool last = *at == l->n_files;
		const struct file *f = last ? &l->no_builtin : &l->file[*at];

		if (f->trouble == POST_LUA_FINE)
			continue;
		problem->path = last ? l->builtins_path : post_name(&l->paths, (uint32_t)*at);
		problem->trouble = f->trouble;
		problem->error = f->error;
		problem->line = f->line;
		problem->frames = f->trouble == POST_LUA_NO_FUNCTION ? f->by_line : f->frames;
		++*at;
		return true;
	}
	return false;
}
