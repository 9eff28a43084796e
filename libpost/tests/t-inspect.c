/* SPDX-License-Identifier: BSD-2-Clause */
/* The modules of a trace against the files that are there. */
#include "made.h"
#include "../sym/inspect.h"

struct line {
	const char	*text;
	uint64_t	 n;
};

static void
frames_of(struct post_frames *f, const struct line *lines, size_t n)
{
	*f = (struct post_frames){ 0 };
	for (size_t i = 0; i < n; i++) {
		uint32_t id = post_frames_id(f, post_str_of(lines[i].text));

		f->frame[id].n[POST_FRAME_RETURN] += lines[i].n;
	}
}

/* What came of a trace. */
struct inspected {
	struct post_inspection	of;
	struct post_findings	findings;
};

static void
inspect(struct inspected *to, const struct line *lines, size_t n, const char *sysroot, struct post_exe *exe)
{
	const char *const roots[] = { sysroot };
	struct post_modules_conf conf = { .find = { .sysroot = roots, .n_sysroot = sysroot != NULL }, .exe = exe, .n_exe = exe != NULL };
	struct post_frames f;

	*to = (struct inspected){ 0 };
	frames_of(&f, lines, n);
	assert_int_equal(post_inspect_trace(&to->of, &f, &conf, 1, &to->findings, &err), 0);
	post_frames_free(&f);
}

static void
done(struct inspected *i)
{
	post_inspection_free(&i->of);
	post_findings_free(&i->findings);
}

static void
finding_is(const struct inspected *i, size_t at, enum post_finding_id id, const char *subject, uint64_t n, uint64_t value)
{
	const struct post_finding *f = &i->findings.v[at];

	assert_true(at < i->findings.n);
	assert_int_equal(f->id, id);
	assert_int_equal(f->severity, id == POST_FOUND_NOT_THE_TRACED || id == POST_FOUND_NO_UNWIND ? POST_SHALLOW : POST_INFO);
	assert_string_equal(f->subject, subject);
	assert_int_equal(f->n, n);
	assert_int_equal(f->value, value);
}

static void
reason_is(const struct post_inspected *one, enum post_lang lang, const char *want)
{
	struct post_buf b = { 0 };

	post_inspected_put(&b, one, false, lang);
	same(post_buf_str(&b), want);
	post_buf_free(&b);
}

static const struct line till[] = {
	{ "0x7f3a5c200226 : price_rate+0x6/0x27 [/opt/till/lib/libprice.so]", 1 },
	{ "0x55d0c0a00340 : serve+0x35/0x7c [/opt/till/bin/till]", 3 },
	{ "0x55d0c0a003a9 : _start+0xe/0x1015 [/opt/till/bin/till]", 3 },
	{ "0x55d0c0a00309 : stop+0x9/0xb [/opt/till/bin/till]", 1 },
	{ "0x7f3a5c4a0123 : __write+0x13/0xa0 [/lib64/libnone.so.6]", 1 },
	{ "0x7f0000000000 : 0x7f0000000000", 5 },
};

static void
the_right_files(void **state)
{
	struct inspected i;

	(void)state;
	inspect(&i, till, ROWS(till), "testdata/native/prod", NULL);
	assert_int_equal(i.of.n, 3);
	assert_string_equal(i.of.v[0].name, "/opt/till/bin/till");
	assert_string_equal(i.of.v[0].file, "testdata/native/prod/opt/till/bin/till");
	assert_int_equal(i.of.v[0].match, POST_MATCH_TRACED);
	assert_int_equal(i.of.v[0].frames, 7);
	assert_int_equal(i.of.v[0].named, 3);
	assert_int_equal(i.of.v[0].agree, 3);
	assert_int_equal(i.of.v[0].against + i.of.v[0].outside + i.of.v[0].unknown, 0);
	assert_int_equal(i.of.v[0].contents.symbols, POST_SYMBOLS_FULL);
	assert_int_equal(i.of.v[0].contents.debug, POST_DEBUG_OWN);
	assert_int_equal(i.of.v[0].contents.unwind, POST_UNWIND_DEBUG_FRAME);
	assert_int_equal(i.of.v[0].contents.n_build_id, 20);
	reason_is(&i.of.v[0], POST_ENGLISH, "3 of 3 names fit, with their sizes");
	reason_is(&i.of.v[0], POST_CHINESE, "3 个函数名中有 3 个与该文件的地址和大小相符");
	assert_string_equal(i.of.v[1].name, "/lib64/libnone.so.6");
	assert_int_equal(i.of.v[1].match, POST_MATCH_MISSING);
	assert_null(i.of.v[1].file);
	assert_false(i.of.v[1].has_contents);
	assert_string_equal(i.of.v[2].name, "/opt/till/lib/libprice.so");
	assert_int_equal(i.of.v[2].match, POST_MATCH_PROBABLE);
	reason_is(&i.of.v[2], POST_ENGLISH, "the one name that it knows fits, with its size");
	assert_int_equal(i.findings.n, 1);
	finding_is(&i, 0, POST_FOUND_MODULE_MISSING, "/lib64/libnone.so.6", 1, 0);
	done(&i);
}

/* Nobody has a file of these, or said where it is. */
static void
without_files(void **state)
{
	static const struct line lines[] = {
		{ "0xffffffff81000010 : schedule+0x10/0x20 [kernel]", 9 },
		{ "0xffffffffa0000010 : nf_hook+0x10/0x20 [nf_conntrack]", 8 },
		{ "0xffffffffa0100010 : probe+0x10/0x20 [stap_0123456789abcdef0123456789abcdef_4711]", 7 },
		{ "0x7fff00000010 : __vdso_time+0x1/0x20 [vdso]", 6 },
		{ "0xffffffffa0200010 : f+0x10/0x20 [stap_mine]", 5 },
	};
	static const enum post_match want[] = { POST_MATCH_NOT_ASKED, POST_MATCH_NOT_ASKED, POST_MATCH_TRACER, POST_MATCH_NOT_ASKED,
		POST_MATCH_NOT_ASKED };
	struct inspected i;

	(void)state;
	inspect(&i, lines, ROWS(lines), NULL, NULL);
	assert_int_equal(i.of.n, ROWS(lines));
	for (size_t k = 0; k < ROWS(lines); k++) {
		assert_int_equal(i.of.v[k].match, want[k]);
		assert_false(i.of.v[k].has_contents);
	}
	reason_is(&i.of.v[0], POST_ENGLISH, "nobody said where its file is");
	reason_is(&i.of.v[2], POST_ENGLISH, "the tracer's own module");
	reason_is(&i.of.v[3], POST_ENGLISH, "no file has it: it is the kernel's");
	assert_int_equal(i.findings.n, 0);
	done(&i);
	inspect(&i, lines, 2, "testdata/native/prod", NULL);
	assert_int_equal(i.of.v[1].match, POST_MATCH_MISSING);
	assert_int_equal(i.findings.n, 1);
	finding_is(&i, 0, POST_FOUND_MODULE_MISSING, "nf_conntrack", 8, 0);
	done(&i);
}

static const struct line lib[] = {
	{ "0x7f0000001014 : f+0x4/0x30 [/lib.so]", 2 },
	{ "0x7f0000001044 : g+0x4/0xc0 [/lib.so]", 3 },
	{ "0x7f0000001184 : last+0x4/0x0 [/lib.so]", 1 },
};

static void
put_lib(const char *name, GElf_Word type, const struct made_symbol *s, size_t n)
{
	struct made m = library();

	put_symbols(&m, type, s, n);
	make_elf(name, &m);
}

static void
another_build(void **state)
{
	static const struct made_symbol moved[] = {
		{ "f", 0x1010, STT_FUNC, 1 }, { "g@@V2", 0x1060, STT_FUNC, 1 }, { "extra", 0x10a8, STT_FUNC, 1 }, { "last", 0x11c4, STT_FUNC, 1 },
		{ "f", 0x11f0, STT_FUNC, 1 },
	};
	struct inspected i;

	(void)state;
	put_lib("lib.so", SHT_SYMTAB, moved + 1, 3);
	inspect(&i, lib, ROWS(lib), scratch_dir, NULL);
	assert_int_equal(i.of.n, 1);
	assert_int_equal(i.of.v[0].match, POST_MATCH_OTHER);
	assert_int_equal(i.of.v[0].unknown, 2);
	assert_true(i.of.v[0].has_contents);
	assert_int_equal(i.findings.n, 1);
	finding_is(&i, 0, POST_FOUND_NOT_THE_TRACED, "/lib.so", i.of.v[0].against, i.of.v[0].agree + i.of.v[0].against);
	assert_true(i.of.v[0].against > i.of.v[0].agree);
	done(&i);
}

static void
what_it_lacks(void **state)
{
	struct inspected i;

	(void)state;
	put_lib("lib.so", SHT_DYNSYM, code, ROWS(code));
	inspect(&i, lib, ROWS(lib), scratch_dir, NULL);
	assert_int_equal(i.of.v[0].match, POST_MATCH_PROBABLE);
	assert_int_equal(i.findings.n, 3);
	finding_is(&i, 0, POST_FOUND_NO_SYMBOLS, "/lib.so", 6, 0);
	finding_is(&i, 1, POST_FOUND_NO_DWARF, "/lib.so", 6, 0);
	finding_is(&i, 2, POST_FOUND_NO_UNWIND, "/lib.so", 6, 0);
	done(&i);
}

/* Two builds may have a function or two in common, and be told apart by others: it takes three. */
static void
how_many_names(void **state)
{
	static const struct line lines[] = {
		{ "0x7f0000001014 : f+0x4/0x30 [/lib.so]", 400 },
		{ "0x7f0000001018 : f+0x8/0x30 [/lib.so]", 400 },
		{ "0x7f0000001044 : g+0x4/0xc0 [/lib.so]", 3 },
		{ "0x7f0000001104 : data+0x4/0x80 [/lib.so]", 1 },
	};
	struct inspected i;

	(void)state;
	put_lib("lib.so", SHT_SYMTAB, code, ROWS(code));
	inspect(&i, lines, 2, scratch_dir, NULL);
	assert_int_equal(i.of.v[0].match, POST_MATCH_PROBABLE);
	assert_int_equal(i.of.v[0].sized, 1);
	reason_is(&i.of.v[0], POST_ENGLISH, "the one name that it knows fits, with its size");
	done(&i);
	inspect(&i, lines, 3, scratch_dir, NULL);
	assert_int_equal(i.of.v[0].match, POST_MATCH_PROBABLE);
	reason_is(&i.of.v[0], POST_ENGLISH, "2 of 2 names fit, 2 with their sizes: too few to be sure");
	done(&i);
	inspect(&i, lines, 4, scratch_dir, NULL);
	assert_int_equal(i.of.v[0].match, POST_MATCH_TRACED);
	assert_int_equal(i.of.v[0].sized, 3);
	done(&i);
}

/* Eight of a kind are told one by one, and the others together. */
static void
many_modules(void **state)
{
	enum { MODULES = 12 };
	char text[MODULES][60];
	struct line lines[MODULES];
	struct inspected i;

	(void)state;
	for (size_t k = 0; k < MODULES; k++) {
		snprintf(text[k], sizeof text[k], "0x7f0000001014 : f+0x4/0x30 [/many/%c.so]", (char)('a' + k));
		lines[k] = (struct line){ text[k], 100 - k };
	}
	inspect(&i, lines, 8, scratch_dir, NULL);
	assert_int_equal(i.findings.n, 8);
	finding_is(&i, 7, POST_FOUND_MODULE_MISSING, "/many/h.so", 93, 0);
	done(&i);
	inspect(&i, lines, MODULES, scratch_dir, NULL);
	assert_int_equal(i.of.n, MODULES);
	assert_int_equal(i.findings.n, 9);
	finding_is(&i, 0, POST_FOUND_MODULE_MISSING, "/many/a.so", 100, 0);
	finding_is(&i, 7, POST_FOUND_MODULE_MISSING, "/many/h.so", 93, 0);
	finding_is(&i, 8, POST_FOUND_MODULE_MISSING, "4 more modules", 92 + 91 + 90 + 89, 4);
	done(&i);
}

static void
little_to_go_by(void **state)
{
	static const struct line lines[] = {
		{ "0x7f0000001014 : f+0x4 [/lib.so]", 2 },
		{ "0x7f0000001044 : g+0x4 [/lib.so]", 2 },
		{ "0x7f0000001044 : nobody+0x4/0xc0 [/unknown.so]", 1 },
		{ "0x7f0000001044 : 0x7f0000001044 [/nameless.so+0x99044/0x1000]", 1 },
	};
	struct inspected i;

	(void)state;
	put_lib("lib.so", SHT_SYMTAB, code, ROWS(code));
	put_lib("unknown.so", SHT_SYMTAB, code, ROWS(code));
	put_lib("nameless.so", SHT_SYMTAB, code, ROWS(code));
	inspect(&i, lines, ROWS(lines), scratch_dir, NULL);
	assert_int_equal(i.of.v[0].match, POST_MATCH_PROBABLE);
	reason_is(&i.of.v[0], POST_ENGLISH, "2 of 2 names fit, but none by its size");
	assert_int_equal(i.of.v[1].match, POST_MATCH_UNSURE);
	reason_is(&i.of.v[1], POST_ENGLISH, "its frames have no names to compare");
	assert_int_equal(i.of.v[2].match, POST_MATCH_UNSURE);
	reason_is(&i.of.v[2], POST_ENGLISH,
	    "none of its names is a symbol of the file; frames with a name that it does not have: 1");
	done(&i);
}

/* A file that the user gave is looked at by its own name, also when it is another build. */
static void
a_file_that_was_given(void **state)
{
	static const struct made_symbol other[] = { { "g", 0x1003, STT_FUNC, 1 }, { "last", 0x1187, STT_FUNC, 1 } };
	struct post_exe exe = { .module = POST_STR("lib.so"), .path = scratch("given") };
	struct inspected i;

	(void)state;
	put_lib("lib.so", SHT_SYMTAB, code, ROWS(code));
	put_lib("given", SHT_SYMTAB, other, ROWS(other));
	inspect(&i, lib, ROWS(lib), scratch_dir, &exe);
	assert_true(exe.used);
	assert_int_equal(i.of.v[0].match, POST_MATCH_OTHER);
	assert_string_equal(i.of.v[0].file, exe.path);
	done(&i);
}

static void
not_elf(void **state)
{
	struct inspected i;

	(void)state;
	put_file("lib.so", BYTES("no ELF file"));
	inspect(&i, lib, ROWS(lib), scratch_dir, NULL);
	assert_int_equal(i.of.v[0].match, POST_MATCH_MISSING);
	assert_non_null(strstr(i.of.v[0].why, "lib.so"));
	done(&i);
}

static void
reasons(void **state)
{
	static const struct {
		const char	*why, *chinese;
	} t[] = {
		{ "", "" },
		{ "no file of the sysroots ends so", "各 sysroot 中没有路径以此结尾的文件" },
		{ "No such file or directory in the sysroots", "各 sysroot 中没有该文件" },
		{ "No such file or directory", "没有该文件或目录" },
		{ "/no ELF file/no regular file: no ELF file", "/no ELF file/no regular file: 不是 ELF 文件" },
		{ "process 7: its maps cannot be read: Permission denied", "进程 7: 无法读取其 maps: 没有权限" },
		{ "/usr/lib/debug/x has no build-id; y is of another build, by its checksum",
		    "/usr/lib/debug/x 没有 build-id; y 属于另一次构建（校验和不同）" },
		{ "no ELF filet", "no ELF filet" },
		{ "what nobody \x1b[31m translated", "what nobody \\x1b[31m translated" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(t); i++) {
		struct post_buf b = { 0 };

		post_reason_put(&b, t[i].why, POST_CHINESE);
		same(post_buf_str(&b), t[i].chinese);
		b.n = 0;
		post_reason_put(&b, t[i].why, POST_ENGLISH);
		assert_int_equal(strchr(t[i].why, '\x1b') == NULL, post_str_eq(post_buf_str(&b), post_str_of(t[i].why)));
		post_buf_free(&b);
	}
}

/* This program has DWARF or not, as it was built; but its files are its own, and all of them unwind. */
static void
hostile_names(void **state)
{
	static const struct line lines[] = { { "0x7f0000001014 : f+0x4/0x30 [/../../etc/passwd\x1b[31m]", 1 }, { "0x1 : f+0x1/0x2 [/]", 1 },
		{ "0x1 : f+0x1/0x2 [...]", 1 }, { "0x1 : f+0x1/0x2 [stap_]", 1 } };
	struct inspected i;

	(void)state;
	inspect(&i, lines, ROWS(lines), scratch_dir, NULL);
	assert_int_equal(i.of.n, ROWS(lines));
	for (size_t k = 0; k < i.of.n; k++)
		assert_int_equal(i.of.v[k].match, POST_MATCH_MISSING);
	done(&i);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_right_files), cmocka_unit_test(without_files), cmocka_unit_test(another_build),
		cmocka_unit_test(what_it_lacks), cmocka_unit_test(how_many_names), cmocka_unit_test(many_modules),
		cmocka_unit_test(little_to_go_by), cmocka_unit_test(a_file_that_was_given), cmocka_unit_test(not_elf),
		cmocka_unit_test(reasons), cmocka_unit_test(hostile_names),
	};

	return cmocka_run_group_tests(tests, make_world, end_world);
}
