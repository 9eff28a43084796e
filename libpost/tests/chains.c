/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * chains own|libdw FILE [--debug-dir DIR]... [--sysroot DIR]... < ADDRESSES
 * chains code FILE [--debug-dir DIR]...
 *
 * The first prints a line for each address, sorted, "0xADDR\tf@a.c:1 < g@b.c:2",
 * innermost first; "?" is what is not known.  The second prints all addresses
 * of the functions whose symbols have "zoo" in their names (_ZT: a table of C++).
 * Exit status: 0, 1 when FILE has no debug information that can be read, 2 for other errors.
 */
#include <err.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include "../dwarf/libdw.h"
#include "../elf/object.h"

enum { DIRS_MAX = 8, JOBS = 2 };

struct addresses {
	uint64_t	*pc;
	size_t		 n, cap;
};

static void
add(struct addresses *a, uint64_t pc)
{
	a->pc = post_room(a->pc, a->n, &a->cap, sizeof *a->pc);
	a->pc[a->n++] = pc;
}

static int
cmp(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Sorted, each once. */
static void
settle(struct addresses *a)
{
	size_t n = 0;

	if (a->n > 0)
		qsort(a->pc, a->n, sizeof *a->pc, cmp);
	for (size_t i = 0; i < a->n; i++)
		if (n == 0 || a->pc[n - 1] != a->pc[i])
			a->pc[n++] = a->pc[i];
	a->n = n;
}

static void
read_addresses(struct addresses *a)
{
	char line[64];

	while (fgets(line, sizeof line, stdin) != NULL)
		add(a, strtoull(line, NULL, 16));
	settle(a);
}

/* What is between a symbol and the next one, as far as it is code. */
static void
add_code(const struct post_object *o, const struct post_symbol *s, struct addresses *a)
{
	for (size_t i = 0; i < o->n_code; i++) {
		const struct post_span *c = &o->code[i];
		uint64_t end = s->gap > 0 && s->gap < c->hi - s->addr ? s->addr + s->gap : c->hi;

		if (s->addr < c->lo || s->addr >= c->hi)
			continue;
		for (uint64_t pc = s->addr; pc < end; pc++)
			add(a, pc);
	}
}

static void
print_code(const struct post_object *o)
{
	struct addresses a = { 0 };

	for (size_t i = 0; i < o->symtab.n; i++) {
		const struct post_symbol *s = &o->symtab.symbol[i];

		if (memmem(s->name.p, s->name.n, "zoo", 3) != NULL && !post_str_starts(s->name, POST_STR("_ZT")))
			add_code(o, s, &a);
	}
	settle(&a);
	for (size_t i = 0; i < a.n; i++)
		printf("0x%" PRIx64 "\n", a.pc[i]);
	free(a.pc);
}

static void
put_site(struct post_buf *b, const struct post_site *s)
{
	size_t n;

	post_put(b, s->function.n > 0 ? s->function : POST_STR("?"));
	post_putc(b, '@');
	n = b->n;
	post_put_file(b, s, false);
	if (b->n == n)
		post_putc(b, '?');
	post_putc(b, ':');
	post_putu(b, s->line);
}

static void
print_chains(const struct addresses *a, const struct post_chains *chains)
{
	struct post_buf b = { 0 };

	for (size_t i = 0; i < a->n; i++) {
		const struct post_call_chain *c = &chains->chain[i];

		b.n = 0;
		post_putf(&b, "0x%" PRIx64 "\t", a->pc[i]);
		for (uint32_t k = 0; k < c->n; k++) {
			post_puts(&b, k > 0 ? " < " : "");
			put_site(&b, &c->site[k]);
		}
		post_puts(&b, c->unread ? "unread\n" : c->n == 0 ? "?\n" : "\n");
		fwrite(b.s, 1, b.n, stdout);
	}
	post_buf_free(&b);
	if (chains->bad_units > 0)
		warnx("%" PRIu64 " units left out: %s", chains->bad_units, chains->first_bad.msg);
}

static int
find_chains(struct post_object *o, bool by_libdw)
{
	struct addresses a = { 0 }, moved = { 0 };
	struct post_chains chains = { 0 };
	struct post_err err = { 0 };
	Dwarf *dwarf = NULL;

	if (post_object_debug(o, JOBS, &err) == -1) {
		warnx("%s", err.msg);
		return 1;
	}
	if (by_libdw && (dwarf = post_object_libdw(o)) == NULL) {
		warnx("libdw cannot read it");
		return 1;
	}
	read_addresses(&a);
	for (size_t i = 0; i < a.n; i++)
		add(&moved, a.pc[i] - o->debug_bias);
	if (by_libdw)
		post_libdw_chains(dwarf, moved.pc, moved.n, &chains);
	else
		post_dwarf_chains(&o->dwarf, moved.pc, moved.n, JOBS, &chains);
	print_chains(&a, &chains);
	post_chains_free(&chains);
	free(moved.pc);
	free(a.pc);
	return 0;
}

/* The directories behind an option. */
static size_t
dirs(int argc, char **argv, const char *option, const char **dir)
{
	size_t n = 0;

	for (int i = 3; i + 1 < argc && n < DIRS_MAX; i += 2)
		if (strcmp(argv[i], option) == 0)
			dir[n++] = argv[i + 1];
	return n;
}

int
main(int argc, char **argv)
{
	const char *debug[DIRS_MAX], *root[DIRS_MAX];
	struct post_find_conf conf = { .debug_dir = debug, .sysroot = root };
	struct post_finder *finder;
	struct post_object *o;
	struct post_err e = { 0 };
	int fd, status = 0;

	if (argc < 3)
		errx(2, "usage: chains own|libdw|code FILE [--debug-dir DIR]... [--sysroot DIR]...");
	conf.n_debug_dir = dirs(argc, argv, "--debug-dir", debug);
	conf.n_sysroot = dirs(argc, argv, "--sysroot", root);
	if ((finder = post_finder_new(&conf, &e)) == NULL)
		errx(2, "%s", e.msg);
	if ((fd = open(argv[2], O_RDONLY | O_CLOEXEC)) == -1)
		err(2, "%s", argv[2]);
	if ((o = post_object_open(fd, argv[2], finder, &e)) == NULL)
		errx(2, "%s", e.msg);
	if (strcmp(argv[1], "code") == 0)
		print_code(o);
	else
		status = find_chains(o, strcmp(argv[1], "libdw") == 0);
	post_object_free(o);
	post_finder_free(finder);
	return fflush(stdout) == EOF ? 2 : status;
}
