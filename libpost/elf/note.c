/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include "own.h"

enum { NOTE_MAX = 4096, NAME_MAX_SHOWN = 200 };

static void
put_tally(struct post_buf *b, const char *what, const struct post_tally *t)
{
	if (t->n == 0)
		return;
	post_puts(b, b->n > 0 ? "; " : "");
	if (t->n == 1)
		post_putf(b, "%s a unit, ", what);
	else
		post_putf(b, "%s %zu units, such as ", what, t->n);
	post_put_shown(b, post_buf_str(&t->first));
}

static void
put_tallies(struct post_object *o)
{
	struct post_object_private *own = o->own;

	put_tally(&own->note, "no .dwo file of", &own->no_dwo);
	put_tally(&own->note, "another build's .dwo file of", &own->other_dwo);
	o->note = own->note.n > 0 ? own->note.s : NULL;
}

void
post_object_note(struct post_object *o, const char *fmt, ...)
{
	struct post_object_private *own = o->own;
	char *text = NULL;
	va_list ap;

	if (own->noted > NOTE_MAX)
		return;
	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) == -1)
		text = NULL;
	va_end(ap);
	own->note.n = own->noted;
	post_puts(&own->note, own->noted > 0 ? "; " : "");
	post_put_shown(&own->note, text != NULL ? post_str_of(text) : POST_STR(""));
	own->noted = own->note.n;
	free(text);
	put_tallies(o);
}

void
post_object_tally(struct post_object *o, struct post_tally *t, struct post_str file)
{
	if (t->n++ == 0)
		post_put(&t->first, (struct post_str){ file.p, file.n < NAME_MAX_SHOWN ? file.n : NAME_MAX_SHOWN });
	o->own->note.n = o->own->noted;
	put_tallies(o);
}

void
post_object_unnote(struct post_object *o)
{
	o->own->note.n = o->own->noted = 0;
	put_tallies(o);
}
