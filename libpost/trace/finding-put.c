/* SPDX-License-Identifier: BSD-2-Clause */
#include "finding-text.h"

static const char *const severities[POST_SEVERITIES][POST_LANGS] = {
	[POST_INFO]	= { "info", "提示" },
	[POST_SHALLOW]	= { "shallow", "堆栈不完整" },
	[POST_BIASED]	= { "biased", "采样有偏" },
	[POST_PARTIAL]	= { "partial", "数据缺失" },
	[POST_FATAL]	= { "fatal", "不可用" },
};

/* How shares are said: what stands around, between and before them, the last for those too small to show. */
static const struct {
	const char	*open, *stacks, *stacks_end, *between, *weight, *weight_end, *close, *plain, *tiny;
} shares[POST_LANGS] = {
	[POST_ENGLISH]	= { " (", "", " of the stacks", ", ", "", " of the weight", ")", "", "under " },
	[POST_CHINESE]	= { "（", "占堆栈", "", "，", "占权重", "", "）", " ", "不到 " },
};

const char *
post_finding_name(enum post_finding_id id)
{
	return post_finding_texts[id].name;
}

const char *
post_severity_name(enum post_severity severity, enum post_lang lang)
{
	return severities[severity][lang];
}

const char *
post_finding_meaning(enum post_finding_id id, enum post_lang lang)
{
	return post_finding_texts[id].in[lang].meaning;
}

const char *
post_finding_remedy(enum post_finding_id id, enum post_lang lang)
{
	return post_finding_texts[id].in[lang].remedy;
}

/* The number, or the length of the subject, that NAME stands for. */
static uint64_t
number(const struct post_finding *f, struct post_str name)
{
	if (post_str_eq(name, POST_STR("n")))
		return f->n;
	if (post_str_eq(name, POST_STR("value")))
		return f->value;
	return f->subject != NULL ? strlen(f->subject) : 0;
}

/* {n?stack|stacks}, without the braces; MARK is the place of "?". */
static void
put_choice(struct post_buf *b, const struct post_finding *f, struct post_str in, const char *mark)
{
	struct post_str name = { in.p, (size_t)(mark - in.p) };
	struct post_str one = post_str_from(in, name.n + 1), many = one;
	const char *bar = memchr(one.p, '|', one.n);

	if (bar != NULL) {
		one.n = (size_t)(bar - one.p);
		many = post_str_from(many, one.n + 1);
	}
	post_put(b, number(f, name) == 1 ? one : many);
}

static void
put_field(struct post_buf *b, const struct post_finding *f, struct post_str in)
{
	const char *mark = memchr(in.p, '?', in.n);

	if (mark != NULL)
		put_choice(b, f, in, mark);
	else if (!post_str_eq(in, POST_STR("subject")))
		post_putu(b, number(f, in));
	else if (f->subject != NULL)
		post_put_shown(b, post_str_of(f->subject));
}

/* Does {if ...}, {else} or {end} say that what follows is shown?  0 or 1; -1: it is none of these. */
static int
switched(const struct post_finding *f, struct post_str in, bool shown)
{
	if (post_str_starts(in, POST_STR("if ")))
		return number(f, post_str_from(in, 3)) > 0;
	if (post_str_eq(in, POST_STR("else")))
		return !shown;
	return post_str_eq(in, POST_STR("end")) ? 1 : -1;
}

static void
put_template(struct post_buf *b, const struct post_finding *f, struct post_str t)
{
	bool shown = true;

	while (t.n > 0) {
		const char *end = *t.p == '{' ? memchr(t.p, '}', t.n) : memchr(t.p, '{', t.n);
		struct post_str part = { t.p, end == NULL ? t.n : (size_t)(end - t.p) };
		int sw = -1;

		t = post_str_from(t, part.n);
		if (end != NULL && *part.p == '{') {
			part = post_str_from(part, 1);
			t = post_str_from(t, 1);
			sw = switched(f, part, shown);
			if (sw < 0 && shown)
				put_field(b, f, part);
		} else if (shown) {
			post_put(b, part);
		}
		shown = sw < 0 ? shown : sw != 0;
	}
}

/* Rounded, but nothing that is not 0 is "0.0%", and nothing under 1 "100.0%". */
static void
put_share(struct post_buf *b, double share, enum post_lang lang)
{
	uint64_t tenths = (uint64_t)((share < 1 ? share : 1) * 1000 + 0.5);
	bool tiny = share > 0 && tenths == 0;

	if (tiny)
		tenths = 1;
	else if (share < 1 && tenths == 1000)
		tenths = 999;
	post_puts(b, tiny ? shares[lang].tiny : shares[lang].plain);
	post_putu(b, tenths / 10);
	post_putc(b, '.');
	post_putu(b, tenths % 10);
	post_putc(b, '%');
}

void
post_put_percent(struct post_buf *b, double share)
{
	put_share(b, share, POST_ENGLISH);
}

static void
put_shares(struct post_buf *b, const struct post_finding *f, enum post_lang lang)
{
	bool stacks = f->stacks >= 0, weight = f->weight >= 0;

	if (!stacks && !weight)
		return;
	post_puts(b, shares[lang].open);
	if (stacks) {
		post_puts(b, shares[lang].stacks);
		put_share(b, f->stacks, lang);
		post_puts(b, shares[lang].stacks_end);
	}
	if (stacks && weight)
		post_puts(b, shares[lang].between);
	if (weight) {
		post_puts(b, shares[lang].weight);
		put_share(b, f->weight, lang);
		post_puts(b, shares[lang].weight_end);
	}
	post_puts(b, shares[lang].close);
}

void
post_finding_put(struct post_buf *b, const struct post_finding *f, enum post_lang lang)
{
	put_template(b, f, post_str_of(post_finding_texts[f->id].in[lang].what));
	put_shares(b, f, lang);
}
