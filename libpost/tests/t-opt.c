/* SPDX-License-Identifier: BSD-2-Clause */
/* Options: every kind, abbreviations, what is refused and how it is said, help and completions. */
#include <math.h>
#include "support.h"
#include "../base/opt.h"

struct conf {
	bool		 flag, quiet;
	uint64_t	 count, size;
	double		 real;
	const char	*text, *file;
	struct post_list list;
	int		 choice;
};

#define AT(field) offsetof(struct conf, field)

static const char *const unknowns[] = { "addr", "module", "merge", "mod", NULL };
static const struct post_opt opts[] = {
	{ 'f', "flag",      NULL,   "a flag",                 POST_OPT_FLAG,   AT(flag),   NULL },
	{ 'c', "count",     "N",    "a count",                POST_OPT_COUNT,  AT(count),  NULL },
	{ 0,   "size",      "SIZE", "it's [50%] a:b \\ size", POST_OPT_SIZE,   AT(size),   NULL },
	{ 'r', "real",      "X",    "a number",               POST_OPT_REAL,   AT(real),   NULL },
	{ 't', "text",      "TEXT", "some text",              POST_OPT_TEXT,   AT(text),   NULL },
	{ 'o', "output",    "FILE", "a file",                 POST_OPT_FILE,   AT(file),   NULL },
	{ 'm', "map",       "OLD=NEW", "may be given again",  POST_OPT_LIST,   AT(list),   NULL },
	{ 'u', "unknown",   "addr|module|merge", "a choice",  POST_OPT_CHOICE, AT(choice), unknowns },
	{ 0 }
};
static const struct post_opt shared[] = {
	{ 'q', "quiet", NULL, "say less", POST_OPT_FLAG, AT(quiet), NULL },
	{ 0 }
};
static const struct post_tool tool = { .name = "bt-test", .operands = "[file ...]", .does = "Tests options.", .opts = opts, .shared = shared };

static struct post_err err;

/* Parse ARGS, a NULL-terminated row; the operands then begin at the result. */
static int
parse(struct conf *c, const char *const *args, char **argv)
{
	int n;

	for (n = 0; args[n] != NULL; n++)
		argv[n + 1] = (char *)(uintptr_t)args[n];
	argv[0] = (char *)(uintptr_t)"bt-test";
	argv[n + 1] = NULL;
	memset(&err, 0, sizeof err);
	return post_opt_parse(&tool, n + 1, argv, c, &err);
}

#define PARSE(c, ...) parse(c, (const char *const []){ __VA_ARGS__, NULL }, (char *[16]){ NULL })

static void
every_kind(void **state)
{
	struct conf c = { 0 };

	(void)state;
	assert_int_equal(PARSE(&c, "-fc12", "--size", "64M", "--real=0.5", "-t", "", "-oa.svg", "-m", "a=b", "--map=c=d",
	    "-u", "merge", "-q"), 14);
	assert_true(c.flag && c.quiet);
	assert_int_equal(c.count, 12);
	assert_int_equal(c.size, 64 << 20);
	assert_true(c.real == 0.5);
	assert_string_equal(c.text, "");
	assert_string_equal(c.file, "a.svg");
	assert_int_equal(c.choice, 2);
	assert_int_equal(c.list.n, 2);
	assert_string_equal(c.list.v[0], "a=b");
	assert_string_equal(c.list.v[1], "c=d");
	free(c.list.v);
}

static void
long_lists(void **state)
{
	struct conf c = { 0 };
	char *argv[201] = { (char *)(uintptr_t)"bt-test" };
	int i;

	(void)state;
	for (i = 1; i < 200; i++)
		argv[i] = (char *)(uintptr_t)"-mx";
	assert_int_equal(post_opt_parse(&tool, 200, argv, &c, &err), 200);
	assert_int_equal(c.list.n, 199);
	free(c.list.v);
}

static void
operands(void **state)
{
	struct conf c = { 0 };
	char *argv[16];

	(void)state;
	assert_int_equal(parse(&c, (const char *const []){ NULL }, argv), 1);
	assert_int_equal(parse(&c, (const char *const []){ "a", "-f", "b", "-c", "3", "-", NULL }, argv), 4);
	assert_string_equal(argv[4], "a");
	assert_string_equal(argv[5], "b");
	assert_string_equal(argv[6], "-");
	assert_true(c.flag && c.count == 3);
	c = (struct conf){ 0 };
	assert_int_equal(parse(&c, (const char *const []){ "--", "-f", "--nothing", NULL }, argv), 2);
	assert_string_equal(argv[2], "-f");
	assert_false(c.flag);
}

static void
abbreviations(void **state)
{
	struct conf c = { 0 };

	(void)state;
	assert_int_equal(PARSE(&c, "--fl", "--cou=3", "--unk=addr"), 4);
	assert_true(c.flag && c.count == 3);
	assert_int_equal(PARSE(&c, "--r=2", "--he"), POST_OPT_HELP);
	assert_int_equal(PARSE(&c, "--ver"), POST_OPT_VERSION);
	assert_int_equal(PARSE(&c, "-hV"), POST_OPT_HELP);
	assert_int_equal(PARSE(&c, "-V", "-h"), POST_OPT_VERSION);
	assert_int_equal(PARSE(&c, "--count", "x", "-h"), POST_OPT_BAD);
	assert_int_equal(PARSE(&c, "-h", "--count", "x"), POST_OPT_HELP);
}

/* What is refused, and a part of what is said. */
static void
refused(void **state)
{
	static const struct {
		const char	*args[4], *says;
	} rows[] = {
		{ { "-c", "-3" }, "--count: not a count: -3" }, { { "-c", "" }, "--count" }, { { "-c", "1.5" }, "1.5" },
		{ { "-c", "++1" }, "++1" }, { { "-c", " 1" }, "not a count" }, { { "-c", "0x10" }, "0x10" },
		{ { "-c", "18446744073709551616" }, "18446744073709551616" },
		{ { "--size=12T" }, "--size: not a size such as 64M: 12T" }, { { "--size=" }, "--size" },
		{ { "--real=-1" }, "--real: not a number: -1" }, { { "--real=1e3x" }, "1e3x" }, { { "--real=nan" }, "nan" },
		{ { "--real=." }, "not a number" }, { { "--real=" }, "not a number" }, { { "--real=1,5" }, "1,5" },
		{ { "-u", "x" }, "--unknown is one of addr|module|merge, not x" }, { { "-u", "" }, "--unknown" },
		{ { "--nothing" }, "--nothing" }, { { "-z" }, "-z" }, { { "-fz" }, "-z" }, { { "--flag=1" }, "--flag takes no value" },
		{ { "-c" }, "--count needs a value: N" }, { { "--count" }, "--count needs a value: N" },
		{ { "--map" }, "--map needs a value" }, { { "-\x1b[31m" }, "?" }, { { "-:" }, "-:" }, { { "-\xc3\xa4" }, "no such" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		struct conf c = { 0 };

		assert_int_equal(parse(&c, rows[i].args, (char *[16]){ NULL }), POST_OPT_BAD);
		assert_int_equal(err.code, POST_EUSAGE);
		if (strstr(err.msg, rows[i].says) == NULL)
			fail_msg("%s: no \"%s\" in \"%s\"", rows[i].args[0], rows[i].says, err.msg);
		assert_null(strchr(err.msg, '\x1b'));
		free(c.list.v);
	}
}

static const struct post_opt alike[] = {
	{ 0, "kernel",   NULL, "a", POST_OPT_FLAG, 0, NULL },
	{ 0, "keep",     NULL, "b", POST_OPT_FLAG, 1, NULL },
	{ 0, "keep-all", NULL, "c", POST_OPT_FLAG, 2, NULL },
	{ 0 }
};

static void
ambiguous(void **state)
{
	static const struct post_tool t = { .name = "bt-test", .operands = "", .does = "x", .opts = alike };
	bool set[3] = { 0 };
	char *argv[] = { (char *)(uintptr_t)"bt-test", (char *)(uintptr_t)"--ke", NULL };

	(void)state;
	assert_int_equal(post_opt_parse(&t, 2, argv, set, &err), POST_OPT_BAD);
	assert_non_null(strstr(err.msg, "--ke"));
	argv[1] = (char *)(uintptr_t)"--keep";	/* all of one name, and the start of another */
	assert_int_equal(post_opt_parse(&t, 2, argv, set, &err), 2);
	assert_true(!set[0] && set[1] && !set[2]);
}

/* opt.h: "the index in choices, or of its only prefix". */
static void
choices(void **state)
{
	struct conf c = { .choice = 7 };

	(void)state;
	assert_int_equal(PARSE(&c, "-u", "mod"), 3);
	assert_int_equal(c.choice, 3);	/* all of a word wins over the start of another */
	assert_int_equal(PARSE(&c, "-u", "module"), 3);
	assert_int_equal(c.choice, 1);
	assert_int_equal(PARSE(&c, "-u", "m"), POST_OPT_BAD);
	assert_int_equal(PARSE(&c, "-u", "a"), 3);
	assert_int_equal(c.choice, 0);
}

static void
sizes(void **state)
{
	static const struct {
		const char	*in;
		int		 status;
		uint64_t	 bytes;
	} rows[] = {
		{ "0", 0, 0 }, { "1", 0, 1 }, { "1k", 0, 1024 }, { "1K", 0, 1024 }, { "2m", 0, 2 << 20 }, { "3G", 0, UINT64_C(3) << 30 },
		{ "18446744073709551615", 0, UINT64_MAX }, { "17179869183G", 0, UINT64_C(17179869183) << 30 },
		{ "17179869184G", -1, 0 }, { "18446744073709551616", -1, 0 }, { "", -1, 0 }, { "M", -1, 0 }, { "-1", -1, 0 },
		{ "1MB", -1, 0 }, { "1 M", -1, 0 }, { " 1", -1, 0 }, { "1.5M", -1, 0 }, { "1T", -1, 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		uint64_t bytes;

		if (post_parse_size(rows[i].in, &bytes) != rows[i].status || (rows[i].status == 0 && bytes != rows[i].bytes))
			fail_msg("%s", rows[i].in);
	}
}

static void
reals(void **state)
{
	static const char *const good[] = { "0", "1", "0.1", "1.5", ".5", "5.", "1200", "123456.789012345", "00.10", "+1", "1e1", "1e-3", "2.5E+2", "1.e0" };
	static const struct post_str bad[] = {
		{ NULL, 0 }, POST_STR("."), POST_STR("1.2.3"), POST_STR("+"), POST_STR("-0"), POST_STR("1e"), POST_STR("1e+"), POST_STR("e1"),
		POST_STR("1e9999"), POST_STR("1e400"), POST_STR("1e1.5"), POST_STR("0x1"), POST_STR("++1"),
		POST_STR("inf"), POST_STR("1 "), POST_STR("1\0"),
	};
	char big[401];
	double d;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(good); i++) {
		assert_int_equal(post_parse_real(post_str_of(good[i]), &d), 0);
		if (d != strtod(good[i], NULL))
			fail_msg("%s: %.17g", good[i], d);
	}
	for (i = 0; i < ROWS(bad); i++)
		assert_int_equal(post_parse_real(bad[i], &d), -1);
	memset(big, '9', 400);
	big[400] = '\0';
	assert_int_equal(post_parse_real(post_str_of(big), &d), -1);
}

static void
help(void **state)
{
	struct post_buf b = { 0 };
	const struct post_opt *o;

	(void)state;
	post_opt_usage(&tool, &b);
	assert_string_equal(b.s, "usage: bt-test [option ...] [file ...]\n");
	b.n = 0;
	post_opt_help(&tool, &b);
	assert_non_null(strstr(b.s, "usage: bt-test [option ...] [file ...]\nTests options.\n\n"));
	assert_non_null(strstr(b.s, "  -f, --flag                    a flag\n"));
	assert_non_null(strstr(b.s, "      --size=SIZE               it's [50%] a:b \\ size\n"));
	assert_non_null(strstr(b.s, "  -u, --unknown=addr|module|merge\n                                a choice\n"));
	assert_non_null(strstr(b.s, "  -q, --quiet"));
	assert_non_null(strstr(b.s, "  -h, --help"));
	assert_non_null(strstr(b.s, "  -V, --version"));
	for (o = opts; o->name != NULL; o++)
		assert_non_null(strstr(b.s, o->help));
	post_buf_free(&b);
}

/* Does SHELL take B as a script?  Not asked where there is no such shell. */
static void
shell_reads(const char *shell, struct post_buf *b)
{
	char *path = put_file(shell, post_buf_str(b));
	struct post_buf command = { 0 };

	post_putf(&command, "command -v %s >/dev/null || exit 0; %s -n '%s'", shell, shell, path);
	assert_int_equal(system(command.s), 0);
	post_buf_free(&command);
}

static void
completions(void **state)
{
	static const char *const shells[] = { "bash", "zsh", "fish" };
	struct post_buf b = { 0 };
	size_t i;

	(void)state;
	assert_int_equal(post_opt_completion(&tool, "tcsh", &b), -1);
	assert_int_equal(post_opt_completion(&tool, "", &b), -1);
	assert_int_equal(b.n, 0);
	for (i = 0; i < ROWS(shells); i++) {
		b.n = 0;
		assert_int_equal(post_opt_completion(&tool, shells[i], &b), 0);
		assert_non_null(strstr(b.s, "unknown"));
		assert_non_null(strstr(b.s, "addr module merge"));
		assert_non_null(strstr(b.s, "quiet"));
		assert_non_null(strstr(b.s, "version"));
		assert_int_equal(b.s[b.n - 1], '\n');
		shell_reads(shells[i], &b);
	}
	post_opt_completion(&tool, "zsh", &b);
	assert_non_null(strstr(b.s, "it'\\''s \\[50%\\] a\\:b \\\\ size"));
	assert_non_null(strstr(b.s, "'*--map="));
	assert_non_null(strstr(b.s, "-d 'it\\'s [50%] a:b \\\\ size'"));
	post_buf_free(&b);
}

/* As Perl's Getopt::Long would have them: the first four rows. */
static const struct post_opt loose_opts[] = {
	{ 0,   "colors",    "P",    "a palette",  POST_OPT_TEXT, AT(text),  NULL },
	{ 0,   "countname", "TEXT", "a unit",     POST_OPT_TEXT, AT(file),  NULL },
	{ 'i', "inverted",  NULL,   "a flag",     POST_OPT_FLAG, AT(flag),  NULL },
	{ 0,   "width",     "PX",   "a count",    POST_OPT_COUNT, AT(count), NULL },
	{ 0,   "color-by",  "WHAT", "not theirs", POST_OPT_TEXT, AT(file),  NULL },
	{ 'c', "wide",      "X",    "not theirs", POST_OPT_REAL, AT(real),  NULL },
	{ 0 }
};
static const struct post_tool loose_tool = {
	.name = "bt-test", .operands = "[file ...]", .does = "Tests options.", .opts = loose_opts, .shared = shared, .loose = 4
};

/* Parse the words of LINE, which may be written to; -c may not stand last. */
static int
parse_loose(struct conf *c, const char *line)
{
	static char words[256], *argv[32];
	int n = 0;

	(void)snprintf(words, sizeof words, "bt-test %s", line);
	for (char *w = strtok(words, " "); w != NULL; w = strtok(NULL, " "))
		argv[n++] = w;
	argv[n] = NULL;
	memset(&err, 0, sizeof err);
	*c = (struct conf){ 0 };
	return post_opt_parse(&loose_tool, n, argv, c, &err);
}

static void
loose(void **state)
{
	static const char *const same[] = {
		"--colors=java -i --width 7", "-colors java -i -width=7", "--COLORS java --Inverted --w 7", "-color=java -inv -W 7",
		"a.bt --color java -i b.bt -wi 7", "-q -Color java -qi -width 7", NULL
	};
	struct conf c;
	int i;

	(void)state;
	for (i = 0; same[i] != NULL; i++) {
		if (parse_loose(&c, same[i]) == POST_OPT_BAD)
			fail_msg("%s: %s", same[i], err.msg);
		assert_string_equal(c.text, "java");
		assert_true(c.flag);
		assert_int_equal(c.count, 7);
	}
	assert_int_equal(parse_loose(&c, "-colors -Width --count -I"), 5);	/* values stay as they are */
	assert_string_equal(c.text, "-Width");
	assert_string_equal(c.file, "-I");
	assert_int_equal(parse_loose(&c, "-c 2 --wide 3 -- -Color"), 6);
	assert_true(c.real == 3 && c.text == NULL);
	parse_loose(&c, "--color-b x");
	assert_string_equal(c.file, "x");
	assert_int_equal(parse_loose(&c, "--co x"), POST_OPT_BAD);
	assert_non_null(strstr(err.msg, "--colors, --countname"));
	assert_int_equal(parse_loose(&c, "-nonsense"), POST_OPT_BAD);
	assert_non_null(strstr(err.msg, "no such option: -nonsense"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind), cmocka_unit_test(long_lists), cmocka_unit_test(operands),
		cmocka_unit_test(abbreviations), cmocka_unit_test(refused), cmocka_unit_test(ambiguous), cmocka_unit_test(choices),
		cmocka_unit_test(sizes), cmocka_unit_test(reals), cmocka_unit_test(help), cmocka_unit_test(completions),
		cmocka_unit_test(loose),
	};

	return cmocka_run_group_tests_name("opt", tests, scratch_make, scratch_remove);
}
