/* SPDX-License-Identifier: BSD-2-Clause */
/* Small print in the margins: what is not drawn, what colours mean, what is to be known of the trace. */
#include "compare.h"
#include "palette.h"
#include "shade.h"

static const double small = 0.85;	/* of the font size */

static double
char_width(const struct picture *p)
{
	return p->opts->fontsize * small * p->opts->fontwidth;
}

static double
text_width(const struct picture *p, struct post_str s)
{
	double chars = 0;
	size_t n;

	for (; s.n > 0; s = post_str_from(s, n), chars++)
		(void)post_xml_code(s, &n);
	return chars * char_width(p);
}

static void
put_place(struct post_buf *b, double x, double y)
{
	post_puts(b, " x=\"");
	post_put_scaled(b, post_scaled(x, 10), 1);
	post_puts(b, "\" y=\"");
	post_put_scaled(b, post_scaled(y, 10), 1);
	post_puts(b, "\"");
}

static void
put_small(struct picture *p)
{
	post_puts(p->out, " font-size=\"");
	post_put_scaled(p->out, post_scaled(p->opts->fontsize * small, 10), 1);
	post_puts(p->out, "\"");
}

static void
put_percent(struct post_buf *b, double part)
{
	if (part < 0.1) {
		post_puts(b, part > 0 ? "under 0.1%" : "none");
		return;
	}
	post_put_fixed(b, part, 1);
	post_putc(b, '%');
}

/* "narrower than 0.1 px (3.1% of the samples)" */
static void
put_narrower(const struct picture *p, struct post_buf *b)
{
	post_puts(b, " narrower than ");
	post_put_real(b, p->opts->minwidth);
	post_puts(b, p->opts->minwidth_percent ? "% (" : " px (");
	put_percent(b, 100 * p->narrow / post_count_real(p->total));
	post_puts(b, " of the ");
	post_puts(b, p->opts->compare != NULL ? "width" : p->opts->countname);
	post_puts(b, ")");
}

static void
put_drawn(const struct picture *p, struct post_buf *b)
{
	post_picture_put_commas(b, p->drawn);
	post_puts(b, " of ");
	post_picture_put_commas(b, p->frames);
	post_puts(b, " frames are drawn");
}

static void
put_details(const struct picture *p, struct post_buf *b)
{
	uint64_t narrow = p->frames - p->drawn;

	post_puts(b, "; the ");
	post_picture_put_commas(b, narrow);
	put_narrower(p, b);
	if (!post_picture_has_table(p->opts) || p->opts->no_full)
		post_puts(b, " are left out");
	else if (p->table.merged == 0)
		post_puts(b, " are in the file: zoom in to see them");
	else {
		post_puts(b, " are in the file, ");
		if (p->table.merged < narrow) {
			post_picture_put_commas(b, p->table.merged);
			post_puts(b, " of them ");
		}
		post_puts(b, "only as sums, \"(N more)\"");
	}
}

/* Nothing when all frames are drawn; few words where there is little room. */
static void
put_note(struct picture *p)
{
	struct post_buf text = { 0 };
	double room = p->opts->width - 2 * POST_MARGIN;
	size_t brief;

	if (p->drawn == p->frames)
		return;
	put_drawn(p, &text);
	brief = text.n;
	put_details(p, &text);
	if (text_width(p, post_buf_str(&text)) > room)
		text.n = brief;
	if (text_width(p, post_buf_str(&text)) <= room) {
		post_puts(p->out, "<text class=\"note\"");
		put_place(p->out, POST_MARGIN, p->layout.height - p->layout.bottom / 2);
		put_small(p);
		post_putc(p->out, '>');
		post_xml_text(p->out, post_buf_str(&text));
		post_puts(p->out, "</text>\n");
	}
	post_buf_free(&text);
}

/* An entry of the legend: a box, and what it means, if anything. */
struct entry {
	uint32_t		 rgb;
	struct post_buf		 text;
	bool			 behind;	/* the text stands behind the box, else before it */
	enum post_mark		 mark;		/* over the colour */
};

enum { STEPS = 7, ENTRIES = STEPS + 3 };	/* of a ramp, and what a comparison has besides */

static double
box_size(const struct picture *p)
{
	return p->opts->fontsize * 0.7;
}

static double
entry_width(const struct picture *p, const struct entry *e)
{
	double size = box_size(p);

	return e->text.n == 0 ? size : size * (e->behind ? 3 : 1.5) + text_width(p, post_buf_str(&e->text)) * 1.1;
}

static void
begin_box(struct picture *p, double x, double y)
{
	double size = box_size(p);
	struct post_buf *b = p->out;

	post_puts(b, "<rect");
	put_place(b, x, y - size);
	post_puts(b, " width=\"");
	post_put_scaled(b, post_scaled(size, 10), 1);
	post_puts(b, "\" height=\"");
	post_put_scaled(b, post_scaled(size, 10), 1);
	post_puts(b, "\" ");
}

static void
put_box(struct picture *p, double x, double y, const struct entry *e)
{
	begin_box(p, x, y);
	post_puts(p->out, "fill=\"");
	post_put_rgb(p->out, e->rgb);
	post_puts(p->out, e->mark == POST_MARK_GONE ? "\" stroke=\"#000\" stroke-dasharray=\"2 1\"/>" : "\"/>");
	if (e->mark != POST_MARK_NEW)
		return;
	begin_box(p, x, y);
	post_compare_put_hatch(p);
	post_puts(p->out, "/>");
}

static void
put_entry(struct picture *p, double x, double y, const struct entry *e)
{
	double size = box_size(p);

	put_box(p, e->text.n == 0 || e->behind ? x : x + entry_width(p, e) - size, y, e);
	if (e->text.n == 0)
		return;
	post_puts(p->out, "<text");
	put_place(p->out, e->behind ? x + size * 1.5 : x, y);
	post_puts(p->out, ">");
	post_xml_text(p->out, post_buf_str(&e->text));
	post_puts(p->out, "</text>");
}

/* The classes of the palette that occur. */
static size_t
list_classes(const struct picture *p, struct entry list[ENTRIES])
{
	size_t n = 0;
	int i;

	for (i = 0; i < POST_CLASSES; i++) {
		const char *text = post_picture_class_text(p, i, &list[n].rgb);

		if (text == NULL)
			continue;
		list[n].behind = true;
		post_puts(&list[n++].text, text);
	}
	return n;
}

/* From the largest loss to the largest gain, as titles have them: with negate they are the other way round. */
static size_t
list_ramp(const struct picture *p, struct entry list[ENTRIES])
{
	int i;

	for (i = 0; i < STEPS; i++) {
		double delta = p->max_delta * (2.0 * i / (STEPS - 1) - 1);

		list[i].rgb = post_delta_color(delta, p->max_delta, p->opts->blind || p->opts->compare != NULL);
		list[i].behind = i > 0;
	}
	return STEPS;
}

static size_t
list_changes(const struct picture *p, struct entry list[ENTRIES])
{
	size_t n = list_ramp(p, list);

	post_puts(&list[0].text, "less: -");
	post_puts(&list[STEPS - 1].text, "more: +");
	post_put_real(&list[0].text, p->max_delta * p->opts->factor);
	post_put_real(&list[STEPS - 1].text, p->max_delta * p->opts->factor);
	return n;
}

/* The ramp only if something has its colours. */
static size_t
list_comparison(const struct picture *p, struct entry list[ENTRIES])
{
	static const struct { uint32_t rgb; enum post_mark mark; const char *text; } marks[] = {
		{ POST_NOT_SIGNIFICANT, POST_MARK_NONE, "not significant" },
		{ POST_WHITE, POST_MARK_NEW, "new" },
		{ POST_WHITE, POST_MARK_GONE, "gone" },
	};
	size_t n = p->max_delta > 0 ? list_ramp(p, list) : 0, i;

	if (n > 0) {
		post_puts(&list[0].text, "less: ");
		post_puts(&list[n - 1].text, "more: ");
		post_compare_put_bound(p, &list[0].text, -p->max_delta);
		post_compare_put_bound(p, &list[n - 1].text, p->max_delta);
	}
	for (i = 0; i < sizeof marks / sizeof *marks; i++, n++) {
		list[n].rgb = marks[i].rgb;
		list[n].mark = marks[i].mark;
		list[n].behind = true;
		post_puts(&list[n].text, marks[i].text);
	}
	return n;
}

static size_t
list_entries(const struct picture *p, struct entry list[ENTRIES])
{
	if (p->opts->compare != NULL)
		return list_comparison(p, list);
	return p->tree->both ? list_changes(p, list) : list_classes(p, list);
}

/* At the right, under where flamegraph.pl leaves a line free; what does not fit is left out. */
static void
put_legend(struct picture *p)
{
	struct entry list[ENTRIES] = { 0 };
	size_t n = list_entries(p, list), i;
	double width = 0, room = p->opts->width - 2 * POST_MARGIN, x;

	for (i = 0; i < n && width + entry_width(p, &list[i]) <= room; i++)
		width += entry_width(p, &list[i]);
	if (i > 0) {
		x = p->opts->width - POST_MARGIN - width;
		post_puts(p->out, "<g class=\"legend\"");
		put_small(p);
		post_puts(p->out, ">");
		for (size_t k = 0; k < i; x += entry_width(p, &list[k++]))
			put_entry(p, x, p->layout.height - 4, &list[k]);
		post_puts(p->out, "</g>\n");
	}
	for (i = 0; i < n; i++)
		post_buf_free(&list[i].text);
}

static void
put_remarks(struct picture *p)
{
	struct post_buf *b = p->out;
	size_t i, n = p->opts->nremark;

	if (n == 0)
		return;
	post_puts(b, "<g class=\"remarks\"><title>");
	for (i = 0; i < n; i++) {
		if (i > 0)
			post_putc(b, '\n');
		post_picture_puts(b, p->opts->remark[i]);
	}
	post_puts(b, "</title><text");
	put_place(b, POST_MARGIN, p->opts->fontsize);
	put_small(p);
	post_puts(b, ">(!) ");
	if (p->opts->badge != NULL)
		post_picture_puts(b, p->opts->badge);
	else {
		post_putu(b, n);
		post_puts(b, n == 1 ? " note" : " notes");
	}
	post_puts(b, "</text></g>\n");
}

void
post_picture_put_margin(struct picture *p)
{
	put_remarks(p);
	put_note(p);
	put_legend(p);
}
