/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "choice.h"

/* Of known: was it asked, and what matched? */
enum { ASKED = 1, UNTIL = 2, ONLY = 4, EXCEPT = 8 };

void
post_choice_free(struct post_choice *c)
{
	post_patterns_free(&c->until);
	post_patterns_free(&c->only);
	post_patterns_free(&c->except);
}

void
post_chooser_free(struct post_chooser *c)
{
	post_matcher_free(&c->matcher);
	free(c->known);
	*c = (struct post_chooser){ .choice = c->choice };
}

static void
grow(struct post_chooser *c, uint32_t n)
{
	uint32_t more = n < UINT32_MAX / 2 ? 2 * n : UINT32_MAX;

	c->known = post_resize(c->known, more, 1);
	memset(c->known + c->n, 0, more - c->n);
	c->n = more;
}

/* -1 with *err, or what of the choice the name of ID matches. */
static int
ask(struct post_chooser *c, const struct post_names *names, uint32_t id, struct post_err *err)
{
	const struct { const struct post_patterns *patterns; int bit; } of[] = {
		{ &c->choice->until, UNTIL }, { &c->choice->only, ONLY }, { &c->choice->except, EXCEPT },
	};
	int known = ASKED, got;
	size_t i;

	for (i = 0; i < sizeof of / sizeof *of; i++) {
		got = post_patterns_match(of[i].patterns, &c->matcher, post_name(names, id), err);
		if (got == -1)
			return -1;
		if (got == 1)
			known |= of[i].bit;
	}
	return known;
}

/* ID's bits, or -1 with *err. */
static int
matches(struct post_chooser *c, const struct post_names *names, uint32_t id, struct post_err *err)
{
	int known;

	if (id < c->n && c->known[id] != 0)
		return c->known[id];
	if (id >= c->n)
		grow(c, names->n);
	if ((known = ask(c, names, id, err)) != -1)
		c->known[id] = (unsigned char)known;
	return known;
}

int
post_choose(struct post_chooser *c, const struct post_names *names, const uint32_t **frame, size_t *n, bool leaf_first,
    struct post_err *err)
{
	int all = 0, known;
	size_t i, keep = 0;

	if (c->choice == NULL || !post_choice_made(c->choice))
		return 1;
	if (c->failed)
		return -1;
	for (i = 0; i < *n; i++) {
		if ((known = matches(c, names, (*frame)[leaf_first ? i : *n - 1 - i], err)) == -1) {
			c->failed = true;
			return -1;
		}
		all |= known;
		if ((known & UNTIL) != 0 && keep == 0)
			keep = i + 1;
	}
	if ((c->choice->only.n > 0 && (all & ONLY) == 0) || (all & EXCEPT) != 0)
		return 0;
	if (c->choice->until.n == 0)
		return 1;
	if (keep == 0)
		return 0;
	if (!leaf_first)
		*frame += *n - keep;
	*n = keep;
	return 1;
}
