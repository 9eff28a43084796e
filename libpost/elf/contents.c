/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <unistd.h>
#include "../base/path.h"
#include "../dwarf/split.h"
#include "../dwarf/units.h"
#include "cfi.h"
#include "contents.h"
#include "own.h"

enum {
	PAGE_MIN = 4096,
	PAGE_MAX = 65536,	/* of any kernel */
	ALIGN_MAX = 1 << 30,	/* of a segment, that is believed */
	START_FILES = 512,	/* bytes of code that a compiler links in without tables */
	ABBREV_TIMES = 4	/* bytes of abbreviations that are parsed, for one of the DWARF */
};

static void
take_build_id(const struct post_object *o, struct post_contents *c)
{
	struct post_str id = o->own->build_id;

	c->n_build_id = id.n < sizeof c->build_id ? id.n : sizeof c->build_id;
	if (c->n_build_id > 0)
		memcpy(c->build_id, id.p, c->n_build_id);
}

/* The first entry of a table is none. */
static bool
has_symtab(Elf *elf)
{
	return elf != NULL && post_elf_named(elf, ".symtab").n > gelf_fsize(elf, ELF_T_SYM, 1, EV_CURRENT);
}

static void
take_symbols(const struct post_object *o, struct post_contents *c)
{
	const struct post_object_private *own = o->own;
	bool here = has_symtab(own->elf);

	if (here || has_symtab(own->parted.elf))
		c->symbols = POST_SYMBOLS_FULL;
	else if (post_elf_named(own->elf, ".gnu_debugdata").n > 0)
		c->symbols = POST_SYMBOLS_MINI;
	else if (o->symtab.n > 0 || post_elf_named(own->elf, ".dynsym").n > 0)
		c->symbols = POST_SYMBOLS_DYNAMIC;
	c->symbols_apart = c->symbols == POST_SYMBOLS_FULL && !here;
}

/* The file that has the DWARF; NULL: none. */
static Elf *
debug_elf(const struct post_object *o)
{
	const struct post_image *parted = &o->own->parted;

	if (o->debug_path == NULL)
		return NULL;
	return parted->elf != NULL && strcmp(o->debug_path, parted->path) == 0 ? parted->elf : o->own->elf;
}

/* The name of one that was found by the build-id has all of it but, where directories go by that, the first byte. */
static enum post_debug_place
place_of(const struct post_object *o, Elf *debug)
{
	struct post_str id = o->own->build_id;
	struct post_buf hex = { 0 };
	bool by_id;

	if (debug == o->own->elf)
		return POST_DEBUG_OWN;
	for (size_t i = 1; i < id.n; i++)
		post_putx(&hex, (unsigned char)id.p[i], 2);
	by_id = hex.n > 0 && strstr(o->debug_path, hex.s) != NULL;
	post_buf_free(&hex);
	return by_id ? POST_DEBUG_BY_BUILD_ID : POST_DEBUG_BY_LINK;
}

static enum post_debug_alt
alt_of(const struct post_object *o, Elf *debug)
{
	struct post_sup sup;

	if (!post_elf_has(debug, ".gnu_debugaltlink") && !(post_elf_sup(debug, &sup) && !sup.supplementary))
		return POST_ALT_NONE;
	return o->own->alt.elf != NULL ? POST_ALT_FOUND : POST_ALT_MISSING;
}

static bool
has_packed_dwarf(Elf *elf)
{
	struct post_str bytes;
	Elf_Scn *scn = NULL;
	const char *name;
	GElf_Shdr h;

	while ((scn = elf_nextscn(elf, scn)) != NULL)
		if (post_elf_section(elf, scn, &h, &name, &bytes) && (strncmp(name, ".zdebug_", 8) == 0 ||
		    (strncmp(name, ".debug_", 7) == 0 && (h.sh_flags & SHF_COMPRESSED) != 0)))
			return true;
	return false;
}

static bool
has_dwo(const struct post_object *o, const struct post_unit *u)
{
	struct post_buf path = { 0 };
	unsigned step = 0;
	int fd = post_find_dwo(o->own->finder, o->path, u->comp_dir, u->dwo_name, &step, &path);

	if (fd != -1)
		close(fd);
	post_buf_free(&path);
	return fd != -1;
}

static void
take_unit(const struct post_object *o, uint64_t at, struct post_abbrevs *abbrevs, struct post_contents *c)
{
	struct post_unit u;

	if (post_unit_header(&o->dwarf, &o->dwarf.main, at, &u) != POST_READ || post_unit_open(&u, abbrevs) != POST_READ ||
	    !post_unit_is_skeleton(&u))
		return;
	if (!c->package && c->split < POST_DWO_LOOKED_FOR)
		c->dwo_missing += !has_dwo(o, &u);
	c->split++;
}

static void
take_units(const struct post_object *o, struct post_contents *c)
{
	uint64_t budget = ABBREV_TIMES * ((uint64_t)o->dwarf.main.s[POST_DEBUG_INFO].n + o->dwarf.main.s[POST_DEBUG_ABBREV].n);
	struct post_abbrevs abbrevs = { .budget = &budget };
	struct post_units units = { 0 };

	c->package = o->own->dwp.elf != NULL;
	post_units_walk(&units, &o->dwarf, &o->dwarf.main);
	c->units = units.n;
	for (size_t i = 0; i < units.n; i++)
		take_unit(o, units.at[i], &abbrevs, c);
	post_units_free(&units);
	post_abbrevs_free(&abbrevs);
}

static void
take_debug(struct post_object *o, unsigned jobs, struct post_contents *c)
{
	struct post_err err;
	Elf *debug;

	if (post_object_debug(o, jobs, &err) == -1)
		return;
	debug = debug_elf(o);
	c->debug = place_of(o, debug);
	if (c->debug != POST_DEBUG_OWN)
		c->debug_path = post_path_copy(o->debug_path);
	c->packed = has_packed_dwarf(debug);
	c->alt = alt_of(o, debug);
	take_units(o, c);
}

/* Count what the tables of ELF tell of; what cannot be read is taken to be whole. */
static uint64_t
covered_by(Elf *elf, struct post_contents *c)
{
	bool little = elf_getident(elf, NULL)[EI_DATA] == ELFDATA2LSB, known = little;
	uint64_t sum = 0, n;
	struct post_str bytes;
	Elf_Scn *scn = NULL;
	const char *name;
	GElf_Shdr h;

	while ((scn = elf_nextscn(elf, scn)) != NULL) {
		bool there = post_elf_section(elf, scn, &h, &name, &bytes), eh = strcmp(name, ".eh_frame") == 0;
		bool z = strcmp(name, ".zdebug_frame") == 0;

		if (there && strcmp(name, ".eh_frame_hdr") == 0)
			c->unwind |= POST_UNWIND_EH_FRAME_HDR;
		if (!there || (!eh && !z && strcmp(name, ".debug_frame") != 0))
			continue;
		c->unwind |= eh ? POST_UNWIND_EH_FRAME : POST_UNWIND_DEBUG_FRAME;
		known &= !z && (h.sh_flags & SHF_COMPRESSED) == 0;
		n = post_cfi_covered(&(struct post_cfi){ bytes, eh, gelf_getclass(elf) == ELFCLASS64 ? 8 : 4 });
		sum += n < UINT64_MAX / 2 - sum ? n : UINT64_MAX / 2 - sum;
	}
	return known ? sum : UINT64_MAX;
}

static uint64_t
code_of(Elf *elf)
{
	Elf_Scn *scn = NULL;
	uint64_t n = 0;
	GElf_Shdr h;

	while ((scn = elf_nextscn(elf, scn)) != NULL)
		if (gelf_getshdr(scn, &h) != NULL && (h.sh_flags & SHF_EXECINSTR) != 0 && h.sh_type == SHT_PROGBITS && h.sh_size < INT64_MAX - n)
			n += h.sh_size;
	return n;
}

/* Without a table of sections: is there a segment of the index? */
static bool
has_index_segment(Elf *elf)
{
	size_t n, i;
	GElf_Phdr h;

	if (elf_getphdrnum(elf, &n) != 0)
		return false;
	for (i = 0; i < n && i <= INT_MAX; i++)
		if (gelf_getphdr(elf, (int)i, &h) != NULL && h.p_type == PT_GNU_EH_FRAME && h.p_filesz > 0)
			return true;
	return false;
}

static void
take_unwind(const struct post_object *o, struct post_contents *c)
{
	const struct post_object_private *own = o->own;
	uint64_t here = covered_by(own->elf, c), apart = own->parted.elf != NULL ? covered_by(own->parted.elf, c) : 0;

	c->code = code_of(own->elf);
	c->covered = here > apart ? here : apart;
	if (c->unwind == 0 && elf_nextscn(own->elf, NULL) == NULL && has_index_segment(own->elf)) {
		c->unwind = POST_UNWIND_EH_FRAME | POST_UNWIND_EH_FRAME_HDR;
		c->covered = UINT64_MAX;
	}
	if (c->unwind == 0)
		c->covered = 0;
	if (c->covered > c->code)
		c->covered = c->code;
}

void
post_object_contents(struct post_object *o, unsigned jobs, struct post_contents *c)
{
	*c = (struct post_contents){ 0 };
	take_build_id(o, c);
	take_debug(o, jobs, c);
	take_symbols(o, c);
	take_unwind(o, c);
	if (o->note != NULL)
		c->note = post_path_copy(o->note);
}

void
post_contents_free(struct post_contents *c)
{
	free(c->debug_path);
	free(c->note);
	*c = (struct post_contents){ 0 };
}

bool
post_contents_has_dwarf(const struct post_contents *c)
{
	uint64_t asked = c->split < POST_DWO_LOOKED_FOR ? c->split : POST_DWO_LOOKED_FOR;

	return c->debug != POST_DEBUG_NONE && (c->split == 0 || c->split < c->units || c->package || c->dwo_missing < asked);
}

bool
post_contents_can_unwind(const struct post_contents *c)
{
	return c->unwind != 0 && c->covered + START_FILES / 2 >= c->code / 2;
}

static bool
is_aligned(const struct post_code_mapping *m, uint64_t page)
{
	return ((m->address | m->offset | m->size) & (page - 1)) == 0;
}

/* Kernels map whole pages, of 4K to 64K, and loaders round as the segment says; larger pages only where the mapping is of them. */
static bool
segment_holds(const GElf_Phdr *h, const struct post_code_mapping *m)
{
	uint64_t largest = h->p_align > PAGE_MAX && h->p_align <= ALIGN_MAX ? h->p_align : PAGE_MAX;

	if (h->p_type != PT_LOAD || (h->p_flags & PF_X) == 0 || h->p_memsz > INT64_MAX / 2 || h->p_offset > INT64_MAX / 2)
		return false;
	for (uint64_t page = PAGE_MIN; page <= largest; page *= 2) {
		uint64_t lo = h->p_offset & ~(page - 1), hi = (h->p_offset + h->p_memsz + page - 1) & ~(page - 1);

		if ((page == PAGE_MIN || is_aligned(m, page)) && m->offset >= lo && m->offset <= hi && m->size <= hi - m->offset)
			return true;
	}
	return false;
}

bool
post_object_maps(const struct post_object *o, const struct post_code_mapping *m)
{
	size_t n, i;
	GElf_Phdr h;

	if (elf_getphdrnum(o->own->elf, &n) != 0)
		return false;
	for (i = 0; i < n && i <= INT_MAX; i++)
		if (gelf_getphdr(o->own->elf, (int)i, &h) != NULL && segment_holds(&h, m))
			return true;
	return false;
}
