/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../base/ascii.h"
#include "../io/beneath.h"
#include "finder.h"

enum { STEPS_MAX = 1 << 28 };	/* of all searches for paths that were cut: a second or two */

static void
close_roots(struct post_root *r, size_t n)
{
	for (size_t i = 0; i < n; i++)
		post_root_close(&r[i]);
	free(r);
}

void
post_finder_free(struct post_finder *f)
{
	if (f == NULL)
		return;
	close_roots(f->sysroot, f->n_sysroot);
	close_roots(f->debug, f->n_debug);
	post_root_close(&f->modules);
	post_files_free(&f->files);
	post_files_free(&f->kmods);
	post_debuginfod_free(f->debuginfod);
	free(f->tree);
	free(f->kernel);
	free(f);
}

static int
open_roots(struct post_root **roots, size_t *n, const char *const *paths, size_t n_paths, struct post_err *err)
{
	*roots = post_resize(NULL, n_paths, sizeof **roots);
	for (*n = 0; *n < n_paths; ++*n)
		if (post_root_open(&(*roots)[*n], paths[*n], err) == -1)
			return -1;
	return 0;
}

/* What the user named comes before what a sysroot has. */
static void
set_trees(struct post_finder *f)
{
	size_t i;

	f->tree = post_resize(NULL, f->n_debug + f->n_sysroot, sizeof *f->tree);
	for (i = 0; i < f->n_debug; i++)
		f->tree[f->n_tree++] = (struct post_debug_tree){ &f->debug[i], "" };
	for (i = 0; i < f->n_sysroot; i++)
		f->tree[f->n_tree++] = (struct post_debug_tree){ &f->sysroot[i], "/usr/lib/debug" };
}

static int
open_all(struct post_finder *f, const struct post_find_conf *c, struct post_err *err)
{
	static const char *const own[] = { "/" };

	if (open_roots(&f->sysroot, &f->n_sysroot, f->given ? c->sysroot : own, f->given ? c->n_sysroot : 1, err) == -1 ||
	    open_roots(&f->debug, &f->n_debug, c->debug_dir, c->n_debug_dir, err) == -1)
		return -1;
	return c->modules != NULL ? post_root_open(&f->modules, c->modules, err) : 0;
}

struct post_finder *
post_finder_new(const struct post_find_conf *c, struct post_err *err)
{
	struct post_finder *f = post_resize(NULL, 1, sizeof *f);

	*f = (struct post_finder){ .given = c->n_sysroot > 0 };
	if (open_all(f, c, err) == -1) {
		post_finder_free(f);
		return NULL;
	}
	set_trees(f);
	if (c->kernel != NULL)
		f->kernel = post_path_copy(c->kernel);
	if (c->debuginfod)
		f->debuginfod = post_debuginfod_new();
	return f;
}

static const char *
reason(int error)
{
	return error == EINVAL || error == ENXIO ? "no regular file" : strerror(error);
}

static int
find_kernel(const struct post_finder *f, struct post_buf *path, struct post_err *err)
{
	struct stat st;
	int fd;

	if (f->kernel == NULL)
		return post_fail(err, POST_EIO, "no vmlinux was given for the kernel");
	fd = open(f->kernel, POST_OPEN_FLAGS);
	if (fd == -1 || fstat(fd, &st) == -1)
		post_fail(err, POST_EIO, "%s: %s", f->kernel, strerror(errno));
	else if (!S_ISREG(st.st_mode))
		post_fail(err, POST_EIO, "%s: %s", f->kernel, reason(EINVAL));
	else {
		post_puts(path, f->kernel);
		return fd;
	}
	if (fd != -1)
		close(fd);
	return -1;
}

/* ".ko" and what a module is packed as. */
static bool
kmod_key(struct post_str name, struct post_buf *room, struct post_str *key)
{
	static const struct post_str tails[] = { POST_STR(".ko"), POST_STR(".ko.xz"), POST_STR(".ko.zst"), POST_STR(".ko.gz") };
	size_t i;

	for (i = 0; i < sizeof tails / sizeof *tails && !post_str_ends(name, tails[i]); i++)
		;
	if (i == sizeof tails / sizeof *tails)
		return false;
	room->n = 0;
	post_put(room, (struct post_str){ name.p, name.n - tails[i].n });
	for (i = 0; i < room->n; i++)
		if (room->s[i] == '-')
			room->s[i] = '_';
	*key = post_buf_str(room);
	return true;
}

static void
walk_kmods(struct post_finder *f)
{
	size_t i, n;

	if (f->modules.path != NULL)
		post_files_add(&f->kmods, &f->modules, POST_STR(""), kmod_key);
	for (i = 0; f->modules.path == NULL && f->given && i < f->n_sysroot; i++) {
		n = f->kmods.n;
		post_files_add(&f->kmods, &f->sysroot[i], POST_STR("/lib/modules"), kmod_key);
		if (f->kmods.n == n)
			post_files_add(&f->kmods, &f->sysroot[i], POST_STR("/usr/lib/modules"), kmod_key);
	}
	f->kmods_walked = true;
}

static int
open_found(const struct post_file *file, struct post_buf *path, struct post_err *err)
{
	int fd = post_root_file(file->root, file->path, path);

	return fd != -1 ? fd : post_fail(err, POST_EIO, "%s%s: %s", file->root->path, file->path.p, reason(errno));
}

static int
several(const struct post_file *a, const struct post_file *b, struct post_err *err)
{
	return post_fail(err, POST_EIO, "several files have that name, %s%s and %s%s", a->root->path, a->path.p, b->root->path,
	    b->path.p);
}

static bool
is_kmod_name(struct post_str s)
{
	size_t i;

	for (i = 0; i < s.n && (post_is(s.p[i], POST_WORD) || s.p[i] == '-'); i++)
		;
	return i == s.n && s.n > 0 && s.n <= NAME_MAX;
}

static int
find_kmod(struct post_finder *f, struct post_str name, struct post_buf *path, struct post_err *err)
{
	struct post_buf room = { 0 }, file = { 0 };
	struct post_str key;
	int64_t at;

	if (!is_kmod_name(name) || post_str_starts(name, POST_STR("stap_")) || post_str_eq(name, POST_STR("vdso")))
		return post_fail(err, POST_EIO, "no file has it");
	if (!f->kmods_walked)
		walk_kmods(f);
	post_put(&file, name);
	post_puts(&file, ".ko");
	kmod_key(post_buf_str(&file), &room, &key);
	at = post_files_first(&f->kmods, key);
	post_buf_free(&file);
	post_buf_free(&room);
	if (at == POST_FILES_NONE)
		return post_fail(err, f->kmods.cut ? POST_ELIMIT : POST_EIO, f->kmods.n == 0 ? "no kernel modules were given" :
		    f->kmods.cut ? "not found among the first million files" : "no such kernel module");
	if (f->kmods.file[at].next != POST_FILES_NONE)
		return several(&f->kmods.file[at], &f->kmods.file[f->kmods.file[at].next], err);
	return open_found(&f->kmods.file[at], path, err);
}

static bool
any_key(struct post_str name, struct post_buf *room, struct post_str *key)
{
	(void)room;
	*key = name;
	return true;
}

/* The file behind FILE (NULL: the first) that ends as TAIL; NULL: no more.  A tail without a slash may be cut off a name. */
static const struct post_file *
next_with_tail(struct post_finder *f, struct post_str tail, const struct post_file *file)
{
	struct post_str last = post_path_last(tail);
	struct post_files *t = &f->files;
	bool all = last.n == tail.n;
	int64_t at;

	if (file == NULL)
		at = all ? (int64_t)t->n - 1 : post_files_first(t, last);
	else
		at = all ? file - t->file - 1 : file->next;
	while (at != POST_FILES_NONE && f->tail_steps < STEPS_MAX && !post_str_ends(t->file[at].path, tail)) {
		at = all ? at - 1 : t->file[at].next;
		f->tail_steps++;
	}
	return at == POST_FILES_NONE || f->tail_steps == STEPS_MAX ? NULL : &t->file[at];
}

/* The files were added root by root: of two in different ones the later was found in a root that counts more. */
static int
find_tail(struct post_finder *f, struct post_str tail, struct post_buf *path, struct post_err *err)
{
	const struct post_file *file, *best = NULL, *other = NULL;
	size_t i;

	if (!f->given)
		return post_fail(err, POST_EIO, "its path is cut off at the front, and no sysroot was given to look for it");
	for (i = f->n_sysroot; i-- > 0 && !f->files_walked;)
		post_files_add(&f->files, &f->sysroot[i], POST_STR(""), any_key);
	f->files_walked = true;
	for (file = next_with_tail(f, tail, NULL); file != NULL && other == NULL; file = next_with_tail(f, tail, file)) {
		if (best == NULL)
			best = file;
		else if (file->root == best->root)
			other = file;
	}
	if (f->tail_steps == STEPS_MAX)
		return post_fail(err, POST_ELIMIT, "too many paths that are cut off at the front");
	if (other != NULL)
		return several(best, other, err);
	if (best == NULL)
		return post_fail(err, f->files.cut ? POST_ELIMIT : POST_EIO, f->files.cut ?
		    "not found among the first million files of the sysroots" : "no file of the sysroots ends so");
	return open_found(best, path, err);
}

/* Directories that are one with those below /usr on most machines. */
static bool
usr_twin(struct post_str inner, struct post_buf *twin)
{
	static const struct post_str merged[] = { POST_STR("/lib"), POST_STR("/bin/"), POST_STR("/sbin/") };
	size_t i;

	twin->n = 0;
	if (post_str_starts(inner, POST_STR("/usr/"))) {
		inner = post_str_from(inner, 4);
		post_put(twin, inner);
	} else {
		post_puts(twin, "/usr");
		post_put(twin, inner);
	}
	for (i = 0; i < sizeof merged / sizeof *merged; i++)
		if (post_str_starts(inner, merged[i]))
			return true;
	return false;
}

static int
find_path(struct post_finder *f, struct post_str name, struct post_buf *path, struct post_err *err)
{
	struct post_buf inner = { 0 }, twin = { 0 };
	int fd = -1, error = ENOENT;
	bool twins;
	size_t i;

	post_path_put(&inner, 0, name);
	twins = usr_twin(post_buf_str(&inner), &twin);
	for (i = 0; i < f->n_sysroot && fd == -1; i++) {
		fd = post_root_file(&f->sysroot[i], post_buf_str(&inner), path);
		if (fd == -1 && errno != ENOENT && errno != ENOTDIR)
			error = errno;
		if (fd == -1 && twins)
			fd = post_root_file(&f->sysroot[i], post_buf_str(&twin), path);
	}
	post_buf_free(&inner);
	post_buf_free(&twin);
	return fd != -1 ? fd : post_fail(err, POST_EIO, f->given ? "%s in the sysroots" : "%s", reason(error));
}

/* Without the marks of the kernel and of prelink(8). */
static struct post_str
undecorated(struct post_str m)
{
	static const struct post_str deleted = POST_STR(" (deleted)");
	const char *mark;

	if (post_str_ends(m, deleted))
		m.n -= deleted.n;
	if (m.n > 0 && (mark = memmem(m.p, m.n, ".#prelink#.", 11)) != NULL && memchr(mark, '/', m.n - (size_t)(mark - m.p)) == NULL)
		m.n = (size_t)(mark - m.p);
	return m;
}

int
post_find_module(struct post_finder *f, struct post_str module, struct post_buf *path, struct post_err *err)
{
	struct post_str m = undecorated(module);

	path->n = 0;
	if (m.n == 0 || m.n >= PATH_MAX || memchr(m.p, '\0', m.n) != NULL)
		return post_fail(err, POST_EIO, "no name that a file can have");
	if (post_str_eq(m, POST_STR("kernel")))
		return find_kernel(f, path, err);
	if (m.p[0] == '/')
		return find_path(f, m, path, err);
	if (post_str_starts(m, POST_STR("...")) && m.n > 3)
		return find_tail(f, post_str_from(m, 3), path, err);
	return find_kmod(f, m, path, err);
}
