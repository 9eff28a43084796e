/* SPDX-License-Identifier: BSD-2-Clause */
/* Blocks that are kept come back as they were, from memory and from a file. */
#include "support.h"
#include "../io/spool.h"

static char bytes[1 << 20];

static char
byte_of(size_t block, size_t i)
{
	return (char)(block * 7 + i * 13 + (i >> 8));
}

static void
add(struct post_spool *s, size_t block, size_t n)
{
	struct post_block b = { .p = bytes, .n = n, .seq = block, .byte = 3 * block, .file = (uint32_t)(block / 4),
		.tag = POST_FORM_RAW, .first = block % 4 == 0, .last = block % 4 == 3, .whole = block % 2 == 0 };

	for (size_t i = 0; i < n; i++)
		bytes[i] = byte_of(block, i);
	post_spool_add(s, &b);
}

static void
comes_back(struct post_spool *s, size_t block, size_t n)
{
	const struct post_block *b = post_spool_next(s);

	assert_non_null(b);
	assert_int_equal(b->n, n);
	assert_int_equal(b->seq, block);
	assert_int_equal(b->byte, 3 * block);
	assert_int_equal(b->file, block / 4);
	assert_int_equal(b->tag, POST_FORM_RAW);
	assert_int_equal(b->first, block % 4 == 0);
	assert_int_equal(b->last, block % 4 == 3);
	assert_int_equal(b->whole, block % 2 == 0);
	for (size_t i = 0; i < n; i++)
		if (b->p[i] != byte_of(block, i))
			fail_msg("block %zu differs at %zu", block, i);
}

static void
test_memory(void **state)
{
	struct post_spool s = { .fd = -1 };

	(void)state;
	for (size_t i = 0; i < 9; i++)
		add(&s, i, i * i);
	for (size_t i = 0; i < 9; i++)
		comes_back(&s, i, i * i);
	assert_null(post_spool_next(&s));
	assert_int_equal(s.fd, -1);
	assert_int_equal(s.error, 0);
	post_spool_free(&s);
}

static void
test_file(void **state)
{
	struct post_spool s = { .fd = -1 };
	size_t i, n = POST_SPOOL_MEMORY / sizeof bytes + 5;

	(void)state;
	for (i = 0; i < n; i++)
		add(&s, i, sizeof bytes - i);
	assert_int_not_equal(s.fd, -1);
	assert_int_equal(s.bytes.n, 0);
	for (i = 0; i < n; i++)
		comes_back(&s, i, sizeof bytes - i);
	assert_null(post_spool_next(&s));
	assert_int_equal(s.error, 0);
	post_spool_free(&s);
}

static void
test_no_directory(void **state)
{
	struct post_spool s = { .fd = -1 };
	const char *tmp = getenv("TMPDIR");
	char *old = tmp != NULL ? strdup(tmp) : NULL;

	(void)state;
	setenv("TMPDIR", "/nowhere/at/all", 1);
	for (size_t i = 0; i <= POST_SPOOL_MEMORY / sizeof bytes; i++)
		add(&s, i, sizeof bytes);
	assert_int_equal(s.error, ENOENT);
	assert_null(post_spool_next(&s));
	post_spool_free(&s);
	if (old != NULL)
		setenv("TMPDIR", old, 1);
	else
		unsetenv("TMPDIR");
	free(old);
}

static void
test_no_block(void **state)
{
	struct post_spool s = { .fd = -1 };

	(void)state;
	assert_null(post_spool_next(&s));
	post_spool_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_file),
		cmocka_unit_test(test_no_directory),
		cmocka_unit_test(test_no_block),
	};

	return cmocka_run_group_tests_name("spool", tests, NULL, NULL);
}
