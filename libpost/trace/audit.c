/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading a trace for its account alone. */
#include <stdlib.h>
#include "run.h"

struct auditor {
	struct post_account	account;
	struct post_parser	parser;
};

static void
on_event(void *arg, const struct post_event *e)
{
	post_account_event(arg, e, NULL);
}

static void
raw_block(struct auditor *r, const struct post_block *b, struct post_place *at)
{
	size_t bom = post_bom(b);

	r->parser.at = *at;
	post_parse(&r->parser, (struct post_str){ b->p + bom, b->n - bom });
	if (b->last) {
		post_parse_end(&r->parser);
		post_account_end(&r->account);
	}
	*at = r->parser.at;
}

static size_t
frames_of(struct post_str stack)
{
	size_t n = 0;

	for (; stack.n > 0; n++)
		(void)post_folded_next(&stack);
	return n;
}

static void
folded_block(struct auditor *r, const struct post_block *b, struct post_place *at)
{
	const char *p = b->p + post_bom(b), *end = b->p + b->n;

	while (p < end) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));
		struct post_str line = { p, (size_t)((nl != NULL ? nl : end) - p) }, stack;
		struct post_count count;

		at->line++;
		if (post_account_line(&r->account, line, at, &stack, &count))
			post_account_folded(&r->account, frames_of(stack), count);
		p += line.n + 1;
		at->byte += line.n + 1;
	}
}

static int64_t
block(void *arg, const struct post_block *b, struct post_err *err)
{
	struct auditor *r = arg;
	struct post_place at = { .seq = b->seq, .byte = b->byte + post_bom(b), .file = b->file };

	(void)err;
	post_account_block(&r->account, b);
	if (b->tag == POST_FORM_FOLDED)
		folded_block(r, b, &at);
	else
		raw_block(r, b, &at);
	return (int64_t)at.line;
}

void
post_audit(struct post_run *run, struct post_input *in, unsigned jobs)
{
	unsigned i, n = post_run_jobs(jobs);
	struct auditor *r = post_resize(NULL, n, sizeof *r);
	void **args = post_resize(NULL, n, sizeof *args);
	struct post_err none;

	memset(r, 0, n * sizeof *r);
	for (i = 0; i < n; i++) {
		r[i].parser = (struct post_parser){ .event = on_event, .arg = &r[i].account };
		args[i] = &r[i];
	}
	(void)post_run_blocks(run, in, block, args, n, &none);
	for (i = 0; i < n; i++) {
		post_account_merge(&run->account, &r[i].account);
		post_account_free(&r[i].account);
		post_parse_free(&r[i].parser);
	}
	post_run_resolve(run);
	free(args);
	free(r);
}
