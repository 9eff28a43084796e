/* SPDX-License-Identifier: BSD-2-Clause */
/* Accounts of raw text, read as blocks are, and all that one says as text. */
#ifndef AUDIT_H
#define AUDIT_H

#include <inttypes.h>
#include "../trace/judge.h"

static inline void
audit_event(void *arg, const struct post_event *e)
{
	post_account_event(arg, e, NULL);
}

/* What reads the blocks that one thread gets. */
struct auditor {
	struct post_account	account;
	struct post_parser	parser;
};

static inline void
audit_block(struct auditor *r, struct post_str s, uint64_t seq, uint64_t byte, bool last)
{
	struct post_block b = { .p = (char *)(uintptr_t)s.p, .n = s.n, .seq = seq, .byte = byte, .first = seq == 0, .last = last };

	r->parser.event = audit_event;
	r->parser.arg = &r->account;
	r->parser.at = (struct post_place){ .seq = seq, .byte = byte };
	post_account_block(&r->account, &b);
	post_parse(&r->parser, s);
	if (!last)
		return;
	post_parse_end(&r->parser);
	post_account_end(&r->account);
}

/* The account of S, a whole trace, is added to *A. */
static inline void
audit(struct post_account *a, struct post_str s)
{
	struct auditor r = { 0 };

	audit_block(&r, s, 0, 0, true);
	post_account_merge(a, &r.account);
	post_counts_join(&a->counts);
	post_account_free(&r.account);
	post_parse_free(&r.parser);
}

enum { AUDITORS = 4 };

/* The same in blocks of some STEP bytes, each read by the auditor that PICK says. */
static inline void
audit_parts(struct post_account *a, struct post_str s, size_t (*step)(void *), size_t (*pick)(void *), void *arg)
{
	struct auditor r[AUDITORS] = { 0 };
	uint64_t seq = 0, byte = 0;
	size_t ahead = step(arg);

	for (;;) {
		size_t n = ahead < s.n ? post_parse_cut((struct post_str){ s.p, ahead }) : s.n;
		bool last = n == s.n;

		if (n == 0 && !last) {
			ahead += ahead;
			continue;
		}
		audit_block(&r[pick(arg) % AUDITORS], (struct post_str){ s.p, n }, seq++, byte, last);
		byte += n;
		s = post_str_from(s, n);
		if (last)
			break;
		ahead = step(arg);
	}
	for (int i = AUDITORS; i-- > 0;) {	/* in another order than their blocks had */
		post_account_merge(a, &r[i].account);
		post_account_free(&r[i].account);
		post_parse_free(&r[i].parser);
	}
	post_counts_join(&a->counts);
}

static inline int
audit_line_cmp(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Append the N lines, and free them. */
static inline void
audit_put_sorted(struct post_buf *b, char **line, size_t n)
{
	if (n > 1)
		qsort(line, n, sizeof *line, audit_line_cmp);
	for (size_t i = 0; i < n; i++) {
		post_puts(b, line[i]);
		free(line[i]);
	}
	free(line);
}

static inline void
audit_put_facts(struct post_buf *b, const struct post_facts *f)
{
	char **line = post_resize(NULL, f->names.n + 1, sizeof *line);
	size_t n = 0;

	for (uint32_t i = 0; i < f->names.n; i++) {
		const struct post_fact *one = &f->fact[i];
		struct post_buf l = { 0 };

		if (one->n == 0)
			continue;
		post_putf(&l, "fact %x ", one->flags);
		post_put_shown(&l, post_fact_module(f, i));
		post_putf(&l, " %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", one->n, one->weight, one->inner);
		line[n++] = l.s;
	}
	audit_put_sorted(b, line, n);
}

static inline void
audit_put_said(struct post_buf *b, const struct post_said *s)
{
	char **line = post_resize(NULL, s->names.n + 1, sizeof *line);
	size_t n = 0;

	for (uint32_t i = 0; i < s->names.n; i++) {
		const struct post_said_one *one = &s->one[i];
		struct post_buf l = { 0 };

		post_putf(&l, "said %s ", post_finding_name(post_said_id(s, i)));
		post_put_shown(&l, one->subject);
		post_putf(&l, " %" PRIu64 " %" PRIu64 " at %" PRIu64 "\n", one->n, one->sum, one->first.byte);
		line[n++] = l.s;
	}
	audit_put_sorted(b, line, n);
	post_putf(b, "run %d %d %d %" PRIu64 " ", s->begun, s->ended, s->named, s->pid);
	post_put_shown(b, s->program);
	post_putc(b, '\n');
}

static inline void
audit_put_fill(struct post_buf *b, const struct post_fill *f)
{
	post_putf(b, "fill %" PRIu32, f->max);
	for (int i = 0; i < 2; i++)
		post_putf(b, " %" PRIu64 " %" PRIu64, f->at[i].stacks, f->at[i].weight);
	post_putc(b, '\n');
}

static inline void
audit_put_sides(struct post_buf *b, const struct post_account *a)
{
	for (int side = 0; side < POST_SIDES; side++) {
		audit_put_fill(b, &a->fill[side]);
		audit_put_fill(b, &a->cut[side]);
		for (size_t n = 0; a->depth[side].at != NULL && n <= POST_DEPTHS; n++) {
			const struct post_depth *d = &a->depth[side].at[n];

			if (d->stacks > 0)
				post_putf(b, "depth %d %zu %" PRIu64 " %" PRIu64 "\n", side, n, d->stacks, d->weight);
		}
		post_putf(b, "limit %d %zu\n", side, post_depths_limit(&a->depth[side]));
	}
	audit_put_fill(b, &a->fill_whole);
}

/* All that A says, in an order that does not depend on how it was put together; places are their bytes. */
static inline void
audit_put(struct post_buf *b, const struct post_account *a)
{
	for (int k = 0; k < POST_NOTES; k++)
		if (a->notes.kind[k].n > 0)
			post_putf(b, "note %d %" PRIu64 " %" PRIu64 " at %" PRIu64 "\n", k, a->notes.kind[k].n, a->notes.kind[k].weight,
			    a->notes.kind[k].first.byte);
	audit_put_facts(b, &a->facts);
	audit_put_said(b, &a->said);
	audit_put_sides(b, a);
	for (size_t i = 0; i < a->counts.n; i++) {
		const struct post_counts_run *r = &a->counts.run[i];

		post_putf(b, "counts %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " at %" PRIu64 "\n", r->n, r->first, r->last, r->least,
		    r->rises, r->rises > 0 ? r->first_rise.byte : 0);
	}
	post_putf(b, "sum %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %d ", a->stacks, a->frames, a->folded, a->deepest, a->total_full);
	post_put_count(b, a->total);
	post_putc(b, '\n');
}

#endif
