/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "../base/ascii.h"
#include "said.h"

enum { SUBJECT_BYTES = 1024 };	/* a longer one is cut: it is one to be shown */

bool
post_said_by_subject(enum post_finding_id id)
{
	return id == POST_FOUND_MISSING_UNWIND || id == POST_FOUND_MISSING_SYMBOLS || id == POST_FOUND_BUILD_ID_MISMATCH ||
	    id == POST_FOUND_TABLE_TOO_BIG || id == POST_FOUND_NOT_PLACED;
}

static struct post_said_one *
one_of(struct post_said *s, enum post_finding_id id, struct post_str subject)
{
	char key[1 + SUBJECT_BYTES] = { (char)id };
	bool apart = post_said_by_subject(id) && s->subjects[id] < POST_SAID_MAX;
	size_t n = !apart ? 0 : subject.n < SUBJECT_BYTES ? subject.n : SUBJECT_BYTES;
	uint32_t known = s->names.n, at;

	if (n > 0)
		memcpy(key + 1, subject.p, n);
	at = post_intern(&s->names, (struct post_str){ key, 1 + n });
	if (at == known) {
		s->one = post_room(s->one, at, &s->cap, sizeof *s->one);
		s->one[at] = (struct post_said_one){ 0 };
		s->subjects[id]++;
	}
	return &s->one[at];
}

static void
count(struct post_said *s, enum post_finding_id id, struct post_str subject, const struct post_said_one *more)
{
	struct post_said_one *one = one_of(s, id, subject);

	if (one->n == 0 || (one->aside == more->aside && post_place_before(&more->first, &one->first))) {
		one->first = more->first;
		one->aside = more->aside;
		one->subject = post_said_by_subject(id) ? post_str_from(post_name(&s->names, (uint32_t)(one - s->one)), 1) :
		    post_keep(&s->mem, post_head(subject, subject.n < SUBJECT_BYTES ? subject.n : SUBJECT_BYTES));
	}
	one->n = post_sum(one->n, more->n);
	one->sum = post_sum(one->sum, more->sum);
}

/* Of several targets the first is kept. */
static void
name_target(struct post_said *s, uint64_t pid, struct post_str program, const struct post_place *at)
{
	if (s->named && !post_place_before(at, &s->named_at))
		return;
	s->named = true;
	s->named_at = *at;
	s->pid = pid;
	s->program = post_keep(&s->mem, program);
}

void
post_said_add(struct post_said *s, struct post_str line, struct post_buf *scratch, const struct post_place *at, bool aside)
{
	struct post_message m;
	struct post_said_one one = { .n = 1, .first = *at, .aside = aside };
	uint64_t errors = post_message_errors(line);

	if (errors > 0) {
		one.sum = errors;
		count(s, POST_FOUND_SCRIPT_ERRORS, POST_STR(""), &one);
	}
	post_message_read(line, scratch, &m);
	if (m.banner == POST_BANNER_BEGIN || m.banner == POST_BANNER_NAMED)
		name_target(s, m.pid, m.subject, at);
	s->begun |= m.banner == POST_BANNER_BEGIN;
	s->ended |= m.banner == POST_BANNER_END;
	one.sum = m.value;
	if (m.id != POST_FOUND_NOTHING)
		count(s, m.id, m.subject, &one);
}

enum post_finding_id
post_said_id(const struct post_said *s, uint32_t i)
{
	return (enum post_finding_id)(unsigned char)post_name(&s->names, i).p[0];
}

void
post_said_merge(struct post_said *into, const struct post_said *from)
{
	for (uint32_t i = 0; i < from->names.n; i++)
		count(into, post_said_id(from, i), from->one[i].subject, &from->one[i]);
	if (from->named)
		name_target(into, from->pid, from->program, &from->named_at);
	into->begun |= from->begun;
	into->ended |= from->ended;
}

static int
by_place(const void *x, const void *y, void *said)
{
	const struct post_said_one *one = ((const struct post_said *)said)->one;
	const struct post_said_one *a = &one[*(const uint32_t *)x], *b = &one[*(const uint32_t *)y];

	if (a->aside != b->aside)
		return a->aside - b->aside;
	return post_place_before(&b->first, &a->first) - post_place_before(&a->first, &b->first);
}

void
post_said_join(struct post_said *s)
{
	s->order = post_resize(s->order, s->names.n, sizeof *s->order);
	for (uint32_t i = 0; i < s->names.n; i++)
		s->order[i] = i;
	if (s->names.n > 1)
		qsort_r(s->order, s->names.n, sizeof *s->order, by_place, s);
}

void
post_said_free(struct post_said *s)
{
	post_names_free(&s->names);
	post_drop(&s->mem);
	free(s->one);
	free(s->order);
	*s = (struct post_said){ 0 };
}
