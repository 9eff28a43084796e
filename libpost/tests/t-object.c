/* SPDX-License-Identifier: BSD-2-Clause */
/* ELF files: where they are loaded, and which symbols SystemTap has of them. */
#include <link.h>
#include "made.h"

static void
symbols_and_spans(void **state)
{
	struct made m = library();
	struct post_object *o;

	(void)state;
	put_symbols(&m, SHT_SYMTAB, code, ROWS(code));
	o = must_open(make_elf("lib.so", &m));
	symbols_are(o, full);
	assert_true(o->full_symbols);
	assert_int_equal(o->type, POST_OBJECT_DYN);
	assert_int_equal(o->n_span, 1);
	assert_int_equal(o->span[0].lo, 0);
	assert_int_equal(o->span[0].hi, 0x5000);
	assert_int_equal(o->span[0].align, 4096);
	assert_int_equal(o->n_code, 1);
	assert_int_equal(o->code[0].lo, 0x1000);
	assert_int_equal(o->code[0].hi, 0x1200);
	assert_int_equal(o->first_page, 0);
	assert_int_equal(o->image_size, 0x5000);
	assert_int_equal(post_object_debug(o, 1, &err), -1);
	assert_non_null(strstr(err.msg, "no debug information"));
	assert_null(post_object_libdw(o));
	post_object_free(o);
}

static void
programs_at_an_address(void **state)
{
	static const struct made_symbol main_only[] = { { "main", 0x401010, STT_FUNC, 1 }, { "label", 0x401020, STT_NOTYPE, 1 } };
	struct made m = library();
	struct post_object *o;

	(void)state;
	m.type = ET_EXEC;
	m.n_segment = 0;
	put_segment(&m, 0x400040, 0x100, PF_R);
	put_segment(&m, 0x401000, 0x200, PF_R | PF_X);
	m.segment[0].p_align = m.segment[1].p_align = 0x10000;
	m.part[1].addr = 0x401000;
	put_symbols(&m, SHT_DYNSYM, main_only, ROWS(main_only));
	o = must_open(make_elf("exec", &m));
	symbols_are(o, "401010 0 main*");
	assert_false(o->full_symbols || o->kernel);
	assert_int_equal(o->type, POST_OBJECT_EXEC);
	assert_int_equal(o->first_page, 0x400000);
	assert_int_equal(o->span[0].lo, 0x400000);
	assert_int_equal(o->span[0].hi, 0x402000);
	assert_int_equal(o->span[0].align, 0x10000);
	post_object_free(o);
}

/* Its table has labels, too, and begins at _stext. */
static void
kernels(void **state)
{
	static const struct made_symbol symbols[] = {
		{ "_text", UINT64_C(0xffffffff81000000), STT_NOTYPE, 1 }, { "_stext", UINT64_C(0xffffffff81000010), STT_NOTYPE, 1 },
		{ "entry", UINT64_C(0xffffffff81000020), STT_NOTYPE, 1 }, { "do_it", UINT64_C(0xffffffff81000040), STT_FUNC, 1 },
		{ "per_cpu", 0x100, STT_OBJECT, 2 },
	};
	struct made m = { .type = ET_EXEC, .data = ELFDATA2LSB };
	struct post_object *o;

	(void)state;
	m.part[put_part(&m, ".head.text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, BYTES("0123"))].addr = UINT64_C(0xffffffff81000000);
	put_part(&m, ".data..percpu", SHT_PROGBITS, SHF_ALLOC, BYTES("0123"));
	put_segment(&m, UINT64_C(0xffffffff81000000), 0x1000, PF_R | PF_X);
	put_segment(&m, 0, 0x1000, PF_R | PF_W);
	put_segment(&m, UINT64_C(0xffffffff81001000), 0x800, PF_R | PF_W);
	put_symbols(&m, SHT_SYMTAB, symbols, ROWS(symbols));
	o = must_open(make_elf("vmlinux", &m));
	assert_true(o->kernel);
	symbols_are(o, "ffffffff81000010 10 _stext*, ffffffff81000020 20 entry*, ffffffff81000040 0 do_it*");
	assert_int_equal(o->span[0].lo, UINT64_C(0xffffffff81000000));
	assert_int_equal(o->span[0].hi, UINT64_C(0xffffffff81002000));
	post_object_free(o);
}

static void
big_endian(void **state)
{
	struct made m = library();
	struct post_object *o;

	(void)state;
	m.data = ELFDATA2MSB;
	put_symbols(&m, SHT_SYMTAB, code, ROWS(code));
	put_part(&m, ".debug_info", SHT_PROGBITS, 0, INFO);
	o = must_open(make_elf("big.so", &m));
	symbols_are(o, full);
	assert_int_equal(post_object_debug(o, 1, &err), 0);
	assert_int_equal(o->dwarf.main.s[POST_DEBUG_INFO].n, 0);
	assert_non_null(post_object_libdw(o));
	post_object_free(o);
}

static void
refused(void **state)
{
	struct made core = library(), empty = library(), wrapped = library(), mini = library();
	struct post_buf zeros = { 0 }, bomb = { 0 };
	const char *path[8];
	size_t i, n = 0;

	(void)state;
	core.type = ET_CORE;
	empty.n_segment = 0;
	wrapped.segment[1].p_vaddr = UINT64_MAX - 0x10;
	wrapped.segment[1].p_memsz = 0x400;
	put_part(&mini, ".gnu_debugdata", SHT_PROGBITS, 0, BYTES("\xfd" "7zXZ\0\0\4 and no more"));
	post_buf_grow(&zeros, 32 << 20);
	memset(zeros.s, 0, zeros.n = 32 << 20);
	put_zstd(&bomb, post_buf_str(&zeros));
	path[n++] = put_file("text", BYTES("this is not an ELF file"));
	path[n++] = put_file("nothing", BYTES(""));
	path[n++] = put_file("bomb.ko.zst", post_buf_str(&bomb));
	path[n++] = make_elf("core", &core);
	path[n++] = make_elf("empty.so", &empty);
	path[n++] = make_elf("wrapped.so", &wrapped);
	path[n++] = make_elf("mini.so", &mini);
	path[n++] = scratch_dir;
	for (i = 0; i < n; i++) {
		err = (struct post_err){ 0 };
		assert_null(post_object_open(open(path[i], O_RDONLY), path[i], finder, &err));
		assert_true(err.code != POST_OK && strstr(err.msg, path[i]) != NULL);
	}
	post_buf_free(&zeros);
	post_buf_free(&bomb);
}

/* As far as it is there, or with other bytes in it: whatever it is then, nothing breaks. */
static void
damaged(void **state)
{
	struct rng r = rng_start("damaged");
	struct made m = library();
	struct post_buf file = { 0 }, copy = { 0 };
	char *path;
	size_t i, k;

	(void)state;
	put_symbols(&m, SHT_SYMTAB, code, ROWS(code));
	put_part(&m, ".debug_info", SHT_PROGBITS, 0, INFO);
	put_part(&m, ".gnu_debugaltlink", SHT_PROGBITS, 0, BYTES("alt.debug\0altaltal"));
	put_build_id(&m, BYTES("abcdefgh"));
	get_file(path = make_elf("damaged.so", &m), &file);
	for (i = 0; i < 2000; i++) {
		struct post_object *o;

		copy.n = 0;
		post_put(&copy, (struct post_str){ file.s, i % 4 == 0 ? below(&r, file.n) : file.n });
		for (k = below(&r, 4); k > 0 && copy.n > 0; k--)
			copy.s[below(&r, copy.n)] = (char)rng(&r);
		put_file("damaged.so", post_buf_str(&copy));
		o = post_object_open(open(path, O_RDONLY), path, finder, &err);
		if (o != NULL)
			post_object_debug(o, 1, &err);
		post_object_free(o);
	}
	post_buf_free(&file);
	post_buf_free(&copy);
}

static int
base_of_program(struct dl_phdr_info *p, size_t size, void *base)
{
	(void)size;
	*(uint64_t *)base = p->dlpi_addr;
	return 1;
}

/* This program, as the compiler made it. */
static void
this_program(void **state)
{
	struct post_object *o = must_open("/proc/self/exe");
	const struct post_symbol *s = post_symtab_named(&o->symtab, POST_STR("this_program"), NULL);
	uint64_t base = 0, link;

	(void)state;
	dl_iterate_phdr(base_of_program, &base);
	link = (uint64_t)(uintptr_t)this_program - base;
	if (s == NULL && !o->full_symbols)
		skip();
	assert_non_null(s);
	assert_int_equal(s->addr, link);
	s = post_symtab_at(&o->symtab, link + 1, 0);
	same(s->name, "this_program");
	assert_true(link >= o->code[0].lo && link < o->code[o->n_code - 1].hi);
	post_object_free(o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(symbols_and_spans), cmocka_unit_test(programs_at_an_address), cmocka_unit_test(kernels),
		cmocka_unit_test(big_endian), cmocka_unit_test(refused), cmocka_unit_test(damaged), cmocka_unit_test(this_program),
	};

	return cmocka_run_group_tests_name("object", tests, make_world, end_world);
}
