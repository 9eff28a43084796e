/* SPDX-License-Identifier: BSD-2-Clause */
/* Which of a row of things are left to do, passing over any number that are done at once. */
#ifndef POST_TODO_H
#define POST_TODO_H

#include "../base/mem.h"

struct post_todo {
	size_t	 n;
	size_t	*next;	/* [i] is i when i is left; else it is behind i, and what lies between is done */
};

static inline void
post_todo_init(struct post_todo *t, size_t n)
{
	t->n = n;
	t->next = post_resize(NULL, n + 1, sizeof *t->next);
	for (size_t i = 0; i <= n; i++)
		t->next[i] = i;
}

/* The first from I on that is left; n: none.  Each step halves the way for the next time. */
static inline size_t
post_todo_from(struct post_todo *t, size_t i)
{
	size_t *next = t->next;

	while (next[i] != i)
		i = next[i] = next[next[i]];
	return i;
}

/* I is done.  Returns the first behind it that is left. */
static inline size_t
post_todo_done(struct post_todo *t, size_t i)
{
	return t->next[i] = post_todo_from(t, i + 1);
}

#endif
