/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whatever the bytes, an XML parser reads the documents, gives the same text
 * back from an element and from an attribute, and loses no character.
 */
#include <assert.h>
#include <expat.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include "../base/xml.h"
#include "../flame/attrs.h"
#include "../flame/colormap.h"
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
	s->frames += strcmp(name, "title") == 0;
	for (; *attr != NULL; attr += 2) {
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
		(void)post_xml_code(s, &n);
	return sum;
}

static void
one_text(struct post_str s)
{
	struct post_buf doc = { 0 };
	struct seen seen;
	size_t from;

	post_puts(&doc, "<!-- ");
	post_xml_comment(&doc, s);
	post_puts(&doc, " --><a t=\"");
	post_xml_text(&doc, s);
	post_puts(&doc, "\">");
	post_xml_text(&doc, s);
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

static int
add(struct post_tree *t, const uint32_t *frame, size_t n, size_t left, bool both)
{
	struct post_count count = { left % 7, left % 11 == 0 };

	return both ? post_tree_add_change(t, frame, n, (struct post_count){ left % 13, 0 }, count) : post_tree_add(t, frame, n, count);
}

/* Frames are what stands between bytes 0 to 3; a 0 ends a stack. */
static void
plant(struct post_tree *t, struct post_names *names, struct post_str s)
{
	bool both = s.n % 4 == 3;
	uint32_t frame[64];
	size_t n = 0, at;

	while (s.n > 0) {
		for (at = 0; at < s.n && (unsigned char)s.p[at] > 3; )
			at++;
		frame[n++] = post_intern(names, (struct post_str){ s.p, at });
		if (at == s.n || s.p[at] == 0 || n == 64) {
			assert(add(t, frame, n, s.n, both) == 0);
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
		n += f.name != (uint32_t)POST_GAP;
	post_walk_end(&w);
	return n;
}

/* The bytes as a file; its path is good until the next one. */
static const char *
as_file(struct post_str s)
{
	static char path[40];
	static int fd = -1;

	if (fd != -1)
		close(fd);
	fd = memfd_create("file", MFD_CLOEXEC);
	(void)post_write_all(fd, s);
	(void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	return path;
}

/* Options that follow from the bytes. */
static struct post_svg_opts
options(struct post_str s, const char *text)
{
	static const char *const colors[] = { "hot", "kind", "java", "js", "perl", "python", "rust", "chain" };
	unsigned bits = s.n > 0 ? (unsigned char)s.p[s.n / 2] : 0;
	struct post_svg_opts o;

	post_svg_defaults(&o);
	o.title = o.subtitle = o.notes = o.countname = o.nametype = o.fonttype = o.encoding = text;
	o.minwidth = 0;
	o.inverted = s.n & 1;
	o.hash = s.n & 2;
	o.random = s.n & 4;
	o.inclusive = s.n & 8;
	o.negate = o.no_full = o.fluid = s.n & 16;
	o.theme = (enum post_theme)(s.n % 3);
	o.colors = colors[bits & 7];
	return o;
}

static struct post_str
written(struct post_out *out)
{
	size_t n;

	post_out_flush(out);
	n = (size_t)lseek(out->fd, 0, SEEK_END);
	post_buf_grow(&out->buf, n);
	assert(pread(out->fd, out->buf.s, n, 0) == (ssize_t)n);
	out->buf.n = n;
	return post_buf_str(&out->buf);
}

static void
one_document(struct post_str s)
{
	struct post_names names = { 0 };
	struct post_tree t = { .names = &names, .chart = s.n % 5 == 0 };
	struct post_out out = { .fd = memfd_create("svg", MFD_CLOEXEC) };
	struct post_str text = post_keep(&names.mem, s);	/* with a NUL after it */
	struct post_svg_opts o = options(s, text.p);
	struct post_attrs attrs;
	struct post_colormap map;
	struct post_err err;
	struct seen seen;

	if (post_attrs_read(&attrs, as_file(s), &err) == 0)
		o.attrs = &attrs;
	if (post_colormap_read(&map, as_file(s), &err) == 0)
		o.map = &map;
	o.remark = &text.p;
	o.nremark = s.n % 2;
	plant(&t, &names, s);
	if (post_svg_write(&t, &o, &out, &err) == -1)
		post_svg_error(&o, text.p, &out);
	seen = parse(written(&out));
	if (seen.frames > 0)
		assert(seen.frames == frames(&t) + o.nremark && seen.scripts == 1);
	close(out.fd);
	forget(&seen);
	post_buf_free(&out.buf);
	post_tree_free(&t);
	post_attrs_free(&attrs);
	post_colormap_free(&map);
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
