/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <fts.h>
#include <stdlib.h>
#include <sys/stat.h>
#include "walk.h"

static const char *const packed[] = { "", ".gz", ".zst" };
static const char *const called[] = { ".bt", ".folded" };

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

static void
add(struct post_finds *f, const FTSENT *e, size_t root)
{
	const char *path = post_keep(&f->mem, post_str_of(e->fts_path)).p, *name = e->fts_level > 0 ? path + root : path;
	const struct stat *st = e->fts_statp;

	while (e->fts_level > 0 && *name == '/')
		name++;

	f->v = post_room(f->v, f->n, &f->cap, sizeof *f->v);
	f->v[f->n++] = (struct post_found){ .path = path, .name = name, .size = (uint64_t)st->st_size,
	    .mtime = (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec, .inode = st->st_ino };
}

/* Where a walk is, and whom to tell. */
struct walk {
	struct post_finds	*finds;
	size_t			 root;		/* bytes of a path before the names below the root */
	dev_t			 skip_dev;
	ino_t			 skip_ino;
	void			(*report)(void *arg, const char *path, const struct post_err *);
	void			*arg;
};

static void
tell(const struct walk *w, const FTSENT *e, const char *what)
{
	struct post_err err;

	post_fail(&err, POST_EIO, "%s", what);
	w->report(w->arg, e->fts_path, &err);
}

static bool
is_skipped(const struct walk *w, const FTSENT *e)
{
	return w->skip_ino != 0 && e->fts_statp->st_ino == w->skip_ino && e->fts_statp->st_dev == w->skip_dev;
}

static void
visit(struct walk *w, FTS *fts, FTSENT *e)
{
	switch (e->fts_info) {
	case FTS_D:
		if (is_skipped(w, e))
			fts_set(fts, e, FTS_SKIP);
		break;
	case FTS_DC:
		break;	/* a link to what is above it: it is looked into already */
	case FTS_DNR: case FTS_ERR: case FTS_NS:
		tell(w, e, strerror(e->fts_errno));
		break;
	case FTS_SLNONE:
		tell(w, e, "a link to nothing");
		break;
	case FTS_F:
		if (e->fts_level == 0 || is_called_so((struct post_str){ e->fts_name, e->fts_namelen }))
			add(w->finds, e, w->root);
		else
			w->finds->others++;
		break;
	default:
		w->finds->others += e->fts_info == FTS_DEFAULT;
		break;
	}
}

void
post_find(struct post_finds *f, const char *root, const char *skip, void (*report)(void *arg, const char *path, const struct post_err *), void *arg)
{
	char *roots[] = { (char *)(uintptr_t)root, NULL };
	struct walk w = { .finds = f, .report = report, .arg = arg };
	FTS *fts = fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, NULL);
	struct stat st;
	FTSENT *e;

	w.root = strlen(root);
	if (skip != NULL && stat(skip, &st) == 0) {
		w.skip_dev = st.st_dev;
		w.skip_ino = st.st_ino;
	}
	while (fts != NULL && (e = fts_read(fts)) != NULL)
		visit(&w, fts, e);
	if (fts != NULL)
		fts_close(fts);
}

static int
by_name(const void *pa, const void *pb)
{
	const struct post_found *a = pa, *b = pb;
	int d = strcmp(a->name, b->name);

	return d != 0 ? d : strcmp(a->path, b->path);
}

void
post_finds_sort(struct post_finds *f)
{
	size_t i, to = 0;

	if (f->n > 0)
		qsort(f->v, f->n, sizeof *f->v, by_name);
	for (i = 0; i < f->n; i++)
		if (to == 0 || strcmp(f->v[to - 1].path, f->v[i].path) != 0)
			f->v[to++] = f->v[i];
	f->n = to;
}

void
post_finds_free(struct post_finds *f)
{
	free(f->v);
	post_drop(&f->mem);
	*f = (struct post_finds){ 0 };
}
