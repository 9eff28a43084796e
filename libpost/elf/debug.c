/* SPDX-License-Identifier: BSD-2-Clause */
/* The debug information of an object, from the files that it is spread over. */
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>
#include "../base/path.h"
#include "own.h"
#include "plain.h"

enum { PAGE = 4096 };

static uint32_t
checksum(struct post_str s)
{
	uLong sum = crc32_z(0, NULL, 0);

	return (uint32_t)crc32_z(sum, (const unsigned char *)s.p, s.n);
}

/* Why the debug file M is not the object's, or NULL. */
static const char *
misfit(const struct post_object *o, const struct post_image *m)
{
	struct post_str want = o->own->build_id, id = post_elf_build_id(m->elf), link;
	GElf_Ehdr a, b;
	uint32_t crc;

	if (gelf_getehdr(o->own->elf, &a) == NULL || gelf_getehdr(m->elf, &b) == NULL || a.e_machine != b.e_machine ||
	    a.e_ident[EI_CLASS] != b.e_ident[EI_CLASS] || a.e_ident[EI_DATA] != b.e_ident[EI_DATA] ||
	    (a.e_type == ET_REL) != (b.e_type == ET_REL))
		return "is for another kind of machine or file";
	if (want.n > 0 && id.n > 0)
		return post_str_eq(want, id) ? NULL : "is of another build, by its build-id";
	link = post_elf_debuglink(o->own->elf, &crc);
	if (link.n > 0)
		return checksum(post_elf_bytes(m->elf)) == crc ? NULL : "is of another build, by its checksum";
	return want.n > 0 ? "has no build-id" : NULL;
}

/* Look at the candidate FD: does it fit, and has it DWARF, or else symbols? */
static bool
take_parted(struct post_object *o, int fd, const char *path)
{
	struct post_image m;
	struct post_err err;
	const char *why;
	bool dwarf;
	int kept;

	if ((fd = post_plain_fd(fd, path, &err)) == -1) {
		post_object_note(o, "%s", err.msg);
		return false;
	}
	if ((kept = dup(fd)) == -1) {
		close(fd);
		return false;
	}
	if (post_image_open(&m, fd, path, &err) == -1) {
		post_object_note(o, "%s", err.msg);
		close(kept);
		return false;
	}
	why = misfit(o, &m);
	dwarf = post_elf_has_dwarf(m.elf);
	if (why != NULL)
		post_object_note(o, "%s %s", path, why);
	if (why != NULL || (!dwarf && (o->own->parted.elf != NULL || !post_elf_has_symtab(m.elf)))) {
		post_image_close(&m);
		close(kept);
		return false;
	}
	post_image_close(&o->own->parted);
	if (o->own->parted_fd != -1)
		close(o->own->parted_fd);
	o->own->parted = m;
	o->own->parted_fd = kept;
	return dwarf;
}

bool
post_object_parted(struct post_object *o)
{
	struct post_object_private *own = o->own;
	struct post_parted p = { .of = o->path, .build_id = own->build_id };
	struct post_buf path = { 0 };
	unsigned step = 0;
	bool done = false;
	int fd;

	if (!own->sought) {
		own->sought = true;
		p.name = post_elf_debuglink(own->elf, &p.crc);
		while (!done && (fd = post_find_debug(own->finder, &p, &step, &path)) != -1)
			done = take_parted(o, fd, path.s);
		post_buf_free(&path);
	}
	return own->parted.elf != NULL;
}

static bool
first_segment(Elf *elf, GElf_Phdr *h)
{
	size_t n, i;

	if (elf_getphdrnum(elf, &n) != 0)
		return false;
	for (i = 0; i < n && i <= INT_MAX; i++)
		if (gelf_getphdr(elf, (int)i, h) != NULL && h->p_type == PT_LOAD)
			return true;
	return false;
}

/* prelink(8) moves a file whose debug file stays, and makes the first segment longer at its front. */
static uint64_t
bias_between(Elf *elf, Elf *debug)
{
	GElf_Phdr a, b;
	uint64_t bias;

	if (elf == debug || !first_segment(elf, &a) || !first_segment(debug, &b) || a.p_vaddr == b.p_vaddr)
		return 0;
	bias = a.p_vaddr + a.p_memsz - (b.p_vaddr + b.p_memsz);
	return bias % PAGE == 0 ? bias : (a.p_vaddr - b.p_vaddr) & ~(uint64_t)(PAGE - 1);
}

static int
no_debug(const struct post_object *o, struct post_err *err)
{
	if (o->note != NULL)
		return post_fail(err, POST_EIO, "%s: no debug information: %s", o->path, o->note);
	return post_fail(err, POST_EIO, "%s: no debug information, and no debug file of it was found", o->path);
}

/* The ELF file that has the DWARF; NULL with *err: none. */
static Elf *
debug_elf(struct post_object *o, struct post_err *err)
{
	struct post_object_private *own = o->own;
	Dwarf_Addr bias;
	Elf *elf = own->elf;

	if (!post_elf_has_dwarf(elf)) {
		if (!post_object_parted(o) || !post_elf_has_dwarf(own->parted.elf)) {
			no_debug(o, err);
			return NULL;
		}
		elf = own->parted.elf;
	}
	if (o->type == POST_OBJECT_REL) {
		own->libdw.dwarf = dwfl_module_getdwarf(own->module, &bias);
		if (own->libdw.dwarf == NULL) {
			post_fail(err, POST_EFORMAT, "%s: %s", o->path, dwfl_errmsg(-1));
			return NULL;
		}
	}
	o->debug_path = post_path_copy(elf == own->elf ? o->path : own->parted.path);
	return elf;
}

/* Which file a part of the debug information was moved to. */
static bool
alt_of(struct post_object *o, Elf *debug, struct post_parted *p, bool *sup)
{
	struct post_sup s;

	p->name = post_elf_altlink(debug, &p->build_id);
	*sup = p->name.n == 0 && post_elf_has(debug, ".debug_sup");
	if (*sup && !post_elf_sup(debug, &s))
		post_object_note(o, "its .debug_sup cannot be read");
	else if (*sup && !s.supplementary) {
		p->name = s.name;
		p->build_id = s.sum;
	}
	return p->name.n > 0;
}

/* Why ALT is not the file that the debug information names with ID, by .debug_sup if SUP, or NULL. */
static const char *
alt_misfit(Elf *alt, struct post_str id, bool sup)
{
	struct post_sup s;

	if (!sup || (!post_elf_has(alt, ".debug_sup") && id.n > 0))
		return post_str_eq(post_elf_build_id(alt), id) ? NULL : "is of another build, by its build-id";
	if (!post_elf_sup(alt, &s) || !s.supplementary)
		return "is no supplementary file";
	return id.n == 0 || s.sum.n == 0 || post_str_eq(s.sum, id) ? NULL : "is of another build, by its checksum";
}

/* FD is consumed.  False: it does not fit, and WHY says why the first one did not. */
static bool
take_alt(struct post_image *alt, int fd, const char *path, struct post_str id, bool sup, struct post_buf *why)
{
	struct post_err err = { 0 };
	const char *misfit;

	if (post_image_open(alt, fd, path, &err) == 0 && (misfit = alt_misfit(alt->elf, id, sup)) != NULL)
		post_fail(&err, POST_EFORMAT, "%s %s", path, misfit);
	else if (alt->elf != NULL && post_elf_check(alt->elf, path, &err) == 0)
		return true;
	if (why->n == 0)
		post_puts(why, err.msg);
	post_image_close(alt);
	return false;
}

/* The file that dwz(1) moved to what several files have. */
static void
open_alt(struct post_object *o, Elf *debug)
{
	struct post_parted p = { .of = o->debug_path, .alt = true };
	struct post_buf path = { 0 }, why = { 0 };
	unsigned step = 0;
	bool done = false, sup;
	int fd;

	if (!alt_of(o, debug, &p, &sup))
		return;
	while (!done && (fd = post_find_debug(o->own->finder, &p, &step, &path)) != -1)
		done = take_alt(&o->own->alt, fd, path.s, p.build_id, sup, &why);
	if (!done)
		post_object_note(o, "%.200s, which has a part of its debug information, was not found%s%s", p.name.p, why.n > 0 ? ": " : "",
		    why.n > 0 ? why.s : "");
	post_buf_free(&path);
	post_buf_free(&why);
}

static void
take_dwp(struct post_object *o, const char *of)
{
	struct post_image *dwp = &o->own->dwp;
	struct post_buf path = { 0 };
	struct post_err err;
	int fd;

	if (dwp->elf == NULL && (fd = post_find_dwp(o->own->finder, of, &path)) != -1 &&
	    post_image_open(dwp, fd, path.s, &err) == 0 &&
	    (post_elf_named(dwp->elf, ".debug_cu_index").n == 0 || post_elf_check(dwp->elf, path.s, &err) == -1))
		post_image_close(dwp);
	post_buf_free(&path);
}

/* Beside the file, or beside its debug file, whose ".debug" may be left out. */
static void
open_dwp(struct post_object *o)
{
	struct post_str debug = post_str_of(o->debug_path);
	struct post_buf stem = { 0 };

	take_dwp(o, o->path);
	if (strcmp(o->debug_path, o->path) != 0)
		take_dwp(o, o->debug_path);
	if (post_str_ends(debug, POST_STR(".debug"))) {
		post_put(&stem, (struct post_str){ debug.p, debug.n - 6 });
		take_dwp(o, stem.s);
	}
	post_buf_free(&stem);
}

/* What was unpacked, and of an alt file or package that cannot be, nothing. */
static int
unpack(struct post_object *o, unsigned jobs, struct post_err *err)
{
	struct post_object_private *own = o->own;
	const struct post_packed *bad;

	post_packed_open(&own->packed, jobs, &bad);
	if (bad == NULL)
		return 0;
	if (bad->path == o->debug_path) {
		post_fail(err, POST_EFORMAT, "%s: %s: %s", bad->path, bad->name, bad->unpack.error);
		free(o->debug_path);
		o->debug_path = NULL;
		return -1;
	}
	post_object_note(o, "%s: %s: %s", bad->path, bad->name, bad->unpack.error);
	return 0;
}

int
post_object_debug(struct post_object *o, unsigned jobs, struct post_err *err)
{
	struct post_object_private *own = o->own;
	bool relocated = o->type == POST_OBJECT_REL;
	Elf *elf;

	if (own->debug_done)
		return o->debug_path != NULL ? 0 : no_debug(o, err);
	own->debug_done = true;
	if ((elf = debug_elf(o, err)) == NULL)
		return -1;
	post_object_unnote(o);
	post_elf_sections(relocated ? dwarf_getelf(own->libdw.dwarf) : elf, o->debug_path,
	    relocated ? POST_SECTIONS_RELOCATED : POST_SECTIONS_OF_FILE, &o->dwarf.main, &own->packed);
	o->debug_bias = relocated ? 0 : bias_between(own->elf, elf);
	open_alt(o, elf);
	open_dwp(o);
	if (own->alt.elf != NULL)
		post_elf_sections(own->alt.elf, own->alt.path, POST_SECTIONS_OF_FILE, &o->dwarf.alt, &own->packed);
	if (own->dwp.elf != NULL)
		post_elf_sections(own->dwp.elf, own->dwp.path, POST_SECTIONS_OF_DWO, &o->dwarf.dwp, &own->packed);
	o->dwarf.dwo = post_object_dwo;
	o->dwarf.arg = o;
	return unpack(o, jobs, err);
}
