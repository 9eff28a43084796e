/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include "../base/path.h"
#include "../io/beneath.h"
#include "inspect.h"

enum { SURE_NAMES = 3 };	/* names that agree with their sizes, that tell the traced file from another build */

static struct post_inspected *
add(struct post_inspection *in, struct post_str name)
{
	struct post_inspected *to;
	struct post_buf copy = { 0 };

	in->v = post_room(in->v, in->n, &in->cap, sizeof *in->v);
	to = &in->v[in->n++];
	post_put(&copy, name);
	*to = (struct post_inspected){ .name = copy.s };
	return to;
}

static void
free_one(struct post_inspected *one)
{
	free(one->name);
	free(one->file);
	free(one->why);
	if (one->has_contents)
		post_contents_free(&one->contents);
}

void
post_inspection_free(struct post_inspection *in)
{
	for (size_t i = 0; i < in->n; i++)
		free_one(&in->v[i]);
	free(in->v);
	*in = (struct post_inspection){ 0 };
}

static void
take_object(struct post_inspected *to, struct post_object *object, unsigned jobs)
{
	free(to->file);
	to->file = post_path_copy(object->path);
	post_object_contents(object, jobs, &to->contents);
	to->has_contents = true;
}

/* "stap_", hex digits, and in most versions "_PID". */
static bool
is_tracer(struct post_str name)
{
	struct post_str rest;
	size_t n;

	if (!post_str_starts(name, POST_STR("stap_")))
		return false;
	rest = post_str_from(name, 5);
	n = post_span(rest, POST_HEX);
	rest = post_str_from(rest, n);
	if (rest.n > 0 && rest.p[0] == '_')
		rest = post_str_from(rest, 1 + post_span(post_str_from(rest, 1), POST_DIGIT));
	return n >= 16 && rest.n == 0;
}

static bool
is_vdso(struct post_str name)
{
	return post_str_eq(name, POST_STR("vdso")) || post_str_eq(name, POST_STR("[vdso]"));
}

/* The kernel and its modules have no path. */
static bool
is_kernel(struct post_str name)
{
	return name.n > 0 && name.p[0] != '/' && !post_str_starts(name, POST_STR("...")) && !is_vdso(name);
}

static bool
nobody_said_where(const struct post_find_conf *c, struct post_str name)
{
	if (post_str_eq(name, POST_STR("kernel")))
		return c->kernel == NULL;
	return is_kernel(name) && c->modules == NULL && c->n_sysroot == 0;
}

static enum post_match
match_of(const struct post_module *m, const struct post_find_conf *c)
{
	static const enum post_match of[] = {
		[POST_VERDICT_TRACED] = POST_MATCH_TRACED, [POST_VERDICT_LIKELY] = POST_MATCH_PROBABLE,
		[POST_VERDICT_UNSURE] = POST_MATCH_UNSURE, [POST_VERDICT_OTHER] = POST_MATCH_OTHER,
	};

	if (is_tracer(m->name))
		return POST_MATCH_TRACER;
	if (m->state == POST_MODULE_SKIPPED || (m->state == POST_MODULE_NO_FILE && nobody_said_where(c, m->name)))
		return POST_MATCH_NOT_ASKED;
	return m->state == POST_MODULE_NO_FILE ? POST_MATCH_MISSING : of[m->placement.verdict];
}

static uint64_t
lines_of(const struct post_frames *frames, uint32_t id)
{
	return frames->frame[id].n[POST_FRAME_RETURN] + frames->frame[id].n[POST_FRAME_EXACT];
}

/* Is it where a symbol of its name would have put it, with that one's size? */
static bool
fits_with_size(const struct post_object *object, const struct post_sighting *seen, const struct post_placed *placed)
{
	const struct post_symbol *s = NULL;

	if (placed->how != POST_PLACED || seen->name.n == 0 || !seen->has_offset || !seen->has_size || seen->size == 0)
		return false;
	while ((s = post_symtab_named(&object->symtab, seen->name, s)) != NULL)
		if (s->addr == placed->link - seen->offset && s->gap == seen->size)
			return true;
	return false;
}

static void
count_lines(struct post_inspected *to, const struct post_module *m, const struct post_object *object, const struct post_frames *frames)
{
	struct post_names sized = { 0 };

	for (size_t i = 0; i < m->n; i++) {
		struct post_str name = m->seen[i].name;

		if (m->placed[i].how == POST_UNPLACED_OUTSIDE)
			to->outside += lines_of(frames, m->frame[i]);
		if (name.n > 0 && post_symtab_named(&object->symtab, name, NULL) == NULL)
			to->unknown += lines_of(frames, m->frame[i]);
		if (fits_with_size(object, &m->seen[i], &m->placed[i]))
			to->sized = (uint64_t)post_intern(&sized, name) + 1 > to->sized ? to->sized + 1 : to->sized;
	}
	post_names_free(&sized);
}

/* A file that the user gave goes by its own path, and any other by the module's name. */
static struct post_object *
open_again(struct post_modules *modules, struct post_module *m, const struct post_modules_conf *c, struct post_finder *finder, bool *own)
{
	struct post_err err;

	*own = false;
	for (size_t i = 0; i < c->n_exe; i++)
		if (m->object == NULL && post_str_eq(post_buf_str(&m->file), post_str_of(c->exe[i].path))) {
			int fd = open(c->exe[i].path, POST_OPEN_FLAGS);

			*own = true;
			return fd != -1 ? post_object_open(fd, c->exe[i].path, finder, &err) : NULL;
		}
	return post_module_object(modules, m);
}

/* What a trace is looked at with. */
struct look {
	struct post_inspection		*in;
	const struct post_frames	*frames;
	struct post_modules		*modules;
	const struct post_modules_conf	*conf;
	struct post_finder		*finder;
	unsigned			 jobs;
};

static void
look_at(const struct look *l, struct post_inspected *to, struct post_module *m)
{
	bool own;
	struct post_object *object = open_again(l->modules, m, l->conf, l->finder, &own);

	if (object != NULL) {
		count_lines(to, m, object, l->frames);
		if (to->match == POST_MATCH_TRACED && to->sized < SURE_NAMES)
			to->match = POST_MATCH_PROBABLE;
		take_object(to, object, l->jobs);
	} else
		to->match = POST_MATCH_MISSING;
	if (own)
		post_object_free(object);
	else
		post_module_close(l->modules, m);
}

static void
inspect_module(const struct look *l, struct post_module *m)
{
	struct post_inspected *to;

	if (m->name.n == 0 || m->frames == 0)
		return;
	to = add(l->in, m->name);
	to->frames = m->frames;
	to->kernel = is_kernel(m->name);
	to->vdso = is_vdso(m->name);
	to->match = match_of(m, &l->conf->find);
	to->named = m->placement.named;
	to->agree = m->placement.agree;
	to->against = m->placement.against;
	if (to->match <= POST_MATCH_OTHER)
		look_at(l, to, m);
	if (!to->has_contents && m->message.n > 0)
		to->why = post_path_copy(m->message.s);
}

static int
by_frames(const void *a, const void *b)
{
	const struct post_inspected *x = a, *y = b;

	if (x->frames != y->frames)
		return x->frames > y->frames ? -1 : 1;
	return strcmp(x->name, y->name);
}

int
post_inspect_trace(struct post_inspection *in, const struct post_frames *frames, struct post_modules_conf *c, unsigned jobs,
    struct post_findings *findings, struct post_err *err)
{
	struct post_modules modules;
	struct look l = { .in = in, .frames = frames, .modules = &modules, .conf = c, .jobs = jobs };

	*in = (struct post_inspection){ 0 };
	if (post_modules_open(&modules, frames, c, err) == -1)
		return -1;
	if ((l.finder = post_finder_new(&c->find, err)) == NULL) {
		post_modules_free(&modules);
		return -1;
	}
	for (size_t i = 0; i < modules.n; i++)
		inspect_module(&l, &modules.module[i]);
	if (in->n > 0)
		qsort(in->v, in->n, sizeof *in->v, by_frames);
	if (findings != NULL)
		post_inspection_find(in, findings);
	post_modules_free(&modules);
	post_finder_free(l.finder);
	return 0;
}

/* What the maps are looked up with. */
struct survey {
	struct post_inspection		*in;
	const struct post_process	*process;	/* NULL: it is not at hand */
	struct post_finder		*finder;
	unsigned			 jobs;
};

static int
open_mapped(const struct survey *s, const struct post_mapped *m, enum post_process_how *how, struct post_buf *path, struct post_err *err)
{
	*how = POST_PROCESS_ALIKE;
	if (s->process != NULL)
		return post_process_file(s->process, m, how, path, err);
	if (m->kind == POST_MAPPED_VDSO)
		return post_fail(err, POST_EIO, "it is in the memory of a running process alone");
	return post_find_module(s->finder, m->name, path, err);
}

static bool
has_elf_magic(int fd)
{
	char magic[4];

	return pread(fd, magic, sizeof magic, 0) == (ssize_t)sizeof magic && memcmp(magic, "\177ELF", sizeof magic) == 0;
}

/* Data may be executable besides, so that one that fits is enough. */
static uint64_t
unfit_ranges(const struct post_object *o, const struct post_mapped *m)
{
	uint64_t n = 0;

	for (size_t i = 0; i < m->n; i++) {
		const struct post_mapped_range *r = &m->range[i];

		if (r->executable && post_object_maps(o, &(struct post_code_mapping){ r->lo, r->offset, r->hi - r->lo }))
			return 0;
		n += r->executable;
	}
	return n;
}

static enum post_match
match_of_mapped(const struct post_inspected *one, enum post_process_how how)
{
	if (how == POST_PROCESS_ITSELF)
		return one->deleted ? POST_MATCH_REPLACED : POST_MATCH_TRACED;
	if (one->unfit > 0)
		return POST_MATCH_OTHER;
	return how == POST_PROCESS_ANOTHER || one->deleted ? POST_MATCH_UNSURE : POST_MATCH_PROBABLE;
}

static void
take_mapped(const struct survey *s, struct post_inspected *to, const struct post_mapped *m, enum post_process_how how, int fd,
    const char *path)
{
	struct post_err err;
	struct post_object *object = post_object_open(fd, path, s->finder, &err);

	if (object == NULL) {
		to->match = POST_MATCH_MISSING;
		to->why = post_path_copy(err.msg);
		return;
	}
	to->unfit = to->vdso ? 0 : unfit_ranges(object, m);
	to->match = match_of_mapped(to, how);
	take_object(to, object, s->jobs);
	post_object_free(object);
}

/* Memory that a file was made in for compiled code is anonymous, but a program may be in one. */
static bool
is_other_than_elf(const struct survey *s, const struct post_mapped *m, int fd)
{
	if (fd != -1 && has_elf_magic(fd))
		return false;
	if (m->kind == POST_MAPPED_MEMORY)
		s->in->anonymous += m->code;
	else if (fd != -1)
		s->in->data++;
	return fd != -1 || m->kind == POST_MAPPED_MEMORY;
}

static struct post_inspected *
add_mapped(struct post_inspection *in, const struct post_mapped *m)
{
	struct post_buf name = { 0 };
	struct post_inspected *to;

	post_put(&name, m->name);
	post_puts(&name, m->deleted ? " (deleted)" : "");
	to = add(in, post_buf_str(&name));
	to->vdso = m->kind == POST_MAPPED_VDSO;
	to->deleted = m->deleted && m->kind == POST_MAPPED_FILE;
	to->code = m->code;
	post_buf_free(&name);
	return to;
}

static void
inspect_mapped(const struct survey *s, const struct post_mapped *m)
{
	struct post_buf path = { 0 };
	struct post_inspected *to;
	struct post_err err;
	enum post_process_how how;
	int fd = open_mapped(s, m, &how, &path, &err);

	if (is_other_than_elf(s, m, fd)) {
		if (fd != -1)
			close(fd);
	} else {
		to = add_mapped(s->in, m);
		if (fd != -1)
			take_mapped(s, to, m, how, fd, path.s);
		else {
			to->match = to->vdso ? POST_MATCH_NOT_ASKED : POST_MATCH_MISSING;
			to->why = post_path_copy(err.msg);
		}
	}
	post_buf_free(&path);
}

int
post_inspect_maps(struct post_inspection *in, const struct post_maps *maps, const struct post_process *process,
    const struct post_find_conf *c, unsigned jobs, struct post_err *err)
{
	struct survey s = { .in = in, .process = process, .finder = post_finder_new(c, err), .jobs = jobs };

	*in = (struct post_inspection){ .of_process = true };
	if (s.finder == NULL)
		return -1;
	for (size_t i = 0; i < maps->n; i++) {
		const struct post_mapped *m = &maps->mapped[i];

		if (m->kind == POST_MAPPED_ANONYMOUS)
			in->anonymous += m->code;
		else if (m->code > 0 && m->kind != POST_MAPPED_SPECIAL)
			inspect_mapped(&s, m);
	}
	post_finder_free(s.finder);
	return 0;
}
