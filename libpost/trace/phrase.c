/* SPDX-License-Identifier: BSD-2-Clause */
#include "../base/ascii.h"
#include "phrase.h"

bool
post_take_text(struct post_str *s, struct post_str what)
{
	if (!post_str_starts(*s, what))
		return false;
	*s = post_str_from(*s, what.n);
	return true;
}

bool
post_take_number(struct post_str *s, uint64_t *v)
{
	size_t i, n = post_span(*s, POST_DIGIT);

	*v = 0;
	for (i = 0; i < n; i++)
		if (__builtin_mul_overflow(*v, 10, v) || __builtin_add_overflow(*v, (uint64_t)(s->p[i] - '0'), v)) {
			*v = UINT64_MAX;
			break;
		}
	*s = post_str_from(*s, n);
	return n > 0;
}

/* "1 2 3" of the tools that trace several processes: the first of them. */
static bool
take_pids(struct post_str *s, uint64_t *pid)
{
	struct post_str next;
	uint64_t other;

	if (!post_take_number(s, pid))
		return false;
	for (next = *s; post_take_text(&next, POST_STR(" ")) && post_take_number(&next, &other);)
		*s = next;
	return true;
}

static const char *
first_of(struct post_str s, struct post_str what)
{
	return memmem(s.p, s.n, what.p, what.n);
}

static const char *
last_of(struct post_str s, struct post_str what)
{
	const char *at = NULL, *p;

	while ((p = first_of(s, what)) != NULL) {
		at = p;
		s = post_str_from(s, (size_t)(p - s.p) + 1);
	}
	return at;
}

/* The bytes of *S up to LITERAL, all when it is empty; *S is behind them then. */
static bool
take_until(struct post_str *s, struct post_str literal, bool last, struct post_str *part)
{
	const char *at;

	if (s->n == 0)
		return false;
	if (literal.n == 0)
		at = s->p + s->n;
	else
		at = last ? last_of(*s, literal) : first_of(*s, literal);
	if (at == NULL)
		return false;
	*part = post_head(*s, (size_t)(at - s->p));
	*s = post_str_from(*s, part->n);
	return true;
}

/* What % and KIND take off the front of *S; LITERAL comes next in the text. */
static bool
take_part(struct post_str *s, char kind, struct post_str literal, struct post_taken *t)
{
	struct post_str ignored;

	switch (kind) {
	case 'u':
		return post_take_number(s, &t->value);
	case 'p':
		return take_pids(s, &t->pid);
	case 's':
	case 'S':
		return take_until(s, literal, kind == 'S', &t->subject);
	default:
		return take_until(s, literal, false, &ignored);
	}
}

bool
post_phrase(struct post_str s, const char *text, struct post_taken *t)
{
	struct post_str literal = { text, strcspn(text, "%") };
	char kind;

	if (!post_take_text(&s, literal))
		return false;
	for (text += literal.n; *text != '\0'; text += literal.n) {
		kind = text[1];
		text += 2;
		literal = (struct post_str){ text, strcspn(text, "%") };
		if (!take_part(&s, kind, literal, t) || !post_take_text(&s, literal))
			return false;
	}
	return true;
}
