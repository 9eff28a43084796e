/* SPDX-License-Identifier: BSD-2-Clause */
/* Symbols by name and by address, with the gaps that SystemTap prints. */
#include "support.h"
#include "../elf/symtab.h"

static void
add(struct post_symtab *t, const char *name, uint64_t addr, uint32_t span)
{
	post_symtab_add(t, post_str_of(name), addr, span);
}

static void
is(const struct post_symbol *s, const char *name, uint64_t addr, uint64_t gap)
{
	assert_non_null(s);
	same(s->name, name);
	assert_int_equal(s->addr, addr);
	assert_int_equal(s->gap, gap);
}

static void
gaps_and_aliases(void **state)
{
	struct post_symtab t = { 0 };

	(void)state;
	add(&t, "late", 0x300, 0);
	add(&t, "foo", 0x100, 0);
	add(&t, "bar", 0x180, 0);
	add(&t, "foo_weak", 0x100, 0);
	post_symtab_ready(&t);
	is(&t.symbol[0], "foo", 0x100, 0x80);
	is(&t.symbol[1], "foo_weak", 0x100, 0x80);
	assert_false(t.symbol[0].shown);
	assert_true(t.symbol[1].shown);
	is(post_symtab_at(&t, 0x100, 0), "foo_weak", 0x100, 0x80);
	is(post_symtab_at(&t, 0x17f, 0), "foo_weak", 0x100, 0x80);
	is(post_symtab_at(&t, 0x180, 0), "bar", 0x180, 0x180);
	is(post_symtab_at(&t, UINT64_MAX, 0), "late", 0x300, 0);
	assert_null(post_symtab_at(&t, 0xff, 0));
	assert_null(post_symtab_at(&t, 0x100, 1));
	post_symtab_free(&t);
}

static void
by_name(void **state)
{
	struct post_symtab t = { 0 };
	const struct post_symbol *s;

	(void)state;
	add(&t, "f", 0x500, 0);
	add(&t, "f@V1", 0x100, 0);
	add(&t, "f@@V2", 0x200, 0);
	add(&t, "g", 0x300, 0);
	add(&t, "@odd", 0x400, 0);
	add(&t, "", 0x600, 0);
	post_symtab_ready(&t);
	is(s = post_symtab_named(&t, POST_STR("f"), NULL), "f@V1", 0x100, 0x100);
	is(s = post_symtab_named(&t, POST_STR("f"), s), "f@@V2", 0x200, 0x100);
	is(s = post_symtab_named(&t, POST_STR("f"), s), "f", 0x500, 0x100);
	assert_null(post_symtab_named(&t, POST_STR("f"), s));
	is(post_symtab_named(&t, POST_STR("f@@V2"), NULL), "f@V1", 0x100, 0x100);
	is(post_symtab_named(&t, POST_STR("g@V9"), NULL), "g", 0x300, 0x100);
	is(post_symtab_named(&t, POST_STR("@odd"), NULL), "@odd", 0x400, 0x100);
	is(post_symtab_named(&t, POST_STR(""), NULL), "", 0x600, 0);
	assert_null(post_symtab_named(&t, POST_STR("h"), NULL));
	post_symtab_free(&t);
}

/* Each section of a kernel module ends on its own, and its end may be where the next one begins. */
static void
spans_are_apart(void **state)
{
	struct post_symtab t = { 0 };

	(void)state;
	add(&t, "init", 0x110, 1);
	add(&t, "end_of_text", 0x110, 0);
	add(&t, "text", 0x100, 0);
	post_symtab_ready(&t);
	is(post_symtab_at(&t, 0x110, 0), "end_of_text", 0x110, 0);
	is(post_symtab_at(&t, 0x10f, 0), "text", 0x100, 0x10);
	is(post_symtab_at(&t, 0x110, 1), "init", 0x110, 0);
	assert_null(post_symtab_at(&t, 0x10f, 1));
	post_symtab_free(&t);
}

static void
empty(void **state)
{
	struct post_symtab t = { 0 };

	(void)state;
	assert_null(post_symtab_at(&t, 1, 0));
	assert_null(post_symtab_named(&t, POST_STR("f"), NULL));
	post_symtab_ready(&t);
	assert_null(post_symtab_at(&t, 1, 0));
	assert_null(post_symtab_named(&t, POST_STR("f"), NULL));
	post_symtab_free(&t);
}

enum { SYMBOLS = 1500, PLACES = 400, NAMES = 300 };

/* The last added of those with the largest address at or below. */
static int
at_by_hand(const uint64_t *addr, const uint32_t *span, uint64_t want, uint32_t in)
{
	int best = -1, i;

	for (i = 0; i < SYMBOLS; i++)
		if (span[i] == in && addr[i] <= want && (best == -1 || addr[i] >= addr[best]))
			best = i;
	return best;
}

static uint64_t
gap_by_hand(const uint64_t *addr, const uint32_t *span, int of)
{
	uint64_t next = UINT64_MAX;
	int i;

	for (i = 0; i < SYMBOLS; i++)
		if (span[i] == span[of] && addr[i] > addr[of] && addr[i] < next)
			next = addr[i];
	return next == UINT64_MAX ? 0 : next - addr[of];
}

static void
as_by_hand(void **state)
{
	static char name[SYMBOLS][16];
	static uint64_t addr[SYMBOLS];
	static uint32_t span[SYMBOLS];
	struct rng r = rng_start("as_by_hand");
	struct post_symtab t = { 0 };
	size_t found = 0;
	int i;

	(void)state;
	for (i = 0; i < SYMBOLS; i++) {
		snprintf(name[i], sizeof name[i], "n%zu", below(&r, NAMES));
		span[i] = (uint32_t)below(&r, 3);
		addr[i] = 1000 * span[i] + below(&r, PLACES);
		add(&t, name[i], addr[i], span[i]);
	}
	post_symtab_ready(&t);
	for (i = 0; i < 3 * PLACES; i++) {
		uint32_t in = (uint32_t)below(&r, 3);
		uint64_t want = 1000 * in + below(&r, PLACES + 50);
		const struct post_symbol *s = post_symtab_at(&t, want, in);
		int best = at_by_hand(addr, span, want, in);

		assert_int_equal(s == NULL, best == -1);
		if (s != NULL) {
			is(s, name[best], addr[best], gap_by_hand(addr, span, best));
			assert_true(s->shown);
		}
	}
	for (i = 0; i < NAMES; i++) {
		const struct post_symbol *s = NULL;
		char want[16];

		snprintf(want, sizeof want, "n%d", i);
		while ((s = post_symtab_named(&t, post_str_of(want), s)) != NULL) {
			same(s->name, want);
			found++;
		}
	}
	assert_int_equal(found, SYMBOLS);
	post_symtab_free(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gaps_and_aliases), cmocka_unit_test(by_name), cmocka_unit_test(spans_are_apart), cmocka_unit_test(empty),
		cmocka_unit_test(as_by_hand),
	};

	return cmocka_run_group_tests_name("symtab", tests, NULL, NULL);
}
