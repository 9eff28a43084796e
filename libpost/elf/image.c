/* SPDX-License-Identifier: BSD-2-Clause */
#include <elfutils/libdwelf.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../base/path.h"
#include "../dwarf/cursor.h"
#include "image.h"

enum { CHDR_ZSTD = 2 };		/* ELFCOMPRESS_ZSTD of newer <elf.h> */

static const char *const section_names[POST_SECTIONS] = {
	[POST_DEBUG_INFO] = "info",
	[POST_DEBUG_ABBREV] = "abbrev",
	[POST_DEBUG_LINE] = "line",
	[POST_DEBUG_STR] = "str",
	[POST_DEBUG_LINE_STR] = "line_str",
	[POST_DEBUG_STR_OFFSETS] = "str_offsets",
	[POST_DEBUG_ADDR] = "addr",
	[POST_DEBUG_RANGES] = "ranges",
	[POST_DEBUG_RNGLISTS] = "rnglists",
	[POST_DEBUG_CU_INDEX] = "cu_index",
};

static int
map_file(struct post_image *m, int fd, const char *path, struct post_err *err)
{
	struct stat st;

	if (fstat(fd, &st) == -1)
		return post_fail(err, POST_EIO, "%s: %s", path, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return post_fail(err, POST_EIO, "%s: no regular file", path);
	if (st.st_size < EI_NIDENT)
		return post_fail(err, POST_EFORMAT, "%s: no ELF file", path);
	m->n = (size_t)st.st_size;
	m->map = mmap(NULL, m->n, PROT_READ, MAP_PRIVATE, fd, 0);
	if (m->map == MAP_FAILED) {
		m->map = NULL;
		return post_fail(err, POST_EIO, "%s: %s", path, strerror(errno));
	}
	return 0;
}

int
post_image_open(struct post_image *m, int fd, const char *path, struct post_err *err)
{
	int got;

	*m = (struct post_image){ 0 };
	elf_version(EV_CURRENT);
	got = map_file(m, fd, path, err);
	close(fd);
	if (got == 0 && memcmp(m->map, ELFMAG, SELFMAG) == 0)
		m->elf = elf_memory(m->map, m->n);
	if (got == 0 && (m->elf == NULL || elf_kind(m->elf) != ELF_K_ELF))
		got = post_fail(err, POST_EFORMAT, "%s: no ELF file", path);
	if (got == -1) {
		post_image_close(m);
		return -1;
	}
	m->path = post_path_copy(path);
	return 0;
}

void
post_image_close(struct post_image *m)
{
	elf_end(m->elf);
	if (m->map != NULL)
		munmap(m->map, m->n);
	free(m->path);
	*m = (struct post_image){ 0 };
}

struct post_str
post_elf_bytes(Elf *elf)
{
	struct post_str s = { 0 };

	s.p = elf_rawfile(elf, &s.n);
	return s.p != NULL ? s : (struct post_str){ 0 };
}

bool
post_elf_section(Elf *elf, Elf_Scn *scn, GElf_Shdr *h, const char **name, struct post_str *bytes)
{
	struct post_str file = post_elf_bytes(elf);
	size_t names;

	*bytes = (struct post_str){ 0 };
	*name = NULL;
	if (gelf_getshdr(scn, h) == NULL) {
		*h = (GElf_Shdr){ 0 };
		*name = "";
		return false;
	}
	if (elf_getshdrstrndx(elf, &names) == 0)
		*name = elf_strptr(elf, names, h->sh_name);
	if (*name == NULL)
		*name = "";
	if (h->sh_type == SHT_NOBITS || h->sh_type == SHT_NULL || h->sh_offset > file.n || h->sh_size > file.n - h->sh_offset)
		return false;
	*bytes = (struct post_str){ file.p + h->sh_offset, h->sh_size };
	return h->sh_size > 0;
}

struct post_str
post_elf_named(Elf *elf, const char *want)
{
	struct post_str bytes;
	Elf_Scn *scn = NULL;
	const char *name;
	GElf_Shdr h;

	while ((scn = elf_nextscn(elf, scn)) != NULL)
		if (post_elf_section(elf, scn, &h, &name, &bytes) && strcmp(name, want) == 0)
			return bytes;
	return (struct post_str){ 0 };
}

bool
post_elf_has(Elf *elf, const char *want)
{
	struct post_str bytes;
	Elf_Scn *scn = NULL;
	const char *name;
	GElf_Shdr h;

	while ((scn = elf_nextscn(elf, scn)) != NULL) {
		post_elf_section(elf, scn, &h, &name, &bytes);
		if (strcmp(name, want) == 0)
			return true;
	}
	return false;
}

bool
post_elf_has_dwarf(Elf *elf)
{
	return post_elf_named(elf, ".debug_info").n > 0 || post_elf_named(elf, ".zdebug_info").n > 0;
}

bool
post_elf_has_symtab(Elf *elf)
{
	return post_elf_named(elf, ".symtab").n > 0;
}

static bool
is_little_endian(Elf *elf)
{
	return elf_getident(elf, NULL)[EI_DATA] == ELFDATA2LSB;
}

struct post_str
post_elf_build_id(Elf *elf)
{
	const void *id;
	ssize_t n = dwelf_elf_gnu_build_id(elf, &id);

	return n > 0 ? (struct post_str){ id, (size_t)n } : (struct post_str){ 0 };
}

struct post_str
post_elf_debuglink(Elf *elf, uint32_t *crc)
{
	GElf_Word sum = 0;
	const char *name = dwelf_elf_gnu_debuglink(elf, &sum);

	*crc = sum;
	return name != NULL ? post_str_of(name) : (struct post_str){ 0 };
}

struct post_str
post_elf_altlink(Elf *elf, struct post_str *build_id)
{
	struct post_str s = post_elf_named(elf, ".gnu_debugaltlink");
	struct post_cursor c = post_cursor_of(s);
	struct post_str name = post_read_cstr(&c);

	*build_id = (struct post_str){ (const char *)c.p, post_left(&c) };
	return c.bad ? (struct post_str){ 0 } : name;
}

bool
post_elf_sup(Elf *elf, struct post_sup *sup)
{
	struct post_cursor c = post_cursor_of(post_elf_named(elf, ".debug_sup"));
	unsigned version = post_read_u16(&c);
	uint64_t n;

	if (!is_little_endian(elf))
		version = (version & 0xff) << 8 | version >> 8;
	sup->supplementary = post_read_u8(&c) != 0;
	sup->name = post_read_cstr(&c);
	n = post_read_uleb(&c);
	sup->sum = (struct post_str){ (const char *)c.p, (size_t)n };
	return version == 5 && !c.bad && n <= post_left(&c);
}

/* Which debug section NAME is, or -1.  *z: packed the way that was used before ELF had one. */
static int
section_of(const char *name, bool dwo, bool *z)
{
	size_t n = strlen(name), i;

	*z = strncmp(name, ".zdebug_", 8) == 0;
	if (!*z && strncmp(name, ".debug_", 7) != 0)
		return -1;
	name += *z ? 8 : 7;
	n -= *z ? 8 : 7;
	for (i = 0; i < POST_SECTIONS; i++) {
		size_t len = strlen(section_names[i]);
		bool suffixed = dwo && i != POST_DEBUG_CU_INDEX;

		if (n == len + (suffixed ? 4 : 0) && memcmp(name, section_names[i], len) == 0 &&
		    (!suffixed || strcmp(name + len, ".dwo") == 0))
			return (int)i;
	}
	return -1;
}

/* "ZLIB", the size, most significant byte first, and a stream of zlib. */
static bool
open_zdebug(struct post_str bytes, struct post_unpack *u)
{
	size_t i;

	if (!post_str_starts(bytes, POST_STR("ZLIB")) || bytes.n < 12)
		return false;
	*u = (struct post_unpack){ .from = post_str_from(bytes, 12), .packing = POST_PACKED_ZLIB };
	for (i = 4; i < 12; i++)
		u->size = u->size << 8 | (unsigned char)bytes.p[i];
	return true;
}

/* Elf32_Chdr or Elf64_Chdr of a little-endian file. */
static bool
open_chdr(Elf *elf, struct post_str bytes, struct post_unpack *u, uint64_t *align)
{
	struct post_cursor c = post_cursor_of(bytes);
	bool wide = gelf_getclass(elf) == ELFCLASS64;
	uint32_t type = post_read_u32(&c);

	post_skip(&c, wide ? 4 : 0);
	*u = (struct post_unpack){ .size = post_read_size(&c, wide ? 8 : 4) };
	*align = post_read_size(&c, wide ? 8 : 4);
	u->from = (struct post_str){ (const char *)c.p, post_left(&c) };
	u->packing = type == CHDR_ZSTD ? POST_PACKED_ZSTD : POST_PACKED_ZLIB;
	return !c.bad && (type == CHDR_ZSTD || type == ELFCOMPRESS_ZLIB);
}

bool
post_elf_zstd(Elf *elf, const GElf_Shdr *h, struct post_str bytes, struct post_unpack *u, uint64_t *align)
{
	return (h->sh_flags & SHF_COMPRESSED) != 0 && is_little_endian(elf) && open_chdr(elf, bytes, u, align) &&
	    u->packing == POST_PACKED_ZSTD;
}

bool
post_elf_has_zstd(Elf *elf)
{
	struct post_unpack u;
	struct post_str bytes;
	Elf_Scn *scn = NULL;
	const char *name;
	uint64_t align;
	GElf_Shdr h;

	while ((scn = elf_nextscn(elf, scn)) != NULL)
		if (post_elf_section(elf, scn, &h, &name, &bytes) && post_elf_zstd(elf, &h, bytes, &u, &align))
			return true;
	return false;
}

bool
post_elf_has_packed(Elf *elf)
{
	struct post_str bytes;
	Elf_Scn *scn = NULL;
	const char *name;
	GElf_Shdr h;

	while ((scn = elf_nextscn(elf, scn)) != NULL)
		if (post_elf_section(elf, scn, &h, &name, &bytes) && ((h.sh_flags & SHF_COMPRESSED) != 0 || strncmp(name, ".zdebug_", 8) == 0))
			return true;
	return false;
}

static int
check_minidebuginfo(struct post_str bytes, const char *path, struct post_err *err)
{
	int64_t size = post_xz_size(bytes);

	if (size == -1)
		return post_fail(err, POST_EFORMAT, "%s: .gnu_debugdata: damaged xz data", path);
	if (!post_unpack_allowed(bytes.n, (uint64_t)size))
		return post_fail(err, POST_ELIMIT, "%s: .gnu_debugdata: unpacks to too much", path);
	return 0;
}

/* The sections may overlap, so it is their sum that is compared with the file. */
int
post_elf_check(Elf *elf, const char *path, struct post_err *err)
{
	uint64_t total = 0, limit = UINT64_MAX / 2;
	struct post_str bytes;
	Elf_Scn *scn = NULL;
	const char *name;
	GElf_Shdr h;
	GElf_Chdr c;

	while ((scn = elf_nextscn(elf, scn)) != NULL) {
		struct post_unpack u = { 0 };

		if (!post_elf_section(elf, scn, &h, &name, &bytes))
			continue;
		if (strcmp(name, ".gnu_debugdata") == 0 && check_minidebuginfo(bytes, path, err) == -1)
			return -1;
		if ((h.sh_flags & SHF_COMPRESSED) != 0 && gelf_getchdr(scn, &c) != NULL)
			u.size = c.ch_size;
		else if (strncmp(name, ".zdebug_", 8) == 0)
			open_zdebug(bytes, &u);
		total += u.size < limit - total ? u.size : limit - total;
	}
	if (!post_unpack_allowed(post_elf_bytes(elf).n, total))
		return post_fail(err, POST_ELIMIT, "%s: its packed sections claim to be too large", path);
	return 0;
}

static void
take_packed(Elf *elf, bool z, struct post_str bytes, struct post_packed p, struct post_packed_list *l)
{
	uint64_t align;

	if (!(z ? open_zdebug(bytes, &p.unpack) : open_chdr(elf, bytes, &p.unpack, &align)))
		p.unpack = (struct post_unpack){ .error = "packed in a way that is not known" };
	l->packed = post_room(l->packed, l->n, &l->cap, sizeof *l->packed);
	l->packed[l->n++] = p;
}

static bool
relocated_bytes(Elf_Scn *scn, const GElf_Shdr *h, struct post_str *bytes)
{
	Elf_Data *d = h->sh_type != SHT_NOBITS ? elf_getdata(scn, NULL) : NULL;

	*bytes = d != NULL && d->d_buf != NULL ? (struct post_str){ d->d_buf, d->d_size } : (struct post_str){ 0 };
	return bytes->n > 0;
}

/* Sections of a group, a type unit's, do not stand for those of the file. */
void
post_elf_sections(Elf *elf, const char *path, enum post_section_kind kind, struct post_sections *out, struct post_packed_list *l)
{
	bool seen[POST_SECTIONS] = { 0 }, z;
	struct post_str bytes;
	Elf_Scn *scn = NULL;
	const char *name;
	GElf_Shdr h;

	*out = (struct post_sections){ 0 };
	while (is_little_endian(elf) && (scn = elf_nextscn(elf, scn)) != NULL) {
		bool there = post_elf_section(elf, scn, &h, &name, &bytes);
		int i = section_of(name, kind == POST_SECTIONS_OF_DWO, &z);

		if (i == -1 || seen[i] || (h.sh_flags & SHF_GROUP) != 0)
			continue;
		if (kind == POST_SECTIONS_RELOCATED)
			there = relocated_bytes(scn, &h, &bytes);
		seen[i] = there;
		if (there && kind != POST_SECTIONS_RELOCATED && (z || (h.sh_flags & SHF_COMPRESSED) != 0))
			take_packed(elf, z, bytes, (struct post_packed){ .to = &out->s[i], .name = name, .path = path }, l);
		else if (there)
			out->s[i] = bytes;
	}
}
