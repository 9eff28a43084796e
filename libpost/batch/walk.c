/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <fts.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../base/buf.h"
#include "walk.h"

static const char *const packed[] = { "", ".gz", ".zst" };
static const char *const called[] = { ".bt", ".folded" };

/* A symbolic link below a root. */
struct post_link {
	const char	*path;
	size_t		 root;		/* as that of a walk */
};

/* Where a walk is. */
struct walk {
	struct post_finds	*finds;
	size_t			 root;		/* bytes of a path before the names below the root */
	bool			 named;		/* the root itself is an operand, and no link below one */
};

static bool
is_called_so(struct post_str name)
{
	for (size_t i = 0; i < sizeof packed / sizeof *packed; i++) {
		struct post_str tail = post_str_of(packed[i]), left = name;

		if (!post_str_ends(name, tail))
			continue;
		left.n -= tail.n;
		for (size_t j = 0; j < sizeof called / sizeof *called; j++)
			if (post_str_ends(left, post_str_of(called[j])) && left.n > strlen(called[j]))
				return true;
	}
	return false;
}

/* ".bt" or ".folded" stands in it, and something else behind that. */
static bool
is_called_nearly_so(struct post_str name)
{
	for (size_t j = 0; j < sizeof called / sizeof *called; j++) {
		const char *at = memmem(name.p, name.n, called[j], strlen(called[j]));

		if (at != NULL && at > name.p && at + strlen(called[j]) < name.p + name.n && at[strlen(called[j])] == '.')
			return true;
	}
	return false;
}

static void
tell(struct post_finds *f, const char *path, int error, const char *what)
{
	struct post_err err;

	errno = error;
	post_fail(&err, POST_EIO, "%s", what != NULL ? what : strerror(error));
	f->report(f->arg, path, &err);
}

void
post_finds_miss(struct post_finds *f, const char *name)
{
	f->missed = post_room(f->missed, f->misses, &f->misses_cap, sizeof *f->missed);
	f->missed[f->misses++] = post_keep(&f->mem, post_str_of(name)).p;
}

bool
post_is_missed(const struct post_finds *f, const char *name)
{
	for (size_t i = 0; i < f->misses; i++) {
		size_t n = strlen(f->missed[i]);

		if (n == 0 || (strncmp(name, f->missed[i], n) == 0 && (name[n] == '\0' || name[n] == '/')))
			return true;
	}
	return false;
}

/* Is it the first time that PATH, of ST, is met?  A file of several names is another one by each. */
static bool
is_new(struct post_finds *f, const char *path, const struct stat *st)
{
	char *real = S_ISDIR(st->st_mode) || st->st_nlink < 2 ? NULL : realpath(path, NULL);
	uint64_t what[] = { (uint64_t)st->st_dev, (uint64_t)st->st_ino };
	struct post_str key = real != NULL ? post_str_of(real) : (struct post_str){ (const char *)what, sizeof what };
	size_t before = f->seen.n;

	(void)post_intern(&f->seen, key);
	free(real);
	return f->seen.n > before;
}

/* In nanoseconds; what is too far away for them is as far as they go. */
static int64_t
nanoseconds(const struct timespec *t)
{
	int64_t ns;

	if (__builtin_mul_overflow((int64_t)t->tv_sec, INT64_C(1000000000), &ns) || __builtin_add_overflow(ns, (int64_t)t->tv_nsec, &ns))
		return t->tv_sec < 0 ? INT64_MIN : INT64_MAX;
	return ns;
}

/* A path as a name: one for all ways to write it down. */
static const char *
name_of(struct post_arena *mem, const char *path)
{
	struct post_buf b = { 0 };
	const char *name;
	size_t n;

	post_puts(&b, "");
	for (; *path != '\0'; path += n) {
		path += strspn(path, "/");
		n = strcspn(path, "/");
		if (n == 0 || (n == 1 && *path == '.'))
			continue;
		if (b.n > 0)
			post_putc(&b, '/');
		post_put(&b, (struct post_str){ path, n });
	}
	name = post_keep(mem, post_buf_str(&b)).p;
	post_buf_free(&b);
	return name;
}

/* The name of what is at PATH, which lives as long as the finds; that of a root below which names begin is "". */
static const char *
name_at(struct walk *w, const char *path)
{
	return w->finds->as_written ? name_of(&w->finds->mem, path) : path + w->root + strspn(path + w->root, "/");
}

/* It could not be looked at. */
static void
miss(struct walk *w, const char *path, int error)
{
	tell(w->finds, path, error, NULL);
	post_finds_miss(w->finds, name_at(w, path));
}

static void
miss_link(struct walk *w, const char *path)
{
	struct stat st;
	int error = stat(path, &st) == -1 ? errno : ENOENT;

	tell(w->finds, path, error, error == ENOENT ? "a link to nothing" : NULL);
	post_finds_miss(w->finds, name_at(w, path));
}

static void
add(struct walk *w, const char *at, const struct stat *st)
{
	struct post_finds *f = w->finds;
	const char *path, *name;

	if (!is_new(f, at, st))
		return;
	path = post_keep(&f->mem, post_str_of(at)).p;
	name = w->named ? name_of(&f->mem, path) : name_at(w, path);
	f->v = post_room(f->v, f->n, &f->cap, sizeof *f->v);
	f->v[f->n++] = (struct post_found){ .path = path, .name = name, .size = (uint64_t)st->st_size, .mtime = nanoseconds(&st->st_mtim),
	    .inode = st->st_ino };
}

static bool
is_site(const struct post_finds *f, const char *dir)
{
	struct post_buf path = { 0 };
	bool there;

	post_putf(&path, "%s/%s", dir, f->site);
	there = access(path.s, F_OK) == 0;
	post_buf_free(&path);
	return there;
}

static void
keep_link(struct walk *w, const char *path)
{
	struct post_finds *f = w->finds;

	f->link = post_room(f->link, f->links, &f->links_cap, sizeof *f->link);
	f->link[f->links++] = (struct post_link){ post_keep(&f->mem, post_str_of(path)).p, w->root };
}

/* Look into it? */
static bool
enter(struct walk *w, const FTSENT *e)
{
	bool site = is_site(w->finds, e->fts_path);

	if (site && w->named)
		tell(w->finds, e->fts_path, 0, "is a directory of outputs, and passed over");
	w->named = false;
	return !site && is_new(w->finds, e->fts_path, e->fts_statp);
}

static void
file(struct walk *w, const FTSENT *e)
{
	const struct post_str name = { e->fts_name, e->fts_namelen };
	struct post_finds *f = w->finds;

	if (w->named || is_called_so(name))
		add(w, e->fts_path, e->fts_statp);
	else if (is_called_nearly_so(name) && f->alike++ == 0)
		f->first_alike = post_keep(&f->mem, post_str_of(e->fts_path)).p;
}

static void
visit(struct walk *w, FTS *fts, FTSENT *e)
{
	switch (e->fts_info) {
	case FTS_D:
		if (!enter(w, e))
			fts_set(fts, e, FTS_SKIP);
		break;
	case FTS_DNR: case FTS_ERR: case FTS_NS:
		miss(w, e->fts_path, e->fts_errno);
		break;
	case FTS_SLNONE:
		miss_link(w, e->fts_path);
		break;
	case FTS_SL:
		keep_link(w, e->fts_path);
		break;
	case FTS_F:
		file(w, e);
		break;
	case FTS_DEFAULT:
		if (w->named)
			tell(w->finds, e->fts_path, 0, "no file and no directory");
		break;
	default:
		break;
	}
}

static int
by_entry(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* A link at the top is followed; those below wait. */
static void
walk(struct walk *w, const char *root)
{
	char *roots[] = { (char *)(uintptr_t)root, NULL };
	FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, by_entry);
	FTSENT *e;

	while (fts != NULL && (e = fts_read(fts)) != NULL)
		visit(w, fts, e);
	if (errno != 0)
		miss(w, root, errno);
	if (fts != NULL)
		fts_close(fts);
}

void
post_find(struct post_finds *f, const char *root)
{
	walk(&(struct walk){ .finds = f, .root = strlen(root), .named = true }, root);
}

static int
by_name(const void *pa, const void *pb)
{
	const struct post_found *a = pa, *b = pb;
	int d = strcmp(a->name, b->name);

	return d != 0 ? d : strcmp(a->path, b->path);
}

void
post_finds_end(struct post_finds *f)
{
	for (size_t i = 0; i < f->links; i++)	/* there may be more, meanwhile */
		walk(&(struct walk){ .finds = f, .root = f->link[i].root }, f->link[i].path);
	if (f->n > 0)
		qsort(f->v, f->n, sizeof *f->v, by_name);
}

void
post_finds_free(struct post_finds *f)
{
	free(f->v);
	free(f->link);
	free(f->missed);
	post_names_free(&f->seen);
	post_drop(&f->mem);
	*f = (struct post_finds){ 0 };
}
