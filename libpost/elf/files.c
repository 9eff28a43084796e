/* SPDX-License-Identifier: BSD-2-Clause */
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../io/beneath.h"
#include "files.h"

enum {
	FILES_MAX = 1 << 20,
	BYTES_MAX = 256 << 20,	/* of paths */
	DEPTH_MAX = 64
};

/* Directories to be walked, the last one first. */
struct todo {
	struct dir {
		struct post_str	path;
		unsigned	depth;
	}		*dir;
	size_t		 n, cap;
};

static bool
is_full(struct post_files *t)
{
	t->cut |= t->n_seen >= FILES_MAX || t->mem.used >= BYTES_MAX;
	return t->cut;
}

static void
add_file(struct post_files *t, const struct post_root *root, struct post_str path, struct post_str key)
{
	uint32_t before = t->keys.n, id = post_intern(&t->keys, key);

	if (id == before) {
		t->first = post_room(t->first, id, &t->cap_first, sizeof *t->first);
		t->first[id] = POST_FILES_NONE;
	}
	t->file = post_room(t->file, t->n, &t->cap, sizeof *t->file);
	t->file[t->n] = (struct post_file){ root, post_keep(&t->mem, path), t->first[id] };
	t->first[id] = (int64_t)t->n++;
}

static unsigned char
type_of(int dir, const struct dirent *e)
{
	struct stat st;

	if (e->d_type != DT_UNKNOWN)
		return e->d_type;
	if (fstatat(dir, e->d_name, &st, AT_SYMLINK_NOFOLLOW) == -1)
		return DT_UNKNOWN;
	return S_ISDIR(st.st_mode) ? DT_DIR : S_ISREG(st.st_mode) ? DT_REG : DT_UNKNOWN;
}

static bool
is_entered(struct post_str path)
{
	return !post_str_eq(path, POST_STR("/dev")) && !post_str_eq(path, POST_STR("/proc")) && !post_str_eq(path, POST_STR("/sys"));
}

static void
add_dir(struct post_files *t, struct todo *todo, struct post_str path, unsigned depth)
{
	if (depth > DEPTH_MAX || !is_entered(path))
		return;
	todo->dir = post_room(todo->dir, todo->n, &todo->cap, sizeof *todo->dir);
	todo->dir[todo->n++] = (struct dir){ post_keep(&t->mem, path), depth };
}

static void
walk_dir(struct post_files *t, const struct post_root *root, struct dir d, post_files_key_fn *key, struct todo *todo)
{
	int fd = post_open_in_root(root->fd, d.path.n > 0 ? d.path.p : "/.");
	DIR *dir = fd != -1 ? fdopendir(fd) : NULL;
	struct post_buf path = { 0 }, room = { 0 };
	const struct dirent *e;

	while (dir != NULL && !is_full(t) && (e = readdir(dir)) != NULL) {
		struct post_str name = post_str_of(e->d_name), k;
		unsigned char type = type_of(fd, e);

		if (name.p[0] == '.' && (name.n == 1 || post_str_eq(name, POST_STR(".."))))
			continue;
		t->n_seen++;
		path.n = 0;
		post_put(&path, d.path);
		post_putc(&path, '/');
		post_put(&path, name);
		if (type == DT_DIR)
			add_dir(t, todo, post_buf_str(&path), d.depth + 1);
		else if (type == DT_REG && key(name, &room, &k))
			add_file(t, root, post_buf_str(&path), k);
	}
	if (dir != NULL)
		closedir(dir);
	else if (fd != -1)
		close(fd);
	post_buf_free(&path);
	post_buf_free(&room);
}

void
post_files_add(struct post_files *t, const struct post_root *root, struct post_str sub, post_files_key_fn *key)
{
	struct todo todo = { 0 };

	add_dir(t, &todo, sub, 0);
	while (todo.n > 0 && !is_full(t))
		walk_dir(t, root, todo.dir[--todo.n], key, &todo);
	free(todo.dir);
}

int64_t
post_files_first(struct post_files *t, struct post_str key)
{
	uint32_t before = t->keys.n, id = post_intern(&t->keys, key);

	if (id < before)
		return t->first[id];
	t->first = post_room(t->first, id, &t->cap_first, sizeof *t->first);
	return t->first[id] = POST_FILES_NONE;
}

void
post_files_free(struct post_files *t)
{
	post_names_free(&t->keys);
	post_drop(&t->mem);
	free(t->file);
	free(t->first);
	*t = (struct post_files){ 0 };
}
