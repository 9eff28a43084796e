/* SPDX-License-Identifier: BSD-2-Clause */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include "buf.h"
#include "mem.h"
#include "pattern.h"

enum { JIT_STACK_MIN = 1 << 15, JIT_STACK_MAX = 1 << 20 };	/* bytes */
enum { GROUPS = 10 };	/* $0 to $9 */

static void *
take(PCRE2_SIZE n, void *arg)
{
	(void)arg;
	return post_resize(NULL, n, 1);
}

static void
give_back(void *p, void *arg)
{
	(void)arg;
	free(p);
}

static int
bad_pattern(const char *text, int error, size_t at, struct post_err *err)
{
	unsigned char what[256];

	if (pcre2_get_error_message(error, what, sizeof what) < 0)
		what[0] = '\0';
	return post_fail(err, POST_EUSAGE, "the pattern \"%.200s\" is wrong behind its byte %zu: %s", text, at, (const char *)what);
}

static pcre2_code *
compile(const char *text, uint32_t options, struct post_err *err)
{
	pcre2_general_context *general = pcre2_general_context_create(take, give_back, NULL);
	pcre2_compile_context *context = pcre2_compile_context_create(general);
	size_t at = 0;
	int error = 0;
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, options, &error, &at, context);

	pcre2_compile_context_free(context);
	pcre2_general_context_free(general);
	if (code == NULL)
		bad_pattern(text, error, at, err);
	return code;
}

int
post_patterns_add(struct post_patterns *p, const char *text, struct post_err *err)
{
	pcre2_code *code = compile(text, PCRE2_NEVER_BACKSLASH_C, err);
	uint32_t options;

	if (code == NULL)
		return -1;
	pcre2_pattern_info(code, PCRE2_INFO_ALLOPTIONS, &options);
	if ((options & PCRE2_UTF) != 0) {
		pcre2_code_free(code);
		if ((code = compile(text, PCRE2_NEVER_BACKSLASH_C | PCRE2_MATCH_INVALID_UTF, err)) == NULL)
			return -1;
	}
	(void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);	/* where it cannot, the interpreter does the work */
	p->v = post_room(p->v, p->n, &p->cap, sizeof *p->v);
	p->v[p->n++] = (struct post_pattern){ code, text };
	return 0;
}

void
post_patterns_free(struct post_patterns *p)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		pcre2_code_free(p->v[i].code);
	free(p->v);
	*p = (struct post_patterns){ 0 };
}

static void
prepare(struct post_matcher *m)
{
	pcre2_general_context *general;

	if (m->data != NULL)
		return;
	general = pcre2_general_context_create(take, give_back, NULL);
	m->data = pcre2_match_data_create(GROUPS, general);
	m->context = pcre2_match_context_create(general);
	m->stack = pcre2_jit_stack_create(JIT_STACK_MIN, JIT_STACK_MAX, general);
	pcre2_set_match_limit(m->context, POST_PATTERN_STEPS);
	pcre2_set_heap_limit(m->context, POST_PATTERN_MEMORY);
	if (m->stack != NULL)
		pcre2_jit_stack_assign(m->context, NULL, m->stack);
	pcre2_general_context_free(general);
}

static int
given_up(const struct post_pattern *p, struct post_str name, const char *why, struct post_err *err)
{
	struct post_buf shown = { 0 };
	int status;

	post_put_shown(&shown, (struct post_str){ name.p, name.n < 80 ? name.n : 80 });
	status = post_fail(err, POST_ELIMIT, "%s the pattern \"%.200s\" in the name \"%s%s\"", why, p->text, shown.s,
	    name.n > 80 ? "..." : "");
	post_buf_free(&shown);
	return status;
}

/* How many groups P sets where it matches at FROM or behind it, the whole match counted: 0, it does not. */
static int
match(const struct post_pattern *p, struct post_matcher *m, struct post_str name, size_t from, struct post_err *err)
{
	PCRE2_SPTR s = (PCRE2_SPTR)(name.n > 0 ? name.p : "");
	int got;

	if (name.n > POST_PATTERN_NAME_MAX)
		return given_up(p, name, "it is too long to look for", err);
	got = pcre2_match(p->code, s, name.n, from, 0, m->data, m->context);
	if (got == PCRE2_ERROR_JIT_STACKLIMIT)
		got = pcre2_match(p->code, s, name.n, from, PCRE2_NO_JIT, m->data, m->context);
	if (got == PCRE2_ERROR_NOMATCH)
		return 0;
	if (got == 0)
		return GROUPS;		/* it has more */
	return got > 0 ? got : given_up(p, name, "it takes too many steps to look for", err);
}

int
post_patterns_match(const struct post_patterns *p, struct post_matcher *m, struct post_str name, struct post_err *err)
{
	size_t i;
	int got = 0;

	prepare(m);
	for (i = 0; i < p->n && got == 0; i++)
		got = match(&p->v[i], m, name, 0, err);
	return got > 0 ? 1 : got;
}

/* Append TO with the N first groups of the last match in NAME; stops when it is too long. */
static void
put_replacement(const struct post_matcher *m, int n, struct post_str name, struct post_str to, struct post_buf *out, size_t most)
{
	const PCRE2_SIZE *at = pcre2_get_ovector_pointer(m->data);

	for (size_t i = 0; i < to.n && out->n <= most; i++) {
		char next = to.p[i] == '$' && i + 1 < to.n ? to.p[i + 1] : '\0';

		if (next >= '0' && next <= '9') {
			const PCRE2_SIZE *group = at + 2 * (next - '0');

			if (next - '0' < n && group[0] != PCRE2_UNSET && group[0] <= group[1])
				post_put(out, (struct post_str){ name.p + group[0], group[1] - group[0] });
			i++;
		} else {
			post_putc(out, to.p[i]);
			i += next == '$';
		}
	}
}

/* The length of the character at FROM, of bytes or of UTF-8. */
static size_t
step(const struct post_pattern *p, struct post_str name, size_t from)
{
	uint32_t options;
	size_t n = 1;

	pcre2_pattern_info(p->code, PCRE2_INFO_ALLOPTIONS, &options);
	if ((options & PCRE2_UTF) != 0)
		while (from + n < name.n && ((unsigned char)name.p[from + n] & 0xc0) == 0x80)
			n++;
	return n;
}

int
post_patterns_replace(const struct post_patterns *p, size_t i, struct post_matcher *m, struct post_str name, struct post_str to,
    struct post_buf *out, struct post_err *err)
{
	size_t begin = out->n, from = 0, done = 0;
	int got, found = 0;

	prepare(m);
	while (from <= name.n && (got = match(&p->v[i], m, name, from, err)) != 0) {
		const PCRE2_SIZE *at = got > 0 ? pcre2_get_ovector_pointer(m->data) : NULL;

		/* With \\K a match may lie before the search. */
		if (at != NULL && (at[0] < done || at[1] < at[0] || at[1] < from || out->n - begin > POST_PATTERN_RESULT_MAX))
			got = given_up(&p->v[i], name, "too much comes of replacing", err);
		if (got == -1) {
			out->n = begin;
			return -1;
		}
		found = 1;
		post_put(out, (struct post_str){ name.p + done, at[0] - done });
		put_replacement(m, got, name, to, out, begin + POST_PATTERN_RESULT_MAX);
		done = at[1];
		from = done + (at[1] == at[0] ? step(&p->v[i], name, done) : 0);
	}
	if (found)
		post_put(out, post_str_from(name, done));
	return found;
}

void
post_matcher_free(struct post_matcher *m)
{
	pcre2_match_data_free(m->data);
	pcre2_match_context_free(m->context);
	pcre2_jit_stack_free(m->stack);
	*m = (struct post_matcher){ 0 };
}
