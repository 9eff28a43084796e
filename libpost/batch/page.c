/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * index.html is HTML that is XML, too, so that any reader of XML can check it.
 * Names get in as text (post_xml_text), as data (put_data) or as addresses
 * (post_page_url), and in no other way.
 */
#include <sha2.h>
#include <time.h>
#include "../base/json.h"
#include "../base/xml.h"
#include "page.h"

static const unsigned char page_js[] = {
#include "page.js.inc"
};
static const unsigned char page_css[] = {
#include "page.css.inc"
};
static const unsigned char page_html[] = {
#include "page.html.inc"
};

/* A reader of HTML sees comments in these, one of XML that markup stops. */
#define CDATA_BEGIN	"/*<![CDATA[*/\n"
#define CDATA_END	"/*]]>*/"

static void
put_bytes(struct post_buf *b, const unsigned char *p, size_t n)
{
	post_put(b, (struct post_str){ (const char *)p, n });
}

static void
put_text(struct post_buf *b, const char *text)
{
	post_xml_text(b, post_str_of(text));
}

/* Three bytes are four digits; N is at most 3. */
static void
put_base64(struct post_buf *b, const uint8_t *p, size_t n)
{
	static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	uint32_t bits = (uint32_t)p[0] << 16 | (n > 1 ? (uint32_t)p[1] << 8 : 0) | (n > 2 ? p[2] : 0);

	for (size_t i = 0; i < 4; i++)
		post_putc(b, i <= n ? digit[bits >> (18 - 6 * i) & 63] : '=');
}

/* What a policy calls an element of these contents. */
static void
put_hash(struct post_buf *b, const unsigned char *p, size_t n)
{
	uint8_t sum[SHA256_DIGEST_LENGTH];
	SHA2_CTX c;

	SHA256Init(&c);
	SHA256Update(&c, (const uint8_t *)CDATA_BEGIN, strlen(CDATA_BEGIN));
	SHA256Update(&c, p, n);
	SHA256Update(&c, (const uint8_t *)CDATA_END, strlen(CDATA_END));
	SHA256Final(sum, &c);
	post_puts(b, " 'sha256-");
	for (size_t i = 0; i < sizeof sum; i += 3)
		put_base64(b, sum + i, sizeof sum - i < 3 ? sizeof sum - i : 3);
	post_putc(b, '\'');
}

/* No network, no script but ours and functions.js: 'self' of a page on a disk is the files beside it. */
static void
put_policy(struct post_buf *b)
{
	post_puts(b, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
	    "base-uri 'none'; form-action 'none'; img-src 'self'; style-src");
	put_hash(b, page_css, sizeof page_css);
	post_puts(b, "; script-src 'self'");
	put_hash(b, page_js, sizeof page_js);
	post_puts(b, "\"/>\n");
}

static void
put_head(struct post_buf *b, const struct post_page *p)
{
	post_puts(b, "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
	put_policy(b);
	post_puts(b, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
	    "<meta name=\"referrer\" content=\"no-referrer\"/>\n<title>");
	put_text(b, p->title);
	post_puts(b, "</title>\n<style>" CDATA_BEGIN);
	put_bytes(b, page_css, sizeof page_css);
	post_puts(b, CDATA_END "</style>\n</head>\n<body>\n<header class=\"top\"><h1>");
	put_text(b, p->title);
	post_puts(b, "</h1><p id=\"sum\"></p></header>\n");
	put_bytes(b, page_html, sizeof page_html);
}

static void
put_link(struct post_buf *b, const char *file, const char *what)
{
	if (file == NULL)
		return;
	post_puts(b, "<a href=\"");
	post_page_url(b, file);
	post_puts(b, "\">");
	post_puts(b, what);
	post_puts(b, "</a> ");
}

/* In UTC; false when it is not known, or in no year that a reader would believe. */
static bool
known_time(int64_t when, struct tm *tm)
{
	time_t t = (time_t)when;

	return when != INT64_MIN && gmtime_r(&t, tm) != NULL && tm->tm_year >= 0 && tm->tm_year <= 8099;
}

static void
put_row(struct post_buf *b, const struct post_page *p, const struct post_page_trace *t)
{
	struct tm tm;

	post_puts(b, "<tr><td>");
	if (known_time(t->when, &tm))
		post_putf(b, "%04d-%02d-%02d %02d:%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min);
	post_puts(b, "</td><td class=\"name\">");
	put_text(b, t->path);
	post_puts(b, "</td><td class=\"name\">");
	put_text(b, p->group[t->group].name);
	post_puts(b, "</td><td class=\"num\">");
	put_text(b, t->samples);
	post_puts(b, "</td><td class=\"num\">");
	post_putu(b, t->stacks);
	post_puts(b, "</td><td class=\"name\">");
	put_text(b, t->error != NULL ? t->error : t->verdict);
	post_puts(b, "</td><td>");
	put_link(b, t->svg, "SVG");
	put_link(b, t->folded, "folded");
	post_puts(b, "</td></tr>\n");
}

/* A browser with a script makes no elements of it. */
static void
put_static(struct post_out *out, const struct post_page *p)
{
	post_puts(&out->buf, "<noscript>\n<table>\n<thead><tr><th>When (UTC)</th><th>Trace</th><th>Group</th><th>Samples</th>"
	    "<th>Stacks</th><th>Verdict</th><th>Files</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < p->traces; i++) {
		put_row(&out->buf, p, &p->trace[i]);
		post_out_tick(out);
	}
	post_puts(&out->buf, "</tbody>\n</table>\n</noscript>\n");
}

/* JSON between tags: in its strings, and only there, are characters of markup, and none of them stays. */
static void
put_data(struct post_out *out, struct post_buf *json)
{
	for (size_t i = 0; i < json->n; i++)
		if (json->s[i] == '<' || json->s[i] == '>' || json->s[i] == '&')
			post_putf(&out->buf, "\\u%04x", (unsigned)json->s[i]);
		else
			post_putc(&out->buf, json->s[i]);
	json->n = 0;
	post_out_tick(out);
}

static void
put_member(struct post_buf *b, const char *key, const char *text)
{
	if (text != NULL)
		post_put_json_text(b, key, text);
}

static void
put_file(struct post_buf *b, const char *key, const char *file)
{
	if (file == NULL)
		return;
	post_put_json_key(b, key);
	post_putc(b, '"');
	post_page_url(b, file);
	post_putc(b, '"');
}

static void
put_findings(struct post_buf *b, const struct post_page_trace *t)
{
	if (t->findings == 0)
		return;
	post_put_json_key(b, "findings");
	for (size_t i = 0; i < t->findings; i++) {
		post_puts(b, i == 0 ? "[[" : ",[");
		post_put_json(b, post_str_of(t->finding[i].id));
		post_putc(b, ',');
		post_put_json(b, post_str_of(t->finding[i].severity));
		post_putc(b, ',');
		post_put_json(b, post_str_of(t->finding[i].text));
		post_putc(b, ']');
	}
	post_putc(b, ']');
}

static void
put_trace(struct post_buf *b, const struct post_page_trace *t)
{
	struct tm tm;

	post_putc(b, '{');
	post_put_json_text(b, "path", t->path);
	post_put_json_number(b, "group", t->group);
	if (known_time(t->when, &tm))
		post_putf(b, ",\"when\":%lld", (long long)t->when);
	post_put_json_text(b, "samples", t->samples);
	post_put_json_number(b, "stacks", t->stacks);
	post_put_json_number(b, "bytes", t->bytes);
	post_put_json_text(b, "verdict", t->verdict);
	put_member(b, "error", t->error);
	put_file(b, "svg", t->svg);
	put_file(b, "folded", t->folded);
	put_file(b, "thumb", t->thumb);
	put_findings(b, t);
	post_putc(b, '}');
}

static void
put_group(struct post_buf *b, const struct post_page_group *g)
{
	post_putc(b, '{');
	post_put_json_text(b, "name", g->name);
	post_put_json_text(b, "samples", g->samples);
	post_put_json_number(b, "stacks", g->stacks);
	put_file(b, "svg", g->svg);
	put_file(b, "folded", g->folded);
	put_file(b, "thumb", g->thumb);
	put_file(b, "diffSvg", g->diff_svg);
	put_file(b, "diffText", g->diff_text);
	put_member(b, "verdict", g->verdict);
	put_member(b, "why", g->why);
	post_putc(b, '}');
}

/* Trace by trace, so that memory does not follow their number. */
static void
put_all_data(struct post_out *out, const struct post_page *p)
{
	struct post_buf json = { 0 };

	post_puts(&out->buf, "<script type=\"application/json\" id=\"data\">{\"stamp\":\"");
	post_page_stamp(&out->buf, p);
	post_puts(&out->buf, "\"");
	if (p->baseline < p->groups)
		post_put_json_number(&out->buf, "baseline", p->baseline);
	post_puts(&out->buf, ",\"groups\":[");
	for (size_t i = 0; i < p->groups; i++) {
		post_puts(&json, i > 0 ? ",\n" : "\n");
		put_group(&json, &p->group[i]);
		put_data(out, &json);
	}
	post_puts(&out->buf, "],\n\"traces\":[");
	for (size_t i = 0; i < p->traces; i++) {
		post_puts(&json, i > 0 ? ",\n" : "\n");
		put_trace(&json, &p->trace[i]);
		put_data(out, &json);
	}
	post_puts(&out->buf, "]}</script>\n");
	post_buf_free(&json);
}

void
post_page_write(const struct post_page *p, struct post_out *out)
{
	put_head(&out->buf, p);
	put_static(out, p);
	put_all_data(out, p);
	post_puts(&out->buf, "<script>" CDATA_BEGIN);
	put_bytes(&out->buf, page_js, sizeof page_js);
	post_puts(&out->buf, CDATA_END "</script>\n</body>\n</html>\n");
	post_out_tick(out);
}
