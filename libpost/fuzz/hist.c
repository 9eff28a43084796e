/* SPDX-License-Identifier: BSD-2-Clause */
/* Whatever the lines, the histograms read from them survive being printed and read again; pictures are well-formed, tables have a row a bucket. */
#include <assert.h>
#include <expat.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>
#include "../hist/svg.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

enum { MOST = 64 };

struct got {
	struct post_hist_set	set;
	struct post_records	records;
	struct post_hist	*kept[MOST];
	size_t			 n, told;
	unsigned __int128	 total;		/* of all that went into the set */
};

static void
take_histogram(void *arg, struct post_hist *h)
{
	struct got *g = arg;
	uint64_t total = 0;
	size_t i;

	assert(h->n > 0 && h->n <= POST_HIST_ROWS);
	for (i = 0; i < h->n; i++) {
		struct post_hist_bounds v = post_hist_bounds(h, i);

		assert(!v.has_low || !v.has_last || v.low <= v.last);
		total += h->count[i];
	}
	assert(total == h->total);
	if (g->n < MOST)
		g->kept[g->n++] = post_hist_copy(h);
	g->total += h->total;
	post_hist_set_add(&g->set, h, (uint32_t)g->set.n / 3);
}

static void
take_record(void *arg, const struct post_record *r)
{
	struct got *g = arg;

	post_records_add(&g->records, r, 0);
}

static void
take_report(void *arg, const struct post_err *err, bool lost)
{
	struct got *g = arg;

	(void)lost;
	assert(err->line > 0 && err->msg[0] != '\0');
	g->told++;
}

static void
read_all(struct got *g, struct post_str s)
{
	struct post_hist_reader r = { .hist = take_histogram, .record = take_record, .report = take_report, .arg = g };
	size_t at, n;

	for (at = 0; at < s.n; at += n) {
		const char *nl = memchr(s.p + at, '\n', s.n - at);

		n = nl != NULL ? (size_t)(nl + 1 - (s.p + at)) : s.n - at;
		post_hist_read_line(&r, (struct post_str){ s.p + at, n - (nl != NULL) }, nl != NULL, at);
	}
	post_hist_read_end(&r);
	post_hist_read_free(&r);
}

static void
forget(struct got *g)
{
	size_t i;

	for (i = 0; i < g->n; i++)
		post_hist_free(g->kept[i]);
	post_hist_set_free(&g->set);
	post_records_free(&g->records);
	*g = (struct got){ 0 };
}

/* Is S printed as it is?  Control bytes are escaped, and then are others. */
static bool
is_plain(struct post_str s)
{
	struct post_buf shown = { 0 };
	bool plain;

	post_put_shown(&shown, s);
	plain = post_str_eq(post_buf_str(&shown), s);
	post_buf_free(&shown);
	return plain;
}

/*
 * Print H, read that: the same buckets, and the same bytes when printed again.
 * Not so where rows were missing and the ends are "~" now, which stap never prints there,
 * or what is left of a linear one has the labels of a logarithmic one, or what stands over it had to be escaped.
 */
static void
check_again(const struct post_hist *h)
{
	struct post_buf once = { 0 }, twice = { 0 };
	struct got g = { 0 };

	post_hist_put_stap(&once, h);
	read_all(&g, post_buf_str(&once));
	if (g.n == 1 && g.told == 0 && !post_hist_elided(h, 0) && !post_hist_elided(h, h->n - 1)) {
		assert(g.kept[0]->n == h->n && g.kept[0]->total == h->total);
		assert(memcmp(g.kept[0]->count, h->count, h->n * sizeof *h->count) == 0);
		post_hist_put_stap(&twice, g.kept[0]);
		assert(g.kept[0]->kind != h->kind || !is_plain(h->heading) || !is_plain(h->stats_label) ||
		    post_str_eq(post_buf_str(&once), post_buf_str(&twice)));
	}
	forget(&g);
	post_buf_free(&once);
	post_buf_free(&twice);
}

/* Nothing is lost in the set, and those of a panel can be drawn over each other. */
static void
check_set(const struct got *g)
{
	unsigned __int128 total = 0;
	size_t i, k;

	for (i = 0; i < g->set.n; i++) {
		const struct post_hist_run *r = &g->set.run[i];
		struct post_hist_extent all = post_hist_extent(r->hist);

		total += r->hist->total;
		for (k = 0; k < i; k++) {
			struct post_hist_extent e = post_hist_extent(g->set.run[k].hist);

			if (g->set.run[k].panel == r->panel) {
				assert(post_hist_fit(g->set.run[k].hist, r->hist));
				assert(post_hist_join(&all, &e) == 0);
			}
		}
	}
	assert(total == g->total);
}

static const char *
name(const void *arg, uint32_t file)
{
	(void)arg;
	return file % 2 ? "a\n<&\xff.txt" : "b";
}

/* What was written to the memory file of OUT, in its buffer. */
static void
read_back(struct post_out *out)
{
	off_t n;

	post_out_flush(out);
	n = lseek(out->fd, 0, SEEK_CUR);
	post_buf_grow(&out->buf, (size_t)n);
	assert(out->error == 0 && pread(out->fd, out->buf.s, (size_t)n, 0) == n);
	out->buf.n = (size_t)n;
}

static void
check_picture(const struct got *g)
{
	struct post_hist_svg conf = { .title = "<&\x01\">", .width = 640, .name = name };
	struct post_out out = { .fd = memfd_create("svg", MFD_CLOEXEC) };
	struct post_err err;
	XML_Parser parser = XML_ParserCreate(NULL);

	if (post_hist_svg_write(&out, &g->set, &conf, &err) == 0) {
		read_back(&out);
		assert(XML_Parse(parser, out.buf.s, (int)out.buf.n, 1) == XML_STATUS_OK);
	}
	close(out.fd);
	XML_ParserFree(parser);
	post_buf_free(&out.buf);
}

static void
check_tables(const struct got *g)
{
	struct post_out out = { .fd = memfd_create("tsv", MFD_CLOEXEC) };
	size_t i, lines = 0, want = g->set.n > 0;

	post_hist_put_tsv(&out, &g->set, &(struct post_records){ 0 }, name, NULL);
	read_back(&out);
	for (i = 0; i < out.buf.n; i++)
		lines += out.buf.s[i] == '\n';
	for (i = 0; i < g->set.n; i++)
		want += g->set.run[i].hist->n;
	assert(lines == want);
	close(out.fd);
	out = (struct post_out){ .fd = memfd_create("json", MFD_CLOEXEC), .buf = { out.buf.s, 0, out.buf.cap } };
	post_hist_put_json(&out, &g->set, &g->records, name, NULL);
	for (i = 0; i < g->set.n; i++)
		post_hist_put_text(&out.buf, g->set.run[i].hist, POST_STR("\033"), 60, i % 2);
	read_back(&out);
	close(out.fd);
	assert(out.buf.n == 0 || memchr(out.buf.s, '\033', out.buf.n) == NULL);
	post_buf_free(&out.buf);
}

/* The first byte says whether to add, and whether there are panels; lines follow. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct got g = { 0 };
	size_t i;

	if (size == 0 || size > 1 << 14)
		return 0;
	g.set.sum = data[0] & 1;
	g.set.single = data[0] & 2;
	read_all(&g, (struct post_str){ (const char *)data + 1, size - 1 });
	for (i = 0; i < g.n; i++)
		check_again(g.kept[i]);
	if (g.set.n > 0 && g.set.n < MOST) {
		check_set(&g);
		check_picture(&g);
		check_tables(&g);
	}
	forget(&g);
	return 0;
}
