/* SPDX-License-Identifier: BSD-2-Clause */
/* What an ELF file has: symbols, DWARF and unwind tables, in the file itself and in others. */
#include "made.h"
#include "../elf/cfi.h"
#include "../elf/contents.h"

#define ID BYTES("\x12\x34\x56\x78\x9a\xbc\xde\xf0")

static struct post_contents
contents_of(const char *path)
{
	struct post_object *o = must_open(path);
	struct post_contents c;

	post_object_contents(o, 1, &c);
	post_object_free(o);
	return c;
}

static void
nothing(void **state)
{
	struct made m = library();
	struct post_contents c;

	(void)state;
	c = contents_of(make_elf("bare.so", &m));
	assert_int_equal(c.n_build_id, 0);
	assert_int_equal(c.symbols, POST_SYMBOLS_NONE);
	assert_int_equal(c.debug, POST_DEBUG_NONE);
	assert_null(c.debug_path);
	assert_int_equal(c.alt, POST_ALT_NONE);
	assert_int_equal(c.unwind, 0);
	assert_int_equal(c.code, 0x200);
	assert_int_equal(c.covered, 0);
	assert_null(c.note);
	assert_false(post_contents_has_dwarf(&c));
	assert_false(post_contents_can_unwind(&c));
	post_contents_free(&c);
}

static void
symbols(void **state)
{
	struct made m = library(), inner = { .type = ET_DYN, .data = ELFDATA2LSB };
	struct post_buf elf = { 0 }, xz = { 0 };
	struct post_contents c;

	(void)state;
	put_symbols(&m, SHT_DYNSYM, code, ROWS(code));
	c = contents_of(make_elf("dynamic.so", &m));
	assert_int_equal(c.symbols, POST_SYMBOLS_DYNAMIC);
	post_contents_free(&c);

	inner = library();
	put_symbols(&inner, SHT_SYMTAB, code, ROWS(code));
	get_file(make_elf("inner.so", &inner), &elf);
	put_xz(&xz, post_buf_str(&elf));
	put_part(&m, ".gnu_debugdata", SHT_PROGBITS, 0, post_buf_str(&xz));
	c = contents_of(make_elf("mini.so", &m));
	assert_int_equal(c.symbols, POST_SYMBOLS_MINI);
	assert_int_equal(c.debug, POST_DEBUG_NONE);
	post_contents_free(&c);

	put_symbols(&m, SHT_SYMTAB, code, ROWS(code));
	c = contents_of(make_elf("full.so", &m));
	assert_int_equal(c.symbols, POST_SYMBOLS_FULL);
	assert_false(c.symbols_apart);
	post_contents_free(&c);
	post_buf_free(&elf);
	post_buf_free(&xz);
}

static void
put_link(struct made *m, const char *name, uint32_t crc)
{
	static struct post_arena mem;
	struct post_buf b = { 0 };

	post_puts(&b, name);
	do
		post_putc(&b, '\0');
	while (b.n % 4 != 0);
	put_u32(&b, crc);
	put_part(m, ".gnu_debuglink", SHT_PROGBITS, 0, post_keep(&mem, post_buf_str(&b)));
	post_buf_free(&b);
}

static void
separate(void **state)
{
	struct made m = library(), debug = library();
	struct post_contents c;
	char *path;

	(void)state;
	put_build_id(&m, ID);
	put_link(&m, "other-name.debug", 1);
	put_build_id(&debug, ID);
	put_symbols(&debug, SHT_SYMTAB, code, ROWS(code));
	put_part(&debug, ".debug_info", SHT_PROGBITS, 0, INFO);
	path = make_elf("other-name.debug", &debug);
	c = contents_of(make_elf("linked.so", &m));
	assert_int_equal(c.n_build_id, ID.n);
	assert_memory_equal(c.build_id, ID.p, ID.n);
	assert_int_equal(c.symbols, POST_SYMBOLS_FULL);
	assert_true(c.symbols_apart);
	assert_int_equal(c.debug, POST_DEBUG_BY_LINK);
	assert_string_equal(c.debug_path, path);
	assert_true(post_contents_has_dwarf(&c));
	post_contents_free(&c);
}

static void
by_build_id(void **state)
{
	struct made m = library(), debug = library();
	struct post_finder *with;
	const char *dir[1] = { scratch("debug") };
	const struct post_find_conf conf = { .debug_dir = dir, .n_debug_dir = 1 };
	struct post_contents c;
	struct post_object *o;
	char *path;

	(void)state;
	put_build_id(&m, ID);
	put_build_id(&debug, ID);
	put_part(&debug, ".debug_info", SHT_PROGBITS, 0, INFO);
	assert_int_equal(mkdir(dir[0], 0700), 0);
	assert_int_equal(mkdir(scratch("debug/.build-id"), 0700), 0);
	assert_int_equal(mkdir(scratch("debug/.build-id/12"), 0700), 0);
	make_elf("debug/.build-id/12/3456789abcdef0.debug", &debug);
	assert_non_null(with = post_finder_new(&conf, &err));
	path = make_elf("by-id.so", &m);
	assert_non_null(o = post_object_open(open(path, O_RDONLY), path, with, &err));
	post_object_contents(o, 1, &c);
	assert_int_equal(c.debug, POST_DEBUG_BY_BUILD_ID);
	assert_non_null(strstr(c.debug_path, "/.build-id/12/3456789abcdef0.debug"));
	assert_int_equal(c.symbols, POST_SYMBOLS_NONE);
	post_contents_free(&c);
	post_object_free(o);
	post_finder_free(with);
}

/* A debug file of another build is none, and the note says so. */
static void
misfit(void **state)
{
	struct made m = library(), debug = library();
	struct post_contents c;

	(void)state;
	put_build_id(&m, ID);
	put_link(&m, "misfit.debug", 1);
	put_build_id(&debug, BYTES("another."));
	put_part(&debug, ".debug_info", SHT_PROGBITS, 0, INFO);
	make_elf("misfit.debug", &debug);
	c = contents_of(make_elf("misfit.so", &m));
	assert_int_equal(c.debug, POST_DEBUG_NONE);
	assert_non_null(c.note);
	assert_non_null(strstr(c.note, "another build"));
	post_contents_free(&c);
}

static void
dwz(void **state)
{
	struct made m = library();
	struct post_contents c;

	(void)state;
	put_part(&m, ".debug_info", SHT_PROGBITS, 0, INFO);
	put_part(&m, ".gnu_debugaltlink", SHT_PROGBITS, 0, BYTES("shared.dwz\0\1\2\3\4"));
	c = contents_of(make_elf("dwz.so", &m));
	assert_int_equal(c.debug, POST_DEBUG_OWN);
	assert_int_equal(c.alt, POST_ALT_MISSING);
	assert_non_null(strstr(c.note, "shared.dwz"));
	post_contents_free(&c);
}

/* DWARF 5, 7.5.1.2: a skeleton, whose top entry has the name of its .dwo. */
static void
split(void **state)
{
	static const char unit[] = "\x13\0\0\0" "\5\0" "\4" "\x8" "\0\0\0\0" "\1\2\3\4\5\6\7\x8" "\1" "x\0";
	static const char abbrev[] = "\1\x4a\0\x76\x8\0\0\0";
	struct made m = library();
	struct post_contents c;

	(void)state;
	put_part(&m, ".debug_info", SHT_PROGBITS, 0, (struct post_str){ unit, sizeof unit - 1 });
	put_part(&m, ".debug_abbrev", SHT_PROGBITS, 0, (struct post_str){ abbrev, sizeof abbrev - 1 });
	c = contents_of(make_elf("split.so", &m));
	assert_int_equal(c.units, 1);
	assert_int_equal(c.split, 1);
	assert_int_equal(c.dwo_missing, 1);
	assert_false(post_contents_has_dwarf(&c));
	post_contents_free(&c);
	put_file("x", BYTES("a .dwo, as far as this test is concerned"));
	c = contents_of(scratch("split.so"));
	assert_int_equal(c.dwo_missing, 0);
	assert_true(post_contents_has_dwarf(&c));
	post_contents_free(&c);
}

#define EH_CIE	"\x10\0\0\0" "\0\0\0\0" "\1" "zR\0" "\1\x78\x10" "\1\x1b\0\0\0"
#define EH_FDE(back, size) "\x10\0\0\0" back "\0\0\0" "\0\0\0\0" size "\0\0\0\0"
#define FRAME_CIE "\x14\0\0\0" "\xff\xff\xff\xff" "\4" "\0" "\x8\0" "\1\x78\x10" "\0\0\0\0\0\0\0\0\0"
#define FRAME_FDE(size) "\x14\0\0\0" "\0\0\0\0" "\0\0\0\0\0\0\0\0" size

static void
unwind_tables(void **state)
{
	static const struct {
		struct post_str	bytes;
		bool		eh;
		uint64_t	covered;
	} t[] = {
		{ BYTES(""), true, 0 },
		{ BYTES("\0\0\0\0"), true, 0 },
		{ BYTES(EH_CIE EH_FDE("\x18", "\x40\1\0\0")), true, 0x140 },
		{ BYTES(EH_CIE EH_FDE("\x18", "\x40\0\0\0") EH_FDE("\x2c", "\2\0\0\0") "\0\0\0\0"), true, 0x42 },
		{ BYTES(EH_CIE EH_FDE("\x18", "\x40\0\0\0") "\0\0\0\0" EH_FDE("\x30", "\2\0\0\0")), true, 0x40 },
		{ BYTES(EH_CIE EH_FDE("\x19", "\x40\0\0\0")), true, 0 },
		{ BYTES(EH_CIE EH_FDE("\xff", "\x40\0\0\0")), true, 0 },
		{ BYTES(EH_CIE "\x11\0\0\0"), true, 0 },
		{ BYTES("\x10\0\0\0" "\0\0\0\0" "\1" "zQ\0" "\1\x78\x10" "\1\x1b\0\0\0" EH_FDE("\x18", "\x40\1\0\0")), true, 0 },
		{ BYTES(FRAME_CIE FRAME_FDE("\x33\0\0\0\0\0\0\0")), false, 0x33 },
		{ BYTES(FRAME_CIE FRAME_FDE("\x33\0\0\0\0\0\0\1")), false, 0 },
		{ BYTES("\xff\xff\xff\xff\xff\xff\xff\xff"), false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(t); i++)
		assert_int_equal(post_cfi_covered(&(struct post_cfi){ t[i].bytes, t[i].eh, 8 }), t[i].covered);
}

static void
unwind(void **state)
{
	struct made m = library(), debug = library();
	struct post_contents c;

	(void)state;
	put_build_id(&m, ID);
	put_part(&m, ".eh_frame", SHT_PROGBITS, SHF_ALLOC, BYTES(EH_CIE EH_FDE("\x18", "\x40\1\0\0")));
	put_part(&m, ".eh_frame_hdr", SHT_PROGBITS, SHF_ALLOC, BYTES("\1"));
	c = contents_of(make_elf("unwind.so", &m));
	assert_int_equal(c.unwind, POST_UNWIND_EH_FRAME | POST_UNWIND_EH_FRAME_HDR);
	assert_int_equal(c.covered, 0x140);
	assert_true(post_contents_can_unwind(&c));
	post_contents_free(&c);

	debug.part[1].type = SHT_NOBITS;
	debug.part[1].size = 0x200;
	put_build_id(&debug, ID);
	put_part(&debug, ".debug_info", SHT_PROGBITS, 0, INFO);
	put_part(&debug, ".debug_frame", SHT_PROGBITS, 0, BYTES(FRAME_CIE FRAME_FDE("\x80\1\0\0\0\0\0\0")));
	make_elf("unwind.so.debug", &debug);
	c = contents_of(scratch("unwind.so"));
	assert_int_equal(c.unwind, POST_UNWIND_EH_FRAME | POST_UNWIND_EH_FRAME_HDR | POST_UNWIND_DEBUG_FRAME);
	assert_int_equal(c.covered, 0x180);
	post_contents_free(&c);
	assert_false(post_contents_can_unwind(&(struct post_contents){ .unwind = POST_UNWIND_EH_FRAME, .code = 10000, .covered = 4000 }));
	assert_true(post_contents_can_unwind(&(struct post_contents){ .unwind = POST_UNWIND_EH_FRAME, .code = 10000, .covered = 5000 }));
}

static bool
maps(const struct post_object *o, uint64_t address, uint64_t offset, uint64_t size)
{
	return post_object_maps(o, &(struct post_code_mapping){ address, offset, size });
}

static void
mappings(void **state)
{
	struct made m = library();
	struct post_object *o;
	uint64_t offset = 0;

	(void)state;
	m.segment[1].p_offset = offset = 0x1000;
	m.segment[1].p_filesz = m.segment[1].p_memsz = 0x1800;
	o = must_open(make_elf("mapped.so", &m));
	assert_true(maps(o, 0x7f001000, offset, 0x2000));
	assert_true(maps(o, 0x7f001000, offset, 0x1000));
	assert_true(maps(o, 0x7f002000, offset + 0x1000, 0x1000));
	assert_false(maps(o, 0x7f001000, offset, 0x3000));
	assert_false(maps(o, 0x7f000000, 0, 0x1000));
	assert_false(maps(o, UINT64_MAX, UINT64_MAX, UINT64_MAX));
	post_object_free(o);
}

/* A kernel of 16K or 64K pages, and a segment of larger ones: rounded more, but only what is a multiple of them. */
static void
large_pages(void **state)
{
	struct made m = library();
	struct post_object *o;

	(void)state;
	m.segment[1].p_offset = 0x8d0;
	m.segment[1].p_filesz = m.segment[1].p_memsz = 0x1000;
	o = must_open(make_elf("large.so", &m));
	assert_true(maps(o, 0x400000, 0, 0x2000));
	assert_true(maps(o, 0x400000, 0, 0x4000));
	assert_true(maps(o, 0x400000, 0, 0x10000));
	assert_false(maps(o, 0x401000, 0, 0x10000));
	assert_false(maps(o, 0x400000, 0, 0xf000));
	assert_false(maps(o, 0x400000, 0, 0x20000));
	assert_false(maps(o, 0x400000, 0, 0x200000));
	post_object_free(o);
	m.segment[1].p_align = 0x200000;
	o = must_open(make_elf("huge.so", &m));
	assert_true(maps(o, 0x400000, 0, 0x200000));
	assert_false(maps(o, 0x410000, 0, 0x200000));
	post_object_free(o);
	m.segment[1].p_align = UINT64_C(1) << 63;
	m.segment[1].p_offset = m.segment[1].p_memsz = INT64_MAX;
	o = must_open(make_elf("absurd.so", &m));
	assert_false(maps(o, 0, 0, 0x1000));
	post_object_free(o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing), cmocka_unit_test(symbols), cmocka_unit_test(separate), cmocka_unit_test(by_build_id),
		cmocka_unit_test(misfit), cmocka_unit_test(dwz), cmocka_unit_test(split), cmocka_unit_test(unwind_tables), cmocka_unit_test(unwind),
		cmocka_unit_test(mappings), cmocka_unit_test(large_pages),
	};

	return cmocka_run_group_tests(tests, make_world, end_world);
}
