/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include "../base/path.h"
#include "own.h"
#include "plain.h"

/* libdwfl asks for the debug file when the file itself has no symbols, or no DWARF. */
static int
give_parted(Dwfl_Module *module, void **userdata, const char *name, Dwarf_Addr base, const char *file, const char *link,
    GElf_Word crc, char **path)
{
	struct post_object *o = *userdata;

	(void)module, (void)name, (void)base, (void)file, (void)link, (void)crc;
	if (o == NULL || !post_object_parted(o))
		return -1;
	*path = strdup(o->own->parted.path);
	return dup(o->own->parted_fd);
}

static const Dwfl_Callbacks callbacks = {
	.find_elf = dwfl_build_id_find_elf,	/* never called: the file is reported open */
	.find_debuginfo = give_parted,
	.section_address = dwfl_offline_section_address,
};

static struct post_object *
new_object(const char *path, struct post_finder *finder)
{
	struct post_object *o = post_resize(NULL, 1, sizeof *o);

	*o = (struct post_object){ .path = post_path_copy(path), .own = post_resize(NULL, 1, sizeof *o->own) };
	*o->own = (struct post_object_private){ .finder = finder, .parted_fd = -1, .libdw.fd = -1, .libdw_alt.fd = -1 };
	return o;
}

/* FD is consumed. */
static int
report(struct post_object *o, int fd, struct post_err *err)
{
	struct post_object_private *own = o->own;
	void **userdata;
	Dwarf_Addr bias;

	if ((own->dwfl = dwfl_begin(&callbacks)) != NULL) {
		dwfl_report_begin(own->dwfl);
		own->module = dwfl_report_offline(own->dwfl, "module", o->path, fd);
		dwfl_report_end(own->dwfl, NULL, NULL);
	}
	if (own->module == NULL) {
		close(fd);
		return post_fail(err, POST_EFORMAT, "%s: %s", o->path, dwfl_errmsg(-1));
	}
	dwfl_module_info(own->module, &userdata, NULL, NULL, NULL, NULL, NULL, NULL);
	*userdata = o;
	own->elf = dwfl_module_getelf(own->module, &bias);
	if (own->elf == NULL || elf_kind(own->elf) != ELF_K_ELF || elf_getbase(own->elf) != 0)
		return post_fail(err, POST_EFORMAT, "%s: no ELF file", o->path);
	return 0;
}

struct post_object *
post_object_open(int fd, const char *path, struct post_finder *finder, struct post_err *err)
{
	struct post_object *o;

	elf_version(EV_CURRENT);
	if ((fd = post_plain_fd(fd, path, err)) == -1)
		return NULL;
	o = new_object(path, finder);
	if (report(o, fd, err) == -1 || post_elf_check(o->own->elf, path, err) == -1 || post_object_spans(o, err) == -1) {
		post_object_free(o);
		return NULL;
	}
	o->own->build_id = post_elf_build_id(o->own->elf);
	post_object_symbols(o);
	return o;
}

static void
free_private(struct post_object_private *own)
{
	post_object_dwo_free(own);
	post_libdw_close(&own->libdw);
	post_libdw_close(&own->libdw_alt);
	post_packed_free(&own->packed);
	dwfl_end(own->dwfl);
	post_image_close(&own->alt);
	post_image_close(&own->dwp);
	post_image_close(&own->parted);
	if (own->parted_fd != -1)
		close(own->parted_fd);
	post_buf_free(&own->note);
	post_buf_free(&own->no_dwo.first);
	post_buf_free(&own->other_dwo.first);
	free(own);
}

void
post_object_free(struct post_object *o)
{
	if (o == NULL)
		return;
	post_symtab_free(&o->symtab);
	free_private(o->own);
	free(o->span);
	free(o->code);
	free(o->path);
	free(o->debug_path);
	free(o);
}
