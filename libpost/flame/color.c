/* SPDX-License-Identifier: BSD-2-Clause */
/* Palettes: a few lines of arithmetic each, and for some a rule that picks another one by the name. */
#include <string.h>
#include "../base/buf.h"
#include "color.h"
#include "text.h"

enum palette {
	HOT, MEM, IO, WAKEUP, CHAIN, JAVA, JS, PERL,
	RED, GREEN, BLUE, AQUA, YELLOW, PURPLE, ORANGE, PALETTES
};

static const char *const names[PALETTES] = { "hot", "mem", "io", "wakeup", "chain", "java", "js", "perl",
    "red", "green", "blue", "aqua", "yellow", "purple", "orange" };

static const struct {
	const char	*name;
	uint32_t	 ends[2];
} backgrounds[] = {
	{ "yellow", { 0xeeeeee, 0xeeeeb0 } },
	{ "blue",   { 0xeeeeee, 0xe0e0ff } },
	{ "green",  { 0xeef2ee, 0xe0ffe0 } },
	{ "grey",   { 0xf8f8f8, 0xe8e8e8 } },
};

int
post_palette(const char *name, struct post_err *err)
{
	struct post_buf list = { 0 };
	int i;

	for (i = 0; i < PALETTES; i++) {
		if (strcmp(name, names[i]) == 0) {
			post_buf_free(&list);
			return i;
		}
		post_putc(&list, ' ');
		post_puts(&list, names[i]);
	}
	post_fail(err, POST_EUSAGE, "no such palette: \"%.40s\"; there are%s", name, list.s);
	post_buf_free(&list);
	return -1;
}

static int
background_of(int palette)
{
	switch (palette) {
	case MEM:
		return 2;
	case IO: case WAKEUP: case CHAIN:
		return 1;
	case HOT: case JAVA: case JS: case PERL:
		return 0;
	default:
		return 3;
	}
}

static int
hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 :
	    c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
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
	for (i = 1; i <= 6 && *bgcolors == '#' && hex(bgcolors[i]) >= 0; i++)
		rgb = rgb << 4 | (uint32_t)hex(bgcolors[i]);
	if (i != 7 || bgcolors[i] != '\0')
		return post_fail(err, POST_EUSAGE,
		    "no such background: \"%.40s\"; there are yellow blue green grey #rrggbb", bgcolors);
	ends[0] = ends[1] = rgb;
	return 0;
}

/*
 * A number in [0,1) by the sum of the name's code points: what drand48(3)
 * gives first when seeded with the sum.
 */
static double
by_sum(struct post_str s)
{
	uint32_t sum = 0;
	uint64_t x;
	size_t n;

	for (; s.n > 0; s = post_str_from(s, n))
		sum += post_svg_code(s, &n);
	x = (uint64_t)sum << 16 | 0x330e;
	x = x * 0x5deece66d + 11;
	return (double)(x & 0xffffffffffff) / 281474976710656.0;
}

/* By the first three code points of those, weighted. */
static double
by_three(const uint32_t *code, size_t n)
{
	double v = 0, most = 1, weight = 1;
	size_t i;

	for (i = 0; i < n && i < 3; i++, weight *= 0.7) {
		v += (double)(code[i] % (10 + i)) / (double)(9 + i) * weight;
		most += weight;
	}
	return 1 - v / most;
}

/* Code points, forwards or backwards, one after the other. */
struct reader {
	struct post_str	s;
	int		backwards;
};

static int
read_code(struct reader *r, uint32_t *code)
{
	size_t n, from;

	if (r->s.n == 0)
		return 0;
	if (!r->backwards) {
		*code = post_svg_code(r->s, &n);
		r->s = post_str_from(r->s, n);
		return 1;
	}
	for (from = r->s.n - 1; from > 0 && r->s.n - from < 4 && ((unsigned char)r->s.p[from] & 0xc0) == 0x80; )
		from--;
	*code = post_svg_code(post_str_from(r->s, from), &n);
	if (from + n != r->s.n) {	/* what stands last is not a whole sequence */
		*code = 0xfffd;
		from = r->s.n - 1;
	}
	r->s.n = from;
	return 1;
}

/*
 * The hash of a name read from one end.  A module before a backquote is left
 * out: the first character and all up to the first "`" after it.
 */
static double
by_end(struct post_str s, int backwards)
{
	struct reader r = { s, backwards };
	uint32_t three[3], code;
	size_t i, n = 0;

	for (i = 0; read_code(&r, &code); i++) {
		if (n < 3)
			three[n++] = code;
		if (i > 0 && code == '`') {
			for (n = 0; n < 3 && read_code(&r, &code); n++)
				three[n] = code;
			break;
		}
	}
	return by_three(three, n);
}

static int
has(struct post_str s, const char *what)
{
	return memmem(s.p, s.n, what, strlen(what)) != NULL;
}

static int
ends(struct post_str s, const char *what)
{
	return post_str_ends(s, post_str_of(what));
}

static enum palette
java(struct post_str s)
{
	static const char *const root[] = { "java/", "javax/", "jdk/", "net/", "org/", "com/", "io/", "sun/" };
	struct post_str type = post_str_starts(s, POST_STR("L")) ? post_str_from(s, 1) : s;
	size_t i;

	if (ends(s, "_[j]"))
		return GREEN;
	if (ends(s, "_[i]"))
		return AQUA;
	for (i = 0; i < sizeof root / sizeof *root; i++)
		if (post_str_starts(type, post_str_of(root[i])))
			return GREEN;
	if (has(s, ":::"))
		return GREEN;
	return has(s, "::") ? YELLOW : ends(s, "_[k]") ? ORANGE : RED;
}

static enum palette
perl(struct post_str s)
{
	if (has(s, "::"))
		return YELLOW;
	if (has(s, "Perl") || has(s, ".pl"))
		return GREEN;
	return ends(s, "_[k]") ? ORANGE : RED;
}

static enum palette
js(struct post_str s)
{
	const char *slash = s.n > 0 ? memchr(s.p, '/', s.n) : NULL;

	if (ends(s, "_[j]"))
		return slash != NULL ? GREEN : AQUA;
	if (has(s, "::"))
		return YELLOW;
	if (slash != NULL && has(post_str_from(s, (size_t)(slash + 1 - s.p)), ".js"))
		return GREEN;
	if (has(s, ":"))
		return AQUA;
	if (post_str_eq(s, POST_STR(" ")))
		return GREEN;
	return has(s, "_[k]") ? ORANGE : RED;
}

/* The palette whose arithmetic is used for S. */
static enum palette
plain_palette(int palette, struct post_str s)
{
	switch (palette) {
	case WAKEUP: return AQUA;
	case CHAIN:  return has(s, "_[w]") ? AQUA : BLUE;
	case JAVA:   return java(s);
	case JS:     return js(s);
	case PERL:   return perl(s);
	default:     return (enum palette)palette;
	}
}

static uint32_t
rgb(int r, int g, int b)
{
	return (uint32_t)(r << 16 | g << 8 | b);
}

/* V and W are in [0,1]. */
static uint32_t
mix(enum palette p, double v, double w)
{
	switch (p) {
	case HOT:    return rgb(205 + (int)(50 * w), (int)(230 * v), (int)(55 * w));
	case MEM:    return rgb(0, 190 + (int)(50 * w), (int)(210 * v));
	case IO:     return rgb(80 + (int)(60 * v), 80 + (int)(60 * v), 190 + (int)(55 * w));
	case RED:    return rgb(200 + (int)(55 * v), 50 + (int)(80 * v), 50 + (int)(80 * v));
	case GREEN:  return rgb(50 + (int)(60 * v), 200 + (int)(55 * v), 50 + (int)(60 * v));
	case BLUE:   return rgb(80 + (int)(60 * v), 80 + (int)(60 * v), 205 + (int)(50 * v));
	case YELLOW: return rgb(175 + (int)(55 * v), 175 + (int)(55 * v), 50 + (int)(20 * v));
	case PURPLE: return rgb(190 + (int)(65 * v), 80 + (int)(60 * v), 190 + (int)(65 * v));
	case AQUA:   return rgb(50 + (int)(60 * v), 165 + (int)(55 * v), 165 + (int)(55 * v));
	case ORANGE: return rgb(190 + (int)(65 * v), 90 + (int)(65 * v), 0);
	default:     return 0;
	}
}

uint32_t
post_color(int palette, int hash, struct post_str name)
{
	double v, w;

	if (post_str_eq(name, POST_STR("--")))
		return 0xa0a0a0;
	if (post_str_eq(name, POST_STR("-")))
		return 0xc8c8c8;
	v = hash ? by_end(name, 0) : by_sum(name);
	w = hash ? by_end(name, 1) : v;
	return mix(plain_palette(palette, name), v, w);
}
