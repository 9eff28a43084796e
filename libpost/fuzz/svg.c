/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whatever the bytes, an XML parser reads the documents, gives the same text
 * back from an element and from an attribute, and loses no character.
 */
#include <assert.h>
#include <expat.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include "../flame/svg.h"
#include "../flame/text.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

struct seen {
	struct post_buf	text, attr;
	size_t		elements, frames, scripts;
};

static void
on_start(void *arg, const XML_Char *name, const XML_Char **attr)
{
	struct seen *s = arg;

	s->elements++;
	s->scripts += strcmp(name, "script") == 0;
	for (; *attr != NULL; attr += 2) {
		s->frames += strcmp(attr[0], "data-at") == 0;
		if (strcmp(attr[0], "t") == 0)
			post_puts(&s->attr, attr[1]);
	}
}

static void
on_text(void *arg, const XML_Char *s, int n)
{
	post_put(&((struct seen *)arg)->text, (struct post_str){ s, (size_t)n });
}

static struct seen
parse(struct post_str doc)
{
	struct seen s = { 0 };
	XML_Parser p = XML_ParserCreate("UTF-8");

	XML_SetUserData(p, &s);
	XML_SetElementHandler(p, on_start, NULL);
	XML_SetCharacterDataHandler(p, on_text);
	assert(XML_Parse(p, doc.p, (int)doc.n, 1) == XML_STATUS_OK);
	XML_ParserFree(p);
	return s;
}

static void
forget(struct seen *s)
{
	post_buf_free(&s->text);
	post_buf_free(&s->attr);
}

static size_t
codes(struct post_str s)
{
	size_t n, sum = 0;

	for (; s.n > 0; s = post_str_from(s, n), sum++)
		(void)post_svg_code(s, &n);
	return sum;
}

static void
one_text(struct post_str s)
{
	struct post_buf doc = { 0 };
	struct seen seen;
	size_t from;

	post_puts(&doc, "<!-- ");
	post_svg_comment(&doc, s);
	post_puts(&doc, " --><a t=\"");
	post_svg_text(&doc, s);
	post_puts(&doc, "\">");
	post_svg_text(&doc, s);
	post_puts(&doc, "</a>");
	seen = parse(post_buf_str(&doc));
	assert(seen.elements == 1 && post_str_eq(post_buf_str(&seen.text), post_buf_str(&seen.attr)));
	assert(codes(post_buf_str(&seen.text)) == codes(s));
	for (from = 3; from < 9; from++) {
		doc.n = 0;
		post_svg_label(&doc, s, from);
		assert(codes(post_buf_str(&doc)) <= 6 * from);	/* 6: &quot; */
	}
	forget(&seen);
	post_buf_free(&doc);
}

/* Frames are what stands between bytes 0 to 3; a 0 ends a stack. */
static void
plant(struct post_tree *t, struct post_names *names, struct post_str s)
{
	uint32_t frame[64];
	size_t n = 0, at;

	while (s.n > 0) {
		for (at = 0; at < s.n && (unsigned char)s.p[at] > 3; )
			at++;
		frame[n++] = post_intern(names, (struct post_str){ s.p, at });
		if (at == s.n || s.p[at] == 0 || n == 64) {
			assert(post_tree_add(t, frame, n, (struct post_count){ s.n % 7, s.n % 11 == 0 }) == 0);
			n = 0;
		}
		s = post_str_from(s, at < s.n ? at + 1 : at);
	}
}

static size_t
frames(struct post_tree *t)
{
	struct post_walk w;
	struct post_frame f;
	size_t n = 0;

	post_walk_begin(&w, t);
	while (post_walk_next(&w, 0, &f))
		n++;
	post_walk_end(&w);
	return n;
}

static void
one_document(struct post_str s)
{
	struct post_names names = { 0 };
	struct post_tree t = { .names = &names };
	struct post_out out = { .fd = memfd_create("svg", MFD_CLOEXEC) };
	struct post_str text = post_keep(&names.mem, s);	/* with a NUL after it */
	struct post_svg_opts o;
	struct post_err err;
	struct seen seen;
	size_t n;

	post_svg_defaults(&o);
	o.title = o.subtitle = o.notes = o.countname = o.nametype = o.fonttype = text.p;
	o.minwidth = 0;
	o.inverted = s.n & 1;
	o.hash = s.n & 2;
	plant(&t, &names, s);
	if (post_svg_write(&t, &o, &out, &err) == -1)
		post_svg_error(&o, text.p, &out);
	post_out_flush(&out);
	n = (size_t)lseek(out.fd, 0, SEEK_END);
	post_buf_grow(&out.buf, n);
	assert(pread(out.fd, out.buf.s, n, 0) == (ssize_t)n);
	out.buf.n = n;
	seen = parse(post_buf_str(&out.buf));
	if (seen.frames > 0)
		assert(seen.frames == frames(&t) && seen.scripts == 1);
	close(out.fd);
	forget(&seen);
	post_buf_free(&out.buf);
	post_tree_free(&t);
	post_names_free(&names);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct post_str s = { (const char *)data, size };

	if (size < 1 << 16) {
		one_text(s);
		one_document(s);
	}
	return 0;
}
