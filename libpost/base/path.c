/* SPDX-License-Identifier: BSD-2-Clause */
#include "mem.h"
#include "path.h"

struct post_str
post_path_last(struct post_str path)
{
	const char *slash = path.n > 0 ? memrchr(path.p, '/', path.n) : NULL;

	return slash == NULL ? path : post_str_from(path, (size_t)(slash + 1 - path.p));
}

struct post_str
post_path_dir(struct post_str path)
{
	return (struct post_str){ path.p, path.n - post_path_last(path).n };
}

char *
post_path_copy(const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(post_resize(NULL, n, 1), s, n);
}
