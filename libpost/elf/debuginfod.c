/* SPDX-License-Identifier: BSD-2-Clause */
#include <dlfcn.h>
#include <stdlib.h>
#include "../base/mem.h"
#include "debuginfod.h"

/* The functions of debuginfod_find_debuginfo(3). */
typedef void *begin_fn(void);
typedef int find_fn(void *client, const unsigned char *build_id, int n, char **path);
typedef void end_fn(void *client);

struct post_debuginfod {
	void	*library, *client;
	find_fn	*find;
	end_fn	*end;
};

struct post_debuginfod *
post_debuginfod_new(void)
{
	const char *urls = getenv("DEBUGINFOD_URLS");
	struct post_debuginfod d;
	struct post_debuginfod *made;
	begin_fn *begin;

	if (urls == NULL || urls[0] == '\0' || (d.library = dlopen("libdebuginfod.so.1", RTLD_NOW | RTLD_LOCAL)) == NULL)
		return NULL;
	begin = (begin_fn *)(uintptr_t)dlsym(d.library, "debuginfod_begin");
	d.find = (find_fn *)(uintptr_t)dlsym(d.library, "debuginfod_find_debuginfo");
	d.end = (end_fn *)(uintptr_t)dlsym(d.library, "debuginfod_end");
	if (begin == NULL || d.find == NULL || d.end == NULL || (d.client = begin()) == NULL) {
		dlclose(d.library);
		return NULL;
	}
	made = post_resize(NULL, 1, sizeof *made);
	*made = d;
	return made;
}

void
post_debuginfod_free(struct post_debuginfod *d)
{
	if (d == NULL)
		return;
	d->end(d->client);
	dlclose(d->library);
	free(d);
}

int
post_debuginfod_find(struct post_debuginfod *d, struct post_str build_id, struct post_buf *path)
{
	char *got = NULL;
	int fd = d->find(d->client, (const unsigned char *)build_id.p, (int)build_id.n, &got);

	if (fd >= 0 && got != NULL)
		post_puts(path, got);
	free(got);
	return fd >= 0 ? fd : -1;
}
