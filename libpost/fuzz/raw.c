/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as a raw trace: the raw parts are the input, counts are kept, and parts cut where they may be give the same. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include "../trace/fold.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

struct told {
	struct post_buf	 raw;
	bool		 out_of_order;
};

static void
on_event(void *arg, const struct post_event *e)
{
	struct told *t = arg;

	post_put(&t->raw, e->raw);
	t->out_of_order |= e->kind == POST_EVENT_NOISE && e->line->noise != POST_NOTE_NONE && e->line->noise != POST_NOTE_TEXT &&
	    e->line->noise != POST_NOTE_REPORT && e->line->noise != POST_NOTE_TRANSLATOR;
}

static void
parts(struct post_str s)
{
	struct told t = { 0 };
	struct post_parser p = { .event = on_event, .arg = &t };

	post_parse(&p, s);
	post_parse_end(&p);
	assert(t.raw.n == s.n);
	assert(t.out_of_order || s.n == 0 || memcmp(t.raw.s, s.p, s.n) == 0);
	post_parse_free(&p);
	post_buf_free(&t.raw);
}

static int
add(void *arg, const struct post_stack *s, struct post_err *err)
{
	return post_fold_add(arg, s, err);
}

/* Fold S, in parts of up to STEP bytes that end where the cutter says. */
static int
fold(struct post_str s, size_t step, const struct post_stacks_conf *conf, struct post_buf *text)
{
	struct post_fold f = { 0 };
	struct post_stacks stacks;
	struct post_block b = { .tag = POST_FORM_RAW, .first = true };
	struct post_out out = { .fd = -1 };
	struct post_err err;
	int status = 0;

	post_stacks_init(&stacks, conf, &f.names, &f);
	while (s.n > 0 && status == 0) {
		size_t n = step < s.n ? post_parse_cut((struct post_str){ s.p, step }) : s.n;

		if (n == 0) {
			step += step;
			continue;
		}
		b.p = (char *)(uintptr_t)s.p;
		b.n = n;
		s = post_str_from(s, n);
		b.last = s.n == 0;
		status = post_stacks_block(&stacks, &b, &err) < 0 ? -1 : 0;
		b.first = false;
	}
	post_fold_select(&f, 0, 0);
	post_fold_write(&f, &out);
	post_put(text, post_buf_str(&out.buf));
	post_buf_free(&out.buf);
	post_stacks_free(&stacks);
	post_fold_free(&f);
	return status;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct post_stacks_conf conf = { .stack = add };
	struct post_str s = { (const char *)data, size };
	struct post_buf whole = { 0 }, apart = { 0 };

	if (size > 60000)
		return 0;
	if (size > 0) {		/* the first byte's bits are options */
		conf.naming.unknown = data[0] % 3;
		conf.naming.kernel = data[0] & 4;
		conf.naming.modules = data[0] & 8;
		conf.separator = data[0] & 16;
		conf.reverse = data[0] & 32;
		conf.merge_recursive = data[0] & 64;
		s = post_str_from(s, 1);
	}
	parts(s);
	(void)post_form_detect(s);
	assert(fold(s, SIZE_MAX, &conf, &whole) == fold(s, 32, &conf, &apart));
	assert(whole.n == apart.n && (whole.n == 0 || memcmp(whole.s, apart.s, whole.n) == 0));
	post_buf_free(&whole);
	post_buf_free(&apart);
	return 0;
}
