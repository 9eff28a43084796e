/* SPDX-License-Identifier: BSD-2-Clause */
/* Source files: where a traced path lies on this machine, and its bytes. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../io/beneath.h"
#include "source.h"

/* Both without "/" at the end.  A NEW of "" makes the rest a relative path. */
struct post_lua_map {
	struct post_str	 old, new;
	bool		 relative;
};

static struct post_str
without_slashes(struct post_str s)
{
	while (s.n > 0 && s.p[s.n - 1] == '/')
		s.n--;
	return s;
}

/* Is S the path PREFIX or below it?  PREFIX has no "/" at its end; "" is the file system's root. */
static bool
path_starts(struct post_str s, struct post_str prefix)
{
	return post_str_starts(s, prefix) && (s.n == prefix.n || s.p[prefix.n] == '/');
}

/*
 * Keep the path PATH of an option: as it is, or with ROOT, a real path, as
 * what is left of it below ROOT.
 */
static int
keep_dir(struct post_lua_sources *s, const char *path, const char *root, const char *what, struct post_str *kept,
    struct post_err *err)
{
	char *real = root != NULL ? realpath(path, NULL) : NULL;
	bool inside = real != NULL && path_starts(post_str_of(real), without_slashes(post_str_of(root)));

	if (root == NULL)
		*kept = post_keep(&s->mem, post_str_of(path));
	else if (inside)
		*kept = post_keep(&s->mem, post_str_from(post_str_of(real), without_slashes(post_str_of(root)).n));
	else if (real == NULL)
		post_fail(err, POST_EUSAGE, "%s %s: %s", what, path, strerror(errno));
	else
		post_fail(err, POST_EUSAGE, "%s %s: is outside --root %s", what, path, root);
	free(real);
	return root == NULL || inside ? 0 : -1;
}

static int
add_dir(struct post_lua_sources *s, const char *path, const char *root, struct post_err *err)
{
	struct stat st;

	if (stat(path, &st) == -1)
		return post_fail(err, POST_EUSAGE, "--lua-path %s: %s", path, strerror(errno));
	if (!S_ISDIR(st.st_mode))
		return post_fail(err, POST_EUSAGE, "--lua-path %s: %s", path, strerror(ENOTDIR));
	return keep_dir(s, path, root, "--lua-path", &s->dir[s->n_dir++], err);
}

static int
add_map(struct post_lua_sources *s, const char *text, const char *root, struct post_err *err)
{
	const char *equals = strchr(text, '=');
	struct post_lua_map *m = &s->map[s->n_map++];

	if (equals == NULL || equals == text)
		return post_fail(err, POST_EUSAGE, "--map %s: is not OLD=NEW", text);
	m->old = post_keep(&s->mem, without_slashes((struct post_str){ text, (size_t)(equals - text) }));
	m->relative = equals[1] == '\0';
	if (!m->relative && keep_dir(s, equals + 1, root, "--map", &m->new, err) == -1)
		return -1;
	m->new = without_slashes(m->new);
	return 0;
}

static int
add_all(struct post_lua_sources *s, const struct post_lua_conf *c, const char *root, struct post_err *err)
{
	size_t i;

	s->dir = post_take(&s->mem, c->n_lua_path * sizeof *s->dir);
	s->map = post_take(&s->mem, c->n_map * sizeof *s->map);
	memset(s->map, 0, c->n_map * sizeof *s->map);
	for (i = 0; i < c->n_lua_path; i++)
		if (add_dir(s, c->lua_path[i], root, err) == -1)
			return -1;
	for (i = 0; i < c->n_map; i++)
		if (add_map(s, c->map[i], root, err) == -1)
			return -1;
	return 0;
}

int
post_lua_sources_open(struct post_lua_sources *s, const struct post_lua_conf *c, struct post_err *err)
{
	char *root = NULL;
	int status;

	*s = (struct post_lua_sources){ .root = -1 };
	if (c->root != NULL && ((s->root = open(c->root, O_PATH | O_DIRECTORY | O_CLOEXEC)) == -1 ||
	    (root = realpath(c->root, NULL)) == NULL))
		status = post_fail(err, POST_EUSAGE, "--root %s: %s", c->root, strerror(errno));
	else
		status = add_all(s, c, root, err);
	free(root);
	if (status == -1)
		post_lua_sources_close(s);
	return status;
}

void
post_lua_sources_close(struct post_lua_sources *s)
{
	if (s->root != -1)
		close(s->root);
	post_drop(&s->mem);
	post_buf_free(&s->text);
	post_buf_free(&s->path);
	s->root = -1;
}

static enum post_lua_trouble
trouble_of(int error)
{
	switch (error) {
	case ENOENT: case ENOTDIR:
		return POST_LUA_MISSING;
	case EXDEV:
		return POST_LUA_OUTSIDE;
	case ENXIO: case ENODEV:	/* a socket; a device without a driver */
		return POST_LUA_NOT_REGULAR;
	}
	return POST_LUA_UNREADABLE;
}

/* All of FD into B, which keeps its memory from file to file. */
static enum post_lua_trouble
read_all(int fd, struct post_buf *b, off_t size)
{
	ssize_t n = 1;

	post_buf_grow(b, (size_t)size + 1);
	while (n != 0 && b->n <= POST_LUA_FILE_MAX) {
		if (b->cap - b->n <= 1)
			post_buf_grow(b, b->n);
		if ((n = read(fd, b->s + b->n, b->cap - b->n - 1)) > 0)
			b->n += (size_t)n;
		else if (n == -1 && errno != EINTR)
			return trouble_of(errno);
	}
	return b->n > POST_LUA_FILE_MAX ? POST_LUA_TOO_LARGE : POST_LUA_FINE;
}

enum post_lua_trouble
post_lua_read_file(int fd, struct post_buf *text, int *error)
{
	struct stat st;
	enum post_lua_trouble trouble;

	text->n = 0;
	if (fd == -1 || fstat(fd, &st) == -1)
		trouble = trouble_of(errno);
	else if (!S_ISREG(st.st_mode))
		trouble = POST_LUA_NOT_REGULAR;
	else if (st.st_size > POST_LUA_FILE_MAX)
		trouble = POST_LUA_TOO_LARGE;
	else
		trouble = read_all(fd, text, st.st_size);
	*error = trouble == POST_LUA_UNREADABLE ? errno : 0;
	if (fd != -1)
		close(fd);
	return trouble;
}

/* Read the file at the path in s->path. */
static enum post_lua_trouble
read_path(struct post_lua_sources *s, int *error)
{
	const char *path = s->path.s;

	return post_lua_read_file(s->root != -1 ? post_open_beneath(s->root, path) : open(path, POST_OPEN_FLAGS), &s->text, error);
}

/* The map with the longest OLD that PATH begins with; the first of equals. */
static const struct post_lua_map *
map_of(const struct post_lua_sources *s, struct post_str path)
{
	const struct post_lua_map *best = NULL;
	size_t i;

	for (i = 0; i < s->n_map; i++)
		if (path_starts(path, s->map[i].old) && (best == NULL || s->map[i].old.n > best->old.n))
			best = &s->map[i];
	return best;
}

static void
put_mapped(struct post_lua_sources *s, struct post_str path)
{
	const struct post_lua_map *m = map_of(s, path);

	s->path.n = 0;
	if (m != NULL) {
		post_put(&s->path, m->new);
		path = post_str_from(path, m->old.n);
		while (m->relative && path.n > 0 && path.p[0] == '/')
			path = post_str_from(path, 1);
	}
	post_put(&s->path, path);
}

/* The longest tail of PATH that stays below a directory: what follows its last "..". */
static struct post_str
tail_of(struct post_str path)
{
	size_t i, from = 0, start = 0;

	for (i = 0; i <= path.n; i++)
		if (i == path.n || path.p[i] == '/') {
			if (i - start == 2 && memcmp(path.p + start, "..", 2) == 0)
				from = i;
			start = i + 1;
		}
	while (from < path.n && path.p[from] == '/')
		from++;
	return post_str_from(path, from);
}

static struct post_str
shorter(struct post_str tail)
{
	const char *slash = memchr(tail.p, '/', tail.n);

	if (slash == NULL)
		return (struct post_str){ NULL, 0 };
	while (slash < tail.p + tail.n && *slash == '/')
		slash++;
	return post_str_from(tail, (size_t)(slash - tail.p));
}

/* Worth remembering above "no such file", which any other place may answer. */
static bool
settles(enum post_lua_trouble trouble)
{
	return trouble == POST_LUA_FINE || trouble == POST_LUA_TOO_LARGE;
}

enum post_lua_trouble
post_lua_sources_read(struct post_lua_sources *s, struct post_str path, struct post_str *text, int *error)
{
	enum post_lua_trouble trouble, now;
	struct post_str tail = tail_of(path);
	int e;
	size_t i;

	put_mapped(s, path);
	trouble = read_path(s, error);
	for (; tail.n > 0 && !settles(trouble); tail = shorter(tail))
		for (i = 0; i < s->n_dir && !settles(trouble); i++) {
			s->path.n = 0;
			post_put(&s->path, s->dir[i]);
			post_putc(&s->path, '/');
			post_put(&s->path, tail);
			now = read_path(s, &e);
			if (settles(now) || trouble == POST_LUA_MISSING) {
				trouble = now;
				*error = e;
			}
		}
	*text = post_buf_str(&s->text);
	return trouble;
}
