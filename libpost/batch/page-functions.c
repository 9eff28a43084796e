/* SPDX-License-Identifier: BSD-2-Clause */
/* What functions cost in which traces, small enough to be loaded when it is asked for; and what both files share. */
#include <assert.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "../base/json.h"
#include "page.h"

enum { UNIT = 100000, BITS = 5, MORE = 1 << BITS };	/* shares are told to a thousandth of a percent */

void
post_page_url(struct post_buf *b, const char *file)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

	post_puts(b, "./");	/* neither "//host" nor "javascript:" begins so */
	while (*file != '\0') {
		size_t n = strspn(file, plain);

		post_put(b, (struct post_str){ file, n });
		file += n;
		if (*file != '\0') {
			post_putc(b, '%');
			post_putx(b, (unsigned char)*file++, 2);
		}
	}
}

void
post_page_stamp(struct post_buf *b, const struct post_page *p)
{
	uint64_t h = p->content + p->traces;

	for (size_t i = 0; i < p->traces; i++) {
		h = XXH3_64bits_withSeed(p->trace[i].path, strlen(p->trace[i].path), h);
		h = XXH3_64bits_withSeed(p->trace[i].samples, strlen(p->trace[i].samples), h);
	}
	post_putx(b, h, 16);
}

static void
put_number(struct post_buf *b, uint32_t n)
{
	static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

	for (; n >= MORE; n >>= BITS)
		post_putc(b, digit[(n & (MORE - 1)) | MORE]);
	post_putc(b, digit[n]);
}

/* In units, at the nearest; what is no share is none or all. */
static uint32_t
units(double share)
{
	return !(share > 0) ? 0 : share >= 1 ? UNIT : (uint32_t)(share * UNIT + .5);
}

/* The costs of NAME, which begin at I; returns where the next name's do. */
static size_t
put_costs(struct post_buf *b, const struct post_page_costs *c, size_t i, uint32_t name)
{
	uint32_t next = 0;

	for (; i < c->costs && c->cost[i].name == name; i++) {
		const struct post_page_cost *cost = &c->cost[i];
		uint32_t self = units(cost->self), total = units(cost->total);

		assert(cost->trace >= next);
		put_number(b, cost->trace - next);
		put_number(b, self);
		put_number(b, total > self ? total - self : 0);
		next = cost->trace + 1;
	}
	return i;
}

void
post_page_functions(const struct post_page *p, const struct post_page_costs *c, struct post_out *out)
{
	size_t at = 0;

	post_puts(&out->buf, "btFunctions({\"form\":1,\"stamp\":\"");
	post_page_stamp(&out->buf, p);
	post_putf(&out->buf, "\",\"unit\":%d,\"least\":%u,\n\"names\":[", UNIT, (unsigned)units(c->least));
	for (size_t i = 0; i < c->names; i++) {
		post_puts(&out->buf, i > 0 ? ",\n" : "\n");
		post_put_json(&out->buf, c->name[i]);
		post_out_tick(out);
	}
	post_puts(&out->buf, "],\n\"costs\":[");
	for (size_t i = 0; i < c->names; i++) {
		post_puts(&out->buf, i > 0 ? ",\n\"" : "\n\"");
		at = put_costs(&out->buf, c, at, (uint32_t)i);
		post_putc(&out->buf, '"');
		post_out_tick(out);
	}
	assert(at == c->costs);
	post_puts(&out->buf, "]})\n");
}
