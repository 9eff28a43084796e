/* SPDX-License-Identifier: BSD-2-Clause */
/* The same answers as dwarf.h through libdw: for what that does not read, and to check it by. */
#ifndef POST_LIBDW_H
#define POST_LIBDW_H

#include <elfutils/libdw.h>
#include "site.h"

/*
 * The chains of N addresses PC, sorted, each once, in DWARF, which must not be
 * in use by another thread.  Views in *out live as long as DWARF.  Units whose
 * parts are in .dwo files have lines and no functions.
 * Cost: an entry of libdw for each DIE of the units that hold an address.
 */
void	post_libdw_chains(Dwarf *dwarf, const uint64_t *pc, size_t n, struct post_chains *out);

#endif
