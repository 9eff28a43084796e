/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include "../io/beneath.h"
#include "modules.h"

/* "0x7f12" as a number; false when it is none, or over 64 bits. */
static bool
hex(struct post_str s, uint64_t *x)
{
	size_t i;

	if (s.n < 3 || s.n > 18 || s.p[0] != '0' || s.p[1] != 'x')
		return false;
	for (*x = 0, i = 2; i < s.n; i++) {
		char c = s.p[i];

		if (!post_is(c, POST_HEX))
			return false;
		*x = *x << 4 | (unsigned)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
	}
	return true;
}

/* "+0x12/0x34", "+0x12". */
static void
read_offset(struct post_str s, struct post_sighting *out)
{
	const char *slash = s.n > 0 ? memchr(s.p, '/', s.n) : NULL;
	size_t n = slash != NULL ? (size_t)(slash - s.p) : s.n;

	if (n < 2)
		return;
	out->has_offset = hex((struct post_str){ s.p + 1, n - 1 }, &out->offset);
	out->has_size = out->has_offset && slash != NULL && hex(post_str_from(s, n + 1), &out->size);
}

/* "shell.c:123", with which bt-inlines says where a frame is. */
static bool
is_source_line(struct post_str module)
{
	size_t n = module.n - post_span_back(module, POST_DIGIT);

	return n < module.n && n > 1 && module.p[n - 1] == ':' && module.p[0] != '/';
}

/* Does the module as a trace has it go by NAME? */
static bool
goes_by(struct post_str module, struct post_str name)
{
	return post_str_eq(module, name) || post_str_eq(post_module_short(module), name);
}

static bool
is_wanted(const struct post_modules_conf *c, struct post_str module)
{
	bool wanted = c->n_only == 0;

	for (size_t i = 0; i < c->n_only && !wanted; i++)
		wanted = goes_by(module, post_str_of(c->only[i]));
	return wanted;
}

static struct post_module *
module_named(struct post_modules *m, const struct post_modules_conf *c, struct post_str name)
{
	uint32_t id = post_intern(&m->names, name);

	if (id == m->n) {
		m->module = post_room(m->module, m->n, &m->cap, sizeof *m->module);
		m->module[m->n] = (struct post_module){ .name = post_name(&m->names, id), .state = POST_MODULE_NO_FILE };
		if (!is_wanted(c, name) || post_str_eq(name, POST_STR("vdso")) || post_str_eq(name, POST_STR("[vdso]")) || is_source_line(name))
			m->module[m->n].state = POST_MODULE_SKIPPED;
		m->n++;
	}
	return &m->module[id];
}

static void
add_frame(struct post_module *m, uint32_t id, const struct post_sighting *s)
{
	if (m->n == m->cap) {
		m->cap = m->cap == 0 ? 16 : 2 * m->cap;
		m->frame = post_resize(m->frame, m->cap, sizeof *m->frame);
		m->seen = post_resize(m->seen, m->cap, sizeof *m->seen);
		m->placed = post_resize(m->placed, m->cap, sizeof *m->placed);
	}
	m->frame[m->n] = id;
	m->seen[m->n] = *s;
	m->placed[m->n++] = (struct post_placed){ .how = POST_UNPLACED_NO_BIAS };
}

/* A frame that has its source line already is nobody's. */
static void
group_frame(struct post_modules *m, const struct post_modules_conf *c, struct post_str line_text, const struct post_seen_frame *frame, uint32_t id)
{
	struct post_line line;
	struct post_native f;
	struct post_sighting s = { 0 };
	struct post_module *module;

	post_line_classify(line_text, NULL, &line);
	if (line.kind != POST_LINE_NATIVE || !hex(line.addr, &s.addr))
		return;
	post_native_parse(line.rest, &f);
	if (f.file.n > 0)
		return;
	read_offset(f.offset, &s);
	module = module_named(m, c, f.module);
	if (!f.unresolved)
		s.name = post_keep(&m->mem, f.name);
	module->frames += frame->n[POST_FRAME_RETURN] + frame->n[POST_FRAME_EXACT];
	add_frame(module, id, &s);
}

static void
group(struct post_modules *m, const struct post_frames *frames, const struct post_modules_conf *c)
{
	struct post_buf line = { 0 };

	for (uint32_t id = 0; id < frames->text.n; id++) {
		line.n = 0;
		post_putc(&line, ' ');
		post_put(&line, post_name(&frames->text, id));
		group_frame(m, c, post_buf_str(&line), &frames->frame[id], id);
	}
	post_buf_free(&line);
}

/* The place of module AT in OBJECT; what was known of it before is forgotten. */
static void
place(struct post_module *m, struct post_object *object, bool force)
{
	static const enum post_module_state states[] = {
		[POST_VERDICT_TRACED] = POST_MODULE_TRACED, [POST_VERDICT_LIKELY] = POST_MODULE_TRACED,
		[POST_VERDICT_UNSURE] = POST_MODULE_UNSURE, [POST_VERDICT_OTHER] = POST_MODULE_OTHER,
	};

	post_placement_free(&m->placement);
	post_place(object, m->seen, m->n, force, m->placed, &m->placement);
	m->state = force && m->placement.n_bias > 0 ? POST_MODULE_TRACED : states[m->placement.verdict];
}

static void
take_object(struct post_module *m, struct post_object *object, bool force)
{
	m->err.code = POST_OK;
	m->object = object;
	m->file.n = 0;
	post_puts(&m->file, object->path);
	place(m, object, force);
}

static struct post_object *
open_exe(struct post_modules *m, const struct post_exe *exe, struct post_err *err)
{
	int fd = open(exe->path, POST_OPEN_FLAGS);

	if (fd == -1) {
		post_fail(err, POST_EIO, "%s: %s", exe->path, strerror(errno));
		return NULL;
	}
	return post_object_open(fd, exe->path, m->finder, err);
}

/* The module of EXE by its name; NULL: no name fits. */
static struct post_module *
module_by_name(struct post_modules *m, const struct post_exe *exe)
{
	struct post_str path = post_str_of(exe->path), name = exe->module.n > 0 ? exe->module : post_module_short(path);

	if (exe->module.n == 0 && post_str_ends(name, POST_STR(".debug")))
		name.n -= sizeof ".debug" - 1;
	for (size_t i = 0; i < m->n; i++)
		if (m->module[i].object == NULL && m->module[i].state != POST_MODULE_SKIPPED && m->module[i].name.n > 0 &&
		    (goes_by(m->module[i].name, name) || post_str_eq(m->module[i].name, path)))
			return &m->module[i];
	return NULL;
}

/* The module whose frames fit OBJECT best; NULL: none does. */
static struct post_module *
module_by_vote(struct post_modules *m, const struct post_object *object)
{
	struct post_module *best = NULL;
	uint64_t agree = 0;

	for (size_t i = 0; i < m->n; i++) {
		struct post_module *one = &m->module[i];
		struct post_placement p = { 0 };

		if (one->object != NULL || one->state == POST_MODULE_SKIPPED)
			continue;
		post_place(object, one->seen, one->n, false, one->placed, &p);
		if (p.verdict == POST_VERDICT_TRACED && p.agree > agree) {
			agree = p.agree;
			best = one;
		}
		post_placement_free(&p);
	}
	return best;
}

static int
take_exes(struct post_modules *m, struct post_modules_conf *c, struct post_err *err)
{
	for (size_t i = 0; i < c->n_exe; i++) {
		struct post_object *object = open_exe(m, &c->exe[i], err);
		struct post_module *module;

		if (object == NULL)
			return -1;
		module = module_by_name(m, &c->exe[i]);
		if (module == NULL && c->exe[i].module.n == 0)
			module = module_by_vote(m, object);
		c->exe[i].used = module != NULL;
		if (module != NULL)
			take_object(module, object, c->force);
		else
			post_object_free(object);
	}
	return 0;
}

static void
find_files(struct post_modules *m, const struct post_modules_conf *c)
{
	for (size_t i = 0; i < m->n; i++) {
		struct post_module *one = &m->module[i];
		struct post_object *object = NULL;
		int fd;

		if (one->object != NULL || one->state != POST_MODULE_NO_FILE || one->name.n == 0)
			continue;
		fd = post_find_module(m->finder, one->name, &one->file, &one->err);
		if (fd != -1)
			object = post_object_open(fd, one->file.s, m->finder, &one->err);
		if (object != NULL)
			take_object(one, object, c->force);
	}
}

/* In which one module is ADDR?  NULL: in none, or in several. */
static struct post_module *
module_around(struct post_modules *m, uint64_t addr, bool root, struct post_placed *placed)
{
	struct post_module *found = NULL;

	for (size_t i = 0; i < m->n; i++) {
		struct post_module *one = &m->module[i];
		struct post_placed p;

		/* The last address of a stack may be cut short, and then look like one of a program at low addresses. */
		if (one->object == NULL || one->state != POST_MODULE_TRACED || (root && one->object->type == POST_OBJECT_EXEC))
			continue;
		p = post_place_bare(one->object, &one->placement, addr);
		if (p.how != POST_PLACED)
			continue;
		if (found != NULL)
			return NULL;
		found = one;
		*placed = p;
	}
	return found;
}

/* Give the bare addresses of the frames without a module to the modules around them. */
static void
adopt(struct post_modules *m, const struct post_frames *frames)
{
	struct post_module *none = NULL;

	for (size_t i = 0; i < m->n; i++)
		if (m->module[i].name.n == 0 && m->module[i].object == NULL && m->module[i].state != POST_MODULE_SKIPPED)
			none = &m->module[i];
	for (size_t i = 0; none != NULL && i < none->n; i++) {
		const struct post_seen_frame *frame = &frames->frame[none->frame[i]];
		uint64_t lines = frame->n[POST_FRAME_RETURN] + frame->n[POST_FRAME_EXACT];
		struct post_placed placed;
		struct post_module *into;

		if (none->seen[i].name.n > 0 || (into = module_around(m, none->seen[i].addr, frame->root, &placed)) == NULL)
			continue;
		add_frame(into, none->frame[i], &none->seen[i]);
		into->placed[into->n - 1] = placed;
		into->frames += lines;
		none->frames -= lines;
	}
}

int
post_modules_open(struct post_modules *m, const struct post_frames *frames, struct post_modules_conf *c, struct post_err *err)
{
	*m = (struct post_modules){ .finder = post_finder_new(&c->find, err) };
	if (m->finder == NULL)
		return -1;
	group(m, frames, c);
	if (take_exes(m, c, err) == -1) {
		post_modules_free(m);
		return -1;
	}
	find_files(m, c);
	adopt(m, frames);
	return 0;
}

void
post_modules_free(struct post_modules *m)
{
	for (size_t i = 0; i < m->n; i++) {
		struct post_module *one = &m->module[i];

		if (one->object != NULL)
			post_object_free(one->object);
		post_placement_free(&one->placement);
		post_buf_free(&one->file);
		post_buf_free(&one->debug);
		free(one->frame);
		free(one->seen);
		free(one->placed);
	}
	free(m->module);
	post_names_free(&m->names);
	post_drop(&m->mem);
	if (m->finder != NULL)
		post_finder_free(m->finder);
	*m = (struct post_modules){ 0 };
}
