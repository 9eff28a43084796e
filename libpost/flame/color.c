/* SPDX-License-Identifier: BSD-2-Clause */
/* A name becomes numbers, and a palette makes a colour of them. */
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "color.h"
#include "kind.h"
#include "palette.h"
#include "shade.h"
#include "../base/xml.h"

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
		sum += post_xml_code(s, &n);
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
		*code = post_xml_code(r->s, &n);
		r->s = post_str_from(r->s, n);
		return 1;
	}
	for (from = r->s.n - 1; from > 0 && r->s.n - from < 4 && ((unsigned char)r->s.p[from] & 0xc0) == 0x80; )
		from--;
	*code = post_xml_code(post_str_from(r->s, from), &n);
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

/* Kinds have a colour each; V makes it lighter, so that neighbours are told apart. */
static uint32_t
color_of(int palette, struct post_str name, double v, double w, double x)
{
	if (post_str_eq(name, POST_STR("--")))
		return 0xa0a0a0;
	if (post_str_eq(name, POST_STR("-")))
		return 0xc8c8c8;
	if (palette == POST_KIND)
		return name.n == 0 ? 0xdcdcdc : post_mix(post_kind_color((int)post_kind(name)), POST_WHITE, 0.35 * v);
	return post_palette_mix(post_palette_hue(palette, name), v, w, x);
}

uint32_t
post_color(int palette, int hash, struct post_str name)
{
	double v = hash ? by_end(name, 0) : by_sum(name), w = hash ? by_end(name, 1) : v;

	return color_of(palette, name, v, w, w);
}

uint32_t
post_color_by_chance(int palette, uint64_t seed, struct post_str name)
{
	XXH128_hash_t h = XXH3_128bits_withSeed(name.p, name.n, seed);
	double unit = 1.0 / 4294967296;

	return color_of(palette, name, (double)(uint32_t)h.low64 * unit, (double)(h.low64 >> 32) * unit,
	    (double)(uint32_t)h.high64 * unit);
}
