/* SPDX-License-Identifier: BSD-2-Clause */
/* The document around the panels. */
#include <inttypes.h>
#include "../base/xml.h"
#include "panel.h"

static const char shapes[] =
    ".bt-hist .title{font-size:16px;font-weight:bold}\n"
    ".bt-hist .document{font-size:20px;font-weight:bold}\n"
    ".bt-hist .fact,.bt-hist .name,.bt-hist .caption{font-size:12px}\n"
    ".bt-hist .name{font-weight:bold}\n"
    ".bt-hist .tick,.bt-hist .count,.bt-hist .flagged{font-size:11px}\n"
    ".bt-hist .count,.bt-hist .flagged{stroke-width:3px;paint-order:stroke;stroke-linejoin:round}\n"
    ".bt-hist .grid,.bt-hist .axis,.bt-hist .flag,.bt-hist .line,.bt-hist .hem{fill:none}\n"
    ".bt-hist .flag{stroke-dasharray:2 3}\n"
    ".bt-hist .flagged{font-weight:bold}\n"
    ".bt-hist .line{stroke-width:2;stroke-linejoin:round;pointer-events:none}\n"
    ".bt-hist .hem{stroke-width:4.5;stroke-opacity:.75;stroke-linejoin:round}\n"
    ".bt-hist .many{stroke-dasharray:7 3}\n"
    ".bt-hist .tip{fill-opacity:0}\n"
    ".bt-hist .tip:hover{fill-opacity:.08}\n";

/* Each rule in plain colours, for the viewers that know no variables; and what it is in the dark. */
static const struct {
	const char	*selector, *property, *light, *dark;
} colors[] = {
	{ ".back", "fill", "#fff", "#16191d" },
	{ "text", "fill", "#1f2328", "#e6e8eb" },
	{ ".tip", "fill", "#1f2328", "#e6e8eb" },
	{ ".caption,.bt-hist .tick", "fill", "#59636e", "#a0a8b2" },
	{ ".flag", "stroke", "#59636e", "#a0a8b2" },
	{ ".grid", "stroke", "#e4e7eb", "#2c3137" },
	{ ".axis", "stroke", "#8c959f", "#6b747e" },
	{ ".count,.bt-hist .flagged,.bt-hist .hem", "stroke", "#fff", "#16191d" },
	{ ".flagged", "fill", "#c2410c", "#ff9d5c" },
	{ ".line", "stroke", "#c2410c", "#ff9d5c" },
};

/* Of the runs, which colour-blind people can tell apart. */
static const struct {
	const char	*light, *dark;
} runs[POST_HIST_OVERLAY] = {
	{ "#3f83cc", "#5b9fe3" }, { "#e08a00", "#f2b134" }, { "#12866a", "#35c39b" }, { "#b8518f", "#e58fc4" },
	{ "#58aee0", "#9bd3f5" }, { "#c2410c", "#ff8a5b" }, { "#7a5bb5", "#b79df0" }, { "#6e7781", "#aab2bb" },
};

static void
put_colors(struct post_buf *b, bool dark)
{
	size_t i;

	for (i = 0; i < sizeof colors / sizeof *colors; i++)
		post_putf(b, ".bt-hist %s{%s:%s}\n", colors[i].selector, colors[i].property, dark ? colors[i].dark : colors[i].light);
	for (i = 0; i < POST_HIST_OVERLAY; i++) {
		const char *color = dark ? runs[i].dark : runs[i].light;

		post_putf(b, ".bt-hist .c%zu{fill:%s}.bt-hist .many.l%zu{stroke:%s}\n", i, color, i, color);
	}
}

static void
put_style(struct post_buf *b)
{
	post_puts(b, "<style>\n");
	post_puts(b, shapes);
	put_colors(b, false);
	post_puts(b, "@media (prefers-color-scheme:dark){\n");
	put_colors(b, true);
	post_puts(b, "}\n</style>\n");
}

/* What a reader hears who does not see the picture. */
static void
put_description(struct post_buf *b, const struct post_hist_set *s, uint32_t id)
{
	struct post_buf text = { 0 };
	size_t i;

	post_putf(b, "<desc id=\"bt-hist-%08" PRIx32 "-desc\">", id);
	for (i = 0; i < s->n; i++) {
		const struct post_hist *h = s->run[i].hist;

		if (i > 0)
			post_puts(b, "; ");
		post_xml_text(b, h->heading.n > 0 ? h->heading : POST_STR("histogram"));
		post_puts(b, ": n ");
		post_putu(b, h->total);
		if (h->total == 0)
			continue;
		text.n = 0;
		post_puts(&text, ", ");
		post_hist_put_percentile(&text, h, 50);
		post_puts(&text, ", ");
		post_hist_put_percentile(&text, h, 99);
		post_xml_text(b, post_buf_str(&text));
	}
	post_puts(b, "</desc>\n");
	post_buf_free(&text);
}

static void
put_document_title(struct post_buf *b, const struct post_hist_set *s, const struct post_hist_svg *conf, uint32_t id)
{
	struct post_str title = conf->title != NULL && *conf->title != '\0' ? post_str_of(conf->title) :
	    s->npanel == 1 && s->run[0].hist->heading.n > 0 ? s->run[0].hist->heading : POST_STR("Histograms");

	post_putf(b, "<title id=\"bt-hist-%08" PRIx32 "-title\">", id);
	post_xml_text(b, title);
	post_puts(b, "</title>\n");
}

/* What sets the ids of one picture in a page apart from those of others: a hash (FNV-1a) of what is drawn. */
static uint32_t
picture_id(struct post_str panels)
{
	uint32_t h = 2166136261;
	size_t i;

	for (i = 0; i < panels.n; i++)
		h = (h ^ (unsigned char)panels.p[i]) * 16777619;
	return h;
}

/* The title that was asked for, on top; returns where the panels begin. */
static unsigned
put_heading(struct post_buf *b, const struct post_hist_svg *conf)
{
	enum { SIZE = 20, BOLD = 115 };
	struct post_buf plain = { 0 };
	struct post_str s;
	unsigned width = (conf->width - 2 * PAD) * 100 / BOLD;
	size_t n;

	if (conf->title == NULL || *conf->title == '\0')
		return PAD;
	post_xml_plain(&plain, post_str_of(conf->title));
	s = post_buf_str(&plain);
	n = post_hist_text_fit(s, SIZE, width);
	if (n < s.n) {
		plain.n = post_hist_text_fit(s, SIZE, width - SIZE);
		post_puts(&plain, "\u2026");
	}
	post_panel_text(b, PAD * 10, PAD + SIZE, " class=\"document\"", post_buf_str(&plain));
	post_buf_free(&plain);
	return 2 * PAD + SIZE;
}

/* Collect the runs of PANEL; the first one is at FROM. */
static int
collect(struct panel *p, const struct post_hist_set *s, size_t from, struct post_err *err)
{
	uint32_t panel = s->run[from].panel;
	size_t i;

	for (i = from; i < s->n; i++) {
		if (s->run[i].panel != panel)
			continue;
		if (p->n == POST_HIST_OVERLAY)
			return post_fail(err, POST_ELIMIT, "more than %d runs of the same histogram cannot be drawn over each other: "
			    "--sum adds them", POST_HIST_OVERLAY);
		p->run[p->n++] = &s->run[i];
	}
	return 0;
}

/* Draw all panels into B; returns the height of the picture, or 0 with *err. */
static unsigned
put_panels(struct post_buf *b, const struct post_hist_set *s, const struct post_hist_svg *conf, struct post_err *err)
{
	unsigned y = put_heading(b, conf);
	uint32_t next = 0;
	size_t i;

	for (i = 0; i < s->n; i++) {
		struct panel p = { .conf = conf, .top = y };

		if (s->run[i].panel != next)
			continue;
		next++;
		if (collect(&p, s, i, err) == -1)
			return 0;
		if (post_panel_begin(&p) == -1) {
			post_panel_end(&p);
			post_fail(err, POST_ELIMIT, "histograms that have over %d buckets together cannot be drawn over each other",
			    POST_HIST_ROWS);
			return 0;
		}
		post_puts(b, "<g class=\"panel\">\n");
		post_panel_head(b, &p);
		post_panel_plot(b, &p);
		post_puts(b, "</g>\n");
		post_panel_end(&p);
		y = p.bottom;
	}
	return y;
}

int
post_hist_svg_write(struct post_out *out, const struct post_hist_set *s, const struct post_hist_svg *conf, struct post_err *err)
{
	struct post_buf panels = { 0 }, *b = &out->buf;
	unsigned height;
	uint32_t id;

	if (conf->width < POST_HIST_NARROWEST || conf->width > POST_HIST_WIDEST)
		return post_fail(err, POST_EUSAGE, "--width: %d to %d pixels, not %u", POST_HIST_NARROWEST, POST_HIST_WIDEST, conf->width);
	if (s->npanel > POST_HIST_PANELS)
		return post_fail(err, POST_ELIMIT, "over %d histograms are too many for a picture: --tsv and --json give them all",
		    POST_HIST_PANELS);
	height = put_panels(&panels, s, conf, err);
	if (height > 0) {
		id = picture_id(post_buf_str(&panels));
		post_puts(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
		post_putf(b, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"bt-hist\" width=\"%u\" height=\"%u\" viewBox=\"0 0 %u %u\" "
		    "font-family=\"Verdana, 'DejaVu Sans', sans-serif\" role=\"img\" aria-labelledby=\"bt-hist-%08" PRIx32 "-title "
		    "bt-hist-%08" PRIx32 "-desc\">\n", conf->width, height, conf->width, height, id, id);
		put_document_title(b, s, conf, id);
		put_description(b, s, id);
		put_style(b);
		post_puts(b, "<rect class=\"back\" width=\"100%\" height=\"100%\"/>\n");
		post_out_copy(out, post_buf_str(&panels));
		post_puts(b, "</svg>\n");
	}
	post_buf_free(&panels);
	return height > 0 ? 0 : -1;
}
