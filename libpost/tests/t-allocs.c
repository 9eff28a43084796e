/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading ten stacks takes as many allocations as reading a hundred thousand of the same. */
#include "support.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__GLIBC__)

int
main(void)
{
	printf("1..0 # skip the sanitizer has malloc for itself\n");
	return 0;
}

#else

void	*__libc_malloc(size_t);
void	*__libc_calloc(size_t, size_t);
void	*__libc_realloc(void *, size_t);

static size_t taken;

void *
malloc(size_t n)
{
	taken++;
	return __libc_malloc(n);
}

void *
calloc(size_t n, size_t size)
{
	taken++;
	return __libc_calloc(n, size);
}

void *
realloc(void *p, size_t n)
{
	taken++;
	return __libc_realloc(p, n);
}

/* Allocations to fold TIMES times the same text, in blocks of one size as an input gives them. */
static size_t
cost(const char *stanzas, enum post_form form, int times, const struct post_stacks_conf *conf)
{
	static char text[1 << 16];
	struct post_stacks_conf c = *conf;
	struct post_fold fold = { 0 };
	struct post_stacks stacks;
	struct post_block b = { .p = text, .tag = (int)form };
	struct post_err err;
	size_t before, n = strlen(stanzas), total;

	c.stack = fold_one;
	memset(text, '\n', sizeof text);	/* blocks are as long as any, and blank behind the text */
	before = taken;
	post_stacks_init(&stacks, &c, &fold.names, &fold);
	for (; times > 0; times -= (int)(b.n / n)) {
		for (b.n = 0; b.n + n < sizeof text && b.n / n < (size_t)times; b.n += n)
			memcpy(text + b.n, stanzas, n);
		assert_true(post_stacks_block(&stacks, &b, &err) > 0);
		b.seq++;
	}
	total = taken - before;
	post_stacks_free(&stacks);
	post_fold_free(&fold);
	return total;
}

static void
same_cost(const char *stanzas, enum post_form form, const struct post_stacks_conf *conf)
{
	size_t few = cost(stanzas, form, 10, conf), many = cost(stanzas, form, 100000, conf);

	if (few != many)
		fail_msg("%zu for ten, %zu for a hundred thousand", few, many);
	assert_true(few > 0);
}

static void
per_stack(void **state)
{
	static const struct post_stacks_conf plain, all = { .naming = { .kernel = true, .modules = true, .demangle = true },
	    .merge_recursive = true, .separator = true }, addr = { .naming.unknown = POST_UNKNOWN_ADDR };
	static const char native[] = " 0xffffffff81000001 : k+0x1/0x2 [kernel]\n 0x401 : _Znwm+0x1/0x2 [/bin/a]\n"
	    " 0x7f0a : 0x7f0a [/lib64/libc.so+0x1/0x2]\n\t3\n";
	static const char lua[] = "@a.lua:1\nlocal x =\n\t42\n:1\nC:f\n@/opt/my\t17\n";

	(void)state;
	same_cost(native, POST_FORM_RAW, &plain);
	same_cost(native, POST_FORM_RAW, &all);
	same_cost(native, POST_FORM_RAW, &addr);
	same_cost(lua, POST_FORM_RAW, &plain);
	same_cost("main;a\\x3bb;c 5\nmain;d 6\n", POST_FORM_FOLDED, &plain);
	same_cost("main;a;c 5\nmain;d 6\n", POST_FORM_FOLDED, &all);
}

/* The whole way from a file, plain and packed: more blocks may cost no more than the few that are ahead. */
static size_t
cost_of_file(const char *name, struct post_str bytes)
{
	char *path = put_file(name, bytes);
	const struct post_input_conf conf = { .block = 4096 };
	struct post_input *in;
	struct post_block *b;
	size_t before = taken;

	in = post_input_new(&path, 1, &conf);
	while ((b = post_input_next(in)) != NULL)
		post_input_release(in, b);
	post_input_free(in);
	return taken - before;
}

static void
per_block(void **state)
{
	struct post_buf few = { 0 }, many = { 0 };

	(void)state;
	while (few.n < 20 << 10)
		post_puts(&few, " 0x1 : f+0x1/0x2 [a]\n\t17\n");
	while (many.n < 4 << 20)
		post_puts(&many, " 0x1 : f+0x1/0x2 [a]\n\t17\n");
	assert_in_range(cost_of_file("many", post_buf_str(&many)), 1, cost_of_file("few", post_buf_str(&few)) + 8);
	post_buf_free(&few);
	post_buf_free(&many);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(per_stack), cmocka_unit_test(per_block) };

	return cmocka_run_group_tests_name("allocs", tests, scratch_make, scratch_remove);
}

#endif
