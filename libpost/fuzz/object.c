/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as an ELF file: its symbols lie in its spans and are found again, and all views are readable. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include "../elf/object.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static char dir[] = "/tmp/bt-fuzz.XXXXXX";

static void
remove_dir(void)
{
	rmdir(dir);
}

/* Nothing is found: the file is all there is. */
static struct post_finder *
empty_finder(void)
{
	static const char *const roots[] = { dir };
	static const struct post_find_conf conf = { .sysroot = roots, .n_sysroot = 1 };
	struct post_finder *f;
	struct post_err err;

	if (mkdtemp(dir) == NULL || atexit(remove_dir) != 0 || (f = post_finder_new(&conf, &err)) == NULL)
		abort();
	return f;
}

static uint64_t
sum(struct post_str s)
{
	uint64_t x = 0;
	size_t i;

	for (i = 0; i < s.n; i++)
		x = x * 31 + (unsigned char)s.p[i];
	return x;
}

static void
check_symbols(const struct post_object *o)
{
	const struct post_symtab *t = &o->symtab;
	const struct post_symbol *s, *found;
	size_t i;

	for (i = 0; i < t->n; i++) {
		s = &t->symbol[i];
		assert(s->span < o->n_span && s->addr >= o->span[s->span].lo && s->addr <= o->span[s->span].hi);
		assert(i == 0 || s[-1].span < s->span || (s[-1].span == s->span && s[-1].addr <= s->addr));
		found = post_symtab_at(t, s->addr, s->span);
		assert(found != NULL && found->shown && found->addr == s->addr && found->gap == s->gap);
		assert(i > 64 || post_symtab_named(t, s->name, NULL) != NULL);
	}
	for (i = 0; i < o->n_span; i++)
		assert(o->span[i].lo <= o->span[i].hi && o->span[i].align > 0);
}

static volatile uint64_t sink;

static void
check_debug(struct post_object *o)
{
	static const struct post_str dwo = POST_STR("x.dwo");
	struct post_err err = { 0 };
	size_t i;

	if (post_object_debug(o, 1, &err) == -1) {
		assert(err.code != POST_OK && err.msg[0] != '\0' && o->debug_path == NULL);
		return;
	}
	for (i = 0; i < POST_SECTIONS; i++)
		sink += sum(o->dwarf.main.s[i]) + sum(o->dwarf.alt.s[i]) + sum(o->dwarf.dwp.s[i]);
	for (i = 1; i <= 2; i++)
		assert(o->dwarf.dwo(o->dwarf.arg, dwo, dwo, i) == NULL && o->note != NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct post_finder *finder;
	static char path[sizeof dir + 2];
	struct post_err err = { 0 };
	struct post_object *o;
	int fd = memfd_create("object", MFD_CLOEXEC);

	if (finder == NULL) {
		finder = empty_finder();
		strcat(strcpy(path, dir), "/x");
	}
	if (fd == -1 || write(fd, data, size) != (ssize_t)size)
		abort();
	o = post_object_open(fd, path, finder, &err);
	if (o == NULL) {
		assert(err.code != POST_OK && err.msg[0] != '\0');
		return 0;
	}
	check_symbols(o);
	check_debug(o);
	post_object_free(o);
	return 0;
}
