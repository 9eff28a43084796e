/* SPDX-License-Identifier: BSD-2-Clause */
/* Packed debug sections, .dwo files, and what libdw reads from. */
#include <stdlib.h>
#include <unistd.h>
#include "../dwarf/cursor.h"
#include "own.h"
#include "plain.h"

enum { DWO_MAX = 1 << 16, UNIT_SPLIT_COMPILE = 5 };	/* files kept open; DW_UT_split_compile */

void
post_packed_open(struct post_packed_list *l, unsigned jobs, const struct post_packed **bad)
{
	struct post_unpack *u = post_resize(NULL, l->n, sizeof *u);
	size_t i;

	*bad = NULL;
	for (i = 0; i < l->n; i++)
		u[i] = l->packed[i].unpack;
	post_unpack_all(u, l->n, jobs);
	for (i = 0; i < l->n; i++) {
		l->packed[i].unpack = u[i];
		*l->packed[i].to = u[i].to;
		if (u[i].error != NULL && *bad == NULL)
			*bad = &l->packed[i];
	}
	free(u);
}

void
post_packed_free(struct post_packed_list *l)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		post_unpack_free(&l->packed[i].unpack, 1);
	free(l->packed);
	*l = (struct post_packed_list){ 0 };
}

/* Has .debug_info.dwo the unit ID?  Before DWARF 5 its header does not say. */
static bool
is_of_unit(struct post_str info, uint64_t id)
{
	struct post_cursor c = post_cursor_of(info);
	bool other = false;

	while (post_left(&c) > 0 && !c.bad) {
		unsigned width;
		uint64_t length = post_read_length(&c, &width);
		struct post_cursor unit = c;

		post_skip(&c, length);
		if (post_read_u16(&unit) < 5)
			return true;
		if (post_read_u8(&unit) != UNIT_SPLIT_COMPILE)
			continue;
		post_skip(&unit, 1 + width);
		if (post_read_u64(&unit) == id && !unit.bad)
			return true;
		other = true;
	}
	return !other;
}

static void
close_dwo(struct post_dwo *d)
{
	post_packed_free(&d->packed);
	post_image_close(&d->image);
	*d = (struct post_dwo){ 0 };
}

/* FD is consumed.  Returns 0, or -1: with *err it is damaged, and without of another build. */
static int
take_dwo(struct post_dwo *d, int fd, const char *path, uint64_t id, struct post_err *err)
{
	const struct post_packed *bad;

	if (post_image_open(&d->image, fd, path, err) == -1 || post_elf_check(d->image.elf, path, err) == -1)
		return -1;
	post_elf_sections(d->image.elf, d->image.path, POST_SECTIONS_OF_DWO, &d->sections, &d->packed);
	post_packed_open(&d->packed, 1, &bad);
	if (bad != NULL)
		return post_fail(err, POST_EFORMAT, "%s: %s: %s", path, bad->name, bad->unpack.error);
	if (d->sections.s[POST_DEBUG_INFO].n == 0)
		return post_fail(err, POST_EFORMAT, "%s: no .debug_info.dwo", path);
	d->found = is_of_unit(d->sections.s[POST_DEBUG_INFO], id);
	return d->found ? 0 : -1;
}

static void
open_dwo(struct post_object *o, struct post_dwo *d, struct post_str comp_dir, struct post_str name, uint64_t id)
{
	struct post_buf path = { 0 }, other = { 0 };
	struct post_err err = { 0 };
	unsigned step = 0;
	int fd;

	while ((fd = post_find_dwo(o->own->finder, o->path, comp_dir, name, &step, &path)) != -1) {
		struct post_err why = { 0 };

		if (take_dwo(d, fd, path.s, id, &why) == 0)
			break;
		if (why.code != POST_OK && err.code == POST_OK)
			err = why;
		else if (why.code == POST_OK && other.n == 0)
			post_put(&other, post_buf_str(&path));
		close_dwo(d);
	}
	if (!d->found && other.n > 0)
		post_object_tally(o, &o->own->other_dwo, post_buf_str(&other));
	else if (!d->found && err.code != POST_OK)
		post_object_note(o, "%s", err.msg);
	else if (!d->found)
		post_object_tally(o, &o->own->no_dwo, name);
	post_buf_free(&path);
	post_buf_free(&other);
}

const struct post_sections *
post_object_dwo(void *arg, struct post_str comp_dir, struct post_str name, uint64_t id)
{
	struct post_object *o = arg;
	struct post_object_private *own = o->own;
	uint32_t before = own->dwo_names.n, at;
	struct post_buf key = { 0 };

	post_put(&key, comp_dir);
	post_putc(&key, '\0');
	post_put(&key, name);
	post_putc(&key, '\0');
	post_putx(&key, id, 16);
	at = before < DWO_MAX ? post_intern(&own->dwo_names, post_buf_str(&key)) : DWO_MAX;
	post_buf_free(&key);
	if (at == DWO_MAX)
		return NULL;
	if (at == before) {
		own->dwo = post_room(own->dwo, at, &own->cap_dwo, sizeof *own->dwo);
		own->dwo[at] = post_resize(NULL, 1, sizeof **own->dwo);
		*own->dwo[at] = (struct post_dwo){ 0 };
		open_dwo(o, own->dwo[at], comp_dir, name, id);
	}
	return own->dwo[at]->found ? &own->dwo[at]->sections : NULL;
}

void
post_object_dwo_free(struct post_object_private *own)
{
	uint32_t i;

	for (i = 0; i < own->dwo_names.n; i++) {
		close_dwo(own->dwo[i]);
		free(own->dwo[i]);
	}
	free(own->dwo);
	post_names_free(&own->dwo_names);
}

void
post_libdw_close(struct post_libdw *l)
{
	if (l->elf != NULL) {		/* else it is libdwfl's */
		dwarf_end(l->dwarf);
		elf_end(l->elf);
	}
	if (l->fd != -1)
		close(l->fd);
	*l = (struct post_libdw){ .fd = -1 };
}

/* libdw unpacks sections, and none of zstd, in a file that then is another one: it gets its own. */
static void
open_libdw(struct post_libdw *l, Elf *elf)
{
	struct post_str bytes = post_elf_bytes(elf);

	if (post_elf_has_packed(elf)) {
		if ((l->fd = post_plain_copy(elf)) == -1)
			return;
		l->elf = elf_begin(l->fd, ELF_C_READ_MMAP, NULL);
	} else
		l->elf = elf_memory((char *)(uintptr_t)bytes.p, bytes.n);
	if (l->elf != NULL)
		l->dwarf = dwarf_begin_elf(l->elf, DWARF_C_READ, NULL);
}

/* A file with one byte of debug information: libdw, asked for an alt file that was not found, would open one itself. */
static void
open_stub(struct post_libdw *l)
{
	static struct stub {
		Elf64_Ehdr	h;
		Elf64_Shdr	s[3];
		char		names[24], info[8];
	} stub = {
		.h = {
			.e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64, ELFDATA2LSB, EV_CURRENT },
			.e_type = ET_DYN, .e_machine = EM_X86_64, .e_version = EV_CURRENT, .e_ehsize = sizeof(Elf64_Ehdr),
			.e_shoff = offsetof(struct stub, s), .e_shentsize = sizeof(Elf64_Shdr), .e_shnum = 3, .e_shstrndx = 2,
		},
		.s[1] = { .sh_name = 1, .sh_type = SHT_PROGBITS, .sh_offset = offsetof(struct stub, info), .sh_size = 1 },
		.s[2] = { .sh_name = 13, .sh_type = SHT_STRTAB, .sh_offset = offsetof(struct stub, names), .sh_size = sizeof stub.names },
		.names = "\0.debug_info\0.shstrtab",
	};

	post_libdw_close(l);
	l->elf = elf_memory((char *)&stub, sizeof stub);
	if (l->elf != NULL)
		l->dwarf = dwarf_begin_elf(l->elf, DWARF_C_READ, NULL);
}

static Elf *
elf_with_debug(const struct post_object *o)
{
	const struct post_image *parted = &o->own->parted;

	return parted->elf != NULL && strcmp(o->debug_path, parted->path) == 0 ? parted->elf : o->own->elf;
}

Dwarf *
post_object_libdw(struct post_object *o)
{
	struct post_object_private *own = o->own;
	Elf *elf;

	if (own->libdw_done || o->debug_path == NULL)
		return own->libdw.dwarf;
	own->libdw_done = true;
	elf = elf_with_debug(o);
	if (o->type != POST_OBJECT_REL)
		open_libdw(&own->libdw, elf);
	if (own->libdw.dwarf == NULL || (!post_elf_has(elf, ".gnu_debugaltlink") && !post_elf_has(elf, ".debug_sup")))
		return own->libdw.dwarf;
	if (own->alt.elf != NULL)
		open_libdw(&own->libdw_alt, own->alt.elf);
	if (own->libdw_alt.dwarf == NULL)
		open_stub(&own->libdw_alt);
	if (own->libdw_alt.dwarf != NULL)
		dwarf_setalt(own->libdw.dwarf, own->libdw_alt.dwarf);
	else
		post_libdw_close(&own->libdw);
	return own->libdw.dwarf;
}
