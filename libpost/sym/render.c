/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "../base/demangle.h"
#include "render.h"

void
post_texts_init(struct post_texts *t, const struct post_frames *frames)
{
	*t = (struct post_texts){ .n = frames->text.n };
}

void
post_texts_free(struct post_texts *t)
{
	free(t->text);
	post_drop(&t->mem);
	post_buf_free(&t->buf);
	post_buf_free(&t->mangled);
	post_buf_free(&t->plain);
	*t = (struct post_texts){ 0 };
}

/* A frame being written. */
struct frame {
	struct post_texts		*t;
	const struct post_render_conf	*conf;
	const struct post_resolved	*r;
	struct post_str			 addr;
	struct post_native		 native;	/* as the trace has it */
};

/* What B has from FROM on is out of a file: a line stays a line. */
static void
clean(struct post_buf *b, size_t from)
{
	for (; from < b->n; from++)
		if ((unsigned char)b->s[from] < ' ' || b->s[from] == 0x7f)
			b->s[from] = '?';
}

static void
put_clean(struct post_buf *b, struct post_str s)
{
	size_t from = b->n;

	post_put(b, s);
	clean(b, from);
}

static void
put_name(struct frame *f, struct post_str name)
{
	if (f->conf->demangle) {
		f->t->mangled.n = 0;
		post_put(&f->t->mangled, name);
		if (post_demangle(f->t->mangled.s, &f->t->plain, &f->t->buf))
			return;
	}
	put_clean(&f->t->buf, name);
}

/* The name of the function that the code at the frame's address is part of. */
static struct post_str
outer_name(const struct frame *f)
{
	const struct post_resolved *r = f->r;
	struct post_str in_source = r->n > 0 ? r->site[r->n - 1].function : (struct post_str){ NULL, 0 };

	if (in_source.n > 0 && (r->misnamed || f->conf->layout == POST_LAYOUT_OLD))
		return in_source;
	if (!r->misnamed)
		return f->native.name;
	return r->symbol.n > 0 || r->n < 2 ? r->symbol : POST_UNNAMED;
}

static void
put_site_line(struct frame *f, const struct post_site *s)
{
	size_t from = f->t->buf.n;

	post_put_file(&f->t->buf, s, f->conf->full_paths);
	clean(&f->t->buf, from);
	post_putc(&f->t->buf, ':');
	post_putu(&f->t->buf, s->line);
}

/* "+0x12/0x34": as the trace has it, or by the symbol of the right function. */
static void
put_offset(struct frame *f, bool inlined)
{
	struct post_buf *b = &f->t->buf;

	if (inlined)
		post_puts(b, "+0x0/0x0");
	else if (!f->r->misnamed)
		post_put(b, f->native.offset);
	else {
		post_puts(b, "+0x");
		post_putx(b, f->r->offset, 1);
		post_puts(b, "/0x");
		post_putx(b, f->r->gap, 1);
	}
}

static void
put_module(struct frame *f)
{
	if (f->r->module.n == 0)
		return;
	post_puts(&f->t->buf, " [");
	put_clean(&f->t->buf, f->r->module);
	post_putc(&f->t->buf, ']');
}

static void
begin_line(struct frame *f)
{
	if (f->t->buf.n > 0)
		post_putc(&f->t->buf, '\n');
	post_putc(&f->t->buf, ' ');
	post_put(&f->t->buf, f->addr);
	post_puts(&f->t->buf, " : ");
}

static void
end_line(struct frame *f)
{
	if (f->native.inexact)
		post_puts(&f->t->buf, " (inexact)");
}

static void
old_line(struct frame *f, size_t i)
{
	const struct post_site *s = &f->r->site[i];
	struct post_buf *b = &f->t->buf;
	bool inlined = i + 1 < f->r->n;

	put_name(f, inlined ? s->function : outer_name(f));
	if (f->conf->lines && s->file.n > 0) {
		post_putc(b, '(');
		put_site_line(f, s);
		post_putc(b, ')');
	}
	if (inlined && f->conf->mark)
		post_puts(b, "_[i]");
	post_puts(b, "+0x0/0x0");
	if (s->file.n > 0) {
		post_puts(b, " [");
		put_site_line(f, s);
		post_putc(b, ']');
	} else
		put_module(f);
}

static void
stap_line(struct frame *f, size_t i)
{
	const struct post_site *s = &f->r->site[i];
	struct post_buf *b = &f->t->buf;
	bool inlined = i + 1 < f->r->n;

	put_name(f, inlined ? s->function : outer_name(f));
	if (inlined && f->conf->mark)
		post_puts(b, "_[i]");
	put_offset(f, inlined);
	if (s->file.n > 0) {
		post_puts(b, " at ");
		put_site_line(f, s);
	}
	put_module(f);
}

static void
put_sites(struct frame *f)
{
	for (size_t i = 0; i < f->r->n; i++) {
		begin_line(f);
		if (f->conf->layout == POST_LAYOUT_OLD)
			old_line(f, i);
		else
			stap_line(f, i);
		end_line(f);
	}
}

/* One line of SystemTap's usual form, with the right name. */
static void
put_renamed(struct frame *f)
{
	begin_line(f);
	put_name(f, outer_name(f));
	put_offset(f, false);
	put_module(f);
	end_line(f);
}

/* The line as it is, but for the name in plain words; nothing when it is no mangled name. */
static void
put_demangled(struct frame *f, struct post_str text)
{
	const char *name = f->native.name.p;
	struct post_buf *b = &f->t->buf;

	if (f->native.name.n == 0)
		return;
	f->t->mangled.n = 0;
	post_put(&f->t->mangled, f->native.name);
	post_putc(b, ' ');
	post_put(b, (struct post_str){ text.p, (size_t)(name - text.p) });
	if (post_demangle(f->t->mangled.s, &f->t->plain, b))
		post_put(b, post_str_from(text, (size_t)(name - text.p) + f->native.name.n));
	else
		b->n = 0;
}

/* Are there several functions, or the line that was asked for? */
static bool
worth_its_sites(const struct frame *f)
{
	const struct post_resolved *r = f->r;

	return r->n > 1 || (f->conf->lines && r->n == 1 && r->site[0].file.n > 0 && outer_name(f).n > 0);
}

/* What is in the buffer is the text AT. */
static void
put_text(struct post_texts *t, size_t at)
{
	size_t n = POST_FRAME_KINDS * (size_t)t->n;

	if (t->text == NULL) {
		t->text = post_resize(NULL, n, sizeof *t->text);
		memset(t->text, 0, n * sizeof *t->text);
	}
	t->changed += t->text[at].p == NULL;
	t->text[at] = post_keep(&t->mem, post_buf_str(&t->buf));
}

struct post_str
post_text(const struct post_texts *t, uint32_t id, enum post_frame_kind kind)
{
	return t->text != NULL && id < t->n ? t->text[POST_FRAME_KINDS * (size_t)id + (size_t)kind] : (struct post_str){ NULL, 0 };
}

void
post_render(struct post_texts *t, const struct post_render_conf *conf, struct post_str text, uint32_t id,
    enum post_frame_kind kind, const struct post_resolved *r)
{
	struct frame f = { .t = t, .conf = conf, .r = r };

	f.addr = post_frame_parse(text, &f.native);
	t->buf.n = 0;
	if (r != NULL && worth_its_sites(&f))
		put_sites(&f);
	else if (r != NULL && r->misnamed && outer_name(&f).n > 0)
		put_renamed(&f);
	else if (conf->demangle)
		put_demangled(&f, text);
	if (t->buf.n > 0)
		put_text(t, POST_FRAME_KINDS * (size_t)id + (size_t)kind);
}
