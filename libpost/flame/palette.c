/* SPDX-License-Identifier: BSD-2-Clause */
/* Palettes: a few lines of arithmetic each, and for some a rule that picks another one by the name. */
#include <string.h>
#include "../base/buf.h"
#include "kind.h"
#include "palette.h"
#include "shade.h"

static const char *const names[POST_PALETTES] = { "hot", "mem", "io", "kind", "java", "js", "perl", "python", "rust", "wakeup",
    "chain", "red", "green", "blue", "aqua", "yellow", "purple", "orange" };

static const struct {
	const char	*name;
	uint32_t	 ends[2];
} backgrounds[] = {
	{ "yellow", { 0xeeeeee, 0xeeeeb0 } },
	{ "blue",   { 0xeeeeee, 0xe0e0ff } },
	{ "green",  { 0xeef2ee, 0xe0ffe0 } },
	{ "grey",   { 0xf8f8f8, 0xe8e8e8 } },
};

/* What hues mean where names pick them; a name that is none of these is none of the language. */
static const struct meaning {
	enum post_palette	 hue;
	const char		*text;
} meanings[POST_PALETTES][POST_CLASSES] = {
	[POST_JAVA] = { { POST_GREEN, "Java" }, { POST_AQUA, "inlined" }, { POST_YELLOW, "C++" }, { POST_ORANGE, "kernel" },
	    { POST_RED, "other code" } },
	[POST_JS] = { { POST_GREEN, "JavaScript" }, { POST_AQUA, "built in" }, { POST_YELLOW, "C++" }, { POST_ORANGE, "kernel" },
	    { POST_RED, "other code" } },
	[POST_PERL] = { { POST_GREEN, "Perl" }, { POST_YELLOW, "C++" }, { POST_ORANGE, "kernel" }, { POST_RED, "other code" } },
	[POST_PYTHON] = { { POST_RED, "program" }, { POST_AQUA, "packages" }, { POST_YELLOW, "standard library" } },
	[POST_RUST] = { { POST_AQUA, "Rust" }, { POST_ORANGE, "core, alloc, std" }, { POST_YELLOW, "other code" } },
	[POST_WAKEUP] = { { POST_AQUA, "waker" } },
	[POST_CHAIN] = { { POST_BLUE, "waiting" }, { POST_AQUA, "waker" } },
};

/* By enum post_kind; black can be read on all. */
static const uint32_t kind_colors[POST_KINDS] = { 0xf09080, 0xf2b25c, 0x6cc6c6, 0x80cf80, 0x94b4f0, 0xc8a0e8, 0xc8c8c8 };

int
post_palette(const char *name, struct post_err *err)
{
	struct post_buf list = { 0 };
	int i;

	for (i = 0; i < POST_PALETTES; i++) {
		if (strcmp(name, names[i]) == 0) {
			post_buf_free(&list);
			return i;
		}
		post_putc(&list, ' ');
		post_puts(&list, names[i]);
	}
	(void)post_fail(err, POST_EUSAGE, "no such palette: \"%.40s\"; there are%s", name, list.s);
	post_buf_free(&list);
	return -1;
}

static int
background_of(int palette)
{
	switch (palette) {
	case POST_MEM:
		return 2;
	case POST_IO: case POST_WAKEUP: case POST_CHAIN:
		return 1;
	case POST_HOT: case POST_JAVA: case POST_JS: case POST_PERL: case POST_PYTHON: case POST_RUST:
		return 0;
	default:
		return 3;
	}
}

int
post_background(const char *bgcolors, int palette, uint32_t ends[2], struct post_err *err)
{
	size_t i, at = (size_t)background_of(palette);
	uint32_t rgb = 0;

	for (i = 0; bgcolors != NULL && i < sizeof backgrounds / sizeof *backgrounds; i++)
		if (strcmp(bgcolors, backgrounds[i].name) == 0) {
			at = i;
			bgcolors = NULL;
		}
	if (bgcolors == NULL) {
		memcpy(ends, backgrounds[at].ends, sizeof backgrounds[at].ends);
		return 0;
	}
	if (*bgcolors != '#' || strlen(bgcolors) != 7 || !post_is_css_color(bgcolors, &rgb))
		return post_fail(err, POST_EUSAGE,
		    "no such background: \"%.40s\"; there are yellow blue green grey #rrggbb", bgcolors);
	ends[0] = ends[1] = rgb;
	return 0;
}

static enum post_palette
java(struct post_str s)
{
	static const char *const root[] = { "java/", "javax/", "jdk/", "net/", "org/", "com/", "io/", "sun/" };
	struct post_str type = post_str_starts(s, POST_STR("L")) ? post_str_from(s, 1) : s;
	size_t i;

	if (post_str_ends(s, POST_STR("_[j]")))
		return POST_GREEN;
	if (post_str_ends(s, POST_STR("_[i]")))
		return POST_AQUA;
	for (i = 0; i < sizeof root / sizeof *root; i++)
		if (post_str_starts(type, post_str_of(root[i])))
			return POST_GREEN;
	if (post_str_has(s, POST_STR(":::")))
		return POST_GREEN;
	return post_str_has(s, POST_STR("::")) ? POST_YELLOW : post_str_ends(s, POST_STR("_[k]")) ? POST_ORANGE : POST_RED;
}

static enum post_palette
perl(struct post_str s)
{
	if (post_str_has(s, POST_STR("::")))
		return POST_YELLOW;
	if (post_str_has(s, POST_STR("Perl")) || post_str_has(s, POST_STR(".pl")))
		return POST_GREEN;
	return post_str_ends(s, POST_STR("_[k]")) ? POST_ORANGE : POST_RED;
}

static enum post_palette
js(struct post_str s)
{
	const char *slash = s.n > 0 ? memchr(s.p, '/', s.n) : NULL;

	if (post_str_ends(s, POST_STR("_[j]")))
		return slash != NULL ? POST_GREEN : POST_AQUA;
	if (post_str_has(s, POST_STR("::")))
		return POST_YELLOW;
	if (slash != NULL && post_str_has(post_str_from(s, (size_t)(slash + 1 - s.p)), POST_STR(".js")))
		return POST_GREEN;
	if (post_str_has(s, POST_STR(":")))
		return POST_AQUA;
	if (post_str_eq(s, POST_STR(" ")))
		return POST_GREEN;
	return post_str_has(s, POST_STR("_[k]")) ? POST_ORANGE : POST_RED;
}

/* Is PART one of S's, as slashes and backslashes part it, or with DIGITS one and a version? */
static int
has_part(struct post_str s, const char *part, int digits)
{
	size_t n, i;

	for (;; s = post_str_from(s, n + 1)) {
		for (n = 0; n < s.n && s.p[n] != '/' && s.p[n] != '\\'; )
			n++;
		if (post_str_starts((struct post_str){ s.p, n }, post_str_of(part))) {
			for (i = strlen(part); digits && i < n && ((s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '.'); )
				i++;
			if (i == n)
				return 1;
		}
		if (n == s.n)
			return 0;
	}
}

static int
starts_with_one(struct post_str s, const char *const *what, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (post_str_starts(s, post_str_of(what[i])))
			return 1;
	return 0;
}

static enum post_palette
python(struct post_str s)
{
	static const char *const own[] = { "<built-in", "<method", "<frozen" };

	if (has_part(s, "site-packages", 0))
		return POST_AQUA;
	if (has_part(s, "python", 1) || has_part(s, "Python", 1) || starts_with_one(s, own, 3))
		return POST_YELLOW;
	return POST_RED;
}

/* A module may stand before it, with a backquote between; futures of async functions are the user's. */
static enum post_palette
rust(struct post_str s)
{
	static const char *const own[] = { "core::", "std::", "alloc::", "<core::", "<std::", "<alloc::" };
	const char *quote = s.n > 0 ? memchr(s.p, '`', s.n) : NULL;

	if (quote != NULL)
		s = post_str_from(s, (size_t)(quote + 1 - s.p));
	if (starts_with_one(s, own, 6) && !post_str_starts(s, POST_STR("<core::future::from_generator::GenFuture<T>")))
		return POST_ORANGE;
	return post_str_has(s, POST_STR("::")) ? POST_AQUA : POST_YELLOW;
}

enum post_palette
post_palette_hue(int palette, struct post_str s)
{
	switch (palette) {
	case POST_WAKEUP: return POST_AQUA;
	case POST_CHAIN:  return post_str_has(s, POST_STR("_[w]")) ? POST_AQUA : POST_BLUE;
	case POST_JAVA:   return java(s);
	case POST_JS:     return js(s);
	case POST_PERL:   return perl(s);
	case POST_PYTHON: return python(s);
	case POST_RUST:   return rust(s);
	default:          return (enum post_palette)palette;
	}
}

static uint32_t
rgb3(int r, int g, int b)
{
	return (uint32_t)(r << 16 | g << 8 | b);
}

uint32_t
post_palette_mix(enum post_palette p, double v, double w, double x)
{
	switch (p) {
	case POST_HOT:    return rgb3(205 + (int)(50 * x), (int)(230 * v), (int)(55 * w));
	case POST_MEM:    return rgb3(0, 190 + (int)(50 * w), (int)(210 * v));
	case POST_IO:     return rgb3(80 + (int)(60 * v), 80 + (int)(60 * v), 190 + (int)(55 * w));
	case POST_RED:    return rgb3(200 + (int)(55 * v), 50 + (int)(80 * v), 50 + (int)(80 * v));
	case POST_GREEN:  return rgb3(50 + (int)(60 * v), 200 + (int)(55 * v), 50 + (int)(60 * v));
	case POST_BLUE:   return rgb3(80 + (int)(60 * v), 80 + (int)(60 * v), 205 + (int)(50 * v));
	case POST_YELLOW: return rgb3(175 + (int)(55 * v), 175 + (int)(55 * v), 50 + (int)(20 * v));
	case POST_PURPLE: return rgb3(190 + (int)(65 * v), 80 + (int)(60 * v), 190 + (int)(65 * v));
	case POST_AQUA:   return rgb3(50 + (int)(60 * v), 165 + (int)(55 * v), 165 + (int)(55 * v));
	case POST_ORANGE: return rgb3(190 + (int)(65 * v), 90 + (int)(65 * v), 0);
	default:          return 0;
	}
}

uint32_t
post_kind_color(int kind)
{
	return kind_colors[kind];
}

bool
post_palette_marks(const char *name)
{
	struct post_err err;
	int p = post_palette(name, &err);

	return p == POST_KIND || p == POST_JAVA || p == POST_JS || p == POST_PERL;
}

int
post_palette_class(int palette, struct post_str name)
{
	enum post_palette hue;
	int i;

	if (name.n == 0 || post_kind_parts(name))
		return -1;
	if (palette == POST_KIND)
		return (int)post_kind(name);
	hue = post_palette_hue(palette, name);
	for (i = 0; i < POST_CLASSES && meanings[palette][i].text != NULL; i++)
		if (meanings[palette][i].hue == hue)
			return i;
	return -1;
}

const char *
post_palette_legend(int palette, int class, uint32_t *rgb)
{
	if (palette == POST_KIND) {
		if (class >= POST_KINDS)
			return NULL;
		*rgb = kind_colors[class];
		return post_kind_text((enum post_kind)class);
	}
	if (meanings[palette][class].text != NULL)
		*rgb = post_palette_mix(meanings[palette][class].hue, 0.5, 0.5, 0.5);
	return meanings[palette][class].text;
}
