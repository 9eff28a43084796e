/* SPDX-License-Identifier: BSD-2-Clause */
/* Where an ELF file is loaded, and what of it is code. */
#include <stdlib.h>
#include "own.h"

enum { PAGE = 4096, LARGE_PAGE = 64 << 10 };

static uint64_t
page_down(uint64_t x)
{
	return x & ~(uint64_t)(PAGE - 1);
}

/* The largest page address stands for the end of memory. */
static uint64_t
page_up(uint64_t x)
{
	return x > page_down(UINT64_MAX) ? page_down(UINT64_MAX) : page_down(x + PAGE - 1);
}

static void
add_code(struct post_object *o, struct post_span s)
{
	size_t cap = o->n_code;

	o->code = post_room(o->code, o->n_code, &cap, sizeof *o->code);
	o->code[o->n_code++] = s;
}

struct segments {
	uint64_t	lo, hi, filled;		/* filled: where what the file has of them ends */
	size_t		n;
	bool		large;			/* all are aligned to 64 KiB */
};

/* Those below the first, as the kernel has them for each processor, are at no address of their own. */
static int
take_segment(struct post_object *o, struct segments *s, const GElf_Phdr *h, struct post_err *err)
{
	uint64_t end;

	if (h->p_memsz == 0 || (s->n > 0 && h->p_vaddr < s->lo))
		return 0;
	if (__builtin_add_overflow(h->p_vaddr, h->p_memsz, &end) || h->p_filesz > h->p_memsz)
		return post_fail(err, POST_EFORMAT, "%s: a segment of a size that cannot be", o->path);
	if (s->n++ == 0) {
		s->lo = page_down(h->p_vaddr);
		s->large = true;
	}
	s->hi = end > s->hi ? end : s->hi;
	if (h->p_vaddr + h->p_filesz > s->filled)
		s->filled = h->p_vaddr + h->p_filesz;
	s->large &= h->p_align == LARGE_PAGE;
	if ((h->p_flags & PF_X) != 0)
		add_code(o, (struct post_span){ .lo = h->p_vaddr, .hi = end });
	return 0;
}

static int
by_address(const void *a, const void *b)
{
	const struct post_span *x = a, *y = b;

	return (x->lo > y->lo) - (x->lo < y->lo);
}

static int
take_segments(struct post_object *o, struct post_err *err)
{
	struct segments s = { 0 };
	size_t n, i;
	GElf_Phdr h;

	if (elf_getphdrnum(o->own->elf, &n) != 0)
		n = 0;
	for (i = 0; i < n && i <= INT_MAX; i++)
		if (gelf_getphdr(o->own->elf, (int)i, &h) != NULL && h.p_type == PT_LOAD && take_segment(o, &s, &h, err) == -1)
			return -1;
	if (s.n == 0)
		return post_fail(err, POST_EFORMAT, "%s: an ELF file that nothing of is loaded", o->path);
	o->span = post_resize(NULL, 1, sizeof *o->span);
	o->span[0] = (struct post_span){ .lo = s.lo, .hi = page_up(s.hi), .align = s.large ? LARGE_PAGE : PAGE };
	o->n_span = 1;
	o->first_page = s.lo;
	o->image_size = page_up(s.filled) - s.lo;
	for (i = 0; i < o->n_code; i++)
		o->code[i].align = o->span[0].align;
	return 0;
}

/* libdwfl gave addresses to the sections, one behind the other: they are its places of relocation. */
static int
take_sections(struct post_object *o, struct post_err *err)
{
	int n = dwfl_module_relocations(o->own->module), i;

	if (n <= 0)
		return post_fail(err, POST_EFORMAT, "%s: a relocatable file that nothing of is loaded", o->path);
	o->span = post_resize(NULL, (size_t)n, sizeof *o->span);
	for (i = 0; i < n; i++) {
		GElf_Word index = SHN_UNDEF;
		const char *name = dwfl_module_relocation_info(o->own->module, (unsigned)i, &index);
		GElf_Shdr h;
		struct post_span s;

		if (name == NULL || gelf_getshdr(elf_getscn(o->own->elf, index), &h) == NULL || h.sh_addr + h.sh_size < h.sh_addr)
			return post_fail(err, POST_EFORMAT, "%s: a damaged section table", o->path);
		s = (struct post_span){ h.sh_addr, h.sh_addr + h.sh_size, h.sh_addralign > 1 ? h.sh_addralign : 1, post_str_of(name) };
		if ((s.align & (s.align - 1)) != 0)
			s.align = 1;
		o->span[o->n_span++] = s;
		if ((h.sh_flags & SHF_EXECINSTR) != 0 && h.sh_size > 0)
			add_code(o, s);
	}
	return 0;
}

int
post_object_spans(struct post_object *o, struct post_err *err)
{
	GElf_Ehdr h;
	int got;

	if (gelf_getehdr(o->own->elf, &h) == NULL)
		return post_fail(err, POST_EFORMAT, "%s: no ELF file", o->path);
	switch (h.e_type) {
	case ET_EXEC: o->type = POST_OBJECT_EXEC; break;
	case ET_DYN: o->type = POST_OBJECT_DYN; break;
	case ET_REL: o->type = POST_OBJECT_REL; break;
	default: return post_fail(err, POST_EFORMAT, "%s: an ELF file that is neither program, library nor module", o->path);
	}
	got = o->type == POST_OBJECT_REL ? take_sections(o, err) : take_segments(o, err);
	if (o->n_code > 0)
		qsort(o->code, o->n_code, sizeof *o->code, by_address);
	o->kernel = o->type != POST_OBJECT_REL && (post_elf_has(o->own->elf, ".head.text") || post_elf_has(o->own->elf, "__ksymtab"));
	return got;
}
