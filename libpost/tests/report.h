/* SPDX-License-Identifier: BSD-2-Clause */
/* A result of bt-diff made by hand, with names that a test chooses; and what holds for every report of it. */
#ifndef REPORT_H
#define REPORT_H

#include "support.h"
#include "../diff/report.h"

enum { MADE_FUNCS = 4, MADE_CULPRITS = 3 };

/* Numbers are sums of powers of two, so that they are the same in decimal. */
struct made {
	struct post_runs	 runs;
	struct post_one_run	 run[4];
	struct post_cell	 cell[2];
	struct post_function	 func[MADE_FUNCS];
	struct post_culprit	 culprit[MADE_CULPRITS];
	struct post_renamed	 renamed[1];
	struct post_budget	 budget[2];
	uint32_t		 path[3];
	const char		*remark[1];
	const char		*place[8];
	struct post_diff	 diff;
	struct post_report	 report;
};

static const char made_hash[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/* A change from BEFORE to AFTER, surer the smaller Q. */
static inline struct post_change_seen
made_change(double before, double after, double q)
{
	double delta = after - before;

	return (struct post_change_seen){ .before = before, .after = after, .delta = delta, .low = delta - 0.0078125,
	    .high = delta + 0.0078125, .t = delta * 64, .p = q / 2, .df = 12, .phi = 1, .q = q };
}

static inline struct post_culprit
made_culprit(struct made *m, enum post_set_kind kind, size_t path, struct post_change_seen seen, enum post_label label)
{
	struct post_culprit c = { .kind = kind, .name = m->path[2], .seen = seen, .label = label, .explains = 0.5, .contexts = 1 };

	c.path = (struct post_path){ m->path, kind == POST_SET_PATH ? 3 : 0 };
	c.context[0] = (struct post_context){ { m->path, path }, seen.before / 2, seen.after / 2 };
	return c;
}

static inline void
make_runs(struct made *m, const char *file)
{
	for (size_t i = 0; i < ROWS(m->run); i++)
		m->run[i] = (struct post_one_run){ .name = i % 2 == 0 ? file : i == 1 ? "b.folded" : "n.folded",
		    .side = i < 2 ? POST_BEFORE : POST_AFTER, .samples = { 1000 + i, 0 }, .exposure = 1000 + (double)i };
	m->runs.run = m->run;
	m->runs.n = ROWS(m->run);
	m->cell[0] = (struct post_cell){ .frame = m->path, .n = 3 };
	m->cell[1] = (struct post_cell){ .frame = m->path, .n = 1 };
	m->runs.cell = m->cell;
	m->runs.cells = ROWS(m->cell);
}

static inline void
make_functions(struct made *m)
{
	m->func[0] = (struct post_function){ .name = m->path[2], .seen = made_change(0.0625, 0.125, 0.0009765625), .significant = true, .gated = true };
	m->func[1] = (struct post_function){ .name = m->path[1], .seen = made_change(0, 0.03125, 0.015625), .significant = true, .moved = true };
	m->func[2] = (struct post_function){ .name = m->path[0], .seen = made_change(0.5, 0.4375, 0.03125), .significant = true };
	m->func[3] = (struct post_function){ .name = post_intern(&m->runs.names, POST_STR("same")), .seen = made_change(0.25, 0.25, 1) };
	m->culprit[0] = made_culprit(m, POST_SET_FUNC, 2, m->func[0].seen, POST_LABEL_SELF);
	m->culprit[1] = made_culprit(m, POST_SET_PATH, 3, made_change(0.5, 0, 0.03125), POST_LABEL_GONE);
	m->culprit[2] = made_culprit(m, POST_SET_INCL, 0, made_change(0.015625, 0.25, 0.03125), POST_LABEL_NONE);
	for (size_t i = 0; i < ROWS(m->func); i++)
		m->func[i].told = m->func[i].seen;
	for (size_t i = 0; i < ROWS(m->culprit); i++) {
		m->culprit[i].plain = m->culprit[i].seen;
		m->culprit[i].told = true;
	}
	m->renamed[0] = (struct post_renamed){ m->path[1], m->path[2] };
}

/* NAME is that of the function that grew; S that of files, budgets and remarks.  Both outlive the result. */
static inline void
make_result(struct made *m, struct post_str name, const char *s)
{
	*m = (struct made){ 0 };
	m->path[0] = post_intern(&m->runs.names, POST_STR("main"));
	m->path[1] = post_intern(&m->runs.names, POST_STR("run"));
	m->path[2] = post_intern(&m->runs.names, name);
	make_runs(m, s);
	make_functions(m);
	m->budget[0] = (struct post_budget){ .text = s, .func = post_str_of(s), .limit = 0.125, .share = 0.25, .exceeded = true };
	m->budget[1] = (struct post_budget){ .text = "main<=50%", .func = POST_STR("main"), .limit = 0.5, .share = 0.4375 };
	m->remark[0] = s;
	m->place[m->path[2]] = "src/f.c:12";
	m->diff = (struct post_diff){ .verdict = POST_FAIL, .exposure = { 2001, 2005 }, .noise = { POST_NOISE_RUNS, 0.03125, 8, 0.25 },
	    .func = m->func, .funcs = MADE_FUNCS, .gated = 1, .moved = 1, .culprit = m->culprit, .culprits = MADE_CULPRITS,
	    .renamed = m->renamed, .renames = 1, .budget = m->budget, .budgets = 2, .exceeded = 1,
	    .elided = { { 0, 0.0625 }, { 1, 0.03125 } }, .n_elided = 2, .all_elided = 7, .elided_share = 0.125 };
	m->diff.conf = (struct post_diff_conf){ .q = 0.0625, .min_change = 0.0078125, .min_relative = 0.0625 };
	m->report = (struct post_report){ .diff = &m->diff, .runs = &m->runs, .rules = made_hash, .id = "a.b-c", .remark = m->remark, .remarks = 1,
	    .place = m->place };
}

static inline void
free_result(struct made *m)
{
	post_names_free(&m->runs.names);
}

/* Nothing was found, because there was nothing. */
static inline void
make_nothing(struct made *m)
{
	make_result(m, POST_STR("f"), "a.folded");
	m->diff = (struct post_diff){ .verdict = POST_INSUFFICIENT, .why = "the base has under 500 samples", .conf = m->diff.conf };
	m->runs.n = 0;
	m->report.remarks = 0;
	m->report.place = NULL;
}

/* What could mean something to a shell, a terminal, a log, a table, a page or a parser. */
static const struct post_str hostile[] = {
	POST_STR("a\n::error title=x::y\n::stop-commands::z"), POST_STR("::error::y"), POST_STR("##[error]y ##vso[task.complete]z ###"),
	POST_STR("a\r\n::set-env name=A::b\r"), POST_STR("<script>alert(1)</script>"), POST_STR("]]>"), POST_STR("-->"),
	POST_STR("</code></details><img src=x onerror=y>"), POST_STR("|a|b|"), POST_STR("`a` ``b`` ```"), POST_STR("@everyone"),
	POST_STR("mail@example.org"), POST_STR("#1 a/b#2 GH-3"), POST_STR("http://example.org www.example.org"),
	POST_STR("deadbeefdeadbeef 0123456"), POST_STR("*a* _b_ ~~c~~ [d](e) ![f](g) :tada: $h$ \\ ^i^ {j} !k &l; &lt;"),
	POST_STR("100% %0A%25"), POST_STR("\x1b[31m\x07\x08\x7f\t"), POST_STR("nul\0byte"), POST_STR("\xff\xc3 \xe2\x82 \xed\xa0\x80"),
	POST_STR("\xc2\x9b""31m \xc2\x85"), POST_STR("\xe2\x80\xae""abc\xe2\x81\xa6"), POST_STR("a'b'$(c)`d`"), POST_STR("a=b\\=c"),
	POST_STR("a\\"), POST_STR(""), POST_STR(" "), POST_STR("a:b,c=d"), POST_STR("operator<<(std::ostream&, char const*)"),
	POST_STR("\"quoted\""), POST_STR("\xe7\xba\xbf\xe7\xa8\x8b \xf0\x9f\x98\x80"),
};

/* The same as a C string: what stands before its first NUL. */
static inline char *
hostile_text(size_t i)
{
	char *s = malloc(hostile[i].n + 1);

	memcpy(s, hostile[i].p, hostile[i].n);
	s[hostile[i].n] = '\0';
	return s;
}

/* REPORT on a result with each hostile name, and what HOLDS of it, which leaves nothing in the buffer. */
static inline void
each_hostile(void (*report)(const struct post_report *, struct post_buf *), void (*holds)(const struct post_buf *))
{
	struct post_buf b = { 0 };

	for (size_t i = 0; i < ROWS(hostile); i++) {
		char *s = hostile_text(i);
		struct made m;

		make_result(&m, hostile[i], s);
		m.place[m.path[2]] = s;
		b.n = 0;
		report(&m.report, &b);
		holds(&b);
		free_result(&m);
		free(s);
	}
	post_buf_free(&b);
}

/* N times S, to be freed. */
static inline struct post_buf
repeated(const char *s, size_t n)
{
	struct post_buf b = { 0 };

	while (n-- > 0)
		post_puts(&b, s);
	return b;
}

static inline void
has_text(const struct post_buf *b, const char *what)
{
	if (strstr(b->s, what) == NULL)
		fail_msg("no %s in:\n%.4000s", what, b->s);
}

static inline void
has_no_text(const struct post_buf *b, const char *what)
{
	if (strstr(b->s, what) != NULL)
		fail_msg("%s in:\n%.4000s", what, b->s);
}

/* Well-formed, and no character that a terminal obeys but line ends. */
static inline void
is_plain(const struct post_buf *b)
{
	struct post_buf shown = { 0 };

	for (size_t i = 0, n; i < b->n; i += n) {
		n = strcspn(b->s + i, "\n");
		shown.n = 0;
		post_put_shown(&shown, (struct post_str){ b->s + i, n });
		same_str((struct post_str){ b->s + i, n }, post_buf_str(&shown));
		n++;
	}
	assert_int_equal(strlen(b->s), b->n);
	post_buf_free(&shown);
}

#endif
