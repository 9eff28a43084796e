/* SPDX-License-Identifier: BSD-2-Clause */
/* How frames are called: every mode, unresolved frames, kernel and modules, C++ and Rust. */
#include "support.h"

static struct post_names names;
static struct post_naming naming;
static struct post_facts facts;

static void
with(const struct post_naming_conf *conf)
{
	post_naming_free(&naming);
	post_naming_init(&naming, conf, &names, &facts);
}

static int
stop(void **state)
{
	(void)state;
	post_naming_free(&naming);
	post_names_free(&names);
	post_facts_free(&facts);
	return 0;
}

static uint32_t
name(const char *line)
{
	struct post_line l;
	struct post_trait trait, again;
	uint32_t id;

	post_line_classify(post_str_of(line), NULL, &l);
	assert_true(l.kind == POST_LINE_NATIVE || l.kind == POST_LINE_SIMPLE);
	if (l.kind == POST_LINE_SIMPLE)
		l.addr = (struct post_str){ NULL, 0 };
	id = post_naming_native(&naming, &l, &trait);
	assert_int_equal(post_naming_native(&naming, &l, &again), id);
	assert_int_equal(again.fact, trait.fact);
	assert_int_equal(again.root, trait.root);
	return id;
}

static void
is_called(const char *line, const char *want)
{
	same(post_name(&names, name(line)), want);
}

#define LIBC " 0x7f0a11223344 : 0x7f0a11223344 [/lib64/libc-2.12.so+0x18a45/0x38e000]"
#define MERGED " 0x7f0a11223344  :  <unknown> [/lib64/libc-2.12.so+0x18a45/0x38e000]"
#define OLD " 0x7f0a11223344 [/lib64/libc-2.12.so (deleted)+0x18a45/0x38e000]"
#define BARE " 0x7f0a11223344 : 0x7f0a11223344"
#define KO " 0xffffffffa0123456 : 0xffffffffa0123456 [ip_tables]"
#define KBARE " 0xffffffff8103ce3b : 0xffffffff8103ce3b"
#define KFUNC " 0xffffffff8103ce3b : native_safe_halt+0xb/0x10 [kernel]"
#define FUNC " 0x401b3c : f+0x5c/0x8f0 [/opt/nginx/sbin/nginx]"

static void
resolved(void **state)
{
	(void)state;
	with(&(struct post_naming_conf){ 0 });
	is_called(FUNC, "f");
	is_called(KFUNC, "native_safe_halt");
	is_called(" 0x1 : _Znwm+0x1d/0x90 [/usr/lib64/libstdc++.so.6.0.13]", "_Znwm");
	is_called(" 0x1 : operator++(It&, int)+0x4/0x30 [/x]", "operator++(It&, int)");
	is_called(" 0x1 : a : b : c+0x10/0x20 [/x/a.out]", "a : b : c");
	is_called(" 0x1 : f+0x10/0x20 at /src/c++/a.c:12 [/x/a.out]", "f");
	is_called(" 0x1 : f+0x1/0x2 [kernel] (inexact)", "f");
	is_called(" 0x1 : +0x0/0x0 [x]", "-");
	is_called(" 0x1 : a;b+0x1/0x2", "a;b");
	is_called("f+0x12 [libc.so]", "f");
	assert_int_equal(name(" 0x1 : f+0x1/0x2 [a]"), name(" 0x9 : f+0x3/0x4 [b]"));
}

static void
unresolved(void **state)
{
	static const struct post_naming_conf module = { .unknown = POST_UNKNOWN_MODULE }, addr = { .unknown = POST_UNKNOWN_ADDR },
	    merge = { .unknown = POST_UNKNOWN_MERGE };

	(void)state;
	with(&module);
	is_called(LIBC, "[libc-2.12.so]");
	is_called(MERGED, "[libc-2.12.so]");
	is_called(OLD, "[libc-2.12.so]");
	is_called(BARE, "[unknown]");
	is_called(KO, "[ip_tables]");
	is_called(KBARE, "[kernel]");
	is_called(" 0x7f", "[unknown]");
	is_called(" 0x7f0a  :  <unknown>", "[unknown]");
	with(&addr);
	is_called(LIBC, "0x7f0a11223344");
	is_called(MERGED, "0x7f0a11223344");
	is_called(OLD, "0x7f0a11223344");
	is_called(BARE, "0x7f0a11223344");
	is_called(KO, "0xffffffffa0123456");
	is_called(FUNC, "f");
	is_called(" 0x7f0a11223399 : 0x7f0a11223399", "0x7f0a11223399");
	with(&merge);
	is_called(LIBC, "<unknown>");
	is_called(BARE, "<unknown>");
	is_called(KO, "<unknown>");
	is_called(FUNC, "f");
}

static void
kernel_and_modules(void **state)
{
	static const struct post_naming_conf kernel = { .kernel = true }, modules = { .modules = true },
	    both = { .kernel = true, .modules = true, .unknown = POST_UNKNOWN_ADDR };

	(void)state;
	with(&kernel);
	is_called(KFUNC, "native_safe_halt_[k]");
	is_called(KBARE, "[kernel]_[k]");
	is_called(FUNC, "f");
	is_called(" 0x401b3c : same+0x5c/0x8f0", "same");		/* one text, two sides */
	is_called(" 0xffffffff8103ce3b : same+0x5c/0x8f0", "same_[k]");
	is_called(" 0x401b3c : same+0x5c/0x8f0", "same");
	with(&modules);
	is_called(FUNC, "f [nginx]");
	is_called(KFUNC, "native_safe_halt [kernel]");
	is_called(LIBC, "[libc-2.12.so]");
	is_called(" 0x1 : f+0x1/0x2", "f");
	is_called(" 0x1 : f+0x1/0x2 [/lib64/libpthread-2.12.so.#prelink#.FHp24m (deleted)]", "f [libpthread-2.12.so]");
	with(&both);
	is_called(LIBC, "0x7f0a11223344 [libc-2.12.so]");
	is_called(KO, "0xffffffffa0123456 [ip_tables]_[k]");
	is_called(KFUNC, "native_safe_halt [kernel]_[k]");
}

static void
demangled(void **state)
{
	static const struct {
		const char	*name, *plain;
	} rows[] = {
		{ "_ZN9benchmark3runEi", "benchmark::run(int)" }, { "_Znwm", "operator new(unsigned long)" }, { "main", "main" },
		{ "_ZNSt6vectorIiSaIiEE9push_backERKi", "std::vector<int, std::allocator<int> >::push_back(int const&)" },
		{ "_ZN4core3fmt9Formatter3pad17h0123456789abcdefE", "core::fmt::Formatter::pad" },
		{ "_RNvCs1234_7mycrate3foo", "mycrate::foo" }, { "_Z", "_Z" }, { "_R", "_R" }, { "_ZN", "_ZN" }, { "_Zx", "_Zx" }, { "-", "-" },
	};
	char line[256];
	size_t i;

	(void)state;
	with(&(struct post_naming_conf){ .demangle = true });
	for (i = 0; i < ROWS(rows); i++) {
		snprintf(line, sizeof line, " 0x1 : %s+0x1/0x2 [/x]", rows[i].name);
		is_called(line, rows[i].plain);
	}
}

/* 2^24 times "int" out of a name of 200 bytes: the name stays as it is, and memory does not. */
static void
demangling_is_bounded(void **state)
{
	struct post_buf b = { 0 };
	struct post_str got;
	int i;

	(void)state;
	with(&(struct post_naming_conf){ .demangle = true });
	post_puts(&b, " 0x1 : _Z1f1AIiiE");
	for (i = 0; i < 22; i++)
		if (i == 0)
			post_puts(&b, "S_IS0_S0_E");
		else
			post_putf(&b, "S_IS%c_S%c_E", i < 10 ? '0' + i : 'A' + i - 10, i < 10 ? '0' + i : 'A' + i - 10);
	post_puts(&b, "+0x1/0x2");
	got = post_name(&names, name(b.s));
	if (got.n > 1 << 20)
		fail_msg("%zu bytes out of %zu", got.n, b.n);
	post_buf_free(&b);
}

/* Past 65,536 different lines what is known is learnt anew: the names stay the same. */
static void
many_lines(void **state)
{
	char line[64], want[16];
	unsigned i;

	(void)state;
	with(&(struct post_naming_conf){ .kernel = true });
	for (i = 0; i < 150000; i++) {
		snprintf(line, sizeof line, " %s : f%u+0x%x/0x2", i % 3 == 0 ? "0xffffffff81000000" : "0x1", i % 1000, i);
		snprintf(want, sizeof want, "f%u%s", i % 1000, i % 3 == 0 ? "_[k]" : "");
		is_called(line, want);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(resolved), cmocka_unit_test(unresolved), cmocka_unit_test(kernel_and_modules),
		cmocka_unit_test(demangled), cmocka_unit_test(demangling_is_bounded), cmocka_unit_test(many_lines),
	};

	return cmocka_run_group_tests_name("naming", tests, NULL, stop);
}
