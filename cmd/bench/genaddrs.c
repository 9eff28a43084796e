/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * genaddrs PROGRAM N TRACE ADDRESSES: N addresses in the functions of a PIE
 * program, uniform by size, the same each time: as a raw trace of exact
 * addresses into TRACE, and as the link addresses, for symbolizers, into ADDRESSES.
 */
#include <err.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include "../../libpost/elf/object.h"

enum { BIAS_PAGES = 0x55d0c0a00 };

static uint64_t
next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static struct post_object *
open_program(const char *path)
{
	static struct post_find_conf nowhere;
	struct post_err e;
	struct post_finder *finder = post_finder_new(&nowhere, &e);
	int fd = open(path, O_RDONLY);
	struct post_object *o;

	if (fd == -1)
		err(2, "%s", path);
	if (finder == NULL || (o = post_object_open(fd, path, finder, &e)) == NULL)
		errx(2, "%s: %s", path, e.msg);
	return o;
}

/* Symbols that SystemTap prints, in code; their sizes summed up into UPTO. */
static size_t
functions(const struct post_object *o, const struct post_symbol **fn, uint64_t *upto)
{
	uint64_t sum = 0;
	size_t n = 0;

	for (size_t i = 0; i < o->symtab.n; i++) {
		const struct post_symbol *s = &o->symtab.symbol[i];

		for (size_t c = 0; c < o->n_code; c++)
			if (s->shown && s->gap > 0 && s->addr >= o->code[c].lo && s->addr + s->gap <= o->code[c].hi) {
				fn[n] = s;
				upto[n++] = sum += s->gap;
			}
	}
	return n;
}

static size_t
function_at(const uint64_t *upto, size_t n, uint64_t at)
{
	size_t lo = 0, hi = n - 1;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (upto[mid] > at)
			hi = mid;
		else
			lo = mid + 1;
	}
	return lo;
}

int
main(int argc, char *argv[])
{
	uint64_t state = 88172645463325252u, *upto;
	const struct post_symbol **fn;
	struct post_object *o;
	FILE *trace, *addresses;
	size_t n;

	if (argc != 5)
		errx(2, "usage: genaddrs PROGRAM N TRACE ADDRESSES");
	o = open_program(argv[1]);
	fn = calloc(o->symtab.n, sizeof *fn);
	upto = calloc(o->symtab.n, sizeof *upto);
	trace = fopen(argv[3], "w");
	addresses = fopen(argv[4], "w");
	if (fn == NULL || upto == NULL || trace == NULL || addresses == NULL)
		err(2, "%s", argv[3]);
	if ((n = functions(o, fn, upto)) == 0)
		errx(2, "%s: no functions", argv[1]);
	for (long i = atol(argv[2]); i > 0; i--) {
		uint64_t at = next_random(&state) % upto[n - 1];
		size_t k = function_at(upto, n, at);
		uint64_t offset = fn[k]->gap - (upto[k] - at), link = fn[k]->addr + offset;

		fprintf(addresses, "0x%" PRIx64 "\n", link);
		fprintf(trace, " 0x%" PRIx64 " : %.*s+0x%" PRIx64 "/0x%" PRIx64 " [%s]\n\t1\n", link + ((uint64_t)BIAS_PAGES << 12),
		    (int)fn[k]->name.n, fn[k]->name.p, offset, fn[k]->gap, argv[1]);
	}
	return fclose(trace) != 0 || fclose(addresses) != 0 ? 2 : 0;
}
