/* SPDX-License-Identifier: BSD-2-Clause */
/* The debug information of this program itself: its own functions through libdw, and each row of its line tables both ways. */
#include <dwarf.h>
#include <elfutils/libdw.h>
#include <gelf.h>
#include <link.h>
#include "../dwarf/libdw.h"
#include "../dwarf/lines.h"
#include "support.h"

static int fd;
static Dwarf *dwarf;
static unsigned inner_line, outer_line;

static int
open_self(void **state)
{
	(void)state;
	elf_version(EV_CURRENT);
	fd = open("/proc/self/exe", O_RDONLY);
	dwarf = fd >= 0 ? dwarf_begin(fd, DWARF_C_READ) : NULL;
	return 0;
}

static int
close_self(void **state)
{
	(void)state;
	dwarf_end(dwarf);
	close(fd);
	return 0;
}

static int
take_bias(struct dl_phdr_info *info, size_t size, void *bias)
{
	(void)size;
	*(uint64_t *)bias = info->dlpi_addr;
	return 1;	/* the program is the first */
}

static uint64_t
link_address(const void *p)
{
	uint64_t bias = 0;

	dl_iterate_phdr(take_bias, &bias);
	return (uintptr_t)p - bias;
}

static __attribute__((noinline)) const void *
caller(void)
{
	__asm__ volatile("" ::: "memory");
	return __builtin_return_address(0);
}

static inline __attribute__((always_inline)) void
inner(const void **p)
{
	*p = caller(), inner_line = __LINE__;
}

static __attribute__((noinline)) void
outer(const void **p)
{
	inner(p), outer_line = __LINE__;
	__asm__ volatile("" ::: "memory");
}

static bool
is_here(const struct post_site *s)
{
	struct post_buf b = { 0 };
	bool same_name;

	post_put_file(&b, s, false);
	same_name = post_str_eq(post_buf_str(&b), POST_STR("t-sym-libdw.c"));
	post_buf_free(&b);
	return same_name && post_str_ends(s->file, POST_STR("t-sym-libdw.c"));
}

static void
own_functions(void **state)
{
	struct post_chains c;
	const void *p;
	uint64_t pc;

	(void)state;
	if (dwarf == NULL)
		skip();
	outer(&p);
	pc = link_address(p) - 1;
	post_libdw_chains(dwarf, &pc, 1, &c);
	assert_int_equal(c.n, 1);
	assert_int_equal(c.bad_units, 0);
	assert_int_equal(c.chain[0].n, 2);
	same(c.chain[0].site[0].function, "inner");
	assert_int_equal(c.chain[0].site[0].line, inner_line);
	assert_true(is_here(&c.chain[0].site[0]));
	same(c.chain[0].site[1].function, "outer");
	assert_int_equal(c.chain[0].site[1].line, outer_line);
	assert_true(is_here(&c.chain[0].site[1]));
	post_chains_free(&c);
}

static void
nothing_known(void **state)
{
	static const uint64_t pc[] = { 0, 1, UINT64_MAX - 1, UINT64_MAX };
	struct post_chains c;

	(void)state;
	if (dwarf == NULL)
		skip();
	post_libdw_chains(dwarf, pc, ROWS(pc), &c);
	assert_int_equal(c.n, ROWS(pc));
	for (size_t i = 0; i < c.n; i++)
		assert_int_equal(c.chain[i].n, 0);
	post_chains_free(&c);
	post_libdw_chains(dwarf, NULL, 0, &c);
	assert_int_equal(c.n, 0);
	post_chains_free(&c);
}

/* Many addresses at once get what each gets alone. */
static void
batch(void **state)
{
	enum { N = 400 };
	uint64_t pc[N], first = link_address((const void *)(uintptr_t)batch);
	struct post_chains all, one;

	(void)state;
	if (dwarf == NULL)
		skip();
	for (size_t i = 0; i < N; i++)
		pc[i] = first + 3 * i;
	post_libdw_chains(dwarf, pc, N, &all);
	for (size_t i = 0; i < N; i += 7) {
		const struct post_call_chain *a = &all.chain[i], *b;

		post_libdw_chains(dwarf, &pc[i], 1, &one);
		b = &one.chain[0];
		assert_int_equal(a->n, b->n);
		for (uint32_t k = 0; k < a->n; k++) {
			assert_true(post_str_eq(a->site[k].function, b->site[k].function));
			assert_true(post_str_eq(a->site[k].file, b->site[k].file));
			assert_int_equal(a->site[k].line, b->site[k].line);
		}
		post_chains_free(&one);
	}
	post_chains_free(&all);
}

static void
take_sections(struct post_sections *s)
{
	static const struct {
		const char	*name;
		enum post_section is;
	} names[] = {
		{ ".debug_line", POST_DEBUG_LINE }, { ".debug_str", POST_DEBUG_STR }, { ".debug_line_str", POST_DEBUG_LINE_STR },
	};
	Elf *elf = dwarf_getelf(dwarf);
	Elf_Scn *scn = NULL;
	size_t strings, i;
	GElf_Shdr h;

	assert_int_equal(elf_getshdrstrndx(elf, &strings), 0);
	while ((scn = elf_nextscn(elf, scn)) != NULL)
		for (i = 0; i < ROWS(names); i++) {
			Elf_Data *d;

			assert_non_null(gelf_getshdr(scn, &h));
			if (strcmp(elf_strptr(elf, strings, h.sh_name), names[i].name) != 0)
				continue;
			d = elf_getdata(scn, NULL);
			s->s[names[i].is] = (struct post_str){ d->d_buf, d->d_size };
		}
}

/* libdw does not join the unit's directory with relative ones. */
static void
put_libdw_file(struct post_buf *b, Dwarf_Line *row, struct post_str comp_dir)
{
	const char *path = dwarf_linesrc(row, NULL, NULL);

	if (path[0] != '/' && comp_dir.n > 0) {
		post_put(b, comp_dir);
		post_putc(b, '/');
	}
	post_puts(b, path);
}

/* Where a row of ROWS has a length, it is what we find at its address. */
static void
compare_rows(struct post_lines *l, Dwarf_Lines *rows, size_t n)
{
	uint64_t *pc = post_resize(NULL, n, sizeof *pc);
	struct post_row *got = post_resize(NULL, n, sizeof *got);
	Dwarf_Line **row = post_resize(NULL, n, sizeof(Dwarf_Line *));
	struct post_site site = { 0 };
	struct post_buf file = { 0 }, want = { 0 };
	size_t m = 0;

	for (size_t i = 0; i + 1 < n; i++) {
		Dwarf_Addr addr, next;
		bool end;

		row[m] = dwarf_onesrcline(rows, i);
		dwarf_lineaddr(row[m], &addr);
		dwarf_lineaddr(dwarf_onesrcline(rows, i + 1), &next);
		dwarf_lineendsequence(row[m], &end);
		if (addr < next && !end)
			pc[m++] = addr;
	}
	memset(got, 0, n * sizeof *got);
	assert_int_equal(post_lines_find(l, pc, m, got), 0);
	for (size_t i = 0; i < m; i++) {
		int line;

		dwarf_lineno(row[i], &line);
		assert_true(got[i].found);
		assert_int_equal(got[i].line, line);
		file.n = want.n = 0;
		post_lines_file(l, got[i].file, &site);
		post_put_file(&file, &site, true);
		put_libdw_file(&want, row[i], l->comp_dir);
		same_str(post_buf_str(&file), post_buf_str(&want));
	}
	post_buf_free(&file);
	post_buf_free(&want);
	free(pc);
	free(got);
	free(row);
}

static void
every_row(void **state)
{
	struct post_dwarf d = { .arg = NULL };
	struct post_unit u = { .dwarf = &d, .in = &d.main, .has_lines = true };
	struct post_arena mem = { 0 };
	Dwarf_CU *cu = NULL;
	Dwarf_Die die;
	size_t units = 0;

	(void)state;
	if (dwarf == NULL)
		skip();
	take_sections(&d.main);
	while (dwarf_get_units(dwarf, cu, &cu, NULL, NULL, &die, NULL) == 0) {
		Dwarf_Attribute a;
		Dwarf_Lines *rows;
		struct post_lines l;
		const char *dir;
		size_t n;

		if (dwarf_attr(&die, DW_AT_stmt_list, &a) == NULL || dwarf_formudata(&a, &u.lines) != 0 ||
		    dwarf_getsrclines(&die, &rows, &n) != 0 || n == 0)
			continue;
		dir = dwarf_formstring(dwarf_attr(&die, DW_AT_comp_dir, &a));
		assert_int_equal(post_lines_open(&l, &u, post_str_of(dir != NULL ? dir : ""), &mem), 0);
		compare_rows(&l, rows, n);
		units++;
	}
	assert_true(units > 0);
	post_drop(&mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(own_functions),
		cmocka_unit_test(nothing_known),
		cmocka_unit_test(batch),
		cmocka_unit_test(every_row),
	};

	return cmocka_run_group_tests(tests, open_self, close_self);
}
