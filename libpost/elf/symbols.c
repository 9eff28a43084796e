/* SPDX-License-Identifier: BSD-2-Clause */
/* Which symbols of a file SystemTap keeps: those of dump_symbol_tables in its translator. */
#include "own.h"

enum { NAME_LIMIT = 64 << 10 };		/* bytes; names may share them, so that a small file could hold many long ones */

struct reading {
	struct post_object	*object;
	Dwarf_Addr		 lo, hi;	/* of the module, as libdwfl placed it */
	GElf_Addr		 bias;		/* that - link address; absolute symbols are not moved, and at no link address then */
	Elf			*elf;		/* that bytes are of */
	struct post_str		 bytes;
};

/* NAME, which is in ELF, and need not end there. */
static bool
bounded_name(struct reading *r, Elf *elf, const char *name, struct post_str *out)
{
	size_t left;

	if (elf != r->elf) {
		r->elf = elf;
		r->bytes = elf != NULL ? post_elf_bytes(elf) : (struct post_str){ 0 };
	}
	if ((uintptr_t)name < (uintptr_t)r->bytes.p || (uintptr_t)name - (uintptr_t)r->bytes.p >= r->bytes.n)
		return false;
	left = r->bytes.n - (size_t)(name - r->bytes.p);
	*out = (struct post_str){ name, strnlen(name, left < NAME_LIMIT ? left : NAME_LIMIT) };
	return true;
}

static bool
is_kept_type(const struct post_object *o, const GElf_Sym *sym)
{
	switch (GELF_ST_TYPE(sym->st_info)) {
	case STT_FUNC:
	case STT_OBJECT:
		return true;
	case STT_NOTYPE:
		return o->type == POST_OBJECT_REL || o->kernel;
	default:
		return false;
	}
}

/* Symbol INDEX and its link address: false when SystemTap has no use for it. */
static bool
read_symbol(struct reading *r, int index, struct post_str *name, GElf_Addr *addr, uint32_t *span)
{
	Dwfl_Module *module = r->object->own->module;
	GElf_Word section = SHN_UNDEF;
	Elf *elf = NULL;
	Dwarf_Addr bias, place;
	GElf_Sym sym;
	const char *s = dwfl_module_getsym_info(module, index, &sym, addr, &section, &elf, &bias);
	int at = 0;

	if (s == NULL || !is_kept_type(r->object, &sym) || sym.st_shndx == SHN_UNDEF || section == (GElf_Word)-1 ||
	    (sym.st_shndx == SHN_ABS && r->bias != 0) || *addr < r->lo || *addr >= r->hi || !bounded_name(r, elf, s, name))
		return false;
	place = *addr;
	if (r->object->type == POST_OBJECT_REL)
		at = dwfl_module_relocate_address(module, &place);
	*addr -= r->bias;
	*span = (uint32_t)at;
	return at >= 0 && (size_t)at < r->object->n_span && *addr >= r->object->span[at].lo && *addr <= r->object->span[at].hi;
}

/* The kernel's table begins at this symbol. */
static GElf_Addr
kernel_start(struct reading *r, int n)
{
	struct post_str name;
	uint32_t span;
	GElf_Addr addr;
	int i;

	for (i = 0; i < n; i++)
		if (read_symbol(r, i, &name, &addr, &span) && post_str_eq(name, POST_STR("_stext")))
			return addr;
	return 0;
}

static bool
has_full_symbols(const struct post_object *o)
{
	const struct post_object_private *own = o->own;

	return post_elf_has_symtab(own->elf) || post_elf_named(own->elf, ".gnu_debugdata").n > 0 ||
	    (own->parted.elf != NULL && post_elf_has_symtab(own->parted.elf));
}

void
post_object_symbols(struct post_object *o)
{
	struct reading r = { .object = o };
	int n = dwfl_module_getsymtab(o->own->module), i;
	GElf_Addr start, addr;
	struct post_str name;
	uint32_t span;

	dwfl_module_info(o->own->module, NULL, &r.lo, &r.hi, NULL, NULL, NULL, NULL);
	dwfl_module_getelf(o->own->module, &r.bias);
	start = o->kernel ? kernel_start(&r, n) : 0;
	for (i = 0; i < n; i++)
		if (read_symbol(&r, i, &name, &addr, &span) && addr >= start)
			post_symtab_add(&o->symtab, name, addr, span);
	post_symtab_ready(&o->symtab);
	o->full_symbols = n > 0 && has_full_symbols(o);
}
