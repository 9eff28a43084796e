/* SPDX-License-Identifier: BSD-2-Clause */
/* The list of findings, and what each is said to be in every language. */
#include "support.h"
#include "../trace/finding.h"
#include "../trace/finding-text.h"

static struct post_buf text;

static const char *
put(const struct post_finding *f, enum post_lang lang)
{
	text.n = 0;
	post_putc(&text, '[');
	post_finding_put(&text, f, lang);
	post_putc(&text, ']');
	return text.s;
}

/* N, value and subject as given, without shares. */
static const char *
said(enum post_finding_id id, uint64_t n, uint64_t value, const char *subject, enum post_lang lang)
{
	char copy[256];
	struct post_finding f = { .id = id, .n = n, .value = value, .stacks = -1, .weight = -1 };

	if (subject != NULL) {
		snprintf(copy, sizeof copy, "%s", subject);
		f.subject = copy;
	}
	return put(&f, lang);
}

static void
same_text(const char *got, const char *want)
{
	same(post_str_of(got), want);
}

static void
names(void **state)
{
	static const struct {
		enum post_finding_id	 id;
		const char		*name;
	} rows[] = {
		{ POST_FOUND_TRUNCATED_STACKS, "truncated-stacks" }, { POST_FOUND_TRUNCATED_LUA, "truncated-lua" },
		{ POST_FOUND_MAX_BACKTRACE, "max-backtrace" }, { POST_FOUND_PARTIAL_STACK, "partial-stack" },
		{ POST_FOUND_EMPTY_STACKS, "empty-stacks" }, { POST_FOUND_LIMIT_REACHED, "limit-reached" },
		{ POST_FOUND_UNRESOLVED, "unresolved" }, { POST_FOUND_TRACER_FRAMES, "tracer-frames" },
		{ POST_FOUND_DEBUG_UNWIND, "debug-unwind" }, { POST_FOUND_BULK_MODE, "bulk-mode" },
		{ POST_FOUND_SPLICED_LINES, "spliced-lines" }, { POST_FOUND_LOW_TOTAL, "low-total" },
		{ POST_FOUND_MAX_ACTION, "max-action" }, { POST_FOUND_ARRAY_OVERFLOW, "array-overflow" },
		{ POST_FOUND_SKIPPED_PROBES, "skipped-probes" }, { POST_FOUND_OVERLOAD, "overload" },
		{ POST_FOUND_MISSING_UNWIND, "missing-unwind" }, { POST_FOUND_LOCK_TIMEOUT, "lock-timeout" },
		{ POST_FOUND_TRANSPORT_FAILURES, "transport-failures" }, { POST_FOUND_BUILD_ID_MISMATCH, "build-id-mismatch" },
		{ POST_FOUND_USER_STRING_FAULT, "user-string-fault" }, { POST_FOUND_NOT_THE_TRACED, "not-the-traced-binary" },
	};
	const char *name;
	int i, j;

	(void)state;
	for (i = 0; i < POST_FINDINGS; i++) {
		name = post_finding_name((enum post_finding_id)i);
		if (name == NULL)
			fail_msg("%d has no name", i);
		assert_true(name[0] != '\0' && strspn(name, "abcdefghijklmnopqrstuvwxyz-") == strlen(name));
		for (j = 0; j < i; j++)
			assert_string_not_equal(name, post_finding_name((enum post_finding_id)j));
	}
	for (i = 0; i < (int)ROWS(rows); i++)
		assert_string_equal(post_finding_name(rows[i].id), rows[i].name);
}

static bool
is_name(struct post_str s)
{
	return post_str_eq(s, BYTES("n")) || post_str_eq(s, BYTES("value")) || post_str_eq(s, BYTES("subject"));
}

/* A field in braces that a template may have; *OPEN: behind an {if}. */
static bool
is_field(struct post_str s, bool *open)
{
	const char *mark = memchr(s.p, '?', s.n);
	bool was = *open;

	if (post_str_starts(s, BYTES("if "))) {
		*open = true;
		return !was && is_name(post_str_from(s, 3));
	}
	if (post_str_eq(s, BYTES("end"))) {
		*open = false;
		return was;
	}
	if (post_str_eq(s, BYTES("else")))
		return was;
	if (mark == NULL)
		return is_name(s);
	return is_name((struct post_str){ s.p, (size_t)(mark - s.p) }) && memchr(mark, '|', s.n - (size_t)(mark - s.p)) != NULL;
}

static void
check_template(const char *t)
{
	struct post_str field;
	bool open = false;
	const char *end;

	for (; *t != '\0'; t++) {
		if (*t == '}')
			fail_msg("a brace too many: %s", t);
		if (*t != '{')
			continue;
		end = strchr(t, '}');
		assert_non_null(end);
		field = (struct post_str){ t + 1, (size_t)(end - t) - 1 };
		if (!is_field(field, &open))
			fail_msg("\"%.*s\" is no field", (int)field.n, field.p);
		t = end;
	}
	assert_false(open);
}

static bool
is_ascii(const char *s)
{
	while (*s != '\0' && (unsigned char)*s < 0x80)
		s++;
	return *s == '\0';
}

static void
check_text(const char *s, enum post_lang lang)
{
	struct post_buf shown = { 0 };

	assert_non_null(s);
	assert_true(lang == POST_CHINESE ? s[0] == '\0' || !is_ascii(s) : is_ascii(s));
	post_put_shown(&shown, post_str_of(s));
	same(post_str_of(s), shown.n > 0 ? shown.s : "");	/* well-formed, and no control bytes */
	post_buf_free(&shown);
}

static void
texts(void **state)
{
	const struct post_finding_text *t;
	int i, lang;

	(void)state;
	for (i = POST_FOUND_NOTHING + 1; i < POST_FINDINGS; i++) {
		t = &post_finding_texts[i];
		for (lang = 0; lang < POST_LANGS; lang++) {
			check_text(t->in[lang].what, (enum post_lang)lang);
			check_text(post_finding_meaning((enum post_finding_id)i, (enum post_lang)lang), (enum post_lang)lang);
			check_text(post_finding_remedy((enum post_finding_id)i, (enum post_lang)lang), (enum post_lang)lang);
			assert_true(t->in[lang].what[0] != '\0' && t->in[lang].meaning[0] != '\0');
			assert_int_equal(t->in[lang].remedy[0] == '\0', t->in[POST_ENGLISH].remedy[0] == '\0');
			check_template(t->in[lang].what);
			assert_null(strpbrk(t->in[lang].meaning, "{}"));
			assert_null(strpbrk(t->in[lang].remedy, "{}"));
		}
	}
}

/* With numbers or none, with a subject or none: no field is left over, no blank stands twice or at an end. */
static void
every_shape(void **state)
{
	static const uint64_t numbers[] = { 0, 1, 2, UINT64_MAX };
	size_t i, j, k, lang;
	const char *got;

	(void)state;
	for (i = POST_FOUND_NOTHING + 1; i < POST_FINDINGS; i++)
		for (j = 0; j < ROWS(numbers) * ROWS(numbers); j++)
			for (k = 0; k < 2; k++)
				for (lang = 0; lang < POST_LANGS; lang++) {
					got = said((enum post_finding_id)i, numbers[j / ROWS(numbers)], numbers[j % ROWS(numbers)],
					    k == 0 ? NULL : "/x", (enum post_lang)lang);
					if (strpbrk(got, "{}|") != NULL || strstr(got, "  ") != NULL || strstr(got, "[ ") != NULL ||
					    strstr(got, " ]") != NULL || strlen(got) < 5 || strlen(got) > 200)
						fail_msg("%s: \"%s\"", post_finding_name((enum post_finding_id)i), got);
				}
}

static void
numbers(void **state)
{
	(void)state;
	same_text(said(POST_FOUND_TRUNCATED_STACKS, 1, 512, NULL, POST_ENGLISH), "[1 stack was cut by MAXSTRINGLEN=512]");
	same_text(said(POST_FOUND_TRUNCATED_STACKS, 2, 0, NULL, POST_ENGLISH), "[2 stacks were cut by MAXSTRINGLEN]");
	same_text(said(POST_FOUND_TRUNCATED_STACKS, 2, 512, NULL, POST_CHINESE), "[2 个堆栈被 MAXSTRINGLEN=512 截断]");
	same_text(said(POST_FOUND_TRUNCATED_STACKS, 2, 0, NULL, POST_CHINESE), "[2 个堆栈被 MAXSTRINGLEN 截断]");
	same_text(said(POST_FOUND_SKIPPED_PROBES, 9, 1, NULL, POST_ENGLISH), "[1 sample was skipped]");
	same_text(said(POST_FOUND_SKIPPED_PROBES, 1, 102, NULL, POST_ENGLISH), "[102 samples were skipped]");
	same_text(said(POST_FOUND_TRANSPORT_FAILURES, 1, 1, NULL, POST_ENGLISH), "[the kernel lost 1 chunk of the output on the way out]");
	same_text(said(POST_FOUND_TRANSPORT_FAILURES, 1, 0, NULL, POST_ENGLISH), "[the kernel lost a part of the output on the way out]");
	same_text(said(POST_FOUND_SKIPPED_PROBES, 1, UINT64_MAX, NULL, POST_ENGLISH), "[18446744073709551615 samples were skipped]");
	same_text(said(POST_FOUND_LOCK_TIMEOUT, 1, 3, "bts", POST_CHINESE), "[等待 bts 的锁超时，丢失 3 个样本]");
	same_text(said(POST_FOUND_LOCK_TIMEOUT, 1, 3, NULL, POST_CHINESE), "[等待变量的锁超时，丢失 3 个样本]");
	same_text(said(POST_FOUND_NOT_THE_TRACED, 1, 12, "/a", POST_ENGLISH), "[/a is not the one that was traced: 1 of 12 names contradict it]");
}

/* The bytes of the subject are a trace's: they are shown, not obeyed, and no fields of a template. */
static void
subjects(void **state)
{
	(void)state;
	same_text(said(POST_FOUND_MISSING_UNWIND, 1, 0, "\x1b[2J\x9b/l\xc3\xa9\xff", POST_ENGLISH),
	    "[no unwind data of \\x1b[2J\\x9b/l\xc3\xa9\\xff]");
	same_text(said(POST_FOUND_MISSING_UNWIND, 1, 0, "{n}{end}{", POST_ENGLISH), "[no unwind data of {n}{end}{]");
	same_text(said(POST_FOUND_MISSING_UNWIND, 1, 0, NULL, POST_ENGLISH), "[no unwind data]");
	same_text(said(POST_FOUND_MISSING_UNWIND, 1, 0, "", POST_CHINESE), "[缺少展开信息]");
}

static void
part_of(double stacks, double weight, const char *english, const char *chinese)
{
	struct post_finding f = { .id = POST_FOUND_RUN_FAILED, .stacks = stacks, .weight = weight };
	char want[256];

	snprintf(want, sizeof want, "[the run failed%s]", english);
	same_text(put(&f, POST_ENGLISH), want);
	snprintf(want, sizeof want, "[采样运行失败%s]", chinese);
	same_text(put(&f, POST_CHINESE), want);
}

static void
shares(void **state)
{
	(void)state;
	part_of(-1, -1, "", "");
	part_of(0.123, 0.401, " (12.3% of the stacks, 40.1% of the weight)", "（占堆栈 12.3%，占权重 40.1%）");
	part_of(0.5, -1, " (50.0% of the stacks)", "（占堆栈 50.0%）");
	part_of(-1, 0.5, " (50.0% of the weight)", "（占权重 50.0%）");
	part_of(0, 1, " (0.0% of the stacks, 100.0% of the weight)", "（占堆栈 0.0%，占权重 100.0%）");
	part_of(0.0001, 0.9999, " (under 0.1% of the stacks, 99.9% of the weight)", "（占堆栈不到 0.1%，占权重 99.9%）");
	part_of(0.00051, 2, " (0.1% of the stacks, 100.0% of the weight)", "（占堆栈 0.1%，占权重 100.0%）");
}

static void
percent(void **state)
{
	(void)state;
	text.n = 0;
	post_put_percent(&text, 0.0837);
	post_putc(&text, ' ');
	post_put_percent(&text, 0.00001);
	post_putc(&text, ' ');
	post_put_percent(&text, 0);
	same_text(text.s, "8.4% under 0.1% 0.0%");
}

static void
severities(void **state)
{
	int i, j, lang;

	(void)state;
	assert_string_equal(post_severity_name(POST_INFO, POST_ENGLISH), "info");
	assert_string_equal(post_severity_name(POST_SHALLOW, POST_ENGLISH), "shallow");
	assert_string_equal(post_severity_name(POST_BIASED, POST_ENGLISH), "biased");
	assert_string_equal(post_severity_name(POST_PARTIAL, POST_ENGLISH), "partial");
	assert_string_equal(post_severity_name(POST_FATAL, POST_ENGLISH), "fatal");
	for (lang = 0; lang < POST_LANGS; lang++)
		for (i = 0; i < POST_SEVERITIES; i++)
			for (j = 0; j < i; j++)
				assert_string_not_equal(post_severity_name((enum post_severity)i, (enum post_lang)lang),
				    post_severity_name((enum post_severity)j, (enum post_lang)lang));
}

static void
list(void **state)
{
	static const enum post_finding_id order[] = {
		POST_FOUND_NO_STACKS, POST_FOUND_TRUNCATED_STACKS, POST_FOUND_LUA_DEPTH, POST_FOUND_MAX_BACKTRACE, POST_FOUND_NO_DWARF,
		POST_FOUND_NO_DWARF, POST_FOUND_LOW_TOTAL,
	};
	struct post_findings f = { 0 };
	struct post_finding *one;
	size_t i;

	(void)state;
	assert_null(post_findings_get(&f, POST_FOUND_NO_STACKS));
	assert_int_equal(post_findings_worst(&f), POST_INFO);
	post_findings_sort(&f);
	post_findings_add(&f, POST_FOUND_LOW_TOTAL, POST_INFO)->weight = 1;
	post_findings_add(&f, POST_FOUND_NO_DWARF, POST_SHALLOW)->n = 1;
	post_findings_add(&f, POST_FOUND_NO_DWARF, POST_SHALLOW)->n = 7;
	post_findings_add(&f, POST_FOUND_MAX_BACKTRACE, POST_SHALLOW);
	post_findings_add(&f, POST_FOUND_LUA_DEPTH, POST_SHALLOW)->weight = 0.2;
	assert_int_equal(post_findings_worst(&f), POST_SHALLOW);
	post_findings_add(&f, POST_FOUND_TRUNCATED_STACKS, POST_SHALLOW)->weight = 0.3;
	one = post_findings_add(&f, POST_FOUND_NO_STACKS, POST_FATAL);
	assert_true(one->n == 0 && one->value == 0 && one->subject == NULL && one->stacks == -1 && one->weight == -1 &&
	    !one->has_place && !one->aside);
	one->subject = strdup("owned");
	post_findings_sort(&f);
	assert_int_equal(f.n, ROWS(order));
	for (i = 0; i < f.n; i++)
		assert_int_equal(f.v[i].id, order[i]);
	assert_int_equal(f.v[4].n, 7);
	assert_int_equal(post_findings_worst(&f), POST_FATAL);
	assert_ptr_equal(post_findings_get(&f, POST_FOUND_MAX_BACKTRACE), &f.v[3]);
	assert_null(post_findings_get(&f, POST_FOUND_OVERLOAD));
	post_findings_free(&f);
	assert_true(f.v == NULL && f.n == 0);
}

/* More than fit in the first room. */
static void
many(void **state)
{
	struct post_findings f = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < 1000; i++)
		post_findings_add(&f, (enum post_finding_id)(1 + i % (POST_FINDINGS - 1)), (enum post_severity)(i % POST_SEVERITIES));
	post_findings_sort(&f);
	for (i = 1; i < f.n; i++)
		assert_true(f.v[i - 1].severity > f.v[i].severity ||
		    (f.v[i - 1].severity == f.v[i].severity && f.v[i - 1].id <= f.v[i].id));
	post_findings_free(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names), cmocka_unit_test(texts), cmocka_unit_test(every_shape), cmocka_unit_test(numbers),
		cmocka_unit_test(subjects), cmocka_unit_test(shares), cmocka_unit_test(percent), cmocka_unit_test(severities),
		cmocka_unit_test(list), cmocka_unit_test(many),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	post_buf_free(&text);
	return failed;
}
