/* SPDX-License-Identifier: BSD-2-Clause */
/* ELF files that a test makes of parts, through libelf. */
#ifndef MADE_H
#define MADE_H

#include <gelf.h>
#include "support.h"
#include "../elf/object.h"

struct made {
	unsigned	type, data;		/* ET_DYN, ELFDATA2LSB */
	struct part {
		const char	*name;
		GElf_Word	 type;
		uint64_t	 flags, addr, size;	/* size: of SHT_NOBITS */
		struct post_str	 bytes;
		Elf_Type	 as;
		GElf_Word	 link, info;
		uint64_t	 entsize;
	}		part[24];		/* number 0 is none */
	size_t		 n;
	GElf_Phdr	 segment[8];
	size_t		 n_segment;
};

struct made_symbol {
	const char	*name;
	uint64_t	 value;
	unsigned char	 type;
	GElf_Half	 section;
};

/* Returns its number. */
static inline size_t
put_part(struct made *m, const char *name, GElf_Word type, uint64_t flags, struct post_str bytes)
{
	if (m->n == 0)
		m->n = 1;
	assert_true(m->n < ROWS(m->part));
	m->part[m->n] = (struct part){ .name = name, .type = type, .flags = flags, .bytes = bytes, .as = ELF_T_BYTE };
	return m->n++;
}

static inline void
put_segment(struct made *m, uint64_t addr, uint64_t size, GElf_Word flags)
{
	m->segment[m->n_segment++] = (GElf_Phdr){ .p_type = PT_LOAD, .p_flags = flags, .p_vaddr = addr, .p_paddr = addr, .p_filesz = size,
	    .p_memsz = size, .p_align = 0x1000 };
}

/* A table of N symbols, all global, with its strings. */
static inline size_t
put_symbols(struct made *m, GElf_Word type, const struct made_symbol *s, size_t n)
{
	static struct post_arena mem;		/* for the program's life: they are few */
	struct post_buf names = { 0 };
	Elf64_Sym *table = post_take(&mem, (n + 1) * sizeof *table);
	size_t i, strings, symbols;

	memset(table, 0, sizeof *table);
	post_putc(&names, '\0');
	for (i = 0; i < n; i++) {
		table[i + 1] = (Elf64_Sym){ .st_name = (Elf64_Word)names.n, .st_info = ELF64_ST_INFO(STB_GLOBAL, s[i].type),
		    .st_shndx = s[i].section, .st_value = s[i].value, .st_size = 1 };
		post_put(&names, (struct post_str){ s[i].name, strlen(s[i].name) + 1 });
	}
	strings = put_part(m, type == SHT_SYMTAB ? ".strtab" : ".dynstr", SHT_STRTAB, 0, post_keep(&mem, post_buf_str(&names)));
	symbols = put_part(m, type == SHT_SYMTAB ? ".symtab" : ".dynsym", type, 0,
	    (struct post_str){ (const char *)table, (n + 1) * sizeof *table });
	m->part[symbols].as = ELF_T_SYM;
	m->part[symbols].link = (GElf_Word)strings;
	m->part[symbols].info = 1;
	m->part[symbols].entsize = sizeof *table;
	post_buf_free(&names);
	return symbols;
}

static inline void
put_build_id(struct made *m, struct post_str id)
{
	static struct post_arena mem;
	const uint32_t h[3] = { 4, (uint32_t)id.n, NT_GNU_BUILD_ID };
	struct post_buf b = { 0 };

	post_put(&b, (struct post_str){ (const char *)h, sizeof h });
	post_put(&b, BYTES("GNU\0"));
	post_put(&b, id);
	put_part(m, ".note.gnu.build-id", SHT_NOTE, SHF_ALLOC, post_keep(&mem, post_buf_str(&b)));
	post_buf_free(&b);
}

static inline void
write_part(Elf *elf, const struct part *p, GElf_Word name)
{
	Elf_Scn *scn = elf_newscn(elf);
	Elf_Data *d = elf_newdata(scn);
	GElf_Shdr h;

	*d = (Elf_Data){ .d_buf = (void *)(uintptr_t)p->bytes.p, .d_type = p->as, .d_size = p->type == SHT_NOBITS ? p->size : p->bytes.n,
	    .d_align = 8, .d_version = EV_CURRENT };
	assert_non_null(gelf_getshdr(scn, &h));
	h.sh_name = name;
	h.sh_type = p->type;
	h.sh_flags = p->flags;
	h.sh_addr = p->addr;
	h.sh_link = p->link;
	h.sh_info = p->info;
	h.sh_entsize = p->entsize;
	assert_true(gelf_update_shdr(scn, &h));
}

static inline void
write_header(Elf *elf, const struct made *m)
{
	GElf_Ehdr h;
	size_t i;

	assert_non_null(gelf_newehdr(elf, ELFCLASS64));
	assert_non_null(gelf_getehdr(elf, &h));
	h.e_ident[EI_DATA] = (unsigned char)m->data;
	h.e_type = (GElf_Half)m->type;
	h.e_machine = m->data == ELFDATA2MSB ? EM_PPC64 : EM_X86_64;
	h.e_version = EV_CURRENT;
	h.e_shstrndx = (GElf_Half)m->n;
	assert_true(gelf_update_ehdr(elf, &h));
	if (m->n_segment > 0)
		assert_non_null(gelf_newphdr(elf, m->n_segment));
	for (i = 0; i < m->n_segment; i++)
		assert_true(gelf_update_phdr(elf, (int)i, (GElf_Phdr *)(uintptr_t)&m->segment[i]));
}

/* Write it to the scratch file NAME; returns its path. */
static inline char *
make_elf(const char *name, const struct made *m)
{
	char *path = put_file(name, BYTES(""));
	int fd = open(path, O_RDWR);
	struct post_buf names = { 0 };
	GElf_Word at[ROWS(m->part) + 1];
	struct part strings = { .type = SHT_STRTAB, .as = ELF_T_BYTE };
	size_t i;
	Elf *elf;

	elf_version(EV_CURRENT);
	assert_non_null(elf = elf_begin(fd, ELF_C_WRITE, NULL));
	write_header(elf, m);
	post_putc(&names, '\0');
	for (i = 1; i <= m->n; i++) {
		at[i] = (GElf_Word)names.n;
		post_puts(&names, i < m->n ? m->part[i].name : ".shstrtab");
		post_putc(&names, '\0');
	}
	for (i = 1; i < m->n; i++)
		write_part(elf, &m->part[i], at[i]);
	strings.bytes = post_buf_str(&names);
	write_part(elf, &strings, at[m->n]);
	assert_true(elf_update(elf, ELF_C_WRITE) > 0);
	elf_end(elf);
	post_buf_free(&names);
	close(fd);
	return path;
}

/* A library with text at 0x1000. */
static inline struct made
library(void)
{
	static const char text[0x200];
	struct made m = { .type = ET_DYN, .data = ELFDATA2LSB };
	size_t at = put_part(&m, ".text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, (struct post_str){ text, sizeof text });

	m.part[at].addr = 0x1000;
	put_segment(&m, 0x0, 0x400, PF_R);
	put_segment(&m, 0x1000, 0x200, PF_R | PF_X);
	put_segment(&m, 0x3ff0, 0x20, PF_R | PF_W);
	return m;
}

/* Symbols for it, and which of them SystemTap has: "addr gap name", those shown with a star. */
static const struct made_symbol code[] = {
	{ "f", 0x1010, STT_FUNC, 1 }, { "f_alias", 0x1010, STT_FUNC, 1 }, { "g@@V2", 0x1040, STT_FUNC, 1 }, { "data", 0x1100, STT_OBJECT, 1 },
	{ "label", 0x1020, STT_NOTYPE, 1 }, { "resolver", 0x1030, STT_GNU_IFUNC, 1 }, { "undefined", 0x1034, STT_FUNC, SHN_UNDEF },
	{ "absolute", 0x5, STT_OBJECT, SHN_ABS }, { "far", 0x9999, STT_FUNC, 1 }, { "thread", 0x10, STT_TLS, 1 }, { "last", 0x1180, STT_FUNC, 1 },
};
static const char full[] = "1010 30 f, 1010 30 f_alias*, 1040 c0 g@@V2*, 1100 80 data*, 1180 0 last*";

static inline void
symbols_are(const struct post_object *o, const char *want)
{
	struct post_buf b = { 0 };
	size_t i;

	post_puts(&b, "");
	for (i = 0; i < o->symtab.n; i++) {
		const struct post_symbol *s = &o->symtab.symbol[i];

		post_putf(&b, "%s%llx %llx %.*s%s", i > 0 ? ", " : "", (unsigned long long)s->addr, (unsigned long long)s->gap, (int)s->name.n,
		    s->name.p, s->shown ? "*" : "");
	}
	same(post_buf_str(&b), want);
	post_buf_free(&b);
}

static struct post_finder *finder;	/* without a sysroot: files lie beside each other */
static struct post_err err;

static inline int
make_world(void **state)
{
	const struct post_find_conf conf = { 0 };

	finder = post_finder_new(&conf, &err);
	return finder == NULL ? -1 : scratch_make(state);
}

static inline int
end_world(void **state)
{
	post_finder_free(finder);
	return scratch_remove(state);
}

static inline struct post_object *
must_open(const char *path)
{
	struct post_object *o = post_object_open(open(path, O_RDONLY), path, finder, &err);

	if (o == NULL)
		print_error("%s\n", err.msg);
	assert_non_null(o);
	return o;
}

static const char info[] = "a unit, as far as this test is concerned; a unit, as far as this test is concerned";
#define INFO ((struct post_str){ info, sizeof info })

static inline void
put_u32(struct post_buf *b, uint32_t x)
{
	post_put(b, (struct post_str){ (const char *)&x, sizeof x });
}

static inline void
put_crc(struct post_buf *b, size_t from)
{
	put_u32(b, (uint32_t)crc32(0, (const Bytef *)b->s + from, (uInt)(b->n - from)));
}

static inline void
put_padding(struct post_buf *b, size_t from)
{
	while ((b->n - from) % 4 != 0)
		post_putc(b, '\0');
}

static inline void
put_varying(struct post_buf *b, size_t x)
{
	for (; x >= 0x80; x >>= 7)
		post_putc(b, (char)(x | 0x80));
	post_putc(b, (char)x);
}

/* Append S as a stream of xz that stores it, without a check. */
static inline void
put_xz(struct post_buf *b, struct post_str s)
{
	size_t start = b->n, block, end, i;

	post_put(b, BYTES("\xfd" "7zXZ\0\0\0"));
	put_crc(b, start + 6);
	block = b->n;
	post_put(b, BYTES("\2\0\x21\1\x16\0\0\0"));
	put_crc(b, block);
	for (i = 0; i < s.n; i += 1000) {
		size_t n = s.n - i < 1000 ? s.n - i : 1000;

		post_putc(b, i == 0 ? 1 : 2);
		post_putc(b, (char)((n - 1) >> 8));
		post_putc(b, (char)(n - 1));
		post_put(b, (struct post_str){ s.p + i, n });
	}
	post_putc(b, '\0');
	end = b->n;
	put_padding(b, block);
	i = b->n;
	post_put(b, BYTES("\0\1"));
	put_varying(b, end - block);
	put_varying(b, s.n);
	put_padding(b, i);
	put_crc(b, i);
	end = b->n;
	put_u32(b, 0);
	put_u32(b, (uint32_t)((end - i) / 4 - 1));
	post_put(b, BYTES("\0\0YZ"));
	i = (size_t)crc32(0, (const Bytef *)b->s + end + 4, 6);
	memcpy(b->s + end, &(uint32_t){ (uint32_t)i }, 4);
}

#endif
