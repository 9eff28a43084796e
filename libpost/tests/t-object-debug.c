/* SPDX-License-Identifier: BSD-2-Clause */
/* Debug information in all the places where it may be: packed, in files beside it, in kernel modules. */
#include "made.h"
#include "../elf/unpack.h"

/* The header of a section packed with TYPE (Elf64_Chdr), that claims SIZE bytes. */
static void
put_chdr(struct post_buf *b, uint32_t type, uint64_t size)
{
	const Elf64_Chdr c = { .ch_type = type, .ch_size = size, .ch_addralign = 1 };

	post_put(b, (struct post_str){ (const char *)&c, sizeof c });
}

static void
put_zlib(struct post_buf *b, struct post_str s)
{
	uLongf n = compressBound(s.n);

	post_buf_grow(b, n);
	assert_int_equal(compress((Bytef *)b->s + b->n, &n, (const Bytef *)s.p, s.n), Z_OK);
	b->n += n;
}

enum packing { PLAIN, ZLIB, ZSTD, ZDEBUG };

static void
put_packed(struct post_buf *b, enum packing how, uint64_t claim, struct post_str s)
{
	int i;

	b->n = 0;
	switch (how) {
	case PLAIN:
		post_put(b, s);
		break;
	case ZLIB:
		put_chdr(b, ELFCOMPRESS_ZLIB, claim);
		put_zlib(b, s);
		break;
	case ZSTD:
		put_chdr(b, 2, claim);
		put_zstd(b, s);
		break;
	case ZDEBUG:
		post_puts(b, "ZLIB");
		for (i = 56; i >= 0; i -= 8)
			post_putc(b, (char)(claim >> i));
		put_zlib(b, s);
	}
}

/* A file with .debug_info and .debug_str packed HOW. */
static char *
make_packed(const char *name, enum packing how, uint64_t claim, size_t cut)
{
	struct post_buf a = { 0 }, b = { 0 };
	struct made m = library();
	uint64_t flags = how == ZLIB || how == ZSTD ? SHF_COMPRESSED : 0;
	char *path;

	put_packed(&a, how, claim, INFO);
	put_packed(&b, how, 7, BYTES("string\0"));
	a.n -= cut;
	put_part(&m, how == ZDEBUG ? ".zdebug_info" : ".debug_info", SHT_PROGBITS, flags, post_buf_str(&a));
	put_part(&m, how == ZDEBUG ? ".zdebug_str" : ".debug_str", SHT_PROGBITS, flags, post_buf_str(&b));
	put_part(&m, ".debug_line", SHT_PROGBITS, 0, BYTES("lines"));
	put_part(&m, ".debug_loclists", SHT_PROGBITS, SHF_COMPRESSED, BYTES("never looked at"));
	put_part(&m, ".debug_ranges", SHT_NOBITS, 0, BYTES(""));
	path = make_elf(name, &m);
	post_buf_free(&a);
	post_buf_free(&b);
	return path;
}

static void
packed_sections(void **state)
{
	enum packing how;
	unsigned jobs;

	(void)state;
	for (how = PLAIN; how <= ZDEBUG; how++)
		for (jobs = 1; jobs <= 4; jobs += 3) {
			struct post_object *o = must_open(make_packed("packed.so", how, sizeof info, 0));

			assert_int_equal(post_object_debug(o, jobs, &err), 0);
			same_str(o->dwarf.main.s[POST_DEBUG_INFO], INFO);
			same_str(o->dwarf.main.s[POST_DEBUG_STR], BYTES("string\0"));
			same_str(o->dwarf.main.s[POST_DEBUG_LINE], BYTES("lines"));
			assert_int_equal(o->dwarf.main.s[POST_DEBUG_RANGES].n, 0);
			assert_string_equal(o->debug_path, o->path);
			assert_int_equal(post_object_debug(o, jobs, &err), 0);
			assert_non_null(post_object_libdw(o));
			assert_ptr_equal(post_object_libdw(o), post_object_libdw(o));
			post_object_free(o);
		}
}

static void
packed_badly(void **state)
{
	static const struct {
		enum packing	how;
		uint64_t	claim;
		size_t		cut;
		const char	*says;
	} rows[] = {
		{ ZLIB, sizeof info, 10, "ends too early" }, { ZLIB, sizeof info + 1, 0, "ends too early" }, { ZSTD, sizeof info, 10, ".debug_info" },
		{ ZSTD, sizeof info + 1, 0, "ends too early" }, { ZSTD, sizeof info - 1, 0, ".debug_info" }, { ZDEBUG, sizeof info + 1, 0, "ends too early" },
		{ ZLIB, UINT64_C(1) << 33, 0, "claim" }, { ZSTD, UINT64_MAX, 0, "claim" }, { ZDEBUG, UINT64_C(1) << 62, 0, "claim" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		char *path = make_packed("bad.so", rows[i].how, rows[i].claim, rows[i].cut);
		struct post_object *o = post_object_open(open(path, O_RDONLY), path, finder, &err);

		if (o != NULL) {
			assert_int_equal(post_object_debug(o, 2, &err), -1);
			assert_null(o->debug_path);
		}
		if (strstr(err.msg, rows[i].says) == NULL)
			print_error("row %zu: %s\n", i, err.msg);
		assert_non_null(strstr(err.msg, rows[i].says));
		assert_true(err.code == POST_EFORMAT || err.code == POST_ELIMIT);
		if (o != NULL)
			assert_int_equal(post_object_debug(o, 2, &err), -1);
		post_object_free(o);
	}
}

static void
put_link(struct post_buf *b, const char *name, uint32_t crc)
{
	post_put(b, (struct post_str){ name, strlen(name) + 1 });
	while (b->n % 4 != 0)
		post_putc(b, '\0');
	post_put(b, (struct post_str){ (const char *)&crc, sizeof crc });
}

/* A library without DWARF, and the file that it names as its debug file. */
static char *
make_parted(const char *name, const char *debug, struct post_str id, struct post_str debug_id, uint32_t crc_off)
{
	struct made m = library(), d = library();
	struct post_buf link = { 0 }, text = { 0 };
	char *path;

	d.part[1].type = SHT_NOBITS;
	d.part[1].size = 0x200;
	d.part[1].bytes = BYTES("");
	put_part(&d, ".debug_info", SHT_PROGBITS, 0, INFO);
	put_symbols(&d, SHT_SYMTAB, code, ROWS(code));
	if (debug_id.n > 0)
		put_build_id(&d, debug_id);
	get_file(make_elf(debug, &d), &text);
	put_link(&link, debug, (uint32_t)crc32(0, (const Bytef *)text.s, (uInt)text.n) + crc_off);
	put_part(&m, ".gnu_debuglink", SHT_PROGBITS, 0, post_buf_str(&link));
	if (id.n > 0)
		put_build_id(&m, id);
	path = make_elf(name, &m);
	post_buf_free(&link);
	post_buf_free(&text);
	return path;
}

static void
debug_files(void **state)
{
	static const struct {
		struct post_str	 id, debug_id;
		uint32_t	 crc_off;
		const char	*says;		/* NULL: it fits */
	} rows[] = {
		{ POST_STR(""), POST_STR(""), 0, NULL }, { POST_STR(""), POST_STR(""), 1, "checksum" },
		{ POST_STR("abcdefgh"), POST_STR("abcdefgh"), 1, NULL }, { POST_STR("abcdefgh"), POST_STR("abcdefgx"), 0, "build-id" },
		{ POST_STR("abcdefgh"), POST_STR(""), 0, NULL }, { POST_STR("abcdefgh"), POST_STR(""), 1, "checksum" },
	};
	struct post_object *o;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		o = must_open(make_parted("parted.so", "parted.dbg", rows[i].id, rows[i].debug_id, rows[i].crc_off));
		symbols_are(o, rows[i].says == NULL ? full : "");
		assert_int_equal(o->full_symbols, rows[i].says == NULL);
		assert_int_equal(post_object_debug(o, 1, &err), rows[i].says == NULL ? 0 : -1);
		if (rows[i].says != NULL)
			assert_non_null(strstr(err.msg, rows[i].says));
		else {
			same_str(o->dwarf.main.s[POST_DEBUG_INFO], INFO);
			assert_string_equal(o->debug_path, scratch("parted.dbg"));
			assert_int_equal(o->debug_bias, 0);
			assert_null(o->note);
			assert_non_null(post_object_libdw(o));
		}
		post_object_free(o);
	}
}

/* prelink(8) changed the file, and not its debug file. */
static void
prelinked(void **state)
{
	char *path = make_parted("pre.so", "pre.so.debug", BYTES("abcdefgh"), BYTES("abcdefgh"), 0);
	struct made m = library();
	struct post_object *o;
	size_t i;

	(void)state;
	put_build_id(&m, BYTES("abcdefgh"));
	for (i = 0; i < m.n_segment; i++)
		m.segment[i].p_vaddr += UINT64_C(0x3a00000000);
	m.part[1].addr += UINT64_C(0x3a00000000);
	o = must_open(make_elf("pre.so", &m));
	assert_int_equal(o->first_page, UINT64_C(0x3a00000000));
	assert_int_equal(post_object_debug(o, 1, &err), 0);
	assert_int_equal(o->debug_bias, UINT64_C(0x3a00000000));
	assert_int_equal(post_symtab_named(&o->symtab, POST_STR("f"), NULL)->addr, UINT64_C(0x3a00001010));
	assert_string_equal(o->path, path);
	post_object_free(o);
}

/* A file that lost a part to "alt.debug", with build-id "altaltal". */
static char *
make_with_alt(const char *name)
{
	struct made m = library();

	put_part(&m, ".debug_info", SHT_PROGBITS, 0, INFO);
	put_part(&m, ".gnu_debugaltlink", SHT_PROGBITS, 0, BYTES("alt.debug\0altaltal"));
	return make_elf(name, &m);
}

static void
alt_files(void **state)
{
	static const char *const ids[] = { "altaltal", "othernot" };
	struct post_object *o = must_open(make_with_alt("alt.so"));
	size_t i;

	(void)state;
	assert_int_equal(post_object_debug(o, 1, &err), 0);
	assert_non_null(strstr(o->note, "alt.debug"));
	assert_int_equal(o->dwarf.alt.s[POST_DEBUG_STR].n, 0);
	assert_non_null(post_object_libdw(o));
	assert_non_null(dwarf_getalt(post_object_libdw(o)));
	post_object_free(o);
	for (i = 0; i < ROWS(ids); i++) {
		struct made m = library();

		put_build_id(&m, post_str_of(ids[i]));
		put_part(&m, ".debug_info", SHT_PROGBITS, 0, INFO);
		put_part(&m, ".debug_str", SHT_PROGBITS, 0, BYTES("moved\0"));
		make_elf("alt.debug", &m);
		o = must_open(make_with_alt("alt.so"));
		assert_int_equal(post_object_debug(o, 1, &err), 0);
		same_str(o->dwarf.alt.s[POST_DEBUG_STR], i == 0 ? BYTES("moved\0") : BYTES(""));
		assert_int_equal(o->note == NULL, i == 0);
		assert_non_null(post_object_libdw(o));
		post_object_free(o);
	}
}

/* .debug_sup with a checksum of less than 128 bytes. */
static void
put_sup(struct made *m, struct post_buf *b, char supplementary, const char *name, struct post_str sum)
{
	b->n = 0;
	post_put(b, BYTES("\5\0"));
	post_putc(b, supplementary);
	post_put(b, (struct post_str){ name, strlen(name) + 1 });
	put_varying(b, sum.n);
	post_put(b, sum);
	put_part(m, ".debug_sup", SHT_PROGBITS, 0, post_buf_str(b));
}

static char *
make_with_sup(struct post_str sum, size_t cut)
{
	struct made m = library();
	struct post_buf b = { 0 };
	char *path;

	put_part(&m, ".debug_info", SHT_PROGBITS, 0, INFO);
	put_sup(&m, &b, 0, "sup.debug", sum);
	m.part[m.n - 1].bytes.n -= cut;
	path = make_elf("sup.so", &m);
	post_buf_free(&b);
	return path;
}

/* The file that lost a part names it the way of DWARF 5. */
static void
supplementary_files(void **state)
{
	static const struct {
		struct post_str	 sum, other, id;	/* id: of a file without .debug_sup */
		char		 supplementary;
		const char	*says;			/* NULL: it fits */
	} rows[] = {
		{ POST_STR("12345678"), POST_STR("12345678"), POST_STR(""), 1, NULL }, { POST_STR("12345678"), POST_STR(""), POST_STR(""), 1, NULL },
		{ POST_STR(""), POST_STR("12345678"), POST_STR(""), 1, NULL },
		{ POST_STR("12345678"), POST_STR("12345679"), POST_STR(""), 1, "sup.debug is of another build, by its checksum" },
		{ POST_STR("12345678"), POST_STR("12345678"), POST_STR(""), 0, "sup.debug is no supplementary file" },
		{ POST_STR("12345678"), POST_STR(""), POST_STR("12345678"), 0, NULL },
		{ POST_STR("12345678"), POST_STR(""), POST_STR("12345679"), 0, "build-id" },
		{ POST_STR(""), POST_STR(""), POST_STR("12345678"), 0, "sup.debug is no supplementary file" },
	};
	struct post_buf b = { 0 };
	struct post_object *o;
	size_t i;

	(void)state;
	o = must_open(make_with_sup(BYTES("12345678"), 0));
	assert_int_equal(post_object_debug(o, 1, &err), 0);
	assert_string_equal(o->note, "sup.debug, which has a part of its debug information, was not found");
	assert_non_null(dwarf_getalt(post_object_libdw(o)));
	post_object_free(o);
	for (i = 0; i < ROWS(rows); i++) {
		struct made m = library();

		if (rows[i].id.n > 0)
			put_build_id(&m, rows[i].id);
		else
			put_sup(&m, &b, rows[i].supplementary, "", rows[i].other);
		put_part(&m, ".debug_info", SHT_PROGBITS, 0, INFO);
		put_part(&m, ".debug_str", SHT_PROGBITS, 0, BYTES("moved\0"));
		make_elf("sup.debug", &m);
		o = must_open(make_with_sup(rows[i].sum, 0));
		assert_int_equal(post_object_debug(o, 1, &err), 0);
		same_str(o->dwarf.alt.s[POST_DEBUG_STR], rows[i].says == NULL ? BYTES("moved\0") : BYTES(""));
		assert_int_equal(o->note == NULL, rows[i].says == NULL);
		if (rows[i].says != NULL) {
			assert_non_null(strstr(o->note, "sup.debug, which has a part"));
			assert_non_null(strstr(o->note, rows[i].says));
		}
		assert_non_null(post_object_libdw(o));
		post_object_free(o);
	}
	for (i = 1; i <= 21; i++) {
		o = must_open(make_with_sup(BYTES("12345678"), i));
		assert_int_equal(post_object_debug(o, 1, &err), 0);
		assert_string_equal(o->note, "its .debug_sup cannot be read");
		post_object_free(o);
	}
	post_buf_free(&b);
}

/* The header of a split unit of DWARF 5 with ID. */
static struct post_str
split_unit(struct post_buf *b, uint64_t id)
{
	b->n = 0;
	post_put(b, BYTES("\x10\0\0\0" "\x05\0" "\x05" "\x08" "\0\0\0\0"));
	post_put(b, (struct post_str){ (const char *)&id, sizeof id });
	return post_buf_str(b);
}

static void
split_units(void **state)
{
	struct made m = library(), dwo = { .type = ET_REL, .data = ELFDATA2LSB };
	struct post_buf unit = { 0 }, packed = { 0 };
	const struct post_sections *s;
	struct post_object *o;

	(void)state;
	put_packed(&packed, ZSTD, 20, split_unit(&unit, 77));
	put_part(&dwo, ".debug_info.dwo", SHT_PROGBITS, SHF_COMPRESSED, post_buf_str(&packed));
	put_part(&dwo, ".debug_str.dwo", SHT_PROGBITS, 0, BYTES("split\0"));
	make_elf("a.dwo", &dwo);
	put_part(&dwo, ".debug_cu_index", SHT_PROGBITS, 0, BYTES("index"));
	make_elf("split.so.dwp", &dwo);
	put_part(&m, ".debug_info", SHT_PROGBITS, 0, INFO);
	o = must_open(make_elf("split.so", &m));
	assert_int_equal(post_object_debug(o, 1, &err), 0);
	same_str(o->dwarf.dwp.s[POST_DEBUG_CU_INDEX], BYTES("index"));
	same_str(o->dwarf.dwp.s[POST_DEBUG_STR], BYTES("split\0"));
	s = o->dwarf.dwo(o->dwarf.arg, post_str_of(scratch_dir), POST_STR("a.dwo"), 77);
	assert_non_null(s);
	same_str(s->s[POST_DEBUG_INFO], split_unit(&unit, 77));
	same_str(s->s[POST_DEBUG_STR], BYTES("split\0"));
	assert_ptr_equal(s, o->dwarf.dwo(o->dwarf.arg, post_str_of(scratch_dir), POST_STR("a.dwo"), 77));
	assert_null(o->note);
	assert_null(o->dwarf.dwo(o->dwarf.arg, POST_STR("/gone"), POST_STR("b/a.dwo"), 78));
	assert_non_null(strstr(o->note, "another build's .dwo file of a unit, /"));
	post_object_free(o);
	post_buf_free(&unit);
	post_buf_free(&packed);
}

static void
missing_units(void **state)
{
	struct made m = library(), none = { .type = ET_REL, .data = ELFDATA2LSB };
	struct post_object *o;
	char name[24];
	int i;

	(void)state;
	put_part(&none, ".debug_str.dwo", SHT_PROGBITS, 0, BYTES("split\0"));
	make_elf("none.dwo", &none);
	put_part(&m, ".debug_info", SHT_PROGBITS, 0, INFO);
	o = must_open(make_elf("missing.so", &m));
	assert_int_equal(post_object_debug(o, 1, &err), 0);
	assert_null(o->note);
	assert_null(o->dwarf.dwo(o->dwarf.arg, POST_STR("/gone"), POST_STR("x0.dwo"), 0));
	assert_string_equal(o->note, "no .dwo file of a unit, x0.dwo");
	for (i = 0; i < 24; i++) {
		snprintf(name, sizeof name, "x%d.dwo", i / 2);
		assert_null(o->dwarf.dwo(o->dwarf.arg, POST_STR("/gone"), post_str_of(name), (uint64_t)i / 2));
	}
	assert_string_equal(o->note, "no .dwo file of 12 units, such as x0.dwo");
	assert_null(o->dwarf.dwo(o->dwarf.arg, POST_STR("/gone"), POST_STR("none.dwo"), 0));
	assert_non_null(strstr(o->note, "none.dwo: no .debug_info.dwo; no .dwo file of 12 units, such as x0.dwo"));
	post_object_free(o);
}

/* The address of .init.text is to stand in .debug_info. */
static struct made
module(struct post_buf *rela, struct post_str debug_info, uint64_t flags)
{
	static const struct made_symbol symbols[] = {
		{ "start", 0, STT_FUNC, 1 }, { "label", 4, STT_NOTYPE, 1 }, { "init", 2, STT_FUNC, 2 }, { "table", 0, STT_OBJECT, 3 },
		{ "elsewhere", 0, STT_NOTYPE, SHN_UNDEF },
	};
	const Elf64_Rela r = { .r_offset = 8, .r_info = ELF64_R_INFO(3, R_X86_64_64), .r_addend = 1 };
	struct made m = { .type = ET_REL, .data = ELFDATA2LSB };
	size_t symtab, at, of;

	put_part(&m, ".text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, BYTES("0123456789abcdef"));
	put_part(&m, ".init.text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, BYTES("01234567"));
	put_part(&m, ".data", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE, BYTES("0123"));
	symtab = put_symbols(&m, SHT_SYMTAB, symbols, ROWS(symbols));
	of = put_part(&m, ".debug_info", SHT_PROGBITS, flags, debug_info);
	post_put(rela, (struct post_str){ (const char *)&r, sizeof r });
	at = put_part(&m, ".rela.debug_info", SHT_RELA, SHF_INFO_LINK, post_buf_str(rela));
	m.part[at].as = ELF_T_RELA;
	m.part[at].link = (GElf_Word)symtab;
	m.part[at].info = (GElf_Word)of;
	m.part[at].entsize = sizeof r;
	return m;
}

static void
check_module(const char *path)
{
	struct post_object *o = must_open(path);
	const struct post_symbol *init = post_symtab_named(&o->symtab, POST_STR("init"), NULL);
	struct post_str s;
	uint64_t addr;

	assert_int_equal(o->type, POST_OBJECT_REL);
	assert_int_equal(o->n_span, 3);
	assert_int_equal(o->n_code, 2);
	same(o->span[1].name, ".init.text");
	assert_int_equal(o->span[1].hi - o->span[1].lo, 8);
	assert_non_null(init);
	assert_int_equal(init->span, 1);
	assert_int_equal(init->addr, o->span[1].lo + 2);
	assert_int_equal(init->gap, 0);
	assert_int_equal(post_symtab_named(&o->symtab, POST_STR("start"), NULL)->gap, 4);
	assert_non_null(post_symtab_named(&o->symtab, POST_STR("label"), NULL));
	assert_null(post_symtab_named(&o->symtab, POST_STR("elsewhere"), NULL));
	assert_int_equal(post_object_debug(o, 1, &err), 0);
	s = o->dwarf.main.s[POST_DEBUG_INFO];
	assert_int_equal(s.n, 16);
	assert_memory_equal(s.p, "debug---", 8);
	memcpy(&addr, s.p + 8, sizeof addr);
	assert_int_equal(addr, init->addr + 1);
	assert_non_null(post_object_libdw(o));
	post_object_free(o);
}

static void
kernel_modules(void **state)
{
	const struct post_str debug = BYTES("debug---________");
	struct post_buf rela = { 0 }, packed = { 0 }, file = { 0 };
	struct made m = module(&rela, debug, 0);

	(void)state;
	get_file(make_elf("plain.ko", &m), &file);
	check_module(scratch("plain.ko"));
	put_gzip(&packed, post_buf_str(&file), 6);
	check_module(put_file("gzip.ko.gz", post_buf_str(&packed)));
	packed.n = 0;
	put_zstd(&packed, post_buf_str(&file));
	check_module(put_file("zstd.ko.zst", post_buf_str(&packed)));
	packed.n = 0;
	put_xz(&packed, post_buf_str(&file));
	check_module(put_file("xz.ko.xz", post_buf_str(&packed)));
	put_packed(&packed, ZSTD, 16, debug);
	rela.n = 0;
	m = module(&rela, post_buf_str(&packed), SHF_COMPRESSED);
	check_module(make_elf("zstd-inside.ko", &m));
	put_packed(&packed, ZLIB, 16, debug);
	rela.n = 0;
	m = module(&rela, post_buf_str(&packed), SHF_COMPRESSED);
	check_module(make_elf("zlib-inside.ko", &m));
	post_buf_free(&rela);
	post_buf_free(&packed);
	post_buf_free(&file);
}

/* The size of xz data is told from its chunks. */
static void
sizes_of_xz(void **state)
{
	struct post_buf b = { 0 };
	struct post_str s;
	size_t n;

	(void)state;
	put_xz(&b, (struct post_str){ info, 0 });
	assert_int_equal(post_xz_size(post_buf_str(&b)), 0);
	b.n = 0;
	post_buf_grow(&b, 5000);
	memset(b.s, 'x', 5000);
	s = (struct post_str){ b.s, 2500 };
	b.n = 2500;
	put_xz(&b, s);
	s = post_str_from(post_buf_str(&b), 2500);
	assert_int_equal(post_xz_size(s), 2500);
	for (n = 0; n <= s.n - 24; n++)		/* behind them are an index of 12 bytes and a footer of 12 */
		assert_int_equal(post_xz_size((struct post_str){ s.p, n }), -1);
	post_buf_free(&b);
}

/* .gnu_debugdata: the locals that strip(1) took away. */
static void
minidebuginfo(void **state)
{
	static const struct made_symbol dynamic[] = { { "shared", 0x1080, STT_FUNC, 1 } }, local[] = { { "hidden", 0x1020, STT_FUNC, 1 } };
	struct made m = library(), mini = library();
	struct post_buf inner = { 0 }, xz = { 0 };
	struct post_object *o;

	(void)state;
	mini.part[1].type = SHT_NOBITS;
	put_symbols(&mini, SHT_SYMTAB, local, ROWS(local));
	get_file(make_elf("mini", &mini), &inner);
	put_xz(&xz, post_buf_str(&inner));
	put_symbols(&m, SHT_DYNSYM, dynamic, ROWS(dynamic));
	put_part(&m, ".gnu_debugdata", SHT_PROGBITS, 0, post_buf_str(&xz));
	o = must_open(make_elf("mini.so", &m));
	symbols_are(o, "1020 60 hidden*, 1080 0 shared*");
	assert_true(o->full_symbols);
	assert_int_equal(post_object_debug(o, 1, &err), -1);
	post_object_free(o);
	post_buf_free(&inner);
	post_buf_free(&xz);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(packed_sections), cmocka_unit_test(packed_badly), cmocka_unit_test(debug_files), cmocka_unit_test(prelinked),
		cmocka_unit_test(alt_files), cmocka_unit_test(supplementary_files), cmocka_unit_test(split_units), cmocka_unit_test(missing_units),
		cmocka_unit_test(kernel_modules), cmocka_unit_test(sizes_of_xz), cmocka_unit_test(minidebuginfo),
	};

	return cmocka_run_group_tests_name("object-debug", tests, make_world, end_world);
}
