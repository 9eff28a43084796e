/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Any bytes as a line number program: many addresses at once get what each
 * gets alone, and files are views of the input.  The input is the number of addresses, the
 * addresses, three bytes each, and .debug_line, which serves as all other sections too.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include "../dwarf/lines.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

enum { ADDRESSES_MAX = 64, OPENED_MAX = 16 };

/* Each is told by its distance from the last, so that they ascend; the largest distance leads near the end. */
static size_t
read_addresses(struct post_cursor *c, uint64_t *pc)
{
	size_t n = post_read_u8(c) % ADDRESSES_MAX, kept = 0;
	uint64_t at = 0;

	for (size_t i = 0; i < n && post_left(c) >= 3; i++) {
		uint64_t by = post_read_size(c, 3);

		if (by == 0xffffff && at < UINT64_MAX - 2 * ADDRESSES_MAX)
			at = UINT64_MAX - 2 * ADDRESSES_MAX;
		else if ((by == 0 && kept > 0) || by > UINT64_MAX - at)
			continue;
		else
			at += by;
		pc[kept++] = at;
	}
	return kept;
}

static bool
inside(struct post_str part, struct post_str whole)
{
	return part.n == 0 || (part.p >= whole.p && part.p + part.n <= whole.p + whole.n);
}

static void
look_at_file(const struct post_lines *l, uint64_t number, struct post_str whole)
{
	struct post_site site = { .line = 7 };

	post_lines_file(l, number, &site);
	assert(site.line == 7);
	assert(inside(site.file, whole) && inside(site.dir, whole) && inside(site.comp_dir, whole));
	assert(site.file.n > 0 || (site.dir.n == 0 && site.comp_dir.n == 0));
}

static void
look_at_files(const struct post_lines *l, struct post_str whole)
{
	for (uint64_t i = 0; i < l->n_file && i < 1000; i++)
		look_at_file(l, i, whole);
	look_at_file(l, l->n_file, whole);
	look_at_file(l, UINT64_MAX, whole);
}

static void
find(struct post_lines *l, const uint64_t *pc, size_t n, struct post_str whole)
{
	struct post_row all[ADDRESSES_MAX] = { 0 }, one;
	int status = post_lines_find(l, pc, n, all);

	for (size_t i = 0; i < n; i++) {
		one = (struct post_row){ 0 };
		assert(post_lines_find(l, &pc[i], 1, &one) == status);
		assert(one.found == all[i].found && one.file == all[i].file && one.line == all[i].line);
		assert(one.found || (one.file == 0 && one.line == 0));
		look_at_file(l, one.file, whole);
	}
	look_at_files(l, whole);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct post_cursor c = post_cursor_of((struct post_str){ (const char *)data, size });
	uint64_t pc[ADDRESSES_MAX], length, at = 0;
	size_t n = read_addresses(&c, pc);
	struct post_str whole = { (const char *)c.p, post_left(&c) };
	struct post_dwarf d = { .arg = NULL };
	struct post_unit u = { .dwarf = &d, .in = &d.main, .has_lines = true, .format = { 5, 8, 4 } };
	unsigned opened;

	for (unsigned i = 0; i < POST_SECTIONS; i++)
		d.main.s[i] = d.alt.s[i] = whole;
	for (opened = 0; opened < OPENED_MAX && at < whole.n; opened++) {
		struct post_arena mem = { 0 };
		struct post_lines l;
		int status;

		u.lines = at;
		assert(post_lines_size(&u) <= whole.n - at);
		status = post_lines_open(&l, &u, (struct post_str){ NULL, 0 }, &mem);
		assert(status >= -1 && status <= 1);
		if (status == 0)
			find(&l, pc, n, whole);
		post_drop(&mem);
		c = post_cursor_at(whole, at);
		length = post_read_u32(&c);
		at = c.bad || length > whole.n ? whole.n : at + 4 + length;
	}
	return 0;
}
