/* SPDX-License-Identifier: BSD-2-Clause */
/* Raw or folded?  And where a block of either may end. */
#include "stacks.h"

enum { COLOURED_MAX = 4096 };	/* bytes of a line that colour is taken out of; longer ones decide nothing */

/* The form that one line must have; DETECT when it could have either. */
static enum post_form
form_of_line(struct post_str s, enum post_form *maybe)
{
	struct post_line line;
	struct post_str stack;
	struct post_count count;
	char scratch[COLOURED_MAX];

	if (post_str_starts(s, POST_STR(POST_REMARK)))
		return POST_FORM_FOLDED;
	if (s.n > COLOURED_MAX && memchr(s.p, '\x1b', s.n) != NULL)
		return POST_FORM_DETECT;
	post_line_classify(s, scratch, &line);
	switch (line.kind) {
	case POST_LINE_NOISE:	/* or a name that looks like it */
		if (post_folded_split(s, &stack, &count) == 0 && stack.n > 0 && memchr(stack.p, ';', stack.n) != NULL)
			*maybe = POST_FORM_FOLDED;
		return POST_FORM_DETECT;
	case POST_LINE_BLANK:
		return POST_FORM_DETECT;
	case POST_LINE_LOOSE_COUNT:	/* " 7" is an empty stack in the folded form, and a count in the raw one */
		return POST_FORM_DETECT;
	case POST_LINE_COUNT:
	case POST_LINE_NATIVE:
		return POST_FORM_RAW;
	default:
		break;
	}
	if (post_folded_split(s, &stack, &count) != 0)
		return line.kind == POST_LINE_LUA ? POST_FORM_RAW : POST_FORM_DETECT;
	if (memchr(stack.p, ';', stack.n) != NULL)
		return POST_FORM_FOLDED;
	if (s.p[stack.n] == ' ')
		*maybe = POST_FORM_FOLDED;
	return POST_FORM_DETECT;
}

/* Is there a line "\t17"?  Nothing else can be among text that looks folded: a chunk of Lua, say. */
static bool
has_count_line(struct post_str s)
{
	const char *p = s.p, *end = s.p + s.n, *tab, *nl;

	for (; p < end && (tab = memchr(p, '\t', (size_t)(end - p))) != NULL; p = tab + 1) {
		if (tab > s.p && tab[-1] != '\n')
			continue;
		nl = memchr(tab, '\n', (size_t)(end - tab));
		if (post_line_is_count((struct post_str){ tab, (size_t)((nl != NULL ? nl : end) - tab) }))
			return true;
	}
	return false;
}

enum post_form
post_form_detect(struct post_str s)
{
	enum post_form form = has_count_line(s) ? POST_FORM_RAW : POST_FORM_DETECT, maybe = POST_FORM_RAW;
	struct post_str line;

	while (form == POST_FORM_DETECT && post_next_line(&s, &line))
		form = form_of_line(line, &maybe);
	return form == POST_FORM_DETECT ? maybe : form;
}

size_t
post_stacks_cut(struct post_block *b)
{
	struct post_str s = { b->p, b->n };
	const char *nl = s.n > 0 ? memrchr(s.p, '\n', s.n) : NULL;
	size_t lines = b->last ? s.n : nl != NULL ? (size_t)(nl + 1 - s.p) : 0;

	if (lines == 0)
		return 0;
	if (b->tag == POST_FORM_DETECT)
		b->tag = post_form_detect(post_str_from((struct post_str){ s.p, lines }, post_bom(b)));
	return b->tag == POST_FORM_RAW ? post_parse_cut(s) : lines;
}
