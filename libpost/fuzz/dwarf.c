/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Any bytes as sections of debug information: views lie inside of them, and
 * threads change nothing.  The input is a byte N, N addresses of four bytes, and then
 * sections: a byte (which, of which file), the length in two bytes, and theirs.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include "../dwarf/cursor.h"
#include "../dwarf/dwarf.h"

enum { MAIN, ALT, PACKAGE, DWO, FILES, PC_MAX = 32 };

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const struct post_sections *
give_dwo(void *arg, struct post_str dir, struct post_str name, uint64_t id)
{
	(void)dir;
	(void)name;
	return id % 3 == 0 ? NULL : arg;
}

static int
by_value(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return (a > b) - (a < b);
}

static size_t
read_addresses(struct post_cursor *c, uint64_t *pc)
{
	size_t n = post_read_u8(c) % (PC_MAX + 1), i, k = 0;

	for (i = 0; i < n; i++)
		pc[i] = post_read_u32(c);
	if (n > 1)
		qsort(pc, n, sizeof *pc, by_value);
	for (i = 0; i < n; i++)
		if (k == 0 || pc[i] != pc[k - 1])
			pc[k++] = pc[i];
	return k;
}

/* Each in a block of its own, so that reading past its end is seen. */
static void
read_sections(struct post_cursor *c, struct post_sections *file)
{
	while (post_left(c) > 3) {
		unsigned which = post_read_u8(c);
		struct post_str *s = &file[which >> 4 & 3].s[(which & 15) % POST_SECTIONS];
		size_t n = post_read_u16(c);

		n = n < post_left(c) ? n : post_left(c);
		free((char *)(uintptr_t)s->p);
		s->p = memcpy(malloc(n + 1), c->p, n);
		s->p = realloc((char *)(uintptr_t)s->p, n > 0 ? n : 1);
		s->n = n;
		post_skip(c, n);
	}
}

static void
inside(const struct post_sections *file, struct post_str s)
{
	bool found = s.n == 0 || post_str_eq(s, POST_UNNAMED);

	for (unsigned i = 0; i < FILES && !found; i++)
		for (unsigned k = 0; k < POST_SECTIONS; k++) {
			struct post_str of = file[i].s[k];

			found |= of.n > 0 && s.p >= of.p && s.p + s.n <= of.p + of.n;
		}
	assert(found);
}

static void
check(const struct post_sections *file, const struct post_chains *c, const struct post_chains *other)
{
	assert(c->bad_units == other->bad_units && c->first_bad.byte == other->first_bad.byte);
	for (size_t i = 0; i < c->n; i++) {
		const struct post_call_chain *a = &c->chain[i], *b = &other->chain[i];

		assert(a->n == b->n && a->unread == b->unread);
		for (uint32_t k = 0; k < a->n; k++) {
			const struct post_site *s = &a->site[k], *t = &b->site[k];

			inside(file, s->function);
			inside(file, s->comp_dir);
			inside(file, s->dir);
			inside(file, s->file);
			assert(post_str_eq(s->function, t->function) && post_str_eq(s->file, t->file) && s->line == t->line);
		}
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct post_cursor c = post_cursor_of((struct post_str){ (const char *)data, size });
	struct post_sections file[FILES] = { { { { 0 } } } };
	struct post_chains one, many;
	uint64_t pc[PC_MAX];
	size_t n = read_addresses(&c, pc);
	struct post_dwarf d;

	read_sections(&c, file);
	d = (struct post_dwarf){ file[MAIN], file[ALT], file[PACKAGE], give_dwo, &file[DWO] };
	post_dwarf_chains(&d, pc, n, 1, &one);
	post_dwarf_chains(&d, pc, n, 3, &many);
	check(file, &one, &many);
	post_chains_free(&one);
	post_chains_free(&many);
	for (unsigned i = 0; i < FILES; i++)
		for (unsigned k = 0; k < POST_SECTIONS; k++)
			free((char *)(uintptr_t)file[i].s[k].p);
	return 0;
}
