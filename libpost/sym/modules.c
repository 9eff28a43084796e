/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include "../io/beneath.h"
#include "modules.h"

enum { OPEN_MAX = 64 };		/* files held open: each has up to three descriptors */

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

bool
post_module_goes_by(struct post_str module, struct post_str name)
{
	return post_str_eq(module, name) || post_str_eq(post_module_short(module), name);
}

static bool
is_wanted(const struct post_modules_conf *c, struct post_str module)
{
	bool wanted = c->n_only == 0;

	for (size_t i = 0; i < c->n_only && !wanted; i++)
		wanted = post_module_goes_by(module, post_str_of(c->only[i]));
	return wanted;
}

static void
set_message(struct post_module *m, const char *text)
{
	m->message.n = 0;
	post_puts(&m->message, text);
}

static bool
has_file(struct post_modules *m, struct post_module *one)
{
	struct post_err err;
	int fd = post_find_module(m->finder, one->name, &one->file, &err);

	if (fd != -1)
		close(fd);
	else
		set_message(one, err.msg);
	one->file.n = 0;
	return fd != -1;
}

static void
begin_module(struct post_modules *m, const struct post_modules_conf *c, struct post_module *one)
{
	struct post_str name = one->name;

	if (!is_wanted(c, name) || post_str_eq(name, POST_STR("vdso")) || post_str_eq(name, POST_STR("[vdso]")) || is_source_line(name))
		one->state = POST_MODULE_SKIPPED;
	else
		one->counted = name.n > 0 && c->n_exe == 0 && !has_file(m, one);
}

static struct post_module *
module_named(struct post_modules *m, const struct post_modules_conf *c, struct post_str name)
{
	uint32_t id = post_intern(&m->names, name);

	if (id == m->n) {
		m->module = post_room(m->module, m->n, &m->cap, sizeof *m->module);
		m->module[m->n] = (struct post_module){ .name = post_name(&m->names, id), .state = POST_MODULE_NO_FILE };
		begin_module(m, c, &m->module[m->n++]);
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
group_frame(struct post_modules *m, const struct post_modules_conf *c, const struct post_frames *frames, uint32_t id)
{
	const struct post_seen_frame *frame = &frames->frame[id];
	struct post_native f;
	struct post_str addr = post_frame_parse(post_name(&frames->text, id), &f);
	struct post_sighting s = { 0 };
	struct post_module *module;

	if (f.file.n > 0)
		return;
	module = module_named(m, c, f.module);
	module->frames += frame->n[POST_FRAME_RETURN] + frame->n[POST_FRAME_EXACT];
	if (module->state == POST_MODULE_SKIPPED || module->counted || !hex(addr, &s.addr))
		return;
	read_offset(f.offset, &s);
	if (!f.unresolved)
		s.name = f.name;
	add_frame(module, id, &s);
}

static void
group(struct post_modules *m, const struct post_frames *frames, const struct post_modules_conf *c)
{
	for (uint32_t id = 0; id < frames->text.n; id++)
		group_frame(m, c, frames, id);
}

/* The place of a module in OBJECT; what was known of it before is forgotten. */
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

/* A file of no use is given back at once, and so is one too many, which can be opened again by the module's name. */
static void
take_object(struct post_modules *m, struct post_module *one, struct post_object *object, bool force, bool again)
{
	one->message.n = 0;
	one->object = object;
	m->n_open++;
	one->file.n = 0;
	post_puts(&one->file, object->path);
	one->fixed = object->type == POST_OBJECT_EXEC;
	place(one, object, force);
	if (one->state != POST_MODULE_TRACED || (again && m->n_open > OPEN_MAX))
		post_module_close(m, one);
}

/* The file of the module's name, as it was opened the first time. */
static struct post_object *
open_named(struct post_modules *m, struct post_module *one)
{
	struct post_err err;
	int fd = post_find_module(m->finder, one->name, &one->file, &err);
	struct post_object *object = fd != -1 ? post_object_open(fd, one->file.s, m->finder, &err) : NULL;

	if (object == NULL)
		set_message(one, err.msg);
	return object;
}

struct post_object *
post_module_object(struct post_modules *m, struct post_module *one)
{
	if (one->object == NULL) {
		one->object = open_named(m, one);
		m->n_open += one->object != NULL;
	}
	if (one->object == NULL)
		one->state = POST_MODULE_NO_FILE;
	return one->object;
}

void
post_module_close(struct post_modules *m, struct post_module *one)
{
	m->n_open -= one->object != NULL;
	post_object_free(one->object);
	one->object = NULL;
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
		if (m->module[i].state == POST_MODULE_NO_FILE && m->module[i].name.n > 0 &&
		    (post_module_goes_by(m->module[i].name, name) || post_str_eq(m->module[i].name, path)))
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

		if (one->state != POST_MODULE_NO_FILE)
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
			take_object(m, module, object, c->force, false);
		else
			post_object_free(object);
	}
	return 0;
}

/* Files that the user named must be there; of others some are not. */
static int
find_files(struct post_modules *m, const struct post_modules_conf *c, struct post_err *err)
{
	for (size_t i = 0; i < m->n; i++) {
		struct post_module *one = &m->module[i];
		struct post_object *object;

		if (one->state != POST_MODULE_NO_FILE || one->name.n == 0)
			continue;
		object = one->counted ? NULL : open_named(m, one);
		if (object != NULL)
			take_object(m, one, object, c->force, true);
		else if (c->find.kernel != NULL && post_str_eq(one->name, POST_STR("kernel")))
			return post_fail(err, POST_EIO, "%s", one->message.s);
	}
	return 0;
}

/* Memory that a traced module took. */
struct extent {
	uint64_t		 lo, hi, reach;	/* reach: the largest hi up to here */
	struct post_module	*module;
};

struct extents {
	struct extent	*extent;	/* by lo */
	size_t		 n, cap;
};

static int
extent_cmp(const void *a, const void *b)
{
	const struct extent *x = a, *y = b;

	return (x->lo > y->lo) - (x->lo < y->lo);
}

static void
list_extents(struct extents *l, struct post_modules *m)
{
	for (size_t i = 0; i < m->n; i++) {
		struct extent e = { .module = &m->module[i] };
		size_t at = 0;

		while (e.module->state == POST_MODULE_TRACED && post_place_extent(&e.module->placement, &at, &e.lo, &e.hi)) {
			l->extent = post_room(l->extent, l->n, &l->cap, sizeof e);
			l->extent[l->n++] = e;
		}
	}
	if (l->n > 0)
		qsort(l->extent, l->n, sizeof *l->extent, extent_cmp);
	for (size_t i = 0; i < l->n; i++) {
		uint64_t before = i > 0 ? l->extent[i - 1].reach : 0;

		l->extent[i].reach = l->extent[i].hi > before ? l->extent[i].hi : before;
	}
}

/* How many extents begin at or before ADDR? */
static size_t
begun(const struct extents *l, uint64_t addr)
{
	size_t lo = 0, hi = l->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (l->extent[mid].lo <= addr)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* In which one module is ADDR?  NULL: in none, or in several. */
static struct post_module *
module_around(const struct extents *l, uint64_t addr, bool root, struct post_placed *placed)
{
	struct post_module *found = NULL;

	for (size_t i = begun(l, addr); i-- > 0 && l->extent[i].reach > addr;) {
		struct post_module *one = l->extent[i].module;
		struct post_placed p;

		/* The last address of a stack may be cut short, and then look like one of a program at low addresses. */
		if (l->extent[i].hi <= addr || (root && one->fixed))
			continue;
		p = post_place_bare(&one->placement, addr);
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
	struct extents l = { 0 };

	for (size_t i = 0; i < m->n; i++)
		if (m->module[i].name.n == 0 && m->module[i].state == POST_MODULE_NO_FILE)
			none = &m->module[i];
	if (none == NULL)
		return;
	list_extents(&l, m);
	for (size_t i = 0; i < none->n; i++) {
		const struct post_seen_frame *frame = &frames->frame[none->frame[i]];
		uint64_t lines = frame->n[POST_FRAME_RETURN] + frame->n[POST_FRAME_EXACT];
		struct post_placed placed;
		struct post_module *into;

		if (none->seen[i].name.n > 0 || (into = module_around(&l, none->seen[i].addr, frame->root, &placed)) == NULL)
			continue;
		add_frame(into, none->frame[i], &none->seen[i]);
		into->placed[into->n - 1] = placed;
		into->frames += lines;
		none->frames -= lines;
	}
	free(l.extent);
}

int
post_modules_open(struct post_modules *m, const struct post_frames *frames, struct post_modules_conf *c, struct post_err *err)
{
	*m = (struct post_modules){ .finder = post_finder_new(&c->find, err) };
	if (m->finder == NULL)
		return -1;
	group(m, frames, c);
	if (take_exes(m, c, err) == -1 || find_files(m, c, err) == -1) {
		post_modules_free(m);
		return -1;
	}
	adopt(m, frames);
	return 0;
}

void
post_modules_free(struct post_modules *m)
{
	for (size_t i = 0; i < m->n; i++) {
		struct post_module *one = &m->module[i];

		post_object_free(one->object);
		post_placement_free(&one->placement);
		post_buf_free(&one->file);
		post_buf_free(&one->debug);
		post_buf_free(&one->message);
		free(one->frame);
		free(one->seen);
		free(one->placed);
	}
	free(m->module);
	post_names_free(&m->names);
	if (m->finder != NULL)
		post_finder_free(m->finder);
	*m = (struct post_modules){ 0 };
}
