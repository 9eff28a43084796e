/* SPDX-License-Identifier: BSD-2-Clause */
/* A site of many traces that nobody took, among them some with names that were made to break a page. */
#ifndef SITE_H
#define SITE_H

#include <math.h>
#include "support.h"
#include "../batch/page.h"

enum { SITE_DAYS = 12, SITE_FUNCTIONS = 2400, SITE_PER_TRACE = 300 };

static const char *const hostile_paths[] = {
	"2026-11-20/\"><script>document.title='owned'</script>.bt",
	"2026-11-20/</script><script>document.title='owned'</script><!--.bt",
	"javascript:document.title='owned'",
	"2026-11-20/javascript:alert(1).bt",
	"data:text,x.bt",
	"2026-11-20/two\nlines.bt",
	"2026-11-20/abc\xe2\x80\xae" "tb.exe",
	"2026-11-20/caf\xe9.bt",
	"2026-11-20/caf\xe8.bt",
	"2026-11-20/100% #1?a=b&amp;c.bt",
	"2026-11-20/'; touch owned; $(touch owned) `touch owned`.bt",
	"-rf.bt",
	"2026-11-20/]]>.bt",
	"2026-11-20/back\\slash %2e%2e%2f.bt",
	"2026-11-20/\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xf0\x9f\x94\xa5.bt",
};

struct site {
	struct post_arena	 mem;
	struct rng		 rng;
	struct post_page	 page;
	struct post_page_costs	 costs;
	struct post_page_trace	*trace;
	struct post_page_group	*group;
};

static char *
site_text(struct site *s, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	return (char *)(uintptr_t)post_keep(&s->mem, post_str_of(text)).p;
}

static void
site_groups(struct site *s)
{
	s->group = post_take(&s->mem, SITE_DAYS * sizeof *s->group);
	for (int i = 0; i < SITE_DAYS; i++)
		s->group[i] = (struct post_page_group){
			.name = site_text(s, "2026-11-%02d", 20 - i), .samples = site_text(s, "%d", 900000 - 1000 * i),
			.stacks = (uint64_t)(40000 + 100 * i), .svg = site_text(s, "groups/2026-11-%02d.svg", 20 - i),
			.thumb = site_text(s, "thumbs/group-%d.svg", i),
			.folded = site_text(s, "groups/2026-11-%02d.folded.zst", 20 - i),
			.verdict = i == SITE_DAYS - 1 ? NULL : i % 5 == 1 ? "fail" : i % 3 == 0 ? "insufficient data" : "pass",
			.why = i == SITE_DAYS - 1 ? NULL : i % 5 == 1 ? "ngx_http_gzip_body_filter +2.1 points" : "no change over 0.5 points",
			.diff_svg = i == SITE_DAYS - 1 ? NULL : site_text(s, "groups/2026-11-%02d.diff.svg", 20 - i),
		};
	s->page.group = s->group;
	s->page.groups = SITE_DAYS;
	s->page.baseline = SITE_DAYS - 1;
}

static const struct post_page_finding site_findings[] = {
	{ "low-total", "info", "412 samples: a frame of 10% may be 7.3% to 13.3%" },
	{ "truncated-stacks", "shallow", "31 stacks were cut off at 512 bytes: -DMAXSTRINGLEN=4096 keeps them" },
	{ "skipped-probes", "biased", "1,204 probes were skipped: </script><b>not bold</b>" },
	{ "damaged-input", "partial", "the end of the archive is missing" },
};

static void
site_trace(struct site *s, size_t i, const char *path)
{
	struct post_page_trace *t = &s->trace[i];
	size_t day = i % SITE_DAYS, kind = below(&s->rng, 40);

	*t = (struct post_page_trace){
		.path = path, .group = day, .when = 1795180000 - (int64_t)day * 86400 - (int64_t)(i / SITE_DAYS) * 611,
		.samples = site_text(s, "%d", 9000 + (int)below(&s->rng, 40000)), .stacks = 300 + below(&s->rng, 4000),
		.bytes = 100000 + below(&s->rng, 900000), .verdict = "usable",
		.svg = site_text(s, "traces/%s.svg", path), .folded = site_text(s, "traces/%s.folded", path),
		.thumb = site_text(s, "thumbs/%s.svg", path),
	};
	t->finding = site_findings;
	t->findings = kind % 5 == 0 ? 1 : 0;
	if (kind == 1 || kind == 2) {
		t->verdict = "usable with care";
		t->findings = 3;
	} else if (kind == 3) {
		t->verdict = "no profile";
		t->samples = "0";
		t->svg = t->thumb = NULL;
		t->findings = 4;
	} else if (kind == 4) {
		t->verdict = "error";
		t->error = "line 1204: byte 88213: the archive is cut off";
		t->samples = "0";
		t->svg = t->folded = t->thumb = NULL;
		t->when = INT64_MIN;
	}
}

static void
site_traces(struct site *s, size_t n)
{
	s->trace = post_take(&s->mem, n * sizeof *s->trace + 1);
	for (size_t i = 0; i < n; i++)
		site_trace(s, i, i >= 10 && i - 10 < ROWS(hostile_paths) ? hostile_paths[i - 10] :
		    site_text(s, "2026-11-%02zu/host%02zu.bt.zst", 20 - i % SITE_DAYS, i / SITE_DAYS));
	s->page.trace = s->trace;
	s->page.traces = n;
}

static void
site_names(struct site *s)
{
	static const char *const made[] = { "ngx_http_gzip_body_filter", "main", "</script><img src=x onerror=\"document.title='owned'\">", "__proto__",
	    "std::map<int, std::string>::operator[]", "caf\xe9\n" };
	static const char *const words[] = { "ngx", "http", "lua", "ssl", "parse", "alloc", "sqlite3", "Btree", "insert", "cursor", "read", "write", "hash", "find" };
	struct post_str *name = post_take(&s->mem, SITE_FUNCTIONS * sizeof *name);

	for (size_t i = 0; i < SITE_FUNCTIONS; i++)
		name[i] = post_str_of(i < ROWS(made) ? made[i] : site_text(s, "%s_%s_%s_%zu", words[i % 14], words[i / 14 % 14], words[i / 7 % 14], i));
	s->costs.name = name;
	s->costs.names = SITE_FUNCTIONS;
	s->costs.least = .0005;
}

/* The first function grows over the days, each fifth host apart; others have shares of all sizes, about 300 in each trace. */
static double
site_share(struct site *s, size_t name, size_t trace)
{
	double noise = (double)below(&s->rng, 1000) / 1000;

	if (strcmp(s->trace[trace].samples, "0") == 0)
		return 0;
	if (name == 0)
		return .02 + .004 * (double)(SITE_DAYS - trace % SITE_DAYS) + (trace / SITE_DAYS % 5 == 0 ? .03 : 0) + .01 * noise;
	if (name == 1)
		return .9;
	return below(&s->rng, SITE_FUNCTIONS) < SITE_PER_TRACE ? (.5 + noise) * .3 / pow((double)name, 1.1) + .0006 : 0;
}

static void
site_costs(struct site *s)
{
	size_t n = 0, cap = 0;
	struct post_page_cost *cost = NULL;

	for (uint32_t name = 0; name < SITE_FUNCTIONS; name++)
		for (uint32_t trace = 0; trace < s->page.traces; trace++) {
			double share = site_share(s, name, trace);

			if (share <= s->costs.least)
				continue;
			cost = post_room(cost, n, &cap, sizeof *cost);
			cost[n++] = (struct post_page_cost){ name, trace, name == 1 ? 0 : share * (1 + name % 3) / 3, share };
		}
	s->costs.cost = cost;
	s->costs.costs = n;
}

static inline void
site_make(struct site *s, size_t traces)
{
	*s = (struct site){ .rng = { 20261120 }, .page.title = "nginx fleet <b>\"profiles\"</b> & more" };
	site_groups(s);
	site_traces(s, traces);
	site_names(s);
	site_costs(s);
}

static inline void
site_free(struct site *s)
{
	free((void *)(uintptr_t)s->costs.cost);
	post_drop(&s->mem);
}

#endif
