/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The page of a batch.  "t-page DIR N" tests nothing but writes a page of N
 * traces into DIR, for a browser to look at.
 */
#include <err.h>
#include <expat.h>
#include "../base/xml.h"
#include "site.h"

static void
url_is(const char *file, const char *want)
{
	struct post_buf b = { 0 };

	post_page_url(&b, file);
	same(post_buf_str(&b), want);
	post_buf_free(&b);
}

static void
urls_lead_nowhere_else(void **state)
{
	(void)state;
	url_is("a/b-1_2.~svg", "./a/b-1_2.~svg");
	url_is("", "./");
	url_is("javascript:alert(1)", "./javascript%3aalert%281%29");
	url_is("//host/x", ".///host/x");
	url_is("a b\"'<>&\\", "./a%20b%22%27%3c%3e%26%5c");
	url_is("100%2e#?", "./100%252e%23%3f");
	url_is("\n\x7f\xe9\xe2\x80\xae", "./%0a%7f%e9%e2%80%ae");
}

/* What an XML parser tells of a page. */
struct reading {
	int		 scripts, images, links, rows, policies;
	bool		 in_data;
	struct post_buf	 data, text;
};

static void
check_address(const char *url)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/%";

	if (strcmp(url, "#") == 0)
		return;
	assert_true(strncmp(url, "./", 2) == 0);
	assert_int_equal(url[strspn(url, allowed)], '\0');
}

static void XMLCALL
on_start(void *arg, const char *name, const char **attr)
{
	struct reading *r = arg;

	r->scripts += strcmp(name, "script") == 0;
	r->rows += strcmp(name, "tr") == 0;
	r->images += strcmp(name, "img") == 0;
	r->in_data = false;
	for (; *attr != NULL; attr += 2) {
		assert_false(strncmp(attr[0], "on", 2) == 0 || strcmp(attr[0], "style") == 0);
		if (strcmp(attr[0], "href") == 0 || strcmp(attr[0], "src") == 0) {
			check_address(attr[1]);
			r->links++;
		}
		r->in_data |= strcmp(attr[1], "application/json") == 0;
		r->policies += strstr(attr[1], "default-src 'none'") != NULL;
	}
}

static void XMLCALL
on_end(void *arg, const char *name)
{
	(void)name;
	((struct reading *)arg)->in_data = false;
}

static void XMLCALL
on_text(void *arg, const char *s, int n)
{
	struct reading *r = arg;

	post_put(r->in_data ? &r->data : &r->text, (struct post_str){ s, (size_t)n });
}

static void
read_page(struct post_str page, struct reading *r)
{
	XML_Parser parser = XML_ParserCreate("UTF-8");

	XML_SetUserData(parser, r);
	XML_SetElementHandler(parser, on_start, on_end);
	XML_SetCharacterDataHandler(parser, on_text);
	if (XML_Parse(parser, page.p, (int)page.n, 1) != XML_STATUS_OK)
		fail_msg("line %lu: %s", XML_GetCurrentLineNumber(parser), XML_ErrorString(XML_GetErrorCode(parser)));
	XML_ParserFree(parser);
}

/* What a page of P is, to be freed. */
static struct post_buf
written(const struct post_page *p)
{
	struct post_buf b = { 0 };
	struct post_out out;
	struct post_err e;
	char *path = scratch("page.html");

	assert_int_equal(post_out_open(&out, path, &e), 0);
	post_page_write(p, &out);
	assert_int_equal(post_out_close(&out, &e), 0);
	get_file(path, &b);
	return b;
}

static size_t
times(struct post_str text, const char *what)
{
	size_t n = 0;

	for (const char *s = text.p; (s = memmem(s, (size_t)(text.p + text.n - s), what, strlen(what))) != NULL; s++)
		n++;
	return n;
}

/* As HTML, too: nothing but the two ends of our own scripts ends them, and a document of XML has its sections whole. */
static void
check_markup(struct post_str page)
{
	assert_int_equal(times(page, "<script"), 2);
	assert_int_equal(times(page, "</script"), 2);
	assert_int_equal(times(page, "</style"), 1);
	assert_int_equal(times(page, "</noscript"), 1);
	assert_int_equal(times(page, "<!--"), 0);
	assert_int_equal(times(page, "<![CDATA["), 2);
	assert_int_equal(times(page, "]]>"), 2);
	assert_int_equal(times(page, "'sha256-"), 2);
}

static void
hostile_names_are_text(void **state)
{
	struct reading r = { 0 };
	struct site s;
	struct post_buf page, shown = { 0 };

	(void)state;
	site_make(&s, 60);
	page = written(&s.page);
	check_markup(post_buf_str(&page));
	read_page(post_buf_str(&page), &r);
	assert_int_equal(r.scripts, 2);
	assert_int_equal(r.images, 0);
	assert_int_equal(r.policies, 1);
	assert_int_equal(r.rows, 61);
	assert_int_equal(times(post_buf_str(&r.data), "<") + times(post_buf_str(&r.data), "&"), 0);
	for (size_t i = 0; i < ROWS(hostile_paths); i++) {
		shown.n = 0;
		post_xml_plain(&shown, post_str_of(hostile_paths[i]));
		assert_true(times(post_buf_str(&r.text), shown.s) >= 1);
	}
	assert_true(times(post_buf_str(&r.data), "caf\xef\xbf\xbd.bt") > 0);
	post_buf_free(&shown);
	post_buf_free(&page);
	post_buf_free(&r.data);
	post_buf_free(&r.text);
	site_free(&s);
}

static void
an_empty_page_is_one(void **state)
{
	struct reading r = { 0 };
	struct post_page p = { .title = "", .baseline = POST_PAGE_NONE };
	struct post_buf page = written(&p);

	(void)state;
	check_markup(post_buf_str(&page));
	read_page(post_buf_str(&page), &r);
	assert_int_equal(r.rows, 1);
	assert_non_null(strstr(r.data.s, ",\"groups\":[],\n\"traces\":[]}"));
	post_buf_free(&page);
	post_buf_free(&r.data);
	post_buf_free(&r.text);
}

/* What nobody would believe is not told; the rest is in UTC. */
static void
times_are_told_when_known(void **state)
{
	static const int64_t when[] = { INT64_MIN, INT64_MAX, -9000000000000, 0, 1795181399, 253402300799, 253402300800 };
	static const char *const told[] = { NULL, NULL, NULL, "1970-01-01 00:00", "2026-11-20 13:29", "9999-12-31 23:59", NULL };
	struct post_page_group group = { .name = "g", .samples = "1" };

	(void)state;
	for (size_t i = 0; i < ROWS(when); i++) {
		struct post_page_trace t = { .path = "a", .when = when[i], .samples = "1", .verdict = "usable" };
		struct post_page p = { .title = "t", .trace = &t, .traces = 1, .group = &group, .groups = 1, .baseline = POST_PAGE_NONE };
		struct post_buf page = written(&p), cell = { 0 };

		post_putf(&cell, "<tbody>\n<tr><td>%s</td>", told[i] != NULL ? told[i] : "");
		assert_non_null(strstr(page.s, cell.s));
		assert_int_equal(times(post_buf_str(&page), "\"when\":"), told[i] != NULL);
		post_buf_free(&cell);
		post_buf_free(&page);
	}
}

static struct post_buf
functions(const struct post_page *p, const struct post_page_costs *c)
{
	struct post_buf b = { 0 };
	struct post_out out;
	struct post_err e;
	char *path = scratch("functions.js");

	assert_int_equal(post_out_open(&out, path, &e), 0);
	post_page_functions(p, c, &out);
	assert_int_equal(post_out_close(&out, &e), 0);
	get_file(path, &b);
	return b;
}

static void
functions_are_packed(void **state)
{
	static const struct post_str name[] = { { "main", 4 }, { "none", 4 }, { "a\"\n\xff", 4 } };
	static const struct post_page_cost cost[] = {
		{ 0, 0, 0, 1 }, { 0, 1, .00031, .00032 }, { 0, 40, .00033, .0001 },
		{ 2, 3, NAN, -1 }, { 2, 4, 2, INFINITY },
	};
	struct post_page p = { .title = "t", .baseline = POST_PAGE_NONE };
	struct post_page_costs c = { name, ROWS(name), cost, ROWS(cost), .0005 };
	struct post_buf b = functions(&p, &c), want = { 0 };

	(void)state;
	post_puts(&want, "btFunctions({\"form\":1,\"stamp\":\"");
	post_page_stamp(&want, &p);
	post_puts(&want, "\",\"unit\":100000,\"least\":50,\n\"names\":[\n\"main\",\n\"none\",\n\"a\\\"\xe2\x90\x8a\xef\xbf\xbd\"],\n"
	    "\"costs\":[\n\"AAg1hDAfBmBhBA\",\n\"\",\n\"DAAAg1hDA\"]})\n");
	same_str(post_buf_str(&b), post_buf_str(&want));
	post_buf_free(&b);
	post_buf_free(&want);
}

/* A page and functions of other traces do not know each other. */
static void
a_stamp_is_of_the_traces(void **state)
{
	struct post_page_trace t[] = { { .path = "a", .samples = "1" }, { .path = "b", .samples = "1" } }, other[] = { t[1], t[0] };
	struct post_page p = { .trace = t, .traces = 2 }, q = { .trace = other, .traces = 2 };
	struct post_buf a = { 0 }, b = { 0 }, c = { 0 };

	(void)state;
	post_page_stamp(&a, &p);
	post_page_stamp(&b, &q);
	t[1].samples = "2";
	post_page_stamp(&c, &p);
	assert_int_equal(a.n, 16);
	assert_string_not_equal(a.s, b.s);
	assert_string_not_equal(a.s, c.s);
	post_buf_free(&a);
	post_buf_free(&b);
	post_buf_free(&c);
}

/* Of about 300 functions in each of a thousand traces. */
static void
many_functions_are_small(void **state)
{
	struct site s;
	struct post_buf b;

	(void)state;
	site_make(&s, 1000);
	b = functions(&s.page, &s.costs);
	print_message("# %zu costs, %zu bytes\n", s.costs.costs, b.n);
	assert_true(b.n < 8 * s.costs.costs + 64 * s.costs.names);
	post_buf_free(&b);
	site_free(&s);
}

/* FILE below DIR, with the directories on its way. */
static FILE *
make_file(const char *dir, const char *file)
{
	struct post_buf b = { 0 };
	FILE *f;

	post_putf(&b, "%s/%s", dir, file);
	for (char *s = b.s + strlen(dir) + 1; (s = strchr(s, '/')) != NULL; *s++ = '/') {
		*s = '\0';
		if (mkdir(b.s, 0777) == -1 && errno != EEXIST)
			err(2, "%s", b.s);
	}
	if ((f = fopen(b.s, "w")) == NULL)
		err(2, "%s", b.s);
	post_buf_free(&b);
	return f;
}

/* Something like a flame graph. */
static void
make_thumb(struct site *s, const char *dir, const char *file)
{
	FILE *f;

	if (file == NULL)
		return;
	f = make_file(dir, file);
	fputs("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"120\" height=\"36\" viewBox=\"0 0 120 36\">", f);
	for (size_t y = 0, from = 0, to = 120; y < 9 && from < to; y++) {
		for (size_t x = from, w; x < to; x += w) {
			w = y == 0 ? 120 : 4 + below(&s->rng, 40);
			w = w > to - x ? to - x : w;
			fprintf(f, "<rect x=\"%zu\" y=\"%zu\" width=\"%zu.5\" height=\"3.6\" fill=\"rgb(%zu,%zu,50)\"/>", x, 32 - 4 * y, w - 1,
			    220 + below(&s->rng, 30), 90 + below(&s->rng, 110));
		}
		from += y > 0 ? below(&s->rng, 18) : 0;
		to -= y > 0 ? below(&s->rng, 18) : 0;
	}
	fputs("</svg>\n", f);
	fclose(f);
}

static void
make_page(const struct site *s, const char *dir)
{
	static const char *const name[] = { "index.html", "functions.js" };

	for (size_t i = 0; i < ROWS(name); i++) {
		struct post_buf path = { 0 };
		struct post_out out;
		struct post_err e;

		post_putf(&path, "%s/%s", dir, name[i]);
		if (post_out_open(&out, path.s, &e) == -1)
			errx(2, "%s", e.msg);
		if (i == 0)
			post_page_write(&s->page, &out);
		else
			post_page_functions(&s->page, &s->costs, &out);
		if (post_out_close(&out, &e) == -1)
			errx(2, "%s", e.msg);
		post_buf_free(&path);
	}
}

static int
make_site(const char *dir, size_t traces)
{
	struct site s;

	site_make(&s, traces);
	make_page(&s, dir);
	for (size_t i = 0; i < s.page.groups; i++)
		make_thumb(&s, dir, s.group[i].thumb);
	for (size_t i = 0; i < traces; i++) {
		make_thumb(&s, dir, s.trace[i].thumb);
		if (s.trace[i].folded != NULL)
			fclose(make_file(dir, s.trace[i].folded));
	}
	site_free(&s);
	return 0;
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(urls_lead_nowhere_else),
		cmocka_unit_test(hostile_names_are_text),
		cmocka_unit_test(an_empty_page_is_one),
		cmocka_unit_test(times_are_told_when_known),
		cmocka_unit_test(functions_are_packed),
		cmocka_unit_test(a_stamp_is_of_the_traces),
		cmocka_unit_test(many_functions_are_small),
	};

	if (argc == 3)
		return make_site(argv[1], strtoul(argv[2], NULL, 10));
	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
