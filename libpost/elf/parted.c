/* SPDX-License-Identifier: BSD-2-Clause */
/* The files that debug information was moved to. */
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../base/mem.h"
#include "finder.h"

enum {
	ID_MIN = 3, ID_MAX = 64		/* bytes of a build-id that is looked for */
};

/* Where a file lies: the root that holds it, and from there on.  To a file below none its directory is the root. */
struct home {
	const struct post_root	*root;
	struct post_root	 dir;
	struct post_str		 inner;		/* "/usr/lib/x" */
	struct post_str		 mirror;	/* the same in trees that mirror the machine's; empty: not known */
};

/* Files to try, in order. */
struct tries {
	struct post_arena	 mem;
	struct try {
		const struct post_root	*root;
		struct post_str		 inner;
	}			*try;
	size_t			 n, cap;
};

static void
look_in(struct home *h, const struct post_root *roots, size_t n, struct post_str of)
{
	struct post_str inner;
	size_t i;

	for (i = 0; i < n; i++)
		if (roots[i].path != NULL && post_root_holds(&roots[i], of, &inner) && (h->root == NULL || inner.n < h->inner.n)) {
			h->root = &roots[i];
			h->inner = inner;
		}
}

static void
home_of(struct home *h, const struct post_finder *f, struct post_str of)
{
	struct post_buf dir = { 0 };
	struct post_err err;

	*h = (struct home){ 0 };
	look_in(h, f->sysroot, f->n_sysroot, of);
	h->mirror = h->root != NULL ? h->inner : of.n > 0 && of.p[0] == '/' ? of : (struct post_str){ 0 };
	look_in(h, f->debug, f->n_debug, of);
	look_in(h, &f->modules, 1, of);
	if (h->root != NULL)
		return;
	post_put(&dir, post_path_dir(of));
	if (post_root_open(&h->dir, dir.n > 0 ? dir.s : ".", &err) == 0) {
		h->root = &h->dir;
		h->inner = post_str_from(of, dir.n);
	}
	post_buf_free(&dir);
}

static bool
is_there(const struct tries *t, const struct post_root *root, struct post_str inner)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->try[i].root == root && post_str_eq(t->try[i].inner, inner))
			return true;
	return false;
}

/* "/SUB/DIR/NAME" of ROOT; DIR and NAME may be empty. */
static void
add(struct tries *t, const struct post_root *root, const char *sub, struct post_str dir, struct post_str name)
{
	struct post_buf b = { 0 };
	size_t base;

	if (root == NULL || name.n == 0 || memchr(name.p, '\0', name.n) != NULL)
		return;
	post_puts(&b, sub);
	base = b.n;
	post_path_put(&b, base, dir);
	post_path_put(&b, base, name);
	if (!is_there(t, root, post_buf_str(&b))) {
		t->try = post_room(t->try, t->n, &t->cap, sizeof *t->try);
		t->try[t->n++] = (struct try){ root, post_keep(&t->mem, post_buf_str(&b)) };
	}
	post_buf_free(&b);
}

/* Open the first from *STEP on that is there. */
static int
try_from(const struct tries *t, unsigned *step, struct post_buf *path)
{
	int fd = -1;

	path->n = 0;
	while (fd == -1 && *step < t->n) {
		const struct try *one = &t->try[(*step)++];

		fd = post_root_file(one->root, one->inner, path);
	}
	return fd;
}

static void
tries_free(struct tries *t, struct home *h)
{
	post_drop(&t->mem);
	free(t->try);
	post_root_close(&h->dir);
}

static void
add_build_id(struct tries *t, const struct post_finder *f, struct post_str id)
{
	struct post_buf name = { 0 };
	size_t i;

	if (id.n < ID_MIN || id.n > ID_MAX)
		return;
	for (i = 0; i < id.n; i++) {
		post_putx(&name, (unsigned char)id.p[i], 2);
		if (i == 0)
			post_putc(&name, '/');
	}
	post_puts(&name, ".debug");
	for (i = 0; i < f->n_tree; i++) {
		add(t, f->tree[i].root, f->tree[i].sub, POST_STR(".build-id"), post_buf_str(&name));
		add(t, f->tree[i].root, f->tree[i].sub, POST_STR(""), post_buf_str(&name));
	}
	post_buf_free(&name);
}

/* A directory below /usr may be named without it, and the other way round. */
static void
add_mirrored(struct tries *t, const struct post_finder *f, struct post_str dir, struct post_str name)
{
	struct post_buf usr = { 0 };
	size_t i;

	post_puts(&usr, "/usr");
	post_put(&usr, dir);
	for (i = 0; i < f->n_tree; i++) {
		add(t, f->tree[i].root, f->tree[i].sub, dir, name);
		if (post_str_starts(dir, POST_STR("/usr/")))
			add(t, f->tree[i].root, f->tree[i].sub, post_str_from(dir, 4), name);
		else
			add(t, f->tree[i].root, f->tree[i].sub, post_buf_str(&usr), name);
	}
	post_buf_free(&usr);
}

static void
add_named(struct tries *t, const struct post_finder *f, const struct home *h, struct post_str name)
{
	struct post_str dir = post_path_dir(h->inner);
	struct post_buf hidden = { 0 };
	size_t i;

	if (name.n == 0)
		return;
	post_puts(&hidden, ".debug/");
	post_put(&hidden, name);
	add(t, h->root, "", dir, name);
	add(t, h->root, "", dir, post_buf_str(&hidden));
	if (h->mirror.n > 0)
		add_mirrored(t, f, post_path_dir(h->mirror), name);
	for (i = 0; i < f->n_tree; i++)
		add(t, f->tree[i].root, f->tree[i].sub, POST_STR(""), name);
	post_buf_free(&hidden);
}

static struct post_str
unpacked_name(struct post_str name)
{
	static const struct post_str tails[] = { POST_STR(".gz"), POST_STR(".xz"), POST_STR(".zst") };
	size_t i;

	for (i = 0; i < sizeof tails / sizeof *tails; i++)
		if (post_str_ends(name, tails[i]))
			name.n -= tails[i].n;
	return name;
}

/* As a .gnu_debuglink says, which is a name without a directory; and as packagers do without one. */
static void
add_parted(struct tries *t, const struct post_finder *f, const struct post_parted *p, const struct home *h)
{
	struct post_str last = unpacked_name(post_path_last(h->inner));
	struct post_buf name = { 0 };

	post_put(&name, last);
	post_puts(&name, ".debug");
	if (memchr(p->name.p != NULL ? p->name.p : "", '/', p->name.n) == NULL)
		add_named(t, f, h, p->name);
	if (!post_str_eq(p->name, post_buf_str(&name)))
		add_named(t, f, h, post_buf_str(&name));
	if (h->mirror.n > 0)
		add_mirrored(t, f, post_path_dir(h->mirror), last);
	post_buf_free(&name);
}

/* dwz(1) leaves an absolute path of the traced machine, or one relative to the debug file. */
static void
add_alt(struct tries *t, const struct post_finder *f, struct post_str name, const struct home *h)
{
	static const struct post_str usual = POST_STR("/usr/lib/debug/");
	struct post_str dir = post_path_dir(h->inner), last = post_path_last(name);
	size_t i;

	for (i = 0; i < f->n_sysroot && name.n > 0 && name.p[0] == '/'; i++)
		add(t, &f->sysroot[i], "", POST_STR(""), name);
	if (name.n > 0 && name.p[0] != '/')
		add(t, h->root, "", dir, name);
	for (i = 0; i < f->n_tree; i++) {
		if (post_str_starts(name, usual))
			add(t, f->tree[i].root, f->tree[i].sub, POST_STR(""), post_str_from(name, usual.n));
		add(t, f->tree[i].root, f->tree[i].sub, POST_STR(".dwz"), last);
		add(t, f->tree[i].root, f->tree[i].sub, POST_STR(""), last);
	}
	add(t, h->root, "", dir, last);
}

int
post_find_debug(struct post_finder *f, const struct post_parted *p, unsigned *step, struct post_buf *path)
{
	struct tries t = { 0 };
	struct home h;
	int fd;

	home_of(&h, f, post_str_of(p->of));
	add_build_id(&t, f, p->build_id);
	if (p->alt)
		add_alt(&t, f, p->name, &h);
	else
		add_parted(&t, f, p, &h);
	fd = try_from(&t, step, path);
	if (fd == -1 && *step == t.n && f->debuginfod != NULL && p->build_id.n >= ID_MIN && p->build_id.n <= ID_MAX) {
		fd = post_debuginfod_find(f->debuginfod, p->build_id, path);
		++*step;
	}
	tries_free(&t, &h);
	return fd;
}

int
post_find_dwo(struct post_finder *f, const char *of, struct post_str comp_dir, struct post_str name, unsigned *step,
    struct post_buf *path)
{
	struct tries t = { 0 };
	struct home h;
	size_t i;
	int fd;

	if (name.n == 0 || name.n >= PATH_MAX || comp_dir.n >= PATH_MAX)
		return -1;
	if (name.p[0] == '/' || (comp_dir.n > 0 && memchr(comp_dir.p, '\0', comp_dir.n) != NULL))
		comp_dir.n = 0;
	home_of(&h, f, post_str_of(of));
	for (i = 0; i < f->n_sysroot; i++)
		add(&t, &f->sysroot[i], "", comp_dir, name);
	if (name.p[0] != '/')
		add(&t, h.root, "", post_path_dir(h.inner), name);
	add(&t, h.root, "", post_path_dir(h.inner), post_path_last(name));
	for (i = 0; i < f->n_tree; i++) {
		add(&t, f->tree[i].root, f->tree[i].sub, comp_dir, name);
		add(&t, f->tree[i].root, f->tree[i].sub, POST_STR(""), post_path_last(name));
	}
	fd = try_from(&t, step, path);
	tries_free(&t, &h);
	return fd;
}

int
post_find_dwp(struct post_finder *f, const char *of, struct post_buf *path)
{
	struct tries t = { 0 };
	struct post_buf name = { 0 };
	struct home h;
	unsigned step = 0;
	size_t i;
	int fd;

	home_of(&h, f, post_str_of(of));
	post_put(&name, post_path_last(h.inner));
	post_puts(&name, ".dwp");
	add(&t, h.root, "", post_path_dir(h.inner), post_buf_str(&name));
	if (h.mirror.n > 0)
		add_mirrored(&t, f, post_path_dir(h.mirror), post_buf_str(&name));
	for (i = 0; i < f->n_tree; i++)
		add(&t, f->tree[i].root, f->tree[i].sub, POST_STR(""), post_buf_str(&name));
	fd = try_from(&t, &step, path);
	post_buf_free(&name);
	tries_free(&t, &h);
	return fd;
}
